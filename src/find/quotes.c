/* SPDX-License-Identifier: Apache-2.0 */
/* find/quotes.c - see find.h: quotes of a report, with their speakers.
 *
 * Room: find. Direct and mixed quotes are the pieces between quotation marks
 * that a cue governs; indirect ones are the clauses of cues that say or tell.
 * The steps are in quotes.h. */
#include "find/quotes.h"
#include "find/finders.h"

#include <assert.h>
#include <stdlib.h>

static Quote *push_quote(Speech *speech) {
    Analysis *analysis = speech->analysis;
    Quote *quote;

    analysis->quotes =
        arena_grow(speech->arena, analysis->quotes, analysis->quote_count,
                   &analysis->quote_capacity, sizeof *analysis->quotes);
    quote = &analysis->quotes[analysis->quote_count++];
    *quote =
        (Quote){.part_of = -1, .speaker.entity = -1, .addressee.entity = -1};
    return quote;
}

static Str why_of(const Speech *speech, const char *rule, const Cue *cue) {
    Str matched =
        cue ? str_at(speech->text->bytes, range_span(speech->text, cue->range))
            : str_of("\"");

    return str_format(speech->arena, "quote/%s: %.*s", rule, (int)matched.len,
                      matched.ptr);
}

/* "state television said, quoting a source": the source speaks, and the
 * outlet passes it on. */
static const Cue *quoted_source(const Speech *speech, const Cue *cue) {
    uint32_t index = (uint32_t)(cue - speech->cues);

    if (!party_is_outlet(speech, cue->subject) ||
        index + 1 >= speech->cue_count) {
        return NULL;
    }
    for (uint32_t i = index; i-- > 0 && i + 3 > index;) {
        const Cue *before = &speech->cues[i];
        if (before->frame == CUE_QUOTE && before->form == CUE_PARTICIPLE &&
            before->range.first > cue->subject.first &&
            speech->text->tokens[before->range.first].sentence ==
                speech->text->tokens[cue->range.first].sentence) {
            return before;
        }
    }
    cue = &speech->cues[index + 1];
    return cue->frame == CUE_QUOTE && cue->form == CUE_PARTICIPLE &&
                   speech->text->tokens[cue->range.first].sentence ==
                       speech->text->tokens[speech->cues[index].range.first]
                           .sentence
               ? cue
               : NULL;
}

/* Speaker, cue and what else the clause tells. */
static void fill_attribution(Speech *speech, const Cue *cue, Quote *quote) {
    const Cue *passed = quoted_source(speech, cue);

    quote->speaker = cue->party;
    quote->cue = range_span(speech->text, cue->range);
    quote->cue_lemma = lex_cell(cue->row, LEX_CUE_LEMMA);
    quote->thought = lex_is(cue->row, LEX_CUE_CLASS, "thought");
    quote_circumstances(speech, cue, quote);
    if (passed) {
        uint32_t last =
            speech->text
                ->sentences[speech->text->tokens[passed->range.first].sentence]
                .last;
        Range source = phrase_after(speech, passed->range.last, last, true);
        if (!range_empty(source)) {
            Quote outer = {0};
            quote_push_via(speech, &outer, cue->subject);
            for (uint32_t i = 0; i < quote->via.count; i++) {
                str_push(speech->arena, &outer.via, quote->via.items[i]);
            }
            quote->via = outer.via;
            quote->speaker = party_of(speech, source);
        }
    }
}

/* The cue of a piece, its own or that of the piece whose speaker it shares. */
static const Cue *cue_of(const Speech *speech, const Pieces *pieces,
                         uint32_t at) {
    while (pieces->items[at].cue < 0 && pieces->items[at].follows >= 0) {
        assert((uint32_t)pieces->items[at].follows < at);
        at = (uint32_t)pieces->items[at].follows;
    }
    return pieces->items[at].cue < 0 ? NULL
                                     : &speech->cues[pieces->items[at].cue];
}

