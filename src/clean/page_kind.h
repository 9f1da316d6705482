/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_kind.h - what kind of page it is: article, listing, error page.
 *
 * Room: clean. An article is a page with enough prose in its main text; what
 * has little of it is told apart by words of its title and by how much of it
 * is links. */
#ifndef CLEAN_PAGE_KIND_H
#define CLEAN_PAGE_KIND_H

#include "clean/clean.h"
#include "clean/page_facts.h"
#include "clean/page_feature.h"

/* `kept` tells of each block whether it is main text. Cost: linear. */
PageKind page_kind(Arena *arena, const Lexicon *lexicon, const Page *page,
                   const PageFacts *facts, const PageFeatures *features,
                   const bool *kept);

#endif
