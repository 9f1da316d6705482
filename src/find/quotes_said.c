/* SPDX-License-Identifier: Apache-2.0 */
/* find/quotes_said.c - see quotes.h: what the clause around a cue tells beside
 * the speaker, and what is reported without quotation marks.
 *
 *     Atar told | reporters | in Tarn | on Monday | that the bridge was shut
 *               hearer        place     time        '---- indirect span ---'
 *
 * Passed on by (via): an outlet that was told, that quoted, whose report
 * closes the sentence ("AFP reported", "according to AFP"), or in an
 * interview with which it was said. */
#include "find/quotes.h"

#include <assert.h>

enum {
    ADJUNCT_MAX = 14,
    INDIRECT_MIN = 3,
    CLAUSE_REACH = 9,
    CLOSING_MAX = 16,
    CUES_MAX = 24,
    PEOPLE_MAX = 100
};

static WordClass class_at(const Speech *speech, uint32_t token) {
    return (WordClass)speech->words.class[token];
}

static const Sentence *sentence_of(const Speech *speech, uint32_t token) {
    return &speech->text->sentences[speech->text->tokens[token].sentence];
}

static const Mention *mention_of(const Speech *speech, uint32_t token) {
    int32_t at = speech->words.mention[token];

    return at < 0 ? NULL : &speech->analysis->mentions[at];
}

/* --- via --- */

static const Mention *outlet_in(const Speech *speech, Range phrase) {
    for (uint32_t i = phrase.first; i < phrase.last; i++) {
        const Mention *mention = mention_of(speech, i);
        const Entity *entity =
            mention ? &speech->analysis->entities[mention->entity] : NULL;
        if (entity && entity->type == ENTITY_ORG &&
            str_ends(entity->code, (Str){"MED", 3})) {
            return mention;
        }
    }
    return NULL;
}

/* The country's people in the sentence: for "state television". */
static const Mention *people_in(const Speech *speech, uint32_t token) {
    const Sentence *sentence = sentence_of(speech, token);

    for (uint32_t i = sentence->first;
         i < sentence->last && i < sentence->first + PEOPLE_MAX; i++) {
        const Mention *mention = mention_of(speech, i);
        if (mention && mention->type == ENTITY_NORP && !speech->quoted[i]) {
            return mention;
        }
    }
    return NULL;
}

/* The outlet's name as it stands; "state television" with its people. */
static Str outlet_name(const Speech *speech, Range phrase) {
    const Mention *mention = outlet_in(speech, phrase);
    Str name;

    if (mention) {
        return str_at(speech->text->bytes, mention->span);
    }
    while (phrase.first + 1 < phrase.last &&
           class_at(speech, phrase.first) == WORD_ARTICLE) {
        phrase.first++;
    }
    name = str_at(speech->text->bytes, range_span(speech->text, phrase));
    mention = mention_of(speech, phrase.first);
    if (!mention && (mention = people_in(speech, phrase.first)) != NULL) {
        Str people = str_at(speech->text->bytes, mention->span);
        return str_format(speech->arena, "%.*s %.*s", (int)people.len,
                          people.ptr, (int)name.len, name.ptr);
    }
    return name;
}

void quote_push_via(const Speech *speech, Quote *quote, Range phrase) {
    Str name = outlet_name(speech, phrase);

    if (!str_list_has(&quote->via, name)) {
        str_push(speech->arena, &quote->via, name);
    }
}

/* "..., AFP reported", "according to AFP": another cue of the sentence whose
 * speaker is an outlet. */
static void via_of_sentence(const Speech *speech, const Cue *cue,
                            Quote *quote) {
    uint32_t sentence = speech->text->tokens[cue->range.first].sentence;

    uint32_t first = (uint32_t)(cue - speech->cues) + 1;

    for (uint32_t i = first;
         i < speech->first_cue[sentence + 1] && i < first + CUES_MAX; i++) {
        const Cue *other = &speech->cues[i];
        if (other->subject.first != cue->subject.first &&
            (other->frame == CUE_SAY || other->frame == CUE_ACCORDING) &&
            party_is_outlet(speech, other->subject)) {
            quote_push_via(speech, quote, other->subject);
        }
    }
}

/* "was quoted by AFP", "in an interview with the X news channel", "in a message
 * sent to X". */
