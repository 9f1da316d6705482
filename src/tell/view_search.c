/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_search.c - VIEW_SEARCH: reports that hold what a person typed.
 *
 * Room: tell. What is typed is read here and written anew for FTS5, every word
 * in quotes, so that no input can be a syntax error:
 *
 *     talks OR "cease fire" moscow -paris Hamm*
 *     ("talks" OR "cease fire") AND "moscow" AND "hamm" * NOT "paris"     */
#include "base/ascii.h"
#include "base/utf8.h"
#include "tell/filter.h"
#include "tell/format.h"
#include "tell/told.h"
#include "tell/views.h"

enum { ROWS_DEFAULT = 20, SNIPPET_WORDS = 24 };

/* What the two ends of a hit are marked with inside a snippet: bytes that no
 * text of a report carries to the terminal. */
static const char hit_open = '\x02', hit_close = '\x03';

typedef struct Term {
    Str words;
    bool without; /* -word */
    bool prefix;  /* word* */
    bool or ;     /* OR stood before it */
} Term;

/* True if the tokenizer would find a word in it. */
static bool has_word(Str text) {
    uint32_t len;

    for (size_t at = 0; at < text.len; at += len) {
        uint32_t c = utf8_at(text, at, &len);
        if (utf8_is_letter(c) || (c < 0x80 && ascii_digit((char)c))) {
            return true;
        }
    }
    return false;
}

/* The next term from `*at`; false at the end. `OR` sets the flag of the term
 * that follows it. */
static bool next_term(Str query, size_t *at, Term *out) {
    Term term = {0};
    size_t end;

    for (;;) {
        while (*at < query.len && ascii_space(query.ptr[*at])) {
            ++*at;
        }
        if (*at == query.len) {
            return false;
        }
        if (query.ptr[*at] == '-') {
            ++*at;
            term.without = *at < query.len && !ascii_space(query.ptr[*at]);
            continue;
        }
        if (query.ptr[*at] == '"') {
            end = str_find(query, str_of("\""), *at + 1);
            term.words = str_slice(query, *at + 1, end);
            *at = end < query.len ? end + 1 : end;
        } else {
            for (end = *at; end < query.len && query.ptr[end] != '"' &&
                            !ascii_space(query.ptr[end]);
                 end++) {
            }
            term.words = str_slice(query, *at, end);
            *at = end;
            if (str_is(term.words, "OR")) {
                term.or = true;
                continue;
            }
        }
        term.prefix = str_ends(term.words, str_of("*")) ||
                      (*at < query.len && query.ptr[*at] == '*');
        if (has_word(term.words)) {
            *out = term;
            return true;
        }
        term.without = false;
    }
}

static void put_term(Buf *out, const Term *term) {
    buf_char(out, '"');
    for (size_t i = 0; i < term->words.len; i++) {
        char c = term->words.ptr[i];
        buf_char(out, c == '"' || c == '\0' ? ' ' : c);
    }
    buf_put(out, term->prefix ? "\" *" : "\"");
}

/* The terms wanted, in groups of OR; then those not wanted. False when there
 * is nothing to look for. */
static bool write_query(Str typed, Buf *out) {
    Term term;
    bool open = false;

    for (size_t at = 0; next_term(typed, &at, &term);) {
        if (term.without) {
            continue;
        }
        buf_put(out, !open ? "((" : term.or ? " OR " : ") AND (");
        put_term(out, &term);
        open = true;
    }
    if (!open) {
        return false;
    }
    buf_put(out, "))");
    for (size_t at = 0; next_term(typed, &at, &term);) {
        if (term.without) {
            buf_put(out, " NOT ");
            put_term(out, &term);
        }
    }
    return true;
}

enum {
    COL_REPORT,
    COL_ID,
    COL_OUTLET,
    COL_LABEL,
    COL_PUBLISHED,
    COL_TITLE,
    COL_SNIPPET,
    COL_SCORE,
    COL_TEXT,
};

/* The snippet without its marks, on one line. */
static Str unmarked(Arena *arena, Str snippet) {
    char *plain = arena_alloc(arena, snippet.len + 1);
    size_t used = 0;

    for (size_t i = 0; i < snippet.len; i++) {
        if (snippet.ptr[i] != hit_open && snippet.ptr[i] != hit_close) {
            plain[used++] = snippet.ptr[i];
        }
    }
    return (Str){plain, used};
}

/* Where the snippet stands in the report: it is cut from it, with "…" where
 * text was left out. Empty when it cannot be told. */
