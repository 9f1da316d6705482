/* SPDX-License-Identifier: Apache-2.0 */
/* base/map.c - see map.h. */
#include "base/map.h"

#include <assert.h>

static MapSlot *slot_of(MapSlot *slots, uint32_t capacity, uint64_t key) {
    /* Fibonacci hashing spreads keys whose low bits are alike. */
    uint64_t at = (key * UINT64_C(0x9E3779B97F4A7C15)) >> 32;

    for (;; at++) {
        MapSlot *slot = &slots[at & (capacity - 1)];
        if (!slot->used || slot->key == key) {
            return slot;
        }
    }
}

void map_init(Map *map, Arena *arena, uint32_t expected) {
    uint32_t capacity = 16;

    assert(expected < UINT32_MAX / 4);
    while (capacity < expected * 2) {
        capacity *= 2;
    }
    *map = (Map){.arena = arena, .capacity = capacity};
    map->slots = arena_zero(arena, capacity * sizeof *map->slots);
}

static void grow(Map *map) {
    MapSlot *old = map->slots;
    uint32_t old_capacity = map->capacity;

    map->capacity *= 2;
    map->slots = arena_zero(map->arena, map->capacity * sizeof *map->slots);
    for (uint32_t i = 0; i < old_capacity; i++) {
        if (old[i].used) {
            *slot_of(map->slots, map->capacity, old[i].key) = old[i];
        }
    }
}

uint32_t *map_find(const Map *map, uint64_t key) {
    MapSlot *slot = slot_of(map->slots, map->capacity, key);

    return slot->used ? &slot->value : NULL;
}

uint32_t *map_put(Map *map, uint64_t key, uint32_t value, bool *is_new) {
    MapSlot *slot = slot_of(map->slots, map->capacity, key);

    if (is_new) {
        *is_new = !slot->used;
    }
    if (slot->used) {
        return &slot->value;
    }
    if ((map->count + 1) * 2 > map->capacity) {
        grow(map);
        slot = slot_of(map->slots, map->capacity, key);
    }
    map->count++;
    *slot = (MapSlot){.key = key, .value = value, .used = true};
    return &slot->value;
}
