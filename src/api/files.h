/* SPDX-License-Identifier: Apache-2.0 */
/* api/files.h - from files to analyses: the run that dateline_analyze_files()
 * and dateline_add_files() share.
 *
 * Room: api. Records are pulled in batches, so that small ones amortise the
 * locks; a batch is worked on by one thread; batches are emitted in order:
 *
 *     reader_next()   ->   Batch   ->   parse, find      ->   emit
 *     (one at a time)      records      (side by side)        (in order)
 *
 * Memory: of the input no more than the budget is in flight, one record alone
 * excepted; a record's arena has a limit; so the run takes the same however
 * long the input is. */
#ifndef API_FILES_H
#define API_FILES_H

#include "api/context.h"

/* One record of the input and what has become of it. */
typedef struct Piece {
    RawRecord record;
    Report report;     /* when error.status == OK */
    Analysis analysis; /* points to `report` */
    Error error;       /* why there is none; the message is complete */
    Arena *arena;      /* borrowed: of the piece, or shared by the batch */
} Piece;

typedef struct Batch {
    Piece *pieces; /* owned */
    Arena *arenas; /* owned: one, or one a piece */
    uint32_t count;
    size_t bytes; /* of the raw records */
    Buf out;      /* lines for emit */
} Batch;

typedef struct Files Files;

/* What is done with what was read. */
typedef struct FilesUse {
    /* True: analyses live until emit; false: `each` uses them up. */
    bool keep;
    uint32_t batch_pieces; /* records in a batch, at most */
    size_t batch_bytes;    /* a batch is closed when it holds as many */
    /* At work, on each analysed piece, outside arena_try(); may be NULL. */
    void (*each)(const Files *files, Batch *batch, Piece *piece);
    /* In order, one at a time; false ends the run. */
    bool (*emit)(Files *files, Batch *batch);
    /* After the last emit, when none ended the run; may be NULL. */
    bool (*finish)(Files *files);
    void *context;
} FilesUse;

struct Files {
    const dateline *data; /* borrowed, as all pointers here */
    const FilesUse *use;
    dateline_options options;
    const dateline_calls *calls; /* never NULL */
    dateline_tally tally;        /* for emit */
    Error error; /* emit: why the run was ended; OK when the caller did */
    struct Flow *flow;
};

/* Run over `paths`. `*tally` (may be NULL) is filled also on failure.
 * Errors: of the run as a whole; bad records are complained of and counted. */
MUST_USE Status files_run(const dateline *d, const char *const *paths,
                          size_t count, const dateline_options *options,
                          const dateline_calls *calls, const FilesUse *use,
                          dateline_tally *tally, Error *err);

/* Put "FILE:LINE", or "FILE" where a file is one record, before the message of
 * an error that knows no place. */
void piece_name_place(Piece *piece);
/* For emit: count a refused record and complain of it. */
void files_refuse(Files *files, const Piece *piece);
/* For emit: hand lines on; false when the caller wants no more. */
bool files_write(Files *files, Str lines);

#endif
