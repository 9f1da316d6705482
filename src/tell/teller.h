/* SPDX-License-Identifier: Apache-2.0 */
/* tell/teller.h - one telling in progress: its store, output and first error.
 *
 * Room: tell. The views read the store through a Teller and write into its
 * buffer. Both keep a sticky error: after the first failure query_next() gives
 * no more rows and nothing more reaches the sink, so that a view reads as a
 * plain loop:
 *
 *     Query *query = query_open(teller, "SELECT ... WHERE r.latest",
 *                               FILTER_REPORT, " ORDER BY 1");
 *     while (query_next(query)) { ... query_text(query, 0) ... }
 *
 * Statements belong to the Teller and are closed with it, also when the arena
 * ran out in the middle. */
#ifndef TELL_TELLER_H
#define TELL_TELLER_H

#include "base/json.h"
#include "tell/tell.h"

enum { TELLER_QUERIES = 48 };

typedef struct Teller Teller;

typedef struct Query {
    Teller *teller;          /* borrowed */
    const char *sql;         /* of a fixed query: its literal; else NULL */
    sqlite3_stmt *statement; /* owned; NULL after a failure */
} Query;

struct Teller {
    Store *store;             /* borrowed */
    const Lexicon *lexicon;   /* borrowed */
    const TellFilter *filter; /* borrowed */
    TellStyle style;
    TellSink sink;
    Arena *arena; /* of the telling */
    Arena *row;   /* of one row of a list; reset between rows */
    Buf out;      /* owned: not yet given to the sink */
    Query queries[TELLER_QUERIES];
    uint32_t query_count;
    Status status; /* sticky */
    Error error;
};

/* Remember the first failure; later ones change nothing. */
void teller_fail(Teller *teller, Status status, const char *format, ...)
    PRINTF_LIKE(3, 4);
bool teller_ok(const Teller *teller);
/* Hand what was written to the sink, when it is much or `all` is asked for. */
void teller_flush(Teller *teller, bool all);

/* A fixed query, kept for the next call with the same literal, its parameters
 * unbound. Use it up before opening it again. */
Query *query_fixed(Teller *teller, const char *sql);
/* A query with the filter's conditions: `head` ends inside its WHERE, each
 * condition in `conditions` (filter.h) that the filter sets is added with
 * AND, then `tail`. */
Query *query_open(Teller *teller, const char *head, uint32_t conditions,
                  const char *tail);
void query_bind(Query *query, int parameter, int64_t value);
void query_bind_str(Query *query, int parameter, Str value);
/* True while there is a row. */
bool query_next(Query *query);
/* Forget the rows that are left. */
void query_reset(Query *query);

int64_t query_int(Query *query, int column);
double query_real(Query *query, int column);
bool query_null(Query *query, int column);
/* Borrowed until the next row. */
Str query_text(Query *query, int column);
/* A copy in `arena`. */
Str query_dup(Query *query, Arena *arena, int column);
/* Columns `column` and the next as a span; empty where NULL. */
Span query_span(Query *query, int column);

/* "[[0,12],[13,40]]" as a list of spans. */
void spans_read(Arena *arena, Str json, SpanList *out);
/* ["AFP","Reuters"] as a list of strings. */
void strings_read(Teller *teller, Arena *arena, Str json, StrList *out);

#endif
