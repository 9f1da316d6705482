/* SPDX-License-Identifier: Apache-2.0 */
/* link/claims.c - quotes and figures that are one claim, and one statement.
 *
 * Room: link. A reprint says the same words of the same person: such quotes
 * share `claim`, the least quote number among them. A statement is one
 * utterance in whatever cut; two quotes are one when the words of the shorter
 * all but stand in the longer and the speakers may be the same:
 *
 *     "We are ready for talks with all parties, at any time"     Hale
 *     "ready for talks with all parties"                          Hale
 *
 * Candidates come from the index of winnowed four-word runs, quote_mark. A
 * short quote ("ready") has no such run: only equal words join it, and only
 * where the speaker is the same. What one speaker said within a few days is
 * compared in other words too (wording.h), found by speaker and term. Figures
 * are one claim where sentence and number are equal. */
#include <stdlib.h>
#include <string.h>

#include "link/wording.h"

enum {
    GRAM = 4,          /* words of a mark */
    WINDOW = 3,        /* of which hashes the least is a mark */
    MARKS_MAX = 200,   /* of one quote */
    POSTINGS_MAX = 50, /* quotes of one mark that are looked at */
    EQUALS_MAX = 50,   /* quotes of equal words that are looked at */
    COVERED_PERCENT = 80,
    DAYS_APART = 3,
    LONG_WORDS = 8, /* equal words by chance: not from here on */
};

/* A quote as it is compared. */
typedef struct Said {
    int64_t quote, report, claim, statement;
    int64_t speaker; /* entity, 0: unknown */
    Str speaker_name;
    int64_t day; /* of publication, 0: unknown */
    Words words;
    Terms terms;
} Said;

static uint64_t run_hash(const PlainWord *words) {
    uint64_t hash = HASH_SEED;

    for (int i = 0; i < GRAM; i++) {
        hash = (hash ^ words[i].hash) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return hash >> 1; /* never negative in SQL */
}

static Numbers marks_of(Arena *arena, const Words *words) {
    Numbers list = {0};
    uint32_t count = words->count < GRAM ? 0 : words->count - GRAM + 1;

    for (uint32_t i = 0; i < count && list.count < MARKS_MAX; i++) {
        uint64_t least = UINT64_MAX;

        for (uint32_t k = i; k < i + WINDOW && k < count; k++) {
            uint64_t hash = run_hash(&words->items[k]);

            least = hash < least ? hash : least;
        }
        numbers_push(arena, &list, least);
    }
    numbers_sort(&list);
    return list;
}

/* Words of the shorter that stand, in runs of two and more, in the longer. */
static uint32_t covered_words(Arena *arena, const Words *shorter,
                              const Words *longer) {
    Map places;
    uint32_t covered = 0;
    bool before = false;

    map_init(&places, arena, longer->count);
    for (uint32_t i = 0; i + 1 < longer->count; i++) {
        map_put(&places,
                ((uint64_t)longer->items[i].hash << 32) |
                    longer->items[i + 1].hash,
                1, NULL);
    }
    for (uint32_t i = 0; i < shorter->count; i++) {
        bool here = i + 1 < shorter->count &&
                    map_find(&places, ((uint64_t)shorter->items[i].hash << 32) |
                                          shorter->items[i + 1].hash) != NULL;

        covered += here || before;
        before = here;
    }
    return covered;
}

/* Speakers that may be one: the same entity, or one of them unknown. */
static bool speakers_agree(const Said *a, const Said *b) {
    if (a->speaker && b->speaker) {
        return a->speaker == b->speaker;
    }
    if (a->speaker_name.len && b->speaker_name.len) {
        return str_equal_fold(a->speaker_name, b->speaker_name);
    }
    return true;
}

/* In other words only what was said about the same time is one. */
static bool days_agree(const Said *a, const Said *b) {
    int64_t apart = a->day > b->day ? a->day - b->day : b->day - a->day;

    return !a->day || !b->day || apart <= DAYS_APART;
}

static bool same_words(const Words *a, const Words *b) {
    if (a->count != b->count) {
        return false;
    }
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->items[i].hash != b->items[i].hash) {
            return false;
        }
    }
    return true;
}

