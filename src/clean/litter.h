/* SPDX-License-Identifier: Apache-2.0 */
/* clean/litter.h - tells what is not the report.
 *
 * Room: clean. In: pieces and the table `litter`. Out: piece->kind and why. */
#ifndef CLEAN_LITTER_H
#define CLEAN_LITTER_H

#include "clean/piece.h"

/* Mark the litter among the pieces as BLOCK_LITTER, each with its why.
 * Method: doc/rooms/clean.md. Memory: arena. Cost: linear. */
void litter_mark(Arena *arena, Pieces *pieces);

#endif
