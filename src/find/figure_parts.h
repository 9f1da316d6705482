/* SPDX-License-Identifier: Apache-2.0 */
/* find/figure_parts.h - the steps from a sentence to its figures.
 *
 * Room: find; shared by the files figure*.c. A sentence is read twice: for
 * counts (a number with its qualifier and noun) and for triggers (words that
 * say what happened to the counted). Then each count looks for its trigger:
 *
 *     At least 30 troops and 23 rebels were killed , police said
 *     '----- count ----'     '-count-'      trigger (verb: before it)
 *                                                                       */
#ifndef FIND_FIGURE_PARTS_H
#define FIND_FIGURE_PARTS_H

#include "find/number.h"
#include "find/speech.h"

/* Where the count stands as seen from the trigger: the column `frame`. */
typedef enum Frame {
    FRAME_VERB,
    FRAME_PRESENT,
    FRAME_GERUND,
    FRAME_INTRANSITIVE,
    FRAME_NOUN,
    FRAME_LIVES,
    FRAME_ADJECTIVE,
    FRAME_TOLL,
    FRAME_SAME,
    FRAME_COUNT
} Frame;

enum { KIND_NONE = FIGURE_KIND_COUNT, KIND_SAME };

typedef struct Trigger {
    Range range;
    Frame frame;
    int kind; /* a FigureKind, or KIND_SAME */
} Trigger;

typedef struct Count {
    Range range;  /* qualifier, number and noun */
    Range number; /* the number word alone */
    Range noun;   /* who is counted; empty: not said */
    int64_t low, high, best;
    bool approximate;
    bool bare;        /* no noun follows */
    bool part;        /* "14 of the dead" */
    bool of_them;     /* "14 of them": of those counted just before */
    bool more;        /* "a dozen more", "another 40": of those before */
    bool lone;        /* "a woman": no number stands there */
    int kind;         /* KIND_NONE until a trigger is found */
    const char *rule; /* why it has its kind */
    Range trigger;    /* the words that gave it */
} Count;

typedef struct Figures {
    Arena *arena;       /* borrowed */
    Analysis *analysis; /* borrowed */
    const Text *text;   /* borrowed */
    Words words;
    uint32_t sentence;
    Range range;       /* the sentence's tokens */
    Trigger *triggers; /* arena; of the sentence, in order */
    uint32_t trigger_count, trigger_capacity;
    Count *counts; /* arena; of the sentence, in order */
    uint32_t count_count, count_capacity;
    Str day; /* of the figures before; empty: none yet */
    uint32_t day_sentence;
    int last_kind; /* of the figure before; KIND_NONE: none yet */
    uint32_t last_sentence;
    int toll_kind;  /* of the last count that a toll was put at, or KIND_NONE */
    Speech *speech; /* arena; to read a speaker's phrase; NULL until needed */
    Party claimed;  /* on whose word the count before is */
    uint32_t claimed_sentence;
    Party nameless; /* whom "a monitor" turned out to mean */
} Figures;

/* The triggers of the sentence. Cost: linear. */
void figure_triggers(Figures *figures);
/* The trigger that begins at a token, or NULL. */
const Trigger *figure_trigger_at(const Figures *figures, uint32_t token);
/* The trigger that ends before a token, or NULL. */
const Trigger *figure_trigger_before(const Figures *figures, uint32_t token);

/* The counts of the sentence; triggers must be known. Cost: linear. */
void figure_counts(Figures *figures);
/* True if a phrase of adjectives and a noun for people begins at the token:
 * "police officers". */
bool figure_people_at(const Figures *figures, uint32_t token);
/* Lone victims, "a woman was killed", beside other counts. */
void figure_lone_counts(Figures *figures);

/* Give each count its kind; counts without one keep KIND_NONE. */
void figure_kinds(Figures *figures);
/* True if a word of toll gave the count its kind. */
bool figure_is_toll(const Count *count);
/* True if the verb was left out: "put the toll at 30, the union at 40". */
bool figure_is_next_toll(const Count *count);
/* True if the sentence comes right after one with figures, so that "three
 * were children" may go on from it. */
bool figure_goes_on(const Figures *figures);

/* Fill in who is counted, since when, where, and on whose word. */
void figure_details(Figures *figures, const Count *count, Figure *figure);
void figure_claimant(Figures *figures, const Count *count, Figure *figure);

#endif