static bool one_statement(Arena *arena, const Said *a, const Said *b) {
    const Words *shorter =
        a->words.count <= b->words.count ? &a->words : &b->words;
    const Words *longer = shorter == &a->words ? &b->words : &a->words;

    if (!speakers_agree(a, b)) {
        return false;
    }
    if (same_words(shorter, longer)) {
        return shorter->count >= LONG_WORDS ||
               (a->speaker && a->speaker == b->speaker);
    }
    if (shorter->count >= GRAM && covered_words(arena, shorter, longer) * 100 >=
                                      shorter->count * COVERED_PERCENT) {
        return true;
    }
    return a->speaker && a->speaker == b->speaker && days_agree(a, b) &&
           terms_agree(&a->terms, &b->terms);
}

/* ------------------------------------------------------------------ quotes */

/* The quote of a row of the query of read_said(). */
static Said said_of_row(Link *link, sqlite3_stmt *q) {
    Said said = {.quote = sqlite3_column_int64(q, 0),
                 .report = sqlite3_column_int64(q, 1),
                 .claim = sqlite3_column_int64(q, 2),
                 .statement = sqlite3_column_int64(q, 3),
                 .speaker = sqlite3_column_int64(q, 4)};
    Str text = str_dup(link->arena, column_str(q, 6));
    Span all = {0, (uint32_t)text.len};
    SpanList body = {&all, 1, 1};

    said.speaker_name = str_dup(link->arena, column_str(q, 5));
    said.day = sqlite3_column_int64(q, 7);
    words_read(link->arena, text, &body, NULL, &said.words);
    terms_read(link->lexicon, text, &said.words, &said.terms);
    return said;
}

static bool read_said(Link *link, int64_t quote, Said *out) {
    sqlite3_stmt *q =
        ask(link, "SELECT q.quote, q.report, q.claim, q.statement, q.speaker, "
                  "q.speaker_name, substr(CAST(r.text AS BLOB), q.begin + 1, "
                  "q.end - q.begin), coalesce(CAST(julianday(r.published) AS "
                  "INTEGER), 0) FROM quote q JOIN report r ON r.report = "
                  "q.report WHERE q.quote = ?1");

    set_id(q, 1, quote);
    if (!next_row(link, q)) {
        return false;
    }
    *out = said_of_row(link, q);
    done(q);
    return true;
}

void collect(Link *link, const char *sql, int64_t key, int limit,
             Numbers *out) {
    sqlite3_stmt *q = ask(link, sql);

    set_id(q, 1, key);
    set_id(q, 2, limit);
    while (next_row(link, q)) {
        numbers_push(link->arena, out, (uint64_t)sqlite3_column_int64(q, 0));
    }
}

/* Earlier quotes that have a mark or all words in common with this one. */
static Numbers rivals_of(Link *link, uint64_t key, const Numbers *marks) {
    Numbers rivals = {0};

    collect(link,
            "SELECT quote FROM quote WHERE key = ?1 ORDER BY quote LIMIT ?2",
            (int64_t)key, EQUALS_MAX, &rivals);
    for (uint32_t i = 0; i < marks->count; i++) {
        collect(link,
                "SELECT quote FROM quote_mark WHERE mark = ?1 ORDER BY quote "
                "LIMIT ?2",
                (int64_t)marks->items[i], POSTINGS_MAX, &rivals);
    }
    numbers_sort(&rivals);
    return rivals;
}

static int by_number(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

    return a < b ? -1 : a > b;
}

/* Push to `out` the numbers that `hits` holds `least` times and more. */
static void push_frequent(Arena *arena, Numbers *hits, uint32_t least,
                          Numbers *out) {
    uint32_t end;

    if (hits->count) {
        qsort(hits->items, hits->count, sizeof *hits->items, by_number);
    }
    for (uint32_t i = 0; i < hits->count; i = end) {
        for (end = i; end < hits->count && hits->items[end] == hits->items[i];
             end++) {
        }
        if (end - i >= least) {
            numbers_push(arena, out, hits->items[i]);
        }
    }
}

