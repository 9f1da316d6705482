/* SPDX-License-Identifier: Apache-2.0 */
/* api/files.c - see files.h. */
#include "api/files.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/pool.h"

enum {
    FLOW_BUDGET = 4 << 20, /* bytes of raw records in flight */
    KEEP_MAX = 1 << 20,    /* larger buffers are not kept for the next batch */
};

/* The reader, and how much of what it gave is still in flight. */
typedef struct Flow {
    Reader *reader;
    ReadOptions read;
    pthread_mutex_t lock; /* guards what is below */
    pthread_cond_t less;
    size_t in_flight;
    bool stopped; /* nothing will be emitted any more */
} Flow;

static void batch_free(void *context, void *slot) {
    Files *files = context;
    Batch *batch = slot;

    for (uint32_t i = 0; batch->pieces && i < files->use->batch_pieces; i++) {
        record_deinit(&batch->pieces[i].record);
    }
    for (uint32_t i = 0; batch->arenas && i < files->use->batch_pieces; i++) {
        arena_deinit(&batch->arenas[i]);
    }
    free(batch->pieces);
    free(batch->arenas);
    buf_deinit(&batch->out);
    free(batch);
}

static void *batch_new(void *context) {
    Files *files = context;
    const FilesUse *use = files->use;
    Batch *batch = calloc(1, sizeof *batch);

    if (!batch) {
        return NULL;
    }
    batch->pieces = calloc(use->batch_pieces, sizeof *batch->pieces);
    batch->arenas = calloc(use->batch_pieces, sizeof *batch->arenas);
    if (!batch->pieces || !batch->arenas) {
        batch_free(files, batch);
        return NULL;
    }
    for (uint32_t i = 0; i < use->batch_pieces; i++) {
        arena_init(&batch->arenas[i], REPORT_MEMORY);
        batch->pieces[i].arena = &batch->arenas[use->keep ? i : 0];
    }
    return batch;
}

/* Wait until `bytes` more fit into the budget, or nothing is in flight. All
 * that is in flight is in other threads' hands, so this ends. */
static bool flow_take(Flow *flow, size_t bytes) {
    bool go_on;

    pthread_mutex_lock(&flow->lock);
    while (!flow->stopped && flow->in_flight > 0 &&
           flow->in_flight + bytes > FLOW_BUDGET) {
        pthread_cond_wait(&flow->less, &flow->lock);
    }
    flow->in_flight += bytes;
    go_on = !flow->stopped;
    pthread_mutex_unlock(&flow->lock);
    return go_on;
}

static void flow_give(Flow *flow, size_t bytes, bool stop) {
    pthread_mutex_lock(&flow->lock);
    flow->in_flight -= bytes;
    flow->stopped = flow->stopped || stop;
    pthread_cond_broadcast(&flow->less);
    pthread_mutex_unlock(&flow->lock);
}

static bool pull(void *context, void *slot) {
    Files *files = context;
    Batch *batch = slot;

    batch->count = 0;
    batch->bytes = 0;
    while (batch->count < files->use->batch_pieces &&
           batch->bytes < files->use->batch_bytes) {
        RawRecord *record = &batch->pieces[batch->count].record;
        if (!reader_next(files->flow->reader, record)) {
            break;
        }
        batch->bytes += record->bytes.len;
        batch->count++;
    }
    return batch->count > 0 && flow_take(files->flow, batch->bytes);
}

typedef struct Work {
    const Files *files;
    Piece *piece;
} Work;

static void analyse(void *context) {
    Work *work = context;
    const Files *files = work->files;
    Piece *piece = work->piece;

    if (report_parse(piece->arena, &piece->record, files->flow->read,
                     &piece->report, &piece->error) == OK) {
        find_all(piece->arena, &files->data->knowledge, &piece->report,
                 find_options(files->data, &files->options, &piece->report),
                 &piece->analysis);
    }
}

void piece_name_place(Piece *piece) {
    record_place(&piece->record, &piece->error);
}

