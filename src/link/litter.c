/* SPDX-License-Identifier: Apache-2.0 */
/* link/litter.c - what an outlet repeats under its reports is no report.
 *
 * Room: link. clean/ sees one report; that a plea or a list of links stands
 * under every report of an outlet only shows here. Each paragraph is kept by a
 * hash of its words and the outlet. One that stands in three reports of
 * different origin (copies of one report repeat everything) is litter:
 *
 *     report 4  The Herald   "Sign up for our evening letter"
 *     report 9  The Herald   "Sign up for our evening letter"
 *     report 12 The Herald   "Sign up for our evening letter"   -> cut in all
 *
 * Cutting changes body and litter of a report and marks the claims inside as
 * cut; nothing is deleted, so that forgetting a report can give it all back.
 * A paragraph with a count of people is spared: outlets repeat such background
 * word for word while a story runs. */
#include "base/ascii.h"
#include "base/utf8.h"
#include "link/inside.h"

enum {
    ORIGINS_MIN = 3, /* reports, not copies of each other */
    WORDS_MIN = 2,   /* a word alone recurs by chance: "Yes." */
    WORDS_MAX = 120,
    HOLDERS_MAX = 200, /* reports of one paragraph that are looked at */
    HASH_BITS = 48,
};

static const char WHY[] = "litter/recurs: in reports of ";

typedef struct Line {
    Span span;
    uint64_t hash;
} Line;

typedef struct Lines {
    Line *items; /* arena */
    uint32_t count, capacity;
} Lines;

/* Hash of the words but for numbers: "our 31,000 readers" is soon 32,000. */
static uint64_t line_hash(Arena *arena, Str text, Span span, uint32_t *count) {
    SpanList whole = {&span, 1, 1};
    uint64_t hash = HASH_SEED;
    Words words;

    words_read(arena, text, &whole, NULL, &words);
    for (uint32_t i = 0; i < words.count; i++) {
        if (!ascii_digit(text.ptr[words.items[i].begin])) {
            hash = (hash ^ words.items[i].hash) * UINT64_C(0x9E3779B97F4A7C15);
            hash ^= hash >> 29;
        }
    }
    *count = words.count;
    return hash;
}

/* The paragraphs of a text that are long enough and not too long. */
static Lines lines_of(Arena *arena, Str text, Str outlet) {
    Lines lines = {0};
    uint64_t seed = words_hash(outlet, NULL);
    size_t begin = 0;

    if (outlet.len == 0) {
        return lines;
    }
    while (begin < text.len) {
        size_t end = str_find(text, str_of("\n"), begin);
        Span span = span_trim(text, (Span){(uint32_t)begin, (uint32_t)end});
        uint32_t words;
        uint64_t hash = line_hash(arena, text, span, &words);

        begin = end + 1;
        if (words >= WORDS_MIN && words <= WORDS_MAX) {
            hash = (hash ^ seed) * UINT64_C(0x9E3779B97F4A7C15);
            lines.items = arena_grow(arena, lines.items, lines.count,
                                     &lines.capacity, sizeof *lines.items);
            lines.items[lines.count++] = (Line){span, hash >> (64 - HASH_BITS)};
        }
    }
    return lines;
}

/* ------------------------------------------------------------------ holders */

/* How many origins have the paragraph. */
static int64_t origins_of(Link *link, uint64_t hash) {
    return one(link,
               "SELECT count(DISTINCT origin) FROM (SELECT s.origin FROM "
               "outlet_line l JOIN standing s ON s.report = l.report WHERE "
               "l.hash = ?1 ORDER BY l.report LIMIT 200)",
               (int64_t)hash, 0);
}

static Numbers holders_of(Link *link, uint64_t hash) {
    Numbers list = {0};
    sqlite3_stmt *q = ask(link, "SELECT report FROM outlet_line WHERE hash = "
                                "?1 ORDER BY report LIMIT ?2");

    set_id(q, 1, (int64_t)hash);
    set_id(q, 2, HOLDERS_MAX);
    while (next_row(link, q)) {
        numbers_push(link->arena, &list, (uint64_t)sqlite3_column_int64(q, 0));
    }
    return list;
}

static void index_lines(Link *link, const Lines *lines) {
    Numbers hashes = {0};

    for (uint32_t i = 0; i < lines->count; i++) {
        numbers_push(link->arena, &hashes, lines->items[i].hash);
    }
    numbers_sort(&hashes);
    for (uint32_t i = 0; i < hashes.count; i++) {
        run2(link, "INSERT INTO outlet_line (hash, report) VALUES (?1, ?2)",
             (int64_t)hashes.items[i], link->report);
    }
    trace_write(link, link->report,
                "INSERT INTO trace (report, lines) VALUES (?1, ?2) ON CONFLICT "
                "(report) DO UPDATE SET lines = excluded.lines",
                &hashes);
}

/* -------------------------------------------------------- cut and give back */

