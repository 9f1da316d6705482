/* SPDX-License-Identifier: Apache-2.0 */
/* read/read.h - from files, folders and standard input to raw reports.
 *
 * Room: read. The work is in two halves, so that many threads can share it:
 *
 *     reader_next()   one at a time: cuts bytes into records, parses nothing
 *     report_parse()  side by side, pure: a record becomes a report
 *
 *     paths -> walk.h -> Stream (base/file.h) -> format.h -> RawRecord
 *     RawRecord -> jsonl.h | plain.h -> Report
 *
 * A later format is one file with its own function from RawRecord to Report,
 * a name in Format, a line in format.c that knows it by its content, and, if a
 * file of it holds many reports, a function in reader.c that cuts it. */
#ifndef READ_READ_H
#define READ_READ_H

#include "base/buf.h"
#include "read/report.h"

typedef struct ReadOptions {
    const char *charset; /* of text files, as iconv names it; NULL: detect */
    size_t max_report;   /* bytes past which a report is refused; 0: 16 MiB */
} ReadOptions;

/* One record of the input: a line of JSON, a text file. Zero it before the
 * first use; the buffers are kept and used again. */
typedef struct RawRecord {
    Buf bytes;       /* owned */
    Buf path;        /* owned, NUL-terminated: "-", "a.txt", "a.zip/b.txt" */
    uint64_t line;   /* 1-based, where the record begins; 1 for a text file */
    uint64_t offset; /* bytes of the (unpacked) file before the record */
    Format format;
    Error error; /* not OK: a failure to report in place of a record */
} RawRecord;

typedef struct Reader Reader;

/* Open the input: files, folders (all files below, by name, so that the order
 * is the same everywhere; names that begin with a dot are passed over), "-"
 * for standard input, which is read when `count` is 0. Any of these may be
 * compressed; zip and tar are read like folders. Nothing is opened yet: a path
 * that is not there is told by reader_next().
 * Memory: `paths` is borrowed until reader_close().
 * Errors: ERR_USAGE (no such charset), ERR_NOMEM. */
MUST_USE Status reader_open(const char *const *paths, size_t count,
                            ReadOptions options, Reader **out, Error *err);
void reader_close(Reader *reader);

/* The next record; false at the end. Where record->error is set, its message
 * is complete ("FILE:LINE: why"), the record holds nothing, and reading goes
 * on behind it. One call at a time, from any thread.
 * Memory: one block of 256 KiB and the record; what is too long is never held.
 * Cost: linear in the bytes. */
bool reader_next(Reader *reader, RawRecord *record);

/* Bytes taken from the files so far (packed, as they lie on the disk), and
 * their size in all; 0 where that is not known (folders, standard input).
 * Both may be called while another thread is in reader_next(). */
uint64_t reader_bytes(const Reader *reader);
uint64_t reader_total(const Reader *reader);

void record_deinit(RawRecord *record);

/* What a record says, as a report. Pure; call it inside arena_try(): at no
 * allocation does it hold anything but arena memory (JSON is read by a scanner
 * of our own, charset converters are closed before memory is asked for).
 * Memory: in `arena`, or borrowed from the record, which must outlive `out`.
 * Errors: ERR_INPUT, ERR_ENCODING, ERR_USAGE; the message is complete. */
MUST_USE Status report_parse(Arena *arena, const RawRecord *record,
                             ReadOptions options, Report *out, Error *err);

#endif
