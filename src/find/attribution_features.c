/* SPDX-License-Identifier: Apache-2.0 */
/* find/attribution_features.c - see attribution.h: what the chains look at.
 *
 * A feature is a template and up to three values, hashed: "the word before is
 * `he` and this one is `said`". Of a unit for the first chain: the words and
 * kinds of words around it, and where quotations begin and end. For the second
 * chain also how it lies to the cue: on which side, how far, what stands
 * between them, and all that with the cue's own word. */
#include "find/attribution.h"

enum { NEAR_QUOTE = 4, NEAR = 5 };

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * UINT64_C(0xff51afd7ed558ccd);
    return hash ^ hash >> 32;
}

static uint64_t feature(uint32_t template, uint64_t a, uint64_t b, uint64_t c) {
    return mix(mix(mix(template + UINT64_C(0x51ed27), a), b), c);
}

/* A unit with its neighbours; what lies beyond the paragraph is empty. */
typedef struct Around {
    const Unit *l3, *l2, *l1, *u, *r1, *r2, *r3;
} Around;

static Around around(const Units *units, uint32_t index) {
    const Unit *u = units->items + index, *edge = units->items - 1;
    Around a = {.u = u};

    a.l1 = u[-1].breaks ? edge : u - 1;
    a.l2 = a.l1 == edge || u[-2].breaks ? edge : u - 2;
    a.l3 = a.l2 == edge || u[-3].breaks ? edge : u - 3;
    a.r1 = u->breaks ? edge : u + 1;
    a.r2 = a.r1 == edge || u[1].breaks ? edge : u + 2;
    a.r3 = a.r2 == edge || u[2].breaks ? edge : u + 3;
    return a;
}

/* Three kinds of words in one number. */
static uint64_t tags(const Unit *a, const Unit *b, const Unit *c) {
    return (uint64_t)a->tag << 16 | (uint64_t)b->tag << 8 | c->tag;
}

/* Units to the next mark of quotation on one side, within the sentence. */
static uint32_t quote_distance(const Unit *unit, int step) {
    for (uint32_t i = 1; i <= NEAR_QUOTE; i++) {
        const Unit *at = unit + (int)i * step;
        if (step < 0 ? at->ends : at[-1].ends) {
            return step < 0 && at->closes ? i : NEAR_QUOTE + 1;
        }
        if (at->quoted) {
            return i;
        }
    }
    return NEAR_QUOTE + 2;
}

/* Ends of sentences and paragraphs around the unit. */
static uint32_t edges(const Around *a) {
    return (uint32_t)(a->u[-1].ends | a->u[-1].breaks << 1 | a->u->ends << 2 |
                      a->u->breaks << 3);
}

