/* SPDX-License-Identifier: Apache-2.0 */
/* base/arena.c - a list of chunks, each twice as large as the one before.
 *
 *     arena -> [chunk 2: ....used....|free      ] -> [chunk 1: full] -> NULL
 */
#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    ALIGNMENT = 16,
    CHUNK_MIN = 64 << 10,
    CHUNK_MAX = 8 << 20,
    KEEP_MAX = 1 << 20, /* largest chunk that survives a reset */
};

struct ArenaChunk {
    ArenaChunk *next;
    size_t size; /* of data */
    size_t used;
    size_t padding; /* keeps data aligned to 16 on 64-bit machines */
    unsigned char data[];
};

void arena_init(Arena *arena, size_t limit) {
    *arena = (Arena){.limit = limit};
}

static void free_chunks(ArenaChunk *chunk) {
    while (chunk) {
        ArenaChunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
}

void arena_deinit(Arena *arena) {
    free_chunks(arena->chunk);
    *arena = (Arena){0};
}

void arena_reset(Arena *arena) {
    ArenaChunk *keep = arena->chunk;

#ifdef ARENA_MALLOC
    keep = NULL;
#endif
    if (keep && keep->size > KEEP_MAX) {
        keep = NULL;
    }
    if (keep) {
        free_chunks(keep->next);
        keep->next = NULL;
        keep->used = 0;
    } else {
        free_chunks(arena->chunk);
    }
    arena->chunk = keep;
    arena->used = 0;
}

/* Leave the work that arena_try() runs. */
static _Noreturn void leave(Arena *arena, Status why) {
    assert(arena->guard && "allocation failed outside arena_try()");
    if (!arena->guard) {
        abort();
    }
    arena->failure = why;
    longjmp(*arena->guard, 1);
}

static ArenaChunk *add_chunk(Arena *arena, size_t size) {
    size_t want = arena->chunk ? arena->chunk->size * 2 : CHUNK_MIN;
    ArenaChunk *chunk;

    want = want > CHUNK_MAX ? CHUNK_MAX : want;
#ifdef ARENA_MALLOC
    want = size;
#endif
    want = want < size ? size : want;
    if (want > SIZE_MAX - sizeof *chunk) {
        leave(arena, ERR_NOMEM);
    }
    chunk = malloc(sizeof *chunk + want);
    if (!chunk) {
        leave(arena, ERR_NOMEM);
    }
    *chunk = (ArenaChunk){.next = arena->chunk, .size = want};
    arena->chunk = chunk;
    return chunk;
}

static size_t round_up(size_t size) {
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

void *arena_alloc(Arena *arena, size_t size) {
    ArenaChunk *chunk = arena->chunk;
    size_t rounded = round_up(size);
    void *found;

#ifdef ARENA_MALLOC
    rounded = size; /* so that one byte too far is out of bounds */
    chunk = NULL;
#endif
    if (rounded < size || ++arena->count == arena->fail_at) {
        leave(arena, ERR_NOMEM);
    }
    if (arena->limit && rounded > arena->limit - arena->used) {
        leave(arena, ERR_LIMIT);
    }
    if (!chunk || rounded > chunk->size - chunk->used) {
        chunk = add_chunk(arena, rounded);
    }
    found = chunk->data + chunk->used;
    chunk->used += rounded;
    arena->used += rounded;
    return found;
}

void *arena_zero(Arena *arena, size_t size) {
    return memset(arena_alloc(arena, size), 0, size);
}

/* True if the array of `old` bytes is the newest allocation and its chunk has
 * room for `want`: then it grows where it stands, as a lone long list does. */
static bool grow_in_place(Arena *arena, const void *items, size_t old,
                          size_t want) {
    ArenaChunk *chunk = arena->chunk;
    size_t more = round_up(want) - round_up(old);

#ifdef ARENA_MALLOC
    chunk = NULL;
#endif
    if (!chunk || !items || chunk->used < round_up(old) ||
        chunk->data + chunk->used - round_up(old) !=
            (const unsigned char *)items ||
        more > chunk->size - chunk->used ||
        (arena->limit && more > arena->limit - arena->used)) {
        return false;
    }
    chunk->used += more;
    arena->used += more;
    return true;
}

void *arena_grow(Arena *arena, void *items, uint32_t count, uint32_t *capacity,
                 size_t size) {
    uint32_t want = *capacity ? *capacity * 2 : 8;
    void *larger;

    assert(count <= *capacity);
    if (count < *capacity) {
        return items;
    }
    if (want < *capacity) {
        leave(arena, ERR_LIMIT);
    }
    if (grow_in_place(arena, items, (size_t)count * size,
                      (size_t)want * size)) {
        *capacity = want;
        return items;
    }
    larger = arena_alloc(arena, (size_t)want * size);
    if (count) {
        memcpy(larger, items, (size_t)count * size);
    }
    *capacity = want;
    return larger;
}

void *arena_expect(Arena *arena, size_t expected, uint32_t *capacity,
                   size_t size) {
    expected = expected < 8 ? 8 : expected;
    if (expected > UINT32_MAX / 2) {
        leave(arena, ERR_LIMIT);
    }
    *capacity = (uint32_t)expected;
    return arena_alloc(arena, expected * size);
}

Status arena_try(Arena *arena, void (*work)(void *context), void *context,
                 Error *err) {
    jmp_buf guard;

    assert(!arena->guard && "arena_try() may not be nested");
    arena->guard = &guard;
    if (setjmp(guard) == 0) {
        work(context);
        arena->guard = NULL;
        return OK;
    }
    arena->guard = NULL;
    if (arena->failure == ERR_LIMIT) {
        return fail(err, ERR_LIMIT, "needs more than %zu MB of memory",
                    arena->limit >> 20);
    }
    return fail(err, ERR_NOMEM, "out of memory");
}
