/* SPDX-License-Identifier: Apache-2.0 */
/* tell/account_text.c - the account for a terminal.
 *
 * Room: tell. Sections in the order in which one asks: what and when, from
 * whom, what happened, who said what, how many, who copied whom. */
#include "tell/account.h"
#include "tell/format.h"
#include "tell/plot.h"
#include "tell/told.h"
#include "tell/views.h"

enum {
    INDENT = 2,
    DATE_COLUMNS = 12,
    STATEMENT = INDENT + 2 + DATE_COLUMNS + 1,
    STORY = INDENT + 4 + DATE_COLUMNS + 1,
    QUOTE_COLUMNS = 260, /* a quote is cut to that; the page has it whole */
    STATEMENTS_SHOWN = 60,
    TITLE_COLUMNS = 160,
    FIGURES_SHOWN = 24, /* of a kind */
    COPIES_SHOWN = 20,
    OTHER_SHOWN = 8, /* figures of kind "other" */
    ALSO_SHOWN = 5,
    BAR_COLUMNS = 12,
    LITTER_COLUMNS = 100,
};

static void section(Teller *teller, const char *title) {
    Line line = teller_line(teller);

    buf_char(&teller->out, '\n');
    line_add(&line, INK_TITLE, str_of(title));
    line_end(&line, 0, 0);
}

static void tell_head(Teller *teller, const Account *account) {
    Line line = teller_line(teller);
    Arena *arena = teller->row;
    Str range = date_range(arena, account->from, account->to);

    line_add(&line, INK_BOLD, text_cut(arena, account->title, TITLE_COLUMNS));
    line_end(&line, 0, 0);
    line_add(&line, INK_DIM,
             str_format(arena, "%s, %u independent, %s, %s%s%.*s",
                        count_words(arena, account->report_count, "report").ptr,
                        account->origin_count,
                        count_words(arena, account->outlet_count, "outlet").ptr,
                        count_words(arena, account->story_count, "story").ptr,
                        range.len ? " · " : "", (int)range.len, range.ptr));
    line_end(&line, 0, 0);
}

/* ------------------------------------------------------------- reports */

/* "Herald · Post, from Northwire · Star". */
static void add_outlets(Line *line, const Account *account,
                        const AccountStory *story) {
    for (uint32_t i = story->first; i < story->first + story->count; i++) {
        const AccountReport *report = &account->reports[i];
        if (i > story->first) {
            line_keep(line, INK_DIM, str_of("·"));
        }
        line_keep(line, INK_PLAIN, report->label);
        for (uint32_t k = 0; k < report->credit.count; k++) {
            line_keep(line, INK_DIM,
                      str_format(line->arena, "(%.*s)",
                                 (int)report->credit.items[k].len,
                                 report->credit.items[k].ptr));
        }
    }
}

static void tell_reports(Teller *teller, const Account *account) {
    buf_char(&teller->out, '\n');
    for (uint32_t i = 0; i < account->story_count; i++) {
        const AccountStory *story = &account->stories[i];
        Line line = teller_line(teller);
        line_column(&line, INK_DIM, str_format(teller->row, "%u", i + 1), 3);
        line_column(&line, INK_PLAIN,
                    date_words(teller->row, date_day(story->from)),
                    DATE_COLUMNS);
        line_add(&line, INK_BOLD,
                 text_cut(teller->row, story->title, TITLE_COLUMNS));
        line_end(&line, INDENT, STORY);
        add_outlets(&line, account, story);
        told_fewer(&line, story->count, story->origins);
        line_end(&line, STORY, STORY);
        teller_row_end(teller);
    }
}

static void tell_days(Teller *teller, const Account *account) {
    if (account->timeline.count == 0) {
        return;
    }
    section(teller, "TIMELINE");
    for (uint32_t i = 0; i < account->timeline.count; i++) {
        Line line = teller_line(teller);
        told_day(&line, &account->timeline.days[i]);
        teller_row_end(teller);
    }
}

/* ---------------------------------------------------------- statements */

