/* SPDX-License-Identifier: Apache-2.0 */
/* tell/account_html.c - the account as one self-contained page.
 *
 * Room: tell. No script and nothing fetched: a source is a link to an anchor
 * in the report's text, which stands at the end of the page (on a wide window
 * beside it), and the passage is lit when it is opened.
 *
 *     <main>   head, stories, timeline, who said what, figures, copies
 *     <aside>  each report whole, its passages marked, its litter grey   */
#include "tell/account.h"
#include "tell/diff.h"
#include "tell/format.h"
#include "tell/html.h"
#include "tell/page_style.h"
#include "tell/plot.h"
#include "tell/screen.h"
#include "tell/views.h"

enum { TITLE_COLUMNS = 160 };

/* Words that two wordings share at least, to mark what differs. */
static const double marked_share = 0.3;

typedef struct Page {
    Teller *teller;
    const Account *account;
    Arena *row;         /* teller->row */
    Buf *out;           /* &teller->out */
    Passages *passages; /* arena: of each report */
} Page;

static void put(Page *page, const char *html) {
    buf_put(page->out, html);
}

static void put_text(Page *page, Str text) {
    html_text(page->out, text);
}

/* The end of a piece of the page. */
static void flush(Page *page) {
    teller_row_end(page->teller);
}

static void put_time(Page *page, Str iso) {
    if (iso.len == 0) {
        put(page, "<time></time>");
        return;
    }
    put(page, "<time datetime=\"");
    put_text(page, iso);
    put(page, "\">");
    put_text(page, date_words(page->row, iso));
    put(page, "</time>");
}

/* ------------------------------------------------------------- sources */

static void note_passage(Page *page, uint32_t report, Span span,
                         PassageKind kind, Str title) {
    passage_push(page->teller->arena, &page->passages[report],
                 (Passage){span, kind, title});
}

/* A link to the bytes of a report; text without a link when the report is not
 * on the page. */
static void put_source(Page *page, int64_t report, Str label, Span span) {
    uint32_t index = account_find(page->account, report);

    if (index < page->account->report_count) {
        buf_format(page->out, "<a class=\"src\" href=\"#%s\">",
                   html_anchor(page->row, index + 1, span).ptr);
    } else {
        put(page, "<span class=\"src\">");
    }
    put_text(page, label);
    buf_format(page->out, " <small>%u</small>", span.begin);
    put(page, index < page->account->report_count ? "</a>" : "</span>");
}

static void put_fewer(Page *page, uint32_t reports, uint32_t origins) {
    Str fewer = origins_words(page->row, reports, origins);

    if (fewer.len) {
        put(page, " <span class=\"fewer\">(");
        put_text(page, fewer);
        put(page, ")</span>");
    }
}

static void put_sources(Page *page, const Carriers *carriers, Str via) {
    put(page, "<p class=\"sources\">");
    for (uint32_t i = 0; i < carriers->count; i++) {
        const Carrier *carrier = &carriers->items[i];
        put(page, i ? " · " : "");
        put_source(page, carrier->report, carrier->label, carrier->span);
        if (i == 0 && via.len) {
            put(page, " <span class=\"via\">");
            put_text(page, via);
            put(page, "</span>");
        }
    }
    put_fewer(page, carriers->reports, carriers->origins);
    put(page, "</p>");
}

/* ---------------------------------------------------------------- head */

static void put_link_if(Page *page, bool wanted, const char *link) {
    if (wanted) {
        put(page, link);
    }
}

static void put_nav(Page *page) {
    const Account *account = page->account;

    put(page, "<nav aria-label=\"Sections\"><a href=\"#stories\">Stories</a>");
    put_link_if(page, account->timeline.count > 0,
                "<a href=\"#timeline\">Timeline</a>");
    put_link_if(page, account->speaker_count > 0,
                "<a href=\"#said\">Who said what</a>");
    put_link_if(page, account->series_count > 0,
                "<a href=\"#figures\">Figures</a>");
    put_link_if(page, account->copy_count > 0,
                "<a href=\"#copies\">Who reprints whom</a>");
    put(page, "<a href=\"#reports\">The reports</a></nav>\n");
}

