/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_explain.c - VIEW_EXPLAIN: why two reports are told of together.
 *
 * Room: tell. Their profiles are read again from their texts, with the words;
 * what both have, by weight, is why link/stories.c found them alike. Beside it
 * stands how alike each is to the rest of its story, since a group is held to
 * what it is inside (link/group.h). */
#include <stdlib.h>

#include "link/group.h"
#include "tell/format.h"
#include "tell/screen.h"
#include "tell/views.h"

enum { SHARED_MAX = 12, MEMBERS_MAX = 50 };

typedef struct Side {
    int64_t report, story, storyline;
    Str id, label, title, published, text;
    SpanList body;
    Term *terms;
    uint32_t count;
    Profile profile;
    uint32_t others; /* of its story, that were looked at */
    double inside;   /* mean likeness to them */
} Side;

/* A term that both have: its part in their likeness. */
typedef struct Shared {
    Term term;
    double part;
} Shared;

typedef struct Pair {
    Side a, b;
    Shared shared[PROFILE_TERMS];
    uint32_t count;
    double like, same;
    bool dated;
    int32_t days; /* between them, where both are dated */
} Pair;

static bool read_side(Teller *teller, Str id, Side *out) {
    Arena *arena = teller->arena;
    Query *query = query_fixed(
        teller,
        "SELECT r.report, g.story, s.storyline, r.label, r.title, r.url, "
        "r.published, r.text, r.body, t.day, t.day IS NULL, s.title, t.terms "
        "FROM "
        "report r JOIN standing g ON g.report = r.report AND g.latest JOIN "
        "story s ON s.story = g.story JOIN trace t ON t.report = r.report "
        "WHERE r.id = ?1");
    ProfileSource source;
    int32_t day;

    query_bind_str(query, 1, id);
    if (!query_next(query)) {
        teller_fail(teller, ERR_NOT_FOUND, "no report %.*s in the store",
                    (int)id.len, id.ptr);
        return false;
    }
    *out = (Side){.report = query_int(query, 0),
                  .story = query_int(query, 1),
                  .storyline = query_int(query, 2),
                  .id = id,
                  .label = query_dup(query, arena, 3),
                  .title = query_dup(query, arena, 11),
                  .published = query_dup(query, arena, 6),
                  .text = query_dup(query, arena, 7)};
    spans_read(arena, query_text(query, 8), &out->body);
    day = query_int(query, 10) ? PROFILE_NO_DAY : (int32_t)query_int(query, 9);
    source = (ProfileSource){.title = query_dup(query, arena, 4),
                             .url = query_dup(query, arena, 5),
                             .text = out->text,
                             .body = &out->body};
    profile_unpack(query_text(query, 12), day, &out->profile);
    query_reset(query);
    out->count = profile_terms(arena, teller->lexicon, &source, &out->terms);
    return true;
}

/* The first members of the story speak for it. */
static void read_inside(Teller *teller, Side *side) {
    Query *query = query_fixed(
        teller, "SELECT t.terms, t.day, t.day IS NULL FROM standing g JOIN "
                "trace t ON t.report = g.report WHERE g.story = ?1 AND "
                "g.report <> ?2 ORDER BY g.report LIMIT ?3");
    double sum = 0;

    query_bind(query, 1, side->story);
    query_bind(query, 2, side->report);
    query_bind(query, 3, MEMBERS_MAX);
    while (query_next(query)) {
        Profile profile;

        profile_unpack(query_text(query, 0),
                       query_int(query, 2) ? PROFILE_NO_DAY
                                           : (int32_t)query_int(query, 1),
                       &profile);
        sum += profile_same(&side->profile, &profile);
        side->others++;
    }
    side->inside = side->others ? sum / side->others : 0;
}

/* Terms of both, the weightiest first: a's stand in that order already, and a
 * few dozen are put in order by insertion. */
static void read_shared(Pair *pair) {
    for (uint32_t i = 0; i < pair->a.count; i++) {
        for (uint32_t k = 0; k < pair->b.count; k++) {
            const Term *x = &pair->a.terms[i], *y = &pair->b.terms[k];
            uint32_t at = pair->count;

            if (x->hash != y->hash) {
                continue;
            }
            while (at > 0 &&
                   pair->shared[at - 1].part < x->weight * y->weight) {
                pair->shared[at] = pair->shared[at - 1];
                at--;
            }
            pair->shared[at] = (Shared){*x, x->weight * y->weight};
            pair->count++;
        }
    }
}

static bool read_pair(Teller *teller, Pair *pair) {
    const TellFilter *filter = teller->filter;

    if (!read_side(teller, filter->report, &pair->a) ||
        !read_side(teller, filter->other, &pair->b)) {
        return false;
    }
    read_inside(teller, &pair->a);
    read_inside(teller, &pair->b);
    read_shared(pair);
    pair->like = profile_like(&pair->a.profile, &pair->b.profile);
    pair->same = profile_same(&pair->a.profile, &pair->b.profile);
    pair->dated = pair->a.profile.day != PROFILE_NO_DAY &&
                  pair->b.profile.day != PROFILE_NO_DAY;
    pair->days =
        pair->dated ? abs(pair->a.profile.day - pair->b.profile.day) : 0;
    return true;
}

