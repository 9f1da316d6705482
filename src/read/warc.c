/* SPDX-License-Identifier: Apache-2.0 */
/* read/warc.c - see warc.h: cuts an archive into records.
 *
 *     bytes:  again (what a broken record swallowed), then the input's window
 *     record: lines up to the empty one, then Content-Length bytes
 *     check:  behind it only ends of lines, then the next record or the end
 *
 * The check is what finds a wrong length: too short, and other bytes stand
 * there; too long, and the next record was swallowed, which is then looked for
 * in the bytes held. */
#include "read/warc.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "read/http.h"

enum { HEAD_MAX = 64 << 10, LENGTH_DIGITS = 15 };

static const char magic[] = "WARC/";
static const size_t magic_len = sizeof magic - 1;

/* ------------------------------------------------- the bytes, from two places
 */

static bool has_more(Warc *warc, Input *input) {
    return warc->again_at < warc->again.len || input_has_more(input);
}

static Str rest(const Warc *warc, const Input *input) {
    if (warc->again_at < warc->again.len) {
        return str_slice(buf_str(&warc->again), warc->again_at,
                         warc->again.len);
    }
    return input_rest(input);
}

static void skip(Warc *warc, Input *input, size_t count) {
    if (warc->again_at < warc->again.len) {
        warc->again_at += count;
    } else {
        input_skip(input, count);
    }
}

/* Bytes of the member before what rest() gives; of a file in parts, of the
 * part, as it lies in the file. */
static uint64_t offset(const Warc *warc, const Input *input) {
    return input->parts
               ? input_part_offset(input)
               : input_offset(input) - (warc->again.len - warc->again_at);
}

/* True if the next bytes are `magic`. */
static bool at_record(Warc *warc, Input *input) {
    char head[sizeof magic];
    size_t len = 0;
    Str bytes = {0};

    if (warc->again_at < warc->again.len) {
        bytes = rest(warc, input);
        len = bytes.len < magic_len ? bytes.len : magic_len;
        memcpy(head, bytes.ptr, len);
    }
    if (len < magic_len) {
        size_t more = magic_len - len;
        size_t have = input_want(input, more);
        more = have < more ? have : more;
        memcpy(head + len, input_rest(input).ptr, more);
        len += more;
    }
    return len == magic_len && memcmp(head, magic, magic_len) == 0;
}

/* --------------------------------------------------------------- the parts */

static void skip_line_ends(Warc *warc, Input *input) {
    while (has_more(warc, input)) {
        Str bytes = rest(warc, input);
        size_t len = 0;
        while (len < bytes.len &&
               (bytes.ptr[len] == '\r' || bytes.ptr[len] == '\n')) {
            len++;
        }
        skip(warc, input, len);
        if (len < bytes.len) {
            return;
        }
    }
}

/* Up to the next line that begins a record, or the end of the part. */
static void resync(Warc *warc, Input *input) {
    bool line_start = true;

    while (has_more(warc, input)) {
        Str bytes = rest(warc, input);
        const char *end;
        if (line_start && at_record(warc, input)) {
            return;
        }
        bytes = rest(warc, input);
        end = memchr(bytes.ptr, '\n', bytes.len);
        line_start = end != NULL;
        skip(warc, input, end ? (size_t)(end - bytes.ptr) + 1 : bytes.len);
    }
}

/* The lines up to the empty one into the record; false when they do not end or
 * are too many. */
static bool take_head(Warc *warc, Input *input, RawRecord *record) {
    size_t line = 0; /* bytes of the line so far, without its return */

    while (record->bytes.len < HEAD_MAX && has_more(warc, input)) {
        Str bytes = rest(warc, input);
        const char *end = memchr(bytes.ptr, '\n', bytes.len);
        size_t len = end ? (size_t)(end - bytes.ptr) + 1 : bytes.len;

        bytes.len = len;
        line += str_trim(bytes).len;
        buf_push(&record->bytes, bytes);
        skip(warc, input, len);
        if (end && line == 0) {
            return true;
        }
        line = end ? 0 : line;
    }
    return false;
}

