/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_clean.c - what is the report, what is not; title, byline, credit,
 * date. All texts are made up. */
#include "test.h"

#include <string.h>

#include "base/buf.h"
#include "clean/clean.h"
#include "clean/piece.h"

/* Paragraphs that any reader takes for a report. */
#define RAIN                                                                   \
    "Heavy rain closed the mountain road to Orsk on Monday, the district "     \
    "council said in a statement.\n\n"
#define MAYOR                                                                  \
    "\"We need your help and your support,\" the mayor told residents, "       \
    "asking "                                                                  \
    "them to donate blankets to the families in the school.\n\n"
#define BRIDGE                                                                 \
    "Two bridges were still shut in the evening and buses took the longer "    \
    "way round the lake.\n\n"

static void add_block(Buf *out, const Clean *clean, uint32_t i) {
    static const char *const names[BLOCK_KIND_COUNT] = {
        "p", "title", "heading", "byline", "item", "quotation", "litter"};
    const Block *block = &clean->blocks[i];
    Str bytes = str_at(clean->text, block->span);

    buf_put(out, names[block->kind]);
    if (block->kind == BLOCK_LITTER) {
        const char *colon = memchr(block->why.ptr, ':', block->why.len);
        buf_push(out, (Str){block->why.ptr + 6,
                            (size_t)(colon - block->why.ptr) - 6});
    }
    buf_put(out, "<");
    buf_push(out, str_slice(bytes, 0, bytes.len < 12 ? bytes.len : 12));
    buf_put(out, "> ");
}

static void clean_text(Arena *arena, const char *text, bool litter,
                       Clean *out) {
    Report report = {.text = str_of(text)};

    clean_report(arena, test_lexicon(), &report, litter, out);
}

