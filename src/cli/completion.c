/* SPDX-License-Identifier: Apache-2.0 */
/* cli/completion.c - dateline completion: scripts for the shells, from the
 * commands' tables. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"

static const Option *const OPTIONS[] = {&OPTION_HELP, NULL};

static const Example EXAMPLES[] = {
    {"dateline completion bash > dateline.bash",
     "then, in ~/.bashrc: source dateline.bash"},
    {"dateline completion zsh > _dateline", "into a folder of $fpath"},
    {"dateline completion fish > dateline.fish",
     "into ~/.config/fish/completions"},
    {NULL, NULL}};

static bool is_listed(const Command *command) {
    return command->group != GROUP_HIDDEN;
}

/* True if a file name may follow. */
static bool takes_files(const Command *command) {
    return command->operands && strstr(command->operands, "FILE");
}

static void put_names(Output *out) {
    for (size_t i = 0; COMMANDS[i]; i++) {
        if (is_listed(COMMANDS[i])) {
            output_format(out, "%s%s", i ? " " : "", COMMANDS[i]->name);
        }
    }
}

/* ---------------------------------------------------------------- bash */

static void put_bash_values(Output *out, const Command *command) {
    for (size_t i = 0; command->options[i]; i++) {
        const Option *option = command->options[i];
        if (option->kind == OPTION_CHOICE) {
            output_format(out, "    %s:--%s) words='", command->name,
                          option->name);
            for (size_t k = 0; option->choices[k]; k++) {
                output_format(out, "%s%s", k ? " " : "", option->choices[k]);
            }
            output_put(out, "' ;;\n");
        } else if (option->kind == OPTION_FILE) {
            output_format(out, "    %s:--%s) files=1 ;;\n", command->name,
                          option->name);
        } else if (option->kind != OPTION_FLAG) {
            output_format(out, "    %s:--%s) return ;;\n", command->name,
                          option->name);
        }
    }
}

static void put_bash_command(Output *out, const Command *command) {
    output_format(out, "    %s:*) words='", command->name);
    for (size_t i = 0; command->options[i]; i++) {
        output_format(out, "%s--%s", i ? " " : "", command->options[i]->name);
    }
    output_format(out, "'%s ;;\n", takes_files(command) ? "; files=1" : "");
}

