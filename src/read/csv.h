/* SPDX-License-Identifier: Apache-2.0 */
/* read/csv.h - tables with a header row, a report a row.
 *
 * Room: read. Standard: RFC 4180, and what spreadsheets and databases make of
 * it: commas, semicolons, tabs or bars; a byte order mark; a first line
 * "sep=;"; any ends of lines, also inside quotes; quotes doubled, escaped by a
 * backslash, or left alone inside a quoted cell; rows that end early; UTF-8,
 * UTF-16 or an older charset.
 *
 * Which column is which field is data: the lexicon's table `column`, after
 * what the caller maps himself. Columns of no field are kept as given.
 *
 *     Headline;Publication date;Body;Section
 *     Rain falls;25.02.2013;"It rained.";News
 *     -> {"title":"Rain falls","published":"2013-02-25","text":"It rained.",
 *         "Section":"News"}                                                 */
#ifndef READ_CSV_H
#define READ_CSV_H

#include "read/charset.h"
#include "read/input.h"
#include "read/read.h"
#include "read/row.h"

enum { CSV_COLUMNS_MAX = 256 };

/* How the table is written. */
typedef struct CsvDialect {
    char delimiter;
    bool backslash;     /* quotes inside quotes are written \" */
    size_t header_from; /* bytes before the header row: mark, "sep=" line */
} CsvDialect;

/* The cells of one row, one after the other. */
typedef struct CsvRow {
    Buf bytes;
    size_t ends[CSV_COLUMNS_MAX];
    uint32_t count;
    bool too_many; /* cells */
    bool too_long; /* bytes */
    bool open;     /* a quote was never closed */
} CsvRow;

typedef enum CsvState {
    CSV_START,  /* of a cell */
    CSV_PLAIN,  /* in a cell without quotes */
    CSV_QUOTED, /* in one with quotes */
    CSV_ESCAPE, /* behind a backslash in it */
    CSV_QUOTE   /* behind a quote in it: the end, or half of a pair */
} CsvState;

typedef struct Csv {
    CsvDialect dialect;
    CsvState state;
    bool after_return; /* a newline here belongs to the row before */
    size_t max;        /* bytes of a row */
    char charset[CHARSET_NAME_MAX]; /* of cells that are not UTF-8 */
    CsvRow header, row;
    Field fields[CSV_COLUMNS_MAX];
    uint64_t line; /* of the next row */
    Arena arena;   /* for the cells of one row */
    ReadOptions options;
} Csv;

/* True if `head`, the start of a file, begins with a header row: one that
 * names a text, or at least two fields, in cells of their own. */
bool csv_detect(Str head, ReadOptions options, CsvDialect *out);
/* False for a map that is not COLUMN=FIELD. */
MUST_USE Status csv_check_maps(const char *const *maps, Error *err);

/* Begin on the table that `input` shows, as csv_detect() told; what cannot be
 * read at all is told by the first csv_next(). */
void csv_begin(Csv *csv, CsvDialect dialect, Input *input, ReadOptions options);
/* The next row as a JSON line, or record->error; false at the end. */
bool csv_next(Csv *csv, Input *input, RawRecord *record);
void csv_deinit(Csv *csv);

#endif
