/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_grammar.c - see time_grammar.h: the rules for points of time.
 *
 * A rule is a function that tries to read one form of expression from an item
 * on. time_match() takes the first rule that succeeds, so the longer forms
 * stand first: "Monday, Feb. 25" before "Monday". */
#include "find/time_grammar.h"

#include <assert.h>

#include "base/ascii.h"

const TimeItem *time_item(const TimeContext *context, uint32_t at) {
    static const TimeItem none = {.class = TIME_OTHER};

    return at < context->items.count ? &context->items.items[at] : &none;
}

bool time_is(const TimeContext *context, uint32_t at, TimeClass class) {
    return time_item(context, at)->class == class;
}

/* ------------------------------------------------------------- the parts */

/* A year that may follow a month: "March 2011", "March 1, 2011". */
uint32_t time_read_year(const TimeContext *context, uint32_t at,
                        int32_t *year) {
    const TimeItem *item = time_item(context, at);

    if (item->class == TIME_YEARS4) {
        *year = (int32_t)item->value;
        return at + 1;
    }
    return 0;
}

/* "nineteen ninety-six", "two thousand" after "the year" */
uint32_t time_read_spoken_year(const TimeContext *context, uint32_t at,
                               int32_t *year) {
    const TimeItem *item = time_item(context, at);
    int64_t rest = 0;
    uint32_t end = at + 1;

    if (item->class != TIME_NUMBER || item->digits.len ||
        (item->value != 19 && item->value != 18)) {
        return 0;
    }
    if (!time_is(context, end, TIME_NUMBER) ||
        time_item(context, end)->digits.len ||
        time_item(context, end)->value < 10 ||
        time_item(context, end)->value > 99) {
        return 0;
    }
    rest = time_item(context, end++)->value;
    if (rest >= 20 && time_is(context, end, TIME_NUMBER) &&
        time_item(context, end)->value < 10 &&
        !time_item(context, end)->digits.len) {
        rest += time_item(context, end++)->value;
    }
    *year = (int32_t)(item->value * 100 + rest);
    return end;
}

static uint32_t read_day_number(const TimeContext *context, uint32_t at,
                                int32_t *day) {
    const TimeItem *item = time_item(context, at);
    bool good = (item->class == TIME_NUMBER && item->digits.len > 0 &&
                 item->digits.len < 3) ||
                item->class == TIME_ORDINAL;

    if (!good || item->value < 1 || item->value > 31) {
        return 0;
    }
    *day = (int32_t)item->value;
    return at + 1;
}

/* "March", "Sept." but neither the verb nor the modal: "march", "May he". */
static bool is_month(const TimeContext *context, uint32_t at) {
    const TimeItem *item = time_item(context, at);
    const Token *token = &context->text->tokens[item->first];

    return item->class == TIME_MONTH && item->capital &&
           (!(token->flags & TOKEN_SENTENCE_START) ||
            !token_has(context->text, item->first, LEX_TENSE));
}

void time_set_point(TimeMatch *match, const char *rule, Point point) {
    match->type = point.grain >= GRAIN_PART ? TIME_TIME : TIME_DATE;
    match->has_point = true;
    match->point = point;
    match->rule = rule;
}

void time_set_value(TimeMatch *match, const char *rule, TimeType type,
                    Str value) {
    match->type = type;
    match->value = value;
    match->rule = rule;
}

/* A part of the day after a day: "Monday night", "yesterday morning". */
static uint32_t add_part(const TimeContext *context, uint32_t at,
                         TimeMatch *match) {
    if (!time_is(context, at, TIME_DAYPART) ||
        match->point.grain != GRAIN_DAY) {
        return at;
    }
    match->point.part = time_item_cell(time_item(context, at));
    match->point.grain = GRAIN_PART;
    match->type = TIME_TIME;
    return at + 1;
}

/* ----------------------------------------------------------------- dates */

/* The date of day and month, with the year or without. */
static Point full_date(const TimeContext *context, uint32_t at, int32_t month,
                       int32_t day, int32_t year) {
    if (year == TIME_UNKNOWN) {
        return time_month_day(context, month, day, time_tense(context, at));
    }
    if (day > month_days(year, month)) {
        return point_of_day((Day){year, month, TIME_UNKNOWN}, GRAIN_MONTH);
    }
    return point_of_day((Day){year, month, day}, GRAIN_DAY);
}

