/* SPDX-License-Identifier: Apache-2.0 */
/* find/number.c - see number.h. */
#include "find/number.h"

#include <assert.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* Past this a number is no count of people and may not overflow. */
static const int64_t LARGEST = INT64_C(1000000000000000);

NumberClass number_class(LexRow row) {
    static const char *const names[NUMBER_CLASS_COUNT] = {
        "",    "cardinal", "tens", "scale",   "article", "half",
        "few", "vague",    "none", "ordinal", "round",
    };
    Str cell = lex_cell(row, LEX_NUMBER_CLASS);

    for (int i = 1; i < NUMBER_CLASS_COUNT; i++) {
        if (str_is(cell, names[i])) {
            return (NumberClass)i;
        }
    }
    return NUMBER_NOT;
}

bool number_digits(Str digits, int64_t *out) {
    int64_t value = 0;
    size_t since_comma = 0;
    bool comma = false;

    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        if (c == ',' && i > 0 && (comma ? since_comma == 3 : i <= 3)) {
            comma = true;
            since_comma = 0;
        } else if (ascii_digit(c) && value < LARGEST) {
            value = value * 10 + (c - '0');
            since_comma++;
        } else {
            return false;
        }
    }
    if (digits.len == 0 || (comma && since_comma != 3)) {
        return false;
    }
    *out = value;
    return true;
}

bool number_compound(const Lexicon *lexicon, Str word, int64_t *out) {
    const char *hyphen = memchr(word.ptr, '-', word.len);
    size_t cut = hyphen ? (size_t)(hyphen - word.ptr) : word.len;
    LexRow row =
        lexicon_find_hash(lexicon, LEX_NUMBER,
                          utf8_fold_hash(HASH_SEED, str_slice(word, 0, cut)));
    NumberClass class = row.lexicon ? number_class(row) : NUMBER_NOT;
    int64_t unit = 0;

    if (!hyphen) {
        *out = row.lexicon ? lex_number(row, LEX_NUMBER_VALUE, 0) : 0;
        return class == NUMBER_CARDINAL || class == NUMBER_TENS;
    }
    if (class != NUMBER_TENS ||
        !number_compound(lexicon, str_slice(word, cut + 1, word.len), &unit) ||
        unit >= 10) {
        return false;
    }
    *out = lex_number(row, LEX_NUMBER_VALUE, 0) + unit;
    return true;
}

/* A decimal "2.5" times a scale: 2.5 and 1,000,000 give 2,500,000. */
static bool scaled_decimal(Str digits, int64_t scale, int64_t *out) {
    const char *dot = memchr(digits.ptr, '.', digits.len);
    size_t cut = dot ? (size_t)(dot - digits.ptr) : digits.len;
    int64_t whole = 0;

    if (!number_digits(str_slice(digits, 0, cut), &whole) ||
        whole > LARGEST / scale) {
        return false;
    }
    whole *= scale;
    for (size_t i = cut + 1; i < digits.len && scale > 1; i++) {
        if (!ascii_digit(digits.ptr[i])) {
            return false;
        }
        scale /= 10;
        whole += (digits.ptr[i] - '0') * scale;
    }
    *out = whole;
    return true;
}

/* The scale word at a token ("million"), or 0. */
static int64_t scale_at(const Text *text, uint32_t token, uint32_t last) {
    LexRow row;

    if (token >= last || !token_has(text, token, LEX_NUMBER)) {
        return 0;
    }
    row = token_row(text, token, LEX_NUMBER);
    return number_class(row) == NUMBER_SCALE
               ? lex_number(row, LEX_NUMBER_VALUE, 0)
               : 0;
}

/* Multiply by the scale words that follow: "two hundred thousand". */
static void take_scales(const Text *text, uint32_t last, Number *number) {
    int64_t scale;

    while ((scale = scale_at(text, number->last, last)) > 0 &&
           number->low <= LARGEST / scale) {
        number->low *= scale;
        number->last++;
        number->digits = false;
    }
    number->high = number->low;
}

static bool read_digits(const Text *text, uint32_t token, uint32_t last,
                        Number *number) {
    Str word = token_str(text, token);
    int64_t scale = scale_at(text, token + 1, last);

    if (memchr(word.ptr, '.', word.len)) {
        if (!scale || !scaled_decimal(word, scale, &number->low)) {
            return false;
        }
        number->high = number->low;
        number->last = token + 2;
        return true;
    }
    if (!number_digits(word, &number->low)) {
        return false;
    }
    number->digits = true;
    number->last = token + 1;
    take_scales(text, last, number);
    return true;
}

