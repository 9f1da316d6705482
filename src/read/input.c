/* SPDX-License-Identifier: Apache-2.0 */
/* read/input.c - see input.h. */
#include "read/input.h"

#include <assert.h>
#include <string.h>

enum { FIRST_PART_MAX = 64 << 20 };

void input_init(Input *input, const char *const *paths, size_t count) {
    walk_init(&input->walk, paths, count);
    buf_init(&input->path, 0);
    input->bytes_total = walk_total(&input->walk);
}

void input_deinit(Input *input) {
    parts_close(input->parts);
    stream_close(input->stream);
    walk_deinit(&input->walk);
    buf_deinit(&input->path);
}

void input_leave_member(Input *input) {
    input->in_member = false;
    if (input->parts) {
        input_leave_file(input);
    }
}

void input_leave_file(Input *input) {
    input->bytes_done +=
        input->parts ? parts_bytes(input->parts) : stream_bytes(input->stream);
    input->bytes_here = 0;
    parts_close(input->parts);
    stream_close(input->stream);
    input->parts = NULL;
    input->stream = NULL;
    input->in_member = false;
}

/* ------------------------------------------------------------- the window */

/* The next block after the `kept` bytes that block begins with. */
static void fill(Input *input, size_t kept) {
    size_t got = 0;
    char *to = input->block + kept;
    Status status = input->parts
                        ? parts_read(input->parts, to, INPUT_BLOCK - kept, &got,
                                     &input->failure)
                        : stream_read(input->stream, to, INPUT_BLOCK - kept,
                                      &got, &input->failure);

    input->ended = status != OK || got == 0;
    input->at = 0;
    input->len = kept + (status == OK ? got : 0);
    input->bytes_here =
        input->parts ? parts_bytes(input->parts) : stream_bytes(input->stream);
}

bool input_has_more(Input *input) {
    if (input->at == input->len && !input->ended) {
        input->offset += input->len;
        fill(input, 0);
    }
    return input->at < input->len;
}

Str input_rest(const Input *input) {
    return (Str){input->block + input->at, input->len - input->at};
}

void input_skip(Input *input, size_t count) {
    assert(count <= input->len - input->at);
    input->at += count;
}

uint64_t input_offset(const Input *input) {
    return input->offset + input->at;
}

size_t input_want(Input *input, size_t count) {
    assert(count <= INPUT_BLOCK);
    while (input->len - input->at < count && !input->ended) {
        size_t kept = input->len - input->at;
        memmove(input->block, input->block + input->at, kept);
        input->offset += input->at;
        fill(input, kept);
    }
    return input->len - input->at;
}

static void set_path(Input *input, Str member) {
    buf_reset(&input->path);
    buf_push(&input->path, buf_str(&input->walk.path));
    if (member.len) {
        buf_char(&input->path, '/');
        buf_push(&input->path, member);
    }
    buf_char(&input->path, '\0');
    input->path.len--;
}

static void begin_window(Input *input) {
    input->failure.status = OK;
    input->ended = false;
    input->offset = 0;
    input->at = input->len = 0;
}

/* ------------------------------------------------------------------- parts */

/* What each record of a web archive begins with. */
static Str part_begins(void) {
    return str_of("WARC/");
}

static bool begins_part(Input *input) {
    size_t want = part_begins().len;

    return input_want(input, want) >= want &&
           str_starts(input_rest(input), part_begins());
}

bool input_next_part(Input *input) {
    if (!input->parts || !parts_next(input->parts, part_begins())) {
        return false;
    }
    begin_window(input);
    return true;
}

uint64_t input_part_offset(const Input *input) {
    return parts_offset(input->parts);
}

/* True if the file is a web archive of which the first part is a record, or
 * several, and no more: where the second part is none of its own, the file was
 * cut into parts anywhere. */
static bool is_split(Input *input) {
    size_t left = FIRST_PART_MAX;

    if (!input_next_part(input) || !begins_part(input)) {
        return false;
    }
    while (left > 0 && input_has_more(input)) {
        size_t len = input_rest(input).len;
        len = len < left ? len : left;
        input_skip(input, len);
        left -= len;
    }
    return left > 0 && (!input_next_part(input) || begins_part(input));
}

/* False, and nothing has changed, when it is no such archive. */
static bool open_parts(Input *input) {
    const char *path = input->walk.path.ptr;
    bool split = false;

    if (strcmp(path, "-") == 0 || parts_open(path, &input->parts, NULL) != OK ||
        !input->parts) {
        return false;
    }
    split = is_split(input);
    parts_close(input->parts);
    input->parts = NULL;
    if (!split || parts_open(path, &input->parts, NULL) != OK) {
        return false;
    }
    input->in_archive = false;
    input->in_member = input_next_part(input);
    input_want(input, part_begins().len);
    return true;
}

/* ------------------------------------------------------ files and members */

static bool open_file(Input *input, Error *err) {
    if (!walk_next(&input->walk, err)) {
        return false;
    }
    set_path(input, (Str){0});
    input->members = 0;
    if (err->status == OK && !open_parts(input)) {
        /* On failure the error says why, and that is all of it. */
        (void)!stream_open(input->walk.path.ptr, &input->stream, err);
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

static void begin_member(Input *input, Error *err) {
    begin_window(input);
    input->in_member = true;
    input_want(input, INPUT_BLOCK);
    if (input->len == 0 && input->failure.status == OK) {
        input->in_member = false;
        fail(err, ERR_INPUT, "%s: empty file", input->path.ptr);
    }
}

/* The stream itself is broken: nothing more comes of the file. */
static void give_up(Input *input, Error *err) {
    fail(err, input->failure.status, "%s: %s", input->path.ptr,
         input->failure.message);
    input_leave_file(input);
}

static void next_member(Input *input, Error *err) {
    Str name;
    bool found = false;

    if (stream_next(input->stream, &name, &found, &input->failure) != OK) {
        give_up(input, err);
    } else if (!found) {
        if (input->members == 0) {
            fail(err, ERR_INPUT, "%s: empty file", input->path.ptr);
        }
        input_leave_file(input);
    } else {
        input->members++;
        if (!is_hidden(name)) {
            input->in_archive = name.len > 0;
            set_path(input, name);
            begin_member(input, err);
        }
    }
}

bool input_next(Input *input, Error *err) {
    assert(!input->in_member);
    if (!input->stream) {
        return open_file(input, err);
    }
    next_member(input, err);
    return true;
}
