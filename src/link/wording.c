/* SPDX-License-Identifier: Apache-2.0 */
/* link/wording.c - see wording.h. */
#include "link/wording.h"

#include "base/utf8.h"

enum {
    TERM_BYTES = 6, /* of a word that count: "dialog" of dialogue, dialogues */
    TERM_MIN = 3,
    SHARED_PERCENT = 50
};

/* A word of grammar, which every sentence has; not one of the class that only
 * opens sentences ("talks"). */
static bool is_grammar(const Lexicon *lexicon, Str word) {
    LexRow row = lexicon_find(lexicon, LEX_FUNCTION_WORD, word);

    return row.lexicon && !lex_is(row, LEX_FUNCTION_WORD_CLASS, "common");
}

/* The word without the end that grammar gives it, as a hash. */
static uint32_t term_of(Str word) {
    if (word.len > TERM_MIN && word.ptr[word.len - 1] == 's') {
        word.len--;
    }
    word.len = word.len > TERM_BYTES ? TERM_BYTES : word.len;
    return (uint32_t)(utf8_fold_hash(HASH_SEED, word) >> 16);
}

void terms_read(const Lexicon *lexicon, Str text, const Words *words,
                Terms *out) {
    out->count = 0;
    for (uint32_t i = 0; i < words->count && out->count < TERMS_MAX; i++) {
        Str word = str_slice(text, words->items[i].begin, words->items[i].end);
        if (word.len >= TERM_MIN && !is_grammar(lexicon, word)) {
            out->items[out->count++] = term_of(word);
        }
    }
}

/* Length of the longest common subsequence, row by row. */
static uint32_t shared_in_order(const Terms *a, const Terms *b) {
    uint32_t row[TERMS_MAX + 1] = {0};

    for (uint32_t i = 0; i < a->count; i++) {
        uint32_t corner = 0;
        for (uint32_t k = 0; k < b->count; k++) {
            uint32_t above = row[k + 1];
            if (a->items[i] == b->items[k]) {
                row[k + 1] = corner + 1;
            } else if (row[k] > above) {
                row[k + 1] = row[k];
            }
            corner = above;
        }
    }
    return row[b->count];
}

bool terms_agree(const Terms *a, const Terms *b) {
    uint32_t shorter = a->count < b->count ? a->count : b->count;
    uint32_t shared = shared_in_order(a, b);

    return shared >= TERMS_SHARED_MIN &&
           shared * 100 >= shorter * SHARED_PERCENT;
}

Numbers terms_keys(Arena *arena, const Terms *terms, int64_t speaker) {
    Numbers keys = {0};

    for (uint32_t i = 0; i < terms->count; i++) {
        uint64_t key = ((uint64_t)speaker << 32 ^ terms->items[i]) *
                       UINT64_C(0x9E3779B97F4A7C15);
        numbers_push(arena, &keys, key >> 1); /* never negative in SQL */
    }
    numbers_sort(&keys);
    return keys;
}
