/* SPDX-License-Identifier: Apache-2.0 */
/* link/group.c - see group.h. */
#include "link/group.h"

#include <assert.h>
#include <math.h>

#include "base/map.h"

/* Groups are joined when they are as like as COHESION of the inner likeness
 * of the looser one; a single report, which has none, needs less. */
static const double COHESION = .65, COHESION_OF_ONE = .35;
/* In the table: of one group, or known not to be joined as they are. */
static const double NEVER = -9;

typedef struct Groups {
    uint32_t count;
    double *like;   /* arena: average likeness of two groups, count x count */
    double *inside; /* arena: average likeness of two members of the group */
    double *size;   /* arena: members; 0: joined into another */
    double *tried;  /* arena: count x count; NEVER: not to be joined */
    uint32_t *best; /* arena: the most like of the groups behind; 0: none */
    Member *members;
} Groups;

static double *cell(double *table, const Groups *groups, uint32_t a,
                    uint32_t b) {
    return &table[(size_t)a * groups->count + b];
}

static void set_both(double *table, const Groups *groups, uint32_t a,
                     uint32_t b, double value) {
    *cell(table, groups, a, b) = value;
    *cell(table, groups, b, a) = value;
}

/* The least average likeness at which two groups are joined. */
static double needed(const Groups *groups, uint32_t a, uint32_t b) {
    bool many_a = groups->size[a] > 1, many_b = groups->size[b] > 1;
    double own = 0;

    if (many_a && many_b) {
        own = COHESION * fmin(groups->inside[a], groups->inside[b]);
    } else if (many_a || many_b) {
        own = COHESION_OF_ONE * groups->inside[many_a ? a : b];
    }
    return fmax(own, GROUP_LIKE);
}

static double pairs(double members) {
    return members * (members - 1) / 2;
}

/* The most like of the groups behind `a` that is like enough and not known to
 * stay apart. */
static void find_best(Groups *groups, uint32_t a) {
    double most = GROUP_LIKE;

    groups->best[a] = 0;
    for (uint32_t i = a + 1; groups->size[a] > 0 && i < groups->count; i++) {
        double like = *cell(groups->like, groups, a, i);

        if (groups->size[i] > 0 &&
            *cell(groups->tried, groups, a, i) != NEVER &&
            (like > most || (like == most && !groups->best[a]))) {
            most = like;
            groups->best[a] = i;
        }
    }
}

/* What is most like after `b` went into `a`. */
static void renew_best(Groups *groups, uint32_t a, uint32_t b) {
    for (uint32_t i = 0; i < groups->count; i++) {
        uint32_t best = groups->best[i];
        double like = *cell(groups->like, groups, i, a);

        if (groups->size[i] > 0 &&
            (i == a || best == a || best == b ||
             (i < a && like >= (best ? *cell(groups->like, groups, i, best)
                                     : GROUP_LIKE)))) {
            find_best(groups, i);
        }
    }
}

/* `b` goes into `a`, whose averages become those of all members. */
static void join(Groups *groups, uint32_t a, uint32_t b) {
    double in_a = groups->size[a], in_b = groups->size[b], both = in_a + in_b;

    groups->inside[a] =
        (groups->inside[a] * pairs(in_a) + groups->inside[b] * pairs(in_b) +
         *cell(groups->like, groups, a, b) * in_a * in_b) /
        pairs(both);
    groups->size[a] = both;
    groups->size[b] = 0;
    for (uint32_t i = 0; i < groups->count; i++) {
        double like = (*cell(groups->like, groups, a, i) * in_a +
                       *cell(groups->like, groups, b, i) * in_b) /
                      both;

        if (groups->size[i] > 0 && i != a) {
            set_both(groups->like, groups, a, i, like);
            set_both(groups->tried, groups, a, i, 0);
        }
        if (groups->members[i].group == b) {
            groups->members[i].group = a;
        }
    }
}

/* The two groups that are most like and not known to stay apart; false when
 * none are like enough. */
