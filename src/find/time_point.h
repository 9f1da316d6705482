/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_point.h - a point of time with its grain, and its TIMEX3 value.
 *
 * Room: find. "last March" is a point of grain month, "Monday night" one of
 * grain part. What is not known is TIME_UNKNOWN, and its digits become X:
 *
 *     {2013, 2, 25}           grain day    2013-02-25
 *     {2013, 2, 25} sub NIGHT grain part   2013-02-25TNI
 *     {2013, 2, 25}           grain week   2013-W09
 *     {unknown, 2}            grain month  XXXX-02
 *     weekday only            grain day    XXXX-WXX-1                     */
#ifndef FIND_TIME_POINT_H
#define FIND_TIME_POINT_H

#include "find/calendar.h"

enum { TIME_UNKNOWN = -1 };

typedef enum Grain {
    GRAIN_CENTURY,
    GRAIN_DECADE,
    GRAIN_YEAR,
    GRAIN_SEASON,  /* sub: index into the codes of seasons */
    GRAIN_QUARTER, /* sub: 1 to 4 */
    GRAIN_MONTH,
    GRAIN_WEEK,    /* day: any day of the week */
    GRAIN_WEEKEND, /* day: any day of that week */
    GRAIN_DAY,
    GRAIN_PART,   /* part: "MO", "NI" */
    GRAIN_MINUTE, /* minute of the day, 0 to 1440 */
    GRAIN_SECOND, /* minute and second */
    GRAIN_COUNT
} Grain;

typedef struct Point {
    Day day;         /* as far as the grain goes; TIME_UNKNOWN fields */
    int32_t sub;     /* quarter */
    int32_t weekday; /* with an unknown date: 1 to 7, else 0 */
    int32_t minute, second;
    Str part; /* day part or season */
    Grain grain;
} Point;

/* A point of a known day, and one of which nothing is known. */
Point point_of_day(Day day, Grain grain);
Point point_unknown(Grain grain);
bool point_known(Point point);

/* The point `count` units later (earlier when negative), in the grain of the
 * unit: a month from 2013-02-25 is 2013-03. A unit shorter than a day keeps
 * the day. An unknown point stays unknown. */
Point point_shift(Point point, Grain unit, int64_t count);

/* The TIMEX3 value, in the arena. */
Str point_value(Arena *arena, Point point);

#endif
