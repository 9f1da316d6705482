/* SPDX-License-Identifier: Apache-2.0 */
/* cli/quotes.c - dateline quotes: who said what. */
#include "cli/commands.h"

static const char *const CHOICES[] = {"direct", "mixed", "indirect", NULL};

static const Option KIND = {.name = "kind",
                            .kind = OPTION_CHOICE,
                            .at = offsetof(Settings, kind),
                            .argument = "KIND",
                            .choices = CHOICES,
                            .help = "direct, mixed or indirect speech"};

static const Option *const OPTIONS[] = {
    &OPTION_SPEAKER,
    &KIND,
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
    {"dateline quotes --speaker al-Qumaishi",
     "what he is quoted with, under any spelling of his name"},
    {"dateline quotes --story 1 --kind direct --max 10",
     "ten statements in direct speech"},
    {"dateline quotes --json", "all, one JSON object a line"},
    {NULL, NULL},
};

const Command COMMAND_QUOTES = {
    .name = "quotes",
    .group = GROUP_ASK,
    .summary = "who said what",
    .about = "Lists who said what: one entry for each statement, with every "
             "report that\n"
             "carries it and the words in which it does.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_QUOTES,
    .run = run_tell,
};
