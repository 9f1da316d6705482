/* SPDX-License-Identifier: Apache-2.0 */
/* link/inside.h - what the files of this room share, and nobody else needs.
 *
 * Room: link. A Link is one report's walk through the room. Its error is
 * sticky: after the first failure ask() gives NULL, next_row() false, and all
 * writing does nothing, so that the steps check nothing on the way and
 * link_report() looks at `status` once at the end. */
#ifndef LINK_INSIDE_H
#define LINK_INSIDE_H

#include "base/map.h"
#include "link/link.h"

typedef struct Repeat Repeat; /* litter.c: a paragraph that others have too */

typedef struct Repeats {
    Repeat *items; /* arena */
    uint32_t count, capacity;
} Repeats;

typedef struct Link {
    Store *store;           /* borrowed */
    Arena *arena;           /* borrowed */
    const Speller *speller; /* borrowed; NULL while forgetting */
    const Lexicon *lexicon; /* borrowed */
    int64_t report;
    int64_t previous;         /* the version before, 0: none */
    const Analysis *analysis; /* borrowed; NULL while forgetting */
    int64_t *entities; /* arena: the store's entity of each of the analysis',
                          0: none */
    Repeats repeats;   /* from litter_known() for litter_found() */
    int64_t vacant;    /* the story that forgetting left empty, 0: none */
    Status status;     /* sticky */
    Error *err;        /* borrowed; may be NULL */
} Link;

/* ------------------------------------------------------------ SQL, sql.c */

/* The prepared statement, or NULL after a failure. */
sqlite3_stmt *ask(Link *link, const char *sql);
/* Bind an integer, a text; nothing when `q` is NULL. */
void set_id(sqlite3_stmt *q, int parameter, int64_t value);
void set_str(sqlite3_stmt *q, int parameter, Str text);
/* Step to a row; false at the end and after a failure. Read the statement to
 * its end or call done() on it. */
bool next_row(Link *link, sqlite3_stmt *q);
void done(sqlite3_stmt *q);
/* Run a statement that gives no rows: as bound, or with 1 to 3 integers. */
void run(Link *link, sqlite3_stmt *q);
void run1(Link *link, const char *sql, int64_t a);
void run2(Link *link, const char *sql, int64_t a, int64_t b);
void run3(Link *link, const char *sql, int64_t a, int64_t b, int64_t c);
/* The first column of the first row; `missing` when there is none or NULL. */
int64_t one(Link *link, const char *sql, int64_t a, int64_t missing);

/* 64-bit numbers as a blob, least byte first, and back. */
typedef struct Numbers {
    uint64_t *items; /* arena */
    uint32_t count, capacity;
} Numbers;

void numbers_push(Arena *arena, Numbers *list, uint64_t number);
/* In rising order, each once. */
void numbers_sort(Numbers *list);
Str numbers_pack(Arena *arena, const Numbers *list);
Numbers numbers_unpack(Arena *arena, Str blob);
/* The column of the report's row in `trace`, an empty list when NULL; and its
 * writing. `column` is a word of ours: "lines". */
Numbers trace_read(Link *link, int64_t report, const char *sql);
void trace_write(Link *link, int64_t report, const char *sql,
                 const Numbers *list);

/* --------------------------------------------------- the text, passages.c */

/* A word: letters and digits, in lower case for the hash. */
typedef struct PlainWord {
    uint32_t hash;
    uint32_t begin, end; /* bytes of the text */
    bool prose;          /* the reporter's own: neither quoted nor a loose line
                            of the page, such as a headline or a menu */
} PlainWord;

typedef struct Words {
    PlainWord *items; /* arena */
    uint32_t count, capacity;
} Words;

/* A stored report, read for comparison. */
typedef struct Stored {
    int64_t report;
    Str text, outlet; /* arena */
    SpanList body, headings;
    StrList credit;
} Stored;

/* False, and nothing, when there is no such report. */
bool stored_read(Link *link, int64_t report, Stored *out);
/* The words of `text` inside `body` but not inside `without`. */
void words_read(Arena *arena, Str text, const SpanList *body,
                const SpanList *without, Words *out);