static void put_head(Page *page) {
    const Account *account = page->account;
    Arena *row = page->row;
    Str range = date_range(row, account->from, account->to);

    put(page, "<!doctype html>\n<html lang=\"en\">\n<head>\n"
              "<meta charset=\"utf-8\">\n<meta name=\"viewport\""
              " content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"generator\" content=\"Dateline\">\n<title>");
    put_text(page, account->title);
    put(page, "</title>\n<style>\n");
    page_style(page->out);
    put(page, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#reports\">"
              "To the reports</a>\n<main>\n<header>\n<p class=\"kicker\">");
    put_text(page, range);
    put(page, "</p>\n<h1>");
    put_text(page, text_cut(row, account->title, TITLE_COLUMNS));
    put(page, "</h1>\n<p class=\"small\">");
    buf_format(page->out, "%s, %u independent, of %s, in %s</p>\n",
               count_words(row, account->report_count, "report").ptr,
               account->origin_count,
               count_words(row, account->outlet_count, "outlet").ptr,
               count_words(row, account->story_count, "story").ptr);
    plot_storyline(row, page->out, account);
    put_nav(page);
    put(page, "</header>\n");
    flush(page);
}

static void put_credit(Page *page, const AccountReport *report) {
    for (uint32_t i = 0; i < report->credit.count; i++) {
        put(page, i ? ", " : " <span class=\"credit\">from ");
        put_text(page, report->credit.items[i]);
    }
    put(page, report->credit.count ? "</span>" : "");
}

static void put_story(Page *page, uint32_t index) {
    const AccountStory *story = &page->account->stories[index];

    buf_format(page->out,
               "<li id=\"story-%u\"><span class=\"count\">%u</span><h3>",
               index + 1, index + 1);
    put_text(page, text_cut(page->row, story->title, TITLE_COLUMNS));
    put(page, "</h3>\n<p class=\"small\">");
    put_text(page, date_range(page->row, story->from, story->to));
    put_fewer(page, story->count, story->origins);
    put(page, "</p>\n<ul>");
    for (uint32_t i = story->first; i < story->first + story->count; i++) {
        const AccountReport *report = &page->account->reports[i];
        buf_format(page->out, "<li><a href=\"#r%u\">", i + 1);
        put_text(page, report->label);
        put(page, "</a> ");
        put_time(page, date_day(report->published));
        put_credit(page, report);
        put(page, "</li>");
    }
    put(page, "</ul></li>\n");
    flush(page);
}

static void put_stories(Page *page) {
    put(page, "<section id=\"stories\">\n<h2>Stories</h2>\n"
              "<ol class=\"stories\">\n");
    for (uint32_t i = 0; i < page->account->story_count; i++) {
        put_story(page, i);
    }
    put(page, "</ol>\n</section>\n");
}

/* ------------------------------------------------------------ timeline */

static void put_day(Page *page, const TimelineDay *day) {
    put(page, "<li>");
    put_time(page, day->date);
    put(page, "<div>");
    for (uint32_t i = 0; i < day->sentence_count; i++) {
        const DaySentence *sentence = &day->sentences[i];
        uint32_t index = account_find(page->account, sentence->report);
        if (index < page->account->report_count) {
            note_passage(page, index, sentence->span, PASSAGE_SENTENCE,
                         (Str){0});
        }
        put(page, "<p>");
        put_text(page, text_flat(page->row, sentence->text));
        put(page, " ");
        put_source(page, sentence->report, sentence->label, sentence->span);
        if (i + 1 == day->sentence_count) {
            put_fewer(page, day->reports, day->origins);
        }
        put(page, "</p>");
    }
    put(page, "</div></li>\n");
    flush(page);
}

static void put_timeline(Page *page) {
    const Timeline *timeline = &page->account->timeline;

    if (timeline->count == 0) {
        return;
    }
    put(page, "<section id=\"timeline\">\n<h2>Timeline</h2>\n"
              "<ol class=\"days\">\n");
    for (uint32_t i = 0; i < timeline->count; i++) {
        put_day(page, &timeline->days[i]);
    }
    put(page, "</ol>\n</section>\n");
}

