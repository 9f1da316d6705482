/* SPDX-License-Identifier: Apache-2.0 */
/* tell/account_show.c - VIEW_ACCOUNT: which account is meant, then tells it.
 *
 * Room: tell. Without a story in the filter: the store's only storyline, else
 * a list of storylines and how to pick one. */
#include "tell/account.h"
#include "tell/format.h"
#include "tell/views.h"

enum { LIST_DEFAULT = 50 };

/* The storyline of the report that the filter names; 0 and an error: none. */
static int64_t storyline_of_report(Teller *teller) {
    Query *query = query_fixed(
        teller, "SELECT s.storyline FROM report r JOIN standing g ON g.report "
                "= r.report JOIN story s"
                " ON s.story = g.story WHERE r.id = ?1 AND g.latest");
    int64_t storyline = 0;

    query_bind_str(query, 1, teller->filter->report);
    if (query_next(query)) {
        storyline = query_int(query, 0);
        query_reset(query);
    }
    if (storyline == 0) {
        teller_fail(teller, ERR_NOT_FOUND, "no report with the id %.*s",
                    (int)teller->filter->report.len,
                    teller->filter->report.ptr);
    }
    return storyline;
}

/* The store's only storyline, or 0 when there are none or several. */
static int64_t only_storyline(Teller *teller) {
    Query *query = query_fixed(
        teller, "SELECT DISTINCT s.storyline FROM story s WHERE EXISTS"
                " (SELECT 1 FROM report r JOIN standing g ON g.report = "
                "r.report WHERE g.story = s.story"
                " AND g.latest) LIMIT 2");
    int64_t storyline = 0, count = 0;

    while (query_next(query)) {
        storyline = query_int(query, 0);
        count++;
    }
    return count == 1 ? storyline : 0;
}

/* Largest first by independent sources; the title is that of the story with
 * the most of them. */
static const char storylines_sql[] =
    "WITH told AS (SELECT s.storyline, s.story, s.title, s.\"from\","
    " count(*) AS reports, count(DISTINCT g.origin) AS origins"
    " FROM story s JOIN standing g ON g.story = s.story AND g.latest"
    " GROUP BY s.story)"
    " SELECT s.storyline, (SELECT t.title FROM told t"
    "  WHERE t.storyline = s.storyline"
    "  ORDER BY t.origins DESC, t.reports DESC, t.\"from\", t.story LIMIT 1),"
    " min(s.\"from\"), max(s.\"to\"), count(DISTINCT s.story), count(*),"
    " count(DISTINCT g.origin)"
    " FROM story s JOIN standing g ON g.story = s.story AND g.latest"
    " GROUP BY s.storyline ORDER BY 7 DESC, 6 DESC, s.storyline LIMIT ?1";

static void list_row(Teller *teller, Query *query) {
    Line line = teller_line(teller);
    Arena *row = teller->row;
    uint64_t reports = (uint64_t)query_int(query, 5);
    uint64_t origins = (uint64_t)query_int(query, 6);

    line_column(&line, INK_BOLD,
                str_format(row, "%lld", (long long)query_int(query, 0)), 6);
    line_add(&line, INK_BOLD, query_text(query, 1));
    line_end(&line, 0, 7);
    line_add(&line, INK_PLAIN,
             date_range(row, query_text(query, 2), query_text(query, 3)));
    line_add(&line, INK_DIM,
             str_format(
                 row, "· %s, %llu independent, %s",
                 count_words(row, reports, "report").ptr,
                 (unsigned long long)origins,
                 count_words(row, (uint64_t)query_int(query, 4), "story").ptr));
    line_end(&line, 7, 7);
}

static void list_storylines(Teller *teller) {
    Query *query = query_fixed(teller, storylines_sql);
    uint32_t max = teller->filter->max ? teller->filter->max : LIST_DEFAULT;
    int64_t first = 0;
    Line line;

    query_bind(query, 1, max);
    while (query_next(query)) {
        first = first ? first : query_int(query, 0);
        list_row(teller, query);
        teller_row_end(teller);
    }
    line = teller_line(teller);
    if (first) {
        line_add(&line, INK_DIM,
                 str_format(teller->row,
                            "The store holds several storylines. One is told"
                            " by its number: dateline show --storyline %lld",
                            (long long)first));
    } else {
        line_add(&line, INK_PLAIN, str_of("The store holds no reports."));
    }
    buf_put(&teller->out, first ? "\n" : "");
    line_end(&line, 0, 0);
}

static void tell_chosen(Teller *teller) {
    const TellFilter *filter = teller->filter;
    Account account;

    account_read(teller, &account);
    if (!teller_ok(teller)) {
        return;
    }
    if (account.report_count == 0) {
        teller_fail(
            teller, ERR_NOT_FOUND, "no %s %lld in the store",
            filter->story ? "story" : "storyline",
            (long long)(filter->story ? filter->story : filter->storyline));
        return;
    }
    if (teller->style.format == TELL_HTML) {
        account_html(teller, &account);
    } else {
        account_text(teller, &account);
    }
}

void tell_account(Teller *teller) {
    TellFilter filter = *teller->filter;
    const TellFilter *asked = teller->filter;

    if (filter.report.len) {
        filter.storyline = storyline_of_report(teller);
        filter.report = (Str){0};
    } else if (filter.story == 0 && filter.storyline == 0) {
        filter.storyline = only_storyline(teller);
    }
    if (!teller_ok(teller)) {
        return;
    }
    teller->filter = &filter;
    if (filter.story || filter.storyline) {
        tell_chosen(teller);
    } else if (teller->style.format == TELL_HTML) {
        teller_fail(teller, ERR_USAGE,
                    "show: the store holds several storylines; a page is of"
                    " one: add --storyline and its number");
    } else {
        list_storylines(teller);
    }
    teller->filter = asked;
}
