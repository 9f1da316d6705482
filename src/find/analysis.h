/* SPDX-License-Identifier: Apache-2.0 */
/* find/analysis.h - all that is found in one report.
 *
 * Room: find (one report's claims: times, people, quotes, figures). These
 * structs are the record of the contract, in memory; find/record.c writes them
 * as JSON, store/ keeps them. All memory is in the report's arena; every
 * string is UTF-8. "Nowhere" is an empty span, "nobody" a party without name
 * and entity, "unknown" an empty string. */
#ifndef FIND_ANALYSIS_H
#define FIND_ANALYSIS_H

#include "clean/clean.h"
#include "read/report.h"
#include "tag/tag.h"

typedef enum EntityType {
    ENTITY_PER,
    ENTITY_ORG,
    ENTITY_LOC,
    ENTITY_GPE,
    ENTITY_NORP,
    ENTITY_EVENT,
    ENTITY_MISC,
    ENTITY_TYPE_COUNT
} EntityType;

typedef enum MentionKind {
    MENTION_NAME,
    MENTION_NOMINAL, /* "the foreign minister", "the watchdog" */
    MENTION_PRONOUN,
    MENTION_KIND_COUNT
} MentionKind;

typedef struct Mention {
    Span span;            /* the name without titles */
    Span phrase;          /* with titles and role: "Foreign Minister X" */
    uint32_t first, last; /* tokens of `span` */
    MentionKind kind;
    EntityType type;
    int32_t entity; /* -1: resolved to nobody */
} Mention;

typedef struct Entity {
    Str name; /* the fullest form in the report */
    EntityType type;
    StrList aliases; /* every form that stands in the report, `name` too */
    Str role, of;    /* "foreign minister", "Syria" */
    Str code;        /* SYRGOV; empty: unknown */
    char sex;        /* 'm', 'f', 0: unknown */
} Entity;

/* Who speaks, claims, is addressed. */
typedef struct Party {
    Span span;      /* the whole phrase, titles too; empty: nobody */
    int32_t entity; /* -1: none */
    Str name;       /* resolved: never "he"; as described for unnamed sources */
} Party;

typedef enum TimeType {
    TIME_DATE,
    TIME_TIME,
    TIME_DURATION,
    TIME_SET,
    TIME_TYPE_COUNT
} TimeType;

/* A TIMEX3 (ISO-TimeML). */
typedef struct Time {
    Span span;
    uint32_t first, last; /* tokens */
    TimeType type;
    Str value; /* "2013-02-25", "PT24H", "XXXX-WXX-1" */
    Str mod;   /* "START", "APPROX"; empty: none */
    Str why;
} Time;

typedef enum QuoteKind {
    QUOTE_DIRECT,
    QUOTE_MIXED,
    QUOTE_INDIRECT,
    QUOTE_KIND_COUNT
} QuoteKind;

typedef struct Quote {
    Span span; /* of a direct quote with its quotation marks */
    QuoteKind kind;
    bool thought; /* act: "thought" instead of "said" */
    Party speaker;
    Span cue;
    Str cue_lemma;
    Party addressee;
    StrList via; /* who passed it on, outermost first */
    Str time;    /* TIMEX3 value of when it was said; empty: unknown */
    Str place;
    int32_t part_of; /* the quote that it continues, -1: none */
    Str why;
} Quote;

typedef enum FigureKind {
    FIGURE_KILLED,
    FIGURE_WOUNDED,
    FIGURE_MISSING,
    FIGURE_DISPLACED,
    FIGURE_DETAINED,
    FIGURE_ABDUCTED,
    FIGURE_DEFECTED,
    FIGURE_DEPLOYED,
    FIGURE_AFFECTED,
    FIGURE_OTHER,
    FIGURE_KIND_COUNT
} FigureKind;

enum { FIGURE_UNKNOWN = -1 };

typedef struct Figure {
    Span span; /* number, qualifier and noun: "at least 30 Syrian troops" */
    FigureKind kind;
    int64_t low, high, best; /* FIGURE_UNKNOWN: open */
    bool approximate;
    Span of;     /* who is counted: "Syrian troops" */
    Str of_code; /* SYRMIL */
    Party claimant;
    Str from, to; /* ISO dates that the figure covers; empty: not said */
    Str place;
    Str why;
} Figure;

typedef enum EventStatus {
    EVENT_DONE,
    EVENT_ONGOING,
    EVENT_STATED,
    EVENT_PLANNED,
    EVENT_DEMANDED,
    EVENT_CONDITIONAL,
    EVENT_DENIED,
    EVENT_ALLEGED,
    EVENT_STATUS_COUNT
} EventStatus;

/* One who acts or is acted on. */
typedef struct EventSide {
    Span span;
    int32_t entity; /* -1: none */
    Str code;       /* empty: unknown */
} EventSide;

typedef struct Event {
    Span span; /* the clause */
    Span trigger;
    Str cameo, plover, mode; /* "036", "CONSULT"; empty: none */
    EventSide *sources, *targets;
    uint32_t source_count, target_count;
    EventStatus status;
    Span instrument, condition;
    Party claimant;  /* on whose word; nobody: the outlet's own */
    Str time, place; /* TIMEX3 value; empty: not said */
    Str why;
} Event;

typedef struct Analysis {
    const Report *report; /* borrowed */
    Clean clean;
    Text text;
    Tags tags;         /* of the words of `text`; count 0: not read */
    Mention *mentions; /* in order of span.begin */
    uint32_t mention_count, mention_capacity;
    Entity *entities; /* Mention.entity and Party.entity index them */
    uint32_t entity_count, entity_capacity;
    Time *times;
    uint32_t time_count, time_capacity;
    Quote *quotes;
    uint32_t quote_count, quote_capacity;
    Figure *figures;
    uint32_t figure_count, figure_capacity;
    Event *events;
    uint32_t event_count, event_capacity;
} Analysis;

/* The contract's words for the enums: "PER", "name", "DATE", "mixed",
 * "killed", "given". */
const char *entity_type_name(EntityType type);
const char *mention_kind_name(MentionKind kind);
const char *time_type_name(TimeType type);
const char *quote_kind_name(QuoteKind kind);
const char *figure_kind_name(FigureKind kind);
const char *event_status_name(EventStatus status);
const char *published_from_name(PublishedFrom from);
const char *page_kind_name(PageKind kind);
const char *block_kind_name(BlockKind kind);

#endif
