/* SPDX-License-Identifier: Apache-2.0 */
/* find/event_status.c - see event_parts.h: whether, when, where, on what
 * condition and on whose word.
 *
 *     The army would withdraw on Monday , only if the rebels disarmed , it said
 *              planned        time        '------- condition -------' claimant
 */
#include <string.h>

#include "find/event_parts.h"

enum { UP_MAX = 8 };

/* The clause that the token heads or stands in: its nearest verb, or root. */
static uint32_t clause_of(const Events *events, uint32_t token) {
    for (uint32_t step = 0; step < UP_MAX; step++) {
        const Word *word = &events->tags[token];
        if (word->upos == UPOS_VERB || word->head == TAG_ROOT) {
            break;
        }
        token = word->head;
    }
    return token;
}

/* From the first to the last word below `top`, marks at the ends left out;
 * `token` is one of them. */
static Span span_under(const Events *events, uint32_t top, uint32_t token) {
    Range range = {token, token + 1};

    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        if (events->tags[i].rel != REL_PUNCT &&
            event_is_under(events, i, top)) {
            range.first = i < range.first ? i : range.first;
            range.last = i + 1 > range.last ? i + 1 : range.last;
        }
    }
    return range_span(events->text, range);
}

Span event_clause(const Events *events, uint32_t token) {
    uint32_t top = clause_of(events, token);

    return span_under(events, top, token);
}

static bool has_negation(const Events *events, uint32_t token) {
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        if (events->tags[i].head == token &&
            events->words->class[i] == WORD_NEGATION) {
            return true;
        }
    }
    return false;
}

/* Also by a verb above that tells nothing itself: "not going to meet". */
bool event_is_negated(const Events *events, uint32_t token) {
    for (uint32_t step = 0; step < UP_MAX; step++) {
        const Word *word = &events->tags[token];
        if (has_negation(events, token)) {
            return true;
        }
        if (word->rel != REL_XCOMP || word->head == TAG_ROOT ||
            events->coding->has_actors || events->matches[word->head].form) {
            return false;
        }
        token = word->head;
    }
    return false;
}

/* "will meet", "would meet": not yet. */
bool event_is_future(const Events *events, uint32_t token) {
    uint32_t top = clause_of(events, token);

    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        LexRow row;
        if (events->tags[i].head != top || events->tags[i].rel != REL_AUX) {
            continue;
        }
        row = token_row(events->text, i, LEX_TENSE);
        if (row.lexicon && lex_is(row, LEX_TENSE_TENSE, "future")) {
            return true;
        }
    }
    return false;
}

/* "is fighting": a participle with an auxiliary. */
bool event_is_ongoing(const Events *events, uint32_t token) {
    for (uint32_t i = events->sentence.first; i < token; i++) {
        if (events->tags[token].xpos == XPOS_VBG &&
            events->tags[i].head == token && events->tags[i].rel == REL_AUX) {
            return true;
        }
    }
    return false;
}

/* The clause that says on what condition: "if", "unless", "until", "before",
 * "on condition that"; NO_TOKEN: none. */
static uint32_t condition_of(const Events *events, uint32_t top) {
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        uint32_t head = events->tags[i].head, above;
        if (head == TAG_ROOT || !token_has(events->text, i, LEX_CONDITION)) {
            continue;
        }
        above = events->tags[head].head;
        if (above == top ||
            (above != TAG_ROOT && events->tags[above].head == top)) {
            return head;
        }
    }
    return NO_TOKEN;
}

Span event_condition(const Events *events, uint32_t token) {
    uint32_t top = clause_of(events, token);
    uint32_t head = condition_of(events, top);

    if (head == NO_TOKEN) {
        return (Span){0};
    }
    return span_under(events, head, head);
}

/* "2013-02-25": the first day or other date of the clause, else of the
 * sentence. */
Str event_time(const Events *events, uint32_t token) {
    uint32_t top = clause_of(events, token);
    Str other = {0};

    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        int32_t at = events->words->time[i];
        const Time *time = at < 0 ? NULL : &events->analysis->times[at];
        if (!time || (time->type != TIME_DATE && time->type != TIME_TIME)) {
            continue;
        }
        if (event_is_under(events, i, top)) {
            return time->value;
        }
        other = other.len ? other : time->value;
    }
    return other;
}

/* The place of "in Tarn", below the clause. */
Str event_place(const Events *events, uint32_t token) {
    uint32_t top = clause_of(events, token);

    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        uint32_t head = events->tags[i].head;
        int32_t at;
        if (events->tags[i].rel != REL_CASE || head == TAG_ROOT ||
            word_feature(events->words, i) != 'l' ||
            !event_is_under(events, head, top)) {
            continue;
        }
        at = events->words->mention[head];
        if (at >= 0) {
            EntityType type = events->analysis->mentions[at].type;
            if (type == ENTITY_LOC || type == ENTITY_GPE) {
                return str_at(events->text->bytes,
                              events->analysis->mentions[at].span);
            }
        }
    }
    return (Str){0};
}
