/* SPDX-License-Identifier: Apache-2.0 */
/* cli/litter.c - dateline litter: what was cut from the reports. */
#include "cli/commands.h"

static const Option WHY = {
    .name = "kind",
    .kind = OPTION_TEXT,
    .at = offsetof(Settings, kind),
    .argument = "RULE",
    .help = "only cuts by this rule; part of its name will do"};

static const Option *const OPTIONS[] = {
    &WHY,           &OPTION_STORY,     &OPTION_STORYLINE, &OPTION_REPORT,
    &OPTION_OUTLET, &OPTION_SINCE_DAY, &OPTION_UNTIL_DAY, &OPTION_MAX_ROWS,
    &OPTION_JSON,   &OPTION_COLOUR,    &OPTION_STORE,     &OPTION_HELP,
    NULL,
};

static const Example EXAMPLES[] = {
    {"dateline litter --max 20", "twenty cuts"},
    {"dateline litter --outlet 'Open Courier'",
     "what this outlet puts around its reports"},
    {NULL, NULL},
};

const Command COMMAND_LITTER = {
    .name = "litter",
    .group = GROUP_TOOL,
    .summary = "what was cut from the reports, and why",
    .about = "Lists what was taken for litter and left out of the reports: "
             "pleas for money,\n"
             "captions, menus, comment forms, lines that an outlet repeats "
             "under everything.\n"
             "Each with the rule that cut it.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_LITTER,
    .run = run_tell,
};
