/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_claims.c - VIEW_QUOTES and VIEW_FIGURES: claims, one a line.
 *
 * Room: tell. A claim is told when one of its reports is among those asked
 * for; it is then told whole, with all that carry it. */
#include "tell/claims.h"
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
            figure_json(&json, &figure);
            buf_char(&teller->out, '\n');
        } else {
            put_figure(teller, &figure);
        }
        teller_row_end(teller);
    }
}
