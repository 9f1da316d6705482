/* SPDX-License-Identifier: Apache-2.0 */
/* cli/verify.c - dateline verify: is the store whole? */
#include <inttypes.h>

#include "cli/commands.h"

static void on_fault(void *context, const char *what) {
    Cli *cli = context;

    if (cli->settings.json) {
        output_json(&cli->out, "fault", what, NULL, NULL);
    } else {
        output_format(&cli->out, "%s\n", what);
    }
}

static Exit verify(Cli *cli) {
    dateline_calls calls = {.context = cli, .complain = on_fault};
    uint64_t reports = 0, faults = 0;
    dateline_error error;
    Session session;
    Exit exit = EXIT_GOOD;

    if (!open_store(cli, DATELINE_READ, &session, &exit)) {
        return exit;
    }
    if (dateline_verify(session.store, &calls, &reports, &faults, &error) !=
        DATELINE_OK) {
        exit = failed(cli, &error);
    } else {
        exit = faults ? EXIT_FAULTS : EXIT_GOOD;
        output_format(&cli->out,
                      cli->settings.json
                          ? "{\"reports\":%" PRIu64 ",\"faults\":%" PRIu64 "}\n"
                          : "%" PRIu64 " reports read again, %" PRIu64
                            " faults\n",
                      reports, faults);
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
    {"dateline verify", "the store in this folder"},
    {"dateline verify --store dateline.db --json",
     "each fault a JSON object, the sum at the end"},
    {NULL, NULL},
};

const Command COMMAND_VERIFY = {
    .name = "verify",
    .group = GROUP_KEEP,
    .summary = "compare all that is stored with its hash",
    .about = "Reads every report again and compares it with its hash, and "
             "every span with\n"
             "the text that it points to. Prints what does not match; the exit "
             "status is\n"
             "then 1.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = verify,
};
