/* SPDX-License-Identifier: Apache-2.0 */
/* link/near.c - see near.h.
 *
 * Room: link. */
#include "link/near.h"

#include <stdlib.h>

#include "store/postings.h"

enum {
    KEYS = 12,           /* terms of a report that the index has */
    POSTINGS_MAX = 48,   /* latest reports of one key */
    CANDIDATES_MAX = 24, /* reports compared */
    COUNTRY_CODE = 3,    /* letters of an actor's code that name a country */
    LEAD_BYTES = 300,    /* where an undated report may name its day */
};

/* ------------------------------------------------------------------ profile */

/* The day that a report is of: of publication, else the first that its lead
 * names in full. */
static int32_t day_of(const Analysis *analysis) {
    int32_t day = profile_day(analysis->clean.published);

    for (uint32_t i = 0; day == PROFILE_NO_DAY && i < analysis->time_count &&
                         analysis->times[i].span.begin < LEAD_BYTES;
         i++) {
        day = profile_day(analysis->times[i].value);
    }
    return day;
}

/* True for who is in the news for years, whatever happens: a country, its
 * places and people, a body of a state, whoever holds an office. */
static bool is_lasting(const Entity *entity) {
    return entity->type == ENTITY_GPE || entity->type == ENTITY_NORP ||
           entity->code.len > COUNTRY_CODE ||
           (entity->type == ENTITY_PER && entity->role.len > 0);
}

static StrList lasting_names(Arena *arena, const Analysis *analysis) {
    StrList names = {0};

    for (uint32_t i = 0; i < analysis->entity_count; i++) {
        const Entity *entity = &analysis->entities[i];

        for (uint32_t k = 0; is_lasting(entity) && k < entity->aliases.count;
             k++) {
            str_push(arena, &names, entity->aliases.items[k]);
        }
    }
    return names;
}

void near_profile(Link *link, Profile *out) {
    const Analysis *analysis = link->analysis;
    ProfileSource source = {.title = analysis->clean.title,
                            .url = analysis->report->url,
                            .text = analysis->clean.text,
                            .body = &analysis->clean.body,
                            .actors = lasting_names(link->arena, analysis)};
    Term *terms;
    uint32_t count =
        profile_terms(link->arena, analysis->text.lexicon, &source, &terms);

    profile_of(terms, count, day_of(analysis), out);
}

static int by_weight(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

    if ((a ^ b) & UINT16_MAX) {
        return (a & UINT16_MAX) < (b & UINT16_MAX) ? 1 : -1;
    }
    return (a > b) - (a < b);
}

/* The strongest terms of a profile: their hashes for the index, and their
 * weights, 0 to 1. */
typedef struct Keys {
    uint64_t hashes[KEYS];
    double weights[KEYS];
    uint32_t count;
} Keys;

static Keys keys_of(const Profile *profile) {
    Profile sorted = *profile;
    Keys keys = {.count = profile->count < KEYS ? profile->count : KEYS};

    qsort(sorted.terms, sorted.count, sizeof *sorted.terms, by_weight);
    for (uint32_t i = 0; i < keys.count; i++) {
        keys.hashes[i] = profile_hash(&sorted, i);
        keys.weights[i] = profile_weight(&sorted, i);
    }
    return keys;
}

void near_keep(Link *link, const Profile *profile) {
    Str packed = profile_pack(link->arena, profile);
    Keys keys = keys_of(profile);
    sqlite3_stmt *q =
        ask(link, "INSERT INTO trace (report, terms, day) VALUES (?1, ?2, ?3) "
                  "ON CONFLICT (report) DO UPDATE SET terms = excluded.terms, "
                  "day = excluded.day");

    set_id(q, 1, link->report);
    if (q) {
        sqlite3_bind_blob64(q, 2, packed.ptr, packed.len, SQLITE_STATIC);
        if (profile->day == PROFILE_NO_DAY) {
            sqlite3_bind_null(q, 3);
        } else {
            sqlite3_bind_int(q, 3, profile->day);
        }
    }
    run(link, q);
    if (link->status == OK) {
        link->status = postings_add(link->store, POSTING_TERM, keys.hashes,
                                    keys.count, link->report, link->err);
    }
}

