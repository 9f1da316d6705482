/* SPDX-License-Identifier: Apache-2.0 */
/* find/event_phrase.c - see event_parts.h: noun phrases from the parse. */
#include "find/event_parts.h"

/* Relations that build one phrase: "the | old | Arda | 's | prime". */
static bool builds_phrase(uint8_t rel) {
    switch (rel) {
    case REL_DET:
    case REL_DET_PREDET:
    case REL_AMOD:
    case REL_NUMMOD:
    case REL_COMPOUND:
    case REL_FLAT:
    case REL_FIXED:
    case REL_GOESWITH:
    case REL_NMOD_POSS:
    case REL_NMOD_DESC:
    case REL_NMOD_UNMARKED:
    case REL_APPOS:
    case REL_CASE:
        return true;
    default:
        return false;
    }
}

static bool is_noun(const Word *word) {
    return word->upos == UPOS_NOUN || word->upos == UPOS_PROPN ||
           word->upos == UPOS_PRON || word->upos == UPOS_NUM ||
           word->upos == UPOS_ADJ || word->upos == UPOS_DET ||
           word->upos == UPOS_SYM || word->upos == UPOS_X;
}

/* The preposition of a phrase, or NO_TOKEN. */
static uint32_t case_of(const Events *events, uint32_t head) {
    for (uint32_t i = events->sentence.first; i < head; i++) {
        if (events->tags[i].head == head && events->tags[i].rel == REL_CASE) {
            return i;
        }
    }
    return NO_TOKEN;
}

/* "Soldiers from Arda", "the ambassador of Morn": the modifier says whose
 * they are. Of an event, "an attack by Arda", it says who did it. */
static bool tells_whose(const Events *events, uint32_t token) {
    uint32_t marker;

    if (events->tags[token].rel != REL_NMOD ||
        event_is_noun(events, events->tags[token].head)) {
        return false;
    }
    marker = case_of(events, token);
    return marker != NO_TOKEN && (events->words->class[marker] == WORD_OF ||
                                  word_feature(events->words, marker) == 'a');
}

/* Two names in a row with one head and one relation are one phrase that the
 * parser did not join: "Tarn | President Verin". */
static bool is_split(const Events *events, uint32_t left, uint32_t right) {
    const Word *a = &events->tags[left], *b = &events->tags[right];

    return left != right && a->upos == UPOS_PROPN && b->upos == UPOS_PROPN &&
           a->head != TAG_ROOT && a->head == b->head && a->rel == b->rel;
}

static void join_split(Events *events) {
    for (uint32_t i = events->sentence.first; i + 1 < events->sentence.last;
         i++) {
        uint32_t left = events->owner[i], right = events->owner[i + 1];
        if (events->tags[i + 1].rel == REL_CASE ||
            !is_split(events, left, right)) {
            continue;
        }
        for (uint32_t t = events->sentence.first; t <= i; t++) {
            events->owner[t] =
                events->owner[t] == left ? right : events->owner[t];
        }
    }
}

void event_phrases(Events *events) {
    Range range = events->sentence;

    for (uint32_t i = range.first; i < range.last; i++) {
        uint32_t at = i;
        for (uint32_t step = range.first; step < range.last; step++) {
            uint32_t head = events->tags[at].head;
            if (head == TAG_ROOT || !is_noun(&events->tags[head]) ||
                !(builds_phrase(events->tags[at].rel) ||
                  tells_whose(events, at))) {
                break;
            }
            at = head;
        }
        events->owner[i] = at;
    }
    join_split(events);
}

Range event_phrase(const Events *events, uint32_t head) {
    Range range = {head, head + 1};

    while (range.first > events->sentence.first &&
           events->owner[range.first - 1] == events->owner[head] &&
           !(events->tags[range.first - 1].rel == REL_CASE &&
             events->tags[range.first - 1].head == head)) {
        range.first--;
    }
    while (range.last < events->sentence.last &&
           events->owner[range.last] == events->owner[head]) {
        range.last++;
    }
    return range;
}

bool event_is_under(const Events *events, uint32_t token, uint32_t top) {
    for (uint32_t step = events->sentence.first;
         token != TAG_ROOT && step <= events->sentence.last; step++) {
        if (token == top) {
            return true;
        }
        token = events->tags[token].head;
    }
    return false;
}