/* "March 8", "March 1, 2011", "March eighth" */
static uint32_t month_day(TimeContext *context, uint32_t at, TimeMatch *match) {
    int32_t day, year = TIME_UNKNOWN;
    uint32_t end, past;

    if (!time_is(context, at, TIME_MONTH) || !time_item(context, at)->capital) {
        return 0;
    }
    end = read_day_number(context, at + 1, &day);
    if (!end) {
        return 0;
    }
    past =
        time_read_year(context, end + time_is(context, end, TIME_COMMA), &year);
    time_set_point(match, "time/date",
                   full_date(context, at,
                             (int32_t)time_item(context, at)->value, day,
                             year));
    return past ? past : end;
}

/* "25 February 2013", "the 25th of February" */
static uint32_t day_month(TimeContext *context, uint32_t at, TimeMatch *match) {
    int32_t day, year = TIME_UNKNOWN;
    uint32_t end = read_day_number(context, at, &day), past;

    if (end && time_is(context, end, TIME_OF)) {
        end++;
    }
    if (!end || !time_is(context, end, TIME_MONTH) ||
        !time_item(context, end)->capital) {
        return 0;
    }
    past = time_read_year(
        context, end + 1 + time_is(context, end + 1, TIME_COMMA), &year);
    time_set_point(match, "time/date",
                   full_date(context, at,
                             (int32_t)time_item(context, end)->value, day,
                             year));
    return past ? past : end + 1;
}

static uint32_t any_date(TimeContext *context, uint32_t at, TimeMatch *match) {
    uint32_t end = month_day(context, at, match);

    return end ? end : day_month(context, at, match);
}

static uint32_t iso_date(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    Point point;

    if (item->class != TIME_DATE_ISO) {
        return 0;
    }
    point = point_of_day(item->day, GRAIN_DAY);
    if (item->minute != TIME_UNKNOWN) {
        point.minute = item->minute;
        point.grain = GRAIN_MINUTE;
    }
    time_set_point(match, "time/iso", point);
    return at + 1;
}

/* "Monday", "Monday night", "Monday, Feb. 25", "last Monday", "this coming
 * Sunday, March 8" */
static uint32_t weekday(TimeContext *context, uint32_t at, TimeMatch *match) {
    Point base = context->published;
    int shift = 0;
    uint32_t end = at, date;
    bool shifted = false;

    if (time_is(context, at, TIME_SHIFT_SAID)) {
        base = context->said.grain == GRAIN_DAY ? context->said : base;
        shift = (int)time_item(context, end++)->value;
        shifted = true;
    }
    while (time_is(context, end, TIME_SHIFT) && end < at + 2) {
        shift = (int)time_item(context, end++)->value;
        shifted = true;
    }
    if (!time_is(context, end, TIME_WEEKDAY) ||
        !time_item(context, end)->capital) {
        return 0;
    }
    date = any_date(context, end + 1 + time_is(context, end + 1, TIME_COMMA),
                    match);
    if (date && match->point.grain == GRAIN_DAY) {
        return date;
    }
    time_set_point(
        match, shifted ? "time/shifted-weekday" : "time/weekday",
        time_weekday(base, (int)time_item(context, end)->value, shift,
                     shift == 0 && shifted ? TENSE_FUTURE
                                           : time_tense(context, at)));
    return add_part(context, end + 1, match);
}

/* "March 2011", "March of last year", "January this year", "last March",
 * "March" */
static uint32_t month(TimeContext *context, uint32_t at, TimeMatch *match) {
    int32_t year = TIME_UNKNOWN, number, shift = 0;
    uint32_t end = at, past;
    Point point;

    if (time_is(context, end, TIME_SHIFT)) {
        shift = (int32_t)time_item(context, end++)->value;
    }
    if (!is_month(context, end) &&
        !(time_is(context, end, TIME_MONTH) &&
          time_item(context, end)->capital &&
          (end > at || time_is(context, end + 1, TIME_YEARS4)))) {
        return 0;
    }
    number = (int32_t)time_item(context, end)->value;
    point = time_month(context, number, shift, time_tense(context, at));
    end++;
    past = end + (time_is(context, end, TIME_OF) ||
                  time_is(context, end, TIME_COMMA));
    if (time_read_year(context, past, &year)) {
        point.day.year = year;
        end = past + 1;
    } else if (time_is(context, past, TIME_SHIFT) &&
               str_is(time_item_cell(time_item(context, past + 1)), "Y") &&
               point_known(context->published)) {
        point.day.year = context->published.day.year +
                         (int32_t)time_item(context, past)->value;
        end = past + 2;
    }
    time_set_point(match, "time/month", point);
    return end;
}

