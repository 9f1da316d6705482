/* SPDX-License-Identifier: Apache-2.0 */
/* cli/help.h - what is made from the commands' tables for people and shells.
 *
 * Room: cli. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* `dateline` alone: every command in a line, on one screen. */
void help_overview(Output *out);
/* `dateline COMMAND --help`. */
void help_command(Output *out, const Command *command);
/* "--speaker NAME", into `text`. */
void help_option_name(const Option *option, char *text, size_t size);

#endif
