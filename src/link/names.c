/* SPDX-License-Identifier: Apache-2.0 */
/* link/names.c - the people and bodies of a report become those of the store.
 *
 * Room: link. For each entity of a report the store is asked for entities that
 * share a blocking key with it, these few are compared form by form, and the
 * best that is good enough is the same; else a new one is made:
 *
 *     report: "Yusuf Hamoudi", "Hamoudi"   SYRGOV
 *       keys: person, skeleton of the last part "mt", with and without the
 *             first letter of the given name
 *     store:  "Yusuf al-Hammudi", "Hammudi" SYRGOV     same_name: .98
 *
 * Said against it: another country in the actor code. A surname alone is
 * whoever is the only one of that surname; where there are several, and the
 * code does not tell them apart, it stays an entity of its own. Blocking as
 * in record linkage (Fellegi and Sunter 1969; Winkler 1990). */
#include <assert.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "link/inside.h"

enum {
    CANDIDATES_MAX = 64, /* entities of one key that are looked at */
    FORMS_MAX = 16,      /* forms of an entity that are compared */
    KEYS_MAX = 16,       /* of one form */
    SKELETON_MAX = 16,
    CODE_COUNTRY = 3, /* letters of an actor code that name the country */
};

/* Above these two names are one: full names by same_name(), which is to be
 * surer here than as likely as not; surnames by the likeness of the spelling.
 */
static const double SAME_FULL = .82, SAME_SURNAME = .85;

/* Entities of these types may be one: a town may be LOC here and GPE there. */
typedef enum Class {
    CLASS_PERSON,
    CLASS_BODY,
    CLASS_PLACE,
    CLASS_GROUP,
    CLASS_OTHER
} Class;

static Class class_of(EntityType type) {
    switch (type) {
    case ENTITY_PER:
        return CLASS_PERSON;
    case ENTITY_ORG:
        return CLASS_BODY;
    case ENTITY_LOC:
    case ENTITY_GPE:
        return CLASS_PLACE;
    case ENTITY_NORP:
        return CLASS_GROUP;
    default:
        return CLASS_OTHER;
    }
}

static Class class_named(Str type) {
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (str_is(type, entity_type_name((EntityType)i))) {
            return class_of((EntityType)i);
        }
    }
    return CLASS_OTHER;
}

/* ------------------------------------------------------------------- forms */

/* One form of a name, made ready for comparing. */
typedef struct Form {
    Str text;
    Str folded;      /* lower case, without "the" */
    NameParts parts; /* of a person's name */
    bool full;       /* a person's: with a given name */
} Form;

typedef struct Forms {
    Form *items; /* arena */
    uint32_t count, capacity;
} Forms;

static const Lexicon *lexicon_of(const Link *link) {
    return speller_lexicon(link->speller);
}

/* "The Coalition" and "Coalition" are one form. */
static Str without_the(const Lexicon *lexicon, Str folded) {
    size_t space = str_find(folded, str_of(" "), 0);
    Str first = str_slice(folded, 0, space);
    LexRow row = lexicon_find(lexicon, LEX_FUNCTION_WORD, first);

    if (space < folded.len && row.lexicon &&
        lex_is(row, LEX_FUNCTION_WORD_CLASS, "article")) {
        return str_slice(folded, space + 1, folded.len);
    }
    return folded;
}

static Form form_of(Link *link, Str text, Class class) {
    const Lexicon *lexicon = lexicon_of(link);
    Form form = {.text = text};

    form.folded = without_the(lexicon, utf8_plain(link->arena, text));
    if (class == CLASS_PERSON) {
        person_parts(link->arena, link->speller, text, &form.parts);
        form.full = form.parts.count > 1;
    }
    return form;
}

static void push_form(Link *link, Forms *forms, Form form) {
    forms->items = arena_grow(link->arena, forms->items, forms->count,
                              &forms->capacity, sizeof *forms->items);
    forms->items[forms->count++] = form;
}

