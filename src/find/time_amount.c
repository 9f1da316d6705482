/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_amount.c - see time_grammar.h: amounts of time, and sets. */
#include "find/time_grammar.h"

#include <string.h>

Grain time_grain(Str unit) {
    static const struct {
        const char *code;
        Grain grain;
    } grains[] = {
        {"D", GRAIN_DAY},      {"W", GRAIN_WEEK},    {"F", GRAIN_DAY},
        {"WE", GRAIN_WEEKEND}, {"M", GRAIN_MONTH},   {"Q", GRAIN_QUARTER},
        {"Y", GRAIN_YEAR},     {"E", GRAIN_DECADE},  {"C", GRAIN_CENTURY},
        {"TH", GRAIN_MINUTE},  {"TM", GRAIN_MINUTE}, {"TS", GRAIN_SECOND},
    };

    for (size_t i = 0; i < sizeof grains / sizeof *grains; i++) {
        if (str_is(unit, grains[i].code)) {
            return grains[i].grain;
        }
    }
    return GRAIN_DAY;
}

/* Units that ISO 8601 has no letter for: in those that it has. */
static bool converted(Str unit, const char **letter, int *times) {
    if (str_is(unit, "E")) {
        *letter = "Y", *times = 10;
    } else if (str_is(unit, "C")) {
        *letter = "Y", *times = 100;
    } else if (str_is(unit, "Q")) {
        *letter = "M", *times = 3;
    } else if (str_is(unit, "F")) {
        *letter = "W", *times = 2;
    } else {
        return false;
    }
    return true;
}

Str time_duration(Arena *arena, Str amount, Str unit) {
    bool clock = unit.len > 1 && unit.ptr[0] == 'T';
    Str letter = clock ? str_slice(unit, 1, unit.len) : unit;
    const char *other;
    int times, value = 0;

    if (str_is(amount, "X") && str_is(unit, "E")) {
        return str_of("PXY");
    }
    if (!str_is(amount, "X") && amount.len < 7 &&
        converted(unit, &other, &times)) {
        for (size_t i = 0; i < amount.len; i++) {
            value = value * 10 + (amount.ptr[i] - '0');
        }
        return str_format(arena, "P%d%s", value * times, other);
    }
    return str_format(arena, "P%s%.*s%.*s", clock ? "T" : "", (int)amount.len,
                      amount.ptr, (int)letter.len, letter.ptr);
}

typedef struct Amount {
    Str digits; /* "2", "2.5", "X" */
    int64_t value;
    bool known;
    bool half; /* and a half */
} Amount;

/* "two", "a", "24", "twenty four", "two hundred", "2.5", "several". */
static uint32_t read_amount(TimeContext *context, uint32_t at, Amount *out) {
    const TimeItem *item = time_item(context, at);
    int64_t value = item->value;

    if (item->class == TIME_FEW && item->value > 0) {
        *out = (Amount){.digits = str_format(context->arena, "%lld",
                                             (long long)item->value),
                        .value = item->value,
                        .known = true};
        return at + 1; /* "a couple of" */
    }
    if (item->class == TIME_FEW) {
        *out = (Amount){.digits = str_of("X")};
        return at + 1;
    }
    if (item->class == TIME_ARTICLE) {
        value = 1;
        at++;
        if (!time_is(context, at, TIME_NUMBER) ||
            time_item(context, at)->value < 100) {
            *out = (Amount){.digits = str_of("1"), .value = 1, .known = true};
            return at;
        }
        item = time_item(context, at);
        value = item->value;
    } else if (item->class != TIME_NUMBER && item->class != TIME_YEARS4) {
        return 0;
    }
    at++;
    if (item->digits.len && memchr(item->digits.ptr, '.', item->digits.len)) {
        *out = (Amount){.digits = item->digits, .value = value, .known = true};
        return at;
    }
    if (item->class == TIME_YEARS4 && !time_is(context, at, TIME_UNITS)) {
        return 0; /* "the 1988 quarter" */
    }
    while (time_is(context, at, TIME_NUMBER)) {
        int64_t more = time_item(context, at)->value;
        if (more >= 100 && value < 100000) {
            value *= more;
        } else if (more < 10 && value % 10 == 0) {
            value += more;
        } else {
            break;
        }
        at++;
    }
    *out = (Amount){str_format(context->arena, "%lld", (long long)value), value,
                    true, false};
    if (time_is(context, at, TIME_HALF)) {
        out->half = true; /* "2 1/2" */
        at++;
    }
    return at;
}

