/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_link.c - between reports: copies, origins, names, claims, stories,
 * litter, and that forgetting a report undoes it all. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "find/coding.h"
#include "find/find.h"
#include "link/group.h"
#include "link/inside.h"
#include "link/link.h"

/* One sentence that says little, for texts that need length. */
#define RIVER                                                                  \
    "The river Olm rose by two metres during the night and broke through the " \
    "old dyke north of the town, officials of the water board said. "
#define BRIDGE                                                                 \
    "Engineers had warned for years that the wooden bridge at Tarn would not " \
    "stand a flood of that size and asked the province for money. "
#define SHELTER                                                                \
    "Several hundred families spent the night in the sports hall of the "      \
    "secondary school, where volunteers handed out soup and blankets. "
#define MARKET                                                                 \
    "Traders at the fish market of Port Sable closed their stalls on Friday "  \
    "and marched to the harbour office to protest against a new fee. "
#define PLEA                                                                   \
    "Become a member of the Tarn Gazette today and help us keep our "          \
    "newsroom open for another year."

typedef struct Shelf {
    Store *store;
    Arena arena;
    Speller *speller;
    Error err;
    char path[64];
} Shelf;

static void shelf_open(Shelf *shelf) {
    int file;

    arena_init(&shelf->arena, 0);
    shelf->speller = speller_new(test_lexicon());
    strcpy(shelf->path, "/tmp/dateline-link-XXXXXX");
    file = mkstemp(shelf->path);
    close(file);
    if (!EXPECT_OK(
            "open",
            store_open(shelf->path, STORE_WRITE, &shelf->store, &shelf->err),
            shelf->err)) {
        exit(1);
    }
}

static void shelf_close(Shelf *shelf) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[80];

    store_close(shelf->store);
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", shelf->path, ends[i]);
        unlink(path);
    }
    speller_free(shelf->speller);
    arena_deinit(&shelf->arena);
}

typedef struct Piece {
    const char *id, *outlet, *published, *text;
} Piece;

typedef struct Work {
    Arena *arena;
    const Report *report;
    Analysis analysis;
} Work;

static void no_fault(void *context, uint32_t line, const char *why) {
    (void)context;
    EXPECT_INT(why, line, 0);
}

/* Events are coded by two verbs of the test's own. */
static void analyse(void *context) {
    static const char verbs[] = "--- MEET [040] ---\n"
                                "MEET {MEETS MET MEETING}\n"
                                "CONFER {CONFERS CONFERRED CONFERRING} [041]\n";
    Work *work = context;
    Coding coding;

    coding_init(work->arena, &coding);
    coding_read_verbs(&coding, str_of(verbs), no_fault, NULL);
    find_all(work->arena, test_knowledge(), work->report,
             (FindOptions){.clean = false, .find = true, .coding = &coding},
             &work->analysis);
}

static void add(Shelf *shelf, const Piece *piece) {
    Report report = {.id = str_of(piece->id),
                     .outlet = str_of(piece->outlet),
                     .published = str_of(piece->published),
                     .text = str_of(piece->text),
                     .source = str_of(piece->text),
                     .charset = str_of("UTF-8"),
                     .given = str_of("{}"),
                     .line = 1,
                     .format = FORMAT_JSONL};
    Work work = {.arena = &shelf->arena, .report = &report};
    PutResult result;
    int64_t number = 0, previous = 0;
    Status status = arena_try(&shelf->arena, analyse, &work, &shelf->err);

    EXPECT_OK("analyse", status, shelf->err);
    status = store_begin(shelf->store, &shelf->err);
    EXPECT_OK("begin", status, shelf->err);
    status = store_put(shelf->store, &work.analysis, &result, &number,
                       &previous, &shelf->err);
    EXPECT_OK("put", status, shelf->err);
    if (result != PUT_SAME) {
        status = link_report(shelf->store, &shelf->arena, shelf->speller,
                             number, previous, &work.analysis, &shelf->err);
        EXPECT_OK(piece->id, status, shelf->err);
    }
    status = store_commit(shelf->store, &shelf->err);
    EXPECT_OK("commit", status, shelf->err);
    arena_reset(&shelf->arena);
}

static void forget(Shelf *shelf, const char *id) {
    int64_t number = 0;
    Status status = store_begin(shelf->store, &shelf->err);

    EXPECT_OK("begin", status, shelf->err);
    status = store_find(shelf->store, str_of(id), &number, &shelf->err);
    EXPECT_OK(id, status, shelf->err);
    status = link_forget(shelf->store, &shelf->arena, test_lexicon(), number,
                         &shelf->err);
    EXPECT_OK(id, status, shelf->err);
    status = store_remove(shelf->store, number, &shelf->err);
    EXPECT_OK(id, status, shelf->err);
    status = store_commit(shelf->store, &shelf->err);
    EXPECT_OK("commit", status, shelf->err);
    arena_reset(&shelf->arena);
}

/* All rows of a query as text: "a|b;c|d;". Borrowed until the next call. */
static char answer_bytes[20000];

