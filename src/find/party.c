/* SPDX-License-Identifier: Apache-2.0 */
/* find/party.c - see speech.h: phrases, and who is meant by them.
 *
 * Phrases without a parser: from a verb to the left over nouns, names and
 * "of", up to an article or a word of grammar:
 *
 *     But | a source at the Ardan ministry | said
 *         '-- article               noun --'
 *
 * A phrase means the name at its head; "the foreign minister" the person of
 * that office in the report; "the watchdog" the body that spoke last; "he"
 * the subject of the sentence, or who spoke in the one before; and else
 * itself: "opposition groups", "source at the Ardan ministry". */
#include "find/speech.h"

#include <assert.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    PHRASE_MAX = 16,
    PRONOUN_REACH = 3,
    SPEAKER_REACH = 4,
    DESCRIBED_REACH = 3,
    SCAN_MAX = 400,
    ENTITIES_MAX = 512
};

static const Mention *mention_of(const Speech *speech, uint32_t token) {
    int32_t at = speech->words.mention[token];

    return at < 0 ? NULL : &speech->analysis->mentions[at];
}

static WordClass class_at(const Speech *speech, uint32_t token) {
    return (WordClass)speech->words.class[token];
}

static bool is_noun_like(const Speech *speech, uint32_t token) {
    WordClass class = class_at(speech, token);

    if (speech->words.time[token] >= 0) {
        return false;
    }
    return speech->words.mention[token] >= 0 || class == WORD_OTHER ||
           class == WORD_COMMON;
}

static bool is_link(const Speech *speech, uint32_t token) {
    WordClass class = class_at(speech, token);

    return class == WORD_OF || class == WORD_FOR || class == WORD_PREPOSITION;
}

/* A hyphen inside a word, not a dash. */
static bool is_joint(const Speech *speech, uint32_t token) {
    const Token *at = &speech->text->tokens[token];

    return word_is_mark(&speech->words, token, '-') &&
           !(at->flags & TOKEN_SPACE_BEFORE);
}

static bool is_person(const Mention *mention) {
    return mention && mention->type == ENTITY_PER;
}

/* "Burton and Nick": a list of two names. */
static bool joins_names(const Speech *speech, uint32_t token, uint32_t floor,
                        uint32_t limit) {
    return class_at(speech, token) == WORD_CONJUNCTION && token > floor &&
           token + 1 < limit && is_person(mention_of(speech, token - 1)) &&
           is_person(mention_of(speech, token + 1));
}

/* True if a phrase may go on to the left over the preposition `token`. */
static bool reaches_back(const Speech *speech, uint32_t token, uint32_t floor,
                         bool person) {
    if (token <= floor || !is_noun_like(speech, token - 1)) {
        return false;
    }
    return class_at(speech, token) == WORD_PREPOSITION ? !person
                                                       : is_link(speech, token);
}

Range phrase_before(const Speech *speech, uint32_t end, uint32_t floor) {
    uint32_t at = end;
    bool person = end > floor && is_person(mention_of(speech, end - 1));

    while (at > floor && end - at < PHRASE_MAX) {
        uint32_t token = at - 1;
        const Mention *mention = mention_of(speech, token);
        WordClass class = class_at(speech, token);
        if (is_person(mention)) {
            at = token_at(speech->text, mention->phrase.begin);
            at = at < floor ? mention->first : at;
        } else if (mention) {
            at = mention->first;
        } else if (is_noun_like(speech, token) || class == WORD_GENITIVE ||
                   (is_joint(speech, token) && at < end)) {
            at = token;
        } else if (joins_names(speech, token, floor, end)) {
            at = token;
        } else if ((class == WORD_ARTICLE || class == WORD_POSSESSIVE) &&
                   at < end) {
            at = token;
            if (at > floor && reaches_back(speech, at - 1, floor, person)) {
                at--;
                continue;
            }
            break;
        } else if (at < end && reaches_back(speech, token, floor, person)) {
            at = token;
        } else {
            break;
        }
        if (at <= floor) {
            at = floor;
        }
    }
    while (at < end &&
           (is_link(speech, at) || class_at(speech, at) == WORD_GENITIVE ||
            class_at(speech, at) == WORD_CONJUNCTION)) {
        at++;
    }
    return (Range){at, end};
}

static bool is_verb_cue(const Speech *speech, uint32_t token) {
    LexRow row = token_row(speech->text, token, LEX_CUE);

    return row.lexicon && !lex_is(row, LEX_CUE_FORM, "present");
}

