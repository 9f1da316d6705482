/* SPDX-License-Identifier: Apache-2.0 */
/* api/store.c - the store's handle: open, close, forget, verify. */
#include <stdlib.h>

#include "api/context.h"
#include "link/link.h"

_Static_assert((int)DATELINE_READ == (int)STORE_READ, "mode");
_Static_assert((int)DATELINE_WRITE == (int)STORE_WRITE, "mode");

dateline_status dateline_store_open(dateline *d, const char *path,
                                    dateline_mode mode, dateline_store **out,
                                    dateline_error *error) {
    Error err = {0};
    dateline_store *made = calloc(1, sizeof *made);
    Status status = made ? store_open(path, (StoreMode)mode, &made->store, &err)
                         : fail(&err, ERR_NOMEM, "out of memory");

    if (status == OK) {
        made->data = d;
        *out = made;
    } else {
        free(made);
    }
    return told(status, &err, error);
}

void dateline_store_close(dateline_store *store) {
    if (store) {
        store_close(store->store);
        free(store);
    }
}

typedef struct Forget {
    Store *store;
    const Lexicon *lexicon;
    Arena arena;
    int64_t report;
    Status status;
    Error *err;
} Forget;

/* Older versions were unlinked when they were replaced. */
static void unlink_report(void *context) {
    Forget *forget = context;

    forget->status = link_forget(forget->store, &forget->arena, forget->lexicon,
                                 forget->report, forget->err);
}

static Status forget_report(const dateline_store *from, const char *id,
                            Error *err) {
    Store *store = from->store;
    Forget forget = {
        .store = store, .lexicon = from->data->knowledge.lexicon, .err = err};
    Status status = store_find(store, str_of(id), &forget.report, err);

    if (status != OK) {
        return status;
    }
    arena_init(&forget.arena, REPORT_MEMORY);
    status = arena_try(&forget.arena, unlink_report, &forget, err);
    status = status == OK ? forget.status : status;
    arena_deinit(&forget.arena);
    return status == OK ? store_remove(store, forget.report, err) : status;
}

dateline_status dateline_forget(dateline_store *store, const char *id,
                                dateline_error *error) {
    Error err = {0};
    Status status = store_begin(store->store, &err);

    if (status == OK) {
        status = forget_report(store, id, &err);
        if (status == OK) {
            status = store_commit(store->store, &err);
        }
        if (status != OK) {
            store_rollback(store->store);
        }
    }
    return told(status, &err, error);
}

typedef Status Decide(Store *store, Arena *arena, const Speller *speller, Str a,
                      Str b, Error *err);

static dateline_status decide(dateline_store *store, Decide *decide_it,
                              const char *a, const char *b,
                              dateline_error *error) {
    Error err = {0};
    Arena arena;
    Status status = store_begin(store->store, &err);

    if (status != OK) {
        return told(status, &err, error);
    }
    arena_init(&arena, REPORT_MEMORY);
    status = decide_it(store->store, &arena, store->data->speller, str_of(a),
                       str_of(b), &err);
    arena_deinit(&arena);
    if (status == OK) {
        status = store_commit(store->store, &err);
    }
    if (status != OK) {
        store_rollback(store->store);
    }
    return told(status, &err, error);
}

dateline_status dateline_merge_names(dateline_store *store, const char *a,
                                     const char *b, dateline_error *error) {
    return decide(store, link_merge, a, b, error);
}

dateline_status dateline_split_name(dateline_store *store, const char *a,
                                    const char *form, dateline_error *error) {
    return decide(store, link_split, a, form, error);
}

static void pass_on(void *context, const char *what) {
    const dateline_calls *calls = context;

    if (calls->complain) {
        calls->complain(calls->context, what);
    }
}

dateline_status dateline_verify(dateline_store *store,
                                const dateline_calls *calls, uint64_t *reports,
                                uint64_t *faults, dateline_error *error) {
    dateline_calls to = calls ? *calls : (dateline_calls){0};
    uint64_t report_count = 0, fault_count = 0;
    Error err = {0};
    Status status = store_verify(store->store, pass_on, &to, &report_count,
                                 &fault_count, &err);

    if (reports) {
        *reports = report_count;
    }
    if (faults) {
        *faults = fault_count;
    }
    return told(status, &err, error);
}
