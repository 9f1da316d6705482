/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_feature.c - see page_feature.h.
 *
 *     text of each block --> BlockCounts     one pass over its bytes
 *     sums of these over all blocks before --> those of any element: its
 *     blocks are a range
 *     both --> a row for each block */
#include "clean/page_feature.h"

#include <math.h>
#include <string.h>

#include "base/ascii.h"
#include "base/map.h"
#include "base/utf8.h"

enum {
    PROSE_WORDS = 10, /* of a block that reads like a paragraph */
    LEVELS_FAR = 9,   /* no such element */
    NEAR_BLOCKS = 30, /* beyond, a distance in blocks says no more */
    SHINGLE = 4,      /* words in a row that are looked up together */
    DESCRIPTION_MIN = 20,
};

#define NONE UINT32_MAX

/* Sums over the blocks before one. */
typedef struct Sums {
    uint32_t words, characters, linked, prose;
} Sums;

typedef struct Shape {
    uint32_t blocks, words, characters, linked;
} Shape;

typedef struct Rows {
    Arena *arena;
    const Lexicon *lexicon;
    const Page *page;
    const PageHints *hints;
    PageFeatures *out;
    Sums *sums;         /* one more than blocks */
    Shape *shapes;      /* by number */
    uint32_t *shape;    /* of each block */
    float *class_score; /* of each element's own words */
    Map seen;           /* hashes of texts */
    Map shingles;       /* of hints->body */
    uint64_t title;     /* hash of its words */
    uint64_t ring[SHINGLE];
    bool learns; /* the shingles of hints->body are being put in */
} Rows;

/* ---------------------------------------------------------------- counts */

/* A hash of the words of every SHINGLE in a row; 0 before there are as many.
 */
static uint64_t shingle(uint64_t ring[SHINGLE], uint32_t word, uint64_t hash) {
    uint64_t all = HASH_SEED;

    ring[word % SHINGLE] = hash;
    if (word + 1 < SHINGLE) {
        return 0;
    }
    for (uint32_t i = 1; i <= SHINGLE; i++) {
        all = (all ^ ring[(word + i) % SHINGLE]) * UINT64_C(0x9E3779B97F4A7C15);
        all ^= all >> 29;
    }
    return all;
}

static bool is_mark(uint32_t c) {
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 ||
           c == 0xFF1F || c == 0x2026 || c == 0x06D4 || c == 0x061F;
}

/* Scripts that part no words with spaces: each character is a word. */
static bool is_unspaced(uint32_t c) {
    return (c >= 0x3040 && c < 0xA000) || (c >= 0x0E00 && c < 0x0F00) ||
           (c >= 0x1780 && c < 0x1800) || (c >= 0xF900 && c < 0xFB00);
}

static bool is_sign(uint32_t c) {
    return c == '|' || c == 0xA9 || c == 0xBB || c == 0x203A || c == 0x2192 ||
           c == 0xAE || c == 0x25BA || c == '@' || c == '#' || c == 0x2022 ||
           c == 0xB7 || c == '/';
}

static void end_word(Rows *rows, Str word, uint64_t hash, BlockCounts *counts) {
    const LexWord *known = lexicon_word(rows->lexicon, hash);
    uint32_t len;

    if (rows->hints->body.len) {
        uint64_t all = shingle(rows->ring, counts->words, hash);
        if (rows->learns && all) {
            map_put(&rows->shingles, all, 0, NULL);
        } else if (all) {
            counts->shared += map_find(&rows->shingles, all) != NULL;
        }
    }

    counts->words++;
    counts->grammar += known && (known->keys >> LEX_LANGUAGE_WORD & 1);
    counts->capitals += utf8_is_upper(utf8_at(word, 0, &len));
    counts->hash = hash_more(counts->hash, (Str){" ", 1});
    counts->hash ^= hash;
    counts->hash *= UINT64_C(0x100000001b3);
    if (counts->words <= PAGE_SHORT_WORDS) {
        counts->first_words[counts->words - 1] = hash;
        counts->text_score += page_text_weight(hash);
    }
}

static bool in_word(uint32_t c) {
    return c < 0x80 ? ascii_alnum((char)c) || c == '\''
                    : (utf8_is_letter(c) || c == 0x2019) && !is_unspaced(c);
}

