/* SPDX-License-Identifier: Apache-2.0 */
/* read/date.c - see date.h. */
#include "read/date.h"

#include "base/ascii.h"

bool date_exists(int64_t year, int64_t month, int64_t day) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
        return false;
    }
    return day <= days[month - 1] + (leap && month == 2);
}

/* Takes exactly `count` digits; -1 when they are not there. */
static int64_t take_digits(Str *text, size_t count) {
    int64_t value = 0;

    if (text->len < count) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        if (!ascii_digit(text->ptr[i])) {
            return -1;
        }
        value = value * 10 + (text->ptr[i] - '0');
    }
    *text = str_slice(*text, count, text->len);
    return value;
}

static bool take(Str *text, char c) {
    if (text->len == 0 || text->ptr[0] != c) {
        return false;
    }
    *text = str_slice(*text, 1, text->len);
    return true;
}

static bool in_range(int64_t value, int64_t last) {
    return value >= 0 && value <= last;
}

/* "Z", "+02:00", "+0200", "+02", or nothing. */
static bool take_zone(Str *text) {
    if (text->len == 0 || take(text, 'Z')) {
        return true;
    }
    if (!take(text, '+') && !take(text, '-')) {
        return false;
    }
    if (!in_range(take_digits(text, 2), 14)) {
        return false;
    }
    take(text, ':');
    return text->len == 0 || in_range(take_digits(text, 2), 59);
}

/* "14:03", "14:03:00", "14:03:00.250"; 60 is a leap second. */
static bool take_clock(Str *text) {
    if (!in_range(take_digits(text, 2), 24) || !take(text, ':') ||
        !in_range(take_digits(text, 2), 59)) {
        return false;
    }
    if (!take(text, ':')) {
        return true;
    }
    if (!in_range(take_digits(text, 2), 60)) {
        return false;
    }
    if (take(text, '.')) {
        if (take_digits(text, 1) < 0) {
            return false;
        }
        while (take_digits(text, 1) >= 0) {
        }
    }
    return true;
}

bool date_is_iso(Str text) {
    int64_t year = take_digits(&text, 4);
    bool dashes = take(&text, '-');
    int64_t month = take_digits(&text, 2);
    bool both = take(&text, '-');
    int64_t day = take_digits(&text, 2);

    if (!dashes || !both || !date_exists(year, month, day)) {
        return false;
    }
    if (text.len == 0) {
        return true;
    }
    if (!take(&text, 'T') && !take(&text, ' ')) {
        return false;
    }
    return take_clock(&text) && take_zone(&text) && text.len == 0;
}
