/* SPDX-License-Identifier: Apache-2.0 */
/* clean/linked.c - see linked.h. */
#include "clean/linked.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "clean/markup.h"

typedef struct Parser {
    Arena *arena;
    Str json;
    size_t at;
    uint32_t depth, values;
    bool failed;
} Parser;

static char peek(const Parser *parser) {
    return parser->at < parser->json.len ? parser->json.ptr[parser->at] : '\0';
}

/* White space, commas and colons: where they stand tells nothing that the
 * values around them do not. */
static void skip_between(Parser *parser) {
    while (parser->at < parser->json.len &&
           (ascii_space(peek(parser)) || peek(parser) == ',' ||
            peek(parser) == ':' || peek(parser) == ';')) {
        parser->at++;
    }
}

/* The inside of the string that opens at `at`; to the end where it is cut. */
static Str take_string(Parser *parser) {
    size_t begin = ++parser->at;
    Str json = parser->json;
    Str inside;

    while (parser->at < json.len && json.ptr[parser->at] != '"') {
        parser->at += json.ptr[parser->at] == '\\' ? 2 : 1;
    }
    parser->failed |= parser->at >= json.len;
    parser->at = parser->at < json.len ? parser->at : json.len;
    inside = str_slice(json, begin, parser->at);
    parser->at += !parser->failed;
    return inside;
}

static Str take_other(Parser *parser) {
    size_t begin = parser->at;

    while (parser->at < parser->json.len && !strchr(",]}\"{[", peek(parser))) {
        parser->at++;
    }
    parser->failed |= parser->at == begin;
    return str_trim(str_slice(parser->json, begin, parser->at));
}

static Linked *parse_value(Parser *parser);

/* What stands between the brackets of an object or array. */
static const Linked *parse_inside(Parser *parser, char close, bool keys) {
    const Linked *first = NULL;
    Linked *last = NULL;

    parser->at++;
    while (!parser->failed) {
        Linked *value;
        Str key = {0};
        skip_between(parser);
        if (peek(parser) == close) {
            parser->at++;
            break;
        }
        if (keys) {
            if (peek(parser) != '"') {
                parser->failed = true;
                break;
            }
            key = take_string(parser);
            skip_between(parser);
        }
        value = parse_value(parser);
        if (!value) {
            break;
        }
        value->key = key;
        if (last) {
            last->next = value;
        } else {
            first = value;
        }
        last = value;
    }
    return first;
}

static Linked *parse_value(Parser *parser) {
    Linked *value;
    char c;

    skip_between(parser);
    c = peek(parser);
    if (parser->failed || parser->at >= parser->json.len ||
        parser->depth == LINKED_DEPTH || parser->values == LINKED_VALUES) {
        parser->failed = true;
        return NULL;
    }
    value = arena_zero(parser->arena, sizeof *value);
    parser->values++;
    parser->depth++;
    if (c == '{' || c == '[') {
        value->kind = c == '{' ? LINKED_OBJECT : LINKED_ARRAY;
        value->first = parse_inside(parser, c == '{' ? '}' : ']', c == '{');
    } else if (c == '"') {
        value->kind = LINKED_STRING;
        value->text = take_string(parser);
    } else {
        value->kind = LINKED_OTHER;
        value->text = take_other(parser);
    }
    parser->depth--;
    return value;
}

Linked *linked_parse(Arena *arena, Str json) {
    Parser parser = {.arena = arena, .json = json};

    while (parser.at < json.len && peek(&parser) != '{' &&
           peek(&parser) != '[') {
        parser.at++; /* "<!--", "//<![CDATA[" */
    }
    return parse_value(&parser);
}

const Linked *linked_get(const Linked *object, const char *key) {
    if (!object || object->kind != LINKED_OBJECT) {
        return NULL;
    }
    for (const Linked *at = object->first; at; at = at->next) {
        if (str_is(at->key, key)) {
            return at;
        }
    }
    return NULL;
}

bool linked_is(const Linked *object, const char *type) {
    const Linked *types = linked_get(object, "@type");

    if (!types) {
        return false;
    }
    if (types->kind == LINKED_STRING) {
        return str_is(types->text, type);
    }
    for (const Linked *at = types->first; at; at = at->next) {
        if (str_is(at->text, type)) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ text */

static int hex(char c) {
    if (ascii_digit(c)) {
        return c - '0';
    }
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hexadecimal digits at `at`; -1 when they are none. */
static int32_t unit_at(Str text, size_t at) {
    int32_t unit = 0;

    for (size_t i = at; i < at + 4; i++) {
        int digit = i < text.len ? hex(text.ptr[i]) : -1;
        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

/* The character of "\\uXXXX" at `*at`, of a pair of them where it is one. */
static uint32_t unicode_escape(Str text, size_t *at) {
    int32_t unit = unit_at(text, *at + 2), low;

    *at += unit < 0 ? 2 : 6;
    if (unit >= 0xD800 && unit < 0xDC00 && *at + 1 < text.len &&
        text.ptr[*at] == '\\' && text.ptr[*at + 1] == 'u') {
        low = unit_at(text, *at + 2);
        if (low >= 0xDC00 && low < 0xE000) {
            *at += 6;
            return 0x10000 + ((uint32_t)(unit - 0xD800) << 10) +
                   (uint32_t)(low - 0xDC00);
        }
    }
    return unit <= 0 || (unit >= 0xD800 && unit < 0xE000) ? 0xFFFD
                                                          : (uint32_t)unit;
}

static uint32_t escape(Str text, size_t *at, char out[4]) {
    char c = *at + 1 < text.len ? text.ptr[*at + 1] : '\0';

    if (c == 'u') {
        return utf8_put(unicode_escape(text, at), out);
    }
    *at += c ? 2 : 1;
    out[0] = c == 'n' || c == 't' || c == 'r' || c == 'b' || c == 'f' || !c
                 ? ' '
                 : c;
    return 1;
}

Str linked_text(Arena *arena, const Linked *value) {
    size_t len = 0;
    char *out;

    if (value && value->kind == LINKED_ARRAY) {
        value = value->first;
    }
    if (!value || value->kind != LINKED_STRING) {
        return (Str){0};
    }
    if (value->text.len == 0 ||
        !memchr(value->text.ptr, '\\', value->text.len)) {
        return markup_plain(arena, value->text);
    }
    out = arena_alloc(arena, value->text.len * 2 + 4);
    for (size_t at = 0; at < value->text.len;) {
        if (value->text.ptr[at] == '\\') {
            len += escape(value->text, &at, out + len);
        } else {
            out[len++] = value->text.ptr[at++];
        }
    }
    return markup_plain(arena, (Str){out, len});
}
