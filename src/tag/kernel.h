/* SPDX-License-Identifier: Apache-2.0 */
/* tag/kernel.h - the arithmetic of the network, by processor.
 *
 * Room: tag; used by tag/network.c only. All kernels give the same bits:
 * products are sums of 8-bit integers, which are exact, and the rest is plain
 * IEEE arithmetic in one order, without fused multiply-add. kernel_body.h is
 * the whole of it in portable C, compiled once for each kind of processor;
 * only multiply() has a form of its own for each. */
#ifndef TAG_KERNEL_H
#define TAG_KERNEL_H

#include <stdint.h>

/* See tag/layout.h. All pointers are borrowed from the mapped model. */
typedef struct Matrix {
    uint32_t in, out; /* `out` is padded: a multiple of OUTPUT_BLOCK */
    const int8_t *weights;
    const float *scales, *biases;
    const int32_t *sums;
} Matrix;

/* Rows of numbers rounded to 8 bits: value = (byte - 128) * scale. */
typedef struct Rounded {
    uint8_t *bytes; /* rows x width, 64-byte aligned */
    float *scales;  /* rows */
} Rounded;

typedef struct Kernel {
    const char *name;

    /* out[rows][matrix->out] = biases + weights * in */
    void (*multiply)(const Matrix *matrix, Rounded in, uint32_t rows,
                     float *out);

    /* Round `row` (width numbers, a multiple of 16) into row `at` of `out`. */
    void (*round)(const float *row, uint32_t width, Rounded out, uint32_t at);

    /* The same of mix[0] x[t-1] + mix[1] x[t] + mix[2] x[t+1], divided by its
     * root mean square, for all rows of x; nothing stands before the first
     * and after the last. Without mix, of x alone. */
    void (*normalise)(const float *x, const float *mix, uint32_t rows,
                      uint32_t width, Rounded out);

    /* x[t] += memory(gates) * outer gate; gates[rows][3 width] as the trainer
     * has them (train/tagger/net.c), `state` is scratch of rows x width. */
    void (*remember)(const float *gates, uint32_t rows, uint32_t width,
                     float *state, float *x);

    /* sum[i] += by * row[i], row of bytes times its scale */
    void (*add_row)(const int8_t *row, float scale, uint32_t width, float *sum);

    /* scores[j] += a[k] * columns[k][j], for k < depth, j < count */
    void (*dots)(const float *a, const float *columns, uint32_t depth,
                 uint32_t count, float *scores);

    /* where the largest of the scores stands; the first of equal ones */
    uint32_t (*best)(const float *scores, uint32_t count);
} Kernel;

/* The fastest kernel that this processor can run. */
const Kernel *kernel_choose(void);
/* The kernel of that name, or NULL: for tests. "plain" is always there. */
const Kernel *kernel_named(const char *name);

#endif
