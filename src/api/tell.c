/* SPDX-License-Identifier: Apache-2.0 */
/* api/tell.c - what is told of a store: handed on, or walked line by line. */
#include "tell/tell.h"

#include <stdlib.h>
#include <string.h>

#include "api/context.h"

_Static_assert((int)DATELINE_ACCOUNT == (int)VIEW_ACCOUNT, "what");
_Static_assert((int)DATELINE_STORIES == (int)VIEW_STORIES, "what");
_Static_assert((int)DATELINE_TIMELINE == (int)VIEW_TIMELINE, "what");
_Static_assert((int)DATELINE_QUOTES == (int)VIEW_QUOTES, "what");
_Static_assert((int)DATELINE_FIGURES == (int)VIEW_FIGURES, "what");
_Static_assert((int)DATELINE_COPIES == (int)VIEW_COPIES, "what");
_Static_assert((int)DATELINE_NAMES == (int)VIEW_NAMES, "what");
_Static_assert((int)DATELINE_SEARCH == (int)VIEW_SEARCH, "what");
_Static_assert((int)DATELINE_LITTER == (int)VIEW_LITTER, "what");
_Static_assert((int)DATELINE_VERSIONS == (int)VIEW_VERSIONS, "what");
_Static_assert((int)DATELINE_EXPLAIN == (int)VIEW_EXPLAIN, "what");
_Static_assert((int)DATELINE_EVENTS == (int)VIEW_EVENTS, "what");
_Static_assert((int)DATELINE_CONFLICTS == (int)VIEW_CONFLICTS, "what");
_Static_assert((int)DATELINE_CONFLICTS + 1 == (int)VIEW_COUNT, "what");
_Static_assert((int)DATELINE_TEXT == (int)TELL_TEXT, "format");
_Static_assert((int)DATELINE_JSON == (int)TELL_JSON, "format");
_Static_assert((int)DATELINE_HTML == (int)TELL_HTML, "format");

static TellFilter filter_of(const dateline_filter *from) {
    static const dateline_filter all = {0};

    from = from ? from : &all;
    return (TellFilter){.story = from->story,
                        .storyline = from->storyline,
                        .report = str_of(from->report),
                        .other = str_of(from->other),
                        .speaker = str_of(from->speaker),
                        .kind = str_of(from->kind),
                        .outlet = str_of(from->outlet),
                        .place = str_of(from->place),
                        .since = str_of(from->since),
                        .until = str_of(from->until),
                        .query = str_of(from->query),
                        .max = from->max,
                        .sentences = from->sentences,
                        .litter = from->litter != 0};
}

static bool pass_on(void *context, Str bytes) {
    const dateline_calls *calls = context;

    return !calls->write ||
           calls->write(calls->context, bytes.ptr, bytes.len) == 0;
}

dateline_status dateline_tell(dateline_store *store, dateline_what what,
                              const dateline_filter *filter,
                              const dateline_style *style,
                              const dateline_calls *calls,
                              dateline_error *error) {
    dateline_calls to = calls ? *calls : (dateline_calls){0};
    TellFilter which = filter_of(filter);
    TellStyle how = {0};
    Error err = {0};
    Status status;

    if (style) {
        how = (TellStyle){.format = (TellFormat)style->format,
                          .colour = style->colour != 0,
                          .width = style->width};
    }
    status = tell(store->store, store->data->knowledge.lexicon, (View)what,
                  &which, how, (TellSink){pass_on, &to}, &err);
    return told(status, &err, error);
}

struct dateline_view {
    Buf lines;   /* all of it, each line's newline made a NUL */
    size_t next; /* where the next object begins */
};

static bool collect(void *context, Str bytes) {
    dateline_view *view = context;

    buf_push(&view->lines, bytes);
    return view->lines.status == OK;
}

static Status fill_view(dateline_view *view, dateline_store *store, View what,
                        const TellFilter *filter, Error *err) {
    Status status =
        tell(store->store, store->data->knowledge.lexicon, what, filter,
             (TellStyle){.format = TELL_JSON}, (TellSink){collect, view}, err);

    if (view->lines.status != OK) {
        return buf_check(&view->lines, err);
    }
    for (size_t i = 0; i < view->lines.len; i++) {
        if (view->lines.ptr[i] == '\n') {
            view->lines.ptr[i] = '\0';
        }
    }
    return status;
}

dateline_status dateline_view_open(dateline_store *store, dateline_what what,
                                   const dateline_filter *filter,
                                   dateline_view **out, dateline_error *error) {
    TellFilter which = filter_of(filter);
    dateline_view *view = calloc(1, sizeof *view);
    Error err = {0};
    Status status = view ? fill_view(view, store, (View)what, &which, &err)
                         : fail(&err, ERR_NOMEM, "out of memory");

    if (status == OK) {
        *out = view;
    } else {
        dateline_view_close(view);
    }
    return told(status, &err, error);
}

const char *dateline_view_next(dateline_view *view) {
    const char *object;

    if (view->next >= view->lines.len) {
        return NULL;
    }
    object = view->lines.ptr + view->next;
    view->next += strlen(object) + 1;
    return object;
}

void dateline_view_close(dateline_view *view) {
    if (view) {
        buf_deinit(&view->lines);
        free(view);
    }
}
