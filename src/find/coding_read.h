/* SPDX-License-Identifier: Apache-2.0 */
/* find/coding_read.h - what the readers of the three dictionaries share.
 *
 * Room: find; used by coding_*.c only. */
#ifndef FIND_CODING_READ_H
#define FIND_CODING_READ_H

#include "find/coding.h"

/* One dictionary while it is read, line by line. */
typedef struct Dictionary {
    Coding *coding;
    Str text;
    size_t at;       /* of the next line */
    Str line;        /* the current one, without its comment, trimmed */
    uint32_t number; /* of the current line, from 1 */
    bool in_remark;  /* between <!-- and --> */
    CodingFault *fault;
    void *context;
    uint32_t faults;
} Dictionary;

/* Words of a phrase, as their hashes. */
enum { PHRASE_WORDS_MAX = 16 };
typedef struct PhraseWords {
    uint64_t hashes[PHRASE_WORDS_MAX];
    uint32_t count;
} PhraseWords;

/* Go to the next line that holds anything; false at the end. */
bool dictionary_next(Dictionary *dictionary);
void dictionary_fault(Dictionary *dictionary, const char *why);
/* What stands in the first [...] of the line, trimmed; `*rest` is what stands
 * before it. False: there is none, or it is not closed. */
bool dictionary_bracket(Str line, Str *rest, Str *inside);
/* "030:031" -> code and code back; "---" and "+++" are no code. */
void dictionary_codes(Str inside, Str *code, Str *back);

/* Cut a phrase into words as the tokenizer would: at blanks, "_", hyphens,
 * before 's and n't. False: too many words, or none. */
bool phrase_cut(Str phrase, PhraseWords *out);
void phrases_init(Phrases *phrases, Arena *arena);
/* Put a phrase in; false if it was there already (its number stays). */
bool phrases_put(Phrases *phrases, const PhraseWords *words, uint32_t number);
/* The hashes of a noun phrase in the plural: its last word with s, es, ies. */
void phrase_plural(Str phrase, PhraseWords *words);

#endif