static Forms forms_of_entity(Link *link, const Entity *entity) {
    Forms forms = {0};
    Class class = class_of(entity->type);

    for (uint32_t i = 0; i < entity->aliases.count && i < FORMS_MAX; i++) {
        push_form(link, &forms, form_of(link, entity->aliases.items[i], class));
    }
    return forms;
}

static Forms forms_of_stored(Link *link, int64_t entity, Class class) {
    Forms forms = {0};
    sqlite3_stmt *q = ask(link, "SELECT form FROM entity_form WHERE "
                                "entity = ?1 ORDER BY reports DESC, form "
                                "LIMIT ?2");

    set_id(q, 1, entity);
    set_id(q, 2, FORMS_MAX);
    while (next_row(link, q)) {
        Str text = str_dup(link->arena, column_str(q, 0));

        push_form(link, &forms, form_of(link, text, class));
    }
    return forms;
}

/* -------------------------------------------------------------------- keys */

/* One consonant class for what romanisations confuse; 0: says nothing. */
static char consonant_class(char c) {
    static const char classes[26] = {
        /* a b c d e f g h i j k l m */
        0, 'p', 'k', 't', 0, 'f', 'k', 0, 0, 'k', 'k', 'l', 'm',
        /* n o p q r s t u v w x y z */
        'n', 0, 'p', 'k', 'r', 's', 't', 0, 'f', 0, 'k', 0, 's'};

    return c >= 'a' && c <= 'z' ? classes[c - 'a'] : 0;
}

/* "hammudi" -> "mt", "khalil" -> "kl", "gaddafi" -> "ktf", "sharif",
 * "cherif" -> "srf" */
static Str skeleton(Arena *arena, Str word) {
    char *out = arena_alloc(arena, SKELETON_MAX);
    size_t len = 0;

    for (size_t i = 0; i < word.len && len < SKELETON_MAX; i++) {
        char c = consonant_class(word.ptr[i]);

        if ((word.ptr[i] == 'c' || word.ptr[i] == 's') && i + 1 < word.len &&
            word.ptr[i + 1] == 'h') {
            c = 's';
        }
        if (c && (len == 0 || out[len - 1] != c)) {
            out[len++] = c;
        }
    }
    return (Str){out, len};
}

static uint64_t key_hash(char kind, Str text, char initial) {
    char head[2] = {kind, initial};

    return hash_more(hash_more(HASH_SEED, (Str){head, 2}), text);
}

/* The sound that a given name begins with: Yusuf, Josef, Omar, Umar. */
static char initial_of(Str part) {
    char c = part.ptr[0];
    char class = consonant_class(c);

    return c == 'j' || c == 'y' || !class ? 'a' : class;
}

static void person_keys(Link *link, const Form *form, Numbers *keys) {
    Str last, words[2];

    if (form->parts.count == 0) {
        return;
    }
    last = form->parts.items[form->parts.count - 1].text;
    words[0] = last;
    words[1] = without_article(lexicon_of(link), last);
    for (int i = 0; i < 2; i++) {
        Str bones = skeleton(link->arena, words[i]);

        if (bones.len == 0) {
            bones = words[i];
        }
        numbers_push(link->arena, keys, key_hash('p', bones, 0));
        for (uint32_t k = 0; k + 1 < form->parts.count && k < 4; k++) {
            numbers_push(
                link->arena, keys,
                key_hash('p', bones, initial_of(form->parts.items[k].text)));
        }
    }
}

/* The first letters of the capitalised words, "UN" of "United Nations". */
static Str initials(Arena *arena, Str name) {
    char *out = arena_alloc(arena, name.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < name.len; i++) {
        if (ascii_upper(name.ptr[i]) &&
            (i == 0 || !ascii_alnum(name.ptr[i - 1]))) {
            out[len++] = ascii_lower(name.ptr[i]);
        }
    }
    return (Str){out, len};
}

