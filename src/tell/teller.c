/* SPDX-License-Identifier: Apache-2.0 */
/* tell/teller.c - see teller.h. */
#include "tell/teller.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/ascii.h"
#include "tell/filter.h"

enum { FLUSH_BYTES = 64 << 10 };

void teller_fail(Teller *teller, Status status, const char *format, ...) {
    char message[ERROR_MESSAGE_MAX];
    va_list arguments;

    if (teller->status != OK) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    teller->status = fail(&teller->error, status, "%s", message);
}

bool teller_ok(const Teller *teller) {
    return teller->status == OK;
}

void teller_flush(Teller *teller, bool all) {
    if (teller->out.status != OK && teller_ok(teller)) {
        teller->status = buf_check(&teller->out, &teller->error);
    }
    if (!teller_ok(teller) || teller->out.len < (all ? 1 : FLUSH_BYTES)) {
        return;
    }
    if (!teller->sink.write(teller->sink.context, buf_str(&teller->out))) {
        teller_fail(teller, ERR_IO, "the output was closed");
    }
    buf_reset(&teller->out);
}

static Query *add_query(Teller *teller, const char *literal, Str sql) {
    Query *query = &teller->queries[teller->query_count];
    sqlite3 *db = store_db(teller->store);

    assert(teller->query_count < TELLER_QUERIES);
    teller->query_count++;
    *query = (Query){.teller = teller, .sql = literal};
    if (teller_ok(teller) &&
        sqlite3_prepare_v2(db, sql.ptr, (int)sql.len, &query->statement,
                           NULL) != SQLITE_OK) {
        teller_fail(teller, ERR_STORE, "store: %s", sqlite3_errmsg(db));
    }
    return query;
}

Query *query_fixed(Teller *teller, const char *sql) {
    for (uint32_t i = 0; i < teller->query_count; i++) {
        if (teller->queries[i].sql == sql) {
            query_reset(&teller->queries[i]);
            return &teller->queries[i];
        }
    }
    return add_query(teller, sql, str_of(sql));
}

Query *query_open(Teller *teller, const char *head, uint32_t conditions,
                  const char *tail) {
    StrList parts = {0};
    Query *query;
    Str sql = str_of(head);

    filter_conditions(teller->filter, conditions, teller->arena, &parts);
    for (uint32_t i = 0; i < parts.count; i++) {
        sql = str_format(teller->arena, "%.*s AND %.*s", (int)sql.len, sql.ptr,
                         (int)parts.items[i].len, parts.items[i].ptr);
    }
    sql = str_join(teller->arena, sql, str_of(tail));
    query = add_query(teller, NULL, sql);
    if (query->statement) {
        filter_bind(teller->filter, query->statement);
    }
    return query;
}

void query_bind(Query *query, int parameter, int64_t value) {
    if (query->statement) {
        sqlite3_bind_int64(query->statement, parameter, value);
    }
}

void query_bind_str(Query *query, int parameter, Str value) {
    if (query->statement) {
        bind_str(query->statement, parameter, value);
    }
}

bool query_next(Query *query) {
    Teller *teller = query->teller;
    int step = SQLITE_DONE;
    Status status;

    if (!teller_ok(teller) || !query->statement) {
        return false;
    }
    status = store_step(teller->store, query->statement, &step, &teller->error);
    if (status != OK) {
        teller->status = status;
        return false;
    }
    if (step != SQLITE_ROW) {
        sqlite3_reset(query->statement);
    }
    return step == SQLITE_ROW;
}

void query_reset(Query *query) {
    if (query->statement) {
        sqlite3_reset(query->statement);
        sqlite3_clear_bindings(query->statement);
    }
}

int64_t query_int(Query *query, int column) {
    return sqlite3_column_int64(query->statement, column);
}

double query_real(Query *query, int column) {
    return sqlite3_column_double(query->statement, column);
}

bool query_null(Query *query, int column) {
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

Str query_text(Query *query, int column) {
    return column_str(query->statement, column);
}

Str query_dup(Query *query, Arena *arena, int column) {
    return str_dup(arena, query_text(query, column));
}

Span query_span(Query *query, int column) {
    return (Span){(uint32_t)query_int(query, column),
                  (uint32_t)query_int(query, column + 1)};
}

void spans_read(Arena *arena, Str json, SpanList *out) {
    uint32_t number = 0, begin = 0;
    bool in_number = false, second = false;

    *out = (SpanList){0};
    for (size_t i = 0; i < json.len; i++) {
        if (ascii_digit(json.ptr[i])) {
            number = in_number ? number * 10 : 0;
            number += (uint32_t)(json.ptr[i] - '0');
            in_number = true;
        } else if (in_number) {
            in_number = false;
            if (second) {
                span_push(arena, out, (Span){begin, number});
            }
            begin = number;
            second = !second;
        }
    }
}

void strings_read(Teller *teller, Arena *arena, Str json, StrList *out) {
    Query *query =
        query_fixed(teller, "SELECT value FROM json_each(?1) ORDER BY key");

    *out = (StrList){0};
    if (json.len == 0) {
        return;
    }
    query_bind_str(query, 1, json);
    while (query_next(query)) {
        str_push(arena, out, query_dup(query, arena, 0));
    }
}
