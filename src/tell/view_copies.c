/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_copies.c - VIEW_COPIES: pairs of reports that share passages.
 *
 * Room: tell. */
#include "tell/filter.h"
#include "tell/format.h"
#include "tell/told.h"
#include "tell/views.h"

enum {
    COL_A,
    COL_B,
    COL_A_ID,
    COL_B_ID,
    COL_A_LABEL,
    COL_B_LABEL,
    COL_KIND,
    COL_SHARE_A,
    COL_SHARE_B,
    COL_ONE_SOURCE,
    COL_WHY,
};

enum { WORDS_SHOWN = 3, WORDS_WIDTH = 160 };

/* The pairs of which either report is one that was asked for. */
static const char head[] =
    "SELECT c.a, c.b, x.id, y.id, x.label, y.label, c.kind, c.share_a,"
    " c.share_b, c.one_source, c.why FROM copy c"
    " JOIN report x ON x.report = c.a"
    " JOIN report y ON y.report = c.b"
    " WHERE (:kind IS NULL OR c.kind = :kind COLLATE NOCASE)"
    " AND EXISTS (SELECT 1 FROM report r JOIN standing g"
    " ON g.report = r.report WHERE r.report IN (c.a, c.b)";

static const char passage_sql[] =
    "SELECT p.a_begin, p.a_end, p.b_begin, p.b_end,"
    " CAST(substr(CAST(x.text AS BLOB), p.a_begin + 1,"
    " p.a_end - p.a_begin) AS TEXT)"
    " FROM passage p JOIN report x ON x.report = p.a"
    " WHERE p.a = ?1 AND p.b = ?2 ORDER BY p.a_begin, p.b_begin";

static Query *open_passages(Teller *teller, Query *query) {
    Query *passages = query_fixed(teller, passage_sql);

    query_bind(passages, 1, query_int(query, COL_A));
    query_bind(passages, 2, query_int(query, COL_B));
    return passages;
}

static void put_json(Teller *teller, Query *query) {
    Json json = json_to(&teller->out);
    Query *passages = open_passages(teller, query);

    json_open(&json, '{');
    json_key_str(&json, "a", query_text(query, COL_A_ID));
    json_key_str(&json, "b", query_text(query, COL_B_ID));
    json_key(&json, "share_a");
    json_number(&json, query_real(query, COL_SHARE_A), 3);
    json_key(&json, "share_b");
    json_number(&json, query_real(query, COL_SHARE_B), 3);
    json_key(&json, "passages");
    json_open(&json, '[');
    while (query_next(passages)) {
        json_open(&json, '{');
        json_key_span(&json, "a", query_span(passages, 0));
        json_key_span(&json, "b", query_span(passages, 2));
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_key_str(&json, "kind", query_text(query, COL_KIND));
    json_key_bool(&json, "one_source", query_int(query, COL_ONE_SOURCE) != 0);
    json_key_str(&json, "why", query_text(query, COL_WHY));
    json_close(&json, '}');
    buf_char(&teller->out, '\n');
}

/* "Herald and Post share 3 passages: 83% of Herald, 41% of Post (edited)". */
static void put_head(Teller *teller, Query *query, uint64_t passages) {
    Line line = teller_line(teller);
    Str a = query_text(query, COL_A_LABEL);
    Str b = query_text(query, COL_B_LABEL);

    line_column(&line, INK_MARK, query_text(query, COL_KIND), 7);
    line_add(&line, INK_BOLD, a);
    line_add(&line, INK_PLAIN, str_of("and"));
    line_add(&line, INK_BOLD, b);
    line_add(&line, INK_PLAIN, str_of("share"));
    line_add(&line, INK_PLAIN, count_words(teller->row, passages, "passage"));
    line_join(&line, INK_PLAIN,
              str_format(teller->row, ": %.0f%% and %.0f%% of their words",
                         query_real(query, COL_SHARE_A) * 100,
                         query_real(query, COL_SHARE_B) * 100));
    line_add(&line, INK_DIM,
             str_format(teller->row, "(%s, %s)",
                        query_dup(query, teller->row, COL_A_ID).ptr,
                        query_dup(query, teller->row, COL_B_ID).ptr));
    line_end(&line, 0, 8);
}

static void put_text(Teller *teller, Query *query) {
    Query *passages = open_passages(teller, query);
    uint64_t count = 0;
    Line line;

    while (query_next(passages)) {
        count++;
    }
    put_head(teller, query, count);
    passages = open_passages(teller, query);
    line = teller_line(teller);
    for (int i = 0; i < WORDS_SHOWN && query_next(passages); i++) {
        line_add(&line, INK_PLAIN,
                 text_cut(teller->row,
                          text_flat(teller->row, query_text(passages, 4)),
                          WORDS_WIDTH));
        line_keep(&line, INK_DIM,
                  str_format(teller->row, "[%lld] [%lld]",
                             (long long)query_int(passages, 0),
                             (long long)query_int(passages, 2)));
        line_end(&line, 8, 10);
    }
    query_reset(passages);
}

void tell_copies(Teller *teller) {
    Query *query = query_open(teller, head, FILTER_REPORTS,
                              ") ORDER BY c.a, c.b LIMIT :max");

    while (query_next(query)) {
        if (teller->style.format == TELL_JSON) {
            put_json(teller, query);
        } else {
            put_text(teller, query);
        }
        teller_row_end(teller);
    }
}
