/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_read.c - from bytes to raw reports: formats, charsets, folders,
 * and bad input, which costs one clear error each while the rest goes on. */
#include "test.h"

#include <archive.h>
#include <archive_entry.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "read/date.h"
#include "read/read.h"

enum { PATH_BYTES = PATH_MAX };

/* A folder for the files of one test. */
static char folder[] = "/tmp/dateline-test-read-XXXXXX";
static char folder_made[sizeof folder];

static const char *path_of(const char *name) {
    static char path[PATH_BYTES];

    snprintf(path, sizeof path, "%s/%s", folder_made, name);
    return path;
}

static void begin_folder(void) {
    memcpy(folder_made, folder, sizeof folder);
    if (!mkdtemp(folder_made)) {
        perror(folder_made);
        exit(1);
    }
}

static void end_folder(void) {
    char command[PATH_BYTES + 32];

    snprintf(command, sizeof command, "rm -rf '%s'", folder_made);
    if (system(command) != 0) {
        perror(command);
    }
}

static void put_file(const char *name, Str bytes) {
    Error err;

    EXPECT_OK(name, file_replace(path_of(name), bytes, &err), err);
}

static void put_text(const char *name, const char *text) {
    put_file(name, str_of(text));
}

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

static void note_report(Buf *log, const Report *report) {
    buf_put(log, "[");
    buf_push(log, report->text);
    buf_put(log, "]");
    if (report->html.len) {
        buf_put(log, "{");
        buf_push(log, report->html);
        buf_put(log, "}");
    }
    if (report->undecodable || !str_is(report->charset, "UTF-8")) {
        buf_format(log, "%.*s,%u", (int)report->charset.len,
                   report->charset.ptr, report->undecodable);
    }
    buf_put(log, "\n");
}

/* Without the folder's own path, which differs from run to run. */
static void note_error(Buf *log, const char *message) {
    Str text = str_of(message), made = str_of(folder_made);

    buf_put(log, "! ");
    for (size_t at = 0; at < text.len;) {
        if (str_starts(str_slice(text, at, text.len), made)) {
            at += made.len;
            buf_put(log, "~");
        } else {
            buf_char(log, text.ptr[at++]);
        }
    }
    buf_put(log, "\n");
}

/* All that reading `path` gives: "[text]" a report, "! why" an error. */
static void read_all(const char *path, ReadOptions options, Buf *log) {
    const char *paths[] = {path};
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
            note_error(log, record.error.message);
            continue;
        }
        EXPECT_OK(path, arena_try(&arena, parse, &job, &err), err);
        if (job.status == OK) {
            note_report(log, &job.report);
        } else {
            note_error(log, job.err.message);
        }
        arena_reset(&arena);
    }
    record_deinit(&record);
    arena_deinit(&arena);
    reader_close(reader);
}

static void expect_read(const char *name, const char *path, ReadOptions options,
                        const char *want) {
    Buf log;

    buf_init(&log, 0);
    read_all(path, options, &log);
    EXPECT_STR(name, buf_str(&log), want);
    buf_deinit(&log);
}

static const struct {
    const char *name, *bytes, *want;
} text_cases[] = {
    {"text", "Rain fell.\n", "[Rain fell.\n]\n"},
    {"empty file", "", "! ~/f: empty file\n"},
    {"blank file", " \n\n", "! ~/f: empty file\n"},
    {"byte order mark", "\xEF\xBB\xBFRain.", "[Rain.]\n"},
    {"carriage returns stay", "Rain.\r\nSun.", "[Rain.\r\nSun.]\n"},
    {"a brace is no JSON", "{not json}", "[{not json}]\n"},
    {"windows-1252", "\x93Rain\x94 fell on the caf\xE9 \x96 he said.",
     "[“Rain” fell on the café – he said.]windows-1252,0\n"},
    {"a page", " <!-- x --><!DOCTYPE html><p>x",
     "[]{ <!-- x --><!DOCTYPE html><p>x}\n"},
    {"a page that says its charset", "<html><meta charset=koi8-r>\xD7",
     "[]{<html><meta charset=koi8-r>\u0432}koi8-r,0\n"},
    {"XHTML", "<?xml version=\"1.0\"?><html><p>x",
     "[]{<?xml version=\"1.0\"?><html><p>x}\n"},
    {"PDF", "%PDF-1.4 x", "! ~/f: is PDF, which is not read yet\n"},
    {"JSON over several lines", "{\n \"text\": \"x\"\n}\n",
     "! ~/f: JSON, but not one object a line: JSON lines are read\n"},
    {"an array", "[{\"text\":\"x\"}]",
     "! ~/f: JSON, but not one object a line: JSON lines are read\n"},
};

