/* SPDX-License-Identifier: Apache-2.0 */
/* tag/tree.c - see tree.h. */
#include "tag/tree.h"

#include <assert.h>
#include <float.h>
#include <string.h>

/* A cycle that was joined to one node: its nodes, the edges that held it
 * together, and which node each word had become part of by then. */
typedef struct Cycle {
    uint32_t length;
    uint16_t *node, *from, *to;
    uint16_t *owner;
} Cycle;

/* Nodes are the words, and `count` for the root. An edge from `head` to
 * `word` lies at [word * size + head]. Where one of them stands for a cycle,
 * from/to tell which words the edge runs between. Heads that have become part
 * of another node score NEVER. */
#define NEVER (-FLT_MAX)

struct TreeSpace {
    uint32_t most;        /* words that there is room for */
    uint32_t count, size; /* words; nodes */
    float *score;
    uint16_t *from, *to;
    uint16_t *parent; /* of each node, in this round */
    uint16_t *owner;  /* of each word: the node that it has become part of */
    uint16_t *mark;
    bool *active;    /* nodes that are part of no other */
    bool *entered;   /* words that have their head */
    uint32_t *heads; /* of the words, when all is done; `count`: the root */
    Cycle *cycles;   /* innermost first */
    uint32_t depth;
    uint16_t *members, *owners; /* what the cycles point into */
    uint32_t member_count;
};

/* Each cycle leaves a node less than it has, so that all of them together
 * have less than two nodes for each word, in three lists. */
enum { MEMBERS = 6 };

TreeSpace *tree_space(Arena *arena, uint32_t words) {
    TreeSpace *g = arena_zero(arena, sizeof *g);
    size_t size = (size_t)words + 1;

    assert(size < UINT16_MAX);
    g->most = words;
    g->score = arena_alloc(arena, size * size * sizeof *g->score);
    g->from = arena_alloc(arena, size * size * sizeof *g->from);
    g->to = arena_alloc(arena, size * size * sizeof *g->to);
    g->owners = arena_alloc(arena, size * size * sizeof *g->owners);
    g->parent = arena_zero(arena, size * sizeof *g->parent);
    g->owner = arena_alloc(arena, size * sizeof *g->owner);
    g->mark = arena_alloc(arena, size * sizeof *g->mark);
    g->active = arena_alloc(arena, size * sizeof *g->active);
    g->entered = arena_alloc(arena, size * sizeof *g->entered);
    g->cycles = arena_alloc(arena, size * sizeof *g->cycles);
    g->members = arena_alloc(arena, MEMBERS * size * sizeof *g->members);
    return g;
}

