/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_store.c - opening, putting, versions, removing, verifying. */
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/schema.h"
#include "store/store.h"

typedef struct Box {
    char folder[64], path[96];
    Store *store;
    Arena arena;
    Error err;
} Box;

static void box_path(Box *box) {
    arena_init(&box->arena, 0);
    box->store = NULL;
    strcpy(box->folder, "/tmp/dateline-store-XXXXXX");
    if (!mkdtemp(box->folder)) {
        exit(1);
    }
    snprintf(box->path, sizeof box->path, "%s/a?b%%20.db", box->folder);
}

static void box_open(Box *box) {
    box_path(box);
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
    arena_deinit(&box->arena);
}

static Report report_of(const char *id, const char *url, const char *text) {
    return (Report){.id = str_of(id),
                    .url = str_of(url),
                    .text = str_of(text),
                    .source = str_of(text),
                    .charset = str_of("UTF-8"),
                    .given = str_of("{}"),
                    .line = 1,
                    .format = FORMAT_JSONL};
}

/* An analysis made by hand: the store does not care who found what. */
typedef struct Made {
    Analysis analysis;
    Span body;
    Sentence sentence;
} Made;

static const Analysis *analyse(Made *made, const Report *report) {
    memset(made, 0, sizeof *made);
    made->body = (Span){0, (uint32_t)report->text.len};
    made->sentence = (Sentence){.span = made->body};
    made->analysis.report = report;
    made->analysis.clean = (Clean){.text = report->text,
                                   .body = {&made->body, 1, 1},
                                   .title = report->title,
                                   .outlet = report->outlet,
                                   .published = report->published};
    made->analysis.text = (Text){.bytes = report->text,
                                 .sentences = &made->sentence,
                                 .sentence_count = 1,
                                 .language = str_of("en"),
                                 .language_p = 1};
    return &made->analysis;
}

static PutResult put(Box *box, const Report *report, int64_t *number,
                     int64_t *previous) {
    Made made;
    PutResult result = PUT_RESULT_COUNT;

    EXPECT_OK("begin", store_begin(box->store, &box->err), box->err);
    EXPECT_OK("put",
              store_put(box->store, analyse(&made, report), &result, number,
                        previous, &box->err),
              box->err);
    EXPECT_OK("commit", store_commit(box->store, &box->err), box->err);
    return result;
}

static int64_t number_of(Box *box, const char *sql) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    int64_t number = -1;

    if (EXPECT_OK(sql, store_sql(box->store, sql, &q, &box->err), box->err) &&
        EXPECT_OK(sql, store_step(box->store, q, &step, &box->err), box->err) &&
        step == SQLITE_ROW) {
        number = sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
    }
    return number;
}

static char complaints[4000]; /* of the last check */

static void complain(void *context, const char *what) {
    size_t used = strlen(complaints);

    (void)context;
    snprintf(complaints + used, sizeof complaints - used, "%s; ", what);
}

static uint64_t faults_of(Box *box) {
    uint64_t reports = 0, faults = 999;

    complaints[0] = '\0';
    EXPECT_OK(
        "verify",
        store_verify(box->store, complain, NULL, &reports, &faults, &box->err),
        box->err);
    return faults;
}

