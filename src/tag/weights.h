/* SPDX-License-Identifier: Apache-2.0 */
/* tag/weights.h - what a Model holds: for model.c and network.c only. */
#ifndef TAG_WEIGHTS_H
#define TAG_WEIGHTS_H

#include "base/file.h"
#include "tag/kernel.h"
#include "tag/layout.h"
#include "tag/lemma.h"

/* What a model may be, so that scratch memory has a bound. */
enum { EMBEDDING_MAX = 512, WIDTH_MAX = 1024, LAYERS_MAX = 8 };

typedef struct Layer {
    const float *mix; /* 3 x width */
    Matrix gates;     /* width -> 3 width */
} Layer;

struct Model {
    Lemmas *lemmas; /* owned; NULL: each word is its own lemma */
    FileMap file;   /* owned; all below point into it */
    const ModelHeader *header;
    WordIndex words;
    const float *type_scales;
    const int8_t *types;
    const float *places;
    Matrix project;
    Layer layers[LAYERS_MAX];
    Matrix heads, relations;
    HeadLayout at;
    char version[17];
};

#endif
