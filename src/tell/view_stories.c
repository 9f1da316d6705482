/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_stories.c - VIEW_STORIES: stories with their reports and origins.
 *
 * Room: tell. Reports of a story stand by origin, so that the groups of copies
 * are read off in one walk. */
#include "tell/filter.h"
#include "tell/format.h"
#include "tell/told.h"
#include "tell/views.h"

/* One report of a story. */
typedef struct Member {
    Str id, label, published;
    int64_t origin;
} Member;

typedef struct Members {
    Member *items; /* row arena */
    uint32_t count, capacity, origins;
} Members;

Line teller_line(Teller *teller) {
    return line_to(teller->row, &teller->out, teller->style.width,
                   teller->style.colour);
}

void teller_row_end(Teller *teller) {
    teller_flush(teller, false);
    arena_reset(teller->row);
}

/* By origin, and origins in the order of their first report. */
static const char members_sql[] =
    "SELECT r.id, r.label, r.published, g.origin FROM report r JOIN standing "
    "g ON g.report = r.report"
    " WHERE g.story = ?1 AND g.latest ORDER BY min(r.report)"
    " OVER (PARTITION BY g.origin), g.origin, r.report";

static void read_members(Teller *teller, int64_t story, Members *out) {
    Query *query = query_fixed(teller, members_sql);

    *out = (Members){0};
    query_bind(query, 1, story);
    while (query_next(query)) {
        int64_t origin = query_int(query, 3);
        out->origins +=
            out->count == 0 || out->items[out->count - 1].origin != origin;
        out->items = arena_grow(teller->row, out->items, out->count,
                                &out->capacity, sizeof *out->items);
        out->items[out->count++] = (Member){
            query_dup(query, teller->row, 0), query_dup(query, teller->row, 1),
            query_dup(query, teller->row, 2), origin};
    }
}

static void put_ids(Json *json, const Members *members, bool groups) {
    json_open(json, '[');
    for (uint32_t i = 0; i < members->count; i++) {
        bool first =
            i == 0 || members->items[i].origin != members->items[i - 1].origin;
        if (groups && first) {
            if (i) {
                json_close(json, ']');
            }
            json_open(json, '[');
        }
        json_str(json, members->items[i].id);
    }
    if (groups && members->count) {
        json_close(json, ']');
    }
    json_close(json, ']');
}

/* Columns of the story's row. */
enum { COL_STORY, COL_STORYLINE, COL_TITLE, COL_FROM, COL_TO };

static void put_json(Teller *teller, Query *query, const Members *members) {
    Json json = json_to(&teller->out);

    json_open(&json, '{');
    json_key_int(&json, "story", query_int(query, COL_STORY));
    json_key_str(&json, "title", query_text(query, COL_TITLE));
    json_key_str_or_null(&json, "from", query_text(query, COL_FROM));
    json_key_str_or_null(&json, "to", query_text(query, COL_TO));
    json_key_int(&json, "storyline", query_int(query, COL_STORYLINE));
    json_key(&json, "reports");
    put_ids(&json, members, false);
    json_key(&json, "origins");
    put_ids(&json, members, true);
    json_close(&json, '}');
    buf_char(&teller->out, '\n');
}

/* "2  Title" and below it the days and the outlets. */
static void put_text(Teller *teller, Query *query, const Members *members) {
    Line line = teller_line(teller);
    Arena *row = teller->row;

    line_column(&line, INK_DIM,
                str_format(row, "%lld", (long long)query_int(query, COL_STORY)),
                6);
    line_add(&line, INK_BOLD, query_text(query, COL_TITLE));
    line_end(&line, 0, 7);
    line_add(&line, INK_PLAIN,
             date_range(row, query_text(query, COL_FROM),
                        query_text(query, COL_TO)));
    for (uint32_t i = 0; i < members->count; i++) {
        const Member *member = &members->items[i];
        line_keep(&line, INK_DIM,
                  str_format(row, "· %.*s", (int)member->label.len,
                             member->label.ptr));
    }
    told_fewer(&line, members->count, members->origins);
    line_end(&line, 7, 7);
}

void tell_stories(Teller *teller) {
    Query *query = query_open(
        teller,
        "SELECT s.story, s.storyline, s.title, s.\"from\", s.\"to\" FROM story"
        " s WHERE EXISTS (SELECT 1 FROM report r JOIN standing g ON g.report = "
        "r.report WHERE g.story = s.story"
        " AND g.latest",
        FILTER_REPORTS, ") ORDER BY s.story LIMIT :max");

    while (query_next(query)) {
        Members members;
        read_members(teller, query_int(query, COL_STORY), &members);
        if (teller->style.format == TELL_JSON) {
            put_json(teller, query, &members);
        } else {
            put_text(teller, query, &members);
        }
        teller_row_end(teller);
    }
}
