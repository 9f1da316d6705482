/* SPDX-License-Identifier: Apache-2.0 */
/* cli/commands.c - every command. */
#include "cli/commands.h"

/* clang-format off */
const Command *const COMMANDS[] = {
    &COMMAND_ADD,
    &COMMAND_WATCH,
    &COMMAND_VERIFY,
    &COMMAND_FORGET,
    &COMMAND_SHOW,
    &COMMAND_STORIES,
    &COMMAND_TIMELINE,
    &COMMAND_QUOTES,
    &COMMAND_FIGURES,
    &COMMAND_EVENTS,
    &COMMAND_CONFLICTS,
    &COMMAND_COPIES,
    &COMMAND_NAMES,
    &COMMAND_SEARCH,
    &COMMAND_ANALYZE,
    &COMMAND_DIFF,
    &COMMAND_EXPLAIN,
    &COMMAND_LITTER,
    &COMMAND_SAME_NAME,
    &COMMAND_COMPLETION,
    &COMMAND_MANUAL,
    NULL,
};
