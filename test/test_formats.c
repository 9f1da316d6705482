/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_formats.c - feeds, tables and archives as they are in the wild.
 *
 * test/golden/read/NAME.in is a file of some format, whole or faulty; NAME.out
 * is what is read from it: the fields of each report and each complaint. With
 * GOLDEN_REWRITE=1 the files are written instead of compared. All of it is
 * made up. */
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "read/moment.h"
#include "read/read.h"

typedef struct Parse {
    Arena *arena;
    const RawRecord *record;
    ReadOptions options;
    Report report;
    Error err;
    Status status;
} Parse;

static void parse(void *context) {
    Parse *job = context;

    job->status = report_parse(job->arena, job->record, job->options,
                               &job->report, &job->err);
}

static void put_field(Buf *log, const char *name, Str value) {
    if (value.len && !str_is(value, "{}")) {
        buf_format(log, "%s: ", name);
        buf_push(log, value);
        buf_char(log, '\n');
    }
}

static void put_report(Buf *log, const Report *report) {
    bool has_guid = str_find(report->id, str_of(":"), 0) < report->id.len;

    buf_format(log, "-- %llu\n", (unsigned long long)report->line);
    if (has_guid) {
        put_field(log, "id", report->id);
    }
    put_field(log, "title", report->title);
    put_field(log, "url", report->url);
    put_field(log, "published", report->published);
    put_field(log, "byline", report->byline);
    put_field(log, "outlet", report->outlet);
    put_field(log, "language", report->language);
    put_field(log, "given", report->given);
    if (!str_is(report->charset, "UTF-8")) {
        put_field(log, "charset", report->charset);
    }
    put_field(log, "html", report->html);
    put_field(log, "text", report->text);
}

/* Without the folder, which differs from machine to machine. */
static void put_error(Buf *log, const char *message) {
    const char *name = strstr(message, "/read/");

    buf_format(log, "! %s\n", name ? name + 6 : message);
}

static void read_all(const char *path, Buf *log) {
    const char *paths[] = {path};
    ReadOptions options = {.lexicon = test_lexicon()};
    RawRecord record = {0};
    Reader *reader;
    Arena arena;
    Error err;

    arena_init(&arena, 0);
    if (!EXPECT_OK(path, reader_open(paths, 1, options, &reader, &err), err)) {
        return;
    }
    while (reader_next(reader, &record)) {
        Parse job = {.arena = &arena, .record = &record, .options = options};
        if (record.error.status != OK) {
            put_error(log, record.error.message);
            continue;
        }
        EXPECT_OK(path, arena_try(&arena, parse, &job, &err), err);
        if (job.status == OK) {
            put_report(log, &job.report);
        } else {
            put_error(log, job.err.message);
        }
        arena_reset(&arena);
    }
    record_deinit(&record);
    arena_deinit(&arena);
    reader_close(reader);
}

static void compare(const char *folder, const char *name) {
    char path[512];
    FileMap want = {0};
    Buf got;
    Error err;

    buf_init(&got, 0);
    snprintf(path, sizeof path, "%s/read/%s.in", folder, name);
    read_all(path, &got);
    snprintf(path, sizeof path, "%s/read/%s.out", folder, name);
    if (getenv("GOLDEN_REWRITE")) {
        EXPECT_OK(name, file_replace(path, buf_str(&got), &err), err);
    } else if (EXPECT_OK(name, file_map(path, &want, &err), err)) {
        test_expect_str(__FILE__, __LINE__, name, buf_str(&got), want.bytes);
        file_unmap(&want);
    }
    buf_deinit(&got);
}

TEST(formats) {
    const char *given = getenv("DATELINE_GOLDEN");
    const char *folder = given ? given : "test/golden";
    char path[512];
    struct dirent *entry;
    int count = 0;
    DIR *listing;

    snprintf(path, sizeof path, "%s/read", folder);
    listing = opendir(path);
    while (listing && (entry = readdir(listing))) {
        char *dot = strrchr(entry->d_name, '.');
        if (dot && !strcmp(dot, ".in")) {
            *dot = '\0';
            compare(folder, entry->d_name);
            count++;
        }
    }
    EXPECT("many of them", count > 60);
    if (listing) {
        closedir(listing);
    }
}

