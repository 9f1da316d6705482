/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_figures.c - counts of people: number, kind, who, when. Texts and
 * places are made up. */
#include "reading.h"
#include "test.h"

#include "base/buf.h"

static void put_number(Buf *out, int64_t value) {
    if (value == FIGURE_UNKNOWN) {
        buf_char(out, '-');
    } else {
        buf_format(out, "%lld", (long long)value);
    }
}

/* "killed 30..-/30 troops", "~" when approximate; ";" between figures. */
static void put_figures(const Analysis *analysis, Buf *out) {
    for (uint32_t i = 0; i < analysis->figure_count; i++) {
        const Figure *figure = &analysis->figures[i];
        buf_format(out, "%s%s %s", i ? "; " : "",
                   figure_kind_name(figure->kind),
                   figure->approximate ? "~" : "");
        put_number(out, figure->low);
        buf_put(out, "..");
        put_number(out, figure->high);
        buf_char(out, '/');
        put_number(out, figure->best);
        buf_char(out, ' ');
        buf_push(out, span_empty(figure->of)
                          ? str_of("?")
                          : str_at(analysis->clean.text, figure->of));
    }
}

static const struct {
    const char *name, *text, *want;
} cases[] = {
    {"passive", "Thirty farmers were killed in the flood.",
     "killed 30..30/30 farmers"},
    {"active", "The flood killed 30 farmers.", "killed 30..30/30 farmers"},
    {"gerund", "A wall fell, killing at least four workers.",
     "killed 4..-/4 workers"},
    {"participle", "The 12 villagers killed in the slide were buried.",
     "killed 12..12/12 villagers"},
    {"intransitive", "More than 40 miners have died.",
     "killed 40..-/40 miners"},
    {"adjective", "The storm left 14 people dead.", "killed 14..14/14 people"},
    {"two figures, one verb",
     "At least 30 soldiers and 23 rebels were killed near Ostrel.",
     "killed 30..-/30 soldiers; killed 23..23/23 rebels"},
    {"two kinds", "The blast killed nine people and wounded 30 others.",
     "killed 9..9/9 people; wounded 30..30/30 others"},
    {"killed and injured",
     "Six sailors were killed and 15 injured when the boiler burst.",
     "killed 6..6/6 sailors; wounded 15..15/15 ?"},
    {"lone victim beside a count", "A woman was killed and 13 others injured.",
     "killed 1..1/1 woman; wounded 13..13/13 others"},
    {"lone victim alone", "The pilot was killed.", ""},
    {"part", "The fire killed 20 people, including six children.",
     "killed 20..20/20 people; killed 6..6/6 children"},
    {"lives", "The war has claimed 70,000 lives.",
     "killed 70000..70000/70000 lives"},
    {"saved lives", "The new dam saved 300 lives.", ""},
    {"toll", "The death toll from the flood rose to 44 on Friday.",
     "killed 44..44/44 ?"},
    {"nearly", "Nearly a million villagers have been displaced.",
     "displaced ~-..1000000/1000000 villagers"},
    {"about", "Some 200 people died.", "killed ~200..200/200 people"},
    {"as many as", "As many as 55 officers have defected.",
     "defected -..55/55 officers"},
    {"dozens", "Dozens of workers were arrested.",
     "detained ~24..99/- workers"},
    {"tens of thousands", "Tens of thousands of families fled.",
     "displaced ~20000..99999/- families"},
    {"range", "Between 40 and 50 residents were injured.",
     "wounded 40..50/- residents"},
    {"range with to",
     "The slide buried 3 to 5 houses and killed 4 to 6 people.",
     "killed 4..6/- people"},
    {"no one", "No one was hurt.", "wounded 0..0/0 ?"},
    {"missing", "Twelve sailors are missing.", "missing 12..12/12 sailors"},
    {"things", "Raiders seized 30 boats.", ""},
    {"abducted people", "Raiders kidnapped 30 students.",
     "abducted 30..30/30 students"},
    {"trapped", "Eight miners are trapped.", "affected 8..8/8 miners"},
    {"of the dead", "Fourteen of the dead were children.",
     "killed 14..14/14 dead"},
    {"others", "Twenty others were wounded.", "wounded 20..20/20 others"},
    {"reported to have", "Some 60 officers are reported to have defected.",
     "defected ~60..60/60 officers"},
    {"more", "Four nurses were hurt and a dozen more injured.",
     "wounded 4..4/4 nurses; wounded 12..12/12 nurses"},
    {"from one toll to the next", "The toll rose from 12 to 15.",
     "killed 15..15/15 ?"},
    {"forced to flee", "Some 5,000 people were forced to flee.",
     "displaced ~5000..5000/5000 people"},
    {"three of the four", "Three of the four suspects were arrested.",
     "detained 3..3/3 suspects"},
    {"number in words", "Two hundred and twelve people were arrested.",
     "detained 212..212/212 people"},
    {"two numbers in words",
     "Between one hundred and two hundred weavers were arrested.",
     "detained 100..200/- weavers"},
    {"nobody is named", "Nineteen have been detained.", "detained 19..19/19 ?"},
    {"some of them",
     "Ninety men were hurt. Thirty-one of them are in hospital.",
     "wounded 90..90/90 men; wounded 31..31/31 ?"},
    {"who they were", "The slide killed nine people. Three were children.",
     "killed 9..9/9 people; killed 3..3/3 ?"},
    {"who they were, with nothing before", "Three were children.", ""},
    {"two tolls with one verb",
     "The mayor put the number of dead at 61, the union at 77.",
     "killed 61..61/61 ?; killed 77..77/77 ?"},
    {"up from", "The death toll reached 61, up from 23.",
     "killed 61..61/61 ?; killed 23..23/23 ?"},
    {"the figure", "The death toll was 40. The union raised the figure to 46.",
     "killed 40..40/40 ?; killed 46..46/46 ?"},
    {"the count of something else", "The union raised the figure to 46.", ""},
    {"adjective in the noun", "Lorries brought 16 badly hurt weavers home.",
     "wounded 16..16/16 badly hurt weavers"},
    {"lives of whom", "The war has claimed 300 civilian lives.",
     "killed 300..300/300 lives"},
    {"among", "Two nurses were among at least 30 people killed.",
     "killed 2..2/2 nurses; killed 30..-/30 people"},
    {"homes", "Some 500 people have lost their homes.",
     "displaced ~500..500/500 people"},
    {"not found", "Nine miners have not been found.", "missing 9..9/9 miners"},
    {"still held", "Thirty dockers are still held in Ostrel.",
     "detained 30..30/30 dockers"},
    /* what is no figure */
    {"a tally of something else", "The count stood at 61 per cent.", ""},
    {"other things", "Six dockers were hurt in Ostrel and four other towns.",
     "wounded 6..6/6 dockers"},
    {"subject of the killing", "Three gunmen killed the guard.", ""},
    {"by", "The guard was killed by three gunmen.", ""},
    {"raids", "Soldiers were killed in 30 raids.", ""},
    {"age", "The farmer, 34, was killed.", ""},
    {"ages", "Pupils aged between 16 and 21 were injured.", ""},
    {"year", "The mayor was killed in 1999.", ""},
    {"price", "The shot animals cost $30 each.", ""},
    {"part of a compound", "The 12-nation force was attacked and killed.", ""},
    {"not killed", "The 30 people were not killed.", ""},
    {"crowd", "Some 3,000 people marched in Ostrel.", ""},
    {"could", "The gas could kill 300 people.", ""},
    {"hostages let go", "The raiders released 30 hostages.", ""},
    {"one of", "He became one of the officers to defect.", ""},
};