static void put_bash(Output *out) {
    output_put(out, "_dateline() {\n"
                    "    local words='' files=''\n"
                    "    local current=\"${COMP_WORDS[COMP_CWORD]}\"\n"
                    "    local before=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
                    "    COMPREPLY=()\n"
                    "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                    "        words='");
    put_names(out);
    output_put(out, "'\n    else\n    case \"${COMP_WORDS[1]}:$before\" in\n");
    for (size_t i = 0; COMMANDS[i]; i++) {
        if (is_listed(COMMANDS[i])) {
            put_bash_values(out, COMMANDS[i]);
        }
    }
    output_put(out, "    completion:completion) words='bash zsh fish' ;;\n");
    for (size_t i = 0; COMMANDS[i]; i++) {
        if (is_listed(COMMANDS[i])) {
            put_bash_command(out, COMMANDS[i]);
        }
    }
    output_put(out, "    esac\n    fi\n"
                    "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                    "    if [ -n \"$files\" ] && [ \"${current#-}\" = "
                    "\"$current\" ]; then\n"
                    "        compopt -o filenames 2>/dev/null\n"
                    "        COMPREPLY+=($(compgen -f -- \"$current\"))\n"
                    "    fi\n}\n"
                    "complete -F _dateline dateline\n");
}

/* ----------------------------------------------------------- zsh, fish */

/* `text` inside single quotes; zsh's _arguments minds brackets and colons. */
static void put_quoted(Output *out, const char *text, const char *escaped) {
    for (; *text; text++) {
        if (*text == '\'') {
            output_put(out, "'\\''");
        } else {
            output_put(out, strchr(escaped, *text) ? "\\" : "");
            output_write(out, text, 1);
        }
    }
}

static void put_zsh_option(Output *out, const Option *option) {
    output_format(out, " \\\n            '--%s%s[", option->name,
                  option->argument ? "=" : "");
    put_quoted(out, option->help, "[]:\\");
    output_put(out, "]");
    if (option->argument) {
        output_format(out, ":%s:", option->argument);
    }
    if (option->kind == OPTION_CHOICE) {
        output_put(out, "(");
        for (size_t k = 0; option->choices[k]; k++) {
            output_format(out, "%s%s", k ? " " : "", option->choices[k]);
        }
        output_put(out, ")");
    } else if (option->kind == OPTION_FILE) {
        output_put(out, "_files");
    }
    output_put(out, "'");
}

static void put_zsh(Output *out) {
    output_put(out, "#compdef dateline\n_dateline() {\n"
                    "    local -a commands\n    commands=(\n");
    for (size_t i = 0; COMMANDS[i]; i++) {
        if (is_listed(COMMANDS[i])) {
            output_format(out, "        '%s:", COMMANDS[i]->name);
            put_quoted(out, COMMANDS[i]->summary, "\\");
            output_put(out, "'\n");
        }
    }
    output_put(out, "    )\n    if (( CURRENT == 2 )); then\n"
                    "        _describe command commands\n        return\n"
                    "    fi\n    local command=$words[2]\n"
                    "    shift words; (( CURRENT-- ))\n"
                    "    case $command in\n");
    for (size_t i = 0; COMMANDS[i]; i++) {
        const Command *command = COMMANDS[i];
        if (is_listed(command)) {
            output_format(out, "    %s) _arguments", command->name);
            for (size_t k = 0; command->options[k]; k++) {
                put_zsh_option(out, command->options[k]);
            }
            output_format(out, "%s ;;\n",
                          takes_files(command) ? " \\\n            '*:file:"
                                                 "_files'"
                                               : "");
        }
    }
    output_put(out, "    esac\n}\n_dateline \"$@\"\n");
}

static void put_fish_option(Output *out, const Command *command,
                            const Option *option) {
    output_format(out,
                  "complete -c dateline -n '__fish_seen_subcommand_from %s' "
                  "-l %s%s%s -d '",
                  command->name, option->name, option->argument ? " -r" : "",
                  option->kind == OPTION_FILE ? "F" : "");
    put_quoted(out, option->help, "\\");
    output_put(out, "'");
    if (option->kind == OPTION_CHOICE) {
        output_put(out, " -a '");
        for (size_t k = 0; option->choices[k]; k++) {
            output_format(out, "%s%s", k ? " " : "", option->choices[k]);
        }
        output_put(out, "'");
    }
    output_put(out, "\n");
}

static void put_fish(Output *out) {
    for (size_t i = 0; COMMANDS[i]; i++) {
        const Command *command = COMMANDS[i];
        if (!is_listed(command)) {
            continue;
        }
        output_format(out,
                      "complete -c dateline -n __fish_use_subcommand %s-a %s "
                      "-d '",
                      takes_files(command) ? "" : "-f ", command->name);
        put_quoted(out, command->summary, "\\");
        output_put(out, "'\n");
        for (size_t k = 0; command->options[k]; k++) {
            put_fish_option(out, command, command->options[k]);
        }
    }
}

static Exit completion(Cli *cli) {
    static const struct {
        const char *shell;
        void (*put)(Output *out);
    } shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};

    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(cli->settings.operands[0], shells[i].shell) == 0) {
            shells[i].put(&cli->out);
            return EXIT_GOOD;
        }
    }
    complain(cli, "'%s': there are scripts for bash, zsh and fish",
             cli->settings.operands[0]);
    return EXIT_USAGE;
}

const Command COMMAND_COMPLETION = {
    .name = "completion",
    .operands = "bash|zsh|fish",
    .operands_min = 1,
    .operands_max = 1,
    .group = GROUP_TOOL,
    .summary = "print a completion script for a shell",
    .about = "Prints a script with which the shell completes dateline's "
             "commands and\noptions.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = completion};