static void via_after(const Speech *speech, const Cue *cue, Quote *quote) {
    uint32_t limit = sentence_of(speech, cue->range.first)->last;
    bool interview = cue->frame == CUE_QUOTE;

    if (limit > cue->after + ADJUNCT_MAX) {
        limit = cue->after + ADJUNCT_MAX;
    }
    for (uint32_t i = cue->after; i < limit && !speech->quoted[i]; i++) {
        LexRow row = token_row(speech->text, i, LEX_NOMINAL);
        if (row.lexicon && (lex_is(row, LEX_NOMINAL_KIND, "interview") ||
                            lex_is(row, LEX_NOMINAL_KIND, "text"))) {
            interview = true;
        }
        if (interview && class_at(speech, i) == WORD_PREPOSITION &&
            i + 1 < limit) {
            Range phrase = phrase_after(speech, i + 1, limit, false);
            if (party_is_outlet(speech, phrase)) {
                quote_push_via(speech, quote, phrase);
                return;
            }
        }
    }
}

/* --- hearer, time, place --- */

/* The phrase that is told: directly after the cue, or after "to". */
static Range hearer_of(const Speech *speech, const Cue *cue) {
    uint32_t limit = sentence_of(speech, cue->range.first)->last;

    if (cue->frame != CUE_TELL || cue->after >= limit ||
        speech->quoted[cue->after]) {
        return (Range){0};
    }
    return phrase_after(speech, cue->after, limit, false);
}

/* A date or time of day at `token`, outside quotation marks. */
static const Time *date_at(const Speech *speech, uint32_t token) {
    int32_t at = speech->words.time[token];
    const Time *time = at < 0 ? NULL : &speech->analysis->times[at];

    return time && !speech->quoted[token] &&
                   (time->type == TIME_DATE || time->type == TIME_TIME)
               ? time
               : NULL;
}

/* When it was said: a date between subject and cue, after the cue over hearer
 * and place, or at the start of the sentence: "On Monday, Atar said". */
static Str time_near(const Speech *speech, const Cue *cue, uint32_t after) {
    const Sentence *sentence = sentence_of(speech, cue->range.first);
    uint32_t first = cue->inverted ? cue->range.first : cue->subject.last;
    uint32_t at = sentence->first;
    const Time *time = NULL;

    uint32_t limit = after + ADJUNCT_MAX < sentence->last ? after + ADJUNCT_MAX
                                                          : sentence->last;

    for (uint32_t i = first;
         i < cue->range.first && i < first + ADJUNCT_MAX && !time; i++) {
        time = date_at(speech, i);
    }
    while (!time && after < limit && !speech->quoted[after]) {
        WordClass class = class_at(speech, after);
        if ((time = date_at(speech, after)) != NULL) {
            break;
        }
        if (class == WORD_ADVERB) {
            after++;
        } else if (class == WORD_PREPOSITION && after + 1 < sentence->last) {
            time = date_at(speech, after + 1);
            after = phrase_after(speech, after + 1, sentence->last, true).last;
            after += time != NULL;
        } else {
            break;
        }
    }
    at += class_at(speech, at) == WORD_PREPOSITION && at + 1 < sentence->last;
    time = time ? time : date_at(speech, at);
    return time ? time->value : (Str){0};
}

/* "said in Tarn": a place after the cue, over times and the hearer. */
static Str place_after(const Speech *speech, uint32_t at, uint32_t limit) {
    for (uint32_t steps = 0; steps < 4 && at < limit; steps++) {
        const Mention *mention;
        at = words_skip_times(&speech->words, at, limit);
        if (at + 1 >= limit || class_at(speech, at) != WORD_PREPOSITION) {
            break;
        }
        mention = mention_of(speech, at + 1);
        if (mention &&
            (mention->type == ENTITY_GPE || mention->type == ENTITY_LOC)) {
            return speech->analysis->entities[mention->entity].name;
        }
        at = phrase_after(speech, at + 1, limit, false).last;
    }
    return (Str){0};
}

void quote_circumstances(Speech *speech, const Cue *cue, Quote *quote) {
    uint32_t limit = sentence_of(speech, cue->range.first)->last;
    Range hearer = hearer_of(speech, cue);
    uint32_t after = range_empty(hearer) ? cue->after : hearer.last;

    quote->time = time_near(speech, cue, after);
    quote->place = place_after(speech, after, limit);
    via_of_sentence(speech, cue, quote);
    via_after(speech, cue, quote);
    quote->addressee = party_of(speech, hearer);
    if (party_is_outlet(speech, hearer)) {
        quote_push_via(speech, quote, hearer);
    }
}

/* --- indirect speech --- */

