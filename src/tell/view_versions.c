/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_versions.c - VIEW_VERSIONS: what changed from one version of a
 * report to the next, sentence by sentence.
 *
 * Room: tell. Told of every report that has more than one version, or of the
 * one that is asked for. */
#include "tell/diff.h"
#include "tell/filter.h"
#include "tell/format.h"
#include "tell/views.h"

enum {
    COL_ID,
    COL_VERSION,
    COL_LATEST,
    COL_PUBLISHED,
    COL_BYTES,
    COL_HASH,
    COL_TITLE,
    COL_LABEL,
    COL_TEXT,
    COL_SENTENCES,
    COL_BEFORE_TITLE,
    COL_BEFORE_TEXT,
    COL_BEFORE_SENTENCES,
};

/* A sentence that went, came, or became another: then both are set. */
typedef struct Change {
    Span before, after;
} Change;

typedef struct Changes {
    Change *items; /* row arena */
    uint32_t count, capacity;
    Str before, after; /* the texts; borrowed */
} Changes;

/* Two sentences that share this much of their words are one, edited. */
static const double same_share = 0.4;

static bool is_edit(Arena *arena, Str a, Str b) {
    Parts x, y;

    parts_words(arena, a, true, &x);
    parts_words(arena, b, true, &y);
    diff_parts(arena, &x, &y);
    return diff_share(&x, &y) >= same_share;
}

static void push(Arena *arena, Changes *out, Change change) {
    out->items = arena_grow(arena, out->items, out->count, &out->capacity,
                            sizeof *out->items);
    out->items[out->count++] = change;
}

/* One run of sentences that went and one that came in their place: each that
 * came is told beside the one it grew out of, in order.
 *
 *     went  A B C      came  B' D      ->  -A   B/B'   -C   +D           */
static void pair_run(Arena *arena, const Parts *a, uint32_t *i, const Parts *b,
                     uint32_t *k, Changes *out) {
    uint32_t a_end = *i, b_end = *k;

    while (a_end < a->count && !a->kept[a_end]) {
        a_end++;
    }
    while (b_end < b->count && !b->kept[b_end]) {
        b_end++;
    }
    for (; *k < b_end; ++*k) {
        Span after = b->spans[*k];
        for (uint32_t from = *i; from < a_end; from++) {
            if (!is_edit(arena, str_at(a->text, a->spans[from]),
                         str_at(b->text, after))) {
                continue;
            }
            for (; *i < from; ++*i) {
                push(arena, out, (Change){.before = a->spans[*i]});
            }
            push(arena, out, (Change){a->spans[(*i)++], after});
            after = (Span){0};
            break;
        }
        if (!span_empty(after)) {
            push(arena, out, (Change){.after = after});
        }
    }
    for (; *i < a_end; ++*i) {
        push(arena, out, (Change){.before = a->spans[*i]});
    }
}

static void read_changes(Arena *arena, Query *query, Changes *out) {
    SpanList before, after;
    Parts a, b;

    *out = (Changes){.before = query_text(query, COL_BEFORE_TEXT),
                     .after = query_text(query, COL_TEXT)};
    if (query_null(query, COL_BEFORE_TEXT)) {
        return;
    }
    spans_read(arena, query_text(query, COL_BEFORE_SENTENCES), &before);
    spans_read(arena, query_text(query, COL_SENTENCES), &after);
    parts_sentences(arena, out->before, &before, &a);
    parts_sentences(arena, out->after, &after, &b);
    diff_parts(arena, &a, &b);
    for (uint32_t i = 0, k = 0; i < a.count || k < b.count;) {
        if (i < a.count && k < b.count && a.kept[i] && b.kept[k]) {
            i++, k++;
        } else {
            pair_run(arena, &a, &i, &b, &k, out);
        }
    }
}

static void put_side(Json *json, const char *key, Str text, Span span) {
    json_key(json, key);
    if (span_empty(span)) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_key_span(json, "span", span);
    json_key_str(json, "text", str_at(text, span));
    json_close(json, '}');
}

