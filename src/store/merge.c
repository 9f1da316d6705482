/* SPDX-License-Identifier: Apache-2.0 */
/* store/merge.c - segments of like size become one, a little at each commit.
 *
 * Room: store. Merging four segments into one, after two steps of it:
 *
 *     keys        0 ......... low ............................ 2^48
 *     a b c d     [ gone ]   [ still here, and found here         ]
 *     output      [ here ] high
 *
 * A step takes the same range of keys out of each, as wide as the widest
 * bucket. Nothing is ever in two places, and a kill between two commits leaves
 * the merge where the last commit left it. */
#include <stdlib.h>

#include "store/inside_index.h"

enum {
    FAN_IN = 4,       /* segments of a size that are merged */
    MERGE_MIN = 4096, /* postings that a commit moves at the least */
    CLASSES = 32,     /* of sizes, each FAN_IN times the one before */
};

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
    Posting *merged = segments_room(segments->merged, all,
                                    &segments->merged_capacity, sizeof *merged);

    if (!merged) {
        return segment_no_memory(store, err);
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

        status = buckets_read(store, segments, input, begin, end, &count, err);
        if (status == OK) {
            status = rows_run(store,
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
        status = buckets_write(store, segments, merge->output, segments->merged,
                               *moved, err);
        merge->output->high = high;
        merge->output->postings += *moved;
    }
    return status;
}

/* Write down how far the merge has come; inputs that are through go. */
static Status settle_merge(Store *store, const Merge *merge, uint64_t begin,
                           Error *err) {
    const Segment *output = merge->output;
    Status status = filter_write(store, output, segment_bucket(output, begin),
                                 segment_bucket(output, output->high), err);

    if (status == OK) {
        status = segment_update(store, output, err);
    }
    for (unsigned i = 0; status == OK && i < merge->count; i++) {
        status = output->high == KEY_END
                     ? segment_delete(store, merge->inputs[i], err)
                     : segment_update(store, merge->inputs[i], err);
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
        segment_widen(&output, input->first, input->last);
    }
    output.bits = segment_bits_for(postings);
    status = filter_make(store, &output, err);
    if (status == OK) {
        status = segment_insert(store, &output, err);
    }
    for (int i = 0; status == OK && i < FAN_IN; i++) {
        segments->items[which[i]].into = output.segment;
        status = segment_update(store, &segments->items[which[i]], err);
    }
    if (status != OK) {
        free(output.filter);
        return status;
    }
    return segments_push(store, segments, output, err);
}

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
