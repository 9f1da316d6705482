/* SPDX-License-Identifier: Apache-2.0 */
/* store/bucket.c - the buckets of segments: rows, and those kept in memory. See
 * inside_index.h. */
#include <stdlib.h>
#include <string.h>

#include "store/inside_index.h"

/* Some 1 to 2 kB each. */
enum { CACHE_SLOTS = 1 << 15 };

uint64_t segment_bucket(const Segment *segment, uint64_t key) {
    return key >> (KEY_BITS - segment->bits);
}

uint64_t segment_base(const Segment *segment, uint64_t bucket) {
    return bucket << (KEY_BITS - segment->bits);
}

int64_t segment_row(const Segment *segment, uint64_t bucket) {
    return (int64_t)((uint64_t)segment->segment << BUCKET_BITS_MAX | bucket);
}

BlockReader segment_block(const Segment *segment, uint64_t bucket, Str bytes) {
    return block_open(bytes, segment_base(segment, bucket));
}

Status rows_run(Store *store, const char *sql, int64_t first, int64_t last,
                Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(store, sql, &q, err);

    if (status == OK) {
        sqlite3_bind_int64(q, 1, first);
        sqlite3_bind_int64(q, 2, last);
        status = store_run(store, q, err);
    }
    return status;
}

void buckets_forget(Segments *segments) {
    for (uint32_t i = 0; segments->cache && i < CACHE_SLOTS; i++) {
        free(segments->cache[i].bytes);
    }
    free(segments->cache);
    segments->cache = NULL;
}

/* Where the bucket of a row is kept, if it is; NULL without memory for it. */
static Cached *slot_of(Segments *segments, int64_t row) {
    uint64_t slot = (uint64_t)row * UINT64_C(0x9E3779B97F4A7C15);

    if (!segments->cache) {
        segments->cache = calloc(CACHE_SLOTS, sizeof *segments->cache);
    }
    return segments->cache ? &segments->cache[slot >> 49] : NULL;
}

_Static_assert(CACHE_SLOTS == 1 << (64 - 49), "a slot for each hash");

static void uncache(Segments *segments, int64_t row) {
    Cached *slot = slot_of(segments, row);

    if (slot && slot->row == row) {
        slot->row = 0;
    }
}

static void keep_cached(Cached *slot, int64_t row, Str bytes) {
    if (slot->capacity < bytes.len) {
        char *moved = realloc(slot->bytes, bytes.len);

        if (!moved) {
            slot->row = 0;
            return;
        }
        slot->bytes = moved;
        slot->capacity = bytes.len;
    }
    if (bytes.len) {
        memcpy(slot->bytes, bytes.ptr, bytes.len);
    }
    slot->len = bytes.len;
    slot->row = row;
}

static Status write_bucket(Store *store, Segments *segments,
                           const Segment *segment, uint64_t bucket,
                           const Posting *items, size_t count, Error *err) {
    sqlite3_stmt *q;
    Status status;

    uncache(segments, segment_row(segment, bucket));
    buf_reset(&segments->block);
    block_write(&segments->block, segment_base(segment, bucket), items, count);
    status = buf_check(&segments->block, err);
    if (status == OK) {
        status = store_sql(store,
                           "INSERT OR REPLACE INTO posting (block, bytes) "
                           "VALUES (?1, ?2)",
                           &q, err);
    }
    if (status == OK) {
        sqlite3_bind_int64(q, 1, segment_row(segment, bucket));
        sqlite3_bind_blob64(q, 2, segments->block.ptr, segments->block.len,
                            SQLITE_STATIC);
        status = store_run(store, q, err);
    }
    return status;
}

/* Write sorted postings as the buckets that they fall into. */
Status buckets_write(Store *store, Segments *segments, const Segment *segment,
                     const Posting *items, size_t count, Error *err) {
    Status status = OK;

    for (size_t i = 0; status == OK && i < count;) {
        uint64_t bucket = segment_bucket(segment, items[i].key);
        size_t end = i;

        while (end < count &&
               segment_bucket(segment, items[end].key) == bucket) {
            filter_add(segment, items[end].key);
            end++;
        }
        status = write_bucket(store, segments, segment, bucket, &items[i],
                              end - i, err);
        i = end;
    }
    return status;
}

/* Decode the block of a bucket behind the `*count` postings of `runs`. */
static Status decode(Store *store, Segments *segments, const Segment *segment,
                     uint64_t bucket, Str bytes, size_t *count, Error *err) {
    BlockReader reader = segment_block(segment, bucket, bytes);
    BlockResult result;
    Posting posting;

    while ((result = block_next(&reader, &posting)) == BLOCK_ITEM) {
        Posting *runs = segments_room(segments->runs, *count + 1,
                                      &segments->runs_capacity, sizeof *runs);

        if (!runs) {
            return segment_no_memory(store, err);
        }
        segments->runs = runs;
        if (segment_bucket(segment, posting.key) != bucket) {
            return segment_damaged(store, segment->segment, err);
        }
        runs[(*count)++] = posting;
    }
    return result == BLOCK_END ? OK
                               : segment_damaged(store, segment->segment, err);
}

