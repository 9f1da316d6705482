/* SPDX-License-Identifier: Apache-2.0 */
/* cli/session.c - what running commands share: complaints, the data, options.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

void complain(const Cli *cli, const char *format, ...) {
    va_list arguments;

    fprintf(stderr, "dateline %s: ", cli->command->name);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

Exit failed(const Cli *cli, const dateline_error *error) {
    const char *message = error->message;
    size_t len = strlen(cli->command->name);

    /* The library's name for what was asked is mostly the command's. */
    if (strncmp(message, cli->command->name, len) == 0 &&
        strncmp(message + len, ": ", 2) == 0) {
        message += len + 2;
    }
    complain(cli, "%s", message);
    switch (error->status) {
    case DATELINE_USAGE:
        return EXIT_USAGE;
    case DATELINE_NOT_FOUND:
        return EXIT_FAULTS;
    default:
        return EXIT_FAILED;
    }
}

dateline *open_data(const Cli *cli, Exit *exit) {
    dateline *data = NULL;
    dateline_error error;

    if (dateline_new(NULL, &data, &error) != DATELINE_OK) {
        *exit = failed(cli, &error);
        return NULL;
    }
    return data;
}

static void warn(void *context, const char *message) {
    complain(context, "warning: %s", message);
}

static bool use_files(const Cli *cli, dateline *data, dateline_dictionary kind,
                      const char *const *files, Exit *exit) {
    dateline_error error;

    for (size_t i = 0; files[i]; i++) {
        if (dateline_use_dictionary(data, kind, files[i], warn,
                                    (void *)(uintptr_t)cli,
                                    &error) != DATELINE_OK) {
            *exit = failed(cli, &error);
            return false;
        }
    }
    return true;
}

bool use_dictionaries(const Cli *cli, dateline *data, Exit *exit) {
    const Settings *settings = &cli->settings;

    return use_files(cli, data, DATELINE_ACTORS, settings->actors, exit) &&
           use_files(cli, data, DATELINE_AGENTS, settings->agents, exit) &&
           use_files(cli, data, DATELINE_VERBS, settings->verbs, exit);
}

void note_terminal(const Cli *cli) {
    if (cli->settings.operand_count == 0 && isatty(STDIN_FILENO)) {
        complain(cli, "reads standard input; Ctrl-D ends it");
    }
}

dateline_options read_options(const Settings *settings) {
    dateline_options options;

    dateline_options_init(&options);
    options.clean = (dateline_clean)settings->clean;
    options.find = !settings->no_find;
    options.tokens = settings->tokens;
    options.conllu = settings->conllu;
    options.jobs = (unsigned)settings->jobs;
    options.charset = settings->charset;
    options.maps = settings->maps;
    if (settings->max_report) {
        options.max_report = (size_t)settings->max_report;
    }
    return options;
}

dateline_fetch fetch_options(const Settings *settings) {
    dateline_fetch fetch;

    dateline_fetch_init(&fetch);
    fetch.allow_private = settings->allow_private;
    fetch.once = settings->once;
    fetch.timeout =
        settings->timeout ? (unsigned)settings->timeout : fetch.timeout;
    fetch.pause = settings->pause ? (double)settings->pause : fetch.pause;
    fetch.every =
        settings->every ? (unsigned)settings->every * 60 : fetch.every;
    return fetch;
}
