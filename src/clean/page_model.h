/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_model.h - the trained part of page cleaning.
 *
 * Room: clean. Two tables of weights, for the words of class and id and for
 * those of short texts, by hash; and two sets of decision trees, the second of
 * which also sees what the first said of the blocks around (stacked sequential
 * learning: W. Cohen and V. Carvalho, IJCAI 2005). train/page_train.py makes
 * them; model/en/page.md says from what. They are compiled into the program,
 * and so mapped read-only. */
#ifndef CLEAN_PAGE_MODEL_H
#define CLEAN_PAGE_MODEL_H

#include <stdint.h>

enum { PAGE_WEIGHTS = 1 << 13 };

/* The weight of a word of class or id, and of a word of a short text. */
float page_class_weight(uint64_t hash);
float page_text_weight(uint64_t hash);

/* A set of trees; each walks down from its first node to a leaf. */
typedef struct PageNode {
    int16_t feature; /* -1: a leaf */
    uint16_t next;   /* the right child; the left one follows */
    float value;     /* goes left if not greater; of a leaf: its score */
} PageNode;

typedef struct PageTrees {
    const PageNode *nodes;
    const uint32_t *first; /* of each tree, into `nodes` */
    uint32_t count;
    float base; /* added to the sum of the trees' scores */
} PageTrees;

extern const PageTrees page_trees_first, page_trees_second;

/* The sum over all trees: log odds. */
float page_trees_score(const PageTrees *trees, const float *row);

#endif
