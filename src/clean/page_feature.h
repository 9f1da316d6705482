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

#define PAGE_FEATURES(X)                                                       \
    /* of the block itself */                                                  \
    X(chars) X(words) X(link_share) X(strong_share) X(grammar)        \
    X(marks) X(commas) X(digits) X(capitals) X(ends_sentence) X(ends_colon)    \
    X(opening) X(word_length) X(media) X(breaks) X(signs) X(repeated)          \
    X(is_title) X(in_description) X(in_linked_data)                            \
    /* where it stands */                                                      \
    X(holder) X(heading_level) X(depth) X(position) X(words_before)            \
    X(from_h1) X(h1_distance) X(in_article) X(in_main) X(in_aside) X(in_nav)   \
    X(in_header) X(in_footer) X(in_form) X(in_table) X(in_list) X(in_figure)   \
    X(in_section) X(in_noscript) X(in_link) X(in_button) X(in_quotation)       \
    /* what class and id say of what holds it: levels up to the nearest */     \
    X(role_title) X(role_author) X(role_date) X(role_body) X(role_comment)     \
    X(role_aside) X(role_menu) X(role_caption) X(role_banner) X(role_updated)  \
    X(role_hidden)                                                             \
    /* what the model knows of these words */                                  \
    X(class_near) X(class_sum) X(class_least) X(class_most) X(text_score)      \
    X(heading_score)                                                           \
    /* what holds it, two and three levels up */                               \
    X(up1_words) X(up1_links) X(up1_prose) X(up1_blocks) X(up2_words)          \
    X(up2_links) X(up2_prose) X(up2_blocks) X(up3_words) X(up3_links)          \
    X(up3_prose) X(up3_blocks)                                                 \
    /* blocks in elements of the same shape */                                 \
    X(shape_count) X(shape_words) X(shape_links) X(shape_share)                \
    /* the element with the most prose */                                      \
    X(core_distance) X(core_share) X(in_core)                                  \
    /* neighbours */                                                           \
    X(before1_words) X(before1_links) X(before1_heading) X(before1_same)       \
    X(before2_words) X(before2_links) X(after1_words) X(after1_links)          \
    X(after1_heading) X(after1_same) X(after2_words) X(after2_links)           \
    X(prose_before) X(prose_after) X(heading_before)                           \
    /* the page */                                                             \
    X(page_blocks) X(page_words) X(page_links) X(page_prose)

typedef enum PageFeature {
#define FEATURE_NAME(name) FEATURE_##name,
    PAGE_FEATURES(FEATURE_NAME)
#undef FEATURE_NAME
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
    bool sentence, colon; /* how it ends */
    bool prose;           /* reads like a paragraph */
    uint64_t hash;        /* of its folded words */
    uint64_t first_words[PAGE_SHORT_WORDS]; /* hashes of the first ones */
    float text_score;     /* the model's, of its words */
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