/* The sentence ends before `token`, or a mark stands there. */
static bool ends_phrase(const TimeContext *context, uint32_t token) {
    return token >= context->last ||
           (context->text->tokens[token].flags & TOKEN_PUNCT);
}

/* "ago", "earlier", "before": which way and from where. 0 if nothing. */
static uint32_t read_direction(TimeContext *context, uint32_t at, int *sign,
                               Point *from) {
    const TimeItem *item = time_item(context, at);

    switch (item->class) {
    case TIME_AGO:
    case TIME_AGO_NOW:
        *from = context->published;
        break;
    case TIME_PREP: /* "the day after" */
        if (item->value != 1 || !ends_phrase(context, item->last)) {
            return 0;
        }
        *from = context->said;
        break;
    case TIME_AGO_SAID:
        if (!ends_phrase(context, item->last)) {
            return 0; /* "two days before the vote": not from a date */
        }
        *from = context->said;
        break;
    case TIME_LATER:
        *from = context->said;
        break;
    default:
        return 0;
    }
    *sign = (int)item->value;
    return at + 1;
}

/* What counts from the date just named says so by its rule: which date that
 * is, is less sure than today. */
static const char *direction_rule(const TimeContext *context, uint32_t at) {
    return time_is(context, at, TIME_AGO_SAID) ||
                   time_is(context, at, TIME_LATER)
               ? "time/before"
               : "time/ago";
}

/* "three days ago": the grain is the unit's; of many days the day, of hours
 * the day too. A vague amount is only past or future. */
static void away_from(const Amount *amount, Str unit, int sign, Point from,
                      TimeMatch *match) {
    match->type = TIME_DATE;
    match->rule = "time/ago";
    if (!amount->known) {
        match->value = str_of(sign < 0 ? "PAST_REF" : "FUTURE_REF");
        return;
    }
    match->has_point = true;
    match->point =
        point_shift(from, time_grain(unit),
                    sign * amount->value * (str_is(unit, "F") ? 14 : 1));
    if (match->point.grain == GRAIN_DECADE) {
        match->point.grain = GRAIN_YEAR;
    }
}

static bool is_unit(const TimeContext *context, uint32_t at) {
    return time_is(context, at, TIME_UNIT) || time_is(context, at, TIME_UNITS);
}

/* "and a half" after the unit: half a year is six months. */
static void add_half(TimeContext *context, const Amount *amount, Str unit,
                     TimeMatch *match) {
    static const char *const halves[][2] = {
        {"Y", "P%lldY6M"}, {"TH", "PT%lldH30M"}, {"TM", "PT%lldM30S"}};
    long long value = amount->value;

    match->value = time_duration(
        context->arena, str_format(context->arena, "%lld.5", value), unit);
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        if (str_is(unit, halves[i][0])) {
            match->value = value
                               ? str_format(context->arena, halves[i][1], value)
                           : i == 0 ? str_of("P6M")
                           : i == 1 ? str_of("PT30M")
                                    : str_of("PT30S");
        }
    }
}

uint32_t time_minutes(TimeContext *context, uint32_t at, int32_t *minutes) {
    Amount amount = {0};
    uint32_t end = at;
    bool half = time_is(context, at, TIME_HALF) ||
                str_is(time_item_cell(time_item(context, at)), "H");
    Str unit;

    if (half) {
        end = at + 1 + time_is(context, at + 1, TIME_ARTICLE);
    } else {
        end = read_amount(context, at, &amount);
    }
    unit = time_item_cell(time_item(context, end));
    if (!end || !is_unit(context, end) ||
        (!str_is(unit, "TH") && !str_is(unit, "TM")) ||
        (!half && (!amount.known || amount.value > 10000))) {
        return 0;
    }
    *minutes = (int32_t)(half ? 30 : amount.value * 60);
    if (str_is(unit, "TM")) {
        *minutes = half ? 0 : (int32_t)amount.value;
    }
    return end + 1;
}

/* "a year ago", where a quarter was just told of, is that quarter a year
 * before. */
static void year_before(const TimeContext *context, const Amount *amount,
                        Str unit, int sign, TimeMatch *match) {
    enum { NEAR = 3 }; /* sentences */

    if (amount->value == 1 && sign < 0 && str_is(unit, "Y") &&
        context->quarter_at && context->sentence < context->quarter_at + NEAR) {
        match->point = point_shift(context->quarter, GRAIN_QUARTER, -4);
    }
}