static void emit_piece(Speech *speech, Pieces *pieces, uint32_t at) {
    Piece *piece = &pieces->items[at];
    const Cue *cue = cue_of(speech, pieces, at);
    Quote *quote = push_quote(speech);

    piece->quote = (int32_t)speech->analysis->quote_count - 1;
    quote->span = range_span(speech->text, piece->tokens);
    quote->kind = piece->direct ? QUOTE_DIRECT : QUOTE_MIXED;
    quote->why = why_of(speech, piece->rule, cue);
    if (piece->cue >= 0) {
        fill_attribution(speech, cue, quote);
    } else if (piece->person >= 0) {
        const Mention *person = &speech->analysis->mentions[piece->person];
        quote->speaker =
            (Party){.span = person->span,
                    .entity = person->entity,
                    .name = speech->analysis->entities[person->entity].name};
    } else if (piece->follows >= 0 &&
               pieces->items[piece->follows].quote >= 0) {
        const Quote *before =
            &speech->analysis->quotes[pieces->items[piece->follows].quote];
        quote->speaker = before->speaker;
        quote->cue = before->cue;
        quote->cue_lemma = before->cue_lemma;
        quote->time = before->time;
        quote->place = before->place;
        quote->via = before->via;
        quote->addressee = before->addressee;
    }
    if (piece->continues && piece->follows >= 0) {
        quote->part_of = pieces->items[piece->follows].quote;
    }
}

/* Indirect speech of a cue, unless its clause is itself in quotation marks. */
static int32_t emit_indirect(Speech *speech, uint32_t index) {
    const Cue *cue = &speech->cues[index];
    const char *rule = "";
    Span span = indirect_span(speech, index, &rule);
    Quote *quote;
    uint32_t first;

    if (span_empty(span)) {
        return -1;
    }
    first = token_at(speech->text, span.begin);
    if (speech->quoted[first]) {
        return -1;
    }
    quote = push_quote(speech);
    quote->span = span;
    quote->kind = QUOTE_INDIRECT;
    quote->why = why_of(speech, rule, cue);
    fill_attribution(speech, cue, quote);
    return (int32_t)speech->analysis->quote_count - 1;
}

/* Words in quotation marks are part of the clause that their cue reports. */
static void link_pieces(Speech *speech, const Pieces *pieces,
                        const int32_t *clauses) {
    Quote *quotes = speech->analysis->quotes;

    for (uint32_t i = 0; i < pieces->count; i++) {
        const Piece *piece = &pieces->items[i];
        int32_t clause =
            piece->cue >= 0 && piece->quote >= 0 ? clauses[piece->cue] : -1;
        if (clause >= 0 && quotes[piece->quote].part_of < 0 &&
            span_holds(quotes[clause].span, quotes[piece->quote].span)) {
            quotes[piece->quote].part_of = clause;
        }
    }
}

static int by_place(const void *left, const void *right) {
    const Quote *a = left, *b = right;

    if (a->span.begin != b->span.begin) {
        return a->span.begin < b->span.begin ? -1 : 1;
    }
    return a->span.end > b->span.end ? -1 : a->span.end < b->span.end;
}

/* Put quotes in the order of the text: two sorted lists, pieces and clauses,
 * become one, and `part_of` follows. */
static void sort_quotes(Speech *speech, uint32_t middle) {
    Analysis *analysis = speech->analysis;
    uint32_t count = analysis->quote_count, left = 0, right = middle;
    Quote *sorted = arena_alloc(speech->arena, (count + 1) * sizeof *sorted);
    uint32_t *place = arena_alloc(speech->arena, (count + 1) * sizeof *place);

    qsort(analysis->quotes + middle, count - middle, sizeof *sorted, by_place);
    for (uint32_t i = 0; i < count; i++) {
        bool take = left < middle &&
                    (right == count || by_place(&analysis->quotes[left],
                                                &analysis->quotes[right]) <= 0);
        uint32_t from = take ? left++ : right++;
        sorted[i] = analysis->quotes[from];
        place[from] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (sorted[i].part_of >= 0) {
            sorted[i].part_of = (int32_t)place[sorted[i].part_of];
        }
    }
    analysis->quotes = sorted;
    analysis->quote_capacity = count + 1;
}

void find_quotes(Arena *arena, Analysis *analysis, const Words *words) {
    Speech speech = {.arena = arena,
                     .analysis = analysis,
                     .text = &analysis->text,
                     .words = *words,
                     .speaker = -1,
                     .body = -1};
    Pieces pieces;
    uint32_t middle;
    int32_t *clauses;

    pieces_find(&speech, &pieces);
    cues_find(&speech);
    pieces_attribute(&speech, &pieces);
    for (uint32_t i = 0; i < pieces.count; i++) {
        if (!pieces.items[i].drop) {
            emit_piece(&speech, &pieces, i);
        }
    }
    middle = analysis->quote_count;
    clauses = arena_alloc(arena, (speech.cue_count + 1) * sizeof *clauses);
    for (uint32_t i = 0; i < speech.cue_count; i++) {
        clauses[i] = emit_indirect(&speech, i);
    }
    link_pieces(&speech, &pieces, clauses);
    if (analysis->quote_count) {
        sort_quotes(&speech, middle);
    }
}
