/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/get.c - see get.h. */
#include "fetch/get.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/ascii.h"
#include "fetch/address.h"
#include "read/moment.h"

enum { CONNECT_SECONDS = 15, RETRY_MAX = 7 * 86400 };

struct Getter {
    CURL *curl; /* owned */
    const GetOptions *options;
    Answer *answer;
    bool is_private; /* an address was refused */
    bool too_long;
    char why[CURL_ERROR_SIZE];
};

/* ----------------------------------------------------- what libcurl calls */

static curl_socket_t on_socket(void *context, curlsocktype purpose,
                               struct curl_sockaddr *address) {
    Getter *getter = context;

    (void)purpose;
    if (!getter->options->allow_private && !address_is_public(&address->addr)) {
        getter->is_private = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
    Getter *getter = context;
    Buf *body = &getter->answer->body;
    size_t len = size * count;

    if (len > getter->options->max - body->len) {
        getter->too_long = true;
        return 0;
    }
    buf_push(body, (Str){bytes, len});
    return body->status == OK ? len : 0;
}

/* ----------------------------------------------------------------- handles */

/* Options that are the same for every request. */
static void set_up(Getter *getter) {
    CURL *curl = getter->curl;

    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, getter->why);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, getter);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, getter);
}

Status getter_new(Getter **out, Error *err) {
    Getter *getter = calloc(1, sizeof *getter);

    if (getter) {
        getter->curl = curl_easy_init();
    }
    if (!getter || !getter->curl) {
        free(getter);
        return fail(err, ERR_NOMEM, "out of memory");
    }
    set_up(getter);
    *out = getter;
    return OK;
}

void getter_free(Getter *getter) {
    if (getter) {
        curl_easy_cleanup(getter->curl);
        free(getter);
    }
}

void answer_deinit(Answer *answer) {
    buf_deinit(&answer->body);
}

/* ------------------------------------------------------------- the request */

static struct curl_slist *add_header(struct curl_slist *list, const char *name,
                                     const char *value) {
    char line[320];
    struct curl_slist *longer;

    if (!*value) {
        return list;
    }
    snprintf(line, sizeof line, "%s: %s", name, value);
    longer = curl_slist_append(list, line);
    return longer ? longer : list;
}

static struct curl_slist *headers_of(const Validators *known) {
    struct curl_slist *list = NULL;

    list = add_header(list, "Accept",
                      "text/html, application/xhtml+xml, application/rss+xml, "
                      "application/atom+xml, application/feed+json, "
                      "application/xml;q=0.9, */*;q=0.5");
    if (known) {
        list = add_header(list, "If-None-Match", known->etag);
        list = add_header(list, "If-Modified-Since", known->modified);
    }
    return list;
}

/* -------------------------------------------------------------- the answer */

static void take_header(CURL *curl, const char *name, char *out, size_t size) {
    struct curl_header *header;

    out[0] = '\0';
    if (curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) ==
            CURLHE_OK &&
        strlen(header->value) < size) {
        snprintf(out, size, "%s", header->value);
    }
}

/* "120" or a date (RFC 9110, 10.2.3): seconds since 1970. */
static int64_t retry_time(const char *value, int64_t now) {
    int64_t seconds = 0;
    Moment moment;

    if (ascii_digit(value[0])) {
        while (ascii_digit(*value) && seconds < RETRY_MAX) {
            seconds = seconds * 10 + (*value++ - '0');
        }
    } else if (moment_read(str_of(value), NULL, &moment)) {
        seconds = moment_epoch(&moment) - now;
    }
    if (seconds <= 0) {
        return 0;
    }
    return now + (seconds < RETRY_MAX ? seconds : RETRY_MAX);
}

static void take_answer(Getter *getter) {
    Answer *answer = getter->answer;
    CURL *curl = getter->curl;
    char retry[64];
    long status = 0;

    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    answer->status = (int)status;
    take_header(curl, "Content-Type", answer->type, sizeof answer->type);
    take_header(curl, "Location", answer->location, sizeof answer->location);
    take_header(curl, "ETag", answer->validators.etag,
                sizeof answer->validators.etag);
    take_header(curl, "Last-Modified", answer->validators.modified,
                sizeof answer->validators.modified);
    take_header(curl, "Retry-After", retry, sizeof retry);
    answer->retry_after = retry_time(retry, (int64_t)time(NULL));
}

static Status explain(const Getter *getter, CURLcode code, Error *err) {
    if (getter->too_long || code == CURLE_FILESIZE_EXCEEDED) {
        return fail(err, ERR_LIMIT, "longer than %zu bytes",
                    getter->options->max);
    }
    if (getter->is_private) {
        return fail(err, ERR_INPUT,
                    "is no public address (--allow-private fetches it)");
    }
    if (code == CURLE_OUT_OF_MEMORY) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    if (code == CURLE_OPERATION_TIMEDOUT) {
        return fail(err, ERR_IO, "no whole answer in %u seconds",
                    getter->options->seconds);
    }
    if (code == CURLE_PARTIAL_FILE) {
        return fail(err, ERR_IO, "the answer was cut off");
    }
    return fail(err, ERR_IO, "%s",
                getter->why[0] ? getter->why : curl_easy_strerror(code));
}

Status get(Getter *getter, const Url *url, const Validators *known,
           const GetOptions *options, Answer *answer, Error *err) {
    struct curl_slist *headers = headers_of(known);
    CURL *curl = getter->curl;
    CURLcode code;

    getter->options = options;
    getter->answer = answer;
    getter->is_private = getter->too_long = false;
    getter->why[0] = '\0';
    buf_reset(&answer->body);
    *answer = (Answer){.body = answer->body};
    curl_easy_setopt(curl, CURLOPT_URL, url->text);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, options->agent);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)options->seconds);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)options->max);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    code = curl_easy_perform(curl);
    curl_slist_free_all(headers);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, NULL);
    if (code != CURLE_OK) {
        return explain(getter, code, err);
    }
    take_answer(getter);
    return buf_check(&answer->body, err);
}
