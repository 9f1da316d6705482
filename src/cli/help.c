/* SPDX-License-Identifier: Apache-2.0 */
/* cli/help.c - see help.h. */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

enum { HELP_WIDTH = 79, OPTION_COLUMN = 21 };

static const char *const GROUP_TITLES[GROUP_COUNT] = {"Keep", "Ask", "Tools",
                                                      NULL};

void help_option_name(const Option *option, char *text, size_t size) {
    snprintf(text, size, "--%s%s%s", option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
}

/* `text` from column `indent` on, broken at spaces. */
static void put_wrapped(Output *out, const char *text, size_t indent) {
    size_t column = indent;

    while (*text) {
        size_t word = strcspn(text, " ");
        if (column > indent && column + 1 + word > HELP_WIDTH) {
            output_format(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            output_put(out, " ");
            column++;
        }
        output_format(out, "%.*s", (int)word, text);
        column += word;
        text += word + (text[word] == ' ');
    }
    output_put(out, "\n");
}

void help_overview(Output *out) {
    output_put(out, "Dateline reads news reports and keeps one sourced account "
                    "of each story.\n");
    for (Group group = 0; group < GROUP_HIDDEN; group++) {
        output_format(out, "%s\n", GROUP_TITLES[group]);
        for (size_t i = 0; COMMANDS[i]; i++) {
            if (COMMANDS[i]->group == group) {
                output_format(out, "  %-11s%s\n", COMMANDS[i]->name,
                              COMMANDS[i]->summary);
            }
        }
    }
    output_put(out, "Begin with: dateline add FOLDER; dateline show. More: "
                    "dateline COMMAND --help\n");
}

void help_command(Output *out, const Command *command) {
    char name[64];

    output_format(out, "Usage: dateline %s [OPTION]...%s%s\n\n%s\n",
                  command->name, command->operands ? " " : "",
                  command->operands ? command->operands : "", command->about);
    output_put(out, "\nOptions:\n");
    for (size_t i = 0; command->options[i]; i++) {
        help_option_name(command->options[i], name, sizeof name);
        output_format(out, "  %-*s", OPTION_COLUMN - 2, name);
        put_wrapped(out, command->options[i]->help, OPTION_COLUMN);
    }
    output_put(out, "\nExamples:\n");
    for (const Example *example = command->examples; example->line; example++) {
        output_format(out, "  %s\n      %s\n", example->line, example->what);
    }
}