/* ---------------------------------------------------------- statements */

/* The words of a wording; what another wording has not is marked. */
static void put_marked(Page *page, Str words, Str other) {
    Parts mine, theirs;
    size_t at = 0;

    parts_words(page->row, words, true, &mine);
    parts_words(page->row, other, true, &theirs);
    diff_parts(page->row, &mine, &theirs);
    if (diff_share(&mine, &theirs) < marked_share) {
        put_text(page, words);
        return;
    }
    for (uint32_t i = 0; i < mine.count; i++) {
        bool begins = !mine.kept[i] && (i == 0 || mine.kept[i - 1]);
        bool ends = !mine.kept[i] && (i + 1 == mine.count || mine.kept[i + 1]);
        put_text(page, str_slice(words, at, mine.spans[i].begin));
        put(page, begins ? "<ins>" : "");
        put_text(page, str_at(words, mine.spans[i]));
        put(page, ends ? "</ins>" : "");
        at = mine.spans[i].end;
    }
    put_text(page, str_slice(words, at, words.len));
}

static void put_wording(Page *page, const Statement *statement, uint32_t i) {
    const Wording *wording = &statement->wordings[i];
    bool indirect =
        str_is(wording->quote.kind, quote_kind_name(QUOTE_INDIRECT));

    put(page, indirect ? "<blockquote class=\"indirect\">" : "<blockquote>");
    if (statement->count > 1) {
        put_marked(page, wording->words, statement->wordings[i ? 0 : 1].words);
    } else {
        put_text(page, wording->words);
    }
    put(page, "</blockquote>");
    put_sources(page, &wording->quote.carriers, wording->via);
}

/* Every place of a claim, to be lit in the reports. */
static void note_carriers(Page *page, const Carriers *carriers, Str name) {
    for (uint32_t i = 0; i < carriers->count; i++) {
        uint32_t index = account_find(page->account, carriers->items[i].report);
        if (index < page->account->report_count) {
            note_passage(page, index, carriers->items[i].span, PASSAGE_CLAIM,
                         name);
        }
    }
}

static void put_statement(Page *page, const Statement *statement, Str name) {
    put(page, "<li class=\"statement\">");
    put_time(page, statement->date);
    put(page, statement->count > 1 ? "<div class=\"wordings\">" : "");
    for (uint32_t i = 0; i < statement->count; i++) {
        put(page, "<div>");
        put_wording(page, statement, i);
        put(page, "</div>");
        note_carriers(page, &statement->wordings[i].quote.carriers, name);
        note_carriers(page, &statement->wordings[i].pieces, name);
    }
    put(page, statement->count > 1 ? "</div></li>\n" : "</li>\n");
    flush(page);
}

static void put_speaker(Page *page, const Speaker *speaker) {
    put(page, "<article class=\"speaker\">\n<h3>");
    put_text(page, speaker->name.len ? speaker->name : str_of("Nobody named"));
    if (speaker->role.len) {
        put(page, " <span class=\"role\">");
        put_text(page, speaker->role);
        put(page, "</span>");
    }
    put(page, "</h3>\n");
    for (uint32_t i = 0; i < speaker->also.count; i++) {
        put(page, i ? ", " : "<p class=\"also\">also ");
        put_text(page, speaker->also.items[i]);
    }
    put(page, speaker->also.count ? "</p>\n" : "");
    put(page, "<ol>\n");
    for (uint32_t i = 0; i < speaker->count; i++) {
        put_statement(page, &speaker->statements[i], speaker->name);
    }
    put(page, "</ol>\n</article>\n");
}

static void put_speakers(Page *page) {
    if (page->account->speaker_count == 0) {
        return;
    }
    put(page, "<section id=\"said\">\n<h2>Who said what</h2>\n");
    for (uint32_t i = 0; i < page->account->speaker_count; i++) {
        put_speaker(page, &page->account->speakers[i]);
    }
    put(page, "</section>\n");
}

/* ------------------------------------------------------------- figures */

static Str figure_anchor(void *context, const FigureClaim *figure) {
    Page *page = context;
    uint32_t index =
        account_find(page->account, figure->carriers.items[0].report);

    return html_anchor(page->row, index + 1, figure->span);
}

