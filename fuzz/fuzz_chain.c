/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_chain.c - a damaged file of chains is refused, or is safe to use.
 *
 * The input is the file, with its checksum mended when its first byte is odd,
 * since without that nothing gets past it. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/chain.h"

enum { CHECKSUM_AT = 16, CHECKED_FROM = 24 };

static void use(const ChainFile *file) {
    for (uint32_t i = 0; i < chain_count(file); i++) {
        const Chain *chain = chain_at(file, i);
        int32_t pairs[CHAIN_PAIRS_MAX] = {0};
        uint64_t hashes[] = {0, 1, UINT64_MAX};
        HOLDS(chain->labels >= 2 && chain->labels <= CHAIN_LABELS_MAX);
        chain_add(chain, hashes, 3, pairs);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    int made = memfd_create("chain", 0);
    char path[32], *bytes = malloc(size + 1);
    ChainFile *file;
    uint64_t checksum;
    Error err;

    HOLDS(bytes && made >= 0);
    if (size > 0) {
        memcpy(bytes, data + 1, size - 1);
        size--;
    }
    if (size >= CHECKED_FROM && (data[0] & 1)) {
        checksum = hash_str((Str){bytes + CHECKED_FROM, size - CHECKED_FROM});
        memcpy(bytes + CHECKSUM_AT, &checksum, sizeof checksum);
    }
    HOLDS(write(made, bytes, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", made);
    if (chain_open(path, &file, &err) == OK) {
        use(file);
        chain_close(file);
    } else {
        HOLDS(err.status == ERR_DATA && err.message[0]);
    }
    close(made);
    free(bytes);
    return 0;
}
