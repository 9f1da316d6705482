/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_item.c - see time_item.h. */
#include "find/time_item.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "find/number.h"

static TimeClass word_class(LexRow row) {
    static const char *const names[] = {
        "",           "the",        "of",     "prep",      "weekday",
        "weekdays",   "month",      "unit",   "units",     "part",
        "noon",       "season",     "day",    "tonight",   "ref",
        "shift",      "shift-said", "span",   "edge",      "ago",
        "ago-now",    "ago-said",   "each",   "set",       "clock",
        "oclock",     "zone",       "fiscal", "era",       "half",
        "old",        "holiday",    "later",  "ref-noun",  "more",
        "at",         "on",         "period", "short-day", "short-month",
        "word-month",
    };
    Str cell = lex_cell(row, LEX_TIME_WORD_CLASS);

    for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
        if (str_is(cell, names[i])) {
            return (TimeClass)i;
        }
    }
    return TIME_OTHER;
}

Str time_item_cell(const TimeItem *item) {
    if (!item->row.lexicon || item->row.kind == LEX_NUMBER) {
        return (Str){0};
    }
    return item->class == TIME_QUALIFIER
               ? lex_cell(item->row, LEX_QUALIFIER_MOD)
               : lex_cell(item->row, LEX_TIME_WORD_VALUE);
}

static void from_word_row(LexRow row, TimeItem *item) {
    item->class = word_class(row);
    item->row = row;
    if (item->class == TIME_SHORT_DAY) {
        item->class = TIME_WEEKDAY;
        item->doubtful = 1;
    } else if (item->class == TIME_SHORT_MONTH) {
        item->class = TIME_MONTH;
        item->doubtful = 1;
    } else if (item->class == TIME_WORD_MONTH) {
        item->class = TIME_MONTH;
        item->doubtful = item->capital ? 0 : 2;
    }
    switch (item->class) { /* the other classes' values are codes */
    case TIME_UNIT:
    case TIME_UNITS:
    case TIME_DAYPART:
    case TIME_SEASON:
    case TIME_TONIGHT:
    case TIME_REF:
    case TIME_REF_NOUN:
    case TIME_EDGE:
    case TIME_SETWORD:
    case TIME_HOLIDAY:
        break;
    default:
        item->value = lex_number(row, LEX_TIME_WORD_VALUE, 0);
    }
}

static void from_number_row(LexRow row, TimeItem *item) {
    item->value = lex_number(row, LEX_NUMBER_VALUE, 0);
    switch (number_class(row)) {
    case NUMBER_CARDINAL:
    case NUMBER_TENS:
    case NUMBER_SCALE:
        item->class = TIME_NUMBER;
        break;
    case NUMBER_ARTICLE:
        item->class = TIME_ARTICLE;
        break;
    case NUMBER_HALF:
        item->class = TIME_HALF;
        break;
    case NUMBER_FEW:
        item->class = TIME_FEW;
        break;
    case NUMBER_ORDINAL:
        item->ordinal = (int32_t)item->value;
        item->class = TIME_ORDINAL;
        break;
    default:
        break;
    }
}

/* Digits at the start of `word`; their number in `*count`. */
static int64_t leading_digits(Str word, size_t *count) {
    int64_t value = 0;
    size_t i = 0;

    while (i < word.len && i < 9 && ascii_digit(word.ptr[i])) {
        value = value * 10 + (word.ptr[i++] - '0');
    }
    *count = i;
    return value;
}

/* "10:30", "10:30:15", "19h30", "19h" */
static bool from_hour(Str word, TimeItem *item) {
    size_t hours, minutes;
    int64_t hour = leading_digits(word, &hours), minute;
    bool letter;
    Str rest;

    if (hours < 1 || hours > 2 || hours >= word.len || hour > 24) {
        return false;
    }
    letter = word.ptr[hours] == 'h';
    rest = str_slice(word, hours + 1, word.len);
    minute = leading_digits(rest, &minutes);
    if (!letter && word.ptr[hours] != ':') {
        return false;
    }
    if (minute > 59 || (minutes != 2 && !(letter && rest.len == 0)) ||
        (letter && rest.len > minutes)) {
        return false;
    }
    item->class = TIME_HOUR;
    item->value = hour * 60 + minute;
    item->clock = letter ? 2 : 0;
    item->second = TIME_UNKNOWN;
    if (rest.len == 5 && rest.ptr[2] == ':') {
        item->second = (int32_t)leading_digits(str_slice(rest, 3, 5), &minutes);
    }
    return true;
}

static bool from_iso_date(Str word, TimeItem *item) {
    TimeItem hour = {0};

    if (!day_read(word, &item->day)) {
        return false;
    }
    item->class = TIME_DATE_ISO;
    item->minute = TIME_UNKNOWN;
    if (word.len > 11 && word.ptr[10] == 'T' &&
        from_hour(str_slice(word, 11, word.len), &hour)) {
        item->minute = (int32_t)hour.value;
    }
    return true;
}

