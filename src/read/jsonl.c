/* SPDX-License-Identifier: Apache-2.0 */
/* read/jsonl.c - see jsonl.h.
 *
 *     {"id":"a", "text":"Rain fell.\n", "rank": 1.10}
 *      |          |                      |
 *      Report.id  Report.text: unescaped Report.given: {"rank":1.10}
 *
 * Each scan_ function begins at its first byte, ends behind its last, and is
 * false after an error, which stands in scan->err. */
#include "read/jsonl.h"

#include <assert.h>
#include <string.h>

#include "base/ascii.h"
#include "base/map.h"
#include "base/utf8.h"
#include "read/date.h"

enum { DEPTH_MAX = 200 };

typedef struct Scan {
    Arena *arena;
    Str bytes;
    size_t at;
    Error *err;
    Status status;
    bool nul_allowed; /* in the string that is being read */
} Scan;

/* The members of the object that no field is made of. */
typedef struct Rest {
    SpanList keys, values; /* bytes of the line, keys with their quotes */
    Map seen;
} Rest;

typedef struct Field {
    const char *name;
    Str *value; /* borrowed: in the report */
    bool given;
} Field;

static bool stop(Scan *scan, const char *why) {
    scan->status = fail(scan->err, ERR_INPUT, "byte %zu: %s", scan->at, why);
    return false;
}

static bool at_end(const Scan *scan) {
    return scan->at == scan->bytes.len;
}

/* The byte here; NUL at the end. */
static char peek(const Scan *scan) {
    return at_end(scan) ? '\0' : scan->bytes.ptr[scan->at];
}

static void skip_space(Scan *scan) {
    while (!at_end(scan) && memchr(" \t\r\n", peek(scan), 4)) {
        scan->at++;
    }
}

static bool expect(Scan *scan, char c, const char *why) {
    if (at_end(scan)) {
        return stop(scan, "cut off");
    }
    if (peek(scan) != c) {
        return stop(scan, why);
    }
    scan->at++;
    return true;
}

/* Where the bytes from `at` on stop being plain: at a quote, a backslash or a
 * control character. Eight at a time: a byte is below n exactly if x - n
 * borrows from its top bit (Mycroft), and equals c if x ^ c is below 1. */
static size_t skip_plain(Str text, size_t at) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t x;

    while (text.len - at >= sizeof x) {
        uint64_t quote, slash;
        memcpy(&x, text.ptr + at, sizeof x);
        quote = x ^ (ones * '"');
        slash = x ^ (ones * '\\');
        if ((((x - ones * 0x20) & ~x) | ((quote - ones) & ~quote) |
             ((slash - ones) & ~slash)) &
            (ones << 7)) {
            break;
        }
        at += sizeof x;
    }
    while (at < text.len && (unsigned char)text.ptr[at] >= 0x20 &&
           text.ptr[at] != '"' && text.ptr[at] != '\\') {
        at++;
    }
    return at;
}

static int hex_value(char c) {
    if (ascii_digit(c)) {
        return c - '0';
    }
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four hex digits of "\u002e", behind the u. */
static bool scan_hex(Scan *scan, uint32_t *out) {
    uint32_t value = 0;

    for (int i = 0; i < 4; i++) {
        int digit = hex_value(peek(scan));
        if (digit < 0) {
            return stop(scan, at_end(scan) ? "cut off"
                                           : "\\u without four hex digits");
        }
        value = value << 4 | (uint32_t)digit;
        scan->at++;
    }
    *out = value;
    return true;
}

/* An escape, behind its backslash; writes at most 4 bytes (an escape has at
 * least as many as what it stands for, so `out` is never too short). */
static bool scan_escape(Scan *scan, char *out, size_t *len) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *simple = at_end(scan) ? NULL : strchr(from, peek(scan));
    uint32_t high, low;

    if (simple && *simple) {
        out[0] = to[simple - from];
        *len = 1;
        scan->at++;
        return true;
    }
    if (!expect(scan, 'u', "no such escape") || !scan_hex(scan, &high)) {
        return false;
    }
    if (high >= 0xD800 && high < 0xDC00) {
        if (!expect(scan, '\\', "half a surrogate pair") ||
            !expect(scan, 'u', "half a surrogate pair") ||
            !scan_hex(scan, &low)) {
            return false;
        }
        if (low < 0xDC00 || low >= 0xE000) {
            return stop(scan, "half a surrogate pair");
        }
        high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    } else if (high >= 0xDC00 && high < 0xE000) {
        return stop(scan, "half a surrogate pair");
    } else if (high == 0 && !scan->nul_allowed) {
        return stop(scan, "a NUL (\\u0000)");
    }
    *len = utf8_put(high, out);
    return true;
}

/* To the closing quote; `*escapes` tells whether there is a backslash. The
 * escapes are not looked at. */
static bool find_end(Scan *scan, bool *escapes) {
    *escapes = false;
    for (;;) {
        scan->at = skip_plain(scan->bytes, scan->at);
        if (at_end(scan)) {
            return stop(scan, "cut off in a string");
        }
        if (peek(scan) == '"') {
            return true;
        }
        if (peek(scan) != '\\') {
            return stop(scan, peek(scan) ? "a control character in a string"
                                         : "a NUL");
        }
        *escapes = true;
        scan->at += 2;
        if (scan->at > scan->bytes.len) {
            scan->at = scan->bytes.len;
        }
    }
}

