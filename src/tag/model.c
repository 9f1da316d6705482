/* SPDX-License-Identifier: Apache-2.0 */
/* tag/model.c - see model.h; the file is drawn in layout.h. */
#include "tag/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/data.h"
#include "tag/weights.h"

static const char file_name[] = "en.tagger";

/* Hands out the sections of the file, one after the other. */
typedef struct Cursor {
    Str file;
    size_t at;
    bool short_of; /* a section would have ended behind the file */
} Cursor;

static const void *section(Cursor *cursor, size_t size) {
    size_t at =
        (cursor->at + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN;

    if (at > cursor->file.len || size > cursor->file.len - at) {
        cursor->short_of = true;
        return NULL;
    }
    cursor->at = at + size;
    return cursor->file.ptr + at;
}

/* What follows the last section without a gap. */
static const void *more(Cursor *cursor, size_t size) {
    const char *at = cursor->file.ptr + cursor->at;

    if (size > cursor->file.len - cursor->at) {
        cursor->short_of = true;
        return NULL;
    }
    cursor->at += size;
    return at;
}

static void take_matrix(Cursor *cursor, uint32_t in, uint32_t out,
                        Matrix *matrix) {
    uint32_t padded = (out + OUTPUT_BLOCK - 1) / OUTPUT_BLOCK * OUTPUT_BLOCK;

    matrix->in = in;
    matrix->out = padded;
    matrix->weights = section(cursor, (size_t)padded * in);
    matrix->scales = more(cursor, padded * sizeof *matrix->scales);
    matrix->biases = more(cursor, padded * sizeof *matrix->biases);
    matrix->sums = more(cursor, padded * sizeof *matrix->sums);
}

/* Find all sections. False if the file is not exactly as long as they are. */
static bool locate(Model *model) {
    const ModelHeader *header = model->header;
    uint32_t width = header->width;
    size_t rows = (size_t)ROW_WORDS + header->words;
    Cursor cursor = {model->file.bytes, sizeof *header, false};

    model->words.hashes = more(&cursor, header->words * sizeof(uint64_t));
    model->words.slots = more(&cursor, header->slots * sizeof(uint32_t));
    model->words.mask = header->slots - 1;
    model->type_scales = section(&cursor, rows * sizeof(float));
    model->types = section(&cursor, rows * header->embedding);
    model->places = section(&cursor, PLACE_ROWS * width * sizeof(float));
    take_matrix(&cursor, header->embedding, width, &model->project);
    for (uint32_t i = 0; i < header->layers; i++) {
        model->layers[i].mix = section(&cursor, 3 * width * sizeof(float));
        take_matrix(&cursor, width, 3 * width, &model->layers[i].gates);
    }
    model->at = head_layout(header->arc, header->relation);
    take_matrix(&cursor, width, model->at.count, &model->heads);
    take_matrix(&cursor, header->relation, REL_COUNT, &model->relations);
    section(&cursor, 0);
    return !cursor.short_of &&
           (cursor.at + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN ==
               model->file.bytes.len;
}

static bool shape_fits(const ModelHeader *header) {
    return header->embedding % 64 == 0 && header->embedding > 0 &&
           header->embedding <= EMBEDDING_MAX && header->width % 64 == 0 &&
           header->width > 0 && header->width <= WIDTH_MAX &&
           header->layers <= LAYERS_MAX && header->arc % 64 == 0 &&
           header->arc <= WIDTH_MAX && header->relation % 64 == 0 &&
           header->relation > 0 && header->relation <= WIDTH_MAX &&
           header->slots > header->words &&
           (header->slots & (header->slots - 1)) == 0;
}

/* A search for an unknown word must end, and find only words that are
 * there. */
static bool words_in_bounds(const Model *model) {
    uint32_t used = 0;

    for (uint32_t i = 0; i < model->header->slots; i++) {
        if (model->words.slots[i] > model->header->words) {
            return false;
        }
        used += model->words.slots[i] > 0;
    }
    return used < model->header->slots;
}

/* Numbers of a size that no sum of the network can overflow from. */
static bool floats_fit(const float *at, size_t count) {
    static const float most = 1000;
    bool fit = true;

    for (size_t i = 0; i < count; i++) {
        fit &= at[i] >= -most && at[i] <= most; /* false of NaN too */
    }
    return fit;
}

static bool matrix_fits(const Matrix *matrix) {
    bool fit = floats_fit(matrix->scales, matrix->out) &&
               floats_fit(matrix->biases, matrix->out);

    for (uint32_t i = 0; i < matrix->out; i++) {
        int32_t most = 128 * (int32_t)matrix->in;
        fit &= matrix->sums[i] >= -most && matrix->sums[i] <= most;
    }
    return fit;
}

static bool numbers_fit(const Model *model) {
    const ModelHeader *header = model->header;
    bool fit = floats_fit(model->type_scales, ROW_WORDS + header->words) &&
               floats_fit(model->places, PLACE_ROWS * header->width) &&
               matrix_fits(&model->project) && matrix_fits(&model->heads) &&
               matrix_fits(&model->relations);

    for (uint32_t i = 0; i < header->layers; i++) {
        fit &= floats_fit(model->layers[i].mix, 3 * (size_t)header->width) &&
               matrix_fits(&model->layers[i].gates);
    }
    return fit;
}

/* What is wrong with the file, or NULL. */
static const char *fault_of(Model *model) {
    Str file = model->file.bytes;
    const ModelHeader *header = (const void *)file.ptr;

    if (file.len < sizeof *header ||
        memcmp(header->magic, MODEL_MAGIC, sizeof header->magic) != 0) {
        return "is no model";
    }
    if (header->format != MODEL_FORMAT || header->labels != labels_hash()) {
        return "was made for another version of the program";
    }
    model->header = header;
    if (header->size != file.len || !shape_fits(header) || !locate(model)) {
        return "is cut off or damaged";
    }
    if (XXH3_64bits(header + 1, file.len - sizeof *header) !=
        header->checksum) {
        return "is damaged: its checksum does not match";
    }
    return !words_in_bounds(model) ? "is damaged: a word points outside"
           : !numbers_fit(model)   ? "is damaged: a number is out of range"
                                   : NULL;
}

Status model_open(const char *path, Model **out, Error *err) {
    Model *model = calloc(1, sizeof *model);
    const char *fault;
    Status status;

    if (!model) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    status = file_map(path, &model->file, err);
    if (status != OK) {
        free(model);
        return status;
    }
    fault = fault_of(model);
    if (fault) {
        model_close(model);
        return fail(err, ERR_DATA, "%s: %s", path, fault);
    }
    snprintf(model->version, sizeof model->version, "%016llx",
             (unsigned long long)model->header->checksum);
    *out = model;
    return OK;
}

Status model_open_in(const char *folder, Model **out, Error *err) {
    Model *model = NULL;
    Status status;
    Buf path;

    buf_init(&path, 0);
    status = data_find_in(folder, file_name, &path, err);
    if (status == OK) {
        status = model_open(path.ptr, &model, err);
    }
    if (status == OK) {
        status = lemmas_open_in(folder, &model->lemmas, err);
    }
    buf_deinit(&path);
    if (status != OK) {
        model_close(model);
        return status;
    }
    *out = model;
    return OK;
}

void model_close(Model *model) {
    if (model) {
        lemmas_close(model->lemmas);
        file_unmap(&model->file);
        free(model);
    }
}

Str model_version(const Model *model) {
    return str_of(model->version);
}
