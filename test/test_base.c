/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_base.c - strings, UTF-8, JSON, maps, arenas, buffers, the pool,
 * and what a damaged lexicon does. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/chain.h"
#include "base/data.h"
#include "base/file.h"
#include "base/json.h"
#include "base/lexicon.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/utf8.h"

/* For calls that allocate, without arena_try(): here memory does not end. */
static Arena *test_arena(void) {
    static Arena arena;

    return &arena;
}

TEST(str) {
    static const struct {
        const char *name, *text, *needle;
        size_t from, want, want_fold;
    } finds[] = {
        {"at the start", "abcabc", "abc", 0, 0, 0},
        {"from on", "abcabc", "abc", 1, 3, 3},
        {"not there", "abcabc", "abd", 0, 6, 6},
        {"another case", "aBCabc", "bc", 0, 4, 1},
        {"longer than the text", "ab", "abc", 0, 2, 2},
        {"from past the end", "ab", "a", 9, 2, 2},
    };
    Str list_items[] = {{"a", 1}, {"bc", 2}};
    StrList list = {.items = list_items, .count = 2, .capacity = 2};

    for (size_t i = 0; i < COUNT(finds); i++) {
        Str text = str_of(finds[i].text), needle = str_of(finds[i].needle);
        EXPECT_INT(finds[i].name, str_find(text, needle, finds[i].from),
                   finds[i].want);
        EXPECT_INT(finds[i].name, str_find_fold(text, needle, finds[i].from),
                   finds[i].want_fold);
    }
    EXPECT("equal", str_is(str_of("abc"), "abc"));
    EXPECT("not equal", !str_is(str_of("abc"), "ab"));
    EXPECT("empty is empty", str_equal((Str){0}, str_of("")));
    EXPECT("fold", str_equal_fold(str_of("aBc"), str_of("AbC")));
    EXPECT("order", str_compare(str_of("ab"), str_of("abc")) < 0);
    EXPECT("order of bytes", str_compare(str_of("b"), str_of("abc")) > 0);
    EXPECT("starts", str_starts(str_of("abc"), str_of("ab")));
    EXPECT("ends", str_ends(str_of("abc"), str_of("bc")));
    EXPECT("does not end", !str_ends(str_of("c"), str_of("bc")));
    EXPECT_STR("trim", str_trim(str_of(" \t a b\n")), "a b");
    EXPECT_STR("trim to nothing", str_trim(str_of(" \n ")), "");
    EXPECT("in a list", str_list_has(&list, str_of("bc")));
    EXPECT("not in a list", !str_list_has(&list, str_of("b")));
    EXPECT_STR("join", str_join(test_arena(), str_of("ab"), str_of("c")),
               "abc");
    EXPECT_STR("lower", str_lower(test_arena(), str_of("AbÇ")), "abÇ");
    EXPECT_STR("format", str_format(test_arena(), "%d-%s", 7, "x"), "7-x");
}

TEST(span) {
    static const struct {
        const char *name, *text;
        Span want;
    } cases[] = {
        {"nothing to trim", "ab", {0, 2}},
        {"spaces", "  ab ", {2, 4}},
        {"no-break spaces", "\u00a0ab\u00a0 \n", {2, 4}},
        {"only spaces", " \u00a0 ", {4, 4}},
        {"a letter that ends like one", "\u0120", {0, 2}},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Str text = str_of(cases[i].text);
        Span got = span_trim(text, (Span){0, (uint32_t)text.len});
        EXPECT_INT(cases[i].name, got.begin, cases[i].want.begin);
        EXPECT_INT(cases[i].name, got.end, cases[i].want.end);
    }
    EXPECT_INT("overlap", span_overlap((Span){1, 5}, (Span){3, 9}), 2);
    EXPECT_INT("side by side", span_overlap((Span){1, 3}, (Span){3, 9}), 0);
    EXPECT("holds", span_holds((Span){1, 5}, (Span){1, 5}));
    EXPECT("does not hold", !span_holds((Span){1, 5}, (Span){0, 2}));
}