/* May the phrase go on over this word between nouns? */
static bool goes_on(const Speech *speech, uint32_t token, uint32_t limit,
                    bool places, bool person) {
    WordClass class = class_at(speech, token);
    const Mention *next;

    if (token + 1 >= limit) {
        return false;
    }
    next = mention_of(speech, token + 1);
    if (class == WORD_OF || (class == WORD_FOR && !person)) {
        return next || is_noun_like(speech, token + 1) ||
               class_at(speech, token + 1) == WORD_ARTICLE;
    }
    return class == WORD_PREPOSITION && places && !person &&
           speech->words.time[token + 1] < 0 &&
           (next || class_at(speech, token + 1) == WORD_ARTICLE ||
            (class_at(speech, token + 1) == WORD_POSSESSIVE &&
             word_feature(&speech->words, token) == 'a'));
}

Range phrase_after(const Speech *speech, uint32_t first, uint32_t limit,
                   bool places) {
    uint32_t at = first;
    bool person = false;

    if (at < limit && class_at(speech, at) == WORD_PRONOUN) {
        return (Range){at, at + 1};
    }
    while (at < limit && at - first < PHRASE_MAX) {
        const Mention *mention = mention_of(speech, at);
        WordClass class = class_at(speech, at);
        if (mention) {
            at = mention->last;
            person = is_person(mention);
            if (person &&
                !(at < limit && (class_at(speech, at) == WORD_GENITIVE ||
                                 joins_names(speech, at, first, limit)))) {
                break;
            }
        } else if (joins_names(speech, at, first, limit)) {
            at++;
        } else if ((class == WORD_ARTICLE || class == WORD_POSSESSIVE) &&
                   (at == first || is_link(speech, at - 1))) {
            at++;
        } else if (class == WORD_GENITIVE ||
                   (is_noun_like(speech, at) && !is_verb_cue(speech, at)) ||
                   (word_is_mark(&speech->words, at, '-') && at > first)) {
            person = false;
            at++;
        } else if (at > first && goes_on(speech, at, limit, places, person)) {
            at++;
        } else {
            break;
        }
    }
    return (Range){first, at > limit ? limit : at};
}

/* The token after the head noun: where "of", "for" or "at" begins. */
static uint32_t head_end(const Speech *speech, Range phrase) {
    for (uint32_t i = phrase.first + 1; i < phrase.last; i++) {
        if (speech->words.mention[i] < 0 &&
            (is_link(speech, i) || word_is_mark(&speech->words, i, ',') ||
             word_is_mark(&speech->words, i, '('))) {
            return i;
        }
    }
    return phrase.last;
}

/* "The mayor of Ostrel, Ana Verin": a person's name after a comma. */
static bool closes_apposition(const Speech *speech, Range phrase) {
    const Mention *mention = mention_of(speech, phrase.last - 1);
    uint32_t first;

    if (!is_person(mention)) {
        return false;
    }
    first = token_at(speech->text, mention->phrase.begin);
    return first > phrase.first && word_is_mark(&speech->words, first - 1, ',');
}

int32_t phrase_mention(const Speech *speech, Range phrase) {
    uint32_t end;
    int32_t at;

    if (range_empty(phrase)) {
        return -1;
    }
    at = speech->words.mention[phrase.last - 1];
    if (word_is_mark(&speech->words, phrase.last - 1, ')')) {
        phrase.last = head_end(speech, phrase);
        at = speech->words.mention[phrase.last - 1];
    }
    if (at >= 0 && is_person(&speech->analysis->mentions[at]) &&
        speech->analysis->mentions[at].phrase.begin <=
            speech->text->tokens[phrase.first].begin) {
        return at;
    }
    end = head_end(speech, phrase);
    at = speech->words.mention[end - 1];
    if (end < phrase.last && closes_apposition(speech, phrase)) {
        return speech->words.mention[phrase.last - 1];
    }
    if (at >= 0 && speech->analysis->mentions[at].last == end) {
        return at;
    }
    return -1;
}

/* "told broadcaster X", "BBC radio", "the X news channel": the outlet's name
 * in a phrase, or -1. */
static int32_t outlet_mention(const Speech *speech, Range phrase) {
    for (uint32_t i = phrase.first; i < phrase.last; i++) {
        int32_t at = speech->words.mention[i];
        const Entity *entity;
        if (at < 0) {
            continue;
        }
        entity =
            &speech->analysis->entities[speech->analysis->mentions[at].entity];
        if (str_ends(entity->code, (Str){"MED", 3}) &&
            entity->type == ENTITY_ORG) {
            return at;
        }
    }
    return -1;
}

