/* SPDX-License-Identifier: Apache-2.0 */
/* link/stories.c - which story a report belongs to.
 *
 * Room: link.
 *
 *     report -> its profile -> reports that are near -> their stories
 *            -> all members of these -> grouped anew -> stories
 *
 * What comes near is grouped (group.h) as if it had arrived together, so that
 * late and undated reports end where they would have in order: stories grow,
 * merge and split as evidence arrives. A story keeps its number as long as
 * most of its reports hold together; the number of one that was merged
 * forwards to the other. No more than GROUP_MAX reports are looked at: a story
 * of more than STORY_SAMPLE is seen through so many members and stays whole. */
#include <stdlib.h>
#include <string.h>

#include "link/group.h"
#include "link/stories.h"

enum { STORY_SAMPLE = 20 };

/* The reports that are grouped anew. */
typedef struct Pool {
    Member *members; /* arena: GROUP_MAX */
    uint32_t count;
    int64_t stories[GROUP_MAX]; /* that they are of */
    uint32_t story_count;
    int64_t now[GROUP_MAX]; /* the story of a group, by its number */
} Pool;

/* ------------------------------------------------------------------ pooling */

static bool has_story(const Pool *pool, int64_t story) {
    for (uint32_t i = 0; i < pool->story_count; i++) {
        if (pool->stories[i] == story) {
            return true;
        }
    }
    return false;
}

static bool has_report(const Pool *pool, int64_t report) {
    for (uint32_t i = 0; i < pool->count; i++) {
        if (pool->members[i].report == report) {
            return true;
        }
    }
    return false;
}

static void push(Pool *pool, int64_t report, int64_t story,
                 const Profile *profile) {
    if (pool->count < GROUP_MAX && !has_report(pool, report)) {
        pool->members[pool->count++] =
            (Member){.profile = *profile, .report = report, .story = story};
    }
}

/* Add the first `limit` members of a story; how many it has, up to one more
 * than that. */
static uint32_t push_members(Link *link, Pool *pool, int64_t story,
                             uint32_t limit) {
    sqlite3_stmt *q = ask(
        link, "SELECT s.report, t.terms, t.day FROM standing s JOIN trace t ON "
              "t.report = s.report WHERE s.story = ?1 LIMIT ?2");
    uint32_t count = 0;

    set_id(q, 1, story);
    set_id(q, 2, limit + 1);
    while (next_row(link, q)) {
        Profile profile;

        if (++count <= limit) {
            near_column(q, 1, &profile);
            push(pool, sqlite3_column_int64(q, 0), story, &profile);
        }
    }
    return count;
}

/* Add a story: all of its members, or of a large one those that are near and
 * the first ones, bound together. Nothing when there is no room for it. */
static void push_story(Link *link, Pool *pool, const Nears *near,
                       int64_t story) {
    uint32_t first = pool->count, members;

    if (has_story(pool, story) || first + STORY_SAMPLE > GROUP_MAX) {
        return;
    }
    for (uint32_t i = 0; i < near->count; i++) {
        if (near->items[i].story == story &&
            pool->count - first < STORY_SAMPLE / 2) {
            push(pool, near->items[i].report, story, near->items[i].profile);
        }
    }
    members =
        push_members(link, pool, story, STORY_SAMPLE - (pool->count - first));
    for (uint32_t i = first; i < pool->count; i++) {
        pool->members[i].bound = members > pool->count - first;
    }
    pool->stories[pool->story_count++] = story;
}

/* ---------------------------------------------------- groups become stories */

/* How many members of a group were of a story. */
static uint32_t shared(const Pool *pool, uint32_t group, int64_t story) {
    uint32_t count = 0;

    for (uint32_t i = 0; i < pool->count; i++) {
        count +=
            pool->members[i].group == group && pool->members[i].story == story;
    }
    return count;
}

/* The group that has most of a story, among those without a number unless
 * `any`; false when it has none. */
static bool main_group(const Pool *pool, int64_t story, bool any,
                       uint32_t *group, uint32_t *most) {
    *most = 0;
    for (uint32_t i = 0; i < pool->count; i++) {
        uint32_t count = pool->members[i].group == i && (any || !pool->now[i])
                             ? shared(pool, i, story)
                             : 0;

        if (count > *most) {
            *most = count;
            *group = i;
        }
    }
    return *most > 0;
}

/* Give one more group the number of the story that it has most of; larger
 * shares first, then lower numbers. False when no more can be given. */
