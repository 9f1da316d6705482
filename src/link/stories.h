/* SPDX-License-Identifier: Apache-2.0 */
/* link/stories.h - the rows of stories and storylines.
 *
 * Room: link, for stories.c. */
#ifndef LINK_STORIES_H
#define LINK_STORIES_H

#include "link/near.h"

/* A new story with one report, and its number, which no story had before. One
 * that was a part of story `from` stays in its line, else (0) it founds one. A
 * new version of a report that stood alone keeps its story's number. */
int64_t story_found(Link *link, int64_t report, int64_t from);
/* The report that is linked widens the story's days and may be its head; the
 * others are not read, however many they are. */
void story_widen(Link *link, int64_t story);
/* Days and head anew, from all reports of the story. */
void story_refresh(Link *link, int64_t story);
/* Story `from` is from now on found under `into`, and is no more. */
void story_forward(Link *link, int64_t from, int64_t into);
/* A story without reports. */
void story_drop(Link *link, int64_t story);

/* storylines.c: the line that a story continues. */
void storyline_join(Link *link, const Nears *near, const Profile *mine,
                    int64_t story);

#endif
