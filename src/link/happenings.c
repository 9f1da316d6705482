/* SPDX-License-Identifier: Apache-2.0 */
/* link/happenings.c - events that are one claim, and one occurrence.
 *
 * Room: link; after stories. A reprint has the same sentence, trigger and
 * code: such events share `claim`. A happening is one occurrence, told by
 * whomever: two events are one when a story tells both, their codes have the
 * same root, the same sides do it to the same sides, and a day at most lies
 * between them:
 *
 *     "Ardan envoys met Olmen rebels on Monday"       040 ARDGOV OLMREB
 *     "Monday's talks of Ardan's envoys with ..."     046 ARDGOV OLMREB
 *
 * Root and sides make one hash, `deed`; with the day it is an index. A side
 * that has neither code nor entity is nobody that can be compared: then there
 * is no deed. */
#include <stdlib.h>

#include "find/calendar.h"
#include "link/inside.h"

enum { RIVALS_MAX = 50, ROOT_DIGITS = 2 };

static int by_number(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Hash of those on one side, in whatever order; 0: one is unknown. */
static uint64_t side_hash(const Link *link, const EventSide *sides,
                          uint32_t count) {
    uint64_t *each = arena_alloc(link->arena, (count + 1) * sizeof *each);
    uint64_t hash = HASH_SEED;

    for (uint32_t i = 0; i < count; i++) {
        int64_t entity =
            sides[i].entity < 0 ? 0 : link->entities[sides[i].entity];
        Str name = sides[i].code.len
                       ? sides[i].code
                       : (Str){(const char *)&entity, sizeof entity};

        if (!sides[i].code.len && !entity) {
            return 0;
        }
        each[i] = hash_more(HASH_SEED, name);
    }
    qsort(each, count, sizeof *each, by_number);
    return count ? hash_more(hash,
                             (Str){(const char *)each, count * sizeof *each})
                 : 0;
}

static uint64_t deed_of(const Link *link, const Event *event) {
    uint64_t sides[2] = {
        side_hash(link, event->sources, event->source_count),
        side_hash(link, event->targets, event->target_count),
    };

    if (!sides[0] || !sides[1] || event->cameo.len < ROOT_DIGITS) {
        return 0;
    }
    return hash_more(
               hash_more(HASH_SEED, str_slice(event->cameo, 0, ROOT_DIGITS)),
               (Str){(const char *)sides, sizeof sides}) >>
           1;
}

/* The day it happened; without a time, that of publication. */
static bool day_of(const Link *link, const Event *event, int64_t *out) {
    Day day;

    if (!day_read(event->time.len ? event->time
                                  : link->analysis->clean.published,
                  &day)) {
        return false;
    }
    *out = day_number(day);
    return true;
}

static uint64_t key_of(const Link *link, const Event *event) {
    const Analysis *analysis = link->analysis;
    Str trigger = str_at(analysis->text.bytes, event->trigger);
    uint64_t key = words_hash(sentence_of(analysis, event->span), NULL);

    return hash_more(hash_more(key, trigger), event->cameo) >> 1;
}

static void link_sides(Link *link, int64_t number, const char *side,
                       const EventSide *sides, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        int64_t entity =
            sides[i].entity < 0 ? 0 : link->entities[sides[i].entity];
        sqlite3_stmt *q;

        if (!entity) {
            continue;
        }
        q = ask(link, "UPDATE event_side SET entity = ?4 WHERE event = ?1 AND "
                      "side = ?2 AND place = ?3");
        set_id(q, 1, number);
        set_str(q, 2, str_of(side));
        set_id(q, 3, i);
        set_id(q, 4, entity);
        run(link, q);
    }
}

/* Join the event with those of its deed, day and story. */
static void join(Link *link, int64_t number) {
    Numbers rivals = {0};
    int64_t happening =
        one(link, "SELECT happening FROM event WHERE event = ?1", number, 0);

    collect(link,
            "SELECT e.event FROM event m JOIN standing n ON n.report = "
            "m.report JOIN event e ON e.deed = m.deed AND e.day BETWEEN m.day "
            "- 1 AND m.day + 1 JOIN standing s ON s.report = e.report WHERE "
            "m.event = ?1 AND s.story = n.story AND NOT e.cut ORDER BY "
            "e.event LIMIT ?2",
            number, RIVALS_MAX, &rivals);
    for (uint32_t i = 0; i < rivals.count; i++) {
        int64_t other =
            one(link, "SELECT happening FROM event WHERE event = ?1",
                (int64_t)rivals.items[i], happening);

        happening =
            unite(link, "UPDATE event SET happening = ?1 WHERE happening = ?2",
                  happening, other);
    }
}

static void link_event(Link *link, int64_t number, const Event *event) {
    int64_t key = (int64_t)key_of(link, event), day = 0;
    uint64_t deed = deed_of(link, event);
    int64_t claim =
        one(link, "SELECT min(claim) FROM event WHERE key = ?1", key, number);
    sqlite3_stmt *q = ask(link, "UPDATE event SET claimant = ?2, key = ?3, "
                                "deed = ?4, day = ?5, claim = ?6 WHERE event "
                                "= ?1");

    set_id(q, 1, number);
    set_entity(q, 2, entity_of(link, &event->claimant));
    set_id(q, 3, key);
    if (deed) {
        set_id(q, 4, (int64_t)deed);
    }
    if (day_of(link, event, &day)) {
        set_id(q, 5, day);
    }
    set_id(q, 6, claim);
    run(link, q);
    link_sides(link, number, "source", event->sources, event->source_count);
    link_sides(link, number, "target", event->targets, event->target_count);
    join(link, number);
}

/* store_put() numbered the events of a report in a row, in their order. */
void happenings_link(Link *link) {
    const Analysis *analysis = link->analysis;
    int64_t first = one(link, "SELECT min(event) FROM event WHERE report = ?1",
                        link->report, 0);

    for (uint32_t i = 0; i < analysis->event_count; i++) {
        link_event(link, first + i, &analysis->events[i]);
    }
}

/* -------------------------------------------------------------- forgetting */

/* What is left of a happening is joined as if it were added anew. */
static void rejoin(Link *link, int64_t happening) {
    Numbers left = {0};

    collect(link,
            "SELECT event FROM event WHERE happening = ?1 AND key <> 0 ORDER "
            "BY event LIMIT ?2",
            happening, -1, &left);
    run1(link, "UPDATE event SET happening = event WHERE happening = ?1",
         happening);
    for (uint32_t i = 0; i < left.count; i++) {
        join(link, (int64_t)left.items[i]);
    }
}

void happenings_forget(Link *link) {
    Numbers groups = {0}, keys = {0};

    collect(link,
            "SELECT DISTINCT happening FROM event WHERE report = ?1 LIMIT ?2",
            link->report, -1, &groups);
    collect(link,
            "SELECT DISTINCT key FROM event WHERE report = ?1 AND key <> 0 "
            "LIMIT ?2",
            link->report, -1, &keys);
    run1(link,
         "UPDATE event SET key = 0, deed = NULL, claim = event, happening = "
         "event WHERE report = ?1",
         link->report);
    for (uint32_t i = 0; i < keys.count; i++) {
        run1(link,
             "UPDATE event SET claim = (SELECT min(event) FROM event WHERE "
             "key = ?1) WHERE key = ?1",
             (int64_t)keys.items[i]);
    }
    for (uint32_t i = 0; i < groups.count; i++) {
        rejoin(link, (int64_t)groups.items[i]);
    }
}
