/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page.h - an HTML page as blocks of text and what holds them.
 *
 * Room: clean. In: a page in UTF-8. Out, in one walk over its tokens: blocks
 * (text that no block-level element or blank line parts), the elements that
 * hold them, and what the page says about itself. No tree is built: a stack of
 * open elements is enough, and an element that holds no text leaves nothing.
 *
 *     <div class="story"><p>Rain <b>fell</b>.</p><p>It stopped.</p></div>
 *
 *     elements   body <- div.story <- p      blocks   0: "Rain fell." in p
 *                              \<- p                  1: "It stopped." in p
 *
 * Which elements end one another: WHATWG HTML, 13.2.6 (tree construction),
 * reduced to what parts text; text that a table would move stays in place. */
#ifndef CLEAN_PAGE_H
#define CLEAN_PAGE_H

#include "base/lexicon.h"
#include "clean/markup.h"

/* What the words of an element's class, id, itemprop and role say that it
 * holds; table `page-class`. */
typedef enum PageRole {
    ROLE_TITLE = 1 << 0,
    ROLE_AUTHOR = 1 << 1,
    ROLE_DATE = 1 << 2,
    ROLE_BODY = 1 << 3,    /* the main text */
    ROLE_COMMENT = 1 << 4, /* readers' comments */
    ROLE_ASIDE = 1 << 5,   /* related, teasers, widgets */
    ROLE_MENU = 1 << 6,    /* menus, headers, footers */
    ROLE_CAPTION = 1 << 7,
    ROLE_BANNER = 1 << 8, /* consent, pleas, advertisements */
    ROLE_UPDATED = 1 << 9,
    ROLE_HIDDEN = 1 << 10, /* not shown: attribute or style */
    ROLE_KICKER = 1 << 11, /* in a headline, but not of it */
} PageRole;

typedef struct PageElement {
    Element element;
    uint32_t parent; /* index; its own for the first */
    uint32_t depth;
    uint32_t roles;             /* of PageRole */
    uint32_t first_word, words; /* of page->words: hashes of class and id */
    uint64_t shape;             /* of its name and class, up to the root */
    uint32_t first, last;       /* its blocks: [first,last) */
    Span source;                /* its start tag */
} PageElement;

typedef struct PageBlock {
    Span text;        /* of page->text; not empty */
    Span source;      /* of the page: from its first to its last character */
    uint32_t element; /* the innermost element where it begins */
    uint32_t holder;  /* the block-level element that it stands in */
    uint32_t linked;  /* bytes of it inside links */
    uint32_t strong;  /* bytes of it in bold or italics */
    uint32_t media;   /* pictures and players since the block before */
    uint32_t breaks;  /* single line breaks in it */
} PageBlock;

/* <meta>: `key` is its name, property or itemprop. */
typedef struct PageMeta {
    Str key, value;
} PageMeta;

/* A machine-readable time: <time datetime>, itemprop with content. */
typedef struct PageTime {
    Str value;
    uint32_t block;   /* the block that comes next */
    uint32_t element; /* that holds it */
} PageTime;

/* Text of an inline element that its class or rel says is a writer's name. */
typedef struct PageName {
    Span text;      /* of page->text */
    uint32_t block; /* that it stands in */
    bool linked;    /* by rel="author", or by where the link leads */
} PageName;

typedef struct Page {
    Str html;    /* borrowed */
    char *bytes; /* arena: the blocks' text, one after another */
    Str text;    /* the same */
    PageElement *elements;
    uint32_t element_count, element_capacity;
    uint64_t *words; /* hashes of the words of class and id */
    uint32_t word_count, word_capacity;
    PageBlock *blocks;
    uint32_t block_count, block_capacity;
    PageMeta *metas;
    uint32_t meta_count, meta_capacity;
    PageTime *times;
    uint32_t time_count, time_capacity;
    SpanList linked_data; /* the JSON of <script type="application/ld+json"> */
    PageName *names;
    uint32_t name_count, name_capacity;
    Str title;                             /* <title>, as it stands */
    Str canonical;                         /* <link rel="canonical"> */
    Str language;                          /* <html lang> */
    uint32_t paragraphs, forms, passwords; /* of these elements */
} Page;

/* Walk over `html`, which must be valid UTF-8 of less than 4 GiB.
 * Memory: arena. Call it inside arena_try(). Cost: linear; the depth of open
 * elements that is told apart is bounded. */
void page_walk(Arena *arena, const Lexicon *lexicon, Str html, Page *out);

/* The roles of an element and of all that hold it. */
uint32_t page_roles(const Page *page, uint32_t element);
/* True if `element` lies in an element of that name, or is one. */
bool page_inside(const Page *page, uint32_t element, Element name);

#endif
