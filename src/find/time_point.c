/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_point.c - see time_point.h. */
#include "find/time_point.h"

#include <assert.h>

Point point_of_day(Day day, Grain grain) {
    return (Point){.day = day,
                   .sub = (day.month + 2) / 3,
                   .minute = TIME_UNKNOWN,
                   .grain = grain};
}

Point point_unknown(Grain grain) {
    return (Point){.day = {TIME_UNKNOWN, TIME_UNKNOWN, TIME_UNKNOWN},
                   .sub = TIME_UNKNOWN,
                   .minute = TIME_UNKNOWN,
                   .grain = grain};
}

bool point_known(Point point) {
    if (point.day.year < 1) {
        return false;
    }
    if (point.grain == GRAIN_MONTH) {
        return point.day.month > 0;
    }
    return point.grain < GRAIN_WEEK || point.day.day > 0;
}

/* Any day in the point, to count from: the first of the year or month. */
static Day some_day(Point point) {
    Day day = point.day;

    if (day.month < 1) {
        day.month = point.grain == GRAIN_QUARTER && point.sub > 0
                        ? 3 * point.sub - 2
                        : 1;
    }
    day.day = day.day < 1 ? 1 : day.day;
    return day;
}

/* `value` kept to the years that the calendar has. */
static bool in_calendar(int64_t year) {
    return year >= 1 && year <= 9999;
}

Point point_shift(Point point, Grain unit, int64_t count) {
    Day day;
    int64_t months = 0, days = 0;

    if (!point_known(point) || count > 100000 || count < -100000) {
        return point_unknown(unit);
    }
    day = some_day(point);
    switch (unit) {
    case GRAIN_CENTURY:
        months = count * 1200;
        break;
    case GRAIN_DECADE:
        months = count * 120;
        break;
    case GRAIN_YEAR:
    case GRAIN_SEASON:
        months = count * 12;
        break;
    case GRAIN_QUARTER:
        months = count * 3;
        break;
    case GRAIN_MONTH:
        months = count;
        break;
    case GRAIN_WEEK:
    case GRAIN_WEEKEND:
        days = count * 7;
        break;
    case GRAIN_DAY:
        days = count;
        break;
    default:
        break;
    }
    if (!in_calendar(day.year + months / 12 + (days < 0 ? -300 : 300))) {
        return point_unknown(unit);
    }
    day = months ? day_add_months(day, (int32_t)months) : day_add(day, days);
    return point_of_day(day, unit > GRAIN_DAY ? GRAIN_DAY : unit);
}

static Str year_value(Arena *arena, int32_t year) {
    return year < 1 ? str_of("XXXX") : str_format(arena, "%04d", year);
}

static Str two(Arena *arena, int32_t value) {
    return value < 0 ? str_of("XX") : str_format(arena, "%02d", value);
}

static Str week_value(Arena *arena, Point point) {
    const char *weekend = point.grain == GRAIN_WEEKEND ? "-WE" : "";
    int32_t year;
    int week;

    if (!point_known(point)) {
        return str_format(arena, "XXXX-WXX%s", weekend);
    }
    week = day_week(point.day, &year);
    return str_format(arena, "%04d-W%02d%s", year, week, weekend);
}

static Str day_value(Arena *arena, Point point) {
    if (point.day.day < 1 && point.weekday) {
        return str_format(arena, "XXXX-WXX-%d", point.weekday);
    }
    return str_format(
        arena, "%.4s-%.2s-%.2s", year_value(arena, point.day.year).ptr,
        two(arena, point.day.month).ptr, two(arena, point.day.day).ptr);
}

Str point_value(Arena *arena, Point point) {
    Str year;

    switch (point.grain) {
    case GRAIN_WEEK:
    case GRAIN_WEEKEND:
        return week_value(arena, point);
    case GRAIN_DAY:
        return day_value(arena, point);
    case GRAIN_PART:
        return str_format(arena, "%.*sT%.*s", (int)day_value(arena, point).len,
                          day_value(arena, point).ptr, (int)point.part.len,
                          point.part.ptr);
    case GRAIN_MINUTE:
        return str_format(
            arena, "%.*sT%02d:%02d", (int)day_value(arena, point).len,
            day_value(arena, point).ptr, point.minute / 60, point.minute % 60);
    case GRAIN_SECOND:
        return str_format(arena, "%.*sT%02d:%02d:%02d",
                          (int)day_value(arena, point).len,
                          day_value(arena, point).ptr, point.minute / 60,
                          point.minute % 60, point.second);
    default:
        break;
    }
    year = year_value(arena, point.day.year);
    switch (point.grain) {
    case GRAIN_CENTURY:
        return str_slice(year, 0, 2);
    case GRAIN_DECADE:
        return str_slice(year, 0, 3);
    case GRAIN_SEASON:
        return str_format(arena, "%.4s-%.*s", year.ptr, (int)point.part.len,
                          point.part.ptr);
    case GRAIN_QUARTER:
        return point.sub < 1
                   ? str_format(arena, "%.4s-QX", year.ptr)
                   : str_format(arena, "%.4s-Q%d", year.ptr, point.sub);
    case GRAIN_MONTH:
        return str_format(arena, "%.4s-%.2s", year.ptr,
                          two(arena, point.day.month).ptr);
    default:
        return year;
    }
}
