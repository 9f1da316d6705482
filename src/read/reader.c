/* SPDX-License-Identifier: Apache-2.0 */
/* read/reader.c - see read.h: cuts the input into records.
 *
 * Each format has its own way to cut: a line, a whole member, a row (csv.h), a
 * record of an archive (warc.h), an item (feed.h). An error ends the member
 * that it stands in, and is told after the records that were cut before it. */
#include "read/read.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "read/csv.h"
#include "read/feed.h"
#include "read/format.h"
#include "read/input.h"
#include "read/warc.h"

enum { DEFAULT_MAX = 16 << 20 };

struct Reader {
    Input input;
    ReadOptions options;
    Format format; /* of the member */
    uint64_t line; /* of the next line; items given out */
    Csv csv;
    Warc warc;
    Feed feed;
    size_t feed_at; /* bytes of feed.lines given out */
};

static const char *const standard_input[] = {"-"};

static Status check_charset(const char *charset, Error *err) {
    iconv_t converter;

    if (!charset) {
        return OK;
    }
    converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) {
        return fail(err, ERR_USAGE, "charset %s is not known", charset);
    }
    iconv_close(converter);
    return OK;
}

Status reader_open(const char *const *paths, size_t count, ReadOptions options,
                   Reader **out, Error *err) {
    Status status = check_charset(options.charset, err);
    Reader *reader;

    if (status == OK) {
        status = csv_check_maps(options.maps, err);
    }
    if (status != OK) {
        return status;
    }
    reader = calloc(1, sizeof *reader);
    if (!reader) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    if (count == 0) {
        paths = standard_input;
        count = 1;
    }
    input_init(&reader->input, paths, count);
    reader->options = options;
    reader->options.max_report =
        options.max_report ? options.max_report : DEFAULT_MAX;
    *out = reader;
    return OK;
}

void reader_close(Reader *reader) {
    if (reader) {
        input_deinit(&reader->input);
        csv_deinit(&reader->csv);
        warc_deinit(&reader->warc);
        feed_deinit(&reader->feed);
        free(reader);
    }
}

uint64_t reader_bytes(const Reader *reader) {
    return reader->input.bytes_done + reader->input.bytes_here;
}

uint64_t reader_total(const Reader *reader) {
    return reader->input.bytes_total;
}

/* Tell what went wrong with the stream, and leave the file that it spoiled. */
static bool tell_failure(Reader *reader, RawRecord *record) {
    Error *failure = &reader->input.failure;

    if (failure->status == OK) {
        return false;
    }
    record_refuse_file(record, failure->status, failure->message);
    failure->status = OK;
    input_leave_file(&reader->input);
    return true;
}

/* ----------------------------------------------------------- lines of JSON */

/* One line into the record, without its newline; false when the member has
 * none left. */
