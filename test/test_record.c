/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_record.c - the line of JSON that a report becomes.
 *
 * test/golden/find/NAME.in holds a report: lines "key: value", an empty line,
 * the text. NAME.out holds its record, a field or a claim a line, without the
 * text and the lexicon's version. With GOLDEN_REWRITE=1 the files are written
 * instead of compared. All reports are made up. */
#include "test.h"

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "find/find.h"

typedef struct Reading {
    Arena arena;
    Report report;
    FindOptions options;
    Analysis analysis;
} Reading;

static void read_it(void *context) {
    Reading *reading = context;

    find_all(&reading->arena, test_knowledge(), &reading->report,
             reading->options, &reading->analysis);
}

static void analyze(Reading *reading, const char *name, Buf *out) {
    Error err = {0};

    EXPECT_OK(name, arena_try(&reading->arena, read_it, reading, &err), err);
    buf_init(out, 0);
    record_write(&reading->analysis, false, out);
    EXPECT(name, out->status == OK);
}

static Str *field_of(Report *report, Str key) {
    return str_is(key, "published")  ? &report->published
           : str_is(key, "outlet")   ? &report->outlet
           : str_is(key, "title")    ? &report->title
           : str_is(key, "url")      ? &report->url
           : str_is(key, "language") ? &report->language
           : str_is(key, "id")       ? &report->id
                                     : NULL;
}

/* The head lines into the report's fields, the rest into its text. */
static void read_head(Str bytes, Report *report) {
    size_t at = 0;

    while (at < bytes.len && bytes.ptr[at] != '\n') {
        size_t end = str_find(bytes, str_of("\n"), at);
        size_t colon = str_find(bytes, str_of(": "), at);
        Str *field =
            colon < end ? field_of(report, str_slice(bytes, at, colon)) : NULL;
        EXPECT("a known head line", field != NULL);
        if (field) {
            *field = str_slice(bytes, colon + 2, end);
        }
        at = end + 1;
    }
    report->text =
        str_slice(bytes, at + 1 < bytes.len ? at + 1 : bytes.len, bytes.len);
}

static void put_value(Buf *out, const json_t *value) {
    char *text = json_dumps(value, JSON_ENCODE_ANY);

    buf_put(out, text);
    free(text);
}

/* The record, a line a field, and a line an object in a list of them. */
static void put_readable(Buf *out, json_t *record) {
    const char *key;
    json_t *value, *item;
    size_t i;

    json_object_foreach(record, key, value) {
        if (!strcmp(key, "text") || !strcmp(key, "lexicon")) {
            continue;
        }
        if (!json_is_object(json_array_get(value, 0))) {
            buf_format(out, "%s: ", key);
            put_value(out, value);
            buf_char(out, '\n');
            continue;
        }
        json_array_foreach(value, i, item) {
            buf_format(out, "%s: ", key);
            put_value(out, item);
            buf_char(out, '\n');
        }
    }
}

/* Fails with the first line that differs. */
static void expect_same(const char *name, Str got, Str want) {
    while (got.len && want.len) {
        size_t got_end = str_find(got, str_of("\n"), 0);
        size_t want_end = str_find(want, str_of("\n"), 0);
        Str line = str_slice(want, 0, want_end);
        if (!str_equal(str_slice(got, 0, got_end), line)) {
            test_expect_str(__FILE__, __LINE__, name,
                            str_slice(got, 0, got_end), line);
            return;
        }
        got =
            str_slice(got, got_end < got.len ? got_end + 1 : got.len, got.len);
        want = str_slice(want, want_end < want.len ? want_end + 1 : want.len,
                         want.len);
    }
    test_expect_str(__FILE__, __LINE__, name, got, want);
}