/* Hash of the words in a piece of text: what is printed otherwise, with other
 * quotation marks, spaces and capitals, hashes alike. `*count` may be NULL. */
uint64_t words_hash(Str text, uint32_t *count);

SpanList spans_parse(Arena *arena, Str json);
StrList strings_parse(Arena *arena, Str json);
Str spans_format(Arena *arena, const SpanList *list);

/* ------------------------------------------------------ alignment, align.c */

/* A passage that two texts share, in words: [a,a_end) of one, [b,b_end) of
 * the other. */
typedef struct Passage {
    uint32_t a, a_end, b, b_end;
} Passage;

typedef struct Alignment {
    Passage *items; /* arena; in the order of the first text */
    uint32_t count, capacity;
    uint32_t shared_a, shared_b; /* words of each in passages */
    uint32_t prose;         /* of shared_a: outside quotation marks in both */
    uint32_t longest_prose; /* the most of it in one passage */
    uint32_t range_a, range_b; /* words from the first passage to the last */
} Alignment;

/* One text, made ready to be compared with many. */
typedef struct Grams {
    const Words *words; /* borrowed */
    Map last;       /* hash of a run of words -> number of its last place + 1 */
    uint32_t *next; /* arena: the place before, with the same hash, + 1 */
} Grams;

void grams_read(Arena *arena, const Words *words, Grams *out);
/* Find the passages. Cost: linear in both, the first already read. */
void align(Arena *arena, const Grams *a, const Words *b, Alignment *out);

/* ---------------------------------------------------------------- the steps */

/* litter.c: paragraphs that the outlet is known to repeat, before all else;
 * and those that it turns out to repeat now, after copies. */
void litter_known(Link *link);
void litter_found(Link *link);
void litter_forget(Link *link);

void names_link(Link *link);
void names_forget(Link *link);
/* The entity that bears `name` in some report; 0: none. */
int64_t names_find(Link *link, Str name);
/* The form under which decisions are kept. */
Str names_folded(Link *link, Str name);
/* A new entity of the same type. */
int64_t names_twin(Link *link, int64_t entity, Str name);
/* Forms, keys and name anew from what reports say; gone if none names it. */
void names_rebuild(Link *link, int64_t entity);

/* decide.c: see link_merge(), link_split(). */
typedef struct Decision {
    Str a, b; /* names or numbers of entities; of a split, b is a form of a */
} Decision;
void names_merge(Link *link, const Decision *decision);
void names_split(Link *link, const Decision *decision);

void copies_link(Link *link);
/* When the body of `report` changes: take it out of the index before, and
 * compare again all that it shares with others after. */
void copies_unindex(Link *link, int64_t report);
void copies_again(Link *link, int64_t report);
void copies_forget(Link *link);

/* origins.c: `report` and all that it is one source with. */
void origin_join(Link *link, int64_t report);
/* Split the group of `report` into what still holds together. */
void origin_split(Link *link, int64_t report);

void claims_link(Link *link);
void claims_forget(Link *link);

/* Also claims.c, for every kind of claim. Push the first column of a query
 * with a key and a limit (-1: none). */
void collect(Link *link, const char *sql, int64_t key, int limit, Numbers *out);
/* Give two groups the lesser number of both, by an update that takes it and
 * the greater one; the number. */
int64_t unite(Link *link, const char *sql, int64_t a, int64_t b);
/* The store's entity of a party, 0: none; and its binding, NULL for none. */
int64_t entity_of(const Link *link, const Party *party);
void set_entity(sqlite3_stmt *q, int parameter, int64_t entity);
/* The sentence around a span, or the span alone. */
Str sentence_of(const Analysis *analysis, Span span);

/* counts.c: figures that count the same; when the report stands in a story. */
void counts_link(Link *link);
void counts_forget(Link *link);

/* happenings.c: events; when the report stands in a story. */
void happenings_link(Link *link);
void happenings_forget(Link *link);

void stories_link(Link *link);
void stories_forget(Link *link);

#endif
