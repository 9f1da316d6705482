/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_kind.c - see page_kind.h. */
#include "clean/page_kind.h"

#include "clean/words.h"

enum {
    ARTICLE_WORDS = 60, /* of prose in the main text */
    NOTICE_WORDS = 150, /* of the whole page: an error, a wall */
    LISTED = 8,         /* links as long as headlines */
    HEADLINE_WORDS = 4,
};

typedef struct Tally {
    uint32_t words, kept, prose, headlines, blocks;
} Tally;

static Tally tally(const Page *page, const PageFeatures *features,
                   const bool *kept) {
    Tally out = {.blocks = page->block_count};

    for (uint32_t i = 0; i < page->block_count; i++) {
        const PageBlock *block = &page->blocks[i];
        const BlockCounts *counts = &features->counts[i];
        uint32_t bytes = block->text.end - block->text.begin;
        out.words += counts->words;
        if (kept[i]) {
            out.kept += counts->words;
            out.prose += counts->prose ? counts->words : 0;
        }
        out.headlines +=
            counts->words >= HEADLINE_WORDS && block->linked * 2 > bytes;
    }
    return out;
}

/* True if a key of that class stands in `text`. */
static bool says(Arena *arena, const Lexicon *lexicon, Str text,
                 const char *class) {
    Words words = {.text = text, .lexicon = lexicon};

    words_add(arena, &words, (Span){0, (uint32_t)text.len});
    for (uint32_t at = 0; at < words.count; at++) {
        LexRow row;
        if (words_phrase(&words, at, words.count, LEX_PAGE_WORD, &row) &&
            lex_is(row, LEX_PAGE_WORD_CLASS, class)) {
            return true;
        }
    }
    return false;
}

PageKind page_kind(Arena *arena, const Lexicon *lexicon, const Page *page,
                   const PageFacts *facts, const PageFeatures *features,
                   const bool *kept) {
    Tally all = tally(page, features, kept);

    if (all.prose < ARTICLE_WORDS || all.words < NOTICE_WORDS) {
        if (says(arena, lexicon, facts->window_title, "error") &&
            all.prose < ARTICLE_WORDS) {
            return PAGE_ERROR;
        }
        if (all.words < NOTICE_WORDS &&
            (page->passwords || says(arena, lexicon, page->text, "consent"))) {
            return PAGE_CONSENT;
        }
    }
    if (all.prose >= ARTICLE_WORDS &&
        (all.kept * 5 >= all.words || facts->article ||
         all.headlines < 5 * LISTED)) {
        return PAGE_ARTICLE;
    }
    if (all.headlines >= LISTED) {
        return PAGE_LISTING;
    }
    return facts->article && all.kept >= ARTICLE_WORDS / 2 ? PAGE_ARTICLE
                                                           : PAGE_OTHER;
}
