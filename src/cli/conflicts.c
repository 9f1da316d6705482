/* SPDX-License-Identifier: Apache-2.0 */
/* cli/conflicts.c - dateline conflicts: what cannot both be true. */
#include "cli/commands.h"

static const Option KIND = {.name = "kind",
                            .kind = OPTION_TEXT,
                            .at = offsetof(Settings, kind),
                            .argument = "KIND",
                            .help = "of the figures: killed, wounded ..."};

static const Option *const OPTIONS[] = {
    &KIND,
    &OPTION_SPEAKER,
    &OPTION_PLACE,
    &OPTION_STORY,
    &OPTION_STORYLINE,
    &OPTION_REPORT,
    &OPTION_OUTLET,
    &OPTION_SINCE_DAY,
    &OPTION_UNTIL_DAY,
    &OPTION_MAX_ROWS,
    &OPTION_JSON,
    &OPTION_COLOUR,
    &OPTION_STORE,
    &OPTION_HELP,
    NULL,
};

static const Example EXAMPLES[] = {
    {"dateline conflicts", "where sources contradict one another"},
    {"dateline conflicts --json", "all, one JSON object a line"},
    {NULL, NULL},
};

const Command COMMAND_CONFLICTS = {
    .name = "conflicts",
    .group = GROUP_ASK,
    .summary = "figures that cannot both be true",
    .about = "Lists counts of the same thing that exclude one another, with "
             "all who give\n"
             "them. A later count of the same source is an update, not a "
             "conflict.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_CONFLICTS,
    .run = run_tell,
};
