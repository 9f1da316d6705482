/* SPDX-License-Identifier: Apache-2.0 */
/* find/find.h - from a raw report to its claims.
 *
 * Room: find. The order matters: times and names first, then who speaks, then
 * figures, whose claimant may be the speaker of the clause around them. Each
 * finder appends to the analysis and reads what those before it have put
 * there. No claim without a `why`. */
#ifndef FIND_FIND_H
#define FIND_FIND_H

#include "base/buf.h"
#include "base/chain.h"
#include "find/analysis.h"
#include "find/coding.h"

/* What the finders know: read-only, so shared by all threads. */
typedef struct Knowledge {
    Lexicon *lexicon;       /* owned */
    Model *model;           /* owned; see tag/tag.h */
    ChainFile *attribution; /* owned; see find/attribution.h */
} Knowledge;

/* Open the lexicon and the models in `folder`, or, when that is NULL, where
 * data_find() finds them. Errors: ERR_IO, ERR_DATA, ERR_NOMEM; nothing is
 * then left open. */
MUST_USE Status knowledge_open(const char *folder, Knowledge *out, Error *err);
void knowledge_close(Knowledge *knowledge);

typedef struct FindOptions {
    bool clean;           /* tell body from litter */
    bool find;            /* look for claims; without, stop after the words */
    bool tag;             /* without `find`: tag the words all the same */
    const Coding *coding; /* borrowed; what events are coded by; NULL: none */
} FindOptions;

/* Clean, cut, find: the whole walk of one report.
 * Memory: all in `arena`; `report` and `knowledge` must outlive it.
 * Call it inside arena_try(). Cost: linear in the text. */
void find_all(Arena *arena, const Knowledge *knowledge, const Report *report,
              FindOptions options, Analysis *out);

/* One line of the contract's record, with a newline at its end. */
void record_write(const Analysis *analysis, bool tokens, Buf *out);

#endif
