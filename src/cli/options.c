/* SPDX-License-Identifier: Apache-2.0 */
/* cli/options.c - see options.h. */
#include "cli/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "cli/suggest.h"

typedef struct Parser {
    const Command *command;
    char **arguments;
    size_t count, next;
    size_t operands; /* arguments[0..operands) are the operands so far */
    Settings *settings;
    char *message;
    size_t size;
} Parser;

/* Set the message and be false, so that a check ends in `return wrong(...)`. */
__attribute__((format(printf, 2, 3))) static bool
wrong(const Parser *parser, const char *format, ...) {
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(parser->message, parser->size, format, arguments);
    va_end(arguments);
    return false;
}

static const Option *find_option(const Command *command, const char *name,
                                 size_t len) {
    for (size_t i = 0; command->options[i]; i++) {
        const Option *option = command->options[i];
        if (strlen(option->name) == len &&
            memcmp(option->name, name, len) == 0) {
            return option;
        }
    }
    return NULL;
}

static bool unknown_option(const Parser *parser, const char *name, size_t len) {
    Suggestion near;

    suggestion_init(&near, name, len);
    for (size_t i = 0; parser->command->options[i]; i++) {
        suggestion_offer(&near, parser->command->options[i]->name);
    }
    if (near.best) {
        return wrong(parser, "unknown option --%.*s: did you mean --%s?",
                     (int)len, name, near.best);
    }
    return wrong(parser, "unknown option --%.*s", (int)len, name);
}

/* A number with a suffix; `unit` is 1 when none may stand. */
static bool read_number(const Parser *parser, const Option *option,
                        const char *value, bool sizes, uint64_t *out) {
    static const char suffixes[] = "kmg";
    uint64_t number = 0;
    const char *at = value;
    const char *suffix;

    while (ascii_digit(*at) && number < UINT64_MAX / 100) {
        number = number * 10 + (uint64_t)(*at++ - '0');
    }
    suffix = *at ? strchr(suffixes, ascii_lower(*at)) : NULL;
    if (sizes && at > value && suffix && number < UINT32_MAX) {
        number <<= 10 * (suffix - suffixes + 1);
        at++;
    }
    if (*at || at == value || number == 0 || (!sizes && number > INT32_MAX)) {
        return wrong(parser, "--%s: '%s' is no %s", option->name, value,
                     sizes ? "size, such as 512k, 16M or 1G" : "number from 1");
    }
    *out = number;
    return true;
}

static int days_of(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap);
}

/* "2013-02" becomes 2013-02-01 for --since, 2013-02-28 for --until. */
static bool read_date(const Parser *parser, const Option *option,
                      const char *value, char out[DATE_MAX]) {
    bool last = option->kind == OPTION_UNTIL;
    int year = 0, month = last ? 12 : 1, day = 0, end = 0;
    size_t len = strlen(value);
    int read = sscanf(value, "%4d%n-%2d%n-%2d%n", &year, &end, &month, &end,
                      &day, &end);
    bool shaped = len == 4 || len == 7 || len == 10;

    if (!shaped || read != (int)(len - 1) / 3 || (size_t)end != len ||
        strspn(value, "0123456789-") != len || year < 1 || month < 1 ||
        month > 12) {
        return wrong(parser,
                     "--%s: '%s' is no date, such as 2013-02-25, 2013-02 or "
                     "2013",
                     option->name, value);
    }
    if (read < 3) {
        day = last ? days_of(year, month) : 1;
    }
    if (day < 1 || day > days_of(year, month)) {
        return wrong(parser, "--%s: there is no day %s", option->name, value);
    }
    snprintf(out, DATE_MAX, "%04u-%02u-%02u", (unsigned)year % 10000,
             (unsigned)month % 100, (unsigned)day % 100);
    return true;
}

