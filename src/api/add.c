/* SPDX-License-Identifier: Apache-2.0 */
/* api/add.c - reports into the store, a transaction a batch.
 *
 *     emit -> [begin] keep, keep, keep ... commit -> lines to the caller
 *
 * A line is handed to the caller only when the commit behind it has returned,
 * that is, when the report is on the disk. */
#include <string.h>
#include <time.h>

#include "api/files.h"
#include "api/keep.h"
#include "api/one.h"
#include "base/json.h"

_Static_assert((int)DATELINE_ADDED == (int)PUT_ADDED, "added");
_Static_assert((int)DATELINE_SAME == (int)PUT_SAME, "added");
_Static_assert((int)DATELINE_REVISED == (int)PUT_VERSION, "added");

enum {
    BATCH_PIECES = 8, /* small: analyses live until they are kept */
    BATCH_BYTES = 32 << 10,
    COMMIT_FIRST = 16,  /* reports: the first lines soon */
    COMMIT_GROWTH = 16, /* times as many in the next batch, up to the last: */
    COMMIT_LAST = 4096, /* a large one writes each page of the store once */
    COMMIT_BYTES = 16 << 20, /* of text: bounds what a batch takes */
    COMMIT_SECONDS = 1,
};

/* A run of dateline_add_files(). */
typedef struct Adding {
    Store *store;
    const Speller *speller;
    Arena arena; /* for link/, one report at a time */
    bool open;   /* a transaction is */
    struct timespec began;
    uint64_t reports, added[PUT_RESULT_COUNT]; /* since it began */
    size_t bytes;                              /* of their texts */
    uint64_t room;                             /* reports of a batch */
    Buf lines;                                 /* about what it holds */
} Adding;

static void put_line(Buf *out, Str id, const char *status, const char *why) {
    Json json = json_to(out);

    json_open(&json, '{');
    json_key_str_or_null(&json, "id", id);
    json_key_str(&json, "status", str_of(status));
    if (why) {
        json_key_str(&json, "why", str_of(why));
    }
    json_close(&json, '}');
    buf_char(out, '\n');
}

static void refuse(Files *files, Adding *adding, const Piece *piece, Str id) {
    files_refuse(files, piece);
    put_line(&adding->lines, id, "refused", piece->error.message);
}

static bool is_due(const Adding *adding) {
    struct timespec now;

    if (adding->reports >= adding->room || adding->bytes >= COMMIT_BYTES) {
        return true;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec - adding->began.tv_sec > COMMIT_SECONDS;
}

/* Commit what is open, then say so. */
static bool settle(Files *files, Adding *adding) {
    if (adding->open && store_commit(adding->store, &files->error) != OK) {
        return false;
    }
    adding->open = false;
    files->tally.reports += adding->reports;
    files->tally.added += adding->added[PUT_ADDED];
    files->tally.same += adding->added[PUT_SAME];
    files->tally.versions += adding->added[PUT_VERSION];
    adding->reports = 0;
    adding->bytes = 0;
    adding->room *= COMMIT_GROWTH;
    adding->room = adding->room < COMMIT_LAST ? adding->room : COMMIT_LAST;
    memset(adding->added, 0, sizeof adding->added);
    if (buf_check(&adding->lines, &files->error) != OK ||
        !files_write(files, buf_str(&adding->lines))) {
        return false;
    }
    buf_reset(&adding->lines);
    return true;
}

static bool begin(Files *files, Adding *adding) {
    if (!adding->open) {
        if (store_begin(adding->store, &files->error) != OK) {
            return false;
        }
        adding->open = true;
        clock_gettime(CLOCK_MONOTONIC, &adding->began);
    }
    return true;
}

static bool keep_piece(Files *files, Adding *adding, Piece *piece) {
    static const char *const words[PUT_RESULT_COUNT] = {"added", "same",
                                                        "version"};
    PutResult result;
    Status status;

    if (!begin(files, adding)) {
        return false;
    }
    status = keep_report(adding->store, &adding->arena, adding->speller,
                         &piece->analysis, &result, &piece->error);
    if (status == ERR_LIMIT || status == ERR_NOMEM) {
        piece_name_place(piece);
        refuse(files, adding, piece, piece->report.id);
        return true;
    }
    if (status != OK) {
        files->error = piece->error;
        return false;
    }
    adding->reports++;
    adding->bytes += piece->report.text.len;
    adding->added[result]++;
    put_line(&adding->lines, piece->report.id, words[result], NULL);
    return true;
}

static bool emit(Files *files, Batch *batch) {
    Adding *adding = files->use->context;
    bool go_on = true;

    for (uint32_t i = 0; go_on && i < batch->count; i++) {
        Piece *piece = &batch->pieces[i];
        if (piece->error.status != OK) {
            refuse(files, adding, piece, (Str){0});
        } else {
            go_on = keep_piece(files, adding, piece);
        }
        if (go_on && is_due(adding)) {
            go_on = settle(files, adding);
        }
    }
    return go_on;
}

static bool finish(Files *files) {
    return settle(files, files->use->context);
}

dateline_status dateline_add_files(dateline_store *store,
                                   const char *const *paths, size_t count,
                                   const dateline_options *options,
                                   const dateline_calls *calls,
                                   dateline_tally *tally,
                                   dateline_error *error) {
    Adding adding = {.store = store->store,
                     .speller = store->data->speller,
                     .room = COMMIT_FIRST};
    FilesUse use = {.keep = true,
                    .batch_pieces = BATCH_PIECES,
                    .batch_bytes = BATCH_BYTES,
                    .emit = emit,
                    .finish = finish,
                    .context = &adding};
    Error err = {0};
    Status status;

    arena_init(&adding.arena, REPORT_MEMORY);
    buf_init(&adding.lines, 0);
    status =
        files_run(store->data, paths, count, options, calls, &use, tally, &err);
    if (adding.open) {
        store_rollback(store->store);
    }
    buf_deinit(&adding.lines);
    arena_deinit(&adding.arena);
    return told(status, &err, error);
}

/* ---------------------------------------------------------- one report */

static Status add_analysis(dateline_store *store, Arena *arena,
                           const Analysis *analysis, PutResult *result,
                           Error *err) {
    Status status = store_begin(store->store, err);

    if (status != OK) {
        return status;
    }
    status = keep_report(store->store, arena, store->data->speller, analysis,
                         result, err);
    if (status == OK) {
        status = store_commit(store->store, err);
    }
    if (status != OK) {
        store_rollback(store->store);
    }
    return status;
}

dateline_status dateline_add(dateline_store *store,
                             const dateline_report *report,
                             const dateline_options *options,
                             dateline_added *added, dateline_error *error) {
    One one = {.data = store->data,
               .from = report,
               .options = options_or_default(options)};
    PutResult result = PUT_ADDED;
    Arena arena;
    Status status = one_analyse(&one);

    if (status == OK) {
        arena_init(&arena, REPORT_MEMORY);
        status = add_analysis(store, &arena, &one.analysis, &result, &one.err);
        arena_deinit(&arena);
    }
    if (status == OK && added) {
        *added = (dateline_added)result;
    }
    one_deinit(&one);
    return told(status, &one.err, error);
}
