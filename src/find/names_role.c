/* SPDX-License-Identifier: Apache-2.0 */
/* find/names_role.c - see names.h: who holds what office, and for whom.
 *
 * The words around a name tell its office and the body or country it serves:
 *
 *     the opposition Hill Coalition 's chief of staff  Ana Reed
 *     '-------- for whom ---------'    '--- office --'
 *     Ana Reed , head of the Hill Coalition ,          (apposition)
 *     his Ardan counterpart Ivo Marsh                  (the office of the
 *                                                       person before)
 *
 * The actor code is the country's three letters and the office's role, or the
 * code of the body served. What is read first about an entity stays. */
#include "find/names.h"

#include <assert.h>
#include <string.h>

enum {
    APPOSITION_MAX = 10,
    MODIFIERS_MAX = 8,
    BEFORE_MAX = 100,
    OFFICE_MAX = 4
};

/* What single mentions of an entity tell; together they make its code: "Foreign
 * Minister Holm ... Arda's Holm". */
typedef struct Tie {
    Str letters;            /* role of an office that was read: "GOV" */
    const Mention *country; /* that stands with a mention; NULL: none */
} Tie;

typedef struct Roles {
    Names *names;
    Analysis *analysis;
    const Words *words;
    const Text *text;
    Tie *ties;           /* arena; of each entity */
    int32_t last_holder; /* entity whose office was read last, -1: none */
} Roles;

static const Mention *mention_at(const Roles *roles, uint32_t token) {
    int32_t at = roles->words->mention[token];

    return at < 0 ? NULL : &roles->analysis->mentions[at];
}

/* ISO 3166 code of a country, people or place; empty: none. */
static Str country_of(const Roles *roles, const Mention *mention) {
    LexRow row = roles->names->naming[mention - roles->analysis->mentions].row;

    if (!row.lexicon) {
        return (Str){0};
    }
    switch (row.kind) {
    case LEX_COUNTRY:
        return lex_cell(row, LEX_COUNTRY_CODE);
    case LEX_DEMONYM:
        return lex_cell(row, LEX_DEMONYM_CODE);
    case LEX_CITY:
        return lex_cell(row, LEX_CITY_CODE);
    case LEX_AGENCY:
        return lex_cell(row, LEX_AGENCY_CODE);
    default:
        return (Str){0};
    }
}

static Str country_name(const Roles *roles, const Mention *mention) {
    LexRow row = roles->names->naming[mention - roles->analysis->mentions].row;

    return row.kind == LEX_DEMONYM
               ? lex_cell(row, LEX_DEMONYM_NAME)
               : roles->analysis->entities[mention->entity].name;
}

/* The role letters that an actor noun or adjective gives: "rebel" -> REB. */
static Str actor_code(const Roles *roles, uint32_t token) {
    LexRow row = token_row(roles->text, token, LEX_ACTOR);

    return row.lexicon ? lex_cell(row, LEX_ACTOR_CODE) : (Str){0};
}

/* --- organisations and places --- */

/* The head noun of a name: before "of" or "for", or its last word. */
static uint32_t head_of(const Roles *roles, const Mention *mention) {
    for (uint32_t i = mention->first; i + 1 < mention->last; i++) {
        WordClass next = (WordClass)roles->words->class[i + 1];
        if (next == WORD_OF || next == WORD_FOR || next == WORD_PREPOSITION) {
            return i;
        }
    }
    return mention->last - 1;
}

/* The code of a body from its own words: a country and a head noun. */
static Str code_of_words(const Roles *roles, const Mention *mention) {
    Str country = {0}, role = {0};
    uint32_t last = head_of(roles, mention);
    LexRow head = token_row(roles->text, last, LEX_NAME_HEAD);

    for (uint32_t i = mention->first; i < last && !country.len; i++) {
        LexRow row = token_row(roles->text, i, LEX_DEMONYM);
        if (row.lexicon) {
            country = lex_cell(row, LEX_DEMONYM_CODE);
        } else if ((row = token_row(roles->text, i, LEX_COUNTRY)).lexicon) {
            country = lex_cell(row, LEX_COUNTRY_CODE);
        }
    }
    if (head.lexicon) {
        role = lex_cell(head, LEX_NAME_HEAD_CODE);
    }
    return country.len + role.len ? str_join(roles->names->arena, country, role)
                                  : (Str){0};
}

/* "the rebel Hill Army", "the opposition Coalition": the word before the name
 * says more than its head noun. */
static Str modifier_before(const Roles *roles, const Mention *mention) {
    Str code = {0};

    if (mention->first > 0 && roles->words->mention[mention->first - 1] < 0) {
        code = actor_code(roles, mention->first - 1);
    }
    return code;
}

