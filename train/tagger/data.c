/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/data.c - see data.h. */
#include "data.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/utf8.h"
#include "text/cut.h"

static void die(const char *path, const char *why) {
    fprintf(stderr, "train: %s: %s\n", path, why);
    exit(1);
}

static void *grown(void *items, uint64_t count, uint64_t *capacity,
                   size_t size) {
    if (count < *capacity) {
        return items;
    }
    *capacity = *capacity ? 2 * *capacity : 1024;
    items = realloc(items, *capacity * size);
    if (!items) {
        die("memory", "exhausted");
    }
    return items;
}

/* All bytes of a file that may be packed. */
static Str read_file(const char *path) {
    static const size_t step = 1 << 20;
    Stream *stream;
    Error err;
    Str name;
    bool found;
    char *bytes = NULL;
    size_t size = 0, got = 1;

    if (stream_open(path, &stream, &err) != OK ||
        stream_next(stream, &name, &found, &err) != OK || !found) {
        die(path, "cannot be opened");
    }
    while (got > 0) {
        bytes = realloc(bytes, size + step);
        if (stream_read(stream, bytes + size, step, &got, &err) != OK) {
            die(path, err.message);
        }
        size += got;
    }
    stream_close(stream);
    return (Str){bytes, size};
}

static bool next_line(Str *rest, Str *line) {
    size_t end;

    if (rest->len == 0) {
        return false;
    }
    end = str_find(*rest, (Str){"\n", 1}, 0);
    *line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + (end < rest->len), rest->len);
    return true;
}

/* ---- types ---- */

void data_init(Data *data, const Lexicon *lexicon) {
    *data = (Data){.lexicon = lexicon, .slot_count = 1 << 21};
    data->slots = calloc(data->slot_count, sizeof *data->slots);
    data->keys = calloc(data->slot_count, sizeof *data->keys);
}

static const uint32_t no_slots[1];

static WordIndex known_words(const Data *data) {
    return data->word_count
               ? (WordIndex){data->word_slots, data->words, data->word_mask}
               : (WordIndex){no_slots, NULL, 0};
}

static uint32_t type_of(Data *data, const Text *text, uint32_t token) {
    uint64_t hash = text->tokens[token].hash;
    uint64_t key = (hash ^ word_shape(token_str(text, token)) *
                               UINT64_C(0x9E3779B97F4A7C15)) |
                   1;
    uint64_t at = key >> 7;
    uint32_t rows[TYPE_ROWS_MAX], count;
    uint64_t capacity = data->type_capacity;
    WordIndex words;
    Type *type;

    for (;; at++) {
        uint32_t slot = (uint32_t)(at & (data->slot_count - 1));
        if (data->keys[slot] == key) {
            data->types[data->slots[slot]].seen++;
            return data->slots[slot];
        }
        if (data->keys[slot] == 0) {
            data->keys[slot] = key;
            data->slots[slot] = data->type_count;
            break;
        }
    }
    words = known_words(data);
    count = type_rows(text, token, &words, rows);
    data->types =
        grown(data->types, data->type_count, &capacity, sizeof *data->types);
    data->type_capacity = (uint32_t)capacity;
    type = &data->types[data->type_count];
    *type = (Type){.hash = hash,
                   .first = (uint32_t)data->row_count,
                   .count = count,
                   .seen = 1};
    for (uint32_t i = 0; i < count; i++) {
        data->rows = grown(data->rows, data->row_count, &data->row_capacity,
                           sizeof *data->rows);
        data->rows[data->row_count++] = rows[i];
    }
    assert(data->type_count < data->slot_count / 2);
    return data->type_count++;
}

typedef struct Count {
    uint64_t hash;
    uint32_t seen;
} Count;

static int by_hash(const void *a, const void *b) {
    const Count *x = a, *y = b;

    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int by_seen(const void *a, const void *b) {
    const Count *x = a, *y = b;

    return x->seen != y->seen ? (x->seen > y->seen ? -1 : 1) : by_hash(a, b);
}

void data_take_words(Data *data, const uint64_t *hashes, uint32_t count) {
    uint32_t slots = 1;
    WordIndex index;

    while (slots < 2 * count) {
        slots *= 2;
    }
    data->words = calloc(count, sizeof *data->words);
    data->word_slots = calloc(slots, sizeof *data->word_slots);
    data->word_count = count;
    data->word_mask = slots - 1;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t at = hashes[i];
        while (data->word_slots[at & data->word_mask]) {
            at++;
        }
        data->word_slots[at & data->word_mask] = i + 1;
        data->words[i] = hashes[i];
    }
    index = known_words(data);
    for (uint32_t i = 0; i < data->type_count; i++) {
        data->rows[data->types[i].first] =
            word_row(&index, data->types[i].hash);
    }
}

