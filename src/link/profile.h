/* SPDX-License-Identifier: Apache-2.0 */
/* link/profile.h - what a report is about, as a vector that can be compared.
 *
 * Room: link. The words of title, address and text, weighed by where they
 * stand, how often, and how few reports of all news have such a word (the
 * lexicon's word-rate); names count more, and two names in a row are a term of
 * their own. The rates are fixed, so that a report's profile does not depend
 * on what else is in the store. Each vector has length 1; the likeness of two
 * is their cosine (Salton's vector space model). */
#ifndef LINK_PROFILE_H
#define LINK_PROFILE_H

#include "base/lexicon.h"

enum {
    PROFILE_TERMS = 64, /* the strongest are kept */
    PROFILE_NO_DAY = INT32_MIN,
};

/* What a profile is read from; all borrowed. */
typedef struct ProfileSource {
    Str title, url, text;
    const SpanList *body; /* spans of the text */
    StrList actors;       /* names that are in the news for years */
} ProfileSource;

typedef struct Term {
    uint64_t hash;  /* 48 bits */
    double weight;  /* in the vector */
    bool lasting;   /* of an actor's name */
    Str word, next; /* as it first stands; `next`: of a pair of names */
} Term;

typedef struct Profile {
    /* hash << 16 | weight << 1 | lasting, rising */
    uint64_t terms[PROFILE_TERMS];
    uint32_t count;
    int32_t day; /* days since 1970 that the report is of, or NO_DAY */
} Profile;

/* Sums of the products of the weights of terms that two profiles have: of all
 * others, and of lasting actors. */
typedef struct ProfileShare {
    uint64_t products[2];
} ProfileShare;

/* A word as a term of profiles. */
typedef struct TermWord {
    uint64_t hash; /* as in Term */
    double rarity; /* 0: stands in most reports, to 1: in hardly any */
    Str word;      /* borrowed from the text */
    bool capital;
} TermWord;

/* The next word of `text` from byte `*at` on, which is moved behind it. False
 * at the end. Words of one byte are passed over. */
bool term_next(Arena *arena, const Lexicon *lexicon, Str text, size_t *at,
               TermWord *out);
/* False for words that stand in so many reports that they say nothing. */
bool term_counts(const TermWord *word);

/* The terms, the strongest first. Memory: arena; words borrowed from the
 * source. Cost: linear in the first TEXT_BYTES of the text. */
uint32_t profile_terms(Arena *arena, const Lexicon *lexicon,
                       const ProfileSource *source, Term **out);
void profile_of(const Term *terms, uint32_t count, int32_t day, Profile *out);
/* Days since 1970 of an ISO date, or PROFILE_NO_DAY. */
int32_t profile_day(Str date);

/* The cosine, 0 to 1. Cost: one walk over both. */
double profile_like(const Profile *a, const Profile *b);
/* How likely the two tell of one happening: the cosine, and what their days
 * make of it. The longer the time between, the less do names of lasting actors
 * count: the same minister in the same war is another happening. */
double profile_same(const Profile *a, const Profile *b);
/* The parts of these, for many profiles at once: what two have in common, each
 * term that both have put in by profile_share(), and how like that makes them.
 */
void profile_share(ProfileShare *share, uint64_t x, uint64_t y);
double profile_same_given(const ProfileShare *share, const Profile *a,
                          const Profile *b);

/* The i-th term of a profile, and what it weighs. */
uint64_t profile_hash(const Profile *profile, uint32_t i);
double profile_weight(const Profile *profile, uint32_t i);

/* As rows of the store hold them. */
Str profile_pack(Arena *arena, const Profile *profile);
void profile_unpack(Str bytes, int32_t day, Profile *out);

#endif