TEST(figures) {
    for (size_t i = 0; i < COUNT(cases); i++) {
        Reading reading;
        Buf got;

        buf_init(&got, 0);
        reading_open(&reading, cases[i].name, cases[i].text, "2024-05-06");
        put_figures(&reading.analysis, &got);
        EXPECT_STR(cases[i].name, buf_str(&got), cases[i].want);
        buf_deinit(&got);
        arena_deinit(&reading.arena);
    }
}

static const struct {
    const char *name, *text, *from, *to;
} time_cases[] = {
    {"day", "On Sunday 30 farmers were killed.", "2024-05-05", "2024-05-05"},
    {"past hours", "Over the past 24 hours 30 farmers were killed.",
     "2024-05-05", "2024-05-06"},
    {"since", "Since March 2011, 30,000 people have been killed.", "2011-03",
     "2024-05-06"},
    {"not said", "Thirty farmers were killed.", "", ""},
    {"carried on",
     "Ten farmers were killed on Sunday. The flood injured 12 others.",
     "2024-05-05", "2024-05-05"},
};

TEST(figure_times) {
    for (size_t i = 0; i < COUNT(time_cases); i++) {
        Reading reading;
        const Figure *last;

        reading_open(&reading, time_cases[i].name, time_cases[i].text,
                     "2024-05-06");
        EXPECT(time_cases[i].name, reading.analysis.figure_count > 0);
        if (reading.analysis.figure_count) {
            last = &reading.analysis.figures[reading.analysis.figure_count - 1];
            EXPECT_STR(time_cases[i].name, last->from, time_cases[i].from);
            EXPECT_STR(time_cases[i].name, last->to, time_cases[i].to);
        }
        arena_deinit(&reading.arena);
    }
}