TEST(utf8_invalid) {
    static const struct {
        const char *name, *text;
        size_t want; /* the first bad byte; the length: none */
    } cases[] = {
        {"empty", "", 0},
        {"ASCII", "plain text, long", 16},
        {"two, three, four bytes", "é中😀", 9},
        {"a lone byte that goes on", "ab\x80", 2},
        {"cut off", "ab\xe4\xb8", 2},
        {"cut off by ASCII",
         "\xe4\xb8"
         "ab",
         0},
        {"overlong slash", "\xc0\xaf", 0},
        {"overlong, three bytes", "\xe0\x80\xaf", 0},
        {"surrogate", "\xed\xa0\x80", 0},
        {"last character", "\xf4\x8f\xbf\xbf", 4},
        {"past the last", "\xf4\x90\x80\x80", 0},
        {"late in ASCII", "0123456789\xff", 10},
        {"U+FFFD itself is valid", "\xef\xbf\xbd", 3},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        EXPECT_INT(cases[i].name, utf8_invalid(str_of(cases[i].text)),
                   cases[i].want);
    }
    EXPECT_INT("back over one", utf8_back(str_of("a中"), 4), 1);
    EXPECT_INT("back over a bad byte", utf8_back(str_of("\x80\x80"), 2), 1);
}

