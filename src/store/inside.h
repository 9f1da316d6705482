/* SPDX-License-Identifier: Apache-2.0 */
/* store/inside.h - what the files of this room share, and nobody else needs.
 *
 * Room: store. */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include "base/buf.h"
#include "store/store.h"

/* The store's buffer, emptied: for JSON on its way into a column. */
Buf *store_scratch(Store *store);
const char *store_path(const Store *store);

/* The search index takes the reports of a transaction at its commit, all in
 * one statement: FTS5 writes out what it has gathered whenever a savepoint is
 * set, so that words put in report by report would be a segment each. */
void store_search_later(Store *store, int64_t report);
/* The report number from which on they are not in the index yet. */
int64_t store_searched(const Store *store);

/* postings.c, as a part of the store and its transactions. */
typedef struct Postings Postings;
Postings *store_postings(Store *store);
Postings *postings_new(void);
void postings_free(Postings *postings);
MUST_USE Status postings_begin(Store *store, Postings *postings, Error *err);
/* Write what the transaction has added, before SQLite's commit. */
MUST_USE Status postings_commit(Store *store, Postings *postings, Error *err);
void postings_rollback(Postings *postings);
/* Undo what was done since the mark. */
void postings_mark(Postings *postings);
void postings_undo(Postings *postings);

/* SQLite's `result` as a Status with the file's name and what to do. */
Status store_fail(const Store *store, int result, Error *err);

#endif