static Str answer(Shelf *shelf, const char *sql) {
    sqlite3_stmt *q = NULL;
    size_t used = 0;

    if (sqlite3_prepare_v2(store_db(shelf->store), sql, -1, &q, NULL) !=
        SQLITE_OK) {
        EXPECT(sqlite3_errmsg(store_db(shelf->store)), false);
        return str_of("");
    }
    answer_bytes[0] = '\0';
    while (sqlite3_step(q) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(q); i++) {
            const unsigned char *cell = sqlite3_column_text(q, i);

            used += (size_t)snprintf(
                answer_bytes + used, sizeof answer_bytes - used, "%s%s",
                i ? "|" : "", cell ? (const char *)cell : "-");
        }
        used += (size_t)snprintf(answer_bytes + used,
                                 sizeof answer_bytes - used, ";");
    }
    sqlite3_finalize(q);
    return str_of(answer_bytes);
}

/* ------------------------------------------------------------------- copies */

static const char COPIES[] = "SELECT a, b, kind, one_source FROM copies";

TEST(kinds_of_copies) {
    static const struct {
        const char *name, *first, *second, *want;
    } cases[] = {
        {"the same", RIVER BRIDGE SHELTER, RIVER BRIDGE SHELTER, "a|b|same|1;"},
        {"other marks and capitals",
         "\"Nobody in this town has slept since Monday and nobody will,\" the "
         "mayor said. " RIVER,
         "\xE2\x80\x9CNobody in this town has slept since Monday and nobody "
         "will,\xE2\x80\x9D the Mayor said. " RIVER,
         "a|b|same|1;"},
        {"a cut", RIVER BRIDGE SHELTER, RIVER BRIDGE, "a|b|edited|1;"},
        {"a passage of prose", RIVER BRIDGE MARKET,
         "The harbour was quiet on Sunday. Boats stayed in and the ferry to "
         "the island did not run. The lighthouse keeper, who has seen many "
         "storms, went home early for once and slept. " MARKET
         "Nobody was hurt, and the office said that it would listen to the "
         "people who came. A meeting is to be held in the town hall soon.",
         "a|b|part|0;"},
        {"a quotation only",
         "The mayor spoke in the square on Monday. \"We shall build a new "
         "dyke of stone before the next winter comes,\" she said, and people "
         "clapped for a long while. " SHELTER,
         "At noon the town's mayor came out to them. \"We shall build a new "
         "dyke of stone before the next winter comes,\" she told the crowd "
         "that had waited. Later the sun came out. " MARKET,
         "a|b|quote|0;"},
        {"nothing", RIVER BRIDGE, MARKET SHELTER, ""},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Piece first = {"a", "Tarn Gazette", "2031-03-01", cases[i].first},
              second = {"b", "Olm Courier", "2031-03-02", cases[i].second};
        Shelf shelf;

        shelf_open(&shelf);
        add(&shelf, &first);
        add(&shelf, &second);
        EXPECT_STR(cases[i].name, answer(&shelf, COPIES), cases[i].want);
        shelf_close(&shelf);
    }
}

/* Both sides of every passage hold the same words. */
TEST(passages) {
    static const Piece first = {"a", "", "", MARKET RIVER BRIDGE},
                       second = {"b", "", "",
                                 "Some news. The river Olm rose by three "
                                 "metres during the night and broke through "
                                 "the old dyke north of the town. It rained."};
    Shelf shelf;

    shelf_open(&shelf);
    add(&shelf, &first);
    add(&shelf, &second);
    EXPECT_STR("one word swapped", answer(&shelf, "SELECT words FROM passages"),
               "The river Olm rose by two metres during the night and broke "
               "through the old dyke north of the town;");
    EXPECT_STR("and in the other",
               answer(&shelf, "SELECT substr(r.text, p.b_begin + 1, p.b_end - "
                              "p.b_begin) FROM passages p JOIN reports r ON "
                              "r.id = p.b"),
               "The river Olm rose by three metres during the night and broke "
               "through the old dyke north of the town;");
    shelf_close(&shelf);
}

TEST(align_is_linear_in_repetition) {
    Arena arena;
    Words a = {0}, b = {0};
    Grams grams;
    Alignment found;
    jmp_buf guard;

    arena_init(&arena, (size_t)1 << 30);
    arena.guard = &guard;
    if (setjmp(guard)) {
        EXPECT("memory", false);
        return;
    }
    a.count = b.count = 200000;
    a.items = arena_zero(&arena, a.count * sizeof *a.items);
    b.items = arena_zero(&arena, b.count * sizeof *b.items);
    for (uint32_t i = 0; i < a.count; i++) {
        a.items[i].hash = i % 3;
        b.items[i].hash = i % 2 ? 7 : i % 3;
    }
    grams_read(&arena, &a, &grams);
    align(&arena, &grams, &b, &found);
    EXPECT_INT("nothing shared", found.count, 0);
    arena.guard = NULL;
    arena_deinit(&arena);
}

TEST(origins) {
    static const Piece pieces[] = {
        {"a", "Tarn Gazette", "2031-03-01", RIVER BRIDGE SHELTER},
        {"b", "Olm Courier", "2031-03-01", MARKET},
        {"c", "Hill Post", "2031-03-02", RIVER BRIDGE},
        {"d", "Sable News", "2031-03-02", BRIDGE SHELTER},
    };
    static const char sql[] = "SELECT id, origin FROM reports ORDER BY id";
    Shelf shelf;

    shelf_open(&shelf);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        add(&shelf, &pieces[i]);
    }
    EXPECT_STR("joined", answer(&shelf, sql), "a|1;b|2;c|1;d|1;");
    forget(&shelf, "a");
    EXPECT_STR("split", answer(&shelf, sql), "b|2;c|3;d|3;");
    forget(&shelf, "c");
    EXPECT_STR("alone", answer(&shelf, sql), "b|2;d|4;");
    shelf_close(&shelf);
}