/* Letters of an acronym, without dots: "U.N." is "un"; empty: no acronym. */
static Str acronym(Arena *arena, Str name) {
    char *out = arena_alloc(arena, name.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < name.len; i++) {
        if (ascii_upper(name.ptr[i])) {
            out[len++] = ascii_lower(name.ptr[i]);
        } else if (name.ptr[i] != '.') {
            return str_of("");
        }
    }
    return (Str){out, len >= 2 ? len : 0};
}

/* The name that the lexicon gives a body or a state, whatever its form. */
static Str known_name(const Link *link, const Form *form, Class class) {
    LexRow row = {0};

    if (class == CLASS_BODY) {
        row = lexicon_find(lexicon_of(link), LEX_ORGANISATION, form->folded);
        return row.lexicon ? lex_cell(row, LEX_ORGANISATION_NAME) : str_of("");
    }
    if (class == CLASS_PLACE) {
        row = lexicon_find(lexicon_of(link), LEX_COUNTRY, form->folded);
        return row.lexicon ? lex_cell(row, LEX_COUNTRY_CODE) : str_of("");
    }
    return str_of("");
}

static void other_keys(Link *link, const Form *form, Class class,
                       Numbers *keys) {
    char kind = (char)('0' + class);
    Str name = known_name(link, form, class), letters;
    size_t space = str_find(form->folded, str_of(" "), 0);

    numbers_push(link->arena, keys, key_hash(kind, form->folded, 0));
    if (name.len) {
        numbers_push(link->arena, keys, key_hash(kind, name, 'k'));
    }
    if (class != CLASS_BODY) {
        return;
    }
    letters = acronym(link->arena, form->text);
    if (letters.len == 0) {
        letters = initials(link->arena, form->text);
    }
    if (letters.len >= 2) {
        numbers_push(link->arena, keys, key_hash(kind, letters, 'a'));
    }
    /* "Syrian National Coalition" is found under "national coalition". */
    if (space < form->folded.len) {
        numbers_push(
            link->arena, keys,
            key_hash(kind, str_slice(form->folded, space + 1, form->folded.len),
                     0));
    }
}

static Numbers keys_of(Link *link, const Forms *forms, Class class) {
    Numbers keys = {0};

    for (uint32_t i = 0; i < forms->count; i++) {
        if (class == CLASS_PERSON) {
            person_keys(link, &forms->items[i], &keys);
        } else {
            other_keys(link, &forms->items[i], class, &keys);
        }
    }
    numbers_sort(&keys);
    return keys;
}

/* --------------------------------------------------------------- comparing */

/* How sure it is that two sets of forms are one, and by what. */
typedef struct Likeness {
    double same;
    bool exact;   /* a full form is equal */
    bool surname; /* only a surname agrees: needs to be the only one */
} Likeness;

static bool countries_differ(Str a, Str b) {
    return a.len >= CODE_COUNTRY && b.len >= CODE_COUNTRY &&
           memcmp(a.ptr, b.ptr, CODE_COUNTRY) != 0;
}

static Likeness persons_alike(Link *link, const Forms *a, const Forms *b) {
    Likeness best = {0};
    bool full_a = false, full_b = false;

    for (uint32_t i = 0; i < a->count; i++) {
        const Form *x = &a->items[i];

        full_a = full_a || x->full;
        for (uint32_t k = 0; k < b->count; k++) {
            const Form *y = &b->items[k];
            double same;

            full_b = full_b || y->full;
            if (x->full != y->full) {
                continue;
            }
            same = str_equal(x->folded, y->folded)
                       ? 1
                       : persons_same(link->speller, &x->parts, &y->parts);
            if (x->full && same > (best.surname ? 0 : best.same)) {
                best = (Likeness){same, same == 1, false};
            }
        }
    }
    if (full_a && full_b) {
        return best;
    }
    /* One of them is never given more than a surname. */
    best = (Likeness){0, false, true};
    for (uint32_t i = 0; i < a->count; i++) {
        for (uint32_t k = 0; k < b->count; k++) {
            const NameParts *x = &a->items[i].parts, *y = &b->items[k].parts;
            double same;

            if (x->count == 0 || y->count == 0) {
                continue;
            }
            same = sounds_alike(link->speller, &x->items[x->count - 1].sounds,
                                &y->items[y->count - 1].sounds);
            best.same = same > best.same ? same : best.same;
        }
    }
    return best;
}

