/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_resolve.c - see time_grammar.h: which Monday, which March.
 *
 * News tells of the past unless it says otherwise. So a weekday is the day of
 * publication itself or the last such day before it, and a month the last one
 * that has begun; in a clause of the future ("will meet Thursday") the first
 * such day or month that has not passed. Published on Monday 2013-02-25:
 *
 *     "said Monday" 2013-02-25     "will meet Thursday" 2013-02-28
 *     "on Saturday" 2013-02-23     "next Monday" 2013-03-04              */
#include "find/time_grammar.h"

#include "base/ascii.h"

enum { CLAUSE_WORDS = 50 }; /* how far a tense is looked for */

/* "were to open", but not "were open": the "to" of "40 to 50". */
static bool is_before_to(const Text *text, uint32_t token) {
    return token + 1 < text->token_count &&
           token_has(text, token + 1, LEX_RANGE_WORD) &&
           lex_is(token_row(text, token + 1, LEX_RANGE_WORD),
                  LEX_RANGE_WORD_PLACE, "between");
}

/* "set for Friday", "set to open", but not "set off". */
static bool is_before_prep(const Text *text, uint32_t token) {
    return token + 1 < text->token_count &&
           token_has(text, token + 1, LEX_TIME_WORD) &&
           lex_is(token_row(text, token + 1, LEX_TIME_WORD),
                  LEX_TIME_WORD_CLASS, "prep");
}

static Tense tense_of_row(const Text *text, uint32_t token, LexRow row) {
    if (lex_is(row, LEX_TENSE_TENSE, "future") ||
        (lex_is(row, LEX_TENSE_TENSE, "future-before") &&
         is_before_prep(text, token)) ||
        (lex_is(row, LEX_TENSE_TENSE, "past-be") &&
         is_before_to(text, token))) {
        return TENSE_FUTURE;
    }
    return lex_is(row, LEX_TENSE_TENSE, "present") ? TENSE_PRESENT : TENSE_PAST;
}

static bool tense_of(const Text *text, uint32_t token, Tense *tense) {
    LexRow row;
    Str word;

    if (token_has(text, token, LEX_TENSE)) {
        row = token_row(text, token, LEX_TENSE);
        if (lex_is(row, LEX_TENSE_TENSE, "due")) {
            return false;
        }
        *tense = tense_of_row(text, token, row);
        return true;
    }
    word = token_str(text, token);
    if (word.len > 4 && str_ends(word, str_of("ed")) &&
        !(text->tokens[token].flags & TOKEN_CAPITAL)) {
        *tense = TENSE_PAST;
        return true;
    }
    return false;
}

/* A clause is taken to end at a semicolon or quotation mark. */
static bool ends_clause(const Text *text, uint32_t token) {
    return (text->tokens[token].flags &
            (TOKEN_OPEN_QUOTE | TOKEN_CLOSE_QUOTE)) ||
           (text->bytes.ptr[text->tokens[token].begin] == ';');
}

Tense time_tense(const TimeContext *context, uint32_t at) {
    const Text *text = context->text;
    const TimeItem *item = time_item(context, at);
    uint32_t first = item->first > context->first + CLAUSE_WORDS
                         ? item->first - CLAUSE_WORDS
                         : context->first;
    uint32_t last = context->last > item->last + CLAUSE_WORDS
                        ? item->last + CLAUSE_WORDS
                        : context->last;
    Tense tense;

    if (context->labelled) {
        return TENSE_FUTURE;
    }
    if (item->first > context->first &&
        token_has(text, item->first - 1, LEX_TENSE) &&
        lex_is(token_row(text, item->first - 1, LEX_TENSE), LEX_TENSE_TENSE,
               "due")) {
        return TENSE_FUTURE; /* "by Friday" */
    }
    for (uint32_t i = item->first; i > first; i--) {
        if (ends_clause(text, i - 1)) {
            break;
        }
        if (tense_of(text, i - 1, &tense)) {
            return tense;
        }
    }
    for (uint32_t i = item->last; i < last; i++) {
        if (ends_clause(text, i)) {
            break;
        }
        if (tense_of(text, i, &tense)) {
            return tense;
        }
    }
    return TENSE_NONE;
}

Point time_weekday(Point base, int weekday, int shift, Tense tense) {
    int back;

    if (!point_known(base)) {
        Point unknown = point_unknown(GRAIN_DAY);
        unknown.weekday = weekday;
        return unknown;
    }
    back = (day_weekday(base.day) - weekday + 7) % 7;
    if (shift < 0 && back == 0) {
        back = 7;
    }
    if (shift > 0 || (shift == 0 && back > 0 && tense > TENSE_PAST)) {
        back -= 7;
    }
    return point_of_day(day_add(base.day, -back), GRAIN_DAY);
}