/* Earlier quotes of the same speaker that share enough terms. */
static void collect_renderings(Link *link, const Numbers *keys,
                               Numbers *rivals) {
    Numbers hits = {0};

    for (uint32_t i = 0; i < keys->count; i++) {
        collect(link,
                "SELECT quote FROM quote_mark WHERE mark = ?1 ORDER BY quote "
                "DESC LIMIT ?2",
                (int64_t)keys->items[i], POSTINGS_MAX, &hits);
    }
    push_frequent(link->arena, &hits, TERMS_SHARED_MIN, rivals);
    numbers_sort(rivals);
}

static bool are_copies(Link *link, int64_t a, int64_t b) {
    sqlite3_stmt *q = ask(link, "SELECT 1 FROM copy WHERE a = ?1 AND b = ?2");
    bool found;

    set_id(q, 1, a < b ? a : b);
    set_id(q, 2, a < b ? b : a);
    found = next_row(link, q);
    done(q);
    return found;
}

int64_t unite(Link *link, const char *sql, int64_t a, int64_t b) {
    int64_t least = a < b ? a : b;

    if (a != b) {
        run2(link, sql, least, a < b ? b : a);
    }
    return least;
}

static void compare_said(Link *link, Said *mine, int64_t rival) {
    Said other;

    if (rival == mine->quote || !read_said(link, rival, &other) ||
        !one_statement(link->arena, mine, &other)) {
        return;
    }
    mine->statement =
        unite(link, "UPDATE quote SET statement = ?1 WHERE statement = ?2",
              mine->statement, other.statement);
    if (same_words(&mine->words, &other.words) &&
        (mine->words.count >= LONG_WORDS ||
         are_copies(link, mine->report, other.report))) {
        mine->claim =
            unite(link, "UPDATE quote SET claim = ?1 WHERE claim = ?2",
                  mine->claim, other.claim);
    }
}

int64_t entity_of(const Link *link, const Party *party) {
    return party->entity < 0 ? 0 : link->entities[party->entity];
}

void set_entity(sqlite3_stmt *q, int parameter, int64_t entity) {
    if (entity) {
        set_id(q, parameter, entity);
    }
}

static void put_marks(Link *link, int64_t quote, const Numbers *marks) {
    for (uint32_t i = 0; i < marks->count; i++) {
        run2(link,
             "INSERT OR IGNORE INTO quote_mark (mark, quote) VALUES (?1, ?2)",
             (int64_t)marks->items[i], quote);
    }
}

/* Equal words of one speaker; of an unknown one, of anybody unknown. */
static uint64_t quote_key(Str words, int64_t speaker) {
    char bytes[8];

    memcpy(bytes, &speaker, sizeof bytes);
    return hash_more(words_hash(words, NULL), (Str){bytes, sizeof bytes}) >> 1;
}

static void link_quote(Link *link, int64_t number, const Quote *quote) {
    Str words = str_at(link->analysis->text.bytes, quote->span);
    int64_t speaker = entity_of(link, &quote->speaker);
    uint64_t key = quote_key(words, speaker);
    Numbers marks, rivals, keys = {0};
    Said mine;
    sqlite3_stmt *q = ask(link, "UPDATE quote SET speaker = ?2, addressee = "
                                "?3, key = ?4 WHERE quote = ?1");

    set_id(q, 1, number);
    set_entity(q, 2, speaker);
    set_entity(q, 3, entity_of(link, &quote->addressee));
    set_id(q, 4, (int64_t)key);
    run(link, q);
    if (!read_said(link, number, &mine)) {
        return;
    }
    marks = marks_of(link->arena, &mine.words);
    rivals = rivals_of(link, key, &marks);
    if (speaker) {
        keys = terms_keys(link->arena, &mine.terms, speaker);
        collect_renderings(link, &keys, &rivals);
    }
    for (uint32_t i = 0; i < rivals.count; i++) {
        compare_said(link, &mine, (int64_t)rivals.items[i]);
    }
    put_marks(link, number, &marks);
    put_marks(link, number, &keys);
}

/* ----------------------------------------------------------------- figures */

Str sentence_of(const Analysis *analysis, Span span) {
    for (uint32_t i = 0; i < analysis->text.sentence_count; i++) {
        Span sentence = analysis->text.sentences[i].span;

        if (span_holds(sentence, span)) {
            return str_at(analysis->text.bytes, sentence);
        }
    }
    return str_at(analysis->text.bytes, span);
}