static const struct {
    const char *name, *text, *want;
} cases[] = {
    {"empty", "", ""},
    {"only a report", RAIN MAYOR BRIDGE,
     "p<Heavy rain c> p<\"We need you> p<Two bridges > "},
    {"title and standfirst",
     "Rain shuts road to Orsk\nBuses go round the lake\n" RAIN BRIDGE,
     "title<Rain shuts r> title<Buses go rou> p<Heavy rain c> p<Two bridges "
     "> "},
    {"section label", "World News\n\nRain shuts road to Orsk\n\n" RAIN BRIDGE,
     "litter/section<World News> title<Rain shuts r> p<Heavy rain c> "
     "p<Two bridges > "},
    {"caption repeated with its label",
     "Water on the road to Orsk\n\nWater on the road to Orsk. Photo: Jo "
     "Roe\n\n" RAIN BRIDGE,
     "litter/caption<Water on the> litter/caption<Water on the> "
     "p<Heavy rain c> p<Two bridges > "},
    {"plea at the end without its own word",
     RAIN BRIDGE "The Herald has no shareholders. It has 900 readers who pay "
                 "what they can. If you were one of them, we could go on. "
                 "Will you join?\n\nGive once\nGive monthly",
     "p<Heavy rain c> p<Two bridges > litter/plea<The Herald h> "
     "litter/plea<Give once> litter/plea<Give monthly> "},
    {"a plea in quotation marks",
     RAIN BRIDGE "\"Our readers pay what they can. Will you join us?\" the "
                 "editor of the Herald asked the council on Monday, and the "
                 "mayor said that she would.",
     "p<Heavy rain c> p<Two bridges > p<\"Our readers> "},
    {"an outlet and staff", "Rain shuts road\nHerald and staff\n" RAIN BRIDGE,
     "title<Rain shuts r> litter/credit<Herald and s> p<Heavy rain c> "
     "p<Two bridges > "},
    {"player and glued caption",
     "Rain shuts road\n\nMedia playback is not supported on this device\n"
     "Media captionCars waited for hours on the pass\n\n" RAIN,
     "title<Rain shuts r> litter/player<Media playba> "
     "litter/caption<Media captio> p<Heavy rain c> "},
    {"caption repeated with credit",
     "Cars on the mountain road\nCars on the mountain road Reuters\n\n" RAIN,
     "litter/caption<Cars on the > litter/caption<Cars on the > "
     "p<Heavy rain c> "},
    {"photo credits",
     RAIN "A digger clears the road [Jo Roe/Reuters]\n\n" BRIDGE
          "Cars in the mud. (AP Photo/Jo Roe)\n\n" BRIDGE,
     "p<Heavy rain c> litter/caption<A digger cle> p<Two bridges > "
     "litter/caption<Cars in the > p<Two bridges > "},
    {"image caption in the middle",
     RAIN
     "Image caption The pass was closed for the first time in years\n\n" BRIDGE,
     "p<Heavy rain c> litter/caption<Image captio> p<Two bridges > "},
    {"subheadings", RAIN "Buses go round\n\n" MAYOR "'Stay at home'\n\n" BRIDGE,
     "p<Heavy rain c> heading<Buses go rou> p<\"We need you> "
     "heading<'Stay at hom> p<Two bridges > "},
    {"a list is no heading", RAIN "- Blankets\n- Water\n\n" BRIDGE,
     "p<Heavy rain c> p<- Blankets> p<- Water> p<Two bridges > "},
    {"plea at the top", "Support the Lake Herald!\n\n" RAIN BRIDGE,
     "litter/plea<Support the > p<Heavy rain c> p<Two bridges > "},
    {"related, plea and buttons at the end",
     RAIN BRIDGE
     "Related articles:\n\nRain in Orsk\n\n"
     "Please support us. We, the reporters of the Lake Herald, have told you "
     "about every flood since the dam was built, and we need you.\n\n"
     "Nobody pays us but you, and last year the ministry called us enemies.\n\n"
     "Continue\n\nRead more\n",
     "p<Heavy rain c> p<Two bridges > litter/related<Related arti> "
     "litter/related<Rain in Orsk> litter/plea<Please suppo> "
     "litter/plea<Nobody pays > litter/related<Continue> "
     "litter/related<Read more> "},
    {"comment form",
     RAIN BRIDGE "Error\nYour comment was not saved. Please try again later.\n",
     "p<Heavy rain c> p<Two bridges > litter/comments<Error> "
     "litter/comments<Your comment> "},
    {"mistakes", RAIN BRIDGE "Found a mistake in this story? Report to us\n",
     "p<Heavy rain c> p<Two bridges > litter/mistake<Found a mist> "},
    {"share bar", "Share Tweet Email Print\n\nRain shuts road\n\n" RAIN,
     "litter/share<Share Tweet > title<Rain shuts r> p<Heavy rain c> "},
    {"cookies and newsletter",
     RAIN "We use cookies to give you a better site.\n\n" BRIDGE
          "Sign up for our newsletter\n",
     "p<Heavy rain c> litter/cookies<We use cooki> p<Two bridges > "
     "litter/newsletter<Sign up for > "},
    {"copyright", RAIN "Copyright 2031 Lake Herald. All rights reserved.\n",
     "p<Heavy rain c> litter/copyright<Copyright 20> "},
    {"continues below", RAIN "Story continues below\n\n" BRIDGE,
     "p<Heavy rain c> litter/related<Story contin> p<Two bridges > "},
    {"byline and date",
     "Rain shuts road\nBy Jane Doe\nPublished 14 March 2031\n" RAIN,
     "title<Rain shuts r> byline<By Jane Doe> byline<Published 14> "
     "p<Heavy rain c> "},
    {"a plea that is news",
     "The charity asked readers to subscribe to its newsletter and to make a "
     "donation for the flooded villages in the north.\n\n" RAIN BRIDGE BRIDGE
         BRIDGE BRIDGE BRIDGE BRIDGE,
     "p<The charity > p<Heavy rain c> p<Two bridges > p<Two bridges > "
     "p<Two bridges > p<Two bridges > p<Two bridges > p<Two bridges > "},
    {"hard-wrapped",
     "Heavy rain closed the mountain road to Orsk on Monday,\n"
     "the council said. It will stay shut until engineers\n"
     "have looked at the slope above it.\n"
     "Two bridges were shut too, and buses took the longer\n"
     "way round the lake.\n",
     "p<Heavy rain c> p<Two bridges > "},
};

