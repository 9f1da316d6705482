/* SPDX-License-Identifier: Apache-2.0 */
/* text/language.c - which language a report is in.
 *
 * Words of grammar tell it: the lexicon has the most frequent ones of some
 * fifty languages. For each language the first words of the text are a coin
 * thrown many times, that falls on one of its words in HIT of all throws,
 * and in a text of another language by chance in NOISE of them. So (naive
 * Bayes with equal priors):
 *
 *     log odds = hits * ln(HIT / NOISE) + misses * ln((1 - HIT) / (1 - NOISE))
 *
 *     "Der Zug stand in der Nacht"   de 4 of 6 hits, nl 1, en 1   -> de
 *
 * A short text has too few of them. It is taken for the lexicon's own language
 * when that has a word of grammar, time or number in it and no word speaks for
 * another language: "Storm hits on Friday".
 *
 * Where a script is written by one language alone it tells by itself: Greek,
 * Hebrew, Thai. Words are not thrown independently, so the odds are tempered.
 * Method: T. Dunning, Statistical Identification of Language (1994), with
 * words in place of letters. */
#include "text/cut.h"

#include <math.h>

#include "base/utf8.h"

enum {
    WORDS_MAX = 200,    /* words looked at */
    LETTERS_MAX = 1000, /* characters looked at for the script */
    CODES = 26 * 26,    /* two small letters */
    HITS_MIN = 2,       /* fewer say nothing */
    SHORT_WORDS = 25,   /* up to here the lexicon's own words count too */
    OWN_LETTERS = 3,    /* of such a word: "in" and "am" are everybody's */
};
static const char OWN[] = "en";    /* the language of the lexicon */
static const double SHORT_P = 0.5; /* how sure the lexicon's own words are */
static const double HIT = 0.40, NOISE = 0.02, TEMPER = 0.5;
static const double NONE = -1; /* log odds of a language not in the table */

/* Scripts by their ranges of Unicode; `language` where one alone writes in
 * it, or where it is by far the most frequent and no word says otherwise. */
typedef struct Script {
    uint32_t first, last;
    char language[3];
    bool alone;
} Script;

static const Script scripts[] = {
    {0x0041, 0x024F, "", false},   {0x0370, 0x03FF, "el", true},
    {0x0400, 0x052F, "ru", false}, {0x0530, 0x058F, "hy", true},
    {0x0590, 0x05FF, "he", true},  {0x0600, 0x077F, "ar", false},
    {0x0900, 0x097F, "hi", false}, {0x0980, 0x09FF, "bn", true},
    {0x0A00, 0x0A7F, "pa", true},  {0x0A80, 0x0AFF, "gu", true},
    {0x0B00, 0x0B7F, "or", true},  {0x0B80, 0x0BFF, "ta", true},
    {0x0C00, 0x0C7F, "te", true},  {0x0C80, 0x0CFF, "kn", true},
    {0x0D00, 0x0D7F, "ml", true},  {0x0D80, 0x0DFF, "si", true},
    {0x0E00, 0x0E7F, "th", true},  {0x0E80, 0x0EFF, "lo", true},
    {0x0F00, 0x0FFF, "bo", true},  {0x1000, 0x109F, "my", true},
    {0x10A0, 0x10FF, "ka", true},  {0x1200, 0x137F, "am", true},
    {0x1780, 0x17FF, "km", true},  {0x1E00, 0x1EFF, "", false},
    {0x1F00, 0x1FFF, "el", true},  {0x3040, 0x30FF, "ja", true},
    {0x3400, 0x9FFF, "zh", true},  {0xAC00, 0xD7AF, "ko", true},
};
enum { SCRIPTS = sizeof scripts / sizeof *scripts, KANA = 25, HAN = 26 };

typedef struct Counts {
    uint16_t hits[CODES];
    uint32_t words;
    uint32_t letters, in_script[SCRIPTS];
    bool beyond_ascii; /* a letter that English does without */
    uint32_t own;      /* words of the lexicon's own language ... */
    uint32_t unlisted; /* ... of them, those that the table lacks */
} Counts;

static uint32_t code_index(const char *code) {
    return (uint32_t)(code[0] - 'a') * 26 + (uint32_t)(code[1] - 'a');
}

static void count_scripts(Counts *counts, Str word) {
    uint32_t len;

    for (uint32_t at = 0; at < word.len && counts->letters < LETTERS_MAX;
         at += len) {
        uint32_t character = utf8_at(word, at, &len);
        counts->beyond_ascii |= character >= 0x80;
        for (uint32_t i = 0; i < SCRIPTS; i++) {
            if (character >= scripts[i].first && character <= scripts[i].last) {
                counts->in_script[i]++;
                counts->letters++;
                break;
            }
        }
    }
}

