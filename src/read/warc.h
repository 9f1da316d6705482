/* SPDX-License-Identifier: Apache-2.0 */
/* read/warc.h - web archives: pages, and texts of pages (WET).
 *
 * Room: read. Standard: WARC 1.0 and 1.1 (ISO 28500), and its gzip and zstd
 * forms, in which each record is packed on its own:
 *
 *     WARC/1.0 CRLF  fields CRLF CRLF  block CRLF CRLF  WARC/1.0 CRLF ...
 *                                      |
 *                                      HTTP/1.1 200 OK, fields, page
 *
 * A record that holds a page or a text becomes a report; others (requests,
 * metadata, images, redirects, revisits) are passed over without a word. A
 * broken one costs itself: where records are packed one by one the next part
 * is the next record, elsewhere it is found by its first line. */
#ifndef READ_WARC_H
#define READ_WARC_H

#include "read/input.h"
#include "read/record.h"

typedef struct Warc {
    uint64_t number; /* of the record, from 1 */
    Buf again;       /* bytes that a broken record had swallowed */
    size_t again_at;
    bool broken; /* the bytes here belong to no record */
    size_t max;  /* bytes of a record */
} Warc;

/* Begin on an archive. */
void warc_begin(Warc *warc, size_t max);
/* The next record that holds a report, or record->error; false at the end. */
bool warc_next(Warc *warc, Input *input, RawRecord *record);
void warc_deinit(Warc *warc);

/* True if the record `bytes`, as it was cut, holds a page or a text. */
bool warc_holds_report(Str bytes);
/* Its address, the archive's own fields as given, and the page or text that it
 * holds with its Content-Type.
 * Memory: in `arena` or borrowed. Errors: as http_decode(). */
MUST_USE Status warc_parse(Arena *arena, Str bytes, size_t max, Report *out,
                           Str *payload, Str *type, Error *err);

#endif