/* -------------------------------------------------------------------- names */

TEST(same_name) {
    static const struct {
        const char *a, *b;
        EntityType type;
        bool same;
    } cases[] = {
        {"Omar al-Hadidi", "Omar Hadidi", ENTITY_PER, true},
        {"Omar al-Hadidi", "Umar Alhadidi", ENTITY_PER, true},
        {"Sergei Vologin", "Sergey Vologin", ENTITY_PER, true},
        {"Yusuf Qasimi", "Youssef Kasimi", ENTITY_PER, true},
        {"J. Harrow", "James Harrow", ENTITY_PER, true},
        {"James Harrow", "Peter Harrow", ENTITY_PER, false},
        {"James Harrow", "James Barton", ENTITY_PER, false},
        {"Mohammed Salim", "Hamid Salem", ENTITY_PER, false},
        {"Anna Bright", "Anna Knight", ENTITY_PER, false},
        {"World Grain Programme", "World Grain Program", ENTITY_ORG, true},
        {"World Grain Programme", "WGP", ENTITY_ORG, true},
        {"Olm Water Board", "Tarn Fire Service", ENTITY_ORG, false},
        {"", "Anna Bright", ENTITY_PER, false},
    };
    Arena arena;
    Speller *speller = speller_new(test_lexicon());
    jmp_buf guard;

    arena_init(&arena, 0);
    arena.guard = &guard;
    if (setjmp(guard)) {
        EXPECT("memory", false);
        return;
    }
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str a = str_of(cases[i].a), b = str_of(cases[i].b);
        Evidence why;
        double same = same_name(&arena, speller, a, b, cases[i].type, &why),
               turned = same_name(&arena, speller, b, a, cases[i].type, &why);
        char name[100];

        snprintf(name, sizeof name, "%s / %s: %.2f", cases[i].a, cases[i].b,
                 same);
        EXPECT(name, (same >= .5) == cases[i].same);
        EXPECT(name, same == turned);
    }
    speller_free(speller);
    arena.guard = NULL;
    arena_deinit(&arena);
}

TEST(names_over_reports) {
    static const Piece pieces[] = {
        {"a", "", "2031-03-01",
         "Foreign Minister Omar al-Hadidi of Jordan met the Brazilian envoy on "
         "Monday. Hadidi said that the talks went well."},
        {"b", "", "2031-03-02",
         "Jordan's Foreign Minister Umar Hadidi flew home on Tuesday. Mr "
         "Hadidi said that he was content."},
        {"c", "", "2031-03-03",
         "The Brazilian Foreign Minister Paulo Hadidi spoke in Lima on "
         "Wednesday, Paulo Hadidi said."},
    };
    Shelf shelf;

    shelf_open(&shelf);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        add(&shelf, &pieces[i]);
    }
    EXPECT_STR("two people",
               answer(&shelf, "SELECT count(*) FROM names WHERE "
                              "type = 'PER'"),
               "2;");
    EXPECT_STR("one under two spellings",
               answer(&shelf, "SELECT DISTINCT alias FROM aliases WHERE entity "
                              "= (SELECT entity FROM aliases WHERE alias = "
                              "'Umar Hadidi') ORDER BY alias"),
               "Hadidi;Mr Hadidi;Omar al-Hadidi;Umar Hadidi;");
    forget(&shelf, "b");
    EXPECT_STR("and under one",
               answer(&shelf, "SELECT DISTINCT alias FROM aliases WHERE entity "
                              "= (SELECT entity FROM aliases WHERE alias = "
                              "'Omar al-Hadidi') ORDER BY alias"),
               "Hadidi;Omar al-Hadidi;");
    shelf_close(&shelf);
}

static const char poets_sql[] =
    "SELECT group_concat(report, ' ') FROM (SELECT DISTINCT entity, report "
    "FROM aliases WHERE entity IN (SELECT entity FROM names WHERE type = "
    "'PER') ORDER BY report) GROUP BY entity ORDER BY 1";

typedef Status Decide(Store *store, Arena *arena, const Speller *speller, Str a,
                      Str b, Error *err);

static void decide(Shelf *shelf, const char *name, Decide *decision,
                   const char *a, const char *b, Status want) {
    Status status = store_begin(shelf->store, &shelf->err);

    EXPECT_OK("begin", status, shelf->err);
    status = decision(shelf->store, &shelf->arena, shelf->speller, str_of(a),
                      str_of(b), &shelf->err);
    EXPECT_INT(name, status, want);
    if (status == OK) {
        status = store_commit(shelf->store, &shelf->err);
        EXPECT_OK("commit", status, shelf->err);
    } else {
        store_rollback(shelf->store);
    }
    arena_reset(&shelf->arena);
}

