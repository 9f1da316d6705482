/* SPDX-License-Identifier: Apache-2.0 */
/* find/attribution.c - see attribution.h: the chains run over a report. */
#include "find/attribution.h"

#include <assert.h>
#include <string.h>

enum {
    CONTENT_BIAS = 10, /* a cue has a content rather than none */
    CUE_BIAS = 28,     /* cues are made likelier: the second chain may refuse */
    CACHE_SIZE = 512,  /* units whose local scores are kept; a power of two */
    PART_PAIRS = 9
};

static const char file_name[] = "attribution.chain";

/* States of CHAIN_PART: what the unit is, after what. */
enum {
    NOTHING,       /* no part so far */
    CONTENT_FIRST, /* content, no source so far */
    AFTER_CONTENT, /* no part, content but no source so far */
    SOURCE_FIRST,  /* the source, no content so far */
    SOURCE_AFTER,  /* the source, after content */
    AFTER_SOURCE,  /* no part, a source but no content so far */
    CONTENT_AFTER, /* content, after the source */
    AFTER_BOTH,    /* no part, both stand before */
    END_NOTHING,   /* behind the window: it was no cue */
    END_CONTENT,   /* it has no source */
    END_BOTH,      /* it has both */
    HAS_CONTENT = 1 << CONTENT_FIRST | 1 << AFTER_CONTENT,
    HAS_BOTH = 1 << SOURCE_AFTER | 1 << CONTENT_AFTER | 1 << AFTER_BOTH,
    HAS_SOURCE = 1 << SOURCE_FIRST | 1 << AFTER_SOURCE
};

const ChainStates attribution_states[CHAIN_COUNT] = {
    [CHAIN_CUE] = {.labels = 2,
                   .count = 2,
                   .label = {LABEL_NONE, LABEL_CUE},
                   .from = {3, 3},
                   .first = 3,
                   .last = 3},
    [CHAIN_PART] = {.labels = 3,
                    .count = END_BOTH + 1,
                    .label = {[CONTENT_FIRST] = LABEL_CONTENT,
                              [SOURCE_FIRST] = LABEL_SOURCE,
                              [SOURCE_AFTER] = LABEL_SOURCE,
                              [CONTENT_AFTER] = LABEL_CONTENT,
                              [END_CONTENT] = LABEL_CONTENT,
                              [END_BOTH] = LABEL_SOURCE},
                    .from = {[NOTHING] = 1 << NOTHING,
                             [CONTENT_FIRST] = 1 << NOTHING | HAS_CONTENT,
                             [AFTER_CONTENT] = HAS_CONTENT,
                             [SOURCE_FIRST] = 1 << NOTHING | 1 << SOURCE_FIRST,
                             [SOURCE_AFTER] = HAS_CONTENT | 1 << SOURCE_AFTER,
                             [AFTER_SOURCE] = HAS_SOURCE,
                             [CONTENT_AFTER] = HAS_SOURCE | HAS_BOTH,
                             [AFTER_BOTH] = HAS_BOTH,
                             [END_NOTHING] = 1 << NOTHING,
                             [END_CONTENT] = HAS_CONTENT,
                             [END_BOTH] = HAS_BOTH},
                    .first =
                        1 << NOTHING | 1 << CONTENT_FIRST | 1 << SOURCE_FIRST,
                    .last =
                        1 << END_NOTHING | 1 << END_CONTENT | 1 << END_BOTH},
    [CHAIN_ACT] = {.labels = 2,
                   .count = 2,
                   .label = {LABEL_NONE, LABEL_THOUGHT},
                   .from = {3, 3},
                   .first = 3,
                   .last = 3},
};

/* Scores that do not depend on the cue, for both sides of it. */
typedef struct Local {
    uint32_t unit[2]; /* unit + 1; 0: none */
    int32_t pairs[2][PART_PAIRS];
} Local;

typedef struct Reader {
    Arena *arena;           /* borrowed */
    const ChainFile *model; /* borrowed */
    Units *units;           /* borrowed */
    Local *cache;           /* arena; CACHE_SIZE */
    Window window;
    int32_t pairs[(WINDOW_MAX + 1) * PART_PAIRS];
    uint8_t back[(WINDOW_MAX + 1) * CHAIN_STATES_MAX], labels[WINDOW_MAX + 1];
} Reader;

