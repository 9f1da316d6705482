/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_year.c - see time_grammar.h: quarters, years and longer, seasons,
 * holidays. */
#include "find/time_grammar.h"

#include "base/ascii.h"

/* "the third quarter", "the first quarter of 2012", "fourth-quarter" */
uint32_t time_quarter(TimeContext *context, uint32_t at, TimeMatch *match) {
    const TimeItem *item = time_item(context, at);
    int32_t number = item->ordinal, year = TIME_UNKNOWN;
    Point point = context->published;
    uint32_t end = at + 2;

    if (number < 1 || number > 4 || !time_is(context, at + 1, TIME_UNIT) ||
        !str_is(time_item_cell(time_item(context, at + 1)), "Q")) {
        return 0;
    }
    if (time_read_year(context, end + time_is(context, end, TIME_OF), &year)) {
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

    if (time_is(context, at, TIME_YEARWORD) ||
        time_is(context, at, TIME_FISCAL)) {
        begin++;
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
    uint32_t end = at;
    Point point;

    if (time_is(context, end, TIME_SHIFT)) {
        shift = (int32_t)time_item(context, end++)->value;
    }
    if (!time_is(context, end, TIME_HOLIDAY) ||
        !time_item(context, end)->capital) {
        return 0;
    }
    point = time_holiday(context, time_item_cell(time_item(context, end)),
                         shift, time_tense(context, at));
    end++;
    if (time_read_year(context, end, &given) && point_known(point)) {
        point.day.year = given;
        end++;
    }
    time_set_point(match, "time/holiday", point);
    return end;
}
