/* SPDX-License-Identifier: Apache-2.0 */
/* cli/figures.c - dateline figures: how many, on whose word. */
#include "cli/commands.h"

static const char *const CHOICES[] = {
    "killed",   "wounded",  "missing",  "displaced", "detained", "abducted",
    "defected", "deployed", "affected", "other",     NULL};

static const Option KIND = {
    .name = "kind",
    .kind = OPTION_CHOICE,
    .at = offsetof(Settings, kind),
    .argument = "KIND",
    .choices = CHOICES,
    .help = "killed, wounded, missing, displaced, detained, abducted, "
            "defected, deployed, affected or other"};

static const Option CLAIMANT = {.name = "claimant",
                                .kind = OPTION_TEXT,
                                .at = offsetof(Settings, speaker),
                                .argument = "NAME",
                                .help = "the same as --speaker"};

static const Option *const OPTIONS[] = {
    &KIND,
    &OPTION_SPEAKER,
    &CLAIMANT,
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
    {"dateline figures --kind killed",
     "the dead, as each claimant counts them"},
    {"dateline figures --since 2022-02-08 --until 2022-02-12 --outlet 'Gulf "
     "Ledger'",
     "what one outlet reported in those days"},
    {NULL, NULL},
};

const Command COMMAND_FIGURES = {
    .name = "figures",
    .group = GROUP_ASK,
    .summary = "how many were killed, displaced, detained ..., on whose word",
    .about = "Lists the figures that were given and on whose word, by day: "
             "later counts\n"
             "stand beside earlier ones, and nobody's figure is taken for "
             "another's.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_FIGURES,
    .run = run_tell,
};
