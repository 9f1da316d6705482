/* SPDX-License-Identifier: Apache-2.0 */
/* link/origins.c - reports that are one source.
 *
 * Room: link. Copies marked `one_source` are the edges of a graph; an origin
 * is one of its components, named by its least report number. A new report
 * joins components; one that goes may split its own, which is then walked:
 *
 *     1 --- 3 --- 7      without 3:      1      7 --- 9
 *                 |
 *                 9                                          */
#include "link/inside.h"

/* Every member of the origin of `report`, in rising order. */
static Numbers members(Link *link, int64_t report) {
    Numbers list = {0};
    sqlite3_stmt *q =
        ask(link, "SELECT report FROM standing WHERE origin = (SELECT origin "
                  "FROM standing WHERE report = ?1) ORDER BY report");

    set_id(q, 1, report);
    while (next_row(link, q)) {
        numbers_push(link->arena, &list, (uint64_t)sqlite3_column_int64(q, 0));
    }
    return list;
}

static Numbers neighbours(Link *link, int64_t report) {
    Numbers list = {0};
    sqlite3_stmt *q = ask(link, "SELECT b FROM copy WHERE a = ?1 AND "
                                "one_source UNION ALL SELECT a FROM copy "
                                "WHERE b = ?1 AND one_source");

    set_id(q, 1, report);
    while (next_row(link, q)) {
        numbers_push(link->arena, &list, (uint64_t)sqlite3_column_int64(q, 0));
    }
    return list;
}

void origin_join(Link *link, int64_t report) {
    Numbers near = neighbours(link, report), origins = {0};
    static const char origin_of[] =
        "SELECT origin FROM standing WHERE report = ?1";

    numbers_push(link->arena, &origins,
                 (uint64_t)one(link, origin_of, report, report));
    for (uint32_t i = 0; i < near.count; i++) {
        int64_t other = (int64_t)near.items[i];

        numbers_push(link->arena, &origins,
                     (uint64_t)one(link, origin_of, other, other));
    }
    numbers_sort(&origins);
    for (uint32_t i = 1; i < origins.count; i++) {
        run2(link, "UPDATE standing SET origin = ?1 WHERE origin = ?2",
             (int64_t)origins.items[0], (int64_t)origins.items[i]);
    }
}

/* Put all that is reached from `start` and has no origin yet into one. */
static void flood(Link *link, uint64_t start, Map *seen) {
    Numbers queue = {0};

    numbers_push(link->arena, &queue, start);
    map_put(seen, start, 1, NULL);
    for (uint32_t i = 0; i < queue.count; i++) {
        Numbers near = neighbours(link, (int64_t)queue.items[i]);

        run2(link, "UPDATE standing SET origin = ?1 WHERE report = ?2",
             (int64_t)start, (int64_t)queue.items[i]);
        for (uint32_t k = 0; k < near.count; k++) {
            bool is_new;

            map_put(seen, near.items[k], 1, &is_new);
            if (is_new) {
                numbers_push(link->arena, &queue, near.items[k]);
            }
        }
    }
}

void origin_split(Link *link, int64_t report) {
    Numbers all = members(link, report);
    Map seen;

    map_init(&seen, link->arena, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        if (!map_find(&seen, all.items[i])) {
            flood(link, all.items[i], &seen);
        }
    }
}