bool party_is_outlet(const Speech *speech, Range phrase) {
    LexRow row;

    if (range_empty(phrase)) {
        return false;
    }
    if (outlet_mention(speech, phrase) >= 0) {
        return true;
    }
    for (uint32_t i = phrase.first; i < phrase.last; i++) {
        if (token_phrase(speech->text, i, phrase.last, LEX_NOMINAL, &row) ==
                phrase.last - i &&
            lex_is(row, LEX_NOMINAL_KIND, "outlet")) {
            return true;
        }
    }
    return false;
}

/* --- pronouns --- */

static bool sex_fits(const Entity *entity, char sex) {
    if (sex == 'm' || sex == 'f') {
        return entity->type == ENTITY_PER &&
               (!entity->sex || entity->sex == sex);
    }
    return entity->type == ENTITY_ORG || entity->type == ENTITY_GPE;
}

/* True if the mention is no subject: after a preposition, or a possessor. */
static bool is_oblique(const Speech *speech, const Mention *mention) {
    uint32_t first = token_at(speech->text, mention->phrase.begin);

    if (mention->last < speech->text->token_count &&
        class_at(speech, mention->last) == WORD_GENITIVE) {
        return true;
    }
    return first > 0 && is_link(speech, first - 1);
}

/* The only or first fitting person of the tokens [first,last): a subject
 * before others. -1: none, or several and no subject. */
static int32_t person_in(const Speech *speech, uint32_t first, uint32_t last,
                         char sex) {
    int32_t only = -1;
    bool several = false;

    if (last - first > SCAN_MAX) {
        first = last - SCAN_MAX;
    }
    for (uint32_t i = first; i < last; i++) {
        const Mention *mention = mention_of(speech, i);
        if (!mention || mention->first != i || speech->quoted[i] ||
            !sex_fits(&speech->analysis->entities[mention->entity], sex)) {
            continue;
        }
        if (!is_oblique(speech, mention)) {
            return mention->entity;
        }
        several = several || (only >= 0 && only != mention->entity);
        only = mention->entity;
    }
    return several ? -1 : only;
}

static bool speaker_fits(const Speech *speech, uint32_t sentence, char sex,
                         uint32_t reach) {
    return speech->speaker >= 0 &&
           speech->speaker_sentence + reach >= sentence &&
           sex_fits(&speech->analysis->entities[speech->speaker], sex);
}

/* "he", "she", "it": the subject before it in its sentence; who spoke in the
 * sentence before; the subject of one of the sentences before. */
static int32_t resolve_pronoun(const Speech *speech, uint32_t token, char sex) {
    uint32_t sentence = speech->text->tokens[token].sentence;
    int32_t found =
        person_in(speech, speech->text->sentences[sentence].first, token, sex);

    if (found >= 0 && sex != 'n') {
        return found;
    }
    if (speaker_fits(speech, sentence, sex, 1)) {
        return speech->speaker;
    }
    if (sex == 'n') {
        return -1;
    }
    for (uint32_t back = 1; back <= PRONOUN_REACH && back <= sentence; back++) {
        const Sentence *before = &speech->text->sentences[sentence - back];
        if (before->heading) {
            continue;
        }
        found = person_in(speech, before->first, before->last, sex);
        if (found >= 0) {
            return found;
        }
    }
    return speaker_fits(speech, sentence, sex, SPEAKER_REACH) ? speech->speaker
                                                              : -1;
}

/* --- common nouns --- */

/* "one of them" keeps its first word. */
static Range without_article(const Speech *speech, Range phrase) {
    while (phrase.first + 1 < phrase.last &&
           class_at(speech, phrase.first) == WORD_ARTICLE &&
           class_at(speech, phrase.first + 1) != WORD_OF) {
        phrase.first++;
    }
    return phrase;
}

/* The demonym of a country code with a capital: SYR -> "Syrian". */
static Str demonym_of(const Speech *speech, Str code) {
    uint32_t rows = lexicon_rows(speech->text->lexicon, LEX_DEMONYM);

    for (uint32_t i = 0; i < rows; i++) {
        LexRow row = {speech->text->lexicon, LEX_DEMONYM, i};
        Str key = lex_cell(row, LEX_DEMONYM_KEY), name;
        char *letters;
        if (!str_equal(lex_cell(row, LEX_DEMONYM_CODE), code)) {
            continue;
        }
        name = str_dup(speech->arena,
                       str_slice(key, 0, str_find(key, (Str){"|", 1}, 0)));
        letters = (char *)(uintptr_t)name.ptr;
        if (letters[0] >= 'a' && letters[0] <= 'z') {
            letters[0] = (char)(letters[0] - ('a' - 'A'));
        }
        return name;
    }
    return (Str){0};
}

