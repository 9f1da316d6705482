/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_feature.h - what a block of a page looks like, in numbers.
 *
 * Room: clean. Each block becomes a row of numbers that a model (page_model.h)
 * weighs: how long it is and how much of it is links, which elements and
 * classes hold it, what stands around it, how often its kind repeats, and how
 * it lies to the headline and to where most of the prose is. No feature is a
 * name of a site; words count only by their hash, as the model has them.
 * Methods: C. Kohlschütter, P. Fankhauser, W. Nejdl, Boilerplate Detection
 * using Shallow Text Features (WSDM 2010); J. Pomikálek, Removing Boilerplate
 * and Duplicate Content from Web Corpora (2011) for words of grammar;
 * T. Vogels et al., Web2Text (ECIR 2018) for neighbours and containers. */
#ifndef CLEAN_PAGE_FEATURE_H
#define CLEAN_PAGE_FEATURE_H

#include "clean/page_facts.h"
#include "clean/page_model.h"

typedef enum PageFeature {
    /* of the block itself */
    FEATURE_CHARS,
    FEATURE_WORDS,
    FEATURE_LINK_SHARE,
    FEATURE_STRONG_SHARE,
    FEATURE_GRAMMAR,
    FEATURE_MARKS,
    FEATURE_COMMAS,
    FEATURE_DIGITS,
    FEATURE_CAPITALS,
    FEATURE_ENDS_SENTENCE,
    FEATURE_ENDS_COLON,
    FEATURE_OPENING,
    FEATURE_WORD_LENGTH,
    FEATURE_MEDIA,
    FEATURE_BREAKS,
    FEATURE_SIGNS,
    FEATURE_REPEATED,
    FEATURE_IS_TITLE,
    FEATURE_IN_DESCRIPTION,
    FEATURE_IN_LINKED_DATA,
    /* where it stands */
    FEATURE_HOLDER,
    FEATURE_HEADING_LEVEL,
    FEATURE_DEPTH,
    FEATURE_POSITION,
    FEATURE_WORDS_BEFORE,
    FEATURE_FROM_H1,
    FEATURE_H1_DISTANCE,
    FEATURE_IN_ARTICLE,
    FEATURE_IN_MAIN,
    FEATURE_IN_ASIDE,
    FEATURE_IN_NAV,
    FEATURE_IN_HEADER,
    FEATURE_IN_FOOTER,
    FEATURE_IN_FORM,
    FEATURE_IN_TABLE,
    FEATURE_IN_LIST,
    FEATURE_IN_FIGURE,
    FEATURE_IN_SECTION,
    FEATURE_IN_NOSCRIPT,
    FEATURE_IN_LINK,
    FEATURE_IN_BUTTON,
    FEATURE_IN_QUOTATION,
    /* what class and id say of what holds it: levels up to the nearest */
    FEATURE_ROLE_TITLE,
    FEATURE_ROLE_AUTHOR,
    FEATURE_ROLE_DATE,
    FEATURE_ROLE_BODY,
    FEATURE_ROLE_COMMENT,
    FEATURE_ROLE_ASIDE,
    FEATURE_ROLE_MENU,
    FEATURE_ROLE_CAPTION,
    FEATURE_ROLE_BANNER,
    FEATURE_ROLE_UPDATED,
    FEATURE_ROLE_HIDDEN,
    /* what the model knows of these words */
    FEATURE_CLASS_NEAR,
    FEATURE_CLASS_SUM,
    FEATURE_CLASS_LEAST,
    FEATURE_CLASS_MOST,
    FEATURE_TEXT_SCORE,
    FEATURE_HEADING_SCORE,
    /* what holds it, two and three levels up */
    FEATURE_UP1_WORDS,
    FEATURE_UP1_LINKS,
    FEATURE_UP1_PROSE,
    FEATURE_UP1_BLOCKS,
    FEATURE_UP2_WORDS,
    FEATURE_UP2_LINKS,
    FEATURE_UP2_PROSE,
    FEATURE_UP2_BLOCKS,
    FEATURE_UP3_WORDS,
    FEATURE_UP3_LINKS,
    FEATURE_UP3_PROSE,
    FEATURE_UP3_BLOCKS,
    /* blocks in elements of the same shape */
    FEATURE_SHAPE_COUNT,
    FEATURE_SHAPE_WORDS,
    FEATURE_SHAPE_LINKS,
    FEATURE_SHAPE_SHARE,
    /* the element with the most prose */
    FEATURE_CORE_DISTANCE,
    FEATURE_CORE_SHARE,
    FEATURE_IN_CORE,
    /* neighbours */
    FEATURE_BEFORE1_WORDS,
    FEATURE_BEFORE1_LINKS,
    FEATURE_BEFORE1_HEADING,
    FEATURE_BEFORE1_SAME,
    FEATURE_BEFORE2_WORDS,
    FEATURE_BEFORE2_LINKS,
    FEATURE_AFTER1_WORDS,
    FEATURE_AFTER1_LINKS,
    FEATURE_AFTER1_HEADING,
    FEATURE_AFTER1_SAME,
    FEATURE_AFTER2_WORDS,
    FEATURE_AFTER2_LINKS,
    FEATURE_PROSE_BEFORE,
    FEATURE_PROSE_AFTER,
    FEATURE_HEADING_BEFORE,
    /* the page */
    FEATURE_PAGE_BLOCKS,
    FEATURE_PAGE_WORDS,
    FEATURE_PAGE_LINKS,
    FEATURE_PAGE_PROSE,
    FEATURE_COUNT
} PageFeature;

/* Of a text whose words the model knows. */
enum { PAGE_SHORT_WORDS = 12 };

/* Counts of one block, kept for those who come after. */
typedef struct BlockCounts {
    uint32_t characters, words, grammar, marks, commas, digits, capitals;
    uint32_t signs;
    uint32_t shared; /* runs of words that stand in PageHints.body */
    char opening; /* 'A', 'a', '0', or NUL: the class of the first character */
    bool sentence, colon;                   /* how it ends */
    bool prose;                             /* reads like a paragraph */
    uint64_t hash;                          /* of its folded words */
    uint64_t first_words[PAGE_SHORT_WORDS]; /* hashes of the first ones */
    float text_score;                       /* the model's, of its words */
} BlockCounts;

typedef struct PageFeatures {
    float (*rows)[FEATURE_COUNT]; /* arena; one for each block */
    BlockCounts *counts;          /* arena */
    uint32_t h1;   /* the block of the headline; UINT32_MAX: none */
    uint32_t core; /* the element with the most prose */
} PageFeatures;

/* What the page itself calls its text, where it does; may be empty. */
typedef struct PageHints {
    Str title, description, body;
} PageHints;

PageHints page_hints(const PageFacts *facts);

/* Memory: arena. Cost: linear in the text, and in the blocks times the depth
 * of the page. */
void page_features(Arena *arena, const Lexicon *lexicon, const Page *page,
                   const PageHints *hints, PageFeatures *out);

#endif
