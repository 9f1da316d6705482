/* SPDX-License-Identifier: Apache-2.0 */
/* link/counts.c - figures that count the same thing.
 *
 * Room: link; after stories. Two figures may be one count when a story tells
 * both, of the same kind, the same group of people and the same kind of
 * period, and a day at most lies between them:
 *
 *     "at least 30 people were killed on Monday"     30, lead   count 1
 *     "Monday's toll rose to 41, five children"      41, lead   count 1
 *                                  5 children                   count 3
 *
 * Kind, group and period make one hash, `frame`; with the day it is an index.
 * Among those, equal numbers join. Different ones join where both are the toll
 * that their report tells (`lead`: of its frame the greatest, or near it),
 * where both name a place that they share, and inside one report only where
 * two claimants differ: else "15 died here, 8 there" would be one. How far
 * numbers may lie apart was tried out on labelled reports. */
#include "find/calendar.h"
#include "link/inside.h"

enum { RIVALS_MAX = 200, SURE_NUMBER = 5 };

static const double LEAD_NEAR = 1.6, LEADS_APART = 3, PLACE_APART = 1.6,
                    INSIDE_APART = 2.5, RUNNING_APART = 1.3;

typedef enum Period { PERIOD_DAY, PERIOD_COARSE, PERIOD_RUNNING } Period;

/* A figure as it is compared. */
typedef struct Tally {
    int64_t figure, report, count;
    int64_t low, high, best; /* FIGURE_UNKNOWN: open */
    int64_t claimant;        /* entity, 0: none or unknown */
    Str claimant_name, place;
    bool lead, running;
} Tally;

static int64_t main_number(int64_t low, int64_t high, int64_t best) {
    if (best != FIGURE_UNKNOWN) {
        return best;
    }
    return low != FIGURE_UNKNOWN ? low : high;
}

static bool near(int64_t a, int64_t b, double apart) {
    return (double)(a < b ? a : b) * apart >= (double)(a < b ? b : a);
}

/* ---------------------------------------------------------------- the frame */

static bool read_day(Str date, int64_t *out) {
    Day day;

    if (!day_read(date, &day)) {
        return false;
    }
    *out = day_number(day);
    return true;
}

static Period period_of(const Figure *figure) {
    int64_t from, to;

    if (!figure->to.len) {
        return PERIOD_DAY;
    }
    if (!figure->from.len || str_equal(figure->from, figure->to)) {
        return read_day(figure->to, &to) ? PERIOD_DAY : PERIOD_COARSE;
    }
    return read_day(figure->from, &from) && read_day(figure->to, &to) &&
                   to - from <= 1
               ? PERIOD_DAY
               : PERIOD_RUNNING;
}

/* The last word of who is counted; empty where anybody is. Of armed groups
 * only which side they are of: "fighters" are "militants". */
static Str group_of(const Link *link, const Figure *figure) {
    const Lexicon *lexicon = link->analysis->text.lexicon;
    Str text = str_at(link->analysis->text.bytes, figure->of);
    size_t begin = text.len;
    Str noun, code;
    LexRow row;

    while (begin > 0 && text.ptr[begin - 1] != ' ') {
        begin--;
    }
    noun = str_lower(link->arena, str_slice(text, begin, text.len));
    if (lexicon_has(lexicon, LEX_ANYBODY, noun)) {
        return (Str){0};
    }
    row = lexicon_find(lexicon, LEX_ACTOR, noun);
    code = row.lexicon ? lex_cell(row, LEX_ACTOR_CODE) : (Str){0};
    return str_is(code, "REB") || str_is(code, "MIL") ? code : noun;
}

static uint64_t frame_of(const Link *link, const Figure *figure) {
    Period period = period_of(figure);
    char head[2] = {(char)figure->kind, (char)period};
    uint64_t hash = hash_more(HASH_SEED, (Str){head, sizeof head});

    hash = hash_more(hash, group_of(link, figure));
    if (period == PERIOD_COARSE) {
        hash = hash_more(hash, figure->to);
    }
    return hash >> 1;
}

static int64_t number_of(const Figure *figure) {
    return main_number(figure->low, figure->high, figure->best);
}

