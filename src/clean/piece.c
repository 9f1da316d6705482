/* SPDX-License-Identifier: Apache-2.0 */
/* clean/piece.c - see piece.h. */
#include "clean/piece.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

enum {
    WRAP_MAX = 110, /* columns of a hard-wrapped text, at most */
    WRAP_MIN = 40,
    PROSE_WORDS = 12,
    LONG_WORDS = 40, /* prose whatever it ends in */
};

typedef struct Line {
    Span span;        /* trimmed; empty: a blank line */
    uint32_t columns; /* characters of `span` */
    uint32_t lead;    /* characters of its first word */
} Line;

typedef struct Lines {
    Line *items; /* arena */
    uint32_t count, capacity;
} Lines;

static uint32_t count_characters(Str text) {
    uint32_t count = 0;

    for (size_t i = 0; i < text.len; i++) {
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

static Line measure(Str text, size_t begin, size_t end) {
    Line line = {span_trim(text, (Span){(uint32_t)begin, (uint32_t)end}), 0, 0};
    Str bytes = str_at(text, line.span);
    const char *space = bytes.len ? memchr(bytes.ptr, ' ', bytes.len) : NULL;

    if (bytes.len <= (size_t)WRAP_MAX * 4) {
        line.columns = count_characters(bytes);
        line.lead = space ? count_characters(str_slice(
                                bytes, 0, (size_t)(space - bytes.ptr)))
                          : line.columns;
    } else {
        line.columns = WRAP_MAX + 1;
    }
    return line;
}

static void read_lines(Arena *arena, Str text, Lines *out) {
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);
        size_t stop = end ? (size_t)(end - text.ptr) : text.len;
        out->items = arena_grow(arena, out->items, out->count, &out->capacity,
                                sizeof *out->items);
        out->items[out->count++] = measure(text, at, stop);
        at = stop + 1;
    }
}

/* True if line `i` is followed by another and had no room for its first word.
 */
static bool is_full(const Lines *lines, uint32_t i, uint32_t width) {
    return lines->items[i].columns + 1 + lines->items[i + 1].lead > width;
}

static bool has_next(const Lines *lines, uint32_t i) {
    return i + 1 < lines->count && lines->items[i].columns > 0 &&
           lines->items[i + 1].columns > 0;
}

/* The width that the text is wrapped to; 0 when it is not. */
static uint32_t wrap_width(const Lines *lines) {
    uint32_t width = 0, followed = 0, full = 0;

    for (uint32_t i = 0; i < lines->count; i++) {
        width =
            lines->items[i].columns > width ? lines->items[i].columns : width;
    }
    if (width > WRAP_MAX || width < WRAP_MIN) {
        return 0;
    }
    for (uint32_t i = 0; i < lines->count; i++) {
        if (has_next(lines, i)) {
            followed++;
            full += is_full(lines, i, width);
        }
    }
    return full >= 3 && full * 3 >= followed * 2 ? width : 0;
}

static bool is_closer(uint32_t c) {
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D ||
           c == 0x2019 || c == 0xBB;
}

bool ends_sentence(Str text) {
    size_t at = text.len;

    while (at > 0) {
        size_t before = utf8_back(text, at);
        uint32_t len;
        uint32_t c = utf8_at(text, before, &len);
        if (!is_closer(c)) {
            return c == '.' || c == '!' || c == '?' || c == 0x2026;
        }
        at = before;
    }
    return false;
}

/* English has some six bytes a word with its space; a little less is room. */
enum { WORD_BYTES = 5 };

Piece *pieces_push(Arena *arena, Pieces *pieces, Span span) {
    Piece piece = {.span = span, .first = pieces->words.count};
    uint32_t length;

    words_add(arena, &pieces->words, span);
    piece.last = pieces->words.count;
    length = piece.last - piece.first;
    piece.sentence = ends_sentence(str_at(pieces->words.text, span));
    piece.prose =
        length >= LONG_WORDS || (piece.sentence && length >= PROSE_WORDS);
    pieces->items = arena_grow(arena, pieces->items, pieces->count,
                               &pieces->capacity, sizeof *pieces->items);
    pieces->items[pieces->count++] = piece;
    return &pieces->items[pieces->count - 1];
}

void pieces_begin(Arena *arena, const Lexicon *lexicon, Str text, Pieces *out) {
    *out = (Pieces){.words = {.text = text, .lexicon = lexicon}};
    out->words.items =
        arena_expect(arena, text.len / WORD_BYTES, &out->words.capacity,
                     sizeof *out->words.items);
}

void pieces_cut(Arena *arena, const Lexicon *lexicon, Str text, Pieces *out) {
    Lines lines = {0};
    uint32_t width;

    pieces_begin(arena, lexicon, text, out);
    read_lines(arena, text, &lines);
    width = wrap_width(&lines);
    for (uint32_t i = 0; i < lines.count; i++) {
        Span span = lines.items[i].span;
        if (span_empty(span)) {
            continue;
        }
        while (width && has_next(&lines, i) && is_full(&lines, i, width)) {
            span.end = lines.items[++i].span.end;
        }
        pieces_push(arena, out, span);
    }
}

uint32_t piece_length(const Piece *piece) {
    return piece->last - piece->first;
}