static void count_mark(uint32_t c, BlockCounts *counts) {
    counts->marks += is_mark(c);
    counts->commas += c == ',' || c == 0x3001 || c == 0xFF0C || c == 0x060C;
    counts->signs += is_sign(c);
}

static char opening_of(uint32_t c) {
    if (c < 0x80 && ascii_digit((char)c)) {
        return '0';
    }
    if (!utf8_is_letter(c)) {
        return '\0';
    }
    return utf8_is_upper(c) || is_unspaced(c) ? 'A' : 'a';
}

static bool is_closer(uint32_t c) {
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D ||
           c == 0x2019 || c == 0xBB || c == 0x201C || c == 0xAB || c == ' ' ||
           c == 0xA0;
}

static void count_end(Str text, BlockCounts *counts) {
    for (size_t at = text.len; at > 0;) {
        uint32_t len, c;
        at = utf8_back(text, at);
        c = utf8_at(text, at, &len);
        if (!is_closer(c)) {
            counts->sentence = is_mark(c);
            counts->colon = c == ':';
            return;
        }
    }
}

/* The characters of a block, each seen once. */
static BlockCounts count_text(Rows *rows, Str text) {
    BlockCounts counts = {.hash = HASH_SEED};
    size_t begin = NONE;
    uint64_t hash = HASH_SEED;
    uint32_t len;

    for (size_t at = 0; at < text.len; at += len) {
        uint32_t c = utf8_at(text, at, &len);
        bool word = in_word(c);
        counts.characters++;
        if (counts.characters == 1) {
            counts.opening = opening_of(c);
        }
        if (word) {
            begin = begin == NONE ? at : begin;
            hash = utf8_fold_hash(hash, str_slice(text, at, at + len));
            counts.digits += c < 0x80 && ascii_digit((char)c);
            continue;
        }
        if (begin != NONE) {
            end_word(rows, str_slice(text, begin, at), hash, &counts);
            begin = NONE;
            hash = HASH_SEED;
        }
        if (c >= 0x80 && is_unspaced(c)) {
            end_word(rows, str_slice(text, at, at + len),
                     utf8_fold_hash(HASH_SEED, str_slice(text, at, at + len)),
                     &counts);
        } else {
            count_mark(c, &counts);
        }
    }
    if (begin != NONE) {
        end_word(rows, str_slice(text, begin, text.len), hash, &counts);
    }
    count_end(text, &counts);
    counts.text_score = counts.words && counts.words <= PAGE_SHORT_WORDS
                            ? counts.text_score / (float)counts.words
                            : 0;
    return counts;
}

static bool is_heading(Element element) {
    return element >= EL_h1 && element <= EL_h6;
}

/* Paragraphs of a report: words enough, few of them links, and a sentence's
 * end or words of grammar. */
static bool is_prose(const PageBlock *block, const BlockCounts *counts) {
    uint32_t bytes = block->text.end - block->text.begin;

    return counts->words >= PROSE_WORDS && block->linked * 3 < bytes &&
           (counts->marks > 0 || counts->words >= 3 * PROSE_WORDS);
}

static void count_blocks(Rows *rows) {
    const Page *page = rows->page;

    for (uint32_t i = 0; i < page->block_count; i++) {
        const PageBlock *block = &page->blocks[i];
        BlockCounts *counts = &rows->out->counts[i];
        Sums *sums = &rows->sums[i];
        *counts = count_text(rows, str_at(page->text, block->text));
        counts->prose = is_prose(block, counts);
        sums[1] = sums[0];
        sums[1].words += counts->words;
        sums[1].characters += block->text.end - block->text.begin;
        sums[1].linked += block->linked;
        sums[1].prose += counts->prose ? counts->words : 0;
    }
}

static Sums sums_of(const Rows *rows, uint32_t first, uint32_t last) {
    const Sums *a = &rows->sums[first], *b = &rows->sums[last];

    return (Sums){b->words - a->words, b->characters - a->characters,
                  b->linked - a->linked, b->prose - a->prose};
}

static float share(uint32_t part, uint32_t whole) {
    return whole ? (float)part / (float)whole : 0;
}

