/* SPDX-License-Identifier: Apache-2.0 */
/* tell/claims.c - see claims.h. */
#include "tell/claims.h"

#include "base/map.h"

/* Columns of both queries: first those of the report, then the claim's. */
enum {
    COL_REPORT,
    COL_ID,
    COL_OUTLET,
    COL_LABEL,
    COL_PUBLISHED,
    COL_ORIGIN,
    COL_STORY,
    COL_BEGIN,
    COL_END,
    COL_WORDS,
    COL_KIND,
    COL_PLACE,
    COL_WHY,
    COL_VOICE, /* entity, name, code, begin, end */
    COL_REST = COL_VOICE + 5,
};

enum {
    COL_STATEMENT = COL_REST,
    COL_PART_OF,
    COL_ACT,
    COL_CUE, /* and its span */
    COL_VIA = COL_CUE + 3,
    COL_TIME,
    COL_ADDRESSEE, /* as COL_VOICE */
};

enum {
    COL_LOW = COL_REST,
    COL_HIGH,
    COL_BEST,
    COL_APPROXIMATE,
    COL_OF, /* span, words, code */
    COL_FROM = COL_OF + 4,
    COL_TO,
};

enum {
    COL_EVENT = COL_REST,
    COL_HAPPENING,
    COL_STATUS,
    COL_PLOVER,
    COL_MODE,
    COL_EVENT_TIME,
    COL_TRIGGER,                      /* span */
    COL_INSTRUMENT = COL_TRIGGER + 2, /* span, words */
    COL_CONDITION = COL_INSTRUMENT + 3,
};

/* `kind` is the column that says which: "q.kind". */
#define CLAIM_COLUMNS(kind)                                                    \
    "SELECT r.report, r.id, r.outlet, r.label, r.published, g.origin, "        \
    "g.story,"                                                                 \
    " q.begin, q.end, CAST(substr(CAST(r.text AS BLOB), q.begin + 1,"          \
    " q.end - q.begin) AS TEXT), " kind ", q.place, q.why,"
#define CLAIM_ORDER                                                            \
    " WHERE q.claim = ?1 AND NOT q.cut AND g.latest"                           \
    " ORDER BY r.published IS NULL, r.published, r.report, q.begin"

static const char quote_sql[] = CLAIM_COLUMNS(
    "q.kind") " q.speaker, COALESCE(e.name, q.speaker_name), e.code, "
              "q.speaker_begin,"
              " q.speaker_end, q.statement,"
              " (SELECT p.claim FROM quote p WHERE p.quote = q.part_of), "
              "q.act, q.cue,"
              " q.cue_begin, q.cue_end, q.via, q.time,"
              " q.addressee, COALESCE(x.name, q.addressee_name), x.code,"
              " q.addressee_begin, q.addressee_end"
              " FROM quote q JOIN report r JOIN standing g ON g.report = "
              "r.report AND "
              "r.report = q.report"
              " LEFT JOIN entity e ON e.entity = q.speaker"
              " LEFT JOIN entity x ON x.entity = q.addressee" CLAIM_ORDER;

static const char figure_sql[] = CLAIM_COLUMNS(
    "q.kind") " q.claimant, COALESCE(e.name, q.claimant_name), e.code,"
              " q.claimant_begin, q.claimant_end, q.low, q.high, q.best, "
              "q.approximate,"
              " q.of_begin, q.of_end, CASE WHEN q.of_end > q.of_begin THEN"
              " CAST(substr(CAST(r.text AS BLOB), q.of_begin + 1,"
              " q.of_end - q.of_begin) AS TEXT) END, q.of_code, q.\"from\", "
              "q.\"to\""
              " FROM figure q JOIN report r JOIN standing g ON g.report = "
              "r.report AND "
              "r.report = q.report"
              " LEFT JOIN entity e ON e.entity = q.claimant" CLAIM_ORDER;

/* What stands in a column's span, or NULL. */
#define WORDS_OF(column)                                                       \
    "CASE WHEN " column "_end > " column "_begin THEN"                         \
    " CAST(substr(CAST(r.text AS BLOB), " column "_begin + 1, " column         \
    "_end - " column "_begin) AS TEXT) END"