/* "that", "whether": what opens a reported clause and nothing else. */
static bool opens_clause(const Speech *speech, uint32_t token) {
    return class_at(speech, token) == WORD_SUBORDINATOR &&
           word_feature(&speech->words, token) == 'c';
}

/* A verb of grammar soon after `at`, before any mark: a clause, no noun. */
static bool is_clause(const Speech *speech, uint32_t at, uint32_t limit) {
    for (uint32_t i = at; i < limit && i < at + CLAUSE_REACH; i++) {
        WordClass class = class_at(speech, i);
        if (class == WORD_AUXILIARY || class == WORD_BE) {
            return true;
        }
        if (class == WORD_MARK && !word_is_mark(&speech->words, i, '-')) {
            break;
        }
    }
    return false;
}

/* Not an adjunct only ("In one letter, X said"): it has a verb of grammar, or
 * does not open with a preposition. */
static bool is_clause_within(const Speech *speech, uint32_t first,
                             uint32_t end) {
    WordClass class = class_at(speech, first);

    if (class != WORD_PREPOSITION && class != WORD_SUBORDINATOR &&
        class != WORD_FOR) {
        return true;
    }
    while (first < end && !word_is_mark(&speech->words, first, ',')) {
        first++;
    }
    return first < end;
}

/* May a clause without "that" begin at `at`? */
static bool begins_bare(const Speech *speech, const Cue *cue, uint32_t at,
                        uint32_t limit) {
    WordClass class = class_at(speech, at);
    LexRow row;
    bool number = speech->text->tokens[at].flags & TOKEN_NUMBER ||
                  token_phrase(speech->text, at, limit, LEX_QUALIFIER, &row);

    if (class == WORD_PREPOSITION || class == WORD_OF || class == WORD_FOR ||
        class == WORD_CONJUNCTION || class == WORD_MARK ||
        class == WORD_SUBORDINATOR) {
        return number && cue->frame == CUE_SAY;
    }
    if (cue->frame == CUE_THINK) {
        return is_clause(speech, at, limit) && cue->form != CUE_PARTICIPLE;
    }
    if (cue->frame != CUE_SAY) {
        return false;
    }
    return cue_is_general(speech, cue) || is_clause(speech, at, limit) ||
           (number && phrase_mention(speech, cue->subject) >= 0);
}

/* Over hearer, times and places to the clause: the token where it begins, or
 * NO_TOKEN when none does. "that" within the adjuncts settles it. */
static uint32_t clause_begin(const Speech *speech, const Cue *cue,
                             uint32_t limit) {
    uint32_t at = cue->after;
    uint32_t reach = at + ADJUNCT_MAX < limit ? at + ADJUNCT_MAX : limit;

    if (cue->frame == CUE_TELL) {
        at = phrase_after(speech, at, limit, false).last;
    }
    if (at < limit && cue_is_general(speech, cue) &&
        begins_bare(speech, cue, at, limit) &&
        class_at(speech, at) == WORD_PREPOSITION) {
        return at;
    }
    for (uint32_t i = at; i < reach && !speech->quoted[i]; i++) {
        if (opens_clause(speech, i)) {
            return i;
        }
        if (class_at(speech, i) == WORD_MARK ||
            class_at(speech, i) == WORD_PRONOUN ||
            class_at(speech, i) == WORD_BE) {
            break;
        }
    }
    at = words_skip_times(&speech->words, at, limit);
    if (at + 1 < limit && class_at(speech, at) == WORD_PREPOSITION &&
        mention_of(speech, at + 1)) {
        at = words_skip_times(&speech->words, mention_of(speech, at + 1)->last,
                              limit);
    }
    return at < limit && begins_bare(speech, cue, at, limit) ? at : NO_TOKEN;
}

/* The clause ends before the next cue that goes on with "and", before a
 * closing attribution, and at the end of the sentence. */
static uint32_t clause_end(const Speech *speech, uint32_t cue, uint32_t limit) {
    const Cue *this = &speech->cues[cue];
    uint32_t end = limit;

    for (uint32_t i = cue + 1; i < speech->cue_count && i < cue + CUES_MAX;
         i++) {
        const Cue *next = &speech->cues[i];
        uint32_t first = next->frame == CUE_ACCORDING || next->inverted ||
                                 next->subject.first <= this->after
                             ? next->range.first
                             : next->subject.first;
        if (next->range.first >= limit) {
            break;
        }
        if (first > this->after + 1 &&
            (word_is_mark(&speech->words, first - 1, ',') ||
             class_at(speech, first - 1) == WORD_CONJUNCTION)) {
            end = first - 1;
            break;
        }
    }
    while (end > this->after && class_at(speech, end - 1) == WORD_MARK &&
           !(speech->text->tokens[end - 1].flags & TOKEN_CLOSE_QUOTE) &&
           !word_is_mark(&speech->words, end - 1, ')')) {
        end--;
    }
    return end;
}

