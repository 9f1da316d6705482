/* SPDX-License-Identifier: Apache-2.0 */
/* dateline.h - the public C API of Dateline.
 *
 * Dateline reads news reports and keeps one sourced account of each story:
 * who said what, which figures on whose word, who reprints whom. This header
 * is all that a program needs:
 *
 *     dateline *d;               the lexicon and models, mapped read-only
 *     dateline_analyze()         one report in memory -> one JSON record
 *     dateline_analyze_files()   files and folders -> JSON lines
 *     dateline_store *store;     one SQLite file
 *     dateline_add(), dateline_add_files(), dateline_forget(), ..._verify()
 *     dateline_watch(), dateline_add_urls()   feeds and pages of the web
 *     dateline_tell()            accounts, lists, pages, JSON
 *     dateline_view *view;       the same, walked one JSON object at a time
 *
 * Text is UTF-8. Functions that can fail return a dateline_status and, where
 * `error` is not NULL, fill it with a message for people. A `dateline` may be
 * used by many threads at once; a store and its views by one at a time. What a
 * call fills in (`*out`, `*json`, ...) is left alone when it fails; closing or
 * freeing NULL does nothing. The library never prints or exits, and reaches for
 * the network only in dateline_watch() and dateline_add_urls(). */
#ifndef DATELINE_H
#define DATELINE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DATELINE_API __attribute__((visibility("default")))
#else
#define DATELINE_API
#endif

typedef enum dateline_status {
    DATELINE_OK = 0,
    DATELINE_NOMEM,     /* no memory left */
    DATELINE_LIMIT,     /* input larger than a limit that was set */
    DATELINE_INPUT,     /* malformed input */
    DATELINE_ENCODING,  /* bytes not valid in their charset */
    DATELINE_IO,        /* the operating system refused */
    DATELINE_DATA,      /* lexicon or model missing or damaged */
    DATELINE_STORE,     /* the store refused: locked, full, read-only */
    DATELINE_NOT_FOUND, /* no such report, story or claim */
    DATELINE_USAGE      /* asked for something that makes no sense */
} dateline_status;

enum { DATELINE_MESSAGE_MAX = 512 };

typedef struct dateline_error {
    dateline_status status;
    char message[DATELINE_MESSAGE_MAX]; /* UTF-8, NUL-terminated */
} dateline_error;

typedef struct dateline dateline;
typedef struct dateline_store dateline_store;
typedef struct dateline_view dateline_view;

/* "0.1.0" */
DATELINE_API const char *dateline_version(void);

/* Open the program's data: in the folder `data`, or where DATELINE_DATA, the
 * installation or the build tree has it when NULL. Free with dateline_free().
 */
DATELINE_API dateline_status dateline_new(const char *data, dateline **out,
                                          dateline_error *error);
DATELINE_API void dateline_free(dateline *d);

/* -------------------------------------------------------- dictionaries */

typedef enum dateline_dictionary {
    DATELINE_ACTORS,
    DATELINE_AGENTS,
    DATELINE_VERBS
} dateline_dictionary;

/* Code events by the dictionary `path`, in PETRARCH's format, in place of the
 * program's own of that kind; several of a kind add up. `fault` (may be NULL)
 * is called with "FILE:LINE: why" for each entry that is left out. Not while
 * other threads use `d`. */
DATELINE_API dateline_status
dateline_use_dictionary(dateline *d, dateline_dictionary kind, const char *path,
                        void (*fault)(void *context, const char *message),
                        void *context, dateline_error *error);

/* ------------------------------------------------------------- reports */

/* One report. Strings are NUL-terminated; NULL: not known. */
typedef struct dateline_report {
    const char *text; /* required */
    size_t text_len;  /* 0: up to its NUL */
    const char *id, *title, *outlet, *url, *published, *byline, *language;
} dateline_report;

typedef enum dateline_clean {
    DATELINE_CLEAN_DEFAULT, /* text files and pages yes, other text no */
    DATELINE_CLEAN_ON,
    DATELINE_CLEAN_OFF
} dateline_clean;

/* Start from dateline_options_init(), then change what you need. */
typedef struct dateline_options {
    dateline_clean clean; /* tell the report from litter around it */
    int find;             /* 0: stop after cleaning; no claims */
    int tokens;           /* 1: print tokens too */
    int conllu;           /* 1: print the words as CoNLL-U instead of JSON */
    unsigned jobs;        /* threads; 0: one for each core */
    size_t max_report;    /* bytes past which a report is refused */
    const char *charset;  /* of text files; NULL: detected */
    /* "COLUMN=FIELD": which column of a table holds which field, NULL-
     * terminated; NULL: as the columns are called */
    const char *const *maps;
} dateline_options;