static void tell_speaker(Teller *teller, const Speaker *speaker) {
    Line line = teller_line(teller);

    line_add(&line, INK_BOLD,
             speaker->name.len ? speaker->name : str_of("Nobody named"));
    if (speaker->role.len) {
        line_join(&line, INK_PLAIN, str_of(","));
        line_add(&line, INK_PLAIN, speaker->role);
    }
    for (uint32_t i = 0; i < speaker->also.count && i < ALSO_SHOWN; i++) {
        if (i) {
            line_join(&line, INK_DIM, str_of(","));
            line_add(&line, INK_DIM, speaker->also.items[i]);
        } else {
            line_add(&line, INK_DIM,
                     str_format(teller->row, "(also %.*s",
                                (int)speaker->also.items[i].len,
                                speaker->also.items[i].ptr));
        }
    }
    if (speaker->also.count) {
        line_join(&line, INK_DIM,
                  str_of(speaker->also.count > ALSO_SHOWN ? " …)" : ")"));
    }
    line_end(&line, INDENT, INDENT + 4);
}

/* Words of a person who is only paraphrased are told without quotation
 * marks, as the reports have them. */
static void tell_statement(Teller *teller, const Statement *statement) {
    for (uint32_t i = 0; i < statement->count; i++) {
        const Wording *wording = &statement->wordings[i];
        Line line = teller_line(teller);
        if (i == 0) {
            line_column(&line, INK_PLAIN,
                        date_words(teller->row, statement->date), DATE_COLUMNS);
        } else {
            line_add(&line, INK_DIM, str_of("in other words:"));
        }
        line_add(&line, INK_PLAIN,
                 text_cut(teller->row, wording->words, QUOTE_COLUMNS));
        told_sources(&line, &wording->quote.carriers, wording->via);
        line_end(&line, i ? STATEMENT : INDENT + 2, STATEMENT);
    }
    teller_row_end(teller);
}

/* Which of many are shown: all that weigh more than `least`, and `room` of
 * those that weigh just that. */
typedef struct Choice {
    uint32_t least, room;
} Choice;

/* The choice of the `max` that weigh most. */
static Choice choose(const uint32_t *weights, uint32_t count, uint32_t max) {
    for (uint32_t least = 0;; least++) {
        uint32_t above = 0;
        for (uint32_t i = 0; i < count; i++) {
            above += weights[i] > least;
        }
        if (above <= max) {
            return (Choice){least, max - above};
        }
    }
}

static bool is_chosen(Choice *choice, uint32_t weight) {
    if (weight == choice->least && choice->room > 0) {
        choice->room--;
        return true;
    }
    return weight > choice->least;
}

/* What several sources carry comes first, then what stands in quotation
 * marks. */
static uint32_t statement_weight(const Statement *statement) {
    Str kind = statement->wordings[0].quote.kind;

    return 2 * statement->origins +
           !str_is(kind, quote_kind_name(QUOTE_INDIRECT));
}

static Choice choose_statements(Teller *teller, const Account *account,
                                uint32_t all) {
    uint32_t *weights = arena_alloc(teller->row, all * sizeof *weights + 1);
    uint32_t count = 0;

    for (uint32_t i = 0; i < account->speaker_count; i++) {
        for (uint32_t k = 0; k < account->speakers[i].count; k++) {
            weights[count++] =
                statement_weight(&account->speakers[i].statements[k]);
        }
    }
    return choose(weights, count, STATEMENTS_SHOWN);
}

/* The statements of one speaker that were chosen; how many. */
static uint32_t tell_statements_of(Teller *teller, const Speaker *speaker,
                                   Choice *choice) {
    uint32_t shown = 0;

    for (uint32_t i = 0; i < speaker->count; i++) {
        const Statement *statement = &speaker->statements[i];
        if (!is_chosen(choice, statement_weight(statement))) {
            continue;
        }
        if (shown++ == 0) {
            tell_speaker(teller, speaker);
        }
        tell_statement(teller, statement);
    }
    return shown;
}