/* "The road is shut, according to X": what stands before the cue. */
static Span span_before(const Speech *speech, const Cue *cue, uint32_t first) {
    uint32_t end = cue->frame == CUE_ACCORDING || cue->inverted
                       ? cue->range.first
                       : cue->subject.first;

    while (end > first && class_at(speech, end - 1) == WORD_MARK) {
        end--;
    }
    return end >= first + INDIRECT_MIN ? tokens_span(speech->text, first, end)
                                       : (Span){0};
}

static bool takes_clause(const Cue *cue) {
    return cue->frame == CUE_SAY || cue->frame == CUE_TELL ||
           cue->frame == CUE_THINK;
}

/* What stands after the verb is no object: nothing, a time, a place, a hearer;
 * not "X announced | his resignation". */
static bool is_adjunct(const Speech *speech, const Cue *cue, uint32_t limit) {
    uint32_t at = words_skip_times(&speech->words, cue->after, limit);
    WordClass class = at < limit ? class_at(speech, at) : WORD_MARK;

    return cue->frame == CUE_TELL || cue->frame == CUE_ACCORDING ||
           class == WORD_MARK || class == WORD_PREPOSITION ||
           class == WORD_FOR || class == WORD_SUBORDINATOR;
}

/* "The road is shut, X said on Monday.": the cue and what goes with it end
 * the sentence, and the words before it are a clause. */
static bool closes_sentence(const Speech *speech, const Cue *cue,
                            const Sentence *sentence) {
    uint32_t first = cue->inverted ? cue->range.first : cue->subject.first;
    uint32_t limit = sentence->last;

    if (first <= sentence->first || cue->form == CUE_PARTICIPLE ||
        cue->frame == CUE_THINK ||
        !word_is_mark(&speech->words, first - 1, ',') ||
        speech->quoted[first - 1] || limit - cue->after > CLOSING_MAX ||
        !is_clause_within(speech, sentence->first, first - 1)) {
        return false;
    }
    if (!is_adjunct(speech, cue, limit)) {
        return false;
    }
    for (uint32_t i = cue->after; i + 1 < limit; i++) {
        if (class_at(speech, i) == WORD_MARK || speech->quoted[i] ||
            opens_clause(speech, i)) {
            return false;
        }
    }
    return true;
}

Span indirect_span(const Speech *speech, uint32_t index, const char **rule) {
    const Cue *cue = &speech->cues[index];
    const Sentence *sentence = sentence_of(speech, cue->range.first);
    uint32_t begin, end;

    if (range_empty(cue->subject) || cue->negated) {
        return (Span){0};
    }
    if (cue->frame == CUE_ACCORDING) {
        if (cue->after < sentence->last &&
            word_is_mark(&speech->words, cue->after, ',') &&
            cue->range.first <= sentence->first + 1) {
            *rule = "according-first";
            end = clause_end(speech, index, sentence->last);
            return end > cue->after + INDIRECT_MIN
                       ? tokens_span(speech->text, cue->after + 1, end)
                       : (Span){0};
        }
        if (cue->after < sentence->last &&
            class_at(speech, cue->after) == WORD_AUXILIARY) {
            *rule = "according-inside";
            end = clause_end(speech, index, sentence->last);
            return end > cue->after + INDIRECT_MIN
                       ? tokens_span(speech->text, cue->after, end)
                       : (Span){0};
        }
        *rule = "according-last";
        return span_before(speech, cue, sentence->first);
    }
    if (!takes_clause(cue)) {
        return (Span){0};
    }
    if (closes_sentence(speech, cue, sentence)) {
        *rule = "clause-before";
        return span_before(speech, cue, sentence->first);
    }
    if (cue->inverted || cue->after + 1 >= sentence->last ||
        class_at(speech, cue->after) == WORD_MARK) {
        return (Span){0};
    }
    begin = clause_begin(speech, cue, sentence->last);
    end = clause_end(speech, index, sentence->last);
    if (begin == NO_TOKEN || end < begin + INDIRECT_MIN) {
        return (Span){0};
    }
    *rule = "clause-after";
    return tokens_span(speech->text, begin, end);
}
