/* SPDX-License-Identifier: Apache-2.0 */
/* tell/days.c - see days.h. */
#include "tell/days.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "find/calendar.h"

enum {
    SOON = 2,    /* days in which "on Monday" is still news */
    BEFORE = 10, /* days of a story before the first report of it */
    SENTENCE_WORDS = 80,
};

static const double LATER_WEIGHT = 2;

typedef enum Evidence {
    PUBLISHED,
    NAMED_SOON,
    NAMED_LATER,
    EVIDENCE_COUNT
} Evidence;

typedef struct Tallied {
    int32_t day; /* since 1970 */
    uint32_t reports, origins;
    int64_t report, origin, outlet;   /* the last ones */
    double sums[EVIDENCE_COUNT];      /* over origins */
    double of_origin[EVIDENCE_COUNT]; /* the most of an outlet, in the last */
    double of_outlet[EVIDENCE_COUNT]; /* of the last */
} Tallied;

typedef struct Days {
    Teller *teller;
    const Theme *theme;
    Map index;      /* day -> item */
    Tallied *items; /* arena */
    uint32_t count, capacity;
    int32_t first, last; /* of publication; NO_DAY: none has a date */
} Days;

/* A report as it is read. */
typedef struct Reading {
    int64_t report, origin, outlet; /* outlet: a hash */
    int32_t published;
    Str text;
    SpanList sentences;
} Reading;

static Tallied *tallied(Days *days, int32_t day) {
    bool is_new;
    uint32_t *at =
        map_put(&days->index, (uint64_t)(uint32_t)day, days->count, &is_new);

    if (is_new) {
        days->items = arena_grow(days->teller->arena, days->items, days->count,
                                 &days->capacity, sizeof *days->items);
        days->items[days->count++] = (Tallied){.day = day};
    }
    return &days->items[*at];
}

/* One report's evidence for a day. Reports come by origin and outlet. */
static void add(Days *days, const Reading *reading, int32_t day,
                Evidence evidence, double worth) {
    Tallied *item = tallied(days, day);
    double *of_outlet = &item->of_outlet[evidence];
    double *of_origin = &item->of_origin[evidence];

    if (item->origin != reading->origin) {
        memset(item->of_origin, 0, sizeof item->of_origin);
        item->origins++;
    }
    if (item->origin != reading->origin || item->outlet != reading->outlet) {
        memset(item->of_outlet, 0, sizeof item->of_outlet);
    }
    item->reports += item->report != reading->report;
    item->report = reading->report;
    item->origin = reading->origin;
    item->outlet = reading->outlet;
    *of_outlet += worth;
    if (*of_outlet > *of_origin) {
        item->sums[evidence] += *of_outlet - *of_origin;
        *of_origin = *of_outlet;
    }
}

/* How much to the point the sentence around `span` is. */
static double worth_of(const Days *days, const Reading *reading, Span span) {
    TermWord words[SENTENCE_WORDS];

    for (uint32_t i = 0; i < reading->sentences.count; i++) {
        Span sentence = reading->sentences.items[i];

        if (span_holds(sentence, span) && sentence.end <= reading->text.len) {
            uint32_t count = theme_words(days->theme, days->teller->row,
                                         str_at(reading->text, sentence), words,
                                         SENTENCE_WORDS);
            return theme_of_words(days->theme, words, count);
        }
    }
    return 0;
}

/* A day that a report names, at its best. */
typedef struct Named {
    int32_t day;
    double worth;
} Named;

static uint32_t read_named(Days *days, const Reading *reading, Named **out) {
    Query *query = query_fixed(
        days->teller, "SELECT begin, end, substr(value, 1, 10) FROM time WHERE "
                      "report = ?1 AND NOT cut AND type IN ('DATE', 'TIME')");
    uint32_t count = 0, capacity = 0;
    Named *named = NULL;

    query_bind(query, 1, reading->report);
    while (query_next(query)) {
        int32_t day = profile_day(query_text(query, 2));
        double worth;
        uint32_t i = 0;

        if (day == PROFILE_NO_DAY) {
            continue;
        }
        worth = worth_of(days, reading, query_span(query, 0));
        while (i < count && named[i].day != day) {
            i++;
        }
        if (i == count) {
            named = arena_grow(days->teller->row, named, count, &capacity,
                               sizeof *named);
            named[count++] = (Named){.day = day};
        }
        named[i].worth = fmax(named[i].worth, worth);
    }
    *out = named;
    return count;
}