TEST(text_files) {
    begin_folder();
    for (size_t i = 0; i < COUNT(text_cases); i++) {
        put_text("f", text_cases[i].bytes);
        expect_read(text_cases[i].name, path_of("f"), (ReadOptions){0},
                    text_cases[i].want);
    }
    end_folder();
}

TEST(nul_and_wide_charsets) {
    begin_folder();
    put_file("f", (Str){"Rain\0fell", 9});
    expect_read("NUL", path_of("f"), (ReadOptions){0},
                "! ~/f: byte 4 is a NUL: not a text file\n");
    put_file("f", (Str){"\xFF\xFEH\0i\0", 6});
    expect_read("UTF-16 by its mark", path_of("f"), (ReadOptions){0},
                "[Hi]UTF-16LE,0\n");
    put_file("f", (Str){"H\0i\0\x00\xD8", 6});
    expect_read("UTF-16, half a pair", path_of("f"),
                (ReadOptions){.charset = "UTF-16LE"},
                "[Hi\xEF\xBF\xBD]UTF-16LE,2\n");
    put_file("f", (Str){"R\xC3\xA9\xFF", 4});
    expect_read("UTF-8 that is none", path_of("f"),
                (ReadOptions){.charset = "UTF-8"},
                "[R\xC3\xA9\xEF\xBF\xBD]UTF-8,1\n");
    put_file("f", (Str){"\xCF\xF0\xE8", 3});
    expect_read("as told", path_of("f"),
                (ReadOptions){.charset = "windows-1251"},
                "[При]windows-1251,0\n");
    end_folder();
}

TEST(unknown_charset) {
    const char *paths[] = {"-"};
    Reader *reader;
    Error err;

    EXPECT_INT("refused",
               reader_open(paths, 1, (ReadOptions){.charset = "klingon-7"},
                           &reader, &err),
               ERR_USAGE);
    EXPECT_STR("named", str_of(err.message), "charset klingon-7 is not known");
}

