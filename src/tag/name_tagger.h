/* SPDX-License-Identifier: Apache-2.0 */
/* tag/name_tagger.h - from the network's scores to names, the report as a
 * whole.
 *
 * Room: tag; for tag.c. What one sentence leaves open another tells: where a
 * word with a capital stands more than once, each occurrence lends its scores
 * to the others. So a surname alone is the person that was named in full, and
 * a headline in capitals follows the body:
 *
 *     Sean BROWN ... BROWN quits      PER 4, ORG 1  +  PER 0, ORG 2
 *
 * Method: pooled evidence for a word over its document, as in A. Akbik et al.,
 * Pooled Contextualized Embeddings (2019), with scores for embeddings; then
 * the best sequence (Viterbi 1967), where one name seldom follows another
 * without a word between them. */
#ifndef TAG_NAME_TAGGER_H
#define TAG_NAME_TAGGER_H

#include "tag/tag.h"

enum { EVIDENCE = NAME_TYPE_COUNT + 1 };

/* What one occurrence says of its word. */
typedef struct Evidence {
    float of[EVIDENCE]; /* of no name, then of each type; 0 the best */
    float weight;
} Evidence;

typedef struct NameTagger {
    Arena *arena;     /* borrowed */
    const Text *text; /* borrowed */
    Tags *tags;       /* borrowed: words[].name are filled in */
    uint32_t first;   /* the token that the stretch in hand begins with */
    uint32_t count;   /* of its tokens */
    float (*scores)[NAME_LABEL_COUNT]; /* arena; of the stretch */
    Evidence *evidence;                /* arena */
    uint8_t (*from)[NAME_LABEL_COUNT]; /* arena */
} NameTagger;

/* Memory: the arena, bounded: a longer text is read in stretches. */
void name_tagger_init(NameTagger *names, Arena *arena, const Text *text,
                      Tags *tags);
/* The scores of the next token, NAME_LABEL_COUNT of them. Call
 * name_tagger_make_room() before a run of tokens that should stay together. */
void name_tagger_push(NameTagger *names, const float *scores);
/* Room for `count` more tokens (at most STRETCH_MAX): settles those in hand
 * where they leave none. Their sentences must have been cut. */
void name_tagger_make_room(NameTagger *names, uint32_t count);
/* Label the tokens in hand, and begin anew after them. */
void name_tagger_settle(NameTagger *names);

#endif
