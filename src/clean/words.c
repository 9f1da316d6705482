/* SPDX-License-Identifier: Apache-2.0 */
/* clean/words.c - see words.h. */
#include "clean/words.h"

#include <assert.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* True for the character at `at`, of `len` bytes, if it belongs to words. */
static bool is_word_character(Str text, size_t at, uint32_t *len) {
    uint32_t character;

    if ((unsigned char)text.ptr[at] < 0x80) {
        *len = 1;
        return ascii_alnum(text.ptr[at]);
    }
    character = utf8_at(text, at, len);
    return utf8_is_letter(character);
}

/* "al-Amin", "U.S", "O'Hara", "O’Hara", "AT&T": a mark between letters. */
static uint32_t inner_mark(Str text, size_t at) {
    uint32_t len;
    uint32_t character = utf8_at(text, at, &len);
    bool inner = character == '\'' || character == 0x2019 || character == '-' ||
                 character == '.' || character == '&';

    if (!inner || at + len >= text.len) {
        return 0;
    }
    return is_word_character(text, at + len, &(uint32_t){0}) ? len : 0;
}

static uint32_t word_flags(Str word) {
    uint32_t len;
    uint32_t first = utf8_at(word, 0, &len);
    uint32_t flags = utf8_is_upper(first) ? WORD_CAPITAL : 0;
    uint32_t letters = 0;

    if (ascii_digit(word.ptr[0])) {
        return WORD_NUMBER;
    }
    for (size_t at = 0; at < word.len; at += len) {
        uint32_t character = utf8_at(word, at, &len);
        if (utf8_is_letter(character)) {
            letters++;
            if (!utf8_is_upper(character)) {
                return flags;
            }
        }
    }
    return letters > 1 ? flags | WORD_UPPER : flags;
}

static void add_word(Arena *arena, Words *words, Span span, bool quoted) {
    Str bytes = str_at(words->text, span);
    Word word = {.begin = span.begin, .end = span.end};

    word.hash = utf8_fold_hash(HASH_SEED, bytes);
    word.lex = lexicon_word(words->lexicon, word.hash);
    word.flags = word_flags(bytes) | (quoted ? WORD_QUOTED : 0);
    words->items = arena_grow(arena, words->items, words->count,
                              &words->capacity, sizeof *words->items);
    words->items[words->count++] = word;
}

static size_t word_end(Str text, size_t at, size_t end) {
    uint32_t len;

    while (at < end) {
        if (is_word_character(text, at, &len)) {
            at += len;
        } else if ((len = inner_mark(text, at)) > 0 && at + len < end) {
            at += len;
        } else {
            break;
        }
    }
    return at;
}

void words_add(Arena *arena, Words *words, Span block) {
    Str text = words->text;
    bool quoted = false;
    uint32_t len;

    for (size_t at = block.begin; at < block.end;) {
        if (is_word_character(text, at, &len)) {
            size_t end = word_end(text, at, block.end);
            add_word(arena, words, (Span){(uint32_t)at, (uint32_t)end}, quoted);
            at = end;
            continue;
        }
        switch (utf8_at(text, at, &len)) {
        case '"':
            quoted = !quoted;
            break;
        case 0x201C: /* left double quotation mark */
            quoted = true;
            break;
        case 0x201D: /* right double quotation mark */
            quoted = false;
            break;
        case ':':
            add_word(arena, words, (Span){(uint32_t)at, (uint32_t)at + 1},
                     quoted);
            break;
        default:
            break;
        }
        at += len;
    }
}

static bool opens(const Word *word, LexKind kind) {
    return word->lex && (word->lex->opens >> kind & 1) != 0;
}

uint32_t words_phrase(const Words *words, uint32_t at, uint32_t last,
                      LexKind kind, LexRow *row) {
    const Word *word = &words->items[at];
    uint64_t hash = word->hash;
    uint32_t found = 0, longest;

    assert(at < last && last <= words->count);
    if (!word->lex || ((word->lex->keys | word->lex->opens) >> kind & 1) == 0) {
        return 0;
    }
    longest = opens(word, kind) ? word->lex->longest : 1;
    for (uint32_t n = 1; n <= longest && at + n <= last; n++) {
        LexRow hit;
        if (n > 1) {
            const Word *next = &words->items[at + n - 1];
            hash = hash_more(hash, (Str){" ", 1});
            hash = utf8_fold_hash(
                hash, str_slice(words->text, next->begin, next->end));
        }
        hit = lexicon_find_hash(words->lexicon, kind, hash);
        if (hit.lexicon) {
            *row = hit;
            found = n;
        }
    }
    return found;
}

/* Where in a word a small letter is followed by a capital; 0: nowhere. */
static size_t glue(Str word) {
    for (size_t i = 1; i < word.len; i++) {
        if (ascii_upper(word.ptr[i]) && word.ptr[i - 1] >= 'a' &&
            word.ptr[i - 1] <= 'z') {
            return i;
        }
    }
    return 0;
}

uint32_t words_label(const Words *words, uint32_t at, uint32_t last,
                     LexKind kind, LexRow *row) {
    uint32_t found = words_phrase(words, at, last, kind, row);
    uint64_t hash = HASH_SEED;

    for (uint32_t n = 0; n < 3 && at + n < last; n++) {
        Str word = words_str(words, at + n, at + n + 1);
        size_t cut = glue(word);
        if (cut) {
            LexRow hit = lexicon_find_hash(
                words->lexicon, kind,
                utf8_fold_hash(hash, str_slice(word, 0, cut)));
            if (hit.lexicon && n + 1 > found) {
                *row = hit;
                return n + 1;
            }
        }
        hash = hash_more(utf8_fold_hash(hash, word), (Str){" ", 1});
    }
    return found;
}

LexRow words_abbreviation(const Words *words, uint32_t at, LexKind kind) {
    const Word *word = &words->items[at];
    LexRow row = {0};

    if (word->end < words->text.len && words->text.ptr[word->end] == '.') {
        row = lexicon_find_hash(words->lexicon, kind,
                                hash_more(word->hash, (Str){".", 1}));
    }
    return row.lexicon ? row
                       : lexicon_find_hash(words->lexicon, kind, word->hash);
}

char words_before(const Words *words, uint32_t at) {
    uint32_t begin = words->items[at].begin;

    return begin > 0 ? words->text.ptr[begin - 1] : '\0';
}

char words_behind(const Words *words, uint32_t at) {
    uint32_t end = words->items[at].end;

    return end < words->text.len ? words->text.ptr[end] : '\0';
}

Str words_str(const Words *words, uint32_t first, uint32_t last) {
    assert(first < last && last <= words->count);
    return str_slice(words->text, words->items[first].begin,
                     words->items[last - 1].end);
}
