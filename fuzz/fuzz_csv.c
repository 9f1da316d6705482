/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_csv.c - any bytes as a table; and any text, written into a cell as
 * RFC 4180 says, is read out of it again.
 *
 * The first byte chooses which of the two, and the delimiter. */
#include "input.h"

#include <string.h>

typedef struct Input {
    Arena arena;
    const uint8_t *data;
    size_t size;
    Str text;
} Input;

static void make_text(void *context) {
    Input *input = context;

    input->text = fuzz_text(&input->arena, input->data, input->size);
}

static void check_cell(Str text, char delimiter) {
    FuzzRead result = {0};
    Buf table = {0};
    Str trimmed = str_trim(text);

    buf_format(&table, "id%ctext\nx%c\"", delimiter, delimiter);
    for (size_t i = 0; i < text.len; i++) {
        buf_char(&table, text.ptr[i]);
        if (text.ptr[i] == '"') {
            buf_char(&table, '"');
        }
    }
    buf_put(&table, "\"\n");
    fuzz_read_file(buf_str(&table), (Str){0}, &result);
    HOLDS(result.reports + result.errors == 1);
    HOLDS(result.reports == 0 || str_equal(buf_str(&result.text), text));
    HOLDS(result.reports == 1 || trimmed.len < 5);
    buf_deinit(&table);
    buf_deinit(&result.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const heads[] = {"id,text,url\n", "id;text;published\n",
                                        "title\ttext\n", "sep=|\nid|text\n"};
    static const char delimiters[] = ",;\t|";
    Input input = {.data = data + 1, .size = size ? size - 1 : 0};
    FuzzRead result = {0};
    Error err;

    if (size == 0) {
        return 0;
    }
    fuzz_read_file(str_of(heads[data[0] % 4]),
                   (Str){(const char *)input.data, input.size}, &result);
    buf_deinit(&result.text);
    arena_init(&input.arena, 0);
    HOLDS(arena_try(&input.arena, make_text, &input, &err) == OK);
    /* A backslash before a quote is another dialect's way to write one. */
    if (!memchr(input.data, '\\', input.size) &&
        !memchr(input.data, '\0', input.size)) {
        check_cell(input.text, delimiters[data[0] % 4]);
    }
    arena_deinit(&input.arena);
    return 0;
}
