/* SPDX-License-Identifier: Apache-2.0 */
/* cli/same_name.c - dateline same-name: are two spellings one name? */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"

enum { WHY_MAX = 1000 };

static const char *const TYPES[] = {"PER", "ORG", NULL};

static const Option TYPE = {.name = "type",
                            .kind = OPTION_CHOICE,
                            .at = offsetof(Settings, kind),
                            .argument = "TYPE",
                            .choices = TYPES,
                            .help = "PER, a person (default), or ORG"};

static const Option JSON_LINES = {
    .name = "json",
    .kind = OPTION_FLAG,
    .at = offsetof(Settings, json),
    .value = 1,
    .help = "read {\"a\":...,\"b\":...,\"type\":...} lines from the file, "
            "print {\"same\":0.97} lines"};

static const Option WHY = {.name = "why",
                           .kind = OPTION_FLAG,
                           .at = offsetof(Settings, why),
                           .value = 1,
                           .help = "print what speaks for and against, too"};

static const Option *const OPTIONS[] = {&TYPE, &WHY, &JSON_LINES, &OPTION_HELP,
                                        NULL};

static const Example EXAMPLES[] = {
    {"dateline same-name 'Zaki al-Qumaishi' 'Zeki el-Goumaichi'",
     "the probability that the two are one man, 0 to 1"},
    {"echo '{\"a\":\"A. Jumaliev\",\"b\":\"A. Dzhumaliev\"}' | "
     "dateline same-name --json -",
     "many pairs, one a line"},
    {NULL, NULL}};

/* The line's pair compared; false, and why, when it is none. */
static bool compare_line(Cli *cli, dateline *data, const char *line, size_t len,
                         char *why, size_t size) {
    json_error_t error;
    const char *a, *b, *type = "PER";
    json_t *pair = json_loadb(line, len, JSON_REJECT_DUPLICATES, &error);
    bool good = false;

    if (!pair) {
        snprintf(why, size, "%s", error.text);
    } else if (json_unpack(pair, "{s:s, s:s, s?s}", "a", &a, "b", &b, "type",
                           &type) != 0) {
        snprintf(why, size, "wants \"a\" and \"b\", both strings");
    } else {
        output_format(&cli->out, "{\"same\":%.4f}\n",
                      dateline_same_name(data, a, b, type, NULL, 0));
        good = true;
    }
    json_decref(pair);
    return good;
}

static Exit compare_lines(Cli *cli, dateline *data, const char *path) {
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "re");
    char *line = NULL, why[256];
    size_t room = 0;
    uint64_t number = 0;
    Exit exit = EXIT_GOOD;
    ssize_t len;

    if (!file) {
        complain(cli, "%s: %s", path, strerror(errno));
        return EXIT_FAILED;
    }
    while ((len = getline(&line, &room, file)) >= 0) {
        number++;
        if (!compare_line(cli, data, line, (size_t)len, why, sizeof why)) {
            fprintf(stderr, "%s:%" PRIu64 ": %s\n", path, number, why);
            exit = EXIT_FAULTS;
        }
    }
    free(line);
    if (!is_stdin) {
        fclose(file);
    }
    return exit;
}

static Exit compare(Cli *cli, dateline *data) {
    const Settings *settings = &cli->settings;
    char why[WHY_MAX];
    double same;

    if (settings->json) {
        return compare_lines(
            cli, data, settings->operand_count ? settings->operands[0] : "-");
    }
    same = dateline_same_name(
        data, settings->operands[0], settings->operands[1],
        settings->kind ? settings->kind : "PER", why, sizeof why);
    output_format(&cli->out, "%.4f\n", same);
    if (settings->why) {
        output_format(&cli->out, "%s\n", why);
    }
    return EXIT_GOOD;
}

static Exit same_name(Cli *cli) {
    size_t wanted = cli->settings.json ? 1 : 2;
    Exit exit = EXIT_GOOD;
    dateline *data;

    if (cli->settings.operand_count > wanted ||
        (!cli->settings.json && cli->settings.operand_count < wanted)) {
        complain(cli, "%s",
                 cli->settings.json
                     ? "--json takes one file, - for standard input"
                     : "two names are compared");
        return EXIT_USAGE;
    }
    data = open_data(cli, &exit);
    if (data) {
        exit = compare(cli, data);
        dateline_free(data);
    }
    return exit;
}

const Command COMMAND_SAME_NAME = {
    .name = "same-name",
    .operands = "NAME NAME | --json FILE",
    .operands_max = 2,
    .group = GROUP_TOOL,
    .summary = "tell whether two spellings are one name",
    .about = "Prints the probability that two spellings are of one name, such "
             "as come\nfrom Arabic or Russian by different roads.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = same_name};
