/* SPDX-License-Identifier: Apache-2.0 */
/* link/layout.h - the parts of two names laid side by side.
 *
 * Room: link. Whatever their order, the likest first; parts may be written in
 * one ("Jinping", "Jin-ping"):
 *
 *     omar    hadidi
 *      1.0      .97
 *     omar    hadidy    said       part 2 of the second is not laid  */
#ifndef LINK_LAYOUT_H
#define LINK_LAYOUT_H

#include "link/name_parts.h"

/* How a pair of parts agrees. */
typedef enum PairKind {
    PAIR_SPELLING, /* by their sounds */
    PAIR_INITIAL,  /* an initial, and a name that begins so */
    PAIR_NICKNAME, /* short forms of one given name */
} PairKind;

/* Parts [a,a_end) of one name and [b,b_end) of the other. */
typedef struct Pair {
    uint8_t a, a_end, b, b_end;
    PairKind kind;
    double alike; /* .5 to 1 */
} Pair;

typedef struct Layout {
    Pair pairs[PARTS_MAX];
    uint32_t count;
    uint32_t used_a, used_b; /* bit i: part i is laid */
} Layout;

/* Bits [begin,end). */
uint32_t bit_run(uint32_t begin, uint32_t end);
/* Cost: the product of the numbers of parts, times that of their lengths. */
void parts_lay(const Speller *speller, const NameParts *a, const NameParts *b,
               Layout *out);

#endif
