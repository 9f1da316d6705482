/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/data.h - corpora as tokens with labels, seen as the program sees
 * them.
 *
 * A corpus in CoNLL-U keeps its own tokens; one in BIO, or without labels, is
 * put together as text and cut by the program's tokenizer. */
#ifndef TRAIN_DATA_H
#define TRAIN_DATA_H

#include "tag/feature.h"
#include "tag/tag.h"

enum { NO_LABEL = -1 };

/* What the network may learn from a token. A label that the corpus does not
 * have is NO_LABEL. */
typedef struct Sample {
    uint32_t type; /* index into Data.types */
    PlaceRows place;
    int32_t head; /* distance to the head, 0: root */
    int8_t end;   /* 1: last of its sentence, 0: not */
    int8_t upos, xpos, rel;
    int8_t name[2]; /* by the set's task: see data_read_bio() */
    bool has_head, starts_block;
} Sample;

typedef struct Document {
    uint64_t first;
    uint32_t count;
} Document;

typedef struct Documents {
    Document *items;
    uint32_t count, capacity;
} Documents;

/* A form and its type rows. */
typedef struct Type {
    uint64_t hash;         /* utf8_fold_hash() */
    uint32_t first, count; /* in Data.rows; the first is the word's */
    uint32_t seen;         /* tokens */
} Type;

typedef struct Data {
    const Lexicon *lexicon;
    Sample *samples;
    uint64_t sample_count, sample_capacity;
    Type *types;
    uint32_t type_count, type_capacity;
    uint32_t *rows;
    uint64_t row_count, row_capacity;
    uint32_t *slots; /* of types, by hash and shape */
    uint64_t *keys;
    uint32_t slot_count;
    uint64_t *words; /* hashes of the words that have a row */
    uint32_t *word_slots;
    uint32_t word_count, word_mask;
} Data;

/* How the letters of a copy are changed. */
typedef enum Letters { AS_THEY_ARE, ALL_UPPER, ALL_LOWER, TITLE_CASE } Letters;

void data_init(Data *data, const Lexicon *lexicon);

/* Names of sentences that a CoNLL-U corpus has too, kept for it. */
typedef struct NameBook NameBook;
NameBook *name_book_new(const char *path);

/* Each appends the documents of a file to `out`. */
void data_read_conllu(Data *data, const char *path, NameBook *const *books,
                      Letters letters, Documents *out);
void data_read_bio(Data *data, const char *path, uint32_t task, Letters letters,
                   Documents *out);
/* Documents made up of the names of a BIO corpus: results, lists and tables,
 * of which news archives hold many and corpora few. `count` of them, drawn
 * from `seed`. */
void data_make_lists(Data *data, const char *path, uint32_t task,
                     uint32_t count, uint64_t seed, Documents *out);
void data_read_raw(Data *data, const char *path, Documents *out);

/* Choose the words that get a row: the `most` most frequent of what has been
 * read, with at least `least` tokens. Once; what is read later knows them. */
void data_choose_words(Data *data, uint32_t least, uint32_t most);
/* The same with words that were chosen before, in their order. */
void data_take_words(Data *data, const uint64_t *hashes, uint32_t count);

#endif
