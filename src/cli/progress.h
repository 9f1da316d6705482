/* SPDX-License-Identifier: Apache-2.0 */
/* cli/progress.h - how far long work has come, on standard error.
 *
 * Room: cli. One line, drawn again at most ten times a second, and only on a
 * terminal; with --progress elsewhere too, a line a second. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/command.h"

typedef struct Progress {
    Output *out; /* borrowed: where a run's lines go */
    bool on, terminal, drawn;
    double started, shown; /* seconds */
} Progress;

/* `prints`: the run writes lines to `out`. */
void progress_init(Progress *progress, Output *out, const Settings *settings,
                   bool prints);
/* What a run over files calls: lines to the output, each piece at once where
 * `now` is set; complaints and progress to standard error. */
dateline_calls progress_calls(Progress *progress, bool now);
/* Take the line away, before something else is written. */
void progress_clear(Progress *progress);

#endif
