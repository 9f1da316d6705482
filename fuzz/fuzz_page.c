/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_page.c - any bytes are a page, and what is taken from it stands in
 * it.
 *
 * The first byte chooses whether litter is cut, and the charset that comes
 * with the page. Properties: blocks lie in the text and in the page, in order;
 * what a block says is spelled by its bytes of the page; fields are valid. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "clean/clean.h"
#include "clean/markup.h"
#include "read/charset.h"
#include "read/date.h"
#include "read/format.h"
#include "read/page_charset.h"
#include "read/read.h"

enum { MEMORY_MAX = 256 << 20 };

typedef struct Input {
    Arena arena;
    const uint8_t *data;
    size_t size;
} Input;

static bool is_blank(uint32_t character) {
    return utf8_is_space(character) || character == 0x200C;
}

/* All characters of a piece of a page, tags left out. */
static Str characters(Arena *arena, Str html) {
    char *out = arena_alloc(arena, html.len * 2 + MARKUP_CHARACTER);
    Markup markup = markup_of(html);
    MarkupToken token;
    size_t len = 0;

    while (markup_next(&markup, &token)) {
        Str text = str_at(html, token.source);
        if (token.kind != MARKUP_TEXT && token.kind != MARKUP_RAW) {
            continue;
        }
        for (size_t at = 0; at < text.len;) {
            len += markup_character(text, &at, false, out + len);
        }
    }
    return (Str){out, len};
}

/* The visible characters of `text` stand in `source`, in order. */
static void check_spelled(Str text, Str source) {
    size_t from = 0;
    uint32_t len, other;

    for (size_t at = 0; at < text.len; at += len) {
        uint32_t character = utf8_at(text, at, &len);
        bool found = is_blank(character);
        while (!found && from < source.len) {
            found = utf8_at(source, from, &other) == character;
            from += other;
        }
        HOLDS(found);
    }
}

static void check_blocks(Arena *arena, const Report *report,
                         const Clean *clean) {
    uint32_t end = 0, source_end = 0;

    for (uint32_t i = 0; i < clean->block_count; i++) {
        const Block *block = &clean->blocks[i];
        HOLDS(block->span.begin < block->span.end);
        HOLDS(block->span.begin >= end && block->span.end <= clean->text.len);
        HOLDS(block->source.begin >= source_end);
        HOLDS(block->source.begin <= block->source.end);
        HOLDS(block->source.end <= report->source.len);
        end = block->span.end;
        source_end = block->source.end;
        if (str_is(report->charset, "UTF-8") && report->undecodable == 0) {
            Str source = str_at(report->source, block->source);
            check_spelled(str_at(clean->text, block->span),
                          characters(arena, source));
        }
    }
}

static void check_text(Str text) {
    HOLDS(utf8_invalid(text) == text.len);
}

static void check_fields(const Clean *clean) {
    const Str fields[] = {clean->text,     clean->title,     clean->outlet,
                          clean->url,      clean->published, clean->language,
                          clean->modified, clean->section};

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        check_text(fields[i]);
    }
    for (uint32_t i = 0; i < clean->byline.count; i++) {
        HOLDS(clean->byline.items[i].len > 0);
        check_text(clean->byline.items[i]);
    }
    HOLDS(clean->page > PAGE_NONE && clean->page < PAGE_KIND_COUNT);
    HOLDS((clean->published.len > 0) ==
          (clean->published_from != PUBLISHED_NONE));
    HOLDS(clean->published.len == 0 || date_is_iso(clean->published));
    HOLDS(clean->modified.len == 0 || date_is_iso(clean->modified));
}

static void work(void *context) {
    static const char *const charsets[] = {"", "UTF-8", "windows-1251",
                                           "Shift_JIS", "no such"};
    Input *input = context;
    Str bytes = {(const char *)input->data + 1, input->size - 1};
    char charset[CHARSET_NAME_MAX];
    Report report = {.source = bytes, .format = FORMAT_TEXT};
    Decoded decoded;
    Clean clean;
    Error err;
    Status status = charset_decode(
        &input->arena, bytes,
        page_charset(bytes, str_of(charsets[input->data[0] / 2 % 5]), charset),
        &decoded, &err);

    (void)format_is_html(bytes);
    HOLDS(status == OK);
    report.html = decoded.text;
    report.charset = decoded.charset;
    report.undecodable = decoded.undecodable;
    if (report.html.len == 0) {
        return;
    }
    clean_report(&input->arena, fuzz_lexicon(), &report,
                 input->data[0] % 2 == 0, &clean);
    check_blocks(&input->arena, &report, &clean);
    check_fields(&clean);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {.data = data, .size = size};
    Error err;
    Status status;

    if (size == 0) {
        return 0;
    }
    arena_init(&input.arena, MEMORY_MAX);
    status = arena_try(&input.arena, work, &input, &err);
    HOLDS(status == OK || status == ERR_LIMIT);
    arena_deinit(&input.arena);
    return 0;
}