static void link_figure(Link *link, int64_t number, const Figure *figure) {
    Str own = str_at(link->analysis->text.bytes, figure->span);
    uint64_t key =
        (words_hash(sentence_of(link->analysis, figure->span), NULL) *
             UINT64_C(0x9E3779B97F4A7C15) ^
         words_hash(own, NULL)) >>
        1;
    int64_t claim = one(link, "SELECT min(claim) FROM figure WHERE key = ?1",
                        (int64_t)key, number);
    sqlite3_stmt *q = ask(link, "UPDATE figure SET claimant = ?2, key = ?3, "
                                "claim = ?4 WHERE figure = ?1");

    set_id(q, 1, number);
    set_entity(q, 2, entity_of(link, &figure->claimant));
    set_id(q, 3, (int64_t)key);
    set_id(q, 4, claim);
    run(link, q);
}

/* ------------------------------------------------------------------- public */

/* store_put() numbered the claims of a report in a row, in their order. */
void claims_link(Link *link) {
    const Analysis *analysis = link->analysis;
    int64_t first = one(link, "SELECT min(quote) FROM quote WHERE report = ?1",
                        link->report, 0);

    for (uint32_t i = 0; i < analysis->quote_count; i++) {
        link_quote(link, first + i, &analysis->quotes[i]);
    }
    first = one(link, "SELECT min(figure) FROM figure WHERE report = ?1",
                link->report, 0);
    for (uint32_t i = 0; i < analysis->figure_count; i++) {
        link_figure(link, first + i, &analysis->figures[i]);
    }
}

/* -------------------------------------------------------------- forgetting */

/* Join again what is left of a statement, as if it were added anew. */
static void rejoin(Link *link, const Numbers *quotes) {
    for (uint32_t i = 0; i < quotes->count; i++) {
        int64_t number = (int64_t)quotes->items[i];
        int64_t key =
            one(link, "SELECT key FROM quote WHERE quote = ?1", number, 0);
        Numbers marks, rivals;
        Said mine;

        if (!read_said(link, number, &mine)) {
            return;
        }
        marks = marks_of(link->arena, &mine.words);
        rivals = rivals_of(link, (uint64_t)key, &marks);
        if (mine.speaker) {
            Numbers keys = terms_keys(link->arena, &mine.terms, mine.speaker);
            collect_renderings(link, &keys, &rivals);
        }
        for (uint32_t k = 0; k < rivals.count; k++) {
            compare_said(link, &mine, (int64_t)rivals.items[k]);
        }
    }
}

static void forget_quotes(Link *link) {
    Numbers groups = {0};

    collect(link,
            "SELECT DISTINCT statement FROM quote WHERE report = ?1 LIMIT ?2",
            link->report, -1, &groups);
    run1(link,
         "DELETE FROM quote_mark WHERE quote IN (SELECT quote FROM "
         "quote WHERE report = ?1)",
         link->report);
    run1(link,
         "UPDATE quote SET statement = quote, claim = quote, key = 0 "
         "WHERE report = ?1",
         link->report);
    for (uint32_t i = 0; i < groups.count; i++) {
        int64_t group = (int64_t)groups.items[i];
        Numbers left = {0};

        collect(link,
                "SELECT quote FROM quote WHERE statement = ?1 AND key <> 0 "
                "ORDER BY quote LIMIT ?2",
                group, -1, &left);
        run1(link,
             "UPDATE quote SET statement = quote, claim = quote WHERE "
             "statement = ?1 AND key <> 0",
             group);
        rejoin(link, &left);
    }
}

static void forget_figures(Link *link) {
    Numbers keys = {0};

    collect(link, "SELECT DISTINCT key FROM figure WHERE report = ?1 LIMIT ?2",
            link->report, -1, &keys);
    run1(link, "UPDATE figure SET key = 0, claim = figure WHERE report = ?1",
         link->report);
    for (uint32_t i = 0; i < keys.count; i++) {
        int64_t key = (int64_t)keys.items[i];

        if (key) {
            run1(link,
                 "UPDATE figure SET claim = (SELECT min(figure) FROM figure "
                 "WHERE key = ?1) WHERE key = ?1",
                 key);
        }
    }
}

void claims_forget(Link *link) {
    forget_quotes(link);
    forget_figures(link);
}
