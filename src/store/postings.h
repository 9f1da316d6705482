/* SPDX-License-Identifier: Apache-2.0 */
/* store/postings.h - an index from keys to the reports that have them, at one
 * cost a report however many there are.
 *
 * Room: store. What link/ looks reports up by (winnowed fingerprints of the
 * text, repeated paragraphs) is many random numbers a report: a B-tree that
 * takes them one by one touches a page for each, and falls to a tenth of its
 * speed at a million reports. Here they are gathered in memory and written at
 * the commit, sorted, as one segment; segments of like size are merged, a
 * little at each commit (a log-structured merge tree, O'Neil et al. 1996):
 *
 *     postings_add  ->  memory  --commit-->  segment, segment, segment
 *                                             '---- merge ----'
 *                                                 segment (4 times as large)
 *
 * Segments are rows of the store, so that they are committed with it, safe
 * from a kill at any instant, and shared with other writers by SQLite's own
 * locks. A segment is 2^bits buckets by the first bits of the key, a row each
 * (store/block.h), with a Bloom filter of a cache line for each eighth of a
 * bucket (Putze, Sanders, Singler, "Cache-, hash- and space-efficient Bloom
 * filters", 2007) that is held in memory: most keys of a new report are new,
 * and cost no row. A merge moves a range of keys at a time: what lies below
 * `low` has gone into the larger segment, which holds what lies below its
 * `high`.
 *
 * Memory: filters of 1 to 3 bytes a posting, and what the batch adds.
 * Cost: adding and finding grow with the logarithm of the postings. */
#ifndef STORE_POSTINGS_H
#define STORE_POSTINGS_H

#include "store/store.h"

/* What a number is looked up for: equal numbers of two kinds are two keys. */
typedef enum PostingKind {
    POSTING_FINGERPRINT, /* of a report's text: link/copies.c */
    POSTING_LINE,        /* a paragraph of an outlet: link/litter.c */
    POSTING_TERM,        /* what a report is about: link/near.c */
} PostingKind;

/* All below work inside the store's transaction.
 * Errors: ERR_STORE (SQLite, or a damaged row), ERR_NOMEM. */

/* Say that `report` has these numbers, each once. */
MUST_USE Status postings_add(Store *store, PostingKind kind,
                             const uint64_t *numbers, uint32_t count,
                             int64_t report, Error *err);
/* Take it back: from memory, or out of the row. Those that it does not have
 * are passed over. Cost: a row written for each. */
MUST_USE Status postings_remove(Store *store, PostingKind kind,
                                const uint64_t *numbers, uint32_t count,
                                int64_t report, Error *err);

typedef enum PostingsEnd {
    POSTINGS_FIRST, /* the reports that were added first */
    POSTINGS_LAST,  /* those added last */
} PostingsEnd;

/* For each of `count` numbers `found` is called once with at most `limit` of
 * the reports that have it, from that end of them, in rising order; not at all
 * when there are none. Segments that cannot hold any of these are not read. */
enum { POSTINGS_LIMIT_MAX = 256 };
typedef void PostingsFound(void *context, uint32_t which,
                           const int64_t *reports, uint32_t count);
MUST_USE Status postings_find(Store *store, PostingKind kind,
                              const uint64_t *numbers, uint32_t count,
                              PostingsEnd end, uint32_t limit,
                              PostingsFound *found, void *context, Error *err);

#endif
