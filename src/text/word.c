/* SPDX-License-Identifier: Apache-2.0 */
/* text/word.c - where a word ends: clitics, dots, hyphens, figures.
 *
 * A word begins with a letter or digit and goes on over marks that stand
 * inside it. Each mark has a rule of its own:
 *
 *     O'Neill     stays    Syria's   Syria 's      don't    do n't
 *     U.S.        stays    end.The   end . The     Mr.      stays
 *     70,000      stays    2.5       stays         10:30    stays
 *     anti-war    stays    two-state two - state   AT&T     stays
 *     2013-02-25  stays    13-17     13 - 17       10am     10 am
 */
#include "text/cut.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    AHEAD_MAX = 48, /* bytes that a rule looks ahead: keeps the cost linear */
    CLITIC_MAX = 6, /* "n't" with a typographic apostrophe, and a spare byte */
};

static uint64_t hash_of(const Cutter *cutter, uint32_t begin, uint32_t end) {
    return utf8_fold_hash(HASH_SEED, str_slice(cutter->bytes, begin, end));
}

static bool has(const Cutter *cutter, LexKind kind, uint32_t begin,
                uint32_t end) {
    const LexWord *word;

    if (end - begin > AHEAD_MAX) {
        return false;
    }
    word = lexicon_word(cutter->lexicon, hash_of(cutter, begin, end));
    return word && (word->keys >> kind & 1);
}

static bool alnum_at(Str text, uint32_t at, uint32_t end) {
    uint32_t len;
    CharClass class;

    if (at >= end) {
        return false;
    }
    class = char_class(text, at, &len);
    return class == CHAR_LETTER || class == CHAR_DIGIT;
}

static bool letter_at(Str text, uint32_t at, uint32_t end) {
    uint32_t len;

    return at < end && char_class(text, at, &len) == CHAR_LETTER;
}

static bool digit_at(Str text, uint32_t at, uint32_t end) {
    return at < end && ascii_digit(text.ptr[at]);
}

static bool upper_at(Str text, uint32_t at, uint32_t end) {
    uint32_t len;

    return at < end && utf8_is_upper(utf8_at(text, at, &len));
}

/* Length of the clitic that begins at `at`, 0 if none does: it must be a row
 * of the table and the word must end after it. */
static uint32_t clitic_at(const Cutter *cutter, uint32_t at, uint32_t end) {
    uint32_t stop = at, len;

    while (stop < end && stop - at <= CLITIC_MAX) {
        CharClass class = char_class(cutter->bytes, stop, &len);
        if (class != CHAR_LETTER && class != CHAR_APOSTROPHE) {
            break;
        }
        if (class == CHAR_APOSTROPHE && stop > at + 1) {
            break;
        }
        stop += len;
    }
    return stop - at >= 2 && has(cutter, LEX_CLITIC, at, stop) ? stop - at : 0;
}

/* "U.S", "a.m": single letters between dots, `at` is the last of the dots. */
static bool is_acronym(Str text, uint32_t begin, uint32_t at) {
    for (uint32_t i = begin; i < at; i++) {
        if (i - begin > AHEAD_MAX) {
            return false;
        }
        if ((i - begin) % 2 ? text.ptr[i] != '.' : !ascii_alpha(text.ptr[i])) {
            return false;
        }
    }
    return (at - begin) % 2 == 1;
}

/* The first byte past letters, digits, dots and hyphens from `at` on. */
static uint32_t dotted_end(Str text, uint32_t at, uint32_t end) {
    uint32_t limit = end - at > AHEAD_MAX ? at + AHEAD_MAX : end;

    while (at < limit && (ascii_alnum(text.ptr[at]) || text.ptr[at] == '.' ||
                          text.ptr[at] == '-' || text.ptr[at] == '_')) {
        at++;
    }
    return at;
}

/* True if what begins at `begin` is a name of a host or file, "news.bbc.com":
 * its last part is one of the table's. */
