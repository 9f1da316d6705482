/* SPDX-License-Identifier: Apache-2.0 */
/* tell/timeline.c - see timeline.h.
 *
 *     reports -> days, weighed -> candidate sentences -> words, weighed
 *             -> for each day the best sentence, then the best that adds to it
 *
 * The score of a sentence is that of centroid summaries (Radev et al. 2004):
 * the words that many sources of the day use, and few sentences of other days,
 * make it good; its length, its place in the report and whether it names the
 * day weigh in. */
#include "tell/timeline.h"

#include <math.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/utf8.h"
#include "tell/filter.h"
#include "tell/format.h"

enum {
    DAYS_MAX = 1000,
    REPORTS_A_DAY = 80,  /* read for its sentences */
    LEAD = 4,            /* sentences at the top that tell the news */
    WORDS_GOOD_MIN = 8,  /* a sentence shorter than this says too little */
    WORDS_GOOD_MAX = 45, /* and one longer than this too much */
    WORDS_KEPT = 80,
};

/* A sentence that may stand for a day. */
typedef struct Candidate {
    DaySentence sentence;
    int64_t origin;
    uint32_t day;   /* index of TimelineDay */
    uint32_t place; /* how many sentences stand before it in its report */
    bool names_day;
    uint64_t *words; /* arena: hashes, distinct */
    uint32_t word_count, name_count;
} Candidate;

typedef struct Search {
    Teller *teller;
    Arena *arena;
    Timeline *timeline;
    Candidate *candidates; /* arena */
    uint32_t count, capacity;
    Map sentences_of; /* word -> candidates that hold it, all days */
} Search;

/* The days that some source names or was published on, best first. */
static void read_days(Teller *teller, uint32_t conditions, uint32_t limit,
                      Timeline *out) {
    Query *query = query_open(
        teller,
        "WITH chosen AS MATERIALIZED (SELECT r.report, g.origin, r.published"
        " FROM report r JOIN standing g ON g.report = r.report WHERE g.latest",
        conditions,
        "), said AS (SELECT substr(t.value, 1, 10) AS day, c.report, c.origin,"
        " 1 AS named FROM chosen c JOIN time t ON t.report = c.report"
        " WHERE NOT t.cut AND t.type IN ('DATE', 'TIME')"
        " UNION ALL SELECT substr(published, 1, 10), report, origin, 0"
        " FROM chosen)"
        " SELECT day, count(DISTINCT report), count(DISTINCT origin),"
        " 2 * count(DISTINCT CASE WHEN named THEN origin END) +"
        " count(DISTINCT CASE WHEN named THEN NULL ELSE origin END) AS weight"
        " FROM said WHERE day GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'"
        " GROUP BY day ORDER BY weight DESC, day");

    while (out->count < limit && query_next(query)) {
        out->days = arena_grow(teller->arena, out->days, out->count,
                               &out->capacity, sizeof *out->days);
        out->days[out->count++] =
            (TimelineDay){.date = query_dup(query, teller->arena, 0),
                          .reports = (uint32_t)query_int(query, 1),
                          .origins = (uint32_t)query_int(query, 2)};
    }
    query_reset(query);
}

/* The distinct words of a sentence as hashes, and how many begin with a
 * capital (its first word aside): names, mostly. */
static void read_words(Search *search, Candidate *candidate) {
    Str text = candidate->sentence.text;
    uint64_t words[WORDS_KEPT];
    uint32_t count = 0, len;
    Map seen;

    map_init(&seen, search->arena, WORDS_KEPT);
    for (size_t at = 0; at < text.len && count < WORDS_KEPT; at += len) {
        size_t begin = at;
        bool capital = utf8_is_upper(utf8_at(text, at, &len)), is_new;
        while (at < text.len && utf8_is_letter(utf8_at(text, at, &len))) {
            at += len;
        }
        if (at == begin) {
            continue;
        }
        len = 0;
        words[count] = utf8_fold_hash(HASH_SEED, str_slice(text, begin, at));
        map_put(&seen, words[count], 0, &is_new);
        count += is_new;
        candidate->name_count += is_new && capital && begin > 0;
    }
    candidate->word_count = count;
    candidate->words = arena_alloc(search->arena, count * sizeof *words + 1);
    for (uint32_t i = 0; i < count; i++) {
        bool is_new;
        uint32_t *holders =
            map_put(&search->sentences_of, words[i], 0, &is_new);
        ++*holders;
        candidate->words[i] = words[i];
    }
}

