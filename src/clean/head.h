/* SPDX-License-Identifier: Apache-2.0 */
/* clean/head.h - what stands around the paragraphs: title, bylines, dates,
 * subheadings.
 *
 * Room: clean. */
#ifndef CLEAN_HEAD_H
#define CLEAN_HEAD_H

#include "clean/piece.h"

/* Mark BLOCK_TITLE, BLOCK_HEADING and BLOCK_BYLINE among the pieces that are
 * no litter, and fill title, byline and published of `out` where they are not
 * given. Memory: arena. Cost: linear. */
void head_find(Arena *arena, const Report *report, Pieces *pieces, Clean *out);

#endif
