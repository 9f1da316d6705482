/* SPDX-License-Identifier: Apache-2.0 */
/* tell/timeline.c - see timeline.h.
 *
 *     reports -> theme, days (days.h) -> candidate sentences
 *             -> for each day the best sentence, then the best that adds to it
 *
 * A sentence may speak for a day that it names; or, naming none, when it stands
 * high in a report of that day or of the next morning. It is good when it is
 * to the point (theme.h) and uses the words that many sources of the day use,
 * as in centroid summaries (Radev et al. 2004); its place in the report and its
 * length weigh in. */
#include "tell/timeline.h"

#include <math.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "tell/days.h"
#include "tell/filter.h"
#include "tell/format.h"

enum {
    DAYS_MAX = 1000,
    REPORTS_A_DAY = 200, /* read for its sentences */
    LEAD = 8,            /* sentences at the top that tell the day's news */
    LEAD_NEXT = 3,       /* of the next day's reports */
    WORDS_MIN = 4,       /* that say something */
    WORDS_KEPT = 80,
    TOKENS_SHORT = 8,
    TOKENS_MAX = 60,
};

/* How a sentence comes to speak for a day. */
typedef enum Tie { TIE_NONE, TIE_NAMES, TIE_SAME_DAY, TIE_NEXT_DAY } Tie;

static const double TIE_WORTH[] = {
    [TIE_NAMES] = 1.5, [TIE_SAME_DAY] = 1, [TIE_NEXT_DAY] = 1};
/* What a word's use by one source counts for the day. */
static const uint32_t TIE_USES[] = {
    [TIE_NAMES] = 2, [TIE_SAME_DAY] = 2, [TIE_NEXT_DAY] = 1};

/* A sentence that may stand for a day. */
typedef struct Candidate {
    DaySentence sentence;
    int64_t origin;
    uint32_t day;   /* index of TimelineDay */
    uint32_t place; /* how many sentences stand before it in its report */
    Tie tie;
    uint32_t tokens;
    double to_the_point; /* theme_of_words() */
    uint64_t *words;     /* arena: hashes, distinct */
    uint32_t word_count;
} Candidate;

typedef struct Search {
    Teller *teller;
    Arena *arena;
    Timeline *timeline;
    Theme theme;
    Candidate *candidates; /* arena */
    uint32_t count, capacity;
    Map sentences_of; /* word -> candidates that hold it, all days */
} Search;

static uint32_t count_tokens(Str text) {
    uint32_t count = 0;
    bool inside = false;

    for (size_t i = 0; i < text.len; i++) {
        bool space = ascii_space(text.ptr[i]);

        count += !space && !inside;
        inside = !space;
    }
    return count;
}

/* The words of a sentence as hashes. */
static void read_words(Search *search, Candidate *candidate) {
    TermWord words[WORDS_KEPT];
    uint32_t count = theme_words(&search->theme, search->teller->row,
                                 candidate->sentence.text, words, WORDS_KEPT);

    candidate->to_the_point = theme_of_words(&search->theme, words, count);
    candidate->tokens = count_tokens(candidate->sentence.text);
    candidate->word_count = count;
    candidate->words =
        arena_alloc(search->arena, count * sizeof *candidate->words + 1);
    for (uint32_t i = 0; i < count; i++) {
        candidate->words[i] = words[i].hash;
    }
}

static void add_candidate(Search *search, Candidate candidate) {
    read_words(search, &candidate);
    if (candidate.word_count < WORDS_MIN || candidate.tokens > TOKENS_MAX) {
        return;
    }
    for (uint32_t i = 0; i < candidate.word_count; i++) {
        uint32_t *holders =
            map_put(&search->sentences_of, candidate.words[i], 0, NULL);
        ++*holders;
    }
    search->candidates =
        arena_grow(search->arena, search->candidates, search->count,
                   &search->capacity, sizeof *search->candidates);
    search->candidates[search->count++] = candidate;
}

/* True if one of `spans` lies in `sentence`. */
static bool holds_one(const SpanList *spans, Span sentence) {
    for (uint32_t i = 0; i < spans->count; i++) {
        if (span_holds(sentence, spans->items[i])) {
            return true;
        }
    }
    return false;
}

static bool is_heading(const SpanList *headings, Span sentence) {
    for (uint32_t i = 0; i < headings->count; i++) {
        if (span_holds(headings->items[i], sentence)) {
            return true;
        }
    }
    return false;
}

/* How the sentence at `place` is tied to the day; `after` days before its
 * report was published. */
