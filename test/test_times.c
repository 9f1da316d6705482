/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_times.c - expressions of time and their TIMEX3 values. Cases that
 * begin with '*' in `want` hold what must not be found. */
#include "reading.h"
#include "test.h"

#include <string.h>

#include "base/buf.h"
#include "find/calendar.h"

/* "Monday=2013-02-25 last week=2013-W08", with "%START" for a mod. */
static void put_times(const Analysis *analysis, Buf *out) {
    for (uint32_t i = 0; i < analysis->time_count; i++) {
        const Time *time = &analysis->times[i];
        buf_put(out, i ? "; " : "");
        buf_push(out, str_at(analysis->clean.text, time->span));
        buf_char(out, '=');
        buf_push(out, time->value);
        if (time->mod.len) {
            buf_char(out, '%');
            buf_push(out, time->mod);
        }
    }
}

static const struct {
    const char *name, *published, *text, *want;
} cases[] = {
    /* 2024-05-06 is a Monday */
    {"weekday of the day itself", "2024-05-06",
     "The mayor said on Monday that the road was shut.", "Monday=2024-05-06"},
    {"weekday in the past", "2024-05-06", "The bridge was closed on Saturday.",
     "Saturday=2024-05-04"},
    {"weekday in the future", "2024-05-06",
     "The council will meet on Thursday.", "Thursday=2024-05-09"},
    {"weekday after by", "2024-05-06", "The works must be done by Friday.",
     "Friday=2024-05-10"},
    {"last and next weekday", "2024-05-06",
     "It rained last Monday and the fair opens next Monday.",
     "last Monday=2024-04-29; next Monday=2024-05-13"},
    {"weekday of a plan in the present", "2024-05-06",
     "The council meets on Thursday.", "Thursday=2024-05-09"},
    {"weekday of what was to be", "2024-05-06",
     "The fair was to open on Thursday.", "Thursday=2024-05-09"},
    {"set for, set off", "2024-05-06",
     "A vote set for Friday set off a row on Saturday.",
     "Friday=2024-05-10; Saturday=2024-05-04"},
    {"the day before", "2024-05-06",
     "The mill burned on Sunday, and a barn the day before.",
     "Sunday=2024-05-05; the day before=2024-05-04"},
    {"the day before something", "2024-05-06",
     "The mill burned the day before the fair.", ""},
    {"part of a day", "2024-05-06", "The mill burned on Sunday night.",
     "Sunday night=2024-05-05TNI"},
    {"no publication date", "", "The mill burned on Monday.",
     "Monday=XXXX-WXX-1"},
    {"no publication date, month", "", "The mill burned in March.",
     "March=XXXX-03"},
    {"today, yesterday, tonight", "2024-05-06",
     "The shop was shut yesterday, is open today and will close tonight.",
     "yesterday=2024-05-05; today=2024-05-06; tonight=2024-05-06TNI"},
    {"this morning", "2024-05-06", "The ferry sailed this morning.",
     "this morning=2024-05-06TMO"},
    {"last night", "2024-05-06", "The ferry sailed last night.",
     "last night=2024-05-05TNI"},
    {"last week", "2024-05-06", "The ferry sailed last week.",
     "last week=2024-W18"},
    {"next year, this month", "2024-05-06",
     "The school will open next year, not this month.",
     "next year=2025; this month=2024-05"},
    {"month in the past", "2024-05-06", "The dam was opened in February.",
     "February=2024-02"},
    {"month of last year", "2024-05-06", "The dam was opened in October.",
     "October=2023-10"},
    {"month ahead", "2024-05-06", "The dam will open in October.",
     "October=2024-10"},
    {"month and year", "2024-05-06", "The dam was opened in March 2011.",
     "March 2011=2011-03"},
    {"month of last year, said", "2024-05-06",
     "The dam was opened in June last year.", "June last year=2023-06"},
    {"day, month, year", "2024-05-06",
     "It opened on 25 February 2013 and shut on Feb. 27, 2013.",
     "25 February 2013=2013-02-25; Feb. 27, 2013=2013-02-27"},
    {"weekday and date", "2024-05-06",
     "It opened on Friday, April 26, with a fair.",
     "Friday, April 26=2024-04-26"},
    {"ISO and slashes", "2024-05-06",
     "It opened on 2013-02-25, not on 31/10/2012.",
     "2013-02-25=2013-02-25; 31/10/2012=2012-10-31"},
    {"edges", "2024-05-06",
     "Work began in early March, late 2012 and mid-June.",
     "early March=2024-03%START; late 2012=2012%END; mid-June=2023-06%MID"},
    {"ago", "2024-05-06",
     "It shut three days ago, two weeks ago and nearly two years ago.",
     "three days ago=2024-05-03; two weeks ago=2024-W17; nearly two years "
     "ago=2022%LESS_THAN"},
    {"the next day", "2024-05-06",
     "The well ran dry on April 3. The next day it filled again.",
     "April 3=2024-04-03; The next day=2024-04-04"},
    {"two days earlier", "2024-05-06",
     "It fell on April 3. Two days earlier it had stood.",
     "April 3=2024-04-03; Two days earlier=2024-04-01"},
    {"durations", "2024-05-06",
     "It took 24 hours, a two-year plan and twenty-four men for three weeks.",
     "24 hours=PT24H; two-year=P2Y; three weeks=P3W"},
    {"span up to now", "2024-05-06", "It rained for the past 24 hours.",
     "the past 24 hours=PT24H"},
    {"a year and a half", "2024-05-06", "It took a year and a half.",
     "a year and a half=P1Y6M"},
    {"vague amounts", "2024-05-06",
     "It took decades, several months and recent weeks.",
     "decades=PXY; several months=PXM; recent weeks=PAST_REF"},
    {"years", "2024-05-06", "Since 1970 the mill has stood, and in 1999 fell.",
     "1970=1970; 1999=1999"},
    {"decades and centuries", "2024-05-06",
     "In the 1990s it was what the 19th century had been.",
     "the 1990s=199; the 19th century=18"},
    {"seasons", "2024-05-06", "In the summer of 1994 and last winter it froze.",
     "the summer of 1994=1994-SU; last winter=2023-WI"},
    {"quarters", "2024-05-06", "Sales fell in the first quarter of 2012.",
     "the first quarter of 2012=2012-Q1"},
    {"clock", "2024-05-06", "The blast came at 10:30 p.m. on Sunday.",
     "10:30 p.m. on Sunday=2024-05-05T22:30"},
    {"day and clock", "2024-05-06", "They will meet tomorrow at 8.30pm.",
     "tomorrow at 8.30pm=2024-05-07T20:30"},
    {"hour in a part of the day", "2024-05-06",
     "The shop closed at 4 in the afternoon.",
     "4 in the afternoon=2024-05-06T16:00"},
    {"half past", "2024-05-06", "The train left at half past 3 p.m. on Friday.",
     "half past 3 p.m. on Friday=2024-05-03T15:30"},
    {"24 hours", "2024-05-06", "The talks began at 19h30.",
     "19h30=2024-05-06T19:30"},
    {"minutes on", "2024-05-06T14:50:00Z", "The vote starts in 20 minutes.",
     "20 minutes=2024-05-06T15:10"},
    {"nth weekday", "2024-05-06", "They met on the first Monday of March.",
     "the first Monday of March=2024-03-04"},
    {"nth week", "2024-05-06", "It rained in the last week of 2016.",
     "the last week of 2016=2016-W52"},
    {"day of next month", "2024-05-06",
     "They will vote on the 20th of next month.",
     "the 20th of next month=2024-06-20"},
    {"day of a week", "2024-05-06", "They will meet on Wednesday of next week.",
     "Wednesday of next week=2024-05-15"},
    {"days from a day", "2024-05-06", "It was mended the day before yesterday.",
     "the day before yesterday=2024-05-04"},
    {"weekdays from now", "2024-05-06", "The fair opens two Fridays from now.",
     "two Fridays from now=2024-05-17"},
    {"weekday and number", "2024-05-06", "The fair opens on Friday the 24th.",
     "Friday the 24th=2024-05-24"},
    {"year of a weekday", "2024-05-06", "It was sent on Friday, May 5.",
     "Friday, May 5=2023-05-05"},
    {"slashes with a month", "2024-05-06", "The note is dated 23/Sep/2020.",
     "23/Sep/2020=2020-09-23"},
    {"date with dots", "2024-05-06", "The note is dated 23.4.2022.",
     "23.4.2022=2022-04-23"},
    {"lower case", "2024-05-06", "the fair opens on friday, 7 june.",
     "friday, 7 june=2024-06-07"},
    {"label", "2024-05-06", "Date: Friday at 9 a.m.",
     "Friday at 9 a.m.=2024-05-10T09:00"},
    {"spoken year", "2024-05-06", "He was born in June two thousand and ten.",
     "June two thousand and ten=2010-06"},
    {"sum", "2024-05-06", "The trip took an hour and 45 minutes.",
     "an hour and 45 minutes=PT105M"},
    {"half an amount", "2024-05-06", "The trip took 5 1/2 hours.",
     "5 1/2 hours=PT5H30M"},
    {"a quarter a year ago", "2024-05-06",
     "Sales fell in the first quarter of 2024. They had grown a year ago.",
     "the first quarter of 2024=2024-Q1; a year ago=2023-Q1"},
    {"half-year", "2024-05-06", "Sales fell in the first half of 2019.",
     "the first half of 2019=2019-H1"},
    {"end of the year", "2024-05-06", "It will open by the end of the year.",
     "the end of the year=2024%END"},
    {"holiday of a year", "2024-05-06", "They met at Easter 2018.",
     "Easter 2018=2018-04-01"},
    {"orthodox easter", "2024-05-06", "They met on Orthodox Easter 2018.",
     "Orthodox Easter 2018=2018-04-08"},
    {"dateline", "2024-05-06", "PORT SABLE, May 5 (Coast Wire) --",
     "May 5=2024-05-05"},
    {"clock and day", "2024-05-06", "The blast came at 6 a.m. Sunday.",
     "6 a.m. Sunday=2024-05-05T06:00"},
    {"sets", "2024-05-06", "They meet every Friday and in weekly talks.",
     "every Friday=XXXX-WXX-5; weekly=P1W"},
    {"references", "2024-05-06",
     "The road is now open, was recently mended and will soon shut.",
     "now=PRESENT_REF; recently=PAST_REF; soon=FUTURE_REF"},
    {"holidays", "2024-05-06", "They came on Christmas Day and at Easter.",
     "Christmas Day=2023-12-25; Easter=2024-03-31"},
    {"weekend", "2024-05-06", "Rain fell over the weekend.",
     "the weekend=2024-W18-WE"},
    /* what is no time */
    {"modal may", "2024-05-06", "May he rest. They may go.", ""},
    {"march", "2024-05-06", "They march to the square.", ""},
    {"a number of things", "2024-05-06", "He paid 2000 pounds to 1990 people.",
     ""},
    {"a price", "2024-05-06", "It costs $1990 a piece.", ""},
    {"an age", "2024-05-06", "He is 37 years old.", ""},
    {"an age before a noun", "2024-05-06", "The 6-year-old boy went home.", ""},
    {"an address", "2024-05-06", "They met on Monday at 10 Downing Street.",
     "Monday=2024-05-06"},
    {"the newspaper", "2024-05-06", "The Sun said so. Jan Holm left.", ""},
    {"the year of a thing", "2024-05-06", "It was the year of the flood.", ""},
    {"a second chance", "2024-05-06", "They got a second chance.", ""},
    {"no date of the calendar", "2024-05-06", "It fell on February 30, 2011.",
     "February 30, 2011=2011-02"},
};