TEST(blocks) {
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena arena;
        Clean clean;
        Buf got;

        arena_init(&arena, 0);
        buf_init(&got, 0);
        clean_text(&arena, cases[i].text, true, &clean);
        for (uint32_t b = 0; b < clean.block_count; b++) {
            add_block(&got, &clean, b);
        }
        EXPECT_STR(cases[i].name, buf_str(&got), cases[i].want);
        buf_deinit(&got);
        arena_deinit(&arena);
    }
}

TEST(nothing_cut_when_off) {
    Arena arena;
    Clean clean;

    arena_init(&arena, 0);
    clean_text(&arena, "Share Tweet Print\n" RAIN "Read more\n", false, &clean);
    for (uint32_t i = 0; i < clean.block_count; i++) {
        EXPECT("no litter", clean.blocks[i].kind != BLOCK_LITTER);
    }
    EXPECT_INT("one run", clean.body.count, 1);
    arena_deinit(&arena);
}

TEST(body_runs) {
    Arena arena;
    Clean clean;

    arena_init(&arena, 0);
    clean_text(&arena, RAIN "Advertisement\n\n" BRIDGE MAYOR, true, &clean);
    if (EXPECT_INT("two", clean.body.count, 2)) {
        EXPECT_INT("from the first byte", clean.body.items[0].begin, 0);
        EXPECT_INT("to the last", clean.body.items[1].end, clean.text.len - 2);
    }
    arena_deinit(&arena);
}

static const struct {
    const char *name, *text, *want;
} credits[] = {
    {"none", RAIN, ""},
    {"reported", "The road is shut, AFP reported on Monday from the pass.\n",
     "AFP;"},
    {"reports", "The road is shut, the Associated Press reports.\n", "AP;"},
    {"according to", "The road is shut, according to Reuters.\n", "Reuters;"},
    {"quoted by", "\"It is shut,\" he was quoted by Interfax as saying.\n",
     "Interfax;"},
    {"news agency between",
     "The road is shut, the Anadolu news agency reported on Monday.\n",
     "Anadolu;"},
    {"dateline", "ORSK (Reuters) - The mountain road is shut.\n", "Reuters;"},
    {"dateline, long dash", "ORSK (AP) \xE2\x80\x94 The road is shut.\n",
     "AP;"},
    {"last line", RAIN BRIDGE "AFP/Reuters\n", "AFP;Reuters;"},
    {"wire services", RAIN BRIDGE "Al Jazeera and wire services\n",
     "wire services;"},
    {"contributed", RAIN BRIDGE "Additional reporting by Reuters\n",
     "Reuters;"},
    {"unknown agency in a dateline",
     "ANSTAD, May 3 (Hillwire) - The bridge was shut on Monday.\n",
     "Hillwire;"},
    {"unknown agency that is called one",
     "The bridge was shut, according to the news agency Hillwire.\n",
     "Hillwire;"},
    {"unknown agency beside staff", RAIN BRIDGE "\n\nHillwire and staff\n",
     "Hillwire;"},
    {"no credit: a place in brackets",
     "ANSTAD (Helsinki) - The bridge was shut on Monday.\n", ""},
    {"no credit: no dateline",
     "The mayor (Brandt) - who was ill - stayed at home.\n", ""},
    {"no credit: did not report", "AFP did not report on the road.\n", ""},
    {"no credit: an outlet spoken to", "He told Al Arabiya it was shut.\n", ""},
    {"no credit: a photograph", "Cars on the road [Reuters]\n\n" RAIN BRIDGE,
     ""},
    {"once", "It is shut, AFP reported. It is steep, AFP reported.\n", "AFP;"},
};

TEST(credit) {
    for (size_t i = 0; i < COUNT(credits); i++) {
        Arena arena;
        Clean clean;
        Buf got;

        arena_init(&arena, 0);
        buf_init(&got, 0);
        clean_text(&arena, credits[i].text, true, &clean);
        for (uint32_t c = 0; c < clean.credit.count; c++) {
            buf_push(&got, clean.credit.items[c]);
            buf_char(&got, ';');
        }
        EXPECT_STR(credits[i].name, buf_str(&got), credits[i].want);
        buf_deinit(&got);
        arena_deinit(&arena);
    }
}

