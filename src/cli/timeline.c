/* SPDX-License-Identifier: Apache-2.0 */
/* cli/timeline.c - dateline timeline: what happened day by day. */
#include "cli/commands.h"

static const Option DAYS = {.name = "max",
                            .kind = OPTION_NUMBER,
                            .at = offsetof(Settings, max),
                            .argument = "DAYS",
                            .help = "at most so many days"};

static const Option *const OPTIONS[] = {
    &OPTION_STORY,  &OPTION_STORYLINE, &OPTION_REPORT,
    &OPTION_OUTLET, &OPTION_SINCE_DAY, &OPTION_UNTIL_DAY,
    &DAYS,          &OPTION_SENTENCES, &OPTION_JSON,
    &OPTION_COLOUR, &OPTION_STORE,     &OPTION_HELP,
    NULL,
};

static const Example EXAMPLES[] = {
    {"dateline timeline --story 1", "the first story"},
    {"dateline timeline --max 5 --sentences 1",
     "five days of the whole store, a sentence each"},
    {NULL, NULL},
};

const Command COMMAND_TIMELINE = {
    .name = "timeline",
    .group = GROUP_ASK,
    .summary = "what happened day by day",
    .about =
        "Tells, for the days on which most happened, what the reports say of "
        "them.\n"
        "Every sentence names the report and the byte that it was taken from.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_TIMELINE,
    .run = run_tell,
};
