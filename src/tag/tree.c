/* SPDX-License-Identifier: Apache-2.0 */
/* tag/tree.c - see tree.h. */
#include "tag/tree.h"

#include <assert.h>
#include <string.h>

/* Nodes are the words, and `count` for the root. An edge from `head` to
 * `word` lies at [head * size + word]. Where one of them stands for a cycle,
 * from/to tell which words the edge runs between. */
typedef struct Graph {
    uint32_t count, size; /* words; nodes */
    float *score;
    uint16_t *from, *to;
    uint16_t *parent; /* of each node, in this round */
    uint16_t *owner;  /* of each word: the node that it has become part of */
    bool *active;
    uint32_t *heads; /* of the words, when all is done; `count`: the root */
} Graph;

static uint32_t best_parent(const Graph *g, uint32_t word) {
    uint32_t best = g->count;

    for (uint32_t head = 0; head < g->count; head++) {
        if (head != word && g->active[head] &&
            g->score[head * g->size + word] > g->score[best * g->size + word]) {
            best = head;
        }
    }
    return best;
}

/* A node on a cycle of parents, or `count` when there is none. */
static uint32_t find_cycle(const Graph *g, uint16_t *mark) {
    memset(mark, 0, g->size * sizeof *mark);
    for (uint32_t start = 0; start < g->count; start++) {
        uint32_t at = start;
        while (g->active[start] && at != g->count && mark[at] == 0) {
            mark[at] = (uint16_t)(start + 1);
            at = g->parent[at];
        }
        if (g->active[start] && at != g->count && mark[at] == start + 1) {
            return at;
        }
    }
    return g->count;
}

/* The edges between `node` and the cycle become edges of its first node. */
static void join_edges(Graph *g, uint32_t first, uint32_t node, float weight) {
    uint32_t size = g->size, out = first, in = first, at = first;
    float best_out = g->score[first * size + node], best_in = 0;

    do {
        float scored = weight + g->score[node * size + at] -
                       g->score[g->parent[at] * size + at];
        if (g->score[at * size + node] > best_out) {
            best_out = g->score[at * size + node];
            out = at;
        }
        if (at == first || scored > best_in) {
            best_in = scored;
            in = at;
        }
        at = g->parent[at];
    } while (at != first);
    g->score[first * size + node] = best_out;
    g->from[first * size + node] = g->from[out * size + node];
    g->to[first * size + node] = g->to[out * size + node];
    g->score[node * size + first] = best_in;
    g->from[node * size + first] = g->from[node * size + in];
    g->to[node * size + first] = g->to[node * size + in];
}

static void take_heads(Graph *g) {
    for (uint32_t i = 0; i < g->count; i++) {
        if (g->active[i]) {
            uint32_t edge = g->parent[i] * g->size + i;
            g->heads[g->to[edge]] = g->from[edge];
        }
    }
}

/* A cycle that was joined: its nodes with their parents in it, and which
 * words each node stood for at that time. */
typedef struct Joined {
    uint32_t length;
    uint16_t *node, *from, *to; /* of each node's edge in the cycle */
    uint16_t *owner;            /* of all words */
} Joined;

static Joined join_cycle(Arena *arena, Graph *g, uint32_t first) {
    Joined cycle = {0};
    float weight = 0;
    uint32_t at = first;

    do {
        weight += g->score[g->parent[at] * g->size + at];
        cycle.length++;
        at = g->parent[at];
    } while (at != first);
    cycle.node = arena_alloc(arena, cycle.length * sizeof *cycle.node);
    cycle.from = arena_alloc(arena, cycle.length * sizeof *cycle.from);
    cycle.to = arena_alloc(arena, cycle.length * sizeof *cycle.to);
    cycle.owner = arena_alloc(arena, g->count * sizeof *cycle.owner);
    memcpy(cycle.owner, g->owner, g->count * sizeof *cycle.owner);
    for (uint32_t i = 0; i < cycle.length; i++, at = g->parent[at]) {
        uint32_t edge = g->parent[at] * g->size + at;
        cycle.node[i] = (uint16_t)at;
        cycle.from[i] = g->from[edge];
        cycle.to[i] = g->to[edge];
        g->active[at] = false;
    }
    for (uint32_t node = 0; node < g->size; node++) {
        if (g->active[node]) {
            join_edges(g, first, node, weight);
        }
    }
    g->active[first] = true;
    for (uint32_t i = 0; i < g->count; i++) {
        for (uint32_t k = 0; k < cycle.length; k++) {
            if (g->owner[i] == cycle.node[k]) {
                g->owner[i] = (uint16_t)first;
                break;
            }
        }
    }
    return cycle;
}

