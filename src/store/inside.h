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

/* SQLite's `result` as a Status with the file's name and what to do. */
Status store_fail(const Store *store, int result, Error *err);

#endif
