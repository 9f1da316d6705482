/* SPDX-License-Identifier: Apache-2.0 */
/* find/event_actor.c - see event_parts.h: the codes of a noun phrase.
 *
 *     the ambassadors of Morn and Tarn
 *         agent GOV      ARN       ROH       -> ARNGOV, ROHGOV
 *
 * With dictionaries: each actor of the phrase, with the codes of its agents;
 * agents alone are "---GOV". With our lexicon: the code of the entity that is
 * named, or that of a country's people with their role. */
#include <string.h>

#include "find/event_parts.h"

static const char NO_COUNTRY[] = "---";

/* -------------------------------------------------- from dictionaries */

/* The code of an actor on a day; 0: any day. */
static Str actor_code_on(const Coding *coding, const Actor *actor,
                         int32_t day) {
    for (uint32_t i = 0; i < actor->count; i++) {
        const DatedCode *code = &coding->codes[actor->first + i];
        bool always = code->from == 0 && code->to == INT32_MAX;
        if (always || (day && code->from <= day && day <= code->to)) {
            return code->code;
        }
    }
    return (Str){0};
}

/* "FRO/BIL/SAM" are three. */
static void push_codes(Events *events, StrList *codes, Str code) {
    for (size_t at = 0; at < code.len;) {
        size_t end = str_find(code, (Str){"/", 1}, at);
        Str one = str_slice(code, at, end);
        if (!str_list_has(codes, one)) {
            str_push(events->arena, codes, one);
        }
        at = end + 1;
    }
}

/* "GOV" is not put behind "GONGOV". */
static Str with_agent(Events *events, Str code, const Agent *agent) {
    for (size_t at = 0; at + agent->code.len <= code.len; at++) {
        if (str_equal(str_slice(code, at, at + agent->code.len), agent->code)) {
            return code;
        }
    }
    return agent->before ? str_join(events->arena, agent->code, code)
                         : str_join(events->arena, code, agent->code);
}

typedef struct Found {
    StrList actors;
    const Agent *agents[CODES_MAX];
    uint32_t agent_count;
} Found;

/* The actors and agents that stand in the tokens [first,last). */
static void look_up(Events *events, Range range, Found *found) {
    const Coding *coding = events->coding;

    for (uint32_t i = range.first; i < range.last;) {
        uint32_t number, actor, agent;
        uint32_t as_actor = phrases_at(&coding->actor_phrases, events->text, i,
                                       range.last, &actor);
        uint32_t as_agent = phrases_at(&coding->agent_phrases, events->text, i,
                                       range.last, &agent);
        if (as_actor && as_actor >= as_agent) {
            number = actor;
            push_codes(
                events, &found->actors,
                actor_code_on(coding, &coding->actors[number], events->day));
            i += as_actor;
        } else if (as_agent) {
            if (found->agent_count < CODES_MAX) {
                found->agents[found->agent_count++] = &coding->agents[agent];
            }
            i += as_agent;
        } else {
            i++;
        }
    }
}

static bool modifies(const Events *events, uint32_t token, uint32_t noun) {
    const Word *word = &events->tags[token];

    return word->head == noun &&
           (word->rel == REL_NMOD || word->rel == REL_NMOD_POSS);
}

static void take_actors(Events *events, uint32_t noun, Found *found) {
    Found below = {0};

    look_up(events, event_phrase(events, noun), &below);
    for (uint32_t n = 0; n < below.actors.count; n++) {
        push_codes(events, &found->actors, below.actors.items[n]);
    }
}

/* The actors that a modifier of `noun` names, "in Ostrel", where the phrase
 * has none; and those joined to it: "of Morn, Tarn and Arda". */
static void look_below(Events *events, uint32_t noun, Found *found) {
    bool none = !found->actors.count;

    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        const Word *word = &events->tags[i];
        bool joins = word->rel == REL_CONJ && word->head != TAG_ROOT &&
                     modifies(events, word->head, noun) &&
                     (none || events->owner[word->head] == noun);
        if (joins || (none && modifies(events, i, noun))) {
            take_actors(events, i, found);
        }
    }
}

/* Of "Danish media and government" both are Danish; of "lawmakers and
 * officials in Ostrel" both are in Ostrel. */
static void look_beside(Events *events, uint32_t noun, Found *found) {
    const Word *word = &events->tags[noun];

    if (word->rel == REL_CONJ && word->head != TAG_ROOT) {
        Found first = {0};
        look_up(events, event_phrase(events, events->owner[word->head]),
                &first);
        for (uint32_t n = 0; n < first.actors.count && first.agent_count; n++) {
            push_codes(events, &found->actors, first.actors.items[n]);
        }
    }
    for (uint32_t i = noun + 1; i < events->sentence.last; i++) {
        if (events->tags[i].rel == REL_CONJ && events->tags[i].head == noun) {
            look_below(events, i, found);
        }
    }
}

