/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_model.c - see page_model.h. */
#include "clean/page_model.h"

#include "clean/page_tables.inc"

enum { STEPS = 127 }; /* a weight of 1 in the tables */

float page_class_weight(uint64_t hash) {
    return (float)class_weights[hash % PAGE_WEIGHTS] * CLASS_SCALE / STEPS;
}

float page_text_weight(uint64_t hash) {
    return (float)text_weights[hash % PAGE_WEIGHTS] * TEXT_SCALE / STEPS;
}

float page_trees_score(const PageTrees *trees, const float *row) {
    float sum = trees->base;

    for (uint32_t i = 0; i < trees->count; i++) {
        const PageNode *tree = trees->nodes + trees->first[i];
        const PageNode *node = tree;
        while (node->feature >= 0) {
            node = row[node->feature] <= node->value ? node + 1
                                                     : tree + node->next;
        }
        sum += node->value;
    }
    return sum;
}
