/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_tell.c - what is told of a store that golden/tell/store.sql fills.
 *
 * Each case's output stands in golden/tell/NAME.out; run with
 * GOLDEN_REWRITE=1 the files are written instead of compared. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "link/profile.h"
#include "tell/diff.h"
#include "tell/filter.h"
#include "tell/format.h"
#include "tell/html.h"
#include "tell/plot.h"
#include "tell/screen.h"
#include "tell/tell.h"

typedef struct Box {
    char folder[64], path[96];
    Store *store;
    Error err;
} Box;

static Str golden_path(Arena *arena, const char *name) {
    const char *folder = getenv("DATELINE_GOLDEN");

    return str_format(arena, "%s/tell/%s", folder ? folder : "test/golden",
                      name);
}

/* Profiles of the reports, as link/near.c keeps them. */
static void fill_profiles(Box *box, Arena *arena) {
    sqlite3_stmt *from = NULL, *to = NULL;

    sqlite3_prepare_v2(store_db(box->store),
                       "SELECT report, title, text FROM report", -1, &from,
                       NULL);
    sqlite3_prepare_v2(store_db(box->store),
                       "INSERT INTO trace (report, terms) VALUES (?1, ?2)", -1,
                       &to, NULL);
    while (sqlite3_step(from) == SQLITE_ROW) {
        ProfileSource source = {.title = column_str(from, 1),
                                .text = column_str(from, 2)};
        Span all = {0, (uint32_t)source.text.len};
        Profile profile;
        Term *terms;
        uint32_t count;
        Str packed;

        source.body = &(SpanList){.items = &all, .count = 1};
        count = profile_terms(arena, test_lexicon(), &source, &terms);
        profile_of(terms, count, PROFILE_NO_DAY, &profile);
        packed = profile_pack(arena, &profile);
        sqlite3_bind_int64(to, 1, sqlite3_column_int64(from, 0));
        sqlite3_bind_blob64(to, 2, packed.ptr, packed.len, SQLITE_STATIC);
        EXPECT_INT("a profile", sqlite3_step(to), SQLITE_DONE);
        sqlite3_reset(to);
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
}

static void fill(Box *box) {
    Arena arena;
    FileMap sql;
    char *why = NULL;

    arena_init(&arena, 0);
    if (file_map(golden_path(&arena, "store.sql").ptr, &sql, &box->err) != OK) {
        printf("%s\n", box->err.message);
        exit(1);
    }
    if (sqlite3_exec(store_db(box->store), str_dup(&arena, sql.bytes).ptr, NULL,
                     NULL, &why) != SQLITE_OK) {
        printf("store.sql: %s\n", why);
        exit(1);
    }
    file_unmap(&sql);
    fill_profiles(box, &arena);
    arena_deinit(&arena);
}

static void box_open(Box *box) {
    strcpy(box->folder, "/tmp/dateline-tell-XXXXXX");
    if (!mkdtemp(box->folder)) {
        exit(1);
    }
    snprintf(box->path, sizeof box->path, "%s/store", box->folder);
    if (!EXPECT_OK("make a store",
                   store_open(box->path, STORE_WRITE, &box->store, &box->err),
                   box->err)) {
        exit(1);
    }
}

static void box_close(Box *box) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[128];

    store_close(box->store);
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", box->path, ends[i]);
        unlink(path);
    }
    rmdir(box->folder);
}

static bool collect(void *context, Str bytes) {
    buf_push(context, bytes);
    return true;
}

static void compare(const char *name, const char *file, Str got) {
    Arena arena;
    FileMap want;
    Error err;
    Str path;

    arena_init(&arena, 0);
    path = golden_path(&arena, file);
    if (getenv("GOLDEN_REWRITE")) {
        EXPECT_OK(name, file_replace(path.ptr, got, &err), err);
    } else if (EXPECT_OK(name, file_map(path.ptr, &want, &err), err)) {
        test_expect_str(__FILE__, __LINE__, name, got, want.bytes);
        file_unmap(&want);
    }
    arena_deinit(&arena);
}