/* "National Coalition" closes "Syrian National Coalition". */
static bool closes(Str shorter, Str longer) {
    return shorter.len < longer.len && str_ends(longer, shorter) &&
           longer.ptr[longer.len - shorter.len - 1] == ' ' &&
           str_find(shorter, str_of(" "), 0) < shorter.len;
}

static double bodies_alike(Link *link, const Form *x, const Form *y,
                           bool same_code) {
    Evidence evidence;
    Str name_x = known_name(link, x, CLASS_BODY),
        name_y = known_name(link, y, CLASS_BODY);
    Str short_x = acronym(link->arena, x->text),
        short_y = acronym(link->arena, y->text);

    if (str_equal(x->folded, y->folded)) {
        return 1;
    }
    if (name_x.len && name_y.len) {
        return str_equal(name_x, name_y);
    }
    if (short_x.len || short_y.len) {
        return short_x.len && short_y.len
                   ? str_equal(short_x, short_y)
                   : str_equal(short_x.len ? short_x : short_y,
                               initials(link->arena,
                                        short_x.len ? y->text : x->text)) *
                         .9;
    }
    if (same_code &&
        (closes(x->folded, y->folded) || closes(y->folded, x->folded))) {
        return .9;
    }
    return body_same(link->arena, link->speller, x->text, y->text, &evidence) *
           .95;
}

static double others_alike(Link *link, const Form *x, const Form *y,
                           Class class) {
    Str name_x = known_name(link, x, class),
        name_y = known_name(link, y, class);

    return str_equal(x->folded, y->folded) ||
           (name_x.len && str_equal(name_x, name_y));
}

static Likeness alike(Link *link, const Forms *a, const Forms *b, Class class,
                      bool same_code) {
    Likeness best = {0};

    if (class == CLASS_PERSON) {
        return persons_alike(link, a, b);
    }
    for (uint32_t i = 0; i < a->count; i++) {
        for (uint32_t k = 0; k < b->count; k++) {
            double same =
                class == CLASS_BODY
                    ? bodies_alike(link, &a->items[i], &b->items[k], same_code)
                    : others_alike(link, &a->items[i], &b->items[k], class);

            if (same > best.same) {
                best = (Likeness){same, same == 1, false};
            }
        }
    }
    return best;
}

/* --------------------------------------------------------------- choosing */

typedef struct Choice {
    int64_t entity; /* 0: none so far */
    double same;
    bool same_code;
    bool surname;
    bool ambiguous; /* another is as good */
} Choice;

/* A better choice than `best`? Code first where only a surname speaks. */
static int compare_choices(const Choice *a, const Choice *b) {
    if (a->surname != b->surname) {
        return a->surname ? -1 : 1;
    }
    if (a->surname && a->same_code != b->same_code) {
        return a->same_code ? 1 : -1;
    }
    if (a->surname || a->same == b->same) {
        return 0;
    }
    return a->same > b->same ? 1 : -1;
}

/* ---------------------------------------------------------------- decisions */

/* The names that a person has said are one with `form`, or are not. */
static StrList decided(Link *link, Str form, bool same) {
    StrList found = {0};
    sqlite3_stmt *q = ask(link, "SELECT other FROM name_decision WHERE "
                                "form = ?1 AND same = ?2");

    set_str(q, 1, form);
    set_id(q, 2, same);
    while (next_row(link, q)) {
        str_push(link->arena, &found, str_dup(link->arena, column_str(q, 0)));
    }
    return found;
}

static bool decided_apart(Link *link, const Forms *mine, const Forms *theirs) {
    for (uint32_t i = 0; i < mine->count; i++) {
        StrList apart = decided(link, mine->items[i].folded, false);

        for (uint32_t k = 0; k < theirs->count && apart.count; k++) {
            if (str_list_has(&apart, theirs->items[k].folded)) {
                return true;
            }
        }
    }
    return false;
}

