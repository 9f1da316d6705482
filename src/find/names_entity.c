/* SPDX-License-Identifier: Apache-2.0 */
/* find/names_entity.c - see names.h: which names of a report are one.
 *
 * Full names first, then what only repeats a part of them:
 *
 *     Walid al-Atar ... Ana Atar ... Atar ... Mr Atar
 *     entity 0          entity 1     the Atar named last before, or whose
 *                                    sex the title tells
 *     Hill National Coalition ... the Coalition     (a name's last words)
 *     Observatory for Water (OW) ... OW             (its acronym)
 *
 * Two full names are one person when the surnames are equal, or differ by one
 * letter of five or more, and the given names do not contradict each other.
 * Entities are found by hash of surname, given name, whole name and the last
 * words of an organisation; chains are walked CHAIN_MAX steps at most, so the
 * cost stays linear whatever the input. */
#include "find/names.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { CHAIN_MAX = 24, SLIP_MIN = 5, SUFFIX_MAX = 6, ALIASES_MAX = 64 };

/* What joining needs to know of an entity. */
typedef struct Person {
    Range name; /* tokens of its fullest name */
    uint64_t surname, given;
    int32_t next_surname, next_given; /* chains, newest first; -1: end */
    uint32_t last_seen;               /* the latest mention so far */
    bool seen;                        /* there is one */
    char sex;                         /* from titles and first names */
} Person;

typedef struct Joiner {
    Names *names;
    const Text *text;
    Map whole;   /* hash of the whole name -> entity */
    Map surname; /* -> newest entity of that surname */
    Map given;
    Map ending;     /* last words of an organisation -> newest entity */
    Person *people; /* arena; beside analysis->entities */
    uint32_t people_capacity;
} Joiner;

static bool is_hyphen_token(const Text *text, uint32_t token) {
    const Token *at = &text->tokens[token];

    return at->end - at->begin == 1 && text->bytes.ptr[at->begin] == '-';
}

/* "al", "el": not what tells one name from another. */
static bool is_article(const Text *text, uint32_t token) {
    LexRow row = token_row(text, token, LEX_NAME_PARTICLE);

    return row.lexicon && (lex_is(row, LEX_NAME_PARTICLE_CLASS, "article") ||
                           lex_is(row, LEX_NAME_PARTICLE_CLASS, "bound"));
}

static bool is_suffix(const Text *text, uint32_t token) {
    LexRow row = token_row(text, token, LEX_NAME_PARTICLE);

    return row.lexicon && lex_is(row, LEX_NAME_PARTICLE_CLASS, "suffix");
}

uint32_t names_surname(const Text *text, Range range) {
    uint32_t at = range.last - 1;

    while (at > range.first && is_suffix(text, at)) {
        at--;
    }
    return at;
}

uint32_t names_given(const Text *text, Range range) {
    uint32_t at = range.first;

    if (at + 2 < range.last && is_article(text, at) &&
        is_hyphen_token(text, at + 1)) {
        at += 2;
    }
    return at;
}

uint64_t names_hash(const Text *text, Range range, bool plain) {
    uint64_t hash = HASH_SEED;
    bool first = true;

    for (uint32_t i = range.first; i < range.last; i++) {
        if (is_hyphen_token(text, i) ||
            (plain && i + 1 < range.last && is_article(text, i))) {
            continue;
        }
        if (!first) {
            hash = hash_more(hash, (Str){" ", 1});
        }
        hash = utf8_fold_hash(hash, token_str(text, i));
        first = false;
    }
    return hash;
}

static Range mention_range(const Mention *mention) {
    return (Range){mention->first, mention->last};
}

/* The surname without an article written on to it: "Alatar" -> "atar". */
static uint64_t bare_surname(const Text *text, uint32_t token) {
    Str word = token_str(text, token);

    if (word.len >= 7) {
        const LexWord *head = lexicon_word(
            text->lexicon, utf8_fold_hash(HASH_SEED, str_slice(word, 0, 2)));
        LexRow row = {0};
        if (head && (head->keys >> LEX_NAME_PARTICLE & 1)) {
            row = lexicon_find(text->lexicon, LEX_NAME_PARTICLE,
                               str_slice(word, 0, 2));
        }
        if (row.lexicon && lex_is(row, LEX_NAME_PARTICLE_CLASS, "article")) {
            return utf8_fold_hash(HASH_SEED, str_slice(word, 2, word.len));
        }
    }
    return text->tokens[token].hash;
}

