/* SPDX-License-Identifier: Apache-2.0 */
/* tell/theme.c - see theme.h. */
#include "tell/theme.h"

#include <math.h>

void theme_init(Theme *theme, Arena *arena, const Lexicon *lexicon) {
    *theme = (Theme){.arena = arena, .lexicon = lexicon};
    map_init(&theme->index, arena, 1024);
}

void theme_add(Theme *theme, const Profile *profile) {
    for (uint32_t i = 0; i < profile->count; i++) {
        bool is_new;
        uint32_t *at = map_put(&theme->index, profile_hash(profile, i),
                               theme->count, &is_new);

        if (is_new) {
            theme->weights =
                arena_grow(theme->arena, theme->weights, theme->count,
                           &theme->capacity, sizeof *theme->weights);
            theme->weights[theme->count++] = 0;
        }
        theme->weights[*at] += profile_weight(profile, i);
    }
}

void theme_close(Theme *theme) {
    double square = 0;

    for (uint32_t i = 0; i < theme->count; i++) {
        square += theme->weights[i] * theme->weights[i];
    }
    theme->norm = square > 0 ? sqrt(square) : 1;
}

static double weight_of(const Theme *theme, uint64_t hash) {
    const uint32_t *at = map_find(&theme->index, hash);

    return at ? theme->weights[*at] : 0;
}

double theme_of_profile(const Theme *theme, const Profile *profile) {
    double sum = 0;

    for (uint32_t i = 0; i < profile->count; i++) {
        sum += profile_weight(profile, i) *
               weight_of(theme, profile_hash(profile, i));
    }
    return sum / theme->norm;
}

double theme_of_words(const Theme *theme, const TermWord *words,
                      uint32_t count) {
    double sum = 0, square = 0;

    for (uint32_t i = 0; i < count; i++) {
        sum += words[i].rarity * weight_of(theme, words[i].hash);
        square += words[i].rarity * words[i].rarity;
    }
    return square > 0 ? sum / sqrt(square) / theme->norm : 0;
}

uint32_t theme_words(const Theme *theme, Arena *arena, Str text,
                     TermWord *words, uint32_t max) {
    uint32_t count = 0;
    TermWord word;
    Map seen;

    map_init(&seen, arena, max);
    for (size_t at = 0;
         count < max && term_next(arena, theme->lexicon, text, &at, &word);) {
        bool is_new = term_counts(&word);

        if (is_new) {
            map_put(&seen, word.hash, 0, &is_new);
        }
        if (is_new) {
            words[count++] = word;
        }
    }
    return count;
}
