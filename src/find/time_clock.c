/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_clock.c - see time_grammar.h: times of day.
 *
 *     "10:30 p.m. Wednesday"      clock, then day
 *     "tomorrow at 8"             day, then clock
 *     "half past 3 this afternoon"
 *
 * A number alone is an hour only where a part of the day or "at" says so. */
#include "find/time_grammar.h"

#include "base/ascii.h"

enum { HOUR = 60, HALF_DAY = 720, DAY = 1440 };

/* A time of day as it was read. */
typedef struct Clock {
    int32_t minute, second;
    bool open; /* morning or afternoon is not said */
    bool bare; /* a number and nothing else */
} Clock;

static bool is_hour_number(const TimeItem *item) {
    return item->class == TIME_NUMBER && item->value >= 1 &&
           item->value <= 12 && !item->half;
}

/* "8.30" as a number. */
static bool dotted_hour(const TimeItem *item, int32_t *minute) {
    Str digits = item->digits;
    size_t dot = str_find(digits, str_of("."), 0);

    if (item->class != TIME_NUMBER || digits.len != dot + 3 || dot > 2 ||
        item->value > 24 || digits.ptr[dot + 1] > '5') {
        return false;
    }
    *minute = (int32_t)item->value * HOUR + (digits.ptr[dot + 1] - '0') * 10 +
              (digits.ptr[dot + 2] - '0');
    return true;
}

/* "thirty", "fifty nine" after an hour in words; 0 if none. */
static uint32_t spoken_minutes(const TimeContext *context, uint32_t at,
                               int32_t *minutes) {
    const TimeItem *item = time_item(context, at);
    const TimeItem *next = time_item(context, at + 1);

    if (item->class != TIME_NUMBER || item->digits.len || item->value < 10 ||
        item->value > 59) {
        return 0;
    }
    *minutes = (int32_t)item->value;
    if (item->value >= 20 && next->class == TIME_NUMBER && next->value < 10 &&
        !next->digits.len) {
        *minutes += (int32_t)next->value;
        return at + 2;
    }
    return at + 1;
}

/* "in the morning", "this evening": which half of the day it is. */
static uint32_t read_part(const TimeContext *context, uint32_t at, Str *part) {
    uint32_t end = at;

    if (time_is(context, end, TIME_PREP)) {
        end++;
        end += time_is(context, end, TIME_THE);
    }
    if (end == at || !time_is(context, end, TIME_DAYPART)) {
        return 0;
    }
    *part = time_item_cell(time_item(context, end));
    return end + 1;
}

/* An hour that is open, in a part of the day: 3 in the afternoon is 15. */
static void put_in_part(Clock *clock, Str part) {
    bool after_noon = str_is(part, "AF") || str_is(part, "EV") ||
                      (str_is(part, "NI") && clock->minute >= 5 * HOUR);

    if (!clock->open) {
        return;
    }
    clock->open = false;
    if (after_noon) {
        clock->minute = clock->minute % HALF_DAY + HALF_DAY;
    } else if (clock->minute >= HALF_DAY && clock->minute < HALF_DAY + HOUR) {
        clock->minute -= HALF_DAY;
    }
}

/* "10:30 p.m.", "6 o'clock", "noon", "three twenty", "7" (bare). */
static uint32_t plain_clock(const TimeContext *context, uint32_t at,
                            Clock *out) {
    const TimeItem *item = time_item(context, at);
    int32_t minutes;
    uint32_t end = at + 1, past;
    bool spoken = false;

    *out = (Clock){.second = TIME_UNKNOWN};
    if (item->class == TIME_NOON) {
        out->minute = (int32_t)item->value;
        return end;
    }
    if (item->class == TIME_HOUR) {
        out->minute = (int32_t)item->value;
        out->second = item->second;
    } else if (dotted_hour(item, &out->minute)) {
        out->bare = true;
    } else if (is_hour_number(item)) {
        out->minute = (int32_t)item->value * HOUR;
        out->bare = true;
        past = item->digits.len ? 0 : spoken_minutes(context, end, &minutes);
        if (past) {
            out->minute += minutes;
            spoken = true;
            end = past;
        }
    } else {
        return 0;
    }
    if (time_is(context, end, TIME_OCLOCK)) {
        out->bare = false;
        end++;
    }
    if (time_is(context, end, TIME_CLOCK)) {
        out->minute = out->minute % HALF_DAY +
                      (int32_t)time_item(context, end)->value * HOUR;
        out->bare = false;
        return end + 1;
    }
    out->open = out->minute < HALF_DAY + HOUR && item->clock != 2;
    return out->bare && spoken && at && !time_is(context, at - 1, TIME_AT)
               ? 0
               : end;
}

