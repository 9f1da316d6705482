/* SPDX-License-Identifier: Apache-2.0 */
/* find/record.c - one report's analysis as the contract's line of JSON.
 *
 * Room: find. Fields stand in the contract's order; what is not known is null,
 * never left out. The writer's error is sticky in the Buf, so nothing is
 * checked on the way. */
#include "base/json.h"
#include "find/find.h"

static void put_strings(Json *json, const char *key, StrList list) {
    json_key(json, key);
    json_open(json, '[');
    for (uint32_t i = 0; i < list.count; i++) {
        json_str(json, list.items[i]);
    }
    json_close(json, ']');
}

/* {"span":[..],"entity":0,"name":".."}, or null for nobody. */
static void put_party(Json *json, const char *key, Party party) {
    json_key(json, key);
    if (party.entity < 0 && party.name.len == 0 && span_empty(party.span)) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_key_span_or_null(json, "span", party.span);
    json_key_int_or_null(json, "entity", party.entity, -1);
    json_key_str_or_null(json, "name", party.name);
    json_close(json, '}');
}

static void put_head(Json *json, const Analysis *analysis) {
    const Report *report = analysis->report;
    const Clean *clean = &analysis->clean;
    bool is_stdin = str_is(report->path, "-");

    json_key_str(json, "id", report->id);
    json_key_str(json, "charset", report->charset);
    if (clean->page != PAGE_NONE) {
        json_key_str(json, "page", str_of(page_kind_name(clean->page)));
    }
    json_key_str_or_null(json, "path", is_stdin ? str_of("") : report->path);
    json_key_str_or_null(json, "url", clean->url);
    json_key_str_or_null(json, "outlet", clean->outlet);
    json_key_str_or_null(json, "title", clean->title);
    put_strings(json, "byline", clean->byline);
    put_strings(json, "credit", clean->credit);
    json_key_str_or_null(json, "published", clean->published);
    json_key_str(json, "published_from",
                 str_of(published_from_name(clean->published_from)));
    if (clean->page != PAGE_NONE) {
        json_key_str_or_null(json, "modified", clean->modified);
        json_key_str_or_null(json, "section", clean->section);
    }
    json_key_str(json, "language", analysis->text.language);
    json_key(json, "language_p");
    json_number(json, analysis->text.language_p, 2);
    json_key_str(json, "text", clean->text);
}

/* Where each block of the body stands in the page. */
static void put_sources(Json *json, const Clean *clean) {
    json_key(json, "source_spans");
    json_open(json, '[');
    for (uint32_t i = 0; i < clean->block_count; i++) {
        const Block *block = &clean->blocks[i];
        if (block->kind != BLOCK_LITTER) {
            json_open(json, '{');
            json_key_span(json, "span", block->span);
            json_key_span(json, "source", block->source);
            json_key_str(json, "kind", str_of(block_kind_name(block->kind)));
            json_close(json, '}');
        }
    }
    json_close(json, ']');
}

static void put_body(Json *json, const Clean *clean) {
    json_key(json, "body");
    json_open(json, '[');
    for (uint32_t i = 0; i < clean->body.count; i++) {
        json_span(json, clean->body.items[i]);
    }
    json_close(json, ']');
    json_key(json, "litter");
    json_open(json, '[');
    for (uint32_t i = 0; i < clean->block_count; i++) {
        const Block *block = &clean->blocks[i];
        if (block->kind == BLOCK_LITTER) {
            json_open(json, '{');
            json_key_span(json, "span", block->span);
            json_key_str(json, "why", block->why);
            json_close(json, '}');
        }
    }
    json_close(json, ']');
}

/* [start, end, UPOS, lemma, relation, head]; only the span where the text was
 * not read. */