Point time_month(const TimeContext *context, int month, int shift,
                 Tense tense) {
    Point base = context->published;
    Day day = {TIME_UNKNOWN, month, TIME_UNKNOWN};
    int ahead;

    if (!point_known(base)) {
        return point_of_day(day, GRAIN_MONTH);
    }
    day.year = base.day.year;
    ahead = month - base.day.month;
    if (shift > 0 || (shift == 0 && tense == TENSE_FUTURE)) {
        day.year += ahead < 0 || (shift && ahead == 0);
    } else if (shift < 0 || tense == TENSE_PAST) {
        day.year -= ahead > 0 || (shift < 0 && ahead == 0);
    } else { /* the nearest */
        day.year += ahead < -6 ? 1 : ahead > 6 ? -1 : 0;
    }
    return point_of_day(day, GRAIN_MONTH);
}

/* The nearest such day, but not more than two months ahead in the past tense
 * nor more than two months back in the future tense: "on Feb. 20" in a report
 * of January has not been yet, "on Nov. 20" was last year. */
Point time_month_day(const TimeContext *context, int month, int day,
                     Tense tense) {
    Point base = context->published;
    Day found = {TIME_UNKNOWN, month, day};
    int64_t ahead, days_ahead = tense == TENSE_PAST   ? 61
                                : tense == TENSE_NONE ? 183
                                                      : 274;

    if (!point_known(base)) {
        return point_of_day(found, GRAIN_DAY);
    }
    found.year = base.day.year;
    ahead = day_number(found) - day_number(base.day);
    if (ahead > days_ahead) {
        found.year--;
    } else if (ahead < days_ahead - 365) {
        found.year++;
    }
    if (day > month_days(found.year, month)) {
        found.day = TIME_UNKNOWN; /* 29 February of a year without it */
        return point_of_day(found, GRAIN_MONTH);
    }
    return point_of_day(found, GRAIN_DAY);
}

/* Rules of the table: "MM-DD", "MM-n-w", "MM-n-w+N", "eN", "oN". */
static bool holiday_in(Str rule, int32_t year, Day *out) {
    int32_t part[3] = {0}, sign = 1, later = 0;
    int count = 0;
    bool digits = false;
    size_t plus = str_find(rule, str_of("+"), 0);

    if (plus < rule.len) {
        later = rule.ptr[plus + 1] - '0';
        rule = str_slice(rule, 0, plus);
    }
    for (size_t i = rule.ptr[0] == 'e' || rule.ptr[0] == 'o'; i < rule.len;
         i++) {
        if (ascii_digit(rule.ptr[i])) {
            part[count] = part[count] * 10 + (rule.ptr[i] - '0') * sign;
            digits = true;
        } else if (digits && count < 2) {
            count++;
            digits = false;
            sign = 1;
        } else {
            sign = -1;
        }
    }
    if (rule.ptr[0] == 'e') {
        *out = day_add(day_easter(year), part[0]);
    } else if (rule.ptr[0] == 'o') {
        *out = day_add(day_orthodox_easter(year), part[0]);
    } else if (count == 2) {
        *out = day_nth_weekday(year, part[0], part[1], part[2]);
    } else {
        *out = (Day){year, part[0], part[1]};
    }
    if (out->month < 1 || out->month > 12) {
        return false;
    }
    *out = day_add(*out, later);
    return true;
}

Point time_holiday_in(Str rule, int32_t year) {
    Day day;

    return rule.len && year > 0 && holiday_in(rule, year, &day)
               ? point_of_day(day, GRAIN_DAY)
               : point_unknown(GRAIN_DAY);
}

Point time_holiday(const TimeContext *context, Str rule, int shift,
                   Tense tense) {
    Point base = context->published;
    int64_t ahead;
    Day day;

    if (!point_known(base) || !rule.len ||
        !holiday_in(rule, base.day.year, &day)) {
        return point_unknown(GRAIN_DAY);
    }
    ahead = day_number(day) - day_number(base.day);
    if (shift > 0 || (shift == 0 && tense == TENSE_FUTURE)) {
        if (ahead < 0) {
            (void)holiday_in(rule, base.day.year + 1, &day);
        }
    } else if (ahead > (shift < 0 ? -1 : 30)) {
        (void)holiday_in(rule, base.day.year - 1, &day);
    }
    return point_of_day(day, GRAIN_DAY);
}
