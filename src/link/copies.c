/* SPDX-License-Identifier: Apache-2.0 */
/* link/copies.c - which earlier reports a new one shares passages with.
 *
 * Room: link. Every five words in a row give a hash; of every four hashes in a
 * row the least is the fingerprint (winnowing, Schleimer et al. 2003), so that
 * any eight words that two reports share give a common one. The index tells
 * which reports have it; a fingerprint that hundreds have counts little, and
 * only its first reports are looked at, so that the cost stays bounded when a
 * text is reprinted everywhere. The best candidates are aligned word by word.
 *
 * What the alignment says becomes a kind (data for the limits: pairs of real
 * reports labelled by a reader):
 *
 *     same    nearly all words of both, or of all but their ends
 *     edited  more than half of the words of the shorter
 *     quote   nothing but what stands between quotation marks
 *     part    less, but a sentence or more of the reporter's own prose  */
#include <stdlib.h>
#include <string.h>

#include "link/inside.h"
#include "store/postings.h"

enum {
    GRAM = 8,            /* words of a fingerprint */
    WINDOW = 8,          /* hashes of which the least is taken */
    POSTINGS_MAX = 50,   /* reports of one fingerprint that are looked at */
    COMMON = 10,         /* a fingerprint of more reports counts less */
    CANDIDATES_MAX = 20, /* reports that are aligned */
    PROSE_RUN_MIN = 12,  /* own words in a row that are no stock phrase */
    PROSE_MIN = 20,      /* own words in all: a sentence */
    QUOTE_MIN = 8,       /* quoted words */
};

typedef struct Candidate {
    int64_t report;
    double hits;
} Candidate;

typedef struct Candidates {
    Map index;        /* report number -> item */
    Candidate *items; /* arena */
    uint32_t count, capacity;
} Candidates;

/* A pair of reports, compared. `a` is the earlier one. */
typedef struct Pair {
    int64_t a, b;
    const char *kind; /* NULL: no copy */
    double share_a, share_b;
    bool one_source;
    Str why;
} Pair;

/* ------------------------------------------------------------ fingerprints */

