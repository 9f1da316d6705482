/* SPDX-License-Identifier: Apache-2.0 */
/* read/record.h - one record of the input, as it was cut.
 *
 * Room: read. What reader_next() gives and report_parse() takes. */
#ifndef READ_RECORD_H
#define READ_RECORD_H

#include "base/buf.h"
#include "read/report.h"

/* A line of JSON, a text file, a row of a table, an item of a feed, a record
 * of a WARC file. Rows and items are JSON lines by the time they stand here
 * (row.h, feed.h). Zero it before the first use; the buffers are kept and used
 * again. */
typedef struct RawRecord {
    Buf bytes;       /* owned */
    Buf path;        /* owned, NUL-terminated: "-", "a.txt", "a.zip/b.txt" */
    uint64_t line;   /* 1-based, where the record begins; the number of an item
                        or WARC record; 1 for a text file */
    uint64_t offset; /* bytes of the (unpacked) file before the record; of a
                        WARC file in parts, bytes of the packed file */
    Format format;
    Error error; /* not OK: a failure to report in place of a record */
} RawRecord;

void record_deinit(RawRecord *record);
/* Empty it for the next record; large buffers are let go. */
void record_reset(RawRecord *record);

/* Add to the record's bytes what may be held: past `max` it is refused.
 * False when its error is set. */
bool record_append(RawRecord *record, Str piece, size_t max);

/* Put the record's place before the message that `err` holds: "FILE:LINE",
 * "FILE: record 3, offset 912", or "FILE"; gives err's status. */
Status record_place(const RawRecord *record, Error *err);
/* Refuse the record, with its place before `why`. */
void record_refuse(RawRecord *record, Status status, const char *why);
/* The same for what concerns the whole file. */
void record_refuse_file(RawRecord *record, Status status, const char *why);

#endif
