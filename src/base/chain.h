/* SPDX-License-Identifier: Apache-2.0 */
/* base/chain.h - linear chains over hashed features: a label for each unit of
 * a row of units.
 *
 * Room: base. A chain gives each pair of neighbouring labels a weight for each
 * feature of the unit on the right, so that a feature can tell where a span
 * begins and ends:
 *
 *     units      "..."   ,    he   said   .
 *     labels      C      -    S     -     -
 *     pairs      -C     C-   -S    S-    --
 *
 * The score of a row of labels is the sum of the weights of its pairs; the
 * best row is found by dynamic programming (Viterbi 1967). Made by train/ as
 * conditional random fields (Lafferty, McCallum and Pereira, ICML 2001); the
 * features are hashed into a table of fixed size (Weinberger et al., ICML
 * 2009), its weights kept in a byte each. */
#ifndef BASE_CHAIN_H
#define BASE_CHAIN_H

#include "base/str.h"

enum {
    CHAINS_MAX = 4,       /* chains in one file */
    CHAIN_LABELS_MAX = 3, /* 0 is "no label": the row begins after it */
    CHAIN_PAIRS_MAX = CHAIN_LABELS_MAX * CHAIN_LABELS_MAX,
    CHAIN_STATES_MAX = 16,
    CHAIN_PAD = 16,           /* bytes behind the last row that may be read */
    CHAIN_FEATURES_MAX = 256, /* of one unit */
    CHAIN_UNIT = 16,          /* scores are in 1/16 of a natural logarithm */
    CHAIN_NEVER = -1000000    /* a pair that must not be */
};

typedef struct Chain {
    uint32_t labels, bits; /* 2 or 3 labels; 1 << bits rows of weights */
    const int8_t *rows;    /* borrowed; labels * labels a row: left * labels
                              + right */
} Chain;

typedef struct ChainFile ChainFile;

/* Map the file `path` and check it: magic, version, bounds, checksum.
 * Errors: ERR_IO, ERR_DATA, ERR_NOMEM. Cost: one pass over the file. */
MUST_USE Status chain_open(const char *path, ChainFile **out, Error *err);
/* The same of the file `name` in `folder`, or, when that is NULL, where
 * data_find() finds it. */
MUST_USE Status chain_open_in(const char *folder, const char *name,
                              ChainFile **out, Error *err);
void chain_close(ChainFile *file);
/* The chain number `index` of the file; it must have so many. */
const Chain *chain_at(const ChainFile *file, uint32_t index);
uint32_t chain_count(const ChainFile *file);
/* The file's checksum as 16 hex digits: its version. */
Str chain_version(const ChainFile *file);

/* Write chains to the file `path`. Errors: ERR_IO, ERR_NOMEM. */
MUST_USE Status chain_write(const char *path, const Chain *chains,
                            uint32_t count, Error *err);

/* The row of the feature with this hash. */
uint32_t chain_row(uint64_t hash, uint32_t bits);
/* Add the weights of `count` features, given as hashes, to scores of pairs. */
void chain_add(const Chain *chain, const uint64_t *hashes, uint32_t count,
               int32_t *pairs);
/* Which rows of labels there may be, as states and the steps between them:
 * "one source at most" needs a state for a content before it and another for
 * one behind it. */
typedef struct ChainStates {
    uint32_t labels, count;
    uint8_t label[CHAIN_STATES_MAX]; /* of each state */
    uint16_t from[CHAIN_STATES_MAX]; /* bit s: state s may stand before it */
    uint16_t first, last; /* bit s: state s may be the first, the last */
} ChainStates;

/* The best labels of `count` units whose pairs were added up: `pairs` holds
 * labels * labels scores a unit. Returns their score. `back` is room for
 * count * states->count bytes. Cost: linear. */
int32_t chain_best(const ChainStates *states, const int32_t *pairs,
                   uint32_t count, uint8_t *back, uint8_t *best);

#endif
