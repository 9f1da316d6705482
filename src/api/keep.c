/* SPDX-License-Identifier: Apache-2.0 */
/* api/keep.c - see keep.h.
 *
 * A mark around each report: link/ may leave its work at any allocation,
 * and what it had written by then must go. */
#include "api/keep.h"

#include "link/link.h"

typedef struct Keep {
    Store *store;
    Arena *arena;
    const Speller *speller;
    const Analysis *analysis;
    PutResult result;
    Status status;
    Error *err;
} Keep;

static void keep(void *context) {
    Keep *keep = context;
    int64_t report = 0, previous = 0;

    keep->status = store_put(keep->store, keep->analysis, &keep->result,
                             &report, &previous, keep->err);
    if (keep->status == OK && keep->result != PUT_SAME) {
        keep->status = link_report(keep->store, keep->arena, keep->speller,
                                   report, previous, keep->analysis, keep->err);
    }
}

Status keep_report(Store *store, Arena *arena, const Speller *speller,
                   const Analysis *analysis, PutResult *result, Error *err) {
    Error why = {0};
    Keep work = {.store = store,
                 .arena = arena,
                 .speller = speller,
                 .analysis = analysis,
                 .err = &why};
    Status status = store_mark(store, err);

    if (status != OK) {
        return status;
    }
    status = arena_try(arena, keep, &work, &why);
    status = status == OK ? work.status : status;
    arena_reset(arena);
    if (status == OK) {
        *result = work.result;
        return store_unmark(store, err);
    }
    if (status == ERR_LIMIT || status == ERR_NOMEM) {
        Status undone = store_undo(store, err);
        if (undone != OK) {
            return undone;
        }
    }
    return fail(err, status, "%s", why.message);
}
