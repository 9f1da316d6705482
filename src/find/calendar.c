/* SPDX-License-Identifier: Apache-2.0 */
/* find/calendar.c - see calendar.h. The conversions between days and dates
 * are Howard Hinnant's ("chrono-compatible low-level date algorithms"): years
 * counted from March, in eras of 400, so that leap days come last. */
#include "find/calendar.h"

#include <assert.h>

#include "base/ascii.h"

static bool is_leap(int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t month_days(int32_t year, int32_t month) {
    static const int8_t days[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};

    assert(month >= 1 && month <= 12);
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* 1970-01-01 -> 0, 2013-02-25 -> 15761 */
int64_t day_number(Day day) {
    int64_t year = day.month <= 2 ? day.year - 1 : day.year;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t month = (day.month + 9) % 12;
    int64_t of_year = (153 * month + 2) / 5 + day.day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

Day day_of_number(int64_t number) {
    int64_t shifted = number + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t of_era = shifted - era * 146097;
    int64_t year =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    Day day = {(int32_t)(year + era * 400), 0,
               (int32_t)(of_year - (153 * month + 2) / 5 + 1)};

    day.month = (int32_t)(month < 10 ? month + 3 : month - 9);
    day.year += day.month <= 2;
    return day;
}

Day day_add(Day day, int64_t days) {
    return day_of_number(day_number(day) + days);
}

Day day_add_months(Day day, int32_t months) {
    int32_t count = day.year * 12 + day.month - 1 + months;
    Day moved = {count / 12, count % 12 + 1, day.day};
    int32_t length = month_days(moved.year, moved.month);

    moved.day = moved.day > length ? length : moved.day;
    return moved;
}

int day_weekday(Day day) {
    int64_t from_monday = (day_number(day) + 3) % 7; /* 1970-01-01: Thursday */

    return (int)(from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

int day_week(Day day, int32_t *year) {
    Day thursday = day_add(day, 4 - day_weekday(day));
    Day new_year = {thursday.year, 1, 1};

    *year = thursday.year; /* a week belongs to the year of its Thursday */
    return (int)((day_number(thursday) - day_number(new_year)) / 7) + 1;
}

Day day_easter(int32_t year) {
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
    int32_t h = (19 * a + b - d - g + 15) % 30;
    int32_t i = c / 4, k = c % 4;
    int32_t l = (32 + 2 * e + 2 * i - h - k) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451;
    int32_t sum = h + l - 7 * m + 114;

    return (Day){year, sum / 31, sum % 31 + 1};
}

Day day_orthodox_easter(int32_t year) {
    int32_t d = (19 * (year % 19) + 15) % 30;
    int32_t e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    int32_t sum = d + e + 114;
    /* days by which the Julian calendar is behind */
    int32_t behind = year / 100 - year / 400 - 2;

    return day_add((Day){year, sum / 31, sum % 31 + 1}, behind);
}

Day day_nth_weekday(int32_t year, int32_t month, int n, int weekday) {
    Day first = {year, month, 1};
    int32_t offset = (weekday - day_weekday(first) + 7) % 7;
    int32_t day = 1 + offset + 7 * (n > 0 ? n - 1 : 3);

    if (n < 0 && day + 7 <= month_days(year, month)) {
        day += 7;
    }
    return (Day){year, month, day};
}

static int32_t two_digits(const char *at) {
    return (at[0] - '0') * 10 + (at[1] - '0');
}

bool day_read(Str text, Day *out) {
    Day day;

    if (text.len < 10 || text.ptr[4] != '-' || text.ptr[7] != '-') {
        return false;
    }
    for (int i = 0; i < 10; i++) {
        if (i != 4 && i != 7 && !ascii_digit(text.ptr[i])) {
            return false;
        }
    }
    day.year = two_digits(text.ptr) * 100 + two_digits(text.ptr + 2);
    day.month = two_digits(text.ptr + 5);
    day.day = two_digits(text.ptr + 8);
    if (day.year < 1 || day.month < 1 || day.month > 12 || day.day < 1 ||
        day.day > month_days(day.year, day.month)) {
        return false;
    }
    *out = day;
    return true;
}
