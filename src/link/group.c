/* SPDX-License-Identifier: Apache-2.0 */
/* link/group.c - see group.h. */
#include "link/group.h"

#include <assert.h>
#include <math.h>

#include "base/map.h"

/* Groups are joined when they are as like as COHESION of the inner likeness
 * of the looser one; a single report, which has none, needs less. */
static const double COHESION = .65, COHESION_OF_ONE = .3;
/* In the table: of one group, or known not to be joined as they are. */
static const double NEVER = -9;

typedef struct Groups {
    uint32_t count;
    double *like;   /* arena: average likeness of two groups, count x count */
    double *inside; /* arena: average likeness of two members of the group */
    double *size;   /* arena: members; 0: joined into another */
    double *tried;  /* arena: count x count; NEVER: not to be joined */
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
    double best = GROUP_LIKE;
    bool found = false;

    for (uint32_t i = 0; i < groups->count; i++) {
        for (uint32_t k = i + 1; groups->size[i] > 0 && k < groups->count;
             k++) {
            double like = *cell(groups->like, groups, i, k);

            if (groups->size[k] > 0 && like >= best &&
                *cell(groups->tried, groups, i, k) != NEVER &&
                (like > best || !found)) {
                best = like;
                found = true;
                *a = i;
                *b = k;
            }
        }
    }
    return found;
}

/* A term where it stands in one member. */
typedef struct Use {
    uint32_t member, weight;
    uint32_t before; /* the same term in a member before: use + 1, 0: none */
} Use;

/* For members k < i at [i * count + k]: the sum of the products of the weights
 * of the terms that both have. Each term of each is read once, and not once
 * for every pair, of which most share next to nothing. */
static uint64_t *products_of(Arena *arena, const Member *members,
                             uint32_t count) {
    size_t square = (size_t)count * count;
    uint64_t *sums = arena_zero(arena, square * sizeof *sums + 1);
    Use *uses =
        arena_alloc(arena, (size_t)count * PROFILE_TERMS * sizeof *uses);
    uint32_t used = 0;
    Map last;

    map_init(&last, arena, count * PROFILE_TERMS / 2);
    for (uint32_t i = 0; i < count; i++) {
        const Profile *profile = &members[i].profile;

        for (uint32_t t = 0; t < profile->count; t++) {
            uint64_t term = profile->terms[t];
            uint32_t weight = (uint32_t)(term & UINT16_MAX);
            uint32_t *at = map_put(&last, term >> 16, 0, NULL);

            uses[used] = (Use){i, weight, *at};
            for (uint32_t k = *at; k; k = uses[k - 1].before) {
                sums[(size_t)i * count + uses[k - 1].member] +=
                    (uint64_t)weight * uses[k - 1].weight;
            }
            *at = ++used;
        }
    }
    return sums;
}

static Groups compare_all(Arena *arena, Member *members, uint32_t count) {
    size_t square = (size_t)count * count;
    uint64_t *products;
    Groups groups = {.count = count,
                     .like = arena_zero(arena, square * sizeof(double) + 1),
                     .tried = arena_zero(arena, square * sizeof(double) + 1),
                     .inside = arena_zero(arena, count * sizeof(double) + 1),
                     .size = arena_zero(arena, count * sizeof(double) + 1),
                     .members = members};

    products = products_of(arena, members, count);
    for (uint32_t i = 0; i < count; i++) {
        members[i].group = i;
        groups.size[i] = 1;
        for (uint32_t k = 0; k < i; k++) {
            double like = profile_like_of(products[(size_t)i * count + k]);

            set_both(groups.like, &groups, i, k,
                     profile_same_given(like, &members[i].profile,
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
    while (closest(&groups, &a, &b)) {
        if (*cell(groups.like, &groups, a, b) >= needed(&groups, a, b)) {
            join(&groups, a, b);
        } else {
            set_both(groups.tried, &groups, a, b, NEVER);
        }
    }
}