/* A name that is decided to be another's is looked for under that one too. */
static void add_decided(Link *link, Forms *forms, Class class) {
    for (uint32_t i = 0, count = forms->count; i < count; i++) {
        StrList same = decided(link, forms->items[i].folded, true);

        for (uint32_t k = 0; k < same.count; k++) {
            push_form(link, forms, form_of(link, same.items[k], class));
        }
    }
}

static void consider(Link *link, const Forms *mine, const Entity *entity,
                     int64_t candidate, Choice *best) {
    Class class = class_of(entity->type);
    sqlite3_stmt *q =
        ask(link, "SELECT type, code FROM entity WHERE entity = ?1");
    Str code;
    Class other;
    Forms forms;
    Likeness found;
    Choice choice = {.entity = candidate};
    int order;

    set_id(q, 1, candidate);
    if (!next_row(link, q)) {
        return;
    }
    other = class_named(column_str(q, 0));
    code = str_dup(link->arena, column_str(q, 1));
    done(q);
    if (other != class) {
        return;
    }
    forms = forms_of_stored(link, candidate, class);
    if (decided_apart(link, mine, &forms)) {
        return;
    }
    choice.same_code = code.len > 0 && str_equal(code, entity->code);
    found = alike(link, mine, &forms, class, choice.same_code);
    choice.same = found.same;
    choice.surname = found.surname;
    if (found.same < (found.surname ? SAME_SURNAME : SAME_FULL) ||
        (!found.exact && countries_differ(code, entity->code))) {
        return;
    }
    order = best->entity ? compare_choices(&choice, best) : 1;
    if (order > 0) {
        *best = choice;
    } else if (order == 0) {
        best->ambiguous = true;
    }
}

/* Entities that share a key, each once, in order of their numbers. */
static Numbers find_candidates(Link *link, const Numbers *keys) {
    Numbers found = {0};

    for (uint32_t i = 0; i < keys->count; i++) {
        sqlite3_stmt *q = ask(link, "SELECT entity FROM entity_key WHERE "
                                    "key = ?1 ORDER BY entity LIMIT ?2");

        set_id(q, 1, (int64_t)keys->items[i]);
        set_id(q, 2, CANDIDATES_MAX);
        while (next_row(link, q)) {
            numbers_push(link->arena, &found,
                         (uint64_t)sqlite3_column_int64(q, 0));
        }
    }
    numbers_sort(&found);
    return found;
}

static int64_t find_entity(Link *link, const Entity *entity, const Forms *forms,
                           const Numbers *keys) {
    Numbers candidates = find_candidates(link, keys);
    Choice best = {0};

    for (uint32_t i = 0; i < candidates.count; i++) {
        consider(link, forms, entity, (int64_t)candidates.items[i], &best);
    }
    return best.surname && best.ambiguous ? 0 : best.entity;
}

/* ----------------------------------------------------------------- keeping */

static int64_t new_entity(Link *link, Str name, Str type) {
    sqlite3_stmt *q =
        ask(link, "INSERT INTO entity (name, type) VALUES (?1, ?2)");

    set_str(q, 1, name);
    set_str(q, 2, type);
    run(link, q);
    return sqlite3_last_insert_rowid(store_db(link->store));
}

