/* SPDX-License-Identifier: Apache-2.0 */
/* find/event_match.c - see event_parts.h: the patterns of a verb.
 *
 * A pattern's words are looked for outwards from the verb, each behind the
 * one before it, other words between them allowed unless it is joined:
 *
 *     - SAID WOULD_* FOR &TRUCE
 *     said that they [would] *ask* the council [for] a [ceasefire]
 *
 * Behind the verb only its own subtree is looked at. */
#include "find/event_parts.h"

enum { SET_WORDS_MAX = 6, OWN_DEPTH = 3 };

/* The walk of one pattern to one side. */
typedef struct Walk {
    Events *events;
    EventMatch *match;
    uint32_t verb;
    uint32_t at;    /* behind the verb: the next token; before it: the last
                       one taken */
    uint32_t limit; /* token after the last, or the first */
} Walk;

static bool is_word(const Events *events, uint32_t token, uint64_t word) {
    return events->text->tokens[token].hash == word ||
           events->lemmas[token] == word;
}

/* Binds a slot to the phrase that the token belongs to. */
static bool bind(Walk *walk, const PatternItem *item, uint32_t token) {
    bool after = token > walk->verb;
    uint32_t head = walk->events->owner[token];

    if (!event_has_code(walk->events, head)) {
        return false;
    }
    if (item->kind == ITEM_COMPOUND) {
        ActorList all = {0};
        event_actors(walk->events, head, &all);
        if (all.count < 2) {
            return false;
        }
        walk->match->compound = !after;
        *(after ? &walk->match->target : &walk->match->source) = head;
    } else if (item->kind == ITEM_SOURCE) {
        walk->match->source = head;
    } else if (item->kind == ITEM_TARGET) {
        walk->match->target = head;
    }
    return true;
}

/* Tokens that the item takes from `token` on to the right; 0: it does not
 * match there. */
static uint32_t takes_after(Walk *walk, const PatternItem *item,
                            uint32_t token) {
    Events *events = walk->events;
    uint32_t number;

    if (item->kind == ITEM_WORD) {
        return is_word(events, token, item->word);
    }
    if (item->kind == ITEM_SET) {
        return phrases_at(&events->coding->sets[item->set], events->text, token,
                          walk->limit, &number);
    }
    return bind(walk, item, token)
               ? event_phrase(events, events->owner[token]).last - token
               : 0;
}

/* The same to the left: the tokens that end with `token`. */
static uint32_t takes_before(Walk *walk, const PatternItem *item,
                             uint32_t token) {
    Events *events = walk->events;

    if (item->kind == ITEM_WORD) {
        return is_word(events, token, item->word);
    }
    if (item->kind == ITEM_SET) {
        for (uint32_t n = 1; n <= SET_WORDS_MAX && token + 1 >= n; n++) {
            uint32_t first = token + 1 - n, number;
            if (first < walk->limit) {
                break;
            }
            if (phrases_at(&events->coding->sets[item->set], events->text,
                           first, token + 1, &number) == n) {
                return n;
            }
        }
        return 0;
    }
    return bind(walk, item, token)
               ? token + 1 - event_phrase(events, events->owner[token]).first
               : 0;
}

/* Our patterns mean the verb's own words, not those of a clause about them;
 * PETRARCH's reach to the end of the verb phrase. */
static bool is_within(const Events *events, uint32_t token, uint32_t verb) {
    if (events->coding->has_actors) {
        return event_is_under(events, token, verb);
    }
    for (uint32_t depth = 0; token != verb; depth++) {
        const Word *word = &events->tags[token];
        if (depth == OWN_DEPTH || word->head == TAG_ROOT ||
            word->rel == REL_ACL_RELCL || word->rel == REL_PARATAXIS ||
            word->rel == REL_CCOMP ||
            (word->rel == REL_CONJ && word->head == verb)) {
            return false;
        }
        token = word->head;
    }
    return true;
}

/* The word is what was done, and hardly whom it was done to. */
static void note_taken(EventMatch *match, uint32_t token) {
    if (match->taken_count < TAKEN_MAX) {
        match->taken[match->taken_count++] = token;
    }
}

static bool walk_after(Walk *walk, const PatternItem *item) {
    for (uint32_t token = walk->at; token < walk->limit; token++) {
        uint32_t taken = 0;
        if (item->joined || is_within(walk->events, token, walk->verb)) {
            taken = takes_after(walk, item, token);
        }
        if (taken) {
            walk->at = token + taken;
            note_taken(walk->match, token + taken - 1);
            return true;
        }
        if (item->joined) {
            break;
        }
    }
    return false;
}