/* ------------------------------------------------------- from today's date */

/* "today", "yesterday morning", "tonight" */
static uint32_t day_word(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);

    if (item->class == TIME_TONIGHT) {
        Point point = context->published;
        point.grain = GRAIN_PART;
        point.part = time_item_cell(item);
        time_set_point(match, "time/day", point);
        return at + 1;
    }
    if (item->class != TIME_DAY) {
        return 0;
    }
    time_set_point(match, "time/day",
                   point_shift(context->published, GRAIN_DAY, item->value));
    return add_part(context, at + 1, match);
}

/* "recently"; "recent months" and "the coming weeks" are no one date; "the
 * current year" is one. */
static uint32_t reference(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    const TimeItem *next = time_item(context, at + 1);
    bool units = next->class == TIME_UNITS;

    if (item->class == TIME_REF && next->class == TIME_UNIT &&
        str_is(time_item_cell(item), "PRESENT_REF")) {
        time_set_point(match, "time/shifted",
                       point_shift(context->published,
                                   time_grain(time_item_cell(next)), 0));
        return at + 2;
    }
    if (item->class == TIME_REF) {
        time_set_value(match, "time/ref", TIME_DATE, time_item_cell(item));
        return at + 1 + units;
    }
    if (item->class == TIME_REF_NOUN && at &&
        time_is(context, at - 1, TIME_THE)) {
        time_set_value(match, "time/ref", TIME_DATE, time_item_cell(item));
        return at + 1;
    }
    if ((item->class == TIME_SHIFT || item->class == TIME_SPAN) && units &&
        item->value != 0) {
        time_set_value(match, "time/ref", TIME_DATE,
                       str_of(item->value < 0 ? "PAST_REF" : "FUTURE_REF"));
        return at + 2;
    }
    return 0;
}

/* "the past" alone */
static uint32_t the_past(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *next = time_item(context, at + 1);

    if (!time_is(context, at, TIME_SPAN) ||
        (at + 1 < context->items.count &&
         !(context->text->tokens[next->first].flags & TOKEN_PUNCT))) {
        return 0;
    }
    time_set_value(match, "time/ref", TIME_DATE, str_of("PAST_REF"));
    return at + 1;
}

/* "the week of March 6" */
static uint32_t week_of(TimeContext *context, uint32_t at, TimeMatch *match) {
    uint32_t end;

    if (!time_is(context, at, TIME_UNIT) ||
        !str_is(time_item_cell(time_item(context, at)), "W") ||
        !time_is(context, at + 1, TIME_OF)) {
        return 0;
    }
    end = any_date(context, at + 2, match);
    if (end && match->point.grain == GRAIN_DAY) {
        match->point.grain = GRAIN_WEEK;
    }
    return end;
}

static Point base_of(const TimeContext *context, const TimeItem *item) {
    return item->class == TIME_SHIFT_SAID ? context->said : context->published;
}

/* "this morning", "last night", "last summer": what `item` shifts. */
static uint32_t shifted_part(TimeContext *context, uint32_t at,
                             TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    const TimeItem *next = time_item(context, at + 1);
    Point point = base_of(context, item);

    if (next->class == TIME_DAYPART) {
        point = point_shift(point, GRAIN_DAY, item->value);
        point.grain = GRAIN_PART;
    } else if (next->class == TIME_SEASON) {
        /* "last summer", said in March or in December, differs by a year */
        int32_t first = str_is(time_item_cell(next), "SP")   ? 3
                        : str_is(time_item_cell(next), "SU") ? 6
                        : str_is(time_item_cell(next), "FA") ? 9
                                                             : 12;
        point = time_month(context, first, (int)item->value, TENSE_PAST);
        if (item->value == 0) {
            point.day.year = context->published.day.year;
        }
        point.grain = GRAIN_SEASON;
    } else {
        return 0;
    }
    point.part = time_item_cell(next);
    time_set_point(match, "time/shifted-part", point);
    return at + 2;
}

