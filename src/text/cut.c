/* SPDX-License-Identifier: Apache-2.0 */
/* text/cut.c - a block is cut at white space into chunks, these into tokens.
 *
 *     "I can't!" he    ->   "I  can't!"  he   ->   "  I  ca  n't  !  "  he
 *
 * Most chunks are one plain word and need no second look. The tokens are
 * those of Universal Dependencies for English (the guidelines of EWT and GUM:
 * universaldependencies.org/en). */
#include "text/cut.h"

#include <assert.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* S space, L letter, D digit, A apostrophe; all else is punctuation. */
#define S CHAR_SPACE
#define L CHAR_LETTER
#define D CHAR_DIGIT
#define A CHAR_APOSTROPHE
#define P CHAR_PUNCT
static const uint8_t classes[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* control */
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* characters */
    S, P, P, P, P, P, P, A, P, P, P, P, P, P, P, P, /*  !"#$%&'()*+,-./ */
    D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P, /* 0-9:;<=>? */
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @A-O */
    L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, P, /* P-Z[\]^_ */
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* `a-o */
    L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S, /* p-z{|}~ */
};
#undef S
#undef L
#undef D
#undef A
#undef P

enum {
    CHAR_SOFT_HYPHEN = 0xAD,
    CHAR_ZERO_WIDTH_SPACE = 0x200B,
    CHAR_ZERO_WIDTH_NON_JOINER = 0x200C,
    CHAR_ZERO_WIDTH_JOINER = 0x200D,
    CHAR_LEFT_SINGLE = 0x2018,
    CHAR_RIGHT_SINGLE = 0x2019,
    CHAR_MODIFIER_APOSTROPHE = 0x2BC,
    CHAR_BYTE_ORDER_MARK = 0xFEFF,
};

/* A character of more than one byte. */
static CharClass wide_class(uint32_t character) {
    switch (character) {
    case CHAR_ZERO_WIDTH_SPACE:
    case CHAR_BYTE_ORDER_MARK:
        return CHAR_SPACE;
    case CHAR_LEFT_SINGLE:
    case CHAR_RIGHT_SINGLE:
    case CHAR_MODIFIER_APOSTROPHE:
        return CHAR_APOSTROPHE;
    case CHAR_SOFT_HYPHEN:
    case CHAR_ZERO_WIDTH_NON_JOINER:
    case CHAR_ZERO_WIDTH_JOINER:
        return CHAR_LETTER;
    default:
        return utf8_is_letter(character)  ? CHAR_LETTER
               : utf8_is_space(character) ? CHAR_SPACE
                                          : CHAR_PUNCT;
    }
}

CharClass char_class(Str text, uint32_t at, uint32_t *len) {
    unsigned char byte = (unsigned char)text.ptr[at];

    if (byte < 128) {
        *len = 1;
        return classes[byte];
    }
    return wide_class(utf8_at(text, at, len));
}

/* Flags that the token's own characters tell. */
static uint32_t flags_of(Str word) {
    uint32_t letters = 0, upper = 0, digits = 0, flags = 0, len;

    for (uint32_t at = 0; at < word.len; at += len) {
        CharClass class = char_class(word, at, &len);
        if (class == CHAR_DIGIT) {
            flags |= at == 0 ? TOKEN_NUMBER : 0;
            digits++;
        } else if (class == CHAR_LETTER) {
            bool is_upper = len == 1 ? ascii_upper(word.ptr[at])
                                     : utf8_is_upper(utf8_at(word, at, &len));
            flags |= at == 0 && is_upper ? TOKEN_CAPITAL : 0;
            letters++;
            upper += is_upper;
        }
    }
    flags |= letters >= 2 && upper == letters ? TOKEN_ALL_CAPS : 0;
    flags |= letters + digits == 0 ? TOKEN_PUNCT : 0;
    return flags;
}

/* A word of which the lexicon knows no more than its rate is unknown here. */
static const LexWord *known_word(const Lexicon *lexicon, uint64_t hash) {
    const uint64_t rate = UINT64_C(1) << LEX_WORD_RATE;
    const LexWord *word = lexicon_word(lexicon, hash);

    return word && (word->keys & ~rate || word->opens) ? word : NULL;
}

void cut_emit(Cutter *cutter, uint32_t begin, uint32_t end) {
    Str word = str_slice(cutter->bytes, begin, end);
    Token token = {.begin = begin, .end = end};

    assert(begin < end);
    token.hash = utf8_fold_hash(HASH_SEED, word);
    token.word = known_word(cutter->lexicon, token.hash);
    token.flags = flags_of(word);
    if (cutter->count == 0 || cutter->tokens[cutter->count - 1].end < begin) {
        token.flags |= TOKEN_SPACE_BEFORE;
    }
    cutter->tokens = arena_grow(cutter->arena, cutter->tokens, cutter->count,
                                &cutter->capacity, sizeof token);
    cutter->tokens[cutter->count++] = token;
}

/* What goes on the word that was emitted last. */
static void emit_part(Cutter *cutter, uint32_t begin, uint32_t end) {
    cut_emit(cutter, begin, end);
    cutter->tokens[cutter->count - 1].flags |= TOKEN_PART;
}

/* The first byte from `at` on that is white space (or not, with `space`). */
static uint32_t skip(Str text, uint32_t at, uint32_t end, bool space) {
    uint32_t len;

    while (at < end && (char_class(text, at, &len) == CHAR_SPACE) == space) {
        at += len;
    }
    return at < end ? at : end;
}

/* The cell of words joined by spaces has the folded word at `at`. */
static bool cell_has_word(Str cell, Str text, uint32_t at) {
    uint32_t stop = at;

    while (stop < text.len && ascii_alpha(text.ptr[stop])) {
        stop++;
    }
    for (size_t from = 0, to; from < cell.len; from = to + 1) {
        to = str_find(cell, (Str){" ", 1}, from);
        if (utf8_fold_equal(str_slice(text, at, stop),
                            str_slice(cell, from, to))) {
            return true;
        }
    }
    return false;
}

/* How many letters the first of the two tokens has that the table makes of
 * the word, 0: it is one. "its" is two only before words such as "not". */
static uint32_t contraction_cut(const Cutter *cutter, const Token *token) {
    Str before, text = cutter->bytes;
    LexRow row;

    if (!token->word || !(token->word->keys >> LEX_CONTRACTION & 1)) {
        return 0;
    }
    row = lexicon_row(cutter->lexicon, LEX_CONTRACTION, token->word);
    before = lex_cell(row, LEX_CONTRACTION_BEFORE);
    if (before.len && !(token->end < text.len && text.ptr[token->end] == ' ' &&
                        cell_has_word(before, text, token->end + 1))) {
        return 0;
    }
    return (uint32_t)lex_number(row, LEX_CONTRACTION_CUT, 0);
}

/* A plain word, or one that the table of contractions cuts: "can" "not". */
static void emit_word(Cutter *cutter, uint32_t begin, uint32_t end) {
    uint32_t cut;

    cut_emit(cutter, begin, end);
    cut = contraction_cut(cutter, &cutter->tokens[cutter->count - 1]);
    if (cut > 0 && cut < end - begin) {
        cutter->count--;
        cut_emit(cutter, begin, begin + cut);
        emit_part(cutter, begin + cut, end);
    }
}

/* Bytes from `at` on that are all among `marks`. */
static uint32_t run_of(Str text, uint32_t at, uint32_t end, const char *marks) {
    uint32_t first = at;

    while (at < end && text.ptr[at] && strchr(marks, text.ptr[at])) {
        at++;
    }
    return at - first;
}

enum { RULE_MIN = 4 }; /* marks of a line drawn with them: "==--" */

/* Length of a run of marks that is one token: "...", "--", "?!", "``", "=-=-".
 * Two apostrophes are a printer's quotation mark, more are more of them. */
static uint32_t mark_run(Str text, uint32_t at, uint32_t end) {
    static const char closers[] = ".?!", lines[] = "-=~*_";
    char mark = text.ptr[at];
    uint32_t len, run;

    if (!mark || !strchr(".?!-=~*_`'<>#+/\\$", mark)) {
        utf8_at(text, at, &len);
        return len;
    }
    end = mark == '\'' && end - at > 2 ? at + 2 : end;
    run = run_of(text, at, end, (char[]){mark, '\0'});
    if (strchr(closers, mark) && !(mark == '.' && run > 2)) {
        return run_of(text, at, end, closers);
    }
    if (strchr(lines, mark)) {
        len = run_of(text, at, end, lines);
        return len >= RULE_MIN ? len : run;
    }
    return run;
}

