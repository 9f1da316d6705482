/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_facts.h - what a page says of itself to machines.
 *
 * Room: clean. Linked data (schema.org), Open Graph, Dublin Core and the older
 * names of <meta>. Nothing here is trusted alone: page_head.h weighs it
 * against what the page shows. */
#ifndef CLEAN_PAGE_FACTS_H
#define CLEAN_PAGE_FACTS_H

#include "clean/linked.h"
#include "clean/page.h"

typedef struct PageFacts {
    const Linked *linked;  /* all linked data: values in a chain */
    const Linked *article; /* the linked data of the page's article, or NULL */
    const Linked *page;    /* that of the page itself, or NULL */
    Str linked_title, meta_title, window_title;
    Str site;        /* the outlet's name */
    Str description; /* its first words */
    Str body;        /* articleBody */
    Str type;        /* og:type */
} PageFacts;

/* Memory: arena, or the page itself. Cost: linear. */
void page_facts(Arena *arena, const Page *page, PageFacts *out);

/* The object that `value` refers to by its "@id" alone, or `value` itself. */
const Linked *page_linked(const PageFacts *facts, const Linked *value);

/* The value of the first <meta> whose key is one of `keys` (NULL ends them),
 * plain; keys in the order of preference, in any case. */
Str page_meta(Arena *arena, const Page *page, const char *const *keys);

#endif
