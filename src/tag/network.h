/* SPDX-License-Identifier: Apache-2.0 */
/* tag/network.h - the network: tokens to the outputs that labels are read
 * from.
 *
 * Room: tag. A text is read in windows of at most WINDOW_MAX tokens, so that
 * scratch memory has a bound and stays in the cache:
 *
 *     token ─ rows of its form and place ─ sum ─ project ─► x
 *     layer: x += memory both ways of (neighbours of x mixed, normalised)
 *     heads: x normalised ─► a vector of outputs (HeadLayout)             */
#ifndef TAG_NETWORK_H
#define TAG_NETWORK_H

#include "tag/kernel.h"
#include "tag/layout.h"

enum { WINDOW_MAX = 384 };

/* Scratch for one text; arena. */
typedef struct Network {
    const Model *model;
    const Kernel *kernel;
    const Text *text;
    float *x, *gates, *state; /* WINDOW_MAX x width, 3 width, width */
    float *outputs;           /* WINDOW_MAX x stride */
    uint32_t stride;          /* outputs of a token, padding with it */
    PlaceRows *places;
    Rounded rounded;
    struct TypeCache *cache;
} Network;

/* Make ready to read `text`. Memory: arena, about two megabytes. */
void network_init(Arena *arena, const Model *model, const Text *text,
                  Network *network);

/* Read the tokens [first,last), at most WINDOW_MAX, of which `places` tells
 * what place_rows() found. Token first + i's outputs then lie at
 * network->outputs + i * stride. */
void network_read(Network *network, uint32_t first, uint32_t last);

/* The relation of each of `count` words to its head, given the outputs of
 * both. Cost: linear. */
void network_relations(Network *network, const uint32_t *heads, uint32_t first,
                       uint32_t count, uint8_t *relations);

#endif
