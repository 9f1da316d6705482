/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_block.c - any bytes as a block of postings: what is read is in
 * order, can be found again, and written anew reads the same. */
#include "fuzz.h"

#include <stdlib.h>

#include "store/block.h"

enum { ITEMS_MAX = 1 << 14 };

/* Read up to ITEMS_MAX; `*damaged` tells how it ended. */
static size_t read_items(Str bytes, uint64_t base, Posting *out,
                         bool *damaged) {
    BlockReader reader = block_open(bytes, base);
    BlockResult result = BLOCK_ITEM;
    size_t count = 0;

    while (count < ITEMS_MAX &&
           (result = block_next(&reader, &out[count])) == BLOCK_ITEM) {
        HOLDS(out[count].key >= base && out[count].key >> KEY_BITS == 0);
        HOLDS(out[count].report > 0);
        HOLDS(count == 0 || out[count].key > out[count - 1].key ||
              (out[count].key == out[count - 1].key &&
               out[count].report > out[count - 1].report));
        count++;
    }
    *damaged = result == BLOCK_DAMAGED;
    return count;
}

static void check_search(Str bytes, uint64_t base, const Posting *items,
                         size_t count) {
    for (size_t i = 0; i < count; i += 1 + count / 16) {
        BlockReader reader = block_open(bytes, base);
        Posting posting;

        HOLDS(block_seek(&reader, items[i].key) == BLOCK_ITEM);
        do {
            HOLDS(reader.left > 0);
            HOLDS(block_next(&reader, &posting) == BLOCK_ITEM);
            HOLDS(posting.key == items[i].key);
        } while (posting.report != items[i].report);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Posting *items = malloc(2 * ITEMS_MAX * sizeof *items);
    uint64_t base = size ? data[0] : 0;
    Str bytes = {(const char *)data + (size > 0), size ? size - 1 : 0};
    bool damaged;
    size_t count;
    Buf out;

    HOLDS(items != NULL);
    count = read_items(bytes, base, items, &damaged);
    buf_init(&out, 0);
    block_write(&out, base, items, count);
    HOLDS(out.status == OK);
    HOLDS(read_items(buf_str(&out), base, items + ITEMS_MAX, &damaged) ==
          count);
    HOLDS(!damaged);
    check_search(buf_str(&out), base, items, count);
    buf_deinit(&out);
    free(items);
    return 0;
}
