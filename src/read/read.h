/* SPDX-License-Identifier: Apache-2.0 */
/* read/read.h - from files, folders and standard input to raw reports.
 *
 * Room: read. The work is in two halves, so that many threads can share it:
 *
 *     reader_next()   one at a time: cuts bytes into records, parses nothing
 *     report_parse()  side by side, pure: a record becomes a report
 *
 *     paths -> walk.h -> input.h -> format.h -> lines, csv.h, warc.h, feed.h
 *           -> RawRecord
 *     RawRecord -> jsonl.h | warc.h | charset.h -> Report
 *
 * A later format is a name in Format, a line in format.c that knows it by its
 * content, and, if a file of it holds many reports, a file with a function
 * that cuts it: into JSON lines where it is but another way to write the same
 * fields, else into records that a function of its own makes reports of. */
#ifndef READ_READ_H
#define READ_READ_H

#include "base/lexicon.h"
#include "read/record.h"
#include "read/report.h"

typedef struct ReadOptions {
    const char *charset; /* of text files, as iconv names it; NULL: detect */
    size_t max_report;   /* bytes past which a report is refused; 0: 16 MiB */
    const Lexicon *lexicon;  /* its table of column names; NULL: those of JSON
                                lines alone */
    const char *const *maps; /* "COLUMN=FIELD", NULL-terminated; or NULL */
} ReadOptions;

typedef struct Reader Reader;

/* Open the input: files, folders (all files below, by name, so that the order
 * is the same everywhere; names that begin with a dot are passed over), "-"
 * for standard input, which is read when `count` is 0. Any of these may be
 * compressed; zip and tar are read like folders. Nothing is opened yet: a path
 * that is not there is told by reader_next().
 * Memory: `paths` is borrowed until reader_close().
 * Errors: ERR_USAGE (no such charset, a map that makes no sense), ERR_NOMEM. */
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

/* What a record says, as a report. Pure; call it inside arena_try(): at no
 * allocation does it hold anything but arena memory (JSON is read by a scanner
 * of our own, charset converters are closed before memory is asked for).
 * Memory: in `arena`, or borrowed from the record, which must outlive `out`.
 * Errors: ERR_INPUT, ERR_ENCODING, ERR_USAGE; the message is complete. */
MUST_USE Status report_parse(Arena *arena, const RawRecord *record,
                             ReadOptions options, Report *out, Error *err);

/* A document that was fetched, and what is known of it beside. */
typedef struct Document {
    Str bytes, type; /* type: as HTTP gives it, "text/html; charset=UTF-8" */
    Str url;
    Str fields; /* a JSON line, such as a feed has of it; may be empty */
} Document;

/* The report that a document holds: a page's or a text's, not the one that
 * `fields` may hold, of which all but text and html is taken. Pure, as
 * report_parse(). Errors: ERR_INPUT: neither page nor text. */
MUST_USE Status report_parse_document(Arena *arena, const Document *document,
                                      Report *out, Error *err);

#endif