/* "dyke", "Helen Orr". */
static Str term_text(Teller *teller, const Term *term) {
    return term->next.len == 0
               ? term->word
               : str_format(teller->arena, "%.*s %.*s", (int)term->word.len,
                            term->word.ptr, (int)term->next.len,
                            term->next.ptr);
}

static void put_side(Json *json, const char *key, const Side *side) {
    json_key(json, key);
    json_open(json, '{');
    json_key_str(json, "id", side->id);
    json_key_int(json, "story", side->story);
    json_key_int(json, "storyline", side->storyline);
    json_key(json, "inside");
    if (side->others == 0) {
        json_null(json);
    } else {
        json_number(json, side->inside, 3);
    }
    json_close(json, '}');
}

static void put_json(Teller *teller, const Pair *pair) {
    Json json = json_to(&teller->out);

    json_open(&json, '{');
    json_key_bool(&json, "together", pair->a.story == pair->b.story);
    put_side(&json, "a", &pair->a);
    put_side(&json, "b", &pair->b);
    json_key(&json, "like");
    json_number(&json, pair->like, 3);
    json_key_int_or_null(&json, "days", pair->dated ? pair->days : -1, -1);
    json_key(&json, "same");
    json_number(&json, pair->same, 3);
    json_key(&json, "shared");
    json_open(&json, '[');
    for (uint32_t i = 0; i < pair->count; i++) {
        json_open(&json, '{');
        json_key_str(&json, "term", term_text(teller, &pair->shared[i].term));
        json_key(&json, "part");
        json_number(&json, pair->shared[i].part, 3);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    buf_char(&teller->out, '\n');
}

/* "Together in story 3: Flood at Tarn". */
static void put_verdict(Teller *teller, const Pair *pair) {
    Line line = teller_line(teller);
    const Side *a = &pair->a, *b = &pair->b;
    Arena *arena = teller->arena;

    if (a->story == b->story) {
        line_add(
            &line, INK_MARK,
            str_format(arena, "Together in story %lld:", (long long)a->story));
        line_add(&line, INK_BOLD, text_flat(arena, a->title));
    } else {
        line_add(&line, INK_MARK,
                 str_format(arena, "Apart: stories %lld and %lld,",
                            (long long)a->story, (long long)b->story));
        line_add(&line, INK_PLAIN,
                 str_of(a->storyline == b->storyline
                            ? "which continue each other."
                            : "of two storylines."));
    }
    line_end(&line, 0, 2);
}

static void put_shared(Teller *teller, const Pair *pair) {
    Line line = teller_line(teller);

    line_add(&line, INK_PLAIN,
             str_of(pair->count ? "Both say" : "They share no weighty word."));
    for (uint32_t i = 0; i < pair->count && i < SHARED_MAX; i++) {
        const Shared *shared = &pair->shared[i];
        Str term = term_text(teller, &shared->term);
        bool more = i + 1 < pair->count && i + 1 < SHARED_MAX;

        line_keep(&line, INK_PLAIN,
                  str_format(teller->arena, "%.*s %.0f%%%s", (int)term.len,
                             term.ptr, shared->part / pair->like * 100,
                             more ? "," : ""));
    }
    line_end(&line, 2, 4);
}

/* "Likeness 0.46, with their days (1 apart) 0.56; 0.14 is needed." */
static void put_numbers(Teller *teller, const Pair *pair) {
    Line line = teller_line(teller);
    Arena *arena = teller->arena;
    Str days = pair->dated ? str_format(arena, "%d apart", (int)pair->days)
                           : str_of("not both known");

    line_add(&line, INK_PLAIN,
             str_format(arena,
                        "Likeness %.2f; with their days (%.*s) %.2f. At %.2f "
                        "two reports are one story.",
                        pair->like, (int)days.len, days.ptr, pair->same,
                        GROUP_LIKE));
    line_end(&line, 2, 4);
}

static void put_inside(Teller *teller, const Side *side) {
    Line line = teller_line(teller);

    line_add(&line, INK_BOLD, side->label);
    line_add(
        &line, INK_DIM,
        str_format(teller->arena, "(%.*s)", (int)side->id.len, side->id.ptr));
    line_add(&line, INK_PLAIN,
             side->others == 0
                 ? str_of("stands alone in its story.")
                 : str_format(teller->arena,
                              "is like the others of its story by %.2f on "
                              "the average.",
                              side->inside));
    line_end(&line, 2, 4);
}

void tell_explain(Teller *teller) {
    Pair pair = {0};

    if (!read_pair(teller, &pair)) {
        return;
    }
    if (teller->style.format == TELL_JSON) {
        put_json(teller, &pair);
        return;
    }
    put_verdict(teller, &pair);
    put_shared(teller, &pair);
    put_numbers(teller, &pair);
    put_inside(teller, &pair.a);
    put_inside(teller, &pair.b);
}
