/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_grammar.h - the grammar of expressions of time.
 *
 * Room: find; shared by the files time_*.c. Each rule looks at the items from
 * one place on and returns the place after what it took, or 0. Rules for
 * points stand in time_grammar.c and time_year.c, amounts and sets in
 * time_amount.c, and what day a weekday or month means in time_resolve.c. */
#ifndef FIND_TIME_GRAMMAR_H
#define FIND_TIME_GRAMMAR_H

#include "find/analysis.h"
#include "find/time_item.h"

typedef struct TimeContext {
    Arena *arena;
    const Text *text;
    TimeItems items;      /* of one sentence */
    uint32_t first, last; /* its tokens */
    Point published;      /* grain day; unknown when the report has no date */
    Point said;           /* the last date named; at first `published` */
    Point quarter;        /* the last quarter named, or the one before */
    int32_t now;          /* minute of publication, or TIME_UNKNOWN */
    uint32_t sentence;    /* its number */
    uint32_t quarter_at;  /* the sentence after that which named a quarter */
    bool labelled;        /* "Date: ...": what stands in it is to come */
} TimeContext;

typedef struct TimeMatch {
    TimeType type;
    Point point; /* of DATE and TIME, when has_point */
    bool has_point;
    Str value; /* when not has_point */
    Str mod;
    const char *rule; /* "weekday" */
} TimeMatch;

typedef enum Tense {
    TENSE_NONE, /* nothing tells */
    TENSE_PAST,
    TENSE_PRESENT,
    TENSE_FUTURE
} Tense;

/* The expression that begins at item `at`; 0 if none. */
uint32_t time_match(TimeContext *context, uint32_t at, TimeMatch *match);
/* Amounts: "two years", "two-year", "three days ago", "a year earlier",
 * "recent months", "decades"; and sets: "every Friday", "weekly". */
uint32_t time_amount(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_set(TimeContext *context, uint32_t at, TimeMatch *match);
/* "the third quarter", "the quarter", "the 20th century", "the first nine
 * months", "1999", "the 1990s", "the summer of 1994", "Christmas Day". */
uint32_t time_quarter(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_the_quarter(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_century(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_first_months(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_year(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_decade(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_season(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_festival(TimeContext *context, uint32_t at, TimeMatch *match);

/* "the first half of 1989", "the summer" of now. */
uint32_t time_same_quarter(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_half(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_the_season(TimeContext *context, uint32_t at, TimeMatch *match);
/* "10:30 p.m. Wednesday"; and what follows a day: "tomorrow" + "at 8". */
uint32_t time_clock(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_minutes_on(TimeContext *context, uint32_t at, TimeMatch *match);
/* "two hours", "half an hour", "90 minutes" as minutes. */
uint32_t time_minutes(TimeContext *context, uint32_t at, int32_t *minutes);
uint32_t time_add_clock(TimeContext *context, uint32_t at, TimeMatch *match);
/* time_nth.c */
uint32_t time_nth(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_day_of_week(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_week_number(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_days_from(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_weekdays_from(TimeContext *context, uint32_t at,
                            TimeMatch *match);
uint32_t time_day_number(TimeContext *context, uint32_t at, TimeMatch *match);
/* Any expression of one day or a part of one; of a month, year or the like. */
uint32_t time_day(TimeContext *context, uint32_t at, TimeMatch *match);
uint32_t time_period(TimeContext *context, uint32_t at, TimeMatch *match);

/* Fill a match with a point or with a value as it stands. */
void time_set_point(TimeMatch *match, const char *rule, Point point);
void time_set_value(TimeMatch *match, const char *rule, TimeType type,
                    Str value);
/* "2011"; "nineteen ninety-six". */
uint32_t time_read_year(const TimeContext *context, uint32_t at, int32_t *year);
uint32_t time_read_spoken_year(const TimeContext *context, uint32_t at,
                               int32_t *year);

/* The day of a month: "8", "8th", "eighth", "twenty eighth". */
uint32_t time_read_day(const TimeContext *context, uint32_t at, int32_t *day);
/* A mark of punctuation, or an end of the sentence. */
bool time_is_mark(const TimeContext *context, uint32_t token);
/* Marks or the sentence's ends stand on both sides of items [at,end). */
bool time_stands_alone(const TimeContext *context, uint32_t at, uint32_t end);

/* "P2Y", "PT24H", "PXW" from the amount's digits and the unit's code. */
Str time_duration(Arena *arena, Str amount, Str unit);

/* The item, or one of class TIME_OTHER past the end. */
const TimeItem *time_item(const TimeContext *context, uint32_t at);
bool time_is(const TimeContext *context, uint32_t at, TimeClass class);
/* The grain of a unit's code ("W": week). */
Grain time_grain(Str unit);

/* The tense of the clause around an item. */
Tense time_tense(const TimeContext *context, uint32_t at);
/* The day that "Monday" means, seen from the day `base`: that day itself or the
 * last before it; with `shift` -1 or 1 ("last", "next") strictly before or
 * after. */
Point time_weekday(Point base, int weekday, int shift, Tense tense);
/* The month or day of the year that "March", "25 March" means. */
Point time_month(const TimeContext *context, int month, int shift, Tense tense);
Point time_month_day(const TimeContext *context, int month, int day,
                     Tense tense);
/* The holiday of a year by its rule; unknown if the rule gives none. */
Point time_holiday_in(Str rule, int32_t year);
Point time_holiday(const TimeContext *context, Str rule, int shift,
                   Tense tense);

#endif