static bool number_one(Pool *pool) {
    uint32_t best = 0, group = 0, of_best = 0;
    int64_t story = 0;

    for (uint32_t i = 0; i < pool->story_count; i++) {
        uint32_t own = 0, most = 0;
        bool given = false;

        for (uint32_t k = 0; k < pool->count; k++) {
            given = given || pool->now[k] == pool->stories[i];
        }
        if (!given && main_group(pool, pool->stories[i], false, &own, &most) &&
            (most > best || (most == best && pool->stories[i] < story))) {
            best = most;
            group = own;
            story = pool->stories[i];
        }
    }
    of_best = best;
    if (of_best) {
        pool->now[group] = story;
    }
    return of_best > 0;
}

/* A story that lost its number to another forwards to where most of it went;
 * its members that were not looked at go with the others. */
static void merge_story(Link *link, Pool *pool, int64_t story) {
    uint32_t group = 0, most = 0;

    for (uint32_t i = 0; i < pool->count; i++) {
        if (pool->now[i] == story) {
            return;
        }
    }
    if (main_group(pool, story, true, &group, &most)) {
        int64_t into = pool->now[group];

        run2(link, "UPDATE standing SET story = ?2 WHERE story = ?1", story,
             into);
        story_forward(link, story, into);
    }
}

static void move_members(Link *link, const Pool *pool) {
    for (uint32_t i = 0; i < pool->count; i++) {
        const Member *member = &pool->members[i];
        int64_t now = pool->now[member->group];

        if (member->story != now) {
            run2(link, "UPDATE standing SET story = ?1 WHERE report = ?2", now,
                 member->report);
        }
    }
}

/* True if all is as it was but for the report that is linked. */
static bool is_quiet(const Link *link, const Pool *pool) {
    for (uint32_t i = 0; i < pool->count; i++) {
        const Member *member = &pool->members[i];

        if (member->report != link->report &&
            member->story != pool->now[member->group]) {
            return false;
        }
    }
    return true;
}

/* The story of which a group that has no number was a part; 0: none. */
static int64_t former_story(const Pool *pool, uint32_t group) {
    int64_t story = 0;

    for (uint32_t i = 0; i < pool->count && story == 0; i++) {
        story = pool->members[i].group == group ? pool->members[i].story : 0;
    }
    return story;
}

/* Write what the groups say. */
static void settle(Link *link, Pool *pool) {
    memset(pool->now, 0, sizeof pool->now);
    while (number_one(pool)) {
    }
    for (uint32_t i = 0; i < pool->count; i++) {
        if (pool->members[i].group == i && pool->now[i] == 0) {
            pool->now[i] = story_found(link, pool->members[i].report,
                                       former_story(pool, i));
        }
    }
    if (is_quiet(link, pool)) {
        move_members(link, pool);
        return;
    }
    for (uint32_t i = 0; i < pool->story_count; i++) {
        merge_story(link, pool, pool->stories[i]);
    }
    move_members(link, pool);
    for (uint32_t i = 0; i < pool->count; i++) {
        if (pool->members[i].group == i) {
            story_refresh(link, pool->now[i]);
        }
    }
}

static Pool *pool_new(Link *link) {
    Pool *pool = arena_zero(link->arena, sizeof *pool);

    pool->members = arena_alloc(link->arena, GROUP_MAX * sizeof *pool->members);
    return pool;
}

void stories_link(Link *link) {
    Profile mine;
    Nears near;
    Pool *pool = pool_new(link);
    int64_t story;

    near_profile(link, &mine);
    near = near_find(link, &mine);
    push(pool, link->report, 0, &mine);
    for (uint32_t i = 0; i < near.count && near.items[i].same >= GROUP_LIKE;
         i++) {
        push_story(link, pool, &near, near.items[i].story);
    }
    group_members(link->arena, pool->members, pool->count);
    settle(link, pool);
    story = pool->now[pool->members[0].group];
    if (has_story(pool, story)) {
        story_widen(link, story);
    }
    near_keep(link, &mine);
    storyline_join(link, &near, &mine, story);
}

/* --------------------------------------------------------------- forgetting */

/* The others of a small story may not hold together without the report. */
static void regroup(Link *link, int64_t story) {
    Pool *pool = pool_new(link);

    if (push_members(link, pool, story, GROUP_MAX) <= GROUP_MAX) {
        pool->stories[pool->story_count++] = story;
        group_members(link->arena, pool->members, pool->count);
        settle(link, pool);
    }
}

void stories_forget(Link *link) {
    int64_t story = one(link, "SELECT story FROM standing WHERE report = ?1",
                        link->report, 0);

    if (story == 0) {
        return;
    }
    near_forget(link);
    run1(link, "UPDATE standing SET story = NULL WHERE report = ?1",
         link->report);
    if (one(link, "SELECT 1 FROM standing WHERE story = ?1 LIMIT 1", story,
            0)) {
        regroup(link, story);
        story_refresh(link, story);
    } else {
        story_drop(link, story);
    }
}
