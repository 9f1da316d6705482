/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_litter.c - VIEW_LITTER: what was cut from reports, and why.
 *
 * Room: tell. */
#include "tell/filter.h"
#include "tell/told.h"
#include "tell/views.h"

enum { COL_ID, COL_OUTLET, COL_LABEL, COL_BEGIN, COL_END, COL_WHY, COL_WORDS };

static void put_json(Teller *teller, Query *query) {
    Json json = json_to(&teller->out);

    json_open(&json, '{');
    json_key_str(&json, "report", query_text(query, COL_ID));
    json_key_str_or_null(&json, "outlet", query_text(query, COL_OUTLET));
    json_key_span(&json, "span", query_span(query, COL_BEGIN));
    json_key_str(&json, "why", query_text(query, COL_WHY));
    json_key_str(&json, "text", query_text(query, COL_WORDS));
    json_close(&json, '}');
    buf_char(&teller->out, '\n');
}

static void put_text(Teller *teller, Query *query) {
    Line line = teller_line(teller);

    line_add(&line, INK_PLAIN, query_text(query, COL_WORDS));
    told_source(&line, "—", query_text(query, COL_LABEL),
                query_span(query, COL_BEGIN).begin);
    line_add(&line, INK_DIM, query_text(query, COL_WHY));
    line_end(&line, 0, 4);
}

void tell_litter(Teller *teller) {
    Query *query = query_open(
        teller,
        "SELECT r.id, r.outlet, r.label, j.value ->> '$.span[0]' AS begin,"
        " j.value ->> '$.span[1]' AS end, j.value ->> '$.why',"
        " CAST(substr(CAST(r.text AS BLOB), (j.value ->> '$.span[0]') + 1,"
        " (j.value ->> '$.span[1]') - (j.value ->> '$.span[0]')) AS TEXT)"
        " FROM report r JOIN standing g ON g.report = r.report"
        " JOIN json_each(r.litter) j WHERE g.latest",
        FILTER_REPORTS | FILTER_WHY, " ORDER BY r.report, begin LIMIT :max");

    while (query_next(query)) {
        if (teller->style.format == TELL_JSON) {
            put_json(teller, query);
        } else {
            put_text(teller, query);
        }
        teller_row_end(teller);
    }
}
