/* SPDX-License-Identifier: Apache-2.0 */
/* store/store.h - what is kept: one SQLite file.
 *
 * Room: store. A store holds reports byte for byte with their hash, their
 * claims, and what link/ has found between them (schema.sql, explained in
 * doc/schema.md). WAL mode, foreign keys, one transaction a batch,
 * synchronous=FULL: what was committed survives a kill and a power cut.
 * Readers and one writer may work at once; a second writer waits.
 *
 * A Store is for one thread at a time. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <sqlite3.h>

#include "find/analysis.h"

typedef struct Store Store;

typedef enum StoreMode { STORE_READ, STORE_WRITE } StoreMode;

/* Open `path`; STORE_WRITE makes it when it does not exist and migrates an
 * older schema, STORE_READ does neither.
 * Errors: ERR_IO (no such file, no permission), ERR_STORE (no dateline store,
 * newer schema, damaged). */
MUST_USE Status store_open(const char *path, StoreMode mode, Store **out,
                           Error *err);
void store_close(Store *store);
sqlite3 *store_db(Store *store);

/* One transaction a batch. After store_commit() returns OK all of it is on
 * the disk; store_rollback() forgets it. Errors: ERR_STORE with the cause
 * (disk full, read-only, busy). */
MUST_USE Status store_begin(Store *store, Error *err);
MUST_USE Status store_commit(Store *store, Error *err);
void store_rollback(Store *store);

/* A mark around one report of a batch: store_undo() takes back what was done
 * since store_mark(), store_unmark() lets it stand. Marks are not nested. */
MUST_USE Status store_mark(Store *store, Error *err);
MUST_USE Status store_unmark(Store *store, Error *err);
MUST_USE Status store_undo(Store *store, Error *err);

typedef enum PutResult {
    PUT_ADDED,   /* new */
    PUT_SAME,    /* an identical record was there: nothing done */
    PUT_VERSION, /* same id or url, another text: now the latest version */
    PUT_RESULT_COUNT
} PutResult;

/* Keep one analysed report inside a transaction: report, search index, times,
 * quotes, figures. What other reports are needed for (copies, stories,
 * entities, statements) is link/'s, which is called next with `*report`.
 * `*previous` is the report number of the version replaced, or 0. */
MUST_USE Status store_put(Store *store, const Analysis *analysis,
                          PutResult *result, int64_t *report, int64_t *previous,
                          Error *err);

/* Remove all versions of the report `id`; link_forget() must have been called
 * for each. Errors: ERR_NOT_FOUND. */
MUST_USE Status store_remove(Store *store, int64_t report, Error *err);
/* The number of the latest version of `id`. Errors: ERR_NOT_FOUND. */
MUST_USE Status store_find(Store *store, Str id, int64_t *report, Error *err);

/* Open every stored report and span again: bytes against their hash, spans
 * against the text, references. Each fault is told through `complain`;
 * `*faults` counts them. */
MUST_USE Status store_verify(Store *store,
                             void (*complain)(void *context, const char *what),
                             void *context, uint64_t *reports, uint64_t *faults,
                             Error *err);

/* A prepared statement, kept and reset for the next use with the same `sql`
 * (a string literal: compared by address first). Borrowed; use it up before
 * asking for the same text again. */
MUST_USE Status store_sql(Store *store, const char *sql, sqlite3_stmt **out,
                          Error *err);
/* Step a statement: SQLITE_ROW or SQLITE_DONE in `*step`; a failure becomes a
 * Status that says what a person can do about it. */
MUST_USE Status store_step(Store *store, sqlite3_stmt *statement, int *step,
                           Error *err);
/* Step a statement that gives no rows. */
MUST_USE Status store_run(Store *store, sqlite3_stmt *statement, Error *err);

/* Bind and read text; empty is NULL, NULL is empty. What is read is borrowed
 * until the statement is stepped or reset. */
void bind_str(sqlite3_stmt *statement, int parameter, Str text);
Str column_str(sqlite3_stmt *statement, int column);

#endif
