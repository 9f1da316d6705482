/* SPDX-License-Identifier: Apache-2.0 */
/* link/speller.c - see speller.h.
 *
 * Method: weighted edit distance with transpositions (Damerau 1964; Wagner and
 * Lowrance 1975) and learned costs
 * (as Ristad and Yianilos, Learning string-edit distance, 1998). */
#include "link/speller.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    CODES = 128,         /* below: sounds; from there on: bytes as they stand */
    NAMED_MAX = 'a',     /* codes of sounds that have no letter */
    RULES_MAX = 512,     /* keys of the table `sound` */
    RULE_SOUNDS_MAX = 2, /* sounds that one key stands for */
    COST_OTHER = 100,    /* hundredths: of replacing, where no row says */
    COST_DROP = 90,      /* of leaving out */
};

/* Letters that stand for sounds; borrowed from the lexicon. */
typedef struct Rule {
    Str letters;
    uint8_t sounds[RULE_SOUNDS_MAX];
    uint8_t count;
} Rule;

struct Speller {
    const Lexicon *lexicon; /* borrowed */
    Rule rules[RULES_MAX];  /* by first byte, the longest first */
    uint32_t rule_count;
    uint16_t first[257];  /* rules of a first byte: [first[c],first[c+1]) */
    Str names[NAMED_MAX]; /* of the codes from 1 on */
    uint8_t name_count;
    uint8_t costs[CODES][CODES]; /* 0 on one side: leaving out */
    uint8_t start;               /* added where the first sounds are unlike */
    uint8_t swap;                /* two sounds in each other's place */
    double weights[FEATURE_COUNT];
};

static const char *const feature_names[FEATURE_COUNT] = {
    "single",      "single-alike", "single-exact",  "single-short", "full",
    "exact",       "close",        "near",          "fair",         "weak",
    "initial",     "nickname",     "worst",         "conflict",     "conflicts",
    "left",        "alone",        "two",           "swapped",      "inverted",
    "given",       "sex",          "family",        "other",        "body",
    "body-cover",  "body-left",    "body-conflict", "body-exact",   "body-form",
    "body-number", "body-place",   "body-acronym"};

const char *feature_name(Feature feature) {
    return feature_names[feature];
}

/* --------------------------------------------------------------- the tables */

/* The piece of `text` up to `mark`, cut off from it. */
static Str cut(Str *text, const char *mark) {
    size_t at = str_find(*text, str_of(mark), 0);
    Str piece = str_slice(*text, 0, at);

    *text = str_slice(*text, at < text->len ? at + 1 : at, text->len);
    return piece;
}

/* A letter is its own code. */
uint8_t sound_code(const Speller *speller, Str name) {
    if (name.len == 1 && ascii_alnum(name.ptr[0])) {
        return (uint8_t)name.ptr[0];
    }
    for (uint8_t i = 1; i <= speller->name_count; i++) {
        if (str_equal(speller->names[i], name)) {
            return i;
        }
    }
    return 0;
}

/* The code of a sound, a new one if need be; 0: there are too many. */
static uint8_t code_of(Speller *speller, Str name) {
    uint8_t code = sound_code(speller, name);

    if (code == 0 && speller->name_count + 1 < NAMED_MAX) {
        speller->names[++speller->name_count] = name;
        code = speller->name_count;
    }
    return code;
}

static int compare_rules(const void *a, const void *b) {
    const Rule *x = a, *y = b;
    unsigned char c = (unsigned char)x->letters.ptr[0],
                  d = (unsigned char)y->letters.ptr[0];

    if (c != d) {
        return c < d ? -1 : 1;
    }
    if (x->letters.len != y->letters.len) {
        return x->letters.len > y->letters.len ? -1 : 1;
    }
    return str_compare(x->letters, y->letters);
}

