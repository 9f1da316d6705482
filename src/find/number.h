/* SPDX-License-Identifier: Apache-2.0 */
/* find/number.h - numbers in words and digits.
 *
 * Room: find; used by times and figures. Reads the number that begins at a
 * token, as the table `number` knows the words:
 *
 *     "70,000"  "2.5 million"  "twenty-four"  "a million"  "two dozen"
 *     "two hundred and twelve"
 *     "dozens"  "tens of thousands"  "no one"
 *
 * What has other letters in it is no number ("11-nation", "1990s"). */
#ifndef FIND_NUMBER_H
#define FIND_NUMBER_H

#include "text/text.h"

typedef enum NumberClass {
    NUMBER_NOT, /* no word of number */
    NUMBER_CARDINAL,
    NUMBER_TENS,
    NUMBER_SCALE,
    NUMBER_ARTICLE,
    NUMBER_HALF,
    NUMBER_FEW,
    NUMBER_VAGUE,
    NUMBER_NONE,
    NUMBER_ORDINAL,
    NUMBER_ROUND,
    NUMBER_CLASS_COUNT
} NumberClass;

enum { NUMBER_OPEN = -1 };

typedef struct Number {
    uint32_t first, last; /* tokens [first,last) */
    int64_t low, high;    /* equal for a plain number; NUMBER_OPEN: not said */
    bool vague;           /* "dozens" */
    bool nobody;          /* "no one" */
    bool digits;          /* written in digits alone */
} Number;

/* The number that begins at `token` and ends before `last`; false if none. */
bool number_read(const Text *text, uint32_t token, uint32_t last, Number *out);

/* The class of a row of the table `number`. */
NumberClass number_class(LexRow row);
/* The whole number that `digits` spells ("70,000"); false if anything but
 * digits and commas between groups of three is in it, or above 10^15. */
bool number_digits(Str digits, int64_t *out);
/* The value of "twenty-four" or "four"; false if a piece is no such word. */
bool number_compound(const Lexicon *lexicon, Str word, int64_t *out);

#endif