static void put_alias(Link *link, int64_t number, const Entity *entity,
                      Str alias) {
    char sex[2] = {entity->sex, '\0'};
    sqlite3_stmt *q = ask(
        link, "INSERT OR IGNORE INTO alias (entity, report, alias, type, role, "
              "role_of, code, sex) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

    set_id(q, 1, number);
    set_id(q, 2, link->report);
    set_str(q, 3, alias);
    set_str(q, 4, str_of(entity_type_name(entity->type)));
    set_str(q, 5, entity->role);
    set_str(q, 6, entity->of);
    set_str(q, 7, entity->code);
    set_str(q, 8, str_of(sex));
    run(link, q);
    if (link->status != OK || sqlite3_changes(store_db(link->store)) == 0) {
        return;
    }
    q = ask(link, "INSERT INTO entity_form (entity, form, reports) VALUES "
                  "(?1, ?2, 1) ON CONFLICT (entity, form) DO UPDATE SET "
                  "reports = reports + 1");
    set_id(q, 1, number);
    set_str(q, 2, alias);
    run(link, q);
}

/* Name: of the forms with several words, or else of all, the one that most
 * reports use, then the longest. Type, code and sex: as the earliest report
 * that tells them has them. */
static void refresh_entity(Link *link, int64_t entity) {
    run1(link,
         "UPDATE entity SET name = (SELECT form FROM entity_form WHERE "
         "entity = ?1 ORDER BY instr(form, ' ') > 0 DESC, reports DESC, "
         "length(form) DESC, form LIMIT 1), "
         "type = (SELECT type FROM alias WHERE entity = ?1 "
         "ORDER BY report LIMIT 1), "
         "code = (SELECT code FROM alias WHERE entity = ?1 AND code IS NOT "
         "NULL ORDER BY report LIMIT 1), "
         "sex = (SELECT sex FROM alias WHERE entity = ?1 AND sex IS NOT NULL "
         "ORDER BY report LIMIT 1) WHERE entity = ?1",
         entity);
}

static void put_keys(Link *link, int64_t number, const Numbers *keys) {
    for (uint32_t i = 0; i < keys->count; i++) {
        run2(link,
             "INSERT OR IGNORE INTO entity_key (key, entity) VALUES (?1, ?2)",
             (int64_t)keys->items[i], number);
    }
}

static int64_t link_entity(Link *link, const Entity *entity) {
    Forms forms = forms_of_entity(link, entity);
    Numbers keys;
    int64_t number;

    add_decided(link, &forms, class_of(entity->type));
    keys = keys_of(link, &forms, class_of(entity->type));
    number = find_entity(link, entity, &forms, &keys);
    if (number == 0) {
        number = new_entity(
            link, entity->name.len ? entity->name : entity->aliases.items[0],
            str_of(entity_type_name(entity->type)));
    }
    for (uint32_t i = 0; i < entity->aliases.count; i++) {
        if (entity->aliases.items[i].len) {
            put_alias(link, number, entity, entity->aliases.items[i]);
        }
    }
    put_keys(link, number, &keys);
    refresh_entity(link, number);
    return number;
}

static void link_mentions(Link *link) {
    const Analysis *analysis = link->analysis;

    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        const Mention *mention = &analysis->mentions[i];
        int64_t entity =
            mention->entity < 0 ? 0 : link->entities[mention->entity];
        sqlite3_stmt *q;

        if (entity == 0) {
            continue;
        }
        q = ask(link, "UPDATE mention SET entity = ?1 WHERE report = ?2 AND "
                      "begin = ?3 AND end = ?4");
        set_id(q, 1, entity);
        set_id(q, 2, link->report);
        set_id(q, 3, mention->span.begin);
        set_id(q, 4, mention->span.end);
        run(link, q);
    }
}

void names_link(Link *link) {
    const Analysis *analysis = link->analysis;

    for (uint32_t i = 0; i < analysis->entity_count; i++) {
        if (analysis->entities[i].aliases.count) {
            link->entities[i] = link_entity(link, &analysis->entities[i]);
        }
    }
    link_mentions(link);
}

/* ---------------------------------------------------- what people decide */

static bool has_form(Link *link, int64_t entity, Str form) {
    sqlite3_stmt *q =
        ask(link, "SELECT 1 FROM entity_form WHERE entity = ?1 AND form = ?2");
    bool found;

    set_id(q, 1, entity);
    set_str(q, 2, form);
    found = next_row(link, q);
    done(q);
    return found;
}