static void work_piece(const Files *files, Batch *batch, Piece *piece) {
    Work work = {files, piece};

    piece->error = piece->record.error;
    if (piece->error.status != OK) {
        return;
    }
    if (arena_try(piece->arena, analyse, &work, &piece->error) != OK) {
        piece_name_place(piece);
    } else if (piece->error.status == OK && files->use->each) {
        files->use->each(files, batch, piece);
        if (piece->error.status != OK) {
            piece_name_place(piece);
        }
    }
    if (!files->use->keep) {
        arena_reset(piece->arena);
    }
}

static void work(void *context, void *slot) {
    const Files *files = context;
    Batch *batch = slot;

    for (uint32_t i = 0; i < batch->count; i++) {
        work_piece(files, batch, &batch->pieces[i]);
    }
}

/* Make the batch ready for the next pull. */
static void batch_reset(const FilesUse *use, Batch *batch) {
    for (uint32_t i = 0; i < batch->count; i++) {
        RawRecord *record = &batch->pieces[i].record;
        if (record->bytes.capacity > KEEP_MAX) {
            buf_deinit(&record->bytes);
        }
        if (use->keep) {
            arena_reset(batch->pieces[i].arena);
        }
    }
    if (batch->out.capacity > KEEP_MAX) {
        buf_deinit(&batch->out);
    }
    buf_reset(&batch->out);
}

static bool emit(void *context, void *slot) {
    Files *files = context;
    Batch *batch = slot;
    bool go_on = files->use->emit(files, batch);

    files->tally.bytes = reader_bytes(files->flow->reader);
    if (go_on && files->calls->progress) {
        files->calls->progress(files->calls->context, &files->tally);
    }
    batch_reset(files->use, batch);
    flow_give(files->flow, batch->bytes, !go_on);
    return go_on;
}

void files_refuse(Files *files, const Piece *piece) {
    files->tally.errors++;
    if (files->calls->complain) {
        files->calls->complain(files->calls->context, piece->error.message);
    }
}

bool files_write(Files *files, Str lines) {
    return lines.len == 0 || !files->calls->write ||
           files->calls->write(files->calls->context, lines.ptr, lines.len) ==
               0;
}

static Status run(Files *files, unsigned jobs, Error *err) {
    PoolTask task = {.context = files,
                     .slot_new = batch_new,
                     .slot_free = batch_free,
                     .pull = pull,
                     .work = work,
                     .emit = emit};
    Status status;

    pthread_mutex_init(&files->flow->lock, NULL);
    pthread_cond_init(&files->flow->less, NULL);
    status = pool_run(&task, jobs, err);
    if (status == OK && !files->flow->stopped && files->use->finish &&
        files->use->finish(files) && files->calls->progress) {
        files->calls->progress(files->calls->context, &files->tally);
    }
    pthread_cond_destroy(&files->flow->less);
    pthread_mutex_destroy(&files->flow->lock);
    if (status == OK && files->error.status != OK) {
        *err = files->error;
        status = err->status;
    }
    return status;
}

Status files_run(const dateline *d, const char *const *paths, size_t count,
                 const dateline_options *options, const dateline_calls *calls,
                 const FilesUse *use, dateline_tally *tally, Error *err) {
    static const dateline_calls no_calls = {0};
    Flow flow = {0};
    Files files = {.data = d,
                   .use = use,
                   .options = options_or_default(options),
                   .calls = calls ? calls : &no_calls,
                   .flow = &flow};
    Status status;

    flow.read = (ReadOptions){.charset = files.options.charset,
                              .max_report = files.options.max_report,
                              .lexicon = d->knowledge.lexicon,
                              .maps = files.options.maps};
    status = reader_open(paths, count, flow.read, &flow.reader, err);
    if (status == OK) {
        files.tally.bytes_total = reader_total(flow.reader);
        status = run(&files, files.options.jobs, err);
        files.tally.bytes = reader_bytes(flow.reader);
        reader_close(flow.reader);
    }
    if (tally) {
        *tally = files.tally;
    }
    return status;
}
