/* SPDX-License-Identifier: Apache-2.0 */
/* store/postings.c - see postings.h: what the batch adds, until it is a
 * segment.
 *
 * Fresh postings of one key are a chain, newest first, under a slot of a hash
 * table; a log tells what was done since the last mark, so that one report of
 * a batch can be undone. */
#include "store/postings.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/inside.h"
#include "store/segments.h"

enum {
    SLOTS_MIN = 1 << 12, /* a power of two */
    MERGE_RATE = 4,      /* postings moved for each one that is new */
    RADIX_BITS = 12,     /* of a pass of the sort */
};

typedef struct Fresh {
    Posting posting;
    uint32_t before; /* of the same key: item + 1, 0: none */
    bool gone;
} Fresh;

typedef struct Done {
    uint32_t item;
    bool removed; /* else added */
} Done;

struct Postings {
    Segments segments;
    bool loaded;
    int64_t version;  /* of the data, as SQLite counts others' commits */
    Fresh *items;     /* owned, as all below */
    uint32_t *chains; /* a slot: the newest item + 1, 0: free */
    Done *log;        /* since the mark */
    uint32_t count, capacity, chain_count, log_count, log_capacity;
    int64_t first, last; /* no report of the items is before or after these */
    bool in_order;       /* no report came after one with a higher number */
};

/* ------------------------------------------------------------- open, close */

static void forget_fresh(Postings *postings) {
    free(postings->items);
    free(postings->chains);
    free(postings->log);
    postings->items = NULL;
    postings->chains = NULL;
    postings->log = NULL;
    postings->count = postings->capacity = postings->chain_count = 0;
    postings->log_count = postings->log_capacity = 0;
    postings->first = INT64_MAX;
    postings->last = 0;
    postings->in_order = true;
}

Postings *postings_new(void) {
    Postings *postings = calloc(1, sizeof *postings);

    if (postings) {
        segments_init(&postings->segments);
        forget_fresh(postings);
    }
    return postings;
}

void postings_rollback(Postings *postings) {
    forget_fresh(postings);
    segments_deinit(&postings->segments);
    segments_init(&postings->segments);
    postings->loaded = false;
}

void postings_free(Postings *postings) {
    if (postings) {
        postings_rollback(postings);
        segments_deinit(&postings->segments);
        free(postings);
    }
}

static Status no_memory(Store *store, Error *err) {
    return fail(err, ERR_NOMEM, "%s: out of memory", store_path(store));
}

/* Another writer may have committed since the last transaction. */
static Status make_ready(Store *store, Postings *postings, Error *err) {
    Status status;

    if (postings->loaded) {
        return OK;
    }
    status = segments_load(store, &postings->segments, err);
    postings->loaded = status == OK;
    return status;
}

Status postings_begin(Store *store, Postings *postings, Error *err) {
    sqlite3_stmt *q;
    int step;
    Status status = store_sql(store, "PRAGMA data_version", &q, err);

    if (status == OK) {
        status = store_step(store, q, &step, err);
    }
    if (status == OK) {
        int64_t version = sqlite3_column_int64(q, 0);

        postings->loaded = postings->loaded && version == postings->version;
        postings->version = version;
        sqlite3_reset(q);
    }
    return status;
}

/* -------------------------------------------------------------------- fresh */

/* Numbers of the same kind that lie close together come apart, as the buckets
 * need it: the finaliser of MurmurHash3, which maps no two to one. */
