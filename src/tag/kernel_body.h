/* SPDX-License-Identifier: Apache-2.0 */
/* tag/kernel_body.h - the part of a kernel that is the same C for every kind
 * of processor; see kernel.h. Included once by each kernel_*.c, which is
 * compiled for its processor, and with -ffp-contract=off.
 *
 * Loops run over LANES sums side by side, added up in one order at the end,
 * so that vectors of any length give the same result. */
#include <math.h>
#include <string.h>

#include "tag/kernel.h"

enum { LANES = 16 };
typedef float Lanes __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t Bits __attribute__((vector_size(64), aligned(4), may_alias));

static inline Lanes lanes_at(const float *at) {
    return *(const Lanes *)at;
}

static inline Lanes lanes_of(float value) {
    return (Lanes){0} + value;
}

/* The larger of each two; of numbers that are not negative. */
static inline Lanes lanes_most(Lanes a, Lanes b) {
    Bits takes = a > b;

    return (Lanes)(((Bits)a & takes) | ((Bits)b & ~takes));
}

static inline float lanes_sum(Lanes lanes) {
    float sums[8];

    for (int i = 0; i < 8; i++) {
        sums[i] = lanes[i] + lanes[i + 8];
    }
    for (int i = 0; i < 4; i++) {
        sums[i] += sums[i + 4];
    }
    return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

/* The largest size, and the sum of squares, of a row. */
static inline float row_most(const float *row, uint32_t width, float *squares) {
    Lanes most = {0}, square = {0};
    float all = 0;

    for (uint32_t i = 0; i < width; i += LANES) {
        Lanes x = lanes_at(row + i);
        most = lanes_most((Lanes)((Bits)x & INT32_MAX), most);
        square += x * x;
    }
    for (int k = 0; k < LANES; k++) {
        all = most[k] > all ? most[k] : all;
    }
    *squares = lanes_sum(square);
    return all;
}

static void round_by(const float *row, uint32_t width, float by, uint8_t *out) {
    for (uint32_t i = 0; i < width; i++) {
        out[i] = (uint8_t)(int32_t)(row[i] * by + 128.5f);
    }
}

static void kernel_round(const float *row, uint32_t width, Rounded out,
                         uint32_t at) {
    float squares, most = row_most(row, width, &squares);

    round_by(row, width, most > 0 ? 127 / most : 0,
             out.bytes + (size_t)at * width);
    out.scales[at] = most / 127;
}

/* What stands beside the first and last row. */
static const float nothing[1024];
_Static_assert(sizeof nothing / sizeof *nothing >= 1024, "WIDTH_MAX");

static inline void mix_row(const float *x, const float *mix, uint32_t t,
                           uint32_t rows, uint32_t width, float *out) {
    const float *here = x + (size_t)t * width;
    const float *left = t > 0 ? here - width : nothing;
    const float *right = t + 1 < rows ? here + width : nothing;

    const float *of_left = mix, *of_here = mix + width;
    const float *of_right = mix + 2 * (size_t)width;

    for (uint32_t i = 0; i < width; i++) {
        out[i] = of_left[i] * left[i] + of_here[i] * here[i] +
                 of_right[i] * right[i];
    }
}

static void kernel_normalise(const float *x, const float *mix, uint32_t rows,
                             uint32_t width, Rounded out) {
    float mixed[1024];

    for (uint32_t t = 0; t < rows; t++) {
        const float *row = x + (size_t)t * width;
        float squares, most;
        if (mix) {
            mix_row(x, mix, t, rows, width, mixed);
            row = mixed;
        }
        most = row_most(row, width, &squares);
        round_by(row, width, most > 0 ? 127 / most : 0,
                 out.bytes + (size_t)t * width);
        out.scales[t] = most / 127 / sqrtf(squares / (float)width + 1e-6f);
    }
}

/* 0 to 1 between -3 and 3, without an exponential: 3 t^2 - 2 t^3. */
static inline float ramp(float x) {
    float t = x * (1 / 6.0f) + 0.5f;

    t = t < 0 ? 0 : t;
    t = t > 1 ? 1 : t;
    return t * t * (3 - 2 * t);
}

/* One step of one direction. */
static inline void remember_row(const float *gates, const float *before,
                                uint32_t half, float *state) {
    const float *fresh = gates + half;

    for (uint32_t i = 0; i < half; i++) {
        state[i] = before[i] + ramp(gates[i]) * (fresh[i] - before[i]);
    }
}

static void kernel_remember(const float *gates, uint32_t rows, uint32_t width,
                            float *state, float *x) {
    uint32_t half = width / 2;

    for (uint32_t t = 0; t < rows; t++) {
        float *s = state + (size_t)t * width;
        remember_row(gates + (size_t)t * 3 * width, t > 0 ? s - width : nothing,
                     half, s);
    }
    for (uint32_t t = rows; t-- > 0;) {
        const float *g = gates + (size_t)t * 3 * width + width;
        float *s = state + (size_t)t * width + half;
        remember_row(g, t + 1 < rows ? s + width : nothing, half, s);
    }
    for (uint32_t t = 0; t < rows; t++) {
        const float *outer = gates + (size_t)t * 3 * width + 2 * width;
        const float *s = state + (size_t)t * width;
        float *to = x + (size_t)t * width;
        for (uint32_t i = 0; i < width; i++) {
            to[i] += s[i] * (outer[i] * ramp(outer[i]));
        }
    }
}

static void kernel_add_row(const int8_t *row, float scale, uint32_t width,
                           float *sum) {
    for (uint32_t i = 0; i < width; i++) {
        sum[i] += (float)row[i] * scale;
    }
}

static void kernel_dots(const float *a, const float *columns, uint32_t depth,
                        uint32_t count, float *scores) {
    for (uint32_t k = 0; k < depth; k++) {
        const float *column = columns + (size_t)k * count;
        float by = a[k];
        for (uint32_t j = 0; j < count; j++) {
            scores[j] += by * column[j];
        }
    }
}

/* Where the largest of the scores stands; the first of equal ones. */
static uint32_t kernel_best(const float *scores, uint32_t count) {
    float most = scores[0];
    uint32_t i = 0;

    if (count >= LANES) {
        Lanes all = lanes_at(scores);
        for (i = LANES; i + LANES <= count; i += LANES) {
            Lanes x = lanes_at(scores + i);
            Bits takes = x > all;
            all = (Lanes)(((Bits)x & takes) | ((Bits)all & ~takes));
        }
        for (int k = 0; k < LANES; k++) {
            most = all[k] > most ? all[k] : most;
        }
    }
    for (; i < count; i++) {
        most = scores[i] > most ? scores[i] : most;
    }
    for (i = 0; i + 1 < count && scores[i] != most;) {
        i++;
    }
    return i;
}

/* An exact sum of products as the number that it stands for. */
static inline float scaled(int32_t sum, const Matrix *matrix, uint32_t n,
                           float scale) {
    return (float)(sum - 128 * matrix->sums[n]) * (scale * matrix->scales[n]) +
           matrix->biases[n];
}

#define KERNEL(called)                                                         \
    {                                                                          \
        called, multiply, kernel_round, kernel_normalise, kernel_remember,     \
            kernel_add_row, kernel_dots, kernel_best                           \
    }