static bool read_choice(const Parser *parser, const Option *option,
                        const char *value, const char **out) {
    char all[256] = "";
    size_t len = 0;

    for (size_t i = 0; option->choices[i]; i++) {
        if (strcasecmp(option->choices[i], value) == 0) {
            *out = option->choices[i];
            return true;
        }
        len += (size_t)snprintf(all + len, sizeof all - len, "%s%s",
                                i ? ", " : "", option->choices[i]);
    }
    return wrong(parser, "--%s: '%s' is none of %s", option->name, value, all);
}

static bool add_to_list(const Parser *parser, const Option *option,
                        const char *value, const char **list) {
    size_t count = 0;

    while (list[count]) {
        count++;
    }
    if (count == LIST_MAX) {
        return wrong(parser, "--%s: more than %d", option->name, LIST_MAX);
    }
    list[count] = value;
    return true;
}

static bool set_value(const Parser *parser, const Option *option,
                      const char *value) {
    void *at = (char *)parser->settings + option->at;

    switch (option->kind) {
    case OPTION_NUMBER:
    case OPTION_SIZE:
        return read_number(parser, option, value, option->kind == OPTION_SIZE,
                           at);
    case OPTION_SINCE:
    case OPTION_UNTIL:
        return read_date(parser, option, value, at);
    case OPTION_CHOICE:
        return read_choice(parser, option, value, at);
    case OPTION_LIST:
        return add_to_list(parser, option, value, at);
    case OPTION_TEXT:
    case OPTION_FILE:
        *(const char **)at = value;
        return *value != '\0' || wrong(parser, "--%s: the %s is empty",
                                       option->name, option->argument);
    case OPTION_FLAG:
        break;
    }
    return false;
}

/* `argument` begins with "--". */
static bool read_option(Parser *parser, const char *argument) {
    const char *name = argument + 2;
    const char *equals = strchr(name, '=');
    size_t len = equals ? (size_t)(equals - name) : strlen(name);
    const Option *option = find_option(parser->command, name, len);

    if (!option) {
        return unknown_option(parser, name, len);
    }
    if (option->kind == OPTION_FLAG) {
        if (equals) {
            return wrong(parser, "--%s takes no value", option->name);
        }
        *(int *)((char *)parser->settings + option->at) = option->value;
        return true;
    }
    if (equals) {
        return set_value(parser, option, equals + 1);
    }
    if (parser->next == parser->count) {
        return wrong(parser, "--%s needs a value: --%s %s", option->name,
                     option->name, option->argument);
    }
    return set_value(parser, option, parser->arguments[parser->next++]);
}

static bool count_operands(const Parser *parser) {
    const Command *command = parser->command;

    if (parser->operands < command->operands_min) {
        return wrong(parser, "%s is missing", command->operands);
    }
    if (parser->operands > command->operands_max) {
        return wrong(parser, "'%s' is one argument too many",
                     parser->arguments[command->operands_max]);
    }
    return true;
}

bool options_parse(const Command *command, char **arguments, size_t count,
                   Settings *settings, char *message, size_t size) {
    Parser parser = {.command = command,
                     .arguments = arguments,
                     .count = count,
                     .settings = settings,
                     .message = message,
                     .size = size};
    bool ended = false;

    while (parser.next < count) {
        char *argument = arguments[parser.next++];
        if (ended || argument[0] != '-' || argument[1] == '\0') {
            arguments[parser.operands++] = argument;
        } else if (strcmp(argument, "--") == 0) {
            ended = true;
        } else if (strcmp(argument, "-h") == 0) {
            settings->help = 1;
        } else if (argument[1] != '-') {
            return wrong(&parser,
                         "unknown option %s: options are words, "
                         "such as --%s",
                         argument, command->options[0]->name);
        } else if (!read_option(&parser, argument)) {
            return false;
        }
    }
    settings->operands = (const char **)arguments;
    settings->operand_count = parser.operands;
    return settings->help || count_operands(&parser);
}
