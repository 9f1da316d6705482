/* SPDX-License-Identifier: Apache-2.0 */
/* find/cue.c - see speech.h: words of speech and their speakers.
 *
 * A row of the table cue counts as a verb only where a verb can stand: not
 * after an article ("the report"), and words that are nouns as often ("calls",
 * "report") only after a pronoun, a name or before "that". Its subject is
 *
 *     X said                      the phrase before it
 *     X, who came late, said      the first phrase, over the commas
 *     "...," said X               the phrase after it, next to a quotation
 *     said A and added B          the subject of the cue before
 *     ..., adding that            the same
 *     according to X              the phrase after it                     */
#include "find/attribution.h"

/* How far the rules look back: sentences of people are shorter, and the cost
 * stays linear in those that are not. */
enum {
    BACK_MAX = 8,
    BRACKET_MAX = 10,
    CLAUSE_MAX = 100,
    CUES_MAX = 24,
    RELATIVE_MAX = 16,
    TOLL_MAX = 5
};

CueFrame cue_frame(LexRow row) {
    static const char *const names[CUE_FRAME_COUNT] = {
        "say",   "tell",  "call",      "object",
        "think", "quote", "according", "report",
    };

    for (uint32_t i = 0; i < CUE_FRAME_COUNT; i++) {
        if (lex_is(row, LEX_CUE_FRAME, names[i])) {
            return (CueFrame)i;
        }
    }
    return CUE_OBJECT;
}

CueForm cue_form(LexRow row) {
    static const char *const names[CUE_FORM_COUNT] = {
        "past",
        "present",
        "participle",
        "phrase",
    };

    for (uint32_t i = 0; i < CUE_FORM_COUNT; i++) {
        if (lex_is(row, LEX_CUE_FORM, names[i])) {
            return (CueForm)i;
        }
    }
    return CUE_PRESENT;
}

static WordClass class_at(const Speech *speech, uint32_t token) {
    return (WordClass)speech->words.class[token];
}

/* Back over "has also", "had on Monday not" before a verb. Returns the first
 * of these tokens; notes a passive and a negation. */
static uint32_t back_over_auxiliaries(const Speech *speech, uint32_t verb,
                                      uint32_t floor, Cue *cue) {
    uint32_t at = verb;

    for (uint32_t steps = 0; steps < BACK_MAX; steps++) {
        uint32_t before = words_skip_times_back(&speech->words, at, floor);
        WordClass class =
            before > floor ? class_at(speech, before - 1) : WORD_OTHER;
        at = before;
        if (class == WORD_BE) {
            cue->passive = cue->passive || steps == 0;
        } else if (class == WORD_NEGATION) {
            cue->negated = true;
        } else if (class != WORD_AUXILIARY) {
            break;
        }
        at--;
    }
    return at;
}

static bool is_close_quote(const Speech *speech, uint32_t token) {
    return speech->text->tokens[token].flags & TOKEN_CLOSE_QUOTE;
}

static bool is_open_quote(const Speech *speech, uint32_t token) {
    return speech->text->tokens[token].flags & TOKEN_OPEN_QUOTE;
}

/* A word before `at` that makes a noun or adjective of what follows. */
static bool makes_noun(const Speech *speech, uint32_t at, uint32_t floor) {
    WordClass class;

    while (at > floor && class_at(speech, at - 1) == WORD_ADVERB) {
        at--;
    }
    if (at <= floor) {
        return false;
    }
    class = class_at(speech, at - 1);
    return class == WORD_ARTICLE || class == WORD_POSSESSIVE ||
           class == WORD_OF || class == WORD_GENITIVE ||
           (class == WORD_PREPOSITION && speech->words.mention[at - 1] < 0) ||
           class == WORD_FOR;
}

/* The verb that is hardly ever a noun: the first of the table. */
bool cue_is_general(const Speech *speech, const Cue *cue) {
    LexRow first = {speech->text->lexicon, LEX_CUE, 0};

    return str_equal(lex_cell(cue->row, LEX_CUE_LEMMA),
                     lex_cell(first, LEX_CUE_LEMMA));
}

/* "report", "calls": a verb after a pronoun, name, auxiliary or "who", or
 * with "that" or a quotation after it. */
