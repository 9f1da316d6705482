/* SPDX-License-Identifier: Apache-2.0 */
/* store/store.c - see store.h: opening, transactions, statements, errors.
 *
 * Room: store. What SQLite says is turned into what a person can do about it,
 * in one place (store_fail), and names the file. */
#include "store/inside.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "store/schema.h"

enum {
    BUSY_MS = 10000,      /* how long a second writer waits */
    STATEMENTS_MAX = 512, /* a power of two; at most half of them in use */
};

typedef struct Prepared {
    uint64_t hash;           /* of the text of `statement` */
    sqlite3_stmt *statement; /* owned; NULL: free slot */
} Prepared;

struct Store {
    sqlite3 *db; /* owned */
    char *path;  /* owned */
    StoreMode mode;
    Postings *postings; /* owned */
    int64_t searched;   /* reports from here on wait for the search index */
    Buf scratch;
    Prepared prepared[STATEMENTS_MAX]; /* open addressing */
    uint32_t prepared_count;
};

sqlite3 *store_db(Store *store) {
    return store->db;
}

Buf *store_scratch(Store *store) {
    buf_reset(&store->scratch);
    return &store->scratch;
}

void store_search_later(Store *store, int64_t report) {
    if (report < store->searched) {
        store->searched = report;
    }
}

int64_t store_searched(const Store *store) {
    return store->searched;
}

Postings *store_postings(Store *store) {
    return store->postings;
}

const char *store_path(const Store *store) {
    return store->path;
}

/* ---------------------------------------------------------------- errors */

/* What went wrong, in words; NULL: SQLite's own will do. */
static const char *cause_of(int result) {
    switch (result & 0xff) {
    case SQLITE_FULL:
        return "the disk is full; nothing of this batch was kept, all "
               "before it is safe";
    case SQLITE_READONLY:
        return "the file or its folder cannot be written";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program is writing to it; try again when it is done";
    case SQLITE_NOTADB:
        return "is no dateline store";
    case SQLITE_CANTOPEN:
        return "cannot be opened; may the file and its folder be read and "
               "written?";
    case SQLITE_CORRUPT:
        return "is damaged; `dateline verify` tells where";
    default:
        return NULL;
    }
}

Status store_fail(const Store *store, int result, Error *err) {
    const char *cause = cause_of(result);

    if ((result & 0xff) == SQLITE_NOMEM) {
        return fail(err, ERR_NOMEM, "%s: out of memory", store->path);
    }
    if ((result & 0xff) == SQLITE_IOERR) {
        int number = sqlite3_system_errno(store->db);

        return fail(err, ERR_STORE,
                    "%s: cannot be read or written: %s; nothing of this batch "
                    "was kept, all before it is safe",
                    store->path,
                    number ? strerror(number) : sqlite3_errstr(result));
    }
    return fail(err, ERR_STORE, "%s: %s", store->path,
                cause ? cause : sqlite3_errmsg(store->db));
}

/* --------------------------------------------------------------- opening */

static Status run_text(Store *store, const char *sql, Error *err) {
    int result = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

    return result == SQLITE_OK ? OK : store_fail(store, result, err);
}

/* A path as an SQLite URI: "a?b.db" must not become a query. */
static void put_uri(Buf *uri, const char *path, const char *query) {
    buf_put(uri, "file:");
    for (const char *p = path; *p; p++) {
        if (*p == '?' || *p == '#' || *p == '%') {
            buf_format(uri, "%%%02x", (unsigned)(unsigned char)*p);
        } else {
            buf_char(uri, *p);
        }
    }
    buf_put(uri, query);
    buf_char(uri, '\0');
}

