/* SPDX-License-Identifier: Apache-2.0 */
/* text/cut.h - the tokenizer's own structs: bytes of a block to tokens.
 *
 * Room: text; used by the files of this room only. A block is cut in two
 * steps: at white space into chunks, then each chunk into tokens. */
#ifndef TEXT_CUT_H
#define TEXT_CUT_H

#include "text/text.h"

/* Tokens as they are put down, one after the other. */
typedef struct Cutter {
    Arena *arena;           /* borrowed */
    const Lexicon *lexicon; /* borrowed */
    Str bytes;              /* the report's text */
    Token *tokens;          /* arena */
    uint32_t count, capacity;
} Cutter;

/* What a character is for the tokenizer. */
typedef enum CharClass {
    CHAR_SPACE,
    CHAR_LETTER,
    CHAR_DIGIT,
    CHAR_APOSTROPHE, /* ' and its typographic forms */
    CHAR_PUNCT,
    CHAR_CLASS_COUNT
} CharClass;

/* The class of the character at byte `at`, and its length in bytes. */
CharClass char_class(Str text, uint32_t at, uint32_t *len);

/* Append the tokens of bytes [begin,end), a trimmed block. Quotation marks
 * get their flags. Memory: the cutter's arena. Cost: linear. */
void cut_block(Cutter *cutter, Span block);
/* Append one token. */
void cut_emit(Cutter *cutter, uint32_t begin, uint32_t end);

/* Where the word that begins at `begin` (a letter or digit) ends, at most
 * `end`. A clitic that follows it ("'s", "n't") has `*clitic` bytes, else 0. */
uint32_t word_end(const Cutter *cutter, uint32_t begin, uint32_t end,
                  uint32_t *clitic);

/* Flag the quotation marks among the tokens from `first` on: one block. */
void mark_quotes(Cutter *cutter, uint32_t first);

/* Where the sentence that begins at token `first` ends (exclusive), at most
 * `last`, the end of its block. */
uint32_t sentence_end(const Text *text, uint32_t first, uint32_t last);

/* Language of the tokens: ISO 639-1 code, or "und", and how likely it is. */
Str language_tell(Arena *arena, const Text *text, double *probability);

#endif