static uint64_t gram_hash(const PlainWord *words) {
    uint64_t hash = HASH_SEED;

    for (int i = 0; i < GRAM; i++) {
        hash = (hash ^ words[i].hash) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return hash;
}

/* The least hash of each window; of equal ones the last, which stays the
 * least for longest. */
static Numbers fingerprints_of(Arena *arena, const Words *words) {
    Numbers list = {0};
    uint32_t count = words->count < GRAM ? 0 : words->count - GRAM + 1;
    uint64_t *hashes = arena_alloc(arena, (size_t)count * 8 + 1);

    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = gram_hash(&words->items[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t end = i + WINDOW < count ? i + WINDOW : count, least = i;

        for (uint32_t k = i + 1; k < end; k++) {
            if (hashes[k] <= hashes[least]) {
                least = k;
            }
        }
        if (list.count == 0 || list.items[list.count - 1] != hashes[least]) {
            numbers_push(arena, &list, hashes[least]);
        }
    }
    numbers_sort(&list);
    return list;
}

static void index_fingerprints(Link *link, int64_t report,
                               const Numbers *list) {
    if (link->status == OK) {
        link->status =
            postings_add(link->store, POSTING_FINGERPRINT, list->items,
                         list->count, report, link->err);
    }
}

static void unindex_fingerprints(Link *link, int64_t report,
                                 const Numbers *list) {
    if (link->status == OK) {
        link->status =
            postings_remove(link->store, POSTING_FINGERPRINT, list->items,
                            list->count, report, link->err);
    }
}

/* -------------------------------------------------------------- candidates */

/* A report's search for candidates. */
typedef struct Search {
    Link *link;
    Candidates all;
} Search;

static void add_hit(Search *search, int64_t report, double hits) {
    Candidates *all = &search->all;
    bool is_new;
    uint32_t *at = map_put(&all->index, (uint64_t)report, all->count, &is_new);

    if (is_new) {
        all->items = arena_grow(search->link->arena, all->items, all->count,
                                &all->capacity, sizeof *all->items);
        all->items[all->count++] = (Candidate){report, 0};
    }
    all->items[*at].hits += hits;
}

static void add_postings(void *context, uint32_t which, const int64_t *reports,
                         uint32_t count) {
    Search *search = context;

    (void)which;
    for (uint32_t i = 0; i < count; i++) {
        if (reports[i] != search->link->report) {
            add_hit(search, reports[i],
                    count <= COMMON ? 1 : (double)COMMON / count / count);
        }
    }
}

static int by_hits(const void *x, const void *y) {
    const Candidate *a = x, *b = y;

    if (a->hits != b->hits) {
        return a->hits < b->hits ? 1 : -1;
    }
    return a->report < b->report ? -1 : 1;
}

static Candidates find_candidates(Link *link, const Numbers *fingerprints) {
    Search search = {.link = link};
    Candidates *all = &search.all;

    map_init(&all->index, link->arena, 64);
    if (link->status == OK) {
        link->status =
            postings_find(link->store, POSTING_FINGERPRINT, fingerprints->items,
                          fingerprints->count, POSTINGS_FIRST, POSTINGS_MAX,
                          add_postings, &search, link->err);
    }
    if (all->count) {
        qsort(all->items, all->count, sizeof *all->items, by_hits);
    }
    if (all->count > CANDIDATES_MAX) {
        all->count = CANDIDATES_MAX;
    }
    return *all;
}

/* -------------------------------------------------------------------- kinds */

static double share(uint32_t part, uint32_t whole) {
    return whole ? (double)part / whole : 0;
}

/* What one text has more than the other stands before or behind all that they
 * share: the menus and notes of a page, which cleaning may have left. */
static bool only_ends_differ(const Alignment *found, double of_shorter,
                             double of_longer) {
    return of_shorter >= 0.85 && of_longer >= 0.75 &&
           found->shared_a >= 0.95 * found->range_a &&
           found->shared_b >= 0.95 * found->range_b;
}

static const char *kind_of(const Alignment *found, double share_a,
                           double share_b) {
    double of_shorter = share_a > share_b ? share_a : share_b;
    double of_longer = share_a > share_b ? share_b : share_a;
    bool speech = found->prose * 8 < found->shared_a ||
                  found->prose < PROSE_MIN ||
                  found->longest_prose < PROSE_RUN_MIN;

    if (found->count == 0) {
        return NULL;
    }
    if (of_longer >= 0.9 || only_ends_differ(found, of_shorter, of_longer)) {
        return "same";
    }
    if (!speech) {
        return of_shorter > 0.5 ? "edited" : "part";
    }
    /* A few words of prose that many write are no copy at all. */
    return found->shared_a - found->prose >= QUOTE_MIN ? "quote" : NULL;
}

/* The agency that both credit, or that one credits while the other credits
 * nobody; empty: none. */
static Str common_agency(const StrList *a, const StrList *b) {
    if (a->count == 0 && b->count > 0) {
        return b->items[0];
    }
    if (b->count == 0 && a->count > 0) {
        return a->items[0];
    }
    for (uint32_t i = 0; i < a->count; i++) {
        if (str_list_has(b, a->items[i])) {
            return a->items[i];
        }
    }
    return str_of("");
}

/* One source: one text, or an agency's prose, more than the odd sentence, in
 * both. Speech that both heard makes no common source. */
static void judge_source(Arena *arena, const Stored *a, const Stored *b,
                         const Alignment *found, Pair *pair) {
    Str agency;

    if (strcmp(pair->kind, "same") == 0 || strcmp(pair->kind, "edited") == 0) {
        pair->one_source = true;
        pair->why = str_format(arena, "link/copy: %u words in %u passages",
                               found->shared_a, found->count);
        return;
    }
    agency = common_agency(&a->credit, &b->credit);
    if (strcmp(pair->kind, "part") == 0 && agency.len > 0) {
        pair->one_source = true;
        pair->why = str_format(arena, "link/agency: %.*s, %u words of prose",
                               (int)agency.len, agency.ptr, found->prose);
        return;
    }
    pair->why =
        str_format(arena, "link/passage: %u words in %u passages, %u of prose",
                   found->shared_a, found->count, found->prose);
}

/* ----------------------------------------------------------------- keeping */

static void put_copy(Link *link, const Pair *pair) {
    sqlite3_stmt *q =
        ask(link, "INSERT INTO copy (a, b, kind, share_a, share_b, why, "
                  "one_source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    set_id(q, 1, pair->a);
    set_id(q, 2, pair->b);
    set_str(q, 3, str_of(pair->kind));
    if (q) {
        sqlite3_bind_double(q, 4, pair->share_a);
        sqlite3_bind_double(q, 5, pair->share_b);
    }
    set_str(q, 6, pair->why);
    set_id(q, 7, pair->one_source);
    run(link, q);
}

static void put_passages(Link *link, const Pair *pair, const Words *a,
                         const Words *b, const Alignment *found) {
    for (uint32_t i = 0; i < found->count; i++) {
        Passage passage = found->items[i];
        sqlite3_stmt *q =
            ask(link, "INSERT OR IGNORE INTO passage (a, b, a_begin, a_end, "
                      "b_begin, b_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

        set_id(q, 1, pair->a);
        set_id(q, 2, pair->b);
        set_id(q, 3, a->items[passage.a].begin);
        set_id(q, 4, a->items[passage.a_end - 1].end);
        set_id(q, 5, b->items[passage.b].begin);
        set_id(q, 6, b->items[passage.b_end - 1].end);
        run(link, q);
    }
}

/* A report, read and cut into words. */
typedef struct Side {
    Stored stored;
    Words words;
} Side;

static bool read_side(Link *link, int64_t report, Side *out) {
    if (!stored_read(link, report, &out->stored)) {
        return false;
    }
    words_read(link->arena, out->stored.text, &out->stored.body,
               &out->stored.headings, &out->words);
    return true;
}

/* Compare with one other report; keep what they share. */
static void compare(Link *link, const Side *mine, const Grams *grams,
                    int64_t other) {
    bool first = mine->stored.report < other;
    Alignment found;
    Side theirs;
    Pair pair = {.a = first ? mine->stored.report : other,
                 .b = first ? other : mine->stored.report};

    if (!read_side(link, other, &theirs)) {
        return;
    }
    align(link->arena, grams, &theirs.words, &found);
    if (!first) {
        for (uint32_t i = 0; i < found.count; i++) {
            Passage p = found.items[i];

            found.items[i] = (Passage){p.b, p.b_end, p.a, p.a_end};
        }
    }
    pair.share_a = share(first ? found.shared_a : found.shared_b,
                         first ? mine->words.count : theirs.words.count);
    pair.share_b = share(first ? found.shared_b : found.shared_a,
                         first ? theirs.words.count : mine->words.count);
    pair.kind = kind_of(&found, pair.share_a, pair.share_b);
    if (pair.kind) {
        judge_source(link->arena, &mine->stored, &theirs.stored, &found, &pair);
        put_copy(link, &pair);
        put_passages(link, &pair, first ? &mine->words : &theirs.words,
                     first ? &theirs.words : &mine->words, &found);
    }
}

void copies_link(Link *link) {
    Side mine;
    Grams grams;
    Numbers fingerprints;
    Candidates candidates;

    if (!read_side(link, link->report, &mine)) {
        return;
    }
    fingerprints = fingerprints_of(link->arena, &mine.words);
    candidates = find_candidates(link, &fingerprints);
    grams_read(link->arena, &mine.words, &grams);
    for (uint32_t i = 0; i < candidates.count; i++) {
        compare(link, &mine, &grams, candidates.items[i].report);
    }
    index_fingerprints(link, link->report, &fingerprints);
    origin_join(link, link->report);
}

static Numbers partners(Link *link, int64_t report) {
    Numbers list = {0};
    sqlite3_stmt *q = ask(link, "SELECT b FROM copy WHERE a = ?1 UNION ALL "
                                "SELECT a FROM copy WHERE b = ?1");

    set_id(q, 1, report);
    while (next_row(link, q)) {
        numbers_push(link->arena, &list, (uint64_t)sqlite3_column_int64(q, 0));
    }
    return list;
}

static void delete_copies(Link *link, int64_t report) {
    run1(link, "DELETE FROM copy WHERE a = ?1", report);
    run1(link, "DELETE FROM copy WHERE b = ?1", report);
}

/* Take the report out of the index, by the words that it has now. */
void copies_unindex(Link *link, int64_t report) {
    Side side;

    if (read_side(link, report, &side)) {
        Numbers list = fingerprints_of(link->arena, &side.words);

        unindex_fingerprints(link, report, &list);
    }
}

void copies_again(Link *link, int64_t report) {
    Numbers others = partners(link, report), fingerprints;
    Side mine;
    Grams grams;

    if (!read_side(link, report, &mine)) {
        return;
    }
    delete_copies(link, report);
    fingerprints = fingerprints_of(link->arena, &mine.words);
    grams_read(link->arena, &mine.words, &grams);
    for (uint32_t i = 0; i < others.count; i++) {
        compare(link, &mine, &grams, (int64_t)others.items[i]);
    }
    index_fingerprints(link, report, &fingerprints);
    origin_split(link, report);
}

void copies_forget(Link *link) {
    delete_copies(link, link->report);
    copies_unindex(link, link->report);
    origin_split(link, link->report);
}