/* "the past two years", "the next few days", "the past week" */
static uint32_t span_of_time(TimeContext *context, uint32_t at,
                             TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    TimeMatch amount = {0};
    uint32_t end;

    if (item->class == TIME_SPAN && time_is(context, at + 1, TIME_UNIT)) {
        time_set_value(
            match, "time/span", TIME_DURATION,
            time_duration(context->arena, str_of("1"),
                          time_item_cell(time_item(context, at + 1))));
        return at + 2;
    }
    if (time_is(context, at + 1, TIME_ARTICLE)) {
        return 0;
    }
    end = time_amount(context, at + 1, &amount);
    if (!end || amount.type != TIME_DURATION) {
        return 0;
    }
    time_set_value(match, "time/span", TIME_DURATION, amount.value);
    return end;
}

/* "last week", "this year", "the following day", "that year" */
static uint32_t shifted(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    const TimeItem *next = time_item(context, at + 1);
    Str unit = time_item_cell(next);
    Point base = base_of(context, item);
    uint32_t end;

    if (item->class != TIME_SHIFT && item->class != TIME_SHIFT_SAID &&
        item->class != TIME_SPAN) {
        return 0;
    }
    end = span_of_time(context, at, match);
    if (!end && item->class != TIME_SPAN) {
        end = shifted_part(context, at, match);
    }
    if (end || next->class != TIME_UNIT || item->class == TIME_SPAN ||
        next->ordinal) {
        return end;
    }
    if (str_is(unit, "D") && item->class == TIME_SHIFT) {
        if (item->value <= 0) {
            return 0; /* "this day", "the last day" */
        }
        base = context->said; /* "the next day" */
    }
    if (str_is(unit, "TH") || str_is(unit, "TM") || str_is(unit, "TS")) {
        return 0;
    }
    if (str_is(unit, "Q") && item->value == 0 && point_known(base)) {
        time_set_point(match, "time/shifted",
                       point_shift(base, GRAIN_QUARTER, 0));
        return at + 2;
    }
    time_set_point(match, "time/shifted",
                   point_shift(base, time_grain(unit), item->value));
    return at + 2;
}

/* "the weekend": the one before, or the one that is on or near. */
static uint32_t weekend(TimeContext *context, uint32_t at, TimeMatch *match) {
    Point base = context->published;
    bool before = point_known(base) && day_weekday(base.day) < 5 &&
                  time_tense(context, at) != TENSE_FUTURE;

    if (!time_is(context, at, TIME_UNIT) ||
        !str_is(time_item_cell(time_item(context, at)), "WE")) {
        return 0;
    }
    time_set_point(match, "time/weekend",
                   point_shift(base, GRAIN_WEEKEND, before ? -1 : 0));
    return at + 1;
}

/* ----------------------------------------------------------------- clocks */

/* The day that a time of day belongs to: "10 p.m. Wednesday", else today. */
static uint32_t clock_day(TimeContext *context, uint32_t at, Point *day) {
    TimeMatch named = {0};
    uint32_t end = at + time_is(context, at, TIME_COMMA);

    *day = context->published;
    end = weekday(context, end, &named);
    if (!end) {
        end = any_date(context, at + time_is(context, at, TIME_COMMA), &named);
    }
    if (!end) {
        end = day_word(context, at, &named);
    }
    if (!end || named.point.grain != GRAIN_DAY) {
        return at;
    }
    *day = named.point;
    return end;
}

/* Minute of the day and where it ends: "10:30 p.m.", "6 o'clock", "noon". */
static uint32_t clock_time(const TimeContext *context, uint32_t at,
                           int32_t *minute) {
    const TimeItem *item = time_item(context, at);
    const TimeItem *next = time_item(context, at + 1);

    if (item->class == TIME_NOON) {
        *minute = (int32_t)item->value;
        return at + 1;
    }
    if (item->class != TIME_HOUR &&
        (item->class != TIME_NUMBER || item->value > 12 || item->value < 1)) {
        return 0;
    }
    *minute =
        (int32_t)(item->class == TIME_HOUR ? item->value : item->value * 60);
    if (next->class == TIME_CLOCK) {
        *minute = *minute % 720 + (int32_t)next->value * 60;
        return at + 2;
    }
    if (next->class == TIME_OCLOCK) {
        return at + 2;
    }
    return item->class == TIME_HOUR ? at + 1 : 0;
}

