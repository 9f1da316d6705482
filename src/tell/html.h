/* SPDX-License-Identifier: Apache-2.0 */
/* tell/html.h - writes HTML: escaped text, and a report's text with passages
 * marked in it.
 *
 * Room: tell. Passages may overlap and nest; elements of HTML must not cross.
 * So a passage that runs over the end of one around it is cut there and goes
 * on in a second element:
 *
 *     A [0,10)  B [5,15)   ->   <mark A>01234<mark B>56789</mark></mark>
 *                               <mark B, continued>...</mark>            */
#ifndef TELL_HTML_H
#define TELL_HTML_H

#include "base/buf.h"

typedef enum PassageKind {
    PASSAGE_CLAIM,    /* a quote or figure: lit when it is opened */
    PASSAGE_SENTENCE, /* told of a day: lit only when it is opened */
    PASSAGE_COPY,     /* shared with another report */
    PASSAGE_LITTER,   /* not the report */
    PASSAGE_HEADING,
    PASSAGE_KIND_COUNT
} PassageKind;

typedef struct Passage {
    Span span;
    PassageKind kind;
    Str title; /* shown when pointed at; empty: none */
} Passage;

typedef struct Passages {
    Passage *items; /* arena */
    uint32_t count, capacity;
} Passages;

void passage_push(Arena *arena, Passages *list, Passage item);

/* Text with &, <, > and quotes escaped; characters that HTML does not allow
 * become U+FFFD. */
void html_text(Buf *out, Str text);
/* "r3-496-590": the anchor of a passage in report number 3 of the page. */
Str html_anchor(Arena *arena, uint32_t report, Span span);
/* True for a URL that is safe to link to: http or https. */
bool html_is_link(Str url);
/* The text with its passages marked; equal passages are marked once. The
 * passages that had to be cut are added to `cut`. Cost: n log n in passages. */
void html_passages(Arena *arena, Buf *out, Str text, uint32_t report,
                   Passages *passages, SpanList *cut);

#endif