/* How to see what was left out. */
static void tell_rest(Teller *teller, uint32_t rest, const char *noun,
                      const char *command) {
    const TellFilter *filter = teller->filter;
    Line line = teller_line(teller);

    if (rest == 0) {
        return;
    }
    line_add(&line, INK_DIM,
             str_format(teller->row, "and %s more: dateline %s %s %lld",
                        count_words(teller->row, rest, noun).ptr, command,
                        filter->story ? "--story" : "--storyline",
                        (long long)(filter->story ? filter->story
                                                  : filter->storyline)));
    line_end(&line, INDENT, INDENT + 2);
}

static void tell_statements(Teller *teller, const Account *account) {
    uint32_t shown = 0, all = 0;
    Choice choice;

    for (uint32_t i = 0; i < account->speaker_count; i++) {
        all += account->speakers[i].count;
    }
    if (all == 0) {
        return;
    }
    section(teller, "WHO SAID WHAT");
    choice = choose_statements(teller, account, all);
    for (uint32_t i = 0; i < account->speaker_count; i++) {
        shown += tell_statements_of(teller, &account->speakers[i], &choice);
    }
    tell_rest(teller, all - shown, "statement", "quotes");
}

/* ------------------------------------------------------------- figures */

static void tell_figure(Teller *teller, const FigureClaim *figure, Str label,
                        int64_t largest) {
    Line line = teller_line(teller);

    line_column(&line, INK_BOLD, label, 10);
    line_column(&line, INK_PLAIN, date_words(teller->row, figure_date(figure)),
                DATE_COLUMNS);
    if (largest > 0) {
        line_column(&line, INK_MARK,
                    plot_bar(teller->row, figure->best, largest, BAR_COLUMNS),
                    BAR_COLUMNS);
    }
    line_add(&line, INK_PLAIN, figure->words);
    if (figure->claimant.name.len) {
        line_keep(&line, INK_DIM, str_of("·"));
        line_add(&line, INK_BOLD, figure->claimant.name);
    }
    told_sources(&line, &figure->carriers, (Str){0});
    line_end(&line, INDENT, INDENT + 11 + DATE_COLUMNS + 1);
    teller_row_end(teller);
}

static int64_t largest_of(const Series *series) {
    int64_t largest = 0;

    for (uint32_t i = 0; i < series->count; i++) {
        if (series->figures[i].best > largest) {
            largest = series->figures[i].best;
        }
    }
    return largest;
}

static Choice choose_figures(Teller *teller, const Series *series,
                             uint32_t max) {
    uint32_t *weights =
        arena_alloc(teller->row, series->count * sizeof *weights + 1);

    for (uint32_t i = 0; i < series->count; i++) {
        weights[i] = series->figures[i].carriers.origins;
    }
    return choose(weights, series->count, max);
}

static void tell_figures_of(Teller *teller, const Series *series) {
    bool other = str_is(series->kind, figure_kind_name(FIGURE_OTHER));
    Choice choice =
        choose_figures(teller, series, other ? OTHER_SHOWN : FIGURES_SHOWN);
    int64_t largest = !other && series->count > 1 ? largest_of(series) : 0;
    uint32_t shown = 0;

    for (uint32_t i = 0; i < series->count; i++) {
        if (is_chosen(&choice, series->figures[i].carriers.origins)) {
            tell_figure(teller, &series->figures[i],
                        shown++ ? str_of(" ") : series->kind, largest);
        }
    }
    tell_rest(teller, series->count - shown, "figure", "figures");
}

static void tell_series(Teller *teller, const Account *account) {
    if (account->series_count == 0) {
        return;
    }
    section(teller, "FIGURES");
    for (uint32_t i = 0; i < account->series_count; i++) {
        tell_figures_of(teller, &account->series[i]);
    }
}

/* -------------------------------------------------------------- copies */