/* A typographic single mark set twice for a double one. */
static uint32_t doubled_mark(Str text, uint32_t at, uint32_t end) {
    uint32_t first = end - at >= 6 ? utf8_at(text, at, &(uint32_t){0}) : 0;
    uint32_t second = end - at >= 6 ? utf8_at(text, at + 3, &(uint32_t){0}) : 0;

    return (first == CHAR_LEFT_SINGLE || first == CHAR_RIGHT_SINGLE) &&
                   (second == first || second == CHAR_RIGHT_SINGLE)
               ? 6
               : 0;
}

/* An address of the web or of mail takes the rest of its chunk, but for the
 * marks that close the sentence around it. Returns its end, or `begin`. */
static uint32_t address_end(Str text, uint32_t begin, uint32_t end) {
    Str chunk;
    size_t at;

    for (uint32_t i = begin; i < end; i++) {
        if (strchr("<>\"", text.ptr[i])) {
            end = i;
        }
    }
    chunk = str_slice(text, begin, end);
    at = str_find(chunk, (Str){"@", 1}, 0);
    if (str_find(chunk, (Str){"://", 3}, 0) == chunk.len &&
        !str_starts(chunk, (Str){"www.", 4}) &&
        (at + 1 >= chunk.len || !ascii_alnum(chunk.ptr[at + 1]))) {
        return begin;
    }
    while (end > begin && strchr(".,;:!?)]}'", text.ptr[end - 1])) {
        end--;
    }
    return end;
}

