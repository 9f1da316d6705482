/* SPDX-License-Identifier: Apache-2.0 */
/* find/names_settle.c - see names.h: what an unknown name is, from its use.
 *
 * A run of capitals that no table has is first taken for a person. It stays one
 * only if it does what persons do somewhere in the report:
 *
 *     Ostrel Marna , 34 ,     Marna said     Mr Marna     the mayor, X
 *
 * else "in Ostrel Marna" makes a place of it and "the Ostrel Marna" a thing.
 * A name that no table has is an outlet where the report treats it so:
 *
 *     TARN, May 3 (Wireline) -    told Wireline    , Wireline reported .
 *     the Wireline agency    an interview with Wireline    sent to Wireline */
#include "find/names.h"

#include "base/ascii.h"

enum { DATELINE_MAX = 14, BACK_MAX = 3 };

/* What the mentions of an entity have shown. */
typedef enum Sign {
    SIGN_KNOWN = 1 << 0,  /* a first name, a title, a name's article */
    SIGN_ACTS = 1 << 1,   /* speaks, has an age, is somebody who */
    SIGN_PLACE = 1 << 2,  /* "in X" */
    SIGN_THING = 1 << 3,  /* "the X" */
    SIGN_OUTLET = 1 << 4, /* "(X) -", "the X agency" */
    SIGN_TOLD = 1 << 5,   /* "told X" */
    SIGN_OWNER = 1 << 6,  /* "X's" */
    SIGN_WHO = 1 << 7,    /* "X, who", "X, 34," */
} Sign;

/* What the network took the mentions of an entity for. */
typedef struct Votes {
    uint32_t of[ENTITY_TYPE_COUNT];
} Votes;

typedef struct Settler {
    Names *names;
    Analysis *analysis;
    const Words *words;
    const Text *text;
    uint8_t *signs; /* arena; beside analysis->entities */
    Votes *votes;   /* arena; of each entity */
    Str tell;       /* lemma of the first verb of the frame "tell" */
} Settler;

static WordClass class_at(const Settler *settler, uint32_t token) {
    return (WordClass)settler->words->class[token];
}

/* The sentence of a token: its words only stand in one. */
static const Sentence *sentence_of(const Settler *settler, uint32_t token) {
    return &settler->text->sentences[settler->text->tokens[token].sentence];
}

static bool is_cue(const Settler *settler, uint32_t token, const char *frame) {
    LexRow row = token_row(settler->text, token, LEX_CUE);

    return row.lexicon && lex_is(row, LEX_CUE_FRAME, frame);
}

static bool is_nominal(const Settler *settler, uint32_t token,
                       const char *kind) {
    LexRow row = token_row(settler->text, token, LEX_NOMINAL);

    return row.lexicon && lex_is(row, LEX_NOMINAL_KIND, kind);
}

/* The verb of telling; whom one warns or asks is seldom an outlet. */
static bool tells(const Settler *settler, uint32_t token) {
    LexRow row = token_row(settler->text, token, LEX_CUE);

    return row.lexicon &&
           str_equal(lex_cell(row, LEX_CUE_LEMMA), settler->tell);
}

static Str first_lemma(const Lexicon *lexicon, const char *frame) {
    uint32_t rows = lexicon_rows(lexicon, LEX_CUE);

    for (uint32_t i = 0; i < rows; i++) {
        LexRow row = {lexicon, LEX_CUE, i};
        if (lex_is(row, LEX_CUE_FRAME, frame)) {
            return lex_cell(row, LEX_CUE_LEMMA);
        }
    }
    return (Str){0};
}

/* "X said", "said X". */
static bool speaks(const Settler *settler, const Mention *mention) {
    const Sentence *sentence = sentence_of(settler, mention->first);

    return (mention->first > sentence->first &&
            is_cue(settler, mention->first - 1, "say")) ||
           (mention->last < sentence->last &&
            is_cue(settler, mention->last, "say"));
}

/* "X, who", "X, 34,". */
static bool is_somebody(const Settler *settler, const Mention *mention) {
    const Sentence *sentence = sentence_of(settler, mention->first);
    uint32_t after = mention->last;

    return after + 1 < sentence->last &&
           word_is_mark(settler->words, after, ',') &&
           ((class_at(settler, after + 1) == WORD_RELATIVE &&
             word_feature(settler->words, after + 1) == 'h') ||
            (settler->text->tokens[after + 1].flags & TOKEN_NUMBER &&
             after + 2 < sentence->last &&
             word_is_mark(settler->words, after + 2, ',')));
}

static bool is_place(const Settler *settler, const Mention *mention) {
    return mention->first > sentence_of(settler, mention->first)->first &&
           word_feature(settler->words, mention->first - 1) == 'l' &&
           !token_has(settler->text, mention->first, LEX_NOT_PLACE);
}

