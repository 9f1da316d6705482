/* SPDX-License-Identifier: Apache-2.0 */
/* text/sentence.c - where a sentence ends, by rules over tokens.
 *
 * A full stop, question mark, exclamation mark or ellipsis may end one, with
 * the quotation marks and brackets that close right after it:
 *
 *     He left ( in May . ) " Why ? " he asked . The U.S. Army came .
 *                        |                    |      no            |
 *
 * It does where a capital, a figure or an opening mark follows. What follows
 * an abbreviation that may end a sentence (the table says which) must be a
 * word that opens sentences: "in the U.S. The army". */
#include "text/cut.h"

#include <string.h>

#include "base/ascii.h"

typedef enum Ender {
    ENDER_NONE,
    ENDER_STOP,
    ENDER_ASKS, /* ? ! */
    ENDER_ELLIPSIS,
    ENDER_ABBREVIATION, /* one that may end a sentence */
    ENDER_COUNT
} Ender;

enum { SPACED_DOTS = 3 }; /* of ". . ." */

static Ender mark_ender(Str word) {
    if (strchr("?!", word.ptr[0]) ||
        (word.ptr[0] == '.' && strchr("?!", word.ptr[word.len - 1]))) {
        return ENDER_ASKS;
    }
    if (word.ptr[0] == '.') {
        return word.len == 1 ? ENDER_STOP : ENDER_ELLIPSIS;
    }
    return str_equal(word, (Str){"\xe2\x80\xa6", 3}) ? ENDER_ELLIPSIS
                                                     : ENDER_NONE;
}

/* An abbreviation that the table does not know, such as "U.S.N." or an
 * initial, may end a sentence; one of the table as its row says. */
static Ender abbreviation_ender(const Text *text, uint32_t token) {
    LexRow row = token_row(text, token, LEX_ABBREVIATION);

    if (row.lexicon && lex_is(row, LEX_ABBREVIATION_ENDS, "never")) {
        return ENDER_NONE;
    }
    return ENDER_ABBREVIATION;
}

static bool is_mark(const Text *text, uint32_t token, char mark) {
    Str word = token_str(text, token);

    return word.len == 1 && word.ptr[0] == mark;
}

/* "left . . . something out": dots with spaces between them end nothing, but
 * the fourth of them does. */
static bool is_spaced_dot(const Text *text, uint32_t token, uint32_t first,
                          uint32_t last) {
    uint32_t before = 0;

    while (before < SPACED_DOTS && token > first + before &&
           is_mark(text, token - before - 1, '.')) {
        before++;
    }
    return (token + 1 < last && is_mark(text, token + 1, '.')) ||
           (before > 0 && before < SPACED_DOTS);
}

static Ender ender_of(const Text *text, uint32_t token, uint32_t first,
                      uint32_t last) {
    Str word = token_str(text, token);

    if (text->tokens[token].flags & TOKEN_PUNCT) {
        Ender ender = mark_ender(word);
        return ender == ENDER_STOP && is_spaced_dot(text, token, first, last)
                   ? ENDER_NONE
                   : ender;
    }
    return word.ptr[word.len - 1] == '.' ? abbreviation_ender(text, token)
                                         : ENDER_NONE;
}

static bool is_closer(const Text *text, uint32_t token) {
    Str word = token_str(text, token);
    const Token *at = &text->tokens[token];

    return (at->flags & TOKEN_CLOSE_QUOTE) ||
           (word.len == 1 && strchr(")]}", word.ptr[0]) &&
            !(at->flags & TOKEN_SPACE_BEFORE));
}

enum {
    MARKS_MAX = 8, /* looked past, so that the cost stays linear */
    NAME_MAX = 4,  /* words of a speaker's name with title */
};

/* The token that decides: marks that open are passed over. */
static uint32_t first_word(const Text *text, uint32_t token, uint32_t last) {
    last = last - token > MARKS_MAX ? token + MARKS_MAX : last;
    while (token + 1 < last && (text->tokens[token].flags & TOKEN_PUNCT)) {
        token++;
    }
    return token;
}

/* "Why?" Jane Brown asked. A name and a word of speech after the closing mark
 * belong to the sentence of the question. */
static bool goes_on_with_speaker(const Text *text, uint32_t token,
                                 uint32_t last) {
    uint32_t name = token;

    if (!(text->tokens[token - 1].flags & TOKEN_CLOSE_QUOTE)) {
        return false;
    }
    while (name < last && name - token < NAME_MAX &&
           (text->tokens[name].flags & TOKEN_CAPITAL)) {
        name++;
    }
    return name > token && name < last && token_has(text, name, LEX_CUE);
}

/* A small letter begins a sentence only after a mark that can be nothing but
 * its end: a question mark with no closing quote after it (not the "!" of a
 * company's name), a full stop after a word too long for an abbreviation. */
