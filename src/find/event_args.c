/* SPDX-License-Identifier: Apache-2.0 */
/* find/event_args.c - see event_parts.h: who did it to whom.
 *
 *     The police     accused  the rebels  of burning  the archive
 *     nsubj: source  verb     obj: target             lower down
 *
 * What the pattern bound comes first. Else the source is the subject, which a
 * verb may have from the one that governs it ("promised to send"), and the
 * target the first of object, prepositional phrases, their own modifiers and
 * clauses below that has a code. */
#include "find/event_parts.h"

enum { HEADS_MAX = 24, CLIMB_MAX = 6, DEPTH_MAX = 3 };

typedef struct Heads {
    uint32_t items[HEADS_MAX];
    uint32_t count;
} Heads;

static void push(Heads *heads, uint32_t head) {
    for (uint32_t i = 0; i < heads->count; i++) {
        if (heads->items[i] == head) {
            return;
        }
    }
    if (heads->count < HEADS_MAX) {
        heads->items[heads->count++] = head;
    }
}

/* "who" and "which" mean the noun that the clause stands at. */
static uint32_t meant(const Events *events, uint32_t token, uint32_t verb) {
    const Word *word = &events->tags[verb];

    if (events->words->class[token] == WORD_RELATIVE &&
        word->rel == REL_ACL_RELCL) {
        return word->head;
    }
    return token;
}

static void push_children(const Events *events, uint32_t verb, Rel rel,
                          Heads *out) {
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        if (events->tags[i].head == verb && events->tags[i].rel == rel) {
            push(out, meant(events, i, verb));
        }
    }
}

static bool has_child(const Events *events, uint32_t verb, Rel rel) {
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        if (events->tags[i].head == verb && events->tags[i].rel == rel) {
            return true;
        }
    }
    return false;
}

static bool is_passive(const Events *events, uint32_t verb) {
    return has_child(events, verb, REL_NSUBJ_PASS) ||
           has_child(events, verb, REL_AUX_PASS) ||
           (events->tags[verb].xpos == XPOS_VBN &&
            events->tags[verb].rel == REL_ACL);
}

/* "by" without the subtype. */
static void push_agents(const Events *events, uint32_t verb, Heads *out) {
    push_children(events, verb, REL_OBL_AGENT, out);
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        if (events->tags[i].head != TAG_ROOT &&
            events->tags[i].rel == REL_CASE &&
            word_feature(events->words, i) == 'a' &&
            events->tags[events->tags[i].head].head == verb &&
            events->tags[events->tags[i].head].rel == REL_OBL &&
            is_passive(events, verb)) {
            push(out, events->tags[i].head);
        }
    }
}

/* "Norway said it would help": who speaks. */
static uint32_t speaker_of(const Events *events, uint32_t verb) {
    const Word *word = &events->tags[verb];
    Heads subject = {0};

    if (word->rel != REL_CCOMP || word->head == TAG_ROOT) {
        return NO_TOKEN;
    }
    push_children(events, word->head, REL_NSUBJ, &subject);
    return subject.count &&
                   events->words->class[subject.items[0]] != WORD_PRONOUN
               ? subject.items[0]
               : NO_TOKEN;
}

/* The subject that the verb has itself. */
static void push_own_subject(const Events *events, uint32_t verb, Heads *out) {
    if (is_passive(events, verb)) {
        push_agents(events, verb, out);
    } else {
        push_children(events, verb, REL_NSUBJ, out);
    }
    for (uint32_t i = 0; i < out->count; i++) {
        uint32_t speaker = events->words->class[out->items[i]] == WORD_PRONOUN
                               ? speaker_of(events, verb)
                               : NO_TOKEN;
        if (speaker != NO_TOKEN) {
            out->items[i] = speaker;
        }
    }
}

uint32_t event_subject(const Events *events, uint32_t verb) {
    Heads heads = {0};

    if (is_passive(events, verb)) {
        push_agents(events, verb, &heads);
        push_children(events, verb, REL_NSUBJ_PASS, &heads);
    } else {
        push_children(events, verb, REL_NSUBJ, &heads);
    }
    return heads.count ? events->owner[heads.items[0]] : NO_TOKEN;
}

/* The verb that may lend its subject: "promised to send". */
static bool lends_subject(uint8_t rel) {
    return rel == REL_XCOMP || rel == REL_CONJ || rel == REL_ADVCL ||
           rel == REL_CCOMP || rel == REL_PARATAXIS;
}

/* The subject of the verb, or that of the one that governs it; with
 * dictionaries all of them, since the nearer may have no code. */