static const char event_sql[] = CLAIM_COLUMNS(
    "q.cameo") " q.claimant, COALESCE(e.name, q.claimant_name), e.code,"
               " q.claimant_begin, q.claimant_end, q.event, q.happening, "
               "q.status,"
               " q.plover, q.mode, q.time, q.trigger_begin, q.trigger_end,"
               " q.instrument_begin, q.instrument_end, " WORDS_OF(
                   "q.instrument") ","
                                   " q.condition_begin, q.condition_end"
                                   " FROM event q JOIN report r JOIN standing "
                                   "g ON g.report = r.report AND "
                                   "r.report = q.report"
                                   " LEFT JOIN entity e ON e.entity = "
                                   "q.claimant" CLAIM_ORDER;

static const char side_sql[] =
    "SELECT d.side, d.begin, d.end, d.entity, e.name, d.code,"
    " CAST(substr(CAST(r.text AS BLOB), d.begin + 1, d.end - d.begin) AS TEXT)"
    " FROM event_side d JOIN event v ON v.event = d.event"
    " JOIN report r ON r.report = v.report"
    " LEFT JOIN entity e ON e.entity = d.entity"
    " WHERE d.event = ?1 ORDER BY d.side, d.place";

void carrier_push(Arena *arena, Carriers *carriers, Carrier item) {
    carriers->items = arena_grow(arena, carriers->items, carriers->count,
                                 &carriers->capacity, sizeof *carriers->items);
    carriers->items[carriers->count++] = item;
}

void carriers_count(Arena *arena, Carriers *carriers) {
    Map reports, origins;
    bool is_new;

    carriers->reports = carriers->origins = 0;
    map_init(&reports, arena, carriers->count);
    map_init(&origins, arena, carriers->count);
    for (uint32_t i = 0; i < carriers->count; i++) {
        map_put(&reports, (uint64_t)carriers->items[i].report, 0, &is_new);
        carriers->reports += is_new;
        map_put(&origins, (uint64_t)carriers->items[i].origin, 0, &is_new);
        carriers->origins += is_new;
    }
}

static void read_carrier(Query *query, Arena *arena, Carriers *carriers) {
    carrier_push(arena, carriers,
                 (Carrier){.report = query_int(query, COL_REPORT),
                           .origin = query_int(query, COL_ORIGIN),
                           .story = query_int(query, COL_STORY),
                           .id = query_dup(query, arena, COL_ID),
                           .outlet = query_dup(query, arena, COL_OUTLET),
                           .label = query_dup(query, arena, COL_LABEL),
                           .published = query_dup(query, arena, COL_PUBLISHED),
                           .span = query_span(query, COL_BEGIN)});
}

static Voice read_voice(Query *query, Arena *arena, int column) {
    return (Voice){.entity = query_int(query, column),
                   .name = query_dup(query, arena, column + 1),
                   .code = query_dup(query, arena, column + 2),
                   .span = query_span(query, column + 3)};
}

static int64_t read_number(Query *query, int column) {
    return query_null(query, column) ? FIGURE_UNKNOWN
                                     : query_int(query, column);
}

bool quote_read(Teller *teller, Arena *arena, int64_t claim, QuoteClaim *out) {
    Query *query = query_fixed(teller, quote_sql);
    QuoteClaim quote = {.claim = claim};

    query_bind(query, 1, claim);
    while (query_next(query)) {
        read_carrier(query, arena, &quote.carriers);
        if (quote.carriers.count > 1) {
            continue;
        }
        quote.statement = query_int(query, COL_STATEMENT);
        quote.part_of = query_int(query, COL_PART_OF);
        quote.span = query_span(query, COL_BEGIN);
        quote.words = query_dup(query, arena, COL_WORDS);
        quote.kind = query_dup(query, arena, COL_KIND);
        quote.act = query_dup(query, arena, COL_ACT);
        quote.speaker = read_voice(query, arena, COL_VOICE);
        quote.addressee = read_voice(query, arena, COL_ADDRESSEE);
        quote.cue = query_dup(query, arena, COL_CUE);
        quote.cue_span = query_span(query, COL_CUE + 1);
        quote.via = query_dup(query, arena, COL_VIA);
        quote.time = query_dup(query, arena, COL_TIME);
        quote.place = query_dup(query, arena, COL_PLACE);
        quote.why = query_dup(query, arena, COL_WHY);
    }
    carriers_count(arena, &quote.carriers);
    *out = quote;
    return quote.carriers.count > 0;
}