static void codes_from_dictionaries(Events *events, const EventActor *actor,
                                    StrList *codes) {
    Found found = {0};

    look_up(events, actor->range, &found);
    if (found.agent_count) {
        look_below(events, actor->head, &found);
    }
    if (found.agent_count && !found.actors.count) {
        look_beside(events, actor->head, &found);
    }
    if (found.agent_count && !found.actors.count) {
        str_push(events->arena, &found.actors, str_of(NO_COUNTRY));
    }
    for (uint32_t i = 0; i < found.actors.count; i++) {
        Str code = found.actors.items[i];
        for (uint32_t a = 0; a < found.agent_count; a++) {
            code = with_agent(events, code, found.agents[a]);
        }
        str_push(events->arena, codes, code);
    }
}

/* --------------------------------------------------- from our lexicon */

/* The entity that is named at a token, or NULL. */
static const Entity *entity_at(const Events *events, uint32_t token) {
    int32_t at = events->words->mention[token];
    int32_t entity = at < 0 ? -1 : events->analysis->mentions[at].entity;

    return entity < 0 ? NULL : &events->analysis->entities[entity];
}

/* The ISO code of the state that is named in the phrase. */
static Str state_in(const Events *events, Range range) {
    for (uint32_t i = range.first; i < range.last; i++) {
        const Entity *entity = entity_at(events, i);
        LexRow row;
        if (token_phrase(events->text, i, range.last, LEX_DEMONYM, &row)) {
            return lex_cell(row, LEX_DEMONYM_CODE);
        }
        if (entity && entity->code.len == 3 &&
            (entity->type == ENTITY_GPE || entity->type == ENTITY_NORP ||
             entity->type == ENTITY_LOC)) {
            return entity->code;
        }
    }
    return (Str){0};
}

/* The role of the noun, or of the last word that has one: MIL for troops. */
static Str role_in(const Events *events, Range range, uint32_t head) {
    Str role = {0};

    for (uint32_t i = range.first; i < range.last; i++) {
        LexRow row;
        if (token_phrase(events->text, i, range.last, LEX_ACTOR, &row)) {
            role = lex_cell(row, LEX_ACTOR_CODE);
        } else if (token_phrase(events->text, i, range.last, LEX_OFFICE,
                                &row)) {
            role = lex_cell(row, LEX_OFFICE_CODE);
        }
        if (i >= head && role.len) {
            break;
        }
    }
    return role;
}

enum { COUNTRIES_MAX = 32, COUNTRY_LETTERS = 3, COUNTRY_LEAST = 2 };

Str event_country(const Analysis *analysis) {
    Str codes[COUNTRIES_MAX];
    uint32_t counts[COUNTRIES_MAX], used = 0, all = 0;

    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        const Mention *mention = &analysis->mentions[i];
        Str code = mention->entity < 0
                       ? (Str){0}
                       : analysis->entities[mention->entity].code;
        uint32_t at = 0;
        if (code.len != COUNTRY_LETTERS) {
            continue;
        }
        while (at < used && !str_equal(codes[at], code)) {
            at++;
        }
        if (at == COUNTRIES_MAX) {
            continue;
        }
        if (at == used) {
            codes[used] = code;
            counts[used++] = 0;
        }
        counts[at]++;
        all++;
    }
    for (uint32_t i = 0; i < used; i++) {
        if (counts[i] * 2 >= all && counts[i] >= COUNTRY_LEAST) {
            return codes[i];
        }
    }
    return (Str){0};
}

/* True of a code that says what one is, but not whose: "GOV". */
static bool is_role(Str code) {
    static const char ROLES[] = "GOV MIL REB OPP PTY LEG JUD COP SPY LAB REL "
                                "HLH EDU MED BUS AGR CRM CVL REF SET UAF ELI";

    for (size_t i = 0; code.len >= 3 && i + 3 < sizeof ROLES; i += 4) {
        if (memcmp(ROLES + i, code.ptr, 3) == 0) {
            return true;
        }
    }
    return false;
}

/* The first country that the sentence names: whose "police" it means. */
static Str country_of_sentence(Events *events) {
    if (!events->sentence_country_known) {
        events->sentence_country = state_in(events, events->sentence);
        events->sentence_country_known = true;
    }
    return events->sentence_country;
}

