/* SPDX-License-Identifier: Apache-2.0 */
/* cli/shared_options.c - options that several commands have. */
#include "cli/command.h"

static const char *const WHEN[] = {"auto", "always", "never", NULL};

const Option OPTION_HELP = {.name = "help",
                            .kind = OPTION_FLAG,
                            .at = offsetof(Settings, help),
                            .value = 1,
                            .help = "show this help"};

const Option OPTION_STORE = {
    .name = "store",
    .kind = OPTION_FILE,
    .at = offsetof(Settings, store),
    .argument = "FILE",
    .help = "the store (default: $DATELINE_STORE, else dateline.db)"};

const Option OPTION_JSON = {.name = "json",
                            .kind = OPTION_FLAG,
                            .at = offsetof(Settings, json),
                            .value = 1,
                            .help = "one JSON object a line"};

const Option OPTION_COLOUR = {
    .name = "color",
    .kind = OPTION_CHOICE,
    .at = offsetof(Settings, colour),
    .argument = "WHEN",
    .choices = WHEN,
    .help = "colours: auto (on terminals, unless NO_COLOR is set), always, "
            "never"};

const Option OPTION_PROGRESS = {
    .name = "progress",
    .kind = OPTION_FLAG,
    .at = offsetof(Settings, progress),
    .value = 1,
    .help = "show progress even where standard error is no terminal"};

const Option OPTION_CLEAN = {
    .name = "clean",
    .kind = OPTION_FLAG,
    .at = offsetof(Settings, clean),
    .value = DATELINE_CLEAN_ON,
    .help = "tell the report from the litter around it (default for text "
            "files and web pages)"};

const Option OPTION_NO_CLEAN = {
    .name = "no-clean",
    .kind = OPTION_FLAG,
    .at = offsetof(Settings, clean),
    .value = DATELINE_CLEAN_OFF,
    .help = "take the text as it stands (default for the text of JSON "
            "lines)"};

const Option OPTION_NO_FIND = {.name = "no-find",
                               .kind = OPTION_FLAG,
                               .at = offsetof(Settings, no_find),
                               .value = 1,
                               .help = "look for no names, times and claims"};

const Option OPTION_JOBS = {.name = "jobs",
                            .kind = OPTION_NUMBER,
                            .at = offsetof(Settings, jobs),
                            .argument = "N",
                            .help = "threads (default: one for each core)"};

const Option OPTION_MAX_REPORT = {
    .name = "max-report",
    .kind = OPTION_SIZE,
    .at = offsetof(Settings, max_report),
    .argument = "BYTES",
    .help = "refuse larger reports; k, M and G may follow (default: 16M)"};

const Option OPTION_CHARSET = {
    .name = "charset",
    .kind = OPTION_TEXT,
    .at = offsetof(Settings, charset),
    .argument = "NAME",
    .help = "the charset of text files (default: told from the bytes)"};

const Option OPTION_MAP = {
    .name = "map",
    .kind = OPTION_LIST,
    .at = offsetof(Settings, maps),
    .argument = "COLUMN=FIELD",
    .help = "which column of a table holds which field (text, html, id, title, "
            "outlet, url, published, byline, language), where its name does "
            "not tell; may be given several times"};

const Option OPTION_ALLOW_PRIVATE = {
    .name = "allow-private",
    .kind = OPTION_FLAG,
    .at = offsetof(Settings, allow_private),
    .value = 1,
    .help = "fetch from addresses that are not public too"};

const Option OPTION_TIMEOUT = {
    .name = "timeout",
    .kind = OPTION_NUMBER,
    .at = offsetof(Settings, timeout),
    .argument = "SECONDS",
    .help = "give up a request after so long (default: 30)"};

const Option OPTION_STORY = {.name = "story",
                             .kind = OPTION_NUMBER,
                             .at = offsetof(Settings, story),
                             .argument = "N",
                             .help = "only this story, as 'stories' counts"};

const Option OPTION_STORYLINE = {.name = "storyline",
                                 .kind = OPTION_NUMBER,
                                 .at = offsetof(Settings, storyline),
                                 .argument = "N",
                                 .help = "only the stories of this storyline"};

const Option OPTION_REPORT = {.name = "report",
                              .kind = OPTION_TEXT,
                              .at = offsetof(Settings, report),
                              .argument = "ID",
                              .help = "only this report"};

const Option OPTION_OUTLET = {.name = "outlet",
                              .kind = OPTION_TEXT,
                              .at = offsetof(Settings, outlet),
                              .argument = "NAME",
                              .help = "only reports of this outlet"};

const Option OPTION_SINCE_DAY = {
    .name = "since",
    .kind = OPTION_SINCE,
    .at = offsetof(Settings, since),
    .argument = "DATE",
    .help = "only reports published on that day or later"};

const Option OPTION_UNTIL_DAY = {
    .name = "until",
    .kind = OPTION_UNTIL,
    .at = offsetof(Settings, until),
    .argument = "DATE",
    .help = "only reports published on that day or earlier"};

const Option OPTION_MAX_ROWS = {.name = "max",
                                .kind = OPTION_NUMBER,
                                .at = offsetof(Settings, max),
                                .argument = "N",
                                .help = "at most so many"};

const Option OPTION_SPEAKER = {
    .name = "speaker",
    .kind = OPTION_TEXT,
    .at = offsetof(Settings, speaker),
    .argument = "NAME",
    .help = "only on this person's or body's word; part of a name will do"};

const Option OPTION_PLACE = {.name = "place",
                             .kind = OPTION_TEXT,
                             .at = offsetof(Settings, place),
                             .argument = "NAME",
                             .help = "only of this place"};

const Option OPTION_SENTENCES = {.name = "sentences",
                                 .kind = OPTION_NUMBER,
                                 .at = offsetof(Settings, sentences),
                                 .argument = "N",
                                 .help = "sentences a day, 1 to 3"};

const Option OPTION_ACTORS = {
    .name = "actors",
    .kind = OPTION_LIST,
    .at = offsetof(Settings, actors),
    .argument = "FILE",
    .help = "code actors by this dictionary in PETRARCH's format, not by ours; "
            "may be given several times"};

const Option OPTION_AGENTS = {
    .name = "agents",
    .kind = OPTION_LIST,
    .at = offsetof(Settings, agents),
    .argument = "FILE",
    .help = "the dictionary of agents that goes with --actors"};

const Option OPTION_VERBS = {
    .name = "verbs",
    .kind = OPTION_LIST,
    .at = offsetof(Settings, verbs),
    .argument = "FILE",
    .help = "code events by this dictionary in PETRARCH's format, not by ours"};
