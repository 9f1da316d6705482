/* SPDX-License-Identifier: Apache-2.0 */
/* api/watch.c - dateline_watch(): round after round over the feeds. */
#include "api/watch.h"

#include <stdio.h>
#include <time.h>

#include "base/file.h"
#include "read/feed_list.h"

enum {
    EARLY = 10, /* a feed may be asked a tenth of the interval too soon, so that
                   rounds that a clock begins do not miss it by seconds */
    DAY = 86400,
    ARTICLES_MAX = 4096, /* in a round; the others are next */
    SLEEP_MIN = 1,
};

void watch_complain(Watch *watch, Str address, const Error *why) {
    Error whole = *why;

    if (watch->calls->complain && why->status != OK) {
        fail_in(&whole, "%.*s", (int)(address.len < 300 ? address.len : 300),
                address.ptr);
        watch->calls->complain(watch->calls->context, whole.message);
    }
}

int64_t watch_again(const Watch *watch, int64_t first, int64_t factor,
                    int64_t failures, int64_t retry_after) {
    int64_t seconds = first;

    while (failures-- > 0 && seconds < DAY) {
        seconds *= factor;
    }
    seconds = seconds < DAY || first > DAY ? seconds : DAY;
    return watch->now + seconds > retry_after ? watch->now + seconds
                                              : retry_after;
}

/* ---------------------------------------------------------------- the feeds */

/* The addresses that one source stands for, each closed by a newline. */
static Status read_source(const char *source, Buf *out, Error *err) {
    FileMap map = {0};
    Status status;

    if (url_is_web(str_of(source))) {
        buf_put(out, source);
        buf_char(out, '\n');
        return buf_check(out, err);
    }
    status = file_map(source, &map, err);
    if (status != OK) {
        return status;
    }
    status = feed_list_read(map.bytes, out, err);
    file_unmap(&map);
    return status == OK ? OK : fail_in(err, "%s", source);
}

typedef struct Listing {
    Watch *watch;
    Str lines;
    StrList urls;
    Status status;
    Error *err;
} Listing;

static void list_urls(void *context) {
    Listing *listing = context;

    for (size_t at = 0; listing->status == OK && at < listing->lines.len;) {
        size_t end = str_find(listing->lines, str_of("\n"), at);
        Url url;
        listing->status =
            url_parse(str_slice(listing->lines, at, end), &url, listing->err);
        if (listing->status == OK) {
            str_push(&listing->watch->lists, &listing->urls,
                     str_dup(&listing->watch->lists, str_of(url.text)));
        }
        at = end + 1;
    }
}

static Status keep_list(Watch *watch, Str lines, Error *err) {
    Listing listing = {.watch = watch, .lines = lines, .err = err};
    Store *store = watch->store->store;
    Status status = arena_try(&watch->lists, list_urls, &listing, err);

    status = status == OK ? listing.status : status;
    if (status == OK) {
        status = store_begin(store, err);
    }
    if (status != OK) {
        return status;
    }
    status = watched_list(store, &listing.urls, err);
    if (status == OK) {
        return store_commit(store, err);
    }
    store_rollback(store);
    return status;
}

/* There must be something to watch. */
static Status check_due(Watch *watch, Error *err) {
    int64_t due = 0;
    uint64_t waiting;
    Status status = watched_next(watch->store->store, &due, &waiting, err);

    return status == OK && due < 0
               ? fail(err, ERR_USAGE, "no feeds to watch: name some")
               : status;
}

static Status take_sources(Watch *watch, const char *const *sources,
                           size_t count, Error *err) {
    Buf lines = {0};
    Status status = OK;

    for (size_t i = 0; status == OK && i < count; i++) {
        status = read_source(sources[i], &lines, err);
    }
    if (status == OK && count) {
        status = keep_list(watch, buf_str(&lines), err);
    }
    buf_deinit(&lines);
    return status == OK ? check_due(watch, err) : status;
}

/* ---------------------------------------------------------------- the hosts */

static Status take_host(void *context, const WatchedHost *host, Error *err) {
    HostState state = {.host = host->host.ptr,
                       .wait = host->wait,
                       .robots = host->robots,
                       .robots_until = host->robots_until,
                       .robots_closed = host->robots_closed};

    return hosts_set(context, &state, err);
}

