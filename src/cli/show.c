/* SPDX-License-Identifier: Apache-2.0 */
/* cli/show.c - dateline show: the account of a story. */
#include <string.h>

#include "base/file.h"
#include "cli/commands.h"

static const Option DAYS = {.name = "max",
                            .kind = OPTION_NUMBER,
                            .at = offsetof(Settings, max),
                            .argument = "DAYS",
                            .help = "at most so many days of the timeline"};

static const Option HTML = {.name = "html",
                            .kind = OPTION_FILE,
                            .at = offsetof(Settings, html),
                            .argument = "FILE",
                            .help =
                                "write a page of HTML to FILE instead, "
                                "complete in itself; - for standard output"};

static const Option AS_JSON = {
    .name = "json",
    .kind = OPTION_FLAG,
    .at = offsetof(Settings, json),
    .value = 1,
    .help = "one JSON object: the stories, timeline, quotes, figures and "
            "copies"};

static const Option LITTER = {.name = "litter",
                              .kind = OPTION_FLAG,
                              .at = offsetof(Settings, litter),
                              .value = 1,
                              .help =
                                  "also list what was cut from the reports"};

static int collect(void *context, const char *bytes, size_t len) {
    Buf *page = context;

    buf_push(page, (Str){bytes, len});
    return page->status == OK ? 0 : -1;
}

/* The page replaces the file only when all of it has been told. */
static Exit write_page(Cli *cli, const char *path, Str page) {
    Error err;

    if (strcmp(path, "-") == 0) {
        output_write(&cli->out, page.ptr, page.len);
    } else if (file_replace(path, page, &err) != OK) {
        complain(cli, "%s", err.message);
        return EXIT_FAILED;
    }
    return EXIT_GOOD;
}

static Exit show_page(Cli *cli) {
    dateline_filter filter = tell_filter(&cli->settings);
    dateline_style style = {.format = DATELINE_HTML};
    Buf page;
    dateline_calls calls = {.context = &page, .write = collect};
    dateline_error error;
    Session session;
    Exit exit = EXIT_GOOD;

    if (!open_store(cli, DATELINE_READ, &session, &exit)) {
        return exit;
    }
    buf_init(&page, 0);
    if (dateline_tell(session.store, DATELINE_ACCOUNT, &filter, &style, &calls,
                      &error) != DATELINE_OK) {
        exit = failed(cli, &error);
    } else {
        exit = write_page(cli, cli->settings.html, buf_str(&page));
    }
    buf_deinit(&page);
    close_session(&session);
    return exit;
}

/* The parts of which an account is made, as they are walked for --json. Days
 * and sentences are the timeline's. */
static const struct {
    const char *key;
    dateline_what what;
    bool has_days;
} PARTS[] = {{"stories", DATELINE_STORIES, false},
             {"timeline", DATELINE_TIMELINE, true},
             {"quotes", DATELINE_QUOTES, false},
             {"figures", DATELINE_FIGURES, false},
             {"copies", DATELINE_COPIES, false}};

enum { PART_COUNT = sizeof PARTS / sizeof *PARTS };

static dateline_status put_part(Cli *cli, dateline_store *store, int part,
                                dateline_error *error) {
    dateline_filter filter = tell_filter(&cli->settings);
    dateline_view *view = NULL;
    const char *object, *comma = "";
    dateline_status status;

    filter.litter = 0;
    if (!PARTS[part].has_days) {
        filter.max = filter.sentences = 0;
    }
    status = dateline_view_open(store, PARTS[part].what, &filter, &view, error);
    if (status != DATELINE_OK) {
        return status;
    }
    output_format(&cli->out, "%s\"%s\":[", part ? "," : "{", PARTS[part].key);
    while ((object = dateline_view_next(view)) != NULL) {
        output_put(&cli->out, comma);
        output_put(&cli->out, object);
        comma = ",";
    }
    output_put(&cli->out, "]");
    dateline_view_close(view);
    return DATELINE_OK;
}

static Exit show_json(Cli *cli) {
    dateline_error error;
    Session session;
    Exit exit = EXIT_GOOD;

    if (!open_store(cli, DATELINE_READ, &session, &exit)) {
        return exit;
    }
    for (int i = 0; i < PART_COUNT && exit == EXIT_GOOD; i++) {
        if (put_part(cli, session.store, i, &error) != DATELINE_OK) {
            exit = failed(cli, &error);
        }
    }
    if (exit == EXIT_GOOD) {
        output_put(&cli->out, "}\n");
    }
    close_session(&session);
    return exit;
}

static Exit show(Cli *cli) {
    if (cli->settings.html) {
        return show_page(cli);
    }
    return cli->settings.json ? show_json(cli) : run_tell(cli);
}

static const Option *const OPTIONS[] = {
    &OPTION_STORY,     &OPTION_STORYLINE, &OPTION_REPORT, &DAYS,
    &OPTION_SENTENCES, &LITTER,           &HTML,          &AS_JSON,
    &OPTION_COLOUR,    &OPTION_STORE,     &OPTION_HELP,   NULL,
};

static const Example EXAMPLES[] = {
    {"dateline show", "all stories"},
    {"dateline show --story 1 --litter",
     "one story, and what was cut from its reports"},
    {"dateline show --story 1 --json",
     "its parts, each as the command of that name prints them"},
    {"dateline show --storyline 1 --html account.html",
     "the same as a page to read, print or send"},
    {NULL, NULL},
};

const Command COMMAND_SHOW = {
    .name = "show",
    .group = GROUP_ASK,
    .summary = "tell the account of a story",
    .about = "Tells what the store knows of a story: the reports and how many "
             "of them are\n"
             "independent, what happened day by day, who said what, the "
             "figures by claimant,\n"
             "and who copies whom. Every line ends in its sources. Without "
             "--story, all\n"
             "stories in turn.",
    .options = OPTIONS,
    .examples = EXAMPLES,
    .what = DATELINE_ACCOUNT,
    .run = show,
};
