/* SPDX-License-Identifier: Apache-2.0 */
/* cli/commands.h - the commands, each in the file of its name.
 *
 * Room: cli. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/command.h"

extern const Command COMMAND_ADD;
extern const Command COMMAND_WATCH;
extern const Command COMMAND_VERIFY;
extern const Command COMMAND_FORGET;
extern const Command COMMAND_SHOW;
extern const Command COMMAND_STORIES;
extern const Command COMMAND_TIMELINE;
extern const Command COMMAND_QUOTES;
extern const Command COMMAND_FIGURES;
extern const Command COMMAND_EVENTS;
extern const Command COMMAND_CONFLICTS;
extern const Command COMMAND_COPIES;
extern const Command COMMAND_NAMES;
extern const Command COMMAND_SEARCH;
extern const Command COMMAND_ANALYZE;
extern const Command COMMAND_DIFF;
extern const Command COMMAND_EXPLAIN;
extern const Command COMMAND_LITTER;
extern const Command COMMAND_SAME_NAME;
extern const Command COMMAND_COMPLETION;
extern const Command COMMAND_MANUAL;

#endif