TEST(people_decide_who_is_who) {
    static const Piece pieces[] = {
        {"a", "", "2031-03-01",
         "The poet Omar al-Hadidi read in Amman on Monday, Omar al-Hadidi "
         "said."},
        {"b", "", "2031-03-02",
         "The poet Zaki Nasrallah read in Amman on Tuesday, Zaki Nasrallah "
         "said."},
        {"c", "", "2031-03-03",
         "The poet Umar Hadidi read in Cairo on Tuesday, Umar Hadidi said."},
    };
    Shelf shelf;

    shelf_open(&shelf);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        add(&shelf, &pieces[i]);
    }
    EXPECT_STR("by spelling", answer(&shelf, poets_sql), "a c;b;");
    decide(&shelf, "unknown", link_merge, "Omar al-Hadidi", "Nobody",
           ERR_NOT_FOUND);
    decide(&shelf, "merge", link_merge, "Omar al-Hadidi", "Zaki Nasrallah", OK);
    EXPECT_STR("merged", answer(&shelf, poets_sql), "a b c;");
    forget(&shelf, "b");
    add(&shelf, &pieces[1]);
    EXPECT_STR("still merged", answer(&shelf, poets_sql), "a b c;");
    decide(&shelf, "no form of his", link_split, "Zaki Nasrallah", "Jan Holm",
           ERR_NOT_FOUND);
    decide(&shelf, "split", link_split, "Omar al-Hadidi", "Umar Hadidi", OK);
    EXPECT_STR("split", answer(&shelf, poets_sql), "a b;c;");
    forget(&shelf, "c");
    add(&shelf, &pieces[2]);
    EXPECT_STR("still split", answer(&shelf, poets_sql), "a b;c;");
    shelf_close(&shelf);
}

/* ------------------------------------------------------------------- claims */

TEST(statements) {
    static const Piece pieces[] = {
        {"a", "Tarn Gazette", "2031-03-01",
         "\"We shall build a new dyke of stone before the next winter comes,\" "
         "Mayor Helen Orr said on Monday. " RIVER},
        {"b", "Olm Courier", "2031-03-01",
         "\"We shall build a new dyke of stone before the next winter,\" Helen "
         "Orr said. " MARKET},
        {"c", "Hill Post", "2031-03-02",
         "\"We shall build a new dyke of stone before the next winter comes,\" "
         "Peter Lund said. " SHELTER},
        {"d", "Sable News", "2031-03-02",
         "\"Nothing will be built here while I am in this office,\" Helen Orr "
         "said. " BRIDGE},
    };
    static const char sql[] =
        "SELECT group_concat(report) FROM quotes WHERE kind = 'direct' GROUP "
        "BY statement ORDER BY 1";
    Shelf shelf;

    shelf_open(&shelf);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        add(&shelf, &pieces[i]);
    }
    EXPECT_STR("by words and speaker", answer(&shelf, sql), "a,b;c;d;");
    forget(&shelf, "a");
    EXPECT_STR("without the first", answer(&shelf, sql), "b;c;d;");
    shelf_close(&shelf);
}

TEST(statements_in_other_words) {
    static const Piece pieces[] = {
        {"a", "Tarn Gazette", "2031-03-01",
         "\"Whoever leaves his rifle at the door will find a chair at our "
         "table,\" Helen Orr said. " RIVER},
        {"b", "Olm Courier", "2031-03-02",
         "\"Those who leave their rifles outside the door find chairs at this "
         "table,\" Helen Orr said. " MARKET},
        {"another says it", "Hill Post", "2031-03-02",
         "\"Those who leave their rifles outside the door find chairs at this "
         "table,\" Peter Lund said. " SHELTER},
        {"a year later", "Sable News", "2032-03-02",
         "\"All who left their rifles at that door have found a chair at some "
         "table,\" Helen Orr said. " BRIDGE},
    };
    static const char sql[] =
        "SELECT group_concat(report) FROM quotes WHERE kind = 'direct' GROUP "
        "BY statement ORDER BY 1";
    Shelf shelf;

    shelf_open(&shelf);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        add(&shelf, &pieces[i]);
    }
    EXPECT_STR("by terms, speaker and time", answer(&shelf, sql),
               "a year later;a,b;another says it;");
    forget(&shelf, "b");
    EXPECT_STR("without the second", answer(&shelf, sql),
               "a;a year later;another says it;");
    shelf_close(&shelf);
}

TEST(reprints_are_one_claim) {
    static const Piece pieces[] = {
        {"a", "Tarn Gazette", "2031-03-01",
         RIVER "At least 12 people were killed in the village of Tarn. "
               "\"Nobody in this town has slept since the dyke broke,\" Mayor "
               "Helen Orr said."},
        {"b", "Olm Courier", "2031-03-01",
         RIVER "At least 12 people were killed in the village of Tarn. "
               "\"Nobody in this town has slept since the dyke broke,\" Mayor "
               "Helen Orr said."},
    };
    Shelf shelf;

    shelf_open(&shelf);
    add(&shelf, &pieces[0]);
    add(&shelf, &pieces[1]);
    EXPECT_STR("quotes",
               answer(&shelf, "SELECT count(*), count(DISTINCT "
                              "claim) FROM quotes WHERE kind = "
                              "'direct'"),
               "2|1;");
    EXPECT_STR("figures",
               answer(&shelf, "SELECT count(*), count(DISTINCT "
                              "claim) FROM figures WHERE kind = "
                              "'killed'"),
               "2|1;");
    shelf_close(&shelf);
}