/* `body` without `cut`. */
static SpanList without(Arena *arena, Str text, const SpanList *body,
                        Span cut) {
    SpanList out = {0};

    for (uint32_t i = 0; i < body->count; i++) {
        Span span = body->items[i];
        Span pieces[2] = {{span.begin, cut.begin}, {cut.end, span.end}};

        if (span_overlap(span, cut) == 0) {
            span_push(arena, &out, span);
            continue;
        }
        for (int k = 0; k < 2; k++) {
            Span piece = pieces[k];

            piece = piece.begin < piece.end ? span_trim(text, piece) : piece;
            if (piece.begin < piece.end) {
                span_push(arena, &out, piece);
            }
        }
    }
    return out;
}

static bool only_space(Str text, uint32_t begin, uint32_t end) {
    return begin >= end || span_empty(span_trim(text, (Span){begin, end}));
}

/* Put `span` behind the last of `out`, or into it where only space is
 * between. */
static void append(Arena *arena, Str text, SpanList *out, Span span) {
    Span *last = out->count ? &out->items[out->count - 1] : NULL;

    if (last && only_space(text, last->end, span.begin)) {
        last->end = span.end > last->end ? span.end : last->end;
    } else {
        span_push(arena, out, span);
    }
}

/* `body` with `given` in its place. */
static SpanList with(Arena *arena, Str text, const SpanList *body, Span given) {
    SpanList out = {0};
    bool put = false;

    for (uint32_t i = 0; i < body->count; i++) {
        if (!put && given.begin < body->items[i].begin) {
            append(arena, text, &out, given);
            put = true;
        }
        append(arena, text, &out, body->items[i]);
    }
    if (!put) {
        append(arena, text, &out, given);
    }
    return out;
}

static void write_body(Link *link, int64_t report, const SpanList *body) {
    sqlite3_stmt *q =
        ask(link, "UPDATE report SET body = ?2 WHERE report = ?1");

    set_id(q, 1, report);
    set_str(q, 2, spans_format(link->arena, body));
    run(link, q);
}

static void mark_claims(Link *link, int64_t report, Span span, bool cut) {
    static const char *const updates[] = {
        "UPDATE quote SET cut = ?4 WHERE report = ?1 AND begin >= ?2 AND "
        "end <= ?3",
        "UPDATE figure SET cut = ?4 WHERE report = ?1 AND begin >= ?2 AND "
        "end <= ?3",
        "UPDATE time SET cut = ?4 WHERE report = ?1 AND begin >= ?2 AND "
        "end <= ?3",
        "UPDATE mention SET cut = ?4 WHERE report = ?1 AND begin >= ?2 AND "
        "end <= ?3",
    };

    for (size_t i = 0; i < sizeof updates / sizeof *updates; i++) {
        sqlite3_stmt *q = ask(link, updates[i]);

        set_id(q, 1, report);
        set_id(q, 2, span.begin);
        set_id(q, 3, span.end);
        set_id(q, 4, cut);
        run(link, q);
    }
}

static void write_litter(Link *link, const Stored *stored, Span span) {
    sqlite3_stmt *q = ask(
        link,
        "UPDATE report SET litter = (SELECT json_group_array(json(value)) FROM "
        "(SELECT value FROM json_each(json_insert(litter, '$[#]', "
        "json_object('span', json_array(?2, ?3), 'why', ?4 || ?5))) ORDER BY "
        "json_extract(value, '$.span[0]'))) WHERE report = ?1");

    set_id(q, 1, stored->report);
    set_id(q, 2, span.begin);
    set_id(q, 3, span.end);
    set_str(q, 4, str_of(WHY));
    set_str(q, 5, stored->outlet);
    run(link, q);
}

static bool has_count(Link *link, int64_t report, Span span) {
    sqlite3_stmt *q =
        ask(link, "SELECT 1 FROM figure WHERE report = ?1 AND begin >= ?2 AND "
                  "end <= ?3 AND kind <> 'other'");
    bool found;

    set_id(q, 1, report);
    set_id(q, 2, span.begin);
    set_id(q, 3, span.end);
    found = next_row(link, q);
    done(q);
    return found;
}

/* Cut every paragraph of the report that has this hash; false: none was. */
static bool cut_lines(Link *link, int64_t report, uint64_t hash) {
    Stored stored;
    Lines lines;
    bool cut = false;

    if (!stored_read(link, report, &stored)) {
        return false;
    }
    lines = lines_of(link->arena, stored.text, stored.outlet);
    for (uint32_t i = 0; i < lines.count; i++) {
        Span span = lines.items[i].span;
        bool inside = false;

        for (uint32_t k = 0; k < stored.body.count; k++) {
            inside = inside || span_holds(stored.body.items[k], span);
        }
        if (lines.items[i].hash != hash || !inside ||
            has_count(link, report, span)) {
            continue;
        }
        stored.body = without(link->arena, stored.text, &stored.body, span);
        write_body(link, report, &stored.body);
        write_litter(link, &stored, span);
        mark_claims(link, report, span, true);
        cut = true;
    }
    return cut;
}

