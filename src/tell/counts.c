/* SPDX-License-Identifier: Apache-2.0 */
/* tell/counts.c - see counts.h.
 *
 * Numbers exclude one another when their ranges do not meet, where a lower
 * bound reaches up by a quarter, an upper bound down by a fifth, and "about"
 * is a tenth to either side:
 *
 *     at least 30 [30,37.5]    about 40 [36,44]    meet
 *     at least 30 [30,37.5]    45       [45,45]    exclude one another
 *
 * Vague words ("dozens") exclude nothing, and numbers too far apart are rather
 * of two things than two claims about one. */
#include "tell/counts.h"

static const double REACH_UP = 1.25, REACH_DOWN = .8, ABOUT = .1,
                    ONE_THING = 2.5;

typedef struct Toll {
    int64_t claim, report, claimant;
    int64_t low, high, best; /* FIGURE_UNKNOWN: open */
    bool approximate;
    Str name, outlet, published;
} Toll;

static int64_t number_or_open(Query *query, int column) {
    return query_null(query, column) ? FIGURE_UNKNOWN
                                     : query_int(query, column);
}

static void range_of(const Toll *toll, double *low, double *high) {
    *low = toll->low == FIGURE_UNKNOWN ? (double)toll->high * REACH_DOWN
                                       : (double)toll->low;
    *high = toll->high == FIGURE_UNKNOWN ? (double)toll->low * REACH_UP
                                         : (double)toll->high;
    if (toll->approximate && toll->low == toll->high) {
        *low *= 1 - ABOUT;
        *high *= 1 + ABOUT;
    }
}

static double main_number(const Toll *toll) {
    if (toll->best != FIGURE_UNKNOWN) {
        return (double)toll->best;
    }
    return (double)(toll->low != FIGURE_UNKNOWN ? toll->low : toll->high);
}

static bool is_vague(const Toll *toll) {
    return toll->best == FIGURE_UNKNOWN && toll->approximate;
}

static bool exclude(const Toll *a, const Toll *b) {
    double low[2], high[2], x = main_number(a), y = main_number(b);

    if (is_vague(a) || is_vague(b) ||
        (x < y ? x : y) * ONE_THING < (x < y ? y : x)) {
        return false;
    }
    range_of(a, &low[0], &high[0]);
    range_of(b, &low[1], &high[1]);
    return low[0] > high[1] || low[1] > high[0];
}

/* The same source, or the same outlet on its own word. */
static bool one_claimant(const Toll *a, const Toll *b) {
    if (a->claimant && b->claimant) {
        return a->claimant == b->claimant;
    }
    if (a->name.len || b->name.len) {
        return str_equal_fold(a->name, b->name);
    }
    return a->outlet.len && str_equal_fold(a->outlet, b->outlet);
}

static void push(Arena *arena, Claims *list, int64_t claim) {
    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
                             sizeof *list->items);
    list->items[list->count++] = claim;
}

static Toll toll_of_row(Query *query, Arena *arena) {
    return (Toll){.claim = query_int(query, 0),
                  .report = query_int(query, 1),
                  .claimant = query_int(query, 2),
                  .low = number_or_open(query, 3),
                  .high = number_or_open(query, 4),
                  .best = number_or_open(query, 5),
                  .approximate = query_int(query, 6) != 0,
                  .name = query_dup(query, arena, 7),
                  .outlet = query_dup(query, arena, 8),
                  .published = query_dup(query, arena, 9)};
}

static Toll toll_of(const FigureClaim *figure) {
    const Carrier *first = &figure->carriers.items[0];

    return (Toll){.claim = figure->claim,
                  .report = first->report,
                  .claimant = figure->claimant.entity,
                  .low = figure->low,
                  .high = figure->high,
                  .best = figure->best,
                  .approximate = figure->approximate,
                  .name = figure->claimant.name,
                  .outlet = first->outlet,
                  .published = first->published};
}

static void compare(Arena *arena, FigureClaim *figure, const Toll *mine,
                    const Toll *other) {
    if (other->claim == mine->claim || !exclude(mine, other)) {
        return;
    }
    if (!one_claimant(mine, other)) {
        push(arena, &figure->conflicts, other->claim);
    } else if (other->report != mine->report &&
               str_compare(mine->published, other->published) > 0) {
        push(arena, &figure->updates, other->claim);
    }
}

void figure_compare(Teller *teller, Arena *arena, FigureClaim *figure) {
    Query *query = query_fixed(
        teller,
        "SELECT f.claim, f.report, f.claimant, f.low, f.high, f.best,"
        " f.approximate, COALESCE(e.name, f.claimant_name), r.outlet,"
        " r.published, c.count"
        " FROM counted m JOIN counted c ON c.count = m.count"
        " JOIN figure f ON f.figure = c.figure"
        " JOIN report r ON r.report = f.report"
        " JOIN standing g ON g.report = f.report AND g.latest"
        " LEFT JOIN entity e ON e.entity = f.claimant"
        " WHERE m.figure = ?1 AND NOT f.cut"
        " ORDER BY f.claim, r.published IS NULL, r.published, f.figure");
    Toll mine = toll_of(figure);
    int64_t last = 0;

    figure->count = figure->claim;
    query_bind(query, 1, figure->claim);
    while (query_next(query)) {
        Toll other = toll_of_row(query, arena);

        figure->count = query_int(query, 10);
        if (other.claim != last) {
            compare(arena, figure, &mine, &other);
        }
        last = other.claim;
    }
}