static void add_rule(Speller *speller, Str letters, Str sounds) {
    Rule *rule = &speller->rules[speller->rule_count];

    if (letters.len == 0 || speller->rule_count == RULES_MAX) {
        return;
    }
    *rule = (Rule){.letters = letters};
    while (sounds.len && rule->count < RULE_SOUNDS_MAX) {
        rule->sounds[rule->count++] = code_of(speller, cut(&sounds, " "));
    }
    speller->rule_count++;
}

static void read_rules(Speller *speller) {
    const Lexicon *lexicon = speller->lexicon;

    for (uint32_t i = 0; i < lexicon_rows(lexicon, LEX_SOUND); i++) {
        LexRow row = {lexicon, LEX_SOUND, i};
        Str keys = lex_cell(row, LEX_SOUND_KEY);

        while (keys.len) {
            add_rule(speller, cut(&keys, "|"), lex_cell(row, LEX_SOUND_SOUND));
        }
    }
    qsort(speller->rules, speller->rule_count, sizeof *speller->rules,
          compare_rules);
    for (uint32_t i = 0; i < speller->rule_count; i++) {
        unsigned char c = (unsigned char)speller->rules[i].letters.ptr[0];

        speller->first[c + 1] = (uint16_t)(i + 1);
    }
    for (uint32_t c = 0; c < 256; c++) {
        if (speller->first[c + 1] == 0) {
            speller->first[c + 1] = speller->first[c];
        }
    }
}

static void set_cost(Speller *speller, uint8_t a, uint8_t b, uint8_t cost) {
    speller->costs[a][b] = cost;
    speller->costs[b][a] = cost;
}

static void read_costs(Speller *speller) {
    const Lexicon *lexicon = speller->lexicon;

    memset(speller->costs, COST_OTHER, sizeof speller->costs);
    for (uint8_t c = 0; c < CODES; c++) {
        set_cost(speller, 0, c, COST_DROP);
        speller->costs[c][c] = 0;
    }
    for (uint32_t i = 0; i < lexicon_rows(lexicon, LEX_SOUND_COST); i++) {
        LexRow row = {lexicon, LEX_SOUND_COST, i};
        Str pair = lex_cell(row, LEX_SOUND_COST_KEY);
        uint8_t cost =
            (uint8_t)lex_number(row, LEX_SOUND_COST_COST, COST_OTHER);
        uint8_t a, b;

        if (str_is(pair, "^")) {
            speller->start = cost;
            continue;
        }
        if (str_is(pair, "~")) {
            speller->swap = cost;
            continue;
        }
        a = code_of(speller, cut(&pair, " "));
        b = pair.len ? code_of(speller, pair) : 0;
        set_cost(speller, a, b, cost);
    }
}

static void read_weights(Speller *speller) {
    for (int i = 0; i < FEATURE_COUNT; i++) {
        LexRow row = lexicon_find(speller->lexicon, LEX_NAME_WEIGHT,
                                  str_of(feature_names[i]));

        speller->weights[i] =
            row.lexicon
                ? (double)lex_number(row, LEX_NAME_WEIGHT_WEIGHT, 0) / 1000
                : 0;
    }
}

Speller *speller_new(const Lexicon *lexicon) {
    Speller *speller = calloc(1, sizeof *speller);

    if (speller) {
        speller->lexicon = lexicon;
        read_rules(speller);
        read_costs(speller);
        read_weights(speller);
    }
    return speller;
}

void speller_free(Speller *speller) {
    free(speller);
}

const Lexicon *speller_lexicon(const Speller *speller) {
    return speller->lexicon;
}

double feature_weight(const Speller *speller, Feature feature) {
    return speller->weights[feature];
}

void feature_weight_set(Speller *speller, Feature feature, double weight) {
    speller->weights[feature] = weight;
}

uint8_t edit_cost(const Speller *speller, uint8_t a, uint8_t b) {
    return speller->costs[a][b];
}

void edit_cost_set(Speller *speller, uint8_t a, uint8_t b, uint8_t cost) {
    set_cost(speller, a, b, cost);
}

Str sound_name(const Speller *speller, uint8_t code) {
    static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    const char *letter = code ? strchr(letters, code) : NULL;

    if (letter) {
        return (Str){letter, 1};
    }
    return code <= speller->name_count ? speller->names[code] : str_of("");
}

