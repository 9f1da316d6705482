/* SPDX-License-Identifier: Apache-2.0 */
/* clean/credit.h - the agencies that a report says it draws on.
 *
 * Room: clean. Who is quoted by an agency ("AFP reported", "according to
 * Reuters"), a dateline ("GENEVA (AP) -") and lines that name nothing but
 * sources ("AFP/Reuters") are credits. A photograph's credit is none, nor is an
 * outlet that somebody spoke to. */
#ifndef CLEAN_CREDIT_H
#define CLEAN_CREDIT_H

#include "clean/piece.h"

/* The agency that is named at word `at`: number of words (0: none) and its
 * row. A name that must be in capitals counts only so. */
uint32_t agency_at(const Words *words, uint32_t at, uint32_t last, LexRow *row);
/* True if the piece names agencies and outlets and nothing else. */
bool is_credit_line(const Pieces *pieces, const Piece *piece);

/* The credits of the whole report, each once, in order.
 * Memory: arena. Cost: linear. */
void credit_find(Arena *arena, const Pieces *pieces, StrList *out);

#endif
