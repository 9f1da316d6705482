/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_read.c - any bytes become a report with valid UTF-8, or an error.
 *
 * The first byte chooses: a text file whose charset is detected or named, or a
 * line of JSON. What we take as JSON, jansson takes too, and it reads the same
 * text out of it. */
#include "fuzz.h"

#include <string.h>

#define json_null jansson_null
#include <jansson.h>
#undef json_null

#include "base/utf8.h"
#include "read/date.h"
#include "read/format.h"
#include "read/read.h"

typedef struct Input {
    Arena arena;
    RawRecord record;
    ReadOptions options;
    Report report;
    Error err;
    Status status;
} Input;

static void work(void *context) {
    Input *input = context;

    input->status = report_parse(&input->arena, &input->record, input->options,
                                 &input->report, &input->err);
}

static void check_text(Str text) {
    HOLDS(utf8_invalid(text) == text.len);
    HOLDS(text.len == 0 || !memchr(text.ptr, '\0', text.len));
}

static void check_report(const Report *report) {
    const Str fields[] = {report->id,     report->text,   report->title,
                          report->outlet, report->url,    report->published,
                          report->byline, report->path,   report->language,
                          report->given,  report->charset};

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        check_text(fields[i]);
    }
    HOLDS(report->html.len > 0 ||
          (str_trim(report->text).len > 0 && report->id.len > 0));
    HOLDS(report->published.len == 0 || date_is_iso(report->published));
    HOLDS(report->undecodable <= report->source.len);
}

static void check_given(Str given) {
    json_error_t why;
    json_t *read = json_loadb(given.ptr, given.len, 0, &why);

    HOLDS(json_is_object(read) ||
          json_error_code(&why) == json_error_numeric_overflow);
    json_decref(read);
}

/* Ours says yes: so does jansson, but for numbers that it cannot hold. Ours
 * says that it is no JSON: jansson agrees, but for the depth, and for a NUL
 * behind a number, which jansson passes over. */
static void check_json(const Input *input) {
    Str line = buf_str(&input->record.bytes);
    json_error_t why;
    json_t *read = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, &why);

    if (input->status == OK) {
        const json_t *text = json_object_get(read, "text");
        if (input->report.html.len) {
            json_decref(read);
            return;
        }
        HOLDS(json_is_string(text) || !read);
        HOLDS(!read || str_equal((Str){json_string_value(text),
                                       json_string_length(text)},
                                 input->report.text));
        HOLDS(read || json_error_code(&why) == json_error_numeric_overflow ||
              json_error_code(&why) == json_error_duplicate_key);
        check_given(input->report.given);
    } else if (json_is_object(read) && !memchr(line.ptr, '\0', line.len)) {
        HOLDS(input->status == ERR_INPUT);
        HOLDS(!strstr(input->err.message, ": byte ") ||
              strstr(input->err.message, "nested too deep") ||
              strstr(input->err.message, "published: "));
    }
    json_decref(read);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const charsets[] = {NULL, "windows-1252", "UTF-16LE",
                                           "Shift_JIS", "UTF-8"};
    Input input = {.record = {.line = 1}};
    Str bytes;
    Status status;

    if (size == 0) {
        return 0;
    }
    bytes = (Str){(const char *)data + 1, size - 1};
    input.record.format = data[0] % 2 ? FORMAT_JSONL : FORMAT_TEXT;
    input.options.charset = charsets[data[0] / 2 % 5];
    buf_push(&input.record.bytes, bytes);
    buf_put(&input.record.path, "-");
    buf_char(&input.record.path, '\0');
    input.record.path.len--;
    arena_init(&input.arena, 0);
    status = arena_try(&input.arena, work, &input, &input.err);
    HOLDS(status == OK);
    (void)format_of(bytes);
    (void)format_is_json_document(bytes);
    if (input.status == OK) {
        check_report(&input.report);
    }
    if (input.record.format == FORMAT_JSONL) {
        check_json(&input);
    }
    record_deinit(&input.record);
    arena_deinit(&input.arena);
    return 0;
}