void data_choose_words(Data *data, uint32_t least, uint32_t most) {
    Count *counts = calloc(data->type_count, sizeof *counts);
    uint64_t *hashes;
    uint32_t count = 0;

    for (uint32_t i = 0; i < data->type_count; i++) {
        counts[i] = (Count){data->types[i].hash, data->types[i].seen};
    }
    qsort(counts, data->type_count, sizeof *counts, by_hash);
    for (uint32_t i = 0; i < data->type_count; i++) {
        if (count > 0 && counts[count - 1].hash == counts[i].hash) {
            counts[count - 1].seen += counts[i].seen;
        } else {
            counts[count++] = counts[i];
        }
    }
    qsort(counts, count, sizeof *counts, by_seen);
    count = count < most ? count : most;
    while (count > 0 && counts[count - 1].seen < least) {
        count--;
    }
    hashes = calloc(count, sizeof *hashes);
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = counts[i].hash;
    }
    data_take_words(data, hashes, count);
    free(hashes);
    free(counts);
}

/* ---- one document ---- */

/* Text that is put together, with the tokens of the corpus and what is known
 * of each. */
typedef struct Builder {
    char *bytes;
    uint64_t size, capacity;
    struct Given {
        uint32_t begin, end;
        Sample sample;
    } * given;
    uint64_t given_count, given_capacity;
    uint32_t *blocks; /* where each begins */
    uint64_t block_count, block_capacity;
} Builder;

static void put_bytes(Builder *b, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        b->bytes = grown(b->bytes, b->size, &b->capacity, 1);
        b->bytes[b->size++] = text.ptr[i];
    }
}

static void begin_block(Builder *b) {
    if (b->size > 0) {
        put_bytes(b, (Str){"\n\n", 2});
    }
    b->blocks =
        grown(b->blocks, b->block_count, &b->block_capacity, sizeof *b->blocks);
    b->blocks[b->block_count++] = (uint32_t)b->size;
}

static const Sample no_sample = {.end = NO_LABEL,
                                 .upos = NO_LABEL,
                                 .xpos = NO_LABEL,
                                 .rel = NO_LABEL,
                                 .name = {NO_LABEL, NO_LABEL}};

static Sample *put_token(Builder *b, Str form) {
    struct Given *given;

    if (b->block_count == 0) {
        begin_block(b);
    }
    b->given =
        grown(b->given, b->given_count, &b->given_capacity, sizeof *b->given);
    given = &b->given[b->given_count++];
    given->begin = (uint32_t)b->size;
    given->sample = no_sample;
    put_bytes(b, form);
    given->end = (uint32_t)b->size;
    return &given->sample;
}

static void change_letters(Builder *b, Letters letters) {
    for (uint64_t i = 0; i < b->size; i++) {
        char *at = &b->bytes[i];
        bool first = i == 0 || ascii_space(at[-1]);
        if (letters == ALL_LOWER) {
            *at = ascii_lower(*at);
        } else if (letters == ALL_UPPER || (letters == TITLE_CASE && first)) {
            *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at;
        }
    }
}

/* Tokens as the corpus has them, in a Text of one sentence a block. */
static void cut_as_given(Arena *arena, const Lexicon *lexicon, Builder *b,
                         Text *out) {
    Cutter cutter = {
        .arena = arena, .lexicon = lexicon, .bytes = {b->bytes, b->size}};
    uint32_t capacity = 0, block = 0;

    *out = (Text){.bytes = cutter.bytes, .lexicon = lexicon};
    for (uint64_t i = 0; i < b->given_count; i++) {
        cut_emit(&cutter, b->given[i].begin, b->given[i].end);
    }
    out->tokens = cutter.tokens;
    out->token_count = cutter.count;
    for (uint32_t i = 0, end; i < cutter.count; i = end) {
        uint32_t limit;
        block += block + 1 < b->block_count &&
                 b->blocks[block + 1] <= cutter.tokens[i].begin;
        limit = block + 1 < b->block_count ? b->blocks[block + 1]
                                           : (uint32_t)b->size;
        for (end = i; end < cutter.count && cutter.tokens[end].begin < limit;) {
            end++;
        }
        end = end > i ? end : i + 1;
        out->sentences = arena_grow(arena, out->sentences, out->sentence_count,
                                    &capacity, sizeof *out->sentences);
        out->sentences[out->sentence_count++] =
            (Sentence){.first = i, .last = end, .block = block};
    }
}

