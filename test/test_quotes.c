/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_quotes.c - direct, mixed and indirect quotes and who said them. */
#include "reading.h"
#include "test.h"

static const char DAY[] = "2022-02-16";

/* "direct [span] speaker/cue", quotes parted by a new line; indirect ones only
 * when `indirect`. */
static Str show_quotes(Reading *reading, bool indirect) {
    const Analysis *analysis = &reading->analysis;
    Str shown = {0};

    for (uint32_t i = 0; i < analysis->quote_count; i++) {
        const Quote *quote = &analysis->quotes[i];
        Str span = str_at(analysis->text.bytes, quote->span);
        if ((quote->kind == QUOTE_INDIRECT) != indirect) {
            continue;
        }
        shown = str_join(
            &reading->arena, shown,
            str_format(&reading->arena, "%s%s [%.*s] %.*s/%.*s",
                       shown.len ? "\n" : "", quote_kind_name(quote->kind),
                       (int)span.len, span.ptr, (int)quote->speaker.name.len,
                       quote->speaker.name.ptr, (int)quote->cue_lemma.len,
                       quote->cue_lemma.ptr));
    }
    return shown;
}

/* A paragraph before each case, so that its own first line is no headline. */
#define LEAD "The town of Tarn was calm after the storm, and it rained.\n\n"

static const struct {
    const char *name, *text, *want;
} marked[] = {
    {"said after", LEAD "\"The road is shut,\" said Anna Holm.",
     "direct [\"The road is shut,\"] Anna Holm/say"},
    {"speaker before the cue", LEAD "\"The road is shut,\" Anna Holm said.",
     "direct [\"The road is shut,\"] Anna Holm/say"},
    {"said before", LEAD "Anna Holm said: \"The road is shut.\"",
     "direct [\"The road is shut.\"] Anna Holm/say"},
    {"a question", LEAD "\"Who gave the order?\" asked Anna Holm.",
     "direct [\"Who gave the order?\"] Anna Holm/ask"},
    {"split by the speaker",
     LEAD "\"The talks,\" Anna Holm said, \"are over.\"",
     "direct [\"The talks,\"] Anna Holm/say\n"
     "direct [\"are over.\"] Anna Holm/say"},
    {"the next one in the paragraph",
     LEAD "\"The road is shut,\" said Anna Holm. \"Nobody can pass it now.\"",
     "direct [\"The road is shut,\"] Anna Holm/say\n"
     "direct [\"Nobody can pass it now.\"] Anna Holm/say"},
    {"over paragraphs",
     LEAD "\"The road is shut,\" said Anna Holm. \"Nobody can pass it.\n\n"
          "\"The bridge is gone.\"",
     "direct [\"The road is shut,\"] Anna Holm/say\n"
     "direct [\"Nobody can pass it.] Anna Holm/say\n"
     "direct [\"The bridge is gone.\"] Anna Holm/say"},
    {"a paragraph of its own after one of hers",
     LEAD "\"The road is shut,\" said Anna Holm.\n\n\"We need help from all of "
          "our neighbours now.\"",
     "direct [\"The road is shut,\"] Anna Holm/say\n"
     "direct [\"We need help from all of our neighbours now.\"] "
     "Anna Holm/say"},
    {"inner marks make no quote",
     LEAD "\"He said 'run', so I ran,\" Anna Holm recalled.",
     "direct [\"He said 'run', so I ran,\"] Anna Holm/recall"},
    {"words of a clause",
     LEAD "Anna Holm said the plan was \"a stupid mistake\" of the board.",
     "mixed [\"a stupid mistake\"] Anna Holm/say"},
    {"what a cue names",
     LEAD "Anna Holm condemned the \"shameful\" delay of the trains.",
     "mixed [\"shameful\"] Anna Holm/condemn"},
    {"over a relative clause",
     LEAD "Anna Holm, who came late, said the delay was \"shameful\" to all.",
     "mixed [\"shameful\"] Anna Holm/say"},
    {"he is who spoke before",
     LEAD "Paul Reed said the road was shut. \"It is the storm,\" he added.",
     "direct [\"It is the storm,\"] Paul Reed/add"},
    {"she is not he",
     LEAD "Anna Holm met Paul Reed. \"It is the storm,\" he said.",
     "direct [\"It is the storm,\"] Paul Reed/say"},
    {"an unnamed source",
     LEAD "\"The road is shut,\" a source at the French embassy said.",
     "direct [\"The road is shut,\"] source at the French embassy/say"},
    {"a government",
     LEAD "France's government said it was \"ready\" for the talks.",
     "mixed [\"ready\"] French government/say"},
    {"the body that spoke last",
     LEAD "The Hill Observatory for Clean Water said the lake was dead. The "
          "watchdog called it \"a crime\" against the town.",
     "mixed [\"a crime\"] Hill Observatory for Clean Water/call"},
    {"a name in apposition",
     LEAD "\"The road is shut,\" the head of the port, Anna Holm, said.",
     "direct [\"The road is shut,\"] Anna Holm/say"},
    {"the minister named before",
     LEAD "The interior minister, Paul Reed, came late. The minister said the "
          "delay was \"shameful\".",
     "mixed [\"shameful\"] Paul Reed/say"},
    {"an office, a title and a name",
     LEAD
     "\"The road is shut,\" the army's spokesman, Colonel Paul Reed, said.",
     "direct [\"The road is shut,\"] Paul Reed/say"},
    {"a name in apposition after the verb",
     LEAD "\"The road is shut,\" said one mother, Anna Holm.",
     "direct [\"The road is shut,\"] Anna Holm/say"},
    {"told after an apposition",
     LEAD "\"The road is shut,\" Anna Holm, the head of the port, told the "
          "crowd.",
     "direct [\"The road is shut,\"] Anna Holm/tell"},
    {"one of several",
     LEAD "\"The road is shut,\" said one western diplomat in Paris.",
     "direct [\"The road is shut,\"] western diplomat in Paris/say"},
    {"one of them",
     LEAD "Two drivers came. \"The road is shut,\" one of them said.",
     "direct [\"The road is shut,\"] one of them/say"},
    {"she is who was only described",
     LEAD "A doctor at the port said she was tired. \"The road is shut,\" she "
          "said.",
     "direct [\"The road is shut,\"] doctor at the port/say"},
    {"his spokesman",
     LEAD "Paul Reed has not spoken. His spokesman said he was \"at work\".",
     "mixed [\"at work\"] spokesman for Paul Reed/say"},
    {"a team of",
     LEAD "A team of French doctors said the road was \"a trap\" at night.",
     "mixed [\"a trap\"] French doctors/say"},
    {"a statement by",
     LEAD "The road was shut \"for good\", according to a statement by Anna "
          "Holm.",
     "mixed [\"for good\"] Anna Holm/according to"},
    {"what his government did",
     LEAD "Paul Reed said his government accepted the plan \"in principle\".",
     "mixed [\"in principle\"] Paul Reed/say"},
    {"the subject before a relative clause",
     LEAD "The firm whose shed burnt in Paris said it was \"a lie\" of course.",
     "mixed [\"a lie\"] firm/say"},
    {"paragraphs after one about who speaks",
     LEAD "Anna Holm, who ran the port, spoke to us in the yard.\n\n\"The road "
          "is shut and nobody can pass it now.\n\n\"We need help from all of "
          "our neighbours.\"",
     "direct [\"The road is shut and nobody can pass it now.] Anna Holm/\n"
     "direct [\"We need help from all of our neighbours.\"] Anna Holm/"},
    {"what is left of markup", LEAD "He wrote <a id=\"page 12\"> to her.", ""},
    {"a scare quote", LEAD "The so-called \"safe zone\" was empty by noon.",
     ""},
    {"a title", LEAD "She is known for the film \"The Last Ferry\" of 1961.",
     ""},
    {"a nickname", LEAD "Joseph \"Joe\" Amara won the race in four minutes.",
     ""},
    {"a report is no cue",
     LEAD "The report on the \"old bridge\" was read by few.", ""},
};

