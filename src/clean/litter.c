/* SPDX-License-Identifier: Apache-2.0 */
/* clean/litter.c - see litter.h.
 *
 *     piece --weigh--> Evidence --judge--> litter or not     each by itself
 *           --repeats, runs-->                               among its like
 *
 * What is said inside quotation marks is never counted against a piece. */
#include "clean/litter.h"

#include <assert.h>

#include "clean/credit.h"

enum {
    ENOUGH = 10,      /* points that make a short piece litter */
    SHORT_WORDS = 60, /* a piece that is no prose and yet may be judged */
    CAPTION_WORDS = 80,
    PLEA_WORDS = 150,
    BAR_WORDS = 40,    /* a row of buttons */
    TOP_PIECES = 4,    /* where section labels stand */
    BOTTOM_PIECES = 6, /* where credits and notes stand */
    END_WORDS = 8,     /* from the end of a piece: "end" keys */
    PLEA_PIECES = 4,   /* paragraphs that a plea may go on for */
    LISTED = 6,        /* headlines under "related articles" */
    NOTE_WORDS = 48,   /* "Jo Roe contributed to this report." */
    NAME_WORDS = 6,    /* a photographer and an agency */
    SHOUT_WORDS = 8,   /* "Support us!" */
    LABEL_WORDS = 8,   /* "Photo: Jo Roe, Valley Herald" */
    STAFF_WORDS = 6,   /* "Valley Herald and agencies" */
};

typedef struct Evidence {
    uint32_t points;   /* weights of the keys, those in quotes left out */
    uint32_t person;   /* times that the reader or the outlet is meant */
    uint32_t covered;  /* words that belong to keys of any sort */
    uint32_t solid;    /* of them, in keys that are no filler */
    uint32_t labels;   /* of them, in section labels */
    uint64_t seen[4];  /* bit row: the row has counted */
    bool opens;        /* begins with a key of place `start` */
    uint32_t best;     /* weight of the strongest key ... */
    Str phrase, class; /* ... as it stands in the text, and its class */
} Evidence;

static void count_key(const Pieces *pieces, const Piece *piece, uint32_t at,
                      uint32_t length, LexRow row, Evidence *out) {
    const Word *word = &pieces->words.items[at];
    uint32_t weight = (uint32_t)lex_number(row, LEX_LITTER_WEIGHT, 0);
    Str place = lex_cell(row, LEX_LITTER_PLACE);
    uint64_t *seen = &out->seen[row.row / 64 % 4];
    bool counts =
        str_is(place, "any") ||
        (str_is(place, "start") && at == piece->first) ||
        (str_is(place, "end") && at + length + END_WORDS >= piece->last);

    out->covered += length;
    if (str_is(place, "filler")) {
        return;
    }
    if (str_is(place, "person")) {
        out->person += (word->flags & WORD_QUOTED) == 0;
        return;
    }
    out->solid += length;
    if (str_is(place, "top")) {
        out->labels += length;
    }
    out->opens |= at == piece->first && str_is(place, "start");
    if ((word->flags & WORD_QUOTED) == 0 && counts &&
        (*seen >> (row.row % 64) & 1) == 0) {
        out->points += weight; /* each once: words of one row are synonyms */
        *seen |= UINT64_C(1) << (row.row % 64);
    }
    if (weight > out->best && ((word->flags & WORD_QUOTED) == 0)) {
        out->best = weight;
        out->phrase = words_str(&pieces->words, at, at + length);
        out->class = lex_cell(row, LEX_LITTER_CLASS);
    }
}

static Evidence weigh(const Pieces *pieces, const Piece *piece) {
    Evidence out = {0};
    uint32_t at = piece->first;

    while (at < piece->last) {
        LexRow row;
        uint32_t length =
            at == piece->first
                ? words_label(&pieces->words, at, piece->last, LEX_LITTER, &row)
                : words_phrase(&pieces->words, at, piece->last, LEX_LITTER,
                               &row);
        if (length) {
            count_key(pieces, piece, at, length, row, &out);
        } else if (pieces->words.items[at].flags & WORD_NUMBER) {
            out.covered++; /* "Comments (12)" */
        }
        at += length ? length : 1;
    }
    return out;
}

static void cut(Arena *arena, Piece *piece, Str class, Str phrase) {
    piece->kind = BLOCK_LITTER;
    piece->why = str_format(arena, "litter/%.*s: %.*s", (int)class.len,
                            class.ptr, (int)phrase.len, phrase.ptr);
}