/* Tokens as the program cuts them. */
static void cut_as_read(Arena *arena, const Lexicon *lexicon, Builder *b,
                        Text *out) {
    Clean clean = {.text = {b->bytes, b->size}};

    clean.blocks = arena_zero(arena, b->block_count * sizeof *clean.blocks);
    clean.block_count = (uint32_t)b->block_count;
    for (uint32_t i = 0; i < clean.block_count; i++) {
        uint32_t end =
            i + 1 < clean.block_count ? b->blocks[i + 1] : (uint32_t)b->size;
        clean.blocks[i].kind = BLOCK_PARAGRAPH;
        clean.blocks[i].span = span_trim(clean.text, (Span){b->blocks[i], end});
    }
    text_read(arena, lexicon, &clean, str_of("en"), out);
}

/* What the corpus knows of the token [begin,end): of the token of the corpus
 * that it begins in; a later part of one continues its name. */
static Sample sample_at(const Builder *b, uint64_t *at, uint32_t begin) {
    Sample sample;

    while (*at + 1 < b->given_count && b->given[*at].end <= begin) {
        ++*at;
    }
    if (*at >= b->given_count || b->given[*at].begin > begin) {
        return no_sample;
    }
    sample = b->given[*at].sample;
    for (int task = 0; task < 2; task++) {
        if (sample.name[task] > 0 && b->given[*at].begin < begin) {
            sample.name[task] =
                (int8_t)(sample.name[task] + (sample.name[task] & 1));
        }
    }
    return sample;
}

static void add_document(Data *data, const Text *text, const Builder *b,
                         Documents *out) {
    PlaceRows *places = calloc(text->token_count + 1, sizeof *places);
    uint64_t capacity = out->capacity, at = 0;
    Document document = {data->sample_count, text->token_count};
    uint32_t first, last;

    for (uint32_t s = 0, end; s < text->sentence_count; s = end) {
        for (end = s; end < text->sentence_count &&
                      text->sentences[end].block == text->sentences[s].block;) {
            end++;
        }
        first = text->sentences[s].first;
        last = text->sentences[end - 1].last;
        place_rows(text, first, last, places + first);
    }
    for (uint32_t i = 0; i < text->token_count; i++) {
        Sample sample = sample_at(b, &at, text->tokens[i].begin);
        sample.type = type_of(data, text, i);
        sample.place = places[i];
        sample.starts_block = places[i].rows[0] == PLACE_BLOCK;
        data->samples = grown(data->samples, data->sample_count,
                              &data->sample_capacity, sizeof *data->samples);
        data->samples[data->sample_count++] = sample;
    }
    free(places);
    if (document.count > 0) {
        out->items =
            grown(out->items, out->count, &capacity, sizeof *out->items);
        out->capacity = (uint32_t)capacity;
        out->items[out->count++] = document;
    }
}

static void end_document(Data *data, Builder *b, bool as_given, Letters letters,
                         Documents *out) {
    Arena arena;
    Text text;
    jmp_buf guard;

    arena_init(&arena, 0);
    arena.guard = &guard;
    if (setjmp(guard)) {
        die("memory", "exhausted");
    }
    change_letters(b, letters);
    if (b->given_count > 0 || b->size > 0) {
        (as_given ? cut_as_given : cut_as_read)(&arena, data->lexicon, b,
                                                &text);
        add_document(data, &text, b, out);
    }
    arena_deinit(&arena);
    b->size = b->given_count = b->block_count = 0;
}

/* ---- names beside a treebank ---- */

struct NameBook {
    struct Page {
        uint64_t hash;
        uint32_t first, count;
    } * pages;
    uint64_t page_count, page_capacity;
    int8_t *names;
    uint64_t name_count, name_capacity;
};

