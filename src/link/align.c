/* SPDX-License-Identifier: Apache-2.0 */
/* link/align.c - the passages that two texts share.
 *
 * Room: link. Every run of four words of one text goes into a map; the other
 * is walked once, and where a run is known it is followed as far as the words
 * agree. Runs that stand in a row in both texts, with a word or so between
 * that was changed, are one passage:
 *
 *     a: ... the army said on Monday it had | taken | the town of Oldport ...
 *     b: ... the army said on Monday it had | seized | the town of Oldport ...
 *
 * What is long enough, or stands close to what is, is kept, longest first,
 * and no word of the first text is in two passages. Exact word runs are how
 * reuse of newspaper text was measured in METER (Clough et al., ACL 2002);
 * winnowing (Schleimer et al., SIGMOD 2003) finds whom to compare. */
#include <stdlib.h>

#include "link/inside.h"

enum {
    GRAM = 4,           /* words of a run that starts a match */
    CHAIN_MAX = 16,     /* places of one run that are tried */
    PASSAGE_MIN = 8,    /* words of a passage that stands alone */
    NEIGHBOUR_MIN = 5,  /* words of one beside another passage */
    NEIGHBOUR_GAP = 20, /* words between the two, in both texts */
    GAP_MAX = 3,        /* changed words inside a passage */
};

