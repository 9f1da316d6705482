/* SPDX-License-Identifier: Apache-2.0 */
/* cli/diff.c - dateline diff: what changed between versions. */
#include "cli/commands.h"

static Exit diff(Cli *cli) {
    dateline_filter filter = tell_filter(&cli->settings);

    if (cli->settings.operand_count) {
        filter.report = cli->settings.operands[0];
    }
    return tell_with(cli, &filter);
}

static const Option *const OPTIONS[] = {
    &OPTION_OUTLET,   &OPTION_SINCE_DAY, &OPTION_UNTIL_DAY,
    &OPTION_MAX_ROWS, &OPTION_JSON,      &OPTION_COLOUR,
    &OPTION_STORE,    &OPTION_HELP,      NULL,
};

static const Example EXAMPLES[] = {
    {"dateline diff", "every report of which there are versions"},
    {"dateline diff ceasefire-01 --json", "the versions of one"},
    {NULL, NULL},
};

const Command COMMAND_DIFF = {
    .name = "diff",
    .operands = "[ID]",
    .operands_max = 1,
    .group = GROUP_ASK,
    .summary = "the versions of a report and what changed",
    .about = "Shows the versions of the report with this ID: the same id or "
             "address with\n"
             "another text. Without an ID, all reports that have changed.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_VERSIONS,
    .run = diff,
};