static Tie tie_of(const SpanList *named, const SpanList *dated, Span span,
                  int64_t after, uint32_t place) {
    if (holds_one(named, span)) {
        return TIE_NAMES;
    }
    if (holds_one(dated, span)) {
        return TIE_NONE;
    }
    return after == 0 && place < LEAD        ? TIE_SAME_DAY
           : after == 1 && place < LEAD_NEXT ? TIE_NEXT_DAY
                                             : TIE_NONE;
}

enum {
    COL_REPORT,
    COL_ID,
    COL_OUTLET,
    COL_ORIGIN,
    COL_TEXT,
    COL_AFTER,
    COL_SENTENCES,
    COL_HEADINGS,
    COL_NAMED,
    COL_DATED,
    COL_LABEL
};

/* The sentences of one report that may speak for the day. */
static void read_report(Search *search, Query *query, uint32_t day) {
    Arena *row = search->teller->row;
    SpanList sentences, headings, named, dated;
    Str text = query_text(query, COL_TEXT);
    int64_t after =
        query_null(query, COL_AFTER) ? -1 : query_int(query, COL_AFTER);
    uint32_t place = 0;
    Candidate candidate = {.origin = query_int(query, COL_ORIGIN), .day = day};

    candidate.sentence.report = query_int(query, COL_REPORT);
    candidate.sentence.id = query_dup(query, search->arena, COL_ID);
    candidate.sentence.outlet = query_dup(query, search->arena, COL_OUTLET);
    candidate.sentence.label = query_dup(query, search->arena, COL_LABEL);
    spans_read(row, query_text(query, COL_SENTENCES), &sentences);
    spans_read(row, query_text(query, COL_HEADINGS), &headings);
    spans_read(row, query_text(query, COL_NAMED), &named);
    spans_read(row, query_text(query, COL_DATED), &dated);
    for (uint32_t i = 0; i < sentences.count; i++) {
        Span span = sentences.items[i];

        if (span.end > text.len || is_heading(&headings, span)) {
            continue;
        }
        candidate.place = place++;
        candidate.tie = tie_of(&named, &dated, span, after, candidate.place);
        if (candidate.tie != TIE_NONE) {
            candidate.sentence.span = span;
            candidate.sentence.text =
                str_dup(search->arena, str_at(text, span));
            add_candidate(search, candidate);
        }
    }
}

static const char reports_tail[] =
    " AND (substr(r.published, 1, 10) IN (:day, date(:day, '+1 day')) OR EXISTS"
    " (SELECT 1 FROM time t WHERE t.report = r.report AND NOT t.cut AND t.type"
    " IN ('DATE', 'TIME') AND substr(t.value, 1, 10) = :day))"
    " ORDER BY g.origin = r.report DESC, r.report LIMIT :reports";

static const char reports_head[] =
    "SELECT r.report, r.id, r.outlet, g.origin, r.text,"
    " CAST(julianday(substr(r.published, 1, 10)) - julianday(:day) AS INTEGER),"
    " r.sentences, r.headings,"
    " (SELECT json_group_array(json_array(begin, end)) FROM time t"
    "  WHERE t.report = r.report AND NOT t.cut AND t.type IN ('DATE', 'TIME')"
    "  AND substr(t.value, 1, 10) = :day),"
    " (SELECT json_group_array(json_array(begin, end)) FROM time t"
    "  WHERE t.report = r.report AND NOT t.cut AND t.type IN ('DATE', 'TIME')"
    "  AND substr(t.value, 1, 10) <> :day), r.label"
    " FROM report r JOIN standing g ON g.report = r.report WHERE g.latest";

static void read_candidates(Search *search, uint32_t conditions) {
    Teller *teller = search->teller;
    Query *query = query_open(teller, reports_head, conditions, reports_tail);
    int day_parameter, reports_parameter;

    if (!query->statement) {
        return;
    }
    day_parameter = sqlite3_bind_parameter_index(query->statement, ":day");
    reports_parameter =
        sqlite3_bind_parameter_index(query->statement, ":reports");
    for (uint32_t day = 0; day < search->timeline->count; day++) {
        sqlite3_reset(query->statement);
        query_bind(query, reports_parameter, REPORTS_A_DAY);
        query_bind_str(query, day_parameter, search->timeline->days[day].date);
        while (query_next(query)) {
            read_report(search, query, day);
            arena_reset(teller->row);
        }
    }
}

/* How many sources of the day use each word: word -> uses. Copies of one
 * source count once. */
static void count_words_of_day(Search *search, uint32_t day, Map *uses) {
    Map seen;
    bool is_new;

    map_init(&seen, search->arena, 256);
    map_init(uses, search->arena, 256);
    for (uint32_t i = 0; i < search->count; i++) {
        const Candidate *candidate = &search->candidates[i];
        if (candidate->day != day) {
            continue;
        }
        for (uint32_t w = 0; w < candidate->word_count; w++) {
            uint64_t word = candidate->words[w];
            uint64_t once = word ^ ((uint64_t)candidate->origin *
                                    UINT64_C(0x9E3779B97F4A7C15));
            map_put(&seen, once, 0, &is_new);
            if (is_new) {
                *map_put(uses, word, 0, NULL) += TIE_USES[candidate->tie];
            }
        }
    }
}