/* "20 past 3", "a quarter to ten", "half past three": the minutes, and which
 * way; 0 if none. */
static uint32_t read_offset(const TimeContext *context, uint32_t at,
                            int32_t *offset) {
    const TimeItem *item = time_item(context, at);
    uint32_t end = at + 1;
    const TimeItem *way;

    if (item->class == TIME_ARTICLE) {
        item = time_item(context, end++);
    }
    if (item->class == TIME_HALF || str_is(time_item_cell(item), "H")) {
        *offset = HOUR / 2;
    } else if (item->class == TIME_UNIT && str_is(time_item_cell(item), "Q")) {
        *offset = HOUR / 4;
    } else if (item->class == TIME_NUMBER && item->value < HOUR) {
        *offset = (int32_t)item->value;
        if (time_is(context, end, TIME_UNITS) &&
            str_is(time_item_cell(time_item(context, end)), "TM")) {
            end++;
        }
    } else {
        return 0;
    }
    way = time_item(context, end);
    if (way->class == TIME_SPAN) {
        return end + 1; /* "past" */
    }
    if (way->class != TIME_PREP || way->value == 0 || way->value > 1) {
        return 0;
    }
    *offset *= (int32_t)way->value;
    return end + 1;
}

static uint32_t read_clock(const TimeContext *context, uint32_t at,
                           Clock *out) {
    int32_t offset = 0;
    uint32_t hour = read_offset(context, at, &offset), end;
    Str part;

    end = plain_clock(context, hour ? hour : at, out);
    if (hour && end && out->bare &&
        time_item(context, hour - 1)->class == TIME_PREP) {
        end = 0; /* "20 to 30" */
    }
    if (!end) {
        return 0;
    }
    if (hour) {
        out->minute = (out->minute + offset + DAY) % DAY;
        out->bare = false;
    }
    if (out->open && read_part(context, end, &part)) {
        put_in_part(out, part);
        out->bare = false;
        end = read_part(context, end, &part);
    }
    return end + time_is(context, end, TIME_ZONE);
}

/* What ends a phrase, so that a number before it counts nothing. */
static bool ends_here(const TimeContext *context, uint32_t at) {
    const TimeItem *item = time_item(context, at);

    return at >= context->items.count || item->class == TIME_COMMA ||
           item->class == TIME_PREP || item->class == TIME_ON ||
           (context->text->tokens[item->first].flags & TOKEN_PUNCT);
}

/* A time that is to come and is over today is tomorrow's. */
static Point next_clock(const TimeContext *context, uint32_t at, Point day,
                        const Clock *clock) {
    bool over = context->now != TIME_UNKNOWN && clock->minute < context->now &&
                time_tense(context, at) == TENSE_FUTURE;

    return over ? point_shift(day, GRAIN_DAY, 1) : day;
}

static void set_clock(TimeMatch *match, Point day, const Clock *clock) {
    day.part = str_of("");
    day.minute = clock->minute;
    day.grain = GRAIN_MINUTE;
    if (clock->second > 0) {
        day.second = clock->second;
        day.grain = GRAIN_SECOND;
    }
    time_set_point(match, "time/clock", day);
}

/* "in 24 hours", "20 minutes from now", "half an hour later": counted from the
 * time of publication, where that is known. */
