/* SPDX-License-Identifier: Apache-2.0 */
/* tag/name_tagger.c - see name_tagger.h. */
#include "tag/name_tagger.h"

#include <assert.h>
#include <string.h>

#include "base/map.h"

enum {
    STRETCH_MAX = 1 << 14, /* tokens whose scores are held at a time */
    INSIDE_PERSON = 2 + 2 * NAME_PER, /* a label */
};

/* How much the other occurrences of a word count against its own place; how
 * much more one counts that stands in a person's name behind another word, so
 * in full; what it costs that a name begins right after another. Chosen on the
 * development sets. */
static const float LEND = 1.2F, FULL_NAME = 4, ADJACENT = 3;
static const float IMPOSSIBLE = -1e9F;

static uint32_t best_of(const float *scores) {
    uint32_t best = 0;

    for (uint32_t i = 1; i < NAME_LABEL_COUNT; i++) {
        best = scores[i] > scores[best] ? i : best;
    }
    return best;
}

static uint32_t begin_label(uint32_t type) {
    return 1 + 2 * type;
}

void name_tagger_init(NameTagger *names, Arena *arena, const Text *text,
                      Tags *tags) {
    uint32_t room =
        text->token_count < STRETCH_MAX ? text->token_count : STRETCH_MAX;

    *names = (NameTagger){.arena = arena, .text = text, .tags = tags};
    names->scores = arena_alloc(arena, room * sizeof *names->scores);
    names->evidence = arena_alloc(arena, room * sizeof *names->evidence);
    names->from = arena_alloc(arena, room * sizeof *names->from);
}

void name_tagger_push(NameTagger *names, const float *scores) {
    assert(names->count < STRETCH_MAX);
    memcpy(names->scores[names->count++], scores, sizeof *names->scores);
}

void name_tagger_make_room(NameTagger *names, uint32_t count) {
    assert(count <= STRETCH_MAX);
    if (names->count + count > STRETCH_MAX) {
        name_tagger_settle(names);
    }
}

/* ------------------------------------------------------- a word's evidence */

/* A word that says something wherever else it stands with a capital. */
static bool is_shared(const Token *token) {
    return (token->flags & TOKEN_CAPITAL) && token->end - token->begin > 1;
}

/* How far each type of name, and none, is behind the best. */
static Evidence weigh(const float *scores) {
    uint32_t best = best_of(scores);
    Evidence evidence = {.weight = best == INSIDE_PERSON ? FULL_NAME : 1};

    evidence.of[0] = scores[NAME_OUTSIDE] - scores[best];
    for (uint32_t type = 0; type < NAME_TYPE_COUNT; type++) {
        const float *label = scores + begin_label(type);
        evidence.of[1 + type] =
            (label[0] > label[1] ? label[0] : label[1]) - scores[best];
    }
    return evidence;
}

/* Add to the scores of one occurrence what the others say on average; the more
 * they are, the more they count. `all`: the weighted sum of all. */
static void lend(const Evidence *all, const Evidence *own, float *scores) {
    float others = all->weight - own->weight, share = LEND / (others + 1);

    for (uint32_t i = 0; others > 0 && i < EVIDENCE; i++) {
        float more = share * (all->of[i] - own->weight * own->of[i]);
        scores[i == 0 ? NAME_OUTSIDE : begin_label(i - 1)] += more;
        if (i > 0) {
            scores[begin_label(i - 1) + 1] += more;
        }
    }
}

static void share_evidence(NameTagger *names) {
    const Token *tokens = names->text->tokens + names->first;
    Evidence *sums = NULL;
    uint32_t count = 0, capacity = 0;
    Map words;

    map_init(&words, names->arena, names->count / 8 + 8);
    for (uint32_t i = 0; i < names->count; i++) {
        Evidence *own = &names->evidence[i], *sum;
        bool is_new;
        uint32_t at;
        if (!is_shared(&tokens[i])) {
            continue;
        }
        *own = weigh(names->scores[i]);
        at = *map_put(&words, tokens[i].hash, count, &is_new);
        if (is_new) {
            sums =
                arena_grow(names->arena, sums, count, &capacity, sizeof *sums);
            sums[count++] = (Evidence){0};
        }
        sum = &sums[at];
        sum->weight += own->weight;
        for (uint32_t k = 0; k < EVIDENCE; k++) {
            sum->of[k] += own->weight * own->of[k];
        }
    }
    for (uint32_t i = 0; i < names->count; i++) {
        if (is_shared(&tokens[i])) {
            lend(&sums[*map_find(&words, tokens[i].hash)], &names->evidence[i],
                 names->scores[i]);
        }
    }
}

/* ------------------------------------------------------- the best sequence */

/* One step: the sums of the best sequences up to this token, by their last
 * label, and which label came before it. */
static void step(const float *scores, float *sums, uint8_t *from) {
    uint32_t best = best_of(sums), before = best;
    float next[NAME_LABEL_COUNT], reached = sums[best];

    if (best != NAME_OUTSIDE && sums[best] - ADJACENT <= sums[NAME_OUTSIDE]) {
        before = NAME_OUTSIDE;
        reached = sums[NAME_OUTSIDE];
    } else if (best != NAME_OUTSIDE) {
        reached -= ADJACENT;
    }
    next[NAME_OUTSIDE] = sums[best] + scores[NAME_OUTSIDE];
    from[NAME_OUTSIDE] = (uint8_t)best;
    for (uint32_t begin = 1; begin < NAME_LABEL_COUNT; begin += 2) {
        uint32_t inside = begin + 1;
        uint32_t longer = sums[inside] > sums[begin] ? inside : begin;
        next[begin] = reached + scores[begin];
        from[begin] = (uint8_t)before;
        next[inside] = sums[longer] + scores[inside];
        from[inside] = (uint8_t)longer;
    }
    memcpy(sums, next, sizeof next);
}

/* The tokens [first,last) of the stretch, which no name leaves. */
static void find_sequence(NameTagger *names, uint32_t first, uint32_t last) {
    float sums[NAME_LABEL_COUNT] = {0};
    uint32_t label;

    for (uint32_t inside = 2; inside < NAME_LABEL_COUNT; inside += 2) {
        names->scores[first][inside] = IMPOSSIBLE;
    }
    memcpy(sums, names->scores[first], sizeof sums);
    for (uint32_t i = first + 1; i < last; i++) {
        step(names->scores[i], sums, names->from[i]);
    }
    label = best_of(sums);
    for (uint32_t i = last; i-- > first;) {
        names->tags->words[names->first + i].name = (uint8_t)label;
        label = i > first ? names->from[i][label] : label;
    }
}

static uint32_t block_of(const NameTagger *names, uint32_t i) {
    const Text *text = names->text;

    return text->sentences[text->tokens[names->first + i].sentence].block;
}

void name_tagger_settle(NameTagger *names) {
    share_evidence(names);
    for (uint32_t i = 0, next; i < names->count; i = next) {
        for (next = i + 1; next < names->count &&
                           block_of(names, next) == block_of(names, i);) {
            next++;
        }
        find_sequence(names, i, next);
    }
    names->first += names->count;
    names->count = 0;
}