TEST(put_same_and_versions) {
    static const char *const base = "http://herald.example/rain";
    Report reports[] = {
        report_of("a", base, "Rain fell on the town of Oldport."),
        report_of("a", base, "Rain fell on the town of Oldport."),
        report_of("a", base, "Much rain fell on the town of Oldport."),
        report_of("b", base, "The rain in Oldport has stopped."),
        report_of("a", base, "Rain fell on the town of Oldport."),
        report_of("c", "", "Rain fell on the town of Oldport."),
    };
    static const struct {
        PutResult want;
        int64_t number, previous;
    } wants[] = {
        {PUT_ADDED, 1, 0},   {PUT_SAME, 1, 0}, {PUT_VERSION, 2, 1},
        {PUT_VERSION, 3, 2}, {PUT_SAME, 3, 0}, {PUT_ADDED, 4, 0},
    };
    Box box;

    box_open(&box);
    for (size_t i = 0; i < COUNT(reports); i++) {
        char name[20];
        int64_t number = 0, previous = 0;
        PutResult got = put(&box, &reports[i], &number, &previous);

        snprintf(name, sizeof name, "report %zu", i);
        EXPECT_INT(name, got, wants[i].want);
        EXPECT_INT(name, number, wants[i].number);
        EXPECT_INT(name, previous, wants[i].previous);
    }
    EXPECT_INT("views show the latest",
               number_of(&box, "SELECT count(*) FROM "
                               "reports"),
               2);
    EXPECT_INT("all are kept", number_of(&box, "SELECT count(*) FROM versions"),
               4);
    EXPECT_INT("under the first id",
               number_of(&box, "SELECT count(*) FROM versions WHERE id = 'a'"),
               3);
    EXPECT_INT("search finds the latest",
               number_of(&box, "SELECT rowid FROM report_text WHERE "
                               "report_text MATCH 'stopped'"),
               3);
    EXPECT_INT("and not the older",
               number_of(&box, "SELECT count(*) FROM report_text WHERE "
                               "report_text MATCH 'much'"),
               0);
    EXPECT_INT("faults", faults_of(&box), 0);
    box_close(&box);
}

/* Every claim comes back with its words. */
TEST(claims) {
    Report report = report_of("a", "", "\"Go,\" said Ann. \"Now.\" Two fell.");
    Quote quotes[] = {
        {.span = {0, 5},
         .speaker = {{11, 14}, -1, str_of("Ann")},
         .cue = {6, 10},
         .cue_lemma = str_of("say"),
         .part_of = -1,
         .why = str_of("quote/test")},
        {.span = {16, 22}, .part_of = 0, .why = str_of("quote/test")},
    };
    Figure figure = {.span = {23, 26},
                     .kind = FIGURE_KILLED,
                     .low = 2,
                     .high = FIGURE_UNKNOWN,
                     .best = 2,
                     .claimant = {{0, 0}, -1, {NULL, 0}},
                     .why = str_of("figure/test")};
    Mention mention = {.span = {11, 14}, .entity = -1};
    Made made;
    Box box;
    PutResult result;
    int64_t number, previous;

    box_open(&box);
    analyse(&made, &report);
    made.analysis.quotes = quotes, made.analysis.quote_count = 2;
    made.analysis.figures = &figure, made.analysis.figure_count = 1;
    made.analysis.mentions = &mention, made.analysis.mention_count = 1;
    EXPECT_OK("begin", store_begin(box.store, &box.err), box.err);
    EXPECT_OK("put",
              store_put(box.store, &made.analysis, &result, &number, &previous,
                        &box.err),
              box.err);
    EXPECT_OK("commit", store_commit(box.store, &box.err), box.err);
    EXPECT_INT("quote",
               number_of(&box, "SELECT count(*) FROM quotes WHERE words = "
                               "'\"Go,\"' AND speaker = 'Ann' AND cue = 'say'"),
               1);
    EXPECT_INT("continued",
               number_of(&box, "SELECT count(*) FROM quote WHERE "
                               "part_of = 1"),
               1);
    EXPECT_INT("statements", number_of(&box, "SELECT count(*) FROM statements"),
               2);
    EXPECT_INT("figure",
               number_of(&box, "SELECT count(*) FROM figures WHERE words = "
                               "'Two' AND low = 2 AND high IS NULL"),
               1);
    EXPECT_INT("mention",
               number_of(&box, "SELECT count(*) FROM mentions "
                               "WHERE words = 'Ann'"),
               1);
    EXPECT_INT("faults", faults_of(&box), 0);
    EXPECT_OK("begin", store_begin(box.store, &box.err), box.err);
    EXPECT_OK("remove", store_remove(box.store, number, &box.err), box.err);
    EXPECT_OK("commit", store_commit(box.store, &box.err), box.err);
    EXPECT_INT("nothing left",
               number_of(&box, "SELECT (SELECT count(*) FROM quote) + "
                               "(SELECT count(*) FROM figure) + "
                               "(SELECT count(*) FROM mention)"),
               0);
    box_close(&box);
}

