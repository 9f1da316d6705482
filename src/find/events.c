/* SPDX-License-Identifier: Apache-2.0 */
/* find/events.c - who did what to whom, verb by verb.
 *
 * Each word that a dictionary has is matched with its patterns, the code that
 * comes of it given to whoever acts and is acted on. An event names both
 * sides or, of our own dictionaries, at least one; what has no code is no
 * event. Compound actors stay apart, each in its own entry of the list. */
#include <string.h>

#include "base/utf8.h"
#include "find/event_parts.h"
#include "find/finders.h"

/* "2013-02-25" as 20130225; 0 when it is not so. */
static int32_t day_number(Str date) {
    int32_t day = 0;

    if (date.len < 10) {
        return 0;
    }
    for (size_t i = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            continue;
        }
        if (date.ptr[i] < '0' || date.ptr[i] > '9') {
            return 0;
        }
        day = day * 10 + (date.ptr[i] - '0');
    }
    return day;
}

static void init(Arena *arena, Analysis *analysis, const Words *words,
                 const Coding *coding, Events *out) {
    uint32_t count = analysis->text.token_count;

    *out = (Events){.arena = arena,
                    .analysis = analysis,
                    .text = &analysis->text,
                    .tags = analysis->tags.words,
                    .coding = coding,
                    .words = words,
                    .country = event_country(analysis),
                    .day = day_number(analysis->clean.published)};
    out->lemmas = arena_alloc(arena, (count + 1) * sizeof *out->lemmas);
    out->owner = arena_alloc(arena, (count + 1) * sizeof *out->owner);
    out->matches = arena_zero(arena, (count + 1) * sizeof *out->matches);
    out->spent = arena_zero(arena, (count + 1) * sizeof *out->spent);
    for (uint32_t i = 0; i < count; i++) {
        out->lemmas[i] = utf8_fold_hash(HASH_SEED, out->tags[i].lemma);
        out->owner[i] = i;
    }
}

/* ---------------------------------------------------------------- made */

static void push_side(Events *events, const EventActor *actor, EventSide *sides,
                      uint32_t *count) {
    EventSide side = {.span = range_span(events->text, actor->range),
                      .entity = actor->entity};

    if (!actor->codes.count) {
        sides[(*count)++] = side;
    }
    for (uint32_t i = 0; i < actor->codes.count; i++) {
        side.code = actor->codes.items[i];
        sides[(*count)++] = side;
    }
}

/* All of a list but the one at `without`. */
static EventSide *make_sides(Events *events, const ActorList *list,
                             uint32_t without, uint32_t *count) {
    uint32_t most = 0;
    EventSide *sides;

    for (uint32_t i = 0; i < list->count; i++) {
        most += list->items[i].codes.count + 1;
    }
    sides = arena_alloc(events->arena, (most + 1) * sizeof *sides);
    *count = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        if (i != without) {
            push_side(events, &list->items[i], sides, count);
        }
    }
    return sides;
}

static void push_event(Events *events, Event event) {
    Analysis *analysis = events->analysis;

    if (!event.source_count || !event.target_count) {
        return;
    }
    analysis->events =
        arena_grow(events->arena, analysis->events, analysis->event_count,
                   &analysis->event_capacity, sizeof *analysis->events);
    analysis->events[analysis->event_count++] = event;
}

/* The PLOVER class and mode of the event's CAMEO code, or of its root. */
static void put_plover(const Events *events, Event *event) {
    for (size_t len = event->cameo.len; len >= 2; len--) {
        LexRow row = lexicon_find(events->text->lexicon, LEX_CAMEO,
                                  str_slice(event->cameo, 0, len));
        if (row.lexicon) {
            event->plover = lex_cell(row, LEX_CAMEO_PLOVER);
            event->mode = lex_cell(row, LEX_CAMEO_MODE);
            return;
        }
    }
}

