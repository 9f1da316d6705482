/* SPDX-License-Identifier: Apache-2.0 */
/* cli/names.c - dateline names: the people and bodies, and how they are spelt.
 */
#include "cli/commands.h"

static const char *const CHOICES[] = {"PER",  "ORG",   "LOC",  "GPE",
                                      "NORP", "EVENT", "MISC", NULL};

static const Option KIND = {
    .name = "kind",
    .kind = OPTION_CHOICE,
    .at = offsetof(Settings, kind),
    .argument = "TYPE",
    .choices = CHOICES,
    .help = "PER (people), ORG (organisations), LOC (places), GPE (countries, "
            "cities), NORP (groups), EVENT or MISC"};

static Exit names(Cli *cli) {
    dateline_filter filter = tell_filter(&cli->settings);

    if (cli->settings.operand_count) {
        filter.speaker = cli->settings.operands[0];
    }
    return tell_with(cli, &filter);
}

static const Option *const OPTIONS[] = {
    &KIND,          &OPTION_STORY,     &OPTION_STORYLINE, &OPTION_REPORT,
    &OPTION_OUTLET, &OPTION_SINCE_DAY, &OPTION_UNTIL_DAY, &OPTION_MAX_ROWS,
    &OPTION_JSON,   &OPTION_COLOUR,    &OPTION_STORE,     &OPTION_HELP,
    NULL,
};

static const Example EXAMPLES[] = {
    {"dateline names al-Qumaishi", "one man and the spellings of his name"},
    {"dateline names --kind ORG --max 20", "twenty organisations"},
    {NULL, NULL},
};

const Command COMMAND_NAMES = {
    .name = "names",
    .operands = "[NAME]",
    .operands_max = 1,
    .group = GROUP_ASK,
    .summary =
        "people, organisations and places, with their spellings and roles",
    .about = "Lists the people, organisations, places and groups of the "
             "reports, each with\n"
             "every spelling under which it occurs and the roles it is given. "
             "With NAME,\n"
             "only those of which it is part.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_NAMES,
    .run = names,
};
