/* SPDX-License-Identifier: Apache-2.0 */
/* train/crf.h - trains the chains of base/chain.h as conditional random
 * fields: stochastic gradient of the log-likelihood with a step per weight
 * (AdaGrad: Duchi, Hazan and Singer, JMLR 2011). The same samples in the same
 * order give the same bytes. */
#ifndef TRAIN_CRF_H
#define TRAIN_CRF_H

#include "base/chain.h"

/* Units in a row with their features and true labels. */
typedef struct Sample {
    uint32_t units;  /* at least one */
    uint32_t *first; /* owned; units + 1 places in `rows` */
    uint32_t *rows;  /* owned; rows of the features */
    uint8_t *labels; /* owned */
    bool *barred;    /* owned; units that may have no label */
} Sample;

typedef struct Crf {
    const ChainStates *states; /* borrowed */
    uint32_t labels, bits;
    float *weights, *squares; /* owned; labels * labels a row */
} Crf;

void crf_init(Crf *crf, const ChainStates *states, uint32_t bits);
void crf_deinit(Crf *crf);
/* One pass over the samples, in an order that `seed` shuffles. Returns the
 * mean negative log-likelihood of a sample. */
double crf_pass(Crf *crf, const Sample *const *samples, uint32_t count,
                uint64_t seed);
/* The weights as bytes; `rows` has room for (labels * labels) << bits. */
void crf_round(const Crf *crf, int8_t *rows);

#endif
