/* SPDX-License-Identifier: Apache-2.0 */
/* cli/forget.c - dateline forget: take reports out of the store. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"

static Exit forget_one(Cli *cli, dateline_store *store, const char *id) {
    dateline_error error;

    switch (dateline_forget(store, id, &error)) {
    case DATELINE_OK:
        if (cli->settings.json) {
            output_json(&cli->out, "id", id, "status", "forgotten");
        } else {
            output_format(&cli->out, "%s forgotten\n", id);
        }
        output_flush(&cli->out);
        return EXIT_GOOD;
    case DATELINE_NOT_FOUND:
        if (cli->settings.json) {
            output_json(&cli->out, "id", id, "status", "unknown");
        }
        return failed(cli, &error);
    default:
        return failed(cli, &error);
    }
}

static Exit forget(Cli *cli) {
    Exit exit = EXIT_GOOD;
    Session session;

    if (access(store_file(cli), F_OK) != 0) { /* or it would be made */
        complain(cli, "%s: %s", store_file(cli), strerror(errno));
        return EXIT_FAILED;
    }
    if (!open_store(cli, DATELINE_WRITE, &session, &exit)) {
        return exit;
    }
    for (size_t i = 0; i < cli->settings.operand_count && exit <= EXIT_FAULTS;
         i++) {
        Exit one = forget_one(cli, session.store, cli->settings.operands[i]);
        exit = one > exit ? one : exit;
    }
    close_session(&session);
    return exit;
}

static const Option *const OPTIONS[] = {
    &OPTION_JSON,
    &OPTION_STORE,
    &OPTION_HELP,
    NULL,
};

static const Example EXAMPLES[] = {
    {"dateline forget ceasefire-12", "one report"},
    {"dateline forget vote-01 vote-02 --json", "two, told as JSON"},
    {NULL, NULL},
};

const Command COMMAND_FORGET = {
    .name = "forget",
    .operands = "ID...",
    .operands_min = 1,
    .operands_max = SIZE_MAX,
    .group = GROUP_KEEP,
    .summary = "take reports out of the store",
    .about =
        "Removes the reports with these IDs, all their versions, and all that "
        "was\n"
        "found in them or linked to them, as if they had never been added.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = forget,
};