/* Where a second part may stand: past the hyphen, if there is one. */
static uint32_t past_hyphen(const Text *text, uint32_t token, uint32_t last) {
    return token + 1 < last && str_is(token_str(text, token), "-") ? token + 1
                                                                   : token;
}

/* "two hundred and twelve": what is added to a round number. A scale after it
 * makes it a number of its own: "between one hundred and two hundred". */
static void take_joined(const Text *text, uint32_t last, Number *number) {
    uint32_t at = number->last;
    int64_t added = 0;

    if (number->low < 100 || number->low % 100 || at + 1 >= last ||
        !token_has(text, at, LEX_RANGE_WORD) ||
        !lex_is(token_row(text, at, LEX_RANGE_WORD), LEX_RANGE_WORD_PLACE,
                "join") ||
        !number_compound(text->lexicon, token_str(text, at + 1), &added) ||
        added <= 0 || scale_at(text, at + 2, last)) {
        return;
    }
    number->low += added;
    number->high = number->low;
    number->last = at + 2;
}

/* "two", "twenty four", "twenty-four", then scales. */
static bool read_cardinal(const Text *text, uint32_t token, uint32_t last,
                          Number *number) {
    int64_t unit = 0;
    uint32_t at;

    if (!number_compound(text->lexicon, token_str(text, token), &number->low)) {
        return false;
    }
    number->last = token + 1;
    at = past_hyphen(text, number->last, last);
    if (number->low >= 20 && number->low % 10 == 0 && at < last &&
        token_has(text, at, LEX_NUMBER) &&
        number_compound(text->lexicon, token_str(text, at), &unit) &&
        unit > 0 && unit < 10) {
        number->low += unit;
        number->last = at + 1;
    }
    at = number->last;
    take_scales(text, last, number);
    if (number->last > at) {
        take_joined(text, last, number);
    }
    return true;
}

/* "a million", "half a million": the scale must follow. */
static bool read_scaled(const Text *text, uint32_t last, NumberClass class,
                        Number *number) {
    uint32_t at = number->first + 1;
    int64_t scale = scale_at(text, at, last);

    if (class == NUMBER_HALF && !scale) {
        at++; /* "half a million": past the article */
        scale = scale_at(text, at, last);
    }
    if (!scale) {
        return false;
    }
    number->low = class == NUMBER_HALF ? scale / 2 : scale;
    number->last = at + 1;
    take_scales(text, last, number);
    take_joined(text, last, number);
    return true;
}

static bool read_phrase(const Text *text, uint32_t token, uint32_t last,
                        Number *number) {
    LexRow row;
    uint32_t words = token_phrase(text, token, last, LEX_NUMBER, &row);
    NumberClass class = words ? number_class(row) : NUMBER_NOT;

    switch (class) {
    case NUMBER_VAGUE:
        number->low = lex_number(row, LEX_NUMBER_LOW, NUMBER_OPEN);
        number->high = lex_number(row, LEX_NUMBER_HIGH, NUMBER_OPEN);
        number->last = token + words;
        number->vague = true;
        return true;
    case NUMBER_NONE:
        number->low = number->high = 0;
        number->last = token + words;
        number->nobody = true;
        return true;
    case NUMBER_ARTICLE:
    case NUMBER_HALF:
        return read_scaled(text, last, class, number);
    case NUMBER_ROUND:
        number->low = number->high = lex_number(row, LEX_NUMBER_VALUE, 0);
        number->last = token + words;
        return true;
    case NUMBER_SCALE: /* "dozen people", "million-strong" */
        number->low = number->high = lex_number(row, LEX_NUMBER_VALUE, 0);
        number->last = token + 1;
        return true;
    default:
        return false;
    }
}

bool number_read(const Text *text, uint32_t token, uint32_t last, Number *out) {
    const Token *word = &text->tokens[token];
    Number number = {.first = token, .low = NUMBER_OPEN, .high = NUMBER_OPEN};
    bool found;

    assert(token < last && last <= text->token_count);
    if (word->flags & TOKEN_NUMBER) {
        found = read_digits(text, token, last, &number);
    } else if (word->word &&
               ((word->word->keys | word->word->opens) >> LEX_NUMBER & 1)) {
        found = read_cardinal(text, token, last, &number) ||
                read_phrase(text, token, last, &number);
    } else { /* a hyphenated number is no key: "twenty-four" */
        found = memchr(token_str(text, token).ptr, '-',
                       token_str(text, token).len) &&
                read_cardinal(text, token, last, &number);
    }
    if (found) {
        assert(number.last > token && number.last <= last);
        *out = number;
    }
    return found;
}