static Status open_db(Store *store, const char *query, int flags, Error *err) {
    Buf *uri = store_scratch(store);
    Status status;
    int result;

    put_uri(uri, store->path, query);
    status = buf_check(uri, err);
    if (status != OK) {
        return status;
    }
    result =
        sqlite3_open_v2(uri->ptr, &store->db,
                        flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    if (result != SQLITE_OK) {
        return store_fail(store, result, err);
    }
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    return OK;
}

static Status check_file(const char *path, StoreMode mode, bool *is_new,
                         Error *err) {
    struct stat about;

    *is_new = false;
    if (stat(path, &about) == 0) {
        if (!S_ISREG(about.st_mode)) {
            return fail(err, ERR_IO, "%s: is no file", path);
        }
        if (access(path, R_OK) != 0) {
            return fail(err, ERR_IO, "%s: %s", path, strerror(errno));
        }
        *is_new = about.st_size == 0;
    } else if (errno == ENOENT) {
        *is_new = true;
    } else {
        return fail(err, ERR_IO, "%s: %s", path, strerror(errno));
    }
    if (*is_new && mode == STORE_READ) {
        return fail(err, ERR_IO, "no store at %s: make one with `dateline add`",
                    path);
    }
    return OK;
}

/* The program's version, or what the file is instead. `*version` is 0 for a
 * file in which nothing has been made yet. */
static Status check_schema(Store *store, int *version, Error *err) {
    int id = 0, tables = 0, count = 0;
    const Migration *migrations = schema_migrations(&count);
    Status status;
    int result = sqlite3_exec(store->db, "SELECT count(*) FROM sqlite_schema",
                              NULL, NULL, NULL);

    if (result != SQLITE_OK) {
        return store_fail(store, result, err);
    }
    status = schema_pragma(store->db, "PRAGMA application_id", &id, err);
    if (status == OK) {
        status = schema_pragma(store->db, "PRAGMA user_version", version, err);
    }
    if (status == OK) {
        status = schema_pragma(store->db, "SELECT count(*) FROM sqlite_schema",
                               &tables, err);
    }
    if (status != OK) {
        return status;
    }
    if (id != STORE_APPLICATION_ID && (tables > 0 || id != 0)) {
        return fail(err, ERR_STORE,
                    "%s: is no dateline store, but another "
                    "SQLite file",
                    store->path);
    }
    if (*version > migrations[count - 1].version) {
        return fail(err, ERR_STORE,
                    "%s: made by a newer dateline (schema %d, this one knows "
                    "%d)",
                    store->path, *version, migrations[count - 1].version);
    }
    if (*version > 0 && *version < migrations[0].version) {
        return fail(err, ERR_STORE,
                    "%s: made by an older dateline (schema %d, this one begins "
                    "at %d): add its reports to a new store",
                    store->path, *version, migrations[0].version);
    }
    return OK;
}

/* Make or migrate the schema. The version is looked at again inside the
 * transaction, since another writer may have been faster. */
static Status bring_up(Store *store, Error *err) {
    int count;
    const Migration *migrations = schema_migrations(&count);
    Status status = store_begin(store, err);

    if (status != OK) {
        return status;
    }
    status = schema_migrate(store->db, migrations, count, err);
    if (status == OK) {
        return store_commit(store, err);
    }
    store_rollback(store);
    return err ? fail_in(err, "%s", store->path) : status;
}

static Status prepare_to_write(Store *store, Error *err) {
    int version = 0, count;
    const Migration *migrations = schema_migrations(&count);
    Status status = check_schema(store, &version, err);

    if (status == OK && sqlite3_db_readonly(store->db, "main")) {
        status = store_fail(store, SQLITE_READONLY, err);
    }
    if (status == OK) {
        status = run_text(store, "PRAGMA journal_mode = WAL", err);
    }
    if (status == OK && version < migrations[count - 1].version) {
        status = bring_up(store, err);
    }
    return status;
}

/* A reader takes a store of its own version only. */
static Status prepare_to_read(Store *store, Error *err) {
    int version = 0, count;
    const Migration *migrations = schema_migrations(&count);
    Status status = check_schema(store, &version, err);

    if (status != OK) {
        return status;
    }
    if (version == 0) {
        return fail(err, ERR_IO, "no store at %s: make one with `dateline add`",
                    store->path);
    }
    if (version < migrations[count - 1].version) {
        return fail(err, ERR_STORE,
                    "%s: made by an older dateline (schema %d, this one reads "
                    "%d): `dateline add` brings it up to date",
                    store->path, version, migrations[count - 1].version);
    }
    return OK;
}

/* True if no write-ahead log lies beside the store: the file alone is all. */
static bool has_no_log(Store *store) {
    Buf *log = store_scratch(store);
    struct stat about;

    buf_put(log, store->path);
    buf_put(log, "-wal");
    buf_char(log, '\0');
    return log->status == OK &&
           (stat(log->ptr, &about) != 0 || about.st_size == 0);
}

static Status configure(Store *store, Error *err) {
    /* 64 MB of pages and of mapping: enough for the inner nodes of the
     * indexes of a million reports, and far below the limit on `add`. */
    return run_text(store,
                    "PRAGMA foreign_keys = ON;"
                    "PRAGMA synchronous = FULL;"
                    "PRAGMA temp_store = MEMORY;"
                    "PRAGMA cache_size = -65536;"
                    "PRAGMA mmap_size = 67108864;"
                    "PRAGMA wal_autocheckpoint = 16384;"
                    "PRAGMA journal_size_limit = 67108864",
                    err);
}

static Status open_to_read(Store *store, Error *err) {
    Status status = open_db(store, "?mode=ro", SQLITE_OPEN_READONLY, err);
    int result = SQLITE_CANTOPEN;

    if (status == OK) {
        result = sqlite3_exec(store->db, "SELECT count(*) FROM sqlite_schema",
                              NULL, NULL, NULL);
    }
    /* A reader of a WAL file wants to write an index of the log beside it.
     * Where it may not, and there is no log, the file can be read as it is. */
    if (((result & 0xff) == SQLITE_CANTOPEN ||
         (result & 0xff) == SQLITE_READONLY) &&
        has_no_log(store)) {
        sqlite3_close_v2(store->db);
        store->db = NULL;
        status =
            open_db(store, "?mode=ro&immutable=1", SQLITE_OPEN_READONLY, err);
    }
    return status == OK ? prepare_to_read(store, err) : status;
}

static Status open_to_write(Store *store, Error *err) {
    Status status =
        open_db(store, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);

    return status == OK ? prepare_to_write(store, err) : status;
}

Status store_open(const char *path, StoreMode mode, Store **out, Error *err) {
    bool is_new;
    Status status = check_file(path, mode, &is_new, err);
    Store *store;

    if (status != OK) {
        return status;
    }
    store = calloc(1, sizeof *store);
    if (!store || !(store->path = strdup(path)) ||
        !(store->postings = postings_new())) {
        free(store ? store->path : NULL);
        free(store);
        return fail(err, ERR_NOMEM, "%s: out of memory", path);
    }
    store->mode = mode;
    buf_init(&store->scratch, 0);
    status = mode == STORE_READ ? open_to_read(store, err)
                                : open_to_write(store, err);
    if (status == OK) {
        status = configure(store, err);
    }
    if (status != OK) {
        store_close(store);
        return status;
    }
    *out = store;
    return OK;
}

static void forget_statements(Store *store) {
    for (uint32_t i = 0; i < STATEMENTS_MAX; i++) {
        sqlite3_finalize(store->prepared[i].statement);
        store->prepared[i] = (Prepared){0};
    }
    store->prepared_count = 0;
}

void store_close(Store *store) {
    if (store) {
        forget_statements(store);
        postings_free(store->postings);
        sqlite3_close_v2(store->db);
        buf_deinit(&store->scratch);
        free(store->path);
        free(store);
    }
}

/* ---------------------------------------------------------- transactions */

/* A statement that was left in the middle of its rows holds a snapshot. */
static void reset_statements(Store *store) {
    for (uint32_t i = 0; i < STATEMENTS_MAX; i++) {
        if (store->prepared[i].statement) {
            sqlite3_reset(store->prepared[i].statement);
        }
    }
}

Status store_begin(Store *store, Error *err) {
    Status status;

    reset_statements(store);
    store->searched = INT64_MAX;
    /* SQLite would let a reader begin, and refuse only its first write. */
    if (sqlite3_db_readonly(store->db, "main")) {
        return store_fail(store, SQLITE_READONLY, err);
    }
    status = run_text(store, "BEGIN IMMEDIATE", err);
    if (status == OK) {
        status = postings_begin(store, store->postings, err);
        if (status != OK) {
            store_rollback(store);
        }
    }
    return status;
}

/* Give the search index what has come since the transaction began. */
static Status search_now(Store *store, Error *err) {
    sqlite3_stmt *q;
    Status status;

    if (store->searched == INT64_MAX) {
        return OK;
    }
    status = store_sql(store,
                       "INSERT INTO report_text (rowid, title, text) SELECT "
                       "report, title, text FROM searchable WHERE report >= ?1",
                       &q, err);
    if (status == OK) {
        sqlite3_bind_int64(q, 1, store->searched);
        status = store_run(store, q, err);
    }
    store->searched = INT64_MAX;
    return status;
}

Status store_commit(Store *store, Error *err) {
    Status status = postings_commit(store, store->postings, err);

    if (status == OK) {
        status = search_now(store, err);
    }
    reset_statements(store);
    if (status == OK) {
        status = run_text(store, "COMMIT", err);
    }
    if (status != OK) {
        store_rollback(store);
    }
    return status;
}

void store_rollback(Store *store) {
    postings_rollback(store->postings);
    reset_statements(store);
    /* After some errors, a full disk for one, SQLite has done it already. */
    if (!sqlite3_get_autocommit(store->db)) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
}

/* ------------------------------------------------------------ statements */

static Prepared *statement_slot(Store *store, const char *sql, uint64_t hash) {
    uint32_t at = (uint32_t)hash % STATEMENTS_MAX;
    Prepared *slot = &store->prepared[at];

    while (slot->statement &&
           (slot->hash != hash ||
            strcmp(sqlite3_sql(slot->statement), sql) != 0)) {
        at = (at + 1) % STATEMENTS_MAX;
        slot = &store->prepared[at];
    }
    return slot;
}

/* Forget the statements that are not in the middle of their rows, when there
 * are many: texts that are put together anew each time would fill memory. */
static void make_room(Store *store) {
    Prepared kept[STATEMENTS_MAX];
    uint32_t count = 0;

    for (uint32_t i = 0; i < STATEMENTS_MAX; i++) {
        Prepared *slot = &store->prepared[i];

        if (slot->statement && sqlite3_stmt_busy(slot->statement)) {
            kept[count++] = *slot;
        } else {
            sqlite3_finalize(slot->statement);
        }
        *slot = (Prepared){0};
    }
    for (uint32_t i = 0; i < count; i++) {
        *statement_slot(store, sqlite3_sql(kept[i].statement), kept[i].hash) =
            kept[i];
    }
    store->prepared_count = count;
}

Status store_sql(Store *store, const char *sql, sqlite3_stmt **out,
                 Error *err) {
    uint64_t hash = XXH3_64bits(sql, strlen(sql));
    Prepared *slot = statement_slot(store, sql, hash);

    if (!slot->statement) {
        int result;

        if (store->prepared_count >= STATEMENTS_MAX / 2) {
            make_room(store);
            slot = statement_slot(store, sql, hash);
        }
        assert(store->prepared_count < STATEMENTS_MAX - 1);
        result =
            sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                               &slot->statement, NULL);
        if (result != SQLITE_OK) {
            slot->statement = NULL;
            return store_fail(store, result, err);
        }
        slot->hash = hash;
        store->prepared_count++;
    }
    sqlite3_reset(slot->statement);
    sqlite3_clear_bindings(slot->statement);
    *out = slot->statement;
    return OK;
}

