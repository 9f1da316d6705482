/* SPDX-License-Identifier: Apache-2.0 */
/* cli/events.c - dateline events: who did what to whom. */
#include "cli/commands.h"

static const Option KIND = {.name = "kind",
                            .kind = OPTION_TEXT,
                            .at = offsetof(Settings, kind),
                            .argument = "CODE",
                            .help = "a PLOVER class (ASSAULT) or the first "
                                    "digits of a CAMEO code (18)"};

static const Option ACTOR = {.name = "actor",
                             .kind = OPTION_TEXT,
                             .at = offsetof(Settings, speaker),
                             .argument = "NAME",
                             .help = "who acts or is acted on: part of a name "
                                     "or of an actor code"};

static const Option *const OPTIONS[] = {
    &ACTOR,
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
    {"dateline events --actor GOV --kind 03",
     "what governments declared to be ready for"},
    {"dateline events --kind AGREE --max 10", "ten agreements and promises"},
    {"dateline events --json", "all, one JSON object a line"},
    {NULL, NULL},
};

const Command COMMAND_EVENTS = {
    .name = "events",
    .group = GROUP_ASK,
    .summary = "who did what to whom",
    .about = "Lists the events that were told, each with its CAMEO code, who "
             "acted, on\n"
             "whom, and every report that carries it.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_EVENTS,
    .run = run_tell,
};
