/* SPDX-License-Identifier: Apache-2.0 */
/* base/lexicon.c - see lexicon.h. The file, little-endian, 8-byte aligned:
 *
 *     Header | Table[kinds] | LexWord-like records[words] | Entry[entries] |
 *     uint32 slots[slots] | uint32 cells[cells] | strings
 *
 *     slots: hash table, word number + 1 or 0     words: hash, masks, entries
 *     entries: (kind, row) of the tables that have the word or phrase as key
 *     cells: offsets of NUL-terminated strings, table by table, row by row */
#include "base/lexicon.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "base/utf8.h"

enum { LEXICON_FORMAT = 1, KINDS_MAX = 64 };
static const char magic[8] = "DATELEX";
static const char file_name[] = "en.lexicon";

typedef struct Header {
    char magic[8];
    uint32_t format, kinds;
    uint64_t checksum; /* FNV-1a of all after the header */
    uint64_t schema;   /* FNV-1a of the names of kinds and columns */
    uint32_t words, entries, slots, cells, strings, size;
} Header;

typedef struct Table {
    uint32_t first_cell, rows, columns, padding;
} Table;

typedef struct Word {
    uint64_t hash;
    LexWord masks;
    uint32_t entry, entries, padding;
} Word;

typedef struct Entry {
    uint32_t kind, row;
} Entry;

struct Lexicon {
    FileMap file;
    const Header *header; /* all below point into the mapping */
    const Table *tables;
    const Word *words;
    const Entry *entries;
    const uint32_t *slots, *cells;
    const char *strings;
    char version[17];
};

static_assert(sizeof(Header) == 56 && sizeof(Table) == 16 &&
                  sizeof(LexWord) == 24 && sizeof(Word) == 48 &&
                  sizeof(Entry) == 8,
              "the layout that tools/lexicon.py writes");

static size_t expected_size(const Header *header) {
    return sizeof *header + (size_t)header->kinds * sizeof(Table) +
           (size_t)header->words * sizeof(Word) +
           (size_t)header->entries * sizeof(Entry) +
           ((size_t)header->slots + header->cells) * sizeof(uint32_t) +
           header->strings;
}

static const char *header_fault(Str file) {
    const Header *header = (const void *)file.ptr;

    if (file.len < sizeof *header || memcmp(header->magic, magic, 8) != 0) {
        return "is no lexicon";
    }
    if (header->format != LEXICON_FORMAT || header->schema != LEX_SCHEMA ||
        header->kinds != LEX_KIND_COUNT) {
        return "was made for another version of the program";
    }
    if (header->size != file.len || expected_size(header) != file.len ||
        header->slots == 0 || (header->slots & (header->slots - 1)) != 0 ||
        header->words >= header->slots || header->strings == 0 ||
        file.ptr[file.len - 1] != '\0') {
        return "is cut off or damaged";
    }
    if (hash_str(str_slice(file, sizeof *header, file.len)) !=
        header->checksum) {
        return "is damaged: its checksum does not match";
    }
    return NULL;
}

static void locate(Lexicon *lexicon) {
    const Header *header = (const void *)lexicon->file.bytes.ptr;

    lexicon->header = header;
    lexicon->tables = (const void *)(header + 1);
    lexicon->words = (const void *)(lexicon->tables + header->kinds);
    lexicon->entries = (const void *)(lexicon->words + header->words);
    lexicon->slots = (const void *)(lexicon->entries + header->entries);
    lexicon->cells = lexicon->slots + header->slots;
    lexicon->strings = (const void *)(lexicon->cells + header->cells);
    snprintf(lexicon->version, sizeof lexicon->version, "%016llx",
             (unsigned long long)header->checksum);
}

static bool tables_in_bounds(const Lexicon *lexicon) {
    static const uint32_t columns[LEX_KIND_COUNT] = LEX_COLUMN_COUNTS;
    const Header *header = lexicon->header;

    for (uint32_t i = 0; i < header->kinds; i++) {
        const Table *table = &lexicon->tables[i];
        uint64_t cells = (uint64_t)table->rows * table->columns;
        if (table->columns != columns[i] ||
            table->first_cell + cells > header->cells) {
            return false;
        }
    }
    for (uint32_t i = 0; i < header->cells; i++) {
        if (lexicon->cells[i] >= header->strings) {
            return false;
        }
    }
    return true;
}

