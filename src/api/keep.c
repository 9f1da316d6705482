/* SPDX-License-Identifier: Apache-2.0 */
/* api/keep.c - see keep.h.
 *
 * A savepoint around each report: link/ may leave its work at any allocation,
 * and what it had written by then must go. */
#include "api/keep.h"

#include "link/link.h"

typedef struct Keep {
    Store *store;
    Arena *arena;
    const Speller *speller;
    const Analysis *analysis;
    PutResult result;
    Status status;
    Error *err;
} Keep;

static Status run_sql(Store *store, const char *sql, Error *err) {
    sqlite3_stmt *statement;
    Status status = store_sql(store, sql, &statement, err);

    return status == OK ? store_run(store, statement, err) : status;
}

static void keep(void *context) {
    Keep *keep = context;
    int64_t report = 0, previous = 0;

    keep->status = store_put(keep->store, keep->analysis, &keep->result,
                             &report, &previous, keep->err);
    if (keep->status == OK && keep->result != PUT_SAME) {
        keep->status = link_report(keep->store, keep->arena, keep->speller,
                                   report, previous, keep->analysis, keep->err);
    }
}

/* Undo what was written since the savepoint. Statements that were left in the
 * middle are reset first: SQLite undoes nothing under a running one. */
static Status undo(Store *store, Error *err) {
    sqlite3 *db = store_db(store);
    Status status;

    for (sqlite3_stmt *s = sqlite3_next_stmt(db, NULL); s;
         s = sqlite3_next_stmt(db, s)) {
        sqlite3_reset(s);
    }
    status = run_sql(store, "ROLLBACK TO report", err);
    return status == OK ? run_sql(store, "RELEASE report", err) : status;
}

Status keep_report(Store *store, Arena *arena, const Speller *speller,
                   const Analysis *analysis, PutResult *result, Error *err) {
    Error why = {0};
    Keep work = {.store = store,
                 .arena = arena,
                 .speller = speller,
                 .analysis = analysis,
                 .err = &why};
    Status status = run_sql(store, "SAVEPOINT report", err);

    if (status != OK) {
        return status;
    }
    status = arena_try(arena, keep, &work, &why);
    status = status == OK ? work.status : status;
    arena_reset(arena);
    if (status == OK) {
        *result = work.result;
        return run_sql(store, "RELEASE report", err);
    }
    if (status == ERR_LIMIT || status == ERR_NOMEM) {
        Status undone = undo(store, err);
        if (undone != OK) {
            return undone;
        }
    }
    return fail(err, status, "%s", why.message);
}
