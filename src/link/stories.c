/* SPDX-License-Identifier: Apache-2.0 */
/* link/stories.c - which story a report belongs to, and that story's line.
 *
 * Room: link. A report is a vector of weighed terms: the words of its title and
 * text, those of the first lines most, common words of the language left out.
 * A word in few reports counts more (inverse document frequency, tamed by
 * pretending that PRIOR reports came before the first). Only the strongest
 * terms are kept, and an index tells which earlier reports share some:
 *
 *     report -> its terms -> reports that share them -> cosine -> their stories
 *
 * A story is as like as its three closest reports (half) and the closest of
 * them (half), and less the further its days of publication are away. Above a
 * threshold the report joins the best story, else it founds one. Single-pass
 * clustering of a news stream, as in topic detection and tracking (Allan et
 * al. 1998); limits set on sets of real reports grouped by hand. A storyline
 * is looser: stories of years that share a subject, joined pair by pair. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "link/inside.h"

enum {
    TERMS_MAX = 80,      /* kept of one report */
    ASKED_MAX = 30,      /* of them looked up in the index */
    POSTINGS_MAX = 200,  /* latest reports of one term */
    CANDIDATES_MAX = 60, /* reports compared */
    CLOSEST = 3,         /* reports that speak for a story */
    TEXT_BYTES = 3000,   /* of the text that are read */
    LEAD_BYTES = 300,    /* of them the lead */
    PRIOR = 300,         /* reports that the counts pretend to know already */
    PRIOR_OF_KNOWN = 10, /* of them, those with a given word of the lexicon */
    WEIGHT_BITS = 16,
    WEIGHT_ONE = 4096, /* a weight of 1 in a stored term */
    NO_DAY = INT32_MIN,
};

static const double LEAD_WEIGHT = 3, TITLE_WEIGHT = 3, RARITY_POWER = .8;
static const double STORY_LIKE = .185, LINE_LIKE = .17;
/* Published within STORY_GRACE days, a report is more likely of the story than
 * where a date is not known; then it fades, e^(-days / STORY_DAYS), down to a
 * floor, which itself sinks over the years. */
static const double STORY_NEAR = 1.4, STORY_FLOOR = .5, STORY_DAYS = 20,
                    STORY_GRACE = 7, STORY_YEARS = 1000;
static const double LINE_DAYS = 1460, LINE_FLOOR = .75;

typedef struct Term {
    uint64_t hash; /* 48 bits, as the index has it */
    double weight; /* 1 + ln of how often */
    double rare;   /* weight * rarity */
    bool known;    /* to the lexicon: a state, an office, a word of time */
} Term;

typedef struct Terms {
    Term *items; /* arena */
    uint32_t count, capacity;
    Map index; /* hash -> item */
    double norm;
} Terms;

/* ------------------------------------------------------------------- terms */

/* "offices" and "office" are one term: the length without the plural. */
static size_t stem_length(Str word) {
    size_t len = word.len;

    if (len > 3 && word.ptr[len - 1] == 's' && word.ptr[len - 2] != 's') {
        return len - 1;
    }
    return len;
}

static uint64_t term_hash(Str folded) {
    uint64_t hash = hash_str(str_slice(folded, 0, stem_length(folded)));

    hash *= UINT64_C(0x9E3779B97F4A7C15);
    return (hash >> WEIGHT_BITS) | 1; /* 0 is the count of reports */
}

static void add_term(Arena *arena, Terms *terms, uint64_t hash, double weight,
                     bool known) {
    bool is_new;
    uint32_t *at = map_put(&terms->index, hash, terms->count, &is_new);

    if (is_new) {
        terms->items = arena_grow(arena, terms->items, terms->count,
                                  &terms->capacity, sizeof *terms->items);
        terms->items[terms->count++] = (Term){.hash = hash, .known = known};
    }
    terms->items[*at].weight += weight;
}

#define TABLE(kind) (UINT64_C(1) << (kind))

