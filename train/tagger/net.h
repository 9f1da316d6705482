/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/net.h - the network of src/tag/ in floats, with its gradients.
 *
 * doc/rooms/tag.md draws it. One Net holds the weights; each thread has a
 * Work with the activations of its part of a batch and its own gradients. */
#ifndef TRAIN_NET_H
#define TRAIN_NET_H

#include "data.h"
#include "gemm.h"
#include "tag/layout.h"

typedef struct Shape {
    uint32_t embedding, width, layers, arc, relation;
} Shape;

/* Where the dense weights lie in one array. */
typedef struct Weights {
    uint32_t place, project;         /* offsets */
    uint32_t mix, gates, gates_bias; /* of layer 0 */
    uint32_t layer;                  /* from layer to layer */
    uint32_t heads, heads_bias, relations, relations_bias;
    uint32_t count;
    HeadLayout at;
    uint32_t other_name, guess; /* outputs that only training has */
    uint32_t outputs;
} Weights;

typedef struct Net {
    Shape shape;
    Weights w;
    uint32_t rows; /* of the type table */
    float *dense;  /* w.count */
    float *types;  /* rows x embedding */
} Net;

void net_init(Net *net, Shape shape, uint32_t words, uint64_t seed);

/* How much each loss counts. */
typedef struct Tasks {
    float end, upos, xpos, arc, rel, name[2], guess;
} Tasks;
enum { TASK_COUNT = 8 };

/* A run of samples that is read as one text. */
typedef struct Chunk {
    uint64_t first;
    uint32_t count;
} Chunk;

/* What is drawn at random in training. */
typedef struct Noise {
    uint64_t seed;
    float drop;      /* share of a layer's inputs that are dropped */
    float drop_word; /* share of words that are made unknown */
    float mask;      /* share of words that are hidden and guessed */
} Noise;

typedef struct Work Work;
Work *work_new(const Net *net, uint32_t tokens);
Gemm *work_gemm(Work *work);
/* The gradients: dense, and of the rows of the type table that were used. */
float *work_dense(Work *work);
float *work_types(Work *work);
uint32_t work_rows(const Work *work, const uint32_t **rows);
/* Losses and counts of the tasks since the last work_clear(). */
const double *work_losses(const Work *work);
const double *work_counts(const Work *work);

/* Set all gradients to zero. */
void work_clear(Work *work);
/* Add the gradients of the chunks, times `scale`. */
void work_learn(Work *work, const Net *net, const Data *data,
                const Chunk *chunks, uint32_t count, const Tasks *tasks,
                const Noise *noise, float scale);

#endif
