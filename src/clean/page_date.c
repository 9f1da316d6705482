/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_date.c - see page_date.h. */
#include "clean/page_date.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "read/date.h"

/* A run of digits or of letters, and what stands behind it. */
typedef struct Part {
    size_t begin, end;
    int32_t number; /* -1: letters */
    uint32_t month; /* that the letters name; 0: none */
} Part;

typedef struct Scan {
    const Lexicon *lexicon;
    Str text;
    DayOrder order;
} Scan;

static size_t letters_end(Str text, size_t at) {
    uint32_t len;

    while (at < text.len && utf8_is_letter(utf8_at(text, at, &len))) {
        at += len;
    }
    return at;
}

static uint32_t month_named(const Scan *scan, Str word) {
    LexRow row = lexicon_find_hash(scan->lexicon, LEX_MONTH_NAME,
                                   utf8_fold_hash(HASH_SEED, word));

    return row.lexicon ? (uint32_t)lex_number(row, LEX_MONTH_NAME_MONTH, 0) : 0;
}

/* The next part at or after `at`; false at the end. */
static bool next_part(const Scan *scan, size_t at, Part *out) {
    Str text = scan->text;
    uint32_t len;

    for (; at < text.len; at += len) {
        char c = text.ptr[at];
        len = 1;
        if (ascii_digit(c)) {
            size_t end = at;
            int32_t value = 0;
            while (end < text.len && ascii_digit(text.ptr[end])) {
                value = end - at < 8 ? value * 10 + (text.ptr[end] - '0')
                                     : INT32_MAX;
                end++;
            }
            *out = (Part){at, end, value, 0};
            return true;
        }
        if (utf8_is_letter(utf8_at(text, at, &len))) {
            size_t end = letters_end(text, at);
            *out = (Part){at, end, -1,
                          month_named(scan, str_slice(text, at, end))};
            return true;
        }
    }
    return false;
}

/* What stands between two parts is only marks, white space and, of letters,
 * the ending of an ordinal or a small word: "25th of", "25 de febrero de". */
static bool next_close(const Scan *scan, const Part *before, Part *out) {
    size_t at = before->end;

    for (uint32_t small = 0; small < 3; small++) {
        if (!next_part(scan, at, out) || out->begin - at > 4) {
            return false;
        }
        if (out->number >= 0 || out->month) {
            return true;
        }
        if (out->end - out->begin > 3) {
            return false;
        }
        at = out->end;
    }
    return false;
}

static size_t width(const Part *part) {
    return part->end - part->begin;
}

static bool is_year(const Part *part) {
    return width(part) == 4 && part->number >= YEAR_LEAST &&
           part->number <= YEAR_MOST;
}

static bool settle(PageDate *out, int32_t year, int32_t month, int32_t day,
                   const Part *first, const Part *last) {
    if (year < YEAR_LEAST || year > YEAR_MOST ||
        !date_exists(year, month, day)) {
        return false;
    }
    *out = (PageDate){.year = (uint16_t)year,
                      .month = (uint8_t)month,
                      .day = (uint8_t)day,
                      .begin = (uint32_t)first->begin,
                      .end = (uint32_t)last->end,
                      .hour = -1,
                      .minute = -1,
                      .zone = NO_ZONE};
    return true;
}

static char mark_between(const Scan *scan, const Part *a, const Part *b) {
    return b->begin - a->end == 1 ? scan->text.ptr[a->end] : '\0';
}

/* Two digits at `at`, or -1. */
static int32_t pair(Str text, size_t at) {
    return at + 1 < text.len && ascii_digit(text.ptr[at]) &&
                   ascii_digit(text.ptr[at + 1])
               ? (text.ptr[at] - '0') * 10 + (text.ptr[at + 1] - '0')
               : -1;
}

/* "+01:00", "+0100", "+01", "Z" at `at`. */
static int16_t zone_at(Str text, size_t at) {
    char sign = at < text.len ? text.ptr[at] : '\0';
    int32_t hours, minutes;

    if (sign == 'Z' || sign == 'z') {
        return 0;
    }
    hours = pair(text, at + 1);
    if ((sign != '+' && sign != '-') || hours < 0 || hours > 14) {
        return NO_ZONE;
    }
    at += 3;
    minutes = pair(text, at < text.len && text.ptr[at] == ':' ? at + 1 : at);
    minutes = minutes < 0 || minutes > 59 ? 0 : minutes;
    return (int16_t)((hours * 60 + minutes) * (sign == '-' ? -1 : 1));
}

