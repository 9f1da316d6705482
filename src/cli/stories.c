/* SPDX-License-Identifier: Apache-2.0 */
/* cli/stories.c - dateline stories: what the reports are about. */
#include "cli/commands.h"

static const Option *const OPTIONS[] = {
    &OPTION_STORY,     &OPTION_STORYLINE, &OPTION_REPORT,   &OPTION_OUTLET,
    &OPTION_SINCE_DAY, &OPTION_UNTIL_DAY, &OPTION_MAX_ROWS, &OPTION_JSON,
    &OPTION_COLOUR,    &OPTION_STORE,     &OPTION_HELP,     NULL,
};

static const Example EXAMPLES[] = {
    {"dateline stories", "every story"},
    {"dateline stories --since 2023-04 --json",
     "the stories since April 2023, with the ids of their reports"},
    {NULL, NULL},
};

const Command COMMAND_STORIES = {
    .name = "stories",
    .group = GROUP_ASK,
    .summary = "list the stories, their reports and independent sources",
    .about = "Lists the stories of the store: the reports of one happening, "
             "how many\n"
             "outlets carry them, and how many of them are independent of each "
             "other.\n"
             "Stories that continue each other are one storyline.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_STORIES,
    .run = run_tell,
};
