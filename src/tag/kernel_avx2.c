/* SPDX-License-Identifier: Apache-2.0 */
/* tag/kernel_avx2.c - the kernel for x86 with AVX2. VPMADDUBSW would
 * saturate, so bytes are widened and VPMADDWD sums them exactly. */
#include "tag/kernel_body.h"
#include "tag/kernels.h"

#include <immintrin.h>

enum { ROWS = 2 };

static inline void put(const Matrix *matrix, uint32_t n, float scale,
                       __m256i sums, float *out) {
    const __m256i *at = (const void *)(matrix->sums + n);
    __m256i zero = _mm256_slli_epi32(_mm256_loadu_si256(at), 7);
    __m256 value = _mm256_cvtepi32_ps(_mm256_sub_epi32(sums, zero));
    __m256 by = _mm256_mul_ps(_mm256_set1_ps(scale),
                              _mm256_loadu_ps(matrix->scales + n));

    _mm256_storeu_ps(out + n,
                     _mm256_add_ps(_mm256_mul_ps(value, by),
                                   _mm256_loadu_ps(matrix->biases + n)));
}

/* Pairs of neighbours added: eight sums of two from two times four. */
static inline __m256i fold(__m256i low, __m256i high) {
    return _mm256_permute4x64_epi64(_mm256_hadd_epi32(low, high), 0xD8);
}

/* `count` rows by 16 outputs. A register holds two sums (of the even and the
 * odd pair of inputs) for each of four outputs. */
static inline __attribute__((always_inline)) void
block(const Matrix *matrix, Rounded in, uint32_t first, uint32_t count,
      uint32_t n, float *out) {
    uint32_t depth = matrix->in;
    const int8_t *weights = matrix->weights + (size_t)n * depth;
    __m256i sums[ROWS][4];

    for (uint32_t i = 0; i < count; i++) {
        for (int q = 0; q < 4; q++) {
            sums[i][q] = _mm256_setzero_si256();
        }
    }
    for (uint32_t k = 0; k < depth; k += 4) {
        __m256i inputs[ROWS];
        for (uint32_t i = 0; i < count; i++) {
            int32_t four;
            memcpy(&four, in.bytes + (size_t)(first + i) * depth + k,
                   sizeof four);
            inputs[i] = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
        }
        for (int q = 0; q < 4; q++) {
            const __m128i *at = (const void *)(weights + k * 16 + 16 * q);
            __m256i w = _mm256_cvtepi8_epi16(_mm_loadu_si128(at));
            for (uint32_t i = 0; i < count; i++) {
                sums[i][q] = _mm256_add_epi32(sums[i][q],
                                              _mm256_madd_epi16(inputs[i], w));
            }
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        float *to = out + (size_t)(first + i) * matrix->out;
        float scale = in.scales[first + i];
        put(matrix, n, scale, fold(sums[i][0], sums[i][1]), to);
        put(matrix, n + 8, scale, fold(sums[i][2], sums[i][3]), to);
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

const Kernel kernel_avx2 = KERNEL("avx2");
