/* SPDX-License-Identifier: Apache-2.0 */
/* cli/progress.c - see progress.h. */
#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const double TERMINAL_STEP = 0.1, LOG_STEP = 1.0, FIRST_AFTER = 0.5;

static double now(void) {
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

void progress_init(Progress *progress, Output *out, const Settings *settings,
                   bool prints) {
    *progress = (Progress){
        .out = out, .terminal = isatty(STDERR_FILENO) != 0, .started = now()};
    /* Lines that go to the same screen show how far it is. */
    progress->on = settings->progress ||
                   (progress->terminal && !(prints && out->terminal));
    progress->shown = progress->started + FIRST_AFTER - LOG_STEP;
}

/* "2013 reports, 512/s, 34%, 1:23 left, 3 refused" */
static void describe(const dateline_tally *tally, double elapsed, char *out,
                     size_t size) {
    double part = tally->bytes_total
                      ? (double)tally->bytes / (double)tally->bytes_total
                      : 0;
    int len = snprintf(out, size, "%" PRIu64 " reports, %.0f/s", tally->reports,
                       elapsed > 0 ? (double)tally->reports / elapsed : 0);

    if (part > 0 && part <= 1) {
        int left = (int)(elapsed / part - elapsed + 0.5);
        len += snprintf(out + len, size - (size_t)len, ", %.0f%%, %d:%02d left",
                        part * 100, left / 60, left % 60);
    }
    if (tally->errors) {
        snprintf(out + len, size - (size_t)len, ", %" PRIu64 " refused",
                 tally->errors);
    }
}

static void on_progress(void *context, const dateline_tally *tally) {
    Progress *progress = context;
    double at = now();
    char line[200];

    if (!progress->on || at - progress->shown <
                             (progress->terminal ? TERMINAL_STEP : LOG_STEP)) {
        return;
    }
    describe(tally, at - progress->started, line, sizeof line);
    if (progress->terminal) {
        fprintf(stderr, "\r%s\033[K", line);
        progress->drawn = true;
    } else {
        fprintf(stderr, "%s\n", line);
    }
    progress->shown = at;
}

void progress_clear(Progress *progress) {
    if (progress->drawn) {
        fputs("\r\033[K", stderr);
        progress->drawn = false;
    }
}

static int on_write(void *context, const char *bytes, size_t len) {
    Progress *progress = context;

    return output_write(progress->out, bytes, len);
}

static int on_write_now(void *context, const char *bytes, size_t len) {
    Progress *progress = context;

    return output_write_now(progress->out, bytes, len);
}

static void on_complaint(void *context, const char *message) {
    Progress *progress = context;

    progress_clear(progress);
    fprintf(stderr, "%s\n", message);
}

dateline_calls progress_calls(Progress *progress, bool now) {
    return (dateline_calls){.context = progress,
                            .write = now ? on_write_now : on_write,
                            .complain = on_complaint,
                            .progress = on_progress};
}
