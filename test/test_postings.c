/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_postings.c - blocks, segments and what is found in them, against
 * a list that is searched from end to end. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/block.h"
#include "store/postings.h"
#include "store/schema.h"
#include "store/verify_index.h"

/* ------------------------------------------------------------------- blocks */

static const struct {
    const char *name, *want;
    uint64_t base;
    Posting items[4];
    size_t count;
} blocks[] = {
    {"empty", "", 0, {{0}}, 0},
    {"one", "7:1;", 0, {{7, 1}}, 1},
    {"least key and report", "0:1;", 0, {{0, 1}}, 1},
    {"a list", "7:1;7:2;7:900;", 0, {{7, 1}, {7, 2}, {7, 900}}, 3},
    {"keys and lists",
     "5:3;6:1;6:4;90:2;",
     5,
     {{5, 3}, {6, 1}, {6, 4}, {90, 2}},
     4},
    {"greatest key and report",
     "281474976710655:9223372036854775807;",
     0,
     {{(UINT64_C(1) << KEY_BITS) - 1, INT64_MAX}},
     1},
};

/* "key:report;key:report;", and "!" where it is damaged. */
static const char *read_all(Str bytes, uint64_t base) {
    static char out[400];
    BlockReader reader = block_open(bytes, base);
    BlockResult result;
    Posting posting;
    size_t used = 0;

    out[0] = '\0';
    while ((result = block_next(&reader, &posting)) == BLOCK_ITEM &&
           used < sizeof out - 60) {
        used += (size_t)snprintf(out + used, sizeof out - used, "%llu:%lld;",
                                 (unsigned long long)posting.key,
                                 (long long)posting.report);
    }
    if (result == BLOCK_DAMAGED) {
        strcpy(out + used, "!");
    }
    return out;
}

TEST(blocks_come_back) {
    for (size_t i = 0; i < COUNT(blocks); i++) {
        Buf out;

        buf_init(&out, 0);
        block_write(&out, blocks[i].base, blocks[i].items, blocks[i].count);
        EXPECT_STR(blocks[i].name,
                   str_of(read_all(buf_str(&out), blocks[i].base)),
                   blocks[i].want);
        buf_deinit(&out);
    }
}

TEST(blocks_are_searched) {
    static const Posting items[] = {{5, 3}, {6, 1}, {6, 4}, {90, 2}};
    static const struct {
        uint64_t key;
        uint64_t reports;
    } cases[] = {{4, 0}, {5, 1}, {6, 2}, {7, 0}, {90, 1}, {91, 0}};
    Buf out;

    buf_init(&out, 0);
    block_write(&out, 0, items, COUNT(items));
    for (size_t i = 0; i < COUNT(cases); i++) {
        BlockReader reader = block_open(buf_str(&out), 0);
        BlockResult result = block_seek(&reader, cases[i].key);

        EXPECT_INT("found", result == BLOCK_ITEM, cases[i].reports > 0);
        if (result == BLOCK_ITEM) {
            EXPECT_INT("reports", (int64_t)reader.left,
                       (int64_t)cases[i].reports);
        }
    }
    buf_deinit(&out);
}

TEST(damaged_blocks_are_found_out) {
    static const struct {
        const char *name, *bytes;
        size_t len;
        const char *want;
    } cases[] = {
        {"cut in a number", "\x87", 1, "!"},
        {"no reports", "\x07\x00", 2, "!"},
        {"cut before the report", "\x07\x01", 2, "!"},
        {"a report twice", "\x07\x02\x02\x05\x00", 5, "7:5;!"},
        {"a key twice", "\x07\x01\x01\x00\x01\x01", 6, "7:1;!"},
        {"more reports than bytes", "\x07\x05\x01\x01", 4, "7:1;!"},
        {"a length past the end", "\x07\x02\x70\x01\x01", 5, "!"},
        {"a number of 70 bits",
         "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x01\x01", 12, "!"},
        {"a key past the last", "\xff\xff\xff\xff\xff\xff\x7f\x01\x01", 9, "!"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        EXPECT_STR(cases[i].name,
                   str_of(read_all((Str){cases[i].bytes, cases[i].len}, 0)),
                   cases[i].want);
    }
}

/* ----------------------------------------------------------------- the index
 */

typedef struct Box {
    Store *store;
    char path[64];
    Error err;
} Box;

static void box_open(Box *box) {
    strcpy(box->path, "/tmp/dateline-postings-XXXXXX");
    close(mkstemp(box->path));
    if (!EXPECT_OK("open",
                   store_open(box->path, STORE_WRITE, &box->store, &box->err),
                   box->err)) {
        exit(1);
    }
}

static void box_close(Box *box) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[80];

    store_close(box->store);
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", box->path, ends[i]);
        unlink(path);
    }
}