static bool is_thing(const Settler *settler, const Mention *mention) {
    return mention->first > sentence_of(settler, mention->first)->first &&
           word_feature(settler->words, mention->first - 1) == 'd' &&
           !(mention->last < settler->text->token_count &&
             class_at(settler, mention->last) == WORD_OTHER);
}

/* --- outlets --- */

/* "TARN, May 3 (Wireline) -": in brackets before a dash, among the first words
 * of a paragraph. */
static bool is_dateline(const Settler *settler, const Mention *mention) {
    const Sentence *sentence = sentence_of(settler, mention->first);
    const Text *text = settler->text;
    uint32_t after = mention->last;
    const Token *dash;

    if (mention->first <= sentence->first || after + 1 >= text->token_count ||
        mention->first > sentence->first + DATELINE_MAX ||
        !word_is_mark(settler->words, mention->first - 1, '(') ||
        !word_is_mark(settler->words, after, ')')) {
        return false;
    }
    dash = &text->tokens[after + 1];
    return (text->tokens[sentence->first].flags & TOKEN_ALL_CAPS) &&
           (dash->flags & TOKEN_PUNCT) && (dash->flags & TOKEN_SPACE_BEFORE);
}

/* "an interview with X", "a message sent to X", "quoted by X". */
static bool receives_words(const Settler *settler, uint32_t first,
                           uint32_t floor) {
    uint32_t at = first - 1; /* the preposition, or the article after it */
    bool article = at > floor && word_feature(settler->words, at) == 'd';

    at -= article;
    if (class_at(settler, at) != WORD_PREPOSITION || at <= floor) {
        return false;
    }
    for (uint32_t back = 1; back <= BACK_MAX && at >= floor + back; back++) {
        uint32_t token = at - back;
        if ((!article && is_nominal(settler, token, "interview")) ||
            (!article && is_nominal(settler, token, "text") && back == 2) ||
            (back == 1 && is_cue(settler, token, "quote"))) {
            return true;
        }
    }
    return false;
}

/* Who is told may be anybody; a name that is also a people, a body of state, or
 * an owner elsewhere in the report ("Kerr's plan") is no outlet. */
static bool is_told(const Settler *settler, const Mention *mention) {
    uint32_t floor = sentence_of(settler, mention->first)->first;

    return mention->first > floor &&
           !token_has(settler->text, mention->first, LEX_NOT_PLACE) &&
           !token_has(settler->text, mention->first, LEX_ACTOR) &&
           (tells(settler, mention->first - 1) ||
            receives_words(settler, mention->first, floor));
}

/* ", Wireline reported." at the end of a sentence. */
static bool reports(const Settler *settler, const Mention *mention) {
    const Sentence *sentence = sentence_of(settler, mention->first);
    LexRow row = {0};

    if (mention->last >= sentence->last || mention->first <= sentence->first ||
        !word_is_mark(settler->words, mention->first - 1, ',')) {
        return false;
    }
    return token_phrase(settler->text, mention->last, sentence->last,
                        LEX_CREDIT, &row) &&
           lex_is(row, LEX_CREDIT_PLACE, "after");
}

/* "the Wireline agency", "the state news agency Wireline". */
static bool is_called_outlet(const Settler *settler, const Mention *mention) {
    const Sentence *sentence = sentence_of(settler, mention->first);
    LexRow row;

    if (mention->last < sentence->last &&
        token_phrase(settler->text, mention->last, sentence->last, LEX_NOMINAL,
                     &row) &&
        lex_is(row, LEX_NOMINAL_KIND, "outlet")) {
        return true;
    }
    for (uint32_t back = 1;
         back <= BACK_MAX && mention->first >= sentence->first + back; back++) {
        if (token_phrase(settler->text, mention->first - back, mention->first,
                         LEX_NOMINAL, &row) == back &&
            lex_is(row, LEX_NOMINAL_KIND, "outlet")) {
            return true;
        }
    }
    return false;
}

static bool is_outlet(const Settler *settler, const Mention *mention) {
    return is_dateline(settler, mention) || reports(settler, mention) ||
           is_called_outlet(settler, mention);
}

/* --- the decision --- */

static void read_signs(const Settler *settler, uint32_t index) {
    const Mention *mention = &settler->analysis->mentions[index];
    const Naming *naming = &settler->names->naming[index];
    uint8_t *signs = &settler->signs[mention->entity];
    bool alone = mention->last == mention->first + 1;

    if (naming->sex || naming->office_row.lexicon ||
        (!alone && !naming->guess)) {
        *signs |= SIGN_KNOWN;
    }
    if (is_somebody(settler, mention)) {
        *signs |= SIGN_ACTS | SIGN_WHO;
    } else if (speaks(settler, mention)) {
        *signs |= SIGN_ACTS;
    }
    if (is_place(settler, mention)) {
        *signs |= SIGN_PLACE;
    }
    if (is_thing(settler, mention)) {
        *signs |= SIGN_THING;
    }
    if (is_outlet(settler, mention)) {
        *signs |= SIGN_OUTLET;
    }
    if (is_told(settler, mention)) {
        *signs |= SIGN_TOLD;
    }
    if (mention->last < settler->text->token_count &&
        class_at(settler, mention->last) == WORD_GENITIVE) {
        *signs |= SIGN_OWNER;
    }
}

