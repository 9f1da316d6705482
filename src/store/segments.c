/* SPDX-License-Identifier: Apache-2.0 */
/* store/segments.c - see segments.h, and postings.h for the whole.
 *
 * Merging four segments into one, after two steps of it:
 *
 *     keys        0 ......... low ............................ 2^48
 *     a b c d     [ gone ]   [ still here, and found here         ]
 *     output      [ here ] high
 *
 * A step takes the same range of keys out of each, as wide as the widest
 * bucket. Nothing is ever in two places, and a kill between two commits leaves
 * the merge where the last commit left it. */
#include "store/segments.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/inside.h"

enum {
    BUCKET_MAX = 256,     /* postings of a bucket, at most, on average */
    BUCKET_BITS_MAX = 24, /* a row's number is segment << 24 | bucket */
    FAN_IN = 4,           /* segments of a size that are merged */
    MERGE_MIN = 4096,     /* postings that a commit moves at the least */
    LINES_OF_BUCKET = 4,  /* cache lines of its filter */
    LINE_WORDS = 8,       /* 64-bit words of a cache line */
    PROBES = 5,           /* bits of a key in its line */
    PART_BUCKETS = 64,    /* buckets whose filters are one row */
};

enum { BUCKET_WORDS = LINES_OF_BUCKET * LINE_WORDS };

static const unsigned line_bits = 9; /* of a place in a line of 512 bits */

uint64_t segment_bucket(const Segment *segment, uint64_t key) {
    return key >> (KEY_BITS - segment->bits);
}

static uint64_t bucket_base(const Segment *segment, uint64_t bucket) {
    return bucket << (KEY_BITS - segment->bits);
}

int64_t segment_row(const Segment *segment, uint64_t bucket) {
    return (int64_t)((uint64_t)segment->segment << BUCKET_BITS_MAX | bucket);
}

BlockReader segment_block(const Segment *segment, uint64_t bucket, Str bytes) {
    return block_open(bytes, bucket_base(segment, bucket));
}

static unsigned bits_for(uint64_t postings) {
    unsigned bits = 0;

    while (bits < BUCKET_BITS_MAX && postings >> bits > BUCKET_MAX) {
        bits++;
    }
    return bits;
}

/* ----------------------------------------------------------------- filters */

static uint64_t *line_of(const Segment *segment, uint64_t key) {
    uint64_t line = (key * LINES_OF_BUCKET) >> (KEY_BITS - segment->bits);

    return segment->filter + line * LINE_WORDS;
}

/* Five places in a line, of 9 bits each. */
static uint64_t places_of(uint64_t key) {
    return (key * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - PROBES * line_bits);
}

static void filter_add(const Segment *segment, uint64_t key) {
    uint64_t *line = line_of(segment, key), places = places_of(key);

    for (int i = 0; i < PROBES; i++, places >>= line_bits) {
        line[places >> 6 & 7] |= UINT64_C(1) << (places & 63);
    }
}

bool segment_may_have(const Segment *segment, uint64_t key) {
    uint64_t places = places_of(key);
    const uint64_t *line;

    if (key < segment->low || key >= segment->high) {
        return false;
    }
    line = line_of(segment, key);
    for (int i = 0; i < PROBES; i++, places >>= line_bits) {
        if (!(line[places >> 6 & 7] >> (places & 63) & 1)) {
            return false;
        }
    }
    return true;
}

void segment_prefetch(const Segment *segment, uint64_t key) {
    __builtin_prefetch(line_of(segment, key));
}

static size_t filter_words(const Segment *segment) {
    return (size_t)BUCKET_WORDS << segment->bits;
}

/* A part is the filters of PART_BUCKETS buckets, or of all. */
static size_t part_words(const Segment *segment) {
    size_t all = filter_words(segment), part = BUCKET_WORDS * PART_BUCKETS;

    return part < all ? part : all;
}

/* Write the parts that hold buckets [begin,end). Words are stored as this
 * machine has them in memory, on all machines that matter least byte first. */
