/* SPDX-License-Identifier: Apache-2.0 */
/* api/one.h - one report in the caller's memory, analysed.
 *
 * Room: api. */
#ifndef API_ONE_H
#define API_ONE_H

#include "api/context.h"

/* Set `data`, `from` and `options`; the rest is made by one_analyse(). */
typedef struct One {
    const dateline *data;        /* borrowed */
    const dateline_report *from; /* borrowed, as its strings */
    dateline_options options;
    Arena arena;
    Report report;
    Analysis analysis;
    Status status;
    Error err;
} One;

/* Analyse it; what goes wrong stands in one->err too. one_deinit() it in
 * either case. Errors: as report_take(); ERR_LIMIT, ERR_NOMEM. */
MUST_USE Status one_analyse(One *one);
void one_deinit(One *one);

#endif