/* Tolls of one day join whatever the number; parts and other days do not. */
TEST(figures_count_one_thing) {
    static const Piece pieces[] = {
        {"a", "Tarn Gazette", "2031-03-01",
         RIVER "At least 12 people were killed in Tarn on Saturday, Mayor "
               "Helen Orr said. Three children were killed."},
        {"b", "Olm Courier", "2031-03-01",
         RIVER "Twenty people were killed in Tarn on Saturday, the water "
               "board said. Five children were killed. In 2019 the Olm "
               "killed 14 people."},
    };
    Shelf shelf;

    shelf_open(&shelf);
    add(&shelf, &pieces[0]);
    add(&shelf, &pieces[1]);
    EXPECT_STR("counts",
               answer(&shelf, "SELECT group_concat(best) FROM (SELECT count, "
                              "best FROM counted JOIN figures USING (figure) "
                              "ORDER BY best) GROUP BY count ORDER BY 1"),
               "12,20;14;3,5;");
    forget(&shelf, "a");
    EXPECT_STR("without the first",
               answer(&shelf, "SELECT count(DISTINCT count) FROM counted"),
               "3;");
    shelf_close(&shelf);
}

/* Tellings of one meeting are one happening, and a reprint is one claim. */
TEST(events_are_one_happening) {
    Shelf shelf;
    Piece pieces[] = {
        {"a", "Tarn Gazette", "2031-03-01",
         RIVER "Russia conferred with Iran on Saturday."},
        {"b", "Olm Courier", "2031-03-02",
         RIVER "Russia met Iran on Saturday."},
        {"c", "Olm Courier", "2031-03-09", RIVER "Russia met Iran on Sunday."},
    };

    shelf_open(&shelf);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        add(&shelf, &pieces[i]);
    }
    EXPECT_STR("happenings",
               answer(&shelf, "SELECT group_concat(DISTINCT report) FROM "
                              "(SELECT report, happening FROM events WHERE "
                              "source = 'RUS' AND substr(cameo, 1, 2) = '04' "
                              "ORDER BY 1) GROUP BY happening ORDER BY 1"),
               "a,b;c;");
    shelf_close(&shelf);
}

/* ------------------------------------------------------------------ stories */

static const Piece news[] = {
    {"flood-1", "Tarn Gazette", "2031-03-01",
     "The river Olm flooded the town of Tarn on Saturday after the old dyke "
     "broke. Hundreds of families left their homes as the flood reached the "
     "bridge, the water board said. The Olm stood at a record level."},
    {"flood-2", "Olm Courier", "2031-03-02",
     "Families in Tarn waited for help on Sunday, a day after the Olm broke "
     "the dyke. The flood had reached the railway, and the water board feared "
     "for the bridge. The town called it the worst flood of the century."},
    {"market", "Sable News", "2031-03-01",
     "Fish traders of Port Sable went on strike on Saturday against a harbour "
     "fee. The port authority said the fee was fair; the traders' union said "
     "no trader would pay. Stalls stayed closed and ferries idle."},
    {"flood-years-on", "Hill Post", "2034-10-05",
     "Three years after the Olm flood, Tarn has a new dyke. The water board "
     "opened it on Thursday beside the bridge that the flood carried off. "
     "Families who lost their homes in the town came to see it."},
};

TEST(stories_in_any_order) {
    static const int orders[][4] = {
        {0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}};

    for (size_t i = 0; i < COUNT(orders); i++) {
        Shelf shelf;

        shelf_open(&shelf);
        for (size_t k = 0; k < COUNT(news); k++) {
            add(&shelf, &news[orders[i][k]]);
        }
        EXPECT_STR("stories",
                   answer(&shelf,
                          "SELECT group_concat(id) FROM (SELECT id, story FROM "
                          "reports ORDER BY id) GROUP BY story ORDER BY 1"),
                   "flood-1,flood-2;flood-years-on;market;");
        EXPECT_STR("lines",
                   answer(&shelf, "SELECT stories FROM storylines "
                                  "ORDER BY 1"),
                   "1;2;");
        EXPECT_STR("days",
                   answer(&shelf, "SELECT \"from\", \"to\" FROM stories WHERE "
                                  "reports = 2"),
                   "2031-03-01|2031-03-02;");
        shelf_close(&shelf);
    }
}

/* ----------------------------------------------------- profiles and groups */

static Profile profile_text(Arena *arena, const char *title, const char *text,
                            const char *day) {
    Span all = {0, (uint32_t)strlen(text)};
    SpanList body = {.items = &all, .count = 1};
    ProfileSource source = {
        .title = str_of(title), .text = str_of(text), .body = &body};
    Profile profile;
    Term *terms;
    uint32_t count = profile_terms(arena, test_lexicon(), &source, &terms);

    profile_of(terms, count, profile_day(str_of(day)), &profile);
    return profile;
}

