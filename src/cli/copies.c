/* SPDX-License-Identifier: Apache-2.0 */
/* cli/copies.c - dateline copies: which reports share passages. */
#include "cli/commands.h"

static const char *const CHOICES[] = {"same", "edited", "part", "quote", NULL};

static const Option KIND = {.name = "kind",
                            .kind = OPTION_CHOICE,
                            .at = offsetof(Settings, kind),
                            .argument = "KIND",
                            .choices = CHOICES,
                            .help = "same, edited, part or quote"};

static const Option *const OPTIONS[] = {
    &KIND,          &OPTION_STORY,     &OPTION_STORYLINE, &OPTION_REPORT,
    &OPTION_OUTLET, &OPTION_SINCE_DAY, &OPTION_UNTIL_DAY, &OPTION_MAX_ROWS,
    &OPTION_JSON,   &OPTION_COLOUR,    &OPTION_STORE,     &OPTION_HELP,
    NULL,
};

static const Example EXAMPLES[] = {
    {"dateline copies", "every pair"},
    {"dateline copies --report ceasefire-01 --json",
     "what is shared with one report, passage by passage"},
    {NULL, NULL},
};

const Command COMMAND_COPIES = {
    .name = "copies",
    .group = GROUP_ASK,
    .summary = "which reports copy one another",
    .about = "Lists the pairs of reports that share passages, how much of each "
             "they share,\n"
             "and what kind of copy it is: the same text, an edited one, a "
             "part, or only the\n"
             "same quotation.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_COPIES,
    .run = run_tell,
};
