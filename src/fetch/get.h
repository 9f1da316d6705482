/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/get.h - one request over HTTP, and its answer.
 *
 * Room: fetch. libcurl: HTTP/2 where the server has it, gzip, deflate, brotli
 * and zstd, certificates checked. Nothing is followed, nothing is kept between
 * two requests but the connection; no cookies, no proxy. */
#ifndef FETCH_GET_H
#define FETCH_GET_H

#include "base/buf.h"
#include "fetch/url.h"

typedef struct GetOptions {
    const char *agent;  /* "dateline/0.1.0" */
    bool allow_private; /* addresses that are not public */
    unsigned seconds;   /* for the whole of it */
    size_t max;         /* bytes of the answer, unpacked */
} GetOptions;

/* What the server said the last time, so that it may say "the same". */
typedef struct Validators {
    char etag[256], modified[64]; /* empty: none */
} Validators;

typedef struct Answer {
    int status;     /* 200, 304, 404; 0: none came */
    Buf body;       /* owned; unpacked */
    char type[128]; /* Content-Type */
    char location[URL_MAX];
    int64_t retry_after; /* seconds since 1970; 0: not said */
    Validators validators;
} Answer;

typedef struct Getter Getter;

MUST_USE Status getter_new(Getter **out, Error *err);
void getter_free(Getter *getter);

/* Ask for `url`; `known` (may be NULL) makes it conditional.
 * Memory: answer->body is emptied first, and used again.
 * Errors: ERR_IO (no connection, no answer in time, cut off, a certificate
 * that does not fit): may work later; ERR_LIMIT (too long); ERR_INPUT (a
 * private address). The message names the cause, not the address. */
MUST_USE Status get(Getter *getter, const Url *url, const Validators *known,
                    const GetOptions *options, Answer *answer, Error *err);

void answer_deinit(Answer *answer);

#endif