static Status keep_hosts(Watch *watch, Error *err) {
    Store *store = watch->store->store;
    HostState state;
    Status status = store_begin(store, err);

    if (status != OK) {
        return status;
    }
    for (size_t i = 0; status == OK && hosts_at(watch->hosts, i, &state); i++) {
        WatchedHost host = {.host = str_of(state.host),
                            .wait = state.wait,
                            .robots = state.robots,
                            .robots_until = state.robots_until,
                            .robots_closed = state.robots_closed};
        status = watched_keep_host(store, &host, err);
    }
    if (status == OK) {
        return store_commit(store, err);
    }
    store_rollback(store);
    return status;
}

/* --------------------------------------------------------------- the rounds */

typedef struct Due {
    Watch *watch;
    bool articles;
    Status status;
    Error *err;
} Due;

static void list_due(void *context) {
    Due *due = context;
    Watch *watch = due->watch;
    Store *store = watch->store->store;

    due->status =
        due->articles
            ? watched_articles_due(store, &watch->lists, watch->now,
                                   ARTICLES_MAX, &watch->articles, due->err)
            : watched_feeds_due(store, &watch->lists, watch->now, &watch->feeds,
                                due->err);
}

static Status read_due(Watch *watch, bool articles, Error *err) {
    Due due = {.watch = watch, .articles = articles, .err = err};
    Status status = arena_try(&watch->lists, list_due, &due, err);

    return status == OK ? due.status : status;
}

static Status end_round(Watch *watch, Error *err) {
    int64_t due = 0, now = (int64_t)time(NULL);
    Status status = keep_hosts(watch, err);

    if (status == OK) {
        status =
            watched_next(watch->store->store, &due, &watch->cycle.waiting, err);
    }
    watch->cycle.next =
        (uint64_t)(due > now + SLEEP_MIN ? due - now : SLEEP_MIN);
    return status;
}

static Status run_round(Watch *watch, Error *err) {
    Status status;

    arena_reset(&watch->lists);
    watch->feeds = (WatchedFeeds){0};
    watch->articles = (WatchedArticles){0};
    watch->cycle = (dateline_cycle){0};
    watch->now = (int64_t)time(NULL);
    status = read_due(watch, false, err);
    if (status == OK) {
        status = watch_poll(watch, err);
    }
    if (status == OK) {
        status = read_due(watch, true, err);
    }
    if (status == OK) {
        status = watch_collect(watch, err);
    }
    return status == OK ? end_round(watch, err) : status;
}

static void sleep_for(uint64_t seconds) {
    struct timespec left = {.tv_sec = (time_t)seconds};

    while (nanosleep(&left, &left) != 0) {
    }
}

static Status run_rounds(Watch *watch, Error *err) {
    for (;;) {
        Status status = run_round(watch, err);
        if (status != OK) {
            return status;
        }
        if ((watch->fetch.cycle &&
             watch->fetch.cycle(watch->fetch.context, &watch->cycle) != 0) ||
            watch->fetch.once) {
            return OK;
        }
        sleep_for(watch->cycle.next);
    }
}

dateline_status
dateline_watch(dateline_store *store, const char *const *sources, size_t count,
               const dateline_options *options, const dateline_fetch *fetch,
               const dateline_calls *calls, dateline_error *error) {
    static const dateline_calls no_calls = {0};
    Watch watch = {.store = store,
                   .options = options_or_default(options),
                   .fetch = fetch_or_default(fetch),
                   .calls = calls ? calls : &no_calls};
    Error err = {0};
    Status status = hosts_new(watch.fetch.pause, &watch.hosts, &err);

    arena_init(&watch.lists, 0);
    arena_init(&watch.linking, REPORT_MEMORY);
    if (status == OK) {
        status = take_sources(&watch, sources, count, &err);
    }
    if (status == OK) {
        status = watched_hosts(store->store, take_host, watch.hosts, &err);
    }
    if (status == OK) {
        status = run_rounds(&watch, &err);
    }
    arena_deinit(&watch.linking);
    arena_deinit(&watch.lists);
    hosts_free(watch.hosts);
    return told(status, &err, error);
}