static float scale(uint32_t count) {
    return logf(1 + (float)count);
}

/* ------------------------------------------------------ elements, shapes */

static uint32_t parent_of(const Page *page, uint32_t element) {
    return page->elements[element].parent;
}

/* The element that holds most of the page's prose directly: each paragraph
 * counts fully for what holds its own element, and half one level up. */
static uint32_t find_core(const Rows *rows) {
    const Page *page = rows->page;
    float *weight =
        arena_zero(rows->arena, (page->element_count + 1) * sizeof *weight);
    uint32_t best = 0;

    for (uint32_t i = 0; i < page->block_count; i++) {
        uint32_t up = parent_of(page, page->blocks[i].holder);
        if (rows->out->counts[i].prose) {
            float words = (float)rows->out->counts[i].words;
            weight[up] += words;
            weight[parent_of(page, up)] += up ? words / 2 : 0;
        }
    }
    for (uint32_t i = 1; i < page->element_count; i++) {
        best = weight[i] > weight[best] ? i : best;
    }
    return best;
}

static void find_shapes(Rows *rows) {
    const Page *page = rows->page;
    uint32_t count = 0;
    Map map;

    map_init(&map, rows->arena, page->block_count);
    for (uint32_t i = 0; i < page->block_count; i++) {
        const PageBlock *block = &page->blocks[i];
        uint32_t number =
            *map_put(&map, page->elements[block->holder].shape, count, NULL);
        Shape *shape = &rows->shapes[number];
        count += number == count;
        rows->shape[i] = number;
        shape->blocks++;
        shape->words += rows->out->counts[i].words;
        shape->characters += block->text.end - block->text.begin;
        shape->linked += block->linked;
    }
}

static float clip(float value, float most) {
    return value > most ? most : value < -most ? -most : value;
}

static void score_classes(Rows *rows) {
    const Page *page = rows->page;

    for (uint32_t i = 0; i < page->element_count; i++) {
        const PageElement *element = &page->elements[i];
        float sum = 0;
        for (uint32_t w = 0; w < element->words; w++) {
            sum += page_class_weight(page->words[element->first_word + w]);
        }
        rows->class_score[i] = clip(sum, 3);
    }
}

/* The headline: the first h1 with words, or the longest of the first ones. */
static uint32_t find_h1(const Rows *rows) {
    const Page *page = rows->page;
    uint32_t best = NONE, most = 0;

    for (uint32_t i = 0; i < page->block_count; i++) {
        uint32_t words = rows->out->counts[i].words;
        if (page_inside(page, page->blocks[i].holder, EL_h1) &&
            (words > most || rows->out->counts[i].hash == rows->title)) {
            best = i;
            most = rows->out->counts[i].hash == rows->title ? NONE : words;
        }
    }
    return best;
}

/* ------------------------------------------------------------------ rows */

static uint32_t common_depth(const Page *page, uint32_t a, uint32_t b) {
    while (a != b) {
        if (page->elements[a].depth >= page->elements[b].depth) {
            a = parent_of(page, a);
        } else {
            b = parent_of(page, b);
        }
    }
    return page->elements[a].depth;
}

static void put_block(const Rows *rows, uint32_t i, float *row) {
    const PageBlock *block = &rows->page->blocks[i];
    const BlockCounts *counts = &rows->out->counts[i];
    uint32_t bytes = block->text.end - block->text.begin;

    row[FEATURE_CHARS] = scale(counts->characters);
    row[FEATURE_WORDS] = scale(counts->words);
    row[FEATURE_LINK_SHARE] = share(block->linked, bytes);
    row[FEATURE_STRONG_SHARE] = share(block->strong, bytes);
    row[FEATURE_GRAMMAR] = share(counts->grammar, counts->words);
    row[FEATURE_MARKS] = share(counts->marks, counts->words);
    row[FEATURE_COMMAS] = share(counts->commas, counts->words);
    row[FEATURE_DIGITS] = share(counts->digits, counts->characters);
    row[FEATURE_CAPITALS] = share(counts->capitals, counts->words);
    row[FEATURE_ENDS_SENTENCE] = counts->sentence;
    row[FEATURE_ENDS_COLON] = counts->colon;
    row[FEATURE_OPENING] = counts->opening == 'A'   ? 3
                           : counts->opening == 'a' ? 2
                           : counts->opening == '0' ? 1
                                                    : 0;
    row[FEATURE_WORD_LENGTH] = share(counts->characters, counts->words);
    row[FEATURE_MEDIA] = (float)(block->media > 5 ? 5 : block->media);
    row[FEATURE_BREAKS] = scale(block->breaks);
    row[FEATURE_SIGNS] = share(counts->signs, counts->words);
    row[FEATURE_TEXT_SCORE] = counts->text_score;
}

