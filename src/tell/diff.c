/* SPDX-License-Identifier: Apache-2.0 */
/* tell/diff.c - see diff.h. The subsequence is found by the textbook dynamic
 * programme (Wagner and Fischer 1974), after the equal ends are taken off. */
#include "tell/diff.h"

#include "base/utf8.h"

enum { CELLS_MAX = 4 << 20 };

static void push(Arena *arena, Parts *parts, Span span, uint64_t key) {
    uint32_t capacity = parts->capacity;

    parts->spans = arena_grow(arena, parts->spans, parts->count, &capacity,
                              sizeof *parts->spans);
    parts->keys = arena_grow(arena, parts->keys, parts->count, &parts->capacity,
                             sizeof *parts->keys);
    parts->spans[parts->count] = span;
    parts->keys[parts->count++] = key;
}

static bool is_word_character(uint32_t c) {
    return utf8_is_letter(c) || (c >= '0' && c <= '9');
}

/* `word` without the punctuation around it; itself when it is nothing else. */
static Str bare(Str word) {
    size_t begin = 0, end = word.len;
    uint32_t len;

    while (begin < end && !is_word_character(utf8_at(word, begin, &len))) {
        begin += len;
    }
    while (end > begin &&
           !is_word_character(utf8_at(word, utf8_back(word, end), &len))) {
        end = utf8_back(word, end);
    }
    return begin < end ? str_slice(word, begin, end) : word;
}

void parts_words(Arena *arena, Str text, bool loose, Parts *out) {
    size_t begin = 0, at = 0;
    uint32_t len;

    *out = (Parts){.text = text};
    while (at < text.len) {
        while (at < text.len && utf8_is_space(utf8_at(text, at, &len))) {
            at += len;
        }
        begin = at;
        while (at < text.len && !utf8_is_space(utf8_at(text, at, &len))) {
            at += len;
        }
        if (begin < at) {
            Str word = str_slice(text, begin, at);
            push(arena, out, (Span){(uint32_t)begin, (uint32_t)at},
                 loose ? utf8_fold_hash(HASH_SEED, bare(word))
                       : hash_str(word));
        }
    }
}

void parts_sentences(Arena *arena, Str text, const SpanList *sentences,
                     Parts *out) {
    *out = (Parts){.text = text};
    for (uint32_t i = 0; i < sentences->count; i++) {
        Span span = sentences->items[i];
        uint64_t key = HASH_SEED;
        Parts words;
        if (span.begin > span.end || span.end > text.len) {
            continue;
        }
        parts_words(arena, str_at(text, span), false, &words);
        for (uint32_t w = 0; w < words.count; w++) {
            key = hash_more(key, str_at(words.text, words.spans[w]));
            key = hash_more(key, str_of(" "));
        }
        push(arena, out, span, key);
    }
}

/* The parts [begin,end) of both that are left when equal ends are kept. */
typedef struct Middle {
    uint32_t begin, a_end, b_end;
} Middle;

static Middle keep_ends(Parts *a, Parts *b) {
    Middle middle = {0, a->count, b->count};

    while (middle.begin < a->count && middle.begin < b->count &&
           a->keys[middle.begin] == b->keys[middle.begin]) {
        a->kept[middle.begin] = b->kept[middle.begin] = true;
        middle.begin++;
    }
    while (middle.a_end > middle.begin && middle.b_end > middle.begin &&
           a->keys[middle.a_end - 1] == b->keys[middle.b_end - 1]) {
        a->kept[--middle.a_end] = b->kept[--middle.b_end] = true;
    }
    return middle;
}

/* length[i][k]: of the longest subsequence of a from i and b from k on. */
static void keep_longest(Arena *arena, Parts *a, Parts *b, Middle middle) {
    uint32_t rows = middle.a_end - middle.begin;
    uint32_t columns = middle.b_end - middle.begin, stride = columns + 1;
    const uint64_t *x = a->keys + middle.begin, *y = b->keys + middle.begin;
    uint32_t *length =
        arena_zero(arena, (size_t)(rows + 1) * stride * sizeof *length);

    for (uint32_t i = rows; i-- > 0;) {
        for (uint32_t k = columns; k-- > 0;) {
            uint32_t down = length[(i + 1) * stride + k];
            uint32_t right = length[i * stride + k + 1];
            length[i * stride + k] = x[i] == y[k]
                                         ? length[(i + 1) * stride + k + 1] + 1
                                         : (down > right ? down : right);
        }
    }
    for (uint32_t i = 0, k = 0; i < rows && k < columns;) {
        if (x[i] == y[k]) {
            a->kept[middle.begin + i++] = b->kept[middle.begin + k++] = true;
        } else if (length[(i + 1) * stride + k] >= length[i * stride + k + 1]) {
            i++;
        } else {
            k++;
        }
    }
}

void diff_parts(Arena *arena, Parts *a, Parts *b) {
    Middle middle;
    uint64_t cells;

    a->kept = arena_zero(arena, a->count + 1);
    b->kept = arena_zero(arena, b->count + 1);
    middle = keep_ends(a, b);
    cells =
        (uint64_t)(middle.a_end - middle.begin) * (middle.b_end - middle.begin);
    if (cells > 0 && cells <= CELLS_MAX) {
        keep_longest(arena, a, b, middle);
    }
}

double diff_share(const Parts *a, const Parts *b) {
    uint32_t longer = a->count > b->count ? a->count : b->count, kept = 0;

    for (uint32_t i = 0; i < a->count; i++) {
        kept += a->kept[i];
    }
    return longer ? (double)kept / longer : 1;
}
