/* SPDX-License-Identifier: Apache-2.0 */
/* tag/kernel_amx.c - the kernel for x86 with tiles (AMX_INT8): TDPBUSD
 * multiplies 16 rows of 64 inputs with 16 outputs at once. The model's order
 * of weights is that of a tile. */
#include "tag/kernel_body.h"
#include "tag/kernels.h"

#include <immintrin.h>

/* As LDTILECFG reads it. */
typedef struct TileConfig {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
} TileConfig;

/* Tiles 0 to 3 are sums, 4 and 5 inputs of `low` and `high` rows, 6 and 7
 * weights. */
static void configure(uint32_t low, uint32_t high) {
    TileConfig config = {.palette = 1};
    uint8_t rows[8] = {(uint8_t)low,
                       (uint8_t)low,
                       (uint8_t)high,
                       (uint8_t)high,
                       (uint8_t)low,
                       (uint8_t)high,
                       16,
                       16};

    for (int i = 0; i < 8; i++) {
        config.row_bytes[i] = 64;
        config.rows[i] = rows[i];
    }
    /* The intrinsic tells the compiler of the first bytes only. */
    __asm__ volatile("" : : "r"(&config) : "memory");
    _tile_loadconfig(&config);
}

static inline void put(const Matrix *matrix, uint32_t n, float scale,
                       const int32_t *sums, float *out) {
    __m512i zero = _mm512_slli_epi32(_mm512_loadu_si512(matrix->sums + n), 7);
    __m512 value =
        _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_load_si512(sums), zero));
    __m512 by = _mm512_mul_ps(_mm512_set1_ps(scale),
                              _mm512_loadu_ps(matrix->scales + n));

    _mm512_storeu_ps(out + n,
                     _mm512_add_ps(_mm512_mul_ps(value, by),
                                   _mm512_loadu_ps(matrix->biases + n)));
}

/* `count` rows, at most 32, by 32 outputs. */
static void block(const Matrix *matrix, Rounded in, uint32_t first,
                  uint32_t count, uint32_t n, float *out) {
    int32_t sums[4][16 * 16] __attribute__((aligned(64)));
    uint32_t depth = matrix->in, half = count > 16 ? 16 : count;
    const int8_t *low = matrix->weights + (size_t)n * depth;
    const int8_t *high = low + (size_t)16 * depth;
    const uint8_t *input = in.bytes + (size_t)first * depth;

    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (uint32_t k = 0; k < depth; k += 64) {
        _tile_loadd(4, input + k, depth);
        _tile_loadd(6, low + (size_t)k * 16, 64);
        _tile_loadd(7, high + (size_t)k * 16, 64);
        _tile_dpbusd(0, 4, 6);
        _tile_dpbusd(1, 4, 7);
        if (count > 16) {
            _tile_loadd(5, input + (size_t)16 * depth + k, depth);
            _tile_dpbusd(2, 5, 6);
            _tile_dpbusd(3, 5, 7);
        }
    }
    _tile_stored(0, sums[0], 64);
    _tile_stored(1, sums[1], 64);
    _tile_stored(2, sums[2], 64);
    _tile_stored(3, sums[3], 64);
    for (uint32_t i = 0; i < count; i++) {
        float *to = out + (size_t)(first + i) * matrix->out;
        float scale = in.scales[first + i];
        uint32_t pair = i < half ? 0 : 2, row = i < half ? i : i - half;
        put(matrix, n, scale, sums[pair] + 16 * row, to);
        put(matrix, n + 16, scale, sums[pair + 1] + 16 * row, to);
    }
}

static void multiply(const Matrix *matrix, Rounded in, uint32_t rows,
                     float *out) {
    uint32_t whole = rows / 32 * 32, rest = rows - whole;

    configure(16, 16);
    for (uint32_t n = 0; n < matrix->out; n += 32) {
        for (uint32_t t = 0; t < whole; t += 32) {
            block(matrix, in, t, 32, n, out);
        }
    }
    if (rest > 0) {
        configure(rest > 16 ? 16 : rest, rest > 16 ? rest - 16 : 1);
        for (uint32_t n = 0; n < matrix->out; n += 32) {
            block(matrix, in, whole, rest, n, out);
        }
    }
    _tile_release();
}

const Kernel kernel_amx = KERNEL("amx");
