/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_names.c - VIEW_NAMES: people, organisations and places over all
 * reports, under every spelling.
 *
 * Room: tell. */
#include "tell/filter.h"
#include "tell/format.h"
#include "tell/views.h"

enum { COL_ENTITY, COL_NAME, COL_TYPE, COL_CODE };

static const char aliases_sql[] =
    "SELECT a.alias FROM alias a JOIN report r JOIN standing g ON g.report = "
    "r.report AND r.report = a.report"
    " AND g.latest WHERE a.entity = ?1 GROUP BY a.alias"
    " ORDER BY count(*) DESC, a.alias";

static const char roles_sql[] =
    "SELECT a.role, a.role_of, min(substr(r.published, 1, 10)),"
    " max(substr(r.published, 1, 10)), a.role_of IS NULL AND EXISTS (SELECT 1 "
    "FROM alias b WHERE b.entity = ?1 AND b.role = a.role AND b.role_of IS NOT "
    "NULL) FROM alias a JOIN report r"
    " JOIN standing g ON g.report = r.report AND r.report = a.report AND "
    "g.latest"
    " WHERE a.entity = ?1 AND a.role IS NOT NULL GROUP BY a.role, a.role_of"
    " ORDER BY 3 IS NULL, 3, 1, 2";

static const char reports_sql[] =
    "SELECT DISTINCT r.id FROM alias a JOIN report r JOIN standing g ON "
    "g.report = r.report AND r.report = a.report"
    " AND g.latest WHERE a.entity = ?1 ORDER BY r.report";

static Query *open_for(Teller *teller, const char *sql, int64_t entity) {
    Query *query = query_fixed(teller, sql);

    query_bind(query, 1, entity);
    return query;
}

static void put_strings(Json *json, const char *key, Query *query) {
    json_key(json, key);
    json_open(json, '[');
    while (query_next(query)) {
        json_str(json, query_text(query, 0));
    }
    json_close(json, ']');
}

static void put_json(Teller *teller, Query *query) {
    Json json = json_to(&teller->out);
    int64_t entity = query_int(query, COL_ENTITY);
    Query *roles;

    json_open(&json, '{');
    json_key_int(&json, "entity", entity);
    json_key_str(&json, "name", query_text(query, COL_NAME));
    json_key_str(&json, "type", query_text(query, COL_TYPE));
    json_key_str_or_null(&json, "code", query_text(query, COL_CODE));
    put_strings(&json, "aliases", open_for(teller, aliases_sql, entity));
    json_key(&json, "roles");
    json_open(&json, '[');
    roles = open_for(teller, roles_sql, entity);
    while (query_next(roles)) {
        json_open(&json, '{');
        json_key_str(&json, "role", query_text(roles, 0));
        json_key_str_or_null(&json, "of", query_text(roles, 1));
        json_key_str_or_null(&json, "from", query_text(roles, 2));
        json_key_str_or_null(&json, "to", query_text(roles, 3));
        json_close(&json, '}');
    }
    json_close(&json, ']');
    put_strings(&json, "reports", open_for(teller, reports_sql, entity));
    json_close(&json, '}');
    buf_char(&teller->out, '\n');
}

/* "(also J. Doe, Jayne Doe)". */
static void put_aliases(Teller *teller, Line *line, int64_t entity, Str name) {
    Query *query = open_for(teller, aliases_sql, entity);
    bool started = false;

    while (query_next(query)) {
        Str alias = query_text(query, 0);
        if (str_equal(alias, name)) {
            continue;
        }
        if (started) {
            line_join(line, INK_DIM, str_of(","));
        } else {
            line_add(line, INK_DIM, str_of("(also"));
        }
        line_add(line, INK_PLAIN, alias);
        started = true;
    }
    line_join(line, INK_DIM, str_of(started ? ")" : ""));
}

/* A role that another row tells with its country or house is left out. */
static void put_roles(Teller *teller, Line *line, int64_t entity) {
    Query *query = open_for(teller, roles_sql, entity);

    while (query_next(query)) {
        if (query_int(query, 4)) {
            continue;
        }
        line_join(line, INK_PLAIN, str_of(","));
        line_add(line, INK_PLAIN, query_text(query, 0));
        if (!query_null(query, 1)) {
            line_add(line, INK_PLAIN, str_of("of"));
            line_add(line, INK_PLAIN, query_text(query, 1));
        }
    }
}

static void put_text(Teller *teller, Query *query) {
    Line line = teller_line(teller);
    int64_t entity = query_int(query, COL_ENTITY);
    Query *reports = open_for(teller, reports_sql, entity);
    uint64_t count = 0;

    while (query_next(reports)) {
        count++;
    }
    line_column(&line, INK_DIM,
                str_format(teller->row, "%lld", (long long)entity), 7);
    line_column(&line, INK_DIM, query_text(query, COL_TYPE), 5);
    line_column(&line, INK_DIM, query_text(query, COL_CODE), 10);
    line_add(&line, INK_BOLD, query_text(query, COL_NAME));
    put_roles(teller, &line, entity);
    put_aliases(teller, &line, entity, query_text(query, COL_NAME));
    line_keep(&line, INK_DIM,
              str_format(teller->row, "(%s)",
                         count_words(teller->row, count, "report").ptr));
    line_end(&line, 0, 25);
}

void tell_names(Teller *teller) {
    Query *query = query_open(
        teller,
        "SELECT e.entity, e.name, e.type, e.code FROM entity e WHERE EXISTS"
        " (SELECT 1 FROM alias a JOIN report r JOIN standing g ON g.report = "
        "r.report AND r.report = a.report"
        " WHERE a.entity = e.entity AND g.latest",
        FILTER_REPORTS | FILTER_NAME | FILTER_TYPE,
        ") ORDER BY e.entity LIMIT :max");

    while (query_next(query)) {
        if (teller->style.format == TELL_JSON) {
            put_json(teller, query);
        } else {
            put_text(teller, query);
        }
        teller_row_end(teller);
    }
}
