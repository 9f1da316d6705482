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

/* A weekday or month by its form: in full, or with a capital; a short form or
 * a word like "march" only beside a number, or alone. */
static bool is_named(const TimeContext *context, uint32_t at, uint32_t end) {
    const TimeItem *next = time_item(context, at + 1);
    const TimeItem *before = at ? time_item(context, at - 1) : NULL;

    return !time_item(context, at)->doubtful || next->ordinal > 0 ||
           next->class == TIME_YEARS4 ||
           time_is(context, at + 2, TIME_YEARS4) ||
           (before && before->class == TIME_NUMBER && before->digits.len) ||
           (before && before->ordinal > 0) ||
           (next->class == TIME_NUMBER && next->digits.len &&
            time_item(context, at)->capital) ||
           time_stands_alone(context, at, end);
}

/* "March", "Sept." but neither the verb nor the modal: "march", "May he". */
static bool is_month(const TimeContext *context, uint32_t at) {
    const TimeItem *item = time_item(context, at);
    const Token *token = &context->text->tokens[item->first];

    return item->class == TIME_MONTH && is_named(context, at, at + 1) &&
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

/* The year after a date: "2011", ", 2011", "of 2011", "in 2011", in words. */
static uint32_t read_year_after(const TimeContext *context, uint32_t at,
                                int32_t *year) {
    uint32_t from = at + (time_is(context, at, TIME_COMMA) ||
                          time_is(context, at, TIME_OF));
    uint32_t end = time_read_year(context, from, year);

    if (!end && time_is(context, at, TIME_PREP)) {
        end = time_read_year(context, at + 1, year);
    }
    return end ? end : time_read_spoken_year(context, from, year);
}

/* "March 8", "March 1, 2011", "March eighth", "march the 3rd" */
static uint32_t month_day(TimeContext *context, uint32_t at, TimeMatch *match) {
    int32_t day, year = TIME_UNKNOWN;
    uint32_t end, past;

    if (!time_is(context, at, TIME_MONTH)) {
        return 0;
    }
    end = at + 1 + time_is(context, at + 1, TIME_THE);
    end = time_read_day(context, end, &day);
    if (!end || !is_named(context, at, end)) {
        return 0;
    }
    past = read_year_after(context, end, &year);
    time_set_point(match, "time/date",
                   full_date(context, at,
                             (int32_t)time_item(context, at)->value, day,
                             year));
    return past ? past : end;
}

/* "25 February 2013", "the 25th of February" */
static uint32_t day_month(TimeContext *context, uint32_t at, TimeMatch *match) {
    int32_t day, year = TIME_UNKNOWN;
    uint32_t end = time_read_day(context, at, &day), past;

    if (end && time_is(context, end, TIME_OF)) {
        end++;
    }
    if (!end || !time_is(context, end, TIME_MONTH) ||
        (time_item(context, end)->doubtful == 2 &&
         !time_item(context, at)->ordinal &&
         !time_is(context, end + 1, TIME_YEARS4) &&
         !time_stands_alone(context, at, end + 1))) {
        return 0;
    }
    past = read_year_after(context, end + 1, &year);
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

/* The year in which that date is that weekday, if it is so near that it must
 * be meant. */
static void fit_year(const TimeContext *context, TimeMatch *match,
                     int weekday) {
    Day day = match->point.day, base = context->published.day;

    if (!point_known(context->published) || day.year < base.year - 1 ||
        day.year > base.year + 1) {
        return;
    }
    for (int i = 0; i < 3; i++) { /* this year, the next, the last */
        static const int years[] = {0, 1, -1};
        Day other = {day.year + years[i], day.month, day.day};

        if (other.day <= month_days(other.year, other.month) &&
            day_weekday(other) == weekday) {
            match->point.day = other;
            return;
        }
    }
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
    } else if (item->day.day == TIME_UNKNOWN) {
        point.grain = GRAIN_MONTH;
    }
    time_set_point(match, "time/iso", point);
    return at + 1;
}

/* The next part of a date between slashes or hyphens; 0 if none. */
static uint32_t next_part(const TimeContext *context, uint32_t at) {
    const TimeItem *item = time_item(context, at);

    if (item->joined) {
        return at;
    }
    return item->class == TIME_OTHER && at < context->items.count &&
                   str_is(token_str(context->text, item->first), "/")
               ? at + 1
               : 0;
}

/* "23/Sep/2020", "2020-Sep-23": day, month and year in any order. */
static uint32_t parted_date(TimeContext *context, uint32_t at,
                            TimeMatch *match) {
    Day day = {0};
    uint32_t part = at;

    for (int i = 0; i < 3; i++) {
        const TimeItem *item;

        part = i ? next_part(context, part) : part;
        if (i && !part) {
            return 0;
        }
        item = time_item(context, part++);
        if (item->class == TIME_MONTH) {
            day.month = (int32_t)item->value;
        } else if (item->class == TIME_YEARS4) {
            day.year = (int32_t)item->value;
        } else if (item->class == TIME_NUMBER && item->digits.len) {
            day.day = item->value <= 31 ? (int32_t)item->value : 0;
        }
    }
    if (!day.year || !day.month || day.day < 1 ||
        day.day > month_days(day.year, day.month)) {
        return 0;
    }
    time_set_point(match, "time/iso", point_of_day(day, GRAIN_DAY));
    return part;
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
    if (!time_is(context, end, TIME_WEEKDAY)) {
        return 0;
    }
    date = end + 1 + time_is(context, end + 1, TIME_COMMA);
    if (time_is(context, date, TIME_DATE_ISO)) {
        return iso_date(context, date, match);
    }
    date = any_date(context, date, match);
    if (date && match->point.grain == GRAIN_DAY) {
        fit_year(context, match, (int)time_item(context, end)->value);
        return date;
    }
    if (!is_named(context, end, end + 1) &&
        !time_is(context, end + 1, TIME_AT)) {
        return 0;
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
          ((end > at && is_named(context, end, end + 1)) ||
           time_is(context, end + 1, TIME_YEARS4)))) {
        return 0;
    }
    number = (int32_t)time_item(context, end)->value;
    point = time_month(context, number, shift, time_tense(context, at));
    if (end > at && shift == 0 && point_known(point)) {
        point.day.year = context->published.day.year; /* "this March" */
    }
    end++;
    past = end + (time_is(context, end, TIME_OF) ||
                  time_is(context, end, TIME_COMMA));
    if (read_year_after(context, end, &year) &&
        !time_is(context, end, TIME_PREP)) {
        point.day.year = year;
        end = read_year_after(context, end, &year);
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
    if (item->class == TIME_REF && next->joined) {
        return 0; /* "soon-to-open" */
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

/* The "'s" after an owner. */
static bool is_owner_mark(const TimeContext *context, uint32_t token) {
    Str mark = token_str(context->text, token);

    return mark.len >= 2 && mark.len <= 4 && mark.ptr[mark.len - 1] == 's' &&
           !ascii_alnum(mark.ptr[0]);
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

/* "this evening", "last night"; "tomorrow" is a day_word. */
static uint32_t shifted_day(TimeContext *context, uint32_t at,
                            TimeMatch *match) {
    bool part = (time_is(context, at, TIME_SHIFT) ||
                 time_is(context, at, TIME_SHIFT_SAID)) &&
                time_is(context, at + 1, TIME_DAYPART);

    return part ? shifted_part(context, at, match) : 0;
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
    uint32_t over = time_is(context, at + 1, TIME_FISCAL);
    const TimeItem *next = time_item(context, at + 1 + over);
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
    if (str_is(unit, "TH") || str_is(unit, "TM") || str_is(unit, "TS") ||
        str_is(unit, "H")) {
        return 0;
    }
    if (str_is(unit, "Q") && item->value == 0 && point_known(base)) {
        bool said = item->class == TIME_SHIFT_SAID && context->quarter_at;

        time_set_point(match, "time/shifted",
                       said ? context->quarter
                            : point_shift(base, GRAIN_QUARTER, 0));
        return at + 2;
    }
    time_set_point(match, "time/shifted",
                   point_shift(base, time_grain(unit), item->value));
    return at + 2 + over;
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

/* ------------------------------------------------------------- all of them */

/* "the end of the month", "year-end", "the end of the day": a unit that is
 * now. */
static uint32_t unit_now(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    Str unit = time_item_cell(item);
    uint32_t from = at + (item->class == TIME_FISCAL);

    item = time_item(context, from);
    unit = time_item_cell(item);
    if (item->class != TIME_UNIT || item->ordinal ||
        !(str_is(unit, "D") || str_is(unit, "W") || str_is(unit, "M") ||
          str_is(unit, "Y"))) {
        return 0;
    }
    time_set_point(match, "time/unit-now",
                   point_shift(context->published, time_grain(unit), 0));
    return from + 1;
}

/* "the year", "the day" at the end of a phrase: the one that is now, or that
 * was named before. */
static uint32_t the_unit(TimeContext *context, uint32_t at, TimeMatch *match) {
    uint32_t end = unit_now(context, at, match);
    Str unit;

    if (!end || !time_is_mark(context, time_item(context, end - 1)->last)) {
        return 0;
    }
    unit = time_item_cell(time_item(context, end - 1));
    if (str_is(unit, "D") && context->said.grain == GRAIN_DAY) {
        match->point = context->said;
    }
    return end;
}

/* "the year ended March 31": its length, not when it was. */
static uint32_t the_year_ended(TimeContext *context, uint32_t at,
                               TimeMatch *match) {
    uint32_t end = unit_now(context, at, match), from = end;
    TimeMatch day = {0};

    if (!end || !str_is(time_item_cell(time_item(context, end - 1)), "Y") ||
        !time_is(context, from, TIME_OTHER)) {
        return 0;
    }
    if (!any_date(context, from + 1, &day)) {
        return 0;
    }
    *match = (TimeMatch){.mod = match->mod};
    time_set_value(match, "time/year-ended", TIME_DURATION, str_of("P1Y"));
    return end;
}

/* "year-end", "year end", "year's end" */
static uint32_t unit_end(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    uint32_t edge = at + 1;

    if (item->class != TIME_UNIT || !str_is(time_item_cell(item), "Y")) {
        return 0;
    }
    edge += time_is(context, edge, TIME_OTHER) &&
            is_owner_mark(context, time_item(context, edge)->first);
    if (!time_is(context, edge, TIME_EDGE) ||
        !str_is(time_item_cell(time_item(context, edge)), "END")) {
        return 0;
    }
    match->mod = time_item_cell(time_item(context, edge));
    unit_now(context, at, match);
    return edge + 1;
}

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

uint32_t time_day(TimeContext *context, uint32_t at, TimeMatch *match) {
    static Rule *const rules[] = {iso_date, time_day_of_week, time_day_number,
                                  weekday,  month_day,        day_month,
                                  day_word, shifted_day,      time_festival};

    return first_rule(context, rules, sizeof rules / sizeof *rules, at, match);
}

uint32_t time_period(TimeContext *context, uint32_t at, TimeMatch *match) {
    static Rule *const rules[] = {month, shifted, reference, time_year};

    return first_rule(context, rules, sizeof rules / sizeof *rules, at, match);
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
    uint32_t core = at + 1, end;

    if (item->class != TIME_EDGE && item->class != TIME_LATER) {
        return 0;
    }
    if (item->class == TIME_EDGE) {
        match->mod = time_item_cell(item);
        core += time_is(context, core, TIME_OF);
        core += time_is(context, core, TIME_THE);
    }
    end = edged_core(context, core, match);
    if (!end && item->class == TIME_LATER &&
        time_is(context, core, TIME_PREP) &&
        time_is(context, core + 1, TIME_THE)) {
        return unit_now(context, core + 2, match); /* "later in the day" */
    }
    if (!end && item->class == TIME_EDGE && core > at + 1) {
        end = unit_now(context, core, match);
    }
    return end;
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

/* "the week after next" */
static uint32_t after_next(TimeContext *context, uint32_t at,
                           TimeMatch *match) {
    const TimeItem *next = time_item(context, at + 2);

    if (!time_is(context, at + 1, TIME_PREP) ||
        time_item(context, at + 1)->value != 1 || next->class != TIME_SHIFT ||
        next->value != 1 || time_is(context, at + 3, TIME_UNIT) ||
        time_is(context, at + 3, TIME_WEEKDAY) ||
        !unit_now(context, at, match)) {
        return 0;
    }
    match->point = point_shift(match->point, match->point.grain, 2);
    return at + 3;
}

/* "the year 2000", but not the article of "the 2000 vote" */
static uint32_t year_named(TimeContext *context, uint32_t at,
                           TimeMatch *match) {
    return time_is(context, at, TIME_UNIT) ? time_year(context, at, match) : 0;
}

/* What an article may stand before. */
static uint32_t with_the(TimeContext *context, uint32_t at, TimeMatch *match) {
    static Rule *const rules[] = {
        edged,      time_same_quarter, shifted,           time_quarter,
        time_half,  time_century,      time_season,       time_decade,
        weekend,    time_the_quarter,  time_first_months, the_past,
        week_of,    the_reference,     time_amount,       day_month,
        after_next, the_year_ended,    the_unit,          time_the_season,
        year_named,
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
    static Rule *const rules[] = {time_clock, time_amount};
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
    case TIME_AT:
    case TIME_ON:
    case TIME_PERIOD:
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
        time_minutes_on,
        parted_date,
        iso_date,
        time_clock,
        time_day_of_week,
        time_days_from,
        time_weekdays_from,
        time_nth,
        time_day_number,
        weekday,
        month_day,
        day_month,
        month,
        time_festival,
        day_word,
        time_set,
        edged,
        with_the,
        qualified,
        time_quarter,
        time_half,
        time_century,
        time_year,
        time_decade,
        time_season,
        week_of,
        time_week_number,
        shifted,
        reference,
        unit_end,
        time_amount,
    };
    uint32_t end;

    assert(at < context->items.count);
    if (cannot_begin(time_item(context, at)->class)) {
        return 0;
    }
    end = first_rule(context, rules, sizeof rules / sizeof *rules, at, match);
    return end ? time_add_clock(context, end, match) : 0;
}
