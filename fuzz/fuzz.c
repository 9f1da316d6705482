/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz.c - see fuzz.h. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "base/utf8.h"
#include "find/find.h"

void fuzz_holds(bool holds, const char *property, const char *file, int line) {
    if (!holds) {
        fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, property);
        abort();
    }
}

const Knowledge *fuzz_knowledge(void) {
    static Knowledge knowledge;
    Error err;

    if (!knowledge.lexicon && knowledge_open(NULL, &knowledge, &err) != OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    return &knowledge;
}

const Lexicon *fuzz_lexicon(void) {
    return fuzz_knowledge()->lexicon;
}

Str fuzz_data(const char *name) {
    static FileMap map;
    Error err;
    Buf path;

    if (map.bytes.len == 0) {
        buf_init(&path, 0);
        HOLDS(data_find(name, &path, &err) == OK);
        HOLDS(file_map(path.ptr, &map, &err) == OK);
        buf_deinit(&path);
    }
    return map.bytes;
}

Str fuzz_text(Arena *arena, const uint8_t *data, size_t size) {
    Str bytes = {(const char *)data, size};
    char *out = arena_alloc(arena, size * 3 + 1);
    size_t done = 0;

    for (size_t len = 0;; done++) {
        Str rest = str_slice(bytes, done, size);
        size_t good = utf8_invalid(rest);
        if (good) {
            memcpy(out + len, rest.ptr, good);
        }
        len += good;
        done += good;
        if (done == size) {
            return (Str){out, len};
        }
        len += utf8_put(0xFFFD, out + len);
    }
}