static bool is_present_verb(const Speech *speech, const Cue *cue,
                            uint32_t floor, uint32_t limit) {
    uint32_t at =
        words_skip_times_back(&speech->words, cue->range.first, floor);
    uint32_t next = cue->range.last;
    WordClass class;

    if (next < limit && ((class_at(speech, next) == WORD_SUBORDINATOR) ||
                         is_open_quote(speech, next))) {
        return true;
    }
    if (at <= floor) {
        return cue->frame == CUE_SAY && is_close_quote(speech, at);
    }
    class = class_at(speech, at - 1);
    if (word_is_mark(&speech->words, at - 1, ',')) {
        return cue_is_general(speech, cue); /* "X, who came late, says" */
    }
    if (class == WORD_OTHER || class == WORD_COMMON ||
        speech->words.mention[at - 1] >= 0) {
        return cue_is_general(speech, cue) || next >= limit ||
               class_at(speech, next) == WORD_MARK;
    }
    return class == WORD_PRONOUN || class == WORD_RELATIVE ||
           class == WORD_AUXILIARY || is_close_quote(speech, at - 1);
}

static bool is_infinitive(const Speech *speech, uint32_t token,
                          uint32_t floor) {
    return token > floor && class_at(speech, token - 1) == WORD_PREPOSITION;
}

static bool is_verb(const Speech *speech, const Cue *cue, uint32_t floor,
                    uint32_t limit) {
    uint32_t at = cue->range.first;

    switch (cue->form) {
    case CUE_PHRASE:
        return true;
    case CUE_PARTICIPLE:
        return at <= floor || (class_at(speech, at - 1) != WORD_ARTICLE &&
                               class_at(speech, at - 1) != WORD_GENITIVE &&
                               class_at(speech, at - 1) != WORD_POSSESSIVE);
    case CUE_PRESENT:
        return !makes_noun(speech, at, floor) &&
               !is_infinitive(speech, at, floor) &&
               is_present_verb(speech, cue, floor, limit);
    default:
        return !makes_noun(speech, at, floor);
    }
}

/* "so it was deleted, said X": a participle alone is nobody. */
static bool is_lone_participle(const Speech *speech, Range phrase) {
    return phrase.last == phrase.first + 1 &&
           speech->words.mention[phrase.first] < 0 &&
           words_is_participle(&speech->words, phrase.first);
}

/* A phrase that can be a subject: with a name or noun, and nothing before
 * that makes it an adjunct. */
static bool is_subject(const Speech *speech, Range phrase) {
    if (range_empty(phrase) || is_lone_participle(speech, phrase)) {
        return false;
    }
    for (uint32_t i = phrase.first; i < phrase.last; i++) {
        if (speech->words.mention[i] >= 0 ||
            class_at(speech, i) == WORD_OTHER ||
            class_at(speech, i) == WORD_COMMON) {
            return true;
        }
    }
    return false;
}

static uint32_t next_comma(const Speech *speech, uint32_t at, uint32_t limit) {
    while (at < limit && !word_is_mark(&speech->words, at, ',')) {
        at++;
    }
    return at;
}

/* The phrase that fills [first,end) wholly, adverbs and conjunctions at its
 * start skipped; empty when something else stands there. */
static Range whole_phrase(const Speech *speech, uint32_t first, uint32_t end) {
    Range phrase;

    while (first < end && (class_at(speech, first) == WORD_CONJUNCTION ||
                           class_at(speech, first) == WORD_ADVERB ||
                           class_at(speech, first) == WORD_SUBORDINATOR)) {
        first++;
    }
    if (end == first + 1 && class_at(speech, first) == WORD_PRONOUN) {
        return (Range){first, end};
    }
    phrase = phrase_before(speech, end, first);
    if (phrase.first != first) {
        phrase = phrase_after(speech, first, end, true);
        if (phrase.last >= end ||
            class_at(speech, phrase.last) != WORD_RELATIVE) {
            return (Range){0}; /* not "a driver | who left at noon" */
        }
    }
    return is_subject(speech, phrase) ? phrase : (Range){0};
}

/* [first,end) is a person's name, with its title or without. */
static bool is_person_name(const Speech *speech, uint32_t first, uint32_t end) {
    int32_t at = end > first ? speech->words.mention[end - 1] : -1;
    const Mention *mention = at < 0 ? NULL : &speech->analysis->mentions[at];

    return mention && mention->type == ENTITY_PER && mention->last == end &&
           (mention->first == first ||
            (mention->first > first &&
             mention->phrase.begin <= speech->text->tokens[first].begin));
}

