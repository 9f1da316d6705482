/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_conflicts.c - VIEW_CONFLICTS: what cannot both be true.
 *
 * Room: tell. One entry for each count whose figures exclude one another, with
 * every claim that at least one other contradicts. A later toll of the same
 * claimant is an update and stands in none. */
#include "tell/counts.h"
#include "tell/filter.h"
#include "tell/format.h"
#include "tell/told.h"
#include "tell/views.h"

typedef struct Dispute {
    FigureClaim *items; /* arena */
    uint32_t count, capacity;
} Dispute;

/* The claims of a count that others contradict, in order of their numbers. */
static Dispute read_dispute(Teller *teller, int64_t count) {
    Query *query = query_fixed(
        teller, "SELECT DISTINCT f.claim FROM counted c"
                " JOIN figure f ON f.figure = c.figure"
                " JOIN standing g ON g.report = f.report AND g.latest"
                " WHERE c.count = ?1 AND NOT f.cut ORDER BY f.claim");
    Dispute dispute = {0};

    query_bind(query, 1, count);
    while (query_next(query)) {
        FigureClaim figure;
        if (!figure_read(teller, teller->row, query_int(query, 0), &figure)) {
            continue;
        }
        figure_compare(teller, teller->row, &figure);
        if (figure.conflicts.count) {
            dispute.items =
                arena_grow(teller->row, dispute.items, dispute.count,
                           &dispute.capacity, sizeof *dispute.items);
            dispute.items[dispute.count++] = figure;
        }
    }
    return dispute;
}

/* "killed, Port Lisse". */
static Str about_of(Teller *teller, const Dispute *dispute) {
    for (uint32_t i = 0; i < dispute->count; i++) {
        const FigureClaim *figure = &dispute->items[i];
        if (figure->place.len) {
            return str_format(teller->row, "%.*s, %.*s", (int)figure->kind.len,
                              figure->kind.ptr, (int)figure->place.len,
                              figure->place.ptr);
        }
    }
    return dispute->items[0].kind;
}

static void put_json(Teller *teller, const Dispute *dispute) {
    Json json = json_to(&teller->out);

    json_open(&json, '{');
    json_key_str(&json, "kind", str_of("number"));
    json_key_str(&json, "about", about_of(teller, dispute));
    json_key_int(&json, "count", dispute->items[0].count);
    json_key(&json, "claims");
    json_open(&json, '[');
    for (uint32_t i = 0; i < dispute->count; i++) {
        const FigureClaim *figure = &dispute->items[i];
        json_open(&json, '{');
        json_key_int(&json, "id", figure->claim);
        json_key_str(&json, "report", figure->carriers.items[0].id);
        json_key_span(&json, "span", figure->span);
        json_key_str(&json, "value", figure->words);
        json_key_str_or_null(&json, "claimant", figure->claimant.name);
        json_key_int(&json, "origins", figure->carriers.origins);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    buf_char(&teller->out, '\n');
}

static void put_text(Teller *teller, const Dispute *dispute) {
    Line line = teller_line(teller);

    line_add(&line, INK_BOLD, about_of(teller, dispute));
    line_end(&line, 0, 0);
    for (uint32_t i = 0; i < dispute->count; i++) {
        const FigureClaim *figure = &dispute->items[i];
        line = teller_line(teller);
        line_column(&line, INK_DIM,
                    str_format(teller->row, "%lld", (long long)figure->claim),
                    7);
        line_add(&line, INK_PLAIN, figure->words);
        if (figure->claimant.name.len) {
            line_keep(&line, INK_DIM, str_of("·"));
            line_add(&line, INK_PLAIN, figure->claimant.name);
        }
        told_sources(&line, &figure->carriers, (Str){0});
        line_end(&line, 2, 11);
    }
}

void tell_conflicts(Teller *teller) {
    Query *query = query_open(
        teller,
        "SELECT DISTINCT c.count FROM counted c JOIN figure q ON q.figure = "
        "c.figure JOIN report r ON r.report = q.report"
        " JOIN standing g ON g.report = r.report WHERE NOT q.cut AND g.latest",
        FILTER_REPORTS | FILTER_CLAIMANT | FILTER_KIND | FILTER_PLACE,
        " ORDER BY c.count");
    uint32_t told = 0;

    while ((!teller->filter->max || told < teller->filter->max) &&
           query_next(query)) {
        Dispute dispute = read_dispute(teller, query_int(query, 0));
        if (dispute.count < 2) {
            continue;
        }
        if (teller->style.format == TELL_JSON) {
            put_json(teller, &dispute);
        } else {
            put_text(teller, &dispute);
        }
        teller_row_end(teller);
        told++;
    }
    query_reset(query);
}
