/* SPDX-License-Identifier: Apache-2.0 */
/* link/same_body.c - are two names of bodies one name?
 *
 * Room: link. Words are laid side by side as the parts of people's names are
 * (layout.h), and weighed by what they tell:
 *
 *     tarn  shipping    LTD
 *      1.0    1.0        |       cover 1.0; forms differ
 *     tarn  shipping    PLC
 *
 * An acronym is the name whose words begin with its letters. */
#include <string.h>

#include "link/layout.h"
#include "link/same.h"

/* Words of bodies agree only when they are nearly one. */
static const double WORD_MATCH = .75;
/* The likeness at which a pair of words would say nothing. */
static const double NOTHING = .6;

static double weight_of(const NameParts *name, uint32_t used) {
    double sum = 0;

    for (uint32_t i = 0; i < name->count; i++) {
        sum += (used >> i & 1) ? name->items[i].weight : 0;
    }
    return sum;
}

static double lesser(double a, double b) {
    return a < b ? a : b;
}

static double run_weight(const NameParts *name, uint32_t begin, uint32_t end) {
    double sum = 0;

    for (uint32_t i = begin; i < end; i++) {
        sum += name->items[i].weight;
    }
    return sum;
}

/* Drop pairs of words that are not like enough; numbers have to be equal. */
static void keep_close(const NameParts *x, const NameParts *y, Layout *layout) {
    uint32_t kept = 0;

    layout->used_a = layout->used_b = 0;
    for (uint32_t i = 0; i < layout->count; i++) {
        Pair pair = layout->pairs[i];
        const NamePart *a = &x->items[pair.a], *b = &y->items[pair.b];
        bool strict = a->number || b->number || (a->place && b->place);

        if (pair.alike < WORD_MATCH ||
            (strict && !str_equal(a->text, b->text))) {
            continue;
        }
        layout->pairs[kept++] = pair;
        layout->used_a |= bit_run(pair.a, pair.a_end);
        layout->used_b |= bit_run(pair.b, pair.b_end);
    }
    layout->count = kept;
}

/* Parts of a kind that are not laid. */
static bool lacks(const NameParts *name, uint32_t used, bool numbers) {
    for (uint32_t i = 0; i < name->count; i++) {
        if ((used >> i & 1) == 0 &&
            (numbers ? name->items[i].number : name->items[i].place)) {
            return true;
        }
    }
    return false;
}

/* "un" and "united nations". */
static bool is_acronym(const NameParts *acronym, const NameParts *name) {
    Str letters;

    if (acronym->count != 1 || name->count < 2) {
        return false;
    }
    letters = acronym->items[0].text;
    if (letters.len != name->count) {
        return false;
    }
    for (uint32_t i = 0; i < name->count; i++) {
        if (name->items[i].text.ptr[0] != letters.ptr[i]) {
            return false;
        }
    }
    return true;
}

static void weigh_words(const NameParts *x, const NameParts *y,
                        const Layout *layout, Evidence *out) {
    double all_x = weight_of(x, ~UINT32_C(0)),
           all_y = weight_of(y, ~UINT32_C(0));
    double left_x = all_x - weight_of(x, layout->used_a),
           left_y = all_y - weight_of(y, layout->used_b), agree = 0;
    bool exact = left_x + left_y < .01;

    for (uint32_t i = 0; i < layout->count; i++) {
        const Pair *pair = &layout->pairs[i];
        double alike = (pair->alike - NOTHING) / (1 - NOTHING);

        agree += alike * lesser(run_weight(x, pair->a, pair->a_end),
                                run_weight(y, pair->b, pair->b_end));
        exact = exact && pair->alike == 1;
    }
    out->values[FEATURE_BODY_COVER] = agree / lesser(all_x, all_y);
    out->values[FEATURE_BODY_LEFT] = (left_x + left_y) / (all_x + all_y);
    out->values[FEATURE_BODY_CONFLICT] =
        lesser(left_x, left_y) / lesser(all_x, all_y);
    out->values[FEATURE_BODY_EXACT] = exact;
}

bool body_evidence(Arena *arena, const Speller *speller, Str a, Str b,
                   Evidence *out) {
    NameParts x, y;
    Layout layout;

    memset(out, 0, sizeof *out);
    body_parts(arena, speller, a, &x);
    body_parts(arena, speller, b, &y);
    if (x.count == 0 || y.count == 0) {
        return false;
    }
    out->values[FEATURE_BODY] = 1;
    if (is_acronym(&x, &y) || is_acronym(&y, &x)) {
        out->values[FEATURE_BODY_ACRONYM] = 1;
        return true;
    }
    parts_lay(speller, &x, &y, &layout);
    keep_close(&x, &y, &layout);
    weigh_words(&x, &y, &layout, out);
    out->values[FEATURE_BODY_FORM] =
        x.form.len && y.form.len && !str_equal(x.form, y.form);
    out->values[FEATURE_BODY_NUMBER] =
        lacks(&x, layout.used_a, true) || lacks(&y, layout.used_b, true);
    out->values[FEATURE_BODY_PLACE] =
        lacks(&x, layout.used_a, false) || lacks(&y, layout.used_b, false);
    return true;
}
