/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_clean.c - see page_clean.h. */
#include "clean/page_clean.h"

#include <string.h>

#include "clean/page_choose.h"
#include "clean/page_head.h"
#include "clean/page_kind.h"
#include "read/charset.h"

static BlockKind kind_of(const Page *page, const PageBlock *block) {
    Element holder = page->elements[block->holder].element;

    if (holder >= EL_h1 && holder <= EL_h6) {
        return BLOCK_HEADING;
    }
    if (page_inside(page, block->holder, EL_blockquote)) {
        return BLOCK_QUOTATION;
    }
    if (page_inside(page, block->holder, EL_li)) {
        return BLOCK_LIST_ITEM;
    }
    return BLOCK_PARAGRAPH;
}

/* The kept blocks' text, a blank line between them. */
static Str join_text(Arena *arena, const Page *page, const bool *kept) {
    size_t len = 0;
    char *out = arena_alloc(arena, page->text.len + page->block_count + 1);

    for (uint32_t i = 0; i < page->block_count; i++) {
        Str text = str_at(page->text, page->blocks[i].text);
        if (!kept[i]) {
            continue;
        }
        if (len) {
            memcpy(out + len, "\n\n", 2);
            len += 2;
        }
        memcpy(out + len, text.ptr, text.len);
        len += text.len;
    }
    return (Str){out, len};
}

static void cut_pieces(Arena *arena, const Lexicon *lexicon, const Page *page,
                       const bool *kept, uint32_t title, Str text,
                       Pieces *pieces) {
    uint32_t at = 0;

    pieces_begin(arena, lexicon, text, pieces);
    for (uint32_t i = 0; i < page->block_count; i++) {
        const PageBlock *block = &page->blocks[i];
        uint32_t len = block->text.end - block->text.begin;
        Piece *piece;
        if (!kept[i]) {
            continue;
        }
        at += at ? 2 : 0;
        piece =
            pieces_push(arena, pieces, span_trim(text, (Span){at, at + len}));
        piece->kind = i == title ? BLOCK_TITLE : kind_of(page, block);
        piece->source = block->source;
        at += len;
    }
}

/* From places in the decoded page to places in the source's bytes. */
static void find_sources(Arena *arena, const Report *report, Pieces *pieces) {
    uint32_t *places = arena_alloc(arena, (2 * pieces->count + 1) * 4);

    if (report->source.ptr == report->html.ptr) {
        return;
    }
    for (uint32_t i = 0; i < pieces->count; i++) {
        places[2 * i] = pieces->items[i].source.begin;
        places[2 * i + 1] = pieces->items[i].source.end;
    }
    charset_places(report->source, report->charset, places, 2 * pieces->count);
    for (uint32_t i = 0; i < pieces->count; i++) {
        pieces->items[i].source = (Span){places[2 * i], places[2 * i + 1]};
    }
}

void page_clean(Arena *arena, const Lexicon *lexicon, const Report *report,
                bool litter, Pieces *pieces, Clean *out) {
    Page page;
    PageFacts facts;
    PageHints hints;
    PageFeatures features;
    uint32_t title;
    float *odds;
    bool *kept;

    page_walk(arena, lexicon, report->html, &page);
    page_facts(arena, &page, &facts);
    hints = page_hints(&facts);
    page_features(arena, lexicon, &page, &hints, &features);
    odds = page_odds(arena, &page, &features);
    kept = arena_zero(arena, page.block_count + 1);
    for (uint32_t i = 0; i < page.block_count; i++) {
        kept[i] = !litter || odds[i] >= page_threshold;
    }
    out->page = page_kind(arena, lexicon, &page, &facts, &features, kept);
    title = page_head(
        (HeadInput){arena, lexicon, &page, &facts, &features, kept, 0, 0}, out);
    out->text = join_text(arena, &page, kept);
    cut_pieces(arena, lexicon, &page, kept, title, out->text, pieces);
    find_sources(arena, report, pieces);
}