/* "T14:03:00.5+01:00" behind an ISO day. */
static void read_clock(Str text, size_t at, PageDate *out) {
    int32_t hour, minute;

    if (at >= text.len || (text.ptr[at] != 'T' && text.ptr[at] != ' ')) {
        return;
    }
    hour = pair(text, at + 1);
    minute =
        at + 3 < text.len && text.ptr[at + 3] == ':' ? pair(text, at + 4) : -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return;
    }
    at += 6;
    out->on_the_hour = minute == 0 && pair(text, at + 1) <= 0;
    while (at < text.len && (ascii_digit(text.ptr[at]) || text.ptr[at] == ':' ||
                             text.ptr[at] == '.')) {
        at++;
    }
    at += at < text.len && text.ptr[at] == ' ';
    out->hour = (int8_t)hour;
    out->minute = (int8_t)minute;
    out->zone = zone_at(text, at);
}

/* "25.02.2013", "2/25/13": the marks are the same, and what could be read in
 * two ways is read as the page's language has it. */
static bool day_month_year(const Scan *scan, const Part *a, const Part *b,
                           const Part *c, PageDate *out) {
    char mark = mark_between(scan, a, b);
    int32_t year = c->number, day = a->number, month = b->number;
    bool month_first = mark == '/' && scan->order == ORDER_MONTH_FIRST;

    if (!is_year(c)) {
        if (width(c) != 2 || (mark != '.' && mark != '/')) {
            return false;
        }
        year += 2000;
    }
    if (mark == '/' && month <= 12 && day <= 12 && day != month &&
        scan->order == ORDER_UNKNOWN) {
        return false;
    }
    if (month > 12 || (month_first && day <= 12)) {
        day = b->number;
        month = a->number;
    }
    return settle(out, year, month, day, a, c);
}

static bool three_numbers(const Scan *scan, const Part *a, const Part *b,
                          const Part *c, PageDate *out) {
    char mark = mark_between(scan, a, b), next = mark_between(scan, b, c);

    if (width(a) > 4 || width(b) > 2 || width(c) > 4) {
        return false;
    }
    if (is_year(a) && width(c) <= 2 &&
        settle(out, a->number, b->number, c->number, a, c) &&
        (mark == next || !mark)) {
        if (mark && strchr("-/.", mark)) {
            read_clock(scan->text, c->end, out);
            return true;
        }
        return b->begin - a->end == 3 && c->begin - b->end == 3; /* 年, 月 */
    }
    /* "25. 02. 2013" too */
    if (!mark && b->begin - a->end == 2 && c->begin - b->end == 2 &&
        scan->text.ptr[a->end] == '.' && scan->text.ptr[b->end] == '.') {
        return is_year(c) && settle(out, c->number, b->number, a->number, a, c);
    }
    return mark && mark == next && strchr("-/.", mark) && width(a) <= 2 &&
           day_month_year(scan, a, b, c, out);
}

/* "20130225", alone. */
static bool packed(const Part *a, PageDate *out) {
    return width(a) == 8 &&
           settle(out, a->number / 10000, a->number / 100 % 100,
                  a->number % 100, a, a);
}

/* A date that begins with the part `a`. */
static bool date_at(const Scan *scan, const Part *a, PageDate *out) {
    Part b, c;

    if (packed(a, out)) {
        return true;
    }
    if ((a->number < 0 && !a->month) || !next_close(scan, a, &b) ||
        !next_close(scan, &b, &c)) {
        return false;
    }
    if (a->month && b.number >= 0 && width(&b) <= 2 && is_year(&c)) {
        return settle(out, c.number, (int32_t)a->month, b.number, a, &c);
    }
    if (a->number >= 0 && b.month && is_year(&c) && width(a) <= 2) {
        return settle(out, c.number, (int32_t)b.month, a->number, a, &c);
    }
    if (is_year(a) && b.month && c.number >= 0 && width(&c) <= 2) {
        return settle(out, a->number, (int32_t)b.month, c.number, a, &c);
    }
    return a->number >= 0 && b.number >= 0 && c.number >= 0 &&
           three_numbers(scan, a, &b, &c, out);
}

bool page_date_find(const Lexicon *lexicon, Str text, size_t from,
                    DayOrder order, PageDate *out) {
    Scan scan = {lexicon, text, order};
    Part part;

    while (next_part(&scan, from, &part)) {
        if (date_at(&scan, &part, out)) {
            return true;
        }
        from = part.end;
    }
    return false;
}

Str page_date_iso(Arena *arena, const PageDate *date) {
    int zone = date->zone < 0 ? -date->zone : date->zone;

    if (date->hour < 0 || date->zone == NO_ZONE) {
        return str_format(arena, "%04d-%02d-%02d", date->year, date->month,
                          date->day);
    }
    if (zone == 0) {
        return str_format(arena, "%04d-%02d-%02dT%02d:%02dZ", date->year,
                          date->month, date->day, date->hour, date->minute);
    }
    return str_format(arena, "%04d-%02d-%02dT%02d:%02d%c%02d:%02d", date->year,
                      date->month, date->day, date->hour, date->minute,
                      date->zone < 0 ? '-' : '+', zone / 60, zone % 60);
}
