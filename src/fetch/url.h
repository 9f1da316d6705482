/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/url.h - addresses of the web, taken apart.
 *
 * Room: fetch. Only what may be fetched: http and https, absolute, without a
 * user's name in it. Standard: RFC 3986, as libcurl reads it. */
#ifndef FETCH_URL_H
#define FETCH_URL_H

#include "base/str.h"

enum { URL_MAX = 2048, URL_HOST_MAX = 280 };

typedef struct Url {
    char text[URL_MAX];      /* normalised, without fragment */
    char host[URL_HOST_MAX]; /* "https://paper.example:443": who is asked */
    size_t target;           /* in text: where "/path?query" begins */
} Url;

/* True for what begins as an http or https address does. */
bool url_is_web(Str text);
/* Errors: ERR_INPUT, naming the address and what is wrong with it. */
MUST_USE Status url_parse(Str text, Url *out, Error *err);
/* `reference` as it stands in a page or answer from `base`. */
MUST_USE Status url_resolve(const Url *base, Str reference, Url *out,
                            Error *err);
/* "/path?query": what robots.txt rules over. */
Str url_target(const Url *url);

#endif
