/* SPDX-License-Identifier: Apache-2.0 */
/* link/storylines.c - stories as rows, and stories that continue each other.
 *
 * Room: link. A story continues the one that is most like it, whatever the
 * years between, if it is like enough; it then stands in that one's line. The
 * line of a story may have grown before the story that it continues arrived,
 * so a line of up to LINE_MOVED stories goes over whole. Each step is bounded,
 * and no two long lines are ever run together by one report between them. */
#include <math.h>
#include <string.h>

#include "link/stories.h"

enum {
    LINE_CLOSEST = 3, /* reports that speak for a story */
    LINE_MOVED = 16,
};

/* How like two reports of one line are; and what years leave of it. */
static const double LINE_LIKE = .17, LINE_DAYS = 1460, LINE_FLOOR = .75;

/* ------------------------------------------------------------------ stories */

/* The title of report `r`, or its first sentence. */
#define TITLE_OF_REPORT                                                        \
    "COALESCE(r.title, CAST(substr(CAST(r.text AS BLOB), 1 + "                 \
    "json_extract(r.sentences, '$[0][0]'), json_extract(r.sentences, "         \
    "'$[0][1]') - json_extract(r.sentences, '$[0][0]')) AS TEXT), '')"

/* The earliest comes first; one with a title before one without. */
#define HEAD_ORDER "r.title IS NULL, r.published IS NULL, r.published, r.report"

/* Numbers of stories are never used again, nor those of lines. */
static int64_t new_number(Link *link) {
    return 1 + one(link,
                   "SELECT max((SELECT COALESCE(max(story), 0) FROM story), "
                   "(SELECT COALESCE(max(storyline), 0) FROM story), (SELECT "
                   "COALESCE(max(story), 0) FROM story_forward), ?1)",
                   0, 0);
}

int64_t story_found(Link *link, int64_t report, int64_t from) {
    int64_t story = link->vacant ? link->vacant : new_number(link);

    link->vacant = 0;
    run3(link,
         "INSERT INTO story (story, storyline, head, title, \"from\", \"to\") "
         "SELECT ?1, COALESCE((SELECT storyline FROM story WHERE story = ?3), "
         "?1), report, " TITLE_OF_REPORT ", substr(published, 1, 10), "
         "substr(published, 1, 10) FROM report r WHERE report = ?2",
         story, report, from);
    return story;
}

void story_widen(Link *link, int64_t story) {
    run2(link,
         "UPDATE story SET \"from\" = COALESCE(min(\"from\", n.day), \"from\", "
         "n.day), \"to\" = COALESCE(max(\"to\", n.day), \"to\", n.day) FROM "
         "(SELECT substr(published, 1, 10) AS day FROM report WHERE report = "
         "?2) n WHERE story = ?1",
         story, link->report);
    run2(link,
         "UPDATE story SET head = (SELECT r.report FROM report r WHERE "
         "r.report IN (story.head, ?2) ORDER BY " HEAD_ORDER " LIMIT 1) "
         "WHERE story = ?1",
         story, link->report);
    run2(link,
         "UPDATE story SET title = (SELECT " TITLE_OF_REPORT " FROM report r "
         "WHERE r.report = head) WHERE story = ?1 AND head = ?2",
         story, link->report);
}

void story_refresh(Link *link, int64_t story) {
    run1(link,
         "UPDATE story SET \"from\" = (SELECT min(substr(r.published, 1, 10)) "
         "FROM standing s JOIN report r ON r.report = s.report WHERE s.story = "
         "?1), \"to\" = (SELECT max(substr(r.published, 1, 10)) FROM standing "
         "s JOIN report r ON r.report = s.report WHERE s.story = ?1), head = "
         "(SELECT r.report FROM standing s JOIN report r ON r.report = "
         "s.report WHERE s.story = ?1 ORDER BY " HEAD_ORDER " LIMIT 1) "
         "WHERE story = ?1",
         story);
    run1(link,
         "UPDATE story SET title = (SELECT " TITLE_OF_REPORT " FROM report r "
         "WHERE r.report = head) WHERE story = ?1",
         story);
}

void story_forward(Link *link, int64_t from, int64_t into) {
    run2(link, "UPDATE story_forward SET into_story = ?2 WHERE into_story = ?1",
         from, into);
    run2(link, "INSERT INTO story_forward (story, into_story) VALUES (?1, ?2)",
         from, into);
    run1(link, "DELETE FROM story WHERE story = ?1", from);
}

void story_drop(Link *link, int64_t story) {
    run1(link, "DELETE FROM story WHERE story = ?1", story);
    run1(link, "DELETE FROM story_forward WHERE into_story = ?1", story);
    link->vacant = story;
}

/* -------------------------------------------------------------------- lines */

/* How like `near` is, whatever it is published: a line runs over years. */
static double line_like(const Near *near, const Profile *mine) {
    double like = profile_like(near->profile, mine), days = 0;

    if (mine->day != PROFILE_NO_DAY && near->profile->day != PROFILE_NO_DAY) {
        days = fabs((double)mine->day - near->profile->day);
    }
    return like * (LINE_FLOOR + (1 - LINE_FLOOR) * exp(-days / LINE_DAYS));
}

/* The mean likeness of a story's closest reports, those from `first` on. */
static double story_like(const Nears *near, uint32_t first,
                         const Profile *mine) {
    double sum = 0;
    uint32_t count = 0;

    for (uint32_t i = first; i < near->count && count < LINE_CLOSEST; i++) {
        if (near->items[i].story == near->items[first].story) {
            sum += line_like(&near->items[i], mine);
            count++;
        }
    }
    return sum / count;
}

static const char line_of[] = "SELECT storyline FROM story WHERE story = ?1";

/* The line of the closest story of another line than `own`; 0: none. */
static int64_t closest_line(Link *link, const Nears *near, const Profile *mine,
                            int64_t own) {
    double best = LINE_LIKE;
    int64_t line = 0;
    Map seen;

    map_init(&seen, link->arena, near->count);
    for (uint32_t i = 0; i < near->count; i++) {
        bool is_new;
        double like;

        map_put(&seen, (uint64_t)near->items[i].story, 1, &is_new);
        like = is_new ? story_like(near, i, mine) : 0;
        if (like >= best) {
            int64_t theirs = one(link, line_of, near->items[i].story, own);

            line = theirs != own ? theirs : line;
            best = theirs != own ? like : best;
        }
    }
    return line;
}

void storyline_join(Link *link, const Nears *near, const Profile *mine,
                    int64_t story) {
    int64_t own = one(link, line_of, story, story);
    int64_t line = closest_line(link, near, mine, own);

    if (line != 0 &&
        one(link,
            "SELECT count(*) FROM (SELECT 1 FROM story WHERE storyline = ?1 "
            "LIMIT 17)",
            own, 0) <= LINE_MOVED) {
        run2(link, "UPDATE story SET storyline = ?2 WHERE storyline = ?1", own,
             line);
    }
}