/* "X, who came late, | said": the first phrase that fills the space between
 * two commas. "The mayor of Ostrel, Ana Verin, said": both. */
static Range subject_over_commas(const Speech *speech, uint32_t comma,
                                 uint32_t floor) {
    uint32_t first = comma > floor + CLAUSE_MAX ? comma - CLAUSE_MAX : floor;

    while (first < comma) {
        uint32_t end = next_comma(speech, first, comma);
        Range phrase = whole_phrase(speech, first, end);
        if (!range_empty(phrase)) {
            uint32_t second =
                end < comma ? next_comma(speech, end + 1, comma) : comma;
            if (end < comma && second == comma &&
                is_person_name(speech, end + 1, comma)) {
                phrase.last = comma;
            }
            return phrase;
        }
        first = end + 1;
    }
    return (Range){0};
}

/* "Ana Verin (O-Tarn) said": the phrase before the brackets, and them. */
static Range subject_over_brackets(const Speech *speech, uint32_t end,
                                   uint32_t floor) {
    uint32_t at = end - 1;
    Range phrase;

    while (at > floor && end - at < BRACKET_MAX &&
           !word_is_mark(&speech->words, at, '(')) {
        at--;
    }
    if (at == floor || !word_is_mark(&speech->words, at, '(')) {
        return (Range){0};
    }
    phrase = phrase_before(speech, at, floor);
    if (is_subject(speech, phrase)) {
        phrase.last = end;
        return phrase;
    }
    return (Range){0};
}

/* "one of them said": the pronoun with what it is part of. */
static Range with_part(const Speech *speech, Range pronoun, uint32_t floor) {
    if (pronoun.first >= floor + 2 &&
        class_at(speech, pronoun.first - 1) == WORD_OF &&
        class_at(speech, pronoun.first - 2) == WORD_ARTICLE) {
        pronoun.first -= 2;
    }
    return pronoun;
}

/* "who | lives in Tarn", but not "which | Verin said". */
static bool opens_relative(const Speech *speech, Range phrase,
                           WordClass before) {
    return before == WORD_RELATIVE &&
           word_feature(&speech->words, phrase.first - 1) == 'h' &&
           phrase.last > phrase.first + 1 &&
           speech->words.mention[phrase.first] < 0;
}

/* "who hold | the town": a phrase with an article right after a verb. */
static bool is_object(const Speech *speech, Range phrase, WordClass before) {
    WordClass first = class_at(speech, phrase.first);

    return before == WORD_OTHER &&
           (first == WORD_ARTICLE || first == WORD_POSSESSIVE) &&
           speech->words.mention[phrase.first - 1] < 0;
}

/* "A firm whose shed burnt in Tarn | said": a phrase after a preposition is no
 * subject, the one before the relative is. */
static Range over_relative(const Speech *speech, Range phrase, uint32_t floor) {
    WordClass class =
        phrase.first > floor ? class_at(speech, phrase.first - 1) : WORD_MARK;
    uint32_t low = phrase.first > floor + RELATIVE_MAX
                       ? phrase.first - RELATIVE_MAX
                       : floor;
    Range before;

    if (class != WORD_PREPOSITION && class != WORD_OF && class != WORD_FOR &&
        !opens_relative(speech, phrase, class) &&
        !is_object(speech, phrase, class)) {
        return phrase;
    }
    for (uint32_t at = phrase.first; at > low + 1; at--) {
        if (class_at(speech, at - 1) == WORD_RELATIVE) {
            before = phrase_before(speech, at - 1, floor);
            if (is_subject(speech, before)) {
                return before;
            }
            return class == WORD_OTHER ? (Range){0} : phrase;
        }
        if (word_is_mark(&speech->words, at - 1, ',')) {
            break;
        }
    }
    return phrase;
}

Range cue_subject(const Speech *speech, uint32_t verb, uint32_t floor) {
    uint32_t before = verb;
    WordClass class;
    Range phrase;

    if (verb <= floor) {
        return (Range){0};
    }
    class = class_at(speech, before - 1);
    if (class == WORD_PRONOUN) {
        return with_part(speech, (Range){before - 1, before}, floor);
    }
    if (class == WORD_RELATIVE) {
        before--;
        before -=
            before > floor && word_is_mark(&speech->words, before - 1, ',');
        phrase = phrase_before(speech, before, floor);
        return is_subject(speech, phrase) ? phrase : (Range){0};
    }
    if (word_is_mark(&speech->words, before - 1, ',')) {
        return subject_over_commas(speech, before - 1, floor);
    }
    if (word_is_mark(&speech->words, before - 1, ')')) {
        return subject_over_brackets(speech, before, floor);
    }
    phrase = phrase_before(speech, before, floor);
    phrase = over_relative(speech, phrase, floor);
    return is_subject(speech, phrase) ? phrase : (Range){0};
}

