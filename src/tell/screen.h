/* SPDX-License-Identifier: Apache-2.0 */
/* tell/screen.h - text for a terminal: columns, wrapping, restrained colour.
 *
 * Room: tell. A Line is collected piece by piece, then laid out: words that do
 * not fit go to the next row, indented. Widths are columns of the terminal,
 * not bytes: a combining accent takes none, a Chinese character two.
 *
 *     line_add(&line, INK_BOLD, name);
 *     line_add(&line, INK_PLAIN, words);
 *     line_keep(&line, INK_DIM, source);   never broken inside
 *     line_end(&line, 4, 6);               4 columns in, later rows 6
 *
 * Control characters in a report's text never reach the terminal. */
#ifndef TELL_SCREEN_H
#define TELL_SCREEN_H

#include "base/buf.h"

typedef enum Ink {
    INK_PLAIN,
    INK_BOLD,
    INK_DIM,
    INK_TITLE, /* of a section */
    INK_MARK,  /* what was found or has changed */
    INK_COUNT
} Ink;

typedef struct Piece {
    Str text;
    Ink ink;
    bool keep;   /* never broken */
    bool joined; /* no space before it */
} Piece;

typedef struct Line {
    Arena *arena; /* borrowed */
    Buf *out;     /* borrowed */
    uint32_t width;
    bool colour;
    Piece *pieces; /* arena */
    uint32_t count, capacity;
} Line;

/* A line for a terminal of `width` columns (0: 80; at least 40 are used). */
Line line_to(Arena *arena, Buf *out, uint32_t width, bool colour);
/* Add text after a space; empty text adds nothing. */
void line_add(Line *line, Ink ink, Str text);
void line_keep(Line *line, Ink ink, Str text);
/* Add text without a space before it: a comma, a bracket. */
void line_join(Line *line, Ink ink, Str text);
/* A column: the text, cut to `columns` and padded with spaces. */
void line_column(Line *line, Ink ink, Str text, uint32_t columns);
/* Write it, `first` columns in, later rows `rest` columns in, and empty it. */
void line_end(Line *line, uint32_t first, uint32_t rest);

/* Columns that the text takes. */
uint32_t text_width(Str text);
/* One line of it: white space runs as one space, control characters as a
 * space, trimmed. A copy in the arena, or `text` itself. */
Str text_flat(Arena *arena, Str text);
/* The text, or as much as fits with a closing "…" in `columns`. It is cut
 * between words where one ends in the last third. */
Str text_cut(Arena *arena, Str text, uint32_t columns);

#endif
