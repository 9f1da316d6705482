/* SPDX-License-Identifier: Apache-2.0 */
/* link/sql.c - statements with a sticky error. See inside.h.
 *
 * Room: link. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "link/inside.h"

sqlite3_stmt *ask(Link *link, const char *sql) {
    sqlite3_stmt *q = NULL;

    if (link->status == OK) {
        link->status = store_sql(link->store, sql, &q, link->err);
    }
    return link->status == OK ? q : NULL;
}

void set_id(sqlite3_stmt *q, int parameter, int64_t value) {
    if (q) {
        sqlite3_bind_int64(q, parameter, value);
    }
}

void set_str(sqlite3_stmt *q, int parameter, Str text) {
    if (q) {
        bind_str(q, parameter, text);
    }
}

bool next_row(Link *link, sqlite3_stmt *q) {
    int step = SQLITE_DONE;

    if (link->status == OK) {
        assert(q);
        link->status = store_step(link->store, q, &step, link->err);
    }
    return link->status == OK && step == SQLITE_ROW;
}

void done(sqlite3_stmt *q) {
    if (q) {
        sqlite3_reset(q);
    }
}

void run(Link *link, sqlite3_stmt *q) {
    if (link->status == OK) {
        assert(q);
        link->status = store_run(link->store, q, link->err);
    }
}

void run1(Link *link, const char *sql, int64_t a) {
    sqlite3_stmt *q = ask(link, sql);

    set_id(q, 1, a);
    run(link, q);
}

void run2(Link *link, const char *sql, int64_t a, int64_t b) {
    sqlite3_stmt *q = ask(link, sql);

    set_id(q, 1, a);
    set_id(q, 2, b);
    run(link, q);
}

void run3(Link *link, const char *sql, int64_t a, int64_t b, int64_t c) {
    sqlite3_stmt *q = ask(link, sql);

    set_id(q, 1, a);
    set_id(q, 2, b);
    set_id(q, 3, c);
    run(link, q);
}

int64_t one(Link *link, const char *sql, int64_t a, int64_t missing) {
    sqlite3_stmt *q = ask(link, sql);
    int64_t found = missing;

    set_id(q, 1, a);
    if (next_row(link, q)) {
        if (sqlite3_column_type(q, 0) != SQLITE_NULL) {
            found = sqlite3_column_int64(q, 0);
        }
        done(q);
    }
    return found;
}

/* ----------------------------------------------------------------- numbers */

void numbers_push(Arena *arena, Numbers *list, uint64_t number) {
    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
                             sizeof *list->items);
    list->items[list->count++] = number;
}

static int compare_numbers(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

void numbers_sort(Numbers *list) {
    uint32_t kept = 0;

    if (list->count) {
        qsort(list->items, list->count, sizeof *list->items, compare_numbers);
    }
    for (uint32_t i = 0; i < list->count; i++) {
        if (kept == 0 || list->items[kept - 1] != list->items[i]) {
            list->items[kept++] = list->items[i];
        }
    }
    list->count = kept;
}

Str numbers_pack(Arena *arena, const Numbers *list) {
    size_t len = (size_t)list->count * 8;
    char *bytes = arena_alloc(arena, len + 1);

    for (size_t i = 0; i < len; i++) {
        bytes[i] = (char)(list->items[i / 8] >> (i % 8 * 8));
    }
    return (Str){bytes, len};
}

Numbers numbers_unpack(Arena *arena, Str blob) {
    Numbers list = {0};

    list.count = list.capacity = (uint32_t)(blob.len / 8);
    list.items = arena_zero(arena, (size_t)list.count * 8 + 1);
    for (size_t i = 0; i < (size_t)list.count * 8; i++) {
        list.items[i / 8] |= (uint64_t)(unsigned char)blob.ptr[i]
                             << (i % 8 * 8);
    }
    return list;
}

Numbers trace_read(Link *link, int64_t report, const char *sql) {
    sqlite3_stmt *q = ask(link, sql);
    Numbers list = {0};

    set_id(q, 1, report);
    if (next_row(link, q)) {
        Str blob = {sqlite3_column_blob(q, 0),
                    (size_t)sqlite3_column_bytes(q, 0)};

        list = numbers_unpack(link->arena, blob);
        done(q);
    }
    return list;
}

void trace_write(Link *link, int64_t report, const char *sql,
                 const Numbers *list) {
    sqlite3_stmt *q = ask(link, sql);
    Str blob = numbers_pack(link->arena, list);

    set_id(q, 1, report);
    if (q) {
        sqlite3_bind_blob64(q, 2, blob.ptr, blob.len, SQLITE_STATIC);
    }
    run(link, q);
}
