/* SPDX-License-Identifier: Apache-2.0 */
/* bench/stages.c - what each stage of the analysis costs: stages FILE...
 *
 * Reads the reports of the files again and again, each time up to one stage
 * further, on one thread, and prints what each adds: seconds, share, tokens a
 * second. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "find/find.h"
#include "read/read.h"

typedef enum Stage {
    STAGE_READ,
    STAGE_CLEAN,
    STAGE_TEXT,
    STAGE_TAG,
    STAGE_FIND,
    STAGE_RECORD,
    STAGE_COUNT
} Stage;

static const char *const names[STAGE_COUNT] = {"read", "clean", "text",
                                               "tag",  "find",  "record"};

typedef struct Bench {
    Knowledge knowledge;
    Stage last;
    Arena arena;
    const RawRecord *record;
    Buf out;
    uint64_t tokens;
} Bench;

static void analyse(void *context) {
    Bench *bench = context;
    Arena *arena = &bench->arena;
    Analysis analysis = {0};
    Report report;
    Tags tags;

    if (report_parse(arena, bench->record, (ReadOptions){0}, &report, NULL) !=
            OK ||
        bench->last == STAGE_READ) {
        return;
    }
    if (bench->last >= STAGE_FIND) {
        find_all(arena, &bench->knowledge, &report, (FindOptions){.find = true},
                 &analysis);
        bench->tokens += analysis.text.token_count;
        if (bench->last == STAGE_RECORD) {
            buf_reset(&bench->out);
            record_write(&analysis, true, &bench->out);
        }
        return;
    }
    clean_report(arena, bench->knowledge.lexicon, &report, false,
                 &analysis.clean);
    if (bench->last >= STAGE_TEXT) {
        text_read(arena, bench->knowledge.lexicon, &analysis.clean,
                  report.language, &analysis.text);
    }
    if (bench->last == STAGE_TAG && str_is(analysis.text.language, "en")) {
        tag_read(arena, bench->knowledge.model, &analysis.text, &tags);
    }
}

static double seconds(void) {
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void die(const Error *err) {
    fprintf(stderr, "stages: %s\n", err->message);
    exit(1);
}

/* All reports up to a stage: processor seconds. */
static double run(Bench *bench, const char *const *files, size_t count) {
    double begin = seconds();
    RawRecord record = {0};
    Reader *reader;
    Error err;

    bench->tokens = 0;
    if (reader_open(files, count, (ReadOptions){0}, &reader, &err) != OK) {
        die(&err);
    }
    bench->record = &record;
    while (reader_next(reader, &record)) {
        if (record.error.status != OK) {
            die(&record.error);
        }
        if (arena_try(&bench->arena, analyse, bench, &err) != OK) {
            die(&err);
        }
        arena_reset(&bench->arena);
    }
    reader_close(reader);
    record_deinit(&record);
    return seconds() - begin;
}

static double least_of_three(Bench *bench, const char *const *files,
                             size_t count) {
    double least = run(bench, files, count);

    for (int i = 1; i < 3; i++) {
        double again = run(bench, files, count);
        least = again < least ? again : least;
    }
    return least;
}

static void print_table(const double *times, double tokens) {
    double all = times[STAGE_RECORD];

    printf("%-8s %8s %7s %12s\n", "stage", "seconds", "share", "tokens/s");
    for (int i = 0; i < STAGE_COUNT; i++) {
        double own = times[i] - (i > 0 ? times[i - 1] : 0);
        printf("%-8s %8.3f %6.1f%% %12.0f\n", names[i], own, 100 * own / all,
               own > 0 ? tokens / own : 0);
    }
    printf("%-8s %8.3f %6.1f%% %12.0f\n", "all", all, 100.0, tokens / all);
}

int main(int argc, char **argv) {
    double times[STAGE_COUNT];
    Bench bench = {0};
    Error err;

    if (argc < 2) {
        fputs("usage: stages FILE...\n", stderr);
        return 2;
    }
    if (knowledge_open(NULL, &bench.knowledge, &err) != OK) {
        die(&err);
    }
    arena_init(&bench.arena, 0);
    buf_init(&bench.out, 0);
    for (int i = 0; i < STAGE_COUNT; i++) {
        bench.last = (Stage)i;
        times[i] = least_of_three(&bench, (const char *const *)argv + 1,
                                  (size_t)argc - 1);
    }
    print_table(times, (double)bench.tokens);
    buf_deinit(&bench.out);
    arena_deinit(&bench.arena);
    knowledge_close(&bench.knowledge);
    return 0;
}
