/* SPDX-License-Identifier: Apache-2.0 */
/* text/text.h - the words and sentences of a report.
 *
 * Room: text (text -> sentences, tokens, language). Tokens are those of
 * Universal Dependencies for English: clitics stand apart ("Syria" "'s", "do"
 * "n't"), punctuation too, abbreviations and decimal numbers hold together.
 * Both are lists of places in the text; nothing is copied. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/lexicon.h"
#include "clean/clean.h"

typedef enum TokenFlag {
    TOKEN_CAPITAL = 1 << 0,  /* begins with an upper-case letter */
    TOKEN_ALL_CAPS = 1 << 1, /* two letters or more, all upper case */
    TOKEN_NUMBER = 1 << 2,   /* begins with a digit: 70,000  2.5  11-nation */
    TOKEN_PUNCT = 1 << 3,    /* no letter and no digit */
    TOKEN_SPACE_BEFORE = 1 << 4, /* white space (or nothing) stands before */
    TOKEN_OPEN_QUOTE = 1 << 5,   /* a quotation mark that opens */
    TOKEN_CLOSE_QUOTE = 1 << 6,  /* a quotation mark that closes */
    TOKEN_SINGLE_QUOTE = 1 << 7, /* with one of the two above: ' not " */
    TOKEN_SENTENCE_START = 1
                           << 8, /* first word of its sentence, marks skipped */
    TOKEN_PART = 1 << 9, /* goes on the word before it: do n't, Syria 's */
} TokenFlag;

typedef struct Token {
    uint64_t hash;       /* utf8_fold_hash() of the word */
    const LexWord *word; /* what the lexicon knows of it, or NULL; borrowed */
    uint32_t begin, end; /* bytes of the text */
    uint32_t sentence;
    uint32_t flags; /* of TokenFlag */
} Token;

typedef struct Sentence {
    Span span;
    uint32_t first, last; /* its tokens: [first,last) */
    uint32_t block;       /* index into clean->blocks */
    bool heading;         /* title or subheading: nothing is found in it */
} Sentence;

typedef struct Text {
    Str bytes;              /* the report's text */
    const Lexicon *lexicon; /* borrowed */
    Token *tokens; /* arena; of the body only, in order; behind the last stands
                      an empty one, so that a rule may look one ahead */
    uint32_t token_count;
    Sentence *sentences; /* arena */
    uint32_t sentence_count;
    Str language;      /* ISO 639-1 "en"; "und" when it cannot be told */
    double language_p; /* 0 to 1 */
} Text;

/* Cut the body of `clean` into sentences and tokens and tell its language
 * (`given` wins where it is a code such as "en" or "en-GB"). Litter blocks
 * yield nothing. Memory: arena. Cost: linear. */
void text_read(Arena *arena, const Lexicon *lexicon, const Clean *clean,
               Str given, Text *out);

/* Append a sentence, given its tokens, block and heading: its span is filled
 * in, and its tokens are told. `*capacity` is that of text->sentences. */
void text_add_sentence(Arena *arena, Text *text, uint32_t *capacity,
                       Sentence sentence);

/* The bytes of a token; borrowed from the text. */
Str token_str(const Text *text, uint32_t token);
/* The bytes from token `first` to before token `last`. */
Span tokens_span(const Text *text, uint32_t first, uint32_t last);
/* True if the folded token equals the lower-case ASCII `word`. */
bool token_is(const Text *text, uint32_t token, const char *word);
/* True if the token alone is a key of the table. O(1), no hashing. */
bool token_has(const Text *text, uint32_t token, LexKind kind);
/* The row that the token alone is a key of; no row: row.lexicon == NULL. */
LexRow token_row(const Text *text, uint32_t token, LexKind kind);
/* The longest key of the table that begins at `token` and ends before `last`:
 * number of tokens (0: none) and its row. A hyphen or dot that the tokenizer
 * split off is no obstacle: keys are compared word by word. */
uint32_t token_phrase(const Text *text, uint32_t token, uint32_t last,
                      LexKind kind, LexRow *row);
/* The token that covers or follows byte `at`; text->token_count if none. */
uint32_t token_at(const Text *text, uint32_t at);

#endif
