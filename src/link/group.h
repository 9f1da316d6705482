/* SPDX-License-Identifier: Apache-2.0 */
/* link/group.h - a few reports, grouped into happenings.
 *
 * Room: link. Average-link clustering (UPGMA: Sokal and Michener 1958): the
 * two groups that are most like on the average are joined, again and again,
 * while they are like enough
 *
 *     - to tell of one happening at all, GROUP_LIKE, and
 *     - beside how like the reports inside each group are: two close-knit
 *       groups that share a place and a subject are two happenings.
 *
 * What comes out does not depend on the order of what goes in. */
#ifndef LINK_GROUP_H
#define LINK_GROUP_H

#include "base/arena.h"
#include "link/profile.h"

enum { GROUP_MAX = 64 };

/* Two reports that are less like are not told of together by themselves. */
#define GROUP_LIKE .14

typedef struct Member {
    Profile profile;
    int64_t report, story; /* story: 0, none yet */
    bool bound;            /* stays with the others of its story */
    uint32_t group;        /* out: the least index of its group's members */
} Member;

/* Set `group` of each member. Cost: count squared comparisons, and for each
 * join a walk over as many numbers. */
void group_members(Arena *arena, Member *members, uint32_t count);

#endif