/* Words of grammar and those that stand in any report say nothing. */
static const uint64_t COMMON =
    TABLE(LEX_LANGUAGE_WORD) | TABLE(LEX_FUNCTION_WORD);

/* Words of all news: which state, office or month it is says a little. */
static const uint64_t KNOWN =
    TABLE(LEX_COUNTRY) | TABLE(LEX_DEMONYM) | TABLE(LEX_CITY) |
    TABLE(LEX_ORGANISATION) | TABLE(LEX_OFFICE) | TABLE(LEX_TITLE) |
    TABLE(LEX_ACTOR) | TABLE(LEX_NOMINAL) | TABLE(LEX_AGENCY) | TABLE(LEX_CUE) |
    TABLE(LEX_NUMBER) | TABLE(LEX_TIME_WORD) | TABLE(LEX_FIRST_NAME);

static void add_word(Link *link, Terms *terms, Str word, double weight) {
    const LexWord *entry =
        lexicon_word(link->analysis->text.lexicon, hash_str(word));

    if (word.len >= 2 && !(entry && entry->keys & COMMON)) {
        add_term(link->arena, terms, term_hash(word), weight,
                 entry && (entry->keys | entry->opens) & KNOWN);
    }
}

/* Add the words of a folded text; those before byte `lead` weigh more. */
static void add_words(Link *link, Terms *terms, Str folded, size_t lead,
                      double weight) {
    size_t begin = 0;

    for (size_t at = 0; at <= folded.len; at++) {
        if (at < folded.len && (ascii_alnum(folded.ptr[at]) ||
                                (unsigned char)folded.ptr[at] >= 0x80)) {
            continue;
        }
        add_word(link, terms, str_slice(folded, begin, at),
                 begin < lead ? LEAD_WEIGHT : weight);
        begin = at + 1;
    }
}

/* The first bytes of the body, cut where a character ends. */
static void add_body(Link *link, Terms *terms) {
    Str text = link->analysis->clean.text;
    const SpanList *body = &link->analysis->clean.body;
    size_t left = TEXT_BYTES, lead = LEAD_BYTES;

    for (uint32_t i = 0; i < body->count && left > 0; i++) {
        Str piece = str_at(text, body->items[i]);

        if (piece.len > left) {
            size_t end = left;

            while (end > 0 && ((unsigned char)piece.ptr[end] & 0xC0) == 0x80) {
                end--;
            }
            piece = str_slice(piece, 0, end);
            left = piece.len;
        }
        add_words(link, terms, utf8_plain(link->arena, piece), lead, 1);
        left -= piece.len;
        lead -= piece.len < lead ? piece.len : lead;
    }
}

/* ------------------------------------------------------------------- rarity */

/* 1 for a term of no other report, towards 0 for one of all. */
static double rarity(double reports, double of_all) {
    double all = log(of_all + PRIOR + 1);

    return pow((all - log(reports + 1)) / all, RARITY_POWER);
}

