/* SPDX-License-Identifier: Apache-2.0 */
/* read/record.c - see record.h. */
#include "read/record.h"

enum { KEPT = 1 << 20 /* a record's buffer that is larger is let go */ };

void record_deinit(RawRecord *record) {
    buf_deinit(&record->bytes);
    buf_deinit(&record->path);
}

void record_reset(RawRecord *record) {
    if (record->bytes.capacity > KEPT) {
        buf_deinit(&record->bytes);
        buf_init(&record->bytes, 0);
    }
    buf_reset(&record->bytes);
    record->error.status = OK;
}

Status record_place(const RawRecord *record, Error *err) {
    const char *path = record->path.ptr;
    unsigned long long number = record->line, offset = record->offset;

    switch (record->format) {
    case FORMAT_JSONL:
    case FORMAT_CSV:
        return fail_in(err, "%s:%llu", path, number);
    case FORMAT_WARC:
        return fail_in(err, "%s: record %llu, offset %llu", path, number,
                       offset);
    case FORMAT_FEED:
        return fail_in(err, "%s: item %llu", path, number);
    default:
        return fail_in(err, "%s", path);
    }
}

void record_refuse(RawRecord *record, Status status, const char *why) {
    fail(&record->error, status, "%s", why);
    record_place(record, &record->error);
    buf_reset(&record->bytes);
}

void record_refuse_file(RawRecord *record, Status status, const char *why) {
    fail(&record->error, status, "%s: %s", record->path.ptr, why);
    buf_reset(&record->bytes);
}

bool record_append(RawRecord *record, Str piece, size_t max) {
    if (record->error.status != OK) {
        return false;
    }
    if (record->bytes.len + piece.len > max) {
        fail(&record->error, ERR_LIMIT, "longer than %zu bytes: skipped", max);
        record_place(record, &record->error);
        return false;
    }
    buf_push(&record->bytes, piece);
    if (buf_check(&record->bytes, &record->error) != OK) {
        record_place(record, &record->error);
        return false;
    }
    return true;
}