static void put_figure(Page *page, const FigureClaim *figure) {
    put(page, "<tr><td>");
    put_time(page, figure_date(figure));
    put(page, "</td><td class=\"words\">");
    put_text(page, text_flat(page->row, figure->words));
    put(page, "</td><td>");
    put_text(page, figure->claimant.name);
    put(page, "</td><td>");
    put_sources(page, &figure->carriers, (Str){0});
    put(page, "</td></tr>\n");
    note_carriers(page, &figure->carriers, figure->claimant.name);
    flush(page);
}

static void put_series(Page *page, const Series *series) {
    bool other = str_is(series->kind, figure_kind_name(FIGURE_OTHER));

    put(page, "<h3>");
    put_text(page, series->kind);
    put(page, "</h3>\n");
    if (plot_worth(series)) {
        plot_series(page->row, page->out, series, figure_anchor, page);
    }
    put(page, other ? "<details><summary>Other numbers</summary>\n" : "");
    put(page, "<table><thead><tr><th scope=\"col\">Date</th>"
              "<th scope=\"col\">Figure</th><th scope=\"col\">On whose word"
              "</th><th scope=\"col\">Where</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < series->count; i++) {
        put_figure(page, &series->figures[i]);
    }
    put(page, "</tbody></table>\n");
    put(page, other ? "</details>\n" : "");
}

static void put_figures(Page *page) {
    if (page->account->series_count == 0) {
        return;
    }
    put(page, "<section id=\"figures\">\n<h2>Figures</h2>\n");
    for (uint32_t i = 0; i < page->account->series_count; i++) {
        put_series(page, &page->account->series[i]);
    }
    put(page, "</section>\n");
}

/* -------------------------------------------------------------- copies */

static void put_passage(Page *page, const AccountCopy *copy, uint32_t i) {
    const AccountReport *a = &page->account->reports[copy->a];
    const AccountReport *b = &page->account->reports[copy->b];
    Span in_a = copy->in_a.items[i], in_b = copy->in_b.items[i];

    if (in_a.end > a->text.len || in_b.end > b->text.len) {
        return;
    }
    note_passage(page, copy->a, in_a, PASSAGE_COPY, (Str){0});
    note_passage(page, copy->b, in_b, PASSAGE_COPY, (Str){0});
    put(page, "<li>");
    put_text(page, text_flat(page->row, str_at(a->text, in_a)));
    put(page, " ");
    put_source(page, a->number, a->label, in_a);
    put(page, " · ");
    put_source(page, b->number, b->label, in_b);
    put(page, "</li>");
    flush(page);
}

static void put_copy(Page *page, const AccountCopy *copy) {
    const AccountReport *a = &page->account->reports[copy->a];
    const AccountReport *b = &page->account->reports[copy->b];

    put(page, "<li><strong>");
    put_text(page, label_beside(page->row, a->label, a->published, b->label));
    put(page, "</strong> and <strong>");
    put_text(page, label_beside(page->row, b->label, b->published, a->label));
    put(page, "</strong> <span class=\"small\">");
    put_text(page, copy->kind);
    buf_format(page->out, " · %.0f%% and %.0f%% of their words%s</span>",
               copy->share_a * 100, copy->share_b * 100,
               copy->one_source ? " · one source" : "");
    put(page, "<details><summary>");
    put_text(page, count_words(page->row, copy->in_a.count, "passage"));
    put(page, "</summary><ul class=\"pairs\">");
    for (uint32_t i = 0; i < copy->in_a.count; i++) {
        put_passage(page, copy, i);
    }
    put(page, "</ul></details></li>\n");
}

static void put_copies(Page *page) {
    if (page->account->copy_count == 0) {
        return;
    }
    put(page, "<section id=\"copies\">\n<h2>Who reprints whom</h2>\n"
              "<ul class=\"copies\">\n");
    for (uint32_t i = 0; i < page->account->copy_count; i++) {
        put_copy(page, &page->account->copies[i]);
    }
    put(page, "</ul>\n</section>\n");
}