/* -1 when it is no number. */
static int64_t content_length(Str head) {
    Str digits = http_field(head, "Content-Length");
    int64_t value = 0;

    if (digits.len == 0 || digits.len > LENGTH_DIGITS) {
        return -1;
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (!ascii_digit(digits.ptr[i])) {
            return -1;
        }
        value = value * 10 + (digits.ptr[i] - '0');
    }
    return value;
}

/* The block into the record; past the limit it is read over. Gives what is
 * missing of it. */
static int64_t take_block(Warc *warc, Input *input, RawRecord *record,
                          int64_t length) {
    while (length > 0 && has_more(warc, input)) {
        Str bytes = rest(warc, input);
        if ((uint64_t)length < bytes.len) {
            bytes.len = (size_t)length;
        }
        (void)record_append(record, bytes, warc->max + HEAD_MAX);
        skip(warc, input, bytes.len);
        length -= (int64_t)bytes.len;
    }
    return length;
}

/* ------------------------------------------------------------------ errors */

static void refuse(RawRecord *record, Input *input, const char *why) {
    char message[ERROR_MESSAGE_MAX];

    if (input->failure.status != OK) {
        snprintf(message, sizeof message, "%s", input->failure.message);
        input->failure.status = OK;
        why = message;
    }
    record->error.status = OK;
    record_refuse(record, ERR_INPUT, why);
}

/* Put back what a record with a wrong length had swallowed: all from the next
 * line on that begins a record. */
static void put_back(Warc *warc, const RawRecord *record) {
    Str bytes = buf_str(&record->bytes);
    Str next = str_of("\nWARC/1.");
    size_t found = str_find(bytes, next, 0);
    Buf left;

    if (found == bytes.len) {
        return;
    }
    buf_init(&left, 0);
    buf_push(&left, str_slice(bytes, found + 1, bytes.len));
    buf_push(&left,
             str_slice(buf_str(&warc->again), warc->again_at, warc->again.len));
    if (left.status == OK) {
        buf_deinit(&warc->again);
        warc->again = left;
        warc->again_at = 0;
    } else {
        buf_deinit(&left);
    }
}

/* ------------------------------------------------------------------ public */

void warc_begin(Warc *warc, size_t max) {
    warc_deinit(warc);
    *warc = (Warc){.max = max};
    buf_init(&warc->again, 0);
}

void warc_deinit(Warc *warc) {
    buf_deinit(&warc->again);
}

/* Cut one record; what is wrong with it stands in record->error. */
static void cut_record(Warc *warc, Input *input, RawRecord *record) {
    int64_t length, missing;

    if (!at_record(warc, input)) {
        refuse(record, input, "no WARC record begins here");
        resync(warc, input);
        return;
    }
    if (!take_head(warc, input, record)) {
        refuse(record, input, "the record's head does not end");
        resync(warc, input);
        return;
    }
    length = content_length(buf_str(&record->bytes));
    if (length < 0) {
        refuse(record, input, "Content-Length is not a number");
        resync(warc, input);
        return;
    }
    missing = take_block(warc, input, record, length);
    if (missing > 0) {
        char why[96];
        snprintf(why, sizeof why, "cut off: %lld of %lld bytes are missing",
                 (long long)missing, (long long)length);
        put_back(warc, record);
        refuse(record, input, why);
        return;
    }
    skip_line_ends(warc, input);
    if (has_more(warc, input) && !at_record(warc, input)) {
        put_back(warc, record);
        refuse(record, input, "Content-Length is wrong: no record behind it");
        resync(warc, input);
    } else if (input->failure.status != OK) {
        refuse(record, input, NULL);
    }
}

bool warc_next(Warc *warc, Input *input, RawRecord *record) {
    for (;;) {
        buf_reset(&record->bytes);
        skip_line_ends(warc, input);
        record->line = ++warc->number;
        record->offset = offset(warc, input);
        if (!has_more(warc, input)) {
            if (input->failure.status != OK) {
                refuse(record, input, NULL);
                return true;
            }
            warc->number--;
            if (!input_next_part(input)) {
                return false;
            }
            continue;
        }
        cut_record(warc, input, record);
        if (record->error.status != OK && record->error.status != ERR_LIMIT) {
            return true;
        }
        if (warc_holds_report(buf_str(&record->bytes))) {
            return true;
        }
        record->error.status = OK; /* a film may be as long as it is */
    }
}
