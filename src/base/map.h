/* SPDX-License-Identifier: Apache-2.0 */
/* base/map.h - a hash map from 64-bit keys to 32-bit values, in an arena.
 *
 * Room: base. Text keys are put in as hash_str() or utf8_fold_hash() of the
 * text: 64 bits do not collide in what one process holds (a billion keys: one
 * chance in 30), and what must be exact compares the text itself. Open
 * addressing with linear probing, at most half full. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

#include <stdbool.h>

typedef struct MapSlot {
    uint64_t key;
    uint32_t value;
    bool used;
} MapSlot;

typedef struct Map {
    Arena *arena;   /* borrowed */
    MapSlot *slots; /* arena; a power of two of them */
    uint32_t count, capacity;
} Map;

/* An empty map that will hold about `expected` keys. */
void map_init(Map *map, Arena *arena, uint32_t expected);
/* The value of `key`, or NULL. Borrowed until the next map_put(). O(1). */
uint32_t *map_find(const Map *map, uint64_t key);
/* The value of `key`, put in as `value` when new (`*is_new` tells; may be
 * NULL). Borrowed until the next map_put(). */
uint32_t *map_put(Map *map, uint64_t key, uint32_t value, bool *is_new);

#endif
