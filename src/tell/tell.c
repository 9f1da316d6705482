/* SPDX-License-Identifier: Apache-2.0 */
/* tell/tell.c - see tell.h: checks what is asked, then lets the view tell. */
#include "tell/tell.h"

#include "tell/account.h"
#include "tell/filter.h"
#include "tell/timeline.h"
#include "tell/views.h"

typedef struct ViewEntry {
    const char *name;
    void (*run)(Teller *teller);
    uint32_t filters; /* that it takes */
    bool json, html;
} ViewEntry;

static const ViewEntry views[VIEW_COUNT] = {
    [VIEW_ACCOUNT] = {"show", tell_account,
                      FILTER_STORY | FILTER_STORYLINE | FILTER_REPORT |
                          FILTER_MAX | FILTER_SENTENCES | FILTER_LITTER,
                      false, true},
    [VIEW_STORIES] = {"stories", tell_stories, FILTER_REPORTS | FILTER_MAX,
                      true, false},
    [VIEW_TIMELINE] = {"timeline", tell_timeline,
                       FILTER_REPORTS | FILTER_MAX | FILTER_SENTENCES, true,
                       false},
    [VIEW_QUOTES] = {"quotes", tell_quotes,
                     FILTER_REPORTS | FILTER_SPEAKER | FILTER_KIND |
                         FILTER_PLACE | FILTER_MAX,
                     true, false},
    [VIEW_FIGURES] = {"figures", tell_figures,
                      FILTER_REPORTS | FILTER_CLAIMANT | FILTER_KIND |
                          FILTER_PLACE | FILTER_MAX,
                      true, false},
    [VIEW_EVENTS] = {"events", tell_events,
                     FILTER_REPORTS | FILTER_ACTOR | FILTER_CODE |
                         FILTER_PLACE | FILTER_MAX,
                     true, false},
    [VIEW_CONFLICTS] = {"conflicts", tell_conflicts,
                        FILTER_REPORTS | FILTER_CLAIMANT | FILTER_KIND |
                            FILTER_PLACE | FILTER_MAX,
                        true, false},
    [VIEW_COPIES] = {"copies", tell_copies,
                     FILTER_REPORTS | FILTER_KIND | FILTER_MAX, true, false},
    [VIEW_NAMES] = {"names", tell_names,
                    FILTER_REPORTS | FILTER_NAME | FILTER_TYPE | FILTER_MAX,
                    true, false},
    [VIEW_SEARCH] = {"search", tell_search,
                     FILTER_REPORTS | FILTER_QUERY | FILTER_MAX, true, false},
    [VIEW_LITTER] = {"litter", tell_litter,
                     FILTER_REPORTS | FILTER_WHY | FILTER_MAX, true, false},
    [VIEW_VERSIONS] = {"versions", tell_versions, FILTER_REPORTS | FILTER_MAX,
                       true, false},
    [VIEW_EXPLAIN] = {"explain", tell_explain, FILTER_REPORT, true, false},
};

static Status check(const ViewEntry *view, const TellFilter *filter,
                    TellStyle style, Error *err) {
    if (style.format == TELL_JSON && !view->json) {
        return fail(err, ERR_USAGE,
                    "%s has no JSON; stories, quotes, figures, events, copies,"
                    " names and timeline have",
                    view->name);
    }
    if (style.format == TELL_HTML && !view->html) {
        return fail(err, ERR_USAGE, "%s has no page; show has", view->name);
    }
    return filter_check(filter, view->filters, view->name, err);
}

typedef struct Telling {
    Teller *teller;
    const ViewEntry *view;
} Telling;

static void run_view(void *context) {
    Telling *telling = context;

    telling->view->run(telling->teller);
    teller_flush(telling->teller, true);
}

/* Both arenas may run out, so each has its guard: this one inside the other. */
static void run_guarded(void *context) {
    Teller *teller = ((Telling *)context)->teller;
    Error err;
    Status status = arena_try(teller->row, run_view, context, &err);

    if (status != OK) {
        teller_fail(teller, status, "%s", err.message);
    }
}

/* The first failure: of the store or the sink, else of memory. */
static Status run(Telling *telling, Error *err) {
    Teller *teller = telling->teller;
    Status status = arena_try(teller->arena, run_guarded, telling, err);

    if (teller->status != OK) {
        return fail(err, teller->status, "%s", teller->error.message);
    }
    return status;
}

static void close_all(Teller *teller) {
    for (uint32_t i = 0; i < teller->query_count; i++) {
        sqlite3_finalize(teller->queries[i].statement);
    }
    buf_deinit(&teller->out);
}

Status tell(Store *store, const Lexicon *lexicon, View view,
            const TellFilter *filter, TellStyle style, TellSink sink,
            Error *err) {
    Arena arena, row;
    Teller teller = {.store = store,
                     .lexicon = lexicon,
                     .filter = filter,
                     .style = style,
                     .sink = sink,
                     .arena = &arena,
                     .row = &row};
    Telling telling = {&teller, &views[view]};
    Status status = check(&views[view], filter, style, err);

    if (status == OK) {
        status = filter_functions(store_db(store), err);
    }
    if (status != OK) {
        return status;
    }
    arena_init(&arena, 0);
    arena_init(&row, 0);
    buf_init(&teller.out, 0);
    status = run(&telling, err);
    close_all(&teller);
    arena_deinit(&arena);
    arena_deinit(&row);
    return status;
}
