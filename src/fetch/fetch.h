/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/fetch.h - a document of the web, fetched as one should.
 *
 * Room: fetch. Redirects are followed by hand, so that each hop is asked of
 * robots.txt, waits its turn and is checked for a private address:
 *
 *     fetch() --> turn of the host --> robots.txt known? --> allowed? --> get()
 *        ^                                                                |
 *        '------------------------ Location: ... ------------------------' */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "fetch/get.h"
#include "fetch/hosts.h"

typedef struct Fetcher {
    Hosts *hosts;   /* borrowed; shared by threads */
    Getter *getter; /* owned; of this thread */
    GetOptions options;
    Answer robots;
} Fetcher;

/* What came of it. */
typedef enum Fetched {
    FETCHED,       /* answer->status is 200 */
    FETCHED_SAME,  /* 304: as it was known */
    FETCHED_NEVER, /* no: gone, forbidden, private, too long */
    FETCHED_LATER, /* not now: no connection, overload, a fault there */
    FETCHED_COUNT
} Fetched;

MUST_USE Status fetcher_init(Fetcher *fetcher, Hosts *hosts, GetOptions options,
                             Error *err);
void fetcher_deinit(Fetcher *fetcher);

/* Fetch `text`, an address. `*last` is where it was found at last. Where it is
 * not to be had, `err` says why (without the address), and answer->retry_after
 * may say when to ask again. */
Fetched fetch(Fetcher *fetcher, Str text, const Validators *known,
              Answer *answer, Url *last, Error *err);

#endif