static bool take_line(Reader *reader, RawRecord *record) {
    Input *input = &reader->input;
    bool started = false;

    record->line = reader->line;
    record->offset = input_offset(input);
    while (input_has_more(input)) {
        Str rest = input_rest(input);
        const char *end = memchr(rest.ptr, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;

        (void)record_append(record, str_slice(rest, 0, len),
                            reader->options.max_report);
        input_skip(input, len + (end != NULL));
        started = true;
        if (end) {
            reader->line++;
            return true;
        }
    }
    return started;
}

static bool next_line(Reader *reader, RawRecord *record) {
    Input *input = &reader->input;

    while (take_line(reader, record)) {
        if (record->error.status != OK) {
            return true;
        }
        if (input->failure.status != OK && input->at == input->len) {
            break; /* the line is cut where the file is broken */
        }
        if (str_trim(buf_str(&record->bytes)).len) {
            return true;
        }
        buf_reset(&record->bytes);
    }
    return false;
}

/* ----------------------------------------------------------- whole members */

/* All of the member into the record; false when it is too long, and then the
 * rest is left unread: it may unpack to anything. */
static bool take_member(Reader *reader, RawRecord *record) {
    Input *input = &reader->input;

    while (record->error.status == OK && input_has_more(input)) {
        Str rest = input_rest(input);
        (void)record_append(record, rest, reader->options.max_report);
        input_skip(input, rest.len);
    }
    if (record->error.status != OK && input->in_archive) {
        input_leave_member(input);
    } else if (record->error.status != OK) {
        input_leave_file(input);
    }
    return record->error.status == OK;
}

static bool next_text(Reader *reader, RawRecord *record) {
    record->line = 1;
    record->offset = 0;
    if (reader->input.at == reader->input.len && reader->input.ended) {
        return false; /* it was taken */
    }
    if (take_member(reader, record) && reader->input.failure.status == OK &&
        str_trim(buf_str(&record->bytes)).len == 0) {
        record_refuse_file(record, ERR_INPUT, "empty file");
    }
    return record->error.status != OK || reader->input.failure.status == OK;
}

/* ------------------------------------------------------------ items of feeds
 */

/* Read the feed as soon as it is met: its items follow one by one. */
static void begin_feed(Reader *reader, RawRecord *record) {
    Error err;

    reader->line = 0;
    reader->feed_at = 0;
    buf_reset(&reader->feed.lines);
    record->format = FORMAT_TEXT; /* what is wrong concerns the file */
    if (!take_member(reader, record) || reader->input.failure.status != OK) {
        return;
    }
    if (feed_read(buf_str(&record->bytes), (Str){0}, reader->options.lexicon,
                  &reader->feed, &err) != OK) {
        record_refuse_file(record, err.status, err.message);
    }
    buf_reset(&record->bytes);
}

static bool next_item(Reader *reader, RawRecord *record) {
    Str lines = buf_str(&reader->feed.lines);
    size_t end = str_find(lines, str_of("\n"), reader->feed_at);

    record->line = ++reader->line;
    record->offset = 0;
    if (end < lines.len) {
        (void)record_append(record, str_slice(lines, reader->feed_at, end),
                            reader->options.max_report);
        reader->feed_at = end + 1;
        return true;
    }
    if (reader->feed.cut_off) {
        reader->feed.cut_off = false;
        record_refuse(record, ERR_INPUT,
                      "the feed is cut off here; what is left of this item is "
                      "not taken");
        return true;
    }
    return false;
}

/* ---------------------------------------------------------------- formats */

static void set_path(const Reader *reader, RawRecord *record) {
    buf_reset(&record->path);
    buf_push(&record->path, buf_str(&reader->input.path));
    buf_char(&record->path, '\0');
    if (record->path.len) {
        record->path.len--;
    }
    if (buf_check(&record->path, &record->error) != OK) {
        buf_reset(&record->bytes);
    }
}

static void begin_lines(Reader *reader, size_t mark) {
    reader->line = 1;
    input_skip(&reader->input, mark);
}

/* A table in UTF-16, as spreadsheets write "Unicode text". */
static bool is_wide_table(Str head) {
    Str tab = {"\t\0", 2};

    return head.len > 4 && (unsigned char)head.ptr[0] == 0xFF &&
           (unsigned char)head.ptr[1] == 0xFE &&
           str_find(head, tab, 2) < str_find(head, (Str){"\n\0", 2}, 2);
}

/* The member's first block tells the format. */
static void begin_member(Reader *reader, RawRecord *record) {
    Input *input = &reader->input;
    Str head = input_rest(input);
    size_t mark = format_bom(head);
    CsvDialect dialect = {0};

    head = str_slice(head, mark, head.len);
    reader->format = format_of(head);
    if (reader->format == FORMAT_TEXT && !format_is_html(head) &&
        csv_detect(head, reader->options, &dialect)) {
        reader->format = FORMAT_CSV;
    }
    record->format = reader->format;
    if (reader->format == FORMAT_FEED) {
        begin_feed(reader, record);
    } else if (reader->format == FORMAT_CSV) {
        input_skip(input, mark);
        csv_begin(&reader->csv, dialect, input, reader->options);
    } else if (reader->format == FORMAT_WARC) {
        warc_begin(&reader->warc, reader->options.max_report);
    } else if (reader->format == FORMAT_JSONL) {
        begin_lines(reader, mark);
    } else if (format_is_json_document(head)) {
        record_refuse_file(record, ERR_INPUT,
                           "JSON, but not one object a line: JSON lines are "
                           "read");
    } else if (is_wide_table(head)) {
        record_refuse_file(record, ERR_INPUT,
                           "a table in UTF-16: save it as UTF-8");
    }
    if (record->error.status != OK && input->in_member) {
        input_leave_member(input);
    }
}

static bool cut(Reader *reader, RawRecord *record) {
    switch (reader->format) {
    case FORMAT_JSONL:
        return next_line(reader, record);
    case FORMAT_CSV:
        return csv_next(&reader->csv, &reader->input, record);
    case FORMAT_WARC:
        return warc_next(&reader->warc, &reader->input, record);
    case FORMAT_FEED:
        return next_item(reader, record);
    default:
        return next_text(reader, record);
    }
}

/* The next record of the member, or what went wrong behind the last one. */
static bool next_of_member(Reader *reader, RawRecord *record) {
    record->format = reader->format;
    if (cut(reader, record)) {
        return true;
    }
    buf_reset(&record->bytes);
    if (tell_failure(reader, record)) {
        return true;
    }
    if (reader->input.in_member) {
        input_leave_member(&reader->input);
    }
    return false;
}

bool reader_next(Reader *reader, RawRecord *record) {
    record_reset(record);
    while (record->error.status == OK) {
        if (reader->input.in_member) {
            set_path(reader, record);
            if (next_of_member(reader, record)) {
                break;
            }
        } else if (!input_next(&reader->input, &record->error)) {
            return false;
        } else if (reader->input.in_member) {
            set_path(reader, record);
            begin_member(reader, record);
        }
    }
    return true;
}
