/* SPDX-License-Identifier: Apache-2.0 */
/* clean/clean.c - see clean.h. */
#include "clean/clean.h"

#include <assert.h>

#include "clean/credit.h"
#include "clean/head.h"
#include "clean/litter.h"
#include "clean/page_clean.h"

static void write_blocks(Arena *arena, const Pieces *pieces, Clean *out) {
    out->blocks = arena_alloc(arena, (pieces->count + 1) * sizeof *out->blocks);
    out->block_count = pieces->count;
    for (uint32_t i = 0; i < pieces->count; i++) {
        const Piece *piece = &pieces->items[i];
        out->blocks[i] =
            (Block){piece->span, piece->kind, piece->why, piece->source};
    }
}

static void join_body(Arena *arena, Clean *out) {
    bool running = false;

    for (uint32_t i = 0; i < out->block_count; i++) {
        const Block *block = &out->blocks[i];
        if (block->kind == BLOCK_LITTER) {
            running = false;
        } else if (running) {
            out->body.items[out->body.count - 1].end = block->span.end;
        } else {
            span_push(arena, &out->body, block->span);
            running = true;
        }
    }
}

/* Take the text as it stands: what looks like litter is a paragraph. */
static void keep_litter(Pieces *pieces) {
    for (uint32_t i = 0; i < pieces->count; i++) {
        if (pieces->items[i].kind == BLOCK_LITTER) {
            pieces->items[i].kind = BLOCK_PARAGRAPH;
            pieces->items[i].why = (Str){0};
        }
    }
}

void clean_report(Arena *arena, const Lexicon *lexicon, const Report *report,
                  bool litter, Clean *out) {
    Pieces pieces;
    Clean clean = {.text = report->text};

    assert(report->text.len < UINT32_MAX && report->html.len < UINT32_MAX / 2);
    head_given(arena, lexicon, report, &clean);
    if (report->html.len) {
        page_clean(arena, lexicon, report, litter, &pieces, &clean);
    } else {
        pieces_cut(arena, lexicon, report->text, &pieces);
    }
    /* Marked in any case: a caption at the top is no headline. */
    litter_mark(arena, &pieces);
    head_find(arena, report, &pieces, &clean);
    credit_find(arena, &pieces, &clean.credit);
    if (!litter) {
        keep_litter(&pieces);
    }
    write_blocks(arena, &pieces, &clean);
    join_body(arena, &clean);
    *out = clean;
}