/* "B-LOC" as Word.name. */
static int8_t name_of(Str tag) {
    static const char *const types[NAME_TYPE_COUNT] = {
        "PER", "ORG", "LOC", "GPE", "NORP", "EVENT", "MISC"};

    for (int i = 0; tag.len > 2 && i < NAME_TYPE_COUNT; i++) {
        if (str_is(str_slice(tag, 2, tag.len), types[i])) {
            return (int8_t)(1 + 2 * i + (tag.ptr[0] == 'I'));
        }
    }
    return NAME_OUTSIDE;
}

static Str column(Str line, uint32_t number) {
    size_t begin = 0, end = str_find(line, (Str){"\t", 1}, 0);

    while (number-- > 0 && end < line.len) {
        begin = end + 1;
        end = str_find(line, (Str){"\t", 1}, begin);
    }
    return str_slice(line, begin, end);
}

NameBook *name_book_new(const char *path) {
    NameBook *book = calloc(1, sizeof *book);
    Str rest = read_file(path), line;
    struct Page page = {HASH_SEED, 0, 0};

    while (next_line(&rest, &line)) {
        if (line.len && line.ptr[0] == '#' && column(line, 1).ptr == line.ptr) {
            continue;
        }
        if (line.len == 0) {
            book->pages = grown(book->pages, book->page_count,
                                &book->page_capacity, sizeof *book->pages);
            book->pages[book->page_count++] = page;
            page = (struct Page){HASH_SEED, (uint32_t)book->name_count, 0};
            continue;
        }
        page.hash =
            hash_more(hash_more(page.hash, column(line, 0)), (Str){"\t", 1});
        page.count++;
        book->names =
            grown(book->names, book->name_count, &book->name_capacity, 1);
        book->names[book->name_count++] = name_of(column(line, 1));
    }
    return book;
}

static void names_from(const NameBook *book, Builder *b, uint64_t first) {
    uint64_t hash = HASH_SEED;

    for (uint64_t i = first; i < b->given_count; i++) {
        Str form = {b->bytes + b->given[i].begin,
                    b->given[i].end - b->given[i].begin};
        hash = hash_more(hash_more(hash, form), (Str){"\t", 1});
    }
    for (uint64_t p = 0; p < book->page_count; p++) {
        const struct Page *page = &book->pages[p];
        if (page->hash == hash && page->count == b->given_count - first) {
            for (uint32_t i = 0; i < page->count; i++) {
                b->given[first + i].sample.name[0] =
                    book->names[page->first + i];
            }
            return;
        }
    }
}

/* ---- CoNLL-U ---- */

static uint32_t number(Str text) {
    uint32_t value = 0;

    for (size_t i = 0; i < text.len && ascii_digit(text.ptr[i]); i++) {
        value = 10 * value + (uint32_t)(text.ptr[i] - '0');
    }
    return value;
}

static int8_t known(uint32_t label, uint32_t count) {
    return label < count ? (int8_t)label : NO_LABEL;
}

static void take_word(Builder *b, Str line) {
    uint32_t id = number(column(line, 0)), head = number(column(line, 6));
    Sample *sample = put_token(b, column(line, 1));

    sample->upos = known(upos_of(column(line, 3)), UPOS_COUNT);
    sample->xpos = known(xpos_of(column(line, 4)), XPOS_COUNT);
    sample->rel = known(rel_of(column(line, 7)), REL_COUNT);
    sample->head = head ? (int32_t)head - (int32_t)id : 0;
    sample->has_head = true;
    sample->end = 0;
}

static bool space_after(Str line) {
    Str misc = column(line, 9);

    return str_find(misc, str_of("SpaceAfter=No"), 0) == misc.len;
}

