/* SPDX-License-Identifier: Apache-2.0 */
/* read/parse.c - report_parse() of read.h: each format's function, and what
 * all reports have in common. */
#include "read/read.h"

#include <string.h>

#include "base/utf8.h"
#include "read/charset.h"
#include "read/format.h"
#include "read/jsonl.h"
#include "read/page_charset.h"
#include "read/warc.h"

static Status parse_text(Arena *arena, Str bytes, const char *charset,
                         Report *out, Error *err) {
    const char *refused = format_refused(bytes);
    Decoded decoded;
    const char *nul;
    Status status;

    if (format_is_html(bytes)) {
        out->html = bytes;
        out->charset = str_of(charset);
        return OK;
    }
    if (refused) {
        return fail(err, ERR_INPUT, "is %s, which is not read yet", refused);
    }
    status = charset_decode(arena, bytes, charset, &decoded, err);
    if (status != OK) {
        return status;
    }
    nul = decoded.text.len ? memchr(decoded.text.ptr, '\0', decoded.text.len)
                           : NULL;
    if (nul) {
        return fail(err, ERR_INPUT, "byte %zu is a NUL: not a text file",
                    (size_t)(nul - decoded.text.ptr) + format_bom(bytes));
    }
    if (str_trim(decoded.text).len == 0) {
        return fail(err, ERR_INPUT, "empty file");
    }
    out->text = decoded.text;
    out->charset = decoded.charset;
    out->undecodable = decoded.undecodable;
    out->source = bytes;
    return OK;
}

static Status parse_jsonl(Arena *arena, Str bytes, Report *out, Error *err) {
    Status status = jsonl_parse(arena, bytes, out, err);

    if (status == OK) {
        out->charset = str_of("UTF-8");
        if (out->text.len) {
            out->source = out->text;
            out->html = (Str){0};
        }
    }
    return status;
}

/* A page's bytes, and the charset that came with them, if one did. */
static Status parse_page(Arena *arena, Report *out, Error *err) {
    char charset[CHARSET_NAME_MAX];
    Str bytes = out->html;
    Decoded decoded;
    Status status =
        charset_decode(arena, bytes, page_charset(bytes, out->charset, charset),
                       &decoded, err);

    if (status != OK) {
        return status;
    }
    if (str_trim(decoded.text).len == 0) {
        return fail(err, ERR_INPUT, "empty page");
    }
    out->source = bytes;
    out->html = decoded.text;
    out->charset = decoded.charset;
    out->undecodable = decoded.undecodable;
    return OK;
}

/* Names of files are bytes; a report's path is text. */
static Str path_text(Arena *arena, Str path) {
    Decoded decoded;

    if (utf8_invalid(path) == path.len ||
        charset_decode(arena, path, "UTF-8", &decoded, NULL) != OK) {
        return path;
    }
    return decoded.text;
}

/* A text or a page out of a web archive. Texts are UTF-8 there (WET), or as
 * the server said. */
static Status parse_warc(Arena *arena, Str bytes, ReadOptions options,
                         Report *out, Error *err) {
    Status status = warc_parse(arena, bytes, options.max_report, out, err);
    Str charset = out->charset;

    if (status != OK || out->html.len) {
        return status;
    }
    if (charset.len) {
        status = parse_text(arena, out->text, str_dup(arena, charset).ptr, out,
                            NULL);
    }
    if (charset.len == 0 || status != OK) {
        status = parse_text(arena, out->text, NULL, out, err);
    }
    return status;
}

static Status parse(Arena *arena, const RawRecord *record, ReadOptions options,
                    Report *out, Error *err) {
    Str bytes = buf_str(&record->bytes);

    switch (record->format) {
    case FORMAT_JSONL:
    case FORMAT_CSV:
    case FORMAT_FEED:
        return parse_jsonl(arena, bytes, out, err);
    case FORMAT_WARC:
        return parse_warc(arena, bytes, options, out, err);
    default:
        return parse_text(arena, bytes, options.charset, out, err);
    }
}

Status report_parse(Arena *arena, const RawRecord *record, ReadOptions options,
                    Report *out, Error *err) {
    Report report = {
        .format = record->format, .line = record->line, .given = str_of("{}")};
    Status status = parse(arena, record, options, &report, err);

    if (status == OK && report.html.len) {
        status = parse_page(arena, &report, err);
    }
    if (status != OK) {
        return err ? record_place(record, err) : status;
    }
    report.path = path_text(arena, buf_str(&record->path));
    if (report.id.len == 0 && report.html.len == 0) {
        report.id = report_hash(arena, &report);
    }
    *out = report;
    return OK;
}
