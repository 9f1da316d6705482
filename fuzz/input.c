/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/input.c - see input.h. */
#include "input.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "read/date.h"

typedef struct Job {
    Arena arena;
    RawRecord record;
    ReadOptions options;
    Report report;
    Status status;
    Error err;
} Job;

static void parse(void *context) {
    Job *job = context;

    job->status = report_parse(&job->arena, &job->record, job->options,
                               &job->report, &job->err);
}

static void check_text(Str text) {
    HOLDS(utf8_invalid(text) == text.len);
}

static void check_report(const Report *report) {
    const Str fields[] = {report->id,     report->text,     report->title,
                          report->outlet, report->url,      report->published,
                          report->byline, report->language, report->given};

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        check_text(fields[i]);
    }
    HOLDS(str_trim(report->text).len > 0 || str_trim(report->html).len > 0);
    HOLDS(report->published.len == 0 || date_is_iso(report->published));
}

static void take(Job *job, FuzzRead *out) {
    Error err = {0};
    Status status;

    if (job->record.error.status != OK) {
        HOLDS(strchr(job->record.error.message, ':') != NULL);
        out->errors++;
        return;
    }
    status = arena_try(&job->arena, parse, job, &err);
    HOLDS(status == OK || status == ERR_LIMIT);
    if (status != OK || job->status != OK) {
        HOLDS(status != OK || strchr(job->err.message, ':') != NULL);
        out->errors++;
        return;
    }
    check_report(&job->report);
    out->reports++;
    buf_reset(&out->text);
    buf_push(&out->text, job->report.text);
    arena_reset(&job->arena);
}

void fuzz_read_file(Str head, Str bytes, FuzzRead *out) {
    char path[64];
    const char *paths[] = {path};
    Job job = {.options = {.max_report = 1 << 20, .lexicon = fuzz_lexicon()}};
    int file = memfd_create("input", 0);
    size_t most = head.len + bytes.len + 16;
    Reader *reader = NULL;
    Error err;

    HOLDS(file >= 0);
    HOLDS(write(file, head.ptr, head.len) == (ssize_t)head.len);
    HOLDS(write(file, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    arena_init(&job.arena, 64 << 20);
    HOLDS(reader_open(paths, 1, job.options, &reader, &err) == OK);
    while (reader_next(reader, &job.record)) {
        take(&job, out);
        HOLDS(most-- > 0); /* it ends */
    }
    reader_close(reader);
    record_deinit(&job.record);
    arena_deinit(&job.arena);
    close(file);
}
