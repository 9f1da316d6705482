/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_find.c - any text goes through all finders, and what they find
 * lies in the text: spans on character boundaries, entities and times that
 * exist, mentions and quotes in order, a why with every claim.
 *
 * The first byte chooses whether litter is cut. */
#include "fuzz.h"

#include "find/find.h"

typedef struct Input {
    Arena arena;
    const uint8_t *data;
    size_t size;
} Input;

enum { MEMORY_MAX = 256 << 20 };

static bool is_boundary(Str text, uint32_t at) {
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static void check_span(Str text, Span span) {
    HOLDS(span.begin <= span.end && span.end <= text.len);
    HOLDS(is_boundary(text, span.begin) && is_boundary(text, span.end));
}

static void check_party(const Analysis *analysis, Party party) {
    check_span(analysis->text.bytes, party.span);
    HOLDS(party.entity >= -1 && party.entity < (int32_t)analysis->entity_count);
}

static void check_names(const Analysis *analysis) {
    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        const Mention *mention = &analysis->mentions[i];
        check_span(analysis->text.bytes, mention->span);
        check_span(analysis->text.bytes, mention->phrase);
        HOLDS(span_holds(mention->phrase, mention->span));
        HOLDS(mention->first < mention->last &&
              mention->last <= analysis->text.token_count);
        HOLDS(mention->entity >= -1 &&
              mention->entity < (int32_t)analysis->entity_count);
        HOLDS(i == 0 || mention[-1].span.begin <= mention->span.begin);
    }
    for (uint32_t i = 0; i < analysis->entity_count; i++) {
        HOLDS(analysis->entities[i].name.len > 0);
        HOLDS(analysis->entities[i].aliases.count > 0);
    }
}

static void check_quotes(const Analysis *analysis) {
    for (uint32_t i = 0; i < analysis->quote_count; i++) {
        const Quote *quote = &analysis->quotes[i];
        check_span(analysis->text.bytes, quote->span);
        HOLDS(!span_empty(quote->span));
        check_span(analysis->text.bytes, quote->cue);
        check_party(analysis, quote->speaker);
        check_party(analysis, quote->addressee);
        HOLDS(quote->why.len > 0);
        HOLDS(quote->part_of >= -1 && quote->part_of != (int32_t)i &&
              quote->part_of < (int32_t)analysis->quote_count);
        HOLDS(i == 0 || quote[-1].span.begin <= quote->span.begin);
    }
}

static void check_figures(const Analysis *analysis) {
    for (uint32_t i = 0; i < analysis->figure_count; i++) {
        const Figure *figure = &analysis->figures[i];
        check_span(analysis->text.bytes, figure->span);
        HOLDS(!span_empty(figure->span));
        check_span(analysis->text.bytes, figure->of);
        check_party(analysis, figure->claimant);
        HOLDS(figure->why.len > 0);
        HOLDS(figure->low < 0 || figure->high < 0 ||
              figure->low <= figure->high);
    }
}

static void check_times(const Analysis *analysis) {
    for (uint32_t i = 0; i < analysis->time_count; i++) {
        const Time *time = &analysis->times[i];
        check_span(analysis->text.bytes, time->span);
        HOLDS(time->first < time->last &&
              time->last <= analysis->text.token_count);
        HOLDS(time->value.len > 0 && time->why.len > 0);
    }
}

static void work(void *context) {
    Input *input = context;
    Str text = fuzz_text(&input->arena, input->data + 1, input->size - 1);
    Report report = {.text = text,
                     .language = str_of("en"),
                     .published = str_of("2022-02-14")};
    FindOptions options = {.clean = input->data[0] % 2 == 0, .find = true};
    Analysis analysis;

    find_all(&input->arena, fuzz_knowledge(), &report, options, &analysis);
    check_times(&analysis);
    check_names(&analysis);
    check_quotes(&analysis);
    check_figures(&analysis);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {.data = data, .size = size};
    Error err;
    Status status;

    if (size == 0) {
        return 0;
    }
    arena_init(&input.arena, MEMORY_MAX);
    status = arena_try(&input.arena, work, &input, &err);
    HOLDS(status == OK || status == ERR_LIMIT);
    arena_deinit(&input.arena);
    return 0;
}
