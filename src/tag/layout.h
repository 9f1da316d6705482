/* SPDX-License-Identifier: Apache-2.0 */
/* tag/layout.h - how a model file is laid out; shared with the trainer.
 *
 * Room: tag. Little-endian; sections follow the header in this order, each at
 * a multiple of SECTION_ALIGN bytes:
 *
 *     words        u64 hashes[words], u32 slots[slots]
 *     type table   float scales[ROW_WORDS + words], i8 rows[][embedding]
 *     place table  float rows[PLACE_ROWS][width]
 *     project      Matrix embedding -> width
 *     layers times: float mix[3][width], Matrix width -> 3 width
 *     heads        Matrix width -> HeadLayout.count
 *     relations    Matrix relation -> REL_COUNT
 *
 * A Matrix of `in` inputs (a multiple of 64) and `out` outputs, padded to a
 * multiple of OUTPUT_BLOCK: i8 weights in the order of the kernels, u8 x i8
 * sums of four inputs at a time:
 *
 *     weights[out / 16][in / 4][16 outputs][4 inputs]
 *     float scales[out], float biases[out], i32 sums[out]
 *
 * where sums are those of each output's weights. */
#ifndef TAG_LAYOUT_H
#define TAG_LAYOUT_H

#include "tag/feature.h"
#include "tag/tag.h"

enum { MODEL_FORMAT = 1, SECTION_ALIGN = 64, OUTPUT_BLOCK = 32 };
#define MODEL_MAGIC "DATENET"

typedef struct ModelHeader {
    char magic[8];
    uint32_t format;
    uint32_t labels;   /* labels_hash(): which labels and features it knows */
    uint64_t checksum; /* XXH3 of all after the header */
    uint64_t size;     /* of the file */
    uint32_t words, slots;
    uint32_t embedding, width, layers; /* multiples of 64 */
    uint32_t arc, relation;            /* multiples of 64 */
    uint32_t padding;
} ModelHeader;

_Static_assert(sizeof(ModelHeader) == 64, "the layout that train/ writes");

/* The outputs of the last layer, in order: the vectors of a word as dependent
 * and as head, the same for the relation between them, how far away the head
 * stands, and a score for each label. */
typedef struct HeadLayout {
    uint32_t dependent, head;         /* `arc` each */
    uint32_t rel_dependent, rel_head; /* `relation` each */
    uint32_t distance;                /* DISTANCE_COUNT */
    uint32_t head_bias;               /* 1 */
    uint32_t end;                     /* 1: last word of a sentence */
    uint32_t upos, xpos, name;
    uint32_t count;
} HeadLayout;

HeadLayout head_layout(uint32_t arc, uint32_t relation);

/* How far `head` stands from `word`, in classes that grow with it; class 0 is
 * the root (head == word). */
enum { DISTANCE_SIDE = 10, DISTANCE_COUNT = 1 + 2 * DISTANCE_SIDE };
uint32_t distance_class(int32_t distance);

/* What the program of today knows, in 32 bits: a model of other labels or
 * features is refused. */
uint32_t labels_hash(void);

#endif
