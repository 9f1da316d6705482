/* SPDX-License-Identifier: Apache-2.0 */
/* tag/kernel_avx512.c - the kernel for x86 with AVX-512 and its instruction
 * for sums of 8-bit products, VPDPBUSD (AVX512_VNNI). */
#include "tag/kernel_body.h"
#include "tag/kernels.h"

#include <immintrin.h>

enum { ROWS = 12, LINE = 64 };

static inline void put(const Matrix *matrix, uint32_t n, float scale,
                       __m512i sums, float *out) {
    __m512i zero = _mm512_slli_epi32(_mm512_loadu_si512(matrix->sums + n), 7);
    __m512 value = _mm512_cvtepi32_ps(_mm512_sub_epi32(sums, zero));
    __m512 by = _mm512_mul_ps(_mm512_set1_ps(scale),
                              _mm512_loadu_ps(matrix->scales + n));

    _mm512_storeu_ps(out + n,
                     _mm512_add_ps(_mm512_mul_ps(value, by),
                                   _mm512_loadu_ps(matrix->biases + n)));
}

/* `count` rows by 32 outputs; inlined for each count that is called with, so
 * that the sums stay in registers. */
static inline __attribute__((always_inline)) void
block(const Matrix *matrix, Rounded in, uint32_t first, uint32_t count,
      uint32_t n, float *out) {
    uint32_t depth = matrix->in;
    const int8_t *low = matrix->weights + (size_t)n * depth;
    const int8_t *high = low + (size_t)16 * depth;
    const uint8_t *input = in.bytes + (size_t)first * depth;
    __m512i sums[ROWS][2];

    for (uint32_t i = 0; i < count; i++) {
        sums[i][0] = sums[i][1] = _mm512_setzero_si512();
    }
    for (uint32_t k = 0; k < depth; k += 4) {
        __m512i left = _mm512_loadu_si512(low + (size_t)k * 16);
        __m512i right = _mm512_loadu_si512(high + (size_t)k * 16);
        for (uint32_t i = 0; i < count; i++) {
            int32_t four;
            __m512i all;
            memcpy(&four, input + (size_t)i * depth + k, sizeof four);
            all = _mm512_set1_epi32(four);
            sums[i][0] = _mm512_dpbusd_epi32(sums[i][0], all, left);
            sums[i][1] = _mm512_dpbusd_epi32(sums[i][1], all, right);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        float *to = out + (size_t)(first + i) * matrix->out;
        put(matrix, n, in.scales[first + i], sums[i][0], to);
        put(matrix, n + 16, in.scales[first + i], sums[i][1], to);
    }
}

static void multiply(const Matrix *matrix, Rounded in, uint32_t rows,
                     float *out) {
    for (uint32_t n = 0; n < matrix->out; n += 32) {
        uint32_t t = 0;
        for (; t + ROWS <= rows; t += ROWS) {
            block(matrix, in, t, ROWS, n, out);
        }
        for (; t + 4 <= rows; t += 4) {
            block(matrix, in, t, 4, n, out);
        }
        for (; t < rows; t++) {
            block(matrix, in, t, 1, n, out);
        }
    }
}

const Kernel kernel_avx512 = KERNEL("avx512");