/* The country that stands in a phrase, by name, people or place. */
static const Mention *country_mention(const Speech *speech, Range phrase) {
    for (uint32_t i = phrase.first; i < phrase.last; i++) {
        const Mention *mention = mention_of(speech, i);
        if (mention &&
            (mention->type == ENTITY_GPE || mention->type == ENTITY_NORP) &&
            speech->analysis->entities[mention->entity].code.len == 3) {
            return mention;
        }
    }
    return NULL;
}

/* A common noun that opens its sentence, without the capital. */
static Str in_lower_case(const Speech *speech, uint32_t token, Str phrase) {
    uint32_t flags = speech->text->tokens[token].flags;
    char *letters;

    if (!(flags & TOKEN_SENTENCE_START) || (flags & TOKEN_ALL_CAPS) ||
        mention_of(speech, token) || !ascii_upper(phrase.ptr[0])) {
        return phrase;
    }
    phrase = str_dup(speech->arena, phrase);
    letters = (char *)(uintptr_t)phrase.ptr;
    letters[0] = ascii_lower(letters[0]);
    return phrase;
}

/* The row of `kind` whose key ends with the head noun of the phrase. */
static LexRow head_row(const Speech *speech, Range phrase, LexKind kind) {
    uint32_t end = head_end(speech, phrase);
    LexRow row;

    for (uint32_t i = phrase.first; i < end; i++) {
        if (token_phrase(speech->text, i, end, kind, &row) == end - i) {
            return row;
        }
    }
    return (LexRow){0};
}

static bool is_nominal(const Speech *speech, Range phrase, const char *kind) {
    LexRow row = head_row(speech, phrase, LEX_NOMINAL);

    return row.lexicon && lex_is(row, LEX_NOMINAL_KIND, kind);
}

/* The usual word of a class of grammar: the first of its first row. */
static Str word_of_class(const Speech *speech, const char *class) {
    uint32_t rows = lexicon_rows(speech->text->lexicon, LEX_FUNCTION_WORD);

    for (uint32_t i = 0; i < rows; i++) {
        LexRow row = {speech->text->lexicon, LEX_FUNCTION_WORD, i};
        if (lex_is(row, LEX_FUNCTION_WORD_CLASS, class)) {
            Str key = lex_cell(row, LEX_FUNCTION_WORD_KEY);
            return str_slice(key, 0, str_find(key, (Str){"|", 1}, 0));
        }
    }
    return (Str){0};
}

static int32_t resolve_owner(const Speech *speech, uint32_t token) {
    char sex = word_feature(&speech->words, token);
    uint32_t sentence = speech->text->tokens[token].sentence;
    int32_t found = -1;

    if (sex == 'n') {
        found = person_in(speech, speech->text->sentences[sentence].first,
                          token, sex);
    }
    return found >= 0 || !sex || sex == 'p'
               ? found
               : resolve_pronoun(speech, token, sex);
}

/* "his spokesman" as "spokesman for Walid Atar", "its army" as "Ardan army";
 * empty when the owner is not known. */
static Str describe_owned(const Speech *speech, Range phrase) {
    int32_t owner = resolve_owner(speech, phrase.first);
    const Entity *entity;
    LexRow actor;
    Str rest, link;

    if (owner < 0 || phrase.last < phrase.first + 2) {
        return (Str){0};
    }
    entity = &speech->analysis->entities[owner];
    phrase.first++;
    rest = str_at(speech->text->bytes, range_span(speech->text, phrase));
    actor = head_row(speech, phrase, LEX_ACTOR);
    if (entity->code.len >= 3 &&
        (entity->type == ENTITY_GPE ||
         (actor.lexicon && lex_is(actor, LEX_ACTOR_CLASS, "body")))) {
        link = demonym_of(speech, str_slice(entity->code, 0, 3));
        if (link.len) {
            return str_format(speech->arena, "%.*s %.*s", (int)link.len,
                              link.ptr, (int)rest.len, rest.ptr);
        }
    }
    link = word_of_class(speech,
                         is_nominal(speech, phrase, "agent") ? "for" : "of");
    return str_format(speech->arena, "%.*s %.*s %.*s", (int)rest.len, rest.ptr,
                      (int)link.len, link.ptr, (int)entity->name.len,
                      entity->name.ptr);
}

