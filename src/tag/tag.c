/* SPDX-License-Identifier: Apache-2.0 */
/* tag/tag.c - see tag.h: from the network's outputs to labels, sentences and
 * trees, window by window. */
#include "tag/tag.h"

#include <assert.h>
#include <string.h>

#include "tag/name_tagger.h"
#include "tag/network.h"
#include "tag/tree.h"
#include "tag/weights.h"

typedef struct Tagger {
    Arena *arena;
    Text *text;
    Tags *tags;
    Network network;
    NameTagger names;
    uint32_t first;  /* token that the window begins with */
    Sentence *given; /* the sentences as the rules cut them */
    uint32_t given_count;
    uint32_t capacity; /* of text->sentences, which are made anew */
    TreeSpace *trees;
    float *scores, *columns; /* SENTENCE_MAX squared; arc x SENTENCE_MAX */
    uint32_t heads[WINDOW_MAX];
    uint8_t relations[WINDOW_MAX];
} Tagger;

/* The outputs of a token of the window. */
static const float *outputs_of(const Tagger *tagger, uint32_t token) {
    return tagger->network.outputs +
           (size_t)(token - tagger->first) * tagger->network.stride;
}

static uint8_t best_of(const float *scores, uint32_t count) {
    uint32_t best = 0;

    for (uint32_t i = 1; i < count; i++) {
        best = scores[i] > scores[best] ? i : best;
    }
    return (uint8_t)best;
}

/* ---- trees ---- */

