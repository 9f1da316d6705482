/* SPDX-License-Identifier: Apache-2.0 */
/* cli/command.h - what a command is: a table that everything is made from.
 *
 * Room: cli (main.c and one file per command; stands on include/dateline.h
 * and base/ alone). A command says its name, its options and its examples
 * once; the parser (options.h), --help, the manual page, the completion
 * scripts and the tests of the examples all read the same tables:
 *
 *     argv -> Command -> options_parse() -> Settings -> command->run() */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/output.h"
#include "dateline.h"

/* What the program exits with. */
typedef enum Exit {
    EXIT_GOOD = 0,
    EXIT_FAULTS = 1, /* some records refused, faults or nothing found */
    EXIT_USAGE = 2,
    EXIT_FAILED = 3 /* could not run: store, data, disk */
} Exit;

enum { DATE_MAX = 11 /* "2013-02-25" and its NUL */, LIST_MAX = 64 };

/* What the options of all commands have set; each command reads its own. */
typedef struct Settings {
    const char **operands; /* borrowed from argv */
    size_t operand_count;
    int help;
    const char *store;
    const char *colour; /* "auto", "always", "never" */
    int json, progress;
    /* how reports are read */
    int clean; /* a dateline_clean */
    int no_find, tokens, conllu;
    /* dictionaries in place of ours; NULL-terminated */
    const char *actors[LIST_MAX + 1], *agents[LIST_MAX + 1];
    const char *verbs[LIST_MAX + 1];
    uint64_t jobs, max_report;
    const char *charset;
    const char *maps[LIST_MAX + 1]; /* NULL-terminated */
    /* how the web is fetched */
    int allow_private, once;
    uint64_t timeout, pause, every;
    /* what is told */
    uint64_t story, storyline, max, sentences;
    const char *report, *speaker, *kind, *outlet, *place;
    char since[DATE_MAX], until[DATE_MAX];
    int litter, why, merge, split;
    const char *html;
} Settings;

typedef enum OptionKind {
    OPTION_FLAG,   /* int: set to `value` */
    OPTION_TEXT,   /* const char * */
    OPTION_LIST,   /* const char *[LIST_MAX + 1]: may be given several times */
    OPTION_CHOICE, /* const char *: one of `choices` */
    OPTION_NUMBER, /* uint64_t, 1 or more */
    OPTION_SIZE,   /* uint64_t: "512", "64k", "16M", "1G" */
    OPTION_SINCE,  /* char[DATE_MAX]: "2013", "2013-02", "2013-02-25" */
    OPTION_UNTIL,  /* the same; a year or month counts to its last day */
    OPTION_FILE    /* const char *: a path */
} OptionKind;

typedef struct Option {
    const char *name; /* without dashes */
    OptionKind kind;
    size_t at;            /* offset in Settings of what is set */
    const char *argument; /* "NAME"; NULL for a flag */
    const char *help;
    const char *const *choices; /* NULL-terminated */
    int value;
} Option;

typedef struct Example {
    const char *line; /* as one types it; run by test/cli/test_help.py */
    const char *what;
} Example;

typedef enum Group {
    GROUP_KEEP,
    GROUP_ASK,
    GROUP_TOOL,
    GROUP_HIDDEN, /* for the build: not listed */
    GROUP_COUNT
} Group;

typedef struct Command Command;

/* All that a running command has in hand. */
typedef struct Cli {
    const Command *command;
    Settings settings;
    Output out; /* standard output */
    bool colour;
} Cli;

struct Command {
    const char *name, *operands; /* "[FILE|DIR|-]..."; NULL: takes none */
    size_t operands_min, operands_max;
    Group group;
    const char *summary;          /* one line, small letter, no full stop */
    const char *about;            /* for --help and the manual */
    const Option *const *options; /* NULL-terminated */
    const Example *examples;      /* closed by one without line */
    dateline_what what;           /* for the commands that tell */
    Exit (*run)(Cli *cli);
};

/* Every command, NULL-terminated, in the order in which they are listed. */
extern const Command *const COMMANDS[];

/* Options that several commands have (shared_options.c). */
extern const Option OPTION_HELP, OPTION_STORE, OPTION_JSON, OPTION_COLOUR;
extern const Option OPTION_PROGRESS, OPTION_CLEAN, OPTION_NO_CLEAN;
extern const Option OPTION_NO_FIND, OPTION_JOBS, OPTION_MAX_REPORT;
extern const Option OPTION_MAP, OPTION_ALLOW_PRIVATE, OPTION_TIMEOUT;
extern const Option OPTION_CHARSET, OPTION_STORY, OPTION_STORYLINE;
extern const Option OPTION_REPORT, OPTION_OUTLET, OPTION_SINCE_DAY;
extern const Option OPTION_UNTIL_DAY, OPTION_MAX_ROWS, OPTION_SPEAKER;
extern const Option OPTION_PLACE, OPTION_SENTENCES;
extern const Option OPTION_ACTORS, OPTION_AGENTS, OPTION_VERBS;

/* Print "dateline COMMAND: message" on standard error. */
void complain(const Cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same with an error of the library; gives what to exit with. */
Exit failed(const Cli *cli, const dateline_error *error);

/* The program's data and the store that --store or DATELINE_STORE names. */
typedef struct Session {
    dateline *data;        /* owned */
    dateline_store *store; /* owned */
} Session;

/* On failure NULL or false, complained of, and `*exit` set. */
dateline *open_data(const Cli *cli, Exit *exit);
bool use_dictionaries(const Cli *cli, dateline *data, Exit *exit);
bool open_store(const Cli *cli, dateline_mode mode, Session *session,
                Exit *exit);
void close_session(Session *session);
const char *store_file(const Cli *cli);

/* The settings as the library's options and filter; `settings` is borrowed. */
dateline_options read_options(const Settings *settings);
dateline_fetch fetch_options(const Settings *settings);
dateline_filter tell_filter(const Settings *settings);

/* Say that standard input is being read, where a person sits there. */
void note_terminal(const Cli *cli);

/* Tell command->what of the store, as JSON or text, on standard output. */
Exit tell_with(Cli *cli, const dateline_filter *filter);
/* The same with what the options have set: the whole of most commands. */
Exit run_tell(Cli *cli);

#endif
