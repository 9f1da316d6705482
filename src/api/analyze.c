/* SPDX-License-Identifier: Apache-2.0 */
/* api/analyze.c - reports in, records of JSON out. */
#include <stdlib.h>

#include "api/files.h"
#include "api/one.h"
#include "tag/conllu.h"

/* ---------------------------------------------------------- one report */

/* What the options ask for: the record, or the words as CoNLL-U. */
static void put_analysis(const Analysis *analysis,
                         const dateline_options *options, Buf *out) {
    if (options->conllu) {
        conllu_write(analysis->report->id, &analysis->text, &analysis->tags,
                     out);
    } else {
        record_write(analysis, options->tokens != 0, out);
    }
}

/* The same as a string that the caller owns. */
static Status write_record(One *one, char **json, size_t *json_len) {
    Buf out;

    buf_init(&out, 0);
    put_analysis(&one->analysis, &one->options, &out);
    out.len -= out.len > 0; /* the newline */
    buf_char(&out, '\0');
    if (buf_check(&out, &one->err) != OK) {
        buf_deinit(&out);
        return one->err.status;
    }
    *json = out.ptr;
    if (json_len) {
        *json_len = out.len - 1;
    }
    return OK;
}

dateline_status dateline_analyze(dateline *d, const dateline_report *report,
                                 const dateline_options *options, char **json,
                                 size_t *json_len, dateline_error *error) {
    One one = {
        .data = d, .from = report, .options = options_or_default(options)};
    Status status = one_analyse(&one);

    if (status == OK) {
        status = write_record(&one, json, json_len);
    }
    one_deinit(&one);
    return told(status, &one.err, error);
}

void dateline_release(char *json) {
    free(json);
}

/* --------------------------------------------------------------- files */

enum { BATCH_PIECES = 64, BATCH_BYTES = 64 << 10 };

/* Append the record's line; when it can't be, take back what was begun. */
static void write_line(const Files *files, Batch *batch, Piece *piece) {
    size_t before = batch->out.len;

    put_analysis(&piece->analysis, &files->options, &batch->out);
    if (buf_check(&batch->out, &piece->error) != OK) {
        batch->out.len = before;
        batch->out.status = OK;
    }
}

static bool emit(Files *files, Batch *batch) {
    for (uint32_t i = 0; i < batch->count; i++) {
        if (batch->pieces[i].error.status != OK) {
            files_refuse(files, &batch->pieces[i]);
        } else {
            files->tally.reports++;
        }
    }
    return files_write(files, buf_str(&batch->out));
}

dateline_status dateline_analyze_files(dateline *d, const char *const *paths,
                                       size_t count,
                                       const dateline_options *options,
                                       const dateline_calls *calls,
                                       dateline_tally *tally,
                                       dateline_error *error) {
    static const FilesUse use = {.batch_pieces = BATCH_PIECES,
                                 .batch_bytes = BATCH_BYTES,
                                 .each = write_line,
                                 .emit = emit};
    Error err = {0};
    Status status =
        files_run(d, paths, count, options, calls, &use, tally, &err);

    return told(status, &err, error);
}