/* "Herald and Post are one text" in the words of the copy's kind. */
static Str kind_words(const AccountCopy *copy) {
    static const struct {
        const char *kind, *words;
    } all[] = {
        {"same", "carry one text"},
        {"edited", "carry one text, edited"},
        {"part", "share"},
        {"quote", "share only quoted speech,"},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_is(copy->kind, all[i].kind)) {
            return str_of(all[i].words);
        }
    }
    return copy->kind;
}

static void tell_copy(Teller *teller, const Account *account,
                      const AccountCopy *copy) {
    const AccountReport *a = &account->reports[copy->a];
    const AccountReport *b = &account->reports[copy->b];
    Line line = teller_line(teller);
    Arena *arena = teller->row;

    line_add(&line, INK_BOLD,
             label_beside(arena, a->label, a->published, b->label));
    line_add(&line, INK_PLAIN, str_of("and"));
    line_add(&line, INK_BOLD,
             label_beside(arena, b->label, b->published, a->label));
    line_add(&line, INK_PLAIN, kind_words(copy));
    line_join(&line, INK_PLAIN,
              str_of(str_is(copy->kind, "part") || str_is(copy->kind, "quote")
                         ? " "
                         : ": "));
    line_add(&line, INK_PLAIN,
             str_format(arena, "%s, %.0f%% and %.0f%% of their words",
                        count_words(arena, copy->in_a.count, "passage").ptr,
                        copy->share_a * 100, copy->share_b * 100));
    if (copy->in_a.count) {
        told_source(&line, "—", a->label, copy->in_a.items[0].begin);
        told_source(&line, "·", b->label, copy->in_b.items[0].begin);
    }
    if (copy->one_source) {
        line_keep(&line, INK_DIM, str_of("(one source)"));
    }
    line_end(&line, INDENT, INDENT + 2);
    teller_row_end(teller);
}

/* First the pairs that are one source, the others as there is room. */
static void tell_copying(Teller *teller, const Account *account) {
    uint32_t shown = 0;

    if (account->copy_count == 0) {
        return;
    }
    section(teller, "WHO REPRINTS WHOM");
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < account->copy_count; i++) {
            if (account->copies[i].one_source == (pass == 0) &&
                shown < COPIES_SHOWN) {
                tell_copy(teller, account, &account->copies[i]);
                shown++;
            }
        }
    }
    tell_rest(teller, account->copy_count - shown, "pair", "copies");
}

static void tell_passages(Teller *teller, const AccountReport *report) {
    for (uint32_t i = 0; i < report->litter_count; i++) {
        const Litter *litter = &report->litter[i];
        Line line = teller_line(teller);
        line_add(
            &line, INK_DIM,
            text_cut(teller->row,
                     text_flat(teller->row, str_at(report->text, litter->span)),
                     LITTER_COLUMNS));
        told_source(&line, "—", report->label, litter->span.begin);
        line_end(&line, INDENT, INDENT + 2);
        teller_row_end(teller);
    }
}

static void tell_cut(Teller *teller, const Account *account) {
    Line line = teller_line(teller);
    bool listed = teller->filter->litter;

    if (account->litter_count == 0) {
        return;
    }
    buf_char(&teller->out, '\n');
    line_add(&line, INK_TITLE, str_of("LEFT OUT AS LITTER"));
    line_join(&line, INK_PLAIN, str_of(":"));
    line_add(
        &line, INK_PLAIN,
        str_format(
            teller->row, "%s of %s%s",
            count_words(teller->row, account->litter_count, "passage").ptr,
            count_words(teller->row, account->litter_reports, "report").ptr,
            listed ? "" : " (--litter shows them)"));
    line_end(&line, 0, INDENT);
    for (uint32_t i = 0; listed && i < account->report_count; i++) {
        tell_passages(teller, &account->reports[i]);
    }
}

void account_text(Teller *teller, const Account *account) {
    tell_head(teller, account);
    tell_reports(teller, account);
    tell_days(teller, account);
    tell_statements(teller, account);
    tell_series(teller, account);
    tell_copying(teller, account);
    tell_cut(teller, account);
}
