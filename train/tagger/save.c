/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/save.c - see save.h. */
#include "save.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/file.h"

static void put(Buf *out, const void *bytes, size_t size) {
    buf_push(out, (Str){bytes, size});
}

static void align(Buf *out) {
    static const char zeros[SECTION_ALIGN];

    put(out, zeros, (SECTION_ALIGN - out->len % SECTION_ALIGN) % SECTION_ALIGN);
}

/* `count` floats, `stride` apart, to 8 bits; returns the scale. */
static float round_all(const float *at, uint32_t count, uint32_t stride,
                       int8_t *out) {
    float most = 0, scale;

    for (uint32_t i = 0; i < count; i++) {
        float size = fabsf(at[(size_t)i * stride]);
        most = size > most ? size : most;
    }
    scale = most / 127;
    for (uint32_t i = 0; i < count; i++) {
        out[i] = scale > 0 ? (int8_t)lrintf(at[(size_t)i * stride] / scale) : 0;
    }
    return scale;
}

/* weights[in][stride], of which the first `out` columns count. */
static void put_matrix(Buf *to, const float *weights, const float *biases,
                       uint32_t in, uint32_t out, uint32_t stride) {
    uint32_t padded = (out + OUTPUT_BLOCK - 1) / OUTPUT_BLOCK * OUTPUT_BLOCK;
    int8_t *packed = calloc((size_t)padded * in, 1), *column = malloc(in);
    float *scales = calloc(padded, sizeof *scales);
    float *offsets = calloc(padded, sizeof *offsets);
    int32_t *sums = calloc(padded, sizeof *sums);

    for (uint32_t n = 0; n < out; n++) {
        scales[n] = round_all(weights + n, in, stride, column);
        offsets[n] = biases ? biases[n] : 0;
        for (uint32_t k = 0; k < in; k++) {
            packed[(size_t)(n / 16) * 16 * in + k / 4 * 64 + n % 16 * 4 +
                   k % 4] = column[k];
            sums[n] += column[k];
        }
    }
    align(to);
    put(to, packed, (size_t)padded * in);
    put(to, scales, padded * sizeof *scales);
    put(to, offsets, padded * sizeof *offsets);
    put(to, sums, padded * sizeof *sums);
    free(packed);
    free(column);
    free(scales);
    free(offsets);
    free(sums);
}

static void put_types(Buf *to, const Net *net) {
    uint32_t e = net->shape.embedding;
    int8_t *row = malloc(e);
    Buf rows;

    buf_init(&rows, 0);
    align(to);
    for (uint32_t i = 0; i < net->rows; i++) {
        float scale = round_all(net->types + (size_t)i * e, e, 1, row);
        put(to, &scale, sizeof scale);
        put(&rows, row, e);
    }
    align(to);
    put(to, rows.ptr, rows.len);
    buf_deinit(&rows);
    free(row);
}

Status save_model(const Net *net, const Data *data, const char *path,
                  Error *err) {
    const Weights *w = &net->w;
    Shape s = net->shape;
    ModelHeader header = {.magic = MODEL_MAGIC,
                          .format = MODEL_FORMAT,
                          .labels = labels_hash(),
                          .words = data->word_count,
                          .slots = data->word_mask + 1,
                          .embedding = s.embedding,
                          .width = s.width,
                          .layers = s.layers,
                          .arc = s.arc,
                          .relation = s.relation};
    Status status;
    Buf out;

    buf_init(&out, 0);
    put(&out, &header, sizeof header);
    put(&out, data->words, data->word_count * sizeof *data->words);
    put(&out, data->word_slots, header.slots * sizeof *data->word_slots);
    put_types(&out, net);
    align(&out);
    put(&out, net->dense + w->place, PLACE_ROWS * s.width * sizeof(float));
    put_matrix(&out, net->dense + w->project, NULL, s.embedding, s.width,
               s.width);
    for (uint32_t l = 0; l < s.layers; l++) {
        const float *layer = net->dense + (size_t)l * w->layer;
        align(&out);
        put(&out, layer + w->mix, 3 * s.width * sizeof(float));
        put_matrix(&out, layer + w->gates, layer + w->gates_bias, s.width,
                   3 * s.width, 3 * s.width);
    }
    put_matrix(&out, net->dense + w->heads, net->dense + w->heads_bias, s.width,
               w->at.count, w->outputs);
    put_matrix(&out, net->dense + w->relations, net->dense + w->relations_bias,
               s.relation, REL_COUNT, REL_COUNT);
    align(&out);
    header.size = out.len;
    header.checksum =
        XXH3_64bits(out.ptr + sizeof header, out.len - sizeof header);
    memcpy(out.ptr, &header, sizeof header);
    status = buf_check(&out, err);
    if (status == OK) {
        status = file_replace(path, (Str){out.ptr, out.len}, err);
    }
    buf_deinit(&out);
    return status;
}

typedef struct FloatsHeader {
    Shape shape;
    uint32_t words;
} FloatsHeader;

Status save_floats(const Net *net, const Data *data, const char *path,
                   Error *err) {
    FloatsHeader header = {net->shape, data->word_count};
    Status status;
    Buf out;

    buf_init(&out, 0);
    put(&out, &header, sizeof header);
    put(&out, data->words, data->word_count * sizeof *data->words);
    put(&out, net->dense, net->w.count * sizeof(float));
    put(&out, net->types,
        (size_t)net->rows * net->shape.embedding * sizeof(float));
    status = file_replace(path, (Str){out.ptr, out.len}, err);
    buf_deinit(&out);
    return status;
}

Status load_words(Data *data, const char *path, Error *err) {
    FloatsHeader header;
    uint64_t *hashes;
    FileMap map;
    Status status = file_map(path, &map, err);

    if (status != OK) {
        return status;
    }
    memcpy(&header, map.bytes.ptr, sizeof header);
    hashes = calloc(header.words, sizeof *hashes);
    memcpy(hashes, map.bytes.ptr + sizeof header,
           header.words * sizeof *hashes);
    data_take_words(data, hashes, header.words);
    free(hashes);
    file_unmap(&map);
    return OK;
}

Status load_floats(Net *net, const char *path, Error *err) {
    size_t words = (net->rows - ROW_WORDS) * sizeof(uint64_t);
    size_t dense = net->w.count * sizeof(float);
    size_t types = (size_t)net->rows * net->shape.embedding * sizeof(float);
    FileMap map;
    Status status = file_map(path, &map, err);

    if (status != OK) {
        return status;
    }
    if (map.bytes.len != sizeof(FloatsHeader) + words + dense + types ||
        memcmp(map.bytes.ptr, &net->shape, sizeof net->shape) != 0) {
        status = fail(err, ERR_DATA, "%s: of another shape", path);
    } else {
        const char *at = map.bytes.ptr + sizeof(FloatsHeader) + words;
        memcpy(net->dense, at, dense);
        memcpy(net->types, at + dense, types);
    }
    file_unmap(&map);
    return status;
}