static void code_organisation(const Roles *roles, const Mention *mention,
                              LexRow row, Entity *entity) {
    Arena *arena = roles->names->arena;
    Str modifier = modifier_before(roles, mention);

    if (row.lexicon && row.kind == LEX_ORGANISATION) {
        entity->code = lex_cell(row, LEX_ORGANISATION_CODE);
    } else if (row.lexicon && row.kind == LEX_AGENCY) {
        entity->code =
            str_join(arena, lex_cell(row, LEX_AGENCY_CODE), (Str){"MED", 3});
    } else if (modifier.len) {
        Str own = code_of_words(roles, mention);
        Str country = own.len >= 3 ? str_slice(own, 0, 3) : own;
        LexRow head =
            token_row(roles->text, head_of(roles, mention), LEX_NAME_HEAD);
        if (head.lexicon &&
            str_equal(country, lex_cell(head, LEX_NAME_HEAD_CODE))) {
            country = (Str){0};
        }
        entity->code = str_join(arena, country, modifier);
    } else if (!entity->code.len) {
        entity->code = code_of_words(roles, mention);
    }
}

static void code_bodies(const Roles *roles) {
    for (uint32_t i = 0; i < roles->analysis->mention_count; i++) {
        const Mention *mention = &roles->analysis->mentions[i];
        Entity *entity = &roles->analysis->entities[mention->entity];
        if (entity->type == ENTITY_ORG) {
            code_organisation(roles, mention, roles->names->naming[i].row,
                              entity);
        } else if (!entity->code.len) {
            entity->code = country_of(roles, mention);
        }
    }
}

/* --- persons --- */

/* An office, and the mention of the body or country that it serves. */
typedef struct Post {
    LexRow row;
    Range range;
    const Mention *body; /* NULL: not said */
    Str actor;           /* "REB" of "rebel leader", where the row has none */
} Post;

static bool is_body(const Mention *mention) {
    return mention &&
           (mention->type == ENTITY_ORG || mention->type == ENTITY_GPE ||
            mention->type == ENTITY_NORP);
}

/* Words that may stand between a body and an office: "'s", "top", "deputy",
 * "opposition"; their actor code is noted. */
static bool is_modifier(const Roles *roles, uint32_t token, Str *actor) {
    const LexWord *word = roles->text->tokens[token].word;
    uint64_t kinds = UINT64_C(1) << LEX_OFFICE | UINT64_C(1) << LEX_ACTOR |
                     UINT64_C(1) << LEX_TITLE;
    Str code;

    if (roles->words->class[token] == WORD_GENITIVE ||
        roles->words->class[token] == WORD_COMMON ||
        word_is_mark(roles->words, token, '-')) {
        return true;
    }
    if (!word || !((word->keys | word->opens) & kinds)) {
        return false;
    }
    code = actor_code(roles, token);
    if (code.len && !actor->len) {
        *actor = code;
    }
    return roles->words->class[token] == WORD_OTHER;
}

/* Walk left from an office or a name over its modifiers to the body it
 * serves. Returns where the phrase begins. */
static uint32_t walk_left(const Roles *roles, uint32_t first, uint32_t floor,
                          Post *post) {
    uint32_t at = first;

    for (uint32_t steps = 0; at > floor && steps < MODIFIERS_MAX; steps++) {
        const Mention *mention = mention_at(roles, at - 1);
        if (is_body(mention)) {
            if (!post->body || mention->type == ENTITY_ORG) {
                post->body = mention;
            }
            at = mention->first;
        } else if (!mention && is_modifier(roles, at - 1, &post->actor)) {
            at--;
        } else {
            break;
        }
    }
    if (at > floor && (roles->words->class[at - 1] == WORD_ARTICLE ||
                       roles->words->class[at - 1] == WORD_POSSESSIVE)) {
        at--;
    }
    return at;
}

/* "of the Hill Coalition", "for Arda", "at the ministry of X". */
static uint32_t walk_right(const Roles *roles, uint32_t at, uint32_t limit,
                           Post *post) {
    uint32_t next = at + 1;

    if (at >= limit || (roles->words->class[at] != WORD_OF &&
                        roles->words->class[at] != WORD_FOR)) {
        return at;
    }
    for (uint32_t steps = 0; next < limit && steps < MODIFIERS_MAX; steps++) {
        const Mention *mention = mention_at(roles, next);
        if (is_body(mention)) {
            post->body = mention;
            next = mention->last;
            if (mention->type == ENTITY_ORG) {
                return next;
            }
        } else if (roles->words->class[next] == WORD_ARTICLE ||
                   is_modifier(roles, next, &post->actor)) {
            next++;
        } else {
            break;
        }
    }
    return post->body ? next : at;
}

static uint32_t sentence_first(const Roles *roles, uint32_t token) {
    return roles->text->sentences[roles->text->tokens[token].sentence].first;
}

