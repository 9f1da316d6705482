/* SPDX-License-Identifier: Apache-2.0 */
/* tell/timeline.h - the days that matter, and what is said of them.
 *
 * Room: tell. A day counts by the independent sources that were published on
 * it or name it (days.h). Of each day the sentences that say most of what its
 * sources say, and are to the point, are taken, word for word.
 * doc/rooms/tell.md explains the scores. */
#ifndef TELL_TIMELINE_H
#define TELL_TIMELINE_H

#include "tell/teller.h"

enum { TIMELINE_DAYS = 10, TIMELINE_SENTENCES_MAX = 3 };

typedef struct DaySentence {
    int64_t report;        /* number of the store */
    Str id, outlet, label; /* of the report */
    Span span;
    Str text; /* the bytes of the span */
} DaySentence;

typedef struct TimelineDay {
    Str date;                  /* "2013-02-25" */
    uint32_t reports, origins; /* that name it or were published on it */
    DaySentence sentences[TIMELINE_SENTENCES_MAX];
    uint32_t sentence_count;
} TimelineDay;

typedef struct Timeline {
    TimelineDay *days; /* arena; in order of date */
    uint32_t count, capacity;
} Timeline;

/* The timeline of the reports that the filter's `conditions` choose, at most
 * filter->max days (0: TIMELINE_DAYS) of filter->sentences (0: 1) each.
 * Memory: arena; the sentences near the chosen days, not the reports. */
void timeline_read(Teller *teller, uint32_t conditions, Timeline *out);

/* VIEW_TIMELINE. */
void tell_timeline(Teller *teller);

#endif