static int32_t find_entity(const Map *map, uint64_t key) {
    const uint32_t *found = map_find(map, key);

    return found ? (int32_t)*found : -1;
}

/* Put the entity before the others with this key; returns the one after it. */
static int32_t chain_entity(Map *map, uint64_t key, uint32_t entity) {
    bool is_new;
    uint32_t *slot = map_put(map, key, entity, &is_new);
    int32_t next = is_new ? -1 : (int32_t)*slot;

    *slot = entity;
    return next == (int32_t)entity ? -1 : next;
}

static int32_t new_entity(Joiner *joiner, EntityType type, Range name) {
    Analysis *analysis = joiner->names->analysis;
    uint32_t at = analysis->entity_count;
    Arena *arena = joiner->names->arena;

    analysis->entities =
        arena_grow(arena, analysis->entities, at, &analysis->entity_capacity,
                   sizeof *analysis->entities);
    joiner->people =
        arena_grow(arena, joiner->people, at, &joiner->people_capacity,
                   sizeof *joiner->people);
    memset(&analysis->entities[at], 0, sizeof *analysis->entities);
    analysis->entities[at].type = type;
    joiner->people[at] =
        (Person){.name = name, .next_surname = -1, .next_given = -1};
    analysis->entity_count++;
    return (int32_t)at;
}

/* One byte more, fewer or other: a slip of the pen in a long word. */
static bool is_slip(Str a, Str b) {
    size_t at = 0, long_len = a.len > b.len ? a.len : b.len;
    size_t short_len = a.len + b.len - long_len;

    if (short_len < SLIP_MIN || long_len - short_len > 1) {
        return false;
    }
    while (at < short_len && a.ptr[at] == b.ptr[at]) {
        at++;
    }
    if (a.len == b.len) {
        return str_equal(str_slice(a, at + (at < a.len), a.len),
                         str_slice(b, at + (at < b.len), b.len));
    }
    return a.len > b.len
               ? str_equal(str_slice(a, at + 1, a.len), str_slice(b, at, b.len))
               : str_equal(str_slice(b, at + 1, b.len),
                           str_slice(a, at, a.len));
}

/* True if some word of the name has this hash. */
static bool has_word(const Text *text, Range name, uint64_t hash) {
    for (uint32_t i = name.first; i < name.last; i++) {
        if (text->tokens[i].hash == hash) {
            return true;
        }
    }
    return false;
}

/* "J." or "J" and "John". */
static bool is_initial_of(const Text *text, uint32_t a, uint32_t b) {
    Str one = token_str(text, a), other = token_str(text, b);

    return (one.len == 1 || (one.len == 2 && one.ptr[1] == '.')) &&
           one.ptr[0] == other.ptr[0];
}

static bool givens_agree(const Joiner *joiner, Range a, Range b) {
    const Text *text = joiner->text;
    uint32_t given_a = names_given(text, a), given_b = names_given(text, b);

    return has_word(text, b, text->tokens[given_a].hash) ||
           has_word(text, a, text->tokens[given_b].hash) ||
           is_initial_of(text, given_a, given_b) ||
           is_initial_of(text, given_b, given_a);
}

/* The person of this full name, spelled so or nearly so; -1: new. */
static int32_t find_person(const Joiner *joiner, Range name) {
    const Text *text = joiner->text;
    uint32_t last = names_surname(text, name);
    int32_t at = find_entity(&joiner->surname, bare_surname(text, last));

    for (uint32_t i = 0; at >= 0 && i < CHAIN_MAX; i++) {
        if (givens_agree(joiner, name, joiner->people[at].name)) {
            return at;
        }
        at = joiner->people[at].next_surname;
    }
    at =
        find_entity(&joiner->given, text->tokens[names_given(text, name)].hash);
    for (uint32_t i = 0; at >= 0 && i < CHAIN_MAX; i++) {
        uint32_t other = names_surname(text, joiner->people[at].name);
        if (is_slip(token_str(text, last), token_str(text, other))) {
            return at;
        }
        at = joiner->people[at].next_given;
    }
    return -1;
}

