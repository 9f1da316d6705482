/* SPDX-License-Identifier: Apache-2.0 */
/* cli/analyze.c - dateline analyze: reports in, one JSON record a line out. */
#include "cli/commands.h"
#include "cli/progress.h"

static const Option TOKENS = {.name = "tokens",
                              .kind = OPTION_FLAG,
                              .at = offsetof(Settings, tokens),
                              .value = 1,
                              .help = "print the tokens too"};
static const Option CONLLU = {.name = "conllu",
                              .kind = OPTION_FLAG,
                              .at = offsetof(Settings, conllu),
                              .value = 1,
                              .help = "print the words as CoNLL-U"};

static const Option *const OPTIONS[] = {&OPTION_NO_FIND,
                                        &TOKENS,
                                        &CONLLU,
                                        &OPTION_CLEAN,
                                        &OPTION_NO_CLEAN,
                                        &OPTION_CHARSET,
                                        &OPTION_MAP,
                                        &OPTION_MAX_REPORT,
                                        &OPTION_JOBS,
                                        &OPTION_PROGRESS,
                                        &OPTION_ACTORS,
                                        &OPTION_AGENTS,
                                        &OPTION_VERBS,
                                        &OPTION_HELP,
                                        NULL};

static const Example EXAMPLES[] = {
    {"dateline analyze reports/", "every file in the folder and below it"},
    {"dateline analyze reports/reports.jsonl --jobs 1 | head -n 1",
     "the first report's record"},
    {"echo 'Three people died, police said.' | dateline analyze -",
     "a report from standard input"},
    {"echo 'Police did not say who died.' | dateline analyze --conllu -",
     "its words, tags and trees for other tools"},
    {NULL, NULL}};

static Exit analyze(Cli *cli) {
    dateline_options options = read_options(&cli->settings);
    dateline_tally tally = {0};
    dateline_error error;
    dateline_calls calls;
    Progress progress;
    Exit exit = EXIT_GOOD;
    dateline *data = open_data(cli, &exit);

    if (!data || !use_dictionaries(cli, data, &exit)) {
        dateline_free(data);
        return exit;
    }
    note_terminal(cli);
    progress_init(&progress, &cli->out, &cli->settings, true);
    calls = progress_calls(&progress, false);
    if (dateline_analyze_files(data, cli->settings.operands,
                               cli->settings.operand_count, &options, &calls,
                               &tally, &error) != DATELINE_OK) {
        exit = failed(cli, &error);
    } else if (tally.errors) {
        exit = EXIT_FAULTS;
    }
    progress_clear(&progress);
    dateline_free(data);
    return exit;
}

const Command COMMAND_ANALYZE = {
    .name = "analyze",
    .operands = "[FILE|DIR|-]...",
    .operands_max = SIZE_MAX,
    .group = GROUP_TOOL,
    .summary = "print what is found in reports, as JSON; keep nothing",
    .about =
        "Reads text files, pages, JSON lines, tables (CSV), web archives\n"
        "(WARC, WET) and feeds (RSS, Atom, JSON Feed), told by content, also\n"
        "compressed (gzip, zstd, bzip2, xz) or in zip and tar archives, and\n"
        "prints one JSON object a report: its text, sentences, names, times,\n"
        "quotations and figures, each with its place in the text. With\n"
        "--conllu it prints sentences, words, parts of speech, trees and\n"
        "names as Universal Dependencies write them. Without files it reads\n"
        "standard input. What cannot be read is told on standard error as\n"
        "FILE:LINE: why; the rest goes on, and the exit status is then 1.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = analyze};