static Status write_filter(Store *store, const Segment *segment, uint64_t begin,
                           uint64_t end, Error *err) {
    size_t words = part_words(segment);
    Status status = OK;

    for (uint64_t part = begin / PART_BUCKETS;
         status == OK && part * PART_BUCKETS < end; part++) {
        sqlite3_stmt *q;

        status = store_sql(store,
                           "INSERT OR REPLACE INTO posting_filter (part, "
                           "bytes) VALUES (?1, ?2)",
                           &q, err);
        if (status == OK) {
            sqlite3_bind_int64(q, 1, segment_row(segment, part));
            sqlite3_bind_blob64(q, 2, segment->filter + part * words, words * 8,
                                SQLITE_STATIC);
            status = store_run(store, q, err);
        }
    }
    return status;
}

static Status damaged(Store *store, int64_t segment, Error *err) {
    return fail(err, ERR_STORE,
                "%s: segment %lld of the index is damaged; `dateline verify` "
                "tells where",
                store_path(store), (long long)segment);
}

static Status make_filter(Store *store, Segment *segment, Error *err) {
    segment->filter = calloc(filter_words(segment), sizeof *segment->filter);
    return segment->filter
               ? OK
               : fail(err, ERR_NOMEM, "%s: out of memory", store_path(store));
}

