/* SPDX-License-Identifier: Apache-2.0 */
/* tell/claims.h - quotes, figures and events as they are told: once, with all
 * their carriers.
 *
 * Room: tell. In the store a claim is one row for each place where it stands;
 * here the rows of one claim become one struct. What the claim says is taken
 * from the earliest report that carries it:
 *
 *     QuoteClaim
 *       words "We go", kind, speaker, via ...   from carriers.items[0]
 *       carriers
 *         items    [report "a" bytes 10..17] [report "b" bytes 40..47]
 *         reports  2 (distinct)   origins  1 (independent texts)
 *
 * Memory: everything in the arena that is passed. */
#ifndef TELL_CLAIMS_H
#define TELL_CLAIMS_H

#include "tell/teller.h"

/* One place where a claim stands. */
typedef struct Carrier {
    int64_t report, origin, story; /* numbers of the store */
    Str id, outlet, label, published;
    Span span;
} Carrier;

/* Earliest report first; reports without a date last. */
typedef struct Carriers {
    Carrier *items; /* arena */
    uint32_t count, capacity;
    uint32_t reports, origins; /* distinct */
} Carriers;

/* Who speaks, claims or is addressed. */
typedef struct Voice {
    Span span;      /* in the first carrier's report; empty: not there */
    int64_t entity; /* 0: none */
    Str name, code; /* name: the entity's, else as described; empty: nobody */
} Voice;

typedef struct QuoteClaim {
    int64_t claim, statement;
    int64_t part_of; /* the claim that it continues; 0: none */
    Span span;
    Str words, kind, act;
    Voice speaker, addressee;
    Str cue;
    Span cue_span;
    Str via; /* JSON array */
    Str time, place, why;
    Carriers carriers;
} QuoteClaim;

/* Numbers of claims, rising. */
typedef struct Claims {
    int64_t *items; /* arena */
    uint32_t count, capacity;
} Claims;

typedef struct FigureClaim {
    int64_t claim;
    int64_t count;             /* figures of the same thing share it; 0 and */
    Claims conflicts, updates; /* none until figure_compare() */
    Span span;
    Str words, kind;
    int64_t low, high, best; /* FIGURE_UNKNOWN: open */
    bool approximate;
    Span of;
    Str of_text, of_code;
    Voice claimant;
    Str from, to, place, why;
    Carriers carriers;
} FigureClaim;

/* One who acts or is acted on. */
typedef struct SideClaim {
    Span span;
    int64_t entity; /* 0: none */
    Str words, name, code;
} SideClaim;

typedef struct Sides {
    SideClaim *items; /* arena */
    uint32_t count, capacity;
} Sides;

typedef struct EventClaim {
    int64_t claim, happening;
    Span span, trigger, instrument, condition;
    Str words, instrument_text;
    Str cameo, plover, mode, status;
    Sides sources, targets;
    Voice claimant;
    Str time, place, why;
    Carriers carriers;
} EventClaim;

/* The claim with that number; false when no latest report carries it. */
bool quote_read(Teller *teller, Arena *arena, int64_t claim, QuoteClaim *out);
bool figure_read(Teller *teller, Arena *arena, int64_t claim, FigureClaim *out);
bool event_read(Teller *teller, Arena *arena, int64_t claim, EventClaim *out);

void carrier_push(Arena *arena, Carriers *carriers, Carrier item);
/* Count distinct reports and origins anew. */
void carriers_count(Arena *arena, Carriers *carriers);

/* {"id":..,"span":..,...} as the contract has it. */
void quote_json(Json *json, const QuoteClaim *quote);
void figure_json(Json *json, const FigureClaim *figure);
void event_json(Json *json, const EventClaim *event);

#endif