/* Where the clause of a verb may begin: after the last quotation, colon or
 * semicolon before it. */
static uint32_t clause_floor(const Speech *speech, uint32_t verb,
                             uint32_t first) {
    uint32_t at = verb;

    while (at > first && verb - at < CLAUSE_MAX && !speech->quoted[at - 1] &&
           !word_is_mark(&speech->words, at - 1, ':') &&
           !word_is_mark(&speech->words, at - 1, ';')) {
        at--;
    }
    if (at > first && at < verb && word_is_mark(&speech->words, at, ',')) {
        at++;
    }
    return at;
}

/* The last cue of the same sentence that has a subject. */
static const Cue *cue_before(const Speech *speech, uint32_t first) {
    if (speech->cue_count == 0) {
        return NULL;
    }
    for (uint32_t i = speech->cue_count, n = 0; i > 0 && n < CUES_MAX;
         i--, n++) {
        const Cue *cue = &speech->cues[i - 1];
        if (cue->range.first < first) {
            break;
        }
        if (!range_empty(cue->subject) && cue->frame != CUE_ACCORDING) {
            return cue;
        }
    }
    return NULL;
}

static bool shares_subject(const Speech *speech, const Cue *cue, uint32_t at,
                           uint32_t floor) {
    if (cue->form == CUE_PARTICIPLE) {
        return at <= floor || speech->words.mention[at - 1] < 0;
    }
    if (at <= floor) {
        return false;
    }
    if (class_at(speech, at - 1) == WORD_CONJUNCTION) {
        return true;
    }
    return false;
}

/* "Speaking in Tarn, X ...", "Holding signs ...": a lone word without article,
 * name or office, and what it governs. */
static bool is_participle_clause(const Speech *speech, Range phrase) {
    uint32_t first = phrase.first;
    const LexWord *word = speech->text->tokens[first].word;
    uint64_t kinds = UINT64_C(1) << LEX_ACTOR | UINT64_C(1) << LEX_OFFICE |
                     UINT64_C(1) << LEX_NOMINAL | UINT64_C(1) << LEX_TITLE;
    WordClass next;

    if (speech->words.mention[first] >= 0 || first + 1 >= phrase.last ||
        (word && ((word->keys | word->opens) & kinds)) ||
        (class_at(speech, first) != WORD_OTHER &&
         class_at(speech, first) != WORD_COMMON)) {
        return false;
    }
    next = class_at(speech, first + 1);
    return next == WORD_PREPOSITION || next == WORD_ARTICLE ||
           next == WORD_POSSESSIVE;
}

/* The first phrase of the sentence, when it is plainly its subject. */
static Range sentence_subject(const Speech *speech, uint32_t first,
                              uint32_t end) {
    uint32_t at = first;
    Range phrase;

    end = end > first + CLAUSE_MAX ? first + CLAUSE_MAX : end;
    while (at < end) {
        uint32_t comma = next_comma(speech, at, end);
        while (at < comma && (class_at(speech, at) == WORD_CONJUNCTION ||
                              class_at(speech, at) == WORD_ADVERB ||
                              class_at(speech, at) == WORD_MARK)) {
            at++;
        }
        phrase = phrase_after(speech, at, comma, true);
        if ((is_subject(speech, phrase) &&
             !is_participle_clause(speech, phrase)) ||
            (phrase.last == at + 1 && class_at(speech, at) == WORD_PRONOUN)) {
            return phrase;
        }
        at = comma + 1;
    }
    return (Range){0};
}

/* Of "and said", "adding": the pronoun that opens its clause ("..., I laughed
 * and said"), the subject of the cue before, the subject of the sentence. */
