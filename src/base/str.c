/* SPDX-License-Identifier: Apache-2.0 */
/* base/str.c - see str.h. */
#include "base/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"

Str str_of(const char *text) {
    return text ? (Str){text, strlen(text)} : (Str){0};
}

Str str_slice(Str text, size_t begin, size_t end) {
    assert(begin <= end && end <= text.len);
    return begin == end ? (Str){text.ptr, 0}
                        : (Str){text.ptr + begin, end - begin};
}

Str str_at(Str text, Span span) {
    return str_slice(text, span.begin, span.end);
}

bool str_equal(Str a, Str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_equal_fold(Str a, Str b) {
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i])) {
            return false;
        }
    }
    return true;
}

bool str_is(Str a, const char *literal) {
    return str_equal(a, str_of(literal));
}

int str_compare(Str a, Str b) {
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.ptr, b.ptr, shared) : 0;

    if (order == 0) {
        return a.len < b.len ? -1 : a.len > b.len;
    }
    return order;
}

bool str_starts(Str text, Str prefix) {
    return text.len >= prefix.len &&
           str_equal(str_slice(text, 0, prefix.len), prefix);
}

bool str_ends(Str text, Str suffix) {
    return text.len >= suffix.len &&
           str_equal(str_slice(text, text.len - suffix.len, text.len), suffix);
}

size_t str_find(Str text, Str needle, size_t from) {
    const char *hit;

    if (from >= text.len || needle.len == 0) {
        return from < text.len ? from : text.len;
    }
    hit = memmem(text.ptr + from, text.len - from, needle.ptr, needle.len);
    return hit ? (size_t)(hit - text.ptr) : text.len;
}

size_t str_find_fold(Str text, Str needle, size_t from) {
    for (size_t i = from; i + needle.len <= text.len; i++) {
        if (str_equal_fold(str_slice(text, i, i + needle.len), needle)) {
            return i;
        }
    }
    return text.len;
}

Str str_trim(Str text) {
    size_t begin = 0, end = text.len;

    while (begin < end && ascii_space(text.ptr[begin])) {
        begin++;
    }
    while (end > begin && ascii_space(text.ptr[end - 1])) {
        end--;
    }
    return str_slice(text, begin, end);
}

Str str_dup(Arena *arena, Str text) {
    char *copy = arena_alloc(arena, text.len + 1);

    if (text.len) {
        memcpy(copy, text.ptr, text.len);
    }
    copy[text.len] = '\0';
    return (Str){copy, text.len};
}

Str str_format(Arena *arena, const char *format, ...) {
    va_list arguments, again;
    char *text;
    int len;

    va_start(arguments, format);
    va_copy(again, arguments);
    len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    assert(len >= 0);
    text = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return (Str){text, (size_t)len};
}

Str str_join(Arena *arena, Str a, Str b) {
    char *both = arena_alloc(arena, a.len + b.len + 1);

    if (a.len) {
        memcpy(both, a.ptr, a.len);
    }
    if (b.len) {
        memcpy(both + a.len, b.ptr, b.len);
    }
    both[a.len + b.len] = '\0';
    return (Str){both, a.len + b.len};
}

Str str_lower(Arena *arena, Str text) {
    char *copy = arena_alloc(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++) {
        copy[i] = ascii_lower(text.ptr[i]);
    }
    copy[text.len] = '\0';
    return (Str){copy, text.len};
}

void str_push(Arena *arena, StrList *list, Str item) {
    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
                             sizeof *list->items);
    list->items[list->count++] = item;
}

bool str_list_has(const StrList *list, Str item) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (str_equal(list->items[i], item)) {
            return true;
        }
    }
    return false;
}

void span_push(Arena *arena, SpanList *list, Span item) {
    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
                             sizeof *list->items);
    list->items[list->count++] = item;
}

bool span_empty(Span span) {
    return span.begin >= span.end;
}

uint32_t span_overlap(Span a, Span b) {
    uint32_t begin = a.begin > b.begin ? a.begin : b.begin;
    uint32_t end = a.end < b.end ? a.end : b.end;

    return begin < end ? end - begin : 0;
}

bool span_holds(Span outer, Span inner) {
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

/* Length of the white space at `ptr`: 1 for ASCII, 2 for U+00A0, 0 if none. */
static size_t space_at(const char *ptr, const char *end) {
    if (ptr < end && ascii_space(*ptr)) {
        return 1;
    }
    return end - ptr >= 2 && memcmp(ptr, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

Span span_trim(Str text, Span span) {
    const char *begin = text.ptr + span.begin, *end = text.ptr + span.end;
    size_t step;

    assert(span.begin <= span.end && span.end <= text.len);
    while ((step = space_at(begin, end)) > 0) {
        begin += step;
    }
    while (end > begin) {
        if (ascii_space(end[-1])) {
            end--;
        } else if (end - begin >= 2 && memcmp(end - 2, "\xc2\xa0", 2) == 0) {
            end -= 2;
        } else {
            break;
        }
    }
    return (Span){(uint32_t)(begin - text.ptr), (uint32_t)(end - text.ptr)};
}

uint64_t hash_more(uint64_t hash, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

uint64_t hash_str(Str text) {
    return hash_more(HASH_SEED, text);
}
