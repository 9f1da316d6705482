/* SPDX-License-Identifier: Apache-2.0 */
/* read/format.c - see format.h. */
#include "read/format.h"

#include <string.h>

#include "base/ascii.h"
#include "read/feed.h"

enum {
    LINES_SEEN = 8,
    SNIFFED = 512, /* characters of UTF-16 that tell a page */
};

static Str skip_space(Str text) {
    size_t at = 0;

    while (at < text.len && ascii_space(text.ptr[at])) {
        at++;
    }
    return str_slice(text, at, text.len);
}

/* The first line of `*text` that is not blank; `*text` moves behind it. */
static Str take_line(Str *text) {
    Str rest = skip_space(*text);
    const char *end = rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;
    size_t len = end ? (size_t)(end - rest.ptr) : rest.len;

    *text = str_slice(rest, len, rest.len);
    return str_slice(rest, 0, len);
}

/* `{"` or `{}`, white space between: as JSON objects begin, and little else. */
static bool is_object_line(Str line) {
    Str rest;

    if (line.len == 0 || line.ptr[0] != '{') {
        return false;
    }
    rest = skip_space(str_slice(line, 1, line.len));
    return rest.len > 0 && (rest.ptr[0] == '"' || rest.ptr[0] == '}');
}

/* JSON lines if the first line begins like a JSON object, or if at least half
 * of the first lines do, so that one broken line at the top spoils nothing. */
static bool is_json_lines(Str head) {
    unsigned objects = 0, lines = 0;
    Str rest = head;

    while (lines < LINES_SEEN) {
        Str line = take_line(&rest);
        if (line.len == 0) {
            break;
        }
        lines++;
        objects += is_object_line(line);
        if (lines == 1 && objects == 1) {
            return true;
        }
    }
    return objects > 0 && objects * 2 >= lines;
}

/* "WARC/1.0" and the end of the line. */
static bool is_archive(Str head) {
    Str line = take_line(&head);

    return str_starts(line, str_of("WARC/")) && str_trim(line).len == 8 &&
           ascii_digit(line.ptr[5]) && ascii_digit(line.ptr[7]);
}

/* The first characters of UTF-16, as far as they are ASCII; anything else as
 * it is. */
static Str narrow(Str head, char out[SNIFFED]) {
    size_t len = 0;

    if (!str_starts(head, str_of("\xFF\xFE")) &&
        !str_starts(head, str_of("\xFE\xFF"))) {
        return head;
    }
    for (size_t i = 2; i < head.len && len < SNIFFED; i++) {
        if (head.ptr[i] > 0) {
            out[len++] = head.ptr[i];
        }
    }
    return (Str){out, len};
}

Format format_of(Str head) {
    char narrowed[SNIFFED];

    if (is_archive(head)) {
        return FORMAT_WARC;
    }
    if (feed_is_xml(narrow(head, narrowed)) || feed_is_json(head)) {
        return FORMAT_FEED;
    }
    return is_json_lines(head) ? FORMAT_JSONL : FORMAT_TEXT;
}

const char *format_refused(Str head) {
    static const struct {
        const char *begins, *name;
    } known[] = {
        {"<?xml", "XML"},
        {"%PDF-", "PDF"},
    };

    head = skip_space(head);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Str begins = str_of(known[i].begins);
        if (head.len >= begins.len &&
            str_equal_fold(str_slice(head, 0, begins.len), begins)) {
            return known[i].name;
        }
    }
    return NULL;
}

static bool begins(Str text, const char *with) {
    Str start = str_of(with);

    return text.len >= start.len &&
           str_equal_fold(str_slice(text, 0, start.len), start);
}

/* Behind the comments, declarations and white space that `text` opens with. */
static Str skip_prolog(Str text) {
    for (;;) {
        size_t end;
        text = skip_space(text);
        if (begins(text, "<!--")) {
            end = str_find(text, str_of("-->"), 4) + 3;
        } else if (begins(text, "<?")) {
            end = str_find(text, str_of(">"), 0) + 1;
        } else {
            return text;
        }
        text = end < text.len ? str_slice(text, end, text.len) : (Str){0};
    }
}

bool format_is_html(Str head) {
    static const char *const opens[] = {
        "<!doctype html",
        "<html",
        "<head",
        "<script",
        "<iframe",
        "<h1",
        "<div",
        "<font",
        "<table",
        "<a ",
        "<style",
        "<title",
        "<meta",
        "<link",
        "<base",
        "<body",
        "<br",
        "<p>",
        "<p ",
        "<article",
        "<main",
        "<section",
        "<span",
        "<center",
    };
    char narrowed[SNIFFED];

    head = narrow(head, narrowed);
    head = skip_prolog(str_slice(head, format_bom(head), head.len));
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        if (begins(head, opens[i])) {
            return true;
        }
    }
    return false;
}

bool format_is_json_document(Str head) {
    Str rest = skip_space(head);
    bool array = rest.len > 0 && rest.ptr[0] == '[';

    if (array) {
        rest = skip_space(str_slice(rest, 1, rest.len));
    }
    if (rest.len == 0 || rest.ptr[0] != '{') {
        return false;
    }
    if (array) {
        return is_object_line(rest);
    }
    return is_object_line(rest) && !is_object_line(take_line(&rest));
}

size_t format_bom(Str head) {
    return str_starts(head, str_of("\xEF\xBB\xBF")) ? 3 : 0;
}
