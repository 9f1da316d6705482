/* SPDX-License-Identifier: Apache-2.0 */
/* api/article.h - one article of the web: fetched, analysed, kept.
 *
 * Room: api. What dateline_watch() and dateline_add_urls() share. */
#ifndef API_ARTICLE_H
#define API_ARTICLE_H

#include "api/context.h"
#include "fetch/fetch.h"

/* One thread's; zero it, then article_init(). */
typedef struct Article {
    const dateline *data; /* borrowed */
    dateline_options options;
    Fetcher fetcher;
    Answer answer;
    Url last; /* where it was found at last */
    Fetched fetched;
    Arena arena;
    RawRecord item; /* what the feed had of it */
    Report report;
    Analysis analysis; /* points to `report` */
    bool ready;        /* there is an analysis */
    Error error;       /* why there is none, or none of the page itself */
} Article;

MUST_USE Status article_init(Article *article, const dateline *data,
                             const dateline_options *options,
                             const dateline_fetch *fetch, Hosts *hosts,
                             Error *err);
void article_deinit(Article *article);

/* Fetch and analyse `url`. `item` (may be empty) is what a feed has of it, a
 * JSON line: what is known beside the page; and the report itself, if it has a
 * text, where the page is never to be had or `last_try` fails. */
void article_take(Article *article, Str url, Str item, bool last_try);
/* Let go of what it holds, for the next one. */
void article_reset(Article *article);

/* The caller's wishes, or the defaults where there are none; and what they
 * mean for one request. */
dateline_fetch fetch_or_default(const dateline_fetch *fetch);
GetOptions get_options(const dateline_options *options,
                       const dateline_fetch *fetch);

#endif
