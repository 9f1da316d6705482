/* SPDX-License-Identifier: Apache-2.0 */
/* base/lexicon.h - reader of the compiled lexicon: knowledge as data.
 *
 * Room: base. tools/lexicon.py compiles lexicon/LANGUAGE/KIND.tsv, one table
 * a kind, into one file that is mapped read-only. A table's first column is
 * the key: one or several words. All keys of all tables share one hash table,
 * so that one lookup a token tells every table that the word is a key of, or
 * opens a longer key of:
 *
 *     "foreign" --> LexWord { keys: {}, opens: {OFFICE, TITLE}, longest: 3 }
 *
 * The kinds and their columns are named in base/lexicon_kinds.h, which the
 * same tool writes: LEX_OFFICE, LEX_OFFICE_ROLE, ... A new table is a new TSV.
 * Keys and words are compared in the form of utf8_fold(). */
#ifndef BASE_LEXICON_H
#define BASE_LEXICON_H

#include "base/lexicon_kinds.h"
#include "base/str.h"

typedef struct Lexicon Lexicon;

typedef struct LexWord {
    uint64_t keys;    /* bit k: a key of table k, alone */
    uint64_t opens;   /* bit k: the first word of a longer key of table k */
    uint32_t longest; /* words of the longest key that it opens, or 1 */
} LexWord;

/* A row of a table; `row` counts from 0 in that table. */
typedef struct LexRow {
    const Lexicon *lexicon; /* borrowed; NULL: no row */
    LexKind kind;
    uint32_t row;
} LexRow;

/* Map the file `path` and check it: magic, version, bounds, checksum.
 * Errors: ERR_IO, ERR_DATA. Cost: one pass over the file (a megabyte). */
MUST_USE Status lexicon_open(const char *path, Lexicon **out, Error *err);
/* The same of the lexicon in `folder`, or, when that is NULL, where
 * data_find() finds it. Errors: also ERR_NOMEM. */
MUST_USE Status lexicon_open_in(const char *folder, Lexicon **out, Error *err);
void lexicon_close(Lexicon *lexicon);
/* The file's checksum as 16 hex digits: its version. */
Str lexicon_version(const Lexicon *lexicon);

/* The word with this utf8_fold_hash(), or NULL. O(1), no allocation. */
const LexWord *lexicon_word(const Lexicon *lexicon, uint64_t hash);
/* True if the folded `phrase` (words joined by one space) is a key. */
bool lexicon_has(const Lexicon *lexicon, LexKind kind, Str phrase);
/* The row of that key; row.lexicon is NULL when there is none. */
LexRow lexicon_find(const Lexicon *lexicon, LexKind kind, Str phrase);
/* The same by hash: HASH_SEED, then utf8_fold_hash() of the words with
 * hash_more(" ") between them. */
LexRow lexicon_find_hash(const Lexicon *lexicon, LexKind kind, uint64_t hash);

/* The row that `word`, of this lexicon, is a key of: no search. */
LexRow lexicon_row(const Lexicon *lexicon, LexKind kind, const LexWord *word);

/* The cell of a column (LEX_OFFICE_ROLE); "-" in the file is empty here.
 * Borrowed from the mapping, NUL-terminated. */
Str lex_cell(LexRow row, uint32_t column);
/* True if the cell equals `value`. */
bool lex_is(LexRow row, uint32_t column, const char *value);
/* The cell as a number; `missing` when empty. */
int64_t lex_number(LexRow row, uint32_t column, int64_t missing);

/* Rows of a table, to walk all of it. */
uint32_t lexicon_rows(const Lexicon *lexicon, LexKind kind);

#endif