static Str why_of(Events *events, const EventMatch *match) {
    const VerbBlock *block = &events->coding->blocks[match->form->block];
    uint32_t line = match->pattern ? match->pattern->line : match->form->line;

    return str_format(
        events->arena, "event/%.*s:%u: %.*s", (int)block->name.len,
        block->name.ptr, line,
        (int)tokens_span(events->text, match->words.first, match->words.last)
                .end -
            (int)events->text->tokens[match->words.first].begin,
        events->text->bytes.ptr +
            events->text->tokens[match->words.first].begin);
}

static void put_claimant(const Events *events, uint32_t token, Event *event) {
    const Quote *quote = event_quote(events, token);

    event->claimant.entity = -1;
    if (quote) {
        event->claimant = quote->speaker;
    }
}

static bool same_code(const ActorList *one, const ActorList *other) {
    return one->count && other->count && one->items[0].codes.count &&
           other->items[0].codes.count &&
           str_equal(one->items[0].codes.items[0],
                     other->items[0].codes.items[0]);
}

/* "Arda and Morn met": each with the others. */
static void push_compound(Events *events, const ActorList *all, Event event) {
    for (uint32_t i = 0; i < all->count; i++) {
        ActorList one = {.items = {all->items[i]}, .count = 1};
        event.sources = make_sides(events, &one, NO_TOKEN, &event.source_count);
        event.targets = make_sides(events, all, i, &event.target_count);
        push_event(events, event);
    }
}

/* True of words that ask, promise, refuse: what is below them did not happen.
 */
static bool is_outer(const Events *events, const EventMatch *match) {
    return match->form &&
           (event_is_open(match->code) ||
            event_is_open(events->coding->blocks[match->form->block].code));
}

/* The code of a token, completed; false: it tells no event. */
static bool settle(Events *events, uint32_t token, EventMatch *match) {
    *match = events->matches[token];
    if (!match->form || events->spent[token] ||
        (!match->code.len && !match->back.len) ||
        (match->code.len && match->code.ptr[0] == '=')) {
        return false;
    }
    if (match->form->noun && !event_is_told(events, token)) {
        return false;
    }
    if (event_is_open(match->code)) {
        return event_complete(events, token, match);
    }
    if (is_outer(events, match)) {
        event_spend(events, token);
    }
    return true;
}

/* Deeds that, still to come, are an agreement to do them or a threat: PLOVER
 * codes "will visit" AGREE; CAMEO codes "will bomb" 138. */
static void put_future(Events *events, uint32_t token, Event *event) {
    Str root = str_slice(event->cameo, 0, 2), code;

    if (!event_is_future(events, token)) {
        return;
    }
    event->status = EVENT_PLANNED;
    if (str_compare(root, str_of("04")) >= 0 &&
        str_compare(root, str_of("08")) <= 0) {
        event->plover = str_of("AGREE");
        return;
    }
    code = event_compound(events->text->lexicon, str_of("13"), event->cameo);
    if (code.len && str_compare(root, str_of("13")) > 0) {
        event->cameo = code;
        put_plover(events, event);
    }
}

/* What is not simply done: depends on something, goes on, is only said. */
static void put_status(const Events *events, uint32_t token, Event *event) {
    if (event->status != EVENT_DONE) {
        return;
    }
    if (event->condition.end > event->condition.begin) {
        event->status = EVENT_CONDITIONAL;
    } else if (str_is(str_slice(event->cameo, 0, 2), "03")) {
        event->status = EVENT_STATED;
    } else if (event_is_ongoing(events, token)) {
        event->status = EVENT_ONGOING;
    }
}

/* A coded deed of cooperation that is not done is refused: "would not meet".
 * False: of others that did not happen there is nothing to tell. */
static bool put_negated(Events *events, uint32_t token, EventMatch *match) {
    Str code;

    if (!event_is_negated(events, token)) {
        return true;
    }
    if (match->code.len < 2 || match->code.ptr[0] != '0') {
        return false;
    }
    code = event_compound(events->text->lexicon, str_of("12"), match->code);
    match->code = code;
    match->back = (Str){0};
    return code.len > 0;
}

