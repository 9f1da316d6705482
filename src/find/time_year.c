/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_year.c - see time_grammar.h: quarters, years and longer, seasons,
 * holidays. */
#include "find/time_grammar.h"

#include "base/ascii.h"

/* The year before "third quarter": "1988", "last year's"; where it ends. */
static uint32_t quarter_year(const TimeContext *context, uint32_t at,
                             int32_t *year) {
    const TimeItem *item = time_item(context, at);

    if (item->class == TIME_YEARS4) {
        *year = (int32_t)item->value;
        return at + 1;
    }
    if (item->class == TIME_SHIFT && point_known(context->published) &&
        str_is(time_item_cell(time_item(context, at + 1)), "Y") &&
        time_item(context, at + 3)->ordinal) {
        *year = context->published.day.year + (int32_t)item->value;
        return at + 3; /* "year" "'s" */
    }
    return at;
}

/* "the third quarter", "the first quarter of 2012", "fourth-quarter", "the
 * 1988 third quarter", "next year's first quarter" */
uint32_t time_quarter(TimeContext *context, uint32_t at, TimeMatch *match) {
    int32_t given = 0, year = TIME_UNKNOWN, number;
    Point point = context->published;
    uint32_t end;
    const TimeItem *item;

    at = quarter_year(context, at, &given);
    item = time_item(context, at);
    number = item->ordinal;
    end = at + 2;
    if (number < 1 || number > 4 || !time_is(context, at + 1, TIME_UNIT) ||
        !str_is(time_item_cell(time_item(context, at + 1)), "Q")) {
        return 0;
    }
    if (given) {
        year = given;
    } else if (time_read_year(context, end + time_is(context, end, TIME_OF),
                              &year)) {
        end += 1 + time_is(context, end, TIME_OF);
    } else if (point_known(point)) {
        year = point.day.year;
        if (3 * number - 2 > point.day.month &&
            time_tense(context, at) <= TENSE_PAST) {
            year--;
        }
    }
    point =
        point_of_day((Day){year, TIME_UNKNOWN, TIME_UNKNOWN}, GRAIN_QUARTER);
    point.sub = number;
    time_set_point(match, "time/quarter", point);
    return end;
}

/* "the 1988 period", "the latest period", where a quarter was told of. */
uint32_t time_same_quarter(TimeContext *context, uint32_t at,
                           TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    const TimeItem *next = time_item(context, at + 1);
    Point point = context->quarter;
    bool year = item->class == TIME_YEARS4;

    if ((next->class != TIME_PERIOD && !(year && next->class == TIME_UNIT &&
                                         str_is(time_item_cell(next), "Q"))) ||
        (!year && item->class != TIME_SHIFT_SAID) || !context->quarter_at ||
        !point_known(point)) {
        return 0;
    }
    if (year) {
        point.day.year = (int32_t)item->value;
    }
    time_set_point(match, "time/quarter", point);
    return at + 2;
}

/* "the first half of 1989", "the last half of the year": the half-years */
uint32_t time_half(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    const TimeItem *unit = time_item(context, at + 1);
    bool last = item->class == TIME_SHIFT && item->value < 0;
    int32_t year;
    uint32_t end = at + 2;

    if ((item->ordinal != 1 && item->ordinal != 2 && !last) ||
        (unit->class != TIME_HALF && !str_is(time_item_cell(unit), "H")) ||
        !time_read_year(context, end + time_is(context, end, TIME_OF), &year)) {
        return 0;
    }
    time_set_value(match, "time/half", TIME_DATE,
                   str_format(context->arena, "%04d-H%d", year,
                              item->ordinal == 1 ? 1 : 2));
    return end + 1 + time_is(context, end, TIME_OF);
}

/* "the summer": of this year, or the last that has begun. */
uint32_t time_the_season(TimeContext *context, uint32_t at, TimeMatch *match) {
    Point point = context->published;

    if (!time_is(context, at, TIME_SEASON) || !point_known(point)) {
        return 0;
    }
    point.grain = GRAIN_SEASON;
    point.part = time_item_cell(time_item(context, at));
    time_set_point(match, "time/season", point);
    return at + 1;
}

/* "the quarter", "the latest quarter": the one named before */
uint32_t time_the_quarter(TimeContext *context, uint32_t at, TimeMatch *match) {
    if (!time_is(context, at, TIME_UNIT) ||
        !str_is(time_item_cell(time_item(context, at)), "Q")) {
        return 0;
    }
    time_set_point(match, "time/quarter", context->quarter);
    return at + 1;
}

/* "the 20th century": the years 19xx. */
uint32_t time_century(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    Point point = point_unknown(GRAIN_CENTURY);

    if (item->ordinal < 2 || item->ordinal > 22 ||
        !time_is(context, at + 1, TIME_UNIT) ||
        !str_is(time_item_cell(time_item(context, at + 1)), "C")) {
        return 0;
    }
    point.day.year = (item->ordinal - 1) * 100;
    time_set_point(match, "time/century", point);
    return at + 2;
}

/* "the first nine months": a duration */
uint32_t time_first_months(TimeContext *context, uint32_t at,
                           TimeMatch *match) {
    TimeMatch amount = {0};
    uint32_t end;

    if (!time_item(context, at)->ordinal) {
        return 0;
    }
    end = time_amount(context, at + 1, &amount);
    if (!end || amount.type != TIME_DURATION ||
        time_is(context, at + 1, TIME_ARTICLE)) {
        return 0;
    }
    time_set_value(match, "time/span", TIME_DURATION, amount.value);
    return end;
}