/* A word of the lexicon's own language and, as far as the table knows, of no
 * other. */
static bool is_own_word(const Text *text, uint32_t token, LexRow shared) {
    static const LexKind kinds[] = {LEX_FUNCTION_WORD, LEX_TIME_WORD,
                                    LEX_NUMBER, LEX_CUE};

    if (token_str(text, token).len < OWN_LETTERS ||
        (shared.lexicon && !lex_is(shared, LEX_LANGUAGE_WORD_LANGUAGES, OWN))) {
        return false;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (token_has(text, token, kinds[i])) {
            return true;
        }
    }
    return shared.lexicon != NULL;
}

/* The cell holds codes with spaces between them: "de nl af". */
static void count_word(Counts *counts, const Text *text, uint32_t token) {
    LexRow row = token_row(text, token, LEX_LANGUAGE_WORD);
    Str codes;

    counts->words++;
    if (is_own_word(text, token, row)) {
        counts->own++;
        counts->unlisted += !row.lexicon;
    }
    if (row.lexicon) {
        codes = lex_cell(row, LEX_LANGUAGE_WORD_LANGUAGES);
        for (size_t at = 0; at + 2 <= codes.len; at += 3) {
            counts->hits[code_index(codes.ptr + at) % CODES]++;
        }
    }
}

static Counts count(const Text *text) {
    Counts counts = {0};

    for (uint32_t i = 0; i < text->token_count && counts.words < WORDS_MAX;
         i++) {
        uint32_t flags = text->tokens[i].flags;
        if (!(flags & (TOKEN_PUNCT | TOKEN_NUMBER))) {
            count_scripts(&counts, token_str(text, i));
            count_word(&counts, text, i);
        }
    }
    return counts;
}

/* The script of most letters; Japanese mixes Han with its own. */
static uint32_t main_script(const Counts *counts) {
    uint32_t best = 0;

    for (uint32_t i = 1; i < SCRIPTS; i++) {
        if (counts->in_script[i] > counts->in_script[best]) {
            best = i;
        }
    }
    if (best == HAN && counts->in_script[KANA] * 10 > counts->in_script[HAN]) {
        return KANA;
    }
    return best;
}

static double log_odds(const Counts *counts, uint32_t code) {
    double hits = counts->hits[code];

    return TEMPER * (hits * log(HIT / NOISE) +
                     (counts->words - hits) * log((1 - HIT) / (1 - NOISE)));
}

/* The likeliest code and its probability among all languages and none. */
static uint32_t likeliest(const Counts *counts, double *probability) {
    uint32_t best = 0;
    double total, top;

    for (uint32_t i = 1; i < CODES; i++) {
        if (counts->hits[i] > counts->hits[best]) {
            best = i;
        }
    }
    top = log_odds(counts, best);
    total = exp(NONE - top);
    for (uint32_t i = 0; i < CODES; i++) {
        total += counts->hits[i] ? exp(log_odds(counts, i) - top) : 0;
    }
    *probability = 1 / total;
    return best;
}

static Str code_str(Arena *arena, uint32_t code) {
    char text[2] = {(char)('a' + code / 26), (char)('a' + code % 26)};

    return str_dup(arena, (Str){text, 2});
}

/* A short text with a word of the lexicon's own, and no other language that
 * has more of its words in it. */
static bool is_short_own(const Counts *counts) {
    uint32_t own = counts->hits[code_index(OWN)] + counts->unlisted;

    if (!counts->own || counts->beyond_ascii || counts->words < HITS_MIN ||
        counts->words > SHORT_WORDS) {
        return false;
    }
    for (uint32_t i = 0; i < CODES; i++) {
        if (i != code_index(OWN) && counts->hits[i] > 0 &&
            counts->hits[i] >= own) {
            return false;
        }
    }
    return true;
}

Str language_tell(Arena *arena, const Text *text, double *probability) {
    Counts counts = count(text);
    uint32_t script = main_script(&counts), code;
    double share;

    *probability = 0;
    if (counts.letters < 2) {
        return str_of("und");
    }
    share = (double)(counts.in_script[script] +
                     (script == KANA ? counts.in_script[HAN] : 0)) /
            counts.letters;
    code = likeliest(&counts, probability);
    if (scripts[script].alone) {
        *probability = share;
        return str_of(scripts[script].language);
    }
    if (counts.hits[code] >= HITS_MIN && *probability >= 0.5) {
        return code_str(arena, code);
    }
    if (script == 0 && is_short_own(&counts)) {
        *probability = SHORT_P;
        return str_of(OWN);
    }
    if (scripts[script].language[0]) {
        *probability = share / 2;
        return str_of(scripts[script].language);
    }
    *probability = 0;
    return str_of("und");
}