TEST(utf8_fold) {
    static const struct {
        const char *name, *text, *fold, *plain;
    } cases[] = {
        {"empty", "", "", ""},
        {"as it is", "rain fell", "rain fell", "rain fell"},
        {"case", "Rain FELL", "rain fell", "rain fell"},
        {"typographic apostrophe", "Don\u2019t", "don't", "don\u2019t"},
        {"no-break space", "a\u00a0B", "a b", "a b"},
        {"diacritics", "MÜLLER Ångström", "müller ångström", "muller angstrom"},
        {"Greek", "ΣΟΦΊΑ", "σοφία", "σοφια"},
        {"grows by a byte", "\u023a", "\u2c65", "\u2c65"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Str text = str_of(cases[i].text), want = str_of(cases[i].fold);
        EXPECT_STR(cases[i].name, utf8_fold(test_arena(), text), cases[i].fold);
        EXPECT_STR(cases[i].name, utf8_plain(test_arena(), text),
                   cases[i].plain);
        EXPECT(cases[i].name, utf8_fold_equal(text, want));
        EXPECT(cases[i].name,
               utf8_fold_hash(HASH_SEED, text) == hash_str(want));
    }
    EXPECT("longer is not equal", !utf8_fold_equal(str_of("A"), str_of("ab")));
    EXPECT("shorter neither", !utf8_fold_equal(str_of("AB"), str_of("a")));
    EXPECT_STR("bad bytes stay",
               utf8_fold(test_arena(), str_of("A\xff"
                                              "B")),
               "a\xff"
               "b");
    EXPECT_STR("and are not plain",
               utf8_plain(test_arena(), str_of("A\xff"
                                               "B")),
               "a\xff"
               "b");
}

TEST(json) {
    Str wild = {"a\"\\/\b\t\n\f\r\0\x1f\x7fé", 14};
    Buf out;
    Json json;

    buf_init(&out, 0);
    json = json_to(&out);
    json_open(&json, '{');
    json_key_str(&json, "wild", wild);
    json_key_int(&json, "least", INT64_MIN);
    json_key_bool(&json, "yes", true);
    json_key_str_or_null(&json, "none", (Str){0});
    json_key_span(&json, "span", (Span){1, 2});
    json_key(&json, "list");
    json_open(&json, '[');
    json_open(&json, '[');
    json_close(&json, ']');
    json_number(&json, 0.125, 2);
    json_number(&json, -1.999, 2);
    json_number(&json, -0.001, 2);
    json_number(&json, 1.0 / 0.0, 1);
    json_close(&json, ']');
    json_key(&json, "raw"), json_raw(&json, str_of("{}"));
    json_close(&json, '}');
    EXPECT_STR("all of it", buf_str(&out),
               "{\"wild\":\"a\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\x7fé\","
               "\"least\":-9223372036854775808,\"yes\":true,\"none\":null,"
               "\"span\":[1,2],\"list\":[[],0.13,-2.00,0.00,0.0],\"raw\":{}}");
    buf_deinit(&out);
}

TEST(buf) {
    Error err;
    Buf buf;

    buf_init(&buf, 8);
    buf_put(&buf, "abcd");
    buf_format(&buf, "%d", 1234);
    EXPECT_STR("up to the limit", buf_str(&buf), "abcd1234");
    EXPECT_INT("no error so far", buf_check(&buf, &err), OK);
    buf_char(&buf, 'x');
    EXPECT_INT("past the limit", buf_check(&buf, &err), ERR_LIMIT);
    buf_reset(&buf);
    buf_put(&buf, "123456789");
    buf_put(&buf, "1");
    EXPECT_STR("the error is sticky", buf_str(&buf), "");
    buf_reset(&buf);
    buf_put(&buf, "again");
    EXPECT_STR("reset clears it", buf_str(&buf), "again");
    buf_deinit(&buf);
}

TEST(map) {
    enum { KEYS = 5000 };
    bool is_new;
    Map map;

    map_init(&map, test_arena(), 0);
    EXPECT("empty", !map_find(&map, 0));
    for (uint32_t i = 0; i < KEYS; i++) {
        /* Keys that differ in their high bits only, and the key 0. */
        map_put(&map, (uint64_t)i << 40, i, &is_new);
        EXPECT("new", is_new);
    }
    EXPECT_INT("count", map.count, KEYS);
    for (uint32_t i = 0; i < KEYS; i++) {
        uint32_t *value = map_find(&map, (uint64_t)i << 40);
        EXPECT("found after growth", value && *value == i);
    }
    *map_put(&map, 0, 9, &is_new) += 5;
    EXPECT("known", !is_new);
    EXPECT_INT("kept its value", *map_find(&map, 0), 5);
    EXPECT("another", !map_find(&map, 1));
}

/* Many allocations of many sizes, each filled. */
static void allocate(void *context) {
    Arena *arena = context;

    for (size_t size = 0; size < 3000; size++) {
        unsigned char *bytes = arena_alloc(arena, size);
        memset(bytes, 0xab, size);
        EXPECT("aligned", (uintptr_t)bytes % 8 == 0);
    }
}

static void allocate_all(void *context) {
    volatile size_t size = SIZE_MAX - 40; /* the compiler would object */

    arena_alloc(context, size);
}

TEST(arena) {
    Arena arena;
    Error err;
    uint64_t count;

    arena_init(&arena, 0);
    EXPECT_OK("no limit", arena_try(&arena, allocate, &arena, &err), err);
    EXPECT_INT("more than there is",
               arena_try(&arena, allocate_all, &arena, &err), ERR_NOMEM);
    arena_deinit(&arena);

    arena_init(&arena, 1 << 20);
    EXPECT_INT("a megabyte", arena_try(&arena, allocate, &arena, &err),
               ERR_LIMIT);
    EXPECT("the message names it", strstr(err.message, "1 MB"));
    EXPECT("within the limit", arena.used <= 1 << 20);
    arena_reset(&arena);
    EXPECT_INT("as if new", arena.used, 0);
    EXPECT_INT("again", arena_try(&arena, allocate, &arena, &err), ERR_LIMIT);
    count = arena.count;
    arena_deinit(&arena);
    EXPECT("tried some", count > 1000);
}

TEST(arena_fail_at) {
    Arena arena;
    Error err;

    for (uint64_t n = 1; n <= 3001; n += 300) {
        arena_init(&arena, 0);
        arena.fail_at = n;
        EXPECT_INT("fails at the n-th",
                   arena_try(&arena, allocate, &arena, &err),
                   n <= 3000 ? ERR_NOMEM : OK);
        EXPECT_INT("and not before", arena.count, n <= 3000 ? n : 3000);
        arena_deinit(&arena);
    }
}

enum { PIECES = 2000 };

/* Squares numbers; `order` tells whether they came out as they went in. */
typedef struct Squares {
    uint32_t pulled, emitted, stop_at;
    bool in_order;
    int slots;
} Squares;

static void *squares_new(void *context) {
    Squares *squares = context;

    squares->slots++;
    return calloc(1, sizeof(uint64_t));
}

static void squares_free(void *context, void *slot) {
    Squares *squares = context;

    squares->slots--;
    free(slot);
}

static bool squares_pull(void *context, void *slot) {
    Squares *squares = context;

    *(uint64_t *)slot = squares->pulled;
    return squares->pulled < PIECES ? squares->pulled++, true : false;
}

static void squares_work(void *context, void *slot) {
    uint64_t number = *(uint64_t *)slot, rounds = (number * 7919) % 500;
    volatile uint64_t idle = 0;

    (void)context;
    while (rounds--) { /* so that pieces overtake one another */
        idle += rounds;
    }
    (void)idle;
    *(uint64_t *)slot = number * number;
}

static bool squares_emit(void *context, void *slot) {
    Squares *squares = context;
    uint64_t number = squares->emitted++;

    squares->in_order &= *(uint64_t *)slot == number * number;
    return squares->emitted != squares->stop_at;
}

TEST(pool) {
    static const struct {
        const char *name;
        unsigned jobs;
        uint32_t stop_at, want;
    } cases[] = {
        {"one thread", 1, 0, PIECES},
        {"two threads", 2, 0, PIECES},
        {"eight threads", 8, 0, PIECES},
        {"as many as there are", 0, 0, PIECES},
        {"stopped, one thread", 1, 100, 100},
        {"stopped, eight threads", 8, 100, 100},
        {"stopped at once", 8, 1, 1},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Squares squares = {.in_order = true, .stop_at = cases[i].stop_at};
        PoolTask task = {&squares,     squares_new,  squares_free,
                         squares_pull, squares_work, squares_emit};
        Error err;
        EXPECT_OK(cases[i].name, pool_run(&task, cases[i].jobs, &err), err);
        EXPECT_INT(cases[i].name, squares.emitted, cases[i].want);
        EXPECT(cases[i].name, squares.in_order);
        EXPECT_INT(cases[i].name, squares.slots, 0);
    }
}

TEST(lexicon) {
    const Lexicon *lexicon = test_lexicon();
    LexRow row = lexicon_find(lexicon, LEX_COUNTRY, str_of("Syria"));
    const LexWord *word;

    if (EXPECT("a country", row.lexicon != NULL)) {
        EXPECT_STR("its code", lex_cell(row, LEX_COUNTRY_CODE), "SYR");
        EXPECT_INT("no number", lex_number(row, LEX_COUNTRY_CODE, 7), 0);
    }
    EXPECT("no country",
           !lexicon_has(lexicon, LEX_COUNTRY, str_of("Atlantis")));
    word = lexicon_word(lexicon, hash_str(str_of("south")));
    if (EXPECT("opens a longer key", word != NULL)) {
        EXPECT("of a country", word->opens >> LEX_COUNTRY & 1);
        EXPECT("of two words", word->longest >= 2);
    }
    EXPECT("no key for the empty word",
           !lexicon_word(lexicon, hash_str((Str){0})));
}

/* Write `bytes` to a file and open it as a lexicon. */
static Status open_bytes(Str bytes, Error *err) {
    char path[] = "/tmp/dateline-lexicon-XXXXXX";
    Lexicon *lexicon = NULL;
    int file = mkstemp(path);
    Status status;

    EXPECT("a temporary file",
           file >= 0 && write(file, bytes.ptr, bytes.len) >= 0);
    close(file);
    status = lexicon_open(path, &lexicon, err);
    EXPECT("nothing is opened on failure", (status == OK) == (lexicon != NULL));
    lexicon_close(lexicon);
    unlink(path);
    return status;
}

TEST(lexicon_damage) {
    static const struct {
        const char *name;
        size_t at, cut; /* the byte that is turned over; the bytes kept */
        const char *message;
    } cases[] = {
        {"magic", 0, 0, "is no lexicon"},
        {"format", 8, 0, "another version"},
        {"kinds", 12, 0, "another version"},
        {"checksum", 16, 0, "checksum"},
        {"schema", 24, 0, "another version"},
        {"words", 32, 0, "damaged"},
        {"size", 52, 0, "damaged"},
        {"a table", 57, 0, "checksum"},
        {"a late byte", 5000, 0, "checksum"},
        {"empty", 0, 1, "is no lexicon"},
        {"the header only", 0, 57, "damaged"},
        {"cut in the middle", 0, 5000, "damaged"},
    };
    Error err = {0};
    FileMap map;
    Buf path;

    buf_init(&path, 0);
    EXPECT_OK("find", data_find("en.lexicon", &path, &err), err);
    EXPECT_OK("map", file_map(path.ptr, &map, &err), err);
    EXPECT_OK("as it is", open_bytes(map.bytes, &err), err);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *copy = malloc(map.bytes.len);
        size_t len = cases[i].cut ? cases[i].cut - 1 : map.bytes.len;
        memcpy(copy, map.bytes.ptr, map.bytes.len);
        copy[cases[i].at] ^= (char)(cases[i].cut ? 0 : 0x55);
        EXPECT_INT(cases[i].name, open_bytes((Str){copy, len}, &err), ERR_DATA);
        test_expect(strstr(err.message, cases[i].message), __FILE__, __LINE__,
                    cases[i].name, "got \"%s\"", err.message);
        free(copy);
    }
    EXPECT_INT("no such file", lexicon_open("/nowhere", NULL, &err), ERR_IO);
    EXPECT_INT("a folder", lexicon_open("/", NULL, &err), ERR_IO);
    file_unmap(&map);
    buf_deinit(&path);
}

