/* SPDX-License-Identifier: Apache-2.0 */
/* tell/theme.h - what a set of reports is about, as one vector.
 *
 * Room: tell. The sum of the reports' profiles (link/profile.h): a sentence or
 * a report that uses its words is to the point (the centroid of Radev et al.
 * 2004). */
#ifndef TELL_THEME_H
#define TELL_THEME_H

#include "base/map.h"
#include "link/profile.h"

typedef struct Theme {
    Arena *arena;           /* borrowed */
    const Lexicon *lexicon; /* borrowed */
    Map index;              /* term -> weight */
    double *weights;        /* arena */
    uint32_t count, capacity;
    double norm; /* set by theme_close() */
} Theme;

void theme_init(Theme *theme, Arena *arena, const Lexicon *lexicon);
void theme_add(Theme *theme, const Profile *profile);
/* After the last report. */
void theme_close(Theme *theme);
/* How much to the point, 0 to 1: the cosine of the theme with a profile, and
 * with distinct words. */
double theme_of_profile(const Theme *theme, const Profile *profile);
double theme_of_words(const Theme *theme, const TermWord *words,
                      uint32_t count);
/* The distinct words of `text` that say something; at most `max`. */
uint32_t theme_words(const Theme *theme, Arena *arena, Str text,
                     TermWord *words, uint32_t max);

#endif
