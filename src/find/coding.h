/* SPDX-License-Identifier: Apache-2.0 */
/* find/coding.h - dictionaries that code events: actors, agents, verbs.
 *
 * Room: find. The dictionaries are text in the format of PETRARCH (Schrodt,
 * Beieler, Idris 2014), which descends from KEDS and TABARI. Our own patterns
 * (lexicon/en/events.verbs) are written in it too, so that there is one
 * reader, and researchers may put theirs in place of ours:
 *
 *     actors   ARDA [ARD]               agents   PRIME_MINISTER [~GOV]
 *              +OLD_ARDA                         AID_BODY {} [NGO~]
 *              VERIN [ARD]                       CHAIR!PERSON! [~LEG]
 *                  [ARDGOV 20110301-20130630]
 *
 *     verbs    &TRUCE                   a set of words, plurals understood
 *              +CEASEFIRE
 *              --- CALL [010] ---       a block; its words share its patterns
 *              CALL {CALLS CALLED}
 *              +CALL_UP                 more than one word; + marks the verb
 *              - * FOR &TRUCE [0256]    what stands after the verb (*) ...
 *              - NOT * ON + [112:113]   ... and before; code, code back
 *
 * In patterns $ is the source, + the target, ^ any actor, % a compound one;
 * "_" joins words that must stand next to each other; {A B} likewise; (IN B)
 * is a preposition with its noun. We add one sign: a word that begins with "@"
 * is a noun that tells an event ("@ATTACK").
 *
 * Read once, then shared by all threads without a lock. */
#ifndef FIND_CODING_H
#define FIND_CODING_H

#include "base/map.h"
#include "text/text.h"

/* Phrases of one or more words, each with a number. */
typedef struct Phrases {
    Map whole;   /* hash of all words -> number */
    Map longest; /* hash of the first word -> words of its longest phrase */
} Phrases;

/* A code for the days [from,to], as yyyymmdd; the widest bounds: always. */
typedef struct DatedCode {
    Str code; /* empty: not to be coded */
    int32_t from, to;
} DatedCode;

typedef struct Actor {
    uint32_t first, count; /* of coding->codes: restricted ones first */
} Actor;

typedef struct Agent {
    Str code;    /* "GOV" */
    bool before; /* [NGO~]: stands before the actor's code, not after */
} Agent;

typedef enum PatternItemKind {
    ITEM_WORD,
    ITEM_SET,
    ITEM_SOURCE,  /* $ */
    ITEM_TARGET,  /* + */
    ITEM_ACTOR,   /* ^ */
    ITEM_COMPOUND /* % */
} PatternItemKind;

typedef struct PatternItem {
    PatternItemKind kind;
    uint64_t word; /* its hash */
    uint32_t set;  /* of coding->sets */
    bool joined;   /* stands right beside the item nearer to the verb */
} PatternItem;

typedef struct VerbPattern {
    uint32_t first; /* of coding->items: those before the verb, from it
                       outwards, then those after it */
    uint32_t before, after;
    Str code, back; /* source to target, target to source; empty: no event */
    uint32_t line;
} VerbPattern;

typedef struct VerbBlock {
    Str name; /* "CALL" */
    Str code, back;
    uint32_t first, count; /* of coding->patterns: the longest first */
} VerbBlock;

/* A word, or words, that open a block. */
typedef struct VerbForm {
    uint32_t block, first, before, after; /* other words, as in VerbPattern */
    Str code, back; /* of this word, in place of the block's */
    bool own_code, noun;
    uint32_t line;
    uint32_t next; /* the next of the same verb; UINT32_MAX: none */
} VerbForm;

typedef struct Coding {
    Arena *arena; /* borrowed; holds all of it */
    Phrases actor_phrases, agent_phrases;
    Actor *actors;
    DatedCode *codes;
    Agent *agents;
    Phrases *sets;
    VerbBlock *blocks;
    VerbPattern *patterns;
    PatternItem *items;
    VerbForm *triggers;
    Map trigger_of; /* hash of the verb or noun -> first of its triggers */
    uint32_t actor_count, actor_capacity, code_count, code_capacity;
    uint32_t agent_count, agent_capacity, set_count, set_capacity;
    uint32_t block_count, block_capacity, pattern_count, pattern_capacity;
    uint32_t item_count, item_capacity, trigger_count, trigger_capacity;
    bool has_actors; /* ours are in the lexicon */
} Coding;

/* Called for each fault of a dictionary; the entry is left out. */
typedef void CodingFault(void *context, uint32_t line, const char *why);

/* An empty set of dictionaries in `arena`. */
void coding_init(Arena *arena, Coding *coding);
/* Forget all verbs, so that others may take their place. */
void coding_clear_verbs(Coding *coding);
/* Add the entries of one dictionary; several of a kind may follow. Text is
 * kept by reference: it must live as long as `coding`. Returns the number of
 * faults. Cost: linear. Call it inside arena_try(). */
uint32_t coding_read_actors(Coding *coding, Str text, CodingFault *fault,
                            void *context);
uint32_t coding_read_agents(Coding *coding, Str text, CodingFault *fault,
                            void *context);
uint32_t coding_read_verbs(Coding *coding, Str text, CodingFault *fault,
                           void *context);

/* The longest phrase that begins at `token` and ends before `last`: how many
 * tokens (0: none) and its number. Hyphens inside words are skipped. */
uint32_t phrases_at(const Phrases *phrases, const Text *text, uint32_t token,
                    uint32_t last, uint32_t *number);

#endif