static Range shared_subject(const Speech *speech, const Cue *cue,
                            uint32_t first) {
    const Cue *before = cue_before(speech, first);
    uint32_t floor = before ? before->after : first;
    uint32_t at = cue->range.first;

    while (at > floor && cue->range.first - at < CLAUSE_MAX &&
           !word_is_mark(&speech->words, at - 1, ',') &&
           !speech->quoted[at - 1]) {
        at--;
    }
    if (at > floor && cue->form != CUE_PARTICIPLE &&
        class_at(speech, at) == WORD_PRONOUN) {
        return (Range){at, at + 1};
    }
    return before ? before->subject
                  : sentence_subject(speech, first, cue->range.first);
}

/* The subject after a verb: "said one diplomat in Tarn", "said the mayor, Ana
 * Verin". */
static Range subject_after(const Speech *speech, uint32_t first,
                           uint32_t limit) {
    bool places = first < limit && word_feature(&speech->words, first) == 'i';
    Range phrase = phrase_after(speech, first, limit, places);
    uint32_t end;

    if (range_empty(phrase) || phrase.last + 1 >= limit ||
        !word_is_mark(&speech->words, phrase.last, ',') ||
        speech->words.mention[phrase.last - 1] >= 0) {
        return phrase;
    }
    end = phrase_after(speech, phrase.last + 1, limit, false).last;
    if (is_person_name(speech, phrase.last + 1, end) &&
        (end >= limit || class_at(speech, end) == WORD_MARK)) {
        phrase.last = end;
    }
    return phrase;
}

/* "said X" next to a quotation, or "..., said X." */
static bool is_inverted(const Speech *speech, const Cue *cue, uint32_t at,
                        uint32_t floor, uint32_t limit) {
    uint32_t next = cue->range.last;
    bool edge = at <= floor || is_close_quote(speech, at - 1) ||
                word_is_mark(&speech->words, at - 1, ',');
    Range phrase;

    if (!edge || next >= limit || at != cue->range.first ||
        cue->form == CUE_PARTICIPLE) {
        return false;
    }
    if (at > 0 && at <= floor && !speech->quoted[at - 1] &&
        !word_is_mark(&speech->words, at - 1, ',')) {
        return false;
    }
    if (cue->frame == CUE_TELL && !(at > 0 && is_close_quote(speech, at - 1))) {
        return false; /* "X, the mayor, told the crowd" */
    }
    phrase = subject_after(speech, next, limit);
    if (!is_subject(speech, phrase) &&
        !(phrase.last == next + 1 && class_at(speech, next) == WORD_PRONOUN)) {
        return false;
    }
    return at <= floor || is_close_quote(speech, at - 1) ||
           phrase.last >= limit || class_at(speech, phrase.last) == WORD_MARK;
}

/* "which according to X has claimed": X is not what has claimed. */
static bool follows_according(const Speech *speech, uint32_t at) {
    const Cue *before =
        speech->cue_count ? &speech->cues[speech->cue_count - 1] : NULL;

    return before && before->frame == CUE_ACCORDING && before->after == at;
}

static void find_subject(const Speech *speech, Cue *cue,
                         const Sentence *sentence) {
    uint32_t verb = cue->range.first;
    uint32_t floor = clause_floor(speech, verb, sentence->first);
    uint32_t at = back_over_auxiliaries(speech, verb, floor, cue);

    cue->after = cue->range.last;
    if (cue->frame == CUE_ACCORDING) {
        cue->subject =
            phrase_after(speech, cue->range.last, sentence->last, true);
        cue->after = cue->subject.last;
    } else if (cue->form == CUE_PARTICIPLE && cue->passive) {
        cue->passive = false; /* "is telling" */
        cue->subject = cue_subject(speech, at, floor);
    } else if (cue->frame == CUE_REPORT ||
               shares_subject(speech, cue, at, floor)) {
        cue->subject = shared_subject(speech, cue, sentence->first);
    } else if (is_inverted(speech, cue, at, floor, sentence->last)) {
        cue->inverted = true;
        cue->subject = subject_after(speech, cue->range.last, sentence->last);
        cue->after = cue->subject.last;
    } else if (!follows_according(speech, at)) {
        cue->subject = cue_subject(speech, at, floor);
    }
}

static void push_cue(Speech *speech, const Cue *cue) {
    speech->cues = arena_grow(speech->arena, speech->cues, speech->cue_count,
                              &speech->cue_capacity, sizeof *speech->cues);
    speech->cues[speech->cue_count++] = *cue;
}

