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
} HeadInput;

/* Fill the fields of `out` that are empty. Memory: arena, or the page itself.
 * Cost: linear. */
void page_head(const HeadInput *in, Clean *out);

/* The headline without the site's name; empty when there is none. */
Str page_title(const HeadInput *in);
/* Names of the writers. */
void page_authors(const HeadInput *in, Str title, Str outlet, StrList *out);
/* The day of first publication, and where it was found. */
Str page_published(const HeadInput *in, Str url, PublishedFrom *from);
/* The last change, as the page says to machines; empty when it does not. */
Str page_modified(const HeadInput *in);

#endif