static bool closest(const Groups *groups, uint32_t *a, uint32_t *b) {
    double most = 0;

    for (uint32_t i = 0; i < groups->count; i++) {
        uint32_t best = groups->size[i] > 0 ? groups->best[i] : 0;

        if (best && *cell(groups->like, groups, i, best) > most) {
            most = *cell(groups->like, groups, i, best);
            *a = i;
            *b = best;
        }
    }
    return most > 0;
}

/* A term where it stands in one member. */
typedef struct Use {
    uint64_t term;
    uint32_t member;
    uint32_t before; /* the same term in a member before: use + 1, 0: none */
} Use;

/* For members k < i at [i * count + k]: what both have. Each term of each is
 * read once, and not once for every pair, of which most share next to nothing.
 */
static ProfileShare *shares_of(Arena *arena, const Member *members,
                               uint32_t count) {
    size_t square = (size_t)count * count;
    ProfileShare *shares = arena_zero(arena, square * sizeof *shares + 1);
    Use *uses =
        arena_alloc(arena, (size_t)count * PROFILE_TERMS * sizeof *uses);
    uint32_t used = 0;
    Map last;

    map_init(&last, arena, count * PROFILE_TERMS / 2);
    for (uint32_t i = 0; i < count; i++) {
        const Profile *profile = &members[i].profile;

        for (uint32_t t = 0; t < profile->count; t++) {
            uint64_t term = profile->terms[t];
            uint32_t *at = map_put(&last, profile_hash(profile, t), 0, NULL);

            uses[used] = (Use){term, i, *at};
            for (uint32_t k = *at; k; k = uses[k - 1].before) {
                const Use *use = &uses[k - 1];

                profile_share(&shares[(size_t)i * count + use->member], term,
                              use->term);
            }
            *at = ++used;
        }
    }
    return shares;
}

static Groups compare_all(Arena *arena, Member *members, uint32_t count) {
    size_t square = (size_t)count * count;
    ProfileShare *shares;
    Groups groups = {.count = count,
                     .like = arena_zero(arena, square * sizeof(double) + 1),
                     .tried = arena_zero(arena, square * sizeof(double) + 1),
                     .inside = arena_zero(arena, count * sizeof(double) + 1),
                     .size = arena_zero(arena, count * sizeof(double) + 1),
                     .best = arena_zero(arena, count * sizeof(uint32_t) + 1),
                     .members = members};

    shares = shares_of(arena, members, count);
    for (uint32_t i = 0; i < count; i++) {
        members[i].group = i;
        groups.size[i] = 1;
        for (uint32_t k = 0; k < i; k++) {
            set_both(groups.like, &groups, i, k,
                     profile_same_given(&shares[(size_t)i * count + k],
                                        &members[i].profile,
                                        &members[k].profile));
        }
    }
    return groups;
}

/* Reports that are bound to their story are of one group from the start. */
static void join_bound(Groups *groups) {
    for (uint32_t i = 0; i < groups->count; i++) {
        const Member *one = &groups->members[i];

        for (uint32_t k = 0; one->bound && k < i; k++) {
            const Member *other = &groups->members[k];

            if (other->bound && other->story == one->story &&
                other->group != one->group) {
                join(groups, other->group, one->group);
            }
        }
    }
}

void group_members(Arena *arena, Member *members, uint32_t count) {
    Groups groups = compare_all(arena, members, count);
    uint32_t a = 0, b = 0;

    assert(count <= GROUP_MAX);
    join_bound(&groups);
    for (uint32_t i = 0; i < count; i++) {
        find_best(&groups, i);
    }
    while (closest(&groups, &a, &b)) {
        if (*cell(groups.like, &groups, a, b) >= needed(&groups, a, b)) {
            join(&groups, a, b);
            renew_best(&groups, a, b);
        } else {
            set_both(groups.tried, &groups, a, b, NEVER);
            find_best(&groups, a);
        }
    }
}