static void put_json(Teller *teller, Query *query, const Changes *changes) {
    Json json = json_to(&teller->out);

    json_open(&json, '{');
    json_key_str(&json, "report", query_text(query, COL_ID));
    json_key_int(&json, "version", query_int(query, COL_VERSION));
    json_key_bool(&json, "latest", query_int(query, COL_LATEST) != 0);
    json_key_str_or_null(&json, "published", query_text(query, COL_PUBLISHED));
    json_key_str_or_null(&json, "title", query_text(query, COL_TITLE));
    json_key_int(&json, "bytes", query_int(query, COL_BYTES));
    json_key_str(&json, "hash", query_text(query, COL_HASH));
    json_key(&json, "changes");
    json_open(&json, '[');
    for (uint32_t i = 0; i < changes->count; i++) {
        Change change = changes->items[i];
        json_open(&json, '{');
        json_key_str(&json, "kind",
                     str_of(span_empty(change.before)  ? "added"
                            : span_empty(change.after) ? "removed"
                                                       : "changed"));
        put_side(&json, "before", changes->before, change.before);
        put_side(&json, "after", changes->after, change.after);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    buf_char(&teller->out, '\n');
}

/* "We [-are-] {+were+} ready": the words of an edited sentence. */
static void add_words(Line *line, Str before, Str after) {
    Parts a, b;

    parts_words(line->arena, before, false, &a);
    parts_words(line->arena, after, false, &b);
    diff_parts(line->arena, &a, &b);
    for (uint32_t i = 0, k = 0; i < a.count || k < b.count;) {
        if (i < a.count && !a.kept[i]) {
            Str word = str_at(a.text, a.spans[i++]);
            line_keep(
                line, INK_DIM,
                str_format(line->arena, "[-%.*s-]", (int)word.len, word.ptr));
        } else if (k < b.count && !b.kept[k]) {
            Str word = str_at(b.text, b.spans[k++]);
            line_keep(
                line, INK_MARK,
                str_format(line->arena, "{+%.*s+}", (int)word.len, word.ptr));
        } else {
            line_add(line, INK_PLAIN, str_at(b.text, b.spans[k]));
            i++, k++;
        }
    }
}

static void put_change(Line *line, const Changes *changes, Change change) {
    Str before = str_at(changes->before, change.before);
    Str after = str_at(changes->after, change.after);

    if (span_empty(change.before)) {
        line_keep(line, INK_MARK, str_of("+"));
        line_add(line, INK_MARK, after);
    } else if (span_empty(change.after)) {
        line_keep(line, INK_DIM, str_of("-"));
        line_add(line, INK_DIM, before);
    } else {
        line_keep(line, INK_PLAIN, str_of("~"));
        add_words(line, before, after);
    }
    line_keep(line, INK_DIM,
              str_format(line->arena, "[%u]",
                         span_empty(change.after) ? change.before.begin
                                                  : change.after.begin));
    line_end(line, 4, 6);
}

static void put_text(Teller *teller, Query *query, const Changes *changes) {
    Line line = teller_line(teller);
    Str was = query_text(query, COL_BEFORE_TITLE);

    line_add(&line, INK_BOLD, query_text(query, COL_LABEL));
    line_add(&line, INK_PLAIN,
             date_words(teller->row, query_text(query, COL_PUBLISHED)));
    line_add(&line, INK_PLAIN, query_text(query, COL_TITLE));
    line_add(
        &line, INK_DIM,
        str_format(teller->row, "%s, version %lld%s, %s",
                   query_dup(query, teller->row, COL_ID).ptr,
                   (long long)query_int(query, COL_VERSION),
                   query_int(query, COL_LATEST) ? " (latest)" : "",
                   count_words(teller->row,
                               (uint64_t)query_int(query, COL_BYTES), "byte")
                       .ptr));
    line_end(&line, 0, 4);
    if (was.len && !str_equal(was, query_text(query, COL_TITLE))) {
        line_keep(&line, INK_PLAIN, str_of("title was:"));
        line_add(&line, INK_DIM, was);
        line_end(&line, 4, 6);
    }
    for (uint32_t i = 0; i < changes->count; i++) {
        put_change(&line, changes, changes->items[i]);
    }
    if (changes->before.len && changes->count == 0) {
        line_add(&line, INK_DIM, str_of("no sentence of the report changed"));
        line_end(&line, 4, 4);
    }
}

/* All versions of the reports whose latest is asked for. */
static const char head[] =
    "SELECT v.id, v.version, h.latest, v.published,"
    " length(CAST(v.text AS BLOB)), lower(hex(v.hash)), v.title, v.label,"
    " v.text, v.sentences, p.title, p.text, p.sentences"
    " FROM report r JOIN standing g ON g.report = r.report"
    " JOIN report v ON v.id = r.id JOIN standing h ON h.report = v.report"
    " LEFT JOIN report p ON p.report = v.previous"
    " WHERE g.latest AND (:report IS NOT NULL OR r.previous IS NOT NULL)";

void tell_versions(Teller *teller) {
    Query *query = query_open(teller, head, FILTER_REPORTS,
                              " ORDER BY r.report, v.version LIMIT :max");
    bool any = false;

    while (query_next(query)) {
        Changes changes;
        read_changes(teller->row, query, &changes);
        if (teller->style.format == TELL_JSON) {
            put_json(teller, query, &changes);
        } else {
            put_text(teller, query, &changes);
        }
        any = true;
        teller_row_end(teller);
    }
    if (!any && teller->filter->report.len) {
        teller_fail(teller, ERR_NOT_FOUND, "no report with the id %.*s",
                    (int)teller->filter->report.len,
                    teller->filter->report.ptr);
    }
}
