/* SPDX-License-Identifier: Apache-2.0 */
/* tell/counts.h - figures of one count beside one another.
 *
 * Room: tell. What link/counts.c has found to count the same thing either
 * agrees, is a later toll of the same claimant, or cannot both be true. */
#ifndef TELL_COUNTS_H
#define TELL_COUNTS_H

#include "tell/claims.h"

/* Fill in count, conflicts and updates of a claim that figure_read() gave.
 * Cost: linear in the figures of its count. */
void figure_compare(Teller *teller, Arena *arena, FigureClaim *figure);

#endif
