/* SPDX-License-Identifier: Apache-2.0 */
/* cli/main.c - finds the command, reads its options, runs it. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/help.h"
#include "cli/options.h"
#include "cli/suggest.h"

static const Command *find_command(const char *name) {
    for (size_t i = 0; COMMANDS[i]; i++) {
        if (strcmp(COMMANDS[i]->name, name) == 0) {
            return COMMANDS[i];
        }
    }
    return NULL;
}

static Exit unknown_command(const char *name) {
    Suggestion near;

    suggestion_init(&near, name, strlen(name));
    for (size_t i = 0; COMMANDS[i]; i++) {
        if (COMMANDS[i]->group != GROUP_HIDDEN) {
            suggestion_offer(&near, COMMANDS[i]->name);
        }
    }
    fprintf(stderr, "dateline: unknown command '%s'", name);
    if (near.best) {
        fprintf(stderr, ": did you mean '%s'?", near.best);
    }
    fputs("\nTry 'dateline --help'.\n", stderr);
    return EXIT_USAGE;
}

static bool wants_colour(const Cli *cli) {
    const char *when = cli->settings.colour;
    const char *no_colour = getenv("NO_COLOR");

    if (when && strcmp(when, "auto") != 0) {
        return strcmp(when, "always") == 0;
    }
    return cli->out.terminal && !(no_colour && *no_colour);
}

static Exit run_command(Cli *cli, char **arguments, size_t count) {
    char mistake[512];

    if (!options_parse(cli->command, arguments, count, &cli->settings, mistake,
                       sizeof mistake)) {
        complain(cli, "%s", mistake);
        fprintf(stderr, "Try 'dateline %s --help'.\n", cli->command->name);
        return EXIT_USAGE;
    }
    if (cli->settings.help) {
        help_command(&cli->out, cli->command);
        return EXIT_GOOD;
    }
    cli->colour = wants_colour(cli);
    return cli->command->run(cli);
}

static Exit dispatch(Cli *cli, char **arguments, size_t count) {
    bool asks_help = count > 0 && (strcmp(arguments[0], "--help") == 0 ||
                                   strcmp(arguments[0], "-h") == 0 ||
                                   strcmp(arguments[0], "help") == 0);

    if (count > 0 && strcmp(arguments[0], "--version") == 0) {
        output_format(&cli->out, "dateline %s\n", dateline_version());
        return EXIT_GOOD;
    }
    if (asks_help && count > 1) {
        arguments++, count--;
        cli->settings.help = 1;
    } else if (asks_help || count == 0) {
        help_overview(&cli->out);
        return EXIT_GOOD;
    }
    cli->command = find_command(arguments[0]);
    return cli->command ? run_command(cli, arguments + 1, count - 1)
                        : unknown_command(arguments[0]);
}

/* What the whole run comes to once its output has been handed on. A reader
 * that went away ends us as it ends other programs: by SIGPIPE, silently. */
static Exit close_output(Output *out, Exit exit) {
    output_flush(out);
    if (out->error == 0 && close(STDOUT_FILENO) != 0 && errno != EBADF) {
        out->error = errno;
    }
    if (out->error == EPIPE) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    if (out->error) {
        fprintf(stderr, "dateline: standard output: %s\n",
                strerror(out->error));
        exit = EXIT_FAILED;
    }
    output_deinit(out);
    return exit;
}

int main(int argc, char **argv) {
    Cli cli = {0};
    Exit exit;

    signal(SIGPIPE, SIG_IGN);
    output_init(&cli.out);
    exit = dispatch(&cli, argv + 1, argc > 0 ? (size_t)argc - 1 : 0);
    return (int)close_output(&cli.out, exit);
}
