/* SPDX-License-Identifier: Apache-2.0 */
/* base/pool.h - a worker pool that keeps input order.
 *
 * Room: base. Three callbacks share the work:
 *
 *     pull  one at a time, in order: takes the next piece of input into a slot
 *     work  side by side on `jobs` threads: turns what is in the slot into
 *           what is to come out
 *     emit  one at a time, in the order of pull: hands the slot's result on
 *
 * The ring has a few slots more than threads, so that a slow piece holds up
 * nobody until the ring is full: memory is bounded, and the output is the same
 * on one thread as on eight. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>

#include "base/status.h"

typedef struct PoolTask {
    void *context;
    /* Make the state of one slot; `slot_free` lets go of it. */
    void *(*slot_new)(void *context);
    void (*slot_free)(void *context, void *slot);
    /* False at the end of input; the slot then holds nothing. */
    bool (*pull)(void *context, void *slot);
    void (*work)(void *context, void *slot);
    /* False stops the run: nothing more is pulled or emitted. */
    bool (*emit)(void *context, void *slot);
} PoolTask;

/* Threads that this machine can run side by side. */
unsigned pool_default_jobs(void);

/* Run the task to its end on `jobs` threads (0: pool_default_jobs()).
 * Errors: ERR_NOMEM (no thread or slot could be made). What goes wrong with
 * the pieces is the task's own affair. */
MUST_USE Status pool_run(const PoolTask *task, unsigned jobs, Error *err);

#endif