/* Take a mark of ours out of `litter`; true if there was one. */
static bool erase_litter(Link *link, int64_t report, Span span) {
    sqlite3_stmt *q = ask(
        link,
        "UPDATE report SET litter = (SELECT json_group_array(json(value)) FROM "
        "json_each(litter) WHERE json_extract(value, '$.span[0]') <> ?2 OR "
        "instr(json_extract(value, '$.why'), ?3) <> 1) WHERE report = ?1 AND "
        "EXISTS (SELECT 1 FROM json_each(litter) WHERE json_extract(value, "
        "'$.span[0]') = ?2 AND instr(json_extract(value, '$.why'), ?3) = 1)");

    set_id(q, 1, report);
    set_id(q, 2, span.begin);
    set_str(q, 3, str_of(WHY));
    run(link, q);
    return link->status == OK && sqlite3_changes(store_db(link->store)) > 0;
}

static bool give_back(Link *link, int64_t report, uint64_t hash) {
    Stored stored;
    Lines lines;
    bool given = false;

    if (!stored_read(link, report, &stored)) {
        return false;
    }
    lines = lines_of(link->arena, stored.text, stored.outlet);
    for (uint32_t i = 0; i < lines.count; i++) {
        Span span = lines.items[i].span;

        if (lines.items[i].hash == hash && erase_litter(link, report, span)) {
            stored.body = with(link->arena, stored.text, &stored.body, span);
            write_body(link, report, &stored.body);
            mark_claims(link, report, span, false);
            given = true;
        }
    }
    return given;
}

/* ------------------------------------------------------------------- public */

/* Title, byline and what clean/ has cut: these recur by right. */
static bool is_paragraph(const Clean *clean, Span span) {
    for (uint32_t i = 0; i < clean->block_count; i++) {
        const Block *block = &clean->blocks[i];

        if (span_overlap(block->span, span) > 0 &&
            block->kind != BLOCK_PARAGRAPH && block->kind != BLOCK_HEADING) {
            return false;
        }
    }
    return true;
}

static Lines paragraphs_of(Link *link) {
    const Clean *clean = &link->analysis->clean;
    Lines lines = lines_of(link->arena, clean->text, clean->outlet);
    uint32_t kept = 0;

    for (uint32_t i = 0; i < lines.count; i++) {
        if (is_paragraph(clean, lines.items[i].span)) {
            lines.items[kept++] = lines.items[i];
        }
    }
    lines.count = kept;
    return lines;
}

void litter_known(Link *link) {
    Lines lines = paragraphs_of(link);

    for (uint32_t i = 0; i < lines.count; i++) {
        if (origins_of(link, lines.items[i].hash) >= ORIGINS_MIN) {
            cut_lines(link, link->report, lines.items[i].hash);
        }
    }
    index_lines(link, &lines);
}

static Numbers own_lines(Link *link) {
    return trace_read(link, link->report,
                      "SELECT lines FROM trace WHERE report = ?1");
}

void litter_found(Link *link) {
    Numbers hashes = own_lines(link), changed = {0};

    for (uint32_t i = 0; i < hashes.count; i++) {
        Numbers holders;

        /* Known ones are cut already; this report may make it known. */
        if (origins_of(link, hashes.items[i]) != ORIGINS_MIN) {
            continue;
        }
        holders = holders_of(link, hashes.items[i]);
        for (uint32_t k = 0; k < holders.count; k++) {
            if (cut_lines(link, (int64_t)holders.items[k], hashes.items[i])) {
                numbers_push(link->arena, &changed, holders.items[k]);
            }
        }
    }
    numbers_sort(&changed);
    for (uint32_t i = 0; i < changed.count; i++) {
        copies_again(link, (int64_t)changed.items[i]);
    }
}

void litter_forget(Link *link) {
    Numbers hashes = own_lines(link), changed = {0};

    for (uint32_t i = 0; i < hashes.count; i++) {
        uint64_t hash = hashes.items[i];
        bool was_known = origins_of(link, hash) >= ORIGINS_MIN;
        Numbers holders;

        run2(link, "DELETE FROM outlet_line WHERE hash = ?1 AND report = ?2",
             (int64_t)hash, link->report);
        if (!was_known || origins_of(link, hash) >= ORIGINS_MIN) {
            continue;
        }
        holders = holders_of(link, hash);
        for (uint32_t k = 0; k < holders.count; k++) {
            if (give_back(link, (int64_t)holders.items[k], hash)) {
                numbers_push(link->arena, &changed, holders.items[k]);
            }
        }
    }
    numbers_sort(&changed);
    for (uint32_t i = 0; i < changed.count; i++) {
        copies_again(link, (int64_t)changed.items[i]);
    }
}
