/* SPDX-License-Identifier: Apache-2.0 */
/* api/watch.h - the watch over feeds: what its files share.
 *
 * Room: api. A round has two halves, each a run of the pool (base/pool.h):
 * network and analysis side by side, the store written by one at a time:
 *
 *     poll:     feeds due     -> fetch, read   -> [articles, validators]
 *     collect:  articles due  -> fetch, find   -> [report, settled]
 *
 * Each [ ] is one transaction, so that a kill between any two instructions
 * leaves either nothing of it, and it is done again, or all of it. */
#ifndef API_WATCH_H
#define API_WATCH_H

#include "api/article.h"
#include "store/watched.h"

enum { WATCH_JOBS = 8 /* threads: most of them wait for the network */ };

typedef struct Watch {
    dateline_store *store; /* borrowed, as all pointers here but hosts */
    dateline_options options;
    dateline_fetch fetch;
    const dateline_calls *calls; /* never NULL */
    Hosts *hosts;                /* owned */
    dateline_cycle cycle;
    int64_t now;   /* when the round began */
    Arena lists;   /* what is due */
    Error error;   /* of the store, in emit: ends the run */
    unsigned next; /* in the list, for pull */
    WatchedFeeds feeds;
    WatchedArticles articles;
    Arena linking;
} Watch;

/* The two halves. Errors: of the store, out of memory. */
MUST_USE Status watch_poll(Watch *watch, Error *err);
MUST_USE Status watch_collect(Watch *watch, Error *err);

/* Complain: "ADDRESS: why". */
void watch_complain(Watch *watch, Str address, const Error *why);
/* When to try again what has failed `failures` times before: `first` seconds,
 * then `factor` times as long each time, a day at the most. */
int64_t watch_again(const Watch *watch, int64_t first, int64_t factor,
                    int64_t failures, int64_t retry_after);

#endif