static const struct {
    const char *name, *lines, *want;
} jsonl_cases[] = {
    {"two lines, the last without newline",
     "{\"text\":\"a\"}\n{\"text\":\"b\"}", "[a]\n[b]\n"},
    {"blank lines", "{\"text\":\"a\"}\n\n \t\n{\"text\":\"b\"}\n",
     "[a]\n[b]\n"},
    {"byte order mark", "\xEF\xBB\xBF{\"text\":\"a\"}\n", "[a]\n"},
    {"carriage return", "{\"text\":\"a\"}\r\n{\"text\":\"b\"}\r\n",
     "[a]\n[b]\n"},
    {"escapes", "{\"text\":\"a\\n\\\"b\\\" \\u00e9 \\ud83d\\ude00\\/\"}",
     "[a\n\"b\" é 😀/]\n"},
    {"null is not given", "{\"text\":\"a\",\"url\":null}", "[a]\n"},
    {"not an object", "{\"text\":\"a\"}\n[1,2]\n\"x\"\n{\"text\":\"b\"}\n",
     "[a]\n! ~/f:2: not a JSON object\n! ~/f:3: not a JSON object\n[b]\n"},
    {"a broken line at the top", "oops\n{\"text\":\"a\"}\n",
     "! ~/f:1: not a JSON object\n[a]\n"},
    {"cut off", "{\"text\":\"a\"}\n{\"text\":\"b",
     "[a]\n! ~/f:2: text: byte 10: cut off in a string\n"},
    {"cut off behind a key", "{\"id\"", "! ~/f:1: byte 5: cut off\n"},
    {"wrong type", "{\"text\":5}\n{\"text\":\"b\",\"title\":[]}\n",
     "! ~/f:1: text: not a string\n! ~/f:2: title: not a string\n"},
    {"no text", "{\"id\":\"a\"}\n{\"text\":\" \"}\n",
     "! ~/f:1: text: missing or empty\n! ~/f:2: text: missing or empty\n"},
    {"html alone", "{\"html\":\"<p>x\"}\n", "[]{<p>x}\n"},
    {"html beside text", "{\"html\":\"<p>x\",\"text\":\"x\"}\n", "[x]\n"},
    {"invalid UTF-8", "{\"text\":\"a\xFFz\"}\n{\"text\":\"b\"}\n",
     "! ~/f:1: byte 10: invalid UTF-8\n[b]\n"},
    {"half a pair", "{\"text\":\"\\ud83d.\"}\n",
     "! ~/f:1: text: byte 15: half a surrogate pair\n"},
    {"escaped NUL", "{\"text\":\"a\\u0000\"}\n",
     "! ~/f:1: text: byte 16: a NUL (\\u0000)\n"},
    {"control character", "{\"text\":\"a\tb\"}\n",
     "! ~/f:1: text: byte 10: a control character in a string\n"},
    {"field twice", "{\"text\":\"a\",\"text\":\"b\"}\n",
     "! ~/f:1: text: given twice\n"},
    {"more behind", "{\"text\":\"a\"} x\n",
     "! ~/f:1: byte 13: more behind the end of the object\n"},
    {"no comma", "{\"text\":\"a\" \"id\":\"b\"}\n",
     "! ~/f:1: byte 12: no comma between two fields\n"},
    {"bad number", "{\"text\":\"a\",\"n\":-}\n",
     "! ~/f:1: byte 17: not a number\n"},
    {"no such date", "{\"text\":\"a\",\"published\":\"2013-02-30\"}\n",
     "! ~/f:1: published: \"2013-02-30\" is not an ISO 8601 date "
     "(2013-02-25 or 2013-02-25T14:03:00Z)\n"},
};

TEST(json_lines) {
    begin_folder();
    for (size_t i = 0; i < COUNT(jsonl_cases); i++) {
        put_text("f", jsonl_cases[i].lines);
        expect_read(jsonl_cases[i].name, path_of("f"), (ReadOptions){0},
                    jsonl_cases[i].want);
    }
    end_folder();
}

TEST(raw_nul_in_json) {
    begin_folder();
    put_file("f", (Str){"{\"text\":\"a\0b\"}\n{\"text\":\"c\"}", 27});
    expect_read("told with its byte", path_of("f"), (ReadOptions){0},
                "! ~/f:1: text: byte 10: a NUL\n[c]\n");
    end_folder();
}

TEST(deep_json) {
    Buf line;

    begin_folder();
    buf_init(&line, 0);
    buf_put(&line, "{\"text\":\"a\",\"x\":");
    for (int i = 0; i < 100000; i++) {
        buf_char(&line, '[');
    }
    put_file("f", buf_str(&line));
    expect_read("refused", path_of("f"), (ReadOptions){0},
                "! ~/f:1: byte 216: nested too deep\n");
    buf_deinit(&line);
    end_folder();
}

TEST(fields) {
    const char *line =
        "{\"id\":\"r1\", \"text\":\"a\", \"title\":\"T\", \"outlet\":\"O\", "
        "\"url\":\"U\", \"published\":\"2013-02-25 14:03\", \"byline\":\"B\", "
        "\"language\":\"en\", \"rank\": 1.10, \"tags\": [ \"x y\", null ], "
        "\"q\\\"\":{\"big\":123456789012345678901}}";
    RawRecord record = {.line = 1, .format = FORMAT_JSONL};
    Parse job = {.record = &record};
    Arena arena;
    Error err;

    arena_init(&arena, 0);
    buf_put(&record.bytes, line);
    buf_put(&record.path, "-");
    buf_char(&record.path, '\0');
    record.path.len--;
    job.arena = &arena;
    EXPECT_OK("arena", arena_try(&arena, parse, &job, &err), err);
    EXPECT_OK("parsed", job.status, job.err);
    EXPECT_STR("id", job.report.id, "r1");
    EXPECT_STR("title", job.report.title, "T");
    EXPECT_STR("outlet", job.report.outlet, "O");
    EXPECT_STR("url", job.report.url, "U");
    EXPECT_STR("published", job.report.published, "2013-02-25 14:03");
    EXPECT_STR("byline", job.report.byline, "B");
    EXPECT_STR("language", job.report.language, "en");
    EXPECT_STR("given, byte for byte", job.report.given,
               "{\"rank\":1.10,\"tags\":[\"x y\",null],"
               "\"q\\\"\":{\"big\":123456789012345678901}}");
    EXPECT_STR("source", job.report.source, "a");
    record_deinit(&record);
    arena_deinit(&arena);
}

