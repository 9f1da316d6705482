/* SPDX-License-Identifier: Apache-2.0 */
/* cli/options.h - the one parser of all options.
 *
 * Room: cli. "--name value" and "--name=value"; flags take no value; options
 * may stand before and behind the operands; "--" ends them; "-" is an operand
 * (standard input). */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli/command.h"

/* Read `count` arguments into `settings`. The operands are moved to the front
 * of `arguments`, which settings->operands then borrows. False after a
 * mistake, which `message` (of `size` bytes) then explains. */
bool options_parse(const Command *command, char **arguments, size_t count,
                   Settings *settings, char *message, size_t size);

#endif
