/* SPDX-License-Identifier: Apache-2.0 */
/* store/schema.h - the versions of the schema, and the way from one to the
 * next.
 *
 * Room: store, for its own files and tests. The schema's version stands in the
 * file's user_version; 0 is a new, empty file. Every store gets the steps above
 * its version, in order, inside the caller's transaction; the first step makes
 * a new store, so that one of a version below it cannot be brought up. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include <sqlite3.h>

#include "base/status.h"

/* "DTLN": tells a dateline store from other SQLite files. */
enum { STORE_APPLICATION_ID = 0x44544C4E };

typedef struct Migration {
    int version;     /* that the store has after this step */
    const char *sql; /* statements; NUL-terminated */
} Migration;

/* schema.sql and the steps after it, made into arrays by tools/embed.py. */
extern const char store_schema_sql[], store_schema_3_sql[],
    store_schema_4_sql[];

/* The steps of this program; the last one's version is the program's. */
const Migration *schema_migrations(int *count);

/* Bring `db` from its version to the last of `migrations`.
 * Errors: ERR_STORE, naming the step that failed; roll back then. */
MUST_USE Status schema_migrate(sqlite3 *db, const Migration *migrations,
                               int count, Error *err);

/* One number that a pragma gives: PRAGMA user_version. */
MUST_USE Status schema_pragma(sqlite3 *db, const char *sql, int *value,
                              Error *err);

#endif
