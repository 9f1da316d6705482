/* SPDX-License-Identifier: Apache-2.0 */
/* base/arena.h - memory that lives and dies together.
 *
 * Room: base. All that belongs to one report lives in one arena and is let go
 * in one call. Allocation is a pointer bump. An arena never returns NULL: when
 * its limit is reached or the machine has no memory, it leaves the work that
 * was started with arena_try() and that call returns ERR_LIMIT or ERR_NOMEM.
 * So the rooms between bytes and claims need no check after each allocation,
 * and one hostile report costs one error.
 *
 *     static void work(void *context) { ... arena_alloc(arena, n) ... }
 *     status = arena_try(&arena, work, &context, &err);
 *
 * What runs inside arena_try() must hold nothing but arena memory: no lock,
 * no open file, no malloc, since it may be left at any allocation.
 *
 * Built with -DARENA_MALLOC every allocation is a malloc of its own, so that
 * the address sanitizer sees an overrun of one byte. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
    ArenaChunk *chunk; /* owned: newest first */
    size_t used;       /* bytes handed out since the last reset */
    size_t limit;      /* 0: none */
    uint64_t fail_at;  /* tests: fail the n-th allocation, 0: never */
    uint64_t count;    /* allocations so far */
    jmp_buf *guard;    /* set while arena_try() runs */
    Status failure;    /* why the guard was left */
} Arena;

/* A new, empty arena that gives out at most `limit` bytes (0: no limit). */
void arena_init(Arena *arena, size_t limit);
/* Give everything back to the system. */
void arena_deinit(Arena *arena);
/* Forget all allocations, keep up to a megabyte of memory for the next use. */
void arena_reset(Arena *arena);

/* `size` bytes, aligned for any type; uninitialised. Never NULL; inside
 * arena_try() leaves the work when memory or the limit is exhausted; outside
 * it that is a bug and asserts. Cost: O(1). */
void *arena_alloc(Arena *arena, size_t size)
    __attribute__((returns_nonnull, malloc, alloc_size(2)));
/* The same, all bytes zero. */
void *arena_zero(Arena *arena, size_t size)
    __attribute__((returns_nonnull, malloc, alloc_size(2)));

/* Room for one more element in a growing array: returns `items` or a copy
 * twice as large, with `*capacity` updated. `count` elements of `size` bytes
 * are in use.
 *     list->items = arena_grow(arena, list->items, list->count,
 *                              &list->capacity, sizeof *list->items);
 *     list->items[list->count++] = item;                                   */
void *arena_grow(Arena *arena, void *items, uint32_t count, uint32_t *capacity,
                 size_t size) __attribute__((returns_nonnull));

/* Room for `expected` elements in a new array whose length can be guessed, so
 * that it seldom has to move: a long list that grows leaves its old halves
 * behind. */
void *arena_expect(Arena *arena, size_t expected, uint32_t *capacity,
                   size_t size) __attribute__((returns_nonnull));

/* Run `work(context)` so that running out of memory comes back as a status.
 * May not be nested on one arena. */
MUST_USE Status arena_try(Arena *arena, void (*work)(void *context),
                          void *context, Error *err);

#endif