static const struct {
    const char *name;
    View view;
    TellFormat format;
    TellFilter filter;
    const char *file;
} cases[] = {
    {"stories", VIEW_STORIES, TELL_JSON, {0}, "stories.json.out"},
    {"stories", VIEW_STORIES, TELL_TEXT, {0}, "stories.out"},
    {"stories of a line",
     VIEW_STORIES,
     TELL_JSON,
     {.storyline = 1},
     "stories-line.json.out"},
    {"copies", VIEW_COPIES, TELL_JSON, {0}, "copies.json.out"},
    {"copies", VIEW_COPIES, TELL_TEXT, {0}, "copies.out"},
    {"names", VIEW_NAMES, TELL_JSON, {0}, "names.json.out"},
    {"names", VIEW_NAMES, TELL_TEXT, {0}, "names.out"},
    {"quotes", VIEW_QUOTES, TELL_JSON, {0}, "quotes.json.out"},
    {"quotes", VIEW_QUOTES, TELL_TEXT, {0}, "quotes.out"},
    {"quotes of a person, without her accent",
     VIEW_QUOTES,
     TELL_JSON,
     {.speaker = {"inES", 4}, .outlet = {"lantern", 7}},
     "quotes-speaker.json.out"},
    {"figures", VIEW_FIGURES, TELL_JSON, {0}, "figures.json.out"},
    {"figures", VIEW_FIGURES, TELL_TEXT, {0}, "figures.out"},
    {"figures of a kind since a day",
     VIEW_FIGURES,
     TELL_JSON,
     {.kind = {"killed", 6},
      .since = {"2020-03-03", 10},
      .until = {"2020-04", 7}},
     "figures-kind.json.out"},
    {"timeline", VIEW_TIMELINE, TELL_JSON, {0}, "timeline.json.out"},
    {"timeline of two days",
     VIEW_TIMELINE,
     TELL_TEXT,
     {.max = 2, .sentences = 2},
     "timeline.out"},
    {"search",
     VIEW_SEARCH,
     TELL_JSON,
     {.query = {"ferry OR lighthouse -inquiry", 28}},
     "search.json.out"},
    {"search",
     VIEW_SEARCH,
     TELL_TEXT,
     {.query = {"\"old lighthouse\"", 16}},
     "search.out"},
    {"events", VIEW_EVENTS, TELL_JSON, {0}, "events.json.out"},
    {"events", VIEW_EVENTS, TELL_TEXT, {0}, "events.out"},
    {"events of an actor",
     VIEW_EVENTS,
     TELL_JSON,
     {.speaker = {"marrow", 6}, .kind = {"09", 2}},
     "events-actor.json.out"},
    {"conflicts", VIEW_CONFLICTS, TELL_JSON, {0}, "conflicts.json.out"},
    {"conflicts", VIEW_CONFLICTS, TELL_TEXT, {0}, "conflicts.out"},
    {"litter", VIEW_LITTER, TELL_JSON, {0}, "litter.json.out"},
    {"litter", VIEW_LITTER, TELL_TEXT, {0}, "litter.out"},
    {"versions", VIEW_VERSIONS, TELL_JSON, {0}, "versions.json.out"},
    {"versions", VIEW_VERSIONS, TELL_TEXT, {0}, "versions.out"},
    {"together",
     VIEW_EXPLAIN,
     TELL_TEXT,
     {.report = {"post-1", 6}, .other = {"lantern-1", 9}},
     "explain-together.out"},
    {"apart",
     VIEW_EXPLAIN,
     TELL_JSON,
     {.report = {"post-1", 6}, .other = {"lantern-2", 9}},
     "explain-apart.json.out"},
    {"several storylines", VIEW_ACCOUNT, TELL_TEXT, {0}, "storylines.out"},
    {"account",
     VIEW_ACCOUNT,
     TELL_TEXT,
     {.storyline = 1, .litter = true},
     "account.out"},
    {"account of a report's storyline",
     VIEW_ACCOUNT,
     TELL_TEXT,
     {.report = {"lantern-2", 9}},
     "account-report.out"},
    {"page", VIEW_ACCOUNT, TELL_HTML, {.storyline = 1}, "account.html.out"},
};

