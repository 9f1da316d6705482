/* SPDX-License-Identifier: Apache-2.0 */
/* api/watch_poll.c - the feeds that are due: asked, read, remembered. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/watch.h"
#include "base/pool.h"
#include "read/feed.h"
#include "read/jsonl.h"

/* One feed in a thread's hands. */
typedef struct Poll {
    const WatchedFeed *of; /* borrowed */
    Fetcher fetcher;
    Answer answer;
    Url last;
    Fetched fetched;
    Feed feed;
    Arena arena;
    StrList keys, items; /* of its articles */
    Error error;
} Poll;

static void poll_free(void *context, void *slot) {
    Poll *poll = slot;

    (void)context;
    fetcher_deinit(&poll->fetcher);
    answer_deinit(&poll->answer);
    feed_deinit(&poll->feed);
    arena_deinit(&poll->arena);
    free(poll);
}

static void *poll_new(void *context) {
    Watch *watch = context;
    Poll *poll = calloc(1, sizeof *poll);

    if (!poll) {
        return NULL;
    }
    arena_init(&poll->arena, 0);
    if (fetcher_init(&poll->fetcher, watch->hosts,
                     get_options(&watch->options, &watch->fetch), NULL) != OK) {
        poll_free(watch, poll);
        return NULL;
    }
    return poll;
}

static bool pull(void *context, void *slot) {
    Watch *watch = context;
    Poll *poll = slot;

    if (watch->next == watch->feeds.count) {
        return false;
    }
    poll->of = &watch->feeds.items[watch->next++];
    return true;
}

/* What an article is known by: its address, or else its id. */
static Str key_of(Arena *arena, Str item) {
    Report report = {0};
    Url url;

    if (jsonl_fields(arena, item, &report, NULL) != OK) {
        return (Str){0};
    }
    if (report.url.len && url_parse(report.url, &url, NULL) == OK) {
        return str_dup(arena, str_of(url.text));
    }
    return report.id.len ? report.id : report.url;
}

static void list_items(void *context) {
    Poll *poll = context;
    Str lines = buf_str(&poll->feed.lines);

    for (size_t at = 0; at < lines.len;) {
        size_t end = str_find(lines, str_of("\n"), at);
        Str item = str_slice(lines, at, end);
        Str key = key_of(&poll->arena, item);
        if (key.len) {
            str_push(&poll->arena, &poll->keys, key);
            str_push(&poll->arena, &poll->items, item);
        }
        at = end + 1;
    }
}

static Status read_feed(const Watch *watch, Poll *poll) {
    Status status = feed_read(
        buf_str(&poll->answer.body), str_of(poll->last.text),
        watch->store->data->knowledge.lexicon, &poll->feed, &poll->error);

    if (status == OK) {
        status = arena_try(&poll->arena, list_items, poll, &poll->error);
    }
    return status;
}

static void work(void *context, void *slot) {
    const Watch *watch = context;
    Poll *poll = slot;
    Validators known = {0};

    arena_reset(&poll->arena);
    poll->keys = poll->items = (StrList){0};
    poll->error.status = OK;
    if (poll->of->etag.len < sizeof known.etag) {
        memcpy(known.etag, poll->of->etag.ptr, poll->of->etag.len);
    }
    if (poll->of->modified.len < sizeof known.modified) {
        memcpy(known.modified, poll->of->modified.ptr, poll->of->modified.len);
    }
    poll->fetched = fetch(&poll->fetcher, poll->of->url, &known, &poll->answer,
                          &poll->last, &poll->error);
    if (poll->fetched == FETCHED && read_feed(watch, poll) != OK) {
        poll->fetched = FETCHED_NEVER;
    }
}

/* ----------------------------------------------------------- into the store */

static Status add_articles(Watch *watch, const Poll *poll, Error *err) {
    Status status = OK;

    /* The oldest stands last in a feed, and is fetched first. */
    for (uint32_t i = poll->keys.count; status == OK && i-- > 0;) {
        bool is_new = false;
        status = watched_add(watch->store->store, poll->of->feed,
                             poll->keys.items[i], poll->items.items[i],
                             watch->now, &is_new, err);
        watch->cycle.named += is_new;
    }
    return status;
}

static Status keep(Watch *watch, const Poll *poll, Error *err) {
    bool good = poll->fetched == FETCHED || poll->fetched == FETCHED_SAME;
    FeedPoll news = {.feed = poll->of->feed,
                     .checked = (int64_t)time(NULL),
                     .failures = good ? 0 : poll->of->failures + 1};
    Status status = OK;

    if (good) {
        news.due = watch->now + watch->fetch.every;
    } else {
        news.due = watch_again(watch, watch->fetch.every, 2, poll->of->failures,
                               poll->answer.retry_after);
        news.trouble = str_of(poll->error.message);
    }
    if (poll->fetched == FETCHED) {
        news.title = buf_str(&poll->feed.title);
        news.etag = str_of(poll->answer.validators.etag);
        news.modified = str_of(poll->answer.validators.modified);
        status = add_articles(watch, poll, err);
    }
    return status == OK ? watched_polled(watch->store->store, &news, err)
                        : status;
}

static bool emit(void *context, void *slot) {
    Watch *watch = context;
    const Poll *poll = slot;
    Store *store = watch->store->store;
    Status status = store_begin(store, &watch->error);

    if (status == OK) {
        status = keep(watch, poll, &watch->error);
    }
    status = status == OK ? store_commit(store, &watch->error) : status;
    if (status != OK) {
        store_rollback(store);
        return false;
    }
    watch->cycle.feeds++;
    watch->cycle.unchanged += poll->fetched == FETCHED_SAME;
    if (poll->fetched != FETCHED && poll->fetched != FETCHED_SAME) {
        watch->cycle.failed++;
        watch_complain(watch, poll->of->url, &poll->error);
    }
    return true;
}

Status watch_poll(Watch *watch, Error *err) {
    PoolTask task = {.context = watch,
                     .slot_new = poll_new,
                     .slot_free = poll_free,
                     .pull = pull,
                     .work = work,
                     .emit = emit};
    Status status;

    watch->next = 0;
    status = watch->feeds.count ? pool_run(&task, WATCH_JOBS, err) : OK;
    return status == OK && watch->error.status != OK
               ? fail(err, watch->error.status, "%s", watch->error.message)
               : status;
}
