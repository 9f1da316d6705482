/* SPDX-License-Identifier: Apache-2.0 */
/* cli/manual.c - dateline manual: the manual page, from the commands' tables.
 *
 * The build writes it to dateline.1. Format: man(7). */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/help.h"

static const Option *const OPTIONS[] = {&OPTION_HELP, NULL};

static const Example EXAMPLES[] = {
    {"dateline manual > dateline.1", "the page, for man -l dateline.1"},
    {NULL, NULL}};

/* Text with what troff would take for its own escaped: backslashes, dashes,
 * and a dot or quote at the start of a line. */
static void put_text(Output *out, const char *text) {
    bool line_start = true;

    for (; *text; text++) {
        if (line_start && (*text == '.' || *text == '\'')) {
            output_put(out, "\\&");
        }
        if (*text == '\\') {
            output_put(out, "\\e");
        } else if (*text == '-') {
            output_put(out, "\\-");
        } else {
            output_write(out, text, 1);
        }
        line_start = *text == '\n';
    }
}

static void put_command(Output *out, const Command *command) {
    char name[64];

    output_put(out, ".SS dateline ");
    put_text(out, command->name);
    output_put(out, command->operands ? " " : "");
    put_text(out, command->operands ? command->operands : "");
    output_put(out, "\n");
    put_text(out, command->about);
    output_put(out, "\n");
    for (size_t i = 0; command->options[i]; i++) {
        help_option_name(command->options[i], name, sizeof name);
        output_put(out, ".TP\n.B ");
        put_text(out, name);
        output_put(out, "\n");
        put_text(out, command->options[i]->help);
        output_put(out, "\n");
    }
    for (const Example *example = command->examples; example->line; example++) {
        output_put(out, ".PP\n");
        put_text(out, example->what);
        output_put(out, ":\n.PP\n.nf\n.RS\n");
        put_text(out, example->line);
        output_put(out, "\n.RE\n.fi\n");
    }
}

static Exit manual(Cli *cli) {
    Output *out = &cli->out;

    output_format(out,
                  ".TH DATELINE 1 \"\" \"dateline %s\" \"User Commands\"\n"
                  ".SH NAME\ndateline \\- one sourced account of each story "
                  "from many news reports\n"
                  ".SH SYNOPSIS\n.B dateline\n.I COMMAND\n"
                  "[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n"
                  ".SH DESCRIPTION\n"
                  "Reads news reports and keeps, in one SQLite file, what "
                  "happened, who said what, which figures were given and on "
                  "whose word, and which reports copy one another. Every fact "
                  "points to the bytes that it was read from.\n"
                  ".SH COMMANDS\n",
                  dateline_version());
    for (size_t i = 0; COMMANDS[i]; i++) {
        if (COMMANDS[i]->group != GROUP_HIDDEN) {
            put_command(out, COMMANDS[i]);
        }
    }
    output_put(out,
               ".SH ENVIRONMENT\n"
               ".TP\n.B DATELINE_STORE\nthe store where \\-\\-store is not "
               "given\n"
               ".TP\n.B DATELINE_DATA\nthe folder of the lexicon and the "
               "models\n"
               ".TP\n.B NO_COLOR\nno colours, unless \\-\\-color=always\n"
               ".SH EXIT STATUS\n"
               ".TP\n.B 0\nall went well\n"
               ".TP\n.B 1\nsome reports were refused, faults were found, or "
               "there is no such report or story\n"
               ".TP\n.B 2\nthe command line makes no sense\n"
               ".TP\n.B 3\nit could not run: the store, the program's data, or "
               "the disk\n");
    return EXIT_GOOD;
}

const Command COMMAND_MANUAL = {.name = "manual",
                                .group = GROUP_HIDDEN,
                                .summary = "print the manual page",
                                .about = "Prints the manual page in man(7) "
                                         "format.",
                                .options = OPTIONS,
                                .examples = EXAMPLES,
                                .run = manual};