static void register_person(Joiner *joiner, int32_t entity, Range name) {
    const Text *text = joiner->text;
    Person *person = &joiner->people[entity];

    person->surname = bare_surname(text, names_surname(text, name));
    person->given = text->tokens[names_given(text, name)].hash;
    person->next_surname =
        chain_entity(&joiner->surname, person->surname, (uint32_t)entity);
    person->next_given =
        chain_entity(&joiner->given, person->given, (uint32_t)entity);
}

/* The last words of an organisation name it too, if the last but one is more
 * than its article: "National Coalition", "Coalition". */
static void register_endings(Joiner *joiner, int32_t entity, Range name) {
    bool is_new;
    uint32_t first = name.first + 1;

    if (name.last - name.first > SUFFIX_MAX) {
        return;
    }
    for (; first < name.last; first++) {
        uint64_t key =
            names_hash(joiner->text, (Range){first, name.last}, false);
        *map_put(&joiner->ending, key, (uint32_t)entity, &is_new) =
            (uint32_t)entity;
    }
}

/* "Dorn & Holm" of "Dorn & Holm Motors", "Dorn" of "Dorn Motors". */
static void register_firm(Joiner *joiner, int32_t entity, Range name) {
    LexRow head = token_row(joiner->text, name.last - 1, LEX_NAME_HEAD);

    if (head.lexicon && name.last - name.first > 1 &&
        lex_is(head, LEX_NAME_HEAD_CODE, "BUS")) {
        name.last--;
        map_put(&joiner->ending, names_hash(joiner->text, name, false),
                (uint32_t)entity, NULL);
    }
}

/* "FAB" of "Free Army of Barda": the capitals of three words or more. */
static void register_acronym(Joiner *joiner, int32_t entity, Range name) {
    const Text *text = joiner->text;
    char letters[SUFFIX_MAX + 1];
    uint32_t count = 0;

    for (uint32_t i = name.first; i < name.last; i++) {
        if (text->tokens[i].flags & TOKEN_CAPITAL) {
            if (count == SUFFIX_MAX ||
                (unsigned char)text->bytes.ptr[text->tokens[i].begin] > 0x7F) {
                return;
            }
            letters[count++] = text->bytes.ptr[text->tokens[i].begin];
        }
    }
    if (count >= 3) {
        map_put(&joiner->whole,
                utf8_fold_hash(HASH_SEED, (Str){letters, count}),
                (uint32_t)entity, NULL);
    }
}

/* The key under which all names of one row are one: its canonical name. */
static uint64_t row_key(LexRow row) {
    static const struct {
        LexKind kind;
        uint32_t column;
    } names[] = {
        {LEX_ORGANISATION, LEX_ORGANISATION_NAME},
        {LEX_AGENCY, LEX_AGENCY_NAME},
        {LEX_COUNTRY, LEX_COUNTRY_NAME},
        {LEX_CITY, LEX_CITY_NAME},
        {LEX_DEMONYM, LEX_DEMONYM_NAME},
    };
    char kind = (char)('0' + row.kind);

    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].kind == row.kind) {
            return utf8_fold_hash(hash_str((Str){&kind, 1}),
                                  lex_cell(row, names[i].column));
        }
    }
    assert(false);
    return 0;
}

static bool is_full_person(const Joiner *joiner, const Mention *mention) {
    Range name = mention_range(mention);

    return mention->type == ENTITY_PER &&
           names_given(joiner->text, name) < names_surname(joiner->text, name);
}

/* The entity of a name in full: of a table, of several words, or known. */
static int32_t join_full(Joiner *joiner, const Mention *mention, LexRow row) {
    Range name = mention_range(mention);
    bool person = is_full_person(joiner, mention);
    uint64_t key =
        row.lexicon ? row_key(row) : names_hash(joiner->text, name, person);
    int32_t entity = find_entity(&joiner->whole, key);

    if (entity < 0 && person) {
        entity = find_person(joiner, name);
    }
    if (entity < 0 && mention->type == ENTITY_ORG && !row.lexicon) {
        entity = find_entity(&joiner->ending, key);
    }
    if (entity < 0) {
        entity = new_entity(joiner, mention->type, name);
        if (person) {
            register_person(joiner, entity, name);
        } else if (mention->type == ENTITY_ORG && !row.lexicon) {
            register_endings(joiner, entity, name);
            register_acronym(joiner, entity, name);
            register_firm(joiner, entity, name);
        }
    }
    map_put(&joiner->whole, key, (uint32_t)entity, NULL);
    if (row.lexicon) {
        map_put(&joiner->whole, names_hash(joiner->text, name, false),
                (uint32_t)entity, NULL);
    }
    return entity;
}

