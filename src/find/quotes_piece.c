/* SPDX-License-Identifier: Apache-2.0 */
/* find/quotes_piece.c - see quotes.h: from quotation marks to pieces.
 *
 * A piece goes from an opening mark to the next closing one of its sort. A
 * paragraph that ends first closes it; one that opens its next paragraph with
 * a mark goes on there:
 *
 *     "We will rebuild.          unclosed
 *     "We have the money."       a piece of its own, part of the first
 *
 * Single marks count where no double ones stand around them. */
#include "find/quotes.h"

#include <assert.h>
#include <string.h>

enum { SINGLE_MAX = 120 };

static bool opens(const Token *token, bool single) {
    return (token->flags & TOKEN_OPEN_QUOTE) &&
           !!(token->flags & TOKEN_SINGLE_QUOTE) == single;
}

static bool closes(const Token *token, bool single) {
    return (token->flags & TOKEN_CLOSE_QUOTE) &&
           !!(token->flags & TOKEN_SINGLE_QUOTE) == single;
}

static uint32_t block_of(const Text *text, uint32_t token) {
    return text->sentences[text->tokens[token].sentence].block;
}

/* The first token after the block that `token` stands in. */
static uint32_t end_of_block(const Text *text, uint32_t token) {
    uint32_t sentence = text->tokens[token].sentence;
    uint32_t block = text->sentences[sentence].block;

    while (sentence < text->sentence_count &&
           text->sentences[sentence].block == block) {
        sentence++;
    }
    return text->sentences[sentence - 1].last;
}

/* The token after the closing mark; `limit` when there is none, NO_TOKEN when
 * another one opens first: then the first was a stray one. */
static uint32_t find_close(const Text *text, uint32_t open, uint32_t limit,
                           bool single, bool *unclosed) {
    if (single && limit > open + SINGLE_MAX) {
        limit = open + SINGLE_MAX;
    }
    for (uint32_t i = open + 1; i < limit; i++) {
        if (closes(&text->tokens[i], single)) {
            *unclosed = false;
            return i + 1;
        }
        if (opens(&text->tokens[i], single)) {
            return NO_TOKEN;
        }
    }
    *unclosed = true;
    return limit;
}

static void push_piece(Speech *speech, Pieces *pieces, Piece piece) {
    pieces->items = arena_grow(speech->arena, pieces->items, pieces->count,
                               &pieces->capacity, sizeof *pieces->items);
    pieces->items[pieces->count++] = piece;
    for (uint32_t i = piece.tokens.first; i < piece.tokens.last; i++) {
        speech->quoted[i] = 1;
    }
}

/* The piece that opens at `open`; returns the token after it. */
static uint32_t read_piece(Speech *speech, Pieces *pieces, uint32_t open,
                           uint32_t limit) {
    bool single = speech->text->tokens[open].flags & TOKEN_SINGLE_QUOTE;
    bool unclosed = false;
    uint32_t end = find_close(speech->text, open, limit, single, &unclosed);
    Piece piece = {.tokens = {open, end},
                   .unclosed = unclosed,
                   .single = single,
                   .cue = -1,
                   .follows = -1,
                   .person = -1,
                   .quote = -1};

    if (end == NO_TOKEN) {
        return open + 1;
    }
    if (end == open + 2 && !unclosed) {
        return end; /* nothing inside */
    }
    if (unclosed) {
        bool next = limit < speech->text->token_count &&
                    opens(&speech->text->tokens[limit], single);
        bool begins = open == 0 || block_of(speech->text, open - 1) !=
                                       block_of(speech->text, open);
        if (single || (!next && !begins && limit - open > SINGLE_MAX)) {
            return open + 1;
        }
    }
    if (end - open < 2) {
        return open + 1;
    }
    push_piece(speech, pieces, piece);
    return end;
}

void pieces_find(Speech *speech, Pieces *out) {
    const Text *text = speech->text;
    uint32_t limit = 0;

    *out = (Pieces){0};
    speech->quoted = arena_zero(speech->arena, text->token_count + 1);
    for (uint32_t i = 0; i < text->token_count;) {
        const Token *token = &text->tokens[i];
        if (!(token->flags & TOKEN_OPEN_QUOTE)) {
            i++;
            continue;
        }
        if (text->sentences[token->sentence].heading) {
            i = text->sentences[token->sentence].last;
            continue;
        }
        limit = i < limit ? limit : end_of_block(text, i);
        i = read_piece(speech, out, i, limit);
    }
}