/* "a doctor at the port": one of several, and no text or body. */
static bool is_somebody(const Speech *speech, const Cue *cue) {
    Range subject = cue->subject;
    LexRow row = {0};

    if (range_empty(subject) || !cue->party.name.len) {
        return false;
    }
    if (class_at(speech, subject.first) == WORD_PRONOUN) {
        return true; /* resolved to who was so described before */
    }
    if (word_feature(&speech->words, subject.first) != 'i') {
        return false;
    }
    for (uint32_t i = subject.first + 1; i < subject.last; i++) {
        WordClass class = class_at(speech, i);
        if (class == WORD_OF || class == WORD_FOR ||
            class == WORD_PREPOSITION) {
            subject.last = i;
        }
    }
    row = token_row(speech->text, subject.last - 1, LEX_NOMINAL);
    if (row.lexicon && !lex_is(row, LEX_NOMINAL_KIND, "agent")) {
        return false;
    }
    row = token_row(speech->text, subject.last - 1, LEX_ACTOR);
    return !row.lexicon || !lex_is(row, LEX_ACTOR_CLASS, "body");
}

/* Remember who spoke, for the pronouns that follow. */
static void note_speaker(Speech *speech, const Cue *cue) {
    const Entity *entity;

    if (cue->party.entity < 0) {
        if (is_somebody(speech, cue)) {
            speech->described = cue->party;
            speech->described_sentence =
                speech->text->tokens[cue->range.first].sentence;
        }
        return;
    }
    entity = &speech->analysis->entities[cue->party.entity];
    if (entity->type == ENTITY_ORG &&
        !str_ends(entity->code, (Str){"MED", 3})) {
        speech->body = cue->party.entity;
    }
    if (str_ends(entity->code, (Str){"MED", 3}) && entity->type == ENTITY_ORG) {
        return;
    }
    speech->speaker = cue->party.entity;
    speech->speaker_sentence = speech->text->tokens[cue->range.first].sentence;
}

/* "The floods claimed 30 lives": no speech. */
static bool counts_dead(const Speech *speech, const Cue *cue, uint32_t limit) {
    uint32_t end = cue->range.last + TOLL_MAX;

    if (cue->frame != CUE_SAY || cue_is_general(speech, cue)) {
        return false;
    }
    for (uint32_t i = cue->range.last; i < limit && i < end; i++) {
        WordClass class = class_at(speech, i);
        LexRow row = token_row(speech->text, i, LEX_NOMINAL);
        if (row.lexicon && lex_is(row, LEX_NOMINAL_KIND, "toll")) {
            return i > cue->range.last;
        }
        if (class == WORD_SUBORDINATOR || class == WORD_PRONOUN ||
            class == WORD_MARK || class == WORD_AUXILIARY || class == WORD_BE ||
            speech->words.mention[i] >= 0) {
            return false;
        }
    }
    return false;
}

/* One cue at `token`, or none; returns its length in tokens. */
static uint32_t read_cue(Speech *speech, uint32_t token,
                         const Sentence *sentence) {
    Cue cue = {.model = -1};
    uint32_t length;

    if (speech->quoted[token] || speech->words.mention[token] >= 0 ||
        !speech->text->tokens[token].word) {
        return 1;
    }
    length =
        token_phrase(speech->text, token, sentence->last, LEX_CUE, &cue.row);
    if (!length) {
        return 1;
    }
    cue.range = (Range){token, token + length};
    cue.frame = cue_frame(cue.row);
    cue.form = cue_form(cue.row);
    if (!is_verb(speech, &cue, sentence->first, sentence->last) ||
        counts_dead(speech, &cue, sentence->last)) {
        return 1;
    }
    find_subject(speech, &cue, sentence);
    if (cue.passive && cue.frame != CUE_QUOTE) {
        return 1;
    }
    cue.party = party_of(speech, cue.subject);
    push_cue(speech, &cue);
    note_speaker(speech, &cue);
    return length;
}

/* Where the model sees no source, the rules may see a subject. */
static Range subject_by_rule(const Speech *speech, const Attribution *from,
                             const Cue *cue) {
    const Sentence *sentence =
        &speech->text
             ->sentences[speech->text->tokens[cue->range.first].sentence];
    Cue verb = *cue;

    verb.range = (Range){from->key, from->key + 1};
    find_subject(speech, &verb, sentence);
    if (verb.passive) {
        return (Range){0};
    }
    for (uint32_t i = 0; i < from->content_count; i++) {
        if (verb.subject.first < from->contents[i].last &&
            from->contents[i].first < verb.subject.last) {
            return (Range){0};
        }
    }
    return verb.subject;
}

