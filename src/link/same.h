/* SPDX-License-Identifier: Apache-2.0 */
/* link/same.h - are two names spellings of one name, and why.
 *
 * Room: link. What speaks for and against is counted (`Evidence`), weighed,
 * and turned into a probability. Symmetric in the two names. */
#ifndef LINK_SAME_H
#define LINK_SAME_H

#include "link/name_parts.h"

typedef struct Evidence {
    double values[FEATURE_COUNT];
} Evidence;

/* False: one of them has no parts, and they are not the same.
 * Cost: the product of the parts, times that of their lengths. */
bool person_evidence(const Speller *speller, const NameParts *a,
                     const NameParts *b, Evidence *out);
bool body_evidence(Arena *arena, const Speller *speller, Str a, Str b,
                   Evidence *out);
/* What weighs for (+) and against (-), the most first: "two +1.6". Writes at
 * most `size` bytes with the NUL. */
void evidence_tell(const Speller *speller, const Evidence *evidence, char *out,
                   size_t size);
/* The probability, 0 to 1. */
double evidence_weigh(const Speller *speller, const Evidence *evidence);

double persons_same(const Speller *speller, const NameParts *a,
                    const NameParts *b);
double body_same(Arena *arena, const Speller *speller, Str a, Str b,
                 Evidence *evidence);

#endif
