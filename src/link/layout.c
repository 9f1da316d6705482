/* SPDX-License-Identifier: Apache-2.0 */
/* link/layout.c - see layout.h. */
#include "link/layout.h"

#include <stdlib.h>

enum {
    RUN_MAX = 4,       /* parts that are written in one */
    MERGED_LENGTH = 2, /* sounds by which their lengths may differ */
};

/* Below this two parts are not the same. */
static const double MATCH = .5;
/* A run of parts is one word only if it is nearly that word. */
static const double MERGED = .84;
/* Likeness of an initial, and of a nickname, for the order of laying. */
static const double INITIAL = .75, NICKNAME = .9;

uint32_t bit_run(uint32_t begin, uint32_t end) {
    return ((UINT32_C(1) << end) - 1) & ~((UINT32_C(1) << begin) - 1);
}

static bool begins_alike(const NamePart *a, const NamePart *b) {
    return a->text.ptr[0] == b->text.ptr[0] ||
           (a->sounds.count && b->sounds.count &&
            a->sounds.codes[0] == b->sounds.codes[0]);
}

static Pair compare_parts(const Speller *speller, const NameParts *x,
                          const NameParts *y, uint8_t i, uint8_t k) {
    const NamePart *a = &x->items[i], *b = &y->items[k];
    Pair pair = {i, (uint8_t)(i + 1), k, (uint8_t)(k + 1), PAIR_SPELLING, 0};

    if (a->initial || b->initial) {
        pair.kind = PAIR_INITIAL;
        pair.alike = str_equal(a->text, b->text) ? 1
                     : begins_alike(a, b)        ? INITIAL
                                                 : 0;
        return pair;
    }
    pair.alike = sounds_alike(speller, &a->sounds, &b->sounds);
    if (pair.alike < NICKNAME && a->nickname.len &&
        str_equal(a->nickname, b->nickname)) {
        pair.kind = PAIR_NICKNAME;
        pair.alike = NICKNAME;
    }
    return pair;
}

/* The better of two pairs to lay first: likeness, then order kept. */
static bool is_better(const Pair *pair, const Pair *best) {
    if (pair->alike != best->alike) {
        return pair->alike > best->alike;
    }
    return abs(pair->a - pair->b) < abs(best->a - best->b);
}

static void lay(Layout *layout, Pair pair) {
    if (layout->count < PARTS_MAX) {
        layout->pairs[layout->count++] = pair;
    }
    layout->used_a |= bit_run(pair.a, pair.a_end);
    layout->used_b |= bit_run(pair.b, pair.b_end);
}

/* A run of parts of `x`, from `from` on, that is one word of `y`. */
static bool find_run(const Speller *speller, const NameParts *x, uint8_t from,
                     const NameParts *y, Pair *best) {
    Sounds run = x->items[from].sounds;

    for (uint8_t end = (uint8_t)(from + 1);
         end < x->count && end < from + RUN_MAX; end++) {
        sounds_append(&run, &x->items[end].sounds);
        for (uint8_t k = 0; k < y->count; k++) {
            const Sounds *word = &y->items[k].sounds;
            double alike;

            if (abs(run.count - word->count) > MERGED_LENGTH ||
                y->items[k].initial) {
                continue;
            }
            alike = sounds_alike(speller, &run, word);
            if (alike >= MERGED && alike > best->alike) {
                *best = (Pair){from,
                               (uint8_t)(end + 1),
                               k,
                               (uint8_t)(k + 1),
                               PAIR_SPELLING,
                               alike};
            }
        }
    }
    return best->alike > 0;
}

static Pair turned(Pair pair) {
    return (Pair){pair.b,     pair.b_end, pair.a,
                  pair.a_end, pair.kind,  pair.alike};
}

/* Lay what one name writes in one and the other does not. */
static void lay_runs(const Speller *speller, const NameParts *x,
                     const NameParts *y, Layout *layout, bool turn) {
    for (uint8_t i = 0; i + 1u < x->count; i++) {
        Pair pair = {0};

        if (!find_run(speller, x, i, y, &pair)) {
            continue;
        }
        pair = turn ? turned(pair) : pair;
        if ((layout->used_a & bit_run(pair.a, pair.a_end)) == 0 &&
            (layout->used_b & bit_run(pair.b, pair.b_end)) == 0) {
            lay(layout, pair);
        }
    }
}

/* Lay single parts, the likest first. */
static void lay_parts(const Speller *speller, const NameParts *x,
                      const NameParts *y, Layout *layout) {
    Pair all[PARTS_MAX * PARTS_MAX];
    uint32_t count = 0;

    for (uint8_t i = 0; i < x->count; i++) {
        for (uint8_t k = 0; k < y->count; k++) {
            if ((layout->used_a >> i & 1) || (layout->used_b >> k & 1)) {
                continue;
            }
            all[count] = compare_parts(speller, x, y, i, k);
            count += all[count].alike >= MATCH;
        }
    }
    for (;;) {
        const Pair *best = NULL;

        for (uint32_t i = 0; i < count; i++) {
            if ((layout->used_a >> all[i].a & 1) == 0 &&
                (layout->used_b >> all[i].b & 1) == 0 &&
                (!best || is_better(&all[i], best))) {
                best = &all[i];
            }
        }
        if (!best) {
            return;
        }
        lay(layout, *best);
    }
}

void parts_lay(const Speller *speller, const NameParts *a, const NameParts *b,
               Layout *out) {
    *out = (Layout){0};
    if (a->count != b->count) {
        lay_runs(speller, a, b, out, false);
        lay_runs(speller, b, a, out, true);
    }
    lay_parts(speller, a, b, out);
}