static void put_token(Json *json, const Analysis *analysis, uint32_t i) {
    const Token *token = &analysis->text.tokens[i];
    const Word *word = &analysis->tags.words[i];

    if (analysis->tags.count == 0) {
        json_span(json, (Span){token->begin, token->end});
        return;
    }
    json_open(json, '[');
    json_int(json, token->begin);
    json_int(json, token->end);
    json_str(json, str_of(upos_name((Upos)word->upos)));
    json_str(json, word->lemma);
    json_str(json, str_of(rel_name((Rel)word->rel)));
    json_int(json, word->head == TAG_ROOT ? -1 : (int64_t)word->head);
    json_close(json, ']');
}

static void put_sentences(Json *json, const Analysis *analysis, bool tokens) {
    const Text *text = &analysis->text;

    json_key(json, "sentences");
    json_open(json, '[');
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        json_span(json, text->sentences[i].span);
    }
    json_close(json, ']');
    if (tokens) {
        json_key(json, "tokens");
        json_open(json, '[');
        for (uint32_t i = 0; i < text->token_count; i++) {
            put_token(json, analysis, i);
        }
        json_close(json, ']');
    }
    json_key(json, "headings");
    json_open(json, '[');
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        if (text->sentences[i].heading) {
            json_span(json, text->sentences[i].span);
        }
    }
    json_close(json, ']');
}

