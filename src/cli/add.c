/* SPDX-License-Identifier: Apache-2.0 */
/* cli/add.c - dateline add: reports into the store. */
#include <inttypes.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/progress.h"

static const Option JSON_LINES = {
    .name = "json",
    .kind = OPTION_FLAG,
    .at = offsetof(Settings, json),
    .value = 1,
    .help = "a line a report, printed when it is safe on the disk"};

static const Option *const OPTIONS[] = {&OPTION_STORE,    &JSON_LINES,
                                        &OPTION_NO_FIND,  &OPTION_CLEAN,
                                        &OPTION_NO_CLEAN, &OPTION_CHARSET,
                                        &OPTION_MAP,      &OPTION_ALLOW_PRIVATE,
                                        &OPTION_TIMEOUT,  &OPTION_MAX_REPORT,
                                        &OPTION_JOBS,     &OPTION_PROGRESS,
                                        &OPTION_HELP,     NULL};

static const Example EXAMPLES[] = {
    {"dateline add reports/", "every file in the folder and below it"},
    {"dateline add --store truce.db reports/reports.jsonl",
     "a file of JSON lines, into a store of its own"},
    {"gzip -c reports/reports.jsonl | dateline add --json -",
     "packed, from standard input"},
    {NULL, NULL}};

static const char *plural(uint64_t count) {
    return count == 1 ? "" : "s";
}

/* "5 reports added to dateline.db, 1 was there, 0 refused" */
static void summarise(Cli *cli, const dateline_tally *tally) {
    output_format(&cli->out, "%" PRIu64 " report%s added to %s", tally->added,
                  plural(tally->added), store_file(cli));
    if (tally->versions) {
        output_format(&cli->out, ", %" PRIu64 " new version%s", tally->versions,
                      plural(tally->versions));
    }
    output_format(&cli->out, ", %" PRIu64 " %s there, %" PRIu64 " refused\n",
                  tally->same, tally->same == 1 ? "was" : "were",
                  tally->errors);
}

/* Addresses of the web to the front of the operands, each kind in the order
 * given; how many there are. */
static size_t addresses_first(const char **operands, size_t count) {
    size_t urls = 0;

    for (size_t i = 0; i < count; i++) {
        const char *operand = operands[i];
        if (dateline_is_url(operand)) {
            memmove(operands + urls + 1, operands + urls,
                    (i - urls) * sizeof *operands);
            operands[urls++] = operand;
        }
    }
    return urls;
}

static void add_up(dateline_tally *sum, const dateline_tally *part) {
    sum->reports += part->reports;
    sum->added += part->added;
    sum->same += part->same;
    sum->versions += part->versions;
    sum->errors += part->errors;
}

/* Pages first, then files; standard input when there is neither. */
static dateline_status add_all(Cli *cli, dateline_store *store,
                               const dateline_calls *calls,
                               dateline_tally *tally, dateline_error *error) {
    const Settings *settings = &cli->settings;
    dateline_options options = read_options(settings);
    dateline_fetch fetch = fetch_options(settings);
    const char **operands = settings->operands;
    size_t count = settings->operand_count;
    size_t urls = addresses_first(operands, count);
    dateline_tally files = {0};
    dateline_status status = DATELINE_OK;

    if (urls) {
        status = dateline_add_urls(store, operands, urls, &options, &fetch,
                                   calls, tally, error);
    }
    if (status == DATELINE_OK && (urls < count || count == 0)) {
        status = dateline_add_files(store, operands + urls, count - urls,
                                    &options, calls, &files, error);
    }
    add_up(tally, &files);
    return status;
}

static Exit run_add(Cli *cli, dateline_store *store) {
    dateline_tally tally = {0};
    dateline_error error;
    dateline_calls calls;
    Progress progress;
    Exit exit = EXIT_GOOD;

    note_terminal(cli);
    progress_init(&progress, &cli->out, &cli->settings,
                  cli->settings.json != 0);
    calls = progress_calls(&progress, true);
    if (!cli->settings.json) {
        calls.write = NULL;
    }
    if (add_all(cli, store, &calls, &tally, &error) != DATELINE_OK) {
        progress_clear(&progress);
        exit = failed(cli, &error);
    } else if (tally.errors) {
        exit = EXIT_FAULTS;
    }
    progress_clear(&progress);
    if (!cli->settings.json) {
        summarise(cli, &tally);
    }
    return exit;
}

static Exit add(Cli *cli) {
    Session session;
    Exit exit = EXIT_GOOD;

    if (!open_store(cli, DATELINE_WRITE, &session, &exit)) {
        return exit;
    }
    exit = run_add(cli, session.store);
    close_session(&session);
    return exit;
}

const Command COMMAND_ADD = {
    .name = "add",
    .operands = "[FILE|DIR|URL|-]...",
    .operands_max = SIZE_MAX,
    .group = GROUP_KEEP,
    .summary = "read reports into the store",
    .about =
        "Reads text files, pages, JSON lines, tables (CSV), web archives "
        "(WARC, "
        "WET) and\n"
        "feeds (RSS, Atom, JSON Feed), told by their content, also compressed\n"
        "(gzip, zstd, bzip2, xz) or in zip and tar archives, finds what they "
        "claim,\n"
        "and keeps it with what connects it to the reports that are there. A\n"
        "report that is there already adds nothing; one with the same id or\n"
        "address and another text is a new version. A page of the web is "
        "fetched,\n"
        "where its robots.txt allows. Without files it reads standard input.\n"
        "What cannot be read is told on standard error as FILE:LINE: why; the\n"
        "rest goes on, and the exit status is then 1.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = add};