/* A row of buttons or labels: all words belong to keys, or nearly all. */
static bool is_bar(const Piece *piece, const Evidence *evidence, bool top) {
    uint32_t length = piece_length(piece);
    uint32_t allowed = length / 4;

    if (evidence->solid == 0 || length > BAR_WORDS) {
        return false;
    }
    if (evidence->labels == evidence->solid) {
        return top && evidence->covered == length;
    }
    return evidence->covered + allowed >= length &&
           evidence->solid * 2 >= length;
}

static bool shouts(const Pieces *pieces, const Piece *piece) {
    return pieces->words.text.ptr[piece->span.end - 1] == '!' &&
           piece_length(piece) <= SHOUT_WORDS;
}

/* True if the points are enough for a piece of this length and kind. The more
 * it reads like a paragraph, the more must speak against it. */
static bool is_condemned(const Pieces *pieces, const Piece *piece,
                         const Evidence *evidence, bool bottom) {
    uint32_t length = piece_length(piece);
    uint32_t points = evidence->points;

    if (evidence->opens && str_is(evidence->class, "caption")) {
        return points >= ENOUGH && length <= CAPTION_WORDS;
    }
    if (shouts(pieces, piece) && points > 0) {
        return true;
    }
    if (!piece->prose) {
        return points >= ENOUGH && length <= SHORT_WORDS;
    }
    if (length > PLEA_WORDS || points < ENOUGH) {
        return false;
    }
    return evidence->person >= 2 ||
           (points >= 2 * ENOUGH && evidence->person >= 1) ||
           (bottom && length <= NOTE_WORDS);
}

/* "Valley Herald and staff": names and one word of sources. */
static bool is_staff_line(const Pieces *pieces, const Piece *piece,
                          const Evidence *evidence) {
    const Words *words = &pieces->words;
    uint32_t length = piece_length(piece);
    LexRow row;

    if (piece->sentence || length < 3 || length > STAFF_WORDS ||
        !str_is(evidence->class, "credit") || evidence->solid == 0 ||
        !(words->items[piece->first].flags & WORD_CAPITAL)) {
        return false;
    }
    for (uint32_t at = piece->first; at < piece->last;) {
        uint32_t n = words_phrase(words, at, piece->last, LEX_LITTER, &row);
        if (n == 0 && !(words->items[at].flags & WORD_CAPITAL)) {
            return false;
        }
        at += n ? n : 1;
    }
    /* The last words are the key: not "Staff in Ostrel Strike". */
    return words_phrase(words, piece->last - 1, piece->last, LEX_LITTER,
                        &row) == 1 &&
           lex_is(row, LEX_LITTER_CLASS, "credit");
}

static bool judge(Arena *arena, const Pieces *pieces, Piece *piece,
                  const Evidence *evidence, bool top, bool bottom) {
    if (is_bar(piece, evidence, top) ||
        ((top || bottom) && is_staff_line(pieces, piece, evidence)) ||
        is_condemned(pieces, piece, evidence, bottom)) {
        cut(arena, piece, evidence->class, evidence->phrase);
        return true;
    }
    return false;
}

/* The first piece that reads as a paragraph. */
static uint32_t first_prose(const Pieces *pieces) {
    uint32_t i = 0;

    while (i < pieces->count && !pieces->items[i].prose) {
        i++;
    }
    return i;
}

/* "Syria": the place that a report is filed under. */
static bool is_place(const Pieces *pieces, const Piece *piece) {
    LexRow row;

    return words_phrase(&pieces->words, piece->first, piece->last, LEX_COUNTRY,
                        &row) == piece_length(piece);
}

/* True if word `at` stands behind a slash, "Jo Roe/Reuters", or in a short
 * piece behind a bar; a long one is a headline: "Talks begin | Valley News". */
static bool behind_slash(const Words *words, uint32_t at, uint32_t length) {
    size_t before = words->items[at].begin;

    while (before > 0 && words->text.ptr[before - 1] == ' ') {
        before--;
    }
    return before > 0 &&
           (words->text.ptr[before - 1] == '/' ||
            (words->text.ptr[before - 1] == '|' && length <= NAME_WORDS));
}

/* The last bracket of the piece holds what begins at word `at`, and no
 * sentence ends before it: "A bridge in ruins [Reuters]". */
