/* SPDX-License-Identifier: Apache-2.0 */
/* tell/html.c - see html.h. */
#include "tell/html.h"

#include <assert.h>
#include <stdlib.h>

void passage_push(Arena *arena, Passages *list, Passage item) {
    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
                             sizeof *list->items);
    list->items[list->count++] = item;
}

/* How a byte is written, or NULL for as it is. */
static const char *escape_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\r':
        return "&#13;";
    default:
        return (unsigned char)c < 0x20 && c != '\n' && c != '\t' ? "\uFFFD"
                                                                 : NULL;
    }
}

void html_text(Buf *out, Str text) {
    size_t done = 0;

    for (size_t i = 0; i < text.len; i++) {
        const char *escape = escape_of(text.ptr[i]);
        if (escape) {
            buf_push(out, str_slice(text, done, i));
            buf_put(out, escape);
            done = i + 1;
        }
    }
    buf_push(out, str_slice(text, done, text.len));
}

Str html_anchor(Arena *arena, uint32_t report, Span span) {
    return str_format(arena, "r%u-%u-%u", report, span.begin, span.end);
}

bool html_is_link(Str url) {
    return str_starts(url, str_of("https://")) ||
           str_starts(url, str_of("http://"));
}

/* Outer before inner; of equal places the more telling kind first. */
static int by_place(const void *a, const void *b) {
    const Passage *x = a, *y = b;

    if (x->span.begin != y->span.begin) {
        return x->span.begin < y->span.begin ? -1 : 1;
    }
    if (x->span.end != y->span.end) {
        return x->span.end > y->span.end ? -1 : 1;
    }
    return x->kind < y->kind ? -1 : x->kind > y->kind;
}

enum { OPEN_MAX = 64 };

/* The elements that are open, outermost first. */
typedef struct Marking {
    Arena *arena;
    Buf *out;
    Str text;
    uint32_t report;
    uint32_t at; /* written up to here */
    uint32_t ends[OPEN_MAX];
    uint32_t open;
} Marking;

static void write_to(Marking *m, uint32_t end) {
    if (end > m->at) {
        html_text(m->out, str_slice(m->text, m->at, end));
        m->at = end;
    }
}

/* Write on to `begin`, closing what ends before or there. */
static void close_to(Marking *m, uint32_t begin) {
    while (m->open && m->ends[m->open - 1] <= begin) {
        write_to(m, m->ends[--m->open]);
        buf_put(m->out, "</mark>");
    }
    write_to(m, begin);
}

static const char *class_of(PassageKind kind) {
    static const char *const names[PASSAGE_KIND_COUNT] = {"q", "s", "p", "l",
                                                          "h"};

    return names[kind];
}

/* `name` is the anchor of the whole passage; the first piece bears it as id,
 * later ones as a class. */
static void open_mark(Marking *m, const Passage *passage, Span whole) {
    Str name = html_anchor(m->arena, m->report, whole);
    bool first = passage->span.begin == whole.begin;

    buf_format(m->out, "<mark class=\"%s%s%s\"", class_of(passage->kind),
               first ? "" : " ", first ? "" : name.ptr);
    if (first) {
        buf_format(m->out, " id=\"%s\"", name.ptr);
    }
    if (passage->title.len) {
        buf_put(m->out, " title=\"");
        html_text(m->out, passage->title);
        buf_char(m->out, '"');
    }
    buf_char(m->out, '>');
    m->ends[m->open++] = passage->span.end;
}

/* The list is a heap of what is still to open: what a cut leaves over goes
 * back in at its new place. Lists are short, so that it is kept sorted. */
typedef struct Waiting {
    Passage passage;
    Span whole;
} Waiting;

static int by_waiting(const void *a, const void *b) {
    return by_place(&((const Waiting *)a)->passage,
                    &((const Waiting *)b)->passage);
}

static uint32_t fill(Arena *arena, const Passages *passages, Str text,
                     Waiting **out) {
    Waiting *all = arena_alloc(arena, passages->count * sizeof *all + 1);
    uint32_t count = 0, kept = 0;

    for (uint32_t i = 0; i < passages->count; i++) {
        Span span = passages->items[i].span;
        if (!span_empty(span) && span.end <= text.len) {
            all[count++] = (Waiting){passages->items[i], span};
        }
    }
    if (count) {
        qsort(all, count, sizeof *all, by_waiting);
    }
    for (uint32_t i = 0; i < count; i++) {
        Span span = all[i].whole;
        if (kept == 0 || all[kept - 1].whole.begin != span.begin ||
            all[kept - 1].whole.end != span.end) {
            all[kept++] = all[i];
        }
    }
    *out = all;
    return kept;
}

/* Put what a cut left over back among those from `at` on, in order. */
static void put_back(Waiting *all, uint32_t at, uint32_t count, Waiting left) {
    for (; at < count && by_waiting(&all[at], &left) < 0; at++) {
        all[at - 1] = all[at];
    }
    all[at - 1] = left;
}

void html_passages(Arena *arena, Buf *out, Str text, uint32_t report,
                   Passages *passages, SpanList *cut) {
    Marking m = {.arena = arena, .out = out, .text = text, .report = report};
    Waiting *all;
    uint32_t count = fill(arena, passages, text, &all);

    for (uint32_t i = 0; i < count; i++) {
        Waiting next = all[i];
        close_to(&m, next.passage.span.begin);
        if (m.open == OPEN_MAX) {
            continue;
        }
        if (m.open && next.passage.span.end > m.ends[m.open - 1]) {
            Waiting left = next;
            left.passage.span.begin = m.ends[m.open - 1];
            next.passage.span.end = m.ends[m.open - 1];
            if (next.passage.span.begin == next.whole.begin) {
                span_push(arena, cut, next.whole);
            }
            open_mark(&m, &next.passage, next.whole);
            put_back(all, i + 1, count, left);
            i--;
            continue;
        }
        open_mark(&m, &next.passage, next.whole);
    }
    close_to(&m, (uint32_t)text.len);
    assert(m.open == 0);
}
