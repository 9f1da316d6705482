/* SPDX-License-Identifier: Apache-2.0 */
/* link/name_parts.h - a name cut into the parts that tell who it names.
 *
 * Room: link.
 *
 *     "Dr. Omar al-Hadidi, M.A."   omar | hadidi
 *     "HADIDI Omar"                hadidi | omar
 *     "J.P. Harrow-Olm"            jp | harrow | olm
 *
 * Titles, articles, degrees and suffixes are left out (`title`,
 * `name-particle`), as long as something stays. */
#ifndef LINK_NAME_PARTS_H
#define LINK_NAME_PARTS_H

#include "link/speller.h"

typedef struct NamePart {
    Str text;      /* arena: in the form of utf8_plain() */
    Sounds sounds; /* without an article that is written in one with it */
    Str nickname;  /* the given name that it is a short form of, or empty */
    char sex;      /* of a known given name: 'm', 'f', 'b'; 0: none known */
    bool initial;  /* one letter, or several with dots */
    bool number;   /* of a body: "44", "forty", "1st" */
    bool place;    /* of a body: a state, a nation, a town */
    double weight; /* of a body's word: what it tells, 0 to 1 */
} NamePart;

typedef struct NameParts {
    NamePart items[PARTS_MAX];
    uint32_t count;
    Str form; /* of a company, as its row has it ("LTD"); empty: not said */
} NameParts;

/* The parts of a person's name. Memory: the texts in `arena`.
 * Cost: linear; a few looks into the lexicon a part. */
void person_parts(Arena *arena, const Speller *speller, Str name,
                  NameParts *out);
/* The words of a body's name, without forms of company and words of grammar;
 * numbers in digits, states by their code. Memory and cost: as above. */
void body_parts(Arena *arena, const Speller *speller, Str name, NameParts *out);
/* The word of `name` at `*at`, and `*at` behind it; single letters with dots
 * between are one (`*dotted`). Empty at the end. */
Str name_word(Str name, size_t *at, bool *dotted);
/* `word` without dots and apostrophes. */
Str name_letters(Arena *arena, Str word);
/* "alkhalil" -> "khalil": without the article that is written in one with the
 * name; the word itself when there is none. */
Str without_article(const Lexicon *lexicon, Str word);

#endif
