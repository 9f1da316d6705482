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
#include "find/analysis.h"

typedef struct FindOptions {
    bool clean; /* tell body from litter */
    bool find;  /* look for claims; without, stop after the words */
    bool tag;   /* without `find`: tag the words all the same */
} FindOptions;

/* Clean, cut, find: the whole walk of one report.
 * Memory: all in `arena`; `report`, `lexicon` and `model` must outlive it.
 * Call it inside arena_try(). Cost: linear in the text. */
void find_all(Arena *arena, const Lexicon *lexicon, const Model *model,
              const Report *report, FindOptions options, Analysis *out);

/* One line of the contract's record, with a newline at its end. */
void record_write(const Analysis *analysis, bool tokens, Buf *out);

#endif