static void put_mentions(Json *json, const Analysis *analysis) {
    json_key(json, "mentions");
    json_open(json, '[');
    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        const Mention *mention = &analysis->mentions[i];
        json_open(json, '{');
        json_key_span(json, "span", mention->span);
        json_key_str(json, "type", str_of(entity_type_name(mention->type)));
        json_key_str(json, "kind", str_of(mention_kind_name(mention->kind)));
        json_key_int_or_null(json, "entity", mention->entity, -1);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_entities(Json *json, const Analysis *analysis) {
    json_key(json, "entities");
    json_open(json, '[');
    for (uint32_t i = 0; i < analysis->entity_count; i++) {
        const Entity *entity = &analysis->entities[i];
        json_open(json, '{');
        json_key_int(json, "id", i);
        json_key_str(json, "name", entity->name);
        json_key_str(json, "type", str_of(entity_type_name(entity->type)));
        put_strings(json, "aliases", entity->aliases);
        json_key_str_or_null(json, "role", entity->role);
        json_key_str_or_null(json, "of", entity->of);
        json_key_str_or_null(json, "code", entity->code);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_times(Json *json, const Analysis *analysis) {
    json_key(json, "times");
    json_open(json, '[');
    for (uint32_t i = 0; i < analysis->time_count; i++) {
        const Time *time = &analysis->times[i];
        json_open(json, '{');
        json_key_span(json, "span", time->span);
        json_key_str(json, "type", str_of(time_type_name(time->type)));
        json_key_str(json, "value", time->value);
        json_key_str_or_null(json, "mod", time->mod);
        json_key_str(json, "why", time->why);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_quote(Json *json, const Quote *quote) {
    json_open(json, '{');
    json_key_span(json, "span", quote->span);
    json_key_str(json, "kind", str_of(quote_kind_name(quote->kind)));
    json_key_str(json, "act", str_of(quote->thought ? "thought" : "said"));
    put_party(json, "speaker", quote->speaker);
    json_key(json, "cue");
    if (span_empty(quote->cue)) {
        json_null(json);
    } else {
        json_open(json, '{');
        json_key_span(json, "span", quote->cue);
        json_key_str_or_null(json, "lemma", quote->cue_lemma);
        json_close(json, '}');
    }
    put_party(json, "addressee", quote->addressee);
    put_strings(json, "via", quote->via);
    json_key_str_or_null(json, "time", quote->time);
    json_key_str_or_null(json, "place", quote->place);
    json_key(json, "part_of");
    if (quote->part_of < 0) {
        json_null(json);
    } else {
        json_int(json, quote->part_of);
    }
    json_key_str(json, "why", quote->why);
    json_close(json, '}');
}

static void put_figure(Json *json, Str text, const Figure *figure) {
    json_open(json, '{');
    json_key_span(json, "span", figure->span);
    json_key_str(json, "kind", str_of(figure_kind_name(figure->kind)));
    json_key_int_or_null(json, "low", figure->low, FIGURE_UNKNOWN);
    json_key_int_or_null(json, "high", figure->high, FIGURE_UNKNOWN);
    json_key_int_or_null(json, "best", figure->best, FIGURE_UNKNOWN);
    json_key_bool(json, "approximate", figure->approximate);
    json_key(json, "of");
    if (span_empty(figure->of)) {
        json_null(json);
    } else {
        json_open(json, '{');
        json_key_str(json, "text", str_at(text, figure->of));
        json_key_span(json, "span", figure->of);
        json_key_str_or_null(json, "code", figure->of_code);
        json_close(json, '}');
    }
    put_party(json, "claimant", figure->claimant);
    json_key_str_or_null(json, "from", figure->from);
    json_key_str_or_null(json, "to", figure->to);
    json_key_str_or_null(json, "place", figure->place);
    json_key_str(json, "why", figure->why);
    json_close(json, '}');
}

static void put_sides(Json *json, const char *key, const EventSide *sides,
                      uint32_t count) {
    json_key(json, key);
    json_open(json, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_open(json, '{');
        json_key_span(json, "span", sides[i].span);
        json_key_int_or_null(json, "entity", sides[i].entity, -1);
        json_key_str_or_null(json, "code", sides[i].code);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_event(Json *json, Str text, const Event *event) {
    json_open(json, '{');
    json_key_span(json, "span", event->span);
    json_key_span(json, "trigger", event->trigger);
    json_key_str_or_null(json, "cameo", event->cameo);
    json_key_str_or_null(json, "plover", event->plover);
    json_key_str_or_null(json, "mode", event->mode);
    put_sides(json, "source", event->sources, event->source_count);
    put_sides(json, "target", event->targets, event->target_count);
    json_key_str(json, "status", str_of(event_status_name(event->status)));
    json_key(json, "instrument");
    if (span_empty(event->instrument)) {
        json_null(json);
    } else {
        json_open(json, '{');
        json_key_span(json, "span", event->instrument);
        json_key_str(json, "text", str_at(text, event->instrument));
        json_close(json, '}');
    }
    json_key_span_or_null(json, "condition", event->condition);
    put_party(json, "claimant", event->claimant);
    json_key_str_or_null(json, "time", event->time);
    json_key_str_or_null(json, "place", event->place);
    json_key_str(json, "why", event->why);
    json_close(json, '}');
}

static void put_claims(Json *json, const Analysis *analysis) {
    json_key(json, "quotes");
    json_open(json, '[');
    for (uint32_t i = 0; i < analysis->quote_count; i++) {
        put_quote(json, &analysis->quotes[i]);
    }
    json_close(json, ']');
    json_key(json, "figures");
    json_open(json, '[');
    for (uint32_t i = 0; i < analysis->figure_count; i++) {
        put_figure(json, analysis->clean.text, &analysis->figures[i]);
    }
    json_close(json, ']');
    json_key(json, "events");
    json_open(json, '[');
    for (uint32_t i = 0; i < analysis->event_count; i++) {
        put_event(json, analysis->clean.text, &analysis->events[i]);
    }
    json_close(json, ']');
}

void record_write(const Analysis *analysis, bool tokens, Buf *out) {
    Json json = json_to(out);

    json_open(&json, '{');
    put_head(&json, analysis);
    put_body(&json, &analysis->clean);
    if (analysis->clean.page != PAGE_NONE) {
        put_sources(&json, &analysis->clean);
    }
    put_sentences(&json, analysis, tokens);
    put_mentions(&json, analysis);
    put_entities(&json, analysis);
    put_times(&json, analysis);
    put_claims(&json, analysis);
    json_key_str(&json, "lexicon", lexicon_version(analysis->text.lexicon));
    json_key(&json, "given");
    json_raw(&json, analysis->report->given);
    json_close(&json, '}');
    buf_char(out, '\n');
}
