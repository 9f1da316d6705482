/* SPDX-License-Identifier: Apache-2.0 */
/* base/str.h - borrowed text, and places in it.
 *
 * Room: base. A Str is a pointer and a length into bytes that somebody else
 * owns (an arena, a mapped file); it is not NUL-terminated. A Span is a place
 * [begin,end) in the text of one report, in bytes: the currency of every room
 * after clean/. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct Str {
    const char *ptr; /* borrowed; may be NULL when len is 0 */
    size_t len;
} Str;

typedef struct Span {
    uint32_t begin, end; /* empty (begin == end): nowhere */
} Span;

typedef struct StrList {
    Str *items; /* arena */
    uint32_t count, capacity;
} StrList;

typedef struct SpanList {
    Span *items; /* arena */
    uint32_t count, capacity;
} SpanList;

/* From a NUL-terminated string (NULL gives the empty Str). */
Str str_of(const char *text);
/* Bytes [begin,end) of `text`; the bounds must be in order and inside. */
Str str_slice(Str text, size_t begin, size_t end);
/* The bytes that `span` covers. */
Str str_at(Str text, Span span);

bool str_equal(Str a, Str b);
/* ASCII letters compare without case; other bytes must be equal. */
bool str_equal_fold(Str a, Str b);
bool str_is(Str a, const char *literal);
/* memcmp order, the shorter first; for qsort and sorted output. */
int str_compare(Str a, Str b);
bool str_starts(Str text, Str prefix);
bool str_ends(Str text, Str suffix);
/* Offset of the first `needle` at or after `from`; text.len if none.
 * str_find_fold compares ASCII letters without case. */
size_t str_find(Str text, Str needle, size_t from);
size_t str_find_fold(Str text, Str needle, size_t from);
/* Without ASCII white space at both ends. */
Str str_trim(Str text);

/* A copy in the arena. str_dup's result is followed by a NUL that is not
 * counted, so that .ptr serves C interfaces too. */
Str str_dup(Arena *arena, Str text);
Str str_format(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
/* "a" + "b" in the arena. */
Str str_join(Arena *arena, Str a, Str b);
/* ASCII letters in lower case; a copy in the arena. */
Str str_lower(Arena *arena, Str text);

void str_push(Arena *arena, StrList *list, Str item);
bool str_list_has(const StrList *list, Str item);
void span_push(Arena *arena, SpanList *list, Span item);

bool span_empty(Span span);
/* Bytes that two spans share. */
uint32_t span_overlap(Span a, Span b);
/* True if `inner` lies wholly in `outer`. */
bool span_holds(Span outer, Span inner);
/* `span` without white space at both ends: ASCII, and no-break spaces. */
Span span_trim(Str text, Span span);

/* FNV-1a, 64 bits: fast on short keys, the same on every machine. Hash on
 * with hash_more(); start with HASH_SEED. */
#define HASH_SEED UINT64_C(0xcbf29ce484222325)
uint64_t hash_more(uint64_t hash, Str text);
uint64_t hash_str(Str text);

#endif