bool figure_read(Teller *teller, Arena *arena, int64_t claim,
                 FigureClaim *out) {
    Query *query = query_fixed(teller, figure_sql);
    FigureClaim figure = {.claim = claim};

    query_bind(query, 1, claim);
    while (query_next(query)) {
        read_carrier(query, arena, &figure.carriers);
        if (figure.carriers.count > 1) {
            continue;
        }
        figure.span = query_span(query, COL_BEGIN);
        figure.words = query_dup(query, arena, COL_WORDS);
        figure.kind = query_dup(query, arena, COL_KIND);
        figure.low = read_number(query, COL_LOW);
        figure.high = read_number(query, COL_HIGH);
        figure.best = read_number(query, COL_BEST);
        figure.approximate = query_int(query, COL_APPROXIMATE) != 0;
        figure.of = query_span(query, COL_OF);
        figure.of_text = query_dup(query, arena, COL_OF + 2);
        figure.of_code = query_dup(query, arena, COL_OF + 3);
        figure.claimant = read_voice(query, arena, COL_VOICE);
        figure.from = query_dup(query, arena, COL_FROM);
        figure.to = query_dup(query, arena, COL_TO);
        figure.place = query_dup(query, arena, COL_PLACE);
        figure.why = query_dup(query, arena, COL_WHY);
    }
    carriers_count(arena, &figure.carriers);
    *out = figure;
    return figure.carriers.count > 0;
}

static void read_sides(Teller *teller, Arena *arena, int64_t event,
                       EventClaim *out) {
    Query *query = query_fixed(teller, side_sql);

    query_bind(query, 1, event);
    while (query_next(query)) {
        Sides *sides = str_is(query_text(query, 0), "source") ? &out->sources
                                                              : &out->targets;
        sides->items = arena_grow(arena, sides->items, sides->count,
                                  &sides->capacity, sizeof *sides->items);
        sides->items[sides->count++] =
            (SideClaim){.span = query_span(query, 1),
                        .entity = query_int(query, 3),
                        .name = query_dup(query, arena, 4),
                        .code = query_dup(query, arena, 5),
                        .words = query_dup(query, arena, 6)};
    }
}

bool event_read(Teller *teller, Arena *arena, int64_t claim, EventClaim *out) {
    Query *query = query_fixed(teller, event_sql);
    EventClaim event = {.claim = claim};
    int64_t number = 0;

    query_bind(query, 1, claim);
    while (query_next(query)) {
        read_carrier(query, arena, &event.carriers);
        if (event.carriers.count > 1) {
            continue;
        }
        number = query_int(query, COL_EVENT);
        event.happening = query_int(query, COL_HAPPENING);
        event.span = query_span(query, COL_BEGIN);
        event.words = query_dup(query, arena, COL_WORDS);
        event.cameo = query_dup(query, arena, COL_KIND);
        event.plover = query_dup(query, arena, COL_PLOVER);
        event.mode = query_dup(query, arena, COL_MODE);
        event.status = query_dup(query, arena, COL_STATUS);
        event.claimant = read_voice(query, arena, COL_VOICE);
        event.time = query_dup(query, arena, COL_EVENT_TIME);
        event.place = query_dup(query, arena, COL_PLACE);
        event.why = query_dup(query, arena, COL_WHY);
        event.trigger = query_span(query, COL_TRIGGER);
        event.instrument = query_span(query, COL_INSTRUMENT);
        event.instrument_text = query_dup(query, arena, COL_INSTRUMENT + 2);
        event.condition = query_span(query, COL_CONDITION);
    }
    read_sides(teller, arena, number, &event);
    carriers_count(arena, &event.carriers);
    *out = event;
    return event.carriers.count > 0;
}

/* ---------------------------------------------------------------- JSON */

static void put_voice(Json *json, const char *key, const Voice *voice) {
    json_key(json, key);
    if (voice->name.len == 0) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_key_span_or_null(json, "span", voice->span);
    json_key_int_or_null(json, "entity", voice->entity, 0);
    json_key_str(json, "name", voice->name);
    json_key_str_or_null(json, "code", voice->code);
    json_close(json, '}');
}

