/* SPDX-License-Identifier: Apache-2.0 */
/* link/near.h - the profiles of the store, and which of them are near one.
 *
 * Room: link, for stories.c and storylines.c. Each report's strongest terms
 * are its keys in an index; reports that share keys are candidates, and the
 * best of them are compared in full. */
#ifndef LINK_NEAR_H
#define LINK_NEAR_H

#include "link/inside.h"
#include "link/profile.h"

typedef struct Near {
    int64_t report, story;
    double shared;          /* squared weights of the keys that it shares */
    double same;            /* profile_same() */
    const Profile *profile; /* arena */
} Near;

typedef struct Nears {
    Near *items; /* arena; the most like first */
    uint32_t count, capacity;
    Map index; /* report -> item, while it is filled */
} Nears;

/* The profile of the report that is linked; and its keeping, and index. */
void near_profile(Link *link, Profile *out);
void near_keep(Link *link, const Profile *profile);
void near_forget(Link *link);
/* The stored reports that are most like. Cost: a look-up for each key, a
 * profile read for each candidate, both bounded. */
Nears near_find(Link *link, const Profile *mine);
/* Columns `terms` and `day` of a row of `trace`. */
void near_column(sqlite3_stmt *q, int column, Profile *out);

#endif
