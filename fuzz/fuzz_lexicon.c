/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_lexicon.c - a damaged lexicon is refused, or is safe to ask.
 *
 * The input is a list of changes to the project's own lexicon, six bytes
 * each: where (4), what to put there (1), and whether to mend the checksum
 * afterwards (1), since without that nothing gets past it. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CHANGE = 6, HEADER = 56, CHECKSUM_AT = 16, CHANGES_MAX = 64 };

/* The place is one of the header's and tables' bytes every other time, since
 * those say where all else is. */
static void change(char *bytes, size_t len, const uint8_t *data, size_t size) {
    bool mend = false;
    uint64_t checksum;

    for (size_t i = 0; i + CHANGE <= size && i < CHANGES_MAX * CHANGE;
         i += CHANGE) {
        uint32_t at;
        memcpy(&at, data + i, sizeof at);
        at = (uint32_t)(at & 1 ? (at >> 1) % 1024 : (at >> 1) % len);
        bytes[at] = (char)data[i + 4];
        mend |= data[i + 5] & 1;
    }
    if (mend) {
        checksum = hash_str((Str){bytes + HEADER, len - HEADER});
        memcpy(bytes + CHECKSUM_AT, &checksum, sizeof checksum);
    }
}

/* Ask for every row and cell, and for words that are there and are not. */
static void ask(const Lexicon *lexicon) {
    size_t sum = 0;

    for (LexKind kind = 0; kind < LEX_KIND_COUNT; kind++) {
        static const uint32_t columns[LEX_KIND_COUNT] = LEX_COLUMN_COUNTS;
        for (uint32_t row = 0; row < lexicon_rows(lexicon, kind); row++) {
            LexRow at = {lexicon, kind, row};
            for (uint32_t column = 0; column < columns[kind]; column++) {
                sum += lex_cell(at, column).len;
            }
        }
        sum += lexicon_has(lexicon, kind, str_of("said"));
        sum += lexicon_has(lexicon, kind, str_of("no such word"));
    }
    HOLDS(sum < SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str good = fuzz_data("en.lexicon");
    size_t len = good.len;
    int file = memfd_create("lexicon", 0);
    char path[32], *bytes = malloc(len);
    Lexicon *lexicon;
    Error err;

    HOLDS(bytes && file >= 0 && len > 1024);
    memcpy(bytes, good.ptr, len);
    change(bytes, len, data, size);
    len -= size % CHANGE == 1 ? data[size - 1] : 0;
    HOLDS(write(file, bytes, len) == (ssize_t)len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (lexicon_open(path, &lexicon, &err) == OK) {
        ask(lexicon);
        lexicon_close(lexicon);
    } else {
        HOLDS(err.status == ERR_DATA && err.message[0]);
    }
    close(file);
    free(bytes);
    return 0;
}
