/* SPDX-License-Identifier: Apache-2.0 */
/* link/wording.h - two quotes that say the same in other words.
 *
 * Room: link; used by claims.c. Translations of one sentence share few runs of
 * words, yet most of what carries its meaning, in much the same order:
 *
 *     The bridge  will stay    closed  until  the spring  floods  have gone
 *     We keep the bridge       closed  as long as  the    flood   of spring
 *             bridg            clos                       flood
 *
 * What is left when words of grammar are dropped and endings cut are the
 * terms of a quote. Two quotes of one speaker are one utterance when the
 * longest common subsequence of their terms covers half of the shorter. */
#ifndef LINK_WORDING_H
#define LINK_WORDING_H

#include "link/inside.h"

enum {
    TERMS_MAX = 40,      /* of one quote */
    TERMS_SHARED_MIN = 3 /* fewer may be shared by chance */
};

typedef struct Terms {
    uint32_t items[TERMS_MAX]; /* hashes, in the order of the text */
    uint32_t count;
} Terms;

void terms_read(const Lexicon *lexicon, Str text, const Words *words,
                Terms *out);
/* Cost: the product of their counts. */
bool terms_agree(const Terms *a, const Terms *b);
/* Keys for an index in which quotes of one speaker are found by their terms:
 * each term once. Memory: arena. */
Numbers terms_keys(Arena *arena, const Terms *terms, int64_t speaker);

#endif