static char sex_of_first_name(const Text *text, uint32_t token) {
    LexRow row = token_row(text, token, LEX_FIRST_NAME);
    Str sex = row.lexicon ? lex_cell(row, LEX_FIRST_NAME_SEX) : (Str){0};

    return sex.len && sex.ptr[0] != 'b' ? sex.ptr[0] : 0;
}

/* True if `person` is a better reading of a surname than `best`: who was named
 * before it last, else who is named after it first. */
static bool is_nearer(const Person *person, const Person *best) {
    if (person->seen != best->seen) {
        return person->seen;
    }
    return person->seen ? person->last_seen > best->last_seen
                        : person->name.first < best->name.first;
}

/* The person of this surname who was named last, if the title's sex fits. */
static int32_t find_by_surname(const Joiner *joiner, Range name, char sex) {
    const Text *text = joiner->text;
    uint32_t last = names_surname(text, name);
    int32_t at = find_entity(&joiner->surname, bare_surname(text, last));
    int32_t best = -1;

    for (uint32_t i = 0; at >= 0 && i < CHAIN_MAX; i++) {
        const Person *person = &joiner->people[at];
        bool fits = !sex || !person->sex || sex == person->sex;
        if (fits && (best < 0 || is_nearer(person, &joiner->people[best]))) {
            best = at;
        }
        at = person->next_surname;
    }
    return best;
}

/* A lone word: a surname, a given name, an acronym, a name's last word, or a
 * name of its own. -1: it is no name. */
static int32_t join_short(Joiner *joiner, const Mention *mention,
                          const Naming *naming) {
    const Text *text = joiner->text;
    Range name = mention_range(mention);
    uint64_t key = names_hash(text, name, true);
    bool person = mention->type != ENTITY_NORP &&
                  !(text->tokens[name.first].flags & TOKEN_ALL_CAPS);
    int32_t entity = -1;

    if (person) {
        entity = find_by_surname(joiner, name, naming->sex);
    }
    if (entity < 0 && naming->row.lexicon) {
        return join_full(joiner, mention, naming->row);
    }
    if (entity < 0) {
        entity = find_entity(&joiner->whole, key);
    }
    if (entity < 0) {
        entity = find_entity(&joiner->ending, key);
    }
    if (entity < 0 && mention->type == ENTITY_PER && !naming->sex) {
        entity = find_entity(&joiner->given, text->tokens[name.first].hash);
    }
    if (entity < 0 && !naming->weak) {
        entity = new_entity(joiner, mention->type, name);
        map_put(&joiner->whole, key, (uint32_t)entity, NULL);
        if (mention->type == ENTITY_PER) {
            register_person(joiner, entity, name);
        }
    }
    return entity;
}

static void see(Joiner *joiner, uint32_t at, int32_t entity) {
    const Naming *naming = &joiner->names->naming[at];
    Mention *mention = &joiner->names->analysis->mentions[at];
    Person *person = &joiner->people[entity];

    mention->entity = entity;
    person->last_seen = at;
    person->seen = true;
    if (naming->sex) {
        person->sex = naming->sex;
    } else if (!person->sex && is_full_person(joiner, mention)) {
        person->sex = sex_of_first_name(
            joiner->text, names_given(joiner->text, mention_range(mention)));
    }
    if (naming->office_row.lexicon && mention->type == ENTITY_PER) {
        joiner->names->analysis->entities[entity].type = ENTITY_PER;
    }
}

/* A place that may be a surname: one word, and no "in" before it. */
static bool may_be_surname(const Joiner *joiner, const Mention *mention,
                           LexRow row) {
    const Words *words = &joiner->names->words;

    return (row.kind == LEX_CITY || row.kind == LEX_COUNTRY) &&
           mention->last == mention->first + 1 &&
           !(mention->first > 0 &&
             words->class[mention->first - 1] == WORD_PREPOSITION);
}