void data_read_conllu(Data *data, const char *path, NameBook *const *books,
                      Letters letters, Documents *out) {
    Str rest = read_file(path), line;
    Builder b = {0};
    bool space = false, range_space = false;
    uint32_t range_end = 0;
    uint64_t first = 0;

    while (next_line(&rest, &line)) {
        if (str_starts(line, str_of("# newdoc"))) {
            end_document(data, &b, true, letters, out);
            first = 0;
            space = false;
        } else if (str_starts(line, str_of("# newpar"))) {
            begin_block(&b);
            space = false;
        } else if (line.len == 0) {
            if (b.given_count > first) {
                b.given[b.given_count - 1].sample.end = 1;
                for (uint32_t i = 0; books[i]; i++) {
                    names_from(books[i], &b, first);
                }
            }
            first = b.given_count;
            range_end = 0;
        } else if (ascii_digit(line.ptr[0])) {
            Str id = column(line, 0);
            size_t dash = str_find(id, (Str){"-", 1}, 0);
            if (space) {
                put_bytes(&b, (Str){" ", 1});
                space = false;
            }
            if (dash < id.len) {
                range_end = number(str_slice(id, dash + 1, id.len));
                range_space = space_after(line);
                continue;
            }
            if (str_find(id, (Str){".", 1}, 0) < id.len) {
                continue;
            }
            take_word(&b, line);
            space = number(id) < range_end    ? false
                    : number(id) == range_end ? range_space
                                              : space_after(line);
        }
    }
    end_document(data, &b, true, letters, out);
}

/* ---- BIO ---- */

/* Whether a space stands between two tokens, where the corpus does not say.
 * `open` tells whether a straight quotation mark is open. */