/* "mentions", "reports", "origins". */
static void put_carriers(Json *json, const Carriers *carriers) {
    json_key(json, "mentions");
    json_open(json, '[');
    for (uint32_t i = 0; i < carriers->count; i++) {
        json_open(json, '{');
        json_key_str(json, "report", carriers->items[i].id);
        json_key_span(json, "span", carriers->items[i].span);
        json_key_str_or_null(json, "outlet", carriers->items[i].outlet);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_key(json, "reports");
    json_open(json, '[');
    for (uint32_t i = 0; i < carriers->count; i++) {
        if (i == 0 ||
            carriers->items[i].report != carriers->items[i - 1].report) {
            json_str(json, carriers->items[i].id);
        }
    }
    json_close(json, ']');
    json_key_int(json, "origins", carriers->origins);
}

void quote_json(Json *json, const QuoteClaim *quote) {
    json_open(json, '{');
    json_key_int(json, "id", quote->claim);
    json_key_int(json, "statement", quote->statement);
    json_key_span(json, "span", quote->span);
    json_key_str(json, "text", quote->words);
    json_key_str(json, "kind", quote->kind);
    json_key_str(json, "act", quote->act);
    put_voice(json, "speaker", &quote->speaker);
    json_key(json, "cue");
    if (span_empty(quote->cue_span)) {
        json_null(json);
    } else {
        json_open(json, '{');
        json_key_span(json, "span", quote->cue_span);
        json_key_str_or_null(json, "lemma", quote->cue);
        json_close(json, '}');
    }
    put_voice(json, "addressee", &quote->addressee);
    json_key(json, "via");
    json_raw(json, quote->via);
    json_key_str_or_null(json, "time", quote->time);
    json_key_str_or_null(json, "place", quote->place);
    json_key_int_or_null(json, "part_of", quote->part_of, 0);
    json_key_str(json, "why", quote->why);
    put_carriers(json, &quote->carriers);
    json_close(json, '}');
}

static void put_numbers(Json *json, const char *key, const Claims *claims) {
    json_key(json, key);
    json_open(json, '[');
    for (uint32_t i = 0; i < claims->count; i++) {
        json_int(json, claims->items[i]);
    }
    json_close(json, ']');
}

void figure_json(Json *json, const FigureClaim *figure) {
    json_open(json, '{');
    json_key_int(json, "id", figure->claim);
    json_key_int(json, "count", figure->count);
    put_numbers(json, "conflicts_with", &figure->conflicts);
    put_numbers(json, "updates", &figure->updates);
    json_key_span(json, "span", figure->span);
    json_key_str(json, "text", figure->words);
    json_key_str(json, "kind", figure->kind);
    json_key_int_or_null(json, "low", figure->low, FIGURE_UNKNOWN);
    json_key_int_or_null(json, "high", figure->high, FIGURE_UNKNOWN);
    json_key_int_or_null(json, "best", figure->best, FIGURE_UNKNOWN);
    json_key_bool(json, "approximate", figure->approximate);
    json_key(json, "of");
    if (span_empty(figure->of)) {
        json_null(json);
    } else {
        json_open(json, '{');
        json_key_str(json, "text", figure->of_text);
        json_key_span(json, "span", figure->of);
        json_key_str_or_null(json, "code", figure->of_code);
        json_close(json, '}');
    }
    put_voice(json, "claimant", &figure->claimant);
    json_key_str_or_null(json, "from", figure->from);
    json_key_str_or_null(json, "to", figure->to);
    json_key_str_or_null(json, "place", figure->place);
    json_key_str(json, "why", figure->why);
    put_carriers(json, &figure->carriers);
    json_close(json, '}');
}

static void put_sides(Json *json, const char *key, const Sides *sides) {
    json_key(json, key);
    json_open(json, '[');
    for (uint32_t i = 0; i < sides->count; i++) {
        const SideClaim *side = &sides->items[i];
        json_open(json, '{');
        json_key_span(json, "span", side->span);
        json_key_str(json, "text", side->words);
        json_key_int_or_null(json, "entity", side->entity, 0);
        json_key_str_or_null(json, "name", side->name);
        json_key_str_or_null(json, "code", side->code);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_words(Json *json, const char *key, Span span, Str words) {
    json_key(json, key);
    if (span_empty(span)) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_key_span(json, "span", span);
    json_key_str(json, "text", words);
    json_close(json, '}');
}

void event_json(Json *json, const EventClaim *event) {
    json_open(json, '{');
    json_key_int(json, "id", event->claim);
    json_key_int(json, "happening", event->happening);
    json_key_span(json, "span", event->span);
    json_key_str(json, "text", event->words);
    json_key_span(json, "trigger", event->trigger);
    json_key_str(json, "cameo", event->cameo);
    json_key_str_or_null(json, "plover", event->plover);
    json_key_str_or_null(json, "mode", event->mode);
    put_sides(json, "source", &event->sources);
    put_sides(json, "target", &event->targets);
    json_key_str(json, "status", event->status);
    put_words(json, "instrument", event->instrument, event->instrument_text);
    json_key_span_or_null(json, "condition", event->condition);
    put_voice(json, "claimant", &event->claimant);
    json_key_str_or_null(json, "time", event->time);
    json_key_str_or_null(json, "place", event->place);
    json_key_str(json, "why", event->why);
    put_carriers(json, &event->carriers);
    json_close(json, '}');
}
