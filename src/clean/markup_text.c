/* SPDX-License-Identifier: Apache-2.0 */
/* clean/markup_text.c - markup_character() and markup_plain() of markup.h: the
 * characters that a page's text stands for.
 *
 * Standard: WHATWG HTML, 13.2.5.72 to 13.2.5.80 (character references). */
#include "clean/markup.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum { NAME_LONGEST = 33, REPLACEMENT = 0xFFFD };

typedef struct Reference {
    const char *name; /* "amp;" or, for the oldest, "amp" */
    const char *text;
    uint8_t name_len, text_len;
} Reference;

static const Reference references[] = {
#include "clean/entities.inc"
};
enum { REFERENCES = sizeof references / sizeof *references };

/* 0x80 to 0x9F by number are windows-1252, as browsers read them. */
static const uint16_t western[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

/* The reference of exactly this name, or NULL. */
static const Reference *find_reference(Str name) {
    uint32_t low = 0, high = REFERENCES;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const Reference *row = &references[middle];
        int order = str_compare(name, (Str){row->name, row->name_len});
        if (order == 0) {
            return row;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

/* The longest name that begins at `at`, behind the ampersand. */
static const Reference *named(Str text, size_t at, bool attribute) {
    const Reference *found = NULL;
    size_t end = at;

    while (end < text.len && end - at < NAME_LONGEST &&
           ascii_alnum(text.ptr[end])) {
        end++;
    }
    if (end < text.len && text.ptr[end] == ';' &&
        (found = find_reference(str_slice(text, at, end + 1)))) {
        return found;
    }
    for (; end > at + 1 && !found; end--) {
        found = find_reference(str_slice(text, at, end));
        if (found && attribute && end < text.len &&
            (text.ptr[end] == '=' || ascii_alnum(text.ptr[end]))) {
            return NULL; /* "?a=1&copy=2" */
        }
    }
    return found;
}

static int digit_value(char c, uint32_t base) {
    if (ascii_digit(c)) {
        return c - '0';
    }
    c = ascii_lower(c);
    return base == 16 && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static uint32_t allowed(uint32_t character) {
    if (character >= 0x80 && character < 0xA0) {
        return western[character - 0x80];
    }
    if (character == 0 || character > 0x10FFFF ||
        (character >= 0xD800 && character < 0xE000)) {
        return REPLACEMENT;
    }
    return character;
}

/* "#39;" or "#x27;" at `*at`; false when there is no digit. */
static bool numeric(Str text, size_t *at, uint32_t *character) {
    size_t i = *at + 1, begin;
    uint32_t base = 10, value = 0;
    int digit;

    if (i < text.len && ascii_lower(text.ptr[i]) == 'x') {
        base = 16;
        i++;
    }
    begin = i;
    while (i < text.len && (digit = digit_value(text.ptr[i], base)) >= 0) {
        value = value > 0x10FFFF ? value : value * base + (uint32_t)digit;
        i++;
    }
    if (i == begin) {
        return false;
    }
    *at = i + (i < text.len && text.ptr[i] == ';');
    *character = allowed(value);
    return true;
}

static uint32_t reference(Str text, size_t *at, bool attribute,
                          char out[MARKUP_CHARACTER]) {
    size_t begin = *at + 1;
    uint32_t character;
    const Reference *row;

    if (begin < text.len && text.ptr[begin] == '#') {
        if (numeric(text, &begin, &character)) {
            *at = begin;
            return utf8_put(character, out);
        }
    } else if ((row = named(text, begin, attribute)) != NULL) {
        *at = begin + row->name_len;
        memcpy(out, row->text, row->text_len);
        return row->text_len;
    }
    *at = begin;
    out[0] = '&';
    return 1;
}

/* Marks that nobody sees: soft hyphen, zero-width space, byte order mark. */
static bool is_unseen(const char *bytes, uint32_t len) {
    return (len == 2 && memcmp(bytes, "\xC2\xAD", 2) == 0) ||
           (len == 3 && (memcmp(bytes, "\xE2\x80\x8B", 3) == 0 ||
                         memcmp(bytes, "\xEF\xBB\xBF", 3) == 0));
}

uint32_t markup_character(Str text, size_t *at, bool attribute,
                          char out[MARKUP_CHARACTER]) {
    char c = text.ptr[*at];
    uint32_t len;

    if (c == '&') {
        len = reference(text, at, attribute, out);
        return is_unseen(out, len) ? 0 : len;
    }
    if (c == '\0') { /* the standard drops it from text */
        ++*at;
        return 0;
    }
    utf8_at(text, *at, &len);
    memcpy(out, text.ptr + *at, len);
    *at += len;
    return is_unseen(out, len) ? 0 : len;
}

static bool is_plain(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '&' || c == '\0' || (unsigned char)c == 0xC2 ||
            (unsigned char)c == 0xE2 || (unsigned char)c == 0xEF ||
            (ascii_space(c) && c != ' ') ||
            (c == ' ' && i > 0 && text.ptr[i - 1] == ' ')) {
            return false;
        }
    }
    return true;
}

Str markup_plain(Arena *arena, Str text) {
    size_t len = 0;
    bool space = false;
    char *out;

    text = str_trim(text);
    if (is_plain(text)) {
        return text;
    }
    /* A reference is at least five sixths as long as what it stands for. */
    out = arena_alloc(arena, text.len * 6 / 5 + MARKUP_CHARACTER);
    for (size_t at = 0; at < text.len;) {
        char step[MARKUP_CHARACTER];
        uint32_t n = markup_character(text, &at, true, step);
        if (n == 1 && ascii_space(step[0])) {
            space = len > 0;
            continue;
        }
        if (space) {
            out[len++] = ' ';
            space = false;
        }
        memcpy(out + len, step, n);
        len += n;
    }
    return (Str){out, len};
}