static bool words_in_bounds(const Lexicon *lexicon) {
    const Header *header = lexicon->header;
    bool has_free_slot = false; /* where a search for no word ends */

    for (uint32_t i = 0; i < header->slots; i++) {
        if (lexicon->slots[i] > header->words) {
            return false;
        }
        has_free_slot |= lexicon->slots[i] == 0;
    }
    for (uint32_t i = 0; i < header->words; i++) {
        const Word *word = &lexicon->words[i];
        if ((uint64_t)word->entry + word->entries > header->entries) {
            return false;
        }
    }
    for (uint32_t i = 0; i < header->entries; i++) {
        const Entry *entry = &lexicon->entries[i];
        if (entry->kind >= header->kinds ||
            entry->row >= lexicon->tables[entry->kind].rows) {
            return false;
        }
    }
    return has_free_slot;
}

Status lexicon_open(const char *path, Lexicon **out, Error *err) {
    Lexicon *lexicon = calloc(1, sizeof *lexicon);
    const char *fault;
    Status status;

    if (!lexicon) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    status = file_map(path, &lexicon->file, err);
    if (status != OK) {
        free(lexicon);
        return status;
    }
    fault = header_fault(lexicon->file.bytes);
    if (!fault) {
        locate(lexicon);
        if (!tables_in_bounds(lexicon) || !words_in_bounds(lexicon)) {
            fault = "is damaged: an offset points outside";
        }
    }
    if (fault) {
        lexicon_close(lexicon);
        return fail(err, ERR_DATA, "%s: %s", path, fault);
    }
    *out = lexicon;
    return OK;
}

Status lexicon_open_in(const char *folder, Lexicon **out, Error *err) {
    Status status;
    Buf path;

    buf_init(&path, 0);
    status = data_find_in(folder, file_name, &path, err);
    if (status == OK) {
        status = lexicon_open(path.ptr, out, err);
    }
    buf_deinit(&path);
    return status;
}

void lexicon_close(Lexicon *lexicon) {
    if (lexicon) {
        file_unmap(&lexicon->file);
        free(lexicon);
    }
}

Str lexicon_version(const Lexicon *lexicon) {
    return str_of(lexicon->version);
}

static const Word *find_word(const Lexicon *lexicon, uint64_t hash) {
    uint32_t mask = lexicon->header->slots - 1;

    for (uint64_t at = hash;; at++) {
        uint32_t slot = lexicon->slots[at & mask];
        if (slot == 0) {
            return NULL;
        }
        if (lexicon->words[slot - 1].hash == hash) {
            return &lexicon->words[slot - 1];
        }
    }
}

const LexWord *lexicon_word(const Lexicon *lexicon, uint64_t hash) {
    const Word *word = find_word(lexicon, hash);

    return word ? &word->masks : NULL;
}

static LexRow row_of(const Lexicon *lexicon, LexKind kind, const Word *word) {
    for (uint32_t i = 0; word && i < word->entries; i++) {
        const Entry *entry = &lexicon->entries[word->entry + i];
        if (entry->kind == (uint32_t)kind) {
            return (LexRow){lexicon, kind, entry->row};
        }
    }
    return (LexRow){0};
}

LexRow lexicon_find_hash(const Lexicon *lexicon, LexKind kind, uint64_t hash) {
    return row_of(lexicon, kind, find_word(lexicon, hash));
}

LexRow lexicon_row(const Lexicon *lexicon, LexKind kind, const LexWord *word) {
    const char *masks = (const char *)word;

    /* The masks that lexicon_word() gives out lie in their Word. */
    return row_of(lexicon, kind, (const void *)(masks - offsetof(Word, masks)));
}

LexRow lexicon_find(const Lexicon *lexicon, LexKind kind, Str phrase) {
    return lexicon_find_hash(lexicon, kind, utf8_fold_hash(HASH_SEED, phrase));
}

bool lexicon_has(const Lexicon *lexicon, LexKind kind, Str phrase) {
    return lexicon_find(lexicon, kind, phrase).lexicon != NULL;
}

Str lex_cell(LexRow row, uint32_t column) {
    const Table *table;
    size_t cell;

    assert(row.lexicon && row.kind < LEX_KIND_COUNT);
    table = &row.lexicon->tables[row.kind];
    assert(row.row < table->rows && column < table->columns);
    cell = table->first_cell + (size_t)row.row * table->columns + column;
    return str_of(row.lexicon->strings + row.lexicon->cells[cell]);
}

bool lex_is(LexRow row, uint32_t column, const char *value) {
    return str_is(lex_cell(row, column), value);
}

int64_t lex_number(LexRow row, uint32_t column, int64_t missing) {
    Str cell = lex_cell(row, column);

    return cell.len ? strtoll(cell.ptr, NULL, 10) : missing;
}

uint32_t lexicon_rows(const Lexicon *lexicon, LexKind kind) {
    return lexicon->tables[kind].rows;
}