/* A plural noun: "2000 houses", "2000 people". */
static bool may_be_counted(const Text *text, uint32_t token) {
    LexRow actor = token_row(text, token, LEX_ACTOR);

    if (actor.lexicon) {
        return lex_is(actor, LEX_ACTOR_NUMBER, "p");
    }
    if ((text->tokens[token].flags &
         (TOKEN_PUNCT | TOKEN_CAPITAL | TOKEN_NUMBER)) ||
        token_has(text, token, LEX_TENSE) ||
        token_has(text, token, LEX_FUNCTION_WORD)) {
        return false;
    }
    return str_ends(token_str(text, token), str_of("s")) ||
           token_has(text, token, LEX_NUMBER);
}

/* Four digits are a year after a preposition ("since 1970") or where no noun
 * follows that they could count ("1,200 in 1970", but "2000 people"). */
static bool may_be_year(const TimeContext *context, uint32_t at) {
    const Text *text = context->text;
    const TimeItem *item = time_item(context, at);
    const TimeItem *before = at ? time_item(context, at - 1) : NULL;
    uint32_t next = item->last;
    bool noun = next < context->last && may_be_counted(text, next);

    if (item->value < 1900 || item->value > 2050) {
        return before && before->class == TIME_PREP && !noun &&
               item->value > 1400;
    }
    if (item->first > context->first) { /* a price, or 12:1990 */
        Str mark = token_str(text, item->first - 1);
        if (mark.len == 1 && !ascii_alnum(mark.ptr[0]) && mark.ptr[0] != '(' &&
            mark.ptr[0] != ',' && mark.ptr[0] != '-') {
            return false;
        }
    }
    return !noun || (before && (before->class == TIME_EDGE ||
                                before->class == TIME_FISCAL));
}

uint32_t time_year(TimeContext *context, uint32_t at, TimeMatch *match) {
    Point point = point_unknown(GRAIN_YEAR);
    uint32_t begin = at, end;

    if ((time_is(context, at, TIME_UNIT) &&
         str_is(time_item_cell(time_item(context, at)), "Y")) ||
        time_is(context, at, TIME_FISCAL)) {
        begin++; /* "the year 2000" */
    }
    end = time_read_year(context, begin, &point.day.year);
    if (end && begin == at && !may_be_year(context, at)) {
        return 0;
    }
    if (!end) {
        end = time_read_spoken_year(context, begin, &point.day.year);
    }
    if (end) {
        time_set_point(match, "time/year", point);
    }
    return end;
}

/* "1990s", "the nineties" */
uint32_t time_decade(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    Point point = point_unknown(GRAIN_DECADE);

    if (item->class != TIME_DECADE && item->class != TIME_ERA) {
        return 0;
    }
    if (item->class == TIME_ERA &&
        !(at && (time_is(context, at - 1, TIME_THE) ||
                 time_is(context, at - 1, TIME_EDGE)))) {
        return 0;
    }
    point.day.year = (int32_t)item->value * 10;
    time_set_point(match, "time/decade", point);
    return at + 1;
}

/* "the summer of 1994", "summer 2012" */
uint32_t time_season(TimeContext *context, uint32_t at, TimeMatch *match) {
    Point point = point_unknown(GRAIN_SEASON);
    uint32_t end = at + 1;

    if (!time_is(context, at, TIME_SEASON)) {
        return 0;
    }
    end += time_is(context, end, TIME_OF) || time_is(context, end, TIME_COMMA);
    if (!time_read_year(context, end, &point.day.year) &&
        !time_read_spoken_year(context, end, &point.day.year)) {
        return 0;
    }
    point.part = time_item_cell(time_item(context, at));
    time_set_point(match, "time/season", point);
    return end + 1;
}

uint32_t time_festival(TimeContext *context, uint32_t at, TimeMatch *match) {
    int32_t given, shift = 0;
    uint32_t end = at, past;
    Point point;
    Str rule;

    if (time_is(context, end, TIME_SHIFT) ||
        time_is(context, end, TIME_SHIFT_SAID)) {
        shift = (int32_t)time_item(context, end++)->value;
    }
    if (!time_is(context, end, TIME_HOLIDAY)) {
        return 0;
    }
    rule = time_item_cell(time_item(context, end));
    point = time_holiday(context, rule, shift, time_tense(context, at));
    end++;
    past = end + (time_is(context, end, TIME_OF) ||
                  time_is(context, end, TIME_COMMA));
    if (time_read_year(context, past, &given) ||
        time_read_spoken_year(context, past, &given)) {
        point = time_holiday_in(rule, given);
        end = time_read_year(context, past, &given)
                  ? past + 1
                  : time_read_spoken_year(context, past, &given);
    } else if (past > end && time_is(context, end, TIME_OF) &&
               time_is(context, past, TIME_SHIFT) &&
               str_is(time_item_cell(time_item(context, past + 1)), "Y") &&
               point_known(context->published)) {
        point =
            time_holiday_in(rule, context->published.day.year +
                                      (int32_t)time_item(context, past)->value);
        end = past + 2; /* "of this year" */
    }
    time_set_point(match, "time/holiday", point);
    return end;
}
