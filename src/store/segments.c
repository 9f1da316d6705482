/* SPDX-License-Identifier: Apache-2.0 */
/* store/segments.c - the list of segments: see segments.h, and postings.h for
 * the whole. */
#include <stdlib.h>

#include "store/inside_index.h"

unsigned segment_bits_for(uint64_t postings) {
    unsigned bits = 0;

    while (bits < BUCKET_BITS_MAX && postings >> bits > BUCKET_MAX) {
        bits++;
    }
    return bits;
}

Status segment_damaged(Store *store, int64_t segment, Error *err) {
    return fail(err, ERR_STORE,
                "%s: segment %lld of the index is damaged; `dateline verify` "
                "tells where",
                store_path(store), (long long)segment);
}

Status segment_no_memory(Store *store, Error *err) {
    return fail(err, ERR_NOMEM, "%s: out of memory", store_path(store));
}

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
    buckets_forget(segments);
    free(segments->runs);
    free(segments->merged);
    buf_deinit(&segments->block);
    *segments = (Segments){0};
}

/* Room for `count` items of `size` bytes in an owned array. */
void *segments_room(void *items, size_t count, size_t *capacity, size_t size) {
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

Status segments_push(Store *store, Segments *segments, Segment segment,
                     Error *err) {
    if (segments->count == segments->capacity) {
        uint32_t wanted = segments->capacity ? segments->capacity * 2 : 32;
        Segment *items = realloc(segments->items, wanted * sizeof *items);

        if (!items) {
            free(segment.filter);
            return segment_no_memory(store, err);
        }
        segments->items = items;
        segments->capacity = wanted;
    }
    segments->items[segments->count++] = segment;
    return OK;
}

static Segment *segments_number(Segments *segments, int64_t number) {
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
        const Segment *output = segments_number(segments, input->into);

        if (input->into && (!output || output->into || input->high != KEY_END ||
                            output->high != input->low)) {
            return false;
        }
    }
    return true;
}

/* Take the filter over from `old`, where it has not grown since. */
static bool inherit_filter(Segments *old, Segment *segment) {
    Segment *before = segments_number(old, segment->segment);

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

    buckets_forget(segments);
    segments->items = NULL;
    segments->count = segments->capacity = 0;
    while (status == OK && (status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        Segment segment;

        if (!segment_of_row(q, &segment)) {
            status = segment_damaged(store, segment.segment, err);
            sqlite3_reset(q);
            break;
        }
        if (!inherit_filter(&old, &segment)) {
            status = filter_read(store, &segment, err);
        }
        if (status == OK) {
            status = segments_push(store, segments, segment, err);
        } else {
            free(segment.filter);
        }
    }
    forget_items(&old);
    if (status == OK && !merges_fit(segments)) {
        status = segment_damaged(store, segments->items[0].segment, err);
    }
    return status;
}

Status segment_insert(Store *store, Segment *segment, Error *err) {
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

Status segment_update(Store *store, const Segment *segment, Error *err) {
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

Status segment_delete(Store *store, const Segment *segment, Error *err) {
    int64_t first = segment_row(segment, 0),
            last = segment_row(segment, (1 << BUCKET_BITS_MAX) - 1);
    Status status = rows_run(
        store, "DELETE FROM posting_filter WHERE part BETWEEN ?1 AND ?2", first,
        last, err);

    if (status == OK) {
        status =
            rows_run(store, "DELETE FROM posting WHERE block BETWEEN ?1 AND ?2",
                     first, last, err);
    }
    if (status == OK) {
        status = rows_run(store, "DELETE FROM segment WHERE segment = ?1",
                          segment->segment, 0, err);
    }
    return status;
}

void segment_widen(Segment *segment, int64_t first, int64_t last) {
    segment->first = first < segment->first ? first : segment->first;
    segment->last = last > segment->last ? last : segment->last;
}

Status segments_add(Store *store, Segments *segments, const Posting *items,
                    size_t count, Error *err) {
    Segment segment = {
        .bits = segment_bits_for(count), .postings = count, .high = KEY_END};
    Status status;

    if (count == 0) {
        return OK;
    }
    segment.first = segment.last = items[0].report;
    for (size_t i = 1; i < count; i++) {
        segment_widen(&segment, items[i].report, items[i].report);
    }
    status = filter_make(store, &segment, err);
    if (status == OK) {
        status = segment_insert(store, &segment, err);
    }
    if (status == OK) {
        status = buckets_write(store, segments, &segment, items, count, err);
    }
    if (status == OK) {
        status =
            filter_write(store, &segment, 0, UINT64_C(1) << segment.bits, err);
    }
    if (status != OK) {
        free(segment.filter);
        return status;
    }
    return segments_push(store, segments, segment, err);
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
            status = segment_delete(store, segment, err);
            free(segment->filter);
        } else {
            segments->items[kept++] = *segment;
        }
    }
    segments->count = kept;
    return status;
}
