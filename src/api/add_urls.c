/* SPDX-License-Identifier: Apache-2.0 */
/* api/add_urls.c - pages of the web into the store, one by one. */
#include <stdio.h>

#include "api/article.h"
#include "api/keep.h"
#include "base/json.h"

typedef struct Run {
    dateline_store *store;
    const dateline_calls *calls; /* never NULL */
    dateline_tally tally;
    Article article;
    Arena arena; /* for link/ */
    Buf line;
} Run;

static Status keep(Run *run, PutResult *result, Error *err) {
    Store *store = run->store->store;
    Status status = store_begin(store, err);

    if (status == OK) {
        status = keep_report(store, &run->arena, run->store->data->speller,
                             &run->article.analysis, result, err);
    }
    if (status == OK) {
        return store_commit(store, err);
    }
    store_rollback(store);
    return status;
}

/* False when the caller wants no more. */
static bool tell(Run *run, Str id, const char *status, const char *why) {
    Json json = json_to(&run->line);

    if (!run->calls->write) {
        return true;
    }
    buf_reset(&run->line);
    json_open(&json, '{');
    json_key_str_or_null(&json, "id", id);
    json_key_str(&json, "status", str_of(status));
    if (why) {
        json_key_str(&json, "why", str_of(why));
    }
    json_close(&json, '}');
    buf_char(&run->line, '\n');
    return run->line.status == OK &&
           run->calls->write(run->calls->context, run->line.ptr,
                             run->line.len) == 0;
}

static bool refuse(Run *run, const char *url, Error *why) {
    fail_in(why, "%s", url);
    run->tally.errors++;
    if (run->calls->complain) {
        run->calls->complain(run->calls->context, why->message);
    }
    return tell(run, (Str){0}, "refused", why->message);
}

static bool count(Run *run, PutResult result) {
    static const char *const words[PUT_RESULT_COUNT] = {"added", "same",
                                                        "version"};
    run->tally.reports++;
    run->tally.added += result == PUT_ADDED;
    run->tally.same += result == PUT_SAME;
    run->tally.versions += result == PUT_VERSION;
    return tell(run, run->article.report.id, words[result], NULL);
}

/* Errors: of the store; what is wrong with the page is told and counted. */
static Status add_url(Run *run, const char *url, bool *go_on, Error *err) {
    Article *article = &run->article;
    PutResult result = PUT_ADDED;
    Error why = {0};
    Status status;

    article_reset(article);
    article_take(article, str_of(url), (Str){0}, true);
    if (!article->ready) {
        *go_on = refuse(run, url, &article->error);
        return OK;
    }
    status = keep(run, &result, &why);
    if (status == OK) {
        *go_on = count(run, result);
    } else if (status == ERR_LIMIT || status == ERR_NOMEM) {
        *go_on = refuse(run, url, &why);
    } else {
        return fail(err, status, "%s", why.message);
    }
    return OK;
}

dateline_status
dateline_add_urls(dateline_store *store, const char *const *urls,
                  size_t count_urls, const dateline_options *options,
                  const dateline_fetch *fetch, const dateline_calls *calls,
                  dateline_tally *tally, dateline_error *error) {
    static const dateline_calls no_calls = {0};
    dateline_options read = options_or_default(options);
    dateline_fetch how = fetch_or_default(fetch);
    Run run = {.store = store, .calls = calls ? calls : &no_calls};
    Hosts *hosts = NULL;
    Error err = {0};
    bool go_on = true;
    Status status = hosts_new(how.pause, &hosts, &err);

    arena_init(&run.arena, REPORT_MEMORY);
    buf_init(&run.line, 0);
    if (status == OK) {
        status =
            article_init(&run.article, store->data, &read, &how, hosts, &err);
    }
    for (size_t i = 0; status == OK && go_on && i < count_urls; i++) {
        status = add_url(&run, urls[i], &go_on, &err);
    }
    article_deinit(&run.article);
    buf_deinit(&run.line);
    arena_deinit(&run.arena);
    hosts_free(hosts);
    if (tally) {
        *tally = run.tally;
    }
    return told(status, &err, error);
}