static void push_subjects(const Events *events, uint32_t verb, Heads *out) {
    for (uint32_t step = 0; step < CLIMB_MAX; step++) {
        const Word *word = &events->tags[verb];
        push_own_subject(events, verb, out);
        if (word->head == TAG_ROOT ||
            (!events->coding->has_actors &&
             (out->count || is_passive(events, verb)))) {
            return;
        }
        if (word->rel == REL_ACL) {
            push(out, word->head);
            return;
        }
        if (word->rel == REL_XCOMP) { /* "urged Morn to respond" */
            push_children(events, word->head, REL_OBJ, out);
        }
        if (!lends_subject(word->rel) ||
            (out->count && !events->coding->has_actors)) {
            return;
        }
        verb = word->head;
    }
}

/* Names before the verb without a preposition, the nearest first: the subject
 * where the parser has missed it. */
static void push_names_before(const Events *events, uint32_t verb, Heads *out) {
    for (uint32_t i = verb; i > events->sentence.first; i--) {
        uint32_t head = events->owner[i - 1];
        if (events->tags[i - 1].upos == UPOS_VERB) {
            break;
        }
        if (events->tags[head].upos == UPOS_PROPN && head < verb &&
            events->words->time[head] < 0 &&
            !has_child(events, head, REL_CASE)) {
            push(out, head);
        }
    }
}

/* Nouns below a noun: "a meeting with Arda", "Arda's refusal". */
static void push_modifiers(const Events *events, uint32_t noun, uint32_t depth,
                           Heads *out) {
    for (uint32_t i = events->sentence.first;
         depth < DEPTH_MAX && i < events->sentence.last; i++) {
        const Word *word = &events->tags[i];
        if (word->head != noun) {
            continue;
        }
        if (word->rel == REL_NMOD || word->rel == REL_CONJ) {
            push(out, i);
            push_modifiers(events, i, depth + 1, out);
        } else if (word->rel == REL_ACL) { /* "roads leading into Morn" */
            push_children(events, i, REL_OBJ, out);
            push_children(events, i, REL_OBL, out);
        }
    }
}

static void push_lower(const Events *events, uint32_t verb, uint32_t depth,
                       Heads *out);

/* Whom the verb acts on, nearest first. */
static void push_objects(const Events *events, uint32_t verb, uint32_t depth,
                         Heads *out) {
    uint32_t first = out->count;

    if (is_passive(events, verb)) {
        push_children(events, verb, REL_NSUBJ_PASS, out);
        if (events->tags[verb].rel == REL_ACL) {
            push(out, events->tags[verb].head);
        }
    }
    push_children(events, verb, REL_OBJ, out);
    push_children(events, verb, REL_IOBJ, out);
    push_children(events, verb, REL_OBL, out);
    for (uint32_t i = first, end = out->count; i < end; i++) {
        push_modifiers(events, out->items[i], 0, out);
    }
    push_lower(events, verb, depth, out);
}

/* Those that clauses below the verb speak of. */
static void push_lower(const Events *events, uint32_t verb, uint32_t depth,
                       Heads *out) {
    for (uint32_t i = events->sentence.first;
         depth < DEPTH_MAX && i < events->sentence.last; i++) {
        const Word *word = &events->tags[i];
        if (word->head == verb && i > verb &&
            (word->rel == REL_XCOMP || word->rel == REL_CCOMP ||
             word->rel == REL_ADVCL || word->rel == REL_CONJ)) {
            push_children(events, i, REL_NSUBJ, out);
            push_objects(events, i, depth + 1, out);
        }
    }
}

/* "summoned the envoy to complain": of whom, the verb above tells. */
static void push_governing(const Events *events, uint32_t verb, Heads *out) {
    const Word *word = &events->tags[verb];

    if (word->head != TAG_ROOT &&
        (word->rel == REL_XCOMP || word->rel == REL_ADVCL)) {
        push_children(events, word->head, REL_OBJ, out);
        push_children(events, word->head, REL_NSUBJ_PASS, out);
    }
}

/* --------------------------------------------------------------- nouns */

/* The verb that a noun depends on: "launched" of "an attack". */
static uint32_t verb_of(const Events *events, uint32_t noun) {
    const Word *word = &events->tags[noun];

    return word->head != TAG_ROOT && events->tags[word->head].upos == UPOS_VERB
               ? word->head
               : NO_TOKEN;
}