static bool unescape(Scan *scan, size_t end, Str *out) {
    char *text = arena_alloc(scan->arena, end - scan->at + 1);
    size_t len = 0;

    while (scan->at < end) {
        size_t plain = skip_plain(scan->bytes, scan->at);
        size_t more = 0;
        memcpy(text + len, scan->bytes.ptr + scan->at, plain - scan->at);
        len += plain - scan->at;
        scan->at = plain;
        if (plain == end) {
            break;
        }
        scan->at++;
        if (!scan_escape(scan, text + len, &more)) {
            return false;
        }
        len += more;
    }
    *out = (Str){text, len};
    return true;
}

static bool scan_string(Scan *scan, Str *out) {
    size_t begin, end;
    bool escapes;

    if (!expect(scan, '"', "not a string")) {
        return false;
    }
    begin = scan->at;
    if (!find_end(scan, &escapes)) {
        return false;
    }
    end = scan->at;
    if (escapes) {
        scan->at = begin;
        if (!unescape(scan, end, out)) {
            return false;
        }
    } else {
        *out = str_slice(scan->bytes, begin, end);
    }
    scan->at = end + 1;
    return true;
}

static bool scan_digits(Scan *scan) {
    size_t begin = scan->at;

    while (ascii_digit(peek(scan))) {
        scan->at++;
    }
    return scan->at > begin || stop(scan, "not a number");
}

static bool scan_number(Scan *scan) {
    if (peek(scan) == '-') {
        scan->at++;
    }
    if (peek(scan) == '0') {
        scan->at++;
    } else if (!scan_digits(scan)) {
        return false;
    }
    if (peek(scan) == '.') {
        scan->at++;
        if (!scan_digits(scan)) {
            return false;
        }
    }
    if (peek(scan) == 'e' || peek(scan) == 'E') {
        scan->at++;
        if (peek(scan) == '+' || peek(scan) == '-') {
            scan->at++;
        }
        return scan_digits(scan);
    }
    return true;
}

static bool scan_word(Scan *scan) {
    static const char *const words[] = {"true", "false", "null"};
    Str rest = str_slice(scan->bytes, scan->at, scan->bytes.len);

    for (int i = 0; i < 3; i++) {
        if (str_starts(rest, str_of(words[i]))) {
            scan->at += strlen(words[i]);
            return true;
        }
    }
    return stop(scan, rest.len < 4 ? "cut off" : "not JSON");
}

static bool scan_value(Scan *scan, unsigned depth);

/* The members of an array or object, behind its bracket. */
static bool scan_members(Scan *scan, char close, unsigned depth) {
    Str key;

    skip_space(scan);
    if (peek(scan) == close) {
        scan->at++;
        return true;
    }
    for (;;) {
        skip_space(scan);
        if (close == '}') {
            if (!scan_string(scan, &key)) {
                return false;
            }
            skip_space(scan);
            if (!expect(scan, ':', "no colon behind a key")) {
                return false;
            }
        }
        if (!scan_value(scan, depth)) {
            return false;
        }
        skip_space(scan);
        if (peek(scan) == close) {
            scan->at++;
            return true;
        }
        if (!expect(scan, ',', "no comma between two values")) {
            return false;
        }
    }
}

static bool scan_value(Scan *scan, unsigned depth) {
    Str text;
    char c;

    skip_space(scan);
    c = peek(scan);
    if (c == '"') {
        return scan_string(scan, &text);
    }
    if (c == '{' || c == '[') {
        if (depth == 0) {
            return stop(scan, "nested too deep");
        }
        scan->at++;
        return scan_members(scan, c == '{' ? '}' : ']', depth - 1);
    }
    if (c == '-' || ascii_digit(c)) {
        return scan_number(scan);
    }
    return at_end(scan) ? stop(scan, "cut off") : scan_word(scan);
}

/* A field's value: a string, or null for none. */
static bool scan_field(Scan *scan, Field *field) {
    Str rest;

    if (field->given) {
        scan->status =
            fail(scan->err, ERR_INPUT, "%s: given twice", field->name);
        return false;
    }
    field->given = true;
    skip_space(scan);
    rest = str_slice(scan->bytes, scan->at, scan->bytes.len);
    if (str_starts(rest, str_of("null"))) {
        scan->at += 4;
        return true;
    }
    if (rest.len && rest.ptr[0] != '"') {
        scan->status =
            fail(scan->err, ERR_INPUT, "%s: not a string", field->name);
        return false;
    }
    /* Pages hold them, and reading a page drops them. */
    scan->nul_allowed = str_is(str_of(field->name), "html");
    if (!scan_string(scan, field->value)) {
        if (scan->err) {
            fail_in(scan->err, "%s", field->name);
        }
        return false;
    }
    scan->nul_allowed = false;
    return true;
}

