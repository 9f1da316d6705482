/* SPDX-License-Identifier: Apache-2.0 */
/* find/names.h - the two steps from words to entities, and what lies between.
 *
 * Room: find; used by the files of this room only. names_detect.c marks the
 * names in the text, names_entity.c says which of them are one, names_role.c
 * who holds what office for whom, names_settle.c what an unknown name is:
 *
 *     Syrian  Foreign Minister  Walid al-Atar   ...   Atar said
 *     NORP    '---office---'    PER                   PER
 *                               entity 0              entity 0
 *                               role "foreign minister", of Syria, SYRGOV */
#ifndef FIND_NAMES_H
#define FIND_NAMES_H

#include "base/map.h"
#include "find/words.h"

/* What is known of a name mention beside the Mention itself. */
typedef struct Naming {
    LexRow row;   /* of the table that has the name; lexicon NULL: none */
    Range office; /* tokens of the office that stands with it; empty: none */
    LexRow office_row; /* of LEX_OFFICE or LEX_TITLE */
    char sex;          /* from a title: 'm', 'f', 0 */
    bool weak;         /* a lone capital that may be no name at all */
    uint8_t tagged;    /* 1 + the network's type of a lone word; 0: none */
    bool guess;      /* a person for want of anything better: "Ostrel Marna" */
    int32_t same_as; /* the mention before, of which it is the acronym, or -1 */
} Naming;

typedef struct Names {
    Arena *arena;       /* borrowed */
    Analysis *analysis; /* borrowed */
    Words words;
    Map counts;     /* token hash -> lower | capital inside a sentence << 16 */
    Naming *naming; /* arena; beside analysis->mentions */
    uint32_t naming_capacity;
} Names;

/* Mark the names of all sentences but headings. Mentions come in order and
 * without entity. Cost: linear. */
void names_detect(Names *names);
/* Make entities of the mentions; mentions that turn out to be no names go.
 * Cost: linear. */
void names_join(Names *names);
/* Fill in phrase of mentions, and role, of, code and sex of entities. */
void names_roles(Names *names);
/* The codes of well-known people whose office is not said, by the table
 * `holder` and the year of publication. After the roles. Cost: linear. */
void names_holders(Names *names);
/* Take back the type of persons who do nothing that persons do, and mark as
 * news outlets unknown names that the report treats as such. After the roles.
 * Cost: linear. */
void names_settle(Names *names);

/* Hash of the folded words of [first,last) with one space between them; an
 * article of a name ("al") and hyphens are left out when `plain`. */
uint64_t names_hash(const Text *text, Range range, bool plain);
/* The last and the first token of a person's name that tell who it is. */
uint32_t names_surname(const Text *text, Range range);
uint32_t names_given(const Text *text, Range range);
/* True if the token is a name's article or link that stands before more. */
bool names_is_particle(const Text *text, uint32_t token);

#endif