Status store_step(Store *store, sqlite3_stmt *statement, int *step,
                  Error *err) {
    int result = sqlite3_step(statement);

    if (result == SQLITE_ROW || result == SQLITE_DONE) {
        *step = result;
        if (result == SQLITE_DONE) {
            sqlite3_reset(statement);
        }
        return OK;
    }
    store_fail(store, result, err);
    sqlite3_reset(statement);
    return result == SQLITE_NOMEM ? ERR_NOMEM : ERR_STORE;
}

Status store_run(Store *store, sqlite3_stmt *statement, Error *err) {
    int step;
    Status status = store_step(store, statement, &step, err);

    assert(status != OK || step == SQLITE_DONE);
    return status;
}

/* ----------------------------------------------------------------- marks */

static Status run_sql(Store *store, const char *sql, Error *err) {
    sqlite3_stmt *statement;
    Status status = store_sql(store, sql, &statement, err);

    return status == OK ? store_run(store, statement, err) : status;
}

Status store_mark(Store *store, Error *err) {
    postings_mark(store->postings);
    return run_sql(store, "SAVEPOINT report", err);
}

Status store_unmark(Store *store, Error *err) {
    return run_sql(store, "RELEASE report", err);
}

Status store_undo(Store *store, Error *err) {
    Status status;

    postings_undo(store->postings);
    /* SQLite undoes nothing under a running statement. */
    reset_statements(store);
    status = run_sql(store, "ROLLBACK TO report", err);
    return status == OK ? store_unmark(store, err) : status;
}

/* ------------------------------------------------------------------ text */

void bind_str(sqlite3_stmt *statement, int parameter, Str text) {
    if (text.len == 0) {
        sqlite3_bind_null(statement, parameter);
    } else {
        sqlite3_bind_text64(statement, parameter, text.ptr, text.len,
                            SQLITE_STATIC, SQLITE_UTF8);
    }
}

Str column_str(sqlite3_stmt *statement, int column) {
    const unsigned char *text = sqlite3_column_text(statement, column);

    return (Str){(const char *)text,
                 (size_t)sqlite3_column_bytes(statement, column)};
}