TEST(views) {
    Box box;
    Buf got;

    box_open(&box);
    fill(&box);
    buf_init(&got, 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Status status =
            tell(box.store, test_lexicon(), cases[i].view, &cases[i].filter,
                 (TellStyle){.format = cases[i].format},
                 (TellSink){collect, &got}, &box.err);
        if (EXPECT_OK(cases[i].name, status, box.err)) {
            compare(cases[i].name, cases[i].file, buf_str(&got));
        }
        buf_reset(&got);
    }
    buf_deinit(&got);
    box_close(&box);
}

static const struct {
    const char *name;
    View view;
    TellFormat format;
    TellFilter filter;
    Status want;
    const char *message;
} refusals[] = {
    {"no such storyline",
     VIEW_ACCOUNT,
     TELL_TEXT,
     {.storyline = 77},
     ERR_NOT_FOUND,
     "no storyline 77 in the store"},
    {"nothing to explain",
     VIEW_EXPLAIN,
     TELL_TEXT,
     {.report = {"x", 1}},
     ERR_NOT_FOUND,
     "no report x in the store"},
    {"no such report",
     VIEW_ACCOUNT,
     TELL_TEXT,
     {.report = {"x", 1}},
     ERR_NOT_FOUND,
     "no report with the id x"},
    {"no versions of no report",
     VIEW_VERSIONS,
     TELL_TEXT,
     {.report = {"x", 1}},
     ERR_NOT_FOUND,
     "no report with the id x"},
    {"a filter that the view has not",
     VIEW_STORIES,
     TELL_TEXT,
     {.speaker = {"x", 1}},
     ERR_USAGE,
     "stories does not take --speaker"},
    {"no page of quotes",
     VIEW_QUOTES,
     TELL_HTML,
     {0},
     ERR_USAGE,
     "quotes has no page; show has"},
    {"no date",
     VIEW_QUOTES,
     TELL_JSON,
     {.since = {"May", 3}},
     ERR_USAGE,
     "--since May: want a date such as 2013-02-25"},
    {"nothing to look for",
     VIEW_SEARCH,
     TELL_JSON,
     {.query = {"-x \"\"", 5}},
     ERR_USAGE,
     "search: there is no word to look for"},
    {"a page of which storyline",
     VIEW_ACCOUNT,
     TELL_HTML,
     {0},
     ERR_USAGE,
     "show: the store holds several storylines; a page is of one: add"
     " --storyline and its number"},
};

TEST(refusals) {
    Box box;
    Buf got;

    box_open(&box);
    fill(&box);
    buf_init(&got, 0);
    for (size_t i = 0; i < COUNT(refusals); i++) {
        Status status =
            tell(box.store, test_lexicon(), refusals[i].view,
                 &refusals[i].filter, (TellStyle){.format = refusals[i].format},
                 (TellSink){collect, &got}, &box.err);
        EXPECT_INT(refusals[i].name, status, refusals[i].want);
        EXPECT_STR(refusals[i].name, str_of(box.err.message),
                   refusals[i].message);
        EXPECT_INT(refusals[i].name, got.len, 0);
    }
    buf_deinit(&got);
    box_close(&box);
}

/* What a person may type; none of it may be an error of SQL. */
static const char *const typed[] = {
    "ferry",       "ferry AND",
    "OR",          "OR ferry",
    "\"ferry",     "fer*",
    "-ferry sank", "title:ferry",
    "a) OR (b",    "NEAR(ferry sank)",
    "^ferry",      "{ferry}",
    "fe\"rry\"*",  "ferry - sank",
    "+ferry",      "\xc3\xa9t\xc3\xa9",
    "* ferry",
};

