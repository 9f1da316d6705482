/* SPDX-License-Identifier: Apache-2.0 */
/* find/figures.c - how many people were killed, wounded, driven out ...
 *
 * Room: find. Sentence by sentence: triggers, counts, the kind of each count,
 * and the details (see figure_parts.h). Sentences without a trigger and a
 * number, nearly all of them, cost a few bit tests a token. */
#include "find/figure_parts.h"
#include "find/finders.h"

#include <assert.h>

static bool has_kind(const Count *count) {
    return count->kind < FIGURE_KIND_COUNT;
}

static void push_figure(Figures *figures, const Count *count) {
    Analysis *analysis = figures->analysis;
    Span span = range_span(figures->text, count->range);
    Span trigger = range_span(figures->text, count->trigger);
    Figure *figure;

    assert(has_kind(count) && count->rule);
    analysis->figures =
        arena_grow(figures->arena, analysis->figures, analysis->figure_count,
                   &analysis->figure_capacity, sizeof *analysis->figures);
    figure = &analysis->figures[analysis->figure_count++];
    *figure = (Figure){
        .span = span,
        .kind = (FigureKind)count->kind,
        .low = count->low,
        .high = count->high,
        .best = count->best,
        .approximate = count->approximate,
        .why = str_format(figures->arena, "%s: %.*s", count->rule,
                          (int)(trigger.end - trigger.begin),
                          figures->text->bytes.ptr + trigger.begin),
    };
    figure_details(figures, count, figure);
}

/* For the counts that go on from this one. */
static void remember(Figures *figures, const Count *count) {
    figures->last_kind = count->kind;
    figures->last_sentence = figures->sentence;
    if (figure_is_toll(count)) {
        figures->toll_kind = count->kind;
    }
}

static void read_sentence(Figures *figures) {
    bool any = false;

    figure_triggers(figures);
    if (!figures->trigger_count && !figure_goes_on(figures)) {
        return;
    }
    figure_counts(figures);
    if (!figures->count_count) {
        return;
    }
    figure_kinds(figures);
    for (uint32_t i = 0; i < figures->count_count; i++) {
        any |= has_kind(&figures->counts[i]);
    }
    if (any) {
        figure_lone_counts(figures);
        figure_kinds(figures);
    }
    for (uint32_t i = 0; i < figures->count_count; i++) {
        if (has_kind(&figures->counts[i])) {
            push_figure(figures, &figures->counts[i]);
            remember(figures, &figures->counts[i]);
        }
    }
}

void find_figures(Arena *arena, Analysis *analysis, const Words *words) {
    Figures figures = {.arena = arena,
                       .analysis = analysis,
                       .text = &analysis->text,
                       .words = *words,
                       .last_kind = KIND_NONE,
                       .toll_kind = KIND_NONE,
                       .claimed.entity = -1,
                       .nameless.entity = -1};

    for (uint32_t i = 0; i < analysis->text.sentence_count; i++) {
        const Sentence *sentence = &analysis->text.sentences[i];
        if (!sentence->heading) {
            figures.sentence = i;
            figures.range = (Range){sentence->first, sentence->last};
            read_sentence(&figures);
        }
    }
}
