/* SPDX-License-Identifier: Apache-2.0 */
/* find/event_speech.c - see event_parts.h: on whose word, and who "he" is.
 *
 *     Tarn said  [ it  would arm ]        it: the subject above
 *     " [ We must attack ] " , Boromir     we: the speaker
 *     Boromir left . He met ...            he: the subject of the sentence
 *                                              before
 */
#include "find/event_parts.h"

enum { UP_MAX = 8, ROLE_AT = 3 };

const Quote *event_quote(const Events *events, uint32_t token) {
    const Analysis *analysis = events->analysis;
    uint32_t at = events->text->tokens[token].begin;
    const Quote *best = NULL;

    for (uint32_t i = 0; i < analysis->quote_count; i++) {
        const Quote *quote = &analysis->quotes[i];
        bool holds = quote->span.begin <= at && at < quote->span.end;
        if (holds && (!best || quote->span.end - quote->span.begin <
                                   best->span.end - best->span.begin)) {
            best = quote;
        }
    }
    return best;
}

void event_party_actor(Events *events, const Party *party, EventActor *out) {
    *out = (EventActor){.head = NO_TOKEN, .entity = -1};
    if (party->span.end > party->span.begin) {
        Range range = {token_at(events->text, party->span.begin),
                       token_at(events->text, party->span.end - 1) + 1};
        *out = (EventActor){.head = range.last - 1, .range = range};
        event_code_actor(events, out);
    }
    if (party->entity >= 0) {
        Str code = events->analysis->entities[party->entity].code;
        out->entity = party->entity;
        if (code.len && !out->codes.count) {
            str_push(events->arena, &out->codes, code);
        }
    }
}

static bool is_person(const Events *events, const EventActor *actor) {
    return actor->entity >= 0 &&
           events->analysis->entities[actor->entity].type == ENTITY_PER;
}

/* Could the pronoun mean that one? */
static bool fits(const Events *events, char feature, const EventActor *actor) {
    switch (feature) {
    case 'm':
    case 'f':
        return is_person(events, actor) ||
               (actor->codes.count &&
                actor->codes.items[0].len > (uint32_t)ROLE_AT);
    case 'n':
        return !is_person(events, actor);
    case 'p':
        return actor->entity < 0 || !is_person(events, actor);
    default:
        return false;
    }
}

/* The subject of a verb above the pronoun, which stands before it. */
static bool subject_above(Events *events, uint32_t token, EventActor *out) {
    uint32_t verb = events->tags[token].head;

    for (uint32_t step = 0; step < UP_MAX && verb != TAG_ROOT; step++) {
        uint32_t head = event_subject(events, verb);
        if (head != NO_TOKEN && head != token &&
            events->words->class[head] != WORD_PRONOUN) {
            *out =
                (EventActor){.head = head, .range = event_phrase(events, head)};
            event_code_actor(events, out);
            return true;
        }
        verb = events->tags[verb].head;
    }
    return false;
}

void event_pronoun(Events *events, EventActor *actor) {
    char feature = word_feature(events->words, actor->head);
    const Quote *quote = event_quote(events, actor->head);
    EventActor who = {.entity = -1};
    bool known = false;

    if (feature == 's' && quote) {
        event_party_actor(events, &quote->speaker, &who);
        known = true;
    } else if (feature && feature != 's') {
        known = subject_above(events, actor->head, &who) &&
                fits(events, feature, &who);
        if (!known && events->has_subject &&
            fits(events, feature, &events->subject)) {
            who = events->subject;
            known = true;
        }
    }
    if (known) {
        actor->entity = who.entity;
        actor->codes = who.codes;
        actor->named = who.named;
    }
}

void event_keep_subject(Events *events) {
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        EventActor actor = {.entity = -1};
        uint32_t head;
        if (events->tags[i].head != TAG_ROOT) {
            continue;
        }
        head = event_subject(events, i);
        if (head != NO_TOKEN) {
            actor.head = head;
            actor.range = event_phrase(events, head);
            /* A pronoun still means the subject of the sentence before. */
            event_code_actor(events, &actor);
            events->subject = actor;
        }
        events->has_subject = head != NO_TOKEN;
        return;
    }
}

LexRow event_modal(const Events *events, uint32_t verb) {
    for (uint32_t i = events->sentence.first; i < verb; i++) {
        LexRow row;
        if (events->tags[i].head != verb || events->tags[i].rel != REL_AUX) {
            continue;
        }
        row = token_row(events->text, i, LEX_MODAL);
        if (row.lexicon) {
            return row;
        }
    }
    return (LexRow){0};
}