/* A date of its three parts in digits; false if it is no day. */
static bool set_date(TimeItem *item, int64_t year, int64_t month, int64_t day) {
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > month_days((int32_t)year, (int32_t)month)) {
        return false;
    }
    item->class = TIME_DATE_ISO;
    item->minute = TIME_UNKNOWN;
    item->day = (Day){(int32_t)year, (int32_t)month, (int32_t)day};
    return true;
}

/* "10/31/89" and "31/10/1989": the part above 12 is the day; else the month
 * comes first, as in American papers. "29-07-2016" and "29.7.2016" begin with
 * the day, "2016/7/29" with the year. */
static bool from_parts(Str word, TimeItem *item) {
    int64_t part[3];
    size_t at = 0, count[3];
    char mark = 0;
    bool day_first;

    for (int i = 0; i < 3; i++) {
        part[i] = leading_digits(str_slice(word, at, word.len), &count[i]);
        at += count[i];
        if (count[i] == 0 || (i < 2 && at >= word.len) ||
            (i == 1 && word.ptr[at] != mark)) {
            return false;
        }
        mark = i == 0 ? word.ptr[at] : mark;
        at += i < 2;
    }
    if (at != word.len || !memchr("/.-", mark, 3)) {
        return false;
    }
    if (count[0] == 4) {
        return set_date(item, part[0], part[1], part[2]);
    }
    if (count[2] == 2 && mark == '/') {
        part[2] += part[2] < 40 ? 2000 : 1900;
    } else if (count[2] != 4) {
        return false;
    }
    day_first = part[0] > 12 || mark != '/';
    return set_date(item, part[2], part[day_first ? 1 : 0],
                    part[day_first ? 0 : 1]);
}

/* "20161016", of a day since 1900. */
static bool from_digits_joined(int64_t value, TimeItem *item) {
    return value >= 19000000 && value < 21000000 &&
           set_date(item, value / 10000, value / 100 % 100, value % 100);
}

/* "2015-12", "12-2015" */
static bool from_month(Str word, TimeItem *item) {
    size_t first, second;
    int64_t a = leading_digits(word, &first), b;

    if (first >= word.len || word.ptr[first] != '-') {
        return false;
    }
    b = leading_digits(str_slice(word, first + 1, word.len), &second);
    if (first + 1 + second != word.len) {
        return false;
    }
    if (first < 3 && second == 4) {
        int64_t month = a;
        a = b;
        b = month;
    } else if (first != 4 || second > 2) {
        return false;
    }
    if (!set_date(item, a, b, 1) || a < 1900 || a > 2100) {
        return false;
    }
    item->day.day = TIME_UNKNOWN;
    return true;
}

/* The letters after a number, lower case, as one of `list`? */
static bool ends_in(Str rest, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal_fold(rest, str_of(list[i]))) {
            return true;
        }
    }
    return false;
}

/* Words that begin with a digit: 25, 25th, 1990s, 10:30, 2013-02-25. */
static void from_digits(Str word, TimeItem *item) {
    static const char *const ordinals[] = {"st", "nd", "rd", "th"};
    static const char *const plurals[] = {"s", "'s", "\u2019s"};
    size_t digits;
    int64_t value = leading_digits(word, &digits);
    Str rest = str_slice(word, digits, word.len);

    item->value = value;
    if (rest.len == 0 && digits == 8 && from_digits_joined(value, item)) {
        return;
    }
    if (rest.len == 0) {
        item->class = digits == 4 && value >= 1000 && value < 2200
                          ? TIME_YEARS4
                          : TIME_NUMBER;
        item->digits = word;
    } else if (ends_in(rest, ordinals, 4)) {
        item->class = TIME_ORDINAL;
        item->ordinal = (int32_t)value;
    } else if (ends_in(rest, plurals, 3) && value % 10 == 0 &&
               (digits == 4 || digits == 2)) {
        item->class = TIME_DECADE;
        item->value = (digits == 2 ? 1900 + value : value) / 10;
    } else if (!ascii_digit(rest.ptr[0]) && word.len < 11 &&
               !memchr(word.ptr, 'T', word.len) && from_parts(word, item)) {
        return;
    } else if (str_is(word, "1/2")) {
        item->class = TIME_HALF;
    } else if (rest.ptr[0] == '.' && rest.len > 1 && ascii_digit(rest.ptr[1])) {
        item->class = TIME_NUMBER;
        item->digits = word;
    } else if (rest.ptr[0] == ',' && number_digits(word, &item->value)) {
        item->class = TIME_NUMBER;
    } else if (!from_hour(word, item) && !from_iso_date(word, item)) {
        (void)from_month(word, item);
    }
}

static TimeItem *push_item(Arena *arena, TimeItems *items, uint32_t first,
                           uint32_t last) {
    TimeItem *item;

    items->items = arena_grow(arena, items->items, items->count,
                              &items->capacity, sizeof *items->items);
    item = &items->items[items->count++];
    *item = (TimeItem){.first = first, .last = last};
    return item;
}

