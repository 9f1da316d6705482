/* SPDX-License-Identifier: Apache-2.0 */
/* read/moment.c - see moment.h.
 *
 *     Mon  ,  25  Feb  2013  14:03:00  GMT
 *     word    number word number clock  zone
 *
 * The pieces are read one by one, whatever their order, each into the place
 * that it can only have; a piece without one, or a place that two claim, makes
 * the whole unreadable. */
#include "read/moment.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "read/date.h"

enum { LONGEST = 64, NUMBERS_MAX = 3, WORD_LONGEST = 24 };

/* A number of the date; `mark` is the byte before it: ' ', '/', '-' or '.'. */
typedef struct Number {
    int value;
    uint32_t digits;
    char mark;
} Number;

typedef struct Reading {
    Str rest;
    const Lexicon *lexicon;
    Moment moment;
    Number numbers[NUMBERS_MAX];
    int count;
    bool afternoon, forenoon;
    char mark; /* the last byte that parted two pieces */
} Reading;

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
static const char weekdays[] = "montuewedthufrisatsun";

/* RFC 822, section 5.1; minutes east of Greenwich. */
static const struct {
    const char *name;
    int minutes;
} zones[] = {
    {"gmt", 0},    {"utc", 0},    {"ut", 0},     {"z", 0},
    {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300},
    {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
};

/* 1 for the first three letters of `list`, 2 for the next; 0 for none. */
static int number_of(Str word, const char *list) {
    for (int i = 0; word.len == 3 && list[i]; i += 3) {
        if (str_equal_fold(word, (Str){list + i, 3})) {
            return i / 3 + 1;
        }
    }
    return 0;
}

/* What the lexicon has under a class that ends in `class` ("short-month");
 * 0 for none. */
static int named(const Reading *reading, Str word, const char *class) {
    char folded[WORD_LONGEST];
    LexRow row;

    if (!reading->lexicon || word.len > sizeof folded) {
        return 0;
    }
    for (size_t i = 0; i < word.len; i++) {
        folded[i] = ascii_lower(word.ptr[i]);
    }
    row =
        lexicon_find(reading->lexicon, LEX_TIME_WORD, (Str){folded, word.len});
    if (!row.lexicon ||
        !str_ends(lex_cell(row, LEX_TIME_WORD_CLASS), str_of(class))) {
        return 0;
    }
    return (int)lex_number(row, LEX_TIME_WORD_VALUE, 0);
}

/* "Mon", or in full as RFC 850 has it. */
static bool is_weekday(Str word) {
    if (word.len > 5 && str_ends(word, str_of("day"))) {
        word.len = 3;
    }
    return number_of(word, weekdays) > 0;
}

static bool set_zone(Reading *reading, int minutes) {
    if (reading->moment.has_zone || !reading->moment.has_clock) {
        return false;
    }
    reading->moment.has_zone = true;
    reading->moment.zone = minutes;
    return true;
}

static bool set_month(Reading *reading, int month) {
    if (reading->moment.month) {
        return false;
    }
    reading->moment.month = month;
    return true;
}

static bool take_word(Reading *reading) {
    size_t len = 0;
    Str word;
    int month;

    while (len < reading->rest.len && ascii_alpha(reading->rest.ptr[len])) {
        len++;
    }
    word = str_slice(reading->rest, 0, len);
    reading->rest = str_slice(reading->rest, len, reading->rest.len);
    month = number_of(word, months);
    month = month ? month : named(reading, word, "month");
    if (month) {
        return set_month(reading, month);
    }
    if (str_equal_fold(word, str_of("t"))) {
        return true; /* between day and clock */
    }
    if (str_equal_fold(word, str_of("am")) ||
        str_equal_fold(word, str_of("pm"))) {
        reading->afternoon = ascii_lower(word.ptr[0]) == 'p';
        reading->forenoon = !reading->afternoon;
        return reading->moment.has_clock;
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (str_equal_fold(word, str_of(zones[i].name))) {
            return set_zone(reading, zones[i].minutes);
        }
    }
    return is_weekday(word) || named(reading, word, "day");
}

/* Up to four digits; 0 of them is no number. */
static int take_digits(Reading *reading, uint32_t *digits) {
    int value = 0;

    *digits = 0;
    while (*digits < 4 && reading->rest.len &&
           ascii_digit(reading->rest.ptr[0])) {
        value = value * 10 + (reading->rest.ptr[0] - '0');
        reading->rest = str_slice(reading->rest, 1, reading->rest.len);
        (*digits)++;
    }
    return value;
}

static bool next_is(const Reading *reading, char c) {
    return reading->rest.len && reading->rest.ptr[0] == c;
}

static void skip(Reading *reading) {
    reading->rest = str_slice(reading->rest, 1, reading->rest.len);
}

/* What follows "14" of "14:03:00.25". */
static bool take_clock(Reading *reading, int hour) {
    Moment *moment = &reading->moment;
    uint32_t digits;

    skip(reading);
    moment->hour = hour;
    moment->minute = take_digits(reading, &digits);
    if (moment->has_clock || digits != 2) {
        return false;
    }
    moment->has_clock = true;
    if (next_is(reading, ':')) {
        skip(reading);
        moment->second = take_digits(reading, &digits);
        if (digits != 2) {
            return false;
        }
    }
    if (next_is(reading, '.') || next_is(reading, ',')) {
        Str behind = str_slice(reading->rest, 1, reading->rest.len);
        if (behind.len && ascii_digit(behind.ptr[0])) {
            do {
                skip(reading);
            } while (reading->rest.len && ascii_digit(reading->rest.ptr[0]));
        }
    }
    return true;
}

/* "+0100", "+01:00", "+01", behind its sign. */
static bool take_offset(Reading *reading, int sign) {
    uint32_t digits;
    int value = take_digits(reading, &digits);
    int hours = digits == 4 ? value / 100 : value;
    int minutes = digits == 4 ? value % 100 : 0;

    if (digits != 2 && digits != 4) {
        return false;
    }
    if (digits == 2 && next_is(reading, ':')) {
        skip(reading);
        minutes = take_digits(reading, &digits);
        if (digits != 2) {
            return false;
        }
    }
    if (hours > 14 || minutes > 59) {
        return false;
    }
    /* "GMT+0100" is that zone. */
    if (reading->moment.has_zone && reading->moment.zone == 0) {
        reading->moment.has_zone = false;
    }
    return set_zone(reading, sign * (hours * 60 + minutes));
}

static bool take_number(Reading *reading) {
    Number number = {.mark = reading->mark};

    number.value = take_digits(reading, &number.digits);
    if (number.digits <= 2 && next_is(reading, ':')) {
        return take_clock(reading, number.value);
    }
    if (reading->count == NUMBERS_MAX ||
        (reading->rest.len && ascii_digit(reading->rest.ptr[0]))) {
        return false;
    }
    reading->numbers[reading->count++] = number;
    return true;
}

static bool take_piece(Reading *reading) {
    char c = reading->rest.ptr[0];

    if (ascii_digit(c)) {
        return take_number(reading);
    }
    if (ascii_alpha(c)) {
        return take_word(reading);
    }
    skip(reading);
    if ((c == '+' || c == '-') && reading->moment.has_clock) {
        return take_offset(reading, c == '-' ? -1 : 1);
    }
    reading->mark = ascii_space(c) ? ' ' : c;
    return ascii_space(c) || c == ',' || c == '/' || c == '-' || c == '.';
}

/* RFC 6265, section 5.1.1: two digits are a year near ours. */
static int whole_year(Number number) {
    if (number.digits == 2) {
        return number.value + (number.value < 70 ? 2000 : 1900);
    }
    return number.digits == 4 ? number.value : 0;
}

/* Day and year around a month that has a name: in either order. */
static bool settle_named(Reading *reading) {
    const Number *a = &reading->numbers[0], *b = &reading->numbers[1];

    if (reading->count != 2) {
        return false;
    }
    if (a->digits == 4) {
        const Number *other = a;
        a = b;
        b = other;
    }
    reading->moment.day = a->value;
    reading->moment.year = whole_year(*b);
    return a->digits <= 2;
}

/* Three numbers: the year first, or last with a day that can be no month; with
 * dots the day stands before the month everywhere. */
static bool settle_numbers(Reading *reading) {
    const Number *n = reading->numbers;
    bool day_first = n[0].value > 12 || n[1].mark == '.';

    if (reading->count != 3 || n[1].mark != n[2].mark || n[1].mark == ' ' ||
        n[1].mark == ',') {
        return false;
    }
    if (n[0].digits == 4) {
        reading->moment.year = n[0].value;
        reading->moment.month = n[1].value;
        reading->moment.day = n[2].value;
        return true;
    }
    if (n[2].digits != 4 ||
        (!day_first && n[1].value <= 12 && n[0].value != n[1].value)) {
        return false;
    }
    reading->moment.year = n[2].value;
    reading->moment.month = n[day_first ? 1 : 0].value;
    reading->moment.day = n[day_first ? 0 : 1].value;
    return true;
}

static bool settle_clock(Reading *reading) {
    Moment *moment = &reading->moment;

    if (reading->forenoon || reading->afternoon) {
        if (moment->hour < 1 || moment->hour > 12) {
            return false;
        }
        moment->hour = moment->hour % 12 + (reading->afternoon ? 12 : 0);
    }
    return moment->hour < 24 && moment->minute < 60 && moment->second <= 60;
}

bool moment_read(Str text, const Lexicon *lexicon, Moment *out) {
    Reading reading = {.rest = str_trim(text), .lexicon = lexicon, .mark = ' '};
    Moment *moment = &reading.moment;

    if (reading.rest.len == 0 || reading.rest.len > LONGEST) {
        return false;
    }
    while (reading.rest.len) {
        if (!take_piece(&reading)) {
            return false;
        }
    }
    if (!(moment->month ? settle_named(&reading) : settle_numbers(&reading)) ||
        !settle_clock(&reading) ||
        !date_exists(moment->year, moment->month, moment->day)) {
        return false;
    }
    *out = *moment;
    return true;
}

Str moment_iso(const Moment *moment, char out[MOMENT_ISO_MAX]) {
    int zone = moment->zone < 0 ? -moment->zone : moment->zone;
    int len = snprintf(
        out, MOMENT_ISO_MAX, "%04u-%02u-%02u", (unsigned)moment->year % 10000,
        (unsigned)moment->month % 100, (unsigned)moment->day % 100);

    if (moment->has_clock) {
        len += snprintf(out + len, MOMENT_ISO_MAX - (size_t)len,
                        "T%02u:%02u:%02u", (unsigned)moment->hour % 100,
                        (unsigned)moment->minute % 100,
                        (unsigned)moment->second % 100);
    }
    if (moment->has_zone && zone == 0) {
        len += snprintf(out + len, MOMENT_ISO_MAX - (size_t)len, "Z");
    } else if (moment->has_zone) {
        len += snprintf(out + len, MOMENT_ISO_MAX - (size_t)len, "%c%02u:%02u",
                        moment->zone < 0 ? '-' : '+', (unsigned)zone / 60 % 100,
                        (unsigned)zone % 60);
    }
    return (Str){out, (size_t)len};
}

/* Days since 1970-01-01 in the Gregorian calendar: years that begin in March
 * end in their leap day (H. Hinnant, chrono-Compatible Low-Level Date
 * Algorithms). */
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
    int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
    int64_t in_era = y - era * 400;
    int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year -
           719468;
}

int64_t moment_epoch(const Moment *moment) {
    return days_of(moment->year, moment->month, moment->day) * 86400 +
           moment->hour * 3600 + moment->minute * 60 + moment->second -
           moment->zone * 60;
}