static void add_candidate(Search *search, Candidate candidate) {
    read_words(search, &candidate);
    if (candidate.word_count < 4) {
        return;
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

/* The sentences of one report that name the day, and its lead when it was
 * published on the day and the sentence names no other. */
static void read_report(Search *search, Query *query, uint32_t day) {
    SpanList sentences, headings, named, dated;
    Str text = query_text(query, 4);
    bool published = query_int(query, 5) != 0;
    uint32_t place = 0;
    Candidate candidate = {.origin = query_int(query, 3), .day = day};

    candidate.sentence.report = query_int(query, 0);
    candidate.sentence.id = query_dup(query, search->arena, 1);
    candidate.sentence.outlet = query_dup(query, search->arena, 2);
    candidate.sentence.label = query_dup(query, search->arena, 10);
    spans_read(search->teller->row, query_text(query, 6), &sentences);
    spans_read(search->teller->row, query_text(query, 7), &headings);
    spans_read(search->teller->row, query_text(query, 8), &named);
    spans_read(search->teller->row, query_text(query, 9), &dated);
    for (uint32_t i = 0; i < sentences.count; i++) {
        Span span = sentences.items[i];
        if (span.end > text.len || is_heading(&headings, span)) {
            continue;
        }
        candidate.place = place++;
        candidate.names_day = holds_one(&named, span);
        if (candidate.names_day ||
            (published && candidate.place < LEAD && !holds_one(&dated, span))) {
            candidate.sentence.span = span;
            candidate.sentence.text =
                str_dup(search->arena, str_at(text, span));
            add_candidate(search, candidate);
        }
    }
}

static const char reports_tail[] =
    " AND (substr(r.published, 1, 10) = :day OR EXISTS (SELECT 1 FROM time t"
    " WHERE t.report = r.report AND NOT t.cut AND t.type IN ('DATE', 'TIME')"
    " AND substr(t.value, 1, 10) = :day))"
    " ORDER BY g.origin = r.report DESC, r.report LIMIT :reports";

static const char reports_head[] =
    "SELECT r.report, r.id, r.outlet, g.origin, r.text,"
    " COALESCE(substr(r.published, 1, 10) = :day, 0), r.sentences, r.headings,"
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

/* How many sources of the day use each word: word -> count. Copies of one
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
                uint32_t *count = map_put(uses, word, 0, NULL);
                ++*count;
            }
        }
    }
}

static double length_factor(uint32_t words) {
    if (words < WORDS_GOOD_MIN) {
        return (double)words / WORDS_GOOD_MIN * 0.7;
    }
    return words > WORDS_GOOD_MAX ? (double)WORDS_GOOD_MAX / words : 1;
}

/* What a sentence is worth, before what was said already is taken off. */
static double score_of(const Search *search, const Candidate *candidate,
                       const Map *uses) {
    double sum = 0, names = candidate->name_count;

    for (uint32_t w = 0; w < candidate->word_count; w++) {
        const uint32_t *day = map_find(uses, candidate->words[w]);
        const uint32_t *all =
            map_find(&search->sentences_of, candidate->words[w]);
        sum += (day ? (double)*day : 0) *
               log(1 + (double)search->count / (all ? (double)*all : 1));
    }
    return sum / ((double)candidate->word_count + 5) *
           length_factor(candidate->word_count) *
           (candidate->names_day ? 1.5 : 1) * (1 + 0.05 * fmin(names, 5)) /
           (1 + 0.08 * fmin((double)candidate->place, 15));
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
        least = fmin(least, share > 0.7 ? 0 : 1 - share * share);
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
    read_days(teller, conditions, max + max / 2 + 2, out);
    read_candidates(&search, conditions);
    taken = arena_alloc(teller->arena,
                        (size_t)out->count * sentences * sizeof *taken + 1);
    for (uint32_t day = 0; day < out->count; day++) {
        choose(&search, day, sentences, taken, &taken_count);
    }
    keep_days(out, max);
}
