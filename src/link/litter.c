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
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "link/inside.h"
#include "store/postings.h"

enum {
    ORIGINS_MIN = 3, /* reports, not copies of each other */
    WORDS_MIN = 2,   /* a word alone recurs by chance: "Yes." */
    WORDS_MAX = 120,
    HOLDERS_ASKED = 16, /* reports of one paragraph that are looked at first */
    HOLDERS_MAX = 200,  /* and at most */
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
        const char *newline = memchr(text.ptr + begin, '\n', text.len - begin);
        size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
        Span span = span_trim(text, (Span){(uint32_t)begin, (uint32_t)end});
        uint32_t words;
        uint64_t hash = line_hash(arena, text, span, &words);

        begin = end + 1;
        if (words >= WORDS_MIN && words <= WORDS_MAX) {
            hash = (hash ^ seed) * UINT64_C(0x9E3779B97F4A7C15);
            lines.items = arena_grow(arena, lines.items, lines.count,
                                     &lines.capacity, sizeof *lines.items);
            lines.items[lines.count++] = (Line){span, hash};
        }
    }
    return lines;
}

static Numbers hashes_of(Arena *arena, const Lines *lines) {
    Numbers hashes = {0};

    for (uint32_t i = 0; i < lines->count; i++) {
        numbers_push(arena, &hashes, lines->items[i].hash);
    }
    numbers_sort(&hashes);
    return hashes;
}

/* ------------------------------------------------------------------ holders */

/* A paragraph of the report, and the first others that have it too. */
struct Repeat {
    uint64_t hash;
    Numbers holders;
};

typedef struct Holders {
    Link *link;
    const Numbers *hashes;
    Repeats repeats;
} Holders;

static void push_repeat(void *context, uint32_t which, const int64_t *reports,
                        uint32_t count) {
    Holders *found = context;
    Arena *arena = found->link->arena;
    Repeats *repeats = &found->repeats;
    Repeat repeat = {.hash = found->hashes->items[which]};

    for (uint32_t i = 0; i < count; i++) {
        if (reports[i] != found->link->report) {
            numbers_push(arena, &repeat.holders, (uint64_t)reports[i]);
        }
    }
    repeats->items = arena_grow(arena, repeats->items, repeats->count,
                                &repeats->capacity, sizeof *repeats->items);
    repeats->items[repeats->count++] = repeat;
}

/* Who else has these paragraphs, at most `limit` reports of each. */
static Repeats find_repeats(Link *link, const Numbers *hashes, uint32_t limit) {
    Holders found = {.link = link, .hashes = hashes};

    if (link->status == OK) {
        link->status = postings_find(link->store, POSTING_LINE, hashes->items,
                                     hashes->count, POSTINGS_FIRST, limit,
                                     push_repeat, &found, link->err);
    }
    return found.repeats;
}

static Numbers holders_of(Link *link, uint64_t hash) {
    Numbers one_hash = {&hash, 1, 1};
    Repeats repeats = find_repeats(link, &one_hash, HOLDERS_MAX);

    return repeats.count ? repeats.items[0].holders : (Numbers){0};
}

/* Origins of `holders` and of `report` (0: nobody), no further than to one
 * more than ORIGINS_MIN. */
static uint32_t count_origins(Link *link, const Numbers *holders,
                              int64_t report) {
    int64_t seen[ORIGINS_MIN + 1];
    uint32_t count = 0;

    for (uint32_t i = 0; i <= holders->count && count <= ORIGINS_MIN; i++) {
        int64_t other =
            i < holders->count ? (int64_t)holders->items[i] : report;
        int64_t origin = one(
            link, "SELECT origin FROM standing WHERE report = ?1", other, 0);
        uint32_t k = 0;

        while (k < count && seen[k] != origin) {
            k++;
        }
        if (k == count && origin != 0) {
            seen[count++] = origin;
        }
    }
    return count;
}

/* The same, of all who have the paragraph: a few mostly decide it. */
static uint32_t origins_of(Link *link, Repeat *repeat, int64_t report) {
    uint32_t count = count_origins(link, &repeat->holders, report);

    if (count <= ORIGINS_MIN && repeat->holders.count + 1 >= HOLDERS_ASKED) {
        repeat->holders = holders_of(link, repeat->hash);
        count = count_origins(link, &repeat->holders, report);
    }
    return count;
}

/* Reports whose body changes. */
typedef struct Changes {
    Map seen;
    Numbers reports;
} Changes;

/* The fingerprints go out of the index while the body still has its words. */
static void note_change(Link *link, Changes *changes, int64_t report) {
    bool is_new;

    map_put(&changes->seen, (uint64_t)report, 1, &is_new);
    if (is_new) {
        copies_unindex(link, report);
        numbers_push(link->arena, &changes->reports, (uint64_t)report);
    }
}

