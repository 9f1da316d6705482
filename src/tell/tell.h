/* SPDX-License-Identifier: Apache-2.0 */
/* tell/tell.h - what is told of a store: accounts, lists, exports.
 *
 * Room: tell. Only reads the store. Every view can be told as JSON lines (the
 * contract's), as text for a terminal, and the account as a page of HTML too.
 * Every line of text ends in its sources: outlet and byte, "BBC [2266]". */
#ifndef TELL_TELL_H
#define TELL_TELL_H

#include "base/buf.h"
#include "store/store.h"

typedef enum View {
    VIEW_ACCOUNT, /* `dateline show` */
    VIEW_STORIES,
    VIEW_TIMELINE,
    VIEW_QUOTES,
    VIEW_FIGURES,
    VIEW_COPIES,
    VIEW_NAMES,
    VIEW_SEARCH,
    VIEW_LITTER,
    VIEW_VERSIONS, /* of one report, with what changed */
    VIEW_EXPLAIN,  /* why two reports are together */
    VIEW_EVENTS,
    VIEW_CONFLICTS,
    VIEW_COUNT
} View;

typedef enum TellFormat { TELL_TEXT, TELL_JSON, TELL_HTML } TellFormat;

/* What to tell of. Zero or empty: everything. Text matches without case,
 * anywhere in the name or alias. */
typedef struct TellFilter {
    int64_t story, storyline;
    Str report;  /* id */
    Str other;   /* id: the second report of VIEW_EXPLAIN */
    Str speaker; /* also claimant */
    Str kind;    /* "killed", "direct", "edited", "PER" */
    Str outlet, place;
    Str since, until;   /* ISO dates, inclusive, of publication */
    Str query;          /* full-text, for VIEW_SEARCH */
    uint32_t max;       /* rows; for the timeline: days */
    uint32_t sentences; /* of the timeline, a day: 1 to 3 */
    bool litter;        /* the account lists what was cut */
} TellFilter;

typedef struct TellStyle {
    TellFormat format;
    bool colour;    /* ANSI colours, in text */
    uint32_t width; /* columns of the terminal; 0: 80 */
} TellStyle;

/* Where output goes, piece by piece; false stops the telling. */
typedef struct TellSink {
    bool (*write)(void *context, Str bytes);
    void *context;
} TellSink;

/* Tell the view; `lexicon` (borrowed) is that of the store's profiles. Order
 * and bytes are the same from run to run. Errors: ERR_STORE, ERR_NOT_FOUND (no
 * such story or report), ERR_USAGE (a filter or format that the view does not
 * have), ERR_IO (the sink stopped). Memory: bounded by the largest story, not
 * by the store. */
MUST_USE Status tell(Store *store, const Lexicon *lexicon, View view,
                     const TellFilter *filter, TellStyle style, TellSink sink,
                     Error *err);

#endif