TEST(times) {
    for (size_t i = 0; i < COUNT(cases); i++) {
        Reading reading;
        Buf got;

        buf_init(&got, 0);
        reading_open(&reading, cases[i].name, cases[i].text,
                     cases[i].published);
        put_times(&reading.analysis, &got);
        EXPECT_STR(cases[i].name, buf_str(&got), cases[i].want);
        buf_deinit(&got);
        arena_deinit(&reading.arena);
    }
}

TEST(times_have_spans_and_a_why) {
    Reading reading;
    uint32_t end = 0;

    reading_open(&reading, "reads",
                 "It rained on Monday, last week and in 2011, "
                 "for two days and every night.",
                 "2024-05-06");
    EXPECT_INT("count", reading.analysis.time_count, 5);
    for (uint32_t i = 0; i < reading.analysis.time_count; i++) {
        const Time *time = &reading.analysis.times[i];
        EXPECT("in order",
               time->span.begin >= end && time->span.end > time->span.begin);
        EXPECT("why", str_starts(time->why, str_of("time/")));
        end = time->span.end;
    }
    arena_deinit(&reading.arena);
}

TEST(calendar) {
    Day day = {2013, 2, 25};
    int32_t year = 0;

    EXPECT_INT("days since 1970", day_number(day), 15761);
    EXPECT_INT("back", day_of_number(15761).day, 25);
    EXPECT_INT("Monday", day_weekday(day), 1);
    EXPECT_INT("week", day_week(day, &year), 9);
    day = (Day){2010, 1, 3};
    EXPECT_INT("week 53", day_week(day, &year), 53);
    EXPECT_INT("of the year before", year, 2009);
    EXPECT_INT("Easter", day_easter(2024).day, 31);
    EXPECT_INT("leap day", month_days(2000, 2), 29);
    EXPECT_INT("no leap day", month_days(1900, 2), 28);
    EXPECT_INT("end of month", day_add_months((Day){2024, 1, 31}, 1).day, 29);
    EXPECT_INT("last Monday of May", day_nth_weekday(2024, 5, -1, 1).day, 27);
    for (int64_t n = -800000; n < 800000; n += 977) {
        if (day_number(day_of_number(n)) != n) {
            EXPECT_INT("there and back", day_number(day_of_number(n)), n);
        }
    }
    EXPECT("no such day", !day_read(str_of("2013-02-29"), &day));
    EXPECT("cut", !day_read(str_of("2013-02-2"), &day));
}