static void compare_again(Link *link, Changes *changes) {
    numbers_sort(&changes->reports);
    for (uint32_t i = 0; i < changes->reports.count; i++) {
        copies_again(link, (int64_t)changes->reports.items[i]);
    }
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
        "UPDATE event SET cut = ?4 WHERE report = ?1 AND begin >= ?2 AND "
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

/* Body and litter of a report from which `cuts` were taken, in one go: the row
 * is written anew. */
static void write_cuts(Link *link, const Stored *stored, const SpanList *cuts) {
    sqlite3_stmt *q = ask(
        link,
        "UPDATE report SET body = ?2, litter = (SELECT json_group_array(json("
        "value)) FROM (SELECT value FROM (SELECT value FROM json_each(litter) "
        "UNION ALL SELECT json_object('span', json(value), 'why', ?4 || ?5) "
        "FROM json_each(?3)) ORDER BY json_extract(value, '$.span[0]'))) WHERE "
        "report = ?1");

    set_id(q, 1, stored->report);
    set_str(q, 2, spans_format(link->arena, &stored->body));
    set_str(q, 3, spans_format(link->arena, cuts));
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

static bool is_in_body(const Stored *stored, Span span) {
    for (uint32_t i = 0; i < stored->body.count; i++) {
        if (span_holds(stored->body.items[i], span)) {
            return true;
        }
    }
    return false;
}

static bool numbers_have(const Numbers *list, uint64_t number) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i] == number) {
            return true;
        }
    }
    return false;
}

/* Cut every paragraph of the report that has one of these hashes. `changes`
 * may be NULL: the report is in no index yet. */
static void cut_lines(Link *link, int64_t report, const Numbers *hashes,
                      Changes *changes) {
    SpanList cuts = {0};
    Stored stored;
    Lines lines;

    if (hashes->count == 0 || !stored_read(link, report, &stored)) {
        return;
    }
    lines = lines_of(link->arena, stored.text, stored.outlet);
    for (uint32_t i = 0; i < lines.count; i++) {
        Span span = lines.items[i].span;

        if (numbers_have(hashes, lines.items[i].hash) &&
            is_in_body(&stored, span) && !has_count(link, report, span)) {
            stored.body = without(link->arena, stored.text, &stored.body, span);
            span_push(link->arena, &cuts, span);
        }
    }
    if (cuts.count == 0) {
        return;
    }
    if (changes) {
        note_change(link, changes, report);
    }
    write_cuts(link, &stored, &cuts);
    for (uint32_t i = 0; i < cuts.count; i++) {
        mark_claims(link, report, cuts.items[i], true);
    }
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

static void give_back(Link *link, int64_t report, uint64_t hash,
                      Changes *changes) {
    Stored stored;
    Lines lines;

    if (!stored_read(link, report, &stored)) {
        return;
    }
    lines = lines_of(link->arena, stored.text, stored.outlet);
    for (uint32_t i = 0; i < lines.count; i++) {
        Span span = lines.items[i].span;

        if (lines.items[i].hash == hash && erase_litter(link, report, span)) {
            note_change(link, changes, report);
            stored.body = with(link->arena, stored.text, &stored.body, span);
            write_body(link, report, &stored.body);
            mark_claims(link, report, span, false);
        }
    }
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
    Numbers hashes = hashes_of(link->arena, &lines), known = {0};

    link->repeats = find_repeats(link, &hashes, HOLDERS_ASKED);
    for (uint32_t i = 0; i < link->repeats.count; i++) {
        Repeat *repeat = &link->repeats.items[i];

        if (origins_of(link, repeat, 0) >= ORIGINS_MIN) {
            numbers_push(link->arena, &known, repeat->hash);
        }
    }
    cut_lines(link, link->report, &known, NULL);
    if (link->status == OK) {
        link->status = postings_add(link->store, POSTING_LINE, hashes.items,
                                    hashes.count, link->report, link->err);
    }
}

void litter_found(Link *link) {
    Changes changes = {0};

    map_init(&changes.seen, link->arena, 0);
    for (uint32_t i = 0; i < link->repeats.count; i++) {
        Repeat *repeat = &link->repeats.items[i];
        Numbers hash = {&repeat->hash, 1, 1};

        /* Known ones are cut already; this report may make it known. */
        if (origins_of(link, repeat, link->report) != ORIGINS_MIN) {
            continue;
        }
        cut_lines(link, link->report, &hash, &changes);
        for (uint32_t k = 0; k < repeat->holders.count; k++) {
            cut_lines(link, (int64_t)repeat->holders.items[k], &hash, &changes);
        }
    }
    compare_again(link, &changes);
}

/* Give a paragraph back where it is litter no longer without the report. */
static void forget_repeat(Link *link, Repeat *repeat, Changes *changes) {
    if (origins_of(link, repeat, link->report) < ORIGINS_MIN ||
        origins_of(link, repeat, 0) >= ORIGINS_MIN) {
        return;
    }
    for (uint32_t k = 0; k < repeat->holders.count; k++) {
        give_back(link, (int64_t)repeat->holders.items[k], repeat->hash,
                  changes);
    }
}

void litter_forget(Link *link) {
    Changes changes = {0};
    Stored stored;
    Lines lines;
    Numbers hashes;
    Repeats repeats;

    if (!stored_read(link, link->report, &stored)) {
        return;
    }
    /* Titles and the like were not put in, and are passed over. */
    lines = lines_of(link->arena, stored.text, stored.outlet);
    hashes = hashes_of(link->arena, &lines);
    if (link->status == OK) {
        link->status = postings_remove(link->store, POSTING_LINE, hashes.items,
                                       hashes.count, link->report, link->err);
    }
    repeats = find_repeats(link, &hashes, HOLDERS_ASKED);
    map_init(&changes.seen, link->arena, 0);
    for (uint32_t i = 0; i < repeats.count; i++) {
        forget_repeat(link, &repeats.items[i], &changes);
    }
    compare_again(link, &changes);
}
