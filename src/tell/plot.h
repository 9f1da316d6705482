/* SPDX-License-Identifier: Apache-2.0 */
/* tell/plot.h - small plots of figures: blocks for a terminal, SVG for a page.
 *
 * Room: tell. One mark a claim; colour and shape are the claimant's. The scale
 * is linear from zero, or logarithmic when the largest is more than a hundred
 * times the smallest, and then says so. */
#ifndef TELL_PLOT_H
#define TELL_PLOT_H

#include "base/buf.h"
#include "tell/account.h"

/* A bar of `columns` full blocks and eighths: 5 of 8 in 4 columns is "██▌ ".
 * Memory: arena. */
Str plot_bar(Arena *arena, int64_t value, int64_t largest, uint32_t columns);

/* True when a series has at least two dated marks to plot. */
bool plot_worth(const Series *series);
/* The series as an <svg> with axis, marks, titles and a legend. Each mark is a
 * link to `anchor(context, figure)`. */
void plot_series(Arena *arena, Buf *out, const Series *series,
                 Str (*anchor)(void *context, const FigureClaim *figure),
                 void *context);
/* The storyline as a line through time with a dot for each story. */
void plot_storyline(Arena *arena, Buf *out, const Account *account);

#endif
