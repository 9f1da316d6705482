/* SPDX-License-Identifier: Apache-2.0 */
/* link/link.c - see link.h: the steps, in order. */
#include "link/inside.h"

/* What arena_try() is given, and what comes back. */
typedef struct Work {
    Link link;
    void (*steps)(Link *link);
    void (*decide)(Link *link, const Decision *decision); /* or NULL */
    Decision decision;
} Work;

static void forget(Link *link) {
    litter_forget(link);
    stories_forget(link);
    counts_forget(link);
    happenings_forget(link);
    claims_forget(link);
    copies_forget(link);
    names_forget(link);
    run1(link, "DELETE FROM trace WHERE report = ?1", link->report);
}

static void link_all(Link *link) {
    if (link->previous) {
        int64_t report = link->report;

        link->report = link->previous;
        forget(link);
        link->report = report;
    }
    names_link(link);
    litter_known(link);
    copies_link(link);
    litter_found(link);
    claims_link(link);
    stories_link(link);
    counts_link(link);
    happenings_link(link);
}

static void do_work(void *context) {
    Work *work = context;

    if (work->decide) {
        work->decide(&work->link, &work->decision);
    } else {
        work->steps(&work->link);
    }
}

/* The caller may be inside arena_try() already: then it catches. */
static Status work_on(Work *work) {
    Arena *arena = work->link.arena;
    Status status = OK;

    if (arena->guard) {
        do_work(work);
    } else {
        status = arena_try(arena, do_work, work, work->link.err);
    }
    return status == OK ? work->link.status : status;
}

static void prepare_and_link(Link *link) {
    link->entities = arena_zero(
        link->arena, link->analysis->entity_count * sizeof *link->entities + 1);
    link_all(link);
}

Status link_report(Store *store, Arena *arena, const Speller *speller,
                   int64_t report, int64_t previous, const Analysis *analysis,
                   Error *err) {
    Work work = {.link = {.store = store,
                          .arena = arena,
                          .speller = speller,
                          .lexicon = analysis->text.lexicon,
                          .report = report,
                          .previous = previous,
                          .analysis = analysis,
                          .err = err},
                 .steps = prepare_and_link};

    return work_on(&work);
}

Status link_forget(Store *store, Arena *arena, const Lexicon *lexicon,
                   int64_t report, Error *err) {
    Work work = {.link = {.store = store,
                          .arena = arena,
                          .lexicon = lexicon,
                          .report = report,
                          .err = err},
                 .steps = forget};

    return work_on(&work);
}

Status link_merge(Store *store, Arena *arena, const Speller *speller, Str a,
                  Str b, Error *err) {
    Work work = {.link = {.store = store,
                          .arena = arena,
                          .speller = speller,
                          .err = err},
                 .decide = names_merge,
                 .decision = {a, b}};

    return work_on(&work);
}

Status link_split(Store *store, Arena *arena, const Speller *speller, Str a,
                  Str form, Error *err) {
    Work work = {.link = {.store = store,
                          .arena = arena,
                          .speller = speller,
                          .err = err},
                 .decide = names_split,
                 .decision = {a, form}};

    return work_on(&work);
}
