/* SPDX-License-Identifier: Apache-2.0 */
/* clean/credit.c - see credit.h. */
#include "clean/credit.h"

enum { LINE_WORDS = 10, DATELINE_WORDS = 8, NOTE_WORDS = 40, NEAR = 3 };

uint32_t agency_at(const Words *words, uint32_t at, uint32_t last,
                   LexRow *row) {
    uint32_t n = words_phrase(words, at, last, LEX_AGENCY, row);
    uint32_t wanted = WORD_CAPITAL;

    if (n && lex_is(*row, LEX_AGENCY_CASE, "upper")) {
        wanted = WORD_UPPER;
    }
    return n && (words->items[at].flags & wanted) ? n : 0;
}

static bool is_wire(LexRow row) {
    return lex_is(row, LEX_AGENCY_KIND, "wire");
}

static uint32_t credit_key(const Words *words, uint32_t at, uint32_t last,
                           const char *place) {
    LexRow row;
    uint32_t n = words_phrase(words, at, last, LEX_CREDIT, &row);

    return n && lex_is(row, LEX_CREDIT_PLACE, place) ? n : 0;
}

/* Capitalised words from `at` on, with nothing but a space between them: a
 * name that no table knows, perhaps. */
static uint32_t capitals_at(const Words *words, uint32_t at, uint32_t last) {
    uint32_t n = 0;

    while (at + n < last && (words->items[at + n].flags & WORD_CAPITAL) &&
           (n == 0 || (words_behind(words, at + n - 1) == ' ' &&
                       words_before(words, at + n) == ' '))) {
        n++;
    }
    return n;
}

/* "AFP, Reuters and agencies"; one name may be unknown where a collective
 * stands beside it: "Hillwire and staff". */
bool is_credit_line(const Pieces *pieces, const Piece *piece) {
    const Words *words = &pieces->words;
    uint32_t at = piece->first, sources = 0, unknown = 0;

    if (piece_length(piece) > LINE_WORDS || piece_length(piece) == 0) {
        return false;
    }
    while (at < piece->last) {
        LexRow row;
        uint32_t n = agency_at(words, at, piece->last, &row);
        if (n || (n = credit_key(words, at, piece->last, "collective")) > 0 ||
            (n = credit_key(words, at, piece->last, "staff")) > 0) {
            sources++;
        } else {
            n = credit_key(words, at, piece->last, "joins");
            n = n ? n : credit_key(words, at, piece->last, "article");
        }
        if (n == 0 && unknown++ == 0) {
            n = capitals_at(words, at, piece->last) == 1;
        }
        if (n == 0) {
            return false;
        }
        at += n;
    }
    return sources > 0;
}

/* True if a key of `place` ends just before word `at`. */
static bool key_before(const Words *words, uint32_t first, uint32_t at,
                       const char *place) {
    for (uint32_t n = 1; n <= NEAR && at >= first + n; n++) {
        if (credit_key(words, at - n, at, place) == n) {
            return true;
        }
    }
    return false;
}

static uint32_t skip_key(const Words *words, uint32_t at, uint32_t last,
                         const char *place) {
    uint32_t n = at < last ? credit_key(words, at, last, place) : 0;

    return at + n;
}

/* Behind the agency, "news agency" skipped, stands "reported". */
static bool is_reporting(const Words *words, uint32_t end, uint32_t last) {
    end = skip_key(words, end, last, "apposition");
    return end < last && credit_key(words, end, last, "after") > 0;
}

/* "according to AFP", "according to the news agency AFP": the words between
 * are skipped backward. */
static bool is_drawn_on(const Words *words, uint32_t first, uint32_t at) {
    if (key_before(words, first, at, "before")) {
        return true;
    }
    for (uint32_t n = NEAR; n > 0; n--) {
        if (at >= first + n &&
            credit_key(words, at - n, at, "apposition") == n) {
            at -= n;
            break;
        }
    }
    if (at > first && credit_key(words, at - 1, at, "article") == 1) {
        at--;
    }
    return key_before(words, first, at, "before");
}