/* The figure with the greatest number of each frame in the report. */
static void tolls(const Link *link, const uint64_t *frames, Map *out) {
    const Analysis *analysis = link->analysis;

    map_init(out, link->arena, analysis->figure_count + 1);
    for (uint32_t i = 0; i < analysis->figure_count; i++) {
        uint32_t *most = map_put(out, frames[i], i, NULL);

        if (number_of(&analysis->figures[i]) >
            number_of(&analysis->figures[*most])) {
            *most = i;
        }
    }
}

/* -------------------------------------------------------------- comparing */

static bool same_number(const Tally *a, const Tally *b) {
    return (a->low == b->low && a->high == b->high) ||
           (a->best != FIGURE_UNKNOWN && a->best == b->best);
}

/* True if both name who says so, and these are two. */
static bool claimants_differ(const Tally *a, const Tally *b) {
    if (!a->claimant_name.len || !b->claimant_name.len) {
        return false;
    }
    return a->claimant && b->claimant
               ? a->claimant != b->claimant
               : !str_equal_fold(a->claimant_name, b->claimant_name);
}

/* True if the names of the places share a word. */
static bool places_meet(Arena *arena, Str a, Str b) {
    Words words[2];
    Str names[2] = {a, b};

    for (int i = 0; i < 2; i++) {
        Span all = {0, (uint32_t)names[i].len};
        SpanList body = {&all, 1, 1};
        words_read(arena, names[i], &body, NULL, &words[i]);
    }
    for (uint32_t i = 0; i < words[0].count; i++) {
        for (uint32_t k = 0; k < words[1].count; k++) {
            if (words[0].items[i].hash == words[1].items[k].hash) {
                return true;
            }
        }
    }
    return false;
}

static bool one_count(Link *link, const Tally *a, const Tally *b) {
    int64_t x = main_number(a->low, a->high, a->best);
    int64_t y = main_number(b->low, b->high, b->best);

    if (same_number(a, b)) {
        return x >= SURE_NUMBER || (a->lead && b->lead) || !a->place.len ||
               !b->place.len || places_meet(link->arena, a->place, b->place);
    }
    if (a->running && !near(x, y, RUNNING_APART)) {
        return false;
    }
    if (a->report == b->report) {
        return claimants_differ(a, b) && near(x, y, INSIDE_APART);
    }
    if (a->lead && b->lead) {
        return near(x, y, LEADS_APART);
    }
    return near(x, y, PLACE_APART) &&
           places_meet(link->arena, a->place, b->place);
}

/* ----------------------------------------------------------------- the store
 */

static int64_t number_or_open(sqlite3_stmt *q, int column) {
    return sqlite3_column_type(q, column) == SQLITE_NULL
               ? FIGURE_UNKNOWN
               : sqlite3_column_int64(q, column);
}

#define TALLY_COLUMNS                                                          \
    "f.figure, f.report, c.count, f.low, f.high, f.best, f.claimant, "         \
    "f.claimant_name, f.place, c.lead, f.\"from\" <> f.\"to\""

static Tally tally_of_row(Link *link, sqlite3_stmt *q) {
    return (Tally){.figure = sqlite3_column_int64(q, 0),
                   .report = sqlite3_column_int64(q, 1),
                   .count = sqlite3_column_int64(q, 2),
                   .low = number_or_open(q, 3),
                   .high = number_or_open(q, 4),
                   .best = number_or_open(q, 5),
                   .claimant = sqlite3_column_int64(q, 6),
                   .claimant_name = str_dup(link->arena, column_str(q, 7)),
                   .place = str_dup(link->arena, column_str(q, 8)),
                   .lead = sqlite3_column_int(q, 9) != 0,
                   .running = sqlite3_column_int(q, 10) != 0};
}

