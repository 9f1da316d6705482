/* SPDX-License-Identifier: Apache-2.0 */
/* train/crf.c - see crf.h. */
#include "train/crf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "train/need.h"

static const float RATE = 0.03F;
static const float NEVER = -1e6F;
static const float TINY = 1e-3F;

void crf_init(Crf *crf, const ChainStates *states, uint32_t bits) {
    size_t size = ((size_t)states->labels * states->labels) << bits;

    *crf = (Crf){states, states->labels, bits, need(size, sizeof(float)),
                 need(size, sizeof(float))};
}

void crf_deinit(Crf *crf) {
    free(crf->weights);
    free(crf->squares);
}

/* --- one row of units --- */

/* What learning from a sample needs: room for its longest. */
typedef struct Work {
    float *pairs, *ahead, *behind;
    uint32_t *first, *rows; /* the features that were not dropped */
} Work;

static void work_init(Work *work, const Crf *crf, uint32_t units,
                      uint32_t rows) {
    uint32_t labels = crf->labels;

    *work =
        (Work){need((size_t)units * labels * labels, sizeof(float)),
               need((size_t)units * CHAIN_STATES_MAX, sizeof(float)),
               need((size_t)units * CHAIN_STATES_MAX, sizeof(float)),
               need(units + 1, sizeof(uint32_t)), need(rows, sizeof(uint32_t))};
}

static void work_deinit(Work *work) {
    free(work->pairs);
    free(work->ahead);
    free(work->behind);
    free(work->first);
    free(work->rows);
}

static void score(const Crf *crf, const Sample *sample, float *pairs) {
    uint32_t width = crf->labels * crf->labels;

    for (uint32_t u = 0; u < sample->units; u++, pairs += width) {
        memset(pairs, 0, width * sizeof *pairs);
        for (uint32_t f = sample->first[u]; f < sample->first[u + 1]; f++) {
            const float *row = crf->weights + (size_t)sample->rows[f] * width;
            for (uint32_t p = 0; p < width; p++) {
                pairs[p] += row[p];
            }
        }
        for (uint32_t p = 0; p < width; p++) {
            if ((sample->barred[u] && p % crf->labels) ||
                (u == 0 && p >= crf->labels)) {
                pairs[p] = NEVER;
            }
        }
    }
}

static float add_logs(const float *values, uint32_t count) {
    float top = values[0], sum = 0;

    for (uint32_t i = 1; i < count; i++) {
        top = values[i] > top ? values[i] : top;
    }
    for (uint32_t i = 0; i < count; i++) {
        sum += expf(values[i] - top);
    }
    return top + logf(sum);
}

/* Log-sums over the states of all rows up to each unit; returns that of the
 * whole row. */
static float sum_ahead(const ChainStates *states, uint32_t units,
                       const float *pairs, float *ahead) {
    uint32_t width = states->labels * states->labels, count = states->count;
    float terms[CHAIN_STATES_MAX];

    for (uint32_t s = 0; s < count; s++) {
        ahead[s] = states->first >> s & 1 ? pairs[states->label[s]] : NEVER;
    }
    for (uint32_t u = 1; u < units; u++) {
        for (uint32_t right = 0; right < count; right++) {
            for (uint32_t left = 0; left < count; left++) {
                uint32_t pair =
                    states->label[left] * states->labels + states->label[right];
                terms[left] = states->from[right] >> left & 1
                                  ? pairs[u * width + pair] +
                                        ahead[(u - 1) * count + left]
                                  : NEVER;
            }
            ahead[u * count + right] = add_logs(terms, count);
        }
    }
    for (uint32_t s = 0; s < count; s++) {
        terms[s] =
            states->last >> s & 1 ? ahead[(units - 1) * count + s] : NEVER;
    }
    return add_logs(terms, count);
}

/* The same of all rows behind each unit. */
static void sum_behind(const ChainStates *states, uint32_t units,
                       const float *pairs, float *behind) {
    uint32_t width = states->labels * states->labels, count = states->count;
    float terms[CHAIN_STATES_MAX];

    for (uint32_t s = 0; s < count; s++) {
        behind[(units - 1) * count + s] = states->last >> s & 1 ? 0 : NEVER;
    }
    for (uint32_t u = units - 1; u-- > 0;) {
        for (uint32_t left = 0; left < count; left++) {
            for (uint32_t right = 0; right < count; right++) {
                uint32_t pair =
                    states->label[left] * states->labels + states->label[right];
                terms[right] = states->from[right] >> left & 1
                                   ? pairs[(u + 1) * width + pair] +
                                         behind[(u + 1) * count + right]
                                   : NEVER;
            }
            behind[u * count + left] = add_logs(terms, count);
        }
    }
}