static uint32_t sentence_last(const Roles *roles, uint32_t token) {
    return roles->text->sentences[roles->text->tokens[token].sentence].last;
}

/* "the Ardan foreign minister, X": an office that ends at a comma. */
static bool office_before_comma(const Roles *roles, uint32_t first,
                                uint32_t floor, Post *post) {
    for (uint32_t back = OFFICE_MAX; back >= 1; back--) {
        LexRow row;
        if (first >= floor + 1 + back &&
            word_is_mark(roles->words, first - 1, ',') &&
            token_phrase(roles->text, first - 1 - back, first - 1, LEX_OFFICE,
                         &row) == back) {
            post->row = row;
            post->range = (Range){first - 1 - back, first - 1};
            return true;
        }
    }
    return false;
}

/* The role letters of an office or of a title's class. */
static Str role_code(const Roles *roles, const Post *post) {
    static const struct {
        const char *class, *code;
    } classes[] = {
        {"military", "MIL"}, {"police", "COP"}, {"religious", "REL"},
        {"academic", "EDU"}, {"royal", "GOV"},
    };
    Str class;

    (void)roles;
    if (!post->row.lexicon) {
        return post->actor;
    }
    if (post->row.kind == LEX_OFFICE) {
        Str code = lex_cell(post->row, LEX_OFFICE_CODE);
        return code.len ? code : post->actor;
    }
    class = lex_cell(post->row, LEX_TITLE_CLASS);
    for (uint32_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (str_is(class, classes[i].class)) {
            return str_of(classes[i].code);
        }
    }
    return post->actor;
}

/* ISO 3166 code of the country that a body is; empty: it is none. */
static Str body_country(const Roles *roles, const Mention *body) {
    const Entity *entity = &roles->analysis->entities[body->entity];

    return entity->type != ENTITY_ORG && entity->code.len == 3 ? entity->code
                                                               : (Str){0};
}

static void tie(const Roles *roles, const Entity *entity, const Post *post) {
    Tie *ties = &roles->ties[entity - roles->analysis->entities];

    if (!ties->letters.len && post->row.lexicon) {
        ties->letters = role_code(roles, post);
    }
    if (!ties->country && post->body && body_country(roles, post->body).len) {
        ties->country = post->body;
    }
}

/* The office before a name: "Ardan Foreign Minister X", "X's chief of staff
 * Y", "the head of the Hill Coalition X". */
static Post post_before(const Roles *roles, uint32_t index, uint32_t *begin) {
    const Mention *mention = &roles->analysis->mentions[index];
    const Naming *naming = &roles->names->naming[index];
    uint32_t floor = sentence_first(roles, mention->first);
    Post post = {0};

    if (!range_empty(naming->office)) {
        post.row = naming->office_row;
        post.range = naming->office;
        *begin = walk_left(roles, naming->office.first, floor, &post);
        return post;
    }
    if (office_before_comma(roles, mention->first, floor, &post)) {
        walk_left(roles, post.range.first, floor, &post);
        return post;
    }
    *begin = walk_left(roles, mention->first, floor, &post);
    if (*begin == mention->first ||
        (post.body && post.body->last == mention->first &&
         post.body->type == ENTITY_GPE)) {
        *begin = mention->first;
        tie(roles, &roles->analysis->entities[mention->entity], &post);
        return (Post){0};
    }
    if (*begin > floor && roles->words->class[*begin - 1] == WORD_OF) {
        for (uint32_t back = 1;
             back <= OFFICE_MAX && *begin >= floor + 1 + back; back++) {
            LexRow row;
            uint32_t at = *begin - 1 - back;
            if (token_phrase(roles->text, at, *begin - 1, LEX_OFFICE, &row) ==
                back) {
                post.row = row;
                post.range = (Range){at, at + back};
                *begin = walk_left(roles, at, floor, &post);
            }
        }
    }
    return post;
}

/* "X, the former head of the Hill Coalition,": the office after a name. */
static Post post_after(const Roles *roles, const Mention *mention) {
    uint32_t limit = sentence_last(roles, mention->first);
    uint32_t at = mention->last;
    Post post = {0};

    if (at + 1 >= limit || !word_is_mark(roles->words, at, ',')) {
        return post;
    }
    at++;
    for (uint32_t steps = 0; at < limit && steps < APPOSITION_MAX; steps++) {
        const Mention *inner = mention_at(roles, at);
        uint32_t length =
            token_phrase(roles->text, at, limit, LEX_OFFICE, &post.row);
        if (length) {
            post.range = (Range){at, at + length};
            walk_right(roles, at + length, limit, &post);
            return post;
        }
        if (is_body(inner)) {
            post.body = inner;
            at = inner->last;
        } else if (!inner && (roles->words->class[at] == WORD_ARTICLE ||
                              is_modifier(roles, at, &post.actor))) {
            at++;
        } else {
            break;
        }
    }
    return (Post){0};
}

