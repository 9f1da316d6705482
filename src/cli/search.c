/* SPDX-License-Identifier: Apache-2.0 */
/* cli/search.c - dateline search: find reports by their words. */
#include "cli/commands.h"

static Exit search(Cli *cli) {
    dateline_filter filter = tell_filter(&cli->settings);
    Buf query;
    Exit exit;

    buf_init(&query, 0);
    for (size_t i = 0; i < cli->settings.operand_count; i++) {
        buf_put(&query, i ? " " : "");
        buf_put(&query, cli->settings.operands[i]);
    }
    buf_char(&query, '\0');
    if (query.status == OK) {
        filter.query = query.ptr;
        exit = tell_with(cli, &filter);
    } else {
        complain(cli, "out of memory");
        exit = EXIT_FAILED;
    }
    buf_deinit(&query);
    return exit;
}

static const Option *const OPTIONS[] = {
    &OPTION_STORY,     &OPTION_STORYLINE, &OPTION_REPORT,   &OPTION_OUTLET,
    &OPTION_SINCE_DAY, &OPTION_UNTIL_DAY, &OPTION_MAX_ROWS, &OPTION_JSON,
    &OPTION_COLOUR,    &OPTION_STORE,     &OPTION_HELP,     NULL,
};

static const Example EXAMPLES[] = {
    {"dateline search truce prisoners", "reports that hold both words"},
    {"dateline search '\"Eastern Hodh Front\" OR ceasefire' --max 5",
     "the five best for a name or a word"},
    {NULL, NULL},
};

const Command COMMAND_SEARCH = {
    .name = "search",
    .operands = "QUERY...",
    .operands_min = 1,
    .operands_max = SIZE_MAX,
    .group = GROUP_ASK,
    .summary = "find reports by their words",
    .about = "Finds the reports that hold all the words, the best first, in "
             "any of their\n"
             "forms (talk, talks, talked). Words in double quotes stand "
             "together; OR and NOT\n"
             "combine them.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_SEARCH,
    .run = search,
};