uint32_t cue_features(const Units *units, uint32_t index, uint64_t *out) {
    const Around a = around(units, index);
    const Unit *u = a.u;
    uint32_t n = 0, t = 0;
    uint32_t left = quote_distance(u, -1), right = quote_distance(u, 1);

    out[n++] = feature(t++, 0, 0, 0);
    out[n++] = feature(t++, u->word, 0, 0);
    out[n++] = feature(t++, a.l1->word, 0, 0);
    out[n++] = feature(t++, a.r1->word, 0, 0);
    out[n++] = feature(t++, a.l2->word, 0, 0);
    out[n++] = feature(t++, a.r2->word, 0, 0);
    out[n++] = feature(t++, a.l1->word, u->word, 0);
    out[n++] = feature(t++, u->word, a.r1->word, 0);
    out[n++] = feature(t++, a.l1->word, a.r1->word, 0);
    out[n++] = feature(t++, u->word, a.r1->word, a.r2->word);
    out[n++] = feature(t++, a.l2->word, a.l1->word, u->word);
    out[n++] = feature(t++, a.l1->word, u->word, a.r1->word);
    out[n++] = feature(t++, a.r1->word, a.r2->word, 0);
    out[n++] = feature(t++, a.l2->word, a.l1->word, 0);
    out[n++] = feature(t++, u->tag, u->suffix, 0);
    out[n++] = feature(t++, a.l1->tag, u->word, 0);
    out[n++] = feature(t++, u->word, a.r1->tag, 0);
    out[n++] = feature(t++, u->word, a.r1->tag, a.r2->tag);
    out[n++] = feature(t++, u->word, a.l1->tag, a.r1->tag);
    out[n++] = feature(t++, u->word, a.l1->tag, a.l2->tag);
    out[n++] = feature(t++, tags(a.l1, u, a.r1), 0, 0);
    out[n++] = feature(t++, tags(u, a.r1, a.r2), 0, 0);
    out[n++] = feature(t++, tags(a.l2, a.l1, u), 0, 0);
    out[n++] = feature(t++, tags(a.l1, u, a.r1), a.r2->tag, a.l2->tag);
    out[n++] = feature(t++, tags(u, a.r1, a.r2), a.r3->tag, 0);
    out[n++] = feature(t++, u->tag, a.r1->tag, 0);
    out[n++] = feature(t++, a.l1->tag, u->tag, 0);
    out[n++] = feature(t++, u->suffix, a.r1->tag, a.l1->tag);
    out[n++] = feature(t++, u->suffix, a.r1->word, 0);
    out[n++] = feature(t++, u->frame, a.l1->tag, a.r1->tag);
    out[n++] = feature(t++, u->frame, a.r1->word, 0);
    out[n++] = feature(t++, a.l1->frame, u->tag, a.r1->tag);
    out[n++] = feature(t++, a.l1->frame, u->word, 0);
    out[n++] = feature(t++, a.r1->frame, u->word, 0);
    out[n++] = feature(t++, a.r1->frame, u->tag, a.l1->tag);
    out[n++] = feature(t++, a.r2->frame, u->tag, a.r1->tag);
    out[n++] = feature(t++, left, u->tag, right);
    out[n++] = feature(t++, left, u->word, 0);
    out[n++] = feature(t++, right, u->word, 0);
    out[n++] = feature(t++, left, a.l1->tag, u->frame);
    out[n++] = feature(t++, right, a.r1->tag, u->frame);
    out[n++] = feature(t++, edges(&a), u->word, 0);
    out[n++] = feature(t++, edges(&a), u->tag, a.r1->tag);
    out[n++] = feature(t++, u->shape, a.l1->shape, u->suffix);
    out[n++] = feature(t++, u->children, 0, 0);
    out[n++] = feature(t++, u->children, u->tag, 0);
    out[n++] = feature(t++, u->children, u->word, 0);
    out[n++] = feature(t++, u->children, u->rel, u->head);
    out[n++] = feature(t++, u->rel, u->tag, u->head);
    out[n++] = feature(t++, u->rel, u->word, 0);
    out[n++] = feature(t++, u->rel, u->children, u->suffix);
    out[n++] = feature(t++, a.l1->children, u->tag, a.l1->rel);
    out[n++] = feature(t++, a.r1->children, u->tag, a.r1->rel);
    return n;
}

/* How quotation marks lie around the unit. */
static uint32_t quote_bits(const Around *a) {
    return (uint32_t)(a->u->quoted | a->u->opens << 1 | a->u->closes << 2 |
                      a->l1->closes << 3 | a->r1->opens << 4 |
                      a->u->inner << 5);
}

uint32_t local_features(const Units *units, uint32_t index, bool after,
                        uint64_t *out) {
    const Around a = around(units, index);
    const Unit *u = a.u;
    uint32_t n = 0, t = after ? 200 : 100;
    uint32_t cues = a.l1->cue | (uint32_t)u->cue << 2 |
                    (uint32_t)a.r1->cue << 4 | (uint32_t)a.r2->cue << 6;
    uint32_t quotes = quote_bits(&a);

    out[n++] = feature(t++, 0, 0, 0);
    out[n++] = feature(t++, u->word, 0, 0);
    out[n++] = feature(t++, a.l1->word, 0, 0);
    out[n++] = feature(t++, a.r1->word, 0, 0);
    out[n++] = feature(t++, a.l1->word, u->word, 0);
    out[n++] = feature(t++, u->word, a.r1->word, 0);
    out[n++] = feature(t++, a.l1->word, a.r1->tag, 0);
    out[n++] = feature(t++, a.l1->tag, u->word, 0);
    out[n++] = feature(t++, u->word, a.r1->tag, 0);
    out[n++] = feature(t++, u->tag, 0, 0);
    out[n++] = feature(t++, a.l1->tag, u->tag, 0);
    out[n++] = feature(t++, u->tag, a.r1->tag, 0);
    out[n++] = feature(t++, tags(a.l1, u, a.r1), 0, 0);
    out[n++] = feature(t++, tags(a.l2, a.l1, u), 0, 0);
    out[n++] = feature(t++, tags(u, a.r1, a.r2), 0, 0);
    out[n++] = feature(t++, tags(a.l1, u, a.r1), a.r2->tag, a.l2->tag);
    out[n++] = feature(t++, u->mention, a.l1->mention, a.r1->mention);
    out[n++] = feature(t++, quotes, 0, 0);
    out[n++] = feature(t++, quotes, u->tag, 0);
    out[n++] = feature(t++, quotes, u->tag, a.l1->tag);
    out[n++] = feature(t++, quotes, a.r1->tag, a.r2->tag);
    out[n++] = feature(t++, quotes, edges(&a), u->inner ? u->word : 0);
    out[n++] = feature(t++, cues, u->tag, 0);
    out[n++] = feature(t++, cues, a.l1->tag, a.r1->tag);
    out[n++] = feature(t++, cues, u->word, 0);
    out[n++] = feature(t++, edges(&a), u->tag, a.l1->tag);
    out[n++] = feature(t++, u->shape, a.l1->shape, a.r1->shape);
    out[n++] = feature(t++, u->rel, u->tag, 0);
    out[n++] = feature(t++, u->rel, a.l1->rel, 0);
    out[n++] = feature(t++, u->rel, a.r1->rel, 0);
    out[n++] = feature(t++, u->rel, u->children, 0);
    return n;
}

