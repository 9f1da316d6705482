/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_nth.c - see time_grammar.h: days told by where they stand.
 *
 *     "the first Monday of June"       ORDINAL | WEEKDAY | OF | period
 *     "the last week of 2016"          last | UNIT W | OF | period
 *     "Wednesday of next week"         WEEKDAY | OF | week
 *     "two days after Tuesday"         amount | AFTER | day          */
#include "base/ascii.h"
#include "find/time_grammar.h"

enum { DAYS_OF_WEEK = 7, MONTHS_AHEAD = 30 };

typedef struct Place {
    int n;     /* the n-th, from the end when negative */
    char unit; /* 'D', 'W', 'M', or 'd' for a weekday */
    int weekday;
} Place;

/* "the first", "the last", "the second last"; 0 if none. */
static uint32_t read_ordinal(const TimeContext *context, uint32_t at, int *n) {
    const TimeItem *item = time_item(context, at);

    if (item->ordinal > 0 && item->ordinal <= 53 &&
        item->class != TIME_HOLIDAY) {
        *n = item->ordinal;
        if (time_is(context, at + 1, TIME_SHIFT) &&
            time_item(context, at + 1)->value < 0) {
            *n = -*n;
            return at + 2;
        }
        return at + 1;
    }
    if (item->class == TIME_SHIFT && item->value < 0) {
        *n = -1;
        return at + 1;
    }
    return 0;
}

static uint32_t read_place(const TimeContext *context, uint32_t at,
                           Place *out) {
    uint32_t end = read_ordinal(context, at, &out->n);
    const TimeItem *item = time_item(context, end);
    Str unit = time_item_cell(item);

    if (!end) {
        return 0;
    }
    if (item->class == TIME_WEEKDAY) {
        out->unit = 'd';
        out->weekday = (int)item->value;
        return end + 1;
    }
    if (item->class == TIME_UNIT &&
        (str_is(unit, "D") || str_is(unit, "W") || str_is(unit, "M"))) {
        out->unit = unit.ptr[0];
        return end + 1;
    }
    /* "the 20th of next month" */
    out->unit = 'D';
    return time_is(context, end, TIME_OF) && out->n > 0 ? end : 0;
}

/* "the month", "this month", "June 2014", "2018", "next year"; 0 if none. */
static uint32_t read_period(TimeContext *context, uint32_t at, Point *out) {
    TimeMatch match = {0};
    uint32_t from = at + time_is(context, at, TIME_THE), end;

    if (from > at && time_is(context, from, TIME_UNIT)) {
        Grain grain = time_grain(time_item_cell(time_item(context, from)));
        *out = point_shift(context->published, grain, 0);
        return from + 1;
    }
    end = time_period(context, from, &match);
    if (!end || !match.has_point) {
        return 0;
    }
    *out = match.point;
    return end;
}

/* The days of a month or a year: [first,last]. */
static bool bounds(Point period, Day *first, Day *last) {
    if (!point_known(period) ||
        (period.grain != GRAIN_MONTH && period.grain != GRAIN_YEAR)) {
        return false;
    }
    *first = (Day){period.day.year,
                   period.grain == GRAIN_MONTH ? period.day.month : 1, 1};
    last->year = period.day.year;
    last->month = period.grain == GRAIN_MONTH ? period.day.month : 12;
    last->day = month_days(last->year, last->month);
    return true;
}

/* The n-th of days that come every `step` days from `day` on. */
static Day nth_from(Day first, Day last, int weekday, int step, int n) {
    Day day;

    if (n > 0) {
        int ahead = (weekday - day_weekday(first) + DAYS_OF_WEEK) % step;
        return day_add(first, ahead + (int64_t)(n - 1) * step);
    }
    day = last;
    return day_add(day, -((day_weekday(last) - weekday + DAYS_OF_WEEK) % step) +
                            (int64_t)(n + 1) * step);
}

/* The n-th whole week; of a year by ISO's count. */
static Day nth_week(Point period, Day first, Day last, int n) {
    if (period.grain == GRAIN_YEAR) {
        first = (Day){first.year, 1, 4};
        first = day_add(first, 1 - day_weekday(first));
        last = (Day){last.year, 12, 28};
        last = day_add(last, 1 - day_weekday(last));
        return day_add(n > 0 ? first : last,
                       (int64_t)DAYS_OF_WEEK * (n > 0 ? n - 1 : n + 1));
    }
    if (n < 0) { /* the last that ends in the month */
        last = nth_from(first, last, DAYS_OF_WEEK, DAYS_OF_WEEK, n);
        return day_add(last, 1 - DAYS_OF_WEEK);
    }
    return nth_from(first, last, 1, DAYS_OF_WEEK, n);
}

