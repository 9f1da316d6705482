/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_model.c - a damaged model is refused, or is safe to read with.
 *
 * The input is a list of changes to the project's own model, six bytes each:
 * where (4), what to put there (1), and whether to mend the checksum
 * afterwards (1), since without that nothing gets past it. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xxhash.h>

#include "tag/layout.h"

enum { CHANGE = 6, CHANGES_MAX = 64 };

/* The place is one of the header's bytes every other time, since those say
 * where all else is. */
static void change(char *bytes, size_t len, const uint8_t *data, size_t size) {
    ModelHeader *header = (void *)bytes;
    bool mend = false;

    for (size_t i = 0; i + CHANGE <= size && i < CHANGES_MAX * CHANGE;
         i += CHANGE) {
        uint32_t at;
        memcpy(&at, data + i, sizeof at);
        at = (uint32_t)(at & 1 ? (at >> 1) % sizeof *header : (at >> 1) % len);
        bytes[at] = (char)data[i + 4];
        mend |= data[i + 5] & 1;
    }
    if (mend) {
        header->checksum =
            XXH3_64bits(bytes + sizeof *header, len - sizeof *header);
    }
}

typedef struct Reading {
    Arena arena;
    const Model *model;
} Reading;

static void read_text(void *context) {
    static const char bytes[] = "Ruritania's army, he said, took 70,000 homes "
                                "in Strelsau on Monday. WHO KNOWS? Nobody";
    Reading *reading = context;
    Block block = {.kind = BLOCK_PARAGRAPH, .span = {0, sizeof bytes - 1}};
    Clean clean = {
        .text = {bytes, sizeof bytes - 1}, .blocks = &block, .block_count = 1};
    Text text;
    Tags tags;

    text_read(&reading->arena, fuzz_lexicon(), &clean, str_of("en"), &text);
    tag_read(&reading->arena, reading->model, &text, &tags);
    HOLDS(tags.count == text.token_count);
    for (uint32_t i = 0; i < tags.count; i++) {
        const Word *word = &tags.words[i];
        HOLDS(word->upos < UPOS_COUNT && word->xpos < XPOS_COUNT &&
              word->rel < REL_COUNT && word->name < NAME_LABEL_COUNT);
        HOLDS(word->head == TAG_ROOT || word->head < tags.count);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str good = fuzz_data("en.tagger");
    size_t len = good.len;
    int file = memfd_create("model", 0);
    char path[32], *bytes = malloc(len);
    Reading reading;
    Model *model;
    Error err;

    HOLDS(bytes && file >= 0 && len > 1024);
    memcpy(bytes, good.ptr, len);
    change(bytes, len, data, size);
    len -= size % CHANGE == 1 ? data[size - 1] : 0;
    HOLDS(write(file, bytes, len) == (ssize_t)len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (model_open(path, &model, &err) == OK) {
        arena_init(&reading.arena, 0);
        reading.model = model;
        HOLDS(arena_try(&reading.arena, read_text, &reading, &err) == OK);
        arena_deinit(&reading.arena);
        model_close(model);
    } else {
        HOLDS(err.status == ERR_DATA && err.message[0]);
    }
    close(file);
    free(bytes);
    return 0;
}
