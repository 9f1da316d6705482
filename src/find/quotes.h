/* SPDX-License-Identifier: Apache-2.0 */
/* find/quotes.h - the steps from quotation marks to attributed quotes.
 *
 * Room: find; used by the files of this room only. quotes_piece.c cuts the
 * text at quotation marks into pieces, quotes_speaker.c finds the cue of each
 * piece, quotes_said.c reads what else the clause tells (hearer, who passed it
 * on, time, place) and the clauses of indirect speech:
 *
 *     "We are ready,"  Atar told Radio Ostrel.  "Let them come."
 *     '-- piece 0 --'  cue, speaker, hearer     '-- piece 1: part of 0 --' */
#ifndef FIND_QUOTES_H
#define FIND_QUOTES_H

#include "find/speech.h"

/* What stands between two quotation marks. */
typedef struct Piece {
    Range tokens;    /* with the marks */
    bool unclosed;   /* the paragraph ended first */
    bool single;     /* in single marks */
    bool drop;       /* a title, a nickname, a word as a word */
    int32_t cue;     /* index into speech->cues, -1: none */
    int32_t follows; /* the piece whose speaker it shares, -1: none */
    int32_t person;  /* mention of its speaker where no cue is, -1: none */
    Range sign;      /* the dash before that person, empty: none */
    bool continues;  /* and whose sentence or speech it goes on with */
    bool direct;
    const char *rule; /* for `why`: "said-after" */
    int32_t quote;    /* index into analysis->quotes, -1: none */
} Piece;

typedef struct Pieces {
    Piece *items; /* arena */
    uint32_t count, capacity;
} Pieces;

/* Cut at quotation marks and fill speech->quoted. Marks inside a quotation
 * make no piece. Cost: linear. */
void pieces_find(Speech *speech, Pieces *out);
/* Find the cue of each piece, or drop it. Cost: linear. */
void pieces_attribute(const Speech *speech, Pieces *pieces);
/* Hearer, via, time and place of the clause around the cue; `quote` has its
 * speaker already. */
void quote_circumstances(Speech *speech, const Cue *cue, Quote *quote);
/* Add the outlet of a phrase to those that passed the quote on. */
void quote_push_via(const Speech *speech, Quote *quote, Range phrase);
/* The span of what a cue reports without quotation marks; empty: nothing.
 * `*rule` names the pattern. */
Span indirect_span(const Speech *speech, uint32_t cue, const char **rule);

#endif