TEST(other_metadata_is_a_version) {
    Report report = report_of("a", "", "Rain fell.");
    int64_t number, previous;
    PutResult got;
    Box box;

    box_open(&box);
    got = put(&box, &report, &number, &previous);
    EXPECT_INT("new", got, PUT_ADDED);
    report.published = str_of("2031-05-04");
    got = put(&box, &report, &number, &previous);
    EXPECT_INT("a date", got, PUT_VERSION);
    report.path = str_of("elsewhere.jsonl");
    got = put(&box, &report, &number, &previous);
    EXPECT_INT("a path", got, PUT_SAME);
    box_close(&box);
}

TEST(remove) {
    Report first = report_of("a", "", "Snow fell."),
           second = report_of("a", "", "Hail fell."),
           other = report_of("b", "", "Sun shone.");
    int64_t number, previous;
    Box box;

    box_open(&box);
    put(&box, &first, &number, &previous);
    put(&box, &other, &number, &previous);
    put(&box, &second, &number, &previous);
    EXPECT_OK("begin", store_begin(box.store, &box.err), box.err);
    EXPECT_OK("find", store_find(box.store, str_of("a"), &number, &box.err),
              box.err);
    EXPECT_INT("the latest", number, 3);
    EXPECT_OK("remove", store_remove(box.store, number, &box.err), box.err);
    EXPECT_OK("commit", store_commit(box.store, &box.err), box.err);
    EXPECT_INT("gone", store_find(box.store, str_of("a"), &number, &box.err),
               ERR_NOT_FOUND);
    EXPECT_INT("gone from search",
               number_of(&box, "SELECT count(*) FROM report_text WHERE "
                               "report_text MATCH 'hail OR snow'"),
               0);
    EXPECT_INT("the other stays",
               number_of(&box, "SELECT count(*) FROM versions"), 1);
    EXPECT_INT("faults", faults_of(&box), 0);
    box_close(&box);
}

TEST(rollback_keeps_nothing) {
    Report report = report_of("a", "", "Rain fell.");
    Made made;
    Box box;
    PutResult result;
    int64_t number, previous;

    box_open(&box);
    EXPECT_OK("begin", store_begin(box.store, &box.err), box.err);
    EXPECT_OK("put",
              store_put(box.store, analyse(&made, &report), &result, &number,
                        &previous, &box.err),
              box.err);
    store_rollback(box.store);
    EXPECT_INT("none", number_of(&box, "SELECT count(*) FROM report"), 0);
    EXPECT_INT("none found",
               number_of(&box, "SELECT count(*) FROM report_text WHERE "
                               "report_text MATCH 'rain'"),
               0);
    box_close(&box);
}

TEST(verify_finds_damage) {
    static const struct {
        const char *name, *sql, *want;
    } cases[] = {
        {"a changed text",
         "UPDATE report SET text = 'Vain fell in K\xc3\xb6"
         "ln.'",
         "hash"},
        {"a span outside", "UPDATE report SET body = '[[0,99]]'", "outside"},
        {"a cut character", "UPDATE report SET sentences = '[[0,15]]'", "cuts"},
        {"broken JSON", "UPDATE report SET litter = '[{'", "no list"},
        {"a quote outside",
         "INSERT INTO quote (report, begin, end, kind, act, via, why, key, "
         "claim, statement) VALUES (1, 3, 70, 'direct', 'said', '[]', 'x', 0, "
         "1, 1)",
         "quote [3,70)"},
        {"search behind", "UPDATE report SET title = 'Storm'", "search"},
        {"a dangling row",
         "PRAGMA foreign_keys = OFF; INSERT INTO time (report, begin, end, "
         "type, value, why) VALUES (77, 0, 1, 'DATE', 'x', 'x')",
         "table time"},
    };
    Report report = report_of("a", "", "Rain fell in K\xc3\xb6ln.");

    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t number, previous;
        Box box;

        box_open(&box);
        put(&box, &report, &number, &previous);
        EXPECT_INT(cases[i].name, faults_of(&box), 0);
        sqlite3_exec(store_db(box.store), cases[i].sql, NULL, NULL, NULL);
        EXPECT(cases[i].name, faults_of(&box) > 0);
        test_expect(strstr(complaints, cases[i].want) != NULL, __FILE__,
                    __LINE__, cases[i].name, "%s", complaints);
        box_close(&box);
    }
}