/* ------------------------------------------------------------------- sounds */

static void push_sound(Sounds *sounds, uint8_t code) {
    bool again = sounds->count && sounds->codes[sounds->count - 1] == code;

    if (!again && sounds->count < SOUNDS_MAX) {
        sounds->codes[sounds->count++] = code;
    }
}

static const Rule *rule_at(const Speller *speller, Str rest) {
    unsigned char c = (unsigned char)rest.ptr[0];

    for (uint32_t i = speller->first[c]; i < speller->first[c + 1]; i++) {
        const Rule *rule = &speller->rules[i];

        if (rule->letters.len <= rest.len &&
            memcmp(rule->letters.ptr, rest.ptr, rule->letters.len) == 0) {
            return rule;
        }
    }
    return NULL;
}

static bool is_vowel(uint8_t code) {
    return code && memchr("aeiou", code, 5);
}

void sounds_read(const Speller *speller, Str word, Sounds *out) {
    out->count = 0;
    for (size_t at = 0; at < word.len;) {
        const Rule *rule = rule_at(speller, str_slice(word, at, word.len));

        if (!rule) {
            push_sound(out, (uint8_t)word.ptr[at++]);
            continue;
        }
        for (uint8_t i = 0; i < rule->count; i++) {
            push_sound(out, rule->sounds[i]);
        }
        at += rule->letters.len;
    }
    /* Hamzah, Hamza */
    if (out->count > 3 && out->codes[out->count - 1] == 'h' &&
        is_vowel(out->codes[out->count - 2])) {
        out->count--;
    }
}

void sounds_append(Sounds *sounds, const Sounds *more) {
    for (uint8_t i = 0; i < more->count; i++) {
        push_sound(sounds, more->codes[i]);
    }
}

/* ------------------------------------------------------------- edit distance
 */

static unsigned replace_cost(const Speller *speller, uint8_t a, uint8_t b) {
    if (a >= CODES || b >= CODES) {
        return a == b ? 0 : COST_OTHER;
    }
    return speller->costs[a][b];
}

static unsigned drop_cost(const Speller *speller, uint8_t a) {
    return a >= CODES ? COST_DROP : speller->costs[a][0];
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* The cost of changing `a` into `b`, in hundredths. */
static unsigned edit_distance(const Speller *speller, const Sounds *a,
                              const Sounds *b) {
    unsigned rows[3][SOUNDS_MAX + 1], n = a->count, m = b->count;
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];

    last[0] = 0;
    for (unsigned j = 1; j <= m; j++) {
        last[j] = last[j - 1] + drop_cost(speller, b->codes[j - 1]);
    }
    for (unsigned i = 1; i <= n; i++) {
        uint8_t sound = a->codes[i - 1];
        unsigned drop = drop_cost(speller, sound), *turn = before;

        row[0] = last[0] + drop;
        for (unsigned j = 1; j <= m; j++) {
            uint8_t other = b->codes[j - 1];
            unsigned best = last[j - 1] + replace_cost(speller, sound, other);

            best = least(best, last[j] + drop);
            best = least(best, row[j - 1] + drop_cost(speller, other));
            if (i > 1 && j > 1 && sound == b->codes[j - 2] &&
                other == a->codes[i - 2]) {
                best = least(best, before[j - 2] + speller->swap);
            }
            row[j] = best;
        }
        before = last;
        last = row;
        row = turn;
    }
    return last[m];
}

double sounds_alike(const Speller *speller, const Sounds *a, const Sounds *b) {
    unsigned longer = a->count > b->count ? a->count : b->count, cost;

    if (a->count == 0 || b->count == 0) {
        return a->count == b->count;
    }
    cost = edit_distance(speller, a, b);
    if (replace_cost(speller, a->codes[0], b->codes[0]) >= COST_OTHER) {
        cost += speller->start;
    }
    return 1 - least(cost, 100 * longer) / (100. * (double)longer);
}