static void put_hints(Rows *rows, uint32_t i, float *row) {
    const BlockCounts *counts = &rows->out->counts[i];
    Str text = str_at(rows->page->text, rows->page->blocks[i].text);
    Str description = rows->hints->description;
    size_t least = text.len < description.len ? text.len : description.len;
    uint32_t *times = map_put(&rows->seen, counts->hash, 0, NULL);

    row[FEATURE_IN_LINKED_DATA] =
        rows->hints->body.len == 0
            ? -1
            : share(counts->shared, counts->words > SHINGLE - 1
                                        ? counts->words - SHINGLE + 1
                                        : 1);
    row[FEATURE_REPEATED] = (float)(*times > 5 ? 5 : *times);
    ++*times;
    row[FEATURE_IS_TITLE] = counts->hash == rows->title;
    if (least > 60) {
        least = 60;
    }
    row[FEATURE_IN_DESCRIPTION] =
        least >= DESCRIPTION_MIN &&
        str_equal(str_slice(text, 0, least), str_slice(description, 0, least));
}

/* Which elements hold it, and what their classes say. */
static void put_path(const Rows *rows, uint32_t i, float *row) {
    static const struct {
        Element element;
        PageFeature feature;
    } inside[] = {
        {EL_article, FEATURE_IN_ARTICLE},
        {EL_main, FEATURE_IN_MAIN},
        {EL_aside, FEATURE_IN_ASIDE},
        {EL_nav, FEATURE_IN_NAV},
        {EL_header, FEATURE_IN_HEADER},
        {EL_footer, FEATURE_IN_FOOTER},
        {EL_form, FEATURE_IN_FORM},
        {EL_table, FEATURE_IN_TABLE},
        {EL_ul, FEATURE_IN_LIST},
        {EL_ol, FEATURE_IN_LIST},
        {EL_figure, FEATURE_IN_FIGURE},
        {EL_section, FEATURE_IN_SECTION},
        {EL_noscript, FEATURE_IN_NOSCRIPT},
        {EL_a, FEATURE_IN_LINK},
        {EL_button, FEATURE_IN_BUTTON},
        {EL_blockquote, FEATURE_IN_QUOTATION},
    };
    const Page *page = rows->page;
    uint32_t element = page->blocks[i].element, level = 0;
    bool near = false;

    for (PageFeature f = FEATURE_ROLE_TITLE; f <= FEATURE_ROLE_HIDDEN; f++) {
        row[f] = LEVELS_FAR;
    }
    for (;; element = parent_of(page, element), level++) {
        const PageElement *at = &page->elements[element];
        float score = rows->class_score[element];
        for (size_t k = 0; k < sizeof inside / sizeof *inside; k++) {
            if (at->element == inside[k].element) {
                row[inside[k].feature]++;
            }
        }
        for (uint32_t bit = 0; bit <= FEATURE_ROLE_HIDDEN - FEATURE_ROLE_TITLE;
             bit++) {
            float *role = &row[FEATURE_ROLE_TITLE + bit];
            if (at->roles >> bit & 1 && *role == LEVELS_FAR) {
                *role = (float)(level < LEVELS_FAR ? level : LEVELS_FAR - 1);
            }
        }
        if (at->words) {
            row[FEATURE_CLASS_NEAR] = near ? row[FEATURE_CLASS_NEAR] : score;
            near = true;
            row[FEATURE_CLASS_SUM] += score;
            row[FEATURE_CLASS_LEAST] = fminf(row[FEATURE_CLASS_LEAST], score);
            row[FEATURE_CLASS_MOST] = fmaxf(row[FEATURE_CLASS_MOST], score);
        }
        if (at->parent == element) {
            break;
        }
    }
}

