/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_head.h - title, writers, outlet, dates and address of a page.
 *
 * Room: clean. What the page says to machines (page_facts.h) is weighed
 * against what it shows: a title must agree with its headline, a writer must
 * read like a name. Wrong is worse than unknown. */
#ifndef CLEAN_PAGE_HEAD_H
#define CLEAN_PAGE_HEAD_H

#include "clean/clean.h"
#include "clean/page_date.h"
#include "clean/page_facts.h"
#include "clean/page_feature.h"

typedef struct HeadInput {
    Arena *arena;
    const Lexicon *lexicon;
    const Page *page;
    const PageFacts *facts;
    const PageFeatures *features;
    const bool *kept; /* the blocks of the main text */
    uint32_t title;   /* the block of the headline, or where it would stand:
                         set by page_head() */
    uint32_t last;    /* the last block of the main text; set by it too */
} HeadInput;

/* The roles of an element and of what holds it, up to what holds the headline
 * too: a class of the whole article says nothing of its parts. */
uint32_t head_roles(const HeadInput *in, uint32_t element);
/* Blocks between `block` and the headline, or the end of the main text if that
 * is nearer; a place before the headline counts double. */
uint32_t head_distance(const HeadInput *in, uint32_t block);

/* Fill the fields of `out` that are empty; returns the block of the headline,
 * UINT32_MAX when it is not shown. Memory: arena, or the page itself.
 * Cost: linear. */
uint32_t page_head(HeadInput in, Clean *out);

/* The headline without the site's name; empty when there is none. `*block` is
 * where it stands, UINT32_MAX when it is not shown. */
Str page_title(const HeadInput *in, uint32_t *block);
/* Names of the writers. */
void page_authors(const HeadInput *in, Str outlet, StrList *out);
/* The day of first publication, and where it was found. */
Str page_published(const HeadInput *in, Str url, PublishedFrom *from);
/* The last change, as the page says to machines; empty when it does not. */
Str page_modified(const HeadInput *in);

#endif
