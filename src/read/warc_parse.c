/* SPDX-License-Identifier: Apache-2.0 */
/* read/warc_parse.c - a WARC record becomes a report; see warc.h. */
#include "read/http.h"
#include "read/warc.h"

/* A record in its parts. */
typedef struct Parsed {
    Str head, block;   /* of the record */
    Str http, payload; /* of the message in it; empty: there is none */
    Str type;          /* WARC-Type */
} Parsed;

static bool is_one_of(Str value, const char *const *list) {
    for (; *list; list++) {
        if (str_equal_fold(value, str_of(*list))) {
            return true;
        }
    }
    return false;
}

/* The Content-Type of the payload: the message's own, or the record's. */
static Str content_type(const Parsed *parsed) {
    return http_field(parsed->http.len ? parsed->http : parsed->head,
                      "Content-Type");
}

static void take_apart(Str bytes, Parsed *out) {
    size_t head = http_head_end(bytes);
    Str kind;

    *out = (Parsed){.head = str_slice(bytes, 0, head),
                    .block = str_slice(bytes, head, bytes.len)};
    out->type = http_field(out->head, "WARC-Type");
    out->payload = out->block;
    kind = http_type(http_field(out->head, "Content-Type"));
    if (str_equal_fold(kind, str_of("application/http")) ||
        str_starts(out->block, str_of("HTTP/"))) {
        head = http_head_end(out->block);
        out->http = str_slice(out->block, 0, head);
        out->payload = str_slice(out->block, head, out->block.len);
    }
}

bool warc_holds_report(Str bytes) {
    static const char *const types[] = {"response", "resource", "conversion",
                                        NULL};
    Parsed parsed;

    take_apart(bytes, &parsed);
    if (!is_one_of(parsed.type, types) || str_trim(parsed.payload).len == 0) {
        return false;
    }
    if (str_equal_fold(parsed.type, str_of("response")) &&
        http_status(parsed.http) != 200) {
        return false;
    }
    return http_is_page(content_type(&parsed)) ||
           http_is_text(content_type(&parsed));
}

/* `value` inside a JSON string: what header fields hold beyond ASCII and
 * quotes is left out, since it belongs there no more than here. */
static Str plain(Arena *arena, Str value) {
    char *out = arena_alloc(arena, value.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
            out[len++] = (char)c;
        }
    }
    return (Str){out, len};
}

/* {"WARC-Date":"2019-03-04T05:06:07Z"}: when it was archived, which says
 * nothing of when it was published. */
static Str given(Arena *arena, Str head) {
    Str date = plain(arena, http_field(head, "WARC-Date"));
    Str id = plain(arena, http_field(head, "WARC-Record-ID"));

    return str_format(arena,
                      "{\"WARC-Date\":\"%.*s\",\"WARC-Record-ID\":"
                      "\"%.*s\"}",
                      (int)date.len, date.ptr, (int)id.len, id.ptr);
}

/* Some write the address between angle brackets. */
static Str address(Arena *arena, Str head) {
    Str url = plain(arena, http_field(head, "WARC-Target-URI"));

    if (url.len > 2 && url.ptr[0] == '<' && url.ptr[url.len - 1] == '>') {
        url = str_slice(url, 1, url.len - 1);
    }
    return url;
}

Status warc_parse(Arena *arena, Str bytes, size_t max, Report *out,
                  Str *payload, Str *type, Error *err) {
    Parsed parsed;
    Status status;

    take_apart(bytes, &parsed);
    status = http_decode(arena, parsed.http, parsed.payload, max, payload, err);
    if (status == OK) {
        out->url = address(arena, parsed.head);
        out->given = given(arena, parsed.head);
        *type = plain(arena, content_type(&parsed));
    }
    return status;
}