static float holder_code(Element element) {
    switch (element) {
    case EL_p:
        return 8;
    case EL_li:
        return 5;
    case EL_td:
    case EL_th:
        return 3;
    case EL_blockquote:
    case EL_pre:
        return 7;
    case EL_figcaption:
    case EL_caption:
    case EL_legend:
        return 1;
    case EL_dd:
    case EL_dt:
        return 4;
    case EL_button:
    case EL_summary:
        return 0;
    default:
        return is_heading(element) ? 6 : 2;
    }
}

static float between(float value, float most) {
    return clip(value, most);
}

static void put_place(const Rows *rows, uint32_t i, float *row) {
    const Page *page = rows->page;
    const PageBlock *block = &page->blocks[i];
    const PageElement *holder = &page->elements[block->holder];
    const Sums *all = &rows->sums[page->block_count];
    uint32_t h1 = rows->out->h1, core = rows->out->core;
    uint32_t depth = page->elements[block->element].depth;
    const PageElement *most = &page->elements[core];

    row[FEATURE_HOLDER] = holder_code(holder->element);
    row[FEATURE_HEADING_LEVEL] =
        is_heading(holder->element) ? (float)(holder->element - EL_h1 + 1) : 0;
    row[FEATURE_DEPTH] = (float)depth;
    row[FEATURE_POSITION] = share(i, page->block_count);
    row[FEATURE_WORDS_BEFORE] = share(rows->sums[i].words, all->words);
    row[FEATURE_FROM_H1] = h1 == NONE
                               ? NEAR_BLOCKS + 1
                               : between((float)i - (float)h1, NEAR_BLOCKS);
    row[FEATURE_H1_DISTANCE] =
        h1 == NONE ? -1
                   : (float)(depth - common_depth(page, block->element,
                                                  page->blocks[h1].element));
    row[FEATURE_CORE_DISTANCE] =
        (float)(most->depth - common_depth(page, block->element, core));
    row[FEATURE_IN_CORE] =
        i >= most->first && i < most->last && row[FEATURE_CORE_DISTANCE] == 0;
    row[FEATURE_CORE_SHARE] =
        share(sums_of(rows, most->first, most->last).prose, all->prose);
    row[FEATURE_PAGE_BLOCKS] = scale(page->block_count);
    row[FEATURE_PAGE_WORDS] = scale(all->words);
    row[FEATURE_PAGE_LINKS] = share(all->linked, all->characters);
    row[FEATURE_PAGE_PROSE] = share(all->prose, all->words);
}

static void put_holders(const Rows *rows, uint32_t i, float *row) {
    const Page *page = rows->page;
    const Shape *shape = &rows->shapes[rows->shape[i]];
    uint32_t up = page->blocks[i].holder;

    for (uint32_t level = 0; level < 3; level++) {
        float *at = &row[FEATURE_UP1_WORDS + 4 * level];
        const PageElement *element;
        Sums sums;
        up = parent_of(page, up);
        element = &page->elements[up];
        sums = sums_of(rows, element->first, element->last);
        at[0] = scale(sums.words);
        at[1] = share(sums.linked, sums.characters);
        at[2] = share(sums.prose, sums.words);
        at[3] = scale(element->last - element->first);
    }
    row[FEATURE_SHAPE_COUNT] = scale(shape->blocks);
    row[FEATURE_SHAPE_WORDS] = scale(shape->words / shape->blocks);
    row[FEATURE_SHAPE_LINKS] = share(shape->linked, shape->characters);
    row[FEATURE_SHAPE_SHARE] =
        share(shape->words, rows->sums[page->block_count].words);
}

static void put_neighbour(const Rows *rows, uint32_t i, int64_t at, float *row,
                          PageFeature words, PageFeature links) {
    const Page *page = rows->page;
    const PageBlock *block;

    if (at < 0 || at >= page->block_count) {
        row[words] = -1;
        return;
    }
    block = &page->blocks[at];
    row[words] = scale(rows->out->counts[at].words);
    row[links] = share(block->linked, block->text.end - block->text.begin);
    if (words == FEATURE_BEFORE1_WORDS || words == FEATURE_AFTER1_WORDS) {
        bool same = parent_of(page, block->holder) ==
                    parent_of(page, page->blocks[i].holder);
        row[words + 2] = is_heading(page->elements[block->holder].element);
        row[words + 3] = same;
    }
}

