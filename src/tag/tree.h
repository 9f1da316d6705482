/* SPDX-License-Identifier: Apache-2.0 */
/* tag/tree.h - the best tree over the words of a sentence.
 *
 * Room: tag. Given a score for each word as head of each other, find the tree
 * with the highest sum and one root. Method: Chu and Liu (1965), Edmonds
 * (1967): each word takes its best head; a cycle becomes one word, and so on;
 * then cycles are opened where their head from outside points to. Most
 * sentences have no cycle. */
#ifndef TAG_TREE_H
#define TAG_TREE_H

#include "base/arena.h"
#include "tag/kernel.h"

/* Scratch for sentences of up to a number of words. */
typedef struct TreeSpace TreeSpace;

/* Memory: arena, some 14 bytes for each pair of words. */
TreeSpace *tree_space(Arena *arena, uint32_t words);

/* scores[i * count + j]: of j as the head of i; of i itself: as the root.
 * heads[i] is a word of the sentence, or TREE_ROOT. `count` is at least one
 * and at most what the space was made for.
 * Cost: quadratic, and once more for each cycle. */
void tree_best(TreeSpace *space, const Kernel *kernel, const float *scores,
               uint32_t count, uint32_t *heads);

#define TREE_ROOT UINT32_MAX

#endif