static bool scan_rest(Scan *scan, Str key, Span key_span, Rest *rest) {
    bool is_new;
    uint32_t begin;

    map_put(&rest->seen, hash_str(key), 0, &is_new);
    if (!is_new) {
        return stop(scan, "a field given twice");
    }
    skip_space(scan);
    begin = (uint32_t)scan->at;
    if (!scan_value(scan, DEPTH_MAX)) {
        return false;
    }
    span_push(scan->arena, &rest->keys, key_span);
    span_push(scan->arena, &rest->values, (Span){begin, (uint32_t)scan->at});
    return true;
}

static bool scan_object(Scan *scan, Field *fields, size_t count, Rest *rest) {
    skip_space(scan);
    if (at_end(scan) || peek(scan) != '{') {
        scan->status = fail(scan->err, ERR_INPUT, "not a JSON object");
        return false;
    }
    scan->at++;
    skip_space(scan);
    if (peek(scan) == '}') {
        scan->at++;
        return true;
    }
    for (;;) {
        Str key;
        size_t i = 0, begin;

        skip_space(scan);
        begin = scan->at;
        if (!scan_string(scan, &key)) {
            return false;
        }
        Span key_span = {(uint32_t)begin, (uint32_t)scan->at};
        skip_space(scan);
        if (!expect(scan, ':', "no colon behind a key")) {
            return false;
        }
        while (i < count && !str_is(key, fields[i].name)) {
            i++;
        }
        if (!(i < count ? scan_field(scan, &fields[i])
                        : scan_rest(scan, key, key_span, rest))) {
            return false;
        }
        skip_space(scan);
        if (peek(scan) == '}') {
            scan->at++;
            return true;
        }
        if (!expect(scan, ',', "no comma between two fields")) {
            return false;
        }
    }
}

/* `json` without the white space between its parts. */
static size_t put_compact(char *out, Str json) {
    size_t len = 0;
    bool quoted = false;

    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];
        if (!quoted && ascii_space(c)) {
            continue;
        }
        out[len++] = c;
        if (quoted && c == '\\') {
            out[len++] = json.ptr[++i]; /* valid JSON: there is one */
        } else if (c == '"') {
            quoted = !quoted;
        }
    }
    return len;
}

static Str join_rest(Arena *arena, Str line, const Rest *rest) {
    size_t room = 2, len = 0;
    char *out;

    for (uint32_t i = 0; i < rest->keys.count; i++) {
        room += str_at(line, rest->keys.items[i]).len + 2 +
                str_at(line, rest->values.items[i]).len;
    }
    out = arena_alloc(arena, room);
    out[len++] = '{';
    for (uint32_t i = 0; i < rest->keys.count; i++) {
        if (i > 0) {
            out[len++] = ',';
        }
        len += put_compact(out + len, str_at(line, rest->keys.items[i]));
        out[len++] = ':';
        len += put_compact(out + len, str_at(line, rest->values.items[i]));
    }
    out[len++] = '}';
    assert(len <= room);
    return (Str){out, len};
}

static Status check_date(const Report *report, Error *err) {
    if (report->published.len && !date_is_iso(report->published)) {
        return fail(
            err, ERR_INPUT,
            "published: \"%.*s\" is not an ISO 8601 date "
            "(2013-02-25 or 2013-02-25T14:03:00Z)",
            (int)(report->published.len < 40 ? report->published.len : 40),
            report->published.ptr);
    }
    return OK;
}

Status jsonl_fields(Arena *arena, Str line, Report *out, Error *err) {
    Report report = *out;
    Field fields[] = {
        {"text", &report.text, false},
        {"id", &report.id, false},
        {"title", &report.title, false},
        {"outlet", &report.outlet, false},
        {"url", &report.url, false},
        {"published", &report.published, false},
        {"byline", &report.byline, false},
        {"language", &report.language, false},
        {"html", &report.html, false},
    };
    Scan scan = {.arena = arena, .bytes = line, .err = err};
    Rest rest = {0};
    size_t bad = utf8_invalid(line);
    Status status;

    if (line.len >= UINT32_MAX) {
        return fail(err, ERR_LIMIT, "%zu bytes in a line", line.len);
    }
    if (bad < line.len) {
        return fail(err, ERR_ENCODING, "byte %zu: invalid UTF-8", bad);
    }
    map_init(&rest.seen, arena, 0);
    if (!scan_object(&scan, fields, sizeof fields / sizeof *fields, &rest)) {
        return scan.status;
    }
    skip_space(&scan);
    if (!at_end(&scan)) {
        (void)stop(&scan, "more behind the end of the object");
        return scan.status;
    }
    status = check_date(&report, err);
    if (status == OK) {
        report.given = join_rest(arena, line, &rest);
        *out = report;
    }
    return status;
}

Status jsonl_parse(Arena *arena, Str line, Report *out, Error *err) {
    Report report = *out;
    Status status = jsonl_fields(arena, line, &report, err);

    if (status == OK && str_trim(report.text).len == 0 &&
        str_trim(report.html).len == 0) {
        status = fail(err, ERR_INPUT, "text: missing or empty");
    }
    if (status == OK) {
        *out = report;
    }
    return status;
}