/* Every allocation fails once: the status says so, and nothing leaks. */
TEST(no_memory) {
    const char *line = "{\"text\":\"a\\n\",\"k\":\"v\"}";
    RawRecord record = {.line = 1, .format = FORMAT_JSONL};
    Status status = ERR_NOMEM;

    buf_put(&record.bytes, line);
    buf_put(&record.path, "-");
    buf_char(&record.path, '\0');
    record.path.len--;
    for (uint64_t n = 1; n < 50 && status != OK; n++) {
        Arena arena;
        Parse job = {.arena = &arena, .record = &record};
        Error err;

        arena_init(&arena, 0);
        arena.fail_at = n;
        status = arena_try(&arena, parse, &job, &err);
        arena_deinit(&arena);
    }
    EXPECT_INT("in the end it works", status, OK);
    record_deinit(&record);
}

TEST(too_long) {
    Buf bytes;

    begin_folder();
    buf_init(&bytes, 0);
    buf_put(&bytes, "{\"text\":\"a\"}\n{\"text\":\"");
    for (int i = 0; i < 1 << 20; i++) {
        buf_char(&bytes, 'x');
    }
    buf_put(&bytes, "\"}\n{\"text\":\"b\"}\n");
    put_file("f", buf_str(&bytes));
    expect_read("a line", path_of("f"), (ReadOptions){.max_report = 1000},
                "[a]\n! ~/f:2: longer than 1000 bytes: skipped\n[b]\n");
    buf_reset(&bytes);
    for (int i = 0; i < 1 << 20; i++) {
        buf_put(&bytes, "x ");
    }
    put_file("f", buf_str(&bytes));
    expect_read("a file", path_of("f"), (ReadOptions){.max_report = 1000},
                "! ~/f: longer than 1000 bytes: skipped\n");
    buf_deinit(&bytes);
    end_folder();
}

/* Lines longer than a block, and ends of lines at its very edge. */
TEST(blocks) {
    begin_folder();
    for (int shift = -3; shift <= 3; shift++) {
        int size = (256 << 10) + shift - (int)strlen("{\"text\":\"\"}");
        Buf bytes;

        buf_init(&bytes, 0);
        buf_put(&bytes, "{\"text\":\"");
        for (int i = 0; i < size; i++) {
            buf_char(&bytes, ' ');
        }
        buf_put(&bytes, "\"}\n{\"text\":\"b\"}\n");
        put_file("f", buf_str(&bytes));
        expect_read("edge", path_of("f"), (ReadOptions){0},
                    "! ~/f:1: text: missing or empty\n[b]\n");
        buf_deinit(&bytes);
    }
    end_folder();
}

static void put_archive(const char *name, bool zip, const char *member,
                        Str bytes) {
    struct archive *archive = archive_write_new();
    struct archive_entry *entry = archive_entry_new();

    if (zip) {
        archive_write_set_format_zip(archive);
    } else {
        archive_write_set_format_raw(archive);
        archive_write_add_filter_gzip(archive);
    }
    archive_write_open_filename(archive, path_of(name));
    archive_entry_set_pathname(entry, member);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)bytes.len);
    archive_write_header(archive, entry);
    archive_write_data(archive, bytes.ptr, bytes.len);
    archive_entry_free(entry);
    archive_write_free(archive);
}