static Span snippet_span(Str text, Str plain) {
    Str dots = str_of("…");
    size_t at;

    if (str_starts(plain, dots)) {
        plain = str_slice(plain, dots.len, plain.len);
    }
    if (str_ends(plain, dots)) {
        plain = str_slice(plain, 0, plain.len - dots.len);
    }
    at = str_find(text, plain, 0);
    return at < text.len ? (Span){(uint32_t)at, (uint32_t)(at + plain.len)}
                         : (Span){0};
}

static void put_json(Teller *teller, Query *query, uint32_t rank) {
    Json json = json_to(&teller->out);
    Str plain = unmarked(teller->row, query_text(query, COL_SNIPPET));
    Span span = snippet_span(query_text(query, COL_TEXT), plain);

    json_open(&json, '{');
    json_key_str(&json, "report", query_text(query, COL_ID));
    json_key_str_or_null(&json, "outlet", query_text(query, COL_OUTLET));
    json_key_str_or_null(&json, "published", query_text(query, COL_PUBLISHED));
    json_key_str_or_null(&json, "title", query_text(query, COL_TITLE));
    json_key_str(&json, "snippet", text_flat(teller->row, plain));
    json_key(&json, "span");
    if (span_empty(span)) {
        json_null(&json);
    } else {
        json_span(&json, span);
    }
    json_key_int(&json, "rank", rank);
    json_key(&json, "score");
    json_number(&json, query_real(query, COL_SCORE), 3);
    json_close(&json, '}');
    buf_char(&teller->out, '\n');
}

/* The snippet with its hits marked. */
static void add_snippet(Line *line, Str snippet) {
    size_t at = 0;
    bool joined = false; /* the piece follows the one before without a space */

    while (at < snippet.len) {
        bool hit = snippet.ptr[at] == hit_open;
        char until = hit ? hit_close : hit_open;
        size_t begin = at + hit, end = begin;
        Str piece;
        while (end < snippet.len && snippet.ptr[end] != until) {
            end++;
        }
        piece = str_slice(snippet, begin, end);
        if (joined && piece.len && !ascii_space(piece.ptr[0])) {
            line_join(line, hit ? INK_MARK : INK_PLAIN, piece);
        } else {
            line_add(line, hit ? INK_MARK : INK_PLAIN, piece);
        }
        joined = piece.len && !ascii_space(piece.ptr[piece.len - 1]);
        at = hit && end < snippet.len ? end + 1 : end;
    }
}

static void put_text(Teller *teller, Query *query) {
    Line line = teller_line(teller);
    Str snippet = query_text(query, COL_SNIPPET);
    Span span = snippet_span(query_text(query, COL_TEXT),
                             unmarked(teller->row, snippet));

    line_column(&line, INK_PLAIN,
                date_words(teller->row, query_text(query, COL_PUBLISHED)), 12);
    line_add(&line, INK_BOLD, query_text(query, COL_TITLE));
    told_source(&line, "—", query_text(query, COL_LABEL), span.begin);
    line_end(&line, 0, 13);
    add_snippet(&line, snippet);
    line_end(&line, 13, 13);
}

static Query *open_search(Teller *teller, const Buf *fts) {
    Query *query = query_open(
        teller,
        "SELECT r.report, r.id, r.outlet, r.label, r.published, r.title,"
        " snippet(report_text, 1, char(2), char(3), '…', :words),"
        " -bm25(report_text, 3.0, 1.0), r.text"
        " FROM report_text JOIN report r JOIN standing g ON "
        "g.report = r.report AND r.report = report_text.rowid"
        " WHERE report_text MATCH :fts AND g.latest",
        FILTER_REPORTS, " ORDER BY 8 DESC, r.report LIMIT :rows");
    uint32_t rows = teller->filter->max ? teller->filter->max : ROWS_DEFAULT;

    if (query->statement) {
        sqlite3_stmt *s = query->statement;
        query_bind(query, sqlite3_bind_parameter_index(s, ":rows"), rows);
        query_bind(query, sqlite3_bind_parameter_index(s, ":words"),
                   SNIPPET_WORDS);
        query_bind_str(query, sqlite3_bind_parameter_index(s, ":fts"),
                       str_dup(teller->arena, buf_str(fts)));
    }
    return query;
}

void tell_search(Teller *teller) {
    Query *query;
    uint32_t rank = 0;

    if (!write_query(teller->filter->query, &teller->out)) {
        buf_reset(&teller->out);
        teller_fail(teller, ERR_USAGE, "search: there is no word to look for");
        return;
    }
    query = open_search(teller, &teller->out);
    buf_reset(&teller->out);
    while (query_next(query)) {
        if (teller->style.format == TELL_JSON) {
            put_json(teller, query, ++rank);
        } else {
            put_text(teller, query);
        }
        teller_row_end(teller);
    }
}