/* A person whose type was a guess: what is it by its use? */
static EntityType settle_person(uint8_t signs, const Entity *entity) {
    if ((signs & SIGN_KNOWN) || entity->role.len || entity->aliases.count > 1) {
        return ENTITY_PER;
    }
    if (signs & SIGN_PLACE) {
        return ENTITY_LOC;
    }
    return (signs & SIGN_THING) && !(signs & SIGN_ACTS) ? ENTITY_MISC
                                                        : ENTITY_PER;
}

/* The type that most mentions have; `none` where the network marks none. */
static EntityType voted_type(const Votes *votes, EntityType none) {
    uint32_t most = 0;

    for (uint32_t i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (votes->of[i] > most) {
            most = votes->of[i];
            none = (EntityType)i;
        }
    }
    return none;
}

/* A name of no table that the report treats as a news outlet. */
static bool settles_as_outlet(uint8_t signs, const Entity *entity) {
    bool open = entity->type == ENTITY_MISC || entity->type == ENTITY_ORG ||
                (!(signs & SIGN_KNOWN) && entity->type != ENTITY_NORP);

    return open && !entity->code.len && !entity->role.len &&
           !(signs & SIGN_PLACE) &&
           ((signs & SIGN_OUTLET) ||
            ((signs & SIGN_TOLD) && !(signs & SIGN_OWNER)));
}

static void settle(const Settler *settler, uint32_t index) {
    Entity *entity = &settler->analysis->entities[index];
    uint8_t signs = settler->signs[index];

    if (settles_as_outlet(signs, entity)) {
        entity->type = ENTITY_ORG;
        entity->code = str_of("MED");
        return;
    }
    if (entity->type != ENTITY_PER || !entity->role.len) {
        entity->type = voted_type(&settler->votes[index], entity->type);
    }
    if ((signs & SIGN_WHO) && !entity->code.len && entity->type != ENTITY_ORG) {
        entity->type = ENTITY_PER;
    }
    if (entity->type == ENTITY_MISC && (signs & SIGN_PLACE)) {
        entity->type = ENTITY_LOC;
    } else if (entity->type == ENTITY_PER) {
        entity->type = settle_person(signs, entity);
    }
}

/* "Walid al-Atar", but not "Martin Hale University". */
static bool has_first_name(const Settler *settler, const Mention *mention) {
    return mention->last > mention->first + 1 &&
           token_has(settler->text, mention->first, LEX_FIRST_NAME) &&
           !token_has(settler->text, mention->last - 1, LEX_NAME_HEAD);
}

/* A title settles it: it outweighs what the other mentions look like; and a
 * first name what one of them does. */
static void count_vote(const Settler *settler, uint32_t index) {
    enum { TITLE_VOTES = 4, FIRST_NAME_VOTES = 2 };
    const Naming *naming = &settler->names->naming[index];
    const Mention *mention = &settler->analysis->mentions[index];

    if (naming->tagged && !naming->row.lexicon) {
        uint32_t *votes =
            &settler->votes[mention->entity].of[naming->tagged - 1];
        *votes += naming->office_row.lexicon || naming->sex ? TITLE_VOTES : 1;
        if (has_first_name(settler, mention)) {
            settler->votes[mention->entity].of[ENTITY_PER] += FIRST_NAME_VOTES;
        }
    }
}

/* A place's name may stand for its team or government once, and for the place
 * elsewhere: what the network read, but a person stays one. */
static EntityType shown_type(EntityType type, uint8_t tagged) {
    EntityType read = tagged ? (EntityType)(tagged - 1) : type;

    if (type == ENTITY_PER || read == ENTITY_PER ||
        (type == ENTITY_GPE && read == ENTITY_LOC)) {
        return type;
    }
    return read;
}

void names_settle(Names *names) {
    Analysis *analysis = names->analysis;
    Settler settler = {.names = names,
                       .analysis = analysis,
                       .words = &names->words,
                       .text = names->words.text};

    settler.tell = first_lemma(settler.text->lexicon, "tell");
    settler.signs = arena_zero(names->arena, analysis->entity_count + 1);
    settler.votes = arena_zero(names->arena, (analysis->entity_count + 1) *
                                                 sizeof *settler.votes);
    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        count_vote(&settler, i);
        if (!names->naming[i].row.lexicon) {
            read_signs(&settler, i);
        }
    }
    for (uint32_t i = 0; i < analysis->entity_count; i++) {
        settle(&settler, i);
    }
    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        Mention *mention = &analysis->mentions[i];
        EntityType type = analysis->entities[mention->entity].type;

        mention->type = shown_type(type, names->naming[i].tagged);
    }
}
