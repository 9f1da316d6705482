/* SPDX-License-Identifier: Apache-2.0 */
/* clean/markup.c - see markup.h.
 *
 * Why not a library: MyHTML, the fastest that is packaged, takes time
 * quadratic in the depth of a page (40,000 nested elements: 2 s), 57 bytes of
 * heap for a byte of page at worst, and cannot be left in the middle of a
 * page, as an arena must. Blocks of text need no tree: see page.c. */
#include "clean/markup.h"

#include <string.h>

#include "base/ascii.h"

enum { NAME_MAX_BYTES = 12 }; /* no element that we know has a longer name */

static const char names[EL_COUNT][NAME_MAX_BYTES] = {"",
#define ELEMENT_NAME(name) #name,
                                                     ELEMENTS(ELEMENT_NAME)
#undef ELEMENT_NAME
};

Element element_of(Str name) {
    char folded[NAME_MAX_BYTES] = {0};
    uint32_t low = 1, high = EL_COUNT;

    if (name.len >= NAME_MAX_BYTES) {
        return EL_OTHER;
    }
    for (size_t i = 0; i < name.len; i++) {
        folded[i] = ascii_lower(name.ptr[i]);
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(folded, names[middle], NAME_MAX_BYTES);
        if (order == 0) {
            return (Element)middle;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return EL_OTHER;
}

Markup markup_of(Str page) {
    return (Markup){.page = page};
}

static char byte_at(const Markup *markup, size_t at) {
    return at < markup->page.len ? markup->page.ptr[at] : '\0';
}

static bool starts_at(const Markup *markup, size_t at, const char *text) {
    size_t len = strlen(text);

    return at + len <= markup->page.len &&
           str_equal_fold(str_slice(markup->page, at, at + len),
                          (Str){text, len});
}

static size_t find_byte(Str page, size_t at, char c) {
    const char *found =
        at < page.len ? memchr(page.ptr + at, c, page.len - at) : NULL;

    return found ? (size_t)(found - page.ptr) : page.len;
}

/* Behind the first `mark` at or after `at`; the page's end if there is none. */
static size_t behind(Str page, size_t at, const char *mark) {
    Str needle = str_of(mark);

    for (; (at = find_byte(page, at, mark[0])) < page.len; at++) {
        if (str_starts(str_slice(page, at, page.len), needle)) {
            return at + needle.len;
        }
    }
    return page.len;
}

/* "<!-->", "<!--->", "-->" and "--!>" close a comment that begins at `at`. */
static size_t comment_end(const Markup *markup, size_t at) {
    Str page = markup->page;

    at += 4;
    if (byte_at(markup, at) == '>') {
        return at + 1;
    }
    if (starts_at(markup, at, "->")) {
        return at + 2;
    }
    for (; (at = find_byte(page, at, '-')) < page.len; at++) {
        if (starts_at(markup, at, "-->")) {
            return at + 3;
        }
        if (starts_at(markup, at, "--!>")) {
            return at + 4;
        }
    }
    return page.len;
}

/* ------------------------------------------------------------------ tags */

static bool ends_name(char c) {
    return ascii_space(c) || c == '/' || c == '>';
}

static size_t skip_space(const Markup *markup, size_t at) {
    while (at < markup->page.len && ascii_space(markup->page.ptr[at])) {
        at++;
    }
    return at;
}

static size_t attribute_value(const Markup *markup, size_t at, Str *value) {
    Str page = markup->page;
    char quote = byte_at(markup, at);
    size_t end;

    if (quote == '"' || quote == '\'') {
        end = find_byte(page, at + 1, quote);
        *value = str_slice(page, at + 1 < end ? at + 1 : end, end);
        return end < page.len ? end + 1 : end;
    }
    end = at;
    while (end < page.len && !ascii_space(page.ptr[end]) &&
           page.ptr[end] != '>') {
        end++;
    }
    *value = str_slice(page, at, end);
    return end;
}

/* One attribute at `at`, which is no space, '/' or '>'. */
static size_t attribute(const Markup *markup, size_t at, MarkupToken *token) {
    MarkupAttribute found = {0};
    Str page = markup->page;
    size_t end = at + 1; /* a '=' may open a name */

    while (end < page.len && page.ptr[end] != '=' &&
           !ends_name(page.ptr[end])) {
        end++;
    }
    found.name = str_slice(page, at, end);
    at = skip_space(markup, end);
    if (byte_at(markup, at) == '=') {
        at = skip_space(markup, at + 1);
        if (byte_at(markup, at) != '>') {
            at = attribute_value(markup, at, &found.value);
        }
    } else {
        at = end;
    }
    if (token->attribute_count < MARKUP_ATTRIBUTES) {
        token->attributes[token->attribute_count++] = found;
    }
    return at;
}

/* The tag whose name begins at `name`; false when the page ends in it. */
static bool read_tag(Markup *markup, size_t name, MarkupToken *token) {
    Str page = markup->page;
    size_t at = name;

    while (at < page.len && !ends_name(page.ptr[at])) {
        at++;
    }
    token->element = element_of(str_slice(page, name, at));
    token->attribute_count = 0;
    token->closes_itself = false;
    while (at < page.len && page.ptr[at] != '>') {
        if (page.ptr[at] == '/') {
            token->closes_itself = byte_at(markup, at + 1) == '>';
            at++;
        } else if (ascii_space(page.ptr[at])) {
            at++;
        } else {
            at = attribute(markup, at, token);
        }
    }
    if (at >= page.len) {
        markup->at = page.len;
        return false;
    }
    token->source = (Span){(uint32_t)markup->at, (uint32_t)at + 1};
    markup->at = at + 1;
    return true;
}

static bool has_raw_text(Element element) {
    switch (element) {
    case EL_script:
    case EL_style:
    case EL_textarea:
    case EL_title:
    case EL_xmp:
    case EL_iframe:
    case EL_noembed:
    case EL_noframes:
    case EL_plaintext:
        return true;
    default:
        return false;
    }
}

/* True if "</name" of the raw element stands at `at`. */
static bool closes_raw(const Markup *markup, size_t at) {
    size_t len = strlen(names[markup->raw]);
    char next = byte_at(markup, at + 2 + len);

    return byte_at(markup, at + 1) == '/' &&
           starts_at(markup, at + 2, names[markup->raw]) &&
           (ends_name(next) || at + 2 + len >= markup->page.len);
}

/* Where the raw text ends. In a script, "<!-- <script> ... </script> -->" is
 * text too ("script data double escaped state"). */
static size_t raw_end(const Markup *markup) {
    Str page = markup->page;
    bool escaped = false, twice = false;

    if (markup->raw == EL_plaintext) {
        return page.len;
    }
    for (size_t at = markup->at; at < page.len; at++) {
        if (escaped && page.ptr[at] == '-' && starts_at(markup, at, "-->")) {
            escaped = twice = false;
        }
        if (page.ptr[at] != '<') {
            if (!escaped) {
                at = find_byte(page, at, '<') - 1;
            }
            continue;
        }
        if (closes_raw(markup, at)) {
            if (!twice) {
                return at;
            }
            twice = false;
        } else if (markup->raw == EL_script && starts_at(markup, at, "<!--")) {
            escaped = true;
        } else if (escaped && starts_at(markup, at, "<script") &&
                   ends_name(byte_at(markup, at + 7))) {
            twice = true;
        }
    }
    return page.len;
}

static bool take_text(Markup *markup, size_t end, MarkupToken *token,
                      MarkupKind kind) {
    token->kind = kind;
    token->source = (Span){(uint32_t)markup->at, (uint32_t)end};
    markup->at = end;
    return true;
}

/* What "<" at markup->at opens: a tag into `token`, or passed over. `*text`
 * says that it opens nothing and is text. */
static bool open_angle(Markup *markup, MarkupToken *token, bool *text) {
    size_t at = markup->at;
    char next = byte_at(markup, at + 1);

    *text = false;
    if (ascii_alpha(next)) {
        token->kind = MARKUP_START;
        if (read_tag(markup, at + 1, token)) {
            markup->raw =
                has_raw_text(token->element) ? token->element : EL_OTHER;
            return true;
        }
    } else if (next == '/' && ascii_alpha(byte_at(markup, at + 2))) {
        token->kind = MARKUP_END;
        return read_tag(markup, at + 2, token);
    } else if (next == '!' && starts_at(markup, at, "<!--")) {
        markup->at = comment_end(markup, at);
    } else if (next == '!' && markup->foreign &&
               starts_at(markup, at, "<![CDATA[")) {
        markup->at = behind(markup->page, at, "]]>");
    } else if (next == '!' || next == '?' || next == '/') {
        size_t end = find_byte(markup->page, at, '>');
        markup->at = end < markup->page.len ? end + 1 : end;
    } else {
        *text = true;
    }
    return false;
}

bool markup_next(Markup *markup, MarkupToken *token) {
    Str page = markup->page;

    if (markup->raw != EL_OTHER) {
        size_t end = raw_end(markup);
        Element raw = markup->raw;
        markup->raw = EL_OTHER;
        if (end > markup->at) {
            token->element = raw;
            return take_text(markup, end, token,
                             raw == EL_title || raw == EL_textarea
                                 ? MARKUP_TEXT
                                 : MARKUP_RAW);
        }
    }
    while (markup->at < page.len) {
        size_t end = markup->at;
        bool text = true;
        if (page.ptr[end] == '<' && open_angle(markup, token, &text)) {
            return true;
        }
        if (text) {
            token->element = EL_OTHER;
            return take_text(markup, find_byte(page, end + 1, '<'), token,
                             MARKUP_TEXT);
        }
    }
    return false;
}

bool markup_has(const MarkupToken *token, const char *name) {
    for (uint32_t i = 0; i < token->attribute_count; i++) {
        if (str_equal_fold(token->attributes[i].name, str_of(name))) {
            return true;
        }
    }
    return false;
}

Str markup_attribute(const MarkupToken *token, const char *name) {
    for (uint32_t i = 0; i < token->attribute_count; i++) {
        if (str_equal_fold(token->attributes[i].name, str_of(name))) {
            return token->attributes[i].value;
        }
    }
    return (Str){0};
}
