/* SPDX-License-Identifier: Apache-2.0 */
/* find/finders.h - the steps of find_all(), each in a file of its name.
 *
 * Room: find; used by the files of this room only. */
#ifndef FIND_FINDERS_H
#define FIND_FINDERS_H

#include "base/chain.h"
#include "find/coding.h"
#include "find/words.h"

/* The finders, in the order in which find_all() calls them. `words` is made
 * after the times; its mentions are those found so far. */
void find_times(Arena *arena, Analysis *analysis);
void find_names(Arena *arena, Analysis *analysis, const Words *words);
void find_quotes(Arena *arena, const ChainFile *model, Analysis *analysis,
                 const Words *words);
void find_figures(Arena *arena, Analysis *analysis, const Words *words);
void find_events(Arena *arena, Analysis *analysis, const Words *words,
                 const Coding *coding);

#endif