static void begin(Box *box) {
    EXPECT_OK("begin", store_begin(box->store, &box->err), box->err);
}

static void commit(Box *box) {
    EXPECT_OK("commit", store_commit(box->store, &box->err), box->err);
}

/* Verifying asks for the reports of all postings. */
static void put_report(Box *box, int64_t report) {
    char sql[300];

    snprintf(sql, sizeof sql,
             "INSERT INTO report (report, id, version, text, hash, record, "
             "charset, byline, credit, published_from, language, language_p, "
             "body, sentences, headings, litter, given, lexicon) VALUES (%lld, "
             "%lld, 1, '', '', '', '', '', '', '', '', 0, '', '', '', '', '', "
             "'')",
             (long long)report, (long long)report);
    EXPECT("a report", sqlite3_exec(store_db(box->store), sql, NULL, NULL,
                                    NULL) == SQLITE_OK);
}

/* Numbers of a made-up report: some its own, some that many have. */
enum { OF_REPORT = 60, REPORTS = 4000 };

static void numbers_of(int64_t report, uint64_t *out) {
    for (uint64_t i = 0; i < OF_REPORT; i++) {
        out[i] = i % 10 == 0   ? i                                /* all */
                 : i % 10 == 1 ? 1000 + i + (uint64_t)report % 7  /* some */
                               : (uint64_t)report << 20 | i << 8; /* one */
    }
}

static void add_report(Box *box, int64_t report) {
    uint64_t numbers[OF_REPORT];

    numbers_of(report, numbers);
    EXPECT_OK("add",
              postings_add(box->store, POSTING_FINGERPRINT, numbers, OF_REPORT,
                           report, &box->err),
              box->err);
}

static void remove_report(Box *box, int64_t report) {
    uint64_t numbers[OF_REPORT];

    numbers_of(report, numbers);
    EXPECT_OK("remove",
              postings_remove(box->store, POSTING_FINGERPRINT, numbers,
                              OF_REPORT, report, &box->err),
              box->err);
}

typedef struct Answer {
    char text[4000];
    size_t used;
} Answer;

static void tell(void *context, uint32_t which, const int64_t *reports,
                 uint32_t count) {
    Answer *answer = context;

    answer->used +=
        (size_t)snprintf(answer->text + answer->used,
                         sizeof answer->text - answer->used, "%u:", which);
    for (uint32_t i = 0; i < count; i++) {
        answer->used += (size_t)snprintf(answer->text + answer->used,
                                         sizeof answer->text - answer->used,
                                         "%lld,", (long long)reports[i]);
    }
}

/* Whom the reports of [1,end) but for those gone share numbers with, as the
 * index says and as a search from end to end does. */
static void check_end(const char *name, Box *box, int64_t of, int64_t end,
                      const bool *gone, PostingsEnd from) {
    enum { LIMIT = 5 };
    static Answer found, wanted;
    uint64_t mine[OF_REPORT], theirs[OF_REPORT];

    found = wanted = (Answer){0};
    numbers_of(of, mine);
    EXPECT_OK(name,
              postings_find(box->store, POSTING_FINGERPRINT, mine, OF_REPORT,
                            from, LIMIT, tell, &found, &box->err),
              box->err);
    for (uint32_t i = 0; i < OF_REPORT; i++) {
        static int64_t reports[REPORTS];
        uint32_t count = 0, kept;

        for (int64_t report = 1; report < end; report++) {
            numbers_of(report, theirs);
            if (!gone[report] && theirs[i] == mine[i]) {
                reports[count++] = report;
            }
        }
        kept = count < LIMIT ? count : LIMIT;
        if (count) {
            tell(&wanted, i,
                 from == POSTINGS_FIRST ? reports : reports + count - kept,
                 kept);
        }
    }
    EXPECT_STR(name, str_of(found.text), wanted.text);
}

static void check_found(const char *name, Box *box, int64_t of, int64_t end,
                        const bool *gone) {
    check_end(name, box, of, end, gone, POSTINGS_FIRST);
    check_end(name, box, of, end, gone, POSTINGS_LAST);
}

