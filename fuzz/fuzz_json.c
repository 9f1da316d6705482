/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_json.c - what base/json.h writes, jansson reads back the same. */
#include "fuzz.h"

#include <string.h>

/* jansson has a function of the same name as one of ours. */
#define json_null jansson_null
#include <jansson.h>
#undef json_null

#include "base/json.h"
#include "base/utf8.h"

typedef struct Input {
    Arena arena;
    const uint8_t *data;
    size_t size;
    Buf out;
} Input;

static void check_string(json_t *found, Str want) {
    Str got = {json_string_value(found), json_string_length(found)};

    HOLDS(json_is_string(found) && str_equal(got, want));
}

static void check_int(json_t *found, int64_t want) {
    HOLDS(json_is_integer(found) && json_integer_value(found) == want);
}

static int64_t some_int(const Input *input) {
    int64_t value = 0;

    memcpy(&value, input->data, input->size < 8 ? input->size : 8);
    return value;
}

static void work(void *context) {
    Input *input = context;
    Str text = fuzz_text(&input->arena, input->data, input->size);
    Str half = str_slice(text, 0, text.len / 2);
    int64_t number = input->size ? some_int(input) : 0;
    Json json = json_to(&input->out);
    json_t *read;

    half.len = utf8_invalid(half); /* not within a character */
    json_open(&json, '[');
    json_str(&json, text);
    json_open(&json, '{');
    json_key_str(&json, "half", half);
    json_key_int(&json, "number", number);
    json_key_bool(&json, "odd", number & 1);
    json_close(&json, '}');
    json_str_or_null(&json, half);
    json_number(&json, (double)(number % 1000000) / 1000, 3);
    json_close(&json, ']');
    read = json_loadb(input->out.ptr, input->out.len, JSON_ALLOW_NUL, NULL);
    HOLDS(json_array_size(read) == 4);
    check_string(json_array_get(read, 0), text);
    check_string(json_object_get(json_array_get(read, 1), "half"), half);
    check_int(json_object_get(json_array_get(read, 1), "number"), number);
    HOLDS(json_is_null(json_array_get(read, 2)) == (half.len == 0));
    HOLDS(json_is_real(json_array_get(read, 3)));
    json_decref(read);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {.data = data, .size = size};
    Error err;

    arena_init(&input.arena, 0);
    buf_init(&input.out, 0);
    HOLDS(arena_try(&input.arena, work, &input, &err) == OK);
    buf_deinit(&input.out);
    arena_deinit(&input.arena);
    return 0;
}
