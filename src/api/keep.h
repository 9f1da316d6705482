/* SPDX-License-Identifier: Apache-2.0 */
/* api/keep.h - one analysed report into the store: put, linked, or neither.
 *
 * Room: api. */
#ifndef API_KEEP_H
#define API_KEEP_H

#include "api/context.h"

/* Keep one report inside the open transaction. What cannot be kept leaves no
 * trace in it.
 * Memory: `arena` is used and reset.
 * Errors: ERR_LIMIT and ERR_NOMEM concern this report alone, the transaction
 * goes on; after any other the caller must roll back. */
MUST_USE Status keep_report(Store *store, Arena *arena, const Speller *speller,
                            const Analysis *analysis, PutResult *result,
                            Error *err);

#endif