/* All nodes of the cycle but the one whose head lies outside take the head
 * that they have in it. */
static void open_cycle(Graph *g, const Joined *cycle, const bool *entered) {
    for (uint32_t i = 0; i < cycle->length; i++) {
        bool outside = false;
        for (uint32_t word = 0; word < g->count && !outside; word++) {
            outside = entered[word] && cycle->owner[word] == cycle->node[i];
        }
        if (!outside) {
            g->heads[cycle->to[i]] = cycle->from[i];
        }
    }
}

static void init_graph(Arena *arena, const float *scores, uint32_t count,
                       uint32_t *heads, Graph *g) {
    uint32_t size = count + 1;
    float most = 0;

    *g = (Graph){.count = count, .size = size, .heads = heads};
    g->score = arena_alloc(arena, (size_t)size * size * sizeof *g->score);
    g->from = arena_alloc(arena, (size_t)size * size * sizeof *g->from);
    g->to = arena_alloc(arena, (size_t)size * size * sizeof *g->to);
    g->parent = arena_zero(arena, size * sizeof *g->parent);
    g->owner = arena_alloc(arena, size * sizeof *g->owner);
    g->active = arena_alloc(arena, size * sizeof *g->active);
    for (uint32_t i = 0; i < count * count; i++) {
        float size_of = scores[i] < 0 ? -scores[i] : scores[i];
        most = size_of > most ? size_of : most;
    }
    for (uint32_t head = 0; head < size; head++) {
        g->active[head] = true;
        g->owner[head] = (uint16_t)head;
        for (uint32_t word = 0; word < size; word++) {
            uint32_t edge = head * size + word;
            g->from[edge] = (uint16_t)head;
            g->to[edge] = (uint16_t)word;
            /* So low that one edge from the root is the most there is. */
            g->score[edge] = word == count  ? 0
                             : head < count ? scores[word * count + head]
                                            : scores[word * count + word] -
                                                  2 * most * (float)size;
        }
    }
}

static void solve(Arena *arena, const float *scores, uint32_t count,
                  uint32_t *heads) {
    Joined *cycles = arena_alloc(arena, (count + 1) * sizeof *cycles);
    uint16_t *mark = arena_alloc(arena, (count + 1) * sizeof *mark);
    bool *entered = arena_alloc(arena, count + 1);
    uint32_t depth = 0, first;
    Graph g;

    init_graph(arena, scores, count, heads, &g);
    for (;;) {
        for (uint32_t i = 0; i < count; i++) {
            if (g.active[i]) {
                g.parent[i] = (uint16_t)best_parent(&g, i);
            }
        }
        first = find_cycle(&g, mark);
        if (first == count) {
            break;
        }
        cycles[depth++] = join_cycle(arena, &g, first);
    }
    for (uint32_t i = 0; i < count; i++) {
        heads[i] = UINT32_MAX;
    }
    take_heads(&g);
    while (depth-- > 0) {
        for (uint32_t i = 0; i < count; i++) {
            entered[i] = heads[i] != UINT32_MAX;
        }
        open_cycle(&g, &cycles[depth], entered);
    }
}

/* Each word's best head; false if they are no tree with one root. */
static bool greedy(const Kernel *kernel, const float *scores, uint32_t count,
                   uint32_t *heads, uint16_t *mark) {
    uint32_t roots = 0;

    memset(mark, 0, count * sizeof *mark);
    for (uint32_t i = 0; i < count; i++) {
        heads[i] = kernel->best(scores + (size_t)i * count, count);
        roots += heads[i] == i;
    }
    for (uint32_t i = 0; i < count && roots == 1; i++) {
        uint32_t at = i;
        while (mark[at] == 0 && heads[at] != at) {
            mark[at] = (uint16_t)(i + 1);
            at = heads[at];
        }
        if (mark[at] == i + 1) {
            return false;
        }
    }
    return roots == 1;
}

void tree_best(Arena *arena, const Kernel *kernel, const float *scores,
               uint32_t count, uint32_t *heads) {
    uint16_t *mark = arena_alloc(arena, (count + 1) * sizeof *mark);

    assert(count > 0 && count < UINT16_MAX);
    if (!greedy(kernel, scores, count, heads, mark)) {
        solve(arena, scores, count, heads);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (heads[i] == i || heads[i] == count) {
            heads[i] = TREE_ROOT;
        }
    }
}