/* What a sentence is worth, before what was said already is taken off. */
static double score_of(const Search *search, const Candidate *candidate,
                       const Map *uses) {
    double sum = 0;

    for (uint32_t w = 0; w < candidate->word_count; w++) {
        const uint32_t *day = map_find(uses, candidate->words[w]);
        const uint32_t *all =
            map_find(&search->sentences_of, candidate->words[w]);
        sum += (day ? (double)*day : 0) *
               log(1 + (double)search->count / (all ? (double)*all : 1));
    }
    return sum / ((double)candidate->word_count + 5) * candidate->to_the_point *
           (candidate->tokens < TOKENS_SHORT ? .6 : 1) *
           TIE_WORTH[candidate->tie] *
           (1 + .5 / (1 + (double)candidate->place));
}

/* The share of the words of `a` that stand in `b`. */
static double share_of(const Candidate *a, const Candidate *b) {
    uint32_t shared = 0;

    for (uint32_t i = 0; i < a->word_count; i++) {
        for (uint32_t k = 0; k < b->word_count; k++) {
            shared += a->words[i] == b->words[k];
        }
    }
    return a->word_count ? (double)shared / a->word_count : 1;
}

/* How new a candidate is beside those taken: 1 all new, 0 said before. */
static double newness(const Candidate *candidate, Candidate *const *taken,
                      uint32_t count) {
    double least = 1;

    for (uint32_t i = 0; i < count; i++) {
        double share = share_of(candidate, taken[i]);
        least = fmin(least, share > .7 ? 0 : 1 - share / 2);
    }
    return least;
}

/* Take up to `sentences` for the day: each time the best of score x newness. */
static void choose(Search *search, uint32_t day, uint32_t sentences,
                   Candidate **taken, uint32_t *taken_count) {
    TimelineDay *out = &search->timeline->days[day];
    Map uses;

    count_words_of_day(search, day, &uses);
    while (out->sentence_count < sentences) {
        Candidate *best = NULL;
        double best_score = 0;
        for (uint32_t i = 0; i < search->count; i++) {
            Candidate *candidate = &search->candidates[i];
            double score;
            if (candidate->day != day) {
                continue;
            }
            score = score_of(search, candidate, &uses) *
                    newness(candidate, taken, *taken_count);
            if (score > best_score) {
                best_score = score;
                best = candidate;
            }
        }
        if (!best) {
            return;
        }
        out->sentences[out->sentence_count++] = best->sentence;
        taken[(*taken_count)++] = best;
    }
}

static int by_date(const void *a, const void *b) {
    const TimelineDay *x = a, *y = b;

    return str_compare(x->date, y->date);
}

/* Days of which nothing could be said go; then the best `max`, by date. */
static void keep_days(Timeline *timeline, uint32_t max) {
    uint32_t kept = 0;

    for (uint32_t i = 0; i < timeline->count && kept < max; i++) {
        if (timeline->days[i].sentence_count) {
            timeline->days[kept++] = timeline->days[i];
        }
    }
    timeline->count = kept;
    if (kept) {
        qsort(timeline->days, kept, sizeof *timeline->days, by_date);
    }
}

void timeline_read(Teller *teller, uint32_t conditions, Timeline *out) {
    const TellFilter *filter = teller->filter;
    uint32_t max = filter->max ? filter->max : TIMELINE_DAYS;
    uint32_t sentences = filter->sentences ? filter->sentences : 1;
    uint32_t taken_count = 0;
    Search search = {.teller = teller, .arena = teller->arena, .timeline = out};
    Candidate **taken;

    *out = (Timeline){0};
    max = max > DAYS_MAX ? DAYS_MAX : max;
    if (sentences > TIMELINE_SENTENCES_MAX) {
        sentences = TIMELINE_SENTENCES_MAX;
    }
    map_init(&search.sentences_of, teller->arena, 4096);
    theme_init(&search.theme, teller->arena, teller->lexicon);
    days_read(teller, conditions, max + max / 2 + 2, &search.theme, out);
    read_candidates(&search, conditions);
    taken = arena_alloc(teller->arena,
                        (size_t)out->count * sentences * sizeof *taken + 1);
    for (uint32_t day = 0; day < out->count; day++) {
        choose(&search, day, sentences, taken, &taken_count);
    }
    keep_days(out, max);
}