/* Who the last figure of the text is claimed by. */
static const struct {
    const char *name, *text, *want;
} claimant_cases[] = {
    {"said after", "Thirty farmers were killed, the mayor said.", "mayor"},
    {"said after, without a comma",
     "Thirty farmers were killed in the flood on Sunday a miller said.",
     "miller"},
    {"said after, in the middle",
     "Thirty farmers were killed, nurses said on Sunday, and rain fell.",
     "nurses"},
    {"put the toll", "The Ostrel Weavers Union put the death toll at 30.",
     "Ostrel Weavers Union"},
    {"the second of two tolls",
     "The mayor put the number of dead at 30, the Weavers Union at 40.",
     "Weavers Union"},
    {"whose count", "The flood killed 30 people, by the Weavers Union's count.",
     "Weavers Union"},
    {"the outlet itself", "Thirty farmers were killed in the flood.", ""},
    {"a monitor that gets its name",
     "Thirty farmers were killed, a monitor said. The Ostrel Rights Centre "
     "said on Sunday that the dam had burst.",
     "Ostrel Rights Centre"},
    {"part of a count with a source",
     "Thirty farmers were killed, the mayor said. Three were children.",
     "mayor"},
    {"no place speaks",
     "Shells killed 30 farmers, those who hold the town said.", ""},
    {"the ministry that spoke",
     "The interior ministry said on Sunday that the dam had burst. The "
     "ministry said 30 farmers were killed.",
     "interior ministry"},
    {"not its killer", "The raiders killed 30 farmers and said nothing.", ""},
};

TEST(figure_claimants) {
    for (size_t i = 0; i < COUNT(claimant_cases); i++) {
        Reading reading;
        const Analysis *analysis = &reading.analysis;

        reading_open(&reading, claimant_cases[i].name, claimant_cases[i].text,
                     "2024-05-06");
        EXPECT(claimant_cases[i].name, analysis->figure_count > 0);
        if (analysis->figure_count) {
            EXPECT_STR(
                claimant_cases[i].name,
                analysis->figures[analysis->figure_count - 1].claimant.name,
                claimant_cases[i].want);
        }
        arena_deinit(&reading.arena);
    }
}
