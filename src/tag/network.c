/* SPDX-License-Identifier: Apache-2.0 */
/* tag/network.c - see network.h. */
#include "tag/network.h"

#include <assert.h>
#include <string.h>

#include "tag/weights.h"

/* The projected sums of the forms that were met last: what a form tells is
 * the same wherever it stands. A slot is found by the form's key; a newer
 * form takes it over. */
enum { CACHE_SLOTS = 1024 };

typedef struct TypeCache {
    uint64_t keys[CACHE_SLOTS];  /* 0: free */
    uint32_t missed[WINDOW_MAX]; /* token of the window, of each new form */
    uint32_t source[WINDOW_MAX]; /* a token's new form, or UINT32_MAX */
    uint32_t slots[WINDOW_MAX];  /* a token's slot */
    float *sums;                 /* CACHE_SLOTS x width */
    float *fresh;                /* WINDOW_MAX x width: new forms */
} TypeCache;

static void *aligned(Arena *arena, size_t size) {
    uintptr_t at = (uintptr_t)arena_alloc(arena, size + SECTION_ALIGN);

    return (void *)((at + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN);
}

static float *floats(Arena *arena, size_t count) {
    return aligned(arena, count * sizeof(float));
}

void network_init(Arena *arena, const Model *model, const Text *text,
                  Network *network) {
    size_t width = model->header->width;
    size_t widest = width;

    if (widest < model->header->embedding) {
        widest = model->header->embedding;
    }
    if (widest < model->header->relation) {
        widest = model->header->relation;
    }
    *network = (Network){.model = model,
                         .kernel = kernel_choose(),
                         .text = text,
                         .stride = model->heads.out};
    network->x = floats(arena, WINDOW_MAX * width);
    network->gates = floats(arena, WINDOW_MAX * width * 3);
    network->state = floats(arena, WINDOW_MAX * width);
    network->outputs = floats(arena, WINDOW_MAX * (size_t)network->stride);
    network->places = arena_alloc(arena, WINDOW_MAX * sizeof(PlaceRows));
    network->rounded.bytes = aligned(arena, WINDOW_MAX * widest);
    network->rounded.scales = floats(arena, WINDOW_MAX);
    network->cache = arena_alloc(arena, sizeof *network->cache);
    memset(network->cache->keys, 0, sizeof network->cache->keys);
    network->cache->sums = floats(arena, CACHE_SLOTS * width);
    network->cache->fresh = floats(arena, WINDOW_MAX * width);
}

/* ---- input ---- */

/* The sum of what a form tells, rounded into row `at`. */
static void sum_type(Network *network, uint32_t token, uint32_t at) {
    const Model *model = network->model;
    uint32_t size = model->header->embedding;
    uint32_t rows[TYPE_ROWS_MAX];
    uint32_t count = type_rows(network->text, token, &model->words, rows);
    float sum[EMBEDDING_MAX];

    memset(sum, 0, size * sizeof *sum);
    for (uint32_t i = 0; i < count; i++) {
        network->kernel->add_row(model->types + (size_t)rows[i] * size,
                                 model->type_scales[rows[i]], size, sum);
    }
    network->kernel->round(sum, size, network->rounded, at);
}

static uint64_t form_key(const Text *text, uint32_t token) {
    uint64_t shape = word_shape(token_str(text, token));

    return (text->tokens[token].hash ^ shape * UINT64_C(0x9E3779B97F4A7C15)) |
           1;
}

/* Look all forms of the window up; the new ones are summed. Returns how many
 * are new. */
static uint32_t find_types(Network *network, uint32_t first, uint32_t count) {
    TypeCache *cache = network->cache;
    uint32_t fresh = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint64_t key = form_key(network->text, first + i);
        uint32_t slot = (uint32_t)(key >> 32) % CACHE_SLOTS;
        cache->slots[i] = slot;
        cache->source[i] = UINT32_MAX;
        if (cache->keys[slot] == key) {
            continue;
        }
        cache->keys[slot] = key;
        cache->source[i] = fresh;
        cache->missed[fresh] = i;
        sum_type(network, first + i, fresh);
        fresh++;
    }
    return fresh;
}

/* x of the window's tokens. A slot holds a form's sum only once it has been
 * copied there by the token that missed it; tokens come in order, so that
 * each finds what was in its slot at its turn. */
static void embed(Network *network, uint32_t first, uint32_t count) {
    const Model *model = network->model;
    TypeCache *cache = network->cache;
    size_t width = model->header->width;
    uint32_t fresh = find_types(network, first, count);

    network->kernel->multiply(&model->project, network->rounded, fresh,
                              cache->fresh);
    for (uint32_t i = 0; i < count; i++) {
        float *slot = cache->sums + cache->slots[i] * width;
        float *x = network->x + i * width;
        const uint8_t *places = network->places[i].rows;
        if (cache->source[i] != UINT32_MAX) {
            memcpy(slot, cache->fresh + cache->source[i] * width,
                   width * sizeof *slot);
        }
        memcpy(x, slot, width * sizeof *x);
        for (; *places != UINT8_MAX; places++) {
            const float *place = model->places + *places * width;
            for (size_t k = 0; k < width; k++) {
                x[k] += place[k];
            }
        }
    }
}

void network_read(Network *network, uint32_t first, uint32_t last) {
    const Model *model = network->model;
    const Kernel *kernel = network->kernel;
    uint32_t width = model->header->width, count = last - first;

    assert(first < last && count <= WINDOW_MAX);
    embed(network, first, count);
    for (uint32_t l = 0; l < model->header->layers; l++) {
        const Layer *layer = &model->layers[l];
        kernel->normalise(network->x, layer->mix, count, width,
                          network->rounded);
        kernel->multiply(&layer->gates, network->rounded, count,
                         network->gates);
        kernel->remember(network->gates, count, width, network->state,
                         network->x);
    }
    kernel->normalise(network->x, NULL, count, width, network->rounded);
    kernel->multiply(&model->heads, network->rounded, count, network->outputs);
}

/* ---- relations ---- */

static uint8_t best_relation(const float *scores) {
    uint32_t best = 0;

    for (uint32_t i = 1; i < REL_COUNT; i++) {
        if (i != REL_ROOT && scores[i] > scores[best]) {
            best = i;
        }
    }
    return (uint8_t)best;
}

void network_relations(Network *network, const uint32_t *heads, uint32_t first,
                       uint32_t count, uint8_t *relations) {
    const Model *model = network->model;
    const HeadLayout *at = &model->at;
    uint32_t size = model->header->relation;
    float hidden[WIDTH_MAX], *scores = network->gates;

    assert(first + count <= WINDOW_MAX);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t head = heads[i] == TAG_ROOT ? first + i : heads[i];
        const float *own = network->outputs +
                           (size_t)(first + i) * network->stride +
                           at->rel_dependent;
        const float *its =
            network->outputs + (size_t)head * network->stride + at->rel_head;
        for (uint32_t k = 0; k < size; k++) {
            float sum = own[k] + its[k];
            hidden[k] = sum > 0 ? sum : 0;
        }
        network->kernel->round(hidden, size, network->rounded, i);
    }
    network->kernel->multiply(&model->relations, network->rounded, count,
                              scores);
    for (uint32_t i = 0; i < count; i++) {
        relations[i] =
            heads[i] == TAG_ROOT
                ? REL_ROOT
                : best_relation(scores + (size_t)i * model->relations.out);
    }
}
