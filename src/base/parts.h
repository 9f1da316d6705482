/* SPDX-License-Identifier: Apache-2.0 */
/* base/parts.h - a file of gzip members or zstd frames, part by part.
 *
 * Room: base. Where each part is compressed on its own, as in WARC files, each
 * can be found and unpacked on its own: a broken one costs itself and nothing
 * behind it. (base/file.h reads such a file as one stream, in which a broken
 * part is the end.)
 *
 *     [gzip member][gzip member][brok...][gzip member]
 *      parts_next() parts_next()  error   found again by its first bytes
 *
 * Standards: RFC 1952 (gzip), RFC 8878 (zstd); a zstd dictionary in a
 * skippable frame at the start of the file, as in
 * https://iipc.github.io/warc-specifications/specifications/warc-zstd/. */
#ifndef BASE_PARTS_H
#define BASE_PARTS_H

#include "base/str.h"

typedef struct Parts Parts;

/* Open the file `path`. `*out` is NULL, and the status OK, when it is neither
 * gzip nor zstd, or no regular file.
 * Memory: two buffers of 64 KiB and what the decoder takes (zstd: windows of
 * at most 128 MB). Errors: ERR_IO, ERR_NOMEM. */
MUST_USE Status parts_open(const char *path, Parts **out, Error *err);
void parts_close(Parts *parts);

/* Move to the next part; false at the end of the file. Behind a broken part,
 * the next one is the next place where a part unpacks to `begins` (such as
 * "WARC/"), since the bytes of a gzip header may stand anywhere. */
bool parts_next(Parts *parts, Str begins);

/* Up to `size` bytes of the part; `*got` is 0 at its end.
 * Errors: ERR_INPUT: broken or cut off; what was given out before is good. */
MUST_USE Status parts_read(Parts *parts, char *out, size_t size, size_t *got,
                           Error *err);

/* Byte of the file at which the part begins; bytes of the file read so far. */
uint64_t parts_offset(const Parts *parts);
uint64_t parts_bytes(const Parts *parts);

#endif
