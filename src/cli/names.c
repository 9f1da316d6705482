/* SPDX-License-Identifier: Apache-2.0 */
/* cli/names.c - dateline names: the people and bodies, and how they are spelt.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

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

static const Option MERGE = {
    .name = "merge",
    .kind = OPTION_FLAG,
    .at = offsetof(Settings, merge),
    .value = 1,
    .help = "A B: decide that the two are one, now and later"};

static const Option SPLIT = {
    .name = "split",
    .kind = OPTION_FLAG,
    .at = offsetof(Settings, split),
    .value = 1,
    .help = "A SPELLING: decide that this spelling is somebody else"};

/* A person's decision; the two are names, or numbers as listed. */
static Exit decide(Cli *cli) {
    const Settings *settings = &cli->settings;
    dateline_status (*decision)(dateline_store *, const char *, const char *,
                                dateline_error *) =
        settings->merge ? dateline_merge_names : dateline_split_name;
    dateline_error error;
    Exit exit = EXIT_GOOD;
    Session session;

    if (settings->operand_count != 2 || (settings->merge && settings->split)) {
        complain(cli, "--merge and --split take two names");
        return EXIT_USAGE;
    }
    if (access(store_file(cli), F_OK) != 0) { /* or it would be made */
        complain(cli, "%s: %s", store_file(cli), strerror(errno));
        return EXIT_FAILED;
    }
    if (!open_store(cli, DATELINE_WRITE, &session, &exit)) {
        return exit;
    }
    if (decision(session.store, settings->operands[0], settings->operands[1],
                 &error) != DATELINE_OK) {
        exit = failed(cli, &error);
    } else {
        output_format(&cli->out, "%s and %s are %s from now on\n",
                      settings->operands[0], settings->operands[1],
                      settings->merge ? "one" : "two");
    }
    close_session(&session);
    return exit;
}

static Exit names(Cli *cli) {
    dateline_filter filter = tell_filter(&cli->settings);

    if (cli->settings.merge || cli->settings.split) {
        return decide(cli);
    }
    if (cli->settings.operand_count > 1) {
        complain(cli, "one name at a time");
        return EXIT_USAGE;
    }

    if (cli->settings.operand_count) {
        filter.speaker = cli->settings.operands[0];
    }
    return tell_with(cli, &filter);
}

static const Option *const OPTIONS[] = {
    &KIND,
    &MERGE,
    &SPLIT,
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
    {"dateline names al-Qumaishi", "one man and the spellings of his name"},
    {"dateline names --kind ORG --max 20", "twenty organisations"},
    {"dateline names --split 'Anvar Jumaliev' 'Anvar Jumaliyev'",
     "two spellings, two men"},
    {NULL, NULL},
};

const Command COMMAND_NAMES = {
    .name = "names",
    .operands = "[NAME] | --merge A B | --split A SPELLING",
    .operands_max = 2,
    .group = GROUP_ASK,
    .summary =
        "people, organisations and places, with their spellings and roles",
    .about = "Lists the people, organisations, places and groups of the "
             "reports, each with\n"
             "every spelling under which it occurs and the roles it is given. "
             "With NAME,\n"
             "only those of which it is part. --merge and --split decide who "
             "is who; a\ndecision is kept, and holds for reports that are "
             "added later.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_NAMES,
    .run = names,
};
