/* SPDX-License-Identifier: Apache-2.0 */
/* base/pool.c - see pool.h.
 *
 * The ring holds pieces `emitted` to `pulled` - 1, each in slot number % slots:
 *
 *     emitted      pulled
 *        v           v
 *     [working][done][free][free]      slot states
 *
 * A thread takes the pull lock to fill the next free slot, works without a
 * lock, marks the slot done, and whoever finds the oldest slot done empties
 * the ring from there on, under the emit lock. */
#include "base/pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum { JOBS_MAX = 256, SPARE_SLOTS = 2 };

typedef enum SlotState { SLOT_FREE, SLOT_WORKING, SLOT_DONE } SlotState;

typedef struct Slot {
    void *state; /* the task's */
    SlotState is;
} Slot;

typedef struct Pool {
    const PoolTask *task;
    pthread_mutex_t pull, lock; /* `lock` guards all below */
    pthread_cond_t freed;
    Slot *slots;
    unsigned slot_count;
    uint64_t pulled, emitted;
    bool emitting, at_end, stopped; /* stopped: emit said so */
} Pool;

unsigned pool_default_jobs(void) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);

    return online < 1 ? 1 : online > JOBS_MAX ? JOBS_MAX : (unsigned)online;
}

/* Wait for a free slot and fill it; NULL at the end. Holds `pull` meanwhile,
 * so that pieces are numbered in the order of the input. */
static Slot *next_piece(Pool *pool) {
    Slot *slot = NULL;
    bool filled = false;

    pthread_mutex_lock(&pool->pull);
    pthread_mutex_lock(&pool->lock);
    while (!pool->at_end &&
           pool->slots[pool->pulled % pool->slot_count].is != SLOT_FREE) {
        pthread_cond_wait(&pool->freed, &pool->lock);
    }
    if (!pool->at_end) {
        slot = &pool->slots[pool->pulled % pool->slot_count];
        pthread_mutex_unlock(&pool->lock);
        filled = pool->task->pull(pool->task->context, slot->state);
        pthread_mutex_lock(&pool->lock);
        filled = filled && !pool->stopped;
        if (filled) {
            slot->is = SLOT_WORKING;
            pool->pulled++;
        } else {
            pool->at_end = true;
        }
    }
    pthread_mutex_unlock(&pool->lock);
    pthread_mutex_unlock(&pool->pull);
    return filled ? slot : NULL;
}

/* Emit every piece that is done and whose turn it is. */
static void emit_ready(Pool *pool) {
    Slot *slot;

    pthread_mutex_lock(&pool->lock);
    while (!pool->emitting && !pool->stopped && pool->emitted < pool->pulled) {
        slot = &pool->slots[pool->emitted % pool->slot_count];
        if (slot->is != SLOT_DONE) {
            break;
        }
        pool->emitting = true;
        pthread_mutex_unlock(&pool->lock);
        bool go_on = pool->task->emit(pool->task->context, slot->state);
        pthread_mutex_lock(&pool->lock);
        pool->emitting = false;
        slot->is = SLOT_FREE;
        pool->emitted++;
        if (!go_on) {
            pool->at_end = true;
            pool->stopped = true;
        }
        pthread_cond_broadcast(&pool->freed);
    }
    pthread_mutex_unlock(&pool->lock);
}

static void *run_worker(void *argument) {
    Pool *pool = argument;
    Slot *slot;

    while ((slot = next_piece(pool)) != NULL) {
        pool->task->work(pool->task->context, slot->state);
        pthread_mutex_lock(&pool->lock);
        slot->is = SLOT_DONE;
        pthread_mutex_unlock(&pool->lock);
        emit_ready(pool);
    }
    return NULL;
}

static Status make_slots(Pool *pool, Error *err) {
    pool->slots = calloc(pool->slot_count, sizeof *pool->slots);
    for (unsigned i = 0; pool->slots && i < pool->slot_count; i++) {
        pool->slots[i].state = pool->task->slot_new(pool->task->context);
        if (!pool->slots[i].state) {
            return fail(err, ERR_NOMEM, "out of memory");
        }
    }
    return pool->slots ? OK : fail(err, ERR_NOMEM, "out of memory");
}

static void free_slots(Pool *pool) {
    for (unsigned i = 0; pool->slots && i < pool->slot_count; i++) {
        if (pool->slots[i].state) {
            pool->task->slot_free(pool->task->context, pool->slots[i].state);
        }
    }
    free(pool->slots);
}

Status pool_run(const PoolTask *task, unsigned jobs, Error *err) {
    pthread_t threads[JOBS_MAX];
    unsigned started = 0;
    Pool pool = {.task = task};
    Status status;

    jobs = jobs == 0 ? pool_default_jobs() : jobs;
    jobs = jobs > JOBS_MAX ? JOBS_MAX : jobs;
    pool.slot_count = jobs == 1 ? 1 : jobs + SPARE_SLOTS;
    status = make_slots(&pool, err);
    if (status == OK) {
        pthread_mutex_init(&pool.pull, NULL);
        pthread_mutex_init(&pool.lock, NULL);
        pthread_cond_init(&pool.freed, NULL);
        /* The calling thread is one of the workers. */
        while (started + 1 < jobs && pthread_create(&threads[started], NULL,
                                                    run_worker, &pool) == 0) {
            started++;
        }
        run_worker(&pool);
        for (unsigned i = 0; i < started; i++) {
            pthread_join(threads[i], NULL);
        }
        emit_ready(&pool);
        pthread_cond_destroy(&pool.freed);
        pthread_mutex_destroy(&pool.lock);
        pthread_mutex_destroy(&pool.pull);
    }
    free_slots(&pool);
    return status;
}
