/* SPDX-License-Identifier: Apache-2.0 */
/* store/inside_index.h - what the files of the index share, and nobody else
 * needs.
 *
 * Room: store. segments.c has the list, bucket.c the rows of postings, filter.c
 * what tells that a key is not there, merge.c how few segments stay few. */
#ifndef STORE_INSIDE_INDEX_H
#define STORE_INSIDE_INDEX_H

#include "store/inside.h"
#include "store/segments.h"

enum {
    BUCKET_MAX = 256,     /* postings of a bucket, at most, on average */
    BUCKET_BITS_MAX = 24, /* a row's number is segment << 24 | bucket */
};

/* ------------------------------------------------------- list, segments.c */

unsigned segment_bits_for(uint64_t postings);
/* Its reports go from `first` to `last` too. */
void segment_widen(Segment *segment, int64_t first, int64_t last);
/* The segment's row: a new one, which gives it its number; as it is now; and
 * all that is the segment's. */
MUST_USE Status segment_insert(Store *store, Segment *segment, Error *err);
MUST_USE Status segment_update(Store *store, const Segment *segment,
                               Error *err);
MUST_USE Status segment_delete(Store *store, const Segment *segment,
                               Error *err);
/* Takes the filter over, also when it fails. */
MUST_USE Status segments_push(Store *store, Segments *segments, Segment segment,
                              Error *err);
/* Room for `count` items of `size` bytes in an owned array; NULL: no memory. */
void *segments_room(void *items, size_t count, size_t *capacity, size_t size);
Status segment_damaged(Store *store, int64_t segment, Error *err);
Status segment_no_memory(Store *store, Error *err);

/* ---------------------------------------------------------- rows, bucket.c */

/* The first key of a bucket. */
uint64_t segment_base(const Segment *segment, uint64_t bucket);
/* Write sorted postings as the buckets that they fall into, and into the
 * filter in memory. */
MUST_USE Status buckets_write(Store *store, Segments *segments,
                              const Segment *segment, const Posting *items,
                              size_t count, Error *err);
/* Decode the buckets [begin,end) behind the `*count` postings of `runs`. */
MUST_USE Status buckets_read(Store *store, Segments *segments,
                             const Segment *segment, uint64_t begin,
                             uint64_t end, size_t *count, Error *err);
void buckets_forget(Segments *segments);
/* Run a statement about rows `first` to `last`. */
MUST_USE Status rows_run(Store *store, const char *sql, int64_t first,
                         int64_t last, Error *err);

/* ------------------------------------------------------- filters, filter.c */

/* An empty filter in memory, owned by the segment; or the one that is kept. */
MUST_USE Status filter_make(Store *store, Segment *segment, Error *err);
MUST_USE Status filter_read(Store *store, Segment *segment, Error *err);
/* Keep the parts of it that hold buckets [begin,end). */
MUST_USE Status filter_write(Store *store, const Segment *segment,
                             uint64_t begin, uint64_t end, Error *err);
void filter_add(const Segment *segment, uint64_t key);

#endif