static bool in_last_bracket(const Words *words, const Piece *piece,
                            uint32_t at) {
    char last = words->text.ptr[piece->span.end - 1];
    char first = words_before(words, at);
    Str before;

    if (at == piece->first || (last != ')' && last != ']') ||
        (first != '(' && first != '[')) {
        return false;
    }
    before = str_at(words->text,
                    span_trim(words->text, (Span){piece->span.begin,
                                                  words->items[at].begin - 1}));
    return before.len > 0 && !ends_sentence(before);
}

/* A photograph's credit at the end: "[Reuters]", "Jo Roe/AFP", "Getty". */
static bool ends_in_photo_credit(const Pieces *pieces, const Piece *piece,
                                 Str *agency) {
    const Words *words = &pieces->words;
    uint32_t length = piece_length(piece);
    uint32_t at = length > 4 ? piece->last - 4 : piece->first + 1;

    if (piece->sentence || length < 2 || length > CAPTION_WORDS) {
        return false;
    }
    for (; at < piece->last; at++) {
        LexRow row;
        uint32_t n = agency_at(words, at, piece->last, &row);
        if (n == 0 || at + n != piece->last) {
            continue;
        }
        *agency = words_str(words, at, piece->last);
        return lex_is(row, LEX_AGENCY_KIND, "photo") ||
               behind_slash(words, at, length) ||
               (lex_is(row, LEX_AGENCY_KIND, "wire") &&
                in_last_bracket(words, piece, at));
    }
    return false;
}

/* The words from `at` on are a label of photographs and a name: "Photo: Jo
 * Roe". */
static bool is_photo_label(const Pieces *pieces, uint32_t at, uint32_t last) {
    LexRow row;
    uint32_t n = words_phrase(&pieces->words, at, last, LEX_LITTER, &row);

    if (n < 2 || !lex_is(row, LEX_LITTER_CLASS, "caption") ||
        words_behind(&pieces->words, at + n - 2) != ':' || at + n == last ||
        at + n + NAME_WORDS < last) {
        return false;
    }
    for (at += n; at < last; at++) {
        if (!(pieces->words.items[at].flags & WORD_CAPITAL)) {
            return false;
        }
    }
    return true;
}

/* "The bridge on Monday. Photo: Jo Roe": a caption with its label behind. */
static bool ends_in_photo_label(const Pieces *pieces, const Piece *piece,
                                Str *label) {
    uint32_t first = piece->first + 1;

    if (piece->sentence || piece_length(piece) < 4 ||
        piece_length(piece) > CAPTION_WORDS) {
        return false;
    }
    if (piece->last > first + LABEL_WORDS) {
        first = piece->last - LABEL_WORDS;
    }
    for (uint32_t at = first; at + 2 < piece->last; at++) {
        if (is_photo_label(pieces, at, piece->last)) {
            *label = words_str(&pieces->words, at, piece->last);
            return true;
        }
    }
    return false;
}

/* True if `longer` is `shorter` and then a label of photographs or only the
 * names of agencies. */
static bool repeats_with_credit(const Pieces *pieces, const Piece *shorter,
                                const Piece *longer) {
    Str text = pieces->words.text;
    uint32_t at = longer->first + piece_length(shorter);

    if (shorter->sentence || piece_length(shorter) == 0 || at >= longer->last ||
        !str_starts(str_at(text, longer->span), str_at(text, shorter->span))) {
        return false;
    }
    if (is_photo_label(pieces, at, longer->last)) {
        return true;
    }
    while (at < longer->last) {
        LexRow row;
        uint32_t n = agency_at(&pieces->words, at, longer->last, &row);
        if (n == 0) {
            return false;
        }
        at += n;
    }
    return true;
}

static void mark_repeats(Arena *arena, Pieces *pieces) {
    for (uint32_t i = 0; i + 1 < pieces->count; i++) {
        Piece *here = &pieces->items[i], *next = here + 1;
        if (repeats_with_credit(pieces, here, next)) {
            Str credit =
                str_slice(pieces->words.text,
                          here->span.end - here->span.begin + next->span.begin,
                          next->span.end);
            cut(arena, here, str_of("caption"), str_of("repeated with credit"));
            cut(arena, next, str_of("caption"), str_trim(credit));
        }
    }
}

/* Headlines that are listed under "Related articles:". */
static void mark_listed(Arena *arena, Pieces *pieces, uint32_t from,
                        const Evidence *opener) {
    for (uint32_t i = from; i < pieces->count && i < from + LISTED; i++) {
        Piece *piece = &pieces->items[i];
        if (piece->kind == BLOCK_LITTER) {
            continue;
        }
        if (piece->sentence || piece->prose) {
            return;
        }
        cut(arena, piece, opener->class, opener->phrase);
    }
}