/* True of the code of a body that is of no country. */
static bool is_stateless(Str code) {
    return code.len >= 3 &&
           (!memcmp(code.ptr, "IGO", 3) || !memcmp(code.ptr, "NGO", 3));
}

/* A role without a country is somebody's in the country that the report, or
 * else the sentence, is about. Of no country it is no code. */
static Str code_with_country(Events *events, Str state, Str role) {
    if (!role.len || is_stateless(role)) {
        return role.len ? role : state;
    }
    state = state.len ? state : events->country;
    state = state.len ? state : country_of_sentence(events);
    return state.len ? str_join(events->arena, state, role) : (Str){0};
}

/* The states of words joined to a modifier: of "French and Egyptian warships"
 * the second, which the phrase does not own. */
static void states_beside(Events *events, uint32_t head, Str role,
                          StrList *codes) {
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        const Word *word = &events->tags[i];
        Str state;
        if (word->rel != REL_CONJ || word->head == TAG_ROOT ||
            word->head == head || events->owner[word->head] != head) {
            continue;
        }
        state = state_in(events, event_phrase(events, i));
        state = role.len && state.len ? str_join(events->arena, state, role)
                                      : state;
        if (state.len && !str_list_has(codes, state)) {
            str_push(events->arena, codes, state);
        }
    }
}

/* The body of no state that the phrase names: "UN troops". */
static Str body_in(const Events *events, Range range) {
    for (uint32_t i = range.first; i < range.last; i++) {
        const Entity *entity = entity_at(events, i);
        if (entity && entity->type == ENTITY_ORG &&
            is_stateless(entity->code)) {
            return entity->code;
        }
    }
    return (Str){0};
}

static void codes_from_lexicon(Events *events, EventActor *actor) {
    const Entity *entity = entity_at(events, actor->head);
    Str own = entity ? entity->code : (Str){0}, state, role, code;

    if (!own.len) {
        own = body_in(events, actor->range);
    }

    if (own.len && !is_role(own)) {
        actor->named = true;
        str_push(events->arena, &actor->codes, own);
        return;
    }
    state = state_in(events, actor->range);
    role = own.len ? own : role_in(events, actor->range, actor->head);
    if (!own.len && event_is_noun(events, actor->head)) {
        role = (Str){0}; /* "military aid" is no army */
    }
    actor->named = state.len > 0;
    code = code_with_country(events, state, role);
    if (code.len) {
        str_push(events->arena, &actor->codes, code);
        states_beside(events, actor->head, role, &actor->codes);
    }
}

/* ---------------------------------------------------------------- both */

void event_code_actor(Events *events, EventActor *actor) {
    const Entity *entity = entity_at(events, actor->head);

    actor->entity =
        entity ? (int32_t)(entity - events->analysis->entities) : -1;
    if (events->coding->has_actors) {
        codes_from_dictionaries(events, actor, &actor->codes);
    } else if (!entity && events->words->class[actor->head] == WORD_PRONOUN) {
        event_pronoun(events, actor);
    } else {
        codes_from_lexicon(events, actor);
    }
}

static bool is_listed(const ActorList *list, uint32_t head) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].head == head) {
            return true;
        }
    }
    return false;
}

/* Of our own codes each is an actor: "French and Egyptian warships" are two.
 */
static void push_actor(Events *events, uint32_t head, ActorList *out) {
    bool own = !events->coding->has_actors;
    EventActor actor = {.head = head, .range = event_phrase(events, head)};
    StrList codes;

    if (is_listed(out, head) || out->count == ACTORS_MAX) {
        return;
    }
    event_code_actor(events, &actor);
    if (!own || actor.codes.count < 2) {
        out->items[out->count] = actor;
        out->count += actor.codes.count || own;
        return;
    }
    codes = actor.codes;
    for (uint32_t i = 0; i < codes.count && out->count < ACTORS_MAX; i++) {
        actor.codes = (StrList){0};
        str_push(events->arena, &actor.codes, codes.items[i]);
        out->items[out->count++] = actor;
    }
}

void event_actors(Events *events, uint32_t head, ActorList *out) {
    head = events->owner[head];
    push_actor(events, head, out);
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        if (events->tags[i].rel == REL_CONJ &&
            events->tags[i].head != TAG_ROOT && events->owner[i] == i &&
            events->owner[events->tags[i].head] == head &&
            (events->coding->has_actors || events->tags[i].head == head)) {
            push_actor(events, i, out);
        }
    }
}

bool event_has_code(Events *events, uint32_t head) {
    EventActor actor = {.head = head, .range = event_phrase(events, head)};

    event_code_actor(events, &actor);
    return actor.codes.count > 0;
}