/* A node on a cycle of parents, or `count` when there is none. */
static uint32_t find_cycle(TreeSpace *g) {
    uint16_t *mark = g->mark;

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

static uint32_t edge_of(const TreeSpace *g, uint32_t head, uint32_t word) {
    return word * g->size + head;
}

static void copy_edge(TreeSpace *g, uint32_t from, uint32_t to, float score) {
    g->score[to] = score;
    g->from[to] = g->from[from];
    g->to[to] = g->to[from];
}

/* The best edges between `node` and the cycle become edges of its first node:
 * one that leaves the cycle, and one that enters it in place of the edge
 * that it holds now, where `weight` is the sum of all of those. */
static void join_edges(TreeSpace *g, uint32_t first, uint32_t node,
                       float weight) {
    uint32_t out = edge_of(g, first, node), in = edge_of(g, node, first);
    uint32_t to_node = out, to_first = in, at = first;
    float best_out = NEVER, best_in = NEVER;

    do {
        uint32_t leaves = edge_of(g, at, node), enters = edge_of(g, node, at);
        float held = g->score[edge_of(g, g->parent[at], at)];
        float scored = weight + g->score[enters] - held;
        if (node != g->count && g->score[leaves] > best_out) {
            best_out = g->score[leaves];
            out = leaves;
        }
        if (scored > best_in) {
            best_in = scored;
            in = enters;
        }
        at = g->parent[at];
    } while (at != first);
    if (node != g->count) {
        copy_edge(g, out, to_node, best_out);
    }
    copy_edge(g, in, to_first, best_in);
}

static void take_heads(TreeSpace *g) {
    for (uint32_t i = 0; i < g->count; i++) {
        if (g->active[i]) {
            uint32_t edge = edge_of(g, g->parent[i], i);
            g->heads[g->to[edge]] = g->from[edge];
        }
    }
}

static uint16_t *take_members(TreeSpace *g, uint32_t count) {
    uint16_t *at = g->members + g->member_count;

    g->member_count += count;
    assert(g->member_count <= MEMBERS * (g->most + 1));
    return at;
}

/* Write down the cycle that `first` is on, and put its nodes aside. Returns
 * the sum of its scores. */
static float note_cycle(TreeSpace *g, uint32_t first, Cycle *cycle) {
    uint32_t at = first;
    float weight = 0;

    cycle->length = 0;
    do {
        cycle->length++;
        at = g->parent[at];
    } while (at != first);
    cycle->node = take_members(g, cycle->length);
    cycle->from = take_members(g, cycle->length);
    cycle->to = take_members(g, cycle->length);
    cycle->owner = g->owners + (size_t)g->depth * g->count;
    memcpy(cycle->owner, g->owner, g->count * sizeof *cycle->owner);
    for (uint32_t i = 0; i < cycle->length; i++, at = g->parent[at]) {
        uint32_t edge = edge_of(g, g->parent[at], at);
        cycle->node[i] = (uint16_t)at;
        cycle->from[i] = g->from[edge];
        cycle->to[i] = g->to[edge];
        weight += g->score[edge];
        g->active[at] = false;
    }
    return weight;
}

/* Make one node, `first`, of the cycle that it is on. */
static void join_cycle(TreeSpace *g, uint32_t first) {
    Cycle *cycle = &g->cycles[g->depth];
    float weight = note_cycle(g, first, cycle);

    g->depth++;
    for (uint32_t node = 0; node < g->size; node++) {
        if (g->active[node]) {
            join_edges(g, first, node, weight);
        }
    }
    for (uint32_t k = 0; k < cycle->length; k++) {
        for (uint32_t word = 0; word < g->count; word++) {
            if (cycle->node[k] != first || word == first) {
                g->score[edge_of(g, cycle->node[k], word)] = NEVER;
            }
        }
    }
    g->active[first] = true;
    for (uint32_t i = 0; i < g->count; i++) {
        for (uint32_t k = 0; k < cycle->length; k++) {
            if (g->owner[i] == cycle->node[k]) {
                g->owner[i] = (uint16_t)first;
                break;
            }
        }
    }
}

/* All nodes of the cycle but the one whose head lies outside take the head
 * that they have in it. */
static void open_cycle(TreeSpace *g, const Cycle *cycle) {
    for (uint32_t i = 0; i < g->count; i++) {
        g->entered[i] = g->heads[i] != TREE_ROOT;
    }
    for (uint32_t i = 0; i < cycle->length; i++) {
        bool outside = false;
        for (uint32_t word = 0; word < g->count && !outside; word++) {
            outside = g->entered[word] && cycle->owner[word] == cycle->node[i];
        }
        if (!outside) {
            g->heads[cycle->to[i]] = cycle->from[i];
        }
    }
}

/* The score of a word's head. Those of the root are so low that one of them
 * is the most that a best tree has. */
static float edge_score(const float *scores, uint32_t count, uint32_t head,
                        uint32_t word, float low) {
    return head == word    ? NEVER
           : head == count ? scores[word * count + word] - low
                           : scores[word * count + head];
}

static void init_graph(TreeSpace *g, const float *scores, uint32_t count,
                       uint32_t *heads) {
    float most = 0;

    g->count = count;
    g->size = count + 1;
    g->heads = heads;
    g->depth = g->member_count = 0;
    for (uint32_t i = 0; i < count * count; i++) {
        float far = scores[i] < 0 ? -scores[i] : scores[i];
        most = far > most ? far : most;
    }
    for (uint32_t head = 0; head < g->size; head++) {
        g->active[head] = true;
        g->owner[head] = (uint16_t)head;
    }
    for (uint32_t word = 0; word < count; word++) {
        for (uint32_t head = 0; head < g->size; head++) {
            uint32_t edge = edge_of(g, head, word);
            g->from[edge] = (uint16_t)head;
            g->to[edge] = (uint16_t)word;
            g->score[edge] = edge_score(scores, count, head, word,
                                        2 * most * (float)g->size);
        }
    }
}

static void solve(TreeSpace *g, const Kernel *kernel) {
    for (uint32_t first = 0; first != g->count;) {
        for (uint32_t i = 0; i < g->count; i++) {
            if (g->active[i]) {
                g->parent[i] = (uint16_t)kernel->best(
                    g->score + (size_t)i * g->size, g->size);
            }
        }
        first = find_cycle(g);
        if (first != g->count) {
            join_cycle(g, first);
        }
    }
    for (uint32_t i = 0; i < g->count; i++) {
        g->heads[i] = TREE_ROOT;
    }
    take_heads(g);
    while (g->depth-- > 0) {
        open_cycle(g, &g->cycles[g->depth]);
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

void tree_best(TreeSpace *space, const Kernel *kernel, const float *scores,
               uint32_t count, uint32_t *heads) {
    assert(count > 0 && count <= space->most);
    if (!greedy(kernel, scores, count, heads, space->mark)) {
        init_graph(space, scores, count, heads);
        solve(space, kernel);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (heads[i] == i || heads[i] == count) {
            heads[i] = TREE_ROOT;
        }
    }
}
