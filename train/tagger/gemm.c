/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/gemm.c - see gemm.h. Both factors are packed into tiles of 16
 * rows by 32 (left) and 16 pairs of rows by 16 (right), as TDPBF16PS takes them
 * (Intel, Instruction Set Extensions, chapter on AMX); four sums of 16 x 16
 * are held in tile registers. */
#include "gemm.h"

#include <stdlib.h>
#include <string.h>

#ifdef __AMX_BF16__
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TILE = 512 }; /* bfloat16s of a tile */

void gemm_thread_init(void) {
    struct {
        uint8_t palette, start, reserved[14];
        uint16_t row_bytes[16];
        uint8_t rows[16];
    } config;

    syscall(SYS_arch_prctl, 0x1023 /* ARCH_REQ_XCOMP_PERM */, 18);
    memset(&config, 0, sizeof config);
    config.palette = 1;
    for (int i = 0; i < 8; i++) {
        config.row_bytes[i] = 64;
        config.rows[i] = 16;
    }
    __asm__ volatile("" ::"r"(&config) : "memory"); /* it reads all of it */
    _tile_loadconfig(&config);
}

static uint16_t *room(uint16_t **at, uint64_t *size, uint64_t want) {
    if (*size < want) {
        free(*at);
        *at = aligned_alloc(64, want * sizeof **at);
        *size = want;
    }
    return *at;
}

static __m512i pair(__m512 even, __m512 odd) {
    __m256i low = (__m256i)_mm512_cvtneps_pbh(even);
    __m256i high = (__m256i)_mm512_cvtneps_pbh(odd);

    return _mm512_or_si512(_mm512_cvtepu16_epi32(low),
                           _mm512_slli_epi32(_mm512_cvtepu16_epi32(high), 16));
}

static __mmask16 mask_of(uint32_t left) {
    return left >= 16 ? 0xFFFF : (__mmask16)((1u << left) - 1);
}

/* A tile whose rows are rows of memory: 16 rows of 32. */
static void pack_rows(const float *at, uint32_t stride, uint32_t rows,
                      uint32_t columns, uint16_t *tile) {
    __mmask16 low = mask_of(columns),
              high = mask_of(columns > 16 ? columns - 16 : 0);

    for (uint32_t r = 0; r < 16; r++) {
        __m512 a = _mm512_setzero_ps(), b = a;
        if (r < rows) {
            a = _mm512_maskz_loadu_ps(low, at + (size_t)r * stride);
            b = _mm512_maskz_loadu_ps(high, at + (size_t)r * stride + 16);
        }
        _mm512_store_si512(tile + 32 * r, (__m512i)_mm512_cvtne2ps_pbh(b, a));
    }
}

/* A tile of 16 pairs of rows of memory, the pairs side by side. */
static void pack_pairs(const float *at, uint32_t stride, uint32_t rows,
                       uint32_t columns, uint16_t *tile) {
    __mmask16 mask = mask_of(columns);

    for (uint32_t r = 0; r < 32; r += 2) {
        __m512 a = _mm512_setzero_ps(), b = a;
        if (r < rows) {
            a = _mm512_maskz_loadu_ps(mask, at + (size_t)r * stride);
        }
        if (r + 1 < rows) {
            b = _mm512_maskz_loadu_ps(mask, at + (size_t)(r + 1) * stride);
        }
        _mm512_store_si512(tile + 16 * r, pair(a, b));
    }
}

/* 16 x 16 numbers of 32 bits, turned in place. */
static void turn(uint16_t *tile) {
    uint32_t *cells = (uint32_t *)(void *)tile;

    for (uint32_t r = 0; r < 16; r++) {
        for (uint32_t c = r + 1; c < 16; c++) {
            uint32_t cell = cells[16 * r + c];
            cells[16 * r + c] = cells[16 * c + r];
            cells[16 * c + r] = cell;
        }
    }
}

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* Tile (i, j) of the left factor holds rows 16 i.., columns 32 j.. */
static void pack_left(Factor f, uint32_t m, uint32_t k, uint32_t tiles_m,
                      uint32_t tiles_k, uint16_t *out) {
    for (uint32_t i = 0; i < tiles_m; i++) {
        for (uint32_t j = 0; j < tiles_k; j++, out += TILE) {
            uint32_t row = 16 * i, column = 32 * j;
            if (row >= m) {
                memset(out, 0, TILE * sizeof *out);
            } else if (!f.turned) {
                pack_rows(f.at + (size_t)row * f.stride + column, f.stride,
                          least(16, m - row), least(32, k - column), out);
            } else {
                pack_pairs(f.at + (size_t)column * f.stride + row, f.stride,
                           least(32, k - column), least(16, m - row), out);
                turn(out);
            }
        }
    }
}

