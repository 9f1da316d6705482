/* SPDX-License-Identifier: Apache-2.0 */
/* clean/piece.h - the pieces that a flat text is made of, and their features.
 *
 * Room: clean. A piece is a line, or the lines that a hard-wrapped paragraph
 * was broken into. Each becomes one block. */
#ifndef CLEAN_PIECE_H
#define CLEAN_PIECE_H

#include "clean/clean.h"
#include "clean/words.h"

typedef struct Piece {
    Span span;            /* trimmed, not empty */
    uint32_t first, last; /* its words: [first,last) */
    bool sentence;        /* ends as a sentence does: . ! ? … and quotes */
    bool prose;           /* reads as a paragraph of a report */
    BlockKind kind;
    Str why;
    Span source; /* of a page */
} Piece;

typedef struct Pieces {
    Words words;
    Piece *items; /* arena */
    uint32_t count, capacity;
} Pieces;

/* Cut `text` into pieces and words.
 * Method: a line is a piece, unless the text is hard-wrapped. A line was
 * wrapped when the first word of the next would not have fitted on it:
 *
 *     The council met on Friday to talk about the        47 columns
 *     bridge. It found no money.                         "bridge." -> 55
 *     A new vote is due in May.
 *
 * With the longest line at 47 columns, the first line is full, the second is
 * not (26 + 1 + 1), so the paragraph ends there. The text counts as wrapped
 * when its longest line has at most 110 columns, and at least three lines and
 * two in three of those followed by another are full.
 * Cost: linear. */
void pieces_cut(Arena *arena, const Lexicon *lexicon, Str text, Pieces *out);

/* The same in two steps, where the pieces are known: begin with none, then
 * push them in order. */
void pieces_begin(Arena *arena, const Lexicon *lexicon, Str text, Pieces *out);
Piece *pieces_push(Arena *arena, Pieces *pieces, Span span);

/* True if `text` ends as a sentence does, closing quotes and brackets left
 * out of account. */
bool ends_sentence(Str text);

/* Words of a piece. */
uint32_t piece_length(const Piece *piece);

#endif