/* "@name", "@example.com" and "#topic" hold their mark. */
static uint32_t tag_end(Str text, uint32_t at, uint32_t end) {
    uint32_t stop = at + 1;

    if ((text.ptr[at] != '@' && text.ptr[at] != '#') || stop == end ||
        !ascii_alpha(text.ptr[stop])) {
        return at;
    }
    while (stop < end &&
           (ascii_alnum(text.ptr[stop]) || text.ptr[stop] == '_' ||
            (text.ptr[at] == '@' && text.ptr[stop] == '.' && stop + 1 < end &&
             ascii_alnum(text.ptr[stop + 1])))) {
        stop++;
    }
    return stop;
}

/* "'90s": an apostrophe that stands for a century. */
static bool is_decade(Str text, uint32_t at, uint32_t len, uint32_t end) {
    return end - at >= len + 3 && ascii_digit(text.ptr[at + len]) &&
           ascii_digit(text.ptr[at + len + 1]) && text.ptr[at + len + 2] == 's';
}

enum { SMILEY_MIN = 2, SMILEY_MAX = 4 };

/* A smiley of the table, the longest: ":-)". No letter or digit may follow,
 * and white space must stand before one that ends with a letter. */
static uint32_t smiley_end(const Cutter *cutter, uint32_t at, uint32_t end,
                           bool first) {
    Str text = cutter->bytes;
    uint32_t len = end - at < SMILEY_MAX ? end - at : SMILEY_MAX;

    for (; len >= SMILEY_MIN; len--) {
        bool letter = ascii_alnum(text.ptr[at + len - 1]);
        if ((first || !letter) &&
            (at + len == end || !ascii_alnum(text.ptr[at + len])) &&
            lexicon_has(cutter->lexicon, LEX_SMILEY,
                        str_slice(text, at, at + len))) {
            return at + len;
        }
    }
    return at;
}

/* A mark that begins a word: ".265", "+44", ".doc". Returns the word's end. */
static uint32_t marked_word_end(const Cutter *cutter, uint32_t at, uint32_t end,
                                bool first) {
    Str text = cutter->bytes;
    uint32_t stop = at + 1;

    if (first && stop < end && strchr(".+", text.ptr[at]) &&
        ascii_digit(text.ptr[stop])) {
        return word_end(cutter, stop, end, &(uint32_t){0});
    }
    while (text.ptr[at] == '.' && stop < end && ascii_alnum(text.ptr[stop])) {
        stop++;
    }
    return stop > at + 1 && lexicon_has(cutter->lexicon, LEX_DOMAIN_ENDING,
                                        str_slice(text, at + 1, stop))
               ? stop
               : at;
}

/* The token at `at` that begins with a mark; returns its end. */
static uint32_t mark_end(const Cutter *cutter, uint32_t at, uint32_t end,
                         bool first) {
    Str text = cutter->bytes;
    uint32_t len, stop = tag_end(text, at, end);

    if (stop == at) {
        stop = smiley_end(cutter, at, end, first);
    }
    if (stop == at) {
        stop = marked_word_end(cutter, at, end, first);
    }
    if (stop > at) {
        return stop;
    }
    if (char_class(text, at, &len) == CHAR_APOSTROPHE) {
        if (first && is_decade(text, at, len, end)) {
            return at + len + 3;
        }
        if (doubled_mark(text, at, end)) {
            return at + doubled_mark(text, at, end);
        }
    }
    return at + mark_run(text, at, end);
}

/* All tokens of a chunk that is more than a plain word. */
static void cut_chunk(Cutter *cutter, uint32_t begin, uint32_t end) {
    Str text = cutter->bytes;
    bool address_seen = false;
    uint32_t len, clitic;

    for (uint32_t at = begin, stop; at < end; at = stop) {
        CharClass class = char_class(text, at, &len);
        if (class != CHAR_LETTER && class != CHAR_DIGIT) {
            stop = mark_end(cutter, at, end, at == begin);
            address_seen &= text.ptr[at] != '<';
            cut_emit(cutter, at, stop);
            continue;
        }
        stop = address_seen ? at : address_end(text, at, end);
        address_seen = true;
        if (stop > at) {
            cut_emit(cutter, at, stop);
            continue;
        }
        stop = word_end(cutter, at, end, &clitic);
        emit_word(cutter, at, stop);
        if (clitic) {
            emit_part(cutter, stop, stop + clitic);
            stop += clitic;
        }
    }
}

void cut_block(Cutter *cutter, Span block) {
    Str text = cutter->bytes;
    uint32_t first = cutter->count;

    assert(block.begin <= block.end && block.end <= text.len);
    for (uint32_t at = block.begin;
         (at = skip(text, at, block.end, true)) < block.end;) {
        uint32_t stop = at;
        while (stop < block.end && ascii_alpha(text.ptr[stop])) {
            stop++;
        }
        if (stop > at && (stop == block.end || ascii_space(text.ptr[stop]))) {
            emit_word(cutter, at, stop);
        } else {
            stop = skip(text, stop, block.end, false);
            cut_chunk(cutter, at, stop);
        }
        at = stop;
    }
    mark_quotes(cutter, first);
}