TEST(status) {
    Error err;

    EXPECT_INT("fail", fail(&err, ERR_INPUT, "line %d", 7), ERR_INPUT);
    EXPECT_INT("in", fail_in(&err, "a.jsonl"), ERR_INPUT);
    EXPECT_STR("message", str_of(err.message), "a.jsonl: line 7");
    EXPECT_INT("no error wanted", fail(NULL, ERR_IO, "x"), ERR_IO);
    for (Status status = OK; status < STATUS_COUNT; status++) {
        EXPECT("has a name", *status_name(status));
    }
}

/* Two labels, one bit of rows: row 0 likes to begin a span, row 1 to end it. */
static const int8_t chain_rows[8] = {0, 9, -4, 2, 3, -9, 5, -5};
static const ChainStates plain_states = {.labels = 2,
                                         .count = 2,
                                         .label = {0, 1},
                                         .from = {3, 3},
                                         .first = 3,
                                         .last = 3};
/* One span at most: nothing, the span, nothing more. */
static const ChainStates single_span = {.labels = 2,
                                        .count = 3,
                                        .label = {0, 1, 0},
                                        .from = {1, 3, 6},
                                        .first = 3,
                                        .last = 7};

TEST(chain_best) {
    static const struct {
        const char *name, *labels;
        const ChainStates *states;
        int32_t pairs[4][4]; /* 00 01 10 11 of each unit */
    } cases[] = {
        {"two spans",
         "0101",
         &plain_states,
         {{0, -1, 0, 0}, {0, 5, 0, 0}, {0, 0, 3, 0}, {0, 4, 0, 0}}},
        {"one span at most: the better",
         "0100",
         &single_span,
         {{0, -1, 0, 0}, {0, 5, 0, 0}, {0, 0, 3, 0}, {0, 4, 0, 0}}},
        {"none is best",
         "0000",
         &plain_states,
         {{0, -1, 0, 0}, {0, -5, 0, 0}, {0, -2, 0, 0}, {0, -4, 0, 0}}},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        uint8_t back[4 * CHAIN_STATES_MAX], best[4];
        char got[5] = {0};
        chain_best(cases[i].states, cases[i].pairs[0], 4, back, best);
        for (int k = 0; k < 4; k++) {
            got[k] = (char)('0' + best[k]);
        }
        EXPECT_STR(cases[i].name, str_of(got), cases[i].labels);
    }
}

