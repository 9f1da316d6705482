/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/url.c - see url.h. */
#include "fetch/url.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

/* What a part of the address is; empty when there is none. */
static void get_part(CURLU *handle, CURLUPart part, unsigned flags, char *out,
                     size_t size) {
    char *value = NULL;

    out[0] = '\0';
    if (curl_url_get(handle, part, &value, flags) == CURLUE_OK) {
        snprintf(out, size, "%s", value);
    }
    curl_free(value);
}

static bool is_web_scheme(const char *scheme) {
    return strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0;
}

/* Where "/path" begins: behind "https://" and the host. */
static size_t target_of(const char *text) {
    const char *host = strstr(text, "://");
    const char *path = host ? strpbrk(host + 3, "/?") : NULL;

    return path ? (size_t)(path - text) : strlen(text);
}

static const char *fill(CURLU *handle, Url *out) {
    char scheme[16], host[256], port[8], user[8];
    size_t len;

    get_part(handle, CURLUPART_SCHEME, 0, scheme, sizeof scheme);
    get_part(handle, CURLUPART_HOST, 0, host, sizeof host);
    get_part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT, port, sizeof port);
    get_part(handle, CURLUPART_USER, 0, user, sizeof user);
    if (!is_web_scheme(scheme)) {
        return "only http and https are fetched";
    }
    if (!host[0] || user[0]) {
        return user[0] ? "an address with a user's name is not fetched"
                       : "no host";
    }
    for (char *c = host; *c; c++) {
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
    }
    curl_url_set(handle, CURLUPART_FRAGMENT, NULL, 0);
    get_part(handle, CURLUPART_URL, 0, out->text, sizeof out->text);
    len = strlen(out->text);
    if (len == 0 || len + 1 >= sizeof out->text) {
        return "too long";
    }
    snprintf(out->host, sizeof out->host, "%s://%s:%s", scheme, host, port);
    out->target = target_of(out->text);
    return NULL;
}

bool url_is_web(Str text) {
    return (text.len > 7 &&
            str_equal_fold(str_slice(text, 0, 7), str_of("http://"))) ||
           (text.len > 8 &&
            str_equal_fold(str_slice(text, 0, 8), str_of("https://")));
}

/* libcurl reads `text` over what `handle` holds already. */
static Status parse_over(CURLU *handle, Str text, Url *out, Error *err) {
    char copy[URL_MAX];
    const char *why = "too long";
    CURLUcode code = CURLUE_OK;
    Url url;

    text = str_trim(text);
    if (text.len < sizeof copy && !memchr(text.ptr, '\0', text.len)) {
        memcpy(copy, text.ptr, text.len);
        copy[text.len] = '\0';
        code = curl_url_set(handle, CURLUPART_URL, copy,
                            CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME);
        why = code == CURLUE_OK ? fill(handle, &url) : "no address of the web";
    }
    if (why) {
        return fail(err, ERR_INPUT, "%.*s: %s",
                    (int)(text.len < 200 ? text.len : 200), text.ptr, why);
    }
    *out = url;
    return OK;
}

Status url_parse(Str text, Url *out, Error *err) {
    CURLU *handle = curl_url();
    Status status =
        handle && text.len
            ? parse_over(handle, text, out, err)
            : fail(err, handle ? ERR_INPUT : ERR_NOMEM, "an empty address");

    curl_url_cleanup(handle);
    return status;
}

Status url_resolve(const Url *base, Str reference, Url *out, Error *err) {
    CURLU *handle = curl_url();
    Status status = OK;

    if (!handle ||
        curl_url_set(handle, CURLUPART_URL, base->text, 0) != CURLUE_OK) {
        status = fail(err, ERR_NOMEM, "out of memory");
    } else if (reference.len == 0) {
        status = fail(err, ERR_INPUT, "an empty address");
    } else {
        status = parse_over(handle, reference, out, err);
    }
    curl_url_cleanup(handle);
    return status;
}

Str url_target(const Url *url) {
    Str text = str_of(url->text);

    return str_slice(text, url->target, text.len);
}
