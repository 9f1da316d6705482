/* SPDX-License-Identifier: Apache-2.0 */
/* link/speller.h - what is known of spellings, made ready for comparing.
 *
 * Room: link. Names that come from Arabic, Cyrillic or Hebrew letters reach
 * English in many spellings: "Hamoudi", "Hammudi"; "Alexei", "Alexey". A word
 * is written as sounds, in which what is read alike is alike, and sounds are
 * compared by an edit distance in which what romanisations confuse costs
 * little:
 *
 *     hamoudi  -> h a m u d i
 *     hammudi  -> h a m u d i      no cost: 1.0
 *     qadhafi  -> k a dh a f i
 *     gaddafi  -> g a d a f i      k/g .4, dh/d .2: 1 - .6 / 6 = .9
 *
 * Sounds, costs and weights are tables of the lexicon (`sound`, `sound-cost`,
 * `name-weight`), of which train/names.c learns the last two. A Speller holds
 * them as arrays; it is read-only, so that all threads share one. */
#ifndef LINK_SPELLER_H
#define LINK_SPELLER_H

#include "base/lexicon.h"

typedef struct Speller Speller;

enum {
    SOUNDS_MAX = 48, /* of one part of a name */
    PARTS_MAX = 12,  /* of one name; what follows is not compared */
};

/* The sounds of a word, a code each. */
typedef struct Sounds {
    uint8_t codes[SOUNDS_MAX];
    uint8_t count;
} Sounds;

/* What speaks for and against one name, as person_evidence() counts it. The
 * weights are those of a logistic regression. */
typedef enum Feature {
    /* Both names are of one part. */
    FEATURE_SINGLE,
    FEATURE_SINGLE_ALIKE, /* the likeness */
    FEATURE_SINGLE_EXACT, /* the sounds are equal */
    FEATURE_SINGLE_SHORT, /* likeness, times 1 / the longer's sounds */
    /* One of the names has more. Parts laid side by side: */
    FEATURE_FULL,
    FEATURE_EXACT,    /* pairs of equal sounds, as a share of the shorter */
    FEATURE_CLOSE,    /* pairs of likeness .9 and more */
    FEATURE_NEAR,     /* .8 */
    FEATURE_FAIR,     /* .65 */
    FEATURE_WEAK,     /* .5 */
    FEATURE_INITIAL,  /* an initial and a name that begins so */
    FEATURE_NICKNAME, /* short forms of one given name */
    FEATURE_WORST,    /* 1 - the likeness of the pair that is least alike */
    FEATURE_CONFLICT, /* 1: each of the names has a part that the other lacks */
    FEATURE_CONFLICTS, /* such parts, as a share of the shorter */
    FEATURE_LEFT,      /* parts that only the longer has: 0, 1, 2, 3 */
    FEATURE_ALONE,     /* the shorter is of one part */
    FEATURE_TWO,       /* two parts and more agree, or are written in one */
    FEATURE_SWAPPED,   /* the order is another */
    FEATURE_INVERTED,  /* but the last part stays: "A B C", "B A C" */
    FEATURE_GIVEN,     /* all that agrees are common given names */
    FEATURE_SEX,       /* given names of a man and of a woman */
    FEATURE_FAMILY,    /* 1 - the likeness of the last parts, order kept */
    FEATURE_OTHER,     /* of three parts and more, a conflict */
    /* Bodies. */
    FEATURE_BODY,
    FEATURE_BODY_COVER,    /* weight of what agrees, of the lighter name */
    FEATURE_BODY_LEFT,     /* weight of what only one name has, of all */
    FEATURE_BODY_CONFLICT, /* weight of what each lacks of the other */
    FEATURE_BODY_EXACT,
    FEATURE_BODY_FORM,    /* forms of company that differ */
    FEATURE_BODY_NUMBER,  /* numbers that differ */
    FEATURE_BODY_PLACE,   /* states or towns that differ */
    FEATURE_BODY_ACRONYM, /* one is the other's initials */
    FEATURE_COUNT
} Feature;

/* Learned tables read from the lexicon. NULL: out of memory. The lexicon is
 * borrowed and must outlive it. Cost: some 50 microseconds. */
Speller *speller_new(const Lexicon *lexicon);
void speller_free(Speller *speller);
const Lexicon *speller_lexicon(const Speller *speller);

/* A word in the form of utf8_plain() as sounds. Cost: linear. */
void sounds_read(const Speller *speller, Str word, Sounds *out);
/* The second read on to the end of the first: "jin", "ping". */
void sounds_append(Sounds *sounds, const Sounds *more);
/* How alike, 0 to 1: 1 - cost of the edits / the longer length.
 * Cost: the product of the lengths. */
double sounds_alike(const Speller *speller, const Sounds *a, const Sounds *b);

double feature_weight(const Speller *speller, Feature feature);
const char *feature_name(Feature feature);

/* ------------------------------------------------------------ for training */

/* The cost of an edit in hundredths; 0 on one side: a sound left out. */
uint8_t edit_cost(const Speller *speller, uint8_t a, uint8_t b);
void edit_cost_set(Speller *speller, uint8_t a, uint8_t b, uint8_t cost);
/* "kh" of a code, and back; 0: none. */
Str sound_name(const Speller *speller, uint8_t code);
uint8_t sound_code(const Speller *speller, Str name);
void feature_weight_set(Speller *speller, Feature feature, double weight);

#endif