TEST(profile_terms) {
    static const struct {
        const char *name, *text, *want;
    } cases[] = {
        {"names before words, pairs of names too", "Helen Orr saw the dyke",
         "Orr;Helen;dyke;Helen Orr;saw;"},
        {"plural and possessive are one term", "Olm's dykes, the Olm, a dyke",
         "Olm;dykes;"},
        {"what all reports say is nothing", "It was said that they would be",
         ""},
        {"an accent makes no other word", "Müde, Mude", "Müde;"},
        {"nothing", "", ""},
    };
    Arena arena;

    arena_init(&arena, 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Span all = {0, (uint32_t)strlen(cases[i].text)};
        SpanList body = {.items = &all, .count = 1};
        ProfileSource source = {.text = str_of(cases[i].text), .body = &body};
        Term *terms;
        uint32_t count = profile_terms(&arena, test_lexicon(), &source, &terms);
        Str got = {0};

        for (uint32_t k = 0; k < count; k++) {
            got = str_format(&arena, "%.*s%.*s%s%.*s;", (int)got.len, got.ptr,
                             (int)terms[k].word.len, terms[k].word.ptr,
                             terms[k].next.len ? " " : "",
                             (int)terms[k].next.len, terms[k].next.ptr);
        }
        EXPECT_STR(cases[i].name, got, cases[i].want);
    }
    arena_deinit(&arena);
}

TEST(profiles_by_their_days) {
    static const struct {
        const char *name, *day, *other;
        bool is_more; /* like than without dates */
    } cases[] = {
        {"the same day", "2031-03-01", "2031-03-01", true},
        {"a month", "2031-03-01", "2031-04-01", true},
        {"years", "2031-03-01", "2034-03-01", false},
        {"one unknown", "2031-03-01", "", false},
    };
    Arena arena;

    arena_init(&arena, 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Profile a = profile_text(&arena, "", RIVER BRIDGE, cases[i].day);
        Profile b = profile_text(&arena, "", RIVER SHELTER, cases[i].other);
        Profile back;

        EXPECT_INT(cases[i].name, profile_same(&a, &b) > profile_like(&a, &b),
                   cases[i].is_more);
        profile_unpack(profile_pack(&arena, &a), a.day, &back);
        EXPECT_INT("packed", profile_like(&a, &back) * 1000 + .5, 1000);
    }
    arena_deinit(&arena);
}

/* The same minister in the same country: alike on one day, little after a
 * month; what else is shared does not fade so. */
TEST(profiles_of_lasting_actors) {
    static const struct {
        const char *name, *actor, *day;
        int64_t least, most; /* likeness, in hundredths */
    } cases[] = {
        {"an actor, the same day", "Helen Orr", "2031-03-01", 100, 115},
        {"an actor, a month later", "Helen Orr", "2031-04-01", 15, 40},
        {"no actor, a month later", "Nobody", "2031-04-01", 100, 110},
    };
    Arena arena;

    arena_init(&arena, 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str text = str_of("Helen Orr"), actor = str_of(cases[i].actor);
        Span all = {0, (uint32_t)text.len};
        SpanList body = {.items = &all, .count = 1};
        ProfileSource source = {.text = text,
                                .body = &body,
                                .actors = {.items = &actor, .count = 1}};
        Term *terms;
        uint32_t count = profile_terms(&arena, test_lexicon(), &source, &terms);
        Profile a, b;
        int64_t same;

        profile_of(terms, count, profile_day(str_of("2031-03-01")), &a);
        profile_of(terms, count, profile_day(str_of(cases[i].day)), &b);
        same = (int64_t)(profile_same(&a, &b) * 100 + .5);
        EXPECT_INT(cases[i].name,
                   same >= cases[i].least && same <= cases[i].most, true);
    }
    arena_deinit(&arena);
}

/* Two floods that share nearly all words but what each is called. */
#define FLOOD(river, town)                                                     \
    "The river " river " flooded " town " after the dyke broke. Families of "  \
    "" town " left their homes. The " river " stood at a record level."

TEST(groups_are_close_knit) {
    static const struct {
        const char *text, *day;
    } reports[] = {
        {FLOOD("Olm", "Tarn"), "2031-03-01"},
        {FLOOD("Vessa", "Ludmoor"), "2031-03-02"},
        {"Tarn dug out mud on Monday. The Olm had carried off the dyke.",
         "2031-03-03"},
        {"Ludmoor counts its losses; the Vessa is back in its bed, no dyke.",
         "2031-03-04"},
        {MARKET, "2031-03-01"},
    };
    static const uint32_t want[] = {0, 1, 0, 1, 4};
    Member members[COUNT(reports)] = {0};
    Arena arena;

    arena_init(&arena, 0);
    for (uint32_t i = 0; i < COUNT(reports); i++) {
        members[i].profile =
            profile_text(&arena, "", reports[i].text, reports[i].day);
    }
    group_members(&arena, members, COUNT(members));
    for (uint32_t i = 0; i < COUNT(reports); i++) {
        EXPECT_INT(reports[i].text, members[i].group, want[i]);
    }
    members[0].bound = members[4].bound = true;
    members[0].story = members[4].story = 7;
    group_members(&arena, members, COUNT(members));
    EXPECT_INT("bound", members[4].group, members[0].group);
    arena_deinit(&arena);
}

/* Two reports found stories of their own until a third shows that they tell of
 * one happening; the number that goes forwards. Without the third the two
 * come apart again. */
