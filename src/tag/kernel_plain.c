/* SPDX-License-Identifier: Apache-2.0 */
/* tag/kernel_plain.c - the kernel for any processor. */
#include "tag/kernel_body.h"
#include "tag/kernels.h"

static void multiply(const Matrix *matrix, Rounded in, uint32_t rows,
                     float *out) {
    uint32_t depth = matrix->in;

    for (uint32_t t = 0; t < rows; t++) {
        const uint8_t *input = in.bytes + (size_t)t * depth;
        for (uint32_t n = 0; n < matrix->out; n += 16) {
            const int8_t *weights = matrix->weights + (size_t)n * depth;
            int32_t sums[16] = {0};
            for (uint32_t k = 0; k < depth; k++) {
                const int8_t *w = weights + k / 4 * 64 + k % 4;
                for (uint32_t i = 0; i < 16; i++) {
                    sums[i] += input[k] * w[4 * i];
                }
            }
            for (uint32_t i = 0; i < 16; i++) {
                out[(size_t)t * matrix->out + n + i] =
                    scaled(sums[i], matrix, n + i, in.scales[t]);
            }
        }
    }
}

const Kernel kernel_plain = KERNEL("plain");