static void write_file(const char *path, const char *bytes) {
    FILE *file = fopen(path, "wb");

    if (!file || fputs(bytes, file) < 0 || fclose(file) != 0) {
        exit(1);
    }
}

static void make_other_database(const char *path) {
    sqlite3 *db;

    if (sqlite3_open(path, &db) != SQLITE_OK) {
        exit(1);
    }
    sqlite3_exec(db, "CREATE TABLE shopping (item TEXT)", NULL, NULL, NULL);
    sqlite3_close(db);
}

TEST(open_what_is_no_store) {
    Box box;
    Store *store = NULL;

    box_path(&box);
    EXPECT_INT("missing", store_open(box.path, STORE_READ, &store, &box.err),
               ERR_IO);
    EXPECT("says how to make one", strstr(box.err.message, "dateline add"));
    EXPECT("and makes none", access(box.path, F_OK) != 0);
    write_file(box.path, "");
    EXPECT_INT("empty", store_open(box.path, STORE_READ, &store, &box.err),
               ERR_IO);
    write_file(box.path, "Not a database, but a text that is long enough to "
                         "hold the sixteen bytes of a header and more.");
    EXPECT_INT("text", store_open(box.path, STORE_READ, &store, &box.err),
               ERR_STORE);
    EXPECT("says so", strstr(box.err.message, "no dateline store"));
    EXPECT_INT("text, to write",
               store_open(box.path, STORE_WRITE, &store, &box.err), ERR_STORE);
    unlink(box.path);
    make_other_database(box.path);
    EXPECT_INT("another's", store_open(box.path, STORE_WRITE, &store, &box.err),
               ERR_STORE);
    EXPECT("says so too", strstr(box.err.message, "no dateline store"));
    EXPECT_INT("a folder", store_open("/tmp", STORE_READ, &store, &box.err),
               ERR_IO);
    EXPECT("nothing was given", store == NULL);
    box_close(&box);
}

TEST(open_versions) {
    static const Migration later[] = {
        {2, store_schema_sql},
        {3, store_schema_3_sql},
        {4, store_schema_4_sql},
        {5, "ALTER TABLE story ADD COLUMN mood TEXT"},
        {6, "UPDATE story SET mood = 'grave'"},
    };
    static const Migration broken[] = {{9, "CREATE nonsense"}};
    int version = 0;
    Error err;
    Box box;

    box_open(&box);
    EXPECT_INT("new", number_of(&box, "PRAGMA user_version"), 4);
    sqlite3_exec(store_db(box.store),
                 "INSERT INTO story (storyline, head, title) VALUES (1, 1, "
                 "'Flood')",
                 NULL, NULL, NULL);
    EXPECT_OK("migrate", schema_migrate(store_db(box.store), later, 5, &err),
              err);
    EXPECT_INT("only the steps above",
               number_of(&box, "SELECT count(*) FROM story WHERE "
                               "mood = 'grave'"),
               1);
    EXPECT_INT("a broken step",
               schema_migrate(store_db(box.store), broken, 1, &err), ERR_STORE);
    EXPECT_OK("version",
              schema_pragma(store_db(box.store), "PRAGMA user_version",
                            &version, &err),
              err);
    EXPECT_INT("stays", version, 6);
    store_close(box.store);
    box.store = NULL;
    EXPECT_INT("newer than the program",
               store_open(box.path, STORE_READ, &box.store, &err), ERR_STORE);
    EXPECT("says so", strstr(err.message, "newer"));
    box_close(&box);
}

TEST(open_what_is_too_old) {
    Error err;
    Box box;

    box_open(&box);
    sqlite3_exec(store_db(box.store), "PRAGMA user_version = 1", NULL, NULL,
                 NULL);
    store_close(box.store);
    for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
        box.store = NULL;
        EXPECT_INT("older than the first step",
                   store_open(box.path, (StoreMode)mode, &box.store, &err),
                   ERR_STORE);
        EXPECT("says what to do", strstr(err.message, "to a new store"));
    }
    box_close(&box);
}

/* Under root every file can be written: these cases then test that reading
 * works, and the refusal comes from the mode of opening. */