/* ------------------------------------------------------------- reports */

static void put_foot(Page *page) {
    const Account *account = page->account;

    put(page, "<footer><p>Every source is a link to the bytes of the report"
              " that it was read from; the number is the byte.");
    if (account->litter_count) {
        buf_format(
            page->out,
            " %s of %s are left out of the account as"
            " litter and stand grey in the reports.",
            count_words(page->row, account->litter_count, "passage").ptr,
            count_words(page->row, account->litter_reports, "report").ptr);
    }
    put(page, "</p></footer>\n</main>\n");
    flush(page);
}

/* A passage cut in pieces is lit as a whole: its later pieces bear its anchor
 * as a class. */
static void put_cut_style(Page *page, uint32_t report, const SpanList *cut) {
    if (cut->count == 0) {
        return;
    }
    put(page, "<style>");
    for (uint32_t i = 0; i < cut->count; i++) {
        Str name = html_anchor(page->row, report, cut->items[i]);
        buf_format(page->out,
                   ".report:has(#%s:target) .%s{background:var(--open)}",
                   name.ptr, name.ptr);
    }
    put(page, "</style>\n");
}

static void put_url(Page *page, Str url) {
    if (url.len == 0) {
        return;
    }
    put(page, " · ");
    if (html_is_link(url)) {
        put(page, "<a rel=\"noreferrer\" href=\"");
        put_text(page, url);
        put(page, "\">as published</a>");
    } else {
        put_text(page, url);
    }
}

static void put_report_head(Page *page, uint32_t index) {
    const AccountReport *report = &page->account->reports[index];

    buf_format(page->out,
               "<article class=\"report\" id=\"r%u\">\n"
               "<p class=\"kicker\">",
               index + 1);
    put_text(page, report->label);
    put(page, "</p>\n<h3>");
    put_text(page, report->title.len ? report->title : report->id);
    put(page, "</h3>\n<p class=\"small\">");
    put_text(page, report->published.len
                       ? date_words(page->row, report->published)
                       : str_of("date not known"));
    for (uint32_t i = 0; i < report->byline.count; i++) {
        put(page, i ? ", " : " · ");
        put_text(page, report->byline.items[i]);
    }
    put_credit(page, report);
    put_url(page, report->url);
    put(page, " · <span>");
    put_text(page, report->id);
    put(page, "</span></p>\n");
}

static void put_report(Page *page, uint32_t index) {
    const AccountReport *report = &page->account->reports[index];
    Passages *passages = &page->passages[index];
    SpanList cut = {0};

    for (uint32_t i = 0; i < report->headings.count; i++) {
        note_passage(page, index, report->headings.items[i], PASSAGE_HEADING,
                     (Str){0});
    }
    for (uint32_t i = 0; i < report->litter_count; i++) {
        note_passage(page, index, report->litter[i].span, PASSAGE_LITTER,
                     report->litter[i].why);
    }
    put_report_head(page, index);
    put(page, "<div class=\"text\">");
    html_passages(page->row, page->out, report->text, index + 1, passages,
                  &cut);
    put(page, "</div>\n");
    put_cut_style(page, index + 1, &cut);
    put(page, "</article>\n");
    flush(page);
}

void account_html(Teller *teller, const Account *account) {
    Page page = {.teller = teller,
                 .account = account,
                 .row = teller->row,
                 .out = &teller->out};

    page.passages = arena_zero(
        teller->arena, account->report_count * sizeof *page.passages + 1);
    put_head(&page);
    put_stories(&page);
    put_timeline(&page);
    put_speakers(&page);
    put_figures(&page);
    put_copies(&page);
    put_foot(&page);
    put(&page, "<aside class=\"pane\" id=\"reports\" aria-label=\"The"
               " reports\">\n<h2>The reports</h2>\n<p class=\"small key\">"
               "<mark class=\"q\">told in the account</mark> <mark"
               " class=\"p\">shared with another report</mark> <mark"
               " class=\"l\">litter</mark></p>\n");
    for (uint32_t i = 0; i < account->report_count; i++) {
        put_report(&page, i);
    }
    put(&page, "</aside>\n</body>\n</html>\n");
}