TEST(quotes_marked) {
    for (size_t i = 0; i < COUNT(marked); i++) {
        Reading reading;
        reading_open(&reading, marked[i].text, marked[i].text, DAY);
        EXPECT_STR(marked[i].name, show_quotes(&reading, false),
                   marked[i].want);
        arena_deinit(&reading.arena);
    }
}

static const struct {
    const char *name, *text, *want;
} indirect[] = {
    {"that", LEAD "Anna Holm said that the road was shut.",
     "indirect [that the road was shut] Anna Holm/say"},
    {"bare", LEAD "Anna Holm said the road was shut.",
     "indirect [the road was shut] Anna Holm/say"},
    {"told", LEAD "Anna Holm told reporters that the road was shut.",
     "indirect [that the road was shut] Anna Holm/tell"},
    {"over place and time",
     LEAD "Anna Holm said in Paris on Monday that the road was shut.",
     "indirect [that the road was shut] Anna Holm/say"},
    {"a number", LEAD "The United Nations said at least 30 people were hurt.",
     "indirect [at least 30 people were hurt] United Nations/say"},
    {"according first",
     LEAD "According to the United Nations, the road was shut by snow.",
     "indirect [the road was shut by snow] United Nations/according to"},
    {"according last",
     LEAD "The road was shut by snow, according to the United Nations.",
     "indirect [The road was shut by snow] United Nations/according to"},
    {"the cue closes the sentence", LEAD "The road was shut, Anna Holm said.",
     "indirect [The road was shut] Anna Holm/say"},
    {"after a time",
     LEAD "Two were found alive late on Sunday night, the rescue service said.",
     "indirect [Two were found alive late on Sunday night] rescue "
     "service/say"},
    {"over a comma, in the present",
     LEAD "Anna Holm, who came late, says the road is shut.",
     "indirect [the road is shut] Anna Holm/say"},
    {"adverbs that no table has",
     LEAD "Anna Holm wearily said that the road was shut.",
     "indirect [that the road was shut] Anna Holm/say"},
    {"a flood claims lives", LEAD "The flood has claimed 70,000 lives so far.",
     ""},
    {"what is announced",
     LEAD "When it was over, Anna Holm announced her resignation.",
     "indirect [her resignation] Anna Holm/announce"},
    {"a participle is nobody", LEAD "The page was hacked, deleted said it.",
     ""},
    {"denied is not said", LEAD "Anna Holm did not say the road was shut.", ""},
    {"an adjunct is no clause",
     LEAD "In one letter, Anna Holm said: \"The road is shut.\"", ""},
};