/* The modifiers of a noun with (or without) a preposition of authors: "by". */
static void push_nominal(const Events *events, uint32_t noun, bool author,
                         Heads *out) {
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        uint32_t head = events->tags[i].head;
        if (events->tags[i].rel == REL_CASE && head != TAG_ROOT &&
            events->tags[head].head == noun &&
            events->tags[head].rel == REL_NMOD &&
            (word_feature(events->words, i) == 'a') == author) {
            push(out, head);
        }
    }
}

/* "Arda's attack", "an attack by Arda", "the Ardan attack", and
 * whoever launches it. */
static void push_noun_subjects(const Events *events, uint32_t noun,
                               Heads *out) {
    uint32_t verb = verb_of(events, noun);

    push_children(events, noun, REL_NMOD_POSS, out);
    push_nominal(events, noun, true, out);
    push(out, noun);
    if (verb != NO_TOKEN && events->tags[noun].rel != REL_NSUBJ) {
        push_subjects(events, verb, out);
    }
}

static void push_noun_objects(const Events *events, uint32_t noun, Heads *out) {
    uint32_t verb = verb_of(events, noun);
    uint32_t end;
    Heads authors = {0};

    push_nominal(events, noun, false, out);
    push_nominal(events, noun, true, &authors);
    for (uint32_t i = 0; i < authors.count; i++) { /* "by rebels | on Mali" */
        push_nominal(events, authors.items[i], false, out);
    }
    end = out->count;
    for (uint32_t i = 0; i < end; i++) {
        push_modifiers(events, out->items[i], 0, out);
    }
    if (verb != NO_TOKEN) {
        push_objects(events, verb, DEPTH_MAX, out);
    }
}

bool event_is_told(const Events *events, uint32_t noun) {
    uint8_t rel = events->tags[noun].rel;
    uint32_t verb = verb_of(events, noun);
    Heads authors = {0};

    if (rel == REL_ROOT || rel == REL_NSUBJ || rel == REL_NSUBJ_PASS) {
        return true;
    }
    if (verb != NO_TOKEN && events->matches[verb].form &&
        events->matches[verb].code.len &&
        events->matches[verb].code.ptr[0] == '=') {
        return rel == REL_OBJ || rel == REL_OBL;
    }
    push_children(events, noun, REL_NMOD_POSS, &authors);
    push_nominal(events, noun, true, &authors);
    if (!authors.count) { /* "clashes between Arda and Morn" */
        Heads others = {0};
        push_nominal(events, noun, false, &others);
        for (uint32_t i = 0; i < others.count; i++) {
            push_children(events, others.items[i], REL_CONJ, &authors);
        }
    }
    return authors.count > 0;
}

/* --------------------------------------------------------------- sides */

static bool is_of(const ActorList *list, uint32_t head) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].head == head) {
            return true;
        }
    }
    return false;
}

/* True if the phrase has a code that none of the list has. */
static bool adds_code(Events *events, uint32_t head, const ActorList *list) {
    ActorList own = {0};

    event_actors(events, head, &own);
    for (uint32_t i = 0; i < own.items[0].codes.count; i++) {
        bool known = false;
        for (uint32_t n = 0; n < list->count; n++) {
            known = known || str_list_has(&list->items[n].codes,
                                          own.items[0].codes.items[i]);
        }
        if (!known) {
            return true;
        }
    }
    return false;
}

/* The first candidate with a code that the other side does not have. */
static uint32_t first_coded(Events *events, const Heads *heads,
                            const EventMatch *match, const ActorList *other) {
    (void)match;
    for (uint32_t i = 0; i < heads->count; i++) {
        uint32_t head = events->owner[heads->items[i]];
        if (!is_of(other, head) && adds_code(events, head, other)) {
            return head;
        }
    }
    return NO_TOKEN;
}

/* True of a phrase that can act though it has no code: a name, or a noun for
 * people and bodies. */
static bool can_act(const Events *events, uint32_t head) {
    int32_t at = events->words->mention[head];

    if (at >= 0) {
        return events->analysis->mentions[at].type != ENTITY_EVENT;
    }
    return token_has(events->text, head, LEX_ACTOR) ||
           token_has(events->text, head, LEX_OFFICE) ||
           token_has(events->text, head, LEX_FIGURE_NOUN);
}

/* The nearest that acts, coded or not. */
static uint32_t first_acting(Events *events, const Heads *heads,
                             const EventMatch *match, const ActorList *other) {
    (void)match;
    for (uint32_t i = 0; i < heads->count; i++) {
        uint32_t head = events->owner[heads->items[i]];
        if (!is_of(other, head) &&
            (can_act(events, head) ||
             (events->topic == TOPIC_PUBLIC && event_has_code(events, head)))) {
            return head;
        }
    }
    return NO_TOKEN;
}

