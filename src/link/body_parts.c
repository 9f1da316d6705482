/* SPDX-License-Identifier: Apache-2.0 */
/* link/body_parts.c - the words of a body's name; see name_parts.h.
 *
 *     "The Tarn & Olm Shipping Co. Ltd."   tarn | olm | shipping  form LTD
 *     "First Bank of Jordan"               1 | bank | JOR
 *
 * What a word tells is its weight: a proper name all, a word that many bodies
 * bear (`name-head`, `body-word`) less. */
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "link/name_parts.h"

enum {
    WORDS_MAX = 32,
    PHRASE_MAX = 6, /* words of a form of company, or of a state's name */
    SHORT = 3,      /* bytes of a word of grammar that is left out */
};

static const double WEIGHT_COMMON = .4, WEIGHT_NUMBER = .7;

/* A name's words, cut and folded. */
typedef struct Words {
    Str items[WORDS_MAX];
    const LexWord *known[WORDS_MAX];
    uint32_t count;
} Words;

static void read_words(Arena *arena, const Lexicon *lexicon, Str name,
                       Words *out) {
    Str plain = utf8_plain(arena, name);
    size_t at = 0;
    bool dotted;

    out->count = 0;
    while (out->count < WORDS_MAX) {
        Str word = name_word(plain, &at, &dotted);

        if (word.len == 0) {
            return;
        }
        word = name_letters(arena, word);
        if (word.len) {
            out->known[out->count] = lexicon_word(lexicon, hash_str(word));
            out->items[out->count++] = word;
        }
    }
}

/* The longest key of a table that begins at word `at`; the words it takes, 0
 * for none. */
static uint32_t phrase_at(const Lexicon *lexicon, LexKind kind,
                          const Words *words, uint32_t at, LexRow *row) {
    uint64_t hash = HASH_SEED;
    uint32_t taken = 0;
    const LexWord *first = words->known[at];

    if (!first || !((first->keys | first->opens) >> kind & 1)) {
        return 0;
    }
    for (uint32_t n = 0; n < PHRASE_MAX && at + n < words->count; n++) {
        LexRow found;

        hash = n ? hash_more(hash, str_of(" ")) : hash;
        hash = hash_more(hash, words->items[at + n]);
        found = lexicon_find_hash(lexicon, kind, hash);
        if (found.lexicon) {
            *row = found;
            taken = n + 1;
        }
    }
    return taken;
}

static void push_word(const Speller *speller, NamePart part, NameParts *out) {
    if (out->count < PARTS_MAX) {
        sounds_read(speller, part.text, &part.sounds);
        out->items[out->count++] = part;
    }
}

/* "1st" and "22" as digits. */
static Str digits_of(Str word) {
    size_t len = 0;

    while (len < word.len && ascii_digit(word.ptr[len])) {
        len++;
    }
    return str_slice(word, 0, len);
}

/* A number in digits or words; the words it takes, 0 for none. "forty four"
 * is 44. */
static uint32_t number_at(Arena *arena, const Lexicon *lexicon,
                          const Words *words, uint32_t at, Str *out) {
    int64_t value = 0;
    uint32_t taken = 0;

    *out = digits_of(words->items[at]);
    if (out->len) {
        return 1;
    }
    while (at + taken < words->count) {
        const LexWord *known = words->known[at + taken];
        int64_t add;
        LexRow row;

        if (!known || !(known->keys >> LEX_NUMBER & 1)) {
            break;
        }
        row = lexicon_row(lexicon, LEX_NUMBER, known);
        add = lex_number(row, LEX_NUMBER_VALUE, 0);
        if (add <= 0 || (taken && (value < 20 || add > 9))) {
            break;
        }
        value += add;
        taken++;
    }
    if (taken) {
        *out = str_format(arena, "%lld", (long long)value);
    }
    return taken;
}

static bool is_place(const LexWord *known) {
    return known &&
           (known->keys >> LEX_CITY & 1 || known->keys >> LEX_DEMONYM & 1);
}

static bool is_common(const LexWord *known) {
    return known && (known->keys >> LEX_NAME_HEAD & 1 ||
                     known->keys >> LEX_BODY_WORD & 1);
}

static bool is_small(Str word, const LexWord *known) {
    return known && known->keys >> LEX_FUNCTION_WORD & 1 && word.len <= SHORT;
}

/* One more part, read from word `at`; the words it takes. */
static uint32_t read_part(Arena *arena, const Speller *speller,
                          const Words *words, uint32_t at, NameParts *out) {
    const Lexicon *lexicon = speller_lexicon(speller);
    const LexWord *known = words->known[at];
    Str word = words->items[at], number;
    LexRow row;
    uint32_t taken = phrase_at(lexicon, LEX_BODY_FORM, words, at, &row);

    if (taken) {
        out->form = lex_cell(row, LEX_BODY_FORM_FORM);
        return taken;
    }
    taken = phrase_at(lexicon, LEX_COUNTRY, words, at, &row);
    if (taken) {
        push_word(speller,
                  (NamePart){
                      .text = str_lower(arena, lex_cell(row, LEX_COUNTRY_CODE)),
                      .place = true,
                      .weight = 1},
                  out);
        return taken;
    }
    taken = number_at(arena, lexicon, words, at, &number);
    if (taken) {
        push_word(
            speller,
            (NamePart){.text = number, .number = true, .weight = WEIGHT_NUMBER},
            out);
        return taken;
    }
    if (!is_small(word, known)) {
        push_word(speller,
                  (NamePart){.text = word,
                             .place = is_place(known),
                             .weight = is_common(known) ? WEIGHT_COMMON : 1},
                  out);
    }
    return 1;
}

void body_parts(Arena *arena, const Speller *speller, Str name,
                NameParts *out) {
    Words words;

    out->count = 0;
    out->form = str_of("");
    read_words(arena, speller_lexicon(speller), name, &words);
    for (uint32_t at = 0; at < words.count;) {
        at += read_part(arena, speller, &words, at, out);
    }
    if (out->count == 0 && words.count) {
        push_word(speller, (NamePart){.text = words.items[0], .weight = 1},
                  out);
    }
}
