/* SPDX-License-Identifier: Apache-2.0 */
/* store/watched.h - what the watch over feeds has to remember.
 *
 * Room: store. Feeds, the articles that they named, and what hosts asked for.
 * All calls that write run in the caller's transaction, so that what is
 * remembered and the reports that belong to it are kept together or not at
 * all:
 *
 *     feed answered:    [its articles, its validators]     one transaction
 *     article fetched:  [the report, "settled"]            one transaction  */
#ifndef STORE_WATCHED_H
#define STORE_WATCHED_H

#include "store/store.h"

/* Strings are the arena's. */
typedef struct WatchedFeed {
    int64_t feed;
    Str url, etag, modified;
    int64_t failures;
} WatchedFeed;

typedef struct WatchedArticle {
    Str url, item;
    int64_t failures;
} WatchedArticle;

typedef struct WatchedFeeds {
    WatchedFeed *items; /* arena */
    uint32_t count, capacity;
} WatchedFeeds;

typedef struct WatchedArticles {
    WatchedArticle *items; /* arena */
    uint32_t count, capacity;
} WatchedArticles;

/* What a poll has brought. */
typedef struct FeedPoll {
    int64_t feed, checked, due, failures;
    Str title, etag, modified; /* empty: as before */
    Str trouble;
} FeedPoll;

typedef struct WatchedHost {
    Str host, robots;
    int64_t wait, robots_until;
    bool robots_closed;
} WatchedHost;

/* Make these, and only these, the feeds that are polled; new ones at once. */
MUST_USE Status watched_list(Store *store, const StrList *urls, Error *err);

/* Read inside arena_try(). */
MUST_USE Status watched_feeds_due(Store *store, Arena *arena, int64_t now,
                                  WatchedFeeds *out, Error *err);
/* At most `max`, those of different feeds by turns. */
MUST_USE Status watched_articles_due(Store *store, Arena *arena, int64_t now,
                                     uint32_t max, WatchedArticles *out,
                                     Error *err);
MUST_USE Status watched_hosts(Store *store,
                              Status (*take)(void *context,
                                             const WatchedHost *host,
                                             Error *err),
                              void *context, Error *err);
/* When the next feed or article is due, -1 when nothing will be; and how many
 * articles wait. */
MUST_USE Status watched_next(Store *store, int64_t *due, uint64_t *waiting,
                             Error *err);

MUST_USE Status watched_polled(Store *store, const FeedPoll *poll, Error *err);
/* Unless it is known already, or a report has that address; `*is_new` tells. */
MUST_USE Status watched_add(Store *store, int64_t feed, Str url, Str item,
                            int64_t due, bool *is_new, Error *err);
MUST_USE Status watched_settle(Store *store, Str url, Str trouble, Error *err);
MUST_USE Status watched_delay(Store *store, Str url, int64_t due, Str trouble,
                              Error *err);
MUST_USE Status watched_keep_host(Store *store, const WatchedHost *host,
                                  Error *err);

#endif