static bool is_host(const Cutter *cutter, uint32_t begin, uint32_t end) {
    Str text = cutter->bytes;
    uint32_t stop = dotted_end(text, begin, end), part;

    while (stop > begin && !ascii_alnum(text.ptr[stop - 1])) {
        stop--;
    }
    part = stop;
    while (part > begin && ascii_alnum(text.ptr[part - 1])) {
        part--;
    }
    return part > begin + 1 && part < stop && text.ptr[part - 1] == '.' &&
           has(cutter, LEX_DOMAIN_ENDING, part, stop);
}

/* A dot between two letters or digits: does the word go on? */
static bool goes_on_over_dot(const Cutter *cutter, uint32_t begin, uint32_t at,
                             uint32_t end) {
    Str text = cutter->bytes;
    uint32_t stop;

    if (digit_at(text, at - 1, end) && digit_at(text, at + 1, end)) {
        return true;
    }
    if (is_acronym(text, begin, at) && !alnum_at(text, at + 2, end)) {
        return true;
    }
    stop = dotted_end(text, at, end);
    return has(cutter, LEX_ABBREVIATION, begin, stop) ||
           is_host(cutter, begin, end);
}

/* The character after the white space after `at`. */
static uint32_t next_word(Str text, uint32_t at) {
    uint32_t len;

    while (at < text.len && char_class(text, at, &len) == CHAR_SPACE) {
        at += len;
    }
    return at;
}

/* The word [begin,dot) and its dot are a row of the table of abbreviations,
 * and stand as that row wants them. */
static bool is_abbreviation(const Cutter *cutter, uint32_t begin,
                            uint32_t dot) {
    Str text = cutter->bytes;
    uint32_t end = (uint32_t)text.len, next;
    LexRow row = lexicon_find_hash(cutter->lexicon, LEX_ABBREVIATION,
                                   hash_of(cutter, begin, dot + 1));

    if (!row.lexicon) {
        return false;
    }
    next = next_word(text, dot + 1);
    if (lex_is(row, LEX_ABBREVIATION_WHERE, "number")) {
        return digit_at(text, next, end);
    }
    if (lex_is(row, LEX_ABBREVIATION_WHERE, "name")) {
        return upper_at(text, begin, end);
    }
    if (lex_is(row, LEX_ABBREVIATION_WHERE, "date")) {
        return upper_at(text, begin, end) && digit_at(text, next, end);
    }
    return true;
}

/* "J." before a name; not "vitamin C." before the next sentence. */
static bool is_initial(const Cutter *cutter, uint32_t begin, uint32_t dot) {
    Str text = cutter->bytes;
    uint32_t end = (uint32_t)text.len, next = next_word(text, dot + 1);
    uint32_t stop = next;

    if (dot - begin != 1 || !ascii_upper(text.ptr[begin]) ||
        !upper_at(text, next, end)) {
        return false;
    }
    while (letter_at(text, stop, end) && stop - next < AHEAD_MAX) {
        stop++;
    }
    return !has(cutter, LEX_SENTENCE_START, next, stop);
}

/* A dot that no letter or digit follows: is it part of the word? */
static bool keeps_dot(const Cutter *cutter, uint32_t begin, uint32_t dot,
                      uint32_t end) {
    if (end - dot > 2 && cutter->bytes.ptr[dot + 1] == '.' &&
        cutter->bytes.ptr[dot + 2] == '.') {
        return false; /* an ellipsis */
    }
    return (dot - begin > 1 && is_acronym(cutter->bytes, begin, dot)) ||
           is_abbreviation(cutter, begin, dot) ||
           is_initial(cutter, begin, dot);
}

/* "2013-02-25", "303-555-8160": three groups of digits or more. */
static bool is_figure_group(Str text, uint32_t begin, uint32_t end) {
    uint32_t at = begin, groups = 1;
    uint32_t limit = end - begin > AHEAD_MAX ? begin + AHEAD_MAX : end;

    for (; at < limit; at++) {
        if (text.ptr[at] == '-' && digit_at(text, at + 1, limit)) {
            groups++;
        } else if (!ascii_digit(text.ptr[at])) {
            break;
        }
    }
    return groups >= 3 && !letter_at(text, at, end);
}

