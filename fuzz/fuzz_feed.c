/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_feed.c - any bytes as a feed, and as a list of feeds: an error, or
 * a line of JSON an item, each an object in valid UTF-8. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "read/feed.h"
#include "read/feed_list.h"
#include "read/jsonl.h"

typedef struct Input {
    Arena arena;
    Str line;
    Status status;
    Error err;
} Input;

static void parse(void *context) {
    Input *input = context;
    Report report = {0};

    input->status =
        jsonl_fields(&input->arena, input->line, &report, &input->err);
}

static void check_lines(const Feed *feed) {
    Str lines = buf_str(&feed->lines);
    uint32_t count = 0;

    for (size_t at = 0; at < lines.len; count++) {
        size_t end = str_find(lines, str_of("\n"), at);
        Input input = {.line = str_slice(lines, at, end)};
        Error err;
        arena_init(&input.arena, 0);
        HOLDS(arena_try(&input.arena, parse, &input, &err) == OK);
        HOLDS(input.status == OK);
        arena_deinit(&input.arena);
        at = end + 1;
    }
    HOLDS(count == feed->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str bytes = {(const char *)data, size};
    Feed feed = {0};
    Buf urls = {0};
    Error err;

    if (feed_read(bytes, str_of("http://a.example/"), fuzz_lexicon(), &feed,
                  &err) == OK) {
        check_lines(&feed);
    } else {
        HOLDS(err.message[0] != '\0');
    }
    (void)feed_is_xml(bytes);
    if (feed_list_read(bytes, &urls, &err) == OK) {
        HOLDS(urls.len > 0 && urls.ptr[urls.len - 1] == '\n');
    }
    buf_deinit(&urls);
    feed_deinit(&feed);
    return 0;
}