static Str column_bytes(sqlite3_stmt *q, int column) {
    const char *bytes = sqlite3_column_blob(q, column);

    return (Str){bytes, (size_t)sqlite3_column_bytes(q, column)};
}

/* Decode the buckets [begin,end) of a segment behind what `runs` has. */
Status buckets_read(Store *store, Segments *segments, const Segment *segment,
                    uint64_t begin, uint64_t end, size_t *count, Error *err) {
    sqlite3_stmt *q;
    int step;
    Status status =
        store_sql(store,
                  "SELECT block, bytes FROM posting WHERE block BETWEEN ?1 AND "
                  "?2 ORDER BY block",
                  &q, err);

    if (status != OK) {
        return status;
    }
    sqlite3_bind_int64(q, 1, segment_row(segment, begin));
    sqlite3_bind_int64(q, 2, segment_row(segment, end - 1));
    while (status == OK && (status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        uint64_t bucket =
            (uint64_t)sqlite3_column_int64(q, 0) & ((1 << BUCKET_BITS_MAX) - 1);

        status = decode(store, segments, segment, bucket, column_bytes(q, 1),
                        count, err);
    }
    sqlite3_reset(q);
    return status;
}

/* ---------------------------------------------------------- single postings */

/* The bytes of a bucket, empty when it has none: borrowed until the next. */
static Status read_block(Store *store, Segments *segments,
                         const Segment *segment, uint64_t bucket, Str *out,
                         Error *err) {
    int64_t row = segment_row(segment, bucket);
    Cached *slot = slot_of(segments, row);
    int step = SQLITE_DONE;
    sqlite3_stmt *q;
    Status status;

    if (slot && slot->row == row) {
        *out = (Str){slot->bytes, slot->len};
        return OK;
    }
    status = slot ? store_sql(store,
                              "SELECT bytes FROM posting WHERE block = "
                              "?1",
                              &q, err)
                  : segment_no_memory(store, err);
    if (status == OK) {
        sqlite3_bind_int64(q, 1, row);
        status = store_step(store, q, &step, err);
    }
    if (status == OK) {
        keep_cached(slot, row,
                    step == SQLITE_ROW ? column_bytes(q, 0) : (Str){0});
        sqlite3_reset(q);
        status = slot->row == row ? OK : segment_no_memory(store, err);
    }
    if (status == OK) {
        *out = (Str){slot->bytes, slot->len};
    }
    return status;
}

/* Read the list that the reader stands before, but for what is beyond the
 * limit. */
static BlockResult read_list(BlockReader *reader, uint32_t limit, bool last,
                             int64_t *out, uint32_t *count) {
    uint64_t passed = last && reader->left > limit ? reader->left - limit : 0;
    BlockResult result = BLOCK_ITEM;
    Posting posting;

    for (uint32_t taken = 0; taken < limit && reader->left > 0;) {
        result = block_next(reader, &posting);
        if (result != BLOCK_ITEM) {
            return BLOCK_DAMAGED;
        }
        if (passed > 0) {
            passed--;
        } else {
            out[(*count)++] = posting.report;
            taken++;
        }
    }
    return BLOCK_ITEM;
}

Status segment_find(Store *store, Segments *segments, const Segment *segment,
                    uint64_t key, uint32_t limit, bool last, int64_t *out,
                    uint32_t *count, Error *err) {
    uint64_t bucket = segment_bucket(segment, key);
    BlockReader reader;
    BlockResult result;
    Str bytes;
    Status status = read_block(store, segments, segment, bucket, &bytes, err);

    if (status != OK) {
        return status;
    }
    reader = segment_block(segment, bucket, bytes);
    result = block_seek(&reader, key);
    if (result == BLOCK_ITEM) {
        result = read_list(&reader, limit, last, out, count);
    }
    return result == BLOCK_DAMAGED
               ? segment_damaged(store, segment->segment, err)
               : OK;
}

static size_t without_posting(Posting *items, size_t count, Posting gone) {
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (items[i].key != gone.key || items[i].report != gone.report) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

Status segment_remove(Store *store, Segments *segments, Segment *segment,
                      Posting posting, Error *err) {
    uint64_t bucket = segment_bucket(segment, posting.key);
    size_t count = 0, kept;
    Status status =
        buckets_read(store, segments, segment, bucket, bucket + 1, &count, err);

    kept = status == OK && count
               ? without_posting(segments->runs, count, posting)
               : count;
    if (status != OK || kept == count) {
        return status;
    }
    segment->postings -= segment->postings > 0;
    status = segment_update(store, segment, err);
    uncache(segments, segment_row(segment, bucket));
    if (status == OK && kept == 0) {
        return rows_run(store, "DELETE FROM posting WHERE block = ?1",
                        segment_row(segment, bucket), 0, err);
    }
    return status == OK ? write_bucket(store, segments, segment, bucket,
                                       segments->runs, kept, err)
                        : status;
}
