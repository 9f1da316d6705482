/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/robots.h - what a site allows programs to fetch.
 *
 * Room: fetch. Standard: RFC 9309, and the line Crawl-delay, which is not in
 * it and which many sites write. */
#ifndef FETCH_ROBOTS_H
#define FETCH_ROBOTS_H

#include "base/str.h"

typedef struct RobotsRule {
    bool allowed;
    unsigned delay; /* seconds between two requests; 0: not said */
} RobotsRule;

/* What the file `robots` says of `target` ("/path?query") for the program
 * `agent` ("dateline"): the longest rule that matches, of the groups that name
 * the agent, or else of those that name "*".
 * Cost: linear in the file, times the stars of a pattern. */
RobotsRule robots_ask(Str robots, Str agent, Str target);

#endif