/* What the verb's subject has: "offered its troops". */
static bool is_owned(const Events *events, uint32_t head) {
    Range range = event_phrase(events, head);

    for (uint32_t i = range.first; i < range.last; i++) {
        if (events->words->class[i] == WORD_POSSESSIVE) {
            return true;
        }
    }
    return false;
}

static bool is_named(Events *events, uint32_t head) {
    EventActor actor = {.head = head, .range = event_phrase(events, head)};

    event_code_actor(events, &actor);
    return actor.named;
}

static bool is_taken(const EventMatch *match, uint32_t head) {
    for (uint32_t i = 0; i < match->taken_count; i++) {
        if (match->taken[i] == head) {
            return true;
        }
    }
    return false;
}

/* How well a coded phrase does as the one acted on: first what the verb acts
 * on itself or what says whose it is; "police" of the country that the report
 * is about, what the doer owns and what the pattern has only then. */
static uint32_t rank_of(Events *events, uint32_t head,
                        const EventMatch *match) {
    uint8_t rel = events->tags[head].rel;

    if (is_taken(match, head)) {
        return is_named(events, head) ? 2 : 3;
    }
    if (is_owned(events, head)) {
        return 2;
    }
    return rel == REL_OBJ || rel == REL_NSUBJ_PASS || rel == REL_IOBJ ||
                   is_named(events, head)
               ? 0
               : 1;
}

/* The nearest that is acted on: the best of those with a code, else any
 * noun. */
static uint32_t first_acted_on(Events *events, const Heads *heads,
                               const EventMatch *match,
                               const ActorList *other) {
    uint32_t best = NO_TOKEN, least = UINT32_MAX;

    for (uint32_t i = 0; i < heads->count; i++) {
        uint32_t head = events->owner[heads->items[i]], rank;
        if (is_of(other, head) || !adds_code(events, head, other)) {
            continue;
        }
        rank = rank_of(events, head, match);
        if (rank < least) {
            best = head;
            least = rank;
        }
    }
    for (uint32_t i = 0; best == NO_TOKEN && i < heads->count; i++) {
        uint32_t at = events->owner[heads->items[i]];
        uint8_t upos = events->tags[at].upos;
        if (!is_of(other, at) && (upos == UPOS_NOUN || upos == UPOS_PROPN) &&
            events->words->time[at] < 0) {
            best = at;
        }
    }
    return best;
}

typedef uint32_t Choose(Events *events, const Heads *heads,
                        const EventMatch *match, const ActorList *other);

/* What the pattern bound, or else what `choose` finds. */
static void take(Events *events, uint32_t bound, const Heads *heads,
                 Choose *choose, const EventMatch *match,
                 const ActorList *other, ActorList *out) {
    uint32_t head =
        bound != NO_TOKEN ? bound : choose(events, heads, match, other);

    if (head != NO_TOKEN) {
        event_actors(events, head, out);
    }
}

void event_sides(Events *events, uint32_t token, const EventMatch *match,
                 EventSides *out) {
    bool own = !events->coding->has_actors;
    Choose *doer = own ? first_acting : first_coded;
    Choose *sufferer = own ? first_acted_on : first_coded;
    Heads subjects = {0}, objects = {0};

    *out = (EventSides){0};
    if (match->form->noun) {
        push_noun_subjects(events, token, &subjects);
        push_noun_objects(events, token, &objects);
    } else {
        push_subjects(events, token, &subjects);
        push_objects(events, token, 0, &objects);
        push_governing(events, token, &objects);
    }
    if (own && !subjects.count && !is_passive(events, token)) {
        push_names_before(events, token, &subjects);
    }
    if (match->target != NO_TOKEN) {
        take(events, match->target, &objects, sufferer, match, &out->source,
             &out->target);
    }
    take(events, match->source, &subjects, doer, match, &out->target,
         &out->source);
    if (match->target == NO_TOKEN) {
        take(events, NO_TOKEN, &objects, sufferer, match, &out->source,
             &out->target);
    }
    /* "talks between Arda and Tarn": those who do it are all there. */
    if (own && match->form->noun && !out->source.count &&
        out->target.count > 1) {
        out->source = out->target;
        out->target.count = 0;
    }
    /* "was shot in Tarn": PETRARCH takes the place for the doer. */
    if (!out->source.count && !own && !match->form->noun &&
        is_passive(events, token)) {
        take(events, NO_TOKEN, &objects, doer, match, &out->target,
             &out->source);
    }
}
