/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_clean.c - any text is cut into blocks in order, and the body is
 * the runs of those that are no litter.
 *
 * The first byte chooses whether litter is cut, and where the url begins. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "clean/clean.h"
#include "read/date.h"

typedef struct Input {
    Arena arena;
    const uint8_t *data;
    size_t size;
} Input;

static void check_blocks(const Clean *clean, bool litter) {
    uint32_t end = 0;

    for (uint32_t i = 0; i < clean->block_count; i++) {
        const Block *block = &clean->blocks[i];
        Span trimmed = span_trim(clean->text, block->span);
        HOLDS(block->span.begin < block->span.end);
        HOLDS(block->span.begin >= end && block->span.end <= clean->text.len);
        HOLDS(memcmp(&trimmed, &block->span, sizeof trimmed) == 0);
        HOLDS(block->kind < BLOCK_KIND_COUNT);
        HOLDS((block->kind == BLOCK_LITTER) == (block->why.len > 0));
        HOLDS(litter || block->kind != BLOCK_LITTER);
        HOLDS(
            str_trim(str_slice(clean->text, end, block->span.begin)).len == 0 ||
            span_empty(span_trim(clean->text, (Span){end, block->span.begin})));
        end = block->span.end;
    }
    HOLDS(span_empty(
        span_trim(clean->text, (Span){end, (uint32_t)clean->text.len})));
}

/* Every block lies in the body or is litter; runs are maximal. */
static void check_body(const Clean *clean) {
    uint32_t run = 0;

    for (uint32_t i = 0; i < clean->block_count; i++) {
        const Block *block = &clean->blocks[i];
        bool first = i == 0 || clean->blocks[i - 1].kind == BLOCK_LITTER;
        if (block->kind == BLOCK_LITTER) {
            run += !first;
            continue;
        }
        HOLDS(run < clean->body.count);
        HOLDS(span_holds(clean->body.items[run], block->span));
        HOLDS(!first || clean->body.items[run].begin == block->span.begin);
    }
    run += clean->block_count > 0 &&
           clean->blocks[clean->block_count - 1].kind != BLOCK_LITTER;
    HOLDS(run == clean->body.count);
}

static void check_lists(const Clean *clean) {
    for (uint32_t i = 0; i < clean->byline.count; i++) {
        HOLDS(clean->byline.items[i].len > 0);
    }
    for (uint32_t i = 0; i < clean->credit.count; i++) {
        HOLDS(clean->credit.items[i].len > 0);
    }
    HOLDS((clean->published.len > 0) ==
          (clean->published_from != PUBLISHED_NONE));
    HOLDS(clean->published.len == 0 || date_is_iso(clean->published));
}

static void work(void *context) {
    Input *input = context;
    Str text = fuzz_text(&input->arena, input->data + 1, input->size - 1);
    bool litter = input->data[0] % 2 == 0;
    size_t from = text.len * (input->data[0] / 2) / 128;
    Report report = {.text = text};
    Clean clean;

    while (from < text.len && ((unsigned char)text.ptr[from] & 0xC0) == 0x80) {
        from++;
    }
    report.url = str_slice(text, from, text.len);
    clean_report(&input->arena, fuzz_lexicon(), &report, litter, &clean);
    HOLDS(str_equal(clean.text, text));
    check_blocks(&clean, litter);
    check_body(&clean);
    check_lists(&clean);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {.data = data, .size = size};
    Error err;
    Status status;

    if (size == 0) {
        return 0;
    }
    arena_init(&input.arena, 0);
    status = arena_try(&input.arena, work, &input, &err);
    HOLDS(status == OK);
    arena_deinit(&input.arena);
    return 0;
}
