/* SPDX-License-Identifier: Apache-2.0 */
/* clean/clean.h - a raw report becomes blocks: what is the report, what is not.
 *
 * Room: clean (raw report -> text, body, title, byline, outlet, date). The
 * text stays as it is, byte for byte; cleaning only says what each piece of it
 * is. Of a page the text is made first: the blocks that are its main text, a
 * blank line between them. A block is a paragraph, a headline, or litter, and
 * blocks cover all of the text but white space, in order, without overlap:
 *
 *     | TITLE | BYLINE | PARAGRAPH | LITTER why=caption | HEADING | PARAGRAPH |
 */
#ifndef CLEAN_CLEAN_H
#define CLEAN_CLEAN_H

#include "base/lexicon.h"
#include "read/report.h"

typedef enum BlockKind {
    BLOCK_PARAGRAPH,
    BLOCK_TITLE,     /* a headline or standfirst at the top */
    BLOCK_HEADING,   /* a subheading between paragraphs */
    BLOCK_BYLINE,    /* "By Jane Doe", "JANE DOE in Cairo", a date line */
    BLOCK_LIST_ITEM, /* of a list; pages only, as the next */
    BLOCK_QUOTATION, /* a passage set apart as quoted */
    BLOCK_LITTER,    /* not the report: captions, pleas, menus, comment forms */
    BLOCK_KIND_COUNT
} BlockKind;

typedef struct Block {
    Span span; /* trimmed, not empty */
    BlockKind kind;
    Str why;     /* for LITTER: the rule, "litter/plea: small favor to ask" */
    Span source; /* of a page: the bytes of report->source that it stands in;
                    else empty */
} Block;

typedef enum PublishedFrom {
    PUBLISHED_NONE,
    PUBLISHED_GIVEN,
    PUBLISHED_LINKED,   /* linked data of a page: "jsonld" */
    PUBLISHED_META,     /* its <meta> */
    PUBLISHED_TIME_TAG, /* its <time> */
    PUBLISHED_TEXT,
    PUBLISHED_URL,
    PUBLISHED_FROM_COUNT
} PublishedFrom;

/* What a page is. */
typedef enum PageKind {
    PAGE_NONE, /* the report is no page */
    PAGE_ARTICLE,
    PAGE_LISTING, /* a front page, a list of headlines */
    PAGE_ERROR,   /* "not found" */
    PAGE_CONSENT, /* asks for consent, a login or a payment, and shows no text
                   */
    PAGE_OTHER,
    PAGE_KIND_COUNT
} PageKind;

typedef struct Clean {
    Str text;      /* report->text; of a page what was taken from it */
    Block *blocks; /* arena */
    uint32_t block_count;
    SpanList body; /* the report proper: maximal runs of non-litter blocks */
    Str title, outlet;
    StrList byline; /* names of the writers */
    StrList credit; /* agencies that the report says it draws on: "AFP" */
    Str published;  /* ISO 8601 date or date-time; empty: unknown */
    PublishedFrom published_from;
    /* Of pages; else empty. */
    PageKind page;
    Str url;      /* as given, else the canonical one that the page names */
    Str language; /* as given, else the page's own word */
    Str modified; /* ISO 8601 */
    Str section;
} Clean;

/* Tell body from litter; of a page first take the text out of it, all of it
 * where `litter` is false. With `litter` false (JSONL text as given) nothing is
 * cut, and only title, credit, byline and date are read from the text.
 * Memory: all in `arena`. Cost: linear in the text. */
void clean_report(Arena *arena, const Lexicon *lexicon, const Report *report,
                  bool litter, Clean *out);

#endif