/* A hyphen inside a word: only prefixes keep theirs. */
static bool goes_on_over_hyphen(const Cutter *cutter, uint32_t begin,
                                uint32_t at, uint32_t end) {
    if (ascii_digit(cutter->bytes.ptr[begin])) {
        return is_figure_group(cutter->bytes, begin, end);
    }
    return letter_at(cutter->bytes, at + 1, end) &&
           has(cutter, LEX_PREFIX, begin, at);
}

/* "US$" before a figure; "A$", "HK$". */
static bool is_dollar(Str text, uint32_t begin, uint32_t at, uint32_t end) {
    return at - begin <= 2 && ascii_upper(text.ptr[at - 1]) &&
           digit_at(text, at + 1, end);
}

/* The mark at `at` stands between two letters or digits: does the word that
 * begins at `begin` go on after it? */
static bool goes_on(const Cutter *cutter, uint32_t begin, uint32_t at,
                    uint32_t end) {
    Str text = cutter->bytes;

    switch (text.ptr[at]) {
    case '.':
        return goes_on_over_dot(cutter, begin, at, end);
    case ',':
    case ':':
    case '/':
        return digit_at(text, at - 1, end) && digit_at(text, at + 1, end);
    case '-':
        return goes_on_over_hyphen(cutter, begin, at, end);
    case '&':
        return ascii_upper(text.ptr[at - 1]) && upper_at(text, at + 1, end);
    case '_':
        return true;
    default:
        return false;
    }
}

/* "10am", "5m": letters after a figure that are a unit of the table. */
static bool is_unit(const Cutter *cutter, uint32_t at, uint32_t end) {
    uint32_t stop = at;

    while (stop < end && stop - at < AHEAD_MAX &&
           ascii_alpha(cutter->bytes.ptr[stop])) {
        stop++;
    }
    return (stop == end || !ascii_digit(cutter->bytes.ptr[stop])) &&
           has(cutter, LEX_UNIT_SUFFIX, at, stop);
}

/* The mark of `len` bytes at `at` ends the word, or else `*at` moves past it.
 * True if the word goes on. */
static bool step_mark(const Cutter *cutter, uint32_t begin, uint32_t *at,
                      uint32_t end, uint32_t *clitic) {
    Str text = cutter->bytes;
    uint32_t len;
    CharClass class = char_class(text, *at, &len);

    if (class == CHAR_APOSTROPHE) {
        uint32_t size = clitic_at(cutter, *at, end);
        if (!size && *at - begin >= 2 &&
            (size = clitic_at(cutter, *at - 1, end)) > 0) {
            *at -= 1;
        }
        *clitic = size;
        if (size || !letter_at(text, *at + len, end)) {
            return false;
        }
        *at += len;
        return true;
    }
    if (text.ptr[*at] == '$' && is_dollar(text, begin, *at, end)) {
        *at += 1;
        return false;
    }
    if (alnum_at(text, *at + len, end)) {
        if (!goes_on(cutter, begin, *at, end)) {
            return false;
        }
        *at += len;
        return true;
    }
    *at += text.ptr[*at] == '.' && keeps_dot(cutter, begin, *at, end);
    return false;
}

uint32_t word_end(const Cutter *cutter, uint32_t begin, uint32_t end,
                  uint32_t *clitic) {
    Str text = cutter->bytes;
    bool figure = ascii_digit(text.ptr[begin]);
    uint32_t at = begin, len;

    *clitic = 0;
    while (at < end) {
        CharClass class = char_class(text, at, &len);
        if (class == CHAR_LETTER) {
            if (figure && is_unit(cutter, at, end)) {
                return at;
            }
            figure = false;
            at += len;
        } else if (class == CHAR_DIGIT) {
            at++;
        } else if (!step_mark(cutter, begin, &at, end, clitic)) {
            break;
        }
    }
    return at;
}
