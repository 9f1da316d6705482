/* SPDX-License-Identifier: Apache-2.0 */
/* tag/feature.c - see feature.h. */
#include "tag/feature.h"

#include <assert.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* The tables whose single words are told to the network. A new table goes to
 * the end: the model counts on the order. */
static const LexKind word_tables[] = {
    LEX_ABBREVIATION, LEX_ACTOR,         LEX_AGENCY,  LEX_CITY,
    LEX_COUNTRY,      LEX_CUE,           LEX_DEMONYM, LEX_FIRST_NAME,
    LEX_NAME_HEAD,    LEX_NAME_PARTICLE, LEX_NUMBER,  LEX_OFFICE,
    LEX_ORGANISATION, LEX_TIME_WORD,     LEX_TITLE,   LEX_CLITIC,
};

/* The tables whose longer keys are looked for. */
static const LexKind phrase_tables[PHRASE_TABLES] = {
    LEX_CITY,   LEX_COUNTRY, LEX_ORGANISATION,
    LEX_AGENCY, LEX_OFFICE,  LEX_FIRST_NAME,
};

_Static_assert(sizeof word_tables / sizeof *word_tables <= LEXICON_ROWS,
               "a row for each table");
_Static_assert(PLACE_PHRASES + 2 * PHRASE_TABLES <= PLACE_ROWS,
               "two rows for each table");

uint32_t word_row(const WordIndex *index, uint64_t hash) {
    for (uint64_t at = hash;; at++) {
        uint32_t slot = index->slots[at & index->mask];
        if (slot == 0) {
            return ROW_UNKNOWN;
        }
        if (index->hashes[slot - 1] == hash) {
            return ROW_WORDS + slot - 1;
        }
    }
}

/* A character's class as a letter of the shape. */
static char shape_of(Str word, uint32_t at, uint32_t *len) {
    char byte = word.ptr[at];
    uint32_t character;

    *len = 1;
    if (ascii_alpha(byte)) {
        return ascii_upper(byte) ? 'X' : 'x';
    }
    if (ascii_digit(byte)) {
        return '0';
    }
    if ((unsigned char)byte < 128) {
        return byte;
    }
    character = utf8_at(word, at, len);
    return !utf8_is_letter(character) ? (char)(character & 127)
           : utf8_is_upper(character) ? 'X'
                                      : 'x';
}

enum { RUN_MAX = 2, SHAPE_MAX = 12 };

uint64_t word_shape(Str word) {
    char shape[SHAPE_MAX];
    uint32_t count = 0, run = 0, len;

    for (uint32_t at = 0; at < word.len && count < SHAPE_MAX; at += len) {
        char class = shape_of(word, at, &len);
        run = count > 0 && shape[count - 1] == class ? run + 1 : 1;
        if (run <= RUN_MAX) {
            shape[count++] = class;
        }
    }
    return hash_str((Str){shape, count});
}

enum { PREFIX_MAX = 4, SUFFIX_MAX = 5, FOLD_MAX = 64 };

/* The first bytes of the word in lower case, digits as 0; all of a word that
 * is not much too long. */
static uint32_t fold_bytes(Str word, char out[FOLD_MAX]) {
    uint32_t count = 0;

    for (size_t i = 0; i < word.len && count < FOLD_MAX; i++) {
        char byte = word.ptr[i];
        out[count++] = ascii_digit(byte) ? '0' : ascii_lower(byte);
    }
    return count;
}

static uint32_t affix_row(const char *bytes, uint32_t len, uint32_t kind) {
    uint64_t hash = (kind + 1) * UINT64_C(0x9E3779B97F4A7C15);

    for (uint32_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001B3);
    }
    hash ^= hash >> 29;
    hash *= UINT64_C(0xBF58476D1CE4E5B9);
    return ROW_AFFIXES + (uint32_t)(hash >> 40) % AFFIX_ROWS;
}

/* Affixes of one to PREFIX_MAX and SUFFIX_MAX bytes. */
static uint32_t affix_rows(Str word, uint32_t *rows) {
    char bytes[FOLD_MAX];
    uint32_t len = fold_bytes(word, bytes), count = 0;

    for (uint32_t n = 1; n <= PREFIX_MAX && n <= len; n++) {
        rows[count++] = affix_row(bytes, n, n);
    }
    for (uint32_t n = 1; n <= SUFFIX_MAX && n <= len; n++) {
        rows[count++] = affix_row(bytes + len - n, n, PREFIX_MAX + n);
    }
    return count;
}

uint32_t type_rows(const Text *text, uint32_t token, const WordIndex *index,
                   uint32_t rows[TYPE_ROWS_MAX]) {
    Str word = token_str(text, token);
    uint32_t count = 0;

    rows[count++] = word_row(index, text->tokens[token].hash);
    rows[count++] =
        ROW_SHAPES + (uint32_t)(word_shape(word) >> 20) % SHAPE_ROWS;
    count += affix_rows(word, rows + count);
    for (uint32_t i = 0; i < sizeof word_tables / sizeof *word_tables; i++) {
        if (token_has(text, token, word_tables[i])) {
            rows[count++] = ROW_LEXICON + i;
        }
    }
    assert(count <= TYPE_ROWS_MAX);
    return count;
}

static void add_row(PlaceRows *place, uint32_t row) {
    uint32_t i = 0;

    while (place->rows[i] != UINT8_MAX) {
        i++;
    }
    if (i < PLACE_ROWS_MAX) {
        place->rows[i] = (uint8_t)row;
        place->rows[i + 1] = UINT8_MAX;
    }
}

static void mark_phrases(const Text *text, uint32_t first, uint32_t last,
                         uint32_t table, PlaceRows *rows) {
    LexKind kind = phrase_tables[table];

    for (uint32_t i = first; i < last; i++) {
        const LexWord *word = text->tokens[i].word;
        LexRow row;
        uint32_t count;
        if (!word || !(word->opens >> kind & 1)) {
            continue;
        }
        count = token_phrase(text, i, last, kind, &row);
        for (uint32_t k = 0; count > 1 && k < count; k++) {
            add_row(&rows[i + k - first], PLACE_PHRASES + 2 * table + (k > 0));
        }
        i += count > 1 ? count - 1 : 0;
    }
}

void place_rows(const Text *text, uint32_t first, uint32_t last,
                PlaceRows *rows) {
    for (uint32_t i = first; i < last; i++) {
        bool spaced = text->tokens[i].flags & TOKEN_SPACE_BEFORE;
        uint32_t row = i == first ? PLACE_BLOCK
                       : spaced   ? PLACE_SPACED
                                  : PLACE_JOINED;
        rows[i - first].rows[0] = (uint8_t)row;
        rows[i - first].rows[1] = UINT8_MAX;
    }
    for (uint32_t i = 0; i < PHRASE_TABLES; i++) {
        mark_phrases(text, first, last, i, rows);
    }
}