int64_t names_find(Link *link, Str name) {
    for (int class = CLASS_PERSON; class <= CLASS_OTHER; class ++) {
        Forms forms = {0};
        Numbers keys, found;

        push_form(link, &forms, form_of(link, name, (Class) class));
        keys = keys_of(link, &forms, (Class) class);
        found = find_candidates(link, &keys);
        for (uint32_t i = 0; i < found.count; i++) {
            if (has_form(link, (int64_t)found.items[i], name)) {
                return (int64_t)found.items[i];
            }
        }
    }
    return 0;
}

Str names_folded(Link *link, Str name) {
    return form_of(link, name, CLASS_OTHER).folded;
}

int64_t names_twin(Link *link, int64_t entity, Str name) {
    sqlite3_stmt *q = ask(link, "SELECT type FROM entity WHERE entity = ?1");
    Str type = str_of("");

    set_id(q, 1, entity);
    if (next_row(link, q)) {
        type = str_dup(link->arena, column_str(q, 0));
        done(q);
    }
    return new_entity(link, name, type);
}

void names_rebuild(Link *link, int64_t entity) {
    Class class = CLASS_OTHER;
    Forms forms;
    Numbers keys;
    sqlite3_stmt *q;

    run1(link, "DELETE FROM entity_form WHERE entity = ?1", entity);
    run1(link, "DELETE FROM entity_key WHERE entity = ?1", entity);
    if (!one(link, "SELECT 1 FROM alias WHERE entity = ?1 LIMIT 1", entity,
             0)) {
        run1(link, "DELETE FROM entity WHERE entity = ?1", entity);
        return;
    }
    run1(link,
         "INSERT INTO entity_form (entity, form, reports) SELECT ?1, alias, "
         "count(*) FROM alias WHERE entity = ?1 GROUP BY alias",
         entity);
    refresh_entity(link, entity);
    q = ask(link, "SELECT type FROM entity WHERE entity = ?1");
    set_id(q, 1, entity);
    if (next_row(link, q)) {
        class = class_named(column_str(q, 0));
        done(q);
    }
    forms = forms_of_stored(link, entity, class);
    keys = keys_of(link, &forms, class);
    put_keys(link, entity, &keys);
}

/* ---------------------------------------------------------------- forgetting
 */

/* The forms of `entity` lose one report each; keys stay as long as it does,
 * since they only widen what is compared. */
static void leave_entity(Link *link, int64_t entity) {
    run2(link,
         "UPDATE entity_form SET reports = reports - 1 WHERE entity = ?1 AND "
         "form IN (SELECT alias FROM alias WHERE entity = ?1 AND report = ?2)",
         entity, link->report);
    run1(link, "DELETE FROM entity_form WHERE entity = ?1 AND reports <= 0",
         entity);
    run2(link, "DELETE FROM alias WHERE entity = ?1 AND report = ?2", entity,
         link->report);
}

void names_forget(Link *link) {
    Numbers entities = {0};
    sqlite3_stmt *q =
        ask(link, "SELECT DISTINCT entity FROM alias WHERE report = ?1");

    set_id(q, 1, link->report);
    while (next_row(link, q)) {
        numbers_push(link->arena, &entities,
                     (uint64_t)sqlite3_column_int64(q, 0));
    }
    run1(link, "UPDATE mention SET entity = NULL WHERE report = ?1",
         link->report);
    run1(link,
         "UPDATE quote SET speaker = NULL, addressee = NULL WHERE "
         "report = ?1",
         link->report);
    run1(link, "UPDATE figure SET claimant = NULL WHERE report = ?1",
         link->report);
    run1(link, "UPDATE event SET claimant = NULL WHERE report = ?1",
         link->report);
    run1(link,
         "UPDATE event_side SET entity = NULL WHERE event IN (SELECT event "
         "FROM event WHERE report = ?1)",
         link->report);
    for (uint32_t i = 0; i < entities.count; i++) {
        int64_t entity = (int64_t)entities.items[i];

        leave_entity(link, entity);
        if (one(link, "SELECT 1 FROM alias WHERE entity = ?1 LIMIT 1", entity,
                0)) {
            refresh_entity(link, entity);
        } else {
            run1(link, "DELETE FROM entity WHERE entity = ?1", entity);
        }
    }
}
