/* SPDX-License-Identifier: Apache-2.0 */
/* tag/feature.h - what the network is told of a token.
 *
 * Room: tag; shared with the trainer, so that both see the same. A feature is
 * a row of one of two tables of the model. What the form tells is looked up
 * once for each form of a report ("type rows"): the folded word, its first
 * and last letters, its shape, the lexicon's tables that it stands in. What
 * the place tells is looked up for each token ("place rows"): what stands
 * before it, and whether it lies in a longer key of the lexicon. */
#ifndef TAG_FEATURE_H
#define TAG_FEATURE_H

#include "text/text.h"

/* The rows of the type table: what follows ROW_WORDS are the model's words.
 * AFFIX_ROWS are shared by all affixes: a hash tells which. */
enum {
    ROW_UNKNOWN, /* a word that the model does not know */
    ROW_MASKED,  /* a word that is kept from it, in training */
    ROW_LEXICON, /* one for each table of feature.c */
    LEXICON_ROWS = 32,
    ROW_SHAPES = ROW_LEXICON + LEXICON_ROWS,
    SHAPE_ROWS = 256,
    ROW_AFFIXES = ROW_SHAPES + SHAPE_ROWS,
    AFFIX_ROWS = 1 << 14,
    ROW_WORDS = ROW_AFFIXES + AFFIX_ROWS
};

/* The rows of the place table. */
enum {
    PLACE_JOINED, /* no space before it */
    PLACE_SPACED,
    PLACE_BLOCK,   /* first of its block */
    PLACE_PHRASES, /* first and later words of a key, for each table */
    PHRASE_TABLES = 6,
    PLACE_ROWS = 16
};

/* Most rows of one form, and of one place. */
enum { TYPE_ROWS_MAX = 48, PLACE_ROWS_MAX = 1 + PHRASE_TABLES };

/* The words that the model knows, by their utf8_fold_hash(). */
typedef struct WordIndex {
    const uint32_t *slots; /* word number + 1, or 0: free */
    const uint64_t *hashes;
    uint32_t mask; /* slots - 1; slots is a power of two */
} WordIndex;

/* The row of the word, or ROW_UNKNOWN. */
uint32_t word_row(const WordIndex *index, uint64_t hash);

/* The shape of a word: its letters, digits and marks by class, runs cut to
 * two: "Aleppo" Xxx, "U.S." X.X., "70,000" 00,00. Forms with one shape and one
 * folded hash have the same type rows. */
uint64_t word_shape(Str word);

/* The type rows of a token; returns how many. */
uint32_t type_rows(const Text *text, uint32_t token, const WordIndex *index,
                   uint32_t rows[TYPE_ROWS_MAX]);

/* The place rows of the tokens [first,last) of one block. rows[i] is token
 * first + i's, ended by UINT8_MAX. */
typedef struct PlaceRows {
    uint8_t rows[PLACE_ROWS_MAX + 1];
} PlaceRows;
void place_rows(const Text *text, uint32_t first, uint32_t last,
                PlaceRows *rows);

#endif
