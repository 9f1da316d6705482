/* SPDX-License-Identifier: Apache-2.0 */
/* store/filter.c - which keys a segment may have: see inside_index.h.
 *
 * A blocked Bloom filter (Putze, Sanders, Singler 2007): a key sets five bits
 * of one cache line, which its first bits choose, so that the filter of a
 * bucket is a piece of its own and grows with the merge. */
#include <stdlib.h>
#include <string.h>

#include "store/inside_index.h"

enum {
    LINES_OF_BUCKET = 4, /* cache lines of its filter */
    LINE_WORDS = 8,      /* 64-bit words of a cache line */
    BUCKET_WORDS = LINES_OF_BUCKET * LINE_WORDS,
    PROBES = 5,        /* bits of a key in its line */
    PART_BUCKETS = 64, /* buckets whose filters are one row */
};

static const unsigned line_bits = 9; /* of a place in a line of 512 bits */

static uint64_t *line_of(const Segment *segment, uint64_t key) {
    uint64_t line = (key * LINES_OF_BUCKET) >> (KEY_BITS - segment->bits);

    return segment->filter + line * LINE_WORDS;
}

/* Five places in a line, of 9 bits each. */
static uint64_t places_of(uint64_t key) {
    return (key * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - PROBES * line_bits);
}

void filter_add(const Segment *segment, uint64_t key) {
    uint64_t *line = line_of(segment, key), places = places_of(key);

    for (int i = 0; i < PROBES; i++, places >>= line_bits) {
        line[places >> 6 & 7] |= UINT64_C(1) << (places & 63);
    }
}

bool segment_may_have(const Segment *segment, uint64_t key) {
    uint64_t places = places_of(key);
    const uint64_t *line;

    if (key < segment->low || key >= segment->high) {
        return false;
    }
    line = line_of(segment, key);
    for (int i = 0; i < PROBES; i++, places >>= line_bits) {
        if (!(line[places >> 6 & 7] >> (places & 63) & 1)) {
            return false;
        }
    }
    return true;
}

void segment_prefetch(const Segment *segment, uint64_t key) {
    __builtin_prefetch(line_of(segment, key));
}

static size_t filter_words(const Segment *segment) {
    return (size_t)BUCKET_WORDS << segment->bits;
}

/* A part is the filters of PART_BUCKETS buckets, or of all. */
static size_t part_words(const Segment *segment) {
    size_t all = filter_words(segment), part = BUCKET_WORDS * PART_BUCKETS;

    return part < all ? part : all;
}

/* Write the parts that hold buckets [begin,end). Words are stored as this
 * machine has them in memory, on all machines that matter least byte first. */
Status filter_write(Store *store, const Segment *segment, uint64_t begin,
                    uint64_t end, Error *err) {
    size_t words = part_words(segment);
    Status status = OK;

    for (uint64_t part = begin / PART_BUCKETS;
         status == OK && part * PART_BUCKETS < end; part++) {
        sqlite3_stmt *q;

        status = store_sql(store,
                           "INSERT OR REPLACE INTO posting_filter (part, "
                           "bytes) VALUES (?1, ?2)",
                           &q, err);
        if (status == OK) {
            sqlite3_bind_int64(q, 1, segment_row(segment, part));
            sqlite3_bind_blob64(q, 2, segment->filter + part * words, words * 8,
                                SQLITE_STATIC);
            status = store_run(store, q, err);
        }
    }
    return status;
}

Status filter_make(Store *store, Segment *segment, Error *err) {
    segment->filter = calloc(filter_words(segment), sizeof *segment->filter);
    return segment->filter ? OK : segment_no_memory(store, err);
}

Status filter_read(Store *store, Segment *segment, Error *err) {
    size_t words = part_words(segment);
    sqlite3_stmt *q;
    int step;
    Status status = filter_make(store, segment, err);

    if (status == OK) {
        status = store_sql(store,
                           "SELECT part, bytes FROM posting_filter WHERE part "
                           "BETWEEN ?1 AND ?2",
                           &q, err);
    }
    if (status != OK) {
        return status;
    }
    sqlite3_bind_int64(q, 1, segment_row(segment, 0));
    sqlite3_bind_int64(q, 2, segment_row(segment, (1 << BUCKET_BITS_MAX) - 1));
    while ((status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        uint64_t part =
            (uint64_t)sqlite3_column_int64(q, 0) & ((1 << BUCKET_BITS_MAX) - 1);
        const void *bytes = sqlite3_column_blob(q, 1);

        if ((size_t)sqlite3_column_bytes(q, 1) != words * 8 ||
            (part + 1) * words > filter_words(segment)) {
            sqlite3_reset(q);
            return segment_damaged(store, segment->segment, err);
        }
        memcpy(segment->filter + part * words, bytes, words * 8);
    }
    return status;
}
