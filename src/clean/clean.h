/* SPDX-License-Identifier: Apache-2.0 */
/* clean/clean.h - a raw report becomes blocks: what is the report, what is not.
 *
 * Room: clean (raw report -> text, body, title, byline, outlet, date). The
 * text stays as it is, byte for byte; cleaning only says what each piece of it
 * is. A block is a paragraph, a headline, or litter, and blocks cover all of
 * the text but white space, in order, without overlap:
 *
 *     | TITLE | BYLINE | PARAGRAPH | LITTER why=caption | HEADING | PARAGRAPH |
 */
#ifndef CLEAN_CLEAN_H
#define CLEAN_CLEAN_H

#include "base/lexicon.h"
#include "read/report.h"

typedef enum BlockKind {
    BLOCK_PARAGRAPH,
    BLOCK_TITLE,   /* a headline or standfirst at the top */
    BLOCK_HEADING, /* a subheading between paragraphs */
    BLOCK_BYLINE,  /* "By Jane Doe", "JANE DOE in Cairo", a date line */
    BLOCK_LITTER,  /* not the report: captions, pleas, menus, comment forms */
    BLOCK_KIND_COUNT
} BlockKind;

typedef struct Block {
    Span span; /* trimmed, not empty */
    BlockKind kind;
    Str why; /* for LITTER: the rule, "litter/plea: small favor to ask" */
} Block;

typedef enum PublishedFrom {
    PUBLISHED_NONE,
    PUBLISHED_GIVEN,
    PUBLISHED_TEXT,
    PUBLISHED_URL,
    PUBLISHED_FROM_COUNT
} PublishedFrom;

typedef struct Clean {
    Str text;      /* report->text */
    Block *blocks; /* arena */
    uint32_t block_count;
    SpanList body; /* the report proper: maximal runs of non-litter blocks */
    Str title, outlet;
    StrList byline; /* names of the writers */
    StrList credit; /* agencies that the report says it draws on: "AFP" */
    Str published;  /* ISO 8601 date or date-time; empty: unknown */
    PublishedFrom published_from;
} Clean;

/* Tell body from litter. With `litter` false (JSONL text as given) nothing is
 * cut, and only title, credit, byline and date are read from the text.
 * Memory: all in `arena`. Cost: linear in the text. */
void clean_report(Arena *arena, const Lexicon *lexicon, const Report *report,
                  bool litter, Clean *out);

#endif