/* The code of who holds the post: of the body's own, or its country's. */
static Str post_code(const Roles *roles, const Post *post) {
    const Entity *body;
    Str role = role_code(roles, post);

    if (!post->body) {
        return (Str){0};
    }
    body = &roles->analysis->entities[post->body->entity];
    if (body->type == ENTITY_ORG && body->code.len) {
        return body->code;
    }
    if (body->code.len == 3 && role.len) {
        return str_join(roles->names->arena, body->code, role);
    }
    return (Str){0};
}

/* An office without a country takes that of another mention. */
static void settle_code(const Roles *roles, Entity *entity, const Tie *ties) {
    if (entity->type != ENTITY_PER || entity->code.len || !ties->country ||
        !ties->letters.len) {
        return;
    }
    entity->code = str_join(roles->names->arena,
                            body_country(roles, ties->country), ties->letters);
    if (!entity->of.len) {
        entity->of = country_name(roles, ties->country);
    }
}

static void give_post(Roles *roles, Entity *entity, const Post *post) {
    Str code = post_code(roles, post);

    tie(roles, entity, post);

    if (!entity->role.len && post->row.lexicon &&
        post->row.kind == LEX_OFFICE) {
        entity->role = lex_cell(post->row, LEX_OFFICE_ROLE);
    }
    if (!entity->of.len && post->body && post->row.lexicon) {
        entity->of = country_name(roles, post->body);
    }
    if (code.len > entity->code.len) {
        entity->code = code;
    }
}

/* The last person named before `token` in its sentence, or -1. */
static int32_t person_before(const Roles *roles, uint32_t token) {
    uint32_t first = sentence_first(roles, token);

    first = token > first + BEFORE_MAX ? token - BEFORE_MAX : first;
    for (uint32_t i = token; i > first; i--) {
        const Mention *mention = mention_at(roles, i - 1);
        if (mention && mention->type == ENTITY_PER) {
            return mention->entity;
        }
    }
    return -1;
}

/* "his Ardan counterpart Ivo Marsh" holds the office of the person named
 * before, for another country. */
static void give_counterpart(Roles *roles, Entity *entity, Post *post,
                             uint32_t token) {
    const Entity *other;
    int32_t holder = person_before(roles, token);

    holder = holder < 0 ? roles->last_holder : holder;
    if (holder < 0 || &roles->analysis->entities[holder] == entity) {
        return;
    }
    other = &roles->analysis->entities[holder];
    if (!entity->role.len) {
        entity->role = other->role;
    }
    post->actor = other->code.len > 3
                      ? str_slice(other->code, 3, other->code.len)
                      : roles->ties[holder].letters;
    post->row = (LexRow){0};
    give_post(roles, entity, post);
    if (!entity->of.len && post->body) {
        entity->of = country_name(roles, post->body);
    }
}

static bool is_counterpart(const Roles *roles, const Post *post) {
    LexRow row;

    if (range_empty(post->range)) {
        return false;
    }
    row = token_row(roles->text, post->range.last - 1, LEX_NOMINAL);
    return row.lexicon && lex_is(row, LEX_NOMINAL_KIND, "counterpart");
}

static void read_person(Roles *roles, uint32_t index) {
    Mention *mention = &roles->analysis->mentions[index];
    Entity *entity = &roles->analysis->entities[mention->entity];
    uint32_t begin = mention->first;
    Post before = post_before(roles, index, &begin), after;

    mention->phrase.begin = roles->text->tokens[begin].begin;
    if (is_counterpart(roles, &before)) {
        give_counterpart(roles, entity, &before, mention->first);
        return;
    }
    give_post(roles, entity, &before);
    after = post_after(roles, mention);
    if (after.row.lexicon) {
        give_post(roles, entity, &after);
    }
    if (entity->role.len) {
        roles->last_holder = mention->entity;
    }
}

void names_roles(Names *names) {
    Roles roles = {.names = names,
                   .analysis = names->analysis,
                   .words = &names->words,
                   .text = names->words.text,
                   .last_holder = -1};

    roles.ties = arena_zero(names->arena, (names->analysis->entity_count + 1) *
                                              sizeof *roles.ties);
    code_bodies(&roles);
    for (uint32_t i = 0; i < names->analysis->mention_count; i++) {
        if (names->analysis->mentions[i].type == ENTITY_PER) {
            read_person(&roles, i);
        }
    }
    for (uint32_t i = 0; i < names->analysis->entity_count; i++) {
        settle_code(&roles, &names->analysis->entities[i], &roles.ties[i]);
    }
}
