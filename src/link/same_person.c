/* SPDX-License-Identifier: Apache-2.0 */
/* link/same_person.c - are two names of people spellings of one name?
 *
 * Room: link. The parts of the two are laid side by side (layout.h), what
 * agrees and what does not is counted (speller.h, Feature), and the counts are
 * weighed by a logistic regression over pairs of names whose bearers are known
 * (train/names.c). Record linkage by levels of agreement: Fellegi and Sunter
 * 1969; Winkler 1990. */
#include <string.h>

#include "link/layout.h"
#include "link/same.h"

enum { LEFT_MAX = 3 };

/* ----------------------------------------------------------------- evidence */

static void single_evidence(const Speller *speller, const NameParts *x,
                            const NameParts *y, Evidence *out) {
    const Sounds *a = &x->items[0].sounds, *b = &y->items[0].sounds;
    double alike = sounds_alike(speller, a, b);
    double longer = a->count > b->count ? a->count : b->count;

    out->values[FEATURE_SINGLE] = 1;
    out->values[FEATURE_SINGLE_ALIKE] = alike;
    out->values[FEATURE_SINGLE_EXACT] = alike == 1;
    out->values[FEATURE_SINGLE_SHORT] = longer > 0 ? alike / longer : 0;
}

static Feature level_of(const Pair *pair) {
    if (pair->kind != PAIR_SPELLING) {
        return pair->kind == PAIR_INITIAL ? FEATURE_INITIAL : FEATURE_NICKNAME;
    }
    return pair->alike >= 1     ? FEATURE_EXACT
           : pair->alike >= .9  ? FEATURE_CLOSE
           : pair->alike >= .8  ? FEATURE_NEAR
           : pair->alike >= .65 ? FEATURE_FAIR
                                : FEATURE_WEAK;
}

static char sex_of(const NameParts *name) {
    for (uint32_t i = 0; i < name->count; i++) {
        if (name->items[i].sex) {
            return name->items[i].sex;
        }
    }
    return 0;
}

static bool sexes_differ(const NameParts *x, const NameParts *y) {
    char a = sex_of(x), b = sex_of(y);

    return (a == 'm' && b == 'f') || (a == 'f' && b == 'm');
}

/* What the laid pairs say, one by one; `less`: parts of the shorter name. */
static void pair_evidence(const NameParts *x, const Layout *layout, double less,
                          Evidence *out) {
    bool given = layout->count > 0;
    double worst = 1;

    for (uint32_t i = 0; i < layout->count; i++) {
        const Pair *pair = &layout->pairs[i];

        out->values[level_of(pair)] += 1 / less;
        if (pair->kind == PAIR_SPELLING && pair->alike < worst) {
            worst = pair->alike;
        }
        given = given && x->items[pair->a].sex;
    }
    out->values[FEATURE_WORST] = 1 - worst;
    out->values[FEATURE_GIVEN] = given;
}

/* One name writes in one what are parts in the other. */
static bool has_run(const Layout *layout) {
    for (uint32_t i = 0; i < layout->count; i++) {
        const Pair *pair = &layout->pairs[i];

        if (pair->a_end - pair->a > 1 || pair->b_end - pair->b > 1) {
            return true;
        }
    }
    return false;
}

/* The order of the parts: turned round, or only before a last part that
 * stays, which makes a son of his father. */
static void order_evidence(const NameParts *x, const NameParts *y,
                           const Layout *layout, Evidence *out) {
    bool swapped = false, last = false;

    for (uint32_t i = 0; i < layout->count; i++) {
        const Pair *pair = &layout->pairs[i];

        last = last || (pair->a_end == x->count && pair->b_end == y->count);
        for (uint32_t k = 0; k < i; k++) {
            const Pair *other = &layout->pairs[k];

            swapped = swapped || (pair->a < other->a) != (pair->b < other->b);
        }
    }
    out->values[FEATURE_SWAPPED] = swapped;
    out->values[FEATURE_INVERTED] = swapped && last;
}

static void full_evidence(const Speller *speller, const NameParts *x,
                          const NameParts *y, Evidence *out) {
    Layout layout;
    uint32_t left_a, left_b, both, over, less;

    parts_lay(speller, x, y, &layout);
    left_a = x->count - (uint32_t)__builtin_popcount(layout.used_a);
    left_b = y->count - (uint32_t)__builtin_popcount(layout.used_b);
    both = left_a < left_b ? left_a : left_b;
    over = (left_a > left_b ? left_a : left_b) - both;
    less = x->count < y->count ? x->count : y->count;
    out->values[FEATURE_FULL] = 1;
    pair_evidence(x, &layout, less, out);
    order_evidence(x, y, &layout, out);
    out->values[FEATURE_CONFLICT] = both > 0;
    out->values[FEATURE_CONFLICTS] = (double)both / less;
    out->values[FEATURE_OTHER] = both > 0 && less > 2;
    out->values[FEATURE_LEFT] = over < LEFT_MAX ? over : LEFT_MAX;
    out->values[FEATURE_ALONE] = less == 1 && !has_run(&layout);
    out->values[FEATURE_TWO] = layout.count > 1 || has_run(&layout);
    out->values[FEATURE_SEX] = sexes_differ(x, y);
    out->values[FEATURE_FAMILY] =
        1 - sounds_alike(speller, &x->items[x->count - 1].sounds,
                         &y->items[y->count - 1].sounds);
}

bool person_evidence(const Speller *speller, const NameParts *a,
                     const NameParts *b, Evidence *out) {
    memset(out, 0, sizeof *out);
    if (a->count == 0 || b->count == 0) {
        return false;
    }
    if (a->count == 1 && b->count == 1) {
        single_evidence(speller, a, b, out);
    } else {
        full_evidence(speller, a, b, out);
    }
    return true;
}