static void compare_golden(const char *folder, const char *name) {
    Reading reading = {.options = {.clean = true, .find = true}};
    char path[512];
    FileMap in, want;
    Error err = {0};
    Buf line, got;
    json_t *record;

    snprintf(path, sizeof path, "%s/find/%s.in", folder, name);
    EXPECT_OK(name, file_map(path, &in, &err), err);
    reading.report = (Report){.id = str_of(name),
                              .path = str_of("-"),
                              .charset = str_of("UTF-8"),
                              .given = str_of("{}")};
    read_head(in.bytes, &reading.report);
    arena_init(&reading.arena, 0);
    analyze(&reading, name, &line);
    record = json_loadb(line.ptr, line.len, 0, NULL);
    EXPECT(name, record != NULL);
    buf_init(&got, 0);
    put_readable(&got, record);
    snprintf(path, sizeof path, "%s/find/%s.out", folder, name);
    if (getenv("GOLDEN_REWRITE")) {
        EXPECT_OK(name, file_replace(path, buf_str(&got), &err), err);
    } else {
        EXPECT_OK(name, file_map(path, &want, &err), err);
        expect_same(name, buf_str(&got), want.bytes);
        file_unmap(&want);
    }
    json_decref(record);
    buf_deinit(&got);
    buf_deinit(&line);
    arena_deinit(&reading.arena);
    file_unmap(&in);
}

TEST(record_golden) {
    const char *folder = getenv("DATELINE_GOLDEN");
    char path[512];
    struct dirent *entry;
    DIR *listing;

    snprintf(path, sizeof path, "%s/find", folder ? folder : "test/golden");
    listing = opendir(path);
    EXPECT("folder", listing != NULL);
    while (listing && (entry = readdir(listing))) {
        char *dot = strrchr(entry->d_name, '.');
        if (dot && !strcmp(dot, ".in")) {
            *dot = '\0';
            compare_golden(folder ? folder : "test/golden", entry->d_name);
        }
    }
    if (listing) {
        closedir(listing);
    }
}

static const struct {
    const char *name, *text, *language;
} no_claims[] = {
    {"another language",
     "Am Montag wurden 30 Menschen getötet, sagte der Bürgermeister.", "de"},
    {"nothing", "", "en"},
    {"blank", " \n\t ", "en"},
    {"one letter", "a", "en"},
    {"marks", "\" ' ( - , . ; : ! ? %", "en"},
    {"numbers", "1 2 3 12/ 1990- 0 000 99999999999999999999", "en"},
};

TEST(record_of_no_claims) {
    for (size_t i = 0; i < COUNT(no_claims); i++) {
        Reading reading = {.options = {.clean = false, .find = true}};
        Buf line;
        json_t *record;

        reading.report = (Report){.id = str_of("x"),
                                  .text = str_of(no_claims[i].text),
                                  .language = str_of(no_claims[i].language),
                                  .path = str_of("-"),
                                  .charset = str_of("UTF-8"),
                                  .given = str_of("{}")};
        arena_init(&reading.arena, 0);
        analyze(&reading, no_claims[i].name, &line);
        record = json_loadb(line.ptr, line.len, 0, NULL);
        EXPECT(no_claims[i].name, record != NULL);
        EXPECT(no_claims[i].name,
               json_is_null(json_object_get(record, "path")));
        EXPECT_INT(no_claims[i].name,
                   json_array_size(json_object_get(record, "figures")), 0);
        json_decref(record);
        buf_deinit(&line);
        arena_deinit(&reading.arena);
    }
}

TEST(record_without_find) {
    Reading reading = {.options = {.clean = false, .find = false}};
    Buf line;

    reading.report = (Report){.id = str_of("x"),
                              .text = str_of("On Monday 30 people died."),
                              .language = str_of("en"),
                              .path = str_of("-"),
                              .charset = str_of("UTF-8"),
                              .given = str_of("{}")};
    arena_init(&reading.arena, 0);
    analyze(&reading, "no find", &line);
    EXPECT_INT("times", reading.analysis.time_count, 0);
    EXPECT_INT("figures", reading.analysis.figure_count, 0);
    EXPECT_INT("sentences", reading.analysis.text.sentence_count, 1);
    buf_deinit(&line);
    arena_deinit(&reading.arena);
}