/* "Israel and Lebanon signed", and nobody else: with one another. */
static bool is_mutual(const Events *events, const Event *event,
                      const EventSides *sides) {
    Str root = str_slice(event->cameo, 0, 2);

    return !events->coding->has_actors && sides->source.count > 1 &&
           !sides->target.count &&
           ((str_compare(root, str_of("03")) >= 0 &&
             str_compare(root, str_of("06")) <= 0) ||
            str_is(root, "19"));
}

static void push_both(Events *events, const EventSides *sides, Event event,
                      Str back) {
    event.sources =
        make_sides(events, &sides->source, NO_TOKEN, &event.source_count);
    event.targets =
        make_sides(events, &sides->target, NO_TOKEN, &event.target_count);
    if (event.cameo.len) {
        push_event(events, event);
    }
    if (back.len) {
        Event other = event;
        other.cameo = back;
        put_plover(events, &other);
        other.sources = event.targets;
        other.source_count = event.target_count;
        other.targets = event.sources;
        other.target_count = event.source_count;
        push_event(events, other);
    }
}

enum { COUNTRY_LETTERS = 3 };

/* True of a code of one who holds a public office, bears arms or is a body:
 * it says more than a country, and no private trade. */
static bool is_public(Str code) {
    static const char PRIVATE[] = "AGR BUS CVL EDU HLH LAB MED REL";

    if (code.len < 2 * COUNTRY_LETTERS) {
        return false;
    }
    for (size_t i = 0; i + COUNTRY_LETTERS < sizeof PRIVATE; i += 4) {
        if (!memcmp(PRIVATE + i, code.ptr + COUNTRY_LETTERS, COUNTRY_LETTERS)) {
            return false;
        }
    }
    return true;
}

static bool has_role(const ActorList *list) {
    for (uint32_t i = 0; i < list->count; i++) {
        const StrList *codes = &list->items[i].codes;
        if (codes->count && is_public(codes->items[0])) {
            return true;
        }
    }
    return false;
}

/* A state or its people by name, or a person by more than one name. */
static bool is_state_or_person(const Events *events, const ActorList *list) {
    const EventActor *actor = list->items;
    int32_t at = list->count ? events->words->mention[actor->head] : -1;
    const Mention *mention = at < 0 ? NULL : &events->analysis->mentions[at];

    return mention && ((actor->codes.count &&
                        actor->codes.items[0].len == COUNTRY_LETTERS) ||
                       (mention->type == ENTITY_PER &&
                        mention->last - mention->first > 1));
}

/* True where the sentence is one of sport, arts, weather or business, and
 * nobody acts who might in the news. */
static bool is_off_topic(const Events *events, const EventSides *sides) {
    switch (events->topic) {
    case TOPIC_PUBLIC:
        return false;
    case TOPIC_PRIVATE:
        return !has_role(&sides->source) &&
               !is_state_or_person(events, &sides->source);
    case TOPIC_SPORT:
        return !has_role(&sides->source);
    case TOPIC_OTHER:
    default:
        return true;
    }
}

/* Of what the sentence tells, by the table. */
static EventTopic topic_of(const Events *events) {
    EventTopic topic = TOPIC_PUBLIC;

    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        LexRow row;
        uint32_t length = token_phrase(events->text, i, events->sentence.last,
                                       LEX_OFF_TOPIC, &row);
        if (!length || (length == 1 && events->tags[i].upos != UPOS_NOUN &&
                        events->tags[i].upos != UPOS_PROPN)) {
            continue;
        }
        if (lex_is(row, LEX_OFF_TOPIC_WEIGHT, "all")) {
            return TOPIC_OTHER;
        }
        if (lex_is(row, LEX_OFF_TOPIC_WEIGHT, "states")) {
            topic = TOPIC_SPORT;
        } else if (topic == TOPIC_PUBLIC) {
            topic = TOPIC_PRIVATE;
        }
    }
    return topic;
}

