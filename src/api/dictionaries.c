/* SPDX-License-Identifier: Apache-2.0 */
/* api/dictionaries.c - see dictionaries.h. */
#include "api/dictionaries.h"

#include <stdlib.h>

#include "api/context.h"
#include "base/data.h"
#include "base/file.h"

enum { FILES_MAX = 64 };

struct Dictionaries {
    Arena arena;
    Coding coding; /* in the arena */
    FileMap files[FILES_MAX];
    unsigned count;
    bool own_verbs; /* no verbs but ours so far */
};

/* One dictionary on its way into the arena. */
typedef struct Reading {
    Dictionaries *dictionaries;
    dateline_dictionary kind;
    Str text;
    const char *path;
    void (*fault)(void *context, const char *message);
    void *context;
} Reading;

static void tell_fault(void *context, uint32_t line, const char *why) {
    const Reading *reading = context;
    Error message;

    if (reading->fault) {
        (void)fail(&message, ERR_INPUT, "%s:%u: %s; left out", reading->path,
                   line, why);
        reading->fault(reading->context, message.message);
    }
}

static void read_dictionary(void *context) {
    Reading *reading = context;
    Coding *coding = &reading->dictionaries->coding;

    switch (reading->kind) {
    case DATELINE_ACTORS:
        coding_read_actors(coding, reading->text, tell_fault, reading);
        break;
    case DATELINE_AGENTS:
        coding_read_agents(coding, reading->text, tell_fault, reading);
        break;
    case DATELINE_VERBS:
        coding_read_verbs(coding, reading->text, tell_fault, reading);
        break;
    }
}

static Status add_file(Reading *reading, Error *err) {
    Dictionaries *dictionaries = reading->dictionaries;
    FileMap *map = &dictionaries->files[dictionaries->count];
    Status status;

    if (dictionaries->count == FILES_MAX) {
        return fail(err, ERR_USAGE, "%s: more than %d dictionaries",
                    reading->path, FILES_MAX);
    }
    status = file_map(reading->path, map, err);
    if (status != OK) {
        return status;
    }
    dictionaries->count++;
    reading->text = map->bytes;
    return arena_try(&dictionaries->arena, read_dictionary, reading, err);
}

static void start(void *context) {
    Dictionaries *dictionaries = context;

    coding_init(&dictionaries->arena, &dictionaries->coding);
}

Status dictionaries_open(const char *folder, Dictionaries **out, Error *err) {
    Dictionaries *made = calloc(1, sizeof *made);
    Reading reading = {.dictionaries = made, .kind = DATELINE_VERBS};
    Status status;
    Buf path;

    if (!made) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    arena_init(&made->arena, 0);
    buf_init(&path, 0);
    status = data_find_in(folder, "en.verbs", &path, err);
    if (status == OK) {
        status = arena_try(&made->arena, start, made, err);
    }
    if (status == OK) {
        reading.path = path.ptr;
        status = add_file(&reading, err);
    }
    made->own_verbs = true;
    buf_deinit(&path);
    if (status == OK) {
        *out = made;
    } else {
        dictionaries_close(made);
    }
    return status;
}

void dictionaries_close(Dictionaries *dictionaries) {
    if (!dictionaries) {
        return;
    }
    for (unsigned i = 0; i < dictionaries->count; i++) {
        file_unmap(&dictionaries->files[i]);
    }
    arena_deinit(&dictionaries->arena);
    free(dictionaries);
}

const Coding *dictionaries_coding(const Dictionaries *dictionaries) {
    return &dictionaries->coding;
}

dateline_status
dateline_use_dictionary(dateline *d, dateline_dictionary kind, const char *path,
                        void (*fault)(void *context, const char *message),
                        void *context, dateline_error *error) {
    Reading reading = {.dictionaries = d->dictionaries,
                       .kind = kind,
                       .path = path,
                       .fault = fault,
                       .context = context};
    Error err = {0};

    if (kind == DATELINE_VERBS && d->dictionaries->own_verbs) {
        coding_clear_verbs(&d->dictionaries->coding);
        d->dictionaries->own_verbs = false;
    }
    return told(add_file(&reading, &err), &err, error);
}