TEST(search_syntax) {
    Box box;
    Buf got;

    box_open(&box);
    fill(&box);
    buf_init(&got, 0);
    for (size_t i = 0; i < COUNT(typed); i++) {
        TellFilter filter = {.query = str_of(typed[i])};
        Status status = tell(box.store, test_lexicon(), VIEW_SEARCH, &filter,
                             (TellStyle){.format = TELL_JSON},
                             (TellSink){collect, &got}, &box.err);
        EXPECT(typed[i], status == OK || status == ERR_USAGE);
        buf_reset(&got);
    }
    buf_deinit(&got);
    box_close(&box);
}

static bool refuse(void *context, Str bytes) {
    (void)context, (void)bytes;
    return false;
}

TEST(edges) {
    Box box;
    Buf got;
    TellFilter all = {0};

    box_open(&box);
    buf_init(&got, 0);
    for (View view = 0; view < VIEW_COUNT; view++) {
        if (view != VIEW_SEARCH && view != VIEW_EXPLAIN) {
            EXPECT_OK("an empty store",
                      tell(box.store, test_lexicon(), view, &all,
                           (TellStyle){0}, (TellSink){collect, &got}, &box.err),
                      box.err);
        }
    }
    EXPECT_STR("only the account speaks", buf_str(&got),
               "The store holds no reports.\n");
    fill(&box);
    EXPECT_INT("a closed sink",
               tell(box.store, test_lexicon(), VIEW_STORIES, &all,
                    (TellStyle){0}, (TellSink){refuse, NULL}, &box.err),
               ERR_IO);
    buf_deinit(&got);
    box_close(&box);
}

/* ------------------------------------------------------------ the parts */

typedef struct Bench {
    Arena arena;
    Buf out;
} Bench;

static void layout(void *context) {
    Bench *bench = context;
    Line line = line_to(&bench->arena, &bench->out, 40, false);

    line_column(&line, INK_PLAIN, str_of("abcdef"), 4);
    line_add(&line, INK_BOLD, str_of("one two three four five six seven"));
    line_join(&line, INK_PLAIN, str_of(","));
    line_keep(&line, INK_DIM, str_of("kept together [12]"));
    line_end(&line, 0, 5);
    line_column(&line, INK_PLAIN, str_of("漢字漢字"), 5);
    line_add(&line, INK_PLAIN, str_of("red\x1b[31m\n\tand  bell\x07"));
    line_end(&line, 2, 2);
}

TEST(screen) {
    Bench bench = {0};
    Error err;

    arena_init(&bench.arena, 0);
    buf_init(&bench.out, 0);
    EXPECT_OK("lays out", arena_try(&bench.arena, layout, &bench, &err), err);
    EXPECT_STR("columns, wrapping, width, controls", buf_str(&bench.out),
               "abc… one two three four five six seven,\n"
               "     kept together [12]\n"
               "  漢字… red [31m and bell\n");
    buf_deinit(&bench.out);
    arena_deinit(&bench.arena);
}

static void write_formats(void *context) {
    Arena *arena = &((Bench *)context)->arena;
    static const struct {
        const char *from, *to, *want;
    } ranges[] = {
        {"2022-02-08", "2022-02-16", "8 to 16 Feb 2022"},
        {"2022-02-28", "2022-03-01", "28 Feb to 1 Mar 2022"},
        {"2012-12-28", "2014-12-27", "28 Dec 2012 to 27 Dec 2014"},
        {"2020-03-02T10:00:00Z", "2020-03-02", "2 Mar 2020"},
        {"", "2020-03", "Mar 2020"},
        {"2020", "", "2020"},
        {"", "", ""},
        {"2020-13-01", "2020-01-02", "2 Jan 2020"},
    };
    int64_t days = 0;

    for (size_t i = 0; i < COUNT(ranges); i++) {
        EXPECT_STR(
            ranges[i].want,
            date_range(arena, str_of(ranges[i].from), str_of(ranges[i].to)),
            ranges[i].want);
    }
    EXPECT("a leap day", date_number(str_of("2000-02-29"), &days));
    EXPECT_INT("a leap day", days, 11016);
    EXPECT("no day", !date_number(str_of("2000-02"), &days));
    EXPECT_STR("thousands", number_words(arena, 1234567), "1,234,567");
    EXPECT_STR("plural", count_words(arena, 2, "story"), "2 stories");
    EXPECT_STR("half a bar", plot_bar(arena, 5, 10, 3), "█▌");
    EXPECT_STR("never nothing", plot_bar(arena, 1, 100000, 3), "▏");
}

