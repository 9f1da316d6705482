/* SPDX-License-Identifier: Apache-2.0 */
/* api/watch_collect.c - the articles that are due: fetched, analysed, kept. */
#include <stdlib.h>

#include "api/keep.h"
#include "api/watch.h"
#include "base/pool.h"

enum {
    FIRST_AGAIN = 300, /* seconds: 5 minutes, 20, 80, 5 hours, a day */
    AGAIN_FACTOR = 4,
    TRIES_MAX = 6,
};

/* One article in a thread's hands. */
typedef struct Collect {
    const WatchedArticle *of; /* borrowed */
    Article article;
} Collect;

static void collect_free(void *context, void *slot) {
    Collect *collect = slot;

    (void)context;
    article_deinit(&collect->article);
    free(collect);
}

static void *collect_new(void *context) {
    Watch *watch = context;
    Collect *collect = calloc(1, sizeof *collect);

    if (collect &&
        article_init(&collect->article, watch->store->data, &watch->options,
                     &watch->fetch, watch->hosts, NULL) != OK) {
        collect_free(watch, collect);
        collect = NULL;
    }
    return collect;
}

static bool pull(void *context, void *slot) {
    Watch *watch = context;
    Collect *collect = slot;

    if (watch->next == watch->articles.count) {
        return false;
    }
    collect->of = &watch->articles.items[watch->next++];
    return true;
}

static bool is_last_try(const Collect *collect) {
    return collect->of->failures + 1 >= TRIES_MAX;
}

static void work(void *context, void *slot) {
    Collect *collect = slot;

    (void)context;
    article_reset(&collect->article);
    article_take(&collect->article, collect->of->url, collect->of->item,
                 is_last_try(collect));
}

/* ----------------------------------------------------------- into the store */

/* A report that is too much for link/ is refused as any other. */
static Status keep_ready(Watch *watch, Collect *collect, PutResult *result,
                         Error *err) {
    Status status = keep_report(watch->store->store, &watch->linking,
                                watch->store->data->speller,
                                &collect->article.analysis, result, err);

    if (status == ERR_LIMIT || status == ERR_NOMEM) {
        collect->article.error = *err;
        collect->article.ready = false;
        return OK;
    }
    return status;
}

/* The article's fate, in the transaction that may hold its report. */
static Status settle(Watch *watch, const Collect *collect, Error *err) {
    const Article *article = &collect->article;
    Store *store = watch->store->store;
    Str trouble =
        article->error.status != OK ? str_of(article->error.message) : (Str){0};

    if (article->fetched == FETCHED_LATER && !is_last_try(collect)) {
        int64_t due =
            watch_again(watch, FIRST_AGAIN, AGAIN_FACTOR, collect->of->failures,
                        article->answer.retry_after);
        return watched_delay(store, collect->of->url, due, trouble, err);
    }
    return watched_settle(store, collect->of->url, trouble, err);
}

static void count(Watch *watch, const Collect *collect, PutResult result) {
    const Article *article = &collect->article;

    if (article->ready) {
        watch->cycle.added += result == PUT_ADDED;
        watch->cycle.same += result == PUT_SAME;
        watch->cycle.versions += result == PUT_VERSION;
    } else {
        watch->cycle.refused += article->fetched == FETCHED_NEVER;
        watch_complain(watch, collect->of->url, &article->error);
    }
}

static bool emit(void *context, void *slot) {
    Watch *watch = context;
    Collect *collect = slot;
    Store *store = watch->store->store;
    PutResult result = PUT_ADDED;
    Status status = store_begin(store, &watch->error);

    if (status == OK && collect->article.ready) {
        status = keep_ready(watch, collect, &result, &watch->error);
    }
    if (status == OK) {
        status = settle(watch, collect, &watch->error);
    }
    status = status == OK ? store_commit(store, &watch->error) : status;
    if (status != OK) {
        store_rollback(store);
        return false;
    }
    watch->error.status = OK;
    count(watch, collect, result);
    return true;
}

Status watch_collect(Watch *watch, Error *err) {
    PoolTask task = {.context = watch,
                     .slot_new = collect_new,
                     .slot_free = collect_free,
                     .pull = pull,
                     .work = work,
                     .emit = emit};
    Status status;

    watch->next = 0;
    status = watch->articles.count ? pool_run(&task, WATCH_JOBS, err) : OK;
    return status == OK && watch->error.status != OK
               ? fail(err, watch->error.status, "%s", watch->error.message)
               : status;
}
