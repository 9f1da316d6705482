/* SPDX-License-Identifier: Apache-2.0 */
/* find/coding_read.c - see coding_read.h. */
#include "find/coding_read.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* --------------------------------------------------------------- lines */

/* Without what stands after "#", and without <!-- remarks -->, which may run
 * over lines. */
static Str without_remarks(Dictionary *dictionary, Str line) {
    static const Str OPEN = {"<!", 2}, CLOSE = {"-->", 3};

    if (dictionary->in_remark || str_starts(str_trim(line), OPEN)) {
        size_t end = str_find(line, CLOSE, 0);
        dictionary->in_remark = end == line.len;
        return (Str){0};
    }
    return str_slice(line, 0, str_find(line, (Str){"#", 1}, 0));
}

bool dictionary_next(Dictionary *dictionary) {
    while (dictionary->at < dictionary->text.len) {
        size_t end = str_find(dictionary->text, (Str){"\n", 1}, dictionary->at);
        Str line = str_slice(dictionary->text, dictionary->at, end);

        dictionary->at = end + 1;
        dictionary->number++;
        line = without_remarks(dictionary, line);
        dictionary->line = str_trim(line);
        if (dictionary->line.len) {
            return true;
        }
    }
    return false;
}

void dictionary_fault(Dictionary *dictionary, const char *why) {
    dictionary->faults++;
    if (dictionary->fault) {
        dictionary->fault(dictionary->context, dictionary->number, why);
    }
}

bool dictionary_bracket(Str line, Str *rest, Str *inside) {
    size_t open = str_find(line, (Str){"[", 1}, 0);
    size_t close = str_find(line, (Str){"]", 1}, open);

    if (close >= line.len) {
        return false;
    }
    *rest = str_trim(str_slice(line, 0, open));
    *inside = str_trim(str_slice(line, open + 1, close));
    return true;
}

static Str code_of(Str text) {
    static const char *const NONE[] = {"---", "+++", "###", "-", ""};

    text = str_trim(text);
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        if (str_is(text, NONE[i])) {
            return (Str){0};
        }
    }
    return text;
}

void dictionary_codes(Str inside, Str *code, Str *back) {
    size_t colon = str_find(inside, (Str){":", 1}, 0);

    *code = code_of(str_slice(inside, 0, colon));
    *back = colon < inside.len
                ? code_of(str_slice(inside, colon + 1, inside.len))
                : (Str){0};
}

/* ------------------------------------------------------------- phrases */

static bool parts(char byte) {
    return ascii_space(byte) || byte == '_' || byte == '-';
}

static bool add_word(PhraseWords *out, Str word) {
    if (!word.len) {
        return true;
    }
    if (out->count == PHRASE_WORDS_MAX) {
        return false;
    }
    out->hashes[out->count++] = utf8_fold_hash(HASH_SEED, word);
    return true;
}

/* "MEN'S" is two tokens, and so is "DON'T". */
static bool add_clitic_word(PhraseWords *out, Str word) {
    static const Str CLITICS[] = {{"'S", 2}, {"N'T", 3}};

    for (size_t i = 0; i < sizeof CLITICS / sizeof *CLITICS; i++) {
        size_t cut = word.len - CLITICS[i].len;
        if (word.len > CLITICS[i].len &&
            str_equal_fold(str_slice(word, cut, word.len), CLITICS[i])) {
            return add_word(out, str_slice(word, 0, cut)) &&
                   add_word(out, str_slice(word, cut, word.len));
        }
    }
    return add_word(out, word);
}

bool phrase_cut(Str phrase, PhraseWords *out) {
    size_t at = 0;

    out->count = 0;
    while (at < phrase.len) {
        size_t end = at;
        while (end < phrase.len && !parts(phrase.ptr[end])) {
            end++;
        }
        if (!add_clitic_word(out, str_slice(phrase, at, end))) {
            return false;
        }
        at = end + 1;
    }
    return out->count > 0;
}

static uint64_t join(uint64_t hash, uint64_t word) {
    return (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15) + 1;
}

void phrases_init(Phrases *phrases, Arena *arena) {
    map_init(&phrases->whole, arena, 16);
    map_init(&phrases->longest, arena, 16);
}

bool phrases_put(Phrases *phrases, const PhraseWords *words, uint32_t number) {
    uint64_t hash = HASH_SEED;
    uint32_t *longest;
    bool is_new;

    for (uint32_t i = 0; i < words->count; i++) {
        hash = join(hash, words->hashes[i]);
    }
    longest = map_put(&phrases->longest, words->hashes[0], words->count, NULL);
    *longest = *longest < words->count ? words->count : *longest;
    map_put(&phrases->whole, hash, number, &is_new);
    return is_new;
}

/* A hyphen inside a word. */
static bool is_joint(const Text *text, uint32_t token) {
    const Token *at = &text->tokens[token];

    return at->end == at->begin + 1 && text->bytes.ptr[at->begin] == '-' &&
           !(at->flags & TOKEN_SPACE_BEFORE);
}

uint32_t phrases_at(const Phrases *phrases, const Text *text, uint32_t token,
                    uint32_t last, uint32_t *number) {
    const uint32_t *longest =
        map_find(&phrases->longest, text->tokens[token].hash);
    uint64_t hash = HASH_SEED;
    uint32_t found = 0, words = 0;

    for (uint32_t i = token; longest && i < last && words < *longest; i++) {
        const uint32_t *whole;
        if (i > token && is_joint(text, i)) {
            continue;
        }
        hash = join(hash, text->tokens[i].hash);
        words++;
        whole = map_find(&phrases->whole, hash);
        if (whole) {
            *number = *whole;
            found = i + 1 - token;
        }
    }
    return found;
}

/* -Y after a consonant gives -IES; a hiss gives -ES. */
static size_t plural_of(Str word, char out[static 64]) {
    size_t len = word.len < 56 ? word.len : 56;
    char last = ascii_lower(word.ptr[len - 1]);
    char before = len > 1 ? ascii_lower(word.ptr[len - 2]) : 'a';

    memcpy(out, word.ptr, len);
    if (last == 'y' && !strchr("aeiou", before)) {
        memcpy(out + len - 1, "ies", 3);
        return len + 2;
    }
    if (strchr("sxz", last) || (last == 'h' && strchr("cs", before))) {
        memcpy(out + len, "es", 2);
        return len + 2;
    }
    out[len] = 's';
    return len + 1;
}

void phrase_plural(Str phrase, PhraseWords *words) {
    size_t first = phrase.len;
    char plural[64];

    while (first > 0 && !parts(phrase.ptr[first - 1])) {
        first--;
    }
    if (first < phrase.len && words->count) {
        size_t len = plural_of(str_slice(phrase, first, phrase.len), plural);
        words->hashes[words->count - 1] =
            utf8_fold_hash(HASH_SEED, (Str){plural, len});
    }
}
