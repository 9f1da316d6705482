/* SPDX-License-Identifier: Apache-2.0 */
/* clean/words.h - a light walk over the words of a text.
 *
 * Room: clean. Cleaning comes before the text is cut into tokens, since what
 * is litter need not be cut at all. These words are simpler: letters, digits
 * and an inner ' - . & are a word; so is a colon, which makes a label of the
 * words before it. All else parts words:
 *
 *     Image captionA bridge: "We will rebuild," he said.
 *     [Image] [captionA] [bridge] [:] [We] [will] [rebuild] [he] [said]
 */
#ifndef CLEAN_WORDS_H
#define CLEAN_WORDS_H

#include "base/lexicon.h"

typedef enum WordFlag {
    WORD_CAPITAL = 1 << 0, /* begins with an upper-case letter */
    WORD_UPPER = 1 << 1,   /* no lower-case letter; two letters or more */
    WORD_NUMBER = 1 << 2,  /* begins with a digit */
    WORD_QUOTED = 1 << 3,  /* stands between quotation marks */
} WordFlag;

typedef struct Word {
    uint64_t hash;      /* utf8_fold_hash() of its bytes */
    const LexWord *lex; /* what the lexicon knows of it, or NULL; borrowed */
    uint32_t begin, end;
    uint32_t flags; /* of WordFlag */
} Word;

typedef struct Words {
    Str text;
    const Lexicon *lexicon; /* borrowed */
    Word *items;            /* arena */
    uint32_t count, capacity;
} Words;

/* Append the words of `block`. Quotation marks open and close within it.
 * Cost: linear. */
void words_add(Arena *arena, Words *words, Span block);

/* The longest key of the table that begins at word `at` and ends before
 * `last`: its number of words (0: none) and its row. */
uint32_t words_phrase(const Words *words, uint32_t at, uint32_t last,
                      LexKind kind, LexRow *row);
/* The same; the key may also end inside a word, where a small letter is
 * followed by a capital: pages glue a label to what it labels. */
uint32_t words_label(const Words *words, uint32_t at, uint32_t last,
                     LexKind kind, LexRow *row);
/* The row that a word with a full stop behind it, or else without, is the key
 * of: "Feb." */
LexRow words_abbreviation(const Words *words, uint32_t at, LexKind kind);
/* The byte just before or behind a word; NUL at the ends of the text. */
char words_before(const Words *words, uint32_t at);
char words_behind(const Words *words, uint32_t at);
/* The text from word `first` to before word `last`. */
Str words_str(const Words *words, uint32_t first, uint32_t last);

#endif
