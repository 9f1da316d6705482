/* SPDX-License-Identifier: Apache-2.0 */
/* find/figure_claimant.c - see figure_parts.h: on whose word.
 *
 * A count is the word of whoever speaks in the innermost quote around it,
 * indirect speech included. Where the finder of quotes saw none:
 *
 *     At least 30 people died in the blast, a monitor said.   closes the
 *                                           '---------'       sentence
 *     The mayor put the toll at 30.                           subject of a
 *     '-------'                                               verb of counting
 *     30 were hurt, including 11 children                     the one before
 *
 * "it" and "a monitor" are then looked up: the one who spoke before, the body
 * that the next sentences name. */
#include "find/figure_parts.h"

enum {
    QUOTES_BACK = 32, /* quotes that may hold one count */
    CLAUSES_UP = 12,  /* words from a count to the clause that holds it */
    CARRY = 2,        /* sentences over which "it said" is carried on */
    AHEAD = 6,        /* sentences in which "a monitor" gets its name */
    CLOSING_REACH = 60,
    COUNTING_REACH = 14,
    RELATIVE_REACH = 4
};

/* ---------------------------------------------------------------- quotes */

/* Quotes that begin at or before `byte`; they are in order of begin. */
static uint32_t quotes_before(const Analysis *analysis, uint32_t byte) {
    uint32_t low = 0, high = analysis->quote_count;

    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (analysis->quotes[middle].span.begin <= byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_named(const Party *party) {
    return party->entity >= 0 || party->name.len > 0;
}

/* "called for an end to the war that has killed 30": what is asked for or
 * named in reported speech; the count in it is the report's own. */
static bool is_asked(const Figures *figures, const Quote *quote) {
    LexRow row;

    if (quote->kind != QUOTE_INDIRECT || span_empty(quote->cue)) {
        return false;
    }
    row = token_row(figures->text, token_at(figures->text, quote->cue.begin),
                    LEX_CUE);
    return row.lexicon && (lex_is(row, LEX_CUE_FRAME, "call") ||
                           lex_is(row, LEX_CUE_FRAME, "object"));
}

/* "said they would end the war that has killed 30": a relative clause inside
 * reported speech tells what everybody knows, in the report's own words. */
static bool is_aside(const Figures *figures, const Quote *quote, Span number) {
    const Tags *tags = &figures->analysis->tags;
    uint32_t at = token_at(figures->text, number.begin);

    for (uint32_t step = 0;
         quote->kind == QUOTE_INDIRECT && at < tags->count && step < CLAUSES_UP;
         step++) {
        const Word *word = &tags->words[at];
        if (word->head == TAG_ROOT ||
            figures->text->tokens[word->head].begin < quote->span.begin) {
            break;
        }
        if (word->rel == REL_ACL_RELCL) {
            return true;
        }
        at = word->head;
    }
    return false;
}

/* The innermost quote, indirect ones included, that the number stands in and
 * whose speaker stands in the text; NULL if none. */
static const Quote *innermost(const Figures *figures, Span number) {
    const Analysis *analysis = figures->analysis;
    const Quote *best = NULL;

    for (uint32_t i = quotes_before(analysis, number.begin), back = 0;
         i > 0 && back < QUOTES_BACK; i--, back++) {
        const Quote *quote = &analysis->quotes[i - 1];
        bool told =
            is_named(&quote->speaker) || !span_empty(quote->speaker.span);
        if (told && span_holds(quote->span, number) &&
            !is_asked(figures, quote) && !is_aside(figures, quote, number) &&
            (!best || quote->span.end - quote->span.begin <
                          best->span.end - best->span.begin)) {
            best = quote;
        }
    }
    return best;
}

static uint32_t sentence_of(const Figures *figures, uint32_t byte) {
    uint32_t token = token_at(figures->text, byte);

    return token < figures->text->token_count
               ? figures->text->tokens[token].sentence
               : 0;
}

/* "It said 30 others ...": who spoke before, in this sentence or just before
 * it. */
static Party spoke_before(const Figures *figures, uint32_t byte) {
    const Analysis *analysis = figures->analysis;

    for (uint32_t i = quotes_before(analysis, byte), back = 0;
         i > 0 && back < QUOTES_BACK; i--, back++) {
        const Quote *quote = &analysis->quotes[i - 1];
        if (sentence_of(figures, quote->span.begin) + CARRY <
            figures->sentence) {
            break;
        }
        if (is_named(&quote->speaker) && quote->speaker.span.begin < byte) {
            return quote->speaker;
        }
    }
    return (Party){.entity = -1};
}

/* ------------------------------------------------------- without a quote */

/* What party.c needs to read a phrase; made when the first count asks. */
static Speech *speech_of(Figures *figures) {
    Speech *speech = figures->speech;

    if (!speech) {
        speech = arena_zero(figures->arena, sizeof *speech);
        speech->arena = figures->arena;
        speech->analysis = figures->analysis;
        speech->text = figures->text;
        speech->words = figures->words;
        speech->quoted =
            arena_zero(figures->arena, figures->text->token_count + 1);
        speech->speaker = speech->body = -1;
        figures->speech = speech;
    }
    return speech;
}

static WordClass class_at(const Figures *figures, uint32_t token) {
    return token < figures->range.last ? (WordClass)figures->words.class[token]
                                       : WORD_MARK;
}

/* A verb of speech that takes a clause: "said", "told". */
static bool is_saying(const Figures *figures, uint32_t token) {
    LexRow row;

    if (!token_has(figures->text, token, LEX_CUE) ||
        figures->words.mention[token] >= 0) {
        return false;
    }
    row = token_row(figures->text, token, LEX_CUE);
    return (lex_is(row, LEX_CUE_FRAME, "say") ||
            lex_is(row, LEX_CUE_FRAME, "tell")) &&
           lex_is(row, LEX_CUE_FORM, "past");
}

/* No clause follows the verb, so that what was said stands before it: "said
 * on Monday", "told Radio Ostrel". */
static bool closes_clause(const Figures *figures, uint32_t verb) {
    uint32_t next = verb + 1;
    LexRow row = token_row(figures->text, verb, LEX_CUE);

    return next >= figures->range.last || figures->words.time[next] >= 0 ||
           class_at(figures, next) == WORD_MARK ||
           class_at(figures, next) == WORD_PREPOSITION ||
           lex_is(row, LEX_CUE_FRAME, "tell");
}

/* Where commas are missing, a phrase may run back into the clause; and "the
 * town" is no speaker in "those who hold the town said". */
static bool is_no_speaker(const Figures *figures, Range range) {
    if (word_feature(&figures->words, range.first) == 'd') {
        for (uint32_t i = range.first;
             i > figures->range.first && i + RELATIVE_REACH > range.first &&
             class_at(figures, i - 1) != WORD_MARK;
             i--) {
            if (class_at(figures, i - 1) == WORD_RELATIVE) {
                return true;
            }
        }
    }
    for (uint32_t i = range.first; i < range.last; i++) {
        if (figure_trigger_at(figures, i)) {
            return true;
        }
    }
    return false;
}

/* "..., a monitor said on Monday": the subject of the first verb of speech
 * after the count that tells what stands before it. */
static Range closing_subject(Figures *figures, const Count *count) {
    uint32_t floor = count->range.last;
    uint32_t limit = floor + CLOSING_REACH;

    limit = limit < figures->range.last ? limit : figures->range.last;
    for (uint32_t verb = floor; verb < limit; verb++) {
        Range subject;
        if (!is_saying(figures, verb)) {
            continue;
        }
        if (!closes_clause(figures, verb)) {
            break;
        }
        subject = cue_subject(speech_of(figures), verb, floor);
        if (!range_empty(subject) && !is_no_speaker(figures, subject) &&
            class_at(figures, subject.first) != WORD_PRONOUN &&
            class_at(figures, subject.first - 1) != WORD_CONJUNCTION) {
            return subject;
        }
        break;
    }
    return (Range){0};
}

/* The tokens of a word of class `class` that begins here, or 0. */
static uint32_t claim_word(const Figures *figures, uint32_t token,
                           const char *class) {
    LexRow row;
    uint32_t words = token_phrase(figures->text, token, figures->range.last,
                                  LEX_FIGURE_CLAIM, &row);

    return words && lex_is(row, LEX_FIGURE_CLAIM_CLASS, class) ? words : 0;
}

/* The 's before a noun, with adjectives between: "the mayor's latest count".
 * NO_TOKEN if none. */
static uint32_t genitive_before(const Figures *figures, uint32_t noun) {
    for (uint32_t i = noun; i > figures->range.first && i + 3 > noun; i--) {
        WordClass class = class_at(figures, i - 1);
        if (class == WORD_GENITIVE) {
            return i - 1;
        }
        if (class != WORD_OTHER && class != WORD_COMMON) {
            break;
        }
    }
    return NO_TOKEN;
}

/* "by the mayor's count", "a count by the mayor": whose count it is. */
static Range counter(Figures *figures, const Count *count) {
    Speech *speech = speech_of(figures);
    uint32_t first = figures->range.first, last = figures->range.last;

    if (count->range.first > first + COUNTING_REACH) {
        first = count->range.first - COUNTING_REACH;
    }
    if (last > count->range.last + COUNTING_REACH) {
        last = count->range.last + COUNTING_REACH;
    }
    for (uint32_t i = first; i < last; i++) {
        uint32_t words = claim_word(figures, i, "by"), owner;
        if (words) {
            return phrase_after(speech, i + words, figures->range.last, false);
        }
        owner = claim_word(figures, i, "noun") ? genitive_before(figures, i)
                                               : NO_TOKEN;
        if (owner != NO_TOKEN) {
            return phrase_before(speech, owner, figures->range.first);
        }
    }
    return (Range){0};
}

/* "The mayor put the toll at 30", "medics have counted 30 dead": the subject
 * of a verb of counting before the number. */
static Range counting_subject(Figures *figures, const Count *count) {
    uint32_t floor = figures->range.first;
    uint32_t reach = count->range.first > floor + COUNTING_REACH
                         ? count->range.first - COUNTING_REACH
                         : floor;

    for (uint32_t i = count->range.first; i > reach; i--) {
        uint32_t verb = i - 1, at = verb;
        if (claim_word(figures, verb, "verb")) {
            while (at > floor && (class_at(figures, at - 1) == WORD_AUXILIARY ||
                                  class_at(figures, at - 1) == WORD_ADVERB)) {
                at--;
            }
            return at > floor && class_at(figures, at - 1) != WORD_BE
                       ? cue_subject(speech_of(figures), at, floor)
                       : (Range){0};
        }
        if (class_at(figures, verb) == WORD_RELATIVE ||
            class_at(figures, verb) == WORD_SUBORDINATOR) {
            break;
        }
    }
    return (Range){0};
}

/* "put the toll at 30, the union at 40": what stands before the "at". */
static Range next_toll_subject(Figures *figures, const Count *count) {
    return phrase_before(speech_of(figures), count->range.first - 1,
                         figures->range.first);
}

/* ------------------------------------------------------------ who it is */

/* CAMEO roles of a state. */
static bool is_state(Str code) {
    static const char *const roles[] = {"GOV", "MIL", "COP",
                                        "JUD", "LEG", "SPY"};

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (str_is(code, roles[i])) {
            return true;
        }
    }
    return false;
}

/* The last word of a phrase where that is a body of a state: "the interior
 * ministry". Empty: none, or a name stands in it. */
static Str state_body(const Figures *figures, const Party *party) {
    const Text *text = figures->text;
    uint32_t first, last;
    LexRow row;

    if (span_empty(party->span)) {
        return str_of("");
    }
    first = token_at(text, party->span.begin);
    last = token_at(text, party->span.end);
    for (uint32_t i = first; i < last; i++) {
        if (figures->words.mention[i] >= 0) {
            return str_of("");
        }
        if (token_phrase(text, i, last, LEX_ACTOR, &row) == last - i) {
            return is_state(lex_cell(row, LEX_ACTOR_CODE)) &&
                           lex_is(row, LEX_ACTOR_CLASS, "body") &&
                           lex_is(row, LEX_ACTOR_NUMBER, "s")
                       ? token_str(text, last - 1)
                       : str_of("");
        }
    }
    return str_of("");
}

/* "a monitor", "the rights group": a body that has a name elsewhere. */
static bool is_nameless_body(const Figures *figures, const Party *party) {
    const Text *text = figures->text;
    uint32_t first, last;

    if (party->entity >= 0 || span_empty(party->span) ||
        state_body(figures, party).len) {
        return false;
    }
    first = token_at(text, party->span.begin);
    last = token_at(text, party->span.end);
    for (uint32_t i = first; i < last; i++) {
        LexRow row;
        if (figures->words.mention[i] >= 0) {
            return false;
        }
        if (token_phrase(text, i, last, LEX_NOMINAL, &row) == last - i) {
            return lex_is(row, LEX_NOMINAL_KIND, "group");
        }
    }
    return false;
}

static bool ends_in(Str name, Str word) {
    return name.len >= word.len &&
           str_equal_fold(str_slice(name, name.len - word.len, name.len), word);
}

/* The party as its phrase has it, without the article: "interior ministry". */
static Party as_said(const Figures *figures, Party party) {
    uint32_t first = token_at(figures->text, party.span.begin);
    Span phrase = party.span;

    if (class_at(figures, first) == WORD_ARTICLE &&
        figures->text->tokens[first].end < phrase.end) {
        phrase.begin = figures->text->tokens[first + 1].begin;
    }
    party.entity = -1;
    party.name = str_at(figures->text->bytes, phrase);
    return party;
}

/* "the ministry" is no institute and no agency: a body of a state that was
 * taken for another body is the one of its kind that spoke last, or else what
 * the phrase says. */
static Party own_kind(const Figures *figures, Party party) {
    const Analysis *analysis = figures->analysis;
    Str word = state_body(figures, &party);
    Str phrase = str_at(figures->text->bytes, party.span);

    if (!word.len || (ends_in(party.name, word) && party.name.len > word.len)) {
        return party;
    }
    for (uint32_t i = quotes_before(analysis, party.span.begin), back = 0;
         i > 0 && back < QUOTES_BACK; i--, back++) {
        const Party *speaker = &analysis->quotes[i - 1].speaker;
        Str said = str_at(figures->text->bytes, speaker->span);
        if (speaker->span.begin < party.span.begin && said.len > phrase.len &&
            ends_in(said, word)) {
            return ends_in(speaker->name, word) ? *speaker
                                                : as_said(figures, *speaker);
        }
    }
    return as_said(figures, party);
}

static bool is_body(const Analysis *analysis, const Party *party) {
    const Entity *entity =
        party->entity >= 0 ? &analysis->entities[party->entity] : NULL;

    return entity && entity->type == ENTITY_ORG &&
           !str_ends(entity->code, (Str){"MED", 3}) &&
           !str_ends(entity->code, (Str){"GOV", 3});
}

/* The same where no quote was seen: a body's name right before a verb of
 * speech. */
static Party said_later(const Figures *figures, Party party) {
    const Text *text = figures->text;
    uint32_t last = figures->sentence + AHEAD < text->sentence_count
                        ? text->sentences[figures->sentence + AHEAD].first
                        : text->token_count;

    for (uint32_t i = figures->range.last; i + 1 < last; i++) {
        int32_t at = figures->words.mention[i];
        const Mention *mention =
            at < 0 ? NULL : &figures->analysis->mentions[at];
        Party other = {.entity = mention ? mention->entity : -1};

        if (mention && mention->last == i + 1 && is_saying(figures, i + 1) &&
            is_body(figures->analysis, &other)) {
            other.span = mention->span;
            other.name = figures->analysis->entities[other.entity].name;
            return other;
        }
    }
    return party;
}

/* The first body that speaks in the next sentences: what the lead calls "a
 * monitor" is named there. */
static Party named_later(const Figures *figures, Party party) {
    const Analysis *analysis = figures->analysis;

    for (uint32_t i = quotes_before(analysis, party.span.end);
         i < analysis->quote_count; i++) {
        const Quote *quote = &analysis->quotes[i];
        if (sentence_of(figures, quote->span.begin) >
            figures->sentence + AHEAD) {
            break;
        }
        if (is_body(analysis, &quote->speaker)) {
            return quote->speaker;
        }
    }
    return said_later(figures, party);
}

static Party read_party(Figures *figures, Range subject) {
    Speech *speech = speech_of(figures);
    Party party = {.entity = -1};

    if (range_empty(subject)) {
        return party;
    }
    party = spoke_before(figures, figures->text->tokens[subject.first].begin);
    speech->speaker = party.entity;
    speech->speaker_sentence = figures->sentence;
    party = party_of(speech, subject);
    if (!is_named(&party)) {
        party =
            spoke_before(figures, figures->text->tokens[subject.first].begin);
    }
    return party;
}

static bool goes_with_before(const Figures *figures, const Count *count) {
    static const char *const rules[] = {"figure/part", "figure/list",
                                        "figure/of-them"};

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (str_is(str_of(count->rule), rules[i])) {
            return figures->claimed_sentence + 1 >= figures->sentence;
        }
    }
    return false;
}

