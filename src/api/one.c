/* SPDX-License-Identifier: Apache-2.0 */
/* api/one.c - see one.h. */
#include "api/one.h"

static void analyse(void *context) {
    One *one = context;

    one->status = report_take(&one->arena, one->from, one->options.max_report,
                              &one->report, &one->err);
    if (one->status == OK) {
        find_all(&one->arena, &one->data->knowledge, &one->report,
                 find_options(one->data, &one->options, &one->report),
                 &one->analysis);
    }
}

Status one_analyse(One *one) {
    Status status;

    arena_init(&one->arena, REPORT_MEMORY);
    status = arena_try(&one->arena, analyse, one, &one->err);
    return status == OK ? one->status : status;
}

void one_deinit(One *one) {
    arena_deinit(&one->arena);
}
