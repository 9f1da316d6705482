/* SPDX-License-Identifier: Apache-2.0 */
/* tell/diff.h - what differs between two texts.
 *
 * Room: tell. Used between two versions of a report, sentence by sentence and
 * then word by word, and between two wordings of one statement. What is kept
 * is a longest common subsequence:
 *
 *     a  We  are   ready  to   talk
 *     b  We  were  ready  for  talk
 *        =   -/+   =      -/+  =                                           */
#ifndef TELL_DIFF_H
#define TELL_DIFF_H

#include "base/str.h"

/* Words, sentences: places in a text and what they are compared by. */
typedef struct Parts {
    Str text;       /* borrowed */
    Span *spans;    /* arena */
    uint64_t *keys; /* arena */
    bool *kept;     /* arena: set by diff_parts() */
    uint32_t count, capacity;
} Parts;

/* The words of a text: what stands between white space. With `loose`, upper
 * and lower case and the punctuation around a word make no difference. */
void parts_words(Arena *arena, Str text, bool loose, Parts *out);
/* The given sentences of a text; white space makes no difference. */
void parts_sentences(Arena *arena, Str text, const SpanList *sentences,
                     Parts *out);

/* Set `kept` of both: true where a part stands in both texts, in order.
 * Cost: product of the counts, what is equal at both ends left out; when that
 * is more than 4 million, the middle counts as wholly different. */
void diff_parts(Arena *arena, Parts *a, Parts *b);

/* The share of parts kept, of the longer of the two: 0 to 1. */
double diff_share(const Parts *a, const Parts *b);

#endif