TEST(stories_merge_and_split) {
    static const Piece pieces[] = {
        {"a", "Tarn Gazette", "2031-03-01",
         "Helen Orr, mayor of Tarn, spoke at the old mill of a night of fear. "
         "The Brisk brothers lost their bakery and Osric Vane his orchard."},
        {"b", "Olm Courier", "2031-03-01",
         "Pumps from Kesterby reached the valley of the Olm; engineer Milo "
         "Dace found the sluice at Farrow Weir jammed by a fallen poplar."},
        {"c", "Hill Post", "2031-03-02",
         "Helen Orr, mayor of Tarn, met engineer Milo Dace at Farrow Weir, "
         "where a fallen poplar had jammed the sluice of the Olm. The Brisk "
         "brothers lost their bakery, Osric Vane his orchard; pumps came from "
         "Kesterby."},
    };
    static const char groups[] =
        "SELECT group_concat(id) FROM (SELECT id, story FROM reports ORDER BY "
        "id) GROUP BY story ORDER BY 1";
    static const char forwards[] =
        "SELECT count(*) FROM story_forward f JOIN story s ON s.story = "
        "f.into_story";
    Shelf shelf;

    shelf_open(&shelf);
    add(&shelf, &pieces[0]);
    add(&shelf, &pieces[1]);
    EXPECT_STR("two", answer(&shelf, groups), "a;b;");
    add(&shelf, &pieces[2]);
    EXPECT_STR("one", answer(&shelf, groups), "a,b,c;");
    EXPECT_STR("found under the old number", answer(&shelf, forwards), "1;");
    forget(&shelf, "c");
    EXPECT_STR("two again", answer(&shelf, groups), "a;b;");
    EXPECT_STR("of one line", answer(&shelf, "SELECT stories FROM storylines"),
               "2;");
    forget(&shelf, "a");
    forget(&shelf, "b");
    EXPECT_STR("nothing left",
               answer(&shelf, "SELECT count(*) FROM story_forward"), "0;");
    shelf_close(&shelf);
}

/* ------------------------------------------------------------------- litter */

static const char CUT[] = "SELECT report, begin, why FROM litter ORDER BY 1";

TEST(litter_of_an_outlet) {
    static const Piece pieces[] = {
        {"a", "Tarn Gazette", "2031-03-01", RIVER "\n" PLEA},
        {"b", "Tarn Gazette", "2031-03-02", SHELTER "\n" PLEA},
        {"c", "Tarn Gazette", "2031-03-03", RIVER "\n" PLEA},
        {"d", "Olm Courier", "2031-03-04", BRIDGE "\n" PLEA},
        {"e", "Tarn Gazette", "2031-03-05", MARKET "\n" PLEA},
    };
    Shelf shelf;

    shelf_open(&shelf);
    for (int i = 0; i < 4; i++) {
        add(&shelf, &pieces[i]);
    }
    EXPECT_STR("two, a copy, and another outlet", answer(&shelf, CUT), "");
    add(&shelf, &pieces[4]);
    EXPECT_STR("cut in all four",
               answer(&shelf, "SELECT group_concat(report), count(DISTINCT "
                              "why), min(why) FROM litter"),
               "a,b,c,e|1|litter/recurs: in reports of Tarn Gazette;");
    EXPECT_STR("body ends before",
               answer(&shelf, "SELECT count(*) FROM report r, json_each(r.body)"
                              " b WHERE r.id <> 'd' AND json_extract(b.value, "
                              "'$[1]') > instr(r.text, char(10))"),
               "0;");
    EXPECT_STR("no copy of the plea",
               answer(&shelf, "SELECT a, b FROM copies ORDER BY a"), "a|c;");
    forget(&shelf, "e");
    EXPECT_STR("given back", answer(&shelf, CUT), "");
    EXPECT_STR("bodies too",
               answer(&shelf, "SELECT count(*) FROM report WHERE body <> "
                              "'[[0,' || length(text) || ']]'"),
               "0;");
    shelf_close(&shelf);
}

/* --------------------------------------------------------------- forgetting */

/* What people see, less the numbers that depend on the order of adding. */
static const char *const seen[] = {
    "SELECT id, version, outlet, published FROM reports ORDER BY id",
    "SELECT a, b, kind, share_a, share_b, passages, one_source FROM copies "
    "ORDER BY a, b",
    "SELECT group_concat(id) FROM (SELECT id, origin FROM reports ORDER BY "
    "id) GROUP BY origin ORDER BY 1",
    "SELECT group_concat(id) FROM (SELECT id, story FROM reports ORDER BY id) "
    "GROUP BY story ORDER BY 1",
    "SELECT title, \"from\", \"to\", reports, origins FROM stories ORDER BY 1",
    "SELECT \"from\", \"to\", stories, reports FROM storylines ORDER BY 1, 2",
    "SELECT name, type, code, aliases, reports FROM names ORDER BY 1, 2",
    "SELECT name, alias, report FROM aliases ORDER BY 1, 2, 3",
    "SELECT report, begin, end, name FROM mentions ORDER BY 1, 2, 3",
    "SELECT report, begin, speaker FROM quotes ORDER BY 1, 2",
    "SELECT reports, origins, wordings FROM statements ORDER BY 1, 2, 3",
    "SELECT report, begin, best, claimant FROM figures ORDER BY 1, 2",
    "SELECT group_concat(place) FROM (SELECT count, f.report || ' ' || begin "
    "AS "
    "place FROM counted JOIN figures f USING (figure) ORDER BY 2) GROUP BY "
    "count ORDER BY 1",
    "SELECT report, begin, cameo, source, target FROM events ORDER BY 1, 2, 3",
    "SELECT group_concat(report) FROM (SELECT happening, report FROM events "
    "ORDER BY 2) GROUP BY happening ORDER BY 1",
    "SELECT report, begin, end, why FROM litter ORDER BY 1, 2",
    "SELECT sum(postings) FROM segment",
    "SELECT count(*) FROM report_text WHERE report_text MATCH 'flood OR river'",
};