static uint32_t distance_class(uint32_t distance) {
    return distance <= 6    ? distance
           : distance <= 9  ? 7
           : distance <= 14 ? 8
           : distance <= 24 ? 9
                            : 10;
}

/* The way through the tree in one number; 0 outside the window. */
static uint64_t tree_of(const Window *window, uint32_t index) {
    const Between *at;

    if (index < window->units.first || index >= window->units.last) {
        return 0;
    }
    at = &window->between[index - window->units.first];
    return 1 + ((uint64_t)at->up << 16 | (uint64_t)at->down << 8 |
                (at->depth == 1));
}

uint32_t relative_features(const Units *units, const Window *window,
                           uint32_t index, uint64_t *out) {
    const Around a = around(units, index);
    const Unit *u = a.u;
    const Unit *key = &units->items[window->key];
    const Unit *before = units->items + window->cue.first - 1;
    const Unit *behind = &units->items[window->cue.last];
    bool after = index >= window->cue.last;
    Between space = window->between[index - window->units.first];
    uint32_t d = distance_class(space.distance);
    uint32_t quotes = quote_bits(&a);
    uint32_t initial = before->ends;
    uint64_t tree = tree_of(window, index);
    uint64_t before_tree = tree_of(window, index - 1);
    uint64_t behind_tree = tree_of(window, index + 1);
    uint64_t before_next =
        index > window->units.first
            ? window->between[index - 1 - window->units.first].next
            : 0;
    uint32_t near = space.distance < NEAR ? space.distance : NEAR;
    uint32_t n = 0, t = after ? 400 : 300;

    out[n++] = feature(t++, d, 0, 0);
    out[n++] = feature(t++, d, u->tag, 0);
    out[n++] = feature(t++, d, u->tag, a.l1->tag);
    out[n++] = feature(t++, d, key->word, 0);
    out[n++] = feature(t++, d, key->frame, u->tag);
    out[n++] = feature(t++, d, before->tag, behind->tag);
    out[n++] = feature(t++, space.path, near, u->tag);
    out[n++] = feature(t++, space.path, near, key->word);
    out[n++] = feature(t++, space.kinds, 0, 0);
    out[n++] = feature(t++, space.kinds, u->tag, 0);
    out[n++] = feature(t++, space.kinds, a.l1->tag, u->tag);
    out[n++] = feature(t++, space.kinds, u->tag, a.r1->tag);
    out[n++] = feature(t++, space.kinds, key->frame, u->quoted);
    out[n++] = feature(t++, space.kinds, key->frame, u->tag);
    out[n++] = feature(t++, space.kinds, key->frame, initial << 4 | edges(&a));
    out[n++] = feature(t++, initial, key->word, u->tag);
    out[n++] = feature(t++, key->word, u->tag, a.l1->tag);
    out[n++] = feature(t++, key->word, u->tag, space.distance == 1);
    out[n++] = feature(t++, key->word, u->word, 0);
    out[n++] = feature(t++, key->frame, u->word, 0);
    out[n++] = feature(t++, key->frame, tags(a.l1, u, a.r1), 0);
    out[n++] = feature(t++, behind->tag, before->tag, u->tag);
    out[n++] =
        feature(t++, behind->tag, behind[1].tag, u->quoted | u->ends << 1);
    out[n++] = feature(t++, behind->word, key->word, u->quoted);
    out[n++] = feature(t++, before->tag, before[-1].tag, u->quoted);
    out[n++] = feature(t++, window->quotes, u->quoted, u->tag);
    out[n++] = feature(t++, window->quotes, quotes, near);
    out[n++] = feature(t++, tree, 0, 0);
    out[n++] = feature(t++, tree, u->tag, 0);
    out[n++] = feature(t++, tree, key->frame, 0);
    out[n++] = feature(t++, tree, key->word, 0);
    out[n++] = feature(t++, tree, before_tree, 0);
    out[n++] = feature(t++, tree, before_tree, u->tag);
    out[n++] = feature(t++, tree, behind_tree, a.l1->tag);
    out[n++] = feature(t++, tree, space.next, space.depth);
    out[n++] = feature(t++, tree, space.next, before_next);
    out[n++] = feature(t++, tree, key->children, 0);
    out[n++] = feature(t++, tree, quotes, near);
    out[n++] = feature(t++, space.up, space.depth, u->rel);
    out[n++] = feature(t++, quotes, space.kinds, 0);
    out[n++] = feature(t++, quotes, key->frame, near);
    out[n++] = feature(t++, u->inner ? u->word : quotes, key->frame, 1);
    out[n++] = feature(t++, window->quotes, key->frame, u->quoted);
    out[n++] = feature(t++, window->quotes, key->word, u->quoted);
    out[n++] = feature(t++, window->quotes, behind->tag, u->tag);
    return n;
}