/* scores[i][j]: of word j as the head of word i; of i itself: as the root. */
static void score_heads(Tagger *tagger, uint32_t first, uint32_t count) {
    const Model *model = tagger->network.model;
    const HeadLayout *at = &model->at;
    uint32_t arc = model->header->arc;

    for (uint32_t j = 0; j < count; j++) {
        const float *o = outputs_of(tagger, first + j) + at->head;
        for (uint32_t k = 0; k < arc; k++) {
            tagger->columns[k * count + j] = o[k];
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        const float *o = outputs_of(tagger, first + i);
        float *row = tagger->scores + (size_t)i * count;
        for (uint32_t j = 0; j < count; j++) {
            row[j] = outputs_of(tagger, first + j)[at->head_bias];
        }
        tagger->network.kernel->dots(o + at->dependent, tagger->columns, arc,
                                     count, row);
        for (uint32_t j = 0; j < count; j++) {
            row[j] += o[at->distance + distance_class((int32_t)j - (int32_t)i)];
        }
        row[i] = o[at->distance];
    }
}

static void parse(Tagger *tagger, uint32_t first, uint32_t last) {
    uint32_t count = last - first, shift = first - tagger->first;
    Word *words = tagger->tags->words;

    score_heads(tagger, first, count);
    tree_best(tagger->trees, tagger->network.kernel, tagger->scores, count,
              tagger->heads);
    for (uint32_t i = 0; i < count; i++) {
        if (tagger->heads[i] != TREE_ROOT) {
            words[first + i].head = first + tagger->heads[i];
            tagger->heads[i] += shift;
        } else {
            words[first + i].head = TAG_ROOT;
        }
    }
    network_relations(&tagger->network, tagger->heads, shift, count,
                      tagger->relations);
    for (uint32_t i = 0; i < count; i++) {
        words[first + i].rel = tagger->relations[i];
    }
}

/* ---- sentences ---- */

/* Cut the tokens [first,last), of one block, into sentences and parse them. */
static void cut_and_parse(Tagger *tagger, uint32_t first, uint32_t last,
                          const Sentence *given) {
    uint32_t at = tagger->network.model->at.end, begin = first;

    for (uint32_t i = first; i < last; i++) {
        if (i + 1 < last && i + 1 - begin < SENTENCE_MAX &&
            outputs_of(tagger, i)[at] <= 0) {
            continue;
        }
        text_add_sentence(tagger->arena, tagger->text, &tagger->capacity,
                          (Sentence){.first = begin,
                                     .last = i + 1,
                                     .block = given->block,
                                     .heading = given->heading});
        parse(tagger, begin, i + 1);
        begin = i + 1;
    }
}

/* ---- windows ---- */

/* The given sentence that ends the window of those from `first` on: as many
 * whole blocks as fit, or whole sentences of one block. `last` is the end of
 * its tokens; of a sentence longer than a window, as many as fit. */
static uint32_t window_end(const Tagger *tagger, uint32_t first, uint32_t from,
                           uint32_t *last) {
    uint32_t whole = first, fits = first;

    for (uint32_t s = first;
         s < tagger->given_count && tagger->given[s].last - from <= WINDOW_MAX;
         s++) {
        fits = s + 1;
        if (s + 1 == tagger->given_count ||
            tagger->given[s + 1].block != tagger->given[s].block) {
            whole = s + 1;
        }
    }
    fits = whole > first ? whole : fits;
    *last = fits > first ? tagger->given[fits - 1].last : from + WINDOW_MAX;
    return fits;
}

/* A run of tokens of one block, in the window that ends with token `last`. */
typedef struct Run {
    const Sentence *given; /* the first of its sentences */
    uint32_t first, last;  /* tokens */
} Run;

/* The run that begins with token `from` of sentence *s, which moves to the
 * one behind the run; `end` is that of the window. */
static Run next_run(const Tagger *tagger, uint32_t *s, uint32_t end,
                    uint32_t from, uint32_t last) {
    const Sentence *given = &tagger->given[*s];
    Run run = {given, from, 0};

    while (*s < end && tagger->given[*s].block == given->block) {
        run.last = tagger->given[*s].last;
        ++*s;
    }
    run.last = run.last < last ? run.last : last;
    return run;
}

static void label_tokens(Tagger *tagger, uint32_t from, uint32_t last) {
    const HeadLayout *at = &tagger->network.model->at;

    name_tagger_make_room(&tagger->names, last - from);
    for (uint32_t i = from; i < last; i++) {
        const float *o = outputs_of(tagger, i);
        Word *word = &tagger->tags->words[i];
        word->upos = best_of(o + at->upos, UPOS_COUNT);
        word->xpos = best_of(o + at->xpos, XPOS_COUNT);
        name_tagger_push(&tagger->names, o + at->name);
    }
}

/* Read one window: the tokens [from,last), which are those of the given
 * sentences [first,end), or part of sentence `first` where it is longer. */
static void read_window(Tagger *tagger, uint32_t first, uint32_t end,
                        uint32_t from, uint32_t last) {
    Run run;

    tagger->first = from;
    end = end > first ? end : first + 1;
    for (uint32_t s = first, at = from; s < end; at = run.last) {
        run = next_run(tagger, &s, end, at, last);
        place_rows(tagger->text, run.first, run.last,
                   tagger->network.places + (run.first - from));
    }
    network_read(&tagger->network, from, last);
    label_tokens(tagger, from, last);
    for (uint32_t s = first, at = from; s < end; at = run.last) {
        run = next_run(tagger, &s, end, at, last);
        cut_and_parse(tagger, run.first, run.last, run.given);
    }
}

static void tagger_init(Arena *arena, const Model *model, Text *text,
                        Tags *tags, Tagger *tagger) {
    size_t most = SENTENCE_MAX, arc = model->header->arc;

    *tagger = (Tagger){.arena = arena,
                       .text = text,
                       .tags = tags,
                       .given = text->sentences,
                       .given_count = text->sentence_count};
    tagger->scores = arena_alloc(arena, most * most * sizeof(float));
    tagger->columns = arena_alloc(arena, arc * most * sizeof(float));
    tagger->trees = tree_space(arena, SENTENCE_MAX);
    network_init(arena, model, text, &tagger->network);
    name_tagger_init(&tagger->names, arena, text, tags);
    text->sentences = arena_expect(arena, text->sentence_count + 8,
                                   &tagger->capacity, sizeof *text->sentences);
    text->sentence_count = 0;
}

void tag_read(Arena *arena, const Model *model, Text *text, Tags *out) {
    Tagger *tagger = arena_alloc(arena, sizeof *tagger);
    uint32_t from = 0, last, end;

    *out = (Tags){.count = text->token_count};
    if (text->token_count == 0) {
        return;
    }
    out->words = arena_zero(arena, text->token_count * sizeof *out->words);
    tagger_init(arena, model, text, out, tagger);
    for (uint32_t s = 0; s < tagger->given_count; from = last) {
        end = window_end(tagger, s, from, &last);
        read_window(tagger, s, end, from, last);
        /* A sentence longer than a window may end with this one. */
        s = end == s && tagger->given[s].last == last ? s + 1 : end;
    }
    name_tagger_settle(&tagger->names);
    lemmas_read(arena, model->lemmas, text, out);
}