Status attribution_open(const char *folder, ChainFile **out, Error *err) {
    static const uint32_t labels[CHAIN_COUNT] = {2, 3, 2};
    ChainFile *file;
    Status status = chain_open_in(folder, file_name, &file, err);
    bool ours = status == OK && chain_count(file) == CHAIN_COUNT;

    for (uint32_t i = 0; i < CHAIN_COUNT && ours; i++) {
        ours = chain_at(file, i)->labels == labels[i];
    }
    if (status == OK && !ours) {
        chain_close(file);
        return fail(err, ERR_DATA, "%s: does not hold the chains for quotes",
                    file_name);
    }
    if (status == OK) {
        *out = file;
    }
    return status;
}

uint32_t units_row_end(const Units *units, uint32_t first) {
    uint32_t end = first;

    while (end < units->count && end - first < ROW_MAX) {
        if (units->items[end++].breaks) {
            break;
        }
    }
    return end;
}

static void bar(int32_t *pairs, uint32_t labels) {
    for (uint32_t p = 0; p < labels * labels; p++) {
        if (p % labels) {
            pairs[p] = CHAIN_NEVER;
        }
    }
}

/* Mark the cues among the units of one row. */
static void mark_row(const Chain *chain, Units *units, Range row) {
    int32_t pairs[ROW_MAX * 4] = {0};
    uint8_t back[ROW_MAX * 2], labels[ROW_MAX];
    uint64_t hashes[CUE_FEATURES_MAX];
    uint32_t count = row.last - row.first;

    for (uint32_t i = 0; i < count; i++) {
        if (units->items[row.first + i].inner) {
            bar(pairs + (size_t)4 * i, 2);
            continue;
        }
        chain_add(chain, hashes, cue_features(units, row.first + i, hashes),
                  pairs + (size_t)4 * i);
        pairs[4 * i + LABEL_CUE] += CUE_BIAS;
    }
    chain_best(&attribution_states[CHAIN_CUE], pairs, count, back, labels);
    for (uint32_t i = 0; i < count; i++) {
        bool begins = labels[i] && (i == 0 || !labels[i - 1]);
        units->items[row.first + i].cue = (uint8_t)(begins ? 2 : labels[i]);
    }
}

void units_mark_cues(Units *units, const Chain *chain) {
    Range row = {0};

    for (; row.first < units->count; row.first = row.last) {
        row.last = units_row_end(units, row.first);
        mark_row(chain, units, row);
    }
}

bool units_next_cue(const Units *units, Range *cue) {
    uint32_t at = cue->last;

    while (at < units->count && !units->items[at].cue) {
        at++;
    }
    *cue = (Range){at, at + 1};
    while (cue->last < units->count && units->items[cue->last].cue == 1 &&
           cue->last - at < CUE_UNITS_MAX) {
        cue->last++;
    }
    return at < units->count;
}

static const int32_t *local_scores(Reader *reader, uint32_t unit, bool after) {
    Local *local = &reader->cache[unit % CACHE_SIZE];
    uint64_t hashes[LOCAL_FEATURES_MAX];
    int32_t *pairs = local->pairs[after];

    if (local->unit[after] != unit + 1) {
        local->unit[after] = unit + 1;
        memset(pairs, 0, sizeof local->pairs[after]);
        chain_add(chain_at(reader->model, CHAIN_PART), hashes,
                  local_features(reader->units, unit, after, hashes), pairs);
    }
    return pairs;
}

/* The best labels of the window; returns by how much they are better than
 * none at all. */