/* Undated reports look back as later ones do. A day that is still to come is
 * not yet one of the story. */
static void add_named(Days *days, const Reading *reading) {
    Named *named;
    uint32_t count = read_named(days, reading, &named);

    for (uint32_t i = 0; i < count; i++) {
        bool dated = reading->published != PROFILE_NO_DAY;
        int32_t after = dated ? reading->published - named[i].day : SOON + 1;

        if (after > 0) {
            add(days, reading, named[i].day,
                after <= SOON ? NAMED_SOON : NAMED_LATER, named[i].worth);
        }
    }
}

static void read_profile(Query *query, int column, Profile *out) {
    profile_unpack(query_text(query, column), PROFILE_NO_DAY, out);
}

static void read_theme(Teller *teller, uint32_t conditions, Theme *theme) {
    Query *query = query_open(
        teller,
        "SELECT t.terms FROM report r JOIN standing g ON g.report = r.report "
        "JOIN trace t ON t.report = r.report WHERE g.latest",
        conditions, "");

    while (query_next(query)) {
        Profile profile;

        read_profile(query, 0, &profile);
        theme_add(theme, &profile);
    }
    theme_close(theme);
}

static void read_reports(Days *days, uint32_t conditions) {
    Teller *teller = days->teller;
    Query *query = query_open(
        teller,
        "SELECT r.report, g.origin, r.published, t.terms, r.text, r.sentences, "
        "r.outlet "
        "FROM report r JOIN standing g ON g.report = r.report "
        "JOIN trace t ON t.report = r.report WHERE g.latest",
        conditions, " ORDER BY g.origin, r.outlet, r.report");

    while (query_next(query)) {
        Profile profile;
        Reading reading = {.report = query_int(query, 0),
                           .origin = query_int(query, 1),
                           .outlet = (int64_t)hash_str(query_text(query, 6)),
                           .published = profile_day(query_text(query, 2)),
                           .text = query_text(query, 4)};
        int32_t day = reading.published;

        read_profile(query, 3, &profile);
        spans_read(teller->row, query_text(query, 5), &reading.sentences);
        if (day != PROFILE_NO_DAY) {
            add(days, &reading, day, PUBLISHED,
                theme_of_profile(days->theme, &profile));
            days->first = day < days->first ? day : days->first;
            days->last = day > days->last ? day : days->last;
        }
        add_named(days, &reading);
        arena_reset(teller->row);
    }
}

static double score_of(const Tallied *item) {
    return log(1 + item->sums[PUBLISHED]) + log(1 + item->sums[NAMED_SOON]) +
           LATER_WEIGHT * log(1 + item->sums[NAMED_LATER]);
}

static int by_score(const void *x, const void *y) {
    const Tallied *a = x, *b = y;
    double of_a = score_of(a), of_b = score_of(b);

    if (of_a != of_b) {
        return of_a < of_b ? 1 : -1;
    }
    return (a->day > b->day) - (a->day < b->day);
}

/* True if the day may be of the story, as far as its reports are dated. */
static bool is_within(const Days *days, int32_t day) {
    return days->first > days->last ||
           (day >= days->first - BEFORE && day <= days->last);
}

void days_read(Teller *teller, uint32_t conditions, uint32_t limit,
               Theme *theme, Timeline *out) {
    Days days = {.teller = teller,
                 .theme = theme,
                 .first = INT32_MAX,
                 .last = INT32_MIN};

    map_init(&days.index, teller->arena, 256);
    read_theme(teller, conditions, theme);
    read_reports(&days, conditions);
    if (days.count) {
        qsort(days.items, days.count, sizeof *days.items, by_score);
    }
    for (uint32_t i = 0; i < days.count && out->count < limit; i++) {
        const Tallied *item = &days.items[i];
        Day day = day_of_number(item->day);

        if (score_of(item) > 0 && is_within(&days, item->day)) {
            out->days = arena_grow(teller->arena, out->days, out->count,
                                   &out->capacity, sizeof *out->days);
            out->days[out->count++] = (TimelineDay){
                .date = str_format(teller->arena, "%04d-%02d-%02d", day.year,
                                   day.month, day.day),
                .reports = item->reports,
                .origins = item->origins};
        }
    }
}
