/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_claims.c - VIEW_QUOTES, VIEW_FIGURES, VIEW_EVENTS: claims.
 *
 * Room: tell. A claim is told when one of its reports is among those asked
 * for; it is then told whole, with all that carry it. */
#include "tell/claims.h"
#include "tell/counts.h"
#include "tell/filter.h"
#include "tell/format.h"
#include "tell/told.h"
#include "tell/views.h"

static void put_quote(Teller *teller, const QuoteClaim *quote) {
    Line line = teller_line(teller);
    Str date = quote->time.len ? quote->time
                               : date_day(quote->carriers.items[0].published);

    line_column(&line, INK_DIM,
                str_format(teller->row, "%lld", (long long)quote->claim), 7);
    line_column(&line, INK_PLAIN, date_words(teller->row, date), 12);
    told_voice(&line, &quote->speaker);
    line_add(&line, INK_PLAIN, quote->words);
    told_sources(&line, &quote->carriers,
                 via_words(teller, teller->row, quote->via));
    line_end(&line, 0, 20);
}

static void put_figure(Teller *teller, const FigureClaim *figure) {
    Line line = teller_line(teller);
    Str date = figure->to.len ? figure->to
                              : date_day(figure->carriers.items[0].published);

    line_column(&line, INK_DIM,
                str_format(teller->row, "%lld", (long long)figure->claim), 7);
    line_column(&line, INK_PLAIN, date_words(teller->row, date), 12);
    line_column(&line, INK_PLAIN, figure->kind, 9);
    line_add(&line, INK_BOLD, figure->words);
    if (figure->claimant.name.len) {
        line_keep(&line, INK_DIM, str_of("·"));
        line_add(&line, INK_PLAIN, figure->claimant.name);
    }
    told_sources(&line, &figure->carriers, (Str){0});
    line_end(&line, 0, 30);
}

/* "Ardan government", else "ARDGOV", else the words as they stand. */
static void put_sides(Line *line, const Sides *sides) {
    for (uint32_t i = 0; i < sides->count; i++) {
        const SideClaim *side = &sides->items[i];
        Str name = side->name.len ? side->name : side->words;

        if (i) {
            line_join(line, INK_PLAIN, str_of(","));
        }
        line_add(line, INK_BOLD, name);
        if (side->code.len) {
            line_keep(line, INK_DIM,
                      str_format(line->arena, "(%.*s)", (int)side->code.len,
                                 side->code.ptr));
        }
    }
}

static void put_event(Teller *teller, const EventClaim *event) {
    Line line = teller_line(teller);
    Str date = event->time.len ? event->time
                               : date_day(event->carriers.items[0].published);

    line_column(&line, INK_DIM,
                str_format(teller->row, "%lld", (long long)event->claim), 7);
    line_column(&line, INK_PLAIN, date_words(teller->row, date), 12);
    line_column(&line, INK_PLAIN, event->cameo, 5);
    put_sides(&line, &event->sources);
    line_add(&line, INK_DIM, str_of("→"));
    put_sides(&line, &event->targets);
    line_keep(&line, INK_DIM, str_of("·"));
    line_add(&line, INK_PLAIN, event->words);
    told_sources(&line, &event->carriers, (Str){0});
    line_end(&line, 0, 25);
}

void tell_quotes(Teller *teller) {
    Query *query =
        query_open(teller,
                   "SELECT DISTINCT q.claim FROM quote q JOIN report r"
                   " JOIN standing g ON g.report = r.report AND r.report = "
                   "q.report WHERE NOT q.cut AND g.latest",
                   FILTER_REPORTS | FILTER_SPEAKER | FILTER_KIND | FILTER_PLACE,
                   " ORDER BY q.claim LIMIT :max");

    while (query_next(query)) {
        QuoteClaim quote;
        if (!quote_read(teller, teller->row, query_int(query, 0), &quote)) {
            continue;
        }
        if (teller->style.format == TELL_JSON) {
            Json json = json_to(&teller->out);
            quote_json(&json, &quote);
            buf_char(&teller->out, '\n');
        } else {
            put_quote(teller, &quote);
        }
        teller_row_end(teller);
    }
}

void tell_figures(Teller *teller) {
    Query *query = query_open(
        teller,
        "SELECT DISTINCT q.claim FROM figure q JOIN report r"
        " JOIN standing g ON g.report = r.report AND r.report = q.report WHERE "
        "NOT q.cut AND g.latest",
        FILTER_REPORTS | FILTER_CLAIMANT | FILTER_KIND | FILTER_PLACE,
        " ORDER BY q.claim LIMIT :max");

    while (query_next(query)) {
        FigureClaim figure;
        if (!figure_read(teller, teller->row, query_int(query, 0), &figure)) {
            continue;
        }
        if (teller->style.format == TELL_JSON) {
            Json json = json_to(&teller->out);
            figure_compare(teller, teller->row, &figure);
            figure_json(&json, &figure);
            buf_char(&teller->out, '\n');
        } else {
            put_figure(teller, &figure);
        }
        teller_row_end(teller);
    }
}

void tell_events(Teller *teller) {
    Query *query =
        query_open(teller,
                   "SELECT DISTINCT q.claim FROM event q JOIN report r"
                   " JOIN standing g ON g.report = r.report AND r.report = "
                   "q.report WHERE NOT q.cut AND g.latest",
                   FILTER_REPORTS | FILTER_ACTOR | FILTER_CODE | FILTER_PLACE,
                   " ORDER BY q.claim LIMIT :max");

    while (query_next(query)) {
        EventClaim event;
        if (!event_read(teller, teller->row, query_int(query, 0), &event)) {
            continue;
        }
        if (teller->style.format == TELL_JSON) {
            Json json = json_to(&teller->out);
            event_json(&json, &event);
            buf_char(&teller->out, '\n');
        } else {
            put_event(teller, &event);
        }
        teller_row_end(teller);
    }
}