static void code_token(Events *events, uint32_t token, EventMatch match) {
    bool own = !events->coding->has_actors;
    EventSides sides;
    Event event;

    if (own && !put_negated(events, token, &match)) {
        return;
    }
    event_sides(events, token, &match, &sides);
    if (own && is_off_topic(events, &sides)) {
        return;
    }
    event = (Event){.span = event_clause(events, token),
                    .trigger = range_span(events->text, match.words),
                    .cameo = match.code,
                    .condition = event_condition(events, token),
                    .time = event_time(events, token),
                    .place = event_place(events, token),
                    .why = why_of(events, &match)};
    put_claimant(events, token, &event);
    put_plover(events, &event);
    if (own) {
        put_future(events, token, &event);
        put_status(events, token, &event);
    }
    if (match.compound || is_mutual(events, &event, &sides)) {
        push_compound(events, &sides.source, event);
    } else {
        push_both(events, &sides, event, match.back);
    }
}

/* "Norway said that Chile must pay": the speaker demands it of the subject.
 * The outlet's own words demand nothing, and are no event. */
static void code_modal(Events *events, uint32_t verb, LexRow modal) {
    const Quote *quote = event_quote(events, verb);
    uint32_t subject = event_subject(events, verb);
    Str outer = lex_cell(modal, LEX_MODAL_CODE);
    EventMatch match = events->matches[verb];
    ActorList source = {0}, target = {0};
    Event event = {.span = event_clause(events, verb),
                   .trigger = range_span(events->text, (Range){verb, verb + 1}),
                   .status = EVENT_DEMANDED,
                   .why = str_join(events->arena, str_of("event/modal: "),
                                   lex_cell(modal, LEX_MODAL_KEY))};

    events->spent[verb] = true;
    if (match.form && event_is_open(match.code)) {
        (void)event_complete(events, verb, &match);
    }
    if (!quote || subject == NO_TOKEN) {
        return;
    }
    event_party_actor(events, &quote->speaker, &source.items[0]);
    source.count = 1;
    event_actors(events, subject, &target);
    if (!source.items[0].codes.count || same_code(&source, &target)) {
        return;
    }
    event.cameo = event_compound(events->text->lexicon, outer, match.code);
    event.cameo = event.cameo.len
                      ? event.cameo
                      : str_join(events->arena, outer, (Str){"0", 1});
    put_plover(events, &event);
    put_claimant(events, verb, &event);
    event.sources = make_sides(events, &source, NO_TOKEN, &event.source_count);
    event.targets = make_sides(events, &target, NO_TOKEN, &event.target_count);
    push_event(events, event);
}

static void code_modals(Events *events) {
    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        LexRow modal = event_modal(events, i);
        if (modal.lexicon) {
            code_modal(events, i, modal);
        }
    }
}

/* All words first, then their codes, those that others complete before those
 * they are completed by. */
static void code_sentence(Events *events) {
    Range range = events->sentence;

    events->sentence_country_known = false;
    events->topic = topic_of(events);
    event_phrases(events);
    for (uint32_t i = range.first; i < range.last; i++) {
        if (!event_match(events, i, &events->matches[i])) {
            events->matches[i].form = NULL;
        }
    }
    if (!events->coding->has_actors) {
        code_modals(events);
    }
    for (int open = 1; open >= 0; open--) {
        for (uint32_t i = range.first; i < range.last; i++) {
            EventMatch match;
            if (is_outer(events, &events->matches[i]) == (open == 1) &&
                settle(events, i, &match)) {
                code_token(events, i, match);
            }
        }
    }
    event_keep_subject(events);
}

void find_events(Arena *arena, Analysis *analysis, const Words *words,
                 const Coding *coding) {
    const Text *text = &analysis->text;
    Events events;

    if (!coding || !analysis->tags.count) {
        return;
    }
    init(arena, analysis, words, coding, &events);
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        const Sentence *sentence = &text->sentences[i];
        if (sentence->heading) {
            continue;
        }
        events.sentence = (Range){sentence->first, sentence->last};
        code_sentence(&events);
    }
}