static uint64_t gram_hash(const PlainWord *words) {
    uint64_t hash = HASH_SEED;

    for (int i = 0; i < GRAM; i++) {
        hash = (hash ^ words[i].hash) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return hash;
}

void grams_read(Arena *arena, const Words *words, Grams *out) {
    uint32_t count = words->count < GRAM ? 0 : words->count - GRAM + 1;

    out->words = words;
    map_init(&out->last, arena, count);
    out->next = arena_zero(arena, (size_t)count * sizeof *out->next + 1);
    for (uint32_t i = 0; i < count; i++) {
        bool is_new;
        uint32_t *last =
            map_put(&out->last, gram_hash(&words->items[i]), i + 1, &is_new);

        if (!is_new) {
            out->next[i] = *last;
            *last = i + 1;
        }
    }
}

static uint32_t match_length(const Words *a, uint32_t i, const Words *b,
                             uint32_t j) {
    uint32_t length = 0;

    while (i + length < a->count && j + length < b->count &&
           a->items[i + length].hash == b->items[j + length].hash) {
        length++;
    }
    return length;
}

/* The longest run of `a` that begins as `b` does at word `j`; of equally long
 * ones the one that follows on the run before. */
static Passage longest_at(const Grams *a, const Words *b, uint32_t j,
                          uint32_t expected) {
    const uint32_t *last = map_find(&a->last, gram_hash(&b->items[j]));
    uint32_t place = last ? *last : 0, best = 0, best_at = 0;

    for (int tried = 0; place && tried < CHAIN_MAX; tried++) {
        uint32_t i = place - 1, length = match_length(a->words, i, b, j);

        if (length > best || (length == best && i == expected)) {
            best = length;
            best_at = i;
        }
        place = a->next[i];
    }
    return (Passage){best_at, best_at + best, j, j + best};
}

static bool continues(Passage first, Passage second) {
    uint32_t shorter, gap = GAP_MAX;

    if (second.a < first.a_end || second.b < first.b_end) {
        return false;
    }
    shorter = first.a_end - first.a < second.a_end - second.a
                  ? first.a_end - first.a
                  : second.a_end - second.a;
    /* Four words on a side bear one changed word, eight bear two. */
    gap = shorter / GRAM < gap ? shorter / GRAM : gap;
    return second.a - first.a_end <= gap && second.b - first.b_end <= gap;
}

static void push_run(Arena *arena, Alignment *runs, Passage run) {
    if (runs->count && continues(runs->items[runs->count - 1], run)) {
        runs->items[runs->count - 1].a_end = run.a_end;
        runs->items[runs->count - 1].b_end = run.b_end;
        return;
    }
    runs->items = arena_grow(arena, runs->items, runs->count, &runs->capacity,
                             sizeof *runs->items);
    runs->items[runs->count++] = run;
}

static uint32_t length_of(Passage passage) {
    return passage.a_end - passage.a;
}

static int by_length(const void *x, const void *y) {
    const Passage *a = x, *b = y;

    if (length_of(*a) != length_of(*b)) {
        return length_of(*a) < length_of(*b) ? 1 : -1;
    }
    return a->b < b->b ? -1 : 1; /* no two have the same place */
}

static int by_place(const void *x, const void *y) {
    const Passage *a = x, *b = y;

    return a->a < b->a ? -1 : 1;
}

/* True if `near` lies close to `run` on the same side in both texts. */
static bool is_beside(Passage run, Passage near) {
    if (near.a >= run.a_end) {
        return near.a - run.a_end <= NEIGHBOUR_GAP && near.b >= run.b_end &&
               near.b - run.b_end <= NEIGHBOUR_GAP;
    }
    return near.a_end <= run.a && run.a - near.a_end <= NEIGHBOUR_GAP &&
           near.b_end <= run.b && run.b - near.b_end <= NEIGHBOUR_GAP;
}

/* Mark a passage's words as taken; false if a good part is taken already. */
static bool take_words(bool *taken, Passage passage) {
    uint32_t already = 0;

    for (uint32_t i = passage.a; i < passage.a_end; i++) {
        already += taken[i];
    }
    if (already * 4 > length_of(passage)) {
        return false;
    }
    for (uint32_t i = passage.a; i < passage.a_end; i++) {
        taken[i] = true;
    }
    return true;
}

/* Runs come in the order of b, so neighbours are next to each other. */
static bool stands(const Alignment *runs, uint32_t i) {
    Passage run = runs->items[i];

    if (length_of(run) >= PASSAGE_MIN) {
        return true;
    }
    if (length_of(run) < NEIGHBOUR_MIN) {
        return false;
    }
    return (i > 0 && length_of(runs->items[i - 1]) >= PASSAGE_MIN &&
            is_beside(run, runs->items[i - 1])) ||
           (i + 1 < runs->count &&
            length_of(runs->items[i + 1]) >= PASSAGE_MIN &&
            is_beside(run, runs->items[i + 1]));
}

/* Words from where the first passage begins to where the last ends. */
static void measure_ranges(Alignment *out) {
    uint32_t begin_b = UINT32_MAX, end_b = 0;

    if (out->count == 0) {
        return;
    }
    for (uint32_t i = 0; i < out->count; i++) {
        Passage passage = out->items[i];

        begin_b = passage.b < begin_b ? passage.b : begin_b;
        end_b = passage.b_end > end_b ? passage.b_end : end_b;
    }
    out->range_a = out->items[out->count - 1].a_end - out->items[0].a;
    out->range_b = end_b - begin_b;
}

static void count_words(const Words *a, const Words *b, Alignment *out) {
    for (uint32_t p = 0; p < out->count; p++) {
        Passage passage = out->items[p];
        uint32_t prose_a = 0, prose_b = 0, prose;

        for (uint32_t i = passage.a; i < passage.a_end; i++) {
            prose_a += a->items[i].prose;
        }
        for (uint32_t i = passage.b; i < passage.b_end; i++) {
            prose_b += b->items[i].prose;
        }
        prose = prose_a < prose_b ? prose_a : prose_b;
        out->shared_a += passage.a_end - passage.a;
        out->shared_b += passage.b_end - passage.b;
        out->prose += prose;
        if (prose > out->longest_prose) {
            out->longest_prose = prose;
        }
    }
}

/* From all runs, those that stand and do not take each other's words. */
static void choose(Arena *arena, const Alignment *runs, uint32_t words_a,
                   Alignment *out) {
    bool *taken = arena_zero(arena, words_a + 1);
    Alignment standing = {0};

    for (uint32_t i = 0; i < runs->count; i++) {
        if (stands(runs, i)) {
            standing.items =
                arena_grow(arena, standing.items, standing.count,
                           &standing.capacity, sizeof *standing.items);
            standing.items[standing.count++] = runs->items[i];
        }
    }
    if (standing.count) {
        qsort(standing.items, standing.count, sizeof *standing.items,
              by_length);
    }
    *out = (Alignment){.items = standing.items, .capacity = standing.capacity};
    for (uint32_t i = 0; i < standing.count; i++) {
        if (take_words(taken, standing.items[i])) {
            out->items[out->count++] = standing.items[i];
        }
    }
    if (out->count) {
        qsort(out->items, out->count, sizeof *out->items, by_place);
    }
}

void align(Arena *arena, const Grams *a, const Words *b, Alignment *out) {
    Alignment runs = {0};
    uint32_t j = 0;

    while (j + GRAM <= b->count) {
        uint32_t expected =
            runs.count ? runs.items[runs.count - 1].a_end : UINT32_MAX;
        Passage run = longest_at(a, b, j, expected);

        if (length_of(run) >= GRAM) {
            push_run(arena, &runs, run);
            j = run.b_end;
        } else {
            j++;
        }
    }
    choose(arena, &runs, a->words->count, out);
    count_words(a->words, b, out);
    measure_ranges(out);
}
