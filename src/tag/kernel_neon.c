/* SPDX-License-Identifier: Apache-2.0 */
/* tag/kernel_neon.c - the kernel for 64-bit ARM with SDOT (ARMv8.2 dot
 * product, in every such processor since 2018). Inputs are shifted from
 * 0..255 to -128..127, so that the sums need no correction but for the one
 * that the other kernels make: it is added here and taken off by scaled(). */
#include "tag/kernel_body.h"
#include "tag/kernels.h"

#include <arm_neon.h>

enum { ROWS = 4 };

/* `count` rows by 16 outputs. */
static inline __attribute__((always_inline)) void
block(const Matrix *matrix, Rounded in, uint32_t first, uint32_t count,
      uint32_t n, float *out) {
    uint32_t depth = matrix->in;
    const int8_t *weights = matrix->weights + (size_t)n * depth;
    int32x4_t sums[ROWS][4];
    int32_t one[16];

    for (uint32_t i = 0; i < count; i++) {
        for (int q = 0; q < 4; q++) {
            sums[i][q] = vshlq_n_s32(vld1q_s32(matrix->sums + n + 4 * q), 7);
        }
    }
    for (uint32_t k = 0; k < depth; k += 4) {
        int8x16_t w[4];
        for (int q = 0; q < 4; q++) {
            w[q] = vld1q_s8(weights + (size_t)k * 16 + 16 * q);
        }
        for (uint32_t i = 0; i < count; i++) {
            int32_t four;
            int8x16_t input;
            memcpy(&four, in.bytes + (size_t)(first + i) * depth + k,
                   sizeof four);
            input = veorq_s8(vreinterpretq_s8_s32(vdupq_n_s32(four)),
                             vdupq_n_s8(-128));
            for (int q = 0; q < 4; q++) {
                sums[i][q] = vdotq_s32(sums[i][q], w[q], input);
            }
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        for (int q = 0; q < 4; q++) {
            vst1q_s32(one + 4 * q, sums[i][q]);
        }
        for (uint32_t k = 0; k < 16; k++) {
            out[(size_t)(first + i) * matrix->out + n + k] =
                scaled(one[k], matrix, n + k, in.scales[first + i]);
        }
    }
}

static void multiply(const Matrix *matrix, Rounded in, uint32_t rows,
                     float *out) {
    for (uint32_t n = 0; n < matrix->out; n += 16) {
        uint32_t t = 0;
        for (; t + ROWS <= rows; t += ROWS) {
            block(matrix, in, t, ROWS, n, out);
        }
        for (; t < rows; t++) {
            block(matrix, in, t, 1, n, out);
        }
    }
}

const Kernel kernel_neon = KERNEL("neon");
