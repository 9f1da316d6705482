/* SPDX-License-Identifier: Apache-2.0 */
/* api/context.c - see context.h; and the functions that open and close. */
#include "api/context.h"

#include <stdlib.h>
#include <string.h>

#include "api/version.h"
#include "base/utf8.h"
#include "read/date.h"

/* The public numbers are ours. */
_Static_assert((int)DATELINE_OK == (int)OK, "status");
_Static_assert((int)DATELINE_NOMEM == (int)ERR_NOMEM, "status");
_Static_assert((int)DATELINE_LIMIT == (int)ERR_LIMIT, "status");
_Static_assert((int)DATELINE_INPUT == (int)ERR_INPUT, "status");
_Static_assert((int)DATELINE_ENCODING == (int)ERR_ENCODING, "status");
_Static_assert((int)DATELINE_IO == (int)ERR_IO, "status");
_Static_assert((int)DATELINE_DATA == (int)ERR_DATA, "status");
_Static_assert((int)DATELINE_STORE == (int)ERR_STORE, "status");
_Static_assert((int)DATELINE_NOT_FOUND == (int)ERR_NOT_FOUND, "status");
_Static_assert((int)DATELINE_USAGE == (int)ERR_USAGE, "status");
_Static_assert((int)DATELINE_USAGE + 1 == (int)STATUS_COUNT, "status");
_Static_assert((int)DATELINE_MESSAGE_MAX == (int)ERROR_MESSAGE_MAX, "message");

/* Reports past this size are refused where the caller sets no limit. */
static const size_t MAX_REPORT = 16 << 20;

dateline_status told(Status status, const Error *err, dateline_error *error) {
    if (status != OK && error) {
        error->status = (dateline_status)status;
        memcpy(error->message, err->message, sizeof error->message);
    }
    return (dateline_status)status;
}

const char *dateline_version(void) {
    return DATELINE_VERSION;
}

dateline_status dateline_new(const char *data, dateline **out,
                             dateline_error *error) {
    Error err = {0};
    dateline *made = calloc(1, sizeof *made);
    Status status = made ? knowledge_open(data, &made->knowledge, &err)
                         : fail(&err, ERR_NOMEM, "out of memory");

    if (status == OK) {
        status = dictionaries_open(data, &made->dictionaries, &err);
    }
    if (status == OK) {
        made->speller = speller_new(made->knowledge.lexicon);
        status = made->speller ? OK : fail(&err, ERR_NOMEM, "out of memory");
    }
    if (status == OK) {
        *out = made;
    } else {
        dateline_free(made);
    }
    return told(status, &err, error);
}

void dateline_free(dateline *d) {
    if (d) {
        speller_free(d->speller);
        dictionaries_close(d->dictionaries);
        knowledge_close(&d->knowledge);
        free(d);
    }
}

void dateline_options_init(dateline_options *options) {
    *options = (dateline_options){.find = 1, .max_report = MAX_REPORT};
}

dateline_options options_or_default(const dateline_options *options) {
    dateline_options result;

    dateline_options_init(&result);
    if (options) {
        result = *options;
        result.max_report = result.max_report ? result.max_report : MAX_REPORT;
    }
    return result;
}

FindOptions find_options(const dateline *d, const dateline_options *options,
                         const Report *report) {
    bool clean = options->clean == DATELINE_CLEAN_DEFAULT
                     ? report->format == FORMAT_TEXT ||
                           report->format == FORMAT_WARC || report->html.len
                     : options->clean == DATELINE_CLEAN_ON;

    return (FindOptions){.clean = clean,
                         .find = options->find && !options->conllu,
                         .tag = options->tokens || options->conllu,
                         .coding = dictionaries_coding(d->dictionaries)};
}

static Status take_field(const char *name, const char *value, Str *out,
                         Error *err) {
    Str text = str_of(value);
    size_t bad = utf8_invalid(text);

    if (bad < text.len) {
        return fail(err, ERR_ENCODING, "%s: byte %zu: not valid UTF-8", name,
                    bad);
    }
    *out = text;
    return OK;
}

static Status take_text(const dateline_report *from, size_t max, Str *out,
                        Error *err) {
    Str text = {from->text, from->text_len};
    size_t bad;

    if (!from->text) {
        return fail(err, ERR_USAGE, "text: missing");
    }
    text.len = text.len ? text.len : strlen(from->text);
    if (text.len > max) {
        return fail(err, ERR_LIMIT, "text: %zu bytes; at most %zu are taken",
                    text.len, max);
    }
    bad = utf8_invalid(text);
    if (bad < text.len) {
        return fail(err, ERR_ENCODING, "text: byte %zu: not valid UTF-8", bad);
    }
    if (text.len && memchr(text.ptr, '\0', text.len)) {
        return fail(err, ERR_INPUT, "text: holds a NUL");
    }
    *out = text;
    return OK;
}

Status report_take(Arena *arena, const dateline_report *from, size_t max,
                   Report *out, Error *err) {
    Report report = {.given = str_of("{}"),
                     .path = str_of("-"),
                     .line = 1,
                     .charset = str_of("UTF-8"),
                     .format = FORMAT_JSONL};
    struct {
        const char *name, *value;
        Str *field;
    } fields[] = {
        {"id", from->id, &report.id},
        {"title", from->title, &report.title},
        {"outlet", from->outlet, &report.outlet},
        {"url", from->url, &report.url},
        {"published", from->published, &report.published},
        {"byline", from->byline, &report.byline},
        {"language", from->language, &report.language},
    };
    Status status = take_text(from, max, &report.text, err);

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (status == OK) {
            status = take_field(fields[i].name, fields[i].value,
                                fields[i].field, err);
        }
    }
    if (status == OK && report.published.len &&
        !date_is_iso(report.published)) {
        status = fail(err, ERR_INPUT, "published: \"%.40s\" is no ISO date",
                      from->published);
    }
    if (status != OK) {
        return status;
    }
    report.source = report.text;
    report.id = report.id.len ? report.id : report_hash(arena, &report);
    *out = report;
    return OK;
}
