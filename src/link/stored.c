/* SPDX-License-Identifier: Apache-2.0 */
/* link/stored.c - an earlier report, read back for comparison.
 *
 * Room: link. JSON columns hold what put.c and litter.c wrote: arrays of
 * [begin,end] pairs and of strings. */
#include <stdio.h>

#include "link/inside.h"

SpanList spans_parse(Arena *arena, Str json) {
    SpanList list = {0};
    uint64_t number[2] = {0};
    int which = 0;
    bool inside = false;

    /* Numbers come in pairs; all else is punctuation. */
    for (size_t i = 0; i <= json.len; i++) {
        bool digit = i < json.len && json.ptr[i] >= '0' && json.ptr[i] <= '9';

        if (digit) {
            number[which] = number[which] * 10 + (uint64_t)(json.ptr[i] - '0');
        } else if (inside && which == 1) {
            span_push(arena, &list,
                      (Span){(uint32_t)number[0], (uint32_t)number[1]});
            which = 0;
            number[0] = number[1] = 0;
        } else if (inside) {
            which = 1;
        }
        inside = digit;
    }
    return list;
}

Str spans_format(Arena *arena, const SpanList *list) {
    enum { SPAN_BYTES = 24 }; /* "[4294967295,4294967295]," */
    char *out = arena_alloc(arena, (size_t)list->count * SPAN_BYTES + 3);
    size_t len = 0;

    out[len++] = '[';
    for (uint32_t i = 0; i < list->count; i++) {
        len += (size_t)snprintf(out + len, SPAN_BYTES + 1, "%s[%u,%u]",
                                i ? "," : "", list->items[i].begin,
                                list->items[i].end);
    }
    out[len++] = ']';
    return (Str){out, len};
}

/* Strings that put.c wrote: all it escapes in names is a quotation mark or a
 * backslash, and these are given back. */
StrList strings_parse(Arena *arena, Str json) {
    StrList list = {0};
    char *out = NULL;
    size_t len = 0;

    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];

        if (c == '"' && !out) {
            out = arena_alloc(arena, json.len - i);
            len = 0;
        } else if (c == '"') {
            str_push(arena, &list, (Str){out, len});
            out = NULL;
        } else if (out) {
            i += c == '\\' && i + 1 < json.len;
            out[len++] = json.ptr[i];
        }
    }
    return list;
}

bool stored_read(Link *link, int64_t report, Stored *out) {
    sqlite3_stmt *q = ask(link, "SELECT text, outlet, body, headings, credit "
                                "FROM report WHERE report = ?1");

    *out = (Stored){.report = report};
    set_id(q, 1, report);
    if (!next_row(link, q)) {
        return false;
    }
    out->text = str_dup(link->arena, column_str(q, 0));
    out->outlet = str_dup(link->arena, column_str(q, 1));
    out->body = spans_parse(link->arena, column_str(q, 2));
    out->headings = spans_parse(link->arena, column_str(q, 3));
    out->credit = strings_parse(link->arena, column_str(q, 4));
    done(q);
    return true;
}