/* "was quoted by X as saying": who passes on and who speaks are told by the
 * rules, for the model knows one source. */
static bool passes_on(const Speech *speech, const Attribution *from) {
    LexRow row = token_row(speech->text, from->key, LEX_CUE);
    CueFrame frame = row.lexicon ? cue_frame(row) : CUE_SAY;

    return frame == CUE_QUOTE || frame == CUE_REPORT;
}

/* Where what is only told about a source without a name begins: "a driver |
 * who left at noon". */
static uint32_t described_end(const Speech *speech, Range source) {
    uint32_t at = source.first + 1;

    while (at < source.last && class_at(speech, at) != WORD_RELATIVE &&
           !word_is_mark(&speech->words, at, ',')) {
        at++;
    }
    return at;
}

/* A mark or adverb behind a name. */
static bool trails(const Speech *speech, uint32_t token) {
    return speech->words.mention[token] < 0 &&
           !word_is_mark(&speech->words, token, ')') &&
           (class_at(speech, token) == WORD_MARK ||
            speech->analysis->tags.words[token].upos == UPOS_ADV);
}

/* A source goes to the comma that closes its apposition: "Ana Verin, 54,". */
static Party party_of_source(Speech *speech, Range source) {
    Range inner = source;
    Party party;

    while (inner.last > inner.first + 1 && trails(speech, inner.last - 1)) {
        inner.last--;
    }
    if (phrase_mention(speech, inner) < 0) {
        inner.last = described_end(speech, inner);
    }
    party = party_of(speech, inner);
    party.span = range_span(speech->text, source);
    return party;
}

/* "did not say", "the floods claimed 30 lives": nothing is said. */
static bool says_nothing(const Speech *speech, const Attribution *from,
                         Cue *cue, const Sentence *sentence) {
    Range range = cue->range;
    bool nothing;

    if (!cue->row.lexicon) {
        return false;
    }
    cue->range = (Range){from->key, from->key + 1};
    back_over_auxiliaries(speech, from->key, sentence->first, cue);
    nothing = (cue->negated && cue_is_general(speech, cue)) ||
              counts_dead(speech, cue, sentence->last);
    cue->range = range;
    return nothing;
}

/* The cue of an attribution. */
static void take_cue(Speech *speech, Attributions *attributions,
                     uint32_t index) {
    Attribution *from = &attributions->items[index];
    const Sentence *sentence =
        &speech->text->sentences[speech->text->tokens[from->key].sentence];
    Cue cue = {.range = from->cue,
               .model = (int32_t)index,
               .subject = from->source,
               .after = from->cue.last};

    if (token_phrase(speech->text, from->key, from->cue.last, LEX_CUE,
                     &cue.row)) {
        cue.frame = cue_frame(cue.row);
        cue.form = cue_form(cue.row);
    } else {
        cue.row = (LexRow){0};
    }
    if (says_nothing(speech, from, &cue, sentence)) {
        from->content_count = 0;
    }
    if (range_empty(cue.subject) && cue.row.lexicon) {
        cue.subject = subject_by_rule(speech, from, &cue);
    }
    if (!range_empty(cue.subject) && cue.subject.first >= cue.after) {
        cue.inverted = cue.frame != CUE_ACCORDING;
        cue.after = cue.subject.last;
    }
    cue.party = party_of_source(speech, cue.subject);
    push_cue(speech, &cue);
    note_speaker(speech, &cue);
}

void cues_find(Speech *speech, Attributions *attributions) {
    const Text *text = speech->text;
    uint32_t next = 0;

    speech->first_cue = arena_alloc(
        speech->arena, (text->sentence_count + 1) * sizeof *speech->first_cue);
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        const Sentence *sentence = &text->sentences[s];
        speech->first_cue[s] = speech->cue_count;
        if (sentence->heading) {
            continue;
        }
        for (uint32_t i = sentence->first; i < sentence->last;) {
            next += next < attributions->count &&
                    passes_on(speech, &attributions->items[next]);
            if (next < attributions->count &&
                attributions->items[next].cue.first <= i) {
                take_cue(speech, attributions, next);
                i = attributions->items[next++].cue.last;
            } else {
                i += read_cue(speech, i, sentence);
            }
        }
    }
    speech->first_cue[text->sentence_count] = speech->cue_count;
}