TEST(read_only) {
    Report report = report_of("a", "", "Rain fell.");
    int64_t number, previous;
    uint64_t reports, faults;
    Status status;
    Box box;

    box_open(&box);
    put(&box, &report, &number, &previous);
    store_close(box.store);
    box.store = NULL;
    chmod(box.path, 0444);
    chmod(box.folder, 0555);
    if (EXPECT_OK("open",
                  store_open(box.path, STORE_READ, &box.store, &box.err),
                  box.err)) {
        EXPECT_INT("read", number_of(&box, "SELECT count(*) FROM reports"), 1);
        EXPECT_OK(
            "verify",
            store_verify(box.store, NULL, NULL, &reports, &faults, &box.err),
            box.err);
        EXPECT_INT("one report", reports, 1);
        EXPECT_INT("no faults", faults, 0);
        status = store_begin(box.store, &box.err);
        EXPECT_INT("no writing", status, ERR_STORE);
        test_expect(strstr(box.err.message, "cannot be written") != NULL,
                    __FILE__, __LINE__, "says why", "%s", box.err.message);
    }
    chmod(box.folder, 0755);
    chmod(box.path, 0644);
    box_close(&box);
}

TEST(reader_beside_a_writer) {
    Report report = report_of("a", "", "Rain fell.");
    Box box, reader;
    int64_t number, previous;
    Made made;
    PutResult result;

    box_open(&box);
    reader = box;
    EXPECT_OK("begin", store_begin(box.store, &box.err), box.err);
    EXPECT_OK("put",
              store_put(box.store, analyse(&made, &report), &result, &number,
                        &previous, &box.err),
              box.err);
    EXPECT_OK("open",
              store_open(box.path, STORE_READ, &reader.store, &reader.err),
              reader.err);
    EXPECT_INT("nothing yet",
               number_of(&reader, "SELECT count(*) FROM reports"), 0);
    EXPECT_OK("commit", store_commit(box.store, &box.err), box.err);
    EXPECT_INT("now", number_of(&reader, "SELECT count(*) FROM reports"), 1);
    store_close(reader.store);
    box_close(&box);
}

/* A limit on the file's pages is what a full disk looks like to SQLite. */
TEST(full_disk) {
    Report small = report_of("a", "", "Rain fell."), large;
    Made made;
    Box box;
    PutResult result;
    int64_t number, previous;
    char *text = malloc(400001);
    Status status;

    for (int i = 0; i < 400000; i++) {
        text[i] = i % 7 == 6 ? ' ' : (char)('a' + i * 31 % 26);
    }
    text[400000] = '\0';
    large = report_of("b", "", text);
    box_open(&box);
    put(&box, &small, &number, &previous);
    sqlite3_exec(store_db(box.store), "PRAGMA max_page_count = 1", NULL, NULL,
                 NULL);
    EXPECT_OK("begin", store_begin(box.store, &box.err), box.err);
    status = store_put(box.store, analyse(&made, &large), &result, &number,
                       &previous, &box.err);
    EXPECT_INT("full", status, ERR_STORE);
    EXPECT("says so", strstr(box.err.message, "disk is full"));
    store_rollback(box.store);
    EXPECT_INT("what was there is there",
               number_of(&box, "SELECT count(*) FROM reports"), 1);
    EXPECT_INT("faults", faults_of(&box), 0);
    free(text);
    box_close(&box);
}

/* Texts put together anew each time must neither fill memory nor be confused.
 */
TEST(many_statements) {
    Box box;
    sqlite3_stmt *held;
    int step;

    box_open(&box);
    EXPECT_OK("hold one open",
              store_sql(box.store, "SELECT 4711 UNION ALL SELECT 4712", &held,
                        &box.err),
              box.err);
    EXPECT_OK("first row", store_step(box.store, held, &step, &box.err),
              box.err);
    for (int i = 0; i < 3000; i++) {
        char sql[40];

        snprintf(sql, sizeof sql, "SELECT %d", i);
        EXPECT_INT(sql, number_of(&box, sql), i);
    }
    EXPECT_OK("second row", store_step(box.store, held, &step, &box.err),
              box.err);
    EXPECT_INT("still its own", sqlite3_column_int(held, 0), 4712);
    box_close(&box);
}
