/* SPDX-License-Identifier: Apache-2.0 */
/* find/attribution.h - who said what, read by a model: cue, source, content.
 *
 * Room: find; used by the files of this room, and by train/. The text is seen
 * as units: a token, or all that stands between two quotation marks.
 *
 *     But  "   [it was late]   "   ,   a  nurse  said  on  Monday  .
 *          C         C         C       S    S     Q
 *
 * Two chains (base/chain.h) in a row: the first finds the cues, the second,
 * run for each cue over the units around it, says which of them are its source
 * and which its content. So two verbs of a sentence may share a source, and a
 * content may be cut in two by its cue. What an attribution is, and the labels
 * that the chains were made from, is PolNeAR's: Newell, Margolin and Ruths, An
 * Attribution Relations Corpus for Political News, LREC 2018. */
#ifndef FIND_ATTRIBUTION_H
#define FIND_ATTRIBUTION_H

#include "base/chain.h"
#include "find/quotes.h"

/* The chains of the file. */
enum { CHAIN_CUE, CHAIN_PART, CHAIN_ACT, CHAIN_COUNT };
/* Labels of CHAIN_CUE: LABEL_CUE; of CHAIN_PART: LABEL_SOURCE and
 * LABEL_CONTENT; of CHAIN_ACT, whose rows are one unit long: LABEL_THOUGHT. */
enum {
    LABEL_NONE,
    LABEL_CUE = 1,
    LABEL_SOURCE = 1,
    LABEL_CONTENT = 2,
    LABEL_THOUGHT = 1
};

/* The rows of labels that each chain may give. A cue has one source at most;
 * behind the units of its window stands one more that tells what it has:
 * LABEL_SOURCE: source and content; LABEL_CONTENT: no source; LABEL_NONE:
 * nothing, it is no cue. */
extern const ChainStates attribution_states[CHAIN_COUNT];

enum {
    CUE_FEATURES_MAX = 64,
    LOCAL_FEATURES_MAX = 40,
    RELATIVE_FEATURES_MAX = 48,
    ACT_FEATURES_MAX = 24, /* of end_features() too */
    CUE_UNITS_MAX = 16,
    ROW_MAX = 512,   /* units of a row of the first chain */
    UNITS_EDGE = 3,  /* empty units before the first and behind the last */
    WINDOW_MAX = 160 /* units around a cue and in it */
};

typedef struct Unit {
    uint32_t first, last; /* tokens */
    uint32_t word;        /* hash */
    uint16_t suffix;
    uint32_t top;      /* the token that the others of the unit depend on */
    uint16_t children; /* relations of the words that depend on it, as bits */
    uint8_t rel, head; /* its relation, and the Xpos of what it depends on */
    uint8_t tag;       /* its part of speech, or what it is instead */
    bool verb;
    uint8_t mention;
    uint8_t frame;      /* of the table cue, with its form; 0: no cue */
    uint8_t shape;      /* capital, all capitals, number */
    bool inner;         /* all that stands between quotation marks */
    bool quoted;        /* that, or a mark beside it */
    bool opens, closes; /* a mark of quotation */
    bool ends;          /* a sentence ends after it */
    bool breaks;        /* a paragraph ends after it */
    uint8_t cue; /* 1: within a cue that the first chain found, 2: its first */
} Unit;

typedef struct Units {
    Unit *items; /* arena; UNITS_EDGE empty ones stand before and behind */
    uint32_t count;
    uint8_t comma;    /* the tag of a comma */
    const Tags *tags; /* borrowed */
    uint8_t *step;    /* arena; of each token: see window_read() */
} Units;

/* Open the file of the three chains; as chain_open_in(). Errors: also ERR_DATA
 * when it holds others. */
MUST_USE Status attribution_open(const char *folder, ChainFile **out,
                                 Error *err);

/* Cut the report into units. Headings are left out.
 * Memory: arena. Cost: linear. */
void units_read(Arena *arena, const Analysis *analysis, const Words *words,
                const Pieces *pieces, Units *out);

bool unit_is_mark(const Unit *unit);
/* The end of the row of units from `first` on that the first chain labels at
 * once: a paragraph. */
uint32_t units_row_end(const Units *units, uint32_t first);
/* Run the first chain over all units. Cost: linear. */
void units_mark_cues(Units *units, const Chain *chain);
/* The next cue behind `*cue` that was marked; false: there is none. */
bool units_next_cue(const Units *units, Range *cue);

/* What stands between the cue and a unit. */
typedef struct Between {
    uint32_t distance; /* 1: next to it */
    uint32_t path;     /* hash of the kinds of words, where they are few */
    uint32_t kinds;    /* commas, cues, quotations, sentences, verbs: capped */
    uint32_t branch;   /* in the tree: see climb() */
    uint8_t up, next, down, depth;
} Between;

/* A cue and the units around it that may be its parts. */
typedef struct Window {
    Range cue;       /* units */
    Range units;     /* of them, with the cue's */
    uint32_t key;    /* the unit of the cue that says what sort it is */
    uint32_t quotes; /* bit 0: quotation marks before the cue, 1: after */
    Between between[WINDOW_MAX]; /* of each unit from units.first on */
} Window;

/* Cost: linear in the window. */
void window_read(const Units *units, Range cue, Window *out);

/* Features as hashes; they return how many were written.
 * cue_features:      of a unit, for the first chain.
 * local_features:    of a unit before or after the cue, for the second chain;
 *                    the same for all cues on that side.
 * relative_features: of a unit and a cue.
 * end_features:      of a cue, for the unit that tells whether it has a source.
 * act_features:      of a cue, for the third chain. */
uint32_t cue_features(const Units *units, uint32_t unit, uint64_t *out);
uint32_t local_features(const Units *units, uint32_t unit, bool after,
                        uint64_t *out);
uint32_t relative_features(const Units *units, const Window *window,
                           uint32_t unit, uint64_t *out);
uint32_t end_features(const Units *units, const Window *window, uint64_t *out);
uint32_t act_features(const Units *units, const Window *window, uint64_t *out);

typedef struct Attribution {
    Range cue, source; /* tokens; no source: empty */
    uint32_t key;      /* the token of the cue that says what sort it is */
    Range *contents;   /* arena; tokens, in order, at least one */
    uint32_t content_count;
    bool thought;  /* not uttered: "believes", "wants" */
    int32_t score; /* over saying nothing */
} Attribution;

struct Attributions {
    Attribution *items; /* arena; in the order of their cues */
    uint32_t count, capacity;
};

/* Read the attributions of a report. Memory: arena. Cost: linear. */
void attributions_read(Arena *arena, const ChainFile *model, Units *units,
                       Attributions *out);

#endif