static void put_neighbours(const Rows *rows, uint32_t i, float *row) {
    int64_t at = i;

    put_neighbour(rows, i, at - 1, row, FEATURE_BEFORE1_WORDS,
                  FEATURE_BEFORE1_LINKS);
    put_neighbour(rows, i, at - 2, row, FEATURE_BEFORE2_WORDS,
                  FEATURE_BEFORE2_LINKS);
    put_neighbour(rows, i, at + 1, row, FEATURE_AFTER1_WORDS,
                  FEATURE_AFTER1_LINKS);
    put_neighbour(rows, i, at + 2, row, FEATURE_AFTER2_WORDS,
                  FEATURE_AFTER2_LINKS);
}

static float near(uint32_t blocks) {
    return (float)(blocks > NEAR_BLOCKS ? NEAR_BLOCKS : blocks);
}

/* Blocks to the last paragraph and heading before, and to the next after. */
static void put_distances(const Rows *rows) {
    const Page *page = rows->page;
    uint32_t prose = NEAR_BLOCKS, heading = NEAR_BLOCKS;
    float score = 0;

    for (uint32_t i = 0; i < page->block_count; i++) {
        float *row = rows->out->rows[i];
        row[FEATURE_PROSE_BEFORE] = near(prose);
        row[FEATURE_HEADING_BEFORE] = near(heading);
        row[FEATURE_HEADING_SCORE] = score;
        prose = rows->out->counts[i].prose ? 0 : prose + 1;
        if (is_heading(page->elements[page->blocks[i].holder].element)) {
            heading = 0;
            score = rows->out->counts[i].text_score;
        } else {
            heading++;
        }
    }
    prose = NEAR_BLOCKS;
    for (uint32_t i = page->block_count; i-- > 0;) {
        rows->out->rows[i][FEATURE_PROSE_AFTER] = near(prose);
        prose = rows->out->counts[i].prose ? 0 : prose + 1;
    }
}

PageHints page_hints(const PageFacts *facts) {
    Str title = facts->meta_title.len ? facts->meta_title : facts->linked_title;

    return (PageHints){title.len ? title : facts->window_title,
                       facts->description, facts->body};
}

void page_features(Arena *arena, const Lexicon *lexicon, const Page *page,
                   const PageHints *hints, PageFeatures *out) {
    uint32_t blocks = page->block_count;
    Rows rows = {.arena = arena,
                 .lexicon = lexicon,
                 .page = page,
                 .hints = hints,
                 .out = out};

    out->rows = arena_zero(arena, (blocks + 1) * sizeof *out->rows);
    out->counts = arena_zero(arena, (blocks + 1) * sizeof *out->counts);
    out->core = 0;
    out->h1 = NONE;
    if (blocks == 0) {
        return;
    }
    rows.sums = arena_zero(arena, (blocks + 1) * sizeof *rows.sums);
    rows.shapes = arena_zero(arena, blocks * sizeof *rows.shapes);
    rows.shape = arena_alloc(arena, blocks * sizeof *rows.shape);
    rows.class_score =
        arena_alloc(arena, page->element_count * sizeof *rows.class_score);
    map_init(&rows.seen, arena, blocks);
    map_init(&rows.shingles, arena, (uint32_t)(hints->body.len / 6));
    rows.learns = true;
    (void)count_text(&rows, hints->body);
    rows.learns = false;
    rows.title = count_text(&rows, hints->title).hash;
    count_blocks(&rows);
    find_shapes(&rows);
    score_classes(&rows);
    out->core = find_core(&rows);
    out->h1 = find_h1(&rows);
    for (uint32_t i = 0; i < blocks; i++) {
        float *row = out->rows[i];
        put_block(&rows, i, row);
        put_hints(&rows, i, row);
        put_path(&rows, i, row);
        put_place(&rows, i, row);
        put_holders(&rows, i, row);
        put_neighbours(&rows, i, row);
    }
    put_distances(&rows);
}
