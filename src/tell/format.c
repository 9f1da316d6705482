/* SPDX-License-Identifier: Apache-2.0 */
/* tell/format.c - see format.h. */
#include "tell/format.h"

#include "base/ascii.h"

static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

typedef struct Day {
    uint32_t year, month, day; /* month and day 0: not said */
} Day;

static bool read_digits(Str text, size_t at, size_t count, uint32_t *out) {
    uint32_t value = 0;

    if (at + count > text.len) {
        return false;
    }
    for (size_t i = at; i < at + count; i++) {
        if (!ascii_digit(text.ptr[i])) {
            return false;
        }
        value = value * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    *out = value;
    return true;
}

/* "2013", "2013-02", "2013-02-25" and what follows a whole date. */
static bool read_day(Str iso, Day *out) {
    Day day = {0};

    if (!read_digits(iso, 0, 4, &day.year)) {
        return false;
    }
    if (iso.len > 4 &&
        (iso.ptr[4] != '-' || !read_digits(iso, 5, 2, &day.month) ||
         day.month < 1 || day.month > 12)) {
        return false;
    }
    if (iso.len > 7 &&
        (iso.ptr[7] != '-' || !read_digits(iso, 8, 2, &day.day) ||
         day.day < 1 || day.day > 31)) {
        return false;
    }
    *out = day;
    return true;
}

Str date_words(Arena *arena, Str iso) {
    Day day;

    if (!read_day(iso, &day)) {
        return iso;
    }
    if (day.day) {
        return str_format(arena, "%u %s %u", day.day, months[day.month - 1],
                          day.year);
    }
    if (day.month) {
        return str_format(arena, "%s %u", months[day.month - 1], day.year);
    }
    return str_format(arena, "%u", day.year);
}

Str date_range(Arena *arena, Str from, Str to) {
    Day a, b;
    Str end = date_words(arena, to), begin;

    from = date_day(from);
    to = date_day(to);
    if (from.len == 0 || str_equal(from, to) || !read_day(from, &a)) {
        return end;
    }
    if (to.len == 0 || !read_day(to, &b)) {
        return date_words(arena, from);
    }
    if (a.day && b.day && a.year == b.year && a.month == b.month) {
        begin = str_format(arena, "%u", a.day);
    } else if (a.day && b.day && a.year == b.year) {
        begin = str_format(arena, "%u %s", a.day, months[a.month - 1]);
    } else {
        begin = date_words(arena, from);
    }
    return str_format(arena, "%.*s to %.*s", (int)begin.len, begin.ptr,
                      (int)end.len, end.ptr);
}

Str date_day(Str iso) {
    return str_slice(iso, 0, iso.len < 10 ? iso.len : 10);
}

/* Days from the civil calendar, as Howard Hinnant's "chrono-compatible
 * low-level date algorithms" count them: years begin in March, so that the
 * leap day is the last of its year. */
bool date_number(Str iso, int64_t *days) {
    Day day;
    int64_t year, era, of_era, of_year;

    if (!read_day(iso, &day) || day.day == 0) {
        return false;
    }
    year = (int64_t)day.year - (day.month <= 2);
    era = year / 400;
    of_era = year - era * 400;
    of_year = (153 * ((day.month + 9) % 12) + 2) / 5 + day.day - 1;
    *days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
            719468;
    return true;
}

Str number_words(Arena *arena, int64_t value) {
    char digits[32];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int written = 0;

    do {
        if (written && written % 3 == 0) {
            digits[--at] = ',';
        }
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
        written++;
    } while (rest);
    if (value < 0) {
        digits[--at] = '-';
    }
    return str_dup(arena, (Str){digits + at, sizeof digits - at});
}

Str count_words(Arena *arena, uint64_t count, const char *noun) {
    Str number = number_words(arena, (int64_t)count), word = str_of(noun);

    if (count == 1) {
        return str_format(arena, "1 %s", noun);
    }
    if (word.len && word.ptr[word.len - 1] == 'y') {
        return str_format(arena, "%s %.*sies", number.ptr, (int)word.len - 1,
                          noun);
    }
    return str_format(arena, "%s %ss", number.ptr, noun);
}

Str label_beside(Arena *arena, Str label, Str published, Str other) {
    Str day = date_words(arena, date_day(published));

    if (!str_equal(label, other) || day.len == 0) {
        return label;
    }
    return str_format(arena, "%.*s of %.*s", (int)label.len, label.ptr,
                      (int)day.len, day.ptr);
}

Str origins_words(Arena *arena, uint32_t reports, uint32_t origins) {
    Str count = count_words(arena, reports, "report");

    if (origins >= reports) {
        return (Str){0};
    }
    if (origins == 1) {
        return str_format(arena, "%s, one source", count.ptr);
    }
    return str_format(arena, "%s, %u independent", count.ptr, origins);
}

Str via_words(Teller *teller, Arena *arena, Str json) {
    StrList names;
    Str words = {0};

    strings_read(teller, arena, json, &names);
    for (uint32_t i = 0; i < names.count; i++) {
        words = str_format(arena, "%.*s%svia %.*s", (int)words.len, words.ptr,
                           i ? ", " : "", (int)names.items[i].len,
                           names.items[i].ptr);
    }
    return words;
}