static uint64_t key_of(PostingKind kind, uint64_t number) {
    uint64_t key = number + ((uint64_t)kind << 60);

    key = (key ^ key >> 33) * UINT64_C(0xff51afd7ed558ccd);
    key = (key ^ key >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return (key ^ key >> 33) >> (64 - KEY_BITS);
}

static uint32_t *find_chain(const Postings *postings, uint64_t key) {
    uint32_t at = (uint32_t)key & (postings->chain_count - 1);
    uint32_t *chain = &postings->chains[at];

    while (*chain && postings->items[*chain - 1].posting.key != key) {
        at = (at + 1) & (postings->chain_count - 1);
        chain = &postings->chains[at];
    }
    return chain;
}

static void hang(Postings *postings, uint32_t i) {
    uint32_t *chain = find_chain(postings, postings->items[i].posting.key);

    postings->items[i].before = *chain;
    *chain = i + 1;
}

/* At most half of the slots are in use: fewer keys than items. */
static bool grow_chains(Postings *postings, size_t wanted) {
    size_t slots = postings->chain_count ? postings->chain_count : SLOTS_MIN;

    while (slots < wanted * 2) {
        slots *= 2;
    }
    if (slots == postings->chain_count) {
        return true;
    }
    free(postings->chains);
    postings->chains = calloc(slots, sizeof *postings->chains);
    postings->chain_count = postings->chains ? (uint32_t)slots : 0;
    for (uint32_t i = 0; postings->chains && i < postings->count; i++) {
        hang(postings, i);
    }
    return postings->chains != NULL;
}

/* Room for `more` items and as many lines of the log. */
static bool make_room(Postings *postings, uint32_t more) {
    size_t count = (size_t)postings->count + more;
    size_t logged = (size_t)postings->log_count + more;

    if (count > postings->capacity) {
        size_t wanted = count > 2 * (size_t)postings->capacity
                            ? count
                            : 2 * (size_t)postings->capacity;
        Fresh *items = wanted < UINT32_MAX
                           ? realloc(postings->items, wanted * sizeof *items)
                           : NULL;
        if (!items) {
            return false;
        }
        postings->items = items;
        postings->capacity = (uint32_t)wanted;
    }
    if (logged > postings->log_capacity) {
        Done *log = realloc(postings->log, 2 * logged * sizeof *log);
        if (!log) {
            return false;
        }
        postings->log = log;
        postings->log_capacity = (uint32_t)(2 * logged);
    }
    return grow_chains(postings, count);
}

Status postings_add(Store *store, PostingKind kind, const uint64_t *numbers,
                    uint32_t count, int64_t report, Error *err) {
    Postings *postings = store_postings(store);

    if (!make_room(postings, count)) {
        return no_memory(store, err);
    }
    postings->in_order = postings->in_order && report >= postings->last;
    postings->first = report < postings->first ? report : postings->first;
    postings->last = report > postings->last ? report : postings->last;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t item = postings->count++;

        postings->items[item] =
            (Fresh){.posting = {key_of(kind, numbers[i]), report}};
        hang(postings, item);
        postings->log[postings->log_count++] = (Done){.item = item};
    }
    return OK;
}

/* Take a posting out of memory; false when it is not there. */
static bool remove_fresh(Postings *postings, Posting posting) {
    uint32_t at = postings->count ? *find_chain(postings, posting.key) : 0;

    while (at) {
        Fresh *fresh = &postings->items[at - 1];

        if (fresh->posting.report == posting.report && !fresh->gone) {
            fresh->gone = true;
            postings->log[postings->log_count++] =
                (Done){.item = at - 1, .removed = true};
            return true;
        }
        at = fresh->before;
    }
    return false;
}

static Status remove_kept(Store *store, Postings *postings, Posting posting,
                          Error *err) {
    Segments *segments = &postings->segments;
    Status status = OK;

    for (uint32_t i = 0; status == OK && i < segments->count; i++) {
        if (segment_may_have(&segments->items[i], posting.key)) {
            status = segment_remove(store, segments, &segments->items[i],
                                    posting, err);
        }
    }
    return status;
}

Status postings_remove(Store *store, PostingKind kind, const uint64_t *numbers,
                       uint32_t count, int64_t report, Error *err) {
    Postings *postings = store_postings(store);
    Status status = make_ready(store, postings, err);

    if (status == OK && !make_room(postings, count)) {
        return no_memory(store, err);
    }
    for (uint32_t i = 0; status == OK && i < count; i++) {
        Posting posting = {key_of(kind, numbers[i]), report};

        if (!remove_fresh(postings, posting)) {
            status = remove_kept(store, postings, posting, err);
        }
    }
    return status;
}

/* ------------------------------------------------------------ mark and undo */

void postings_mark(Postings *postings) {
    postings->log_count = 0;
}

void postings_undo(Postings *postings) {
    while (postings->log_count > 0) {
        Done done = postings->log[--postings->log_count];

        postings->items[done.item].gone = !done.removed;
    }
    postings->loaded = false; /* rows may have been written */
}