TEST(archives) {
    begin_folder();
    put_archive("a.zip", true, "x/b.txt", str_of("Rain."));
    expect_read("zip", path_of("a.zip"), (ReadOptions){0}, "[Rain.]\n");
    put_archive("a.zip", true, "x/.hidden", str_of("Rain."));
    expect_read("hidden member", path_of("a.zip"), (ReadOptions){0}, "");
    put_archive("a.gz", false, "", str_of("{\"text\":\"a\"}\n"));
    expect_read("gzip", path_of("a.gz"), (ReadOptions){0}, "[a]\n");
    end_folder();
}

TEST(cut_gzip) {
    Buf bytes;

    begin_folder();
    buf_init(&bytes, 0);
    buf_put(&bytes, "{\"text\":\"a\"}\n{\"text\":\"");
    for (uint32_t i = 0, x = 1; i < 1 << 20;
         i++, x = x * 1664525 + 1013904223) {
        buf_char(&bytes, (char)('a' + (x >> 24) % 26));
    }
    buf_put(&bytes, "\"}\n");
    put_archive("f", false, "", buf_str(&bytes));
    EXPECT_INT("cut", truncate(path_of("f"), 300000), 0);
    expect_read("what came before is good", path_of("f"), (ReadOptions){0},
                "[a]\n! ~/f: cannot be unpacked: truncated gzip input\n");
    buf_deinit(&bytes);
    end_folder();
}

TEST(folders) {
    char link[PATH_BYTES];

    begin_folder();
    mkdir(path_of("d"), 0755);
    mkdir(path_of("d/b"), 0755);
    put_text("d/b/z.txt", "four");
    put_text("d/a.txt", "one");
    put_text("d/B.txt", "zero");
    put_text("d/.hidden", "never");
    put_text("d/b.txt", "two");
    snprintf(link, sizeof link, "%s", path_of("d"));
    EXPECT_INT("link", symlink(link, path_of("d/b/loop")), 0);
    expect_read("by name, a loop told once", path_of("d"), (ReadOptions){0},
                "[zero]\n[one]\n"
                "! ~/d/b/loop: a symbolic link in a loop: leads back to a "
                "folder that it lies in\n"
                "[four]\n[two]\n");
    expect_read("not there", path_of("nothing"), (ReadOptions){0},
                "! ~/nothing: No such file or directory\n");
    end_folder();
}

/* Root may read everything, so the test steps down for its duration. */
TEST(folder_without_permission) {
    bool root = geteuid() == 0;

    begin_folder();
    mkdir(path_of("d"), 0755);
    mkdir(path_of("d/closed"), 0755);
    put_text("d/open.txt", "Rain.");
    EXPECT_INT("open", chmod(folder_made, 0755), 0);
    EXPECT_INT("closed", chmod(path_of("d/closed"), 0), 0);
    if (!root || seteuid(65534) == 0) {
        expect_read("told, the rest goes on", path_of("d"), (ReadOptions){0},
                    "! ~/d/closed: Permission denied\n[Rain.]\n");
    }
    if (root) {
        EXPECT_INT("back", seteuid(0), 0);
    }
    chmod(path_of("d/closed"), 0755);
    end_folder();
}

static const struct {
    const char *text;
    bool is;
} date_cases[] = {
    {"2013-02-25", true},
    {"2013-02-25T14:03:00Z", true},
    {"2013-02-25T14:03:00.250+02:00", true},
    {"2013-02-25 14:03", true},
    {"2012-02-29", true},
    {"2013-02-29", false},
    {"2013-13-01", false},
    {"2013-2-5", false},
    {"25 February 2013", false},
    {"2013-02-25T", false},
    {"2013-02-25T25:00", false},
    {"2013-02-25T14:03:00ZZ", false},
    {"2013", false},
    {"", false},
};

TEST(dates) {
    for (size_t i = 0; i < COUNT(date_cases); i++) {
        EXPECT_INT(date_cases[i].text, date_is_iso(str_of(date_cases[i].text)),
                   date_cases[i].is);
    }
}

TEST(hash) {
    Report report = {.text = str_of("a"), .outlet = str_of("b")};
    Report other = {.text = str_of("ab")};
    Arena arena;

    arena_init(&arena, 0);
    EXPECT_INT("16 digits", report_hash(&arena, &report).len, 16);
    EXPECT("fields are kept apart", !str_equal(report_hash(&arena, &report),
                                               report_hash(&arena, &other)));
    arena_deinit(&arena);
}
