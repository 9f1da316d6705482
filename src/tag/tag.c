/* SPDX-License-Identifier: Apache-2.0 */
/* tag/tag.c - see tag.h: from the network's outputs to labels, sentences and
 * trees, window by window. */
#include "tag/tag.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "tag/network.h"
#include "tag/tree.h"
#include "tag/weights.h"

typedef struct Tagger {
    Arena *arena;
    Text *text;
    Tags *tags;
    Network network;
    uint32_t first;  /* token that the window begins with */
    Sentence *given; /* the sentences as the rules cut them */
    uint32_t given_count;
    uint32_t capacity;       /* of text->sentences, which are made anew */
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

/* ---- names ---- */

/* The best name labels for the tokens [first,last): the highest sum such that
 * each name's inside follows its begin (Viterbi 1967). */
static void name_tokens(Tagger *tagger, uint32_t first, uint32_t last) {
    uint32_t at = tagger->network.model->at.name, end;
    uint8_t from[WINDOW_MAX][NAME_LABEL_COUNT];
    float sums[NAME_LABEL_COUNT] = {0}, next[NAME_LABEL_COUNT];

    assert(last - first <= WINDOW_MAX);
    for (uint32_t i = first; i < last; i++) {
        const float *scores = outputs_of(tagger, i) + at;
        uint8_t best = best_of(sums, NAME_LABEL_COUNT);
        for (uint32_t label = 0; label < NAME_LABEL_COUNT; label++) {
            bool inside = label > 0 && label % 2 == 0;
            uint8_t before = !inside ? best
                             : sums[label] > sums[label - 1]
                                 ? (uint8_t)label
                                 : (uint8_t)(label - 1);
            from[i - first][label] = before;
            next[label] = sums[before] + scores[label];
            if (i == first && inside) {
                next[label] = -1e9F;
            }
        }
        memcpy(sums, next, sizeof sums);
    }
    end = best_of(sums, NAME_LABEL_COUNT);
    for (uint32_t i = last; i-- > first;) {
        tagger->tags->words[i].name = (uint8_t)end;
        end = from[i - first][end];
    }
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
    tree_best(tagger->arena, tagger->network.kernel, tagger->scores, count,
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

/* Read one window: the tokens [from,last), which are those of the given
 * sentences [first,end), or part of sentence `first` where it is longer. */
static void read_window(Tagger *tagger, uint32_t first, uint32_t end,
                        uint32_t from, uint32_t last) {
    const HeadLayout *at = &tagger->network.model->at;
    uint32_t begin = from, stop;

    tagger->first = from;
    end = end > first ? end : first + 1;
    for (uint32_t s = first, next; s < end; s = next) {
        for (next = s; next < end &&
                       tagger->given[next].block == tagger->given[s].block;) {
            next++;
        }
        stop = tagger->given[next - 1].last < last
                   ? tagger->given[next - 1].last
                   : last;
        place_rows(tagger->text, begin, stop,
                   tagger->network.places + (begin - from));
        begin = stop;
    }
    network_read(&tagger->network, from, last);
    for (uint32_t i = from; i < last; i++) {
        const float *o = outputs_of(tagger, i);
        Word *word = &tagger->tags->words[i];
        word->upos = best_of(o + at->upos, UPOS_COUNT);
        word->xpos = best_of(o + at->xpos, XPOS_COUNT);
        word->lemma = utf8_fold(tagger->arena, token_str(tagger->text, i));
    }
    begin = from;
    for (uint32_t s = first, next; s < end; s = next) {
        for (next = s; next < end &&
                       tagger->given[next].block == tagger->given[s].block;) {
            next++;
        }
        stop = tagger->given[next - 1].last < last
                   ? tagger->given[next - 1].last
                   : last;
        name_tokens(tagger, begin, stop);
        cut_and_parse(tagger, begin, stop, &tagger->given[s]);
        begin = stop;
    }
}

void tag_read(Arena *arena, const Model *model, Text *text, Tags *out) {
    Tagger *tagger = arena_zero(arena, sizeof *tagger);
    uint32_t arc = model->header->arc, from = 0;

    *out = (Tags){.count = text->token_count};
    if (text->token_count == 0) {
        return;
    }
    out->words = arena_zero(arena, text->token_count * sizeof *out->words);
    *tagger = (Tagger){.arena = arena,
                       .text = text,
                       .tags = out,
                       .given = text->sentences,
                       .given_count = text->sentence_count};
    tagger->scores =
        arena_alloc(arena, (size_t)SENTENCE_MAX * SENTENCE_MAX * sizeof(float));
    tagger->columns =
        arena_alloc(arena, (size_t)arc * SENTENCE_MAX * sizeof(float));
    network_init(arena, model, text, &tagger->network);
    text->sentences = arena_expect(arena, text->sentence_count + 8,
                                   &tagger->capacity, sizeof *text->sentences);
    text->sentence_count = 0;
    for (uint32_t s = 0; s < tagger->given_count;) {
        uint32_t last, end = window_end(tagger, s, from, &last);
        read_window(tagger, s, end, from, last);
        s = end;
        from = last;
        if (s < tagger->given_count && tagger->given[s].last <= from) {
            s++; /* the rest of a sentence longer than a window */
        }
    }
}