/* What the caller maps goes before what columns are called. */
TEST(maps) {
    const char *maps[] = {"Inhalt=text", "TITEL=title", NULL};
    const char *wrong[] = {"Inhalt=body", NULL};
    char path[] = "/tmp/dateline-test-maps-XXXXXX";
    const char *paths[] = {path};
    ReadOptions options = {.lexicon = test_lexicon(), .maps = maps};
    RawRecord record = {0};
    Reader *reader;
    Error err;
    int file = mkstemp(path);

    EXPECT("file", file >= 0);
    EXPECT_OK("file",
              file_replace(
                  path, str_of("Titel;Inhalt;text\nRain;It rained.;x\n"), &err),
              err);
    EXPECT_OK("open", reader_open(paths, 1, options, &reader, &err), err);
    EXPECT("row", reader_next(reader, &record) && record.error.status == OK);
    EXPECT_STR("fields", buf_str(&record.bytes),
               "{\"title\":\"Rain\",\"text\":\"It rained.\","
               "\"text (column 3)\":\"x\"}");
    reader_close(reader);
    options.maps = wrong;
    EXPECT_INT("no such field", reader_open(paths, 1, options, &reader, &err),
               ERR_USAGE);
    record_deinit(&record);
    remove(path);
}

static const struct {
    const char *text, *want; /* want: NULL for what is no date */
} moments[] = {
    {"Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"},
    {"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"},
    {"Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37"},
    {"Sun, 6 Nov 1994 08:49 -0330", "1994-11-06T08:49:00-03:30"},
    {"6 Nov 94", "1994-11-06"},
    {"6 Nov 04", "2004-11-06"},
    {"1994-11-06T08:49:37.123+0530", "1994-11-06T08:49:37+05:30"},
    {"1994-11-06 08:49 PM", "1994-11-06T20:49:00"},
    {"1994/11/06", "1994-11-06"},
    {"November 6, 1994", "1994-11-06"},
    {"Sept. 6, 1994", "1994-09-06"},
    {"6.11.1994", "1994-11-06"},
    {"6/6/1994", "1994-06-06"},
    {"6/11/1994", NULL},
    {"30 Feb 1994", NULL},
    {"Nov 1994", NULL},
    {"6 Nov 1994 1994", NULL},
    {"6 Nov 1994 25:00", NULL},
    {"19941106", NULL},
    {"", NULL},
    {"soon", NULL},
    {"6 Nov 1994 UTC UTC", NULL},
};

TEST(dates) {
    for (size_t i = 0; i < COUNT(moments); i++) {
        char iso[MOMENT_ISO_MAX];
        Moment moment;
        bool read =
            moment_read(str_of(moments[i].text), test_lexicon(), &moment);
        EXPECT_STR(moments[i].text, read ? moment_iso(&moment, iso) : (Str){0},
                   moments[i].want ? moments[i].want : "");
    }
}

static const struct {
    const char *text;
    int64_t seconds; /* since 1970 */
} epochs[] = {
    {"1970-01-01", 0},
    {"1969-12-31T23:59:59Z", -1},
    {"2000-02-29T00:00:00Z", 951782400},
    {"2000-03-01T02:00:00+02:00", 951868800},
    {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
    {"0001-01-01", -62135596800},
};

TEST(seconds) {
    for (size_t i = 0; i < COUNT(epochs); i++) {
        Moment moment = {0};
        EXPECT(epochs[i].text,
               moment_read(str_of(epochs[i].text), NULL, &moment));
        EXPECT_INT(epochs[i].text, moment_epoch(&moment), epochs[i].seconds);
    }
}
