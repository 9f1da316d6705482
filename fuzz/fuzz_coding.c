/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_coding.c - dictionaries of any bytes are read or complained of. */
#include "fuzz.h"

#include "find/coding.h"

typedef struct Input {
    Arena arena;
    Str text;
} Input;

static void work(void *context) {
    Input *input = context;
    Coding coding;

    coding_init(&input->arena, &coding);
    (void)coding_read_actors(&coding, input->text, NULL, NULL);
    (void)coding_read_agents(&coding, input->text, NULL, NULL);
    (void)coding_read_verbs(&coding, input->text, NULL, NULL);
    for (uint32_t i = 0; i < coding.actor_count; i++) {
        HOLDS(coding.actors[i].first + coding.actors[i].count <=
              coding.code_count);
    }
    for (uint32_t i = 0; i < coding.pattern_count; i++) {
        const VerbPattern *pattern = &coding.patterns[i];
        HOLDS(pattern->first + pattern->before + pattern->after <=
              coding.item_count);
    }
    for (uint32_t i = 0; i < coding.trigger_count; i++) {
        HOLDS(coding.triggers[i].block < coding.block_count);
        HOLDS(coding.triggers[i].next == UINT32_MAX ||
              coding.triggers[i].next < i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {.text = {(const char *)data, size}};
    Status status;
    Error err;

    arena_init(&input.arena, 64 << 20);
    status = arena_try(&input.arena, work, &input, &err);

    HOLDS(status == OK || status == ERR_LIMIT);
    arena_deinit(&input.arena);
    return 0;
}