/* "(Reuters) -" near the start of a paragraph. */
static bool is_dateline(const Words *words, const Piece *piece, uint32_t at,
                        uint32_t end) {
    static const char *const dashes[] = {" -", " \xE2\x80\x93",
                                         " \xE2\x80\x94"};
    Str rest;

    if (at - piece->first >= DATELINE_WORDS || words_before(words, at) != '(' ||
        words_behind(words, end - 1) != ')') {
        return false;
    }
    rest =
        str_slice(words->text, words->items[end - 1].end + 1, piece->span.end);
    return str_starts(rest, str_of(dashes[0])) ||
           str_starts(rest, str_of(dashes[1])) ||
           str_starts(rest, str_of(dashes[2]));
}

static void add_once(Arena *arena, StrList *list, Str name) {
    if (!str_list_has(list, name)) {
        str_push(arena, list, name);
    }
}

/* A line about sources and writers: all wires that it names are credits. */
static bool is_note(const Pieces *pieces, const Piece *piece) {
    if (piece->kind == BLOCK_LITTER) {
        return str_starts(piece->why, str_of("litter/credit"));
    }
    return piece_length(piece) <= NOTE_WORDS && piece->kind == BLOCK_BYLINE &&
           pieces->count > 0;
}

/* A place or a person, then, and no agency. */
static bool is_otherwise_known(const Words *words, uint32_t at) {
    const LexWord *known = words->items[at].lex;
    uint64_t others = UINT64_C(1) << LEX_CITY | UINT64_C(1) << LEX_COUNTRY |
                      UINT64_C(1) << LEX_FIRST_NAME;

    return known && (known->keys & others);
}

/* "HELSINKI (Hillwire) -", but not "the capital (Brussels) -". */
static bool is_unknown_dateline(const Words *words, const Piece *piece,
                                uint32_t at, uint32_t end) {
    return at > piece->first &&
           (words->items[piece->first].flags & WORD_UPPER) &&
           is_dateline(words, piece, at, end);
}

/* An agency that no table knows, told by where it stands; its words:
 *
 *     ANSTAD (Hillwire) - The river ...              a dateline
 *     according to the news agency Hillwire          called one
 *     Additional reporting by Hillwire               in a note, and one word:
 *     Hillwire and staff                             people have two names  */
static uint32_t unknown_agency(const Words *words, const Piece *piece,
                               uint32_t at, bool note) {
    uint32_t n = capitals_at(words, at, piece->last);
    uint32_t end = at + n;

    if (n == 0 || n > NEAR || is_otherwise_known(words, at) ||
        (at > piece->first && (words->items[at - 1].flags & WORD_CAPITAL) &&
         words_before(words, at) != '(')) {
        return 0;
    }
    if (is_unknown_dateline(words, piece, at, end) ||
        (key_before(words, piece->first, at, "apposition") &&
         is_drawn_on(words, piece->first, at))) {
        return n;
    }
    return note && n == 1 &&
                   (key_before(words, piece->first, at, "note-before") ||
                    (end < piece->last &&
                     credit_key(words, end, piece->last, "note-after")))
               ? n
               : 0;
}

static void find_in_piece(Arena *arena, const Pieces *pieces,
                          const Piece *piece, StrList *out) {
    const Words *words = &pieces->words;
    bool note = is_note(pieces, piece);

    for (uint32_t at = piece->first; at < piece->last;) {
        LexRow row;
        uint32_t n = agency_at(words, at, piece->last, &row);
        if (n && is_wire(row) &&
            (note || is_reporting(words, at + n, piece->last) ||
             is_drawn_on(words, piece->first, at) ||
             is_dateline(words, piece, at, at + n))) {
            add_once(arena, out, lex_cell(row, LEX_AGENCY_NAME));
        } else if (note && n == 0 &&
                   (n = credit_key(words, at, piece->last, "collective")) > 0) {
            add_once(arena, out, words_str(words, at, at + n));
        } else if (n == 0 && (n = unknown_agency(words, piece, at, note)) > 0) {
            add_once(arena, out, words_str(words, at, at + n));
        }
        at += n ? n : 1;
    }
}

void credit_find(Arena *arena, const Pieces *pieces, StrList *out) {
    for (uint32_t i = 0; i < pieces->count; i++) {
        const Piece *piece = &pieces->items[i];
        if (piece->kind != BLOCK_LITTER || is_note(pieces, piece)) {
            find_in_piece(arena, pieces, piece, out);
        }
    }
}