static void complain(void *context, const char *what) {
    (void)context;
    EXPECT_STR("verify", str_of(what), "no fault");
}

static void verify(Box *box) {
    EXPECT_OK("verify", verify_index(box->store, complain, NULL, &box->err),
              box->err);
}

/* Segments of all sizes, merges under way, postings taken out of each. */
TEST(found_as_in_a_list) {
    static bool gone[REPORTS + 1];
    int64_t report = 1;
    Box box;

    memset(gone, 0, sizeof gone);
    box_open(&box);
    for (int batch = 1; report <= REPORTS; batch++) {
        int64_t begun = report;

        begin(&box);
        for (int i = 0; i < batch * 7 % 190 + 1 && report <= REPORTS; i++) {
            put_report(&box, report);
            add_report(&box, report++);
        }
        check_found("before the commit", &box, begun, report, gone);
        for (int64_t i = begun / 3 + 1; i < report && i < begun / 3 + 3; i++) {
            if (!gone[i]) {
                remove_report(&box, i);
                gone[i] = true;
            }
        }
        check_found("one that went", &box, begun / 3 + 1, report, gone);
        if (batch % 5 == 0 && gone[begun / 3 + 1]) {
            add_report(&box, begun / 3 + 1);
            gone[begun / 3 + 1] = false;
            check_found("one that came back", &box, begun, report, gone);
        }
        commit(&box);
        begin(&box);
        check_found("after", &box, begun, report, gone);
        check_found("an old one", &box, report / 2 + 1, report, gone);
        commit(&box);
        if (batch % 10 == 0) {
            verify(&box);
        }
    }
    box_close(&box);
}

static int64_t number_of(Box *box, const char *sql) {
    sqlite3_stmt *q = NULL;
    int64_t number = -1;

    if (sqlite3_prepare_v2(store_db(box->store), sql, -1, &q, NULL) ==
            SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW) {
        number = sqlite3_column_int64(q, 0);
    }
    sqlite3_finalize(q);
    return number;
}

TEST(all_removed_leaves_nothing) {
    Box box;

    box_open(&box);
    for (int64_t report = 1; report <= 900; report++) {
        begin(&box);
        add_report(&box, report);
        commit(&box);
    }
    EXPECT("segments are merged",
           number_of(&box, "SELECT count(*) FROM segment") < 20);
    begin(&box);
    for (int64_t report = 1; report <= 900; report++) {
        remove_report(&box, report);
    }
    commit(&box);
    EXPECT_INT("segments", number_of(&box, "SELECT count(*) FROM segment"), 0);
    EXPECT_INT("buckets", number_of(&box, "SELECT count(*) FROM posting"), 0);
    EXPECT_INT("filters",
               number_of(&box, "SELECT count(*) FROM posting_filter"), 0);
    box_close(&box);
}

TEST(undo_and_rollback) {
    static const bool none[10];
    Box box;

    box_open(&box);
    begin(&box);
    add_report(&box, 1);
    add_report(&box, 2);
    commit(&box);
    begin(&box);
    add_report(&box, 3);
    EXPECT_OK("mark", store_mark(box.store, &box.err), box.err);
    add_report(&box, 4);
    remove_report(&box, 1); /* of a segment */
    remove_report(&box, 3); /* of this batch */
    EXPECT_OK("undo", store_undo(box.store, &box.err), box.err);
    check_found("undone", &box, 1, 4, none);
    commit(&box);
    begin(&box);
    check_found("and kept", &box, 1, 4, none);
    add_report(&box, 4);
    remove_report(&box, 2);
    store_rollback(box.store);
    begin(&box);
    check_found("rolled back", &box, 1, 4, none);
    commit(&box);
    box_close(&box);
}

/* Two writers take turns; each sees what the other has added and merged. */
TEST(two_writers) {
    static const bool none[200];
    Box one, other;

    box_open(&one);
    other = one;
    EXPECT_OK("open",
              store_open(one.path, STORE_WRITE, &other.store, &other.err),
              other.err);
    for (int64_t report = 1; report < 150; report++) {
        Box *box = report % 3 ? &one : &other;

        begin(box);
        check_found("of both", box, report / 2 + 1, report, none);
        add_report(box, report);
        if (report % 7 == 0) {
            store_rollback(box->store);
            begin(box);
            add_report(box, report);
        }
        commit(box);
    }
    store_close(other.store);
    box_close(&one);
}

