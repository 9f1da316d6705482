/* SPDX-License-Identifier: Apache-2.0 */
/* cli/explain.c - dateline explain: why two reports are together, or apart. */
#include "cli/commands.h"

static Exit explain(Cli *cli) {
    dateline_filter filter = tell_filter(&cli->settings);

    filter.report = cli->settings.operands[0];
    filter.other = cli->settings.operands[1];
    return tell_with(cli, &filter);
}

static const Option *const OPTIONS[] = {
    &OPTION_JSON, &OPTION_COLOUR, &OPTION_STORE, &OPTION_HELP, NULL,
};

static const Example EXAMPLES[] = {
    {"dateline explain ceasefire-01 ceasefire-02",
     "the words that both have, and what their days say"},
    {NULL, NULL},
};

const Command COMMAND_EXPLAIN = {
    .name = "explain",
    .operands = "ID ID",
    .operands_min = 2,
    .operands_max = 2,
    .group = GROUP_ASK,
    .summary = "why two reports are in one story, or not",
    .about = "Shows the words and names that two reports share, by weight, how "
             "far their\n"
             "days are apart, how alike that makes them, and how alike each is "
             "to the rest\nof its story.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_EXPLAIN,
    .run = explain,
};
