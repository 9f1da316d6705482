/* SPDX-License-Identifier: Apache-2.0 */
/* tell/account.h - the account of one storyline, gathered once.
 *
 * Room: tell. `dateline show` tells it as text (account_text.c) or as a page
 * (account_html.c); both read these structs and nothing else.
 *
 *     Account
 *       stories  [ 1: reports 0..1 ] [ 2: reports 1..4 ]    by date
 *       reports  [ BBC | Herald Post Star | ... ]           by story, date
 *       timeline [ 25 Feb 2013: sentence ]
 *       speakers [ Jane Doe, minister ]
 *         statements [ wording "We go", carried by Herald, Post
 *                      wording "We shall go", carried by Star ]
 *       series   [ killed: 30 by the police, 40 by the army ]
 *       copies   [ Herald and Post share 3 passages ]
 *
 * Memory: all in teller->arena, as large as the storyline with its texts. */
#ifndef TELL_ACCOUNT_H
#define TELL_ACCOUNT_H

#include "base/map.h"
#include "tell/claims.h"
#include "tell/timeline.h"

typedef struct Litter {
    Span span;
    Str why;
} Litter;

typedef struct AccountReport {
    int64_t number, origin;
    Str id, outlet, label, published, title, url, text;
    StrList byline, credit;
    SpanList headings;
    Litter *litter; /* arena */
    uint32_t litter_count, litter_capacity;
} AccountReport;

typedef struct AccountStory {
    int64_t story;
    Str title, from, to;
    uint32_t first, count; /* its reports: [first, first + count) */
    uint32_t origins;
} AccountStory;

/* One form of words, with the pieces that go on after "he said". */
typedef struct Wording {
    QuoteClaim quote;
    Str words; /* of the quote and its pieces, " … " between, on one line */
    Carriers pieces; /* where the pieces stand */
    Str via;         /* "via AFP" */
} Wording;

/* All renderings of one utterance. */
typedef struct Statement {
    Wording *wordings; /* arena; the most carried first */
    uint32_t count, capacity;
    uint32_t reports, origins; /* of all wordings together */
    Str date;                  /* said on, else first published */
} Statement;

typedef struct Speaker {
    int64_t entity;        /* 0: not linked */
    Str name;              /* empty: nobody named */
    Str role;              /* "foreign minister of Syria"; empty: not said */
    StrList also;          /* other spellings */
    Statement *statements; /* arena; by date */
    uint32_t count, capacity;
    uint32_t origins; /* summed over the statements: how much they carry */
} Speaker;

/* The figures of one kind, by date. */
typedef struct Series {
    Str kind;
    FigureClaim *figures; /* arena */
    uint32_t count, capacity;
} Series;

typedef struct AccountCopy {
    uint32_t a, b; /* indexes of reports */
    Str kind;
    double share_a, share_b;
    bool one_source;
    SpanList in_a, in_b; /* the passages, pairwise */
} AccountCopy;

typedef struct Account {
    int64_t storyline;
    Str title, from, to;
    AccountStory *stories;
    uint32_t story_count, story_capacity;
    AccountReport *reports;
    uint32_t report_count, report_capacity;
    Map by_number; /* of the store -> index of reports */
    uint32_t origin_count, outlet_count;
    Timeline timeline;
    Speaker *speakers;
    uint32_t speaker_count, speaker_capacity;
    Series *series;
    uint32_t series_count, series_capacity;
    AccountCopy *copies;
    uint32_t copy_count, copy_capacity;
    uint32_t litter_count, litter_reports; /* passages, and their reports */
} Account;

/* VIEW_ACCOUNT: of the story, storyline or report that the filter names; of
 * the store's only storyline; else the list of storylines. */
void tell_account(Teller *teller);

/* Gather what teller->filter names by story or storyline. */
void account_read(Teller *teller, Account *out);
/* The index of the report with that number; report_count: not in it. */
uint32_t account_find(const Account *account, int64_t report);
/* When a figure holds: what it covers up to, else its publication. */
Str figure_date(const FigureClaim *figure);

/* Tell it. account_text.c, account_html.c. */
void account_text(Teller *teller, const Account *account);
void account_html(Teller *teller, const Account *account);

#endif
