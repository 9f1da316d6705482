/* SPDX-License-Identifier: Apache-2.0 */
/* find/calendar.h - dates of the proleptic Gregorian calendar.
 *
 * Room: find. Plain arithmetic on days; knows nothing of words. ISO 8601
 * weeks: they begin on Monday, and week 1 is the one with 4 January in it. */
#ifndef FIND_CALENDAR_H
#define FIND_CALENDAR_H

#include "base/str.h"

typedef struct Day {
    int32_t year;       /* 1 to 9999 */
    int32_t month, day; /* from 1 */
} Day;

/* Days since 1970-01-01, and back. O(1). */
int64_t day_number(Day day);
Day day_of_number(int64_t number);
/* The day `days` later (earlier when negative). */
Day day_add(Day day, int64_t days);
/* The same day `months` later, cut to the length of that month. */
Day day_add_months(Day day, int32_t months);
/* 1 (Monday) to 7. */
int day_weekday(Day day);
/* The ISO week of a day, 1 to 53, and the year it belongs to. */
int day_week(Day day, int32_t *year);
int32_t month_days(int32_t year, int32_t month);
/* Easter Sunday (Gauss, as Meeus gives it for the Gregorian calendar). */
Day day_easter(int32_t year);
/* The Easter Sunday of the Julian calendar (Meeus), as a Gregorian day. */
Day day_orthodox_easter(int32_t year);
/* The n-th `weekday` of a month; n = -1: the last. */
Day day_nth_weekday(int32_t year, int32_t month, int n, int weekday);

/* Read "2013-02-25" at the start of `text` (more may follow). False if it is
 * no day of the calendar. */
bool day_read(Str text, Day *out);

#endif