/* "Arda's government" as "Ardan government"; else the phrase itself. */
static Str describe(const Speech *speech, Range phrase) {
    const Mention *owner;
    Str whole, demonym;

    phrase = without_article(speech, phrase);
    if (class_at(speech, phrase.first) == WORD_POSSESSIVE) {
        whole = describe_owned(speech, phrase);
        if (whole.len) {
            return whole;
        }
    }
    whole = str_at(speech->text->bytes, range_span(speech->text, phrase));
    owner = mention_of(speech, phrase.first);
    if (!owner || owner->type != ENTITY_GPE || owner->last + 1 >= phrase.last ||
        class_at(speech, owner->last) != WORD_GENITIVE) {
        return in_lower_case(speech, phrase.first, whole);
    }
    demonym =
        demonym_of(speech, speech->analysis->entities[owner->entity].code);
    if (!demonym.len) {
        return whole;
    }
    phrase.first = owner->last + 1;
    whole = str_at(speech->text->bytes, range_span(speech->text, phrase));
    return str_format(speech->arena, "%.*s %.*s", (int)demonym.len, demonym.ptr,
                      (int)whole.len, whole.ptr);
}

static bool is_definite(const Speech *speech, Range phrase) {
    for (uint32_t i = phrase.first; i < phrase.last; i++) {
        if (class_at(speech, i) == WORD_GENITIVE) {
            return true;
        }
    }
    return class_at(speech, phrase.first) == WORD_POSSESSIVE ||
           word_feature(&speech->words, phrase.first) == 'd' ||
           country_mention(speech, phrase) != NULL;
}

/* Where to begin a walk over entities: only the latest of very many. */
static uint32_t recent_entity(const Speech *speech) {
    uint32_t count = speech->analysis->entity_count;

    return count > ENTITIES_MAX ? count - ENTITIES_MAX : 0;
}

/* The code of the country that a phrase names, itself or by its leader:
 * "President Atar's foreign minister". */
static Str country_code(const Speech *speech, Range phrase) {
    const Mention *country = country_mention(speech, phrase);
    Str code = {0};

    if (country) {
        return speech->analysis->entities[country->entity].code;
    }
    for (uint32_t i = phrase.first; i < phrase.last && !code.len; i++) {
        const Mention *leader = mention_of(speech, i);
        if (is_person(leader)) {
            code = speech->analysis->entities[leader->entity].code;
        }
    }
    return code.len > 3 ? str_slice(code, 0, 3) : (Str){0};
}

/* "the minister" may be a foreign minister. */
static bool is_role(Str role, Str wanted) {
    size_t more = role.len - wanted.len;

    return role.len >= wanted.len && str_ends(role, wanted) &&
           (more == 0 || role.ptr[more - 1] == ' ');
}

/* "the Ardan foreign minister": the one person of that office, of that
 * country if it is said. */
static int32_t person_of_office(const Speech *speech, Range phrase,
                                LexRow office) {
    Str code = country_code(speech, phrase);
    Str role = lex_cell(office, LEX_OFFICE_ROLE);
    int32_t found = -1;

    for (uint32_t i = recent_entity(speech); i < speech->analysis->entity_count;
         i++) {
        const Entity *entity = &speech->analysis->entities[i];
        if (entity->type != ENTITY_PER || !is_role(entity->role, role) ||
            (code.len && !str_starts(entity->code, code))) {
            continue;
        }
        if (found >= 0) {
            return -1;
        }
        found = (int32_t)i;
    }
    return found;
}

/* "the watchdog": the body that spoke last, else the one named last. */
static int32_t body_before(const Speech *speech, uint32_t token) {
    uint32_t floor = token > SCAN_MAX ? token - SCAN_MAX : 0;

    if (speech->body >= 0) {
        return speech->body;
    }
    for (uint32_t i = token; i > floor; i--) {
        const Mention *mention = mention_of(speech, i - 1);
        if (mention && mention->type == ENTITY_ORG) {
            return mention->entity;
        }
    }
    return -1;
}

/* The entity of a body without a name of its own, made on first use: "Ardan
 * government", SYRGOV. */
