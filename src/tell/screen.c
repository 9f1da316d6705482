/* SPDX-License-Identifier: Apache-2.0 */
/* tell/screen.c - see screen.h. */
#include "tell/screen.h"

#include <assert.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum { WIDTH_DEFAULT = 80, WIDTH_MIN = 40 };

static const char ellipsis[] = "…";

/* A no-break space inside a kept piece: printed as a space. */
static uint32_t character_width(uint32_t character) {
    int width = utf8proc_charwidth((utf8proc_int32_t)character);

    return width > 0 ? (uint32_t)width : 0;
}

uint32_t text_width(Str text) {
    uint32_t len, width = 0;

    for (size_t at = 0; at < text.len; at += len) {
        width += character_width(utf8_at(text, at, &len));
    }
    return width;
}

/* C0 and C1 controls, and what turns the direction of writing: bytes of a
 * report must not steer the terminal. */
static bool is_control(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

Str text_flat(Arena *arena, Str text) {
    char *flat = arena_alloc(arena, text.len + 1);
    size_t used = 0;
    uint32_t len;

    for (size_t at = 0; at < text.len; at += len) {
        uint32_t character = utf8_at(text, at, &len);
        if (is_control(character) || utf8_is_space(character)) {
            if (used && flat[used - 1] != ' ') {
                flat[used++] = ' ';
            }
            continue;
        }
        for (uint32_t i = 0; i < len; i++) {
            flat[used++] = text.ptr[at + i];
        }
    }
    used -= used && flat[used - 1] == ' ';
    return (Str){flat, used};
}

Str text_cut(Arena *arena, Str text, uint32_t columns) {
    uint32_t len, width = 0;
    size_t end = 0, word = 0; /* where to cut; the last space before */

    if (text_width(text) <= columns) {
        return text;
    }
    for (size_t at = 0; at < text.len; at += len) {
        uint32_t character = utf8_at(text, at, &len);
        width += character_width(character);
        if (width + 1 > columns) {
            break;
        }
        if (character == ' ') {
            word = at;
        }
        end = at + len;
    }
    end = word > end - end / 3 ? word : end;
    return str_join(arena, str_slice(text, 0, end), str_of(ellipsis));
}

Line line_to(Arena *arena, Buf *out, uint32_t width, bool colour) {
    width = width ? width : WIDTH_DEFAULT;
    return (Line){.arena = arena,
                  .out = out,
                  .width = width < WIDTH_MIN ? WIDTH_MIN : width,
                  .colour = colour};
}

static void add(Line *line, Piece piece) {
    if (piece.text.len == 0) {
        return;
    }
    line->pieces = arena_grow(line->arena, line->pieces, line->count,
                              &line->capacity, sizeof *line->pieces);
    line->pieces[line->count++] = piece;
}

/* Each word a piece of its own, so that laying out is one loop. */
static void add_words(Line *line, Ink ink, Str text, bool joined) {
    size_t begin = 0;

    text = text_flat(line->arena, text);
    while (begin < text.len) {
        size_t end = str_find(text, str_of(" "), begin);
        add(line, (Piece){str_slice(text, begin, end), ink, false, joined});
        joined = false;
        begin = end + 1;
    }
}

void line_add(Line *line, Ink ink, Str text) {
    add_words(line, ink, text, false);
}

void line_join(Line *line, Ink ink, Str text) {
    add_words(line, ink, text, true);
}

void line_keep(Line *line, Ink ink, Str text) {
    add(line, (Piece){text_flat(line->arena, text), ink, true, false});
}

void line_column(Line *line, Ink ink, Str text, uint32_t columns) {
    Str cut = text_cut(line->arena, text_flat(line->arena, text), columns);
    uint32_t used = text_width(cut);
    char *padded = arena_alloc(line->arena, cut.len + columns + 1);
    size_t len = 0;

    for (size_t i = 0; i < cut.len; i++) {
        padded[len++] = cut.ptr[i];
    }
    for (; used < columns; used++) {
        padded[len++] = ' ';
    }
    add(line, (Piece){{padded, len}, ink, true, false});
}

static const char *ink_code(Ink ink) {
    static const char *const codes[INK_COUNT] = {
        "", "\x1b[1m", "\x1b[2m", "\x1b[1;36m", "\x1b[33m",
    };

    return codes[ink];
}

static void put_piece(Line *line, const Piece *piece) {
    bool inked = line->colour && piece->ink != INK_PLAIN;

    if (inked) {
        buf_put(line->out, ink_code(piece->ink));
    }
    buf_push(line->out, piece->text);
    if (inked) {
        buf_put(line->out, "\x1b[0m");
    }
}

static void put_spaces(Buf *out, uint32_t count) {
    while (count--) {
        buf_char(out, ' ');
    }
}

/* Columns of the pieces from `at` on that must stay together: a word and the
 * comma joined to it. */
static uint32_t width_together(const Line *line, uint32_t at) {
    uint32_t width = text_width(line->pieces[at].text);

    while (++at < line->count && line->pieces[at].joined) {
        width += text_width(line->pieces[at].text);
    }
    return width;
}

/* Trailing spaces of the last column would only be noise. */
static void trim_last(Line *line) {
    Piece *last = &line->pieces[line->count - 1];

    while (last->text.len && last->text.ptr[last->text.len - 1] == ' ') {
        last->text.len--;
    }
}

void line_end(Line *line, uint32_t first, uint32_t rest) {
    uint32_t used = first;
    bool at_start = true;

    if (line->count == 0) {
        return;
    }
    trim_last(line);
    put_spaces(line->out, first);
    for (uint32_t i = 0; i < line->count; i++) {
        const Piece *piece = &line->pieces[i];
        bool space = !at_start && !piece->joined;
        if (space && used + 1 + width_together(line, i) > line->width) {
            buf_char(line->out, '\n');
            put_spaces(line->out, rest);
            used = rest;
            space = false;
        }
        if (space) {
            buf_char(line->out, ' ');
        }
        put_piece(line, piece);
        used += text_width(piece->text) + space;
        at_start = false;
    }
    buf_char(line->out, '\n');
    line->count = 0;
}