static bool space_between(Str left, Str right, bool open) {
    static const char *const tight_right[] = {
        ",",  ".",   ":",   ";",   "?",  "!",   ")",   "]",   "}",   "%",
        "’",  "”",   "-",   "'s",  "’s", "n't", "n’t", "'re", "'ve", "'m",
        "'d", "'ll", "’re", "’ve", "’m", "’d",  "’ll", "...", "…",   "/"};
    static const char *const tight_left[] = {"(", "[", "{", "$", "“", "‘",
                                             "-", "/", "#", "£", "€"};

    for (size_t i = 0; i < sizeof tight_right / sizeof *tight_right; i++) {
        if (str_is(right, tight_right[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof tight_left / sizeof *tight_left; i++) {
        if (str_is(left, tight_left[i])) {
            return false;
        }
    }
    if (str_is(left, "’") && str_is(right, "s")) {
        return false;
    }
    if (str_is(left, "\"")) {
        return !open;
    }
    return !(str_is(right, "\"") && open) && left.len > 0;
}

void data_read_bio(Data *data, const char *path, uint32_t task, Letters letters,
                   Documents *out) {
    bool is_gmb = strstr(path, "gmb") != NULL;
    Str rest = read_file(path), line, left = {0};
    Builder b = {0};
    uint32_t sentences = 0;
    bool open = false;

    while (next_line(&rest, &line)) {
        if (str_starts(line, str_of("# newdoc"))) {
            end_document(data, &b, false, letters, out);
            sentences = 0;
        } else if (line.len == 0) {
            sentences++;
            open = false;
            left = (Str){0};
        } else {
            Str form = column(line, 0);
            if (left.len == 0) {
                if (!is_gmb || sentences % 3 == 0) {
                    begin_block(&b);
                } else {
                    put_bytes(&b, (Str){" ", 1});
                }
            } else if (space_between(left, form, open)) {
                put_bytes(&b, (Str){" ", 1});
            }
            open ^= str_is(form, "\"");
            put_token(&b, form)->name[task] = name_of(column(line, 1));
            left = form;
        }
    }
    end_document(data, &b, false, letters, out);
}

/* ---- lists of names ---- */

/* The names of a corpus by type: places in its bytes, token by token. */
typedef struct Names {
    struct Name {
        Str tokens[6];
        uint32_t count;
    } * items;
    uint64_t count, capacity;
} Names;

static void collect_names(const char *path, Names names[NAME_TYPE_COUNT]) {
    Str rest = read_file(path), line;
    struct Name name = {.count = 0};
    int8_t type = 0;

    while (next_line(&rest, &line)) {
        int8_t label = line.len ? name_of(column(line, 1)) : NAME_OUTSIDE;
        bool goes_on = label > 0 && label % 2 == 0;
        if (!goes_on && name.count > 0 && name.count <= 5) {
            Names *of = &names[type];
            of->items =
                grown(of->items, of->count, &of->capacity, sizeof *of->items);
            of->items[of->count++] = name;
        }
        if (!goes_on) {
            name.count = 0;
        }
        if (label > 0) {
            type = (int8_t)((label - 1) / 2);
            if (name.count < 6) {
                name.tokens[name.count++] = column(line, 0);
            }
        }
    }
}

static uint64_t next_random(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15); /* SplitMix64 */

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static void put_name(Builder *b, const Names *names, NameType type,
                     uint32_t task, uint64_t *state) {
    const struct Name *name =
        &names[type].items[next_random(state) % names[type].count];
    bool initial =
        type == NAME_PER && name->count == 2 && next_random(state) % 5 == 0;

    for (uint32_t i = 0; i < name->count; i++) {
        Str form = name->tokens[i];
        if (i > 0 && space_between(name->tokens[i - 1], form, false)) {
            put_bytes(b, (Str){" ", 1});
        }
        if (initial && i == 0 && ascii_upper(form.ptr[0])) {
            char short_form[2] = {form.ptr[0], '.'};
            put_token(b, (Str){short_form, 2})->name[task] =
                (int8_t)(1 + 2 * type);
            continue;
        }
        put_token(b, form)->name[task] = (int8_t)(1 + 2 * type + (i > 0));
    }
}

/* A line of a list. P, L, O: a name of a person, place, organisation; 0 a
 * figure, # the number of the line, all else as it stands. */
static void put_item(Builder *b, const char *form, uint32_t line,
                     const Names *names, uint32_t task, uint64_t *state) {
    static const char *const figures[] = {"%u", "%u.%02u", "%u-%u", "%u:%02u"};
    uint32_t style = (uint32_t)(next_random(state) % 4);

    for (; *form; form++) {
        char text[32] = {*form};
        if (strchr("PLO", *form)) {
            put_name(b, names,
                     *form == 'P'   ? NAME_PER
                     : *form == 'L' ? NAME_LOC
                                    : NAME_ORG,
                     task, state);
            continue;
        }
        if (*form == '0' || *form == '#') {
            uint32_t whole = (uint32_t)(next_random(state) % 80);
            uint32_t part = (uint32_t)(next_random(state) % 60);
            snprintf(text, sizeof text, *form == '#' ? "%u." : figures[style],
                     *form == '#' ? line : whole, part);
        }
        if (*form == ' ') {
            put_bytes(b, str_of(text));
        } else {
            put_token(b, str_of(text))->name[task] = NAME_OUTSIDE;
        }
    }
}

void data_make_lists(Data *data, const char *path, uint32_t task,
                     uint32_t count, uint64_t seed, Documents *out) {
    static const char *const forms[] = {
        "# P (L) 0",  "P (L) 0", "# P 0",         "P (L) beat P (L) 0 0",
        "O 0 O 0",    "L 0",     "P, P, P, P",    "P (O) 0, P (O) 0",
        "L: O 0 O 0", "P 0 P 0", "0 - P (L)",     "O 0 0 0 0",
        "L, L, L",    "O, L",    "# O (L) 0 0 0", "L 0, L 0"};
    Names names[NAME_TYPE_COUNT] = {0};
    Builder b = {0};

    collect_names(path, names);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t lines = 4 + (uint32_t)(next_random(&seed) % 12);
        const char *form =
            forms[next_random(&seed) % (sizeof forms / sizeof *forms)];
        bool together = next_random(&seed) % 2;
        for (uint32_t line = 1; line <= lines; line++) {
            if (line == 1 || !together) {
                begin_block(&b);
            } else {
                put_bytes(&b, (Str){" ", 1});
            }
            put_item(&b, form, line, names, task, &seed);
        }
        end_document(data, &b, false,
                     next_random(&seed) % 6 ? AS_THEY_ARE : ALL_UPPER, out);
    }
}

/* ---- raw ---- */

void data_read_raw(Data *data, const char *path, Documents *out) {
    bool wrapped = strstr(path, "reuters") != NULL;
    Str rest = read_file(path), line;
    Builder b = {0};
    uint32_t lines = 0;

    while (next_line(&rest, &line)) {
        line = str_trim(line);
        if (line.len == 0) {
            end_document(data, &b, false, AS_THEY_ARE, out);
            lines = 0;
            continue;
        }
        if (lines == 0 || (!wrapped && lines % 3 == 0)) {
            begin_block(&b);
        } else {
            put_bytes(&b, (Str){" ", 1});
        }
        put_bytes(&b, line);
        lines++;
    }
    end_document(data, &b, false, AS_THEY_ARE, out);
}
