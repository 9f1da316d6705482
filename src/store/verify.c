/* SPDX-License-Identifier: Apache-2.0 */
/* store/verify.c - read everything again and compare: what `verify` does.
 *
 * Room: store. Report by report, one text in memory at a time: its bytes
 * against their hash, every stored span against the text (in order, inside,
 * not through the middle of a character); then what SQLite can check itself:
 * pages, references, the search index. */
#include <assert.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

#include "store/inside.h"
#include "store/verify_index.h"

typedef struct Check {
    Store *store;
    void (*complain)(void *context, const char *what);
    void *context;
    uint64_t faults;
    Str text;       /* of the report in hand; borrowed from its row */
    char name[160]; /* "report 7 (id \"abc\")" */
} Check;

static void fault(Check *check, const char *format, ...) PRINTF_LIKE(2, 3);

static void fault(Check *check, const char *format, ...) {
    char what[ERROR_MESSAGE_MAX];
    int used = snprintf(what, sizeof what, "%s: ", check->name);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what + used, sizeof what - (size_t)used, format, arguments);
    va_end(arguments);
    check->faults++;
    if (check->complain) {
        check->complain(check->context, what);
    }
}

/* ------------------------------------------------------------------- spans */

/* True if a character, or nothing, begins at byte `at`. */
static bool on_boundary(Str text, int64_t at) {
    return at == (int64_t)text.len ||
           ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static void check_span(Check *check, const char *what, int64_t begin,
                       int64_t end) {
    if (begin < 0 || begin > end || end > (int64_t)check->text.len) {
        fault(check, "%s [%lld,%lld) lies outside the text of %zu bytes", what,
              (long long)begin, (long long)end, check->text.len);
    } else if (!on_boundary(check->text, begin) ||
               !on_boundary(check->text, end)) {
        fault(check, "%s [%lld,%lld) cuts through a character", what,
              (long long)begin, (long long)end);
    }
}

/* One element of a JSON column: [begin,end] or {"span":[begin,end],...}. */
static bool check_element(Check *check, const char *what, json_t *element) {
    json_t *span =
        json_is_object(element) ? json_object_get(element, "span") : element;

    if (!json_is_array(span) || json_array_size(span) != 2) {
        return false;
    }
    check_span(check, what, json_integer_value(json_array_get(span, 0)),
               json_integer_value(json_array_get(span, 1)));
    return true;
}

static void check_list(Check *check, const char *what, Str json) {
    json_error_t why;
    json_t *list = json_loadb(json.ptr, json.len, 0, &why), *element;
    size_t i;
    bool good = json_is_array(list);

    json_array_foreach(list, i, element) {
        good = check_element(check, what, element) && good;
    }
    if (!good) {
        fault(check, "%s is no list of spans", what);
    }
    json_decref(list);
}

/* The spans of the rows that `sql` gives for a report: columns in pairs,
 * either NULL or both there. */
static Status check_rows(Check *check, const char *what, const char *sql,
                         int64_t report, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status = store_sql(check->store, sql, &q, err);

    if (status != OK) {
        return status;
    }
    sqlite3_bind_int64(q, 1, report);
    while ((status = store_step(check->store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        for (int i = 0; i + 1 < sqlite3_column_count(q); i += 2) {
            if (sqlite3_column_type(q, i) != SQLITE_NULL) {
                check_span(check, what, sqlite3_column_int64(q, i),
                           sqlite3_column_int64(q, i + 1));
            }
        }
    }
    return status;
}

static const struct {
    const char *what, *sql;
} span_tables[] = {
    {"mention", "SELECT begin, end FROM mention WHERE report = ?1"},
    {"time", "SELECT begin, end FROM time WHERE report = ?1"},
    {"quote", "SELECT begin, end, speaker_begin, speaker_end, cue_begin, "
              "cue_end, addressee_begin, addressee_end FROM quote "
              "WHERE report = ?1"},
    {"figure", "SELECT begin, end, of_begin, of_end, claimant_begin, "
               "claimant_end FROM figure WHERE report = ?1"},
    {"event", "SELECT begin, end, trigger_begin, trigger_end, "
              "instrument_begin, instrument_end, condition_begin, "
              "condition_end, claimant_begin, claimant_end FROM event "
              "WHERE report = ?1"},
    {"event", "SELECT d.begin, d.end FROM event v JOIN event_side d ON "
              "d.event = v.event WHERE v.report = ?1"},
    {"passage", "SELECT a_begin, a_end FROM passage WHERE a = ?1"},
    {"passage", "SELECT p.b_begin, p.b_end FROM copy c JOIN passage p "
                "ON p.a = c.a AND p.b = c.b WHERE c.b = ?1"},
};

/* ----------------------------------------------------------------- reports */

static void check_bytes(Check *check, const void *hash, int len) {
    XXH128_canonical_t canonical;

    XXH128_canonicalFromHash(&canonical,
                             XXH3_128bits(check->text.ptr, check->text.len));
    if (len != sizeof canonical.digest ||
        memcmp(hash, canonical.digest, sizeof canonical.digest) != 0) {
        fault(check, "text does not match its hash");
    }
}

/* `row` stands on: report, id, text, hash, body, sentences, headings,
 * litter. */
static Status check_report(Check *check, sqlite3_stmt *row, Error *err) {
    static const char *const lists[] = {"body", "sentences", "headings",
                                        "litter"};
    int64_t report = sqlite3_column_int64(row, 0);
    Str id = column_str(row, 1);
    Status status = OK;

    check->text = column_str(row, 2);
    snprintf(check->name, sizeof check->name, "report %lld (id \"%.*s\")",
             (long long)report, id.len > 80 ? 80 : (int)id.len, id.ptr);
    check_bytes(check, sqlite3_column_blob(row, 3),
                sqlite3_column_bytes(row, 3));
    for (int i = 0; i < 4; i++) {
        check_list(check, lists[i], column_str(row, 4 + i));
    }
    for (size_t i = 0; i < sizeof span_tables / sizeof *span_tables; i++) {
        if (status == OK) {
            status = check_rows(check, span_tables[i].what, span_tables[i].sql,
                                report, err);
        }
    }
    return status;
}

static Status check_reports(Check *check, uint64_t *reports, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status = store_sql(check->store,
                              "SELECT report, id, text, hash, body, "
                              "sentences, headings, litter FROM report "
                              "ORDER BY report",
                              &q, err);

    *reports = 0;
    if (status != OK) {
        return status;
    }
    while ((status = store_step(check->store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        status = check_report(check, q, err);
        if (status != OK) {
            sqlite3_reset(q);
            return status;
        }
        ++*reports;
    }
    return status;
}

/* ------------------------------------------------------- what SQLite checks */

static Status check_pages(Check *check, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status = store_sql(check->store, "PRAGMA quick_check(20)", &q, err);

    while (status == OK &&
           (status = store_step(check->store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        Str what = column_str(q, 0);

        if (!str_is(what, "ok")) {
            fault(check, "%.*s", (int)what.len, what.ptr);
        }
    }
    return status;
}

static Status check_references(Check *check, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status =
        store_sql(check->store, "PRAGMA foreign_key_check", &q, err);

    while (status == OK &&
           (status = store_step(check->store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        Str table = column_str(q, 0), parent = column_str(q, 2);

        fault(check, "table %.*s, row %lld: its %.*s is not there",
              (int)table.len, table.ptr, sqlite3_column_int64(q, 1),
              (int)parent.len, parent.ptr);
    }
    return status;
}

/* The index's own check is written as an INSERT, though it changes nothing.
 * Where the store may not be written, the reports in it are counted. */
static Status check_search(Check *check, Error *err) {
    sqlite3 *db = store_db(check->store);
    int missing = 0;
    int result;
    sqlite3_stmt *q;
    int step;
    Status status;

    if (!sqlite3_db_readonly(db, "main")) {
        result = sqlite3_exec(db,
                              "INSERT INTO report_text (report_text, rank)"
                              " VALUES ('integrity-check', 1)",
                              NULL, NULL, NULL);
        if ((result & 0xff) == SQLITE_CORRUPT) {
            fault(check, "the search index does not match the texts");
        } else if (result != SQLITE_OK) {
            return store_fail(check->store, result, err);
        }
        return OK;
    }
    status = store_sql(check->store,
                       "SELECT count(*) FROM standing s WHERE s.latest AND "
                       "s.report NOT IN (SELECT id FROM report_text_docsize)",
                       &q, err);
    if (status == OK) {
        status = store_step(check->store, q, &step, err);
    }
    if (status == OK) {
        missing = sqlite3_column_int(q, 0);
        sqlite3_reset(q);
    }
    if (missing) {
        fault(check, "the search index lacks %d reports", missing);
    }
    return status;
}

static void index_fault(void *context, const char *what) {
    fault(context, "%s", what);
}

Status store_verify(Store *store,
                    void (*complain)(void *context, const char *what),
                    void *context, uint64_t *reports, uint64_t *faults,
                    Error *err) {
    Check check = {.store = store, .complain = complain, .context = context};
    Status status = check_reports(&check, reports, err);

    snprintf(check.name, sizeof check.name, "%s", store_path(store));
    if (status == OK) {
        status = check_pages(&check, err);
    }
    if (status == OK) {
        status = check_references(&check, err);
    }
    if (status == OK) {
        status = check_search(&check, err);
    }
    if (status == OK) {
        status = verify_index(store, index_fault, &check, err);
    }
    *faults = check.faults;
    return status;
}
