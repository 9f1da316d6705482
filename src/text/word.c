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

/* "alt.pets.rabbits": three words or more, all in small letters. */
static bool is_dotted_name(Str text, uint32_t begin, uint32_t end) {
    uint32_t dots = 0;

    for (uint32_t at = begin; at < end; at++) {
        if (text.ptr[at] == '.') {
            dots++;
        } else if (ascii_upper(text.ptr[at]) || ascii_digit(text.ptr[at])) {
            return false;
        }
    }
    return dots >= 2;
}

/* True if what begins at `begin` is a name of a host or file, "news.bbc.com":
 * its last part is one of the table's, or it has three in small letters. */
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
           (has(cutter, LEX_DOMAIN_ENDING, part, stop) ||
            is_dotted_name(text, begin, stop));
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

/* "Ed.: ", "J.;": no sentence ends before these marks. */
static bool mark_follows(Str text, uint32_t dot, uint32_t end) {
    return end - dot > 1 && strchr(",;:", text.ptr[dot + 1]);
}

/* A row of the table whose dot stands apart where the sentence ends with it:
 * "etc." before a capital or nothing. */
static bool stands_apart(const Cutter *cutter, uint32_t begin, uint32_t dot) {
    Str text = cutter->bytes;
    uint32_t next = next_word(text, dot + 1);
    LexRow row = lexicon_find_hash(cutter->lexicon, LEX_ABBREVIATION,
                                   hash_of(cutter, begin, dot + 1));

    return lex_is(row, LEX_ABBREVIATION_ENDS, "apart") &&
           (next == text.len ||
            (next > dot + 1 && upper_at(text, next, (uint32_t)text.len)));
}

/* A dot that no letter or digit follows: is it part of the word? */
static bool keeps_dot(const Cutter *cutter, uint32_t begin, uint32_t dot,
                      uint32_t end) {
    if (end - dot > 2 && cutter->bytes.ptr[dot + 1] == '.' &&
        cutter->bytes.ptr[dot + 2] == '.') {
        return false; /* an ellipsis */
    }
    if (is_abbreviation(cutter, begin, dot)) {
        return !stands_apart(cutter, begin, dot);
    }
    return (dot - begin > 1 && is_acronym(cutter->bytes, begin, dot)) ||
           mark_follows(cutter->bytes, dot, end) ||
           is_initial(cutter, begin, dot);
}

/* "853-3242", an extension "3-5213", a postal code "77030-2707", but a range
 * "500-1000", "2009-2012": two groups of digits, the last of four. */
static bool is_short_number(Str text, uint32_t begin, uint32_t hyphen,
                            uint32_t end) {
    return hyphen - begin != 4 && end - hyphen - 1 == 4 &&
           !(text.ptr[hyphen - 1] == '0' && text.ptr[end - 1] == '0');
}

/* "2013-02-25", "303-555-8160": three groups of digits or more. */
static bool is_figure_group(Str text, uint32_t begin, uint32_t end) {
    uint32_t at = begin, groups = 1, hyphen = begin;
    uint32_t limit = end - begin > AHEAD_MAX ? begin + AHEAD_MAX : end;

    for (; at < limit; at++) {
        if (text.ptr[at] == '-' && digit_at(text, at + 1, limit)) {
            groups++;
            hyphen = at;
        } else if (!ascii_digit(text.ptr[at])) {
            break;
        }
    }
    if (letter_at(text, at, end)) {
        return false;
    }
    return groups >= 3 ||
           (groups == 2 && is_short_number(text, begin, hyphen, at));
}

/* "70,000" and "7,5", but a list of references: "[13,14]". */
static bool goes_on_over_comma(Str text, uint32_t begin, uint32_t comma,
                               uint32_t end) {
    return digit_at(text, comma - 1, end) && digit_at(text, comma + 1, end) &&
           (begin == 0 || !strchr("[,", text.ptr[begin - 1]));
}

/* "w/o", "s/he": the table of abbreviations has the two parts as one. */
static bool goes_on_over_slash(const Cutter *cutter, uint32_t begin,
                               uint32_t at, uint32_t end) {
    Str text = cutter->bytes;
    uint32_t stop = at + 1;

    if (digit_at(text, at - 1, end) && digit_at(text, at + 1, end)) {
        return true;
    }
    while (stop < end && ascii_alpha(text.ptr[stop])) {
        stop++;
    }
    return has(cutter, LEX_ABBREVIATION, begin, stop) ||
           is_host(cutter, begin, at);
}

