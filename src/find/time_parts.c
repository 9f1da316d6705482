/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_parts.c - see time_grammar.h: years and days of the month, in
 * digits and words. */
#include "find/time_grammar.h"

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

/* The value of a number in words; -1: none. */
static int64_t spoken_number(const TimeContext *context, uint32_t at) {
    const TimeItem *item = time_item(context, at);

    return item->class == TIME_NUMBER && !item->digits.len && !item->half
               ? item->value
               : -1;
}

/* "two thousand and ten": the word that joins has no class. */
static bool is_joining_word(const TimeContext *context, uint32_t at) {
    const TimeItem *item = time_item(context, at);

    return item->class == TIME_OTHER && spoken_number(context, at + 1) > 0 &&
           at + 1 < context->items.count &&
           token_has(context->text, item->first, LEX_RANGE_WORD);
}

/* "ninety six", "ninety-six", "ten"; 0 if none. */
static uint32_t read_below_hundred(const TimeContext *context, uint32_t at,
                                   int32_t *number) {
    int64_t value = spoken_number(context, at),
            next = spoken_number(context, at + 1);

    if (value < 1 || value > 99) {
        return 0;
    }
    *number = (int32_t)value;
    if (value >= 20 && value % 10 == 0 && next > 0 && next < 10) {
        *number += (int32_t)next;
        return at + 2;
    }
    return at + 1;
}

/* "nineteen ninety-six", "two thousand (and) ten", "nineteen hundred six" */
uint32_t time_read_spoken_year(const TimeContext *context, uint32_t at,
                               int32_t *year) {
    const TimeItem *item = time_item(context, at);
    int32_t rest = 0, base;
    uint32_t end = at + 1, past;
    bool thousand = item->value == 2 && spoken_number(context, end) == 1000;

    if (spoken_number(context, at) != item->value ||
        !(thousand || (item->value >= 17 && item->value <= 20))) {
        return 0;
    }
    base = thousand ? 2000 : (int32_t)item->value * 100;
    if (thousand || spoken_number(context, end) == 100) {
        end++; /* "two thousand", "nineteen hundred" */
        end += is_joining_word(context, end);
    }
    past = read_below_hundred(context, end, &rest);
    if (!past && !thousand) {
        return 0;
    }
    if (!past) {
        end = at + 2;
    } else if (rest < 10 && end == at + 1) {
        return 0;
    }
    *year = base + rest;
    return past ? past : end;
}

uint32_t time_read_day(const TimeContext *context, uint32_t at, int32_t *day) {
    const TimeItem *item = time_item(context, at);
    const TimeItem *next = time_item(context, at + 1);
    bool good = (item->class == TIME_NUMBER && item->digits.len > 0 &&
                 item->digits.len < 3) ||
                item->class == TIME_ORDINAL || item->ordinal;

    if (item->class == TIME_NUMBER && !item->digits.len && item->value >= 20 &&
        item->value + next->ordinal <= 31 && next->ordinal > 0 &&
        next->ordinal < 10) {
        *day = (int32_t)item->value + next->ordinal; /* "twenty seventh" */
        return at + 2;
    }
    if (!good || item->value < 0 || item->value > 31) {
        return 0;
    }
    *day = item->ordinal ? item->ordinal : (int32_t)item->value;
    return *day > 0 && *day <= 31 ? at + 1 : 0;
}

bool time_is_mark(const TimeContext *context, uint32_t token) {
    return token < context->first || token >= context->last ||
           (context->text->tokens[token].flags & TOKEN_PUNCT);
}

bool time_stands_alone(const TimeContext *context, uint32_t at, uint32_t end) {
    uint32_t first = time_item(context, at)->first;

    if (at && (time_is(context, at - 1, TIME_ON) ||
               time_is(context, at - 1, TIME_PREP))) {
        first = time_item(context, at - 1)->first;
    }
    return (first == context->first || time_is_mark(context, first - 1)) &&
           time_is_mark(context, time_item(context, end - 1)->last);
}
