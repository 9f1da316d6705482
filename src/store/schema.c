/* SPDX-License-Identifier: Apache-2.0 */
/* store/schema.c - see schema.h. */
#include "store/schema.h"

#include <stdio.h>

/* A new step: a row here, with statements that take the version before it to
 * the new one, a test in test_store.c, and schema.sql left as it is. Version 1
 * kept its indexes in tables that statements alone cannot turn into segments:
 * such a store is refused. */
static const Migration migrations_of_program[] = {
    {2, store_schema_sql},
    {3, store_schema_3_sql},
    {4, store_schema_4_sql},
};

const Migration *schema_migrations(int *count) {
    *count = sizeof migrations_of_program / sizeof *migrations_of_program;
    return migrations_of_program;
}

Status schema_pragma(sqlite3 *db, const char *sql, int *value, Error *err) {
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

    if (result == SQLITE_OK) {
        result = sqlite3_step(statement);
    }
    if (result == SQLITE_ROW) {
        *value = sqlite3_column_int(statement, 0);
    }
    sqlite3_finalize(statement);
    if (result != SQLITE_ROW) {
        return fail(err, ERR_STORE, "%s: %s", sql, sqlite3_errmsg(db));
    }
    return OK;
}

static Status migrate_one(sqlite3 *db, const Migration *step, Error *err) {
    char pragma[80];

    /* A pragma takes no parameters; both numbers are ours. */
    snprintf(pragma, sizeof pragma,
             "PRAGMA application_id = %d; PRAGMA user_version = %d",
             STORE_APPLICATION_ID, step->version);
    if (sqlite3_exec(db, step->sql, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(db, pragma, NULL, NULL, NULL) != SQLITE_OK) {
        return fail(err, ERR_STORE, "schema version %d: %s", step->version,
                    sqlite3_errmsg(db));
    }
    return OK;
}

Status schema_migrate(sqlite3 *db, const Migration *migrations, int count,
                      Error *err) {
    int version = 0;
    Status status = schema_pragma(db, "PRAGMA user_version", &version, err);

    for (int i = 0; status == OK && i < count; i++) {
        if (migrations[i].version > version) {
            status = migrate_one(db, &migrations[i], err);
        }
    }
    return status;
}