TEST(formats) {
    Bench bench = {0};
    Error err;

    arena_init(&bench.arena, 0);
    EXPECT_OK("formats", arena_try(&bench.arena, write_formats, &bench, &err),
              err);
    arena_deinit(&bench.arena);
}

/* Words kept, for "1" and "0" of each word of both texts. */
static Str kept(Arena *arena, const char *a, const char *b, bool loose) {
    Parts x, y;
    Str bits = {0};

    parts_words(arena, str_of(a), loose, &x);
    parts_words(arena, str_of(b), loose, &y);
    diff_parts(arena, &x, &y);
    for (uint32_t i = 0; i < x.count; i++) {
        bits = str_join(arena, bits, str_of(x.kept[i] ? "=" : "-"));
    }
    bits = str_join(arena, bits, str_of(" "));
    for (uint32_t i = 0; i < y.count; i++) {
        bits = str_join(arena, bits, str_of(y.kept[i] ? "=" : "+"));
    }
    return bits;
}

static void diff_all(void *context) {
    Arena *arena = &((Bench *)context)->arena;

    EXPECT_STR("equal", kept(arena, "a b", "a b", false), "== ==");
    EXPECT_STR("nothing", kept(arena, "", "a", false), " +");
    EXPECT_STR("the middle", kept(arena, "a b c d", "a x c y d", false),
               "=-== =+=+=");
    EXPECT_STR("strict", kept(arena, "We, go", "we go", false), "-= +=");
    EXPECT_STR("loose", kept(arena, "We, go", "we go", true), "== ==");
    EXPECT_STR("order counts", kept(arena, "a b", "b a", false), "-= =+");
}

TEST(diff) {
    Bench bench = {0};
    Error err;

    arena_init(&bench.arena, 0);
    EXPECT_OK("compares", arena_try(&bench.arena, diff_all, &bench, &err), err);
    arena_deinit(&bench.arena);
}

static void mark_all(void *context) {
    Bench *bench = context;
    Passages list = {0};
    SpanList cut = {0};

    passage_push(&bench->arena, &list,
                 (Passage){{5, 15}, PASSAGE_COPY, str_of("b & c")});
    passage_push(&bench->arena, &list, (Passage){{0, 10}, PASSAGE_CLAIM, {0}});
    passage_push(&bench->arena, &list, (Passage){{0, 10}, PASSAGE_CLAIM, {0}});
    passage_push(&bench->arena, &list, (Passage){{2, 4}, PASSAGE_CLAIM, {0}});
    passage_push(&bench->arena, &list, (Passage){{15, 99}, PASSAGE_CLAIM, {0}});
    html_passages(&bench->arena, &bench->out, str_of("01<3456789abcdef"), 1,
                  &list, &cut);
    EXPECT_INT("one was cut", cut.count, 1);
}

TEST(passages) {
    Bench bench = {0};
    Error err;

    arena_init(&bench.arena, 0);
    buf_init(&bench.out, 0);
    EXPECT_OK("marks", arena_try(&bench.arena, mark_all, &bench, &err), err);
    EXPECT_STR("nested and cut", buf_str(&bench.out),
               "<mark class=\"q\" id=\"r1-0-10\">01"
               "<mark class=\"q\" id=\"r1-2-4\">&lt;3</mark>4"
               "<mark class=\"p\" id=\"r1-5-15\" title=\"b &amp; c\">56789"
               "</mark></mark>"
               "<mark class=\"p r1-5-15\" title=\"b &amp; c\">abcde</mark>f");
    buf_deinit(&bench.out);
    arena_deinit(&bench.arena);
}
