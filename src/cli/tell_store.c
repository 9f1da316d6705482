/* SPDX-License-Identifier: Apache-2.0 */
/* cli/tell_store.c - opens the store and tells of it: what most commands do. */
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/command.h"

const char *store_file(const Cli *cli) {
    const char *named = getenv("DATELINE_STORE");

    if (cli->settings.store) {
        return cli->settings.store;
    }
    return named && *named ? named : "dateline.db";
}

bool open_store(const Cli *cli, dateline_mode mode, Session *session,
                Exit *exit) {
    dateline_error error;

    *session = (Session){.data = open_data(cli, exit)};
    if (!session->data) {
        return false;
    }
    if (dateline_store_open(session->data, store_file(cli), mode,
                            &session->store, &error) != DATELINE_OK) {
        failed(cli, &error);
        *exit = EXIT_FAILED;
        close_session(session);
        return false;
    }
    return true;
}

void close_session(Session *session) {
    dateline_store_close(session->store);
    dateline_free(session->data);
}

dateline_filter tell_filter(const Settings *settings) {
    return (dateline_filter){.story = (int64_t)settings->story,
                             .storyline = (int64_t)settings->storyline,
                             .report = settings->report,
                             .speaker = settings->speaker,
                             .kind = settings->kind,
                             .outlet = settings->outlet,
                             .place = settings->place,
                             .since = *settings->since ? settings->since : NULL,
                             .until = *settings->until ? settings->until : NULL,
                             .max = (unsigned)settings->max,
                             .sentences = (unsigned)settings->sentences,
                             .litter = settings->litter};
}

/* Columns of the terminal; 0 where there is none. */
static unsigned terminal_width(const Cli *cli) {
    const char *columns = getenv("COLUMNS");
    struct winsize size;

    if (columns && atoi(columns) > 0) {
        return (unsigned)atoi(columns);
    }
    if (cli->out.terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        return size.ws_col;
    }
    return 0;
}

typedef struct Telling {
    Output *out;
    bool any;
} Telling;

static int on_write(void *context, const char *bytes, size_t len) {
    Telling *telling = context;

    telling->any = telling->any || len > 0;
    return output_write(telling->out, bytes, len);
}

Exit tell_with(Cli *cli, const dateline_filter *filter) {
    Telling telling = {.out = &cli->out};
    dateline_style style = {.format = cli->settings.json ? DATELINE_JSON
                                                         : DATELINE_TEXT,
                            .colour = cli->colour,
                            .width = terminal_width(cli)};
    dateline_calls calls = {.context = &telling, .write = on_write};
    dateline_error error;
    Session session;
    Exit exit = EXIT_GOOD;

    if (!open_store(cli, DATELINE_READ, &session, &exit)) {
        return exit;
    }
    if (dateline_tell(session.store, cli->command->what, filter, &style, &calls,
                      &error) != DATELINE_OK &&
        cli->out.error == 0) {
        exit = failed(cli, &error);
    } else if (!telling.any && !cli->settings.json) {
        complain(cli, "nothing found");
    }
    close_session(&session);
    return exit;
}

Exit run_tell(Cli *cli) {
    dateline_filter filter = tell_filter(&cli->settings);

    return tell_with(cli, &filter);
}