static const Piece mixed[] = {
    {"a", "Tarn Gazette", "2031-03-01", RIVER BRIDGE "\n" PLEA},
    {"flood-1", "Tarn Gazette", "2031-03-01",
     "The river Olm flooded the town of Tarn on Saturday after the old dyke "
     "broke. \"We lost the bridge and the road in one night,\" Mayor Helen Orr "
     "said. At least 12 people were killed.\n" PLEA},
    {"b", "Tarn Gazette", "2031-03-02",
     RIVER SHELTER "\"We lost the bridge and the road in one night,\" Helen "
                   "Orr said.\n" PLEA},
    {"c", "Olm Courier", "2031-03-02", RIVER BRIDGE SHELTER},
};

TEST(forgetting_undoes_adding) {
    for (size_t gone = 0; gone < COUNT(mixed); gone++) {
        Shelf with, without;

        shelf_open(&with);
        shelf_open(&without);
        for (size_t i = 0; i < COUNT(mixed); i++) {
            add(&with, &mixed[i]);
            if (i != gone) {
                add(&without, &mixed[i]);
            }
        }
        forget(&with, mixed[gone].id);
        for (size_t i = 0; i < COUNT(seen); i++) {
            char *want = strdup(answer(&without, seen[i]).ptr);

            EXPECT_STR(seen[i], answer(&with, seen[i]), want);
            free(want);
        }
        shelf_close(&with);
        shelf_close(&without);
    }
}

TEST(forgetting_all_leaves_nothing) {
    static const char *const tables[] = {
        "report",      "standing",
        "entity",      "alias",
        "entity_form", "entity_key",
        "mention",     "time",
        "quote",       "quote_mark",
        "figure",      "copy",
        "event",       "event_side",
        "counted",     "passage",
        "trace",       "segment",
        "posting",     "posting_filter",
        "story",       "report_text_docsize",
    };
    Shelf shelf;

    shelf_open(&shelf);
    for (size_t i = 0; i < COUNT(mixed); i++) {
        add(&shelf, &mixed[i]);
    }
    for (size_t i = 0; i < COUNT(mixed); i++) {
        forget(&shelf, mixed[(i + 2) % COUNT(mixed)].id);
    }
    for (size_t i = 0; i < COUNT(tables); i++) {
        char sql[80];

        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", tables[i]);
        EXPECT_STR(tables[i], answer(&shelf, sql), "0;");
    }
    shelf_close(&shelf);
}

/* A new version stands where the old one stood. */
TEST(versions_are_linked_anew) {
    static const Piece first = {"a", "Tarn Gazette", "2031-03-01",
                                RIVER BRIDGE},
                       other = {"b", "Olm Courier", "2031-03-01", RIVER BRIDGE},
                       second = {"a", "Tarn Gazette", "2031-03-02",
                                 MARKET SHELTER};
    Shelf shelf;

    shelf_open(&shelf);
    add(&shelf, &first);
    add(&shelf, &other);
    EXPECT_STR("a copy", answer(&shelf, COPIES), "a|b|same|1;");
    add(&shelf, &second);
    EXPECT_STR("no longer", answer(&shelf, COPIES), "");
    EXPECT_STR("two stories", answer(&shelf, "SELECT reports FROM stories"),
               "1;1;");
    forget(&shelf, "a");
    EXPECT_STR("all versions gone", answer(&shelf, "SELECT id FROM versions"),
               "b;");
    shelf_close(&shelf);
}

/* --------------------------------------------------------------------- cost */

/* No statement of this room walks a whole table. Every statement that was
 * prepared while reports were added and forgotten is asked for its plan. */
TEST(no_statement_scans) {
    sqlite3_stmt *q = NULL;
    Shelf shelf;

    shelf_open(&shelf);
    for (size_t i = 0; i < COUNT(mixed); i++) {
        add(&shelf, &mixed[i]);
    }
    forget(&shelf, mixed[0].id);
    while ((q = sqlite3_next_stmt(store_db(shelf.store), q))) {
        sqlite3_stmt *plan = NULL;
        Str sql =
            str_format(&shelf.arena, "EXPLAIN QUERY PLAN %s", sqlite3_sql(q));

        if (sqlite3_prepare_v2(store_db(shelf.store), sql.ptr, -1, &plan,
                               NULL) != SQLITE_OK) {
            continue; /* BEGIN and COMMIT have no plan */
        }
        while (sqlite3_step(plan) == SQLITE_ROW) {
            const char *step = (const char *)sqlite3_column_text(plan, 3);

            /* "SCAN (subquery-1)", "SCAN json_each VIRTUAL TABLE" walk what
             * another step has bounded; segments are a few dozen rows. */
            test_expect(
                strncmp(step, "SCAN", 4) != 0 || strchr(step, '(') ||
                    strstr(step, "json_each") || strstr(step, "CONSTANT ROW") ||
                    strstr(step, " n") || str_is(str_of(step), "SCAN segment"),
                __FILE__, __LINE__, step, "%s", sqlite3_sql(q));
        }
        sqlite3_finalize(plan);
    }
    shelf_close(&shelf);
}