static const struct {
    const char *name, *text, *given, *want;
} bylines[] = {
    {"one", "Rain\nBy Jane Doe\n" RAIN, "", "Jane Doe;"},
    {"two, capitals, place", "Rain\nBy JANE DOE and John Roe in Orsk\n" RAIN,
     "", "JANE DOE;John Roe;"},
    {"with an outlet", "Rain\nBy Jane Doe, Lake Herald\n" RAIN, "",
     "Jane Doe;"},
    {"signed at the end", RAIN BRIDGE "Jane Doe, Beirut\n", "", "Jane Doe;"},
    {"given", "Rain\nBy Jane Doe\n" RAIN, "By Ann Poe", "Ann Poe;"},
    {"none", "By noon the road was shut\n" RAIN, "", ""},
};

TEST(byline) {
    for (size_t i = 0; i < COUNT(bylines); i++) {
        Report report = {.text = str_of(bylines[i].text),
                         .byline = str_of(bylines[i].given)};
        Arena arena;
        Clean clean;
        Buf got;

        arena_init(&arena, 0);
        buf_init(&got, 0);
        clean_report(&arena, test_lexicon(), &report, true, &clean);
        for (uint32_t b = 0; b < clean.byline.count; b++) {
            buf_push(&got, clean.byline.items[b]);
            buf_char(&got, ';');
        }
        EXPECT_STR(bylines[i].name, buf_str(&got), bylines[i].want);
        buf_deinit(&got);
        arena_deinit(&arena);
    }
}

static const struct {
    const char *name, *text, *url, *given, *want;
    PublishedFrom from;
} dates[] = {
    {"given", "14 March 2031\n" RAIN, "", "2031-03-15", "2031-03-15",
     PUBLISHED_GIVEN},
    {"in the text", "Rain\nPublished 14 March 2031, 9:30 GMT\n" RAIN, "", "",
     "2031-03-14", PUBLISHED_TEXT},
    {"American", "Rain\nMonday, Feb. 25, 2030\n" RAIN, "", "", "2030-02-25",
     PUBLISHED_TEXT},
    {"ISO, last line", RAIN BRIDGE "2030-02-25\n", "", "", "2030-02-25",
     PUBLISHED_TEXT},
    {"not from a sentence",
     "The road opened on 14 March 2029, the council said.\n" RAIN, "", "", "",
     PUBLISHED_NONE},
    {"not from a line about something else",
     RAIN BRIDGE "The road opened on 14 March 2029\n", "", "", "",
     PUBLISHED_NONE},
    {"no such day", "Rain\n31 February 2030\n" RAIN, "", "", "",
     PUBLISHED_NONE},
    {"url", RAIN, "https://lake.example/2030/02/25/rain", "", "2030-02-25",
     PUBLISHED_URL},
    {"url, month as a word", RAIN, "https://lake.example/news/2030/feb/25/rain",
     "", "2030-02-25", PUBLISHED_URL},
    {"url, other numbers", RAIN, "https://lake.example/2030/99/25/rain", "", "",
     PUBLISHED_NONE},
};

TEST(published) {
    for (size_t i = 0; i < COUNT(dates); i++) {
        Report report = {.text = str_of(dates[i].text),
                         .url = str_of(dates[i].url),
                         .published = str_of(dates[i].given)};
        Arena arena;
        Clean clean;

        arena_init(&arena, 0);
        clean_report(&arena, test_lexicon(), &report, true, &clean);
        EXPECT_STR(dates[i].name, clean.published, dates[i].want);
        EXPECT_INT(dates[i].name, clean.published_from, dates[i].from);
        arena_deinit(&arena);
    }
}

TEST(title) {
    Report report = {.text = str_of("Rain shuts road\n" RAIN)};
    Arena arena;
    Clean clean;

    arena_init(&arena, 0);
    clean_report(&arena, test_lexicon(), &report, true, &clean);
    EXPECT_STR("from the text", clean.title, "Rain shuts road");
    report.title = str_of("Given");
    report.outlet = str_of("Lake Herald");
    clean_report(&arena, test_lexicon(), &report, true, &clean);
    EXPECT_STR("given wins", clean.title, "Given");
    EXPECT_STR("outlet", clean.outlet, "Lake Herald");
    EXPECT_INT("and stays in the body", clean.body.items[0].begin, 0);
    arena_deinit(&arena);
}