static int32_t own_entity(Speech *speech, Str name, Str code) {
    Analysis *analysis = speech->analysis;
    Entity *entity;

    for (uint32_t i = recent_entity(speech); i < analysis->entity_count; i++) {
        if (str_equal_fold(analysis->entities[i].name, name)) {
            return (int32_t)i;
        }
    }
    analysis->entities =
        arena_grow(speech->arena, analysis->entities, analysis->entity_count,
                   &analysis->entity_capacity, sizeof *analysis->entities);
    entity = &analysis->entities[analysis->entity_count];
    *entity = (Entity){.name = name, .type = ENTITY_ORG, .code = code};
    str_push(speech->arena, &entity->aliases, name);
    return (int32_t)analysis->entity_count++;
}

/* A body of a country: its entity, or -1 when the phrase is none. */
static int32_t body_entity(Speech *speech, Range phrase, Str name) {
    LexRow actor = head_row(speech, phrase, LEX_ACTOR);
    const Mention *country = country_mention(speech, phrase);
    Str code;

    if (!actor.lexicon || !country || head_end(speech, phrase) != phrase.last ||
        !lex_is(actor, LEX_ACTOR_CLASS, "body") ||
        !lex_is(actor, LEX_ACTOR_NUMBER, "s")) {
        return -1;
    }
    code = str_join(speech->arena,
                    speech->analysis->entities[country->entity].code,
                    lex_cell(actor, LEX_ACTOR_CODE));
    return own_entity(speech, name, code);
}

static Party party_of_noun(Speech *speech, Range phrase, Party party) {
    LexRow office = head_row(speech, phrase, LEX_OFFICE);
    LexRow nominal = head_row(speech, phrase, LEX_NOMINAL);

    if (nominal.lexicon && lex_is(nominal, LEX_NOMINAL_KIND, "group") &&
        word_feature(&speech->words, phrase.first) == 'd' &&
        !country_mention(speech, phrase)) {
        party.entity = body_before(speech, phrase.first);
    } else if (office.lexicon && head_end(speech, phrase) == phrase.last &&
               is_definite(speech, phrase)) {
        party.entity = person_of_office(speech, phrase, office);
    }
    if (party.entity < 0) {
        party.name = describe(speech, phrase);
        party.entity = body_entity(speech, phrase, party.name);
    }
    return party;
}

/* Who speaks in "a team of doctors", "a statement by the ministry". */
static Range inner_speaker(const Speech *speech, Range phrase) {
    uint32_t end = head_end(speech, phrase);
    Range inner = {end + 1, phrase.last};

    if (end + 1 >= phrase.last) {
        return phrase;
    }
    if ((class_at(speech, end) == WORD_OF &&
         is_nominal(speech, phrase, "collective")) ||
        (word_feature(&speech->words, end) == 'a' &&
         is_nominal(speech, phrase, "text"))) {
        return inner;
    }
    return phrase;
}

/* "he" after "a doctor at the hospital said": who is only described goes on
 * speaking until somebody else is the subject. */
static bool is_described(const Speech *speech, uint32_t token, char sex) {
    uint32_t sentence = speech->text->tokens[token].sentence;

    return (sex == 'm' || sex == 'f') && speech->described.name.len &&
           speech->described_sentence + DESCRIBED_REACH >= sentence &&
           (speech->speaker < 0 ||
            speech->described_sentence >= speech->speaker_sentence) &&
           person_in(speech,
                     speech->text->sentences[speech->described_sentence].last,
                     token, sex) < 0;
}

Party party_of(Speech *speech, Range phrase) {
    Party party = {.entity = -1};
    int32_t at;

    if (range_empty(phrase)) {
        return party;
    }
    party.span = range_span(speech->text, phrase);
    phrase = inner_speaker(speech, phrase);
    at = phrase_mention(speech, phrase);
    if (at >= 0) {
        party.entity = speech->analysis->mentions[at].entity;
    } else if (phrase.last - phrase.first == 1 &&
               class_at(speech, phrase.first) == WORD_PRONOUN) {
        char sex = word_feature(&speech->words, phrase.first);
        sex = sex == 's' ? 0 : sex; /* "we": not said who */
        if (is_described(speech, phrase.first, sex)) {
            party.name = speech->described.name;
        } else if (sex) {
            party.entity = resolve_pronoun(speech, phrase.first, sex);
        }
    } else {
        party = party_of_noun(speech, phrase, party);
    }
    if (party.entity >= 0) {
        party.name = speech->analysis->entities[party.entity].name;
    }
    return party;
}