uint32_t time_minutes_on(TimeContext *context, uint32_t at, TimeMatch *match) {
    int32_t minutes;
    Clock clock = {.second = TIME_UNKNOWN};
    uint32_t end = time_minutes(context, at, &minutes);
    const TimeItem *way = time_item(context, end);
    bool in = at && time_is(context, at - 1, TIME_PREP) &&
              time_item(context, at - 1)->value == 2 &&
              time_tense(context, at) != TENSE_PAST;
    int sign = 1;

    if (!end || context->now == TIME_UNKNOWN ||
        !point_known(context->published)) {
        return 0;
    }
    if (way->class == TIME_AGO || way->class == TIME_AGO_NOW ||
        way->class == TIME_LATER) {
        sign = (int)way->value;
        end++;
    } else if (!in) {
        return 0;
    }
    minutes = context->now + sign * minutes;
    clock.minute = ((minutes % DAY) + DAY) % DAY;
    set_clock(match,
              point_shift(context->published, GRAIN_DAY,
                          (minutes - clock.minute) / DAY),
              &clock);
    return end;
}

/* A day or a part of one: "Wednesday", "tomorrow morning", "this evening". */
static uint32_t named_day(TimeContext *context, uint32_t at, TimeMatch *named) {
    uint32_t from = at + time_is(context, at, TIME_COMMA), end;

    from += time_is(context, from, TIME_ON);
    end = time_day(context, from, named);
    if (!end || !named->has_point ||
        (named->point.grain != GRAIN_DAY && named->point.grain != GRAIN_PART)) {
        return 0;
    }
    return end;
}

/* "3h" is three hours, unless "at" or a day says otherwise; "19h30" not. */
static bool is_hours(const TimeContext *context, uint32_t at) {
    const TimeItem *item = time_item(context, at);

    return item->class == TIME_HOUR && item->clock == 2 &&
           item->value % HOUR == 0 &&
           str_ends(token_str(context->text, item->first), str_of("h")) &&
           !(at && time_is(context, at - 1, TIME_AT));
}

/* "10 p.m. Wednesday", "8:30 tomorrow morning", "8 tonight" */
uint32_t time_clock(TimeContext *context, uint32_t at, TimeMatch *match) {
    TimeMatch named = {0};
    Clock clock;
    Point day = context->published;
    uint32_t end = read_clock(context, at, &clock), past;

    if (!end) {
        return 0;
    }
    past = named_day(context, end, &named);
    if (!past && is_hours(context, at)) {
        time_set_value(
            match, "time/amount", TIME_DURATION,
            str_format(context->arena, "PT%dH", clock.minute / HOUR));
        return end;
    }
    if (clock.bare && !(past && named.point.grain == GRAIN_PART &&
                        (at == 0 || ends_here(context, at - 1) ||
                         time_is(context, at - 1, TIME_AT)))) {
        return 0;
    }
    if (past) {
        day = named.point;
        put_in_part(&clock, day.grain == GRAIN_PART ? day.part : str_of(""));
    } else {
        day = next_clock(context, at, day, &clock);
    }
    set_clock(match, day, &clock);
    return past ? past : end;
}

/* "tomorrow at 8", "Saturday morning at 9", "tonight 7:30": what follows a day
 * that was read up to `at`; `at` if nothing does. */
uint32_t time_add_clock(TimeContext *context, uint32_t at, TimeMatch *match) {
    Clock clock;
    uint32_t from = at + time_is(context, at, TIME_COMMA), end;
    bool said;

    if (!match->has_point ||
        (match->point.grain != GRAIN_DAY && match->point.grain != GRAIN_PART)) {
        return at;
    }
    said = time_is(context, from, TIME_AT);
    from += said;
    end = read_clock(context, from, &clock);
    if (!end || (clock.bare && !(said && ends_here(context, end)))) {
        return at;
    }
    if (match->point.grain == GRAIN_PART) {
        put_in_part(&clock, match->point.part);
    }
    set_clock(match, match->point, &clock);
    return end;
}