static bool walk_before(Walk *walk, const PatternItem *item) {
    for (uint32_t token = walk->at; token > walk->limit; token--) {
        uint32_t taken = takes_before(walk, item, token - 1);
        if (taken) {
            walk->at = taken < token ? token - taken : 0;
            return true;
        }
        if (item->joined) {
            break;
        }
    }
    return false;
}

/* Items [first, +before) to the left, then those to the right. */
static bool walk_items(Events *events, uint32_t verb, uint32_t first,
                       uint32_t before, uint32_t after, EventMatch *match) {
    Walk left = {events, match, verb, match->words.first,
                 events->sentence.first};
    Walk right = {events, match, verb, match->words.last,
                  events->sentence.last};

    for (uint32_t i = 0; i < before; i++) {
        if (!walk_before(&left, &events->coding->items[first + i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < after; i++) {
        if (!walk_after(&right, &events->coding->items[first + before + i])) {
            return false;
        }
    }
    return true;
}

static void reset(EventMatch *match, const VerbForm *form, Range words) {
    *match = (EventMatch){.form = form,
                          .source = NO_TOKEN,
                          .target = NO_TOKEN,
                          .inner = NO_TOKEN,
                          .words = words};
}

/* The words beside the verb: "cordon | off". */
static bool form_stands(Events *events, uint32_t token, const VerbForm *form,
                        EventMatch *match) {
    reset(match, form, (Range){token, token + 1});
    if (!walk_items(events, token, form->first, form->before, form->after,
                    match)) {
        return false;
    }
    match->words = (Range){token - form->before, token + 1 + form->after};
    return true;
}

static bool form_matches(Events *events, uint32_t token, const VerbForm *form,
                         EventMatch *match) {
    const Coding *coding = events->coding;
    const VerbBlock *block = &coding->blocks[form->block];
    Range words;

    if (!form_stands(events, token, form, match)) {
        return false;
    }
    words = match->words;
    for (uint32_t i = 0; i < block->count; i++) {
        const VerbPattern *pattern = &coding->patterns[block->first + i];
        reset(match, form, words);
        if (walk_items(events, token, pattern->first, pattern->before,
                       pattern->after, match)) {
            match->pattern = pattern;
            match->code = pattern->code;
            match->back = pattern->back;
            return true;
        }
    }
    reset(match, form, words);
    match->code = form->own_code ? form->code : block->code;
    match->back = form->own_code ? form->back : block->back;
    return true;
}

/* Of all forms with this word the one with most words beside it. */
static bool match_word(Events *events, uint32_t token, uint64_t word, bool noun,
                       EventMatch *out) {
    const uint32_t *first = map_find(&events->coding->trigger_of, word);
    uint32_t at = first ? *first : UINT32_MAX, best = 0;
    bool found = false;

    for (; at != UINT32_MAX; at = events->coding->triggers[at].next) {
        const VerbForm *form = &events->coding->triggers[at];
        EventMatch match;
        if (form->noun == noun && form_matches(events, token, form, &match) &&
            (!found || match.words.last - match.words.first > best)) {
            *out = match;
            best = match.words.last - match.words.first;
            found = true;
        }
    }
    return found;
}

static bool has_noun_form(const Events *events, uint64_t word) {
    const uint32_t *first = map_find(&events->coding->trigger_of, word);
    uint32_t at = first ? *first : UINT32_MAX;

    while (at != UINT32_MAX && !events->coding->triggers[at].noun) {
        at = events->coding->triggers[at].next;
    }
    return at != UINT32_MAX;
}

bool event_is_noun(const Events *events, uint32_t token) {
    uint8_t upos = events->tags[token].upos;

    return (upos == UPOS_NOUN || upos == UPOS_PROPN) &&
           (has_noun_form(events, events->text->tokens[token].hash) ||
            has_noun_form(events, events->lemmas[token]));
}

bool event_match(Events *events, uint32_t token, EventMatch *out) {
    uint8_t upos = events->tags[token].upos;
    bool noun = upos == UPOS_NOUN || upos == UPOS_PROPN;

    if (!noun && upos != UPOS_VERB && upos != UPOS_AUX && upos != UPOS_ADJ) {
        return false;
    }
    return match_word(events, token, events->text->tokens[token].hash, noun,
                      out) ||
           match_word(events, token, events->lemmas[token], noun, out);
}
