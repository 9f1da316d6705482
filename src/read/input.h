/* SPDX-License-Identifier: Apache-2.0 */
/* read/input.h - the bytes of the files that a list of paths stands for.
 *
 * Room: read, for its own files. An Input walks over files and the members of
 * archives and shows each one through a window of 256 KiB:
 *
 *     walk:    a.jsonl            b.zip
 *     stream:  one member         member, member, ...
 *     block:   [........at.....len]
 *
 * What cuts records (reader.c, csv.c, warc_cut.c) stands on the window alone:
 *
 *     while (input_has_more(input)) {
 *         Str rest = input_rest(input);
 *         ... input_skip(input, used) ...
 *     }
 *
 * A web archive whose records are packed one by one is read part by part
 * (base/parts.h): the window then ends with each part. */
#ifndef READ_INPUT_H
#define READ_INPUT_H

#include <stdatomic.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/parts.h"
#include "read/walk.h"

enum { INPUT_BLOCK = 256 << 10 };

typedef struct Input {
    Walk walk;
    Stream *stream;   /* owned; NULL: between files, or read in parts */
    Parts *parts;     /* owned; NULL: not read in parts */
    uint64_t members; /* of the stream, so far */
    bool in_member;
    bool in_archive; /* the member is one of several */
    Buf path;        /* of the member, NUL-terminated */
    uint64_t offset; /* of block[0] in the member */
    Error failure;   /* of the stream, without the path; told by the cutter
                        when the window is used up */
    bool ended;      /* the member (or part) has no more blocks */
    size_t at, len;  /* of block */
    _Atomic uint64_t bytes_done; /* of the files before this one */
    _Atomic uint64_t bytes_here;
    uint64_t bytes_total;
    char block[INPUT_BLOCK];
} Input;

/* `paths` is borrowed until input_deinit(). */
void input_init(Input *input, const char *const *paths, size_t count);
void input_deinit(Input *input);

/* Move to the next member and show its first block; false at the end of all.
 * What cannot be opened or holds nothing sets `err` (its message complete),
 * and input->in_member is then false; so it is for what is passed over. */
bool input_next(Input *input, Error *err);
/* Leave the member, and the file too when nothing more can come of it. */
void input_leave_member(Input *input);
void input_leave_file(Input *input);

/* True if there is a byte at input_rest(), after reading on where needed. */
bool input_has_more(Input *input);
/* The window: what was read and not yet used. */
Str input_rest(const Input *input);
void input_skip(Input *input, size_t count);
/* Bytes of the (unpacked) member before the window; of a part, see parts.h. */
uint64_t input_offset(const Input *input);
/* Read on until the window holds `count` bytes (at most INPUT_BLOCK) or all
 * that there is; its length. */
size_t input_want(Input *input, size_t count);

/* Move to the next part; false at the end of the file, and where it is not
 * read in parts. Where the part before was broken, its failure is cleared. */
bool input_next_part(Input *input);
/* Where the part begins in the file, still packed. */
uint64_t input_part_offset(const Input *input);

#endif