/* ------------------------------------------------------------------ finding */

static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

    return (a > b) - (a < b);
}

/* A search: the reports of a key, from wherever they are, and the segments in
 * the order in which they are asked. */
typedef struct Search {
    const Segment **segments; /* owned */
    uint32_t segment_count;
    int64_t reports[2 * POSTINGS_LIMIT_MAX];
    uint32_t count, limit;
    PostingsEnd end;
} Search;

/* Those with the first reports first, or those with the last. */
static bool is_asked_before(PostingsEnd end, const Segment *a,
                            const Segment *b) {
    return end == POSTINGS_FIRST ? a->first < b->first : a->last > b->last;
}

static bool order_segments(const Segments *segments, Search *search) {
    search->segments = malloc((segments->count + 1) * sizeof *search->segments);
    for (uint32_t i = 0; search->segments && i < segments->count; i++) {
        const Segment *segment = &segments->items[i];
        uint32_t at = i;

        while (at > 0 && is_asked_before(search->end, segment,
                                         search->segments[at - 1])) {
            search->segments[at] = search->segments[at - 1];
            at--;
        }
        search->segments[at] = segment;
    }
    search->segment_count = segments->count;
    return search->segments != NULL;
}

static bool is_in_order(const Search *search) {
    for (uint32_t i = 1; i < search->count; i++) {
        if (search->reports[i - 1] > search->reports[i]) {
            return false;
        }
    }
    return true;
}

/* Put in order, and leave what is past the limit. */
static void settle(Search *search) {
    uint32_t over =
        search->count > search->limit ? search->count - search->limit : 0;

    if (!is_in_order(search)) {
        qsort(search->reports, search->count, sizeof *search->reports,
              by_number);
    }
    if (over && search->end == POSTINGS_LAST) {
        memmove(search->reports, search->reports + over,
                search->limit * sizeof *search->reports);
    }
    search->count -= over;
}

/* True if no report from `first` to `last` can come in. */
static bool is_enough(const Search *search, int64_t first, int64_t last) {
    if (search->count < search->limit) {
        return false;
    }
    return search->end == POSTINGS_FIRST
               ? first > search->reports[search->count - 1]
               : last < search->reports[0];
}

static void find_fresh(const Postings *postings, uint64_t key, Search *search) {
    bool newest_will_do = search->end == POSTINGS_LAST && postings->in_order;
    uint32_t at = 0;

    if (postings->count &&
        !is_enough(search, postings->first, postings->last)) {
        at = *find_chain(postings, key);
    }
    while (at && !(newest_will_do && search->count == search->limit)) {
        const Fresh *fresh = &postings->items[at - 1];

        if (!fresh->gone) {
            search->reports[search->count++] = fresh->posting.report;
        }
        if (search->count == 2 * search->limit) {
            settle(search);
        }
        at = fresh->before;
    }
    settle(search);
}

static Status find_kept(Store *store, Segments *segments, uint64_t key,
                        Search *search, Error *err) {
    Status status = OK;

    for (uint32_t i = 0; status == OK && i < search->segment_count; i++) {
        const Segment *segment = search->segments[i];

        if (is_enough(search, segment->first, segment->last)) {
            break; /* nor can those after it */
        }
        if (segment_may_have(segment, key)) {
            status = segment_find(store, segments, segment, key, search->limit,
                                  search->end == POSTINGS_LAST, search->reports,
                                  &search->count, err);
            settle(search);
        }
    }
    return status;
}

/* The end that is asked for comes first, so that the other need not be read. */
static Status find_key(Store *store, Postings *postings, uint64_t key,
                       Search *search, Error *err) {
    Status status;

    search->count = 0;
    if (search->end == POSTINGS_LAST) {
        find_fresh(postings, key, search);
        return find_kept(store, &postings->segments, key, search, err);
    }
    status = find_kept(store, &postings->segments, key, search, err);
    if (status == OK) {
        find_fresh(postings, key, search);
    }
    return status;
}

static void fetch_ahead(const Search *search, uint64_t key) {
    for (uint32_t i = 0; i < search->segment_count; i++) {
        segment_prefetch(search->segments[i], key);
    }
}

