/* SPDX-License-Identifier: Apache-2.0 */
/* find/quotes.c - see find.h: quotes of a report, with their speakers.
 *
 * Room: find. A model reads who said what (attribution.h). Rules settle what it
 * cannot see: an outlet that only passes on, words in quotation marks that it
 * has left, quotations that go on over paragraphs. The steps are in quotes.h.
 */
#include "find/attribution.h"
#include "find/finders.h"

#include <assert.h>
#include <stdlib.h>

enum { RIVALS_MAX = 4 }; /* cues after one that may have the same content */

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
    quote->cue_lemma =
        cue->row.lexicon
            ? lex_cell(cue->row, LEX_CUE_LEMMA)
            : str_at(speech->text->bytes, range_span(speech->text, cue->range));
    quote->thought =
        cue->row.lexicon && lex_is(cue->row, LEX_CUE_CLASS, "thought");
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
        quote->cue = range_span(speech->text, piece->sign);
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

static bool is_within(Range inner, Range outer) {
    return inner.first >= outer.first && inner.last <= outer.last;
}

/* The first piece that begins at token `first` or after. */
static uint32_t piece_from(const Pieces *pieces, uint32_t first) {
    uint32_t low = 0, high = pieces->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (pieces->items[middle].tokens.first < first) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* True if the content is pieces and nothing else. */
static bool fills(const Pieces *pieces, Range content) {
    uint32_t at = content.first;

    for (uint32_t i = piece_from(pieces, at);
         i < pieces->count && is_within(pieces->items[i].tokens, content);
         i++) {
        if (pieces->items[i].tokens.first != at) {
            return false;
        }
        at = pieces->items[i].tokens.last;
    }
    return at == content.last;
}

static int32_t push_part(Speech *speech, Cue *cue, bool thought, Range tokens,
                         QuoteKind kind, int32_t part_of) {
    Quote *quote = push_quote(speech);

    quote->span = range_span(speech->text, tokens);
    quote->kind = kind;
    quote->why = why_of(speech, "model", cue);
    fill_attribution(speech, cue, quote);
    quote->thought = thought;
    quote->part_of = part_of;
    return (int32_t)speech->analysis->quote_count - 1;
}

/* One run of the content: the clause, and what it has in quotation marks.
 * Returns the quote that the next runs are part of. */
static int32_t emit_content(Speech *speech, Pieces *pieces, Cue *cue,
                            const Attribution *from, Range content,
                            int32_t head) {
    bool whole = fills(pieces, content);

    if (!whole) {
        int32_t clause = push_part(speech, cue, from->thought, content,
                                   QUOTE_INDIRECT, head);
        head = head < 0 ? clause : head;
    }
    for (uint32_t i = piece_from(pieces, content.first);
         i < pieces->count && is_within(pieces->items[i].tokens, content);
         i++) {
        Piece *piece = &pieces->items[i];
        if (piece->drop) {
            continue;
        }
        piece->direct = piece->direct || (head >= 0 && whole);
        piece->quote =
            push_part(speech, cue, from->thought, piece->tokens,
                      piece->direct ? QUOTE_DIRECT : QUOTE_MIXED, head);
        head = head < 0 ? piece->quote : head;
    }
    return head;
}

static void emit_attribution(Speech *speech, Pieces *pieces, Cue *cue,
                             const Attribution *from) {
    int32_t head = -1;

    for (uint32_t i = 0; i < from->content_count; i++) {
        head = emit_content(speech, pieces, cue, from, from->contents[i], head);
    }
}

/* What a cue that the model has not taken reports without quotation marks. */
static void emit_clause(Speech *speech, uint32_t index) {
    const char *rule = "";
    Span span = indirect_span(speech, index, &rule);
    Quote *quote;

    if (span_empty(span) ||
        speech->quoted[token_at(speech->text, span.begin)]) {
        return;
    }
    quote = push_quote(speech);
    quote->span = span;
    quote->kind = QUOTE_INDIRECT;
    quote->why = why_of(speech, rule, &speech->cues[index]);
    fill_attribution(speech, &speech->cues[index], quote);
}

static bool overlap(const Attribution *a, const Attribution *b) {
    for (uint32_t i = 0; i < a->content_count; i++) {
        for (uint32_t k = 0; k < b->content_count; k++) {
            if (a->contents[i].first < b->contents[k].last &&
                b->contents[k].first < a->contents[i].last) {
                return true;
            }
        }
    }
    return false;
}

/* "..., X said, AFP reported.": an outlet only passes on what another says;
 * else who is surer of the words has them. */
static void settle_rivals(const Speech *speech, Attributions *attributions) {
    for (uint32_t c = 0; c < speech->cue_count; c++) {
        const Cue *cue = &speech->cues[c];
        for (uint32_t r = c + 1;
             cue->model >= 0 && r < speech->cue_count && r <= c + RIVALS_MAX;
             r++) {
            const Cue *rival = &speech->cues[r];
            Attribution *one = &attributions->items[cue->model], *other;
            bool outlet, passed;
            if (rival->model < 0) {
                continue;
            }
            other = &attributions->items[rival->model];
            if (!overlap(one, other)) {
                continue;
            }
            outlet = party_is_outlet(speech, cue->subject);
            passed = party_is_outlet(speech, rival->subject);
            if (outlet != passed ? outlet : one->score < other->score) {
                one->content_count = 0;
            } else {
                other->content_count = 0;
            }
        }
    }
}

/* "...," X said, according to AFP: the model may have seen only the outlet, or
 * X as part of what it tells. The words are X's. */
static void pass_back(Speech *speech, Attributions *attributions) {
    for (uint32_t c = 1; c < speech->cue_count; c++) {
        Cue *cue = &speech->cues[c], *before = cue - 1;
        Attribution *from =
            cue->model < 0 ? NULL : &attributions->items[cue->model];
        const Range *last;

        if (!from || !from->content_count || range_empty(before->subject) ||
            speech->text->tokens[before->range.first].sentence !=
                speech->text->tokens[cue->range.first].sentence ||
            !party_is_outlet(speech, cue->subject) ||
            party_is_outlet(speech, before->subject)) {
            continue;
        }
        last = &from->contents[from->content_count - 1];
        if (last->first <= before->range.first &&
            before->range.last <= last->last) {
            from->content_count = 0;
        } else if (last->last <= before->subject.first &&
                   last->last <= before->range.first && before->model < 0) {
            before->model = cue->model;
            cue->model = -1;
        }
    }
}

/* The pieces within contents belong to their cues. */
static void claim_pieces(const Speech *speech, const Attributions *attributions,
                         Pieces *pieces) {
    for (uint32_t c = 0; c < speech->cue_count; c++) {
        const Cue *cue = &speech->cues[c];
        const Attribution *from =
            cue->model < 0 ? NULL : &attributions->items[cue->model];
        for (uint32_t i = 0; from && i < from->content_count; i++) {
            for (uint32_t k = piece_from(pieces, from->contents[i].first);
                 k < pieces->count &&
                 is_within(pieces->items[k].tokens, from->contents[i]);
                 k++) {
                pieces->items[k].cue = (int32_t)c;
                pieces->items[k].rule = "model";
            }
        }
    }
}

/* A quote and where it stood before sorting. */
typedef struct Placed {
    Quote quote;
    uint32_t from;
} Placed;

static int by_place(const void *left, const void *right) {
    const Placed *a = left, *b = right;

    if (a->quote.span.begin != b->quote.span.begin) {
        return a->quote.span.begin < b->quote.span.begin ? -1 : 1;
    }
    if (a->quote.span.end != b->quote.span.end) {
        return a->quote.span.end > b->quote.span.end ? -1 : 1;
    }
    return a->from < b->from ? -1 : 1;
}

/* Put quotes in the order of the text, clauses before the words in quotation
 * marks in them; `part_of` follows. */
static void sort_quotes(Speech *speech) {
    Analysis *analysis = speech->analysis;
    uint32_t count = analysis->quote_count;
    Placed *placed = arena_alloc(speech->arena, (count + 1) * sizeof *placed);
    uint32_t *place = arena_alloc(speech->arena, (count + 1) * sizeof *place);

    for (uint32_t i = 0; i < count; i++) {
        placed[i] = (Placed){analysis->quotes[i], i};
    }
    qsort(placed, count, sizeof *placed, by_place);
    for (uint32_t i = 0; i < count; i++) {
        analysis->quotes[i] = placed[i].quote;
        place[placed[i].from] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        int32_t *part_of = &analysis->quotes[i].part_of;
        *part_of = *part_of < 0 ? -1 : (int32_t)place[*part_of];
    }
}

void find_quotes(Arena *arena, const ChainFile *model, Analysis *analysis,
                 const Words *words) {
    Speech speech = {.arena = arena,
                     .analysis = analysis,
                     .text = &analysis->text,
                     .words = *words,
                     .speaker = -1,
                     .body = -1};
    Pieces pieces;
    Units units;
    Attributions attributions;

    pieces_find(&speech, &pieces);
    units_read(arena, analysis, words, &pieces, &units);
    attributions_read(arena, model, &units, &attributions);
    cues_find(&speech, &attributions);
    settle_rivals(&speech, &attributions);
    pass_back(&speech, &attributions);
    claim_pieces(&speech, &attributions, &pieces);
    pieces_attribute(&speech, &pieces);
    for (uint32_t i = 0; i < speech.cue_count; i++) {
        if (speech.cues[i].model >= 0) {
            emit_attribution(&speech, &pieces, &speech.cues[i],
                             &attributions.items[speech.cues[i].model]);
        } else {
            emit_clause(&speech, i);
        }
    }
    for (uint32_t i = 0; i < pieces.count; i++) {
        if (!pieces.items[i].drop && pieces.items[i].quote < 0) {
            emit_piece(&speech, &pieces, i);
        }
    }
    sort_quotes(&speech);
}
