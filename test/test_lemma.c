/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_lemma.c - lemmas, names over a whole report, CoNLL-U; and files of
 * lemmas that are damaged. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/data.h"
#include "base/file.h"
#include "tag/conllu.h"
#include "tag/lemma.h"
#include "tag/name_tagger.h"

typedef struct Reading {
    Arena arena;
    Clean clean;
    Block block;
    Text text;
    Tags tags;
} Reading;

static void read_it(void *context) {
    Reading *reading = context;

    text_read(&reading->arena, test_lexicon(), &reading->clean, str_of("en"),
              &reading->text);
    reading->tags.count = reading->text.token_count;
    reading->tags.words =
        arena_zero(&reading->arena,
                   (reading->tags.count + 1) * sizeof *reading->tags.words);
}

/* The words of `text`, all of whose tags are zero. */
static void read_words(Reading *reading, const char *text) {
    Error err = {0};

    memset(reading, 0, sizeof *reading);
    reading->clean.text = str_of(text);
    reading->block =
        (Block){.span = {0, (uint32_t)strlen(text)}, .kind = BLOCK_PARAGRAPH};
    reading->clean.blocks = &reading->block;
    reading->clean.block_count = 1;
    arena_init(&reading->arena, 0);
    EXPECT_OK(text, arena_try(&reading->arena, read_it, reading, &err), err);
}

/* ------------------------------------------------------------------ lemmas */