DATELINE_API void dateline_options_init(dateline_options *options);

/* Analyse one report: `*json` is its record, one line without newline, NUL-
 * terminated (or its words as CoNLL-U); give it back with dateline_release().
 */
DATELINE_API dateline_status dateline_analyze(dateline *d,
                                              const dateline_report *report,
                                              const dateline_options *options,
                                              char **json, size_t *json_len,
                                              dateline_error *error);
DATELINE_API void dateline_release(char *json);

/* How far a run over files has come. */
typedef struct dateline_tally {
    uint64_t reports;               /* done */
    uint64_t added, same, versions; /* of them, by dateline_add_files() */
    uint64_t errors;                /* records refused */
    uint64_t bytes;                 /* read so far */
    uint64_t bytes_total; /* of all input; 0 where it cannot be known */
} dateline_tally;

/* What a run calls, from one thread at a time; each may be NULL. `write` gets
 * whole lines in input order and returns 0, or not 0 to stop the run. */
typedef struct dateline_calls {
    void *context;
    int (*write)(void *context, const char *bytes, size_t len);
    void (*complain)(void *context, const char *message);
    void (*progress)(void *context, const dateline_tally *tally);
} dateline_calls;

/* Analyse files, folders, "-" for standard input (also when count is 0).
 * Bad records are complained of and counted; the run goes on. */
DATELINE_API dateline_status dateline_analyze_files(
    dateline *d, const char *const *paths, size_t count,
    const dateline_options *options, const dateline_calls *calls,
    dateline_tally *tally, dateline_error *error);

/* --------------------------------------------------------------- store */

typedef enum dateline_mode { DATELINE_READ, DATELINE_WRITE } dateline_mode;

/* Open the store at `path`; DATELINE_WRITE makes it when it is not there. */
DATELINE_API dateline_status dateline_store_open(dateline *d, const char *path,
                                                 dateline_mode mode,
                                                 dateline_store **out,
                                                 dateline_error *error);
DATELINE_API void dateline_store_close(dateline_store *store);

typedef enum dateline_added {
    DATELINE_ADDED,  /* new */
    DATELINE_SAME,   /* was there */
    DATELINE_REVISED /* same id or url, another text: a new version */
} dateline_added;

/* Add one report; on DATELINE_OK it is on the disk. */
DATELINE_API dateline_status dateline_add(dateline_store *store,
                                          const dateline_report *report,
                                          const dateline_options *options,
                                          dateline_added *added,
                                          dateline_error *error);

/* Add files; `write` gets {"id":…,"status":"added|same|version|refused"}
 * lines, each only after its report is on the disk. */
DATELINE_API dateline_status dateline_add_files(
    dateline_store *store, const char *const *paths, size_t count,
    const dateline_options *options, const dateline_calls *calls,
    dateline_tally *tally, dateline_error *error);

/* ----------------------------------------------------------------- web */

/* What one round over the feeds has brought. */
typedef struct dateline_cycle {
    uint64_t feeds, unchanged, failed; /* polled; of them */
    uint64_t named;                    /* articles that are new in them */
    uint64_t added, same, versions;    /* reports kept */
    uint64_t refused;                  /* articles that cannot be had */
    uint64_t waiting;                  /* to be tried again */
    uint64_t next;                     /* seconds until the next round */
} dateline_cycle;

/* Start from dateline_fetch_init(), then change what you need. */
typedef struct dateline_fetch {
    int allow_private; /* 1: also addresses that are not public */
    double pause;      /* seconds between two requests to one host */
    unsigned timeout;  /* seconds for one request */
    unsigned every;    /* seconds between two polls of a feed */
    int once;          /* 1: one round, then return */
    /* After each round; not 0 ends the run. May be NULL. */
    int (*cycle)(void *context, const dateline_cycle *cycle);
    void *context;
} dateline_fetch;

DATELINE_API void dateline_fetch_init(dateline_fetch *fetch);

/* Poll feeds, fetch what is new in them and add it, round after round.
 * `sources` are addresses of feeds and files that list them (OPML, or one a
 * line); with `count` 0 the feeds of the last run. Where the watch is stands
 * in the store: it may be killed at any time. What cannot be had is complained
 * of; calls->write and calls->progress are not used. */