uint32_t end_features(const Units *units, const Window *window, uint64_t *out) {
    const Unit *key = &units->items[window->key];
    const Around left = around(units, window->cue.first);
    const Around right = around(units, window->cue.last - 1);
    uint32_t single = window->cue.last - window->cue.first == 1;
    uint32_t n = 0, t = 600;

    out[n++] = feature(t++, 0, 0, 0);
    out[n++] = feature(t++, key->word, 0, 0);
    out[n++] = feature(t++, key->word, window->quotes, single);
    out[n++] = feature(t++, key->frame, window->quotes, single);
    out[n++] = feature(t++, key->tag, key->suffix, window->quotes);
    out[n++] = feature(t++, left.u->word, right.u->word, 0);
    out[n++] = feature(t++, left.l1->tag, key->tag, key->frame);
    out[n++] = feature(t++, right.r1->tag, key->tag, key->frame);
    out[n++] = feature(t++, left.l1->word, key->word, 0);
    out[n++] = feature(t++, right.r1->word, key->word, 0);
    out[n++] = feature(t++, right.r1->tag, right.r2->tag, key->word);
    out[n++] = feature(t++, left.l1->tag, left.l2->tag, key->word);
    out[n++] = feature(t++, left.l1->tag, right.r1->tag, window->quotes);
    out[n++] = feature(t++, left.u[-1].ends, key->word, 0);
    out[n++] = feature(t++, key->children, key->frame, 0);
    out[n++] = feature(t++, key->children, key->word, 0);
    out[n++] = feature(t++, key->children, key->rel, window->quotes);
    out[n++] = feature(t++, key->rel, key->tag, key->head);
    return n;
}

uint32_t act_features(const Units *units, const Window *window, uint64_t *out) {
    const Unit *key = &units->items[window->key];
    const Unit *first = &units->items[window->cue.first];
    const Unit *last = &units->items[window->cue.last - 1];
    uint32_t n = 0, t = 500;

    out[n++] = feature(t++, 0, 0, 0);
    out[n++] = feature(t++, key->word, 0, 0);
    out[n++] = feature(t++, key->suffix, 0, 0);
    out[n++] = feature(t++, key->frame, 0, 0);
    out[n++] = feature(t++, first->word, last->word, 0);
    out[n++] = feature(t++, last->word, 0, 0);
    out[n++] = feature(t++, window->quotes, 0, 0);
    out[n++] = feature(t++, window->quotes, key->word, 0);
    out[n++] = feature(t++, last[1].tag, key->tag, 0);
    return n;
}