/* Write a small chain, change a byte, open it. */
static Status chain_reopen(size_t at, size_t cut, Error *err) {
    char path[] = "/tmp/dateline-chain-XXXXXX";
    Chain chain = {.labels = 2, .bits = 1, .rows = chain_rows};
    ChainFile *file = NULL;
    FileMap map;
    int made = mkstemp(path);
    Status status;
    char copy[256];

    EXPECT("a temporary file", made >= 0);
    EXPECT_OK("write", chain_write(path, &chain, 1, err), *err);
    EXPECT_OK("map", file_map(path, &map, err), *err);
    if (EXPECT("small", map.bytes.len < sizeof copy)) {
        size_t len = map.bytes.len - cut;
        memcpy(copy, map.bytes.ptr, map.bytes.len);
        file_unmap(&map);
        copy[at ? at - 1 : 0] ^= (char)(at ? 0x55 : 0);
        EXPECT_OK("put", file_replace(path, (Str){copy, len}, err), *err);
    }
    status = chain_open(path, &file, err);
    EXPECT("nothing is opened on failure", (status == OK) == (file != NULL));
    if (file) {
        const Chain *read = chain_at(file, 0);
        int32_t pairs[4] = {0};
        uint64_t hash = 1;
        EXPECT_INT("chains", chain_count(file), 1);
        EXPECT_INT("labels", read->labels, 2);
        chain_add(read, &hash, 1, pairs);
        EXPECT_INT("a weight", pairs[1],
                   chain_rows[chain_row(hash, 1) ? 5 : 1]);
    }
    chain_close(file);
    close(made);
    unlink(path);
    return status;
}

TEST(chain_file) {
    static const struct {
        const char *name;
        size_t at, cut; /* 1 + the byte that is turned over; bytes cut off */
        const char *message;
    } cases[] = {
        {"magic", 1, 0, "is no file of chains"},
        {"format", 9, 0, "another version"},
        {"checksum", 17, 0, "checksum"},
        {"labels", 25, 0, "damaged"},
        {"bits", 29, 0, "damaged"},
        {"a weight", 58, 0, "checksum"},
        {"cut", 0, 3, "cut off"},
    };
    Error err = {0};

    EXPECT_OK("as it is", chain_reopen(0, 0, &err), err);
    for (size_t i = 0; i < COUNT(cases); i++) {
        EXPECT_INT(cases[i].name, chain_reopen(cases[i].at, cases[i].cut, &err),
                   ERR_DATA);
        test_expect(strstr(err.message, cases[i].message), __FILE__, __LINE__,
                    cases[i].name, "got \"%s\"", err.message);
    }
}
