/* SPDX-License-Identifier: Apache-2.0 */
/* read/feed_tidy.c - XML as servers send it becomes XML; see feed_item.h.
 *
 *     \n<?xml encoding="ISO-8859-1"?>  <title>Rain & sun&nbsp;...</title>
 *     ->                               <title>Rain &amp; sun&#160;...</title>
 *
 * Since every reference is to a character, no entity of a DTD is ever used. */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "read/charset.h"
#include "read/feed_item.h"

enum { REFERENCE_LONGEST = 12, DECLARATION_LONGEST = 256 };

uint32_t feed_reference(Str name) {
    char text[REFERENCE_LONGEST + 1];
    const htmlEntityDesc *entity;
    uint32_t value = 0;
    bool hex;

    if (name.len == 0 || name.len > REFERENCE_LONGEST) {
        return 0;
    }
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    if (text[0] != '#') {
        entity = htmlEntityLookup((const xmlChar *)text);
        return entity ? entity->value : 0;
    }
    hex = text[1] == 'x' || text[1] == 'X';
    for (size_t i = hex ? 2 : 1; i < name.len; i++) {
        char c = ascii_lower(text[i]);
        uint32_t digit = ascii_digit(c) ? (uint32_t)(c - '0')
                         : hex && c >= 'a' && c <= 'f'
                             ? (uint32_t)(c - 'a' + 10)
                             : 99;
        if (digit == 99 || value > 0x10FFFF) {
            return 0;
        }
        value = value * (hex ? 16 : 10) + digit;
    }
    return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF) ? value : 0;
}

/* "name" of "&name;" at `at`; empty when there is no such thing. */
static Str reference_at(Str text, size_t at) {
    size_t end = at + 1;

    while (end < text.len && end - at <= REFERENCE_LONGEST &&
           (ascii_alnum(text.ptr[end]) || text.ptr[end] == '#')) {
        end++;
    }
    return end < text.len && text.ptr[end] == ';' ? str_slice(text, at + 1, end)
                                                  : (Str){0};
}

void feed_put_unescaped(Buf *out, Str text) {
    size_t done = 0;

    for (size_t at = 0; at < text.len; at++) {
        Str name = text.ptr[at] == '&' ? reference_at(text, at) : (Str){0};
        uint32_t value = feed_reference(name);
        char utf8[4];
        if (value) {
            buf_push(out, str_slice(text, done, at));
            buf_push(out, (Str){utf8, utf8_put(value, utf8)});
            at += name.len + 1;
            done = at + 1;
        }
    }
    buf_push(out, str_slice(text, done, text.len));
}

/* A reference that XML takes, for the "&" at `at`; gives the bytes used. */
static size_t put_reference(Buf *out, Str text, size_t at) {
    static const char *const known[] = {"amp", "lt", "gt", "quot", "apos"};
    Str name = reference_at(text, at);
    uint32_t value = feed_reference(name);

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_is(name, known[i])) {
            buf_push(out, str_slice(text, at, at + name.len + 2));
            return name.len + 2;
        }
    }
    if (value >= 0x20) {
        buf_format(out, "&#%u;", value);
        return name.len + 2;
    }
    buf_put(out, "&amp;");
    return 1;
}

/* Control characters become spaces, U+FFFE and U+FFFF too: XML has none. */
static size_t put_character(Buf *out, Str text, size_t at) {
    unsigned char c = (unsigned char)text.ptr[at];
    Str rest = str_slice(text, at, text.len);

    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
        buf_char(out, ' ');
        return 1;
    }
    if (str_starts(rest, str_of("\xEF\xBF\xBE")) ||
        str_starts(rest, str_of("\xEF\xBF\xBF"))) {
        buf_char(out, ' ');
        return 3;
    }
    return 0;
}

static void put_tidy(Buf *out, Str text) {
    Str open = str_of("<![CDATA["), close = str_of("]]>");
    size_t done = 0, literal = 0; /* up to where references are none */

    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char)text.ptr[at];
        size_t used = 0;
        if (c != '&' && c != '<' && c >= 0x20 && c != 0xEF) {
            at++;
            continue;
        }
        if (c == '<' && at >= literal &&
            str_starts(str_slice(text, at, text.len), open)) {
            literal = str_find(text, close, at);
        }
        buf_push(out, str_slice(text, done, at));
        if (c == '&' && at >= literal) {
            used = put_reference(out, text, at);
        } else {
            used = put_character(out, text, at);
        }
        done = at + used;
        at = used ? done : at + 1;
    }
    buf_push(out, str_slice(text, done, text.len));
}

/* The charset that `<?xml version="1.0" encoding="..."?>` names, into `name`;
 * `*end` is the byte behind the declaration. */
static bool declared(Str text, char name[CHARSET_NAME_MAX], size_t *end) {
    Str head = str_slice(text, 0,
                         text.len < DECLARATION_LONGEST ? text.len
                                                        : DECLARATION_LONGEST);
    size_t close = str_find(head, str_of("?>"), 0), at;
    size_t len = 0;

    *end = 0;
    if (!str_starts(head, str_of("<?xml")) || close == head.len) {
        return false;
    }
    *end = close + 2;
    at = str_find(head, str_of("encoding="), 0);
    for (at += 10; at < close && len + 1 < CHARSET_NAME_MAX; at++) {
        if (head.ptr[at] == '"' || head.ptr[at] == '\'') {
            name[len] = '\0';
            return len > 0;
        }
        name[len++] = head.ptr[at];
    }
    return false;
}

typedef struct Decoding {
    Arena arena;
    Str bytes;
    Decoded decoded;
} Decoding;

/* What stands before the declaration, or else the first "<", is no XML: empty
 * lines, a mark, warnings of the program that made the feed. */
static Str from_markup(Str text) {
    size_t at = str_find(text, str_of("<?xml"), 0);

    at = at < text.len ? at : str_find(text, str_of("<"), 0);
    return str_slice(text, at, text.len);
}

/* UTF-8 is taken as it stands, whatever is declared; else the declaration is
 * asked, unless that names UTF-8 or nothing that is known. */
static void decode(void *context) {
    Decoding *decoding = context;
    char name[CHARSET_NAME_MAX] = "";
    Str text = from_markup(decoding->bytes);
    size_t end;
    bool wide = (unsigned char)decoding->bytes.ptr[0] >= 0xFE; /* UTF-16 */

    if (!wide && utf8_invalid(text) == text.len) {
        decoding->decoded = (Decoded){.text = text};
        return;
    }
    if (wide || !declared(text, name, &end) ||
        str_equal_fold(str_of(name), str_of("utf-8")) ||
        charset_decode(&decoding->arena, text, name, &decoding->decoded,
                       NULL) != OK) {
        (void)!charset_decode(&decoding->arena, decoding->bytes, NULL,
                              &decoding->decoded, NULL);
    }
}

Status feed_tidy(Str bytes, Buf *out, Error *err) {
    Decoding decoding = {.bytes = bytes};
    char name[CHARSET_NAME_MAX];
    size_t end;
    Status status;

    if (bytes.len == 0) {
        return fail(err, ERR_INPUT, "empty feed");
    }
    arena_init(&decoding.arena, 0);
    status = arena_try(&decoding.arena, decode, &decoding, err);
    if (status == OK) {
        Str text = from_markup(decoding.decoded.text);
        (void)declared(text, name, &end);
        put_tidy(out, str_slice(text, end, text.len));
        status = buf_check(out, err);
    }
    arena_deinit(&decoding.arena);
    return status;
}
