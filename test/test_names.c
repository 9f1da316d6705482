/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_names.c - mentions, entities, offices and actor codes. */
#include "reading.h"
#include "test.h"

static const Entity *entity_named(const Reading *reading, const char *name) {
    for (uint32_t i = 0; i < reading->analysis.entity_count; i++) {
        if (str_is(reading->analysis.entities[i].name, name)) {
            return &reading->analysis.entities[i];
        }
    }
    return NULL;
}

/* Aliases parted by a bar. */
static Str show_aliases(Reading *reading, const Entity *entity) {
    Str shown = {0};

    for (uint32_t i = 0; i < entity->aliases.count; i++) {
        Str alias = entity->aliases.items[i];
        shown = str_join(&reading->arena, shown,
                         str_format(&reading->arena, "%s%.*s", i ? "|" : "",
                                    (int)alias.len, alias.ptr));
    }
    return shown;
}

static const struct {
    const char *name, *text, *entity, *type, *aliases;
} alias_cases[] = {
    {"surname after the full name",
     "There Walid al-Atar spoke for an hour. Then Atar left the hall.",
     "Walid al-Atar", "PER", "Walid al-Atar|Atar"},
    {"a form of address is an alias",
     "The crowd cheered Mr David Holm. Later Mr Holm drove to Tarn.",
     "David Holm", "PER", "David Holm|Mr David Holm|Holm|Mr Holm"},
    {"titles are no part of a name",
     "The crowd cheered General David Holm. Then Holm drove to Tarn.",
     "David Holm", "PER", "David Holm|Holm"},
    {"a slip in a long surname",
     "They saw Omar al-Seffar. In the evening Omar al-Seffarr flew home.",
     "Omar al-Seffarr", "PER", "Omar al-Seffar|Omar al-Seffarr"},
    {"an article written on to the surname",
     "They met Karim Alsabri there. The plan of Karim al-Sabri was read.",
     "Karim al-Sabri", "PER", "Karim Alsabri|Karim al-Sabri"},
    {"initials", "The book is by John Marsh. It was J. Marsh who paid.",
     "John Marsh", "PER", "John Marsh|J. Marsh"},
    {"the last words of an organisation",
     "The town met the Hill National Coalition. The Coalition left early.",
     "Hill National Coalition", "ORG", "Hill National Coalition|Coalition"},
    {"an organisation over for",
     "It is run by the Ostrel Observatory for Clean Water in the valley.",
     "Ostrel Observatory for Clean Water", "ORG",
     "Ostrel Observatory for Clean Water"},
    {"an acronym in brackets",
     "He joined the Valley Workers League (VWL). The VWL met on the hill.",
     "Valley Workers League", "ORG", "Valley Workers League|VWL"},
    {"two spellings of a body of the table",
     "He wrote to the UN and heard from the United Nations in the end.",
     "United Nations", "ORG", "UN|United Nations"},
    {"a country by its usual name",
     "They flew to the U.S. and stayed in the United States for good.",
     "United States", "GPE", "U.S.|United States"},
    {"a surname that is a town", "They saw Jack London. Then London left.",
     "Jack London", "PER", "Jack London|London"},
    {"a firm without its last word",
     "They sued Dorn & Holm Shipping. The boats of Dorn & Holm lay idle.",
     "Dorn & Holm Shipping", "ORG", "Dorn & Holm Shipping|Dorn & Holm"},
    {"a port is a place", "They met in Port Verin. Then it rained.",
     "Port Verin", "LOC", "Port Verin"},
    {"a place by its use", "They live near Ostrel Marna. It rained.",
     "Ostrel Marna", "LOC", "Ostrel Marna"},
    {"a person by the surname", "They spoke to Ostrel Marna. Later Marna left.",
     "Ostrel Marna", "PER", "Ostrel Marna|Marna"},
    {"a language is no place", "They spoke in Arabic all day.", "Arabic",
     "NORP", "Arabic"},
    {"the agency of a dateline", "TARN, May 3 (Wireline) - It rained all day.",
     "Wireline", "ORG", "Wireline"},
    {"a hearer that owns is no outlet",
     "They told Kerr it was late. But Kerr's plan stood.", "Kerr", "PER",
     "Kerr"},
    {"a given name like a verb", "Said al-Seffar, the envoy, came late.",
     "Said al-Seffar", "PER", "Said al-Seffar"},
    {"a word before a country", "Neighbouring Kenya sent help at once.",
     "Kenya", "GPE", "Kenya"},
    {"a lone name with who", "Merima, who is nine, was found at noon.",
     "Merima", "PER", "Merima"},
};