/* A hyphen inside a word: only prefixes keep theirs ("mid-1980s" too). */
static bool goes_on_over_hyphen(const Cutter *cutter, uint32_t begin,
                                uint32_t at, uint32_t end) {
    if (ascii_digit(cutter->bytes.ptr[begin])) {
        return is_figure_group(cutter->bytes, begin, end);
    }
    return (at - begin == 3 || letter_at(cutter->bytes, at + 1, end)) &&
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
        return goes_on_over_comma(text, begin, at, end);
    case ':':
        return digit_at(text, at - 1, end) && digit_at(text, at + 1, end);
    case '/':
        return goes_on_over_slash(cutter, begin, at, end);
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

/* "10am", "5m": letters after a figure that are a unit of the table, in small
 * letters where its row says so ("3g of salt", but "a 3G network"). */
static bool is_unit(const Cutter *cutter, uint32_t at, uint32_t end) {
    Str text = cutter->bytes;
    uint32_t stop = at;
    LexRow row;

    while (stop < end && stop - at < AHEAD_MAX && ascii_alpha(text.ptr[stop])) {
        stop++;
    }
    if (stop < end && ascii_digit(text.ptr[stop])) {
        return false;
    }
    row = lexicon_find_hash(cutter->lexicon, LEX_UNIT_SUFFIX,
                            hash_of(cutter, at, stop));
    return row.lexicon && !(ascii_upper(text.ptr[at]) &&
                            lex_is(row, LEX_UNIT_SUFFIX_CASE, "small"));
}

/* "the 1960's": a decade holds its "'s", a year does not ("2013's war"). */
static bool is_decade(Str text, uint32_t begin, uint32_t at) {
    return (at - begin == 2 || at - begin == 4) && text.ptr[at - 1] == '0' &&
           ascii_digit(text.ptr[begin]) && ascii_digit(text.ptr[at - 2]);
}

/* An apostrophe at `*at`: as step_mark(). */
static bool step_apostrophe(const Cutter *cutter, uint32_t begin, uint32_t *at,
                            uint32_t len, uint32_t end, uint32_t *clitic) {
    uint32_t size = clitic_at(cutter, *at, end);

    if (size && is_decade(cutter->bytes, begin, *at)) {
        *at += size;
        return false;
    }
    if (!size && *at - begin >= 2 &&
        (size = clitic_at(cutter, *at - 1, end)) > 0) {
        *at -= 1;
    }
    *clitic = size;
    if (size || !letter_at(cutter->bytes, *at + len, end)) {
        return false;
    }
    *at += len;
    return true;
}

/* "th- that": a word that a speaker breaks off. */
static bool is_broken_off(Str text, uint32_t begin, uint32_t hyphen,
                          uint32_t end) {
    return hyphen - begin <= 2 && hyphen + 1 == end &&
           letter_at(text, begin, hyphen);
}

/* The mark at `at` is the last of the word: "Mr.", "th-", "Yahoo!". */
static bool keeps_mark(const Cutter *cutter, uint32_t begin, uint32_t at,
                       uint32_t end) {
    switch (cutter->bytes.ptr[at]) {
    case '.':
        return keeps_dot(cutter, begin, at, end);
    case '-':
        return is_broken_off(cutter->bytes, begin, at, end);
    case '!':
        return has(cutter, LEX_ABBREVIATION, begin, at + 1);
    default:
        return false;
    }
}

/* The mark of `len` bytes at `at` ends the word, or else `*at` moves past it.
 * True if the word goes on. */
static bool step_mark(const Cutter *cutter, uint32_t begin, uint32_t *at,
                      uint32_t end, uint32_t *clitic) {
    Str text = cutter->bytes;
    uint32_t len;
    CharClass class = char_class(text, *at, &len);

    if (class == CHAR_APOSTROPHE) {
        return step_apostrophe(cutter, begin, at, len, end, clitic);
    }
    if (text.ptr[*at] == '$' && is_dollar(text, begin, *at, end)) {
        *at += 1;
        return false;
    }
    if (alnum_at(text, *at + len, end) && goes_on(cutter, begin, *at, end)) {
        *at += len;
        return true;
    }
    *at += keeps_mark(cutter, begin, *at, end);
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