static void pack_right(Factor f, uint32_t n, uint32_t k, uint32_t tiles_n,
                       uint32_t tiles_k, uint16_t *out) {
    for (uint32_t i = 0; i < tiles_n; i++) {
        for (uint32_t j = 0; j < tiles_k; j++, out += TILE) {
            uint32_t column = 16 * i, row = 32 * j;
            if (column >= n) {
                memset(out, 0, TILE * sizeof *out);
            } else if (!f.turned) {
                pack_pairs(f.at + (size_t)row * f.stride + column, f.stride,
                           least(32, k - row), least(16, n - column), out);
            } else {
                pack_rows(f.at + (size_t)column * f.stride + row, f.stride,
                          least(16, n - column), least(32, k - row), out);
                turn(out);
            }
        }
    }
}

static void put(const float *sums, uint32_t m, uint32_t n, float *out,
                uint32_t stride, bool add) {
    __mmask16 mask = mask_of(n);

    for (uint32_t r = 0; r < m; r++) {
        float *to = out + (size_t)r * stride;
        __m512 sum = _mm512_load_ps(sums + 16 * r);
        if (add) {
            sum = _mm512_add_ps(sum, _mm512_maskz_loadu_ps(mask, to));
        }
        _mm512_mask_storeu_ps(to, mask, sum);
    }
}

static void put_tile(const float *sums, uint32_t row, uint32_t column,
                     uint32_t m, uint32_t n, float *out, uint32_t stride,
                     bool add) {
    if (row < m && column < n) {
        put(sums, least(16, m - row), least(16, n - column),
            out + (size_t)row * stride + column, stride, add);
    }
}

void gemm(Gemm *g, uint32_t m, uint32_t n, uint32_t k, Factor left,
          Factor right, float *out, uint32_t stride, bool add) {
    uint32_t tm = (m + 31) / 32 * 2, tn = (n + 31) / 32 * 2;
    uint32_t tk = (k + 31) / 32;
    uint16_t *a = room(&g->left, &g->left_size, (uint64_t)tm * tk * TILE);
    uint16_t *b = room(&g->right, &g->right_size, (uint64_t)tn * tk * TILE);
    float sums[4][256] __attribute__((aligned(64)));

    pack_left(left, m, k, tm, tk, a);
    pack_right(right, n, k, tn, tk, b);
    for (uint32_t j = 0; j < tn; j += 2) {
        for (uint32_t i = 0; i < tm; i += 2) {
            const uint16_t *pa = a + (size_t)i * tk * TILE;
            const uint16_t *pb = b + (size_t)j * tk * TILE;
            _tile_zero(0);
            _tile_zero(1);
            _tile_zero(2);
            _tile_zero(3);
            for (uint32_t l = 0; l < tk; l++) {
                _tile_loadd(4, pa + (size_t)l * TILE, 64);
                _tile_loadd(5, pa + ((size_t)tk + l) * TILE, 64);
                _tile_loadd(6, pb + (size_t)l * TILE, 64);
                _tile_loadd(7, pb + ((size_t)tk + l) * TILE, 64);
                _tile_dpbf16ps(0, 4, 6);
                _tile_dpbf16ps(1, 4, 7);
                _tile_dpbf16ps(2, 5, 6);
                _tile_dpbf16ps(3, 5, 7);
            }
            _tile_stored(0, sums[0], 64);
            _tile_stored(1, sums[1], 64);
            _tile_stored(2, sums[2], 64);
            _tile_stored(3, sums[3], 64);
            put_tile(sums[0], 16 * i, 16 * j, m, n, out, stride, add);
            put_tile(sums[1], 16 * i, 16 * j + 16, m, n, out, stride, add);
            put_tile(sums[2], 16 * i + 16, 16 * j, m, n, out, stride, add);
            put_tile(sums[3], 16 * i + 16, 16 * j + 16, m, n, out, stride, add);
        }
    }
}

#else

void gemm_thread_init(void) {
}

static float cell(Factor f, uint32_t row, uint32_t column) {
    return f.turned ? f.at[(size_t)column * f.stride + row]
                    : f.at[(size_t)row * f.stride + column];
}

void gemm(Gemm *g, uint32_t m, uint32_t n, uint32_t k, Factor left,
          Factor right, float *out, uint32_t stride, bool add) {
    (void)g;
    for (uint32_t i = 0; i < m; i++) {
        float *row = out + (size_t)i * stride;
        if (!add) {
            memset(row, 0, n * sizeof *row);
        }
        for (uint32_t l = 0; l < k; l++) {
            float factor = cell(left, i, l);
            for (uint32_t j = 0; j < n; j++) {
                row[j] += factor * cell(right, l, j);
            }
        }
    }
}

#endif

void gemm_deinit(Gemm *gemm) {
    free(gemm->left);
    free(gemm->right);
}