/* Join the figure with those of its frame, day and story. */
static void join(Link *link, int64_t number) {
    Tally *rivals = NULL, mine;
    uint32_t count = 0, capacity = 0;
    sqlite3_stmt *q =
        ask(link, "SELECT " TALLY_COLUMNS " FROM counted c JOIN figure f ON "
                  "f.figure = c.figure WHERE c.figure = ?1");

    set_id(q, 1, number);
    if (!next_row(link, q)) {
        return;
    }
    mine = tally_of_row(link, q);
    done(q);
    q = ask(link, "SELECT " TALLY_COLUMNS " FROM counted m JOIN figure o ON "
                  "o.figure = m.figure JOIN standing n ON n.report = o.report "
                  "JOIN counted c ON c.frame = m.frame AND (c.day BETWEEN "
                  "m.day - 1 AND m.day + 1 OR (c.day IS NULL AND m.day IS "
                  "NULL)) JOIN figure f ON f.figure = c.figure JOIN standing s "
                  "ON s.report = f.report WHERE m.figure = ?1 AND c.figure <> "
                  "?1 AND s.story = n.story AND NOT f.cut ORDER BY f.figure "
                  "LIMIT ?2");
    set_id(q, 1, number);
    set_id(q, 2, RIVALS_MAX);
    while (next_row(link, q)) {
        rivals =
            arena_grow(link->arena, rivals, count, &capacity, sizeof *rivals);
        rivals[count++] = tally_of_row(link, q);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (one_count(link, &mine, &rivals[i])) {
            int64_t other =
                one(link, "SELECT count FROM counted WHERE figure = ?1",
                    rivals[i].figure, mine.count);
            mine.count =
                unite(link, "UPDATE counted SET count = ?1 WHERE count = ?2",
                      mine.count, other);
        }
    }
}

static void link_figure(Link *link, int64_t number, const Figure *figure,
                        uint64_t frame, int64_t toll) {
    int64_t day = 0;
    Str date = figure->to.len ? figure->to : link->analysis->clean.published;
    sqlite3_stmt *q =
        ask(link, "INSERT INTO counted (figure, frame, day, lead, count) "
                  "VALUES (?1, ?2, ?3, ?4, ?1)");

    set_id(q, 1, number);
    set_id(q, 2, (int64_t)frame);
    if (read_day(date, &day)) {
        set_id(q, 3, day);
    }
    set_id(q, 4,
           period_of(figure) != PERIOD_DAY ||
               near(number_of(figure), toll, LEAD_NEAR));
    run(link, q);
    join(link, number);
}

/* store_put() numbered the figures of a report in a row, in their order. */
void counts_link(Link *link) {
    const Analysis *analysis = link->analysis;
    uint64_t *frames =
        arena_alloc(link->arena, (analysis->figure_count + 1) * sizeof *frames);
    int64_t first =
        one(link, "SELECT min(figure) FROM figure WHERE report = ?1",
            link->report, 0);
    Map most;

    for (uint32_t i = 0; i < analysis->figure_count; i++) {
        frames[i] = frame_of(link, &analysis->figures[i]);
    }
    tolls(link, frames, &most);
    for (uint32_t i = 0; i < analysis->figure_count; i++) {
        link_figure(link, first + i, &analysis->figures[i], frames[i],
                    number_of(&analysis->figures[*map_find(&most, frames[i])]));
    }
}

/* -------------------------------------------------------------- forgetting */

/* What is left of a count is joined as if it were added anew. */
static void rejoin(Link *link, int64_t group) {
    Numbers left = {0};

    collect(link,
            "SELECT figure FROM counted WHERE count = ?1 ORDER BY figure "
            "LIMIT ?2",
            group, -1, &left);
    run1(link, "UPDATE counted SET count = figure WHERE count = ?1", group);
    for (uint32_t i = 0; i < left.count; i++) {
        join(link, (int64_t)left.items[i]);
    }
}

void counts_forget(Link *link) {
    Numbers groups = {0};

    collect(link,
            "SELECT DISTINCT c.count FROM figure f JOIN counted c ON c.figure "
            "= f.figure WHERE f.report = ?1 LIMIT ?2",
            link->report, -1, &groups);
    run1(link,
         "DELETE FROM counted WHERE figure IN (SELECT figure FROM figure "
         "WHERE report = ?1)",
         link->report);
    for (uint32_t i = 0; i < groups.count; i++) {
        rejoin(link, (int64_t)groups.items[i]);
    }
}