/* The disk is full at every page that a commit with merges writes: each time
 * nothing is lost, and with room again the merges come to their end. */
TEST(full_in_the_middle_of_a_merge) {
    enum { BEFORE = 300, MORE = 60 };
    static bool none[BEFORE + MORE + 1];
    int64_t pages, failed = 0;
    Box box;

    box_open(&box);
    for (int64_t report = 1; report < BEFORE; report++) {
        begin(&box);
        put_report(&box, report);
        add_report(&box, report);
        commit(&box);
    }
    pages = number_of(&box, "PRAGMA page_count");
    for (int64_t report = BEFORE; report < BEFORE + MORE; report++) {
        for (int64_t room = 0;; room++) {
            char limit[80];

            snprintf(limit, sizeof limit, "PRAGMA max_page_count = %lld",
                     (long long)(pages + room));
            number_of(&box, limit);
            begin(&box);
            put_report(&box, report);
            add_report(&box, report);
            if (store_commit(box.store, &box.err) == OK) {
                break;
            }
            failed++;
            begin(&box);
            check_found("after a failure", &box, report / 2, report, none);
            store_rollback(box.store);
            pages = number_of(&box, "PRAGMA page_count");
        }
    }
    EXPECT("some failed", failed > 10);
    verify(&box);
    begin(&box);
    check_found("in the end", &box, BEFORE, BEFORE + MORE, none);
    commit(&box);
    box_close(&box);
}

/* ------------------------------------------------------------ a bad store */

static void spoil(Box *box, const char *sql) {
    EXPECT(sql, sqlite3_exec(store_db(box->store), sql, NULL, NULL, NULL) ==
                    SQLITE_OK);
}

static void count_fault(void *context, const char *what) {
    (void)what;
    ++*(int *)context;
}

/* Rows that no program of ours wrote: a status, or a fault told; no crash. */
TEST(hostile_rows) {
    static const char *const cases[] = {
        "UPDATE posting SET bytes = x'ffffffffffffffffffff'",
        "UPDATE posting SET bytes = zeroblob(100)",
        "UPDATE posting SET bytes = x'8701'",
        "UPDATE posting SET block = -block",
        "UPDATE posting_filter SET bytes = x'00'",
        "UPDATE posting_filter SET bytes = zeroblob(length(bytes))",
        "UPDATE posting_filter SET part = part + 1",
        "UPDATE segment SET bits = 60",
        "UPDATE segment SET bits = -1",
        "UPDATE segment SET bits = bits + 1",
        "UPDATE segment SET high = -5",
        "UPDATE segment SET high = high - 1",
        "UPDATE segment SET low = 12345",
        "UPDATE segment SET postings = -7",
        "UPDATE segment SET \"into\" = segment",
        "UPDATE segment SET \"into\" = 1",
        "UPDATE segment SET high = 1 << 40, \"into\" = 1",
        "UPDATE segment SET segment = segment + (1 << 50)",
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        uint64_t numbers[OF_REPORT];
        Answer answer = {0};
        int faults = 0;
        Status status;
        Box box;

        box_open(&box);
        for (int64_t report = 1; report < 30; report++) {
            begin(&box);
            put_report(&box, report);
            add_report(&box, report);
            commit(&box);
        }
        spoil(&box, cases[i]);
        store_close(box.store);
        EXPECT_OK("open",
                  store_open(box.path, STORE_WRITE, &box.store, &box.err),
                  box.err);
        status = verify_index(box.store, count_fault, &faults, &box.err);
        EXPECT(cases[i], status != OK || faults > 0);
        begin(&box);
        numbers_of(3, numbers);
        status =
            postings_find(box.store, POSTING_FINGERPRINT, numbers, OF_REPORT,
                          POSTINGS_FIRST, 5, tell, &answer, &box.err);
        for (int64_t report = 1; status == OK && report < 90; report++) {
            status = postings_remove(box.store, POSTING_FINGERPRINT, numbers,
                                     OF_REPORT, report, &box.err);
            add_report(&box, report + 100);
        }
        if (store_commit(box.store, &box.err) == OK) {
            begin(&box);
            if (store_commit(box.store, &box.err) != OK) {
                store_rollback(box.store);
            }
        }
        box_close(&box);
    }
}