static const Lemmas *lemmas_of_project(void) {
    static Lemmas *lemmas;
    Error err;

    if (!lemmas && lemmas_open_in(NULL, &lemmas, &err) != OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    return lemmas;
}

TEST(lemma) {
    /* The last word of `text` is asked for. */
    static const struct {
        const char *text;
        Xpos xpos;
        const char *want;
    } cases[] = {
        {"She went", XPOS_VBD, "go"},
        {"They sailed", XPOS_VBD, "sail"},
        {"They ferried", XPOS_VBD, "ferry"},
        {"They were towing", XPOS_VBG, "tow"},
        {"They are tying", XPOS_VBG, "tie"},
        {"It was taken", XPOS_VBN, "take"},
        {"it 's", XPOS_VBZ, "be"},
        {"They do n't", XPOS_RB, "not"},
        {"They won't", XPOS_RB, "not"},
        {"We", XPOS_PRP, "we"},
        {"with us", XPOS_PRP, "we"},
        {"and I", XPOS_PRP, "I"},
        {"Ferries", XPOS_NNS, "ferry"},
        {"two women", XPOS_NNS, "woman"},
        {"the churches", XPOS_NNS, "church"},
        {"BRIDGES", XPOS_NNS, "bridge"},
        {"two Syrians", XPOS_NNS, "Syrian"},
        {"a Syrian", XPOS_JJ, "Syrian"},
        {"a larger", XPOS_JJR, "large"},
        {"the best", XPOS_JJS, "good"},
        {"in Ostrel", XPOS_NNP, "Ostrel"},
        {"the Hills", XPOS_NNPS, "Hill"},
        {"the Øst", XPOS_NNP, "Øst"},
        {"70,000", XPOS_CD, "70000"},
        {"2.5", XPOS_CD, "2.5"},
        {"left.", XPOS_PERIOD, "."},
        {"", XPOS_NN, ""},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Reading reading;
        uint32_t last;
        read_words(&reading, cases[i].text);
        last = reading.tags.count ? reading.tags.count - 1 : 0;
        reading.tags.words[last].xpos = (uint8_t)cases[i].xpos;
        lemmas_read(&reading.arena, lemmas_of_project(), &reading.text,
                    &reading.tags);
        EXPECT_STR(cases[i].text, reading.tags.words[last].lemma,
                   cases[i].want);
        arena_deinit(&reading.arena);
    }
}

TEST(lemma_of_a_long_word) {
    char text[301];
    Reading reading;

    memset(text, 'S', sizeof text);
    text[300] = '\0';
    read_words(&reading, text);
    lemmas_read(&reading.arena, lemmas_of_project(), &reading.text,
                &reading.tags);
    EXPECT_INT("is itself", reading.tags.words[0].lemma.len, 300);
    arena_deinit(&reading.arena);
}

TEST(lemma_without_a_file) {
    Reading reading;

    read_words(&reading, "Ferries left");
    lemmas_read(&reading.arena, NULL, &reading.text, &reading.tags);
    EXPECT_STR("the form", reading.tags.words[0].lemma, "Ferries");
    arena_deinit(&reading.arena);
}

/* Write the project's file, cut to `len` bytes and with the byte at `at`
 * turned over, and open that. */
static Status open_damaged(size_t len, size_t at, Error *err) {
    char path[] = "/tmp/lemmasXXXXXX", *bytes;
    Lemmas *lemmas = NULL;
    FileMap map;
    Status status;
    Buf found;
    int file = mkstemp(path);

    buf_init(&found, 0);
    if (file < 0 || data_find("en.lemmas", &found, err) != OK ||
        file_map(found.ptr, &map, err) != OK) {
        return ERR_IO;
    }
    bytes = malloc(map.bytes.len);
    memcpy(bytes, map.bytes.ptr, map.bytes.len);
    bytes[at] = (char)~bytes[at];
    len = len < map.bytes.len ? len : map.bytes.len;
    status = write(file, bytes, len) == (ssize_t)len
                 ? lemmas_open(path, &lemmas, err)
                 : ERR_IO;
    lemmas_close(lemmas);
    free(bytes);
    file_unmap(&map);
    buf_deinit(&found);
    close(file);
    unlink(path);
    return status;
}

TEST(damaged_lemmas) {
    static const struct {
        const char *name;
        size_t len, at;
    } cases[] = {
        {"empty but for one byte", 1, 0}, {"magic", SIZE_MAX, 0},
        {"format", SIZE_MAX, 8},          {"size", SIZE_MAX, 12},
        {"slots", SIZE_MAX, 24},          {"body", SIZE_MAX, 5000},
        {"cut off", 5000, 4000},          {"header alone", 40, 30},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Error err = {0};
        EXPECT_INT(cases[i].name, open_damaged(cases[i].len, cases[i].at, &err),
                   ERR_DATA);
        EXPECT(cases[i].name, strstr(err.message, "/tmp/lemmas") != NULL);
    }
}

/* ------------------------------------------------------------------- names */

/* Scores for the words of a text: those given, 5 for no name else. */
typedef struct Score {
    uint32_t token, label;
    float score;
} Score;

#define BEGIN(type) (1 + 2 * (type))
#define INSIDE(type) (2 + 2 * (type))

static void name_words(Reading *reading, const Score *given, size_t count) {
    float scores[64][NAME_LABEL_COUNT] = {{0}};
    NameTagger names;

    for (uint32_t i = 0; i < reading->tags.count; i++) {
        scores[i][NAME_OUTSIDE] = 5;
    }
    for (size_t i = 0; i < count && given[i].score != 0; i++) {
        scores[given[i].token][given[i].label] = given[i].score;
    }
    name_tagger_init(&names, &reading->arena, &reading->text, &reading->tags);
    name_tagger_make_room(&names, reading->tags.count);
    for (uint32_t i = 0; i < reading->tags.count; i++) {
        name_tagger_push(&names, scores[i]);
    }
    name_tagger_settle(&names);
}

/* "PER:Sean Brown|" for each name. */
static Str show_names(Reading *reading) {
    static const char *const types[] = {"PER",  "ORG",   "LOC", "GPE",
                                        "NORP", "EVENT", "MISC"};
    Str shown = {0};

    for (uint32_t i = 0, end; i < reading->tags.count; i = end) {
        uint32_t label = reading->tags.words[i].name;
        Str name;
        end = i + 1;
        if (label == NAME_OUTSIDE) {
            continue;
        }
        while (end < reading->tags.count &&
               reading->tags.words[end].name == label + 1) {
            end++;
        }
        name = str_at(reading->text.bytes, tokens_span(&reading->text, i, end));
        shown = str_join(&reading->arena, shown,
                         str_format(&reading->arena, "%s:%.*s|",
                                    types[(label - 1) / 2], (int)name.len,
                                    name.ptr));
    }
    return shown;
}

TEST(naming) {
    static const struct {
        const char *name, *text;
        Score scores[8];
        const char *want;
    } cases[] = {
        {"none", "Rain fell", {{0}}, ""},
        {"one", "Brown left", {{0, BEGIN(NAME_PER), 6}}, "PER:Brown|"},
        {"of two words",
         "Sean Brown left",
         {{0, BEGIN(NAME_PER), 9}, {1, INSIDE(NAME_PER), 9}},
         "PER:Sean Brown|"},
        {"a surname alone is who was named in full",
         "Sean Brown left . Brown slept",
         {{0, BEGIN(NAME_PER), 9},
          {1, INSIDE(NAME_PER), 9},
          {4, BEGIN(NAME_LOC), 6.5F},
          {4, BEGIN(NAME_PER), 5.5F}},
         "PER:Sean Brown|PER:Brown|"},
        {"capitals follow the body",
         "OSTREL falls . They left Ostrel",
         {{0, BEGIN(NAME_ORG), 6}, {5, BEGIN(NAME_LOC), 14}},
         "LOC:OSTREL|LOC:Ostrel|"},
        {"a small letter is another word",
         "Brown left a brown house",
         {{0, BEGIN(NAME_PER), 12}},
         "PER:Brown|"},
        {"one name seldom follows another",
         "Sean Brown left",
         {{0, BEGIN(NAME_PER), 9},
          {1, BEGIN(NAME_PER), 9},
          {1, INSIDE(NAME_PER), 8}},
         "PER:Sean Brown|"},
        {"but it may",
         "Ostrel Sean left",
         {{0, BEGIN(NAME_LOC), 12}, {1, BEGIN(NAME_PER), 12}},
         "LOC:Ostrel|PER:Sean|"},
        {"an inside has a begin",
         "Brown left",
         {{0, INSIDE(NAME_PER), 12}, {0, BEGIN(NAME_PER), 1}},
         ""},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Reading reading;
        read_words(&reading, cases[i].text);
        name_words(&reading, cases[i].scores, COUNT(cases[i].scores));
        EXPECT_STR(cases[i].name, show_names(&reading), cases[i].want);
        arena_deinit(&reading.arena);
    }
}

/* ----------------------------------------------------------------- CoNLL-U */

TEST(conllu) {
    static const char want[] =
        "# newdoc id = a_b\n"
        "# newpar\n"
        "# sent_id = a_b-0001\n"
        "# text = Brown's men don't.\n"
        "1-2\tBrown's\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "1\tBrown\tBrown\tADJ\tADD\t_\t0\tacl\t_\tNER=B-PER\n"
        "2\t's\t's\tADJ\tADD\t_\t1\tacl\t_\t_\n"
        "3\tmen\tmen\tADJ\tADD\t_\t1\tacl\t_\t_\n"
        "4-5\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
        "4\tdo\tdo\tADJ\tADD\t_\t1\tacl\t_\t_\n"
        "5\tn't\tn't\tADJ\tADD\t_\t1\tacl\t_\t_\n"
        "6\t.\t.\tADJ\tADD\t_\t1\tacl\t_\t_\n"
        "\n";
    Tags none = {0};
    Reading reading;
    Buf out;

    read_words(&reading, "Brown's\n men  don't.");
    lemmas_read(&reading.arena, NULL, &reading.text, &reading.tags);
    reading.tags.words[0].head = TAG_ROOT;
    reading.tags.words[0].name = BEGIN(NAME_PER);
    buf_init(&out, 0);
    conllu_write(str_of("a b"), &reading.text, &reading.tags, &out);
    EXPECT_STR("tagged", buf_str(&out), want);
    buf_reset(&out);
    conllu_write(str_of("a b"), &reading.text, &none, &out);
    EXPECT("without tags",
           str_find(buf_str(&out), str_of("\n6\t.\t_\t_\t_\t_\t_\t_\t_\t_\n"),
                    0) < out.len);
    buf_deinit(&out);
    arena_deinit(&reading.arena);
}
