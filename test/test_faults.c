/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_faults.c - memory that runs out at every possible instant.
 *
 * The n-th allocation of the walk from bytes to record fails, n = 1, 2, ...,
 * until the walk comes through: each time it must end with a status, leak
 * nothing (the address sanitizer looks) and leave the arena fit for use. */
#include "test.h"

#include "base/buf.h"
#include "find/find.h"
#include "read/read.h"

static const char line[] =
    "{\"id\":\"f1\",\"published\":\"2021-03-15\",\"outlet\":\"Hill Post\","
    "\"note\":7,\"text\":\"Flood kills nine\\n\\nANSTAD (Northwire) - At least "
    "nine people were killed on Monday, Interior Minister Olav Brandt said. "
    "\\\"We have lost friends,\\\" Brandt told reporters in "
    "Anstad.\\n\\n\\\"We "
    "will build again,\\\" he said. \\\"All of it.\\\"\\n\\nSupport our work: "
    "subscribe today.\"}";

typedef struct Walk {
    Arena arena;
    RawRecord record;
    Buf out;
    Status parsed;
    Error err;
} Walk;

static void walk(void *context) {
    Walk *walk = context;
    Arena *arena = &walk->arena;
    Report report;
    Analysis analysis;

    walk->parsed = report_parse(arena, &walk->record, (ReadOptions){0}, &report,
                                &walk->err);
    if (walk->parsed == OK) {
        find_all(arena, test_knowledge(), &report,
                 (FindOptions){.clean = true, .find = true}, &analysis);
        record_write(&analysis, true, &walk->out);
    }
}

static void walk_init(Walk *walk) {
    *walk = (Walk){0};
    buf_init(&walk->record.bytes, 0);
    buf_push(&walk->record.bytes, str_of(line));
    buf_init(&walk->record.path, 0);
    buf_push(&walk->record.path, (Str){"f.jsonl", sizeof "f.jsonl"});
    walk->record.line = 1;
    walk->record.format = FORMAT_JSONL;
    buf_init(&walk->out, 0);
    arena_init(&walk->arena, 0);
}

static void walk_deinit(Walk *walk) {
    arena_deinit(&walk->arena);
    buf_deinit(&walk->out);
    buf_deinit(&walk->record.path);
    buf_deinit(&walk->record.bytes);
}

/* One walk after `prepare` has armed the arena. */
static Status run(Walk *w) {
    Error err;

    arena_reset(&w->arena);
    w->arena.count = 0;
    buf_reset(&w->out);
    return arena_try(&w->arena, walk, w, &err);
}

TEST(every_allocation_fails_once) {
    Status status = ERR_NOMEM;
    uint64_t n;
    Walk w;

    walk_init(&w);
    for (n = 1; status != OK && n < 100000; n++) {
        w.arena.fail_at = n;
        status = run(&w);
        EXPECT("a failed allocation is ERR_NOMEM",
               status == OK || status == ERR_NOMEM);
    }
    EXPECT("the walk comes through in the end", status == OK);
    EXPECT("there was something to fail", n > 10);
    EXPECT_OK("the record was read", w.parsed, w.err);
    EXPECT("a record was written", w.out.len > 100);
    walk_deinit(&w);
}

TEST(every_limit_is_kept) {
    Status status = ERR_LIMIT;
    size_t limit;
    Walk w;

    walk_init(&w);
    for (limit = 1 << 10; status != OK && limit < 64 << 20; limit *= 2) {
        w.arena.limit = limit;
        status = run(&w);
        EXPECT("past the limit is ERR_LIMIT",
               status == OK || status == ERR_LIMIT);
        EXPECT("no more was given out", w.arena.used <= limit);
    }
    EXPECT("the walk fits into some limit", status == OK);
    EXPECT("not into the first", limit > 2 << 10);
    walk_deinit(&w);
}