static void read_piece(const Lexicon *lexicon, Str piece, TimeItem *item) {
    uint64_t hash = utf8_fold_hash(HASH_SEED, piece);
    LexRow row;

    if (ascii_digit(piece.ptr[0])) {
        from_digits(piece, item);
        return;
    }
    row = lexicon_find_hash(lexicon, LEX_NUMBER, hash);
    if (row.lexicon) {
        from_number_row(row, item);
    }
    row = lexicon_find_hash(lexicon, LEX_TIME_WORD, hash);
    if (row.lexicon) { /* a "second" keeps its ordinal */
        from_word_row(row, item);
    }
}

/* "two-year", "mid-June", "third-quarter": one item a piece. A piece that the
 * grammar does not know makes all of the token unknown, unless it stands
 * last: "year-old" is cut off, "fund-raising" has nothing to keep. */
static void read_hyphened(Arena *arena, const Text *text, uint32_t token,
                          TimeItems *items) {
    Str word = token_str(text, token);
    size_t begin = 0;
    uint32_t before = items->count;

    for (size_t i = 0; i <= word.len; i++) {
        TimeItem *item;
        if (i < word.len && word.ptr[i] != '-') {
            continue;
        }
        if (i > begin) {
            item = push_item(arena, items, token, token + 1);
            item->joined = begin > 0;
            item->capital = ascii_upper(word.ptr[begin]);
            read_piece(text->lexicon, str_slice(word, begin, i), item);
        }
        begin = i + 1;
    }
    if (items->count == before) {
        push_item(arena, items, token, token + 1);
    }
}

/* The longest phrase of a table that begins here; number of tokens. */
static uint32_t read_phrase(const Text *text, uint32_t token, uint32_t last,
                            TimeItem *item) {
    uint64_t mask =
        text->tokens[token].word->keys | text->tokens[token].word->opens;
    LexRow row;
    uint32_t words = 0, longer;

    if (mask >> LEX_NUMBER & 1) {
        words = token_phrase(text, token, last, LEX_NUMBER, &row);
        if (words) {
            from_number_row(row, item);
        }
    }
    if (mask >> LEX_TIME_WORD & 1) {
        longer = token_phrase(text, token, last, LEX_TIME_WORD, &row);
        if (longer >= words && longer) {
            from_word_row(row, item);
            words = longer;
        }
    }
    if (mask >> LEX_QUALIFIER & 1) {
        longer = token_phrase(text, token, last, LEX_QUALIFIER, &row);
        if (longer > words) {
            item->class = TIME_QUALIFIER;
            item->row = row;
            words = longer;
        }
    }
    return words;
}

/* A hyphen inside a word that the tokenizer cut: "two" "-" "year". */
static bool is_inner_hyphen(const Text *text, uint32_t token, uint32_t last) {
    const Token *at = &text->tokens[token];

    return at->end - at->begin == 1 && text->bytes.ptr[at->begin] == '-' &&
           !(at->flags & TOKEN_SPACE_BEFORE) && token + 1 < last &&
           !(text->tokens[token + 1].flags & TOKEN_SPACE_BEFORE);
}

static uint32_t read_item(Arena *arena, const Text *text, uint32_t token,
                          uint32_t last, TimeItems *items) {
    const Token *at = &text->tokens[token];
    Str word = token_str(text, token);
    TimeItem *item, found = {.capital = (at->flags & TOKEN_CAPITAL) != 0};
    uint32_t words = 0;

    if (at->word) {
        words = read_phrase(text, token, last, &found);
    }
    if (!words && word.len > 3 && memchr(word.ptr, '-', word.len) &&
        !(at->flags & TOKEN_PUNCT)) {
        Day day;
        TimeItem whole = {0};
        if (!day_read(word, &day) && !from_parts(word, &whole) &&
            !from_month(word, &whole)) {
            read_hyphened(arena, text, token, items);
            return 1;
        }
    }
    item = push_item(arena, items, token, token + (words ? words : 1));
    if (words) {
        found.first = item->first;
        found.last = item->last;
        *item = found;
    } else if (at->flags & TOKEN_NUMBER) {
        from_digits(word, item);
    } else if (word.len == 1 && word.ptr[0] == ',') {
        item->class = TIME_COMMA;
    } else if (word.len > 2 && word.ptr[0] == '\'' &&
               ascii_digit(word.ptr[1])) {
        from_digits(str_slice(word, 1, word.len), item); /* '90s */
    }
    item->capital = (at->flags & TOKEN_CAPITAL) != 0;
    return words ? words : 1;
}

bool time_items_read(Arena *arena, const Text *text, uint32_t first,
                     uint32_t last, TimeItems *items) {
    bool any = false;

    items->count = 0;
    for (uint32_t token = first; token < last;) {
        uint32_t from = items->count;
        bool joined = token > first && is_inner_hyphen(text, token, last);
        token += joined;
        token += read_item(arena, text, token, last, items);
        items->items[from].joined |= joined;
        for (; from < items->count; from++) {
            any |= items->items[from].class != TIME_OTHER &&
                   items->items[from].class != TIME_COMMA &&
                   items->items[from].class != TIME_THE &&
                   items->items[from].class != TIME_OF &&
                   items->items[from].class != TIME_PREP &&
                   items->items[from].class != TIME_AT &&
                   items->items[from].class != TIME_ON &&
                   items->items[from].class != TIME_ARTICLE;
        }
    }
    return any;
}