static int32_t label_window(Reader *reader) {
    const Window *window = &reader->window;
    uint64_t hashes[RELATIVE_FEATURES_MAX];
    int32_t *pairs = reader->pairs, none = 0;

    for (uint32_t u = window->units.first; u < window->units.last; u++) {
        if (u >= window->cue.first && u < window->cue.last) {
            memset(pairs, 0, PART_PAIRS * sizeof *pairs);
            bar(pairs, 3);
        } else {
            memcpy(pairs, local_scores(reader, u, u >= window->cue.last),
                   PART_PAIRS * sizeof *pairs);
            chain_add(chain_at(reader->model, CHAIN_PART), hashes,
                      relative_features(reader->units, window, u, hashes),
                      pairs);
        }
        none += pairs[0];
        pairs += PART_PAIRS;
    }
    memset(pairs, 0, PART_PAIRS * sizeof *pairs);
    chain_add(chain_at(reader->model, CHAIN_PART), hashes,
              end_features(reader->units, window, hashes), pairs);
    pairs[LABEL_NONE] -= CONTENT_BIAS;
    none += pairs[0];
    return chain_best(&attribution_states[CHAIN_PART], reader->pairs,
                      window->units.last - window->units.first + 1,
                      reader->back, reader->labels) -
           none;
}

static bool is_thought(const Reader *reader) {
    uint64_t hashes[ACT_FEATURES_MAX];
    int32_t pairs[4] = {0};
    uint32_t count = act_features(reader->units, &reader->window, hashes);

    chain_add(chain_at(reader->model, CHAIN_ACT), hashes, count, pairs);
    return pairs[LABEL_THOUGHT] > pairs[LABEL_NONE];
}

/* Tokens of the units [first,last). */
static Range tokens_of(const Units *units, uint32_t first, uint32_t last) {
    return (Range){units->items[first].first, units->items[last - 1].last};
}

/* Runs of one label become the parts; the longest run of LABEL_SOURCE is the
 * source. */
static void read_parts(Reader *reader, Attribution *out) {
    Range window = reader->window.units, longest = {0};
    uint32_t count = window.last - window.first, end;

    out->contents =
        arena_alloc(reader->arena, (count / 2 + 1) * sizeof *out->contents);
    for (uint32_t i = 0; i < count; i = end) {
        uint8_t label = reader->labels[i];
        Range run = {window.first + i, 0};
        for (end = i + 1; end < count && reader->labels[end] == label; end++) {
        }
        run.last = window.first + end;
        if (label == LABEL_CONTENT) {
            out->contents[out->content_count++] =
                tokens_of(reader->units, run.first, run.last);
        } else if (label == LABEL_SOURCE &&
                   run.last - run.first > longest.last - longest.first) {
            longest = run;
        }
    }
    if (!range_empty(longest)) {
        out->source = tokens_of(reader->units, longest.first, longest.last);
    }
}

static bool has_content(const Reader *reader) {
    return memchr(reader->labels, LABEL_CONTENT,
                  reader->window.units.last - reader->window.units.first);
}

/* Without the mark at its end: "said:". */
static Range cue_tokens(const Units *units, Range cue) {
    while (cue.last > cue.first + 1 &&
           unit_is_mark(&units->items[cue.last - 1])) {
        cue.last--;
    }
    return tokens_of(units, cue.first, cue.last);
}

static void read_cue(Reader *reader, Range cue, Attributions *out) {
    Attribution *made;
    int32_t score;

    window_read(reader->units, cue, &reader->window);
    score = label_window(reader);
    if (!has_content(reader)) {
        return;
    }
    out->items = arena_grow(reader->arena, out->items, out->count,
                            &out->capacity, sizeof *out->items);
    made = &out->items[out->count++];
    *made = (Attribution){.cue = cue_tokens(reader->units, cue),
                          .key = reader->units->items[reader->window.key].first,
                          .thought = is_thought(reader),
                          .score = score};
    read_parts(reader, made);
}

void attributions_read(Arena *arena, const ChainFile *model, Units *units,
                       Attributions *out) {
    Reader *reader = arena_alloc(arena, sizeof *reader);
    Range cue = {0};

    assert(chain_count(model) == CHAIN_COUNT);
    *out = (Attributions){0};
    reader->arena = arena;
    reader->model = model;
    reader->units = units;
    reader->cache = arena_zero(arena, CACHE_SIZE * sizeof *reader->cache);
    units_mark_cues(units, chain_at(model, CHAIN_CUE));
    while (units_next_cue(units, &cue)) {
        read_cue(reader, cue, out);
    }
}
