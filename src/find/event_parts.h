/* SPDX-License-Identifier: Apache-2.0 */
/* find/event_parts.h - the steps from a parsed sentence to its events.
 *
 * Room: find; shared by the files event*.c. The parse gives each word its
 * head; words that only build a noun phrase are owned by its noun:
 *
 *     Ostrel 's prime minister  met  the envoys  of Morna and Tarin
 *     '------ phrase ---------' verb '-- phrase ---------'    '---'
 *                  ^head                  ^head               head, conj
 *
 * event_phrase.c finds phrases, event_actor.c codes them, event_match.c reads
 * the patterns, event_args.c finds who did it to whom, event_status.c says
 * whether it happened at all, events.c walks over the verbs. */
#ifndef FIND_EVENT_PARTS_H
#define FIND_EVENT_PARTS_H

#include "find/coding.h"
#include "find/words.h"

enum { ACTORS_MAX = 12, CODES_MAX = 6, TAKEN_MAX = 4 };

/* A noun phrase that can act. */
typedef struct EventActor {
    uint32_t head;  /* its noun */
    Range range;    /* without its relative clause and other members */
    int32_t entity; /* that it names or, a pronoun, means; -1: none */
    bool named;     /* the phrase itself says of which country or body */
    StrList codes;  /* empty: nobody we can code */
} EventActor;

typedef struct ActorList {
    EventActor items[ACTORS_MAX];
    uint32_t count;
} ActorList;

/* Who did it to whom. */
typedef struct EventSides {
    ActorList source, target;
} EventSides;

/* What a pattern bound on its way. */
typedef struct EventMatch {
    const VerbForm *form;
    const VerbPattern *pattern; /* NULL: the code of the word alone */
    Str code, back;
    uint32_t source, target; /* heads of $ and +, or NO_TOKEN */
    bool compound;           /* % matched */
    Range words;             /* the trigger and the words beside it */
    uint32_t inner;          /* the word that completed the code, or NO_TOKEN */
    uint32_t taken[TAKEN_MAX]; /* words that the pattern met behind the verb */
    uint32_t taken_count;
} EventMatch;

/* What a sentence is about. */
typedef enum EventTopic {
    TOPIC_PUBLIC,
    TOPIC_PRIVATE, /* firms, arts, weather: states and people may act in it */
    TOPIC_SPORT,   /* where states by name are teams */
    TOPIC_OTHER
} EventTopic;

typedef struct Events {
    Arena *arena;         /* borrowed */
    Analysis *analysis;   /* borrowed */
    const Text *text;     /* borrowed */
    const Word *tags;     /* borrowed; analysis->tags.words */
    const Coding *coding; /* borrowed */
    const Words *words;   /* borrowed */
    uint64_t *lemmas;     /* arena; the hash of each token's lemma */
    uint32_t *owner;      /* arena; of each token: the noun whose phrase it
                             belongs to, or itself */
    EventMatch *matches;  /* arena; of each token; form NULL: none */
    bool *spent;          /* arena; the token completed another's code */
    Range sentence;
    EventTopic topic;     /* of the sentence */
    Str sentence_country; /* the first that it names, once looked for */
    bool sentence_country_known;
    EventActor subject; /* of the sentence before: who "he" may be */
    bool has_subject;
    Str country; /* that the report is about; empty: none more than others */
    int32_t day; /* of publication, as yyyymmdd; 0: unknown */
} Events;

/* The country that at least half of the report's places and peoples are of:
 * whose "rebels" and "police" it means. Empty: none. Cost: linear. */
Str event_country(const Analysis *analysis);

/* Fill in events->owner for the sentence. Cost: linear. */
void event_phrases(Events *events);
/* The tokens of the phrase whose noun is `head`. Cost: linear. */
Range event_phrase(const Events *events, uint32_t head);
/* True if the token is in the subtree of `top`. Cost: its depth. */
bool event_is_under(const Events *events, uint32_t token, uint32_t top);

/* The phrase of `head` with its codes, and after it those joined to it. */
void event_actors(Events *events, uint32_t head, ActorList *out);
/* True if the phrase of `head` has a code. */
bool event_has_code(Events *events, uint32_t head);

/* True of a noun that a dictionary has as an event. O(1). */
bool event_is_noun(const Events *events, uint32_t token);

/* The longest pattern of a form of the token, or the form's own code.
 * False: the token tells no event. */
bool event_match(Events *events, uint32_t token, EventMatch *out);

/* True of a code that another word completes: "02+". */
bool event_is_open(Str code);
/* Complete the code of the token by the nearest word below it that has one,
 * which is then spent: "urged" 02+ over "talks" 046 is 026. Without one it is
 * the outer code's own: 020. False: nothing was asked for that we know. */
bool event_complete(Events *events, uint32_t token, EventMatch *match);

/* True of a noun that tells an event by itself: a light verb carries it, it is
 * a subject, or its own words say who. "criticism" in passing is none. */
bool event_is_told(const Events *events, uint32_t noun);

/* Spend that word without it: "rejected the demand" has its code already. */
void event_spend(Events *events, uint32_t token);
/* The code of "outer/inner", by the table; empty: none. */
Str event_compound(const Lexicon *lexicon, Str outer, Str inner);

/* Whether it happened: "did not", "will", "is fighting"; and the clause that
 * tells it, what it depends on, when and where it was or is to be. Empty: not
 * said. */
bool event_is_negated(const Events *events, uint32_t token);
bool event_is_future(const Events *events, uint32_t token);
bool event_is_ongoing(const Events *events, uint32_t token);
Span event_clause(const Events *events, uint32_t token);
Span event_condition(const Events *events, uint32_t token);
Str event_time(const Events *events, uint32_t token);
Str event_place(const Events *events, uint32_t token);

/* The statement that the token stands in, quoted or reported, or NULL: the
 * shortest of several. */
const Quote *event_quote(const Events *events, uint32_t token);
/* Who that is: its code, or those of the phrase that names him. */
void event_party_actor(Events *events, const Party *party, EventActor *out);
/* Who "he", "it" or "I" is: entity and codes of `actor`, a pronoun, or none. */
void event_pronoun(Events *events, EventActor *actor);
/* Keep the subject of the sentence for the pronouns of the next. */
void event_keep_subject(Events *events);
/* The row of the auxiliary by which somebody demands what the verb tells. */
LexRow event_modal(const Events *events, uint32_t verb);

/* Entity and codes of one phrase. */
void event_code_actor(Events *events, EventActor *actor);
/* The subject of the verb, of a passive the agent; NO_TOKEN: it has none. */
uint32_t event_subject(const Events *events, uint32_t verb);

/* Who acts and who is acted on by the word of `match`. */
void event_sides(Events *events, uint32_t token, const EventMatch *match,
                 EventSides *out);

#endif
