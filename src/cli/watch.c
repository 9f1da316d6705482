/* SPDX-License-Identifier: Apache-2.0 */
/* cli/watch.c - dateline watch: feeds, round after round, into the store. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/progress.h"

static const Option ONCE = {.name = "once",
                            .kind = OPTION_FLAG,
                            .at = offsetof(Settings, once),
                            .value = 1,
                            .help = "one round, then end: for cron"};

static const Option EVERY = {.name = "every",
                             .kind = OPTION_NUMBER,
                             .at = offsetof(Settings, every),
                             .argument = "MINUTES",
                             .help = "ask each feed so often (default: 15)"};

static const Option PAUSE = {
    .name = "pause",
    .kind = OPTION_NUMBER,
    .at = offsetof(Settings, pause),
    .argument = "SECONDS",
    .help = "between two requests to one host (default: 2, or what its "
            "robots.txt asks for)"};

static const Option JSON_ROUNDS = {.name = "json",
                                   .kind = OPTION_FLAG,
                                   .at = offsetof(Settings, json),
                                   .value = 1,
                                   .help = "one JSON object a round"};

static const Option *const OPTIONS[] = {&OPTION_STORE,
                                        &ONCE,
                                        &EVERY,
                                        &PAUSE,
                                        &OPTION_TIMEOUT,
                                        &OPTION_ALLOW_PRIVATE,
                                        &JSON_ROUNDS,
                                        &OPTION_NO_FIND,
                                        &OPTION_MAX_REPORT,
                                        &OPTION_HELP,
                                        NULL};

static const Example EXAMPLES[] = {
    {"dateline watch --once feeds.opml", "one round over the feeds of a list"},
    {"dateline watch --once", "the same feeds again: what is new in them"},
    {NULL, NULL}};

typedef struct Rounds {
    Cli *cli;
    bool faults; /* in the last one */
} Rounds;

static void put_json(Output *out, const dateline_cycle *cycle,
                     const char *time) {
    const struct {
        const char *key;
        uint64_t value;
    } counts[] = {
        {"feeds", cycle->feeds},       {"unchanged", cycle->unchanged},
        {"failed", cycle->failed},     {"named", cycle->named},
        {"added", cycle->added},       {"same", cycle->same},
        {"versions", cycle->versions}, {"refused", cycle->refused},
        {"waiting", cycle->waiting},   {"next", cycle->next}};

    output_format(out, "{\"time\":\"%s\"", time);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        output_format(out, ",\"%s\":%" PRIu64, counts[i].key, counts[i].value);
    }
    output_put(out, "}\n");
}

/* "2013-02-25T14:03:00Z 3 feeds (1 unchanged), 5 new articles: 4 reports added,
 * 1 refused; 0 waiting, next round in 900 s" */
static void put_text(Output *out, const dateline_cycle *cycle,
                     const char *time) {
    output_format(out, "%s %" PRIu64 " feed%s", time, cycle->feeds,
                  cycle->feeds == 1 ? "" : "s");
    if (cycle->unchanged || cycle->failed) {
        output_format(out, " (%" PRIu64 " unchanged, %" PRIu64 " failed)",
                      cycle->unchanged, cycle->failed);
    }
    output_format(out,
                  ", %" PRIu64 " new article%s: %" PRIu64 " report%s added",
                  cycle->named, cycle->named == 1 ? "" : "s", cycle->added,
                  cycle->added == 1 ? "" : "s");
    if (cycle->versions || cycle->same) {
        output_format(out, ", %" PRIu64 " new versions, %" PRIu64 " there",
                      cycle->versions, cycle->same);
    }
    output_format(out,
                  ", %" PRIu64 " refused; %" PRIu64
                  " waiting, next round in %" PRIu64 " s\n",
                  cycle->refused, cycle->waiting, cycle->next);
}

static int on_cycle(void *context, const dateline_cycle *cycle) {
    Rounds *rounds = context;
    Output *out = &rounds->cli->out;
    time_t now = time(NULL);
    struct tm utc;
    char text[32];

    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    if (rounds->cli->settings.json) {
        put_json(out, cycle, text);
    } else {
        put_text(out, cycle, text);
    }
    rounds->faults = cycle->failed || cycle->refused;
    return output_flush(out);
}

static void on_complaint(void *context, const char *message) {
    (void)context;
    fprintf(stderr, "%s\n", message);
}

static Exit watch(Cli *cli) {
    dateline_options options = read_options(&cli->settings);
    dateline_fetch fetch = fetch_options(&cli->settings);
    dateline_calls calls = {.complain = on_complaint};
    Rounds rounds = {.cli = cli};
    dateline_error error;
    Session session;
    Exit exit = EXIT_GOOD;

    if (!open_store(cli, DATELINE_WRITE, &session, &exit)) {
        return exit;
    }
    fetch.cycle = on_cycle;
    fetch.context = &rounds;
    if (dateline_watch(session.store, cli->settings.operands,
                       cli->settings.operand_count, &options, &fetch, &calls,
                       &error) != DATELINE_OK) {
        exit = failed(cli, &error);
    } else if (rounds.faults) {
        exit = EXIT_FAULTS;
    }
    close_session(&session);
    return exit;
}

const Command COMMAND_WATCH = {
    .name = "watch",
    .operands = "[FEED|LIST]...",
    .operands_max = SIZE_MAX,
    .group = GROUP_KEEP,
    .summary = "follow feeds and add what is new in them",
    .about =
        "Polls feeds (RSS, Atom, JSON Feed), fetches the articles that are new "
        "in\n"
        "them and adds them to the store. FEED is an address; LIST a file of "
        "them,\n"
        "OPML or one a line. Without either, the feeds of the last run. Prints "
        "a\n"
        "line a round; what cannot be had is told on standard error, and "
        "tried\n"
        "again later where that may help. An article that cannot be fetched "
        "is\n"
        "taken as the feed has it.\n"
        "Asks one host one thing at a time and pauses in between; heeds "
        "robots.txt\n"
        "and Retry-After; asks only for what has changed. Where it is stands "
        "in\n"
        "the store, so it may be killed at any time. Addresses that are not\n"
        "public are refused, wherever a feed or a redirect leads.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .run = watch};
