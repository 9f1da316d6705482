/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/replay.c - runs a fuzz target once over each file of its folders.
 *
 * Stands in for libFuzzer's main, so that seeds and past crashes are tests
 * under any compiler: replay_NAME fuzz/seeds/NAME */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static int replay_file(const char *path) {
    FileMap map = {0};
    Error err;
    uint8_t *copy;

    if (file_map(path, &map, &err) != OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    /* A copy of the exact size, so that ASan sees one byte too far. */
    copy = malloc(map.bytes.len ? map.bytes.len : 1);
    if (copy && map.bytes.len) {
        memcpy(copy, map.bytes.ptr, map.bytes.len);
    }
    if (copy) {
        LLVMFuzzerTestOneInput(copy, map.bytes.len);
    }
    free(copy);
    file_unmap(&map);
    return 0;
}

static int is_shown(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static int replay_folder(const char *folder) {
    struct dirent **entries;
    int count = scandir(folder, &entries, is_shown, alphasort), failed = 0;

    if (count < 0) {
        perror(folder);
        return 1;
    }
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        failed |= replay_file(path);
        free(entries[i]);
    }
    free(entries);
    printf("%d inputs\n", count);
    return failed;
}

int main(int argc, char **argv) {
    int failed = 0;

    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        failed |= replay_folder(argv[i]);
    }
    return failed;
}