static uint32_t counted(TimeContext *context, uint32_t at, TimeMatch *match) {
    Amount amount;
    Point from;
    Str unit;
    int sign;
    uint32_t end = read_amount(context, at, &amount), past;

    if (end && time_is(context, end, TIME_MORE)) {
        end++;
    }
    if (!end || !is_unit(context, end)) {
        return 0;
    }
    if (str_is(time_item_cell(time_item(context, end)), "H")) {
        return 0; /* "a half" */
    }
    unit = time_item_cell(time_item(context, end));
    /* "a two-year" is an amount; "a second" mostly an ordinal */
    if (time_is(context, at, TIME_ARTICLE) &&
        time_item(context, end)->ordinal) {
        return 0;
    }
    if (str_is(unit, "Q") && at > 0 && !time_is(context, at - 1, TIME_SHIFT) &&
        !time_is(context, at - 1, TIME_SPAN)) {
        return 0; /* "three-quarters of", "a quarter": fractions */
    }
    past = read_direction(context, end + 1, &sign, &from);
    if (past && time_grain(unit) <= GRAIN_DAY) {
        away_from(&amount, unit, sign, from, match);
        match->rule = direction_rule(context, end + 1);
        year_before(context, &amount, unit, sign, match);
        return past;
    }
    match->type = TIME_DURATION;
    match->rule = "time/amount";
    match->value = time_duration(context->arena, amount.digits, unit);
    if (amount.half) {
        add_half(context, &amount, unit, match);
    } else if (time_is(context, end + 1, TIME_AND_HALF) && amount.known) {
        add_half(context, &amount, unit, match);
        end++;
    } else if (time_is(context, end + 1, TIME_OLD)) {
        return 0; /* "37 years old", "a six-year-old": an age */
    }
    return end + 1;
}

/* "the day before", "the week before": one before the date just named. */
static uint32_t the_unit_before(TimeContext *context, uint32_t at,
                                TimeMatch *match) {
    Amount one = {.digits = str_of("1"), .value = 1, .known = true};
    Point from;
    int sign;
    uint32_t end;

    if (!time_is(context, at, TIME_THE) ||
        !time_is(context, at + 1, TIME_UNIT)) {
        return 0;
    }
    end = read_direction(context, at + 2, &sign, &from);
    if (!end ||
        time_grain(time_item_cell(time_item(context, at + 1))) > GRAIN_DAY) {
        return 0;
    }
    away_from(&one, time_item_cell(time_item(context, at + 1)), sign, from,
              match);
    match->rule = direction_rule(context, at + 2);
    return end;
}

/* "years", "decades" with no amount; "days" before "ago" has none either. */
static uint32_t bare_units(TimeContext *context, uint32_t at,
                           TimeMatch *match) {
    Amount none = {.digits = str_of("X")};
    Str unit;
    Point from;
    int sign;
    uint32_t end;

    if (!time_is(context, at, TIME_UNITS) ||
        time_is(context, at + 1, TIME_OLD)) {
        return 0;
    }
    unit = time_item_cell(time_item(context, at));
    end = read_direction(context, at + 1, &sign, &from);
    if (end) {
        away_from(&none, unit, sign, from, match);
        match->rule = direction_rule(context, at + 1);
        return end;
    }
    match->type = TIME_DURATION;
    match->rule = "time/units";
    match->value = time_duration(context->arena, none.digits, unit);
    return at + 1;
}

/* "year-earlier", "the year-ago quarter" */
static uint32_t unit_ago(TimeContext *context, uint32_t at, TimeMatch *match) {
    Amount one = {.digits = str_of("1"), .value = 1, .known = true};
    uint32_t end = at + 2;

    if (!time_is(context, at, TIME_UNIT) ||
        !(time_is(context, at + 1, TIME_AGO) ||
          time_is(context, at + 1, TIME_LATER)) ||
        !time_item(context, at + 1)->joined) {
        return 0;
    }
    if (time_grain(time_item_cell(time_item(context, at))) != GRAIN_YEAR) {
        return 0;
    }
    away_from(&one, time_item_cell(time_item(context, at)), -1,
              context->quarter, match);
    match->point.grain = GRAIN_QUARTER;
    match->point.sub = context->quarter.sub;
    if (time_is(context, end, TIME_UNIT) ||
        time_is(context, end, TIME_PERIOD)) {
        end++;
    }
    return end;
}

