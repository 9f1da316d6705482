/* SPDX-License-Identifier: Apache-2.0 */
/* store/segments.h - sorted segments of postings, as rows of the store.
 *
 * Room: store, for postings.c and verify.c; postings.h draws the whole. Tables:
 * segment, posting (the buckets), posting_filter. */
#ifndef STORE_SEGMENTS_H
#define STORE_SEGMENTS_H

#include "store/block.h"
#include "store/store.h"

/* The key after the last. */
#define KEY_END (UINT64_C(1) << KEY_BITS)

typedef struct Segment {
    int64_t segment;     /* number */
    unsigned bits;       /* 2^bits buckets by the first bits of a key */
    uint64_t postings;   /* in it now */
    uint64_t low, high;  /* keys that it holds: [low,high) */
    int64_t first, last; /* no report in it is before or after these */
    int64_t into;        /* the segment it is being merged into; 0: none */
    uint64_t *filter;    /* owned */
} Segment;

/* A bucket that was read before. */
typedef struct Cached {
    int64_t row; /* 0: free */
    char *bytes; /* owned */
    size_t len, capacity;
} Cached;

typedef struct Segments {
    Segment *items; /* owned */
    uint32_t count, capacity;
    Cached *cache;          /* owned: CACHE_SLOTS, by row */
    Posting *runs, *merged; /* owned: of one step of a merge */
    size_t runs_capacity, merged_capacity;
    Buf block;
} Segments;

void segments_init(Segments *segments);
void segments_deinit(Segments *segments);

/* Read the list anew; filters that have not changed since are kept. */
MUST_USE Status segments_load(Store *store, Segments *segments, Error *err);
/* Write `items`, sorted and each once, as a new segment. */
MUST_USE Status segments_add(Store *store, Segments *segments,
                             const Posting *items, size_t count, Error *err);
/* Move merges on by about `budget` postings each; start those that are due. */
MUST_USE Status segments_merge(Store *store, Segments *segments,
                               uint64_t budget, Error *err);

/* The bucket of a key, a bucket's row, and what its bytes say. */
uint64_t segment_bucket(const Segment *segment, uint64_t key);
int64_t segment_row(const Segment *segment, uint64_t bucket);
BlockReader segment_block(const Segment *segment, uint64_t bucket, Str bytes);

/* True if `segment` may hold `key`. */
bool segment_may_have(const Segment *segment, uint64_t key);
/* Fetch into the cache what segment_may_have() will read. */
void segment_prefetch(const Segment *segment, uint64_t key);
/* Append reports of `key` in `segment`, at most `limit`, to the `*count` of
 * `out`: the first, or the last; in rising order. */
MUST_USE Status segment_find(Store *store, Segments *segments,
                             const Segment *segment, uint64_t key,
                             uint32_t limit, bool last, int64_t *out,
                             uint32_t *count, Error *err);
/* Take a posting out of its row, if it is there. */
MUST_USE Status segment_remove(Store *store, Segments *segments,
                               Segment *segment, Posting posting, Error *err);
/* Let go of segments from which all was removed. */
MUST_USE Status segments_drop_empty(Store *store, Segments *segments,
                                    Error *err);

#endif
