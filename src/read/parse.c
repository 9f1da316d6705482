/* SPDX-License-Identifier: Apache-2.0 */
/* read/parse.c - report_parse() of read.h: each format's function, and what
 * all reports have in common. */
#include "read/read.h"

#include <string.h>

#include "base/utf8.h"
#include "read/charset.h"
#include "read/format.h"
#include "read/http.h"
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

/* A page or a text as it came over HTTP, in the charset that came with it, or
 * else the one that its bytes show. */
static Status parse_payload(Arena *arena, Str bytes, Str type, Report *out,
                            Error *err) {
    Str charset = http_parameter(type, "charset");
    Status status = ERR_INPUT;

    if (http_is_page(type)) {
        out->html = bytes;
        out->charset = charset;
        return OK;
    }
    if (charset.len) {
        status =
            parse_text(arena, bytes, str_dup(arena, charset).ptr, out, NULL);
    }
    return status == OK ? OK : parse_text(arena, bytes, NULL, out, err);
}

static Status parse_warc(Arena *arena, Str bytes, ReadOptions options,
                         Report *out, Error *err) {
    Str payload, type;
    Status status =
        warc_parse(arena, bytes, options.max_report, out, &payload, &type, err);

    return status == OK ? parse_payload(arena, payload, type, out, err)
                        : status;
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

/* What all reports have in common; the id of a page waits for its text. */
static Status finish(Arena *arena, Report *report, Error *err) {
    if (report->html.len) {
        return parse_page(arena, report, err);
    }
    if (report->id.len == 0) {
        report->id = report_hash(arena, report);
    }
    return OK;
}

Status report_parse(Arena *arena, const RawRecord *record, ReadOptions options,
                    Report *out, Error *err) {
    Report report = {
        .format = record->format, .line = record->line, .given = str_of("{}")};
    Status status = parse(arena, record, options, &report, err);

    report.path = path_text(arena, buf_str(&record->path));
    if (status == OK) {
        status = finish(arena, &report, err);
    }
    if (status != OK) {
        return err ? record_place(record, err) : status;
    }
    *out = report;
    return OK;
}

Status report_parse_document(Arena *arena, const Document *document,
                             Report *out, Error *err) {
    Report report = {.format = FORMAT_TEXT, .line = 1, .given = str_of("{}")};
    Str kind = http_type(document->type);
    Status status = OK;

    if (!http_is_page(document->type) && !http_is_text(document->type)) {
        return fail(err, ERR_INPUT, "is %.*s: neither a page nor a text",
                    (int)(kind.len < 60 ? kind.len : 60), kind.ptr);
    }
    if (document->fields.len) {
        status = jsonl_fields(arena, document->fields, &report, err);
    }
    report.text = report.html = (Str){0};
    report.url = report.path = document->url;
    if (status == OK) {
        status =
            parse_payload(arena, document->bytes, document->type, &report, err);
    }
    if (status == OK) {
        status = finish(arena, &report, err);
    }
    if (status == OK) {
        *out = report;
    }
    return status;
}
