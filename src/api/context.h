/* SPDX-License-Identifier: Apache-2.0 */
/* api/context.h - what stands behind the handles of include/dateline.h.
 *
 * Room: api (the public C API). Each public function checks its arguments,
 * calls the rooms below, and ends in told(), which turns our Error into the
 * caller's. */
#ifndef API_CONTEXT_H
#define API_CONTEXT_H

#include "api/dictionaries.h"
#include "base/lexicon.h"
#include "dateline.h"
#include "find/find.h"
#include "link/speller.h"
#include "read/read.h"
#include "store/store.h"

/* What the analysis of one report may take. Beyond it the report is refused
 * and the run goes on. */
enum { REPORT_MEMORY = 160 << 20 };

struct dateline {
    Knowledge knowledge;        /* owned; read-only, so shared by all threads */
    Dictionaries *dictionaries; /* the same */
    Speller *speller;           /* the same */
};

struct dateline_store {
    const dateline *data; /* borrowed */
    Store *store;         /* owned */
};

/* `status` as the public one; fills the caller's `error` (may be NULL) from
 * `err` when it is not OK. */
dateline_status told(Status status, const Error *err, dateline_error *error);

/* The caller's options, or the defaults where it gives none. */
dateline_options options_or_default(const dateline_options *options);

/* Whether and how to look for claims in this report. */
FindOptions find_options(const dateline *d, const dateline_options *options,
                         const Report *report);

/* A caller's report as ours. Strings stay the caller's; only the id may be
 * made, in `arena`: call it inside arena_try().
 * Errors: ERR_USAGE (no text), ERR_LIMIT (too large), ERR_ENCODING, ERR_INPUT
 * (a NUL, no date); the message names the field. */
MUST_USE Status report_take(Arena *arena, const dateline_report *from,
                            size_t max, Report *out, Error *err);

#endif
