/* SPDX-License-Identifier: Apache-2.0 */
/* link/same.c - see same.h. */
#include "link/same.h"

#include <math.h>
#include <stdio.h>

#include "link/link.h"

/* What weighs less is not told. */
static const double TELL_MIN = .05;

double evidence_weigh(const Speller *speller, const Evidence *evidence) {
    double sum = 0;

    for (int i = 0; i < FEATURE_COUNT; i++) {
        sum += evidence->values[i] * feature_weight(speller, (Feature)i);
    }
    return 1 / (1 + exp(-sum));
}

/* The order in which the two are given does not matter. */
static void in_order(Str *a, Str *b) {
    if (str_compare(*a, *b) > 0) {
        Str first = *a;

        *a = *b;
        *b = first;
    }
}

double persons_same(const Speller *speller, const NameParts *a,
                    const NameParts *b) {
    Evidence evidence;

    return person_evidence(speller, a, b, &evidence)
               ? evidence_weigh(speller, &evidence)
               : 0;
}

static double person_same(Arena *arena, const Speller *speller, Str a, Str b,
                          Evidence *evidence) {
    NameParts x, y;

    in_order(&a, &b);
    person_parts(arena, speller, a, &x);
    person_parts(arena, speller, b, &y);
    return person_evidence(speller, &x, &y, evidence)
               ? evidence_weigh(speller, evidence)
               : 0;
}

double body_same(Arena *arena, const Speller *speller, Str a, Str b,
                 Evidence *evidence) {
    in_order(&a, &b);
    return body_evidence(arena, speller, a, b, evidence)
               ? evidence_weigh(speller, evidence)
               : 0;
}

double same_name(Arena *arena, const Speller *speller, Str a, Str b,
                 EntityType type, Evidence *evidence) {
    return type == ENTITY_PER ? person_same(arena, speller, a, b, evidence)
                              : body_same(arena, speller, a, b, evidence);
}

/* The feature that weighs most after those told; FEATURE_COUNT: none. */
static Feature next_told(const double weighed[FEATURE_COUNT]) {
    Feature best = FEATURE_COUNT;

    for (int i = 0; i < FEATURE_COUNT; i++) {
        if (fabs(weighed[i]) >= TELL_MIN &&
            (best == FEATURE_COUNT || fabs(weighed[i]) > fabs(weighed[best]))) {
            best = (Feature)i;
        }
    }
    return best;
}

void evidence_tell(const Speller *speller, const Evidence *evidence, char *out,
                   size_t size) {
    double weighed[FEATURE_COUNT];
    size_t at = 0;

    out[0] = '\0';
    for (int i = 0; i < FEATURE_COUNT; i++) {
        weighed[i] = evidence->values[i] * feature_weight(speller, (Feature)i);
    }
    for (;;) {
        Feature feature = next_told(weighed);

        if (feature == FEATURE_COUNT || at >= size) {
            return;
        }
        at +=
            (size_t)snprintf(out + at, size - at, "%s%s %+.1f", at ? ", " : "",
                             feature_name(feature), weighed[feature]);
        weighed[feature] = 0;
    }
}
