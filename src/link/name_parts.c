/* SPDX-License-Identifier: Apache-2.0 */
/* link/name_parts.c - see name_parts.h. */
#include "link/name_parts.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    ARTICLE = 2,      /* bytes of an article that joins: "alkhalil" */
    JOINED_MIN = 6,   /* bytes of such a word: "alan" keeps its own */
    ABBREVIATED = 3,  /* letters of a degree, after a comma: "MM" */
    NAMES_BEFORE = 2, /* parts that a name with degrees after it has */
};

static bool is_class(const Lexicon *lexicon, const LexWord *known,
                     const char *class) {
    return known && known->keys >> LEX_NAME_PARTICLE & 1 &&
           lex_is(lexicon_row(lexicon, LEX_NAME_PARTICLE, known),
                  LEX_NAME_PARTICLE_CLASS, class);
}

Str without_article(const Lexicon *lexicon, Str word) {
    if (word.len < JOINED_MIN || word.ptr[1] != 'l' ||
        (word.ptr[0] != 'a' && word.ptr[0] != 'e') ||
        !is_class(lexicon,
                  lexicon_word(lexicon, hash_str(str_slice(word, 0, ARTICLE))),
                  "article")) {
        return word;
    }
    return str_slice(word, ARTICLE, word.len);
}

static bool in_name(char c) {
    return ascii_alnum(c) || (unsigned char)c >= 0x80 || c == '\'';
}

Str name_word(Str name, size_t *at, bool *dotted) {
    size_t begin, end;

    while (*at < name.len && !in_name(name.ptr[*at])) {
        ++*at;
    }
    begin = end = *at;
    *dotted = false;
    while (end < name.len && in_name(name.ptr[end])) {
        end++;
        if (end - *at == 1 && end + 1 < name.len && name.ptr[end] == '.' &&
            in_name(name.ptr[end + 1])) {
            *at = ++end; /* J.P. */
            *dotted = true;
        } else if (*dotted && end - *at > 1) {
            /* J.Harrow: the letters before are a word of their own */
            end = *at;
            break;
        }
    }
    *at = end;
    return str_slice(name, begin, end);
}

Str name_letters(Arena *arena, Str word) {
    char *out;
    size_t len = 0;

    if (!memchr(word.ptr, '.', word.len) && !memchr(word.ptr, '\'', word.len)) {
        return word;
    }
    out = arena_alloc(arena, word.len);
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] != '.' && word.ptr[i] != '\'') {
            out[len++] = word.ptr[i];
        }
    }
    return (Str){out, len};
}

/* What follows a comma and is only letters with dots, or short: degrees. */
static bool is_degrees(Str piece) {
    size_t at = 0;
    bool any = false, dotted;

    for (;;) {
        Str word = name_word(piece, &at, &dotted);
        bool dot = dotted || (at < piece.len && piece.ptr[at] == '.');

        if (word.len == 0) {
            return any;
        }
        if (!dot && word.len > ABBREVIATED) {
            return false;
        }
        any = true;
    }
}

static void push_part(Arena *arena, const Speller *speller, Str word,
                      bool dotted, NameParts *out) {
    const Lexicon *lexicon = speller_lexicon(speller);
    Str text = name_letters(arena, word);
    const LexWord *known = lexicon_word(lexicon, hash_str(text));
    NamePart *part = &out->items[out->count];

    if (text.len == 0 || out->count == PARTS_MAX ||
        is_class(lexicon, known, "article") ||
        is_class(lexicon, known, "suffix") ||
        (known && known->keys >> LEX_TITLE & 1 &&
         !(known->keys >> LEX_FIRST_NAME & 1))) {
        return;
    }
    *part = (NamePart){.text = text, .initial = text.len == 1 || dotted};
    sounds_read(speller, without_article(lexicon, text), &part->sounds);
    if (known && known->keys >> LEX_NICKNAME & 1) {
        part->nickname = lex_cell(lexicon_row(lexicon, LEX_NICKNAME, known),
                                  LEX_NICKNAME_NAME);
    }
    if (known && known->keys >> LEX_FIRST_NAME & 1) {
        part->sex = lex_cell(lexicon_row(lexicon, LEX_FIRST_NAME, known),
                             LEX_FIRST_NAME_SEX)
                        .ptr[0];
    }
    out->count++;
}

static void push_parts(Arena *arena, const Speller *speller, Str piece,
                       NameParts *out) {
    size_t at = 0;
    bool dotted;

    for (;;) {
        Str word = name_word(piece, &at, &dotted);

        if (word.len == 0) {
            return;
        }
        push_part(arena, speller, word, dotted, out);
    }
}

/* All words are titles or articles: they are the name, then. */
static void keep_last(Arena *arena, const Speller *speller, Str plain,
                      NameParts *out) {
    Str text = str_trim(name_letters(arena, plain));

    if (text.len) {
        out->items[0] = (NamePart){.text = text, .initial = text.len == 1};
        sounds_read(speller, text, &out->items[0].sounds);
        out->count = 1;
    }
}

void person_parts(Arena *arena, const Speller *speller, Str name,
                  NameParts *out) {
    Str plain = utf8_plain(arena, name), rest = plain;

    out->count = 0;
    while (rest.len) {
        size_t comma = str_find(rest, str_of(","), 0);
        Str piece = str_slice(rest, 0, comma);

        if (out->count < NAMES_BEFORE || !is_degrees(piece)) {
            push_parts(arena, speller, piece, out);
        }
        rest = str_slice(rest, comma < rest.len ? comma + 1 : comma, rest.len);
    }
    if (out->count == 0) {
        keep_last(arena, speller, plain, out);
    }
}