TEST(quotes_indirect) {
    for (size_t i = 0; i < COUNT(indirect); i++) {
        Reading reading;
        reading_open(&reading, indirect[i].text, indirect[i].text, DAY);
        EXPECT_STR(indirect[i].name, show_quotes(&reading, true),
                   indirect[i].want);
        arena_deinit(&reading.arena);
    }
}

static const struct {
    const char *name, *text, *speaker, *via, *addressee, *place;
} passed_on[] = {
    {"an agency reported",
     LEAD "\"The road is shut,\" Anna Holm said, Reuters reported.",
     "Anna Holm", "Reuters", "", ""},
    {"according to an agency",
     LEAD "\"The road is shut,\" Anna Holm said in Paris, according to AFP.",
     "Anna Holm", "AFP", "", "Paris"},
    {"quoted by an agency",
     LEAD "\"The road is shut,\" Anna Holm was quoted by AFP as saying.",
     "Anna Holm", "AFP", "", ""},
    {"told an outlet", LEAD "\"The road is shut,\" Anna Holm told the BBC.",
     "Anna Holm", "BBC", "BBC", ""},
    {"in an interview",
     LEAD "\"The road is shut,\" Anna Holm said in an interview with the BBC.",
     "Anna Holm", "BBC", "", ""},
    {"quoting a source",
     LEAD "\"The road is shut,\" state television said, quoting a source at "
          "the French embassy.",
     "source at the French embassy", "French state television", "", ""},
    {"told an outlet that no table has",
     LEAD "\"The road is shut,\" Anna Holm told Wireline.", "Anna Holm",
     "Wireline", "Wireline", ""},
    {"in a message to one",
     LEAD "\"The road is shut,\" Anna Holm said in a recorded message sent to "
          "Wireline.",
     "Anna Holm", "Wireline", "", ""},
    {"quoted by one",
     LEAD
     "\"The road is shut,\" Anna Holm was quoted by the Wireline agency as "
     "saying.",
     "Anna Holm", "Wireline", "", ""},
    {"one reports",
     LEAD "\"The road is shut,\" Anna Holm said in Paris, Wireline reports.",
     "Anna Holm", "Wireline", "", "Paris"},
    {"a state agency",
     LEAD "\"The road is shut,\" Anna Holm said, according to the state news "
          "agency Wireline.",
     "Anna Holm", "Wireline", "", ""},
    {"told parliament", LEAD "\"The road is shut,\" Anna Holm told parliament.",
     "Anna Holm", "", "parliament", ""},
    {"told a person",
     LEAD "John Kerr came. \"The road is shut,\" Anna Holm told Kerr.",
     "Anna Holm", "", "John Kerr", ""},
    {"told reporters",
     LEAD "\"The road is shut,\" Anna Holm told reporters in Paris.",
     "Anna Holm", "", "reporters", "Paris"},
};

TEST(quotes_circumstances) {
    for (size_t i = 0; i < COUNT(passed_on); i++) {
        Reading reading;
        const Quote *quote;
        reading_open(&reading, passed_on[i].text, passed_on[i].text, DAY);
        if (EXPECT(passed_on[i].name, reading.analysis.quote_count > 0)) {
            quote = &reading.analysis.quotes[0];
            EXPECT_STR(passed_on[i].name, quote->speaker.name,
                       passed_on[i].speaker);
            EXPECT_STR(passed_on[i].name,
                       quote->via.count ? quote->via.items[0] : str_of(""),
                       passed_on[i].via);
            EXPECT_STR(passed_on[i].name, quote->addressee.name,
                       passed_on[i].addressee);
            EXPECT_STR(passed_on[i].name, quote->place, passed_on[i].place);
        }
        arena_deinit(&reading.arena);
    }
}

TEST(quotes_parts) {
    Reading reading;

    reading_open(&reading, "reads",
                 LEAD "\"The talks,\" Anna Holm said on Monday, \"are "
                      "over.\"",
                 DAY);
    if (EXPECT_INT("split", reading.analysis.quote_count, 2)) {
        EXPECT_INT("first", reading.analysis.quotes[0].part_of, -1);
        EXPECT_INT("second", reading.analysis.quotes[1].part_of, 0);
        EXPECT_STR("time", reading.analysis.quotes[0].time, "2022-02-14");
        EXPECT_STR("why", reading.analysis.quotes[0].why, "quote/model: said");
    }
    arena_deinit(&reading.arena);
    reading_open(&reading, "reads",
                 LEAD "Anna Holm said the delay was \"shameful\".", DAY);
    if (EXPECT_INT("clause", reading.analysis.quote_count, 2)) {
        EXPECT_INT("words of it", reading.analysis.quotes[1].part_of, 0);
    }
    arena_deinit(&reading.arena);
}
