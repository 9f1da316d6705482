/* SPDX-License-Identifier: Apache-2.0 */
/* clean/head.c - see head.h. */
#include "clean/head.h"

#include "base/utf8.h"
#include "clean/credit.h"
#include "read/date.h"

enum {
    TITLE_PIECES = 4,
    TITLE_WORDS = 30,
    HEADING_WORDS = 12,
    QUESTION_WORDS = 8,
    BYLINE_WORDS = 16,
    DATE_WORDS = 16,
    NAME_WORDS = 5,
    EDGE_PIECES = 8, /* bylines and dates stand this near to an end */
};

static bool is_litter(const Piece *piece) {
    return piece->kind == BLOCK_LITTER;
}

static Str piece_text(const Pieces *pieces, const Piece *piece) {
    return str_at(pieces->words.text, piece->span);
}

/* A month, in full or short. */
static bool is_month(LexRow row) {
    return str_ends(lex_cell(row, LEX_TIME_WORD_CLASS), str_of("month"));
}

/* The number of the month that word `at` names; 0: none. */
static int64_t month_at(const Words *words, uint32_t at) {
    LexRow row = words_abbreviation(words, at, LEX_TIME_WORD);

    if (!row.lexicon || !is_month(row)) {
        return 0;
    }
    return lex_number(row, LEX_TIME_WORD_VALUE, 0);
}

