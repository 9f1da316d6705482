/* SPDX-License-Identifier: Apache-2.0 */
/* text/quote_marks.c - which quotation marks open and which close.
 *
 * A typographic mark says it itself. A straight one is told by the white
 * space around it, and where that says nothing it is the other one of the
 * last. An apostrophe closes only what a single mark has opened before:
 *
 *     The rebels' leader said: 'Think of your people.'
 *               |              |                     |
 *           apostrophe       opens                closes
 *
 * Each paragraph begins anew: a quotation that runs over paragraphs opens
 * again in each without having been closed. */
#include "text/cut.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

typedef enum Mark {
    MARK_NONE,
    MARK_STRAIGHT, /* " and '' */
    MARK_OPEN,
    MARK_CLOSE,
    MARK_SINGLE,       /* ' */
    MARK_SINGLE_OPEN,  /* U+2018 */
    MARK_SINGLE_CLOSE, /* U+2019, the typographic apostrophe too */
    MARK_COUNT
} Mark;

static Mark wide_mark(uint32_t character) {
    switch (character) {
    case 0x201C:
    case 0x201E:
    case 0x201F:
    case 0xAB:
        return MARK_OPEN;
    case 0x201D:
    case 0xBB:
        return MARK_CLOSE;
    case 0x2018:
    case 0x201A:
    case 0x201B:
    case 0x2039:
        return MARK_SINGLE_OPEN;
    case 0x2019:
    case 0x203A:
        return MARK_SINGLE_CLOSE;
    default:
        return MARK_NONE;
    }
}

/* Two single typographic marks, set in place of a double one. */
static Mark doubled_mark(Str word) {
    uint32_t len, first = utf8_at(word, 0, &len);
    uint32_t second = len < word.len ? utf8_at(word, len, &len) : 0;

    if (second != 0x2018 && second != 0x2019) {
        return MARK_NONE;
    }
    return first != second   ? MARK_STRAIGHT
           : first == 0x2018 ? MARK_OPEN
                             : MARK_CLOSE;
}

static Mark mark_of(Str word) {
    uint32_t len, character;

    if (word.ptr[0] == '"') {
        return MARK_STRAIGHT;
    }
    if (word.ptr[0] == '\'') {
        return word.len == 1                          ? MARK_SINGLE
               : word.len == 2 && word.ptr[1] == '\'' ? MARK_STRAIGHT
                                                      : MARK_NONE;
    }
    if (word.ptr[0] == '`') {
        return word.len == 2 ? MARK_OPEN : MARK_SINGLE_OPEN;
    }
    character = utf8_at(word, 0, &len);
    return len == word.len ? wide_mark(character) : doubled_mark(word);
}

/* What is open at this place of a paragraph. */
typedef struct Open {
    bool twofold, single;
} Open;

/* White space, or the start or end of the text, or a bracket or dash, stands
 * on this side of the mark. */
static bool free_before(const Cutter *cutter, uint32_t token, uint32_t first) {
    const Token *at = &cutter->tokens[token];
    Str before;

    if (token == first || (at->flags & TOKEN_SPACE_BEFORE)) {
        return true;
    }
    before = str_slice(cutter->bytes, at[-1].begin, at[-1].end);
    return strchr("([{-/", before.ptr[0]) ||
           str_equal(before, (Str){"\xe2\x80\x94", 3}) ||
           str_equal(before, (Str){"\xe2\x80\x93", 3}) ||
           (at[-1].flags & TOKEN_OPEN_QUOTE);
}

static bool free_after(const Cutter *cutter, uint32_t token) {
    return token + 1 == cutter->count ||
           (cutter->tokens[token + 1].flags & TOKEN_SPACE_BEFORE);
}

static bool opens_straight(const Cutter *cutter, uint32_t token, uint32_t first,
                           bool is_open) {
    bool before = free_before(cutter, token, first);
    bool after = free_after(cutter, token);

    if (token + 1 == cutter->count && token > first) {
        return false;
    }
    return before != after ? before : !is_open;
}

static uint32_t single_flags(const Cutter *cutter, uint32_t token,
                             uint32_t first, Mark mark, Open *open) {
    bool before = free_before(cutter, token, first);
    bool after = free_after(cutter, token);

    if (mark == MARK_SINGLE_OPEN || (mark == MARK_SINGLE && before && !after)) {
        open->single = true;
        return TOKEN_OPEN_QUOTE | TOKEN_SINGLE_QUOTE;
    }
    if (open->single && !before) {
        open->single = false;
        return TOKEN_CLOSE_QUOTE | TOKEN_SINGLE_QUOTE;
    }
    return before ? 0 : TOKEN_PART; /* "the rebels' camp" */
}

static uint32_t double_flags(const Cutter *cutter, uint32_t token,
                             uint32_t first, Mark mark, Open *open) {
    open->twofold = mark == MARK_STRAIGHT
                        ? opens_straight(cutter, token, first, open->twofold)
                        : mark == MARK_OPEN;
    return open->twofold ? TOKEN_OPEN_QUOTE : TOKEN_CLOSE_QUOTE;
}

void mark_quotes(Cutter *cutter, uint32_t first) {
    Open open = {0};

    for (uint32_t i = first; i < cutter->count; i++) {
        Token *token = &cutter->tokens[i];
        Mark mark;
        if (!(token->flags & TOKEN_PUNCT)) {
            continue;
        }
        mark = mark_of(str_slice(cutter->bytes, token->begin, token->end));
        if (mark >= MARK_SINGLE) {
            token->flags |= single_flags(cutter, i, first, mark, &open);
        } else if (mark != MARK_NONE) {
            token->flags |= double_flags(cutter, i, first, mark, &open);
        }
    }
}
