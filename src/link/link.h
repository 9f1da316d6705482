/* SPDX-License-Identifier: Apache-2.0 */
/* link/link.h - between reports, through the store.
 *
 * Room: link. The only place where one report meets another, and it does so
 * through the store's indexes: what a report costs does not grow with the
 * number of reports. For each new report, in this order:
 *
 *     names       the report's entities become entities of the store
 *     litter      paragraphs that the outlet repeats under its reports
 *     copies      passages shared with earlier reports, and origins
 *     claims      quotes and figures that are reprints; statements
 *     counts      figures that count the same
 *     happenings  events that are reprints; those of one occurrence
 *     stories     the story it belongs to, and that story's storyline  */
#ifndef LINK_LINK_H
#define LINK_LINK_H

#include "link/same.h"
#include "store/store.h"

/* Link `report`, just put and not yet linked, inside the same transaction.
 * `previous` is the version that it replaces, or 0: that one is unlinked.
 * Memory: `arena` for the work, to be reset by the caller; running out of it
 * comes back as a status, inside arena_try() or not.
 * Errors: ERR_STORE, ERR_NOMEM, ERR_LIMIT; roll the transaction back then. */
MUST_USE Status link_report(Store *store, Arena *arena, const Speller *speller,
                            int64_t report, int64_t previous,
                            const Analysis *analysis, Error *err);

/* Undo what link_report() did, before store_remove(): counts, keys, groups.
 * A store from which a report was forgotten is as if it had never been added.
 */
MUST_USE Status link_forget(Store *store, Arena *arena, const Lexicon *lexicon,
                            int64_t report, Error *err);

/* A person's decision that the entities `a` and `b` are one, or that `form` of
 * `a` is somebody else. Names or numbers. It is kept, and holds for what is
 * added later. Inside a transaction.
 * Errors: as above; ERR_NOT_FOUND, naming what is not there. */
MUST_USE Status link_merge(Store *store, Arena *arena, const Speller *speller,
                           Str a, Str b, Error *err);
MUST_USE Status link_split(Store *store, Arena *arena, const Speller *speller,
                           Str a, Str form, Error *err);

/* The probability, 0 to 1, that two spellings are one name, and why. */
double same_name(Arena *arena, const Speller *speller, Str a, Str b,
                 EntityType type, Evidence *evidence);

#endif
