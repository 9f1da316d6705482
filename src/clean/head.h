/* SPDX-License-Identifier: Apache-2.0 */
/* clean/head.h - what stands around the paragraphs: title, bylines, dates,
 * subheadings.
 *
 * Room: clean. */
#ifndef CLEAN_HEAD_H
#define CLEAN_HEAD_H

#include "clean/piece.h"

/* Fill title, byline, outlet, url, language and published of `out` with what
 * came with the report. Memory: arena, or the report. */
void head_given(Arena *arena, const Lexicon *lexicon, const Report *report,
                Clean *out);

/* Mark BLOCK_TITLE, BLOCK_HEADING and BLOCK_BYLINE among the pieces that are
 * no litter, and fill title, byline and published of `out` where they are not
 * filled yet. A page's titles and subheadings are marked already. Memory:
 * arena. Cost: linear. */
void head_find(Arena *arena, const Report *report, Pieces *pieces, Clean *out);

#endif
