/* SPDX-License-Identifier: Apache-2.0 */
/* read/reader.c - see read.h: cuts the input into records.
 *
 *     walk:    a.jsonl            b.zip
 *     stream:  one member         member, member, ...
 *     block:   [........at.....len]   256 KiB at a time
 *     record:  a line             a whole member
 *
 * An error ends the member that it stands in, and is told after the records
 * that were cut before it. */
#include "read/read.h"

#include <assert.h>
#include <iconv.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/file.h"
#include "read/format.h"
#include "read/walk.h"

enum {
    BLOCK = 256 << 10,
    DEFAULT_MAX = 16 << 20,
    KEPT = 1 << 20, /* a record's buffer that is larger is let go */
};

struct Reader {
    Walk walk;
    size_t max_report;
    Stream *stream;   /* owned; NULL: between files */
    uint64_t members; /* of the stream, so far */
    bool in_member;
    bool in_archive; /* the member is one of several */
    Buf path;        /* of the member */
    Format format;
    uint64_t line;   /* of the next line */
    uint64_t offset; /* of block[0] in the member */
    Error failure;   /* of the stream; told when the block is used up */
    bool ended;      /* the member has no more blocks */
    size_t at, len;  /* of block */
    _Atomic uint64_t bytes_done; /* of the files before this one */
    _Atomic uint64_t bytes_here;
    uint64_t bytes_total;
    char block[BLOCK];
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
    walk_init(&reader->walk, paths, count);
    buf_init(&reader->path, 0);
    reader->max_report = options.max_report ? options.max_report : DEFAULT_MAX;
    reader->bytes_total = walk_total(&reader->walk);
    *out = reader;
    return OK;
}

void reader_close(Reader *reader) {
    if (reader) {
        stream_close(reader->stream);
        walk_deinit(&reader->walk);
        buf_deinit(&reader->path);
        free(reader);
    }
}

uint64_t reader_bytes(const Reader *reader) {
    return reader->bytes_done + reader->bytes_here;
}

uint64_t reader_total(const Reader *reader) {
    return reader->bytes_total;
}

void record_deinit(RawRecord *record) {
    buf_deinit(&record->bytes);
    buf_deinit(&record->path);
}

static void leave_file(Reader *reader) {
    reader->bytes_done += stream_bytes(reader->stream);
    reader->bytes_here = 0;
    stream_close(reader->stream);
    reader->stream = NULL;
    reader->in_member = false;
}

/* The next block after the `kept` bytes that block begins with. */
static void fill(Reader *reader, size_t kept) {
    size_t got = 0;

    if (stream_read(reader->stream, reader->block + kept, BLOCK - kept, &got,
                    &reader->failure) != OK) {
        got = 0;
    }
    reader->ended = got == 0;
    reader->at = 0;
    reader->len = kept + got;
    reader->bytes_here = stream_bytes(reader->stream);
}

/* True if block[at] is there, after reading on where needed. */
static bool has_more(Reader *reader) {
    if (reader->at == reader->len && !reader->ended) {
        reader->offset += reader->len;
        fill(reader, 0);
    }
    return reader->at < reader->len;
}

/* Hand `reader->failure` over, and leave the file that it spoiled. */
static bool tell_failure(Reader *reader, RawRecord *record) {
    if (reader->failure.status == OK) {
        return false;
    }
    record->error = reader->failure;
    fail_in(&record->error, "%s", reader->path.ptr);
    reader->failure.status = OK;
    buf_reset(&record->bytes);
    leave_file(reader);
    return true;
}

static void set_path(Reader *reader, Str member) {
    buf_reset(&reader->path);
    buf_push(&reader->path, buf_str(&reader->walk.path));
    if (member.len) {
        buf_char(&reader->path, '/');
        buf_push(&reader->path, member);
    }
    buf_char(&reader->path, '\0');
    reader->path.len--;
}

static bool open_file(Reader *reader, RawRecord *record) {
    if (!walk_next(&reader->walk, &record->error)) {
        return false;
    }
    set_path(reader, (Str){0});
    reader->members = 0;
    if (record->error.status == OK) {
        /* On failure the record's error says why, and that is all of it. */
        (void)!stream_open(reader->walk.path.ptr, &reader->stream,
                           &record->error);
    }
    return true;
}

/* ".DS_Store", "__MACOSX/._a.txt": what archives hold beside files. */
static bool is_hidden(Str member) {
    for (size_t i = 0; i + 1 < member.len; i++) {
        if (member.ptr[i] == '.' && (i == 0 || member.ptr[i - 1] == '/') &&
            member.ptr[i + 1] != '/' && member.ptr[i + 1] != '.') {
            return true;
        }
    }
    return false;
}