/* The word as a number of at most four digits; -1 when it is none. */
static int64_t number_at(const Words *words, uint32_t at, uint32_t last) {
    int64_t value = 0;
    Str text;

    if (at >= last) {
        return -1;
    }
    text = words_str(words, at, at + 1);
    if (text.len > 4) {
        return -1;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return -1;
        }
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

static bool is_date(int64_t year, int64_t month, int64_t day) {
    return year >= 1000 && date_exists(year, month, day);
}

static Str format_date(Arena *arena, int64_t year, int64_t month, int64_t day) {
    return str_format(arena, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

/* "14 March 2021", "March 14, 2021", "2021-03-14" at word `at`. */
static Str date_at(Arena *arena, const Words *words, uint32_t at,
                   uint32_t last) {
    Str iso = words_str(words, at, at + 1);
    int64_t first = number_at(words, at, last);
    int64_t second = number_at(words, at + 1, last);
    int64_t third = number_at(words, at + 2, last);

    if (iso.len >= 10 && date_is_iso(str_slice(iso, 0, 10))) {
        return str_slice(iso, 0, 10);
    }
    if (at + 2 < last && first > 0 &&
        is_date(third, month_at(words, at + 1), first)) {
        return format_date(arena, third, month_at(words, at + 1), first);
    }
    if (second > 0 && is_date(third, month_at(words, at), second)) {
        return format_date(arena, third, month_at(words, at), second);
    }
    return (Str){0};
}

static uint32_t byline_key(const Words *words, uint32_t at, uint32_t last,
                           const char *class) {
    LexRow row;
    uint32_t n = words_phrase(words, at, last, LEX_BYLINE, &row);

    return n && lex_is(row, LEX_BYLINE_CLASS, class) ? n : 0;
}

/* The first date among the words of the piece. */
static Str first_date(Arena *arena, const Words *words, const Piece *piece) {
    Str date = {0};

    for (uint32_t at = piece->first; at < piece->last && date.len == 0; at++) {
        date = date_at(arena, words, at, piece->last);
    }
    return date;
}

/* The words at `at` that a line about the time of publication may hold beside
 * the date itself: the name of the day, the hour, the place, the outlet. */
static uint32_t date_words(const Words *words, uint32_t at, uint32_t last) {
    LexRow row;
    uint32_t n;

    if (words->items[at].flags & WORD_NUMBER) {
        return 1;
    }
    row = words_abbreviation(words, at, LEX_TIME_WORD);
    if (row.lexicon &&
        (is_month(row) ||
         str_ends(lex_cell(row, LEX_TIME_WORD_CLASS), str_of("day")))) {
        return 1;
    }
    if ((n = byline_key(words, at, last, "date")) > 0 ||
        (n = agency_at(words, at, last, &row)) > 0 ||
        (n = words_phrase(words, at, last, LEX_CITY, &row)) > 0) {
        return n;
    }
    return words_phrase(words, at, last, LEX_COUNTRY, &row);
}

/* The date of a line that says nothing else. */
static Str date_line(Arena *arena, const Pieces *pieces, const Piece *piece) {
    const Words *words = &pieces->words;
    uint32_t n;

    /* "at 3:15 p.m." ends in a full stop and yet is no sentence; a date that
     * ends a correction, "Friday, June 10, 2016.", does. */
    if (piece_length(piece) > DATE_WORDS ||
        (piece->sentence &&
         (words->items[piece->last - 1].flags & WORD_NUMBER))) {
        return (Str){0};
    }
    for (uint32_t at = piece->first; at < piece->last; at += n) {
        n = date_words(words, at, piece->last);
        if (n == 0) {
            return (Str){0};
        }
    }
    return first_date(arena, words, piece);
}

static bool is_name_word(const Words *words, uint32_t at) {
    return (words->items[at].flags & WORD_CAPITAL) != 0;
}

/* True if a comma, bracket, bar or wide gap stands before word `at`. */
static bool ends_name(const Words *words, uint32_t at) {
    char before = words_before(words, at);

    return words->items[at].begin - words->items[at - 1].end > 2 ||
           words_behind(words, at - 1) == ',' || before == '(' || before == '|';
}

/* A name of two to five capitalised words at `at`; particles inside it may be
 * small. 0: none. */
static uint32_t name_at(const Words *words, uint32_t at, uint32_t last) {
    uint32_t end = at, capitals = 0;
    LexRow row;

    if (agency_at(words, at, last, &row)) {
        return 0;
    }
    while (end < last && end - at < NAME_WORDS) {
        if (end > at && ends_name(words, end)) {
            break;
        }
        if (is_name_word(words, end)) {
            capitals++;
        } else if (end == at || byline_key(words, end, last, "particle") == 0) {
            break;
        }
        end++;
    }
    return capitals >= 2 ? end - at : 0;
}

/* "By Jane Doe and John Roe in Cairo": the names behind the opening words.
 * Behind a comma may stand an outlet, "By Jane Doe, Valley Herald", so a name
 * there must begin with a known first name. */
static bool read_byline(Arena *arena, const Words *words, uint32_t at,
                        uint32_t last, StrList *out) {
    uint32_t before = out->count;
    bool comma = false;

    while (at < last) {
        uint32_t n = name_at(words, at, last), joins;
        LexRow row;
        if (n == 0 ||
            (comma && !words_phrase(words, at, last, LEX_FIRST_NAME, &row))) {
            break;
        }
        str_push(arena, out, words_str(words, at, at + n));
        at += n;
        comma = words_behind(words, at - 1) == ',';
        joins = at < last ? byline_key(words, at, last, "joins") : 0;
        if (joins == 0 && !comma) {
            break;
        }
        comma = comma && joins == 0;
        at += joins;
    }
    return out->count > before;
}

/* True if the piece opens as a byline does: "By" and a capital. */
static bool is_byline(const Pieces *pieces, const Piece *piece) {
    const Words *words = &pieces->words;
    uint32_t opens = byline_key(words, piece->first, piece->last, "opens");

    return opens > 0 && opens < piece_length(piece) && !piece->sentence &&
           piece_length(piece) <= BYLINE_WORDS &&
           is_name_word(words, piece->first + opens);
}

/* "Jane Doe, Beirut": a known first name, a name, a comma, a known city. */
static bool is_signed(const Pieces *pieces, const Piece *piece) {
    const Words *words = &pieces->words;
    uint32_t n;
    LexRow row;

    if (piece->sentence || piece_length(piece) < 3 || piece_length(piece) > 7 ||
        words_phrase(words, piece->first, piece->last, LEX_FIRST_NAME, &row) ==
            0) {
        return false;
    }
    n = name_at(words, piece->first, piece->last);
    return n > 0 && piece->first + n < piece->last &&
           words_behind(words, piece->first + n - 1) == ',' &&
           words_phrase(words, piece->first + n, piece->last, LEX_CITY, &row) ==
               piece->last - piece->first - n;
}

static void mark_edge(Arena *arena, Pieces *pieces, Piece *piece, Clean *out) {
    const Words *words = &pieces->words;
    uint32_t opens = byline_key(words, piece->first, piece->last, "opens");
    Str date = is_byline(pieces, piece) ? first_date(arena, words, piece)
                                        : date_line(arena, pieces, piece);
    bool given = out->byline.count > 0;
    StrList spare = {0};

    if (is_byline(pieces, piece)) {
        if (read_byline(arena, words, piece->first + opens, piece->last,
                        given ? &spare : &out->byline) ||
            piece_length(piece) - opens <= 3) {
            piece->kind = BLOCK_BYLINE;
        }
    } else if (is_signed(pieces, piece)) {
        read_byline(arena, words, piece->first, piece->last,
                    given ? &spare : &out->byline);
        piece->kind = BLOCK_BYLINE;
    } else if (date.len) {
        piece->kind = BLOCK_BYLINE;
    }
    if (date.len && out->published_from == PUBLISHED_NONE) {
        out->published = date;
        out->published_from = PUBLISHED_TEXT;
    }
}

/* The first piece that reads as a paragraph; pieces->count if none does. */
static uint32_t first_paragraph(const Pieces *pieces) {
    for (uint32_t i = 0; i < pieces->count; i++) {
        const Piece *piece = &pieces->items[i];
        if (!is_litter(piece) && piece->prose) {
            return i;
        }
    }
    return pieces->count;
}

static void mark_edges(Arena *arena, Pieces *pieces, uint32_t paragraph,
                       Clean *out) {
    for (uint32_t i = 0; i < pieces->count; i++) {
        Piece *piece = &pieces->items[i];
        bool top = i < EDGE_PIECES && i <= paragraph + 1;
        bool bottom = i + EDGE_PIECES / 2 >= pieces->count && i > paragraph;
        if ((top || bottom) && !is_litter(piece) && piece_length(piece) > 0) {
            mark_edge(arena, pieces, piece, out);
        }
    }
}

/* A headline ends in no full stop; a question may be one. */
/* "PORT SABLE, 7 August (Coast Wire) --" on a line of its own. */
static bool is_dateline(Str text) {
    return str_ends(text, str_of("--")) || str_ends(text, str_of("\u2014")) ||
           str_ends(text, str_of("\u2013"));
}

static bool is_headline(const Pieces *pieces, const Piece *piece) {
    Str text = piece_text(pieces, piece);

    return !is_dateline(text) && piece->kind == BLOCK_PARAGRAPH &&
           piece_length(piece) > 0 && piece_length(piece) <= TITLE_WORDS &&
           (!piece->sentence || text.ptr[text.len - 1] == '?' ||
            text.ptr[text.len - 1] == '!');
}

static void mark_title(Pieces *pieces, uint32_t paragraph, Clean *out) {
    uint32_t titles = 0;

    for (uint32_t i = 0; i < paragraph && paragraph < pieces->count; i++) {
        Piece *piece = &pieces->items[i];
        if (is_headline(pieces, piece) && titles < TITLE_PIECES) {
            piece->kind = BLOCK_TITLE;
            titles++;
            if (out->title.len == 0) {
                out->title = piece_text(pieces, piece);
            }
        }
    }
}

/* "- first", "* first", "1. first", "• first" are items of a list. */
static bool is_item(const Pieces *pieces, const Piece *piece) {
    Str text = piece_text(pieces, piece);
    uint32_t len;
    uint32_t first = utf8_at(text, 0, &len);

    return first == '-' || first == '*' || first == 0x2022 || first == 0x2013 ||
           first == 0x2014 || first == 0x25AA || (first >= '0' && first <= '9');
}

static bool is_subheading(const Pieces *pieces, const Piece *piece) {
    Str text = piece_text(pieces, piece);
    char last = text.ptr[text.len - 1];
    uint32_t length = piece_length(piece), len;
    uint32_t first = utf8_at(text, 0, &len);
    bool question = last == '?' && length <= QUESTION_WORDS;

    if (piece->kind != BLOCK_PARAGRAPH || length == 0 ||
        length > HEADING_WORDS || (piece->sentence && !question) ||
        last == ',' || last == ':' || last == ';' || is_item(pieces, piece)) {
        return false;
    }
    return utf8_is_upper(first) || first == '\'' || first == 0x2018 ||
           first == 0x201C || first == '"';
}

static const Piece *neighbour(const Pieces *pieces, uint32_t i, int step) {
    for (int64_t at = (int64_t)i + step; at >= 0 && at < pieces->count;
         at += step) {
        if (!is_litter(&pieces->items[at])) {
            return &pieces->items[at];
        }
    }
    return NULL;
}

static void mark_headings(Pieces *pieces, uint32_t paragraph) {
    for (uint32_t i = paragraph; i < pieces->count; i++) {
        const Piece *before = neighbour(pieces, i, -1);
        const Piece *after = neighbour(pieces, i, 1);
        Piece *piece = &pieces->items[i];
        if (!is_litter(piece) && before && after && before->sentence &&
            (after->sentence || after->prose) && is_subheading(pieces, piece)) {
            piece->kind = BLOCK_HEADING;
        }
    }
}

static int64_t digits(Str text, size_t at, size_t count) {
    int64_t value = 0;

    for (size_t i = at; i < at + count; i++) {
        if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9') {
            return -1;
        }
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

/* The month of "/2013/02/" or "/2013/feb/"; its length in `*len`. */
static int64_t url_month(const Lexicon *lexicon, Str url, size_t at,
                         size_t *len) {
    int64_t month = digits(url, at, 2);
    LexRow row = {0};

    *len = 2;
    if (month < 0 && at + 3 < url.len) {
        Str name = str_slice(url, at, at + 3);
        uint64_t hash = utf8_fold_hash(HASH_SEED, name);
        *len = 3;
        row = lexicon_find_hash(lexicon, LEX_TIME_WORD,
                                hash_more(hash, (Str){".", 1}));
        if (!row.lexicon) {
            row = lexicon_find_hash(lexicon, LEX_TIME_WORD, hash);
        }
        if (row.lexicon && is_month(row)) {
            month = lex_number(row, LEX_TIME_WORD_VALUE, -1);
        }
    }
    return month;
}

/* ".../2013/02/25/...", ".../2013-02-25/...", ".../2013/feb/25/...". */
static Str date_in_url(Arena *arena, const Lexicon *lexicon, Str url) {
    for (size_t at = 0; at + 10 < url.len; at++) {
        int64_t year = digits(url, at + 1, 4), month, day;
        char mark = at + 5 < url.len ? url.ptr[at + 5] : '\0';
        size_t len;

        if (url.ptr[at] != '/' || year < 1990 || year > 2100 ||
            (mark != '/' && mark != '-')) {
            continue;
        }
        month = url_month(lexicon, url, at + 6, &len);
        day = digits(url, at + 7 + len, 2);
        if (at + 6 + len < url.len && url.ptr[at + 6 + len] == mark &&
            is_date(year, month, day)) {
            return format_date(arena, year, month, day);
        }
    }
    return (Str){0};
}

void head_given(Arena *arena, const Lexicon *lexicon, const Report *report,
                Clean *out) {
    out->title = str_trim(report->title);
    out->outlet = str_trim(report->outlet);
    out->url = report->url;
    out->language = report->language;
    out->published = report->published;
    out->published_from =
        report->published.len ? PUBLISHED_GIVEN : PUBLISHED_NONE;
    if (report->byline.len) {
        Words words = {.text = report->byline, .lexicon = lexicon};
        uint32_t opens;
        words_add(arena, &words, (Span){0, (uint32_t)report->byline.len});
        opens = words.count ? byline_key(&words, 0, words.count, "opens") : 0;
        if (words.count <= opens ||
            !read_byline(arena, &words, opens, words.count, &out->byline)) {
            str_push(arena, &out->byline, str_trim(report->byline));
        }
    }
}

void head_find(Arena *arena, const Report *report, Pieces *pieces, Clean *out) {
    uint32_t paragraph = first_paragraph(pieces);

    mark_edges(arena, pieces, paragraph, out);
    if (report->html.len == 0) {
        mark_title(pieces, paragraph, out);
    }
    mark_headings(pieces, paragraph);
    if (out->published_from == PUBLISHED_NONE) {
        out->published = date_in_url(arena, pieces->words.lexicon, out->url);
        out->published_from =
            out->published.len ? PUBLISHED_URL : PUBLISHED_NONE;
    }
}