/* True if nothing in the piece shows that the report goes on there. */
static bool is_weak(const Piece *piece, const Evidence *evidence) {
    return piece->kind == BLOCK_LITTER || evidence->points >= ENOUGH / 2 ||
           (!piece->sentence && !piece->prose);
}

static bool is_of(const Evidence *evidence, const char *const *classes) {
    while (*classes && !str_is(evidence->class, *classes)) {
        classes++;
    }
    return *classes != NULL;
}

/* Litter of the kind that closes a page. */
static bool opens_run(const Piece *piece, const Evidence *evidence) {
    static const char *const classes[] = {
        "plea",    "subscription", "related", "comments",
        "mistake", "newsletter",   NULL};

    return piece->kind == BLOCK_LITTER && evidence->points >= ENOUGH / 2 &&
           is_of(evidence, classes);
}

/* Which pieces may belong to what closes the page: the weak ones, and a few
 * below a plea that go on as "we" and "you": "We, the reporters of the Valley
 * Herald, refuse to give up. But ..." */
static bool *find_loose(Arena *arena, const Pieces *pieces,
                        const Evidence *evidence) {
    static const char *const classes[] = {"plea", "subscription", NULL};
    bool *loose = arena_zero(arena, pieces->count + 1);
    uint32_t reach = 0;

    for (uint32_t i = 0; i < pieces->count; i++) {
        const Piece *piece = &pieces->items[i];
        loose[i] = is_weak(piece, &evidence[i]) ||
                   (reach > 0 && evidence[i].person > 0);
        if (opens_run(piece, &evidence[i]) && is_of(&evidence[i], classes)) {
            reach = PLEA_PIECES;
        } else if (reach > 0) {
            reach = loose[i] ? reach - 1 : 0;
        }
    }
    return loose;
}

/* From the end upward as long as pieces are loose; what stands there below
 * the first that closes a page goes with it. */
static void mark_tail(Arena *arena, Pieces *pieces, const Evidence *evidence) {
    const bool *loose = find_loose(arena, pieces, evidence);
    uint32_t from = pieces->count;

    while (from > 0 && loose[from - 1]) {
        from--;
    }
    while (from < pieces->count &&
           !opens_run(&pieces->items[from], &evidence[from])) {
        from++;
    }
    for (uint32_t i = from; i < pieces->count; i++) {
        if (opens_run(&pieces->items[i], &evidence[i])) {
            from = i;
        } else if (pieces->items[i].kind != BLOCK_LITTER) {
            cut(arena, &pieces->items[i], evidence[from].class,
                evidence[from].phrase);
        }
    }
}

static void mark_alone(Arena *arena, Pieces *pieces, Evidence *evidence) {
    uint32_t prose = first_prose(pieces);

    for (uint32_t i = 0; i < pieces->count; i++) {
        Piece *piece = &pieces->items[i];
        bool top = i < prose && i < TOP_PIECES && i + 1 < pieces->count;
        bool bottom = i + BOTTOM_PIECES >= pieces->count && i > prose;
        Str agency;

        evidence[i] = weigh(pieces, piece);
        if (piece_length(piece) == 0 && piece->sentence) {
            continue; /* "…", "* * *": harmless */
        }
        if (is_credit_line(pieces, piece)) {
            cut(arena, piece, str_of("credit"),
                str_at(pieces->words.text, piece->span));
        } else if (ends_in_photo_credit(pieces, piece, &agency) ||
                   ends_in_photo_label(pieces, piece, &agency)) {
            cut(arena, piece, str_of("caption"), agency);
        } else if (top && piece_length(piece) > 0 && is_place(pieces, piece)) {
            cut(arena, piece, str_of("section"),
                str_at(pieces->words.text, piece->span));
        } else {
            judge(arena, pieces, piece, &evidence[i], top, bottom);
        }
    }
}

void litter_mark(Arena *arena, Pieces *pieces) {
    Evidence *evidence =
        arena_zero(arena, (pieces->count + 1) * sizeof *evidence);

    mark_alone(arena, pieces, evidence);
    mark_repeats(arena, pieces);
    for (uint32_t i = 0; i < pieces->count; i++) {
        const Piece *piece = &pieces->items[i];
        if (piece->kind == BLOCK_LITTER && evidence[i].opens &&
            evidence[i].covered == piece_length(piece) &&
            str_is(evidence[i].class, "related")) {
            mark_listed(arena, pieces, i + 1, &evidence[i]);
        }
    }
    mark_tail(arena, pieces, evidence);
}
