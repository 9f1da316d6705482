/* SPDX-License-Identifier: Apache-2.0 */
/* base/utf8.c - see utf8.h. Character classes come from utf8proc. */
#include "base/utf8.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

#include "base/ascii.h"

enum { REPLACEMENT = 0xFFFD, LAST_CHARACTER = 0x10FFFF };

static bool continues(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Length and first bits of the sequence that `lead` opens; 0: none. */
static uint32_t sequence_length(unsigned char lead, uint32_t *bits) {
    if (lead < 0x80) {
        *bits = lead;
        return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0) {
        *bits = lead & 0x1F;
        return 2;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
        *bits = lead & 0x0F;
        return 3;
    }
    if (lead >= 0xF0 && lead < 0xF5) {
        *bits = lead & 0x07;
        return 4;
    }
    return 0;
}

uint32_t utf8_at(Str text, size_t at, uint32_t *len) {
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t value = 0;
    uint32_t length;

    assert(at < text.len);
    length = sequence_length((unsigned char)text.ptr[at], &value);
    *len = 1;
    if (length == 0 || length > text.len - at) {
        return REPLACEMENT;
    }
    for (uint32_t i = 1; i < length; i++) {
        if (!continues(text.ptr[at + i])) {
            return REPLACEMENT;
        }
        value = value << 6 | ((unsigned char)text.ptr[at + i] & 0x3F);
    }
    if (value < smallest[length] || value > LAST_CHARACTER ||
        (value >= 0xD800 && value < 0xE000)) {
        return REPLACEMENT;
    }
    *len = length;
    return value;
}

size_t utf8_back(Str text, size_t at) {
    assert(at > 0 && at <= text.len);
    for (size_t step = 1; step <= 4 && step <= at; step++) {
        if (!continues(text.ptr[at - step])) {
            return at - step;
        }
    }
    return at - 1;
}

/* Bytes from `at` on that are ASCII, eight at a time. */
static size_t skip_ascii(Str text, size_t at) {
    uint64_t eight;

    while (text.len - at >= sizeof eight) {
        memcpy(&eight, text.ptr + at, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080)) {
            break;
        }
        at += sizeof eight;
    }
    return at;
}

size_t utf8_invalid(Str text) {
    size_t at = 0;
    uint32_t len;

    while ((at = skip_ascii(text, at)) < text.len) {
        if (utf8_at(text, at, &len) == REPLACEMENT && len == 1) {
            return at;
        }
        at += len;
    }
    return text.len;
}

uint32_t utf8_put(uint32_t character, char out[4]) {
    return (uint32_t)utf8proc_encode_char((utf8proc_int32_t)character,
                                          (utf8proc_uint8_t *)out);
}

static utf8proc_category_t category(uint32_t character) {
    return utf8proc_category((utf8proc_int32_t)character);
}

bool utf8_is_letter(uint32_t character) {
    utf8proc_category_t kind;

    if (character < 0x80) {
        return ascii_alpha((char)character);
    }
    kind = category(character);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_MC;
}

bool utf8_is_upper(uint32_t character) {
    if (character < 0x80) {
        return ascii_upper((char)character);
    }
    return category(character) == UTF8PROC_CATEGORY_LU;
}

bool utf8_is_space(uint32_t character) {
    if (character < 0x80) {
        return ascii_space((char)character);
    }
    return category(character) == UTF8PROC_CATEGORY_ZS || character == 0x2028 ||
           character == 0x2029 || character == 0x85;
}

uint32_t utf8_lower(uint32_t character) {
    if (character < 0x80) {
        return (uint32_t)(unsigned char)ascii_lower((char)character);
    }
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)character);
}

/* The folded form of one character. */
static uint32_t fold(uint32_t character) {
    switch (character) {
    case 0x2019: /* right single quotation mark */
    case 0x02BC: /* modifier letter apostrophe */
        return '\'';
    case 0xA0:
    case 0x202F:
        return ' ';
    default:
        return utf8_lower(character);
    }
}

/* Reads the character at `*at`, moves on, gives its folded bytes. */
static Str fold_step(Str text, size_t *at, char out[4]) {
    uint32_t len;
    uint32_t character = utf8_at(text, *at, &len);

    *at += len;
    if (character == REPLACEMENT) {
        return str_slice(text, *at - len, *at);
    }
    return (Str){out, utf8_put(fold(character), out)};
}

static bool is_folded(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80 || ascii_upper(text.ptr[i])) {
            return false;
        }
    }
    return true;
}

Str utf8_fold(Arena *arena, Str text) {
    char *out, piece[4];
    size_t len = 0;

    if (is_folded(text)) {
        return text;
    }
    /* Lower-casing grows a character by a byte at most: 2 to 3 (U+023A). */
    out = arena_alloc(arena, text.len * 2 + 1);
    for (size_t at = 0; at < text.len;) {
        Str step = fold_step(text, &at, piece);
        memcpy(out + len, step.ptr, step.len);
        len += step.len;
    }
    out[len] = '\0';
    return (Str){out, len};
}

uint64_t utf8_fold_hash(uint64_t hash, Str text) {
    char piece[4];

    for (size_t at = 0; at < text.len;) {
        if ((unsigned char)text.ptr[at] < 0x80) {
            piece[0] = ascii_lower(text.ptr[at++]);
            hash = hash_more(hash, (Str){piece, 1});
        } else {
            hash = hash_more(hash, fold_step(text, &at, piece));
        }
    }
    return hash;
}

bool utf8_fold_equal(Str text, Str folded) {
    char piece[4];

    for (size_t at = 0; at < text.len;) {
        Str step = fold_step(text, &at, piece);
        if (!str_starts(folded, step)) {
            return false;
        }
        folded = str_slice(folded, step.len, folded.len);
    }
    return folded.len == 0;
}

static bool is_ascii(Str text) {
    unsigned char all = 0;

    for (size_t i = 0; i < text.len; i++) {
        all |= (unsigned char)text.ptr[i];
    }
    return all < 0x80;
}

Str utf8_plain(Arena *arena, Str text) {
    const utf8proc_option_t how = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                  UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD |
                                  UTF8PROC_IGNORE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.ptr;
    utf8proc_ssize_t len = (utf8proc_ssize_t)text.len, count;
    utf8proc_int32_t *characters;

    if (is_folded(text)) {
        return text;
    }
    if (is_ascii(text)) {
        return str_lower(arena, text);
    }
    count = utf8proc_decompose(bytes, len, NULL, 0, how);
    if (count < 0) { /* not valid UTF-8 */
        return utf8_fold(arena, text);
    }
    /* The characters are written as UTF-8 over themselves, and a NUL. */
    characters = arena_alloc(arena, ((size_t)count + 1) * sizeof *characters);
    utf8proc_decompose(bytes, len, characters, count, how);
    len = utf8proc_reencode(characters, count, how);
    return len < 0 ? utf8_fold(arena, text)
                   : (Str){(const char *)characters, (size_t)len};
}
