/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_choose.c - see page_choose.h. */
#include "clean/page_choose.h"

#include <math.h>
#include <string.h>

#include "base/map.h"

enum { AROUND = 10 }; /* blocks on either side */

const float page_threshold = -0.3F;

typedef struct Mass {
    double text, words; /* words that are main text, by the first trees; all */
} Mass;

typedef struct Context {
    const Page *page;
    const PageFeatures *features;
    float *share;    /* of each block: the first trees' probability */
    Mass *before;    /* sums over the blocks before; one more than blocks */
    Mass *shapes;    /* by number */
    uint32_t *shape; /* of each block */
} Context;

static float ratio(Mass mass) {
    return mass.words > 0 ? (float)(mass.text / mass.words) : 0;
}

static Mass mass_of(const Context *context, uint32_t first, uint32_t last) {
    const Mass *a = &context->before[first], *b = &context->before[last];

    return (Mass){b->text - a->text, b->words - a->words};
}

static void sum_up(Arena *arena, Context *context) {
    const Page *page = context->page;
    uint32_t count = 0;
    Map map;

    map_init(&map, arena, page->block_count);
    for (uint32_t i = 0; i < page->block_count; i++) {
        double words = context->features->counts[i].words;
        double text = words * context->share[i];
        const PageElement *holder = &page->elements[page->blocks[i].holder];
        uint32_t number = *map_put(&map, holder->shape, count, NULL);
        count += number == count;
        context->shape[i] = number;
        context->shapes[number].text += text;
        context->shapes[number].words += words;
        context->before[i + 1].text = context->before[i].text + text;
        context->before[i + 1].words = context->before[i].words + words;
    }
}

static float share_at(const Context *context, int64_t at) {
    return at < 0 || at >= context->page->block_count ? -1 : context->share[at];
}

static void put_context(const Context *context, uint32_t i, float *row) {
    const Page *page = context->page;
    const Mass *all = &context->before[page->block_count];
    uint32_t up = page->blocks[i].holder;
    uint32_t low = i > AROUND ? i - AROUND : 0;
    uint32_t high = i + AROUND + 1;

    high = high < page->block_count ? high : page->block_count;
    row[CONTEXT_SELF] = context->share[i];
    for (int step = 1; step <= 3; step++) {
        row[CONTEXT_BEFORE1 + step - 1] = share_at(context, (int64_t)i - step);
        row[CONTEXT_AFTER1 + step - 1] = share_at(context, (int64_t)i + step);
    }
    for (int level = 0; level < 3; level++) {
        const PageElement *element;
        up = page->elements[up].parent;
        element = &page->elements[up];
        row[CONTEXT_UP1 + level] =
            ratio(mass_of(context, element->first, element->last));
    }
    row[CONTEXT_SHAPE] = ratio(context->shapes[context->shape[i]]);
    row[CONTEXT_MASS_BEFORE] =
        (float)(context->before[i].text / fmax(1e-9, all->text));
    row[CONTEXT_MASS] = (float)log1p(all->text);
    row[CONTEXT_AROUND] = ratio(mass_of(context, low, high));
}

float *page_odds(Arena *arena, const Page *page, const PageFeatures *features) {
    uint32_t blocks = page->block_count;
    float *odds = arena_alloc(arena, (blocks + 1) * sizeof *odds);
    Context context = {
        .page = page,
        .features = features,
        .share = arena_alloc(arena, (blocks + 1) * sizeof(float)),
        .before = arena_zero(arena, (blocks + 1) * sizeof(Mass)),
        .shapes = arena_zero(arena, (blocks + 1) * sizeof(Mass)),
        .shape = arena_alloc(arena, (blocks + 1) * sizeof(uint32_t)),
    };
    float row[CONTEXT_END];

    for (uint32_t i = 0; i < blocks; i++) {
        float score = page_trees_score(&page_trees_first, features->rows[i]);
        context.share[i] = 1 / (1 + expf(-score));
    }
    sum_up(arena, &context);
    for (uint32_t i = 0; i < blocks; i++) {
        memcpy(row, features->rows[i], sizeof features->rows[i]);
        put_context(&context, i, row);
        odds[i] = page_trees_score(&page_trees_second, row);
    }
    return odds;
}