static bool place_in(const Place *place, Point period, Point *out) {
    Day first, last, day;
    Grain grain = GRAIN_DAY;

    if (!bounds(period, &first, &last)) {
        return false;
    }
    switch (place->unit) {
    case 'W':
        grain = GRAIN_WEEK;
        day = nth_week(period, first, last, place->n);
        break;
    case 'M':
        grain = GRAIN_MONTH;
        if (period.grain != GRAIN_YEAR || place->n > 12 || place->n < -12) {
            return false;
        }
        day = (Day){first.year, place->n > 0 ? place->n : 13 + place->n, 1};
        break;
    case 'd':
        day = nth_from(first, last, place->weekday, DAYS_OF_WEEK, place->n);
        break;
    default:
        day = day_add(place->n > 0 ? first : last,
                      place->n > 0 ? place->n - 1 : place->n + 1);
    }
    *out = point_of_day(day, grain);
    return true;
}

/* "first Monday of June", "20th of next month", "last week of 2016" */
uint32_t time_nth(TimeContext *context, uint32_t at, TimeMatch *match) {
    Place place = {0};
    Point period, point;
    uint32_t from = at + time_is(context, at, TIME_THE),
             end = read_place(context, from, &place);

    if (!end ||
        !(time_is(context, end, TIME_OF) || time_is(context, end, TIME_PREP))) {
        return 0;
    }
    end = read_period(context, end + 1, &period);
    if (!end || !place_in(&place, period, &point)) {
        return 0;
    }
    time_set_point(match, "time/nth", point);
    return end;
}

/* ------------------------------------------------------- a day of some week */

static bool is_week(const TimeContext *context, uint32_t at) {
    return (time_is(context, at, TIME_UNIT) &&
            str_is(time_item_cell(time_item(context, at)), "W"));
}

/* "next week", "this week"; 0 if none. */
static uint32_t read_week(const TimeContext *context, uint32_t at, Point *out) {
    uint32_t from = at + time_is(context, at, TIME_THE);
    const TimeItem *item = time_item(context, from);

    if ((item->class != TIME_SHIFT && item->class != TIME_SHIFT_SAID) ||
        !is_week(context, from + 1)) {
        return 0;
    }
    *out = point_shift(context->published, GRAIN_WEEK, item->value);
    return from + 2;
}

static void set_day_of_week(TimeMatch *match, Point week, int weekday) {
    if (point_known(week)) {
        week.day = day_add(week.day, weekday - day_weekday(week.day));
        week.grain = GRAIN_DAY;
    } else {
        week = point_unknown(GRAIN_DAY);
        week.weekday = weekday;
    }
    time_set_point(match, "time/day-of-week", week);
}

/* "Wednesday (of, evening) next week", "next week's Wednesday" */
uint32_t time_day_of_week(TimeContext *context, uint32_t at, TimeMatch *match) {
    Point week;
    uint32_t end = at, part = 0;

    if (time_is(context, at, TIME_WEEKDAY)) {
        end = at + 1;
        if (time_is(context, end, TIME_DAYPART)) {
            part = end++;
        }
        end +=
            time_is(context, end, TIME_OF) || time_is(context, end, TIME_PREP);
        end = read_week(context, end, &week);
        if (end) {
            set_day_of_week(match, week, (int)time_item(context, at)->value);
        }
        if (end && part) {
            match->point.part = time_item_cell(time_item(context, part));
            match->point.grain = GRAIN_PART;
            match->type = TIME_TIME;
        }
        return end;
    }
    end = read_week(context, at, &week);
    /* "'s" or a dash between */
    if (end && !time_is(context, end, TIME_WEEKDAY) &&
        time_item(context, end)->class == TIME_OTHER &&
        time_item(context, end)->last - time_item(context, end)->first == 1 &&
        tokens_span(context->text, time_item(context, end)->first,
                    time_item(context, end)->last)
                    .end -
                tokens_span(context->text, time_item(context, end)->first,
                            time_item(context, end)->last)
                    .begin <=
            4) {
        end++;
    }
    if (!end || !time_is(context, end, TIME_WEEKDAY) ||
        time_item(context, end)->doubtful) {
        return 0;
    }
    set_day_of_week(match, week, (int)time_item(context, end)->value);
    return end + 1;
}

/* "week 31", "week 3 of 2027" */
uint32_t time_week_number(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *number = time_item(context, at + 1);
    Point year = context->published;
    uint32_t end = at + 2, past;
    int32_t given;

    if (!is_week(context, at) || number->class != TIME_NUMBER ||
        !number->digits.len || number->value < 1 || number->value > 53) {
        return 0;
    }
    past =
        time_read_year(context, end + time_is(context, end, TIME_OF), &given);
    if (past) {
        year = point_of_day((Day){given, 1, 1}, GRAIN_YEAR);
        end = past;
    } else if (!point_known(year)) {
        return 0;
    }
    year.grain = GRAIN_YEAR;
    time_set_point(
        match, "time/week",
        point_of_day(nth_week(year, (Day){year.day.year, 1, 1},
                              (Day){year.day.year, 12, 31}, (int)number->value),
                     GRAIN_WEEK));
    return end;
}

