/* SPDX-License-Identifier: Apache-2.0 */
/* store/verify_index.h - the index of postings, read row by row.
 *
 * Room: store, for verify.c. Each bucket can be read to its end, holds keys of
 * its own in order, of reports that are there, and its filter knows them; each
 * segment has as many postings as it says. */
#ifndef STORE_VERIFY_INDEX_H
#define STORE_VERIFY_INDEX_H

#include "store/store.h"

/* Tell each fault through `complain`. Errors: of reading, not of what is read.
 * Memory: a bit for each report. Cost: the index is read once. */
MUST_USE Status verify_index(Store *store,
                             void (*complain)(void *context, const char *what),
                             void *context, Error *err);

#endif