DATELINE_API dateline_status
dateline_watch(dateline_store *store, const char *const *sources, size_t count,
               const dateline_options *options, const dateline_fetch *fetch,
               const dateline_calls *calls, dateline_error *error);

/* Fetch pages and add them, as dateline_add_files() adds files. */
DATELINE_API dateline_status dateline_add_urls(
    dateline_store *store, const char *const *urls, size_t count,
    const dateline_options *options, const dateline_fetch *fetch,
    const dateline_calls *calls, dateline_tally *tally, dateline_error *error);
/* True if `source` is an address of the web and no file. */
DATELINE_API int dateline_is_url(const char *source);

/* Forget a report, all its versions and all that was linked to it. */
DATELINE_API dateline_status dateline_forget(dateline_store *store,
                                             const char *id,
                                             dateline_error *error);

/* A person's decisions, kept whatever is added or refreshed later: `a` and `b`
 * (names or numbers that dateline_tell() lists) are one; `form` of `a` is
 * somebody else. */
DATELINE_API dateline_status dateline_merge_names(dateline_store *store,
                                                  const char *a, const char *b,
                                                  dateline_error *error);
DATELINE_API dateline_status dateline_split_name(dateline_store *store,
                                                 const char *a,
                                                 const char *form,
                                                 dateline_error *error);

/* Read everything again against its hash; faults are complained of. */
DATELINE_API dateline_status dateline_verify(dateline_store *store,
                                             const dateline_calls *calls,
                                             uint64_t *reports,
                                             uint64_t *faults,
                                             dateline_error *error);

/* ---------------------------------------------------------------- tell */

typedef enum dateline_what {
    DATELINE_ACCOUNT,
    DATELINE_STORIES,
    DATELINE_TIMELINE,
    DATELINE_QUOTES,
    DATELINE_FIGURES,
    DATELINE_COPIES,
    DATELINE_NAMES,
    DATELINE_SEARCH,
    DATELINE_LITTER,
    DATELINE_VERSIONS,
    DATELINE_EXPLAIN, /* why two reports are together: report and other */
    DATELINE_EVENTS,
    DATELINE_CONFLICTS /* figures that exclude one another */
} dateline_what;

typedef enum dateline_format {
    DATELINE_TEXT,
    DATELINE_JSON, /* one object a line */
    DATELINE_HTML  /* the account only: one self-contained page */
} dateline_format;

/* Which part of the store; zero or NULL: all. Text is matched without case. */
typedef struct dateline_filter {
    int64_t story, storyline;
    const char *report, *speaker, *kind, *outlet, *place;
    const char *since, *until; /* ISO dates of publication */
    const char *query;         /* for DATELINE_SEARCH */
    const char *other;         /* the second report of DATELINE_EXPLAIN */
    unsigned max;              /* rows; days of a timeline */
    unsigned sentences;        /* a day of a timeline */
    int litter;                /* the account lists what was cut */
} dateline_filter;

typedef struct dateline_style {
    dateline_format format;
    int colour;     /* ANSI colours in text */
    unsigned width; /* columns of text; 0: 80 */
} dateline_style;

DATELINE_API dateline_status dateline_tell(dateline_store *store,
                                           dateline_what what,
                                           const dateline_filter *filter,
                                           const dateline_style *style,
                                           const dateline_calls *calls,
                                           dateline_error *error);

/* Walk a list one JSON object at a time (DATELINE_ACCOUNT is none).
 * dateline_view_next() gives the next object, NUL-terminated and valid until
 * the view is closed, or NULL at the end. A view is the store as it was when
 * it was opened, held in memory. */
DATELINE_API dateline_status dateline_view_open(dateline_store *store,
                                                dateline_what what,
                                                const dateline_filter *filter,
                                                dateline_view **out,
                                                dateline_error *error);
DATELINE_API const char *dateline_view_next(dateline_view *view);
DATELINE_API void dateline_view_close(dateline_view *view);

/* The probability, 0 to 1, that two spellings are one name; `type` is "PER"
 * or "ORG". `why` (may be NULL) takes at most `size` bytes of what spoke for
 * and against, the weightiest first: "worst -1.7, two +1.6". */
DATELINE_API double dateline_same_name(dateline *d, const char *a,
                                       const char *b, const char *type,
                                       char *why, size_t size);

#ifdef __cplusplus
}
#endif

#endif