/* Take what is expected of each pair of labels at a unit from `gradient`. */
static void subtract_expected(const ChainStates *states, uint32_t unit,
                              const float *pairs, const Work *work, float all,
                              float *gradient) {
    uint32_t count = states->count;

    for (uint32_t right = 0; right < count; right++) {
        for (uint32_t left = 0; left < (unit ? count : 1); left++) {
            uint32_t before = unit ? states->label[left] : 0;
            uint32_t pair = before * states->labels + states->label[right];
            float ahead = unit ? work->ahead[(unit - 1) * count + left] : 0;
            if (unit ? states->from[right] >> left & 1
                     : states->first >> right & 1) {
                gradient[pair] -=
                    expf(pairs[pair] + ahead +
                         work->behind[unit * count + right] - all);
            }
        }
    }
}

static void step(Crf *crf, const Sample *sample, uint32_t unit,
                 const float *gradient) {
    uint32_t width = crf->labels * crf->labels;

    for (uint32_t f = sample->first[unit]; f < sample->first[unit + 1]; f++) {
        float *row = crf->weights + (size_t)sample->rows[f] * width;
        float *squares = crf->squares + (size_t)sample->rows[f] * width;
        for (uint32_t p = 0; p < width; p++) {
            squares[p] += gradient[p] * gradient[p];
            row[p] += RATE * gradient[p] / (sqrtf(squares[p]) + TINY);
        }
    }
}

/* A step for each unit: what was labelled less what was expected. Returns the
 * negative log-likelihood. */
static double learn(Crf *crf, const Sample *sample, Work *work) {
    uint32_t labels = crf->labels, width = labels * labels, before = 0;
    float all, truth = 0;

    score(crf, sample, work->pairs);
    all = sum_ahead(crf->states, sample->units, work->pairs, work->ahead);
    sum_behind(crf->states, sample->units, work->pairs, work->behind);
    for (uint32_t u = 0; u < sample->units; u++) {
        const float *pairs = work->pairs + (size_t)u * width;
        uint32_t gold = before * labels + sample->labels[u];
        float gradient[CHAIN_PAIRS_MAX] = {0};
        gradient[gold] = 1;
        subtract_expected(crf->states, u, pairs, work, all, gradient);
        truth += pairs[gold];
        step(crf, sample, u, gradient);
        before = sample->labels[u];
    }
    return (double)(all - truth);
}

/* --- passes --- */

/* Xorshift: Marsaglia, Journal of Statistical Software 8 (2003). */
static uint32_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 32);
}

/* The sample without every second feature, at random (dropout: Srivastava and
 * others, JMLR 2014), so that the strongest do not silence all others. */
static Sample thinned(const Sample *sample, Work *work, uint64_t *random) {
    Sample result = *sample;
    uint32_t count = 0;

    for (uint32_t u = 0; u < sample->units; u++) {
        work->first[u] = count;
        for (uint32_t f = sample->first[u]; f < sample->first[u + 1]; f++) {
            work->rows[count] = sample->rows[f];
            count += next_random(random) & 1;
        }
    }
    work->first[sample->units] = count;
    result.first = work->first;
    result.rows = work->rows;
    return result;
}

static void shuffle(uint32_t *order, uint32_t count, uint64_t *random) {
    for (uint32_t i = count; i > 1; i--) {
        uint32_t other = next_random(random) % i, held = order[i - 1];
        order[i - 1] = order[other];
        order[other] = held;
    }
}

double crf_pass(Crf *crf, const Sample *const *samples, uint32_t count,
                uint64_t seed) {
    uint32_t *order = need(count + 1, sizeof *order);
    uint32_t units = 1, rows = 1;
    uint64_t random = seed * 2 + 1;
    double loss = 0;
    Work work;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t size = samples[i]->first[samples[i]->units];
        units = samples[i]->units > units ? samples[i]->units : units;
        rows = size > rows ? size : rows;
        order[i] = i;
    }
    work_init(&work, crf, units, rows + 1);
    shuffle(order, count, &random);
    for (uint32_t i = 0; i < count; i++) {
        Sample sample = thinned(samples[order[i]], &work, &random);
        loss += learn(crf, &sample, &work);
    }
    work_deinit(&work);
    free(order);
    return loss / (count ? count : 1);
}

void crf_round(const Crf *crf, int8_t *rows) {
    size_t size = ((size_t)crf->labels * crf->labels) << crf->bits;

    for (size_t i = 0; i < size; i++) {
        /* Half, since half of the features were dropped in training. */
        float value = roundf(crf->weights[i] * CHAIN_UNIT / 2);
        rows[i] = (int8_t)(value > INT8_MAX    ? INT8_MAX
                           : value < -INT8_MAX ? -INT8_MAX
                                               : value);
    }
}
