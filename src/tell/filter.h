/* SPDX-License-Identifier: Apache-2.0 */
/* tell/filter.h - what was asked for, as conditions of SQL.
 *
 * Room: tell. A TellFilter becomes conditions with named parameters, so that
 * nothing a person typed is ever part of the SQL. Conditions speak of the
 * tables by fixed aliases: `r` for report, `q` for quote or figure, `e` for
 * the entity who speaks or claims, `c` for copy. */
#ifndef TELL_FILTER_H
#define TELL_FILTER_H

#include "tell/tell.h"

typedef enum FilterCondition {
    FILTER_STORY = 1 << 0,
    FILTER_STORYLINE = 1 << 1,
    FILTER_REPORT = 1 << 2,
    FILTER_OUTLET = 1 << 3,
    FILTER_SINCE = 1 << 4,
    FILTER_UNTIL = 1 << 5,
    FILTER_SPEAKER = 1 << 6,  /* of `q`: speaker */
    FILTER_CLAIMANT = 1 << 7, /* of `q`: claimant */
    FILTER_KIND = 1 << 8,     /* of `q` or `c` */
    FILTER_PLACE = 1 << 9,
    FILTER_NAME = 1 << 10,      /* the speaker, of `e` itself */
    FILTER_TYPE = 1 << 11,      /* the kind, of `e` */
    FILTER_WHY = 1 << 12,       /* the kind, anywhere in `j.why` */
    FILTER_QUERY = 1 << 13,     /* no condition: the view searches */
    FILTER_MAX = 1 << 14,       /* no condition: ":max" of LIMIT */
    FILTER_SENTENCES = 1 << 15, /* no condition */
    FILTER_LITTER = 1 << 16,    /* no condition */
    FILTER_ACTOR = 1 << 17,     /* the speaker, on a side of event `q` */
    FILTER_CODE = 1 << 18,      /* the kind, as class or code of event `q` */
    /* Which reports: what every list knows. */
    FILTER_REPORTS = FILTER_STORY | FILTER_STORYLINE | FILTER_REPORT |
                     FILTER_OUTLET | FILTER_SINCE | FILTER_UNTIL,
} FilterCondition;

/* ERR_USAGE when the filter sets what `allowed` does not name, or a date that
 * is none; `view` names the view in the message. */
MUST_USE Status filter_check(const TellFilter *filter, uint32_t allowed,
                             const char *view, Error *err);

/* The conditions among `wanted` that the filter sets. Memory: arena. */
void filter_conditions(const TellFilter *filter, uint32_t wanted, Arena *arena,
                       StrList *out);
/* Bind every named parameter that the statement has: ":story" ... ":max" (-1
 * for no limit). The filter's text must outlive the statement. */
void filter_bind(const TellFilter *filter, sqlite3_stmt *statement);

/* Give `db` the function holds(text, part): 1 if `part` stands in `text`,
 * upper and lower case and accents being the same. */
MUST_USE Status filter_functions(sqlite3 *db, Error *err);

#endif