static uint32_t clock(TimeContext *context, uint32_t at, TimeMatch *match) {
    int32_t minute;
    Point point;
    uint32_t end = clock_time(context, at, &minute);

    if (!end) {
        return 0;
    }
    if (time_is(context, end, TIME_ZONE)) {
        end++;
    }
    end = clock_day(context, end, &point);
    point.minute = minute;
    point.grain = GRAIN_MINUTE;
    time_set_point(match, "time/clock", point);
    return end;
}

/* ------------------------------------------------------------- all of them */

typedef uint32_t Rule(TimeContext *context, uint32_t at, TimeMatch *match);

static uint32_t first_rule(TimeContext *context, Rule *const *rules,
                           size_t count, uint32_t at, TimeMatch *match) {
    Str mod = match->mod;

    for (size_t i = 0; i < count; i++) {
        uint32_t end = rules[i](context, at, match);
        if (end) {
            return end;
        }
        *match = (TimeMatch){.mod = mod};
    }
    return 0;
}

/* Points that "early", "late", "mid-" and "earlier" may stand before. */
static uint32_t edged_core(TimeContext *context, uint32_t at,
                           TimeMatch *match) {
    static Rule *const rules[] = {
        iso_date,    weekday,      month_day,    month,
        day_word,    shifted,      time_season,  time_year,
        time_decade, time_quarter, time_century,
    };

    return first_rule(context, rules, sizeof rules / sizeof *rules, at, match);
}

/* "early 2010", "late Monday", "mid-June", "earlier this week", "the end of
 * the year" */
static uint32_t edged(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    uint32_t core = at + 1;

    if (item->class != TIME_EDGE && item->class != TIME_LATER) {
        return 0;
    }
    if (item->class == TIME_EDGE) {
        match->mod = time_item_cell(item);
        core += time_is(context, core, TIME_OF);
        core += time_is(context, core, TIME_THE);
    }
    return edged_core(context, core, match);
}

/* "the future", "the coming weeks", but not "the" of "the recent attack" */
static uint32_t the_reference(TimeContext *context, uint32_t at,
                              TimeMatch *match) {
    if (time_is(context, at, TIME_REF) &&
        !time_is(context, at + 1, TIME_UNIT)) {
        return 0;
    }
    return reference(context, at, match);
}

/* What an article may stand before. */
static uint32_t with_the(TimeContext *context, uint32_t at, TimeMatch *match) {
    static Rule *const rules[] = {
        edged,        shifted,          time_quarter,
        time_century, time_season,      time_decade,
        weekend,      time_the_quarter, time_first_months,
        the_past,     week_of,          the_reference,
        time_amount,  day_month,
    };

    if (!time_is(context, at, TIME_THE)) {
        return 0;
    }
    if (time_is(context, at + 1, TIME_FISCAL)) {
        at++;
    }
    return first_rule(context, rules, sizeof rules / sizeof *rules, at + 1,
                      match);
}

/* "nearly two years", "around 7:15 p.m.", "at least 20 years" */
static uint32_t qualified(TimeContext *context, uint32_t at, TimeMatch *match) {
    static Rule *const rules[] = {clock, time_amount};
    const TimeItem *item = time_item(context, at);

    if (item->class != TIME_QUALIFIER) {
        return 0;
    }
    match->mod = time_item_cell(item);
    return first_rule(context, rules, sizeof rules / sizeof *rules, at + 1,
                      match);
}

/* No expression begins with these. */
static bool cannot_begin(TimeClass class) {
    switch (class) {
    case TIME_OTHER:
    case TIME_OF:
    case TIME_PREP:
    case TIME_COMMA:
    case TIME_CLOCK:
    case TIME_ZONE:
    case TIME_AGO:
    case TIME_AGO_SAID:
    case TIME_AGO_NOW:
    case TIME_OLD:
    case TIME_MORE:
        return true;
    default:
        return false;
    }
}

uint32_t time_match(TimeContext *context, uint32_t at, TimeMatch *match) {
    static Rule *const rules[] = {
        iso_date,    clock,         weekday,      month_day,    day_month,
        month,       time_festival, day_word,     time_set,     edged,
        with_the,    qualified,     time_quarter, time_century, time_year,
        time_decade, time_season,   shifted,      reference,    time_amount,
    };

    assert(at < context->items.count);
    if (cannot_begin(time_item(context, at)->class)) {
        return 0;
    }
    return first_rule(context, rules, sizeof rules / sizeof *rules, at, match);
}