/* ------------------------------------------------------ counted from a day */

/* "after", "from", "before": which way; 0 if none. */
static uint32_t read_way(const TimeContext *context, uint32_t at, int *sign) {
    const TimeItem *item = time_item(context, at);

    if ((item->class == TIME_PREP && item->value == 1) ||
        item->class == TIME_AGO_SAID) {
        *sign = (int)item->value;
        return at + 1;
    }
    return 0;
}

/* "two days after Tuesday", "the day before yesterday" */
uint32_t time_days_from(TimeContext *context, uint32_t at, TimeMatch *match) {
    TimeMatch day = {0};
    int64_t count = 1;
    int sign;
    uint32_t from = at + time_is(context, at, TIME_THE), end;
    Str unit;

    if (time_is(context, from, TIME_NUMBER) ||
        time_is(context, from, TIME_ARTICLE)) {
        count = time_is(context, from, TIME_NUMBER)
                    ? time_item(context, from)->value
                    : 1;
        from++;
    }
    if (!time_is(context, from, TIME_UNIT) &&
        !(time_is(context, from, TIME_UNITS) && from > at &&
          time_is(context, from - 1, TIME_NUMBER))) {
        return 0;
    }
    unit = time_item_cell(time_item(context, from));
    end = read_way(context, from + 1, &sign);
    if (!end || (!str_is(unit, "D") && !str_is(unit, "W"))) {
        return 0;
    }
    end = time_day(context, end, &day);
    if (!end || !day.has_point || day.point.grain != GRAIN_DAY ||
        !point_known(day.point)) {
        return 0;
    }
    day.point = point_shift(day.point, GRAIN_DAY,
                            sign * count * (str_is(unit, "W") ? 7 : 1));
    time_set_point(match, "time/days-from", day.point);
    return end;
}

/* "three Fridays from now", "2 Thursdays ago" */
uint32_t time_weekdays_from(TimeContext *context, uint32_t at,
                            TimeMatch *match) {
    const TimeItem *count = time_item(context, at);
    const TimeItem *days = time_item(context, at + 1);
    const TimeItem *way = time_item(context, at + 2);
    Point point;

    if (count->class != TIME_NUMBER || count->value < 1 || count->value > 99 ||
        days->class != TIME_WEEKDAYS ||
        (way->class != TIME_AGO && way->class != TIME_AGO_NOW) ||
        !point_known(context->published)) {
        return 0;
    }
    point = time_weekday(context->published, (int)days->value, (int)way->value,
                         TENSE_NONE);
    point = point_shift(point, GRAIN_DAY,
                        way->value * (count->value - 1) * DAYS_OF_WEEK);
    time_set_point(match, "time/weekdays-from", point);
    return at + 3;
}

/* ---------------------------------------------------- a day without a month */

static bool fits(Day day, int number, int weekday) {
    return number <= month_days(day.year, day.month) &&
           (weekday == 0 ||
            day_weekday((Day){day.year, day.month, number}) == weekday);
}

/* The nearest day of a month with this number (and weekday): ahead or back. */
static bool find_day(Point base, int number, int weekday, int step, Day *out) {
    for (int i = 0; i <= MONTHS_AHEAD; i++) {
        Day month =
            day_add_months((Day){base.day.year, base.day.month, 1}, step * i);
        Day day = {month.year, month.month, number};
        int64_t ahead;

        if (!fits(month, number, weekday)) {
            continue;
        }
        ahead = day_number(day) - day_number(base.day);
        if (ahead * step >= 0) {
            *out = day;
            return true;
        }
    }
    return false;
}

/* "Tuesday the 19th", "on the 15th" */
uint32_t time_day_number(TimeContext *context, uint32_t at, TimeMatch *match) {
    int weekday = 0;
    int32_t number;
    uint32_t from = at, end;
    Tense tense = time_tense(context, at);
    Day day;

    if (time_is(context, from, TIME_WEEKDAY)) {
        weekday = (int)time_item(context, from++)->value;
    }
    if (time_is(context, from, TIME_THE)) {
        from++;
    } else if (weekday == 0) {
        return 0;
    }
    end = time_read_day(context, from, &number);
    if (!end || !time_item(context, end - 1)->ordinal ||
        !point_known(context->published) ||
        !find_day(context->published, number, weekday,
                  tense == TENSE_PAST ? -1 : 1, &day)) {
        return 0;
    }
    /* "Tuesday the first" may go on: "of many" */
    if ((weekday == 0 ||
         !ascii_digit(
             token_str(context->text, time_item(context, end - 1)->first)
                 .ptr[0])) &&
        !time_stands_alone(context, at, end) &&
        !time_is(context, end, TIME_NUMBER) &&
        !time_is(context, end, TIME_AT)) {
        return 0;
    }
    time_set_point(match, "time/day-number", point_of_day(day, GRAIN_DAY));
    return end;
}
