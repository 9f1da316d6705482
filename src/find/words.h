/* SPDX-License-Identifier: Apache-2.0 */
/* find/words.h - what the tokens of a report are for the finders of this room.
 *
 * Room: find; used by the files of this room only. There is no parser yet, so
 * names and speakers are told from the words of grammar around them. Each
 * token is looked up once, and its class kept in one byte:
 *
 *     The      watchdog  ,     which    relies   on           medics  said
 *     ARTICLE  OTHER     MARK  RELATIVE OTHER    PREPOSITION  OTHER   OTHER
 *
 * The classes stand in the table function_word. */
#ifndef FIND_WORDS_H
#define FIND_WORDS_H

#include "find/analysis.h"

typedef enum WordClass {
    WORD_OTHER,
    WORD_MARK, /* punctuation */
    WORD_PRONOUN,
    WORD_RELATIVE,
    WORD_ARTICLE,
    WORD_POSSESSIVE, /* his, its */
    WORD_OF,
    WORD_FOR,
    WORD_PREPOSITION,
    WORD_CONJUNCTION,
    WORD_SUBORDINATOR,
    WORD_AUXILIARY, /* has, would */
    WORD_BE,        /* is, was: with a participle, a passive */
    WORD_NEGATION,
    WORD_GENITIVE, /* 's */
    WORD_ADVERB,
    WORD_INTERJECTION,
    WORD_COMMON, /* opens sentences in capitals and is no name */
    WORD_CLASS_COUNT
} WordClass;

/* Tokens [first,last); empty when equal. */
typedef struct Range {
    uint32_t first, last;
} Range;

#define NO_TOKEN UINT32_MAX

typedef struct Words {
    const Text *text;    /* borrowed */
    uint8_t *class;      /* arena; a WordClass for each token */
    int32_t *time;       /* arena; index of the Time that covers it, or -1 */
    int32_t *mention;    /* arena; index of the name mention, or -1 */
    StrList participles; /* arena; their endings, of the table word_ending */
} Words;

/* Look all tokens up, once a report; the times are found by now, no name is.
 * Memory: arena. Cost: linear. */
void words_init(Arena *arena, const Analysis *analysis, Words *out);
/* Put in the mentions that the analysis has by now. Cost: linear. */
void words_mark(const Analysis *analysis, Words *words);

/* True if the token is the single ASCII mark `mark`. */
bool word_is_mark(const Words *words, uint32_t token, char mark);
/* What a word of grammar tells beside its class: 'm', 'f', 'n', 'p' (plural)
 * of pronouns and possessives, 's' of "I" and "we", 'd' of the definite
 * article, 'i' of that for one of several, 'h' of relatives for humans, 'l' of
 * words of place, 'a' of those before an author, 'c' of what opens a reported
 * clause; 0: nothing. */
char word_feature(const Words *words, uint32_t token);
/* True of a lower-case word of no table that ends as participles do. */
bool words_is_participle(const Words *words, uint32_t token);
/* True if letters or digits of the token begin with a capital. */
bool word_is_capital(const Words *words, uint32_t token);

/* Walk over all tokens of `range` before `limit` that are adverbs or times,
 * with the preposition before a time: "on Monday later". */
uint32_t words_skip_times(const Words *words, uint32_t token, uint32_t limit);
/* The same to the left: the token after the last that is not skipped. */
uint32_t words_skip_times_back(const Words *words, uint32_t token,
                               uint32_t floor);

bool range_empty(Range range);
Span range_span(const Text *text, Range range);

#endif
