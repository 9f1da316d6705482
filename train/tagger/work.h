/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/work.h - what a Work holds; for net.c and losses.c only. */
#ifndef TRAIN_WORK_H
#define TRAIN_WORK_H

#include "net.h"

enum { LAYERS_MAX = 8 };

struct WorkToken {
    const Sample *sample;
    const uint32_t *rows; /* rows[0] is replaced by `word` */
    uint32_t row_count, word;
    uint32_t first, last; /* tokens of its chunk */
    uint32_t guess;       /* the word that was hidden, or UINT32_MAX */
};

struct Work {
    Gemm gemm;
    uint32_t capacity, count, embedding, dense_count;
    struct WorkToken *tokens;
    float *embedded;               /* count x embedding */
    float *x[LAYERS_MAX + 1];      /* count x width: into layer l */
    float *normal[LAYERS_MAX + 1]; /* mixed and normalised */
    float *scale[LAYERS_MAX + 1];  /* 1 / rms */
    float *gates[LAYERS_MAX + 1];  /* count x 3 width */
    float *state[LAYERS_MAX + 1];
    uint8_t *keep[LAYERS_MAX + 1]; /* random bytes: which inputs stay */
    float *mixed, *dx, *dgates, *dnormal;
    float *out, *dout;    /* count x outputs */
    float *dense, *types; /* gradients */
    uint8_t *touched;
    uint32_t *row_list, row_count;
    double losses[TASK_COUNT], counts[TASK_COUNT];
    float *scores; /* losses.c: grows */
    uint64_t score_capacity;
};

uint64_t draw(uint64_t *state);
float draw_unit(uint64_t *state);
/* The gradient of a row of the type table. */
float *row_gradient(Work *work, uint32_t row);
/* Fill work->dout from work->out and the labels; add the gradients of the
 * weights behind the outputs. */
void losses(Work *work, const Net *net, const Data *data, const Tasks *tasks,
            float scale, uint64_t *state);

#endif