TEST(names_aliases) {
    for (size_t i = 0; i < COUNT(alias_cases); i++) {
        Reading reading;
        const Entity *entity;
        reading_open(&reading, alias_cases[i].text, alias_cases[i].text, "");
        entity = entity_named(&reading, alias_cases[i].entity);
        if (EXPECT(alias_cases[i].name, entity != NULL)) {
            EXPECT_STR(alias_cases[i].name,
                       str_of(entity_type_name(entity->type)),
                       alias_cases[i].type);
            EXPECT_STR(alias_cases[i].name, show_aliases(&reading, entity),
                       alias_cases[i].aliases);
        }
        arena_deinit(&reading.arena);
    }
}

static const struct {
    const char *name, *text, *entity, *role, *of, *code;
} role_cases[] = {
    {"people and office before the name",
     "They met French Foreign Minister Paul Reed in the hall.", "Paul Reed",
     "foreign minister", "France", "FRAGOV"},
    {"a country that owns the office",
     "They met Kenya's Deputy Foreign Minister John Marsh there.", "John Marsh",
     "deputy foreign minister", "Kenya", "KENGOV"},
    {"an office after the name",
     "They met Anna Holm, head of the opposition Hill Coalition, there.",
     "Anna Holm", "head", "Hill Coalition", "OPP"},
    {"the office of a body",
     "The rebel Valley Front's chief of staff David Marsh came late.",
     "David Marsh", "chief of staff", "Valley Front", "REB"},
    {"a counterpart",
     "French Foreign Minister Paul Reed met his Kenyan counterpart Mary Holm.",
     "Mary Holm", "foreign minister", "Kenya", "KENGOV"},
    {"a counterpart of a country not said",
     "Foreign Minister Paul Reed met his Kenyan counterpart Mary Holm.",
     "Mary Holm", "foreign minister", "Kenya", "KENGOV"},
    {"the country of another mention",
     "They met Foreign Minister Paul Reed in the hall. Kenya's Reed left.",
     "Paul Reed", "foreign minister", "Kenya", "KENGOV"},
    {"no country said", "They met Foreign Minister Paul Reed in the hall.",
     "Paul Reed", "foreign minister", "", ""},
};

TEST(names_roles) {
    for (size_t i = 0; i < COUNT(role_cases); i++) {
        Reading reading;
        const Entity *entity;
        reading_open(&reading, role_cases[i].text, role_cases[i].text, "");
        entity = entity_named(&reading, role_cases[i].entity);
        if (EXPECT(role_cases[i].name, entity != NULL)) {
            EXPECT_STR(role_cases[i].name, entity->role, role_cases[i].role);
            EXPECT_STR(role_cases[i].name, entity->of, role_cases[i].of);
            EXPECT_STR(role_cases[i].name, entity->code, role_cases[i].code);
        }
        arena_deinit(&reading.arena);
    }
}

/* Words that must not become names. */
static const struct {
    const char *name, *text;
} no_names[] = {
    {"common word at the start", "Armed men came. They left."},
    {"lower case elsewhere", "Bread was short. The bread had been sold."},
    {"days and months", "On Monday it rained. In March it snowed."},
};

TEST(names_none) {
    for (size_t i = 0; i < COUNT(no_names); i++) {
        Reading reading;
        reading_open(&reading, no_names[i].text, no_names[i].text, "");
        EXPECT_INT(no_names[i].name, reading.analysis.mention_count, 0);
        arena_deinit(&reading.arena);
    }
}

TEST(names_two_of_one_surname) {
    Reading reading;

    reading_open(&reading, "reads",
                 "They met Walid al-Atar and Anna al-Atar. Later Mr "
                 "Atar left, and Mrs Atar stayed.",
                 "");
    EXPECT("two", entity_named(&reading, "Walid al-Atar") != NULL);
    EXPECT("people", entity_named(&reading, "Anna al-Atar") != NULL);
    EXPECT_INT("entities", reading.analysis.entity_count, 2);
    if (EXPECT_INT("mentions", reading.analysis.mention_count, 4)) {
        EXPECT_INT("Mr", reading.analysis.mentions[2].entity,
                   reading.analysis.mentions[0].entity);
        EXPECT_INT("Mrs", reading.analysis.mentions[3].entity,
                   reading.analysis.mentions[1].entity);
    }
    arena_deinit(&reading.arena);
}

/* A surname alone is that of the full name before it, never of one that comes
 * only later. */
TEST(names_surname_before) {
    Reading reading;

    reading_open(&reading, "reads",
                 "They met Walid al-Seffar, the envoy. Then al-Seffar left. At "
                 "noon Bashir al-Seffar, a baker, spoke. Then al-Seffar sat.",
                 "");
    EXPECT_INT("entities", reading.analysis.entity_count, 2);
    if (EXPECT_INT("mentions", reading.analysis.mention_count, 4)) {
        EXPECT_INT("before the second is named",
                   reading.analysis.mentions[1].entity,
                   reading.analysis.mentions[0].entity);
        EXPECT_INT("after it", reading.analysis.mentions[3].entity,
                   reading.analysis.mentions[2].entity);
    }
    arena_deinit(&reading.arena);
}
