/* SPDX-License-Identifier: Apache-2.0 */
/* base/file.h - bytes from files: mapped, whole, or as a stream of members.
 *
 * Room: base. A Stream opens a file of any kind that libarchive knows: plain
 * bytes, one of gzip, zstd, bzip2, xz around them (several in a row and nested
 * too), and zip and tar as folders of members. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"

/* A file mapped into memory, read-only and shared between processes. */
typedef struct FileMap {
    Str bytes; /* owned: the mapping */
} FileMap;

MUST_USE Status file_map(const char *path, FileMap *out, Error *err);
void file_unmap(FileMap *map);

/* Write `bytes` to `path` so that it holds either what it held or all of the
 * new: through a temporary file beside it, synced, then renamed. */
MUST_USE Status file_replace(const char *path, Str bytes, Error *err);

typedef struct Stream Stream;

/* Open `path`, or standard input for "-". Nothing is read yet.
 * Errors: ERR_IO. */
MUST_USE Status stream_open(const char *path, Stream **out, Error *err);
void stream_close(Stream *stream);

/* Move to the next member. `*name` is the member's path in an archive, empty
 * for a file that is no archive; borrowed until the next call. `*found` is
 * false after the last one. Errors: ERR_INPUT (a cut or broken archive). */
MUST_USE Status stream_next(Stream *stream, Str *name, bool *found, Error *err);

/* Up to `size` bytes of the current member; `*got` is 0 at its end.
 * Errors: ERR_INPUT (cut or broken compression), ERR_LIMIT (a bomb: more than
 * 200 bytes out for one byte in, past the first 64 MB). What was given
 * out before the error is good. */
MUST_USE Status stream_read(Stream *stream, char *out, size_t size, size_t *got,
                            Error *err);
/* Bytes of the file itself taken so far, still packed: for progress. */
uint64_t stream_bytes(const Stream *stream);

#endif