static bool is_short(const Joiner *joiner, const Mention *mention, LexRow row) {
    Range name = mention_range(mention);

    if (row.lexicon && may_be_surname(joiner, mention, row)) {
        return true;
    }
    return !row.lexicon &&
           (mention->type == ENTITY_PER ? !is_full_person(joiner, mention)
                                        : name.last - name.first == 1);
}

static void push_alias(Names *names, Entity *entity, Str form) {
    if (entity->aliases.count < ALIASES_MAX &&
        !str_list_has(&entity->aliases, form)) {
        str_push(names->arena, &entity->aliases, form);
    }
}

/* "Mr Atar": a form of address is how the report calls somebody. */
static Str addressed_form(const Names *names, const Mention *mention,
                          const Naming *naming) {
    const Text *text = names->words.text;

    if (!naming->office_row.lexicon || naming->office_row.kind != LEX_TITLE ||
        !lex_is(naming->office_row, LEX_TITLE_CLASS, "honorific")) {
        return (Str){0};
    }
    return str_at(text->bytes,
                  tokens_span(text, naming->office.first, mention->last));
}

/* The fullest form: the longest alias, the earliest of equals; of a country
 * or city its usual name. */
static void name_entities(Names *names) {
    Analysis *analysis = names->analysis;

    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        Mention *mention = &analysis->mentions[i];
        Entity *entity = &analysis->entities[mention->entity];
        LexRow row =
            entity->type == ENTITY_PER ? (LexRow){0} : names->naming[i].row;
        Str form = str_at(names->words.text->bytes, mention->span);
        Str addressed = addressed_form(names, mention, &names->naming[i]);
        push_alias(names, entity, form);
        if (addressed.len) {
            push_alias(names, entity, addressed);
        }
        if (row.lexicon && row.kind == LEX_COUNTRY) {
            entity->name = lex_cell(row, LEX_COUNTRY_NAME);
        } else if (row.lexicon && row.kind == LEX_CITY) {
            entity->name = lex_cell(row, LEX_CITY_NAME);
        } else if (form.len > entity->name.len) {
            entity->name = form;
        }
    }
}

/* Take out the mentions without entity, and note the places of the rest. */
static void drop_false(Names *names) {
    Analysis *analysis = names->analysis;
    Words *words = &names->words;
    uint32_t kept = 0;

    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        Mention mention = analysis->mentions[i];
        int32_t mark = mention.entity >= 0 ? (int32_t)kept : -1;
        for (uint32_t t = mention.first; t < mention.last; t++) {
            words->mention[t] = mark;
        }
        if (mention.entity >= 0) {
            mention.type = analysis->entities[mention.entity].type;
            names->naming[kept] = names->naming[i];
            analysis->mentions[kept++] = mention;
        }
    }
    analysis->mention_count = kept;
}

void names_join(Names *names) {
    Analysis *analysis = names->analysis;
    Joiner joiner = {.names = names, .text = names->words.text};

    map_init(&joiner.whole, names->arena, analysis->mention_count * 2);
    map_init(&joiner.surname, names->arena, analysis->mention_count);
    map_init(&joiner.given, names->arena, analysis->mention_count);
    map_init(&joiner.ending, names->arena, analysis->mention_count);
    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        const Mention *mention = &analysis->mentions[i];
        const Naming *naming = &names->naming[i];
        if (naming->same_as >= 0) {
            int32_t entity = analysis->mentions[naming->same_as].entity;
            if (entity >= 0) {
                map_put(&joiner.whole,
                        names_hash(joiner.text, mention_range(mention), false),
                        (uint32_t)entity, NULL);
                see(&joiner, i, entity);
            }
        } else if (!is_short(&joiner, mention, naming->row)) {
            see(&joiner, i, join_full(&joiner, mention, naming->row));
        }
    }
    for (uint32_t i = 0; i < analysis->entity_count; i++) {
        joiner.people[i].seen = false;
    }
    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        const Mention *mention = &analysis->mentions[i];
        int32_t entity = mention->entity;
        if (entity < 0) {
            entity = join_short(&joiner, mention, &names->naming[i]);
        }
        if (entity >= 0) {
            see(&joiner, i, entity);
        }
    }
    for (uint32_t i = 0; i < analysis->entity_count; i++) {
        analysis->entities[i].sex = joiner.people[i].sex;
    }
    drop_false(names);
    name_entities(names);
}