/* "Dozens were also wounded.": a sentence of its own right after the one with
 * a source, in the same paragraph and with no verb of speech. */
static bool goes_on_unsourced(const Figures *figures) {
    const Sentence *sentences = figures->text->sentences;
    uint32_t before = figures->claimed_sentence;

    if (before + 1 != figures->sentence ||
        sentences[before].block != sentences[figures->sentence].block) {
        return false;
    }
    for (uint32_t i = figures->range.first; i < figures->range.last; i++) {
        if (token_has(figures->text, i, LEX_CUE)) {
            return false;
        }
    }
    return true;
}

void figure_claimant(Figures *figures, const Count *count, Figure *figure) {
    Span number = range_span(figures->text, count->number);
    const Quote *quote = innermost(figures, number);
    Party found = {.entity = -1};

    if (quote) {
        found = is_named(&quote->speaker)
                    ? quote->speaker
                    : spoke_before(figures, quote->speaker.span.begin);
    }
    if (figure_is_next_toll(count)) {
        found = read_party(figures, next_toll_subject(figures, count));
    }
    if (!is_named(&found)) {
        found = read_party(figures, closing_subject(figures, count));
    }
    if (!is_named(&found)) {
        found = read_party(figures, counting_subject(figures, count));
    }
    if (!is_named(&found)) {
        found = read_party(figures, counter(figures, count));
    }
    if (!is_named(&found) && goes_with_before(figures, count)) {
        found = figures->claimed;
    }
    found = own_kind(figures, found);
    if (!is_named(&found) && goes_on_unsourced(figures)) {
        found = figures->claimed;
    }
    if (is_nameless_body(figures, &found)) {
        if (!is_named(&figures->nameless)) {
            figures->nameless = named_later(figures, found);
        }
        found = figures->nameless;
    }
    figure->claimant = found;
    figures->claimed = found;
    figures->claimed_sentence = figures->sentence;
}
