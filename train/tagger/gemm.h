/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/gemm.h - products of matrices, for training.
 *
 * On processors with AMX the factors are rounded to bfloat16 and the sums
 * kept in float; elsewhere all is float. The order of the sums is fixed, so
 * the same machine gives the same bytes. */
#ifndef TRAIN_GEMM_H
#define TRAIN_GEMM_H

#include <stdbool.h>
#include <stdint.h>

/* A factor: `rows` x `columns` floats, `stride` floats from row to row; with
 * `turned` it is the transpose of what lies in memory. */
typedef struct Factor {
    const float *at;
    uint32_t stride;
    bool turned;
} Factor;

/* Scratch of one thread. */
typedef struct Gemm {
    uint16_t *left, *right; /* packed factors; owned */
    uint64_t left_size, right_size;
} Gemm;

/* Must be called in each thread before its first product. */
void gemm_thread_init(void);
void gemm_deinit(Gemm *gemm);

/* out[m x n] = (add ? out : 0) + left[m x k] right[k x n]. */
void gemm(Gemm *gemm, uint32_t m, uint32_t n, uint32_t k, Factor left,
          Factor right, float *out, uint32_t stride, bool add);

#endif