static bool begins_small(const Text *text, uint32_t token, Ender ender) {
    const Token *mark = &text->tokens[token - 1];

    if (token < 2 || !(text->tokens[token].flags & TOKEN_SPACE_BEFORE) ||
        (mark->flags & (TOKEN_OPEN_QUOTE | TOKEN_CLOSE_QUOTE))) {
        return false;
    }
    if (mark[-1].flags & TOKEN_CAPITAL) { /* a title: "Who Is He?" */
        return false;
    }
    if (ender == ENDER_ASKS) {
        return !str_is(token_str(text, token - 1), "!");
    }
    return ender == ENDER_STOP && mark[-1].end - mark[-1].begin >= 4;
}

/* True if a sentence may begin with `token`. */
static bool can_begin(const Text *text, uint32_t token, uint32_t last,
                      Ender ender) {
    const Token *at = &text->tokens[token];
    const Token *word = &text->tokens[first_word(text, token, last)];

    if (ender == ENDER_ABBREVIATION) {
        return token_has(text, (uint32_t)(word - text->tokens),
                         LEX_SENTENCE_START) &&
               (word->flags & TOKEN_CAPITAL);
    }
    if (at->flags & (TOKEN_CAPITAL | TOKEN_OPEN_QUOTE)) {
        return ender == ENDER_STOP ||
               ((word->flags & TOKEN_CAPITAL) &&
                !goes_on_with_speaker(text, token, last));
    }
    if (at->flags & TOKEN_NUMBER) {
        return (at->flags & TOKEN_SPACE_BEFORE) != 0;
    }
    if (!(at->flags & TOKEN_PUNCT)) {
        return begins_small(text, token, ender);
    }
    return (at->flags & TOKEN_SPACE_BEFORE) &&
           (word->flags & (TOKEN_CAPITAL | TOKEN_NUMBER)) &&
           ender == ENDER_STOP;
}

/* A blank line stands before `token`. */
static bool after_blank_line(const Text *text, uint32_t token) {
    uint32_t lines = 0;

    for (uint32_t i = text->tokens[token - 1].end;
         i < text->tokens[token].begin; i++) {
        lines += text->bytes.ptr[i] == '\n';
    }
    return lines > 1;
}

/* What opens an item of a list: "3.", "3.)", "3)", "b." */
typedef struct Marker {
    uint32_t value;  /* 3, or the letter */
    uint32_t tokens; /* 2 or 3; 0: none */
    char mark;       /* the one after the value */
} Marker;

enum { MARKER_DIGITS = 2 };

static Marker marker_at(const Text *text, uint32_t token, uint32_t last) {
    Str word = token_str(text, token);
    Marker marker = {0};

    if (word.len > MARKER_DIGITS || token + 2 >= last ||
        (text->tokens[token + 1].flags & TOKEN_SPACE_BEFORE) ||
        (!is_mark(text, token + 1, '.') && !is_mark(text, token + 1, ')'))) {
        return marker;
    }
    for (size_t i = 0; i < word.len; i++) {
        if (!ascii_digit(word.ptr[i]) &&
            (word.len > 1 || !ascii_alpha(word.ptr[i]))) {
            return marker;
        }
        marker.value = marker.value * 10 + (uint32_t)word.ptr[i];
    }
    marker.mark = token_str(text, token + 1).ptr[0];
    marker.tokens = 2 + (marker.mark == '.' && is_mark(text, token + 2, ')'));
    return marker;
}

static bool is_bullet(const Text *text, uint32_t token) {
    return str_is(token_str(text, token), "\xe2\x80\xa2");
}

/* The next item of the list that `item` is one of: the same form, one more. */
static bool is_next_item(const Text *text, uint32_t token, uint32_t last,
                         Marker item) {
    Marker marker;

    if (is_bullet(text, token)) {
        return true;
    }
    if (item.tokens == 0) {
        return false;
    }
    marker = marker_at(text, token, last);
    return marker.tokens == item.tokens && marker.mark == item.mark &&
           marker.value == item.value + 1;
}

/* The token after the mark of an ender at `token` and what closes with it. */
static uint32_t after_closers(const Text *text, uint32_t token, uint32_t last) {
    do {
        token++;
    } while (token < last && is_closer(text, token));
    return token;
}

uint32_t sentence_end(const Text *text, uint32_t first, uint32_t last) {
    uint32_t start = first + (is_bullet(text, first) && first + 1 < last);
    Marker item = marker_at(text, start, last);

    for (uint32_t i = start + item.tokens; i + 1 < last; i++) {
        Ender ender = ender_of(text, i, first, last);
        uint32_t next = i + 1;
        if (after_blank_line(text, next) ||
            is_next_item(text, next, last, item)) {
            return next;
        }
        if (ender == ENDER_NONE) {
            continue;
        }
        next = after_closers(text, i, last);
        if (next == last || after_blank_line(text, next) ||
            can_begin(text, next, last, ender)) {
            return next;
        }
    }
    return last;
}