static Status read_filter(Store *store, Segment *segment, Error *err) {
    size_t words = part_words(segment);
    sqlite3_stmt *q;
    int step;
    Status status = make_filter(store, segment, err);

    if (status == OK) {
        status = store_sql(store,
                           "SELECT part, bytes FROM posting_filter WHERE part "
                           "BETWEEN ?1 AND ?2",
                           &q, err);
    }
    if (status != OK) {
        return status;
    }
    sqlite3_bind_int64(q, 1, segment_row(segment, 0));
    sqlite3_bind_int64(q, 2, segment_row(segment, (1 << BUCKET_BITS_MAX) - 1));
    while ((status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        uint64_t part =
            (uint64_t)sqlite3_column_int64(q, 0) & ((1 << BUCKET_BITS_MAX) - 1);
        const void *bytes = sqlite3_column_blob(q, 1);

        if ((size_t)sqlite3_column_bytes(q, 1) != words * 8 ||
            (part + 1) * words > filter_words(segment)) {
            sqlite3_reset(q);
            return damaged(store, segment->segment, err);
        }
        memcpy(segment->filter + part * words, bytes, words * 8);
    }
    return status;
}

/* ------------------------------------------------------------- the segments */

void segments_init(Segments *segments) {
    *segments = (Segments){0};
    buf_init(&segments->block, 0);
}

static void forget_items(Segments *segments) {
    for (uint32_t i = 0; i < segments->count; i++) {
        free(segments->items[i].filter);
    }
    free(segments->items);
    segments->items = NULL;
    segments->count = segments->capacity = 0;
}

void segments_deinit(Segments *segments) {
    forget_items(segments);
    free(segments->runs);
    free(segments->merged);
    buf_deinit(&segments->block);
    *segments = (Segments){0};
}

/* Room for `count` items of `size` bytes in an owned array. */
static void *roomy(void *items, size_t count, size_t *capacity, size_t size) {
    size_t wanted = *capacity ? *capacity : 1024;
    void *moved;

    if (count <= *capacity) {
        return items;
    }
    while (wanted < count) {
        wanted *= 2;
    }
    moved = realloc(items, wanted * size);
    if (moved) {
        *capacity = wanted;
    }
    return moved;
}

static Status push_segment(Store *store, Segments *segments, Segment segment,
                           Error *err) {
    if (segments->count == segments->capacity) {
        uint32_t wanted = segments->capacity ? segments->capacity * 2 : 32;
        Segment *items = realloc(segments->items, wanted * sizeof *items);

        if (!items) {
            free(segment.filter);
            return fail(err, ERR_NOMEM, "%s: out of memory", store_path(store));
        }
        segments->items = items;
        segments->capacity = wanted;
    }
    segments->items[segments->count++] = segment;
    return OK;
}

static Segment *find_segment(Segments *segments, int64_t number) {
    for (uint32_t i = 0; i < segments->count; i++) {
        if (segments->items[i].segment == number) {
            return &segments->items[i];
        }
    }
    return NULL;
}

/* True if a bucket of the segment begins at `key`, or it is the end. */
static bool is_bucket_end(const Segment *segment, uint64_t key) {
    return key <= KEY_END &&
           key % (UINT64_C(1) << (KEY_BITS - segment->bits)) == 0;
}

/* The row as a segment; false when no program of ours wrote it. */
static bool segment_of_row(sqlite3_stmt *q, Segment *out) {
    int64_t bits = sqlite3_column_int64(q, 1);

    *out = (Segment){.segment = sqlite3_column_int64(q, 0),
                     .bits = (unsigned)bits,
                     .postings = (uint64_t)sqlite3_column_int64(q, 2),
                     .low = (uint64_t)sqlite3_column_int64(q, 3),
                     .high = (uint64_t)sqlite3_column_int64(q, 4),
                     .first = sqlite3_column_int64(q, 5),
                     .last = sqlite3_column_int64(q, 6),
                     .into = sqlite3_column_int64(q, 7)};
    return bits >= 0 && bits <= BUCKET_BITS_MAX && out->segment > 0 &&
           out->segment < INT64_MAX >> BUCKET_BITS_MAX &&
           is_bucket_end(out, out->low) && is_bucket_end(out, out->high);
}

/* A segment that is being merged and the one it goes into fit together. */
static bool merges_fit(Segments *segments) {
    for (uint32_t i = 0; i < segments->count; i++) {
        const Segment *input = &segments->items[i];
        const Segment *output = find_segment(segments, input->into);

        if (input->into && (!output || output->into || input->high != KEY_END ||
                            output->high != input->low)) {
            return false;
        }
    }
    return true;
}

/* Take the filter over from `old`, where it has not grown since. */
static bool inherit_filter(Segments *old, Segment *segment) {
    Segment *before = find_segment(old, segment->segment);

    if (!before || !before->filter || before->high != segment->high ||
        before->bits != segment->bits) {
        return false;
    }
    segment->filter = before->filter;
    before->filter = NULL;
    return true;
}

Status segments_load(Store *store, Segments *segments, Error *err) {
    Segments old = *segments;
    sqlite3_stmt *q;
    int step;
    Status status = store_sql(store,
                              "SELECT segment, bits, postings, low, high, "
                              "first, last, \"into\" FROM segment ORDER BY "
                              "segment",
                              &q, err);

    segments->items = NULL;
    segments->count = segments->capacity = 0;
    while (status == OK && (status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        Segment segment;

        if (!segment_of_row(q, &segment)) {
            status = damaged(store, segment.segment, err);
            sqlite3_reset(q);
            break;
        }
        if (!inherit_filter(&old, &segment)) {
            status = read_filter(store, &segment, err);
        }
        if (status == OK) {
            status = push_segment(store, segments, segment, err);
        } else {
            free(segment.filter);
        }
    }
    forget_items(&old);
    if (status == OK && !merges_fit(segments)) {
        status = damaged(store, segments->items[0].segment, err);
    }
    return status;
}

static Status insert_segment(Store *store, Segment *segment, Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(store,
                              "INSERT INTO segment (bits, postings, low, high, "
                              "first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                              &q, err);

    if (status == OK) {
        sqlite3_bind_int64(q, 1, segment->bits);
        sqlite3_bind_int64(q, 2, (int64_t)segment->postings);
        sqlite3_bind_int64(q, 3, (int64_t)segment->low);
        sqlite3_bind_int64(q, 4, (int64_t)segment->high);
        sqlite3_bind_int64(q, 5, segment->first);
        sqlite3_bind_int64(q, 6, segment->last);
        status = store_run(store, q, err);
        segment->segment = sqlite3_last_insert_rowid(store_db(store));
    }
    return status;
}

static Status update_segment(Store *store, const Segment *segment, Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(store,
                              "UPDATE segment SET postings = ?2, low = ?3, "
                              "high = ?4, \"into\" = ?5 WHERE segment = ?1",
                              &q, err);

    if (status == OK) {
        sqlite3_bind_int64(q, 1, segment->segment);
        sqlite3_bind_int64(q, 2, (int64_t)segment->postings);
        sqlite3_bind_int64(q, 3, (int64_t)segment->low);
        sqlite3_bind_int64(q, 4, (int64_t)segment->high);
        if (segment->into) {
            sqlite3_bind_int64(q, 5, segment->into);
        }
        status = store_run(store, q, err);
    }
    return status;
}

/* ------------------------------------------------------------------ buckets */

static Status run_rows(Store *store, const char *sql, int64_t first,
                       int64_t last, Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(store, sql, &q, err);

    if (status == OK) {
        sqlite3_bind_int64(q, 1, first);
        sqlite3_bind_int64(q, 2, last);
        status = store_run(store, q, err);
    }
    return status;
}

static Status write_bucket(Store *store, Segments *segments,
                           const Segment *segment, uint64_t bucket,
                           const Posting *items, size_t count, Error *err) {
    sqlite3_stmt *q;
    Status status;

    buf_reset(&segments->block);
    block_write(&segments->block, bucket_base(segment, bucket), items, count);
    status = buf_check(&segments->block, err);
    if (status == OK) {
        status = store_sql(store,
                           "INSERT OR REPLACE INTO posting (block, bytes) "
                           "VALUES (?1, ?2)",
                           &q, err);
    }
    if (status == OK) {
        sqlite3_bind_int64(q, 1, segment_row(segment, bucket));
        sqlite3_bind_blob64(q, 2, segments->block.ptr, segments->block.len,
                            SQLITE_STATIC);
        status = store_run(store, q, err);
    }
    return status;
}

/* Write sorted postings as the buckets that they fall into. */
static Status write_buckets(Store *store, Segments *segments,
                            const Segment *segment, const Posting *items,
                            size_t count, Error *err) {
    Status status = OK;

    for (size_t i = 0; status == OK && i < count;) {
        uint64_t bucket = segment_bucket(segment, items[i].key);
        size_t end = i;

        while (end < count &&
               segment_bucket(segment, items[end].key) == bucket) {
            filter_add(segment, items[end].key);
            end++;
        }
        status = write_bucket(store, segments, segment, bucket, &items[i],
                              end - i, err);
        i = end;
    }
    return status;
}

static void widen(Segment *segment, int64_t first, int64_t last) {
    segment->first = first < segment->first ? first : segment->first;
    segment->last = last > segment->last ? last : segment->last;
}

Status segments_add(Store *store, Segments *segments, const Posting *items,
                    size_t count, Error *err) {
    Segment segment = {
        .bits = bits_for(count), .postings = count, .high = KEY_END};
    Status status;

    if (count == 0) {
        return OK;
    }
    segment.first = segment.last = items[0].report;
    for (size_t i = 1; i < count; i++) {
        widen(&segment, items[i].report, items[i].report);
    }
    status = make_filter(store, &segment, err);
    if (status == OK) {
        status = insert_segment(store, &segment, err);
    }
    if (status == OK) {
        status = write_buckets(store, segments, &segment, items, count, err);
    }
    if (status == OK) {
        status =
            write_filter(store, &segment, 0, UINT64_C(1) << segment.bits, err);
    }
    if (status != OK) {
        free(segment.filter);
        return status;
    }
    return push_segment(store, segments, segment, err);
}

/* Decode the block of a bucket behind the `*count` postings of `runs`. */
static Status decode(Store *store, Segments *segments, const Segment *segment,
                     uint64_t bucket, Str bytes, size_t *count, Error *err) {
    BlockReader reader = segment_block(segment, bucket, bytes);
    BlockResult result;
    Posting posting;

    while ((result = block_next(&reader, &posting)) == BLOCK_ITEM) {
        Posting *runs = roomy(segments->runs, *count + 1,
                              &segments->runs_capacity, sizeof *runs);

        if (!runs) {
            return fail(err, ERR_NOMEM, "%s: out of memory", store_path(store));
        }
        segments->runs = runs;
        if (segment_bucket(segment, posting.key) != bucket) {
            return damaged(store, segment->segment, err);
        }
        runs[(*count)++] = posting;
    }
    return result == BLOCK_END ? OK : damaged(store, segment->segment, err);
}

static Str column_bytes(sqlite3_stmt *q, int column) {
    const char *bytes = sqlite3_column_blob(q, column);

    return (Str){bytes, (size_t)sqlite3_column_bytes(q, column)};
}

/* Decode the buckets [begin,end) of a segment behind what `runs` has. */
static Status read_buckets(Store *store, Segments *segments,
                           const Segment *segment, uint64_t begin, uint64_t end,
                           size_t *count, Error *err) {
    sqlite3_stmt *q;
    int step;
    Status status =
        store_sql(store,
                  "SELECT block, bytes FROM posting WHERE block BETWEEN ?1 AND "
                  "?2 ORDER BY block",
                  &q, err);

    if (status != OK) {
        return status;
    }
    sqlite3_bind_int64(q, 1, segment_row(segment, begin));
    sqlite3_bind_int64(q, 2, segment_row(segment, end - 1));
    while (status == OK && (status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        uint64_t bucket =
            (uint64_t)sqlite3_column_int64(q, 0) & ((1 << BUCKET_BITS_MAX) - 1);

        status = decode(store, segments, segment, bucket, column_bytes(q, 1),
                        count, err);
    }
    sqlite3_reset(q);
    return status;
}

/* ------------------------------------------------------------------- merging
 */

/* The segments that become one, and that one. */
typedef struct Merge {
    Segment *inputs[FAN_IN], *output;
    unsigned count;
    size_t ends[FAN_IN]; /* of each one's run */
} Merge;

/* False when a merge has no inputs, or more than we would give it. */
static bool find_merge(Segments *segments, Segment *output, Merge *out) {
    *out = (Merge){.output = output};
    for (uint32_t i = 0; i < segments->count; i++) {
        if (segments->items[i].into == output->segment) {
            if (out->count == FAN_IN) {
                return false;
            }
            out->inputs[out->count++] = &segments->items[i];
        }
    }
    return out->count > 0;
}

static bool comes_before(Posting a, Posting b) {
    return a.key != b.key ? a.key < b.key : a.report < b.report;
}

/* Merge the runs, which lie one behind the other, into `merged`. */
static Status merge_runs(Store *store, Segments *segments, const Merge *merge,
                         size_t *count, Error *err) {
    size_t at[FAN_IN], all = merge->ends[merge->count - 1];
    const Posting *runs = segments->runs;
    Posting *merged = roomy(segments->merged, all, &segments->merged_capacity,
                            sizeof *merged);

    if (!merged) {
        return fail(err, ERR_NOMEM, "%s: out of memory", store_path(store));
    }
    segments->merged = merged;
    for (unsigned i = 0; i < merge->count; i++) {
        at[i] = i ? merge->ends[i - 1] : 0;
    }
    *count = 0;
    for (size_t done = 0; done < all; done++) {
        unsigned least = FAN_IN;

        for (unsigned i = 0; i < merge->count; i++) {
            if (at[i] < merge->ends[i] &&
                (least == FAN_IN ||
                 comes_before(runs[at[i]], runs[at[least]]))) {
                least = i;
            }
        }
        /* One that was taken back and added again is there once all the same,
         * but a damaged row may hold anything. */
        if (*count == 0 || comes_before(merged[*count - 1], runs[at[least]])) {
            merged[(*count)++] = runs[at[least]];
        }
        at[least]++;
    }
    return OK;
}

/* Move the keys of [low,high) from the inputs into the output. */
static Status merge_range(Store *store, Segments *segments, Merge *merge,
                          uint64_t low, uint64_t high, size_t *moved,
                          Error *err) {
    size_t count = 0;
    Status status = OK;

    for (unsigned i = 0; status == OK && i < merge->count; i++) {
        Segment *input = merge->inputs[i];
        uint64_t begin = segment_bucket(input, low),
                 end = segment_bucket(input, high);
        size_t before = count;

        status = read_buckets(store, segments, input, begin, end, &count, err);
        if (status == OK) {
            status = run_rows(store,
                              "DELETE FROM posting WHERE block BETWEEN ?1 AND "
                              "?2",
                              segment_row(input, begin),
                              segment_row(input, end - 1), err);
        }
        merge->ends[i] = count;
        input->low = high;
        input->postings -=
            count - before < input->postings ? count - before : input->postings;
    }
    if (status == OK) {
        status = merge_runs(store, segments, merge, moved, err);
    }
    if (status == OK) {
        status = write_buckets(store, segments, merge->output, segments->merged,
                               *moved, err);
        merge->output->high = high;
        merge->output->postings += *moved;
    }
    return status;
}

static Status delete_segment(Store *store, const Segment *segment, Error *err) {
    int64_t first = segment_row(segment, 0),
            last = segment_row(segment, (1 << BUCKET_BITS_MAX) - 1);
    Status status = run_rows(
        store, "DELETE FROM posting_filter WHERE part BETWEEN ?1 AND ?2", first,
        last, err);

    if (status == OK) {
        status =
            run_rows(store, "DELETE FROM posting WHERE block BETWEEN ?1 AND ?2",
                     first, last, err);
    }
    if (status == OK) {
        status = run_rows(store, "DELETE FROM segment WHERE segment = ?1",
                          segment->segment, 0, err);
    }
    return status;
}

/* Write down how far the merge has come; inputs that are through go. */
static Status settle_merge(Store *store, const Merge *merge, uint64_t begin,
                           Error *err) {
    const Segment *output = merge->output;
    Status status = write_filter(store, output, segment_bucket(output, begin),
                                 segment_bucket(output, output->high), err);

    if (status == OK) {
        status = update_segment(store, output, err);
    }
    for (unsigned i = 0; status == OK && i < merge->count; i++) {
        status = output->high == KEY_END
                     ? delete_segment(store, merge->inputs[i], err)
                     : update_segment(store, merge->inputs[i], err);
    }
    return status;
}

/* Forget the inputs of a merge that is through. */
static void drop_inputs(Segments *segments, int64_t output) {
    uint32_t kept = 0;

    for (uint32_t i = 0; i < segments->count; i++) {
        if (segments->items[i].into == output) {
            free(segments->items[i].filter);
        } else {
            segments->items[kept++] = segments->items[i];
        }
    }
    segments->count = kept;
}

/* Bits of a step: of the widest bucket that takes part. */
static unsigned step_bits(const Merge *merge) {
    unsigned bits = merge->output->bits;

    for (unsigned i = 0; i < merge->count; i++) {
        bits = merge->inputs[i]->bits < bits ? merge->inputs[i]->bits : bits;
    }
    return bits;
}

static Status advance(Store *store, Segments *segments, Merge *merge,
                      uint64_t budget, Error *err) {
    uint64_t begin = merge->output->high, moved = 0;
    uint64_t step = UINT64_C(1) << (KEY_BITS - step_bits(merge));
    int64_t output = merge->output->segment;
    Status status = OK;

    while (status == OK && merge->output->high < KEY_END && moved < budget) {
        uint64_t low = merge->output->high;
        size_t count = 0;

        status =
            merge_range(store, segments, merge, low, low + step, &count, err);
        moved += count + 1;
    }
    if (status == OK) {
        status = settle_merge(store, merge, begin, err);
    }
    if (status == OK && merge->output->high == KEY_END) {
        drop_inputs(segments, output);
    }
    return status;
}

static unsigned class_of(const Segment *segment) {
    unsigned class = 0;

    for (uint64_t n = segment->postings; n > BUCKET_MAX; n /= FAN_IN) {
        class ++;
    }
    return class;
}

/* Begin a merge of these; their output comes last among the segments. */
static Status start_merge(Store *store, Segments *segments,
                          const uint32_t *which, Error *err) {
    Segment output = {.first = INT64_MAX};
    uint64_t postings = 0;
    Status status;

    for (int i = 0; i < FAN_IN; i++) {
        const Segment *input = &segments->items[which[i]];

        postings += input->postings;
        widen(&output, input->first, input->last);
    }
    output.bits = bits_for(postings);
    status = make_filter(store, &output, err);
    if (status == OK) {
        status = insert_segment(store, &output, err);
    }
    for (int i = 0; status == OK && i < FAN_IN; i++) {
        segments->items[which[i]].into = output.segment;
        status = update_segment(store, &segments->items[which[i]], err);
    }
    if (status != OK) {
        free(output.filter);
        return status;
    }
    return push_segment(store, segments, output, err);
}

enum { CLASSES = 32 };

/* Start a merge in each class that has enough segments and none under way. */
static Status start_merges(Store *store, Segments *segments, Error *err) {
    uint32_t resting[CLASSES][FAN_IN], count[CLASSES] = {0};
    uint32_t segment_count = segments->count;
    Status status = OK;

    for (uint32_t i = 0; i < segment_count; i++) {
        const Segment *segment = &segments->items[i];
        unsigned class = class_of(segment);

        if (!segment->into && segment->high == KEY_END &&
            count[class] < FAN_IN) {
            resting[class][count[class]++] = i;
        }
    }
    for (int class = 0; status == OK && class < CLASSES; class ++) {
        if (count[class] == FAN_IN) {
            status = start_merge(store, segments, resting[class], err);
        }
    }
    return status;
}

Status segments_merge(Store *store, Segments *segments, uint64_t budget,
                      Error *err) {
    Status status = start_merges(store, segments, err);

    budget = budget < MERGE_MIN ? MERGE_MIN : budget;
    /* A merge that ends takes its inputs, which stand before it, away. */
    for (uint32_t i = segments->count; status == OK && i-- > 0;) {
        Merge merge;

        if (i < segments->count && segments->items[i].high < KEY_END &&
            find_merge(segments, &segments->items[i], &merge)) {
            status = advance(store, segments, &merge, budget, err);
        }
    }
    return status;
}

/* ---------------------------------------------------------- single postings */

static Status read_block(Store *store, const Segment *segment, uint64_t bucket,
                         sqlite3_stmt **out, bool *found, Error *err) {
    int step = SQLITE_DONE;
    Status status = store_sql(
        store, "SELECT bytes FROM posting WHERE block = ?1", out, err);

    if (status == OK) {
        sqlite3_bind_int64(*out, 1, segment_row(segment, bucket));
        status = store_step(store, *out, &step, err);
    }
    *found = status == OK && step == SQLITE_ROW;
    return status;
}

/* Read the list that the reader stands before, but for what is beyond the
 * limit. */
static BlockResult read_list(BlockReader *reader, uint32_t limit, bool last,
                             int64_t *out, uint32_t *count) {
    uint64_t passed = last && reader->left > limit ? reader->left - limit : 0;
    BlockResult result = BLOCK_ITEM;
    Posting posting;

    for (uint32_t taken = 0; taken < limit && reader->left > 0;) {
        result = block_next(reader, &posting);
        if (result != BLOCK_ITEM) {
            return BLOCK_DAMAGED;
        }
        if (passed > 0) {
            passed--;
        } else {
            out[(*count)++] = posting.report;
            taken++;
        }
    }
    return BLOCK_ITEM;
}

Status segment_find(Store *store, const Segment *segment, uint64_t key,
                    uint32_t limit, bool last, int64_t *out, uint32_t *count,
                    Error *err) {
    uint64_t bucket = segment_bucket(segment, key);
    BlockResult result = BLOCK_END;
    BlockReader reader;
    sqlite3_stmt *q;
    bool found;
    Status status = read_block(store, segment, bucket, &q, &found, err);

    if (found) {
        reader = segment_block(segment, bucket, column_bytes(q, 0));
        result = block_seek(&reader, key);
        if (result == BLOCK_ITEM) {
            result = read_list(&reader, limit, last, out, count);
        }
        sqlite3_reset(q);
    }
    return result == BLOCK_DAMAGED ? damaged(store, segment->segment, err)
                                   : status;
}

static size_t without_posting(Posting *items, size_t count, Posting gone) {
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (items[i].key != gone.key || items[i].report != gone.report) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

Status segment_remove(Store *store, Segments *segments, Segment *segment,
                      Posting posting, Error *err) {
    uint64_t bucket = segment_bucket(segment, posting.key);
    size_t count = 0, kept;
    Status status =
        read_buckets(store, segments, segment, bucket, bucket + 1, &count, err);

    kept = status == OK && count
               ? without_posting(segments->runs, count, posting)
               : count;
    if (status != OK || kept == count) {
        return status;
    }
    segment->postings -= segment->postings > 0;
    status = update_segment(store, segment, err);
    if (status == OK && kept == 0) {
        return run_rows(store, "DELETE FROM posting WHERE block = ?1",
                        segment_row(segment, bucket), 0, err);
    }
    return status == OK ? write_bucket(store, segments, segment, bucket,
                                       segments->runs, kept, err)
                        : status;
}

static bool is_empty(Segments *segments, uint32_t i) {
    const Segment *segment = &segments->items[i];

    for (uint32_t k = 0; k < segments->count; k++) {
        if (segments->items[k].into == segment->segment) {
            return false; /* more is to come */
        }
    }
    return segment->postings == 0 && !segment->into;
}

Status segments_drop_empty(Store *store, Segments *segments, Error *err) {
    uint32_t kept = 0;
    Status status = OK;

    for (uint32_t i = 0; i < segments->count; i++) {
        Segment *segment = &segments->items[i];

        if (status == OK && is_empty(segments, i)) {
            status = delete_segment(store, segment, err);
            free(segment->filter);
        } else {
            segments->items[kept++] = *segment;
        }
    }
    segments->count = kept;
    return status;
}