void near_forget(Link *link) {
    sqlite3_stmt *q =
        ask(link, "SELECT terms, day FROM trace WHERE report = ?1");
    Profile profile = {0};
    Keys keys;

    set_id(q, 1, link->report);
    if (next_row(link, q)) {
        near_column(q, 0, &profile);
        done(q);
    }
    keys = keys_of(&profile);
    if (link->status == OK) {
        link->status = postings_remove(link->store, POSTING_TERM, keys.hashes,
                                       keys.count, link->report, link->err);
    }
}

void near_column(sqlite3_stmt *q, int column, Profile *out) {
    Str bytes = {sqlite3_column_blob(q, column),
                 (size_t)sqlite3_column_bytes(q, column)};
    bool dated = sqlite3_column_type(q, column + 1) != SQLITE_NULL;

    profile_unpack(
        bytes, dated ? sqlite3_column_int(q, column + 1) : PROFILE_NO_DAY, out);
}

/* ------------------------------------------------------------- what is near */

/* The reports of the key number `which` come in. */
typedef struct Sharing {
    Arena *arena;
    const Keys *keys;
    Nears all;
} Sharing;

static void add_sharing(void *context, uint32_t which, const int64_t *reports,
                        uint32_t count) {
    Sharing *sharing = context;
    Nears *all = &sharing->all;
    double weight = sharing->keys->weights[which];

    for (uint32_t i = 0; i < count; i++) {
        bool is_new;
        uint32_t *at =
            map_put(&all->index, (uint64_t)reports[i], all->count, &is_new);

        if (is_new) {
            all->items = arena_grow(sharing->arena, all->items, all->count,
                                    &all->capacity, sizeof *all->items);
            all->items[all->count++] = (Near){.report = reports[i]};
        }
        all->items[*at].shared += weight * weight;
    }
}

static int by_shared(const void *x, const void *y) {
    const Near *a = x, *b = y;

    if (a->shared != b->shared) {
        return a->shared < b->shared ? 1 : -1;
    }
    return a->report < b->report ? 1 : -1;
}

static int by_same(const void *x, const void *y) {
    const Near *a = x, *b = y;

    if (a->same != b->same) {
        return a->same < b->same ? 1 : -1;
    }
    return a->report < b->report ? -1 : 1;
}

static void measure(Link *link, const Profile *mine, Near *near) {
    sqlite3_stmt *q =
        ask(link, "SELECT s.story, t.terms, t.day FROM trace t JOIN standing s "
                  "ON s.report = t.report WHERE t.report = ?1");

    set_id(q, 1, near->report);
    if (next_row(link, q)) {
        Profile *profile = arena_alloc(link->arena, sizeof *profile);

        near->story = sqlite3_column_int64(q, 0);
        near_column(q, 1, profile);
        near->profile = profile;
        near->same = profile_same(mine, profile);
        done(q);
    }
}

Nears near_find(Link *link, const Profile *mine) {
    Keys keys = keys_of(mine);
    Sharing sharing = {.arena = link->arena, .keys = &keys};
    Nears all;

    map_init(&sharing.all.index, link->arena, KEYS * POSTINGS_MAX);
    if (link->status == OK) {
        link->status = postings_find(link->store, POSTING_TERM, keys.hashes,
                                     keys.count, POSTINGS_LAST, POSTINGS_MAX,
                                     add_sharing, &sharing, link->err);
    }
    all = sharing.all;
    if (all.count) {
        qsort(all.items, all.count, sizeof *all.items, by_shared);
    }
    if (all.count > CANDIDATES_MAX) {
        all.count = CANDIDATES_MAX;
    }
    for (uint32_t i = 0; i < all.count; i++) {
        measure(link, mine, &all.items[i]);
    }
    if (all.count) {
        qsort(all.items, all.count, sizeof *all.items, by_same);
    }
    return all;
}