static int by_rarity(const void *x, const void *y) {
    const Term *a = x, *b = y;

    if (a->rare != b->rare) {
        return a->rare < b->rare ? 1 : -1;
    }
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static void index_terms(Terms *terms, Arena *arena) {
    map_init(&terms->index, arena, terms->count);
    terms->norm = 0;
    for (uint32_t i = 0; i < terms->count; i++) {
        map_put(&terms->index, terms->items[i].hash, i, NULL);
        terms->norm += terms->items[i].rare * terms->items[i].rare;
    }
    terms->norm = sqrt(terms->norm);
}

/* Weigh all terms and keep the strongest. */
static void weigh(Link *link, Terms *terms) {
    static const char count_of[] = "SELECT reports FROM term WHERE term = ?1";
    double of_all = (double)one(link, count_of, 0, 0) + 1;

    for (uint32_t i = 0; i < terms->count; i++) {
        Term *term = &terms->items[i];
        int64_t reports = one(link, count_of, (int64_t)term->hash, 0) + 1 +
                          (term->known ? PRIOR_OF_KNOWN : 0);

        term->weight = term->weight > 1 ? 1 + log(term->weight) : 1;
        term->rare = term->weight * rarity((double)reports, of_all);
    }
    if (terms->count) {
        qsort(terms->items, terms->count, sizeof *terms->items, by_rarity);
    }
    if (terms->count > TERMS_MAX) {
        terms->count = TERMS_MAX;
    }
    index_terms(terms, link->arena);
}

static Terms read_terms(Link *link) {
    Terms terms = {0};
    Str title = link->analysis->clean.title;

    map_init(&terms.index, link->arena, 256);
    add_words(link, &terms, utf8_plain(link->arena, title), 0, TITLE_WEIGHT);
    add_body(link, &terms);
    weigh(link, &terms);
    return terms;
}

/* -------------------------------------------------------------- the index */

static void count_term(Link *link, uint64_t hash) {
    run1(link,
         "INSERT INTO term (term, reports) VALUES (?1, 1) ON CONFLICT (term) "
         "DO UPDATE SET reports = reports + 1",
         (int64_t)hash);
}

static void uncount_term(Link *link, uint64_t hash) {
    run1(link, "UPDATE term SET reports = reports - 1 WHERE term = ?1",
         (int64_t)hash);
    run1(link, "DELETE FROM term WHERE term = ?1 AND reports <= 0",
         (int64_t)hash);
}

static void keep_terms(Link *link, const Terms *terms) {
    Numbers packed = {0};
    sqlite3_stmt *q;

    count_term(link, 0);
    for (uint32_t i = 0; i < terms->count; i++) {
        const Term *term = &terms->items[i];

        count_term(link, term->hash);
        run2(link, "INSERT INTO report_term (term, report) VALUES (?1, ?2)",
             (int64_t)term->hash, link->report);
        numbers_push(link->arena, &packed,
                     term->hash << WEIGHT_BITS |
                         (uint64_t)(term->weight * WEIGHT_ONE));
    }
    trace_write(link, link->report,
                "INSERT INTO trace (report, terms) VALUES (?1, ?2) ON CONFLICT "
                "(report) DO UPDATE SET terms = excluded.terms",
                &packed);
    q = ask(link, "UPDATE trace SET norm = ?2 WHERE report = ?1");
    set_id(q, 1, link->report);
    if (q) {
        sqlite3_bind_double(q, 2, terms->norm);
    }
    run(link, q);
}

/* -------------------------------------------------------------- candidates */

typedef struct Near {
    int64_t report, story, line;
    double like; /* cosine of the two reports */
    int32_t day;
} Near;

typedef struct Nears {
    Near *items; /* arena */
    uint32_t count, capacity;
    Map index; /* report -> item */
} Nears;

static void add_sharing(Link *link, Nears *all, const Term *term) {
    sqlite3_stmt *q = ask(link, "SELECT report FROM report_term WHERE term = "
                                "?1 ORDER BY report DESC LIMIT ?2");

    set_id(q, 1, (int64_t)term->hash);
    set_id(q, 2, POSTINGS_MAX);
    while (next_row(link, q)) {
        int64_t report = sqlite3_column_int64(q, 0);
        bool is_new;
        uint32_t *at =
            map_put(&all->index, (uint64_t)report, all->count, &is_new);

        if (is_new) {
            all->items = arena_grow(link->arena, all->items, all->count,
                                    &all->capacity, sizeof *all->items);
            all->items[all->count++] = (Near){.report = report};
        }
        all->items[*at].like += term->rare * term->rare;
    }
}

static int by_likeness(const void *x, const void *y) {
    const Near *a = x, *b = y;

    if (a->like != b->like) {
        return a->like < b->like ? 1 : -1;
    }
    return a->report < b->report ? -1 : 1;
}

/* Days since 0000-03-01 of an ISO date; NO_DAY when there is none. Source:
 * Howard Hinnant, "chrono-compatible low-level date algorithms". */
static int32_t day_of(Str date) {
    int32_t number[3] = {0};
    size_t at = 0;

    for (int part = 0; part < 3; part++) {
        size_t digits = part == 0 ? 4 : 2;

        for (size_t i = 0; i < digits; i++, at++) {
            if (at >= date.len || !ascii_digit(date.ptr[at])) {
                return NO_DAY;
            }
            number[part] = number[part] * 10 + (date.ptr[at] - '0');
        }
        at++; /* the hyphen */
    }
    if (number[1] <= 2) {
        number[0]--;
    }
    return number[0] * 365 + number[0] / 4 - number[0] / 100 + number[0] / 400 +
           (153 * (number[1] + (number[1] > 2 ? -3 : 9)) + 2) / 5 + number[2];
}

/* The cosine with a stored report, and where that one stands. */
static void measure(Link *link, const Terms *mine, Near *near) {
    sqlite3_stmt *q = ask(
        link, "SELECT t.terms, t.norm, s.story, r.published, (SELECT storyline "
              "FROM story WHERE story = s.story) FROM trace t JOIN standing s "
              "ON s.report = t.report JOIN report r ON r.report = t.report "
              "WHERE t.report = ?1");
    double dot = 0, norm;
    Numbers theirs;

    near->like = 0;
    set_id(q, 1, near->report);
    if (!next_row(link, q)) {
        return;
    }
    theirs =
        numbers_unpack(link->arena, (Str){sqlite3_column_blob(q, 0),
                                          (size_t)sqlite3_column_bytes(q, 0)});
    norm = sqlite3_column_double(q, 1);
    near->story = sqlite3_column_int64(q, 2);
    near->day = day_of(column_str(q, 3));
    near->line = sqlite3_column_int64(q, 4);
    done(q);
    for (uint32_t i = 0; i < theirs.count; i++) {
        const uint32_t *at =
            map_find(&mine->index, theirs.items[i] >> WEIGHT_BITS);

        if (at) {
            const Term *term = &mine->items[*at];
            double weight =
                (double)(theirs.items[i] & ((1 << WEIGHT_BITS) - 1)) /
                WEIGHT_ONE;

            dot += term->rare * weight * term->rare / term->weight;
        }
    }
    if (norm > 0 && mine->norm > 0) {
        near->like = dot / (norm * mine->norm);
    }
}

static Nears find_near(Link *link, const Terms *terms) {
    Nears all = {0};

    map_init(&all.index, link->arena, 256);
    for (uint32_t i = 0; i < terms->count && i < ASKED_MAX; i++) {
        add_sharing(link, &all, &terms->items[i]);
    }
    if (all.count) {
        qsort(all.items, all.count, sizeof *all.items, by_likeness);
    }
    if (all.count > CANDIDATES_MAX) {
        all.count = CANDIDATES_MAX;
    }
    for (uint32_t i = 0; i < all.count; i++) {
        measure(link, terms, &all.items[i]);
    }
    if (all.count) {
        qsort(all.items, all.count, sizeof *all.items, by_likeness);
    }
    return all;
}

/* ---------------------------------------------------------------- choosing */

/* `near` at no days, `floor` after many. */
static double fade(double days, double span, double near, double floor) {
    return floor + (near - floor) * exp(-days / span);
}

/* What the days from `day` to the story's days make of it; 1 where one of them
 * is unknown. */
static double nearness(Link *link, int64_t story, int32_t day) {
    sqlite3_stmt *q =
        ask(link, "SELECT \"from\", \"to\" FROM story WHERE story = ?1");
    int32_t from = NO_DAY, to = NO_DAY;
    double days;

    set_id(q, 1, story);
    if (next_row(link, q)) {
        from = day_of(column_str(q, 0));
        to = day_of(column_str(q, 1));
        done(q);
    }
    if (day == NO_DAY || from == NO_DAY || to == NO_DAY) {
        return 1;
    }
    days = day < from ? from - day : day > to ? day - to : 0;
    days = days > STORY_GRACE ? days - STORY_GRACE : 0;
    return fade(days, STORY_DAYS, STORY_NEAR, STORY_FLOOR) *
           exp(-days / STORY_YEARS);
}

/* How like a story is: `first` is its closest report among `all`, which are
 * in falling order. */
static double story_likeness(Link *link, const Nears *all, uint32_t first,
                             int32_t day) {
    int64_t story = all->items[first].story;
    double sum = 0;
    uint32_t count = 0, of;

    for (uint32_t i = first; i < all->count && count < CLOSEST; i++) {
        if (all->items[i].story == story) {
            sum += all->items[i].like;
            count++;
        }
    }
    of = (uint32_t)one(link,
                       "SELECT count(*) FROM (SELECT 1 FROM standing WHERE "
                       "story = ?1 LIMIT 3)",
                       story, 1);
    return (all->items[first].like + sum / (of > count ? of : count)) / 2 *
           nearness(link, story, day);
}

/* The best story, or 0. */
static int64_t choose_story(Link *link, const Nears *all, int32_t day) {
    double best = STORY_LIKE;
    int64_t story = 0;
    Map seen;

    map_init(&seen, link->arena, all->count);
    for (uint32_t i = 0; i < all->count; i++) {
        bool is_new;
        double like;

        /* What is not like enough by its closest report cannot become so. */
        if (all->items[i].like * STORY_NEAR < best ||
            all->items[i].story == 0) {
            continue;
        }
        map_put(&seen, (uint64_t)all->items[i].story, 1, &is_new);
        like = is_new ? story_likeness(link, all, i, day) : 0;
        if (like > best) {
            best = like;
            story = all->items[i].story;
        }
    }
    return story;
}

/* ----------------------------------------------------------------- stories */

/* The title of report ?2: its own, or its first sentence. */
#define TITLE_OF_REPORT                                                        \
    "COALESCE(r.title, CAST(substr(CAST(r.text AS BLOB), 1 + "                 \
    "json_extract(r.sentences, '$[0][0]'), json_extract(r.sentences, "         \
    "'$[0][1]') - json_extract(r.sentences, '$[0][0]')) AS TEXT), '')"

/* The earliest comes first; one with a title before one without. */
#define HEAD_ORDER "r.title IS NULL, r.published IS NULL, r.published, r.report"

/* Days and head of a story that a report has left. */
static void refresh_story(Link *link, int64_t story) {
    run1(link,
         "UPDATE story SET \"from\" = (SELECT min(substr(r.published, 1, 10)) "
         "FROM standing s JOIN report r ON r.report = s.report WHERE s.story = "
         "?1), \"to\" = (SELECT max(substr(r.published, 1, 10)) FROM standing "
         "s JOIN report r ON r.report = s.report WHERE s.story = ?1), head = "
         "(SELECT r.report FROM standing s JOIN report r ON r.report = "
         "s.report WHERE s.story = ?1 ORDER BY " HEAD_ORDER " LIMIT 1) "
         "WHERE story = ?1",
         story);
    run1(link,
         "UPDATE story SET title = (SELECT " TITLE_OF_REPORT " FROM report r "
         "WHERE r.report = head) WHERE story = ?1",
         story);
}

static int64_t found_story(Link *link) {
    run1(link,
         "INSERT INTO story (story, storyline, head, title, \"from\", \"to\") "
         "SELECT report, report, report, " TITLE_OF_REPORT ", "
         "substr(published, 1, 10), substr(published, 1, 10) FROM report r "
         "WHERE report = ?1",
         link->report);
    return link->report;
}

/* The new report widens the story's days and may be its head; the others of
 * the story are not read, however many they are. */
static void join_story(Link *link, int64_t story) {
    run2(link,
         "UPDATE story SET \"from\" = COALESCE(min(\"from\", n.day), \"from\", "
         "n.day), \"to\" = COALESCE(max(\"to\", n.day), \"to\", n.day) FROM "
         "(SELECT substr(published, 1, 10) AS day FROM report WHERE report = "
         "?2) n WHERE story = ?1",
         story, link->report);
    run2(link,
         "UPDATE story SET head = (SELECT r.report FROM report r WHERE "
         "r.report IN (story.head, ?2) ORDER BY " HEAD_ORDER " LIMIT 1) "
         "WHERE story = ?1",
         story, link->report);
    run2(link,
         "UPDATE story SET title = (SELECT " TITLE_OF_REPORT " FROM report r "
         "WHERE r.report = head) WHERE story = ?1 AND head = ?2",
         story, link->report);
}

/* Join the lines of all stories that are like enough to this one's. */
static void join_lines(Link *link, const Nears *all, int64_t story,
                       int32_t day) {
    int64_t line =
        one(link, "SELECT storyline FROM story WHERE story = ?1", story, story);

    for (uint32_t i = 0; i < all->count; i++) {
        const Near *near = &all->items[i];
        double days = day == NO_DAY || near->day == NO_DAY
                          ? 0
                          : fabs((double)day - near->day);
        int64_t other = near->line;

        if (near->like * fade(days, LINE_DAYS, 1, LINE_FLOOR) < LINE_LIKE) {
            continue;
        }
        other = one(link, "SELECT storyline FROM story WHERE story = ?1",
                    near->story, line);
        if (other != line) {
            run2(link, "UPDATE story SET storyline = ?1 WHERE storyline = ?2",
                 other < line ? other : line, other < line ? line : other);
            line = other < line ? other : line;
        }
    }
}

void stories_link(Link *link) {
    Terms terms = read_terms(link);
    Nears all = find_near(link, &terms);
    int32_t day = day_of(link->analysis->clean.published);
    int64_t story = choose_story(link, &all, day);

    if (story == 0) {
        story = found_story(link);
    } else {
        join_story(link, story);
    }
    run2(link, "UPDATE standing SET story = ?1 WHERE report = ?2", story,
         link->report);
    keep_terms(link, &terms);
    join_lines(link, &all, story, day);
}

/* -------------------------------------------------------------- forgetting */

/* A story is named by its founder; when that one goes, by the least left. */
static void rename_story(Link *link, int64_t story) {
    int64_t least = one(
        link, "SELECT min(report) FROM standing WHERE story = ?1", story, 0);
    int64_t line =
        one(link, "SELECT storyline FROM story WHERE story = ?1", story, story);

    if (least != 0 && least == story) {
        return;
    }
    if (least != 0) {
        run2(link,
             "INSERT INTO story (story, storyline, head, title) VALUES (?1, "
             "?2, ?1, '')",
             least, line);
        run2(link, "UPDATE standing SET story = ?1 WHERE story = ?2", least,
             story);
    }
    run1(link, "DELETE FROM story WHERE story = ?1", story);
    /* The line is named by its least story. */
    run1(link,
         "UPDATE story SET storyline = (SELECT min(story) FROM story WHERE "
         "storyline = ?1) WHERE storyline = ?1",
         line);
    if (least != 0) {
        refresh_story(link, least);
    }
}

void stories_forget(Link *link) {
    Numbers terms = trace_read(link, link->report,
                               "SELECT terms FROM trace WHERE report = ?1");
    int64_t story = one(link, "SELECT story FROM standing WHERE report = ?1",
                        link->report, 0);

    for (uint32_t i = 0; i < terms.count; i++) {
        uint64_t hash = terms.items[i] >> WEIGHT_BITS;

        uncount_term(link, hash);
        run2(link, "DELETE FROM report_term WHERE term = ?1 AND report = ?2",
             (int64_t)hash, link->report);
    }
    if (story == 0) {
        return;
    }
    uncount_term(link, 0);
    run1(link, "UPDATE standing SET story = NULL WHERE report = ?1",
         link->report);
    rename_story(link, story);
    if (one(link, "SELECT 1 FROM story WHERE story = ?1", story, 0)) {
        refresh_story(link, story);
    }
}
