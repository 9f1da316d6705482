/* SPDX-License-Identifier: Apache-2.0 */
/* store/verify_index.c - see verify_index.h. */
#include "store/verify_index.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/inside.h"
#include "store/segments.h"

typedef struct Check {
    Store *store;
    void (*complain)(void *context, const char *what);
    void *context;
    unsigned char *reports; /* owned: a bit for each that is there */
    int64_t report_end;
    int64_t buckets; /* that were read */
} Check;

static void fault(Check *check, const Segment *segment, uint64_t bucket,
                  const char *what) {
    char message[120];

    snprintf(message, sizeof message, "index: segment %lld, bucket %llu: %s",
             (long long)segment->segment, (unsigned long long)bucket, what);
    check->complain(check->context, message);
}

static bool is_there(const Check *check, int64_t report) {
    return report > 0 && report < check->report_end &&
           (check->reports[report / 8] >> report % 8 & 1);
}

static Status read_number(Check *check, const char *sql, int64_t *out,
                          Error *err) {
    sqlite3_stmt *q;
    int step;
    Status status = store_sql(check->store, sql, &q, err);

    if (status == OK) {
        status = store_step(check->store, q, &step, err);
    }
    if (status == OK) {
        *out = sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
    }
    return status;
}

static Status read_reports(Check *check, Error *err) {
    sqlite3_stmt *q;
    int step;
    Status status = read_number(check, "SELECT max(report) FROM report",
                                &check->report_end, err);

    if (status != OK) {
        return status;
    }
    check->report_end++;
    check->reports = calloc((size_t)(check->report_end / 8 + 1), 1);
    if (!check->reports) {
        return fail(err, ERR_NOMEM, "%s: out of memory",
                    store_path(check->store));
    }
    status = store_sql(check->store, "SELECT report FROM report", &q, err);
    while (status == OK &&
           (status = store_step(check->store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        int64_t report = sqlite3_column_int64(q, 0);

        check->reports[report / 8] |= (unsigned char)(1 << report % 8);
    }
    return status;
}

/* The first thing that is wrong with a bucket, NULL: nothing. */
static const char *look_at(const Check *check, const Segment *segment,
                           uint64_t bucket, Str bytes, uint64_t *count) {
    BlockReader reader = segment_block(segment, bucket, bytes);
    BlockResult result;
    Posting posting;

    while ((result = block_next(&reader, &posting)) == BLOCK_ITEM) {
        ++*count;
        if (segment_bucket(segment, posting.key) != bucket) {
            return "a key of another bucket";
        }
        if (!segment_may_have(segment, posting.key)) {
            return "a key that its filter does not know";
        }
        if (!is_there(check, posting.report)) {
            return "a report that is not there";
        }
    }
    return result == BLOCK_DAMAGED ? "cannot be read" : NULL;
}

static Status check_segment(Check *check, const Segment *segment, Error *err) {
    uint64_t count = 0, last = (UINT64_C(1) << segment->bits) - 1;
    sqlite3_stmt *q;
    int step;
    Status status = store_sql(check->store,
                              "SELECT block, bytes FROM posting WHERE block "
                              "BETWEEN ?1 AND ?2",
                              &q, err);

    if (status != OK) {
        return status;
    }
    sqlite3_bind_int64(q, 1, segment_row(segment, 0));
    sqlite3_bind_int64(q, 2, segment_row(segment, last));
    while ((status = store_step(check->store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        uint64_t bucket =
            (uint64_t)(sqlite3_column_int64(q, 0) - segment_row(segment, 0));
        const char *bytes = sqlite3_column_blob(q, 1);
        Str block = {bytes, (size_t)sqlite3_column_bytes(q, 1)};
        const char *what;

        check->buckets++;
        what = look_at(check, segment, bucket, block, &count);

        if (what) {
            fault(check, segment, bucket, what);
        }
    }
    if (status == OK && count != segment->postings) {
        fault(check, segment, last, "not as many postings as the segment says");
    }
    return status;
}

Status verify_index(Store *store,
                    void (*complain)(void *context, const char *what),
                    void *context, Error *err) {
    Check check = {.store = store, .complain = complain, .context = context};
    Segments segments;
    int64_t buckets = 0;
    Status status = read_reports(&check, err);

    segments_init(&segments);
    if (status == OK) {
        status = segments_load(store, &segments, err);
    }
    for (uint32_t i = 0; status == OK && i < segments.count; i++) {
        status = check_segment(&check, &segments.items[i], err);
    }
    if (status == OK) {
        status =
            read_number(&check, "SELECT count(*) FROM posting", &buckets, err);
    }
    if (status == OK && buckets != check.buckets) {
        complain(context, "index: there are buckets of no segment");
    }
    segments_deinit(&segments);
    free(check.reports);
    return status;
}