/* Units that add up to one another: "an hour and 45 minutes". */
static const struct {
    const char *code;
    char family;    /* 'c' of the clock, 'd' of days, 'm' of months */
    int64_t length; /* in the least unit of the family */
} scales[] = {
    {"TH", 'c', 3600}, {"TM", 'c', 60}, {"TS", 'c', 1}, {"W", 'd', 7},
    {"D", 'd', 1},     {"Y", 'm', 12},  {"M", 'm', 1},
};

static int scale_of(Str unit) {
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        if (str_is(unit, scales[i].code)) {
            return (int)i;
        }
    }
    return -1;
}

/* One more amount of a smaller unit, after a comma or a joining word; 0 if
 * none. */
static uint32_t read_more(TimeContext *context, uint32_t at, int *scale,
                          int64_t *sum) {
    Amount amount;
    uint32_t from = at + time_is(context, at, TIME_COMMA), end;
    int next;

    if (from < context->items.count && time_is(context, from, TIME_OTHER) &&
        token_has(context->text, time_item(context, from)->first,
                  LEX_RANGE_WORD)) {
        from++;
    }
    end = read_amount(context, from, &amount);
    if (!end || !amount.known || amount.half || !is_unit(context, end)) {
        return 0;
    }
    next = scale_of(time_item_cell(time_item(context, end)));
    if (next < 0 || scales[next].family != scales[*scale].family ||
        scales[next].length >= scales[*scale].length) {
        return 0;
    }
    *sum = *sum * (scales[*scale].length / scales[next].length) + amount.value;
    *scale = next;
    return end + 1;
}

/* "2 years and 3 months" is 27 months. */
static uint32_t summed(TimeContext *context, uint32_t at, TimeMatch *match) {
    Amount amount;
    uint32_t end = read_amount(context, at, &amount), past;
    int64_t sum;
    int scale;

    if (!end || !amount.known || amount.half || amount.value > 100000 ||
        !is_unit(context, end)) {
        return 0;
    }
    sum = amount.value;
    scale = scale_of(time_item_cell(time_item(context, end)));
    past = scale < 0 ? 0 : read_more(context, end + 1, &scale, &sum);
    if (!past) {
        return 0;
    }
    for (end = past; past; past = read_more(context, end, &scale, &sum)) {
        end = past;
    }
    time_set_value(
        match, "time/sum", TIME_DURATION,
        time_duration(context->arena,
                      str_format(context->arena, "%lld", (long long)sum),
                      str_of(scales[scale].code)));
    return end;
}

uint32_t time_amount(TimeContext *context, uint32_t at, TimeMatch *match) {
    uint32_t end = summed(context, at, match);

    if (!end) {
        end = counted(context, at, match);
    }

    if (!end) {
        end = unit_ago(context, at, match);
    }
    if (!end) {
        end = the_unit_before(context, at, match);
    }
    return end ? end : bare_units(context, at, match);
}

/* "every Friday", "each month", "every two weeks", "every night" */
static uint32_t each(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    Amount amount;
    uint32_t end = read_amount(context, at, &amount);

    if (end && is_unit(context, end)) {
        match->value = time_duration(context->arena, amount.digits,
                                     time_item_cell(time_item(context, end)));
        return end + 1;
    }
    switch (item->class) {
    case TIME_WEEKDAY:
        match->value =
            str_format(context->arena, "XXXX-WXX-%d", (int)item->value);
        break;
    case TIME_MONTH:
        match->value =
            str_format(context->arena, "XXXX-%02d", (int)item->value);
        break;
    case TIME_UNIT:
        match->value =
            time_duration(context->arena, str_of("1"), time_item_cell(item));
        break;
    case TIME_DAYPART:
        match->value =
            str_format(context->arena, "XXXX-XX-XXT%.*s",
                       (int)time_item_cell(item).len, time_item_cell(item).ptr);
        break;
    case TIME_SEASON:
        match->value =
            str_format(context->arena, "XXXX-%.*s",
                       (int)time_item_cell(item).len, time_item_cell(item).ptr);
        break;
    default:
        return 0;
    }
    return at + 1;
}

uint32_t time_set(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);

    match->type = TIME_SET;
    match->rule = "time/set";
    switch (item->class) {
    case TIME_SETWORD:
        match->value = time_item_cell(item);
        return at + 1;
    case TIME_WEEKDAYS:
        match->value =
            str_format(context->arena, "XXXX-WXX-%d", (int)item->value);
        return at + 1;
    case TIME_EACH:
        return each(context, at + 1, match);
    default:
        return 0;
    }
}