/* Start on a member: its first block tells the format. */
static void begin_member(Reader *reader, RawRecord *record) {
    Str head;
    size_t have = 0;

    reader->in_member = true;
    reader->line = 1;
    reader->offset = 0;
    reader->ended = false;
    do {
        fill(reader, have);
        have = reader->len;
    } while (!reader->ended && have < BLOCK);
    reader->ended = reader->ended || reader->failure.status != OK;
    head = (Str){reader->block, reader->len};
    if (reader->len == 0 && reader->failure.status == OK) {
        fail(&record->error, ERR_INPUT, "%s: empty file", reader->path.ptr);
        reader->in_member = false;
        return;
    }
    head = str_slice(head, format_bom(head), head.len);
    if (format_is_json_document(head)) {
        fail(&record->error, ERR_INPUT,
             "%s: JSON, but not one object a line: JSON lines are read",
             reader->path.ptr);
        reader->in_member = false;
        return;
    }
    reader->format = format_of(head);
    if (reader->format == FORMAT_JSONL) {
        reader->at = reader->len - head.len;
    }
}

static void next_member(Reader *reader, RawRecord *record) {
    Str name;
    bool found = false;

    if (stream_next(reader->stream, &name, &found, &reader->failure) != OK) {
        tell_failure(reader, record);
    } else if (!found) {
        if (reader->members == 0) {
            fail(&record->error, ERR_INPUT, "%s: empty file", reader->path.ptr);
        }
        leave_file(reader);
    } else {
        reader->members++;
        if (!is_hidden(name)) {
            reader->in_archive = name.len > 0;
            set_path(reader, name);
            begin_member(reader, record);
        }
    }
}

static bool is_blank(Str text) {
    return str_trim(text).len == 0;
}

/* Adds to the record what it may hold; past the limit sets its error. */
static void append(Reader *reader, RawRecord *record, Str piece) {
    if (record->error.status != OK) {
        return;
    }
    if (record->bytes.len + piece.len > reader->max_report) {
        fail(&record->error, ERR_LIMIT, "longer than %zu bytes: skipped",
             reader->max_report);
        if (reader->format == FORMAT_JSONL) {
            fail_in(&record->error, "%s:%llu", reader->path.ptr,
                    (unsigned long long)record->line);
        } else {
            fail_in(&record->error, "%s", reader->path.ptr);
        }
        return;
    }
    buf_push(&record->bytes, piece);
    if (buf_check(&record->bytes, &record->error) != OK) {
        fail_in(&record->error, "%s", reader->path.ptr);
    }
}

/* One line into the record, without its newline; false when the member has
 * none left. */
static bool take_line(Reader *reader, RawRecord *record) {
    bool started = false;

    record->line = reader->line;
    record->offset = reader->offset + reader->at;
    while (has_more(reader)) {
        const char *from = reader->block + reader->at;
        size_t left = reader->len - reader->at;
        const char *end = memchr(from, '\n', left);
        size_t len = end ? (size_t)(end - from) : left;

        append(reader, record, (Str){from, len});
        reader->at += len + (end != NULL);
        started = true;
        if (end) {
            reader->line++;
            return true;
        }
    }
    return started;
}

static bool next_line(Reader *reader, RawRecord *record) {
    while (take_line(reader, record)) {
        if (record->error.status != OK) {
            return true;
        }
        if (reader->failure.status != OK && reader->at == reader->len) {
            break; /* the line is cut where the file is broken */
        }
        if (!is_blank(buf_str(&record->bytes))) {
            return true;
        }
        buf_reset(&record->bytes);
    }
    reader->in_member = false;
    return tell_failure(reader, record);
}

static bool next_text(Reader *reader, RawRecord *record) {
    record->line = 1;
    record->offset = 0;
    while (record->error.status == OK && has_more(reader)) {
        Str rest = {reader->block + reader->at, reader->len - reader->at};
        append(reader, record, rest);
        reader->at = reader->len;
    }
    reader->in_member = false;
    if (record->error.status != OK) {
        if (!reader->in_archive) {
            leave_file(reader); /* unread: it may unpack to anything */
        }
        return true;
    }
    if (tell_failure(reader, record)) {
        return true;
    }
    if (is_blank(buf_str(&record->bytes))) {
        fail(&record->error, ERR_INPUT, "%s: empty file", reader->path.ptr);
    }
    return true;
}

static void reset_record(RawRecord *record) {
    if (record->bytes.capacity > KEPT) {
        buf_deinit(&record->bytes);
        buf_init(&record->bytes, 0);
    }
    buf_reset(&record->bytes);
    buf_reset(&record->path);
    record->error.status = OK;
}

/* Moves on until a record or an error stands in `record`; false at the end. */
static bool find_record(Reader *reader, RawRecord *record) {
    while (record->error.status == OK) {
        if (!reader->stream) {
            if (!open_file(reader, record)) {
                return false;
            }
        } else if (!reader->in_member) {
            next_member(reader, record);
        } else if (reader->format == FORMAT_JSONL ? next_line(reader, record)
                                                  : next_text(reader, record)) {
            return true;
        }
    }
    return true;
}

bool reader_next(Reader *reader, RawRecord *record) {
    reset_record(record);
    if (!find_record(reader, record)) {
        return false;
    }
    record->format = reader->format;
    buf_push(&record->path, buf_str(&reader->path));
    buf_char(&record->path, '\0');
    if (record->path.len) {
        record->path.len--;
    }
    if (record->error.status != OK ||
        buf_check(&record->path, &record->error) != OK) {
        buf_reset(&record->bytes);
    }
    return true;
}