Status postings_find(Store *store, PostingKind kind, const uint64_t *numbers,
                     uint32_t count, PostingsEnd end, uint32_t limit,
                     PostingsFound *found, void *context, Error *err) {
    enum { AHEAD = 4 }; /* keys whose filters are fetched meanwhile */
    Postings *postings = store_postings(store);
    Search search = {.limit = limit, .end = end};
    Status status = make_ready(store, postings, err);

    assert(limit > 0 && limit <= POSTINGS_LIMIT_MAX);
    if (status == OK && !order_segments(&postings->segments, &search)) {
        return no_memory(store, err);
    }
    for (uint32_t i = 0; status == OK && i < count; i++) {
        if (i + AHEAD < count) {
            fetch_ahead(&search, key_of(kind, numbers[i + AHEAD]));
        }
        status =
            find_key(store, postings, key_of(kind, numbers[i]), &search, err);
        if (status == OK && search.count) {
            found(context, i, search.reports, search.count);
        }
    }
    free(search.segments);
    return status;
}

/* ------------------------------------------------------------------- commit */

/* Sort by key; equal ones stay in the order of adding.
 * From the last digits to the first, counting (radix sort). */
static void sort_by_key(Posting *items, Posting *spare, size_t count) {
    enum { DIGITS = 1 << RADIX_BITS };
    size_t begins[DIGITS];

    for (unsigned shift = 0; shift < KEY_BITS; shift += RADIX_BITS) {
        Posting *from = shift / RADIX_BITS % 2 ? spare : items;
        Posting *to = shift / RADIX_BITS % 2 ? items : spare;
        size_t at = 0;

        memset(begins, 0, sizeof begins);
        for (size_t i = 0; i < count; i++) {
            begins[from[i].key >> shift & (DIGITS - 1)]++;
        }
        for (size_t digit = 0; digit < DIGITS; digit++) {
            size_t here = begins[digit];

            begins[digit] = at;
            at += here;
        }
        for (size_t i = 0; i < count; i++) {
            to[begins[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
        }
    }
}

_Static_assert(KEY_BITS / RADIX_BITS % 2 == 0, "the last pass ends in items");

/* A report whose body has changed comes again, after others with a higher
 * number: move it before them, among those of its key. */
static void sort_by_report(Posting *items, size_t count) {
    for (size_t i = 1; i < count; i++) {
        Posting item = items[i];
        size_t at = i;

        while (at > 0 && items[at - 1].key == item.key &&
               items[at - 1].report > item.report) {
            items[at] = items[at - 1];
            at--;
        }
        items[at] = item;
    }
}

/* What was added and not taken back, in order, each once. */
static size_t gather(const Postings *postings, Posting *items) {
    size_t count = 0, kept = 0;

    for (uint32_t i = 0; i < postings->count; i++) {
        if (!postings->items[i].gone) {
            items[count++] = postings->items[i].posting;
        }
    }
    sort_by_key(items, items + postings->count, count);
    if (!postings->in_order) {
        sort_by_report(items, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || items[kept - 1].key != items[i].key ||
            items[kept - 1].report < items[i].report) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

static Status flush(Store *store, Postings *postings, size_t *count,
                    Error *err) {
    Posting *items = malloc(2 * (size_t)postings->count * sizeof *items + 1);
    Status status;

    if (!items) {
        return no_memory(store, err);
    }
    *count = gather(postings, items);
    status = segments_add(store, &postings->segments, items, *count, err);
    free(items);
    forget_fresh(postings);
    return status;
}

Status postings_commit(Store *store, Postings *postings, Error *err) {
    Status status;
    size_t count = 0;

    /* Nothing was looked up, so nothing was added or taken out. */
    if (!postings->loaded && postings->count == 0) {
        return OK;
    }
    status = make_ready(store, postings, err);
    if (status == OK) {
        status = flush(store, postings, &count, err);
    }
    if (status == OK) {
        status = segments_merge(store, &postings->segments,
                                MERGE_RATE * (uint64_t)count, err);
    }
    if (status == OK) {
        status = segments_drop_empty(store, &postings->segments, err);
    }
    postings->log_count = 0;
    return status;
}
