/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_author.c - page_authors() of page_head.h.
 *
 * Linked data, <meta>, links with rel="author", and blocks by the headline
 * whose class says author or that open as a byline does. What does not read
 * like a person's name, or is the outlet's, is nobody. */
#include "clean/page_head.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "clean/words.h"

enum {
    NAME_BYTES = 60,
    NAME_WORDS = 5,
    LINE_BYTES = 160, /* of a block that holds a byline */
    NEAR_TITLE = 15,  /* blocks */
    NONE = UINT32_MAX,
};

static bool is_class(LexRow row, const char *class) {
    return row.lexicon && lex_is(row, LEX_PAGE_WORD_CLASS, class);
}

/* Words of the class at `at`: how many, or 0. */
static uint32_t class_at(const Words *words, uint32_t at, const char *class) {
    LexRow row = {0};
    uint32_t n = words_phrase(words, at, words->count, LEX_PAGE_WORD, &row);

    return n && is_class(row, class) ? n : 0;
}

static bool is_particle(const Words *words, uint32_t at) {
    LexRow row = {0};

    return words_phrase(words, at, words->count, LEX_BYLINE, &row) == 1 &&
           lex_is(row, LEX_BYLINE_CLASS, "particle");
}

static bool has_digit(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (ascii_digit(text.ptr[i]) || strchr("@/|:#_<>{}[]", text.ptr[i])) {
            return true;
        }
    }
    return false;
}

/* Two to five words, capitalised but for particles, none of them of the
 * staff. */
static bool is_name(const HeadInput *in, Str text, bool one_word) {
    Words words = {.text = text, .lexicon = in->lexicon};
    uint32_t capitals = 0;

    if (text.len < 3 || text.len > NAME_BYTES || has_digit(text)) {
        return false;
    }
    words_add(in->arena, &words, (Span){0, (uint32_t)text.len});
    if (words.count > NAME_WORDS || words.count < (one_word ? 1 : 2)) {
        return false;
    }
    for (uint32_t i = 0; i < words.count; i++) {
        if (class_at(&words, i, "staff")) {
            return false;
        }
        if (words.items[i].flags & WORD_CAPITAL) {
            capitals++;
        } else if (!is_particle(&words, i)) {
            return false;
        }
    }
    return capitals >= (one_word ? 1 : 2);
}

static bool same_text(Str a, Str b) {
    return a.len && a.len == b.len && str_equal_fold(a, b);
}

/* `name` without what opens a byline. */
static Str skip_opener(const HeadInput *in, Str name) {
    for (uint32_t times = 0; times < 3; times++) {
        Words words = {.text = name, .lexicon = in->lexicon};
        uint32_t n;
        words_add(in->arena, &words, (Span){0, (uint32_t)name.len});
        n = words.count ? class_at(&words, 0, "byline") : 0;
        if (n == 0) {
            break;
        }
        if (n < words.count &&
            words.items[n].end - words.items[n].begin == 1 &&
            name.ptr[words.items[n].begin] == ':') {
            n++;
        }
        if (n >= words.count) {
            return (Str){0};
        }
        name = str_slice(name, words.items[n].begin, name.len);
    }
    return name;
}

static void add_name(const HeadInput *in, Str name, Str outlet, StrList *out) {
    name = str_trim(name);
    if (same_text(name, outlet) || same_text(name, in->facts->site)) {
        return;
    }
    for (uint32_t i = 0; i < out->count; i++) {
        if (str_equal_fold(out->items[i], name)) {
            return;
        }
    }
    str_push(in->arena, out, name);
}

/* The end of the name that begins at `at`: at a comma, a joining word, a bar
 * or a bracket. */
static size_t name_end(const HeadInput *in, Str text, size_t at, size_t *next) {
    static const char *const joins[] = {" and ", " und ", " et ", " y ", " e ", " & "};

    (void)in;
    for (size_t i = at; i < text.len; i++) {
        if (strchr(",;/|&(\n", text.ptr[i])) {
            *next = i + 1;
            return i;
        }
        for (size_t k = 0; k < sizeof joins / sizeof *joins; k++) {
            Str join = str_of(joins[k]);
            if (str_starts(str_slice(text, i, text.len), join)) {
                *next = i + join.len;
                return i;
            }
        }
    }
    *next = text.len;
    return text.len;
}

/* The names in a list of them; those that are none end it. */
static uint32_t add_names(const HeadInput *in, Str text, Str outlet,
                          bool one_word, StrList *out) {
    uint32_t before = out->count;

    text = skip_opener(in, str_trim(text));
    for (size_t at = 0, next; at < text.len; at = next) {
        size_t end = name_end(in, text, at, &next);
        Str name = str_trim(str_slice(text, at, end));
        if (!is_name(in, name, one_word)) {
            break;
        }
        add_name(in, name, outlet, out);
    }
    return out->count - before;
}

static void linked_authors(const HeadInput *in, const Linked *author,
                           Str outlet, StrList *out) {
    if (!author) {
        return;
    }
    if (author->kind == LINKED_ARRAY) {
        for (const Linked *at = author->first; at; at = at->next) {
            linked_authors(in, at, outlet, out);
        }
    } else if (author->kind == LINKED_STRING) {
        add_names(in, linked_text(in->arena, author), outlet, false, out);
    } else if (!linked_is(author, "Organization") &&
               !linked_is(author, "NewsMediaOrganization")) {
        add_names(in, linked_text(in->arena, linked_get(author, "name")),
                  outlet, linked_is(author, "Person"), out);
    }
}

static void meta_authors(const HeadInput *in, Str outlet, StrList *out) {
    static const char *const keys[] = {
        "author", "article:author", "dc.creator", "parsely-author",
        "sailthru.author", "dcterms.creator", "byl", "dc.contributor",
        "article.author", "citation_author", "twitter:data1", NULL};

    for (size_t i = 0; keys[i] && out->count == 0; i++) {
        const char *const one[] = {keys[i], NULL};
        add_names(in, page_meta(in->arena, in->page, one), outlet, false, out);
    }
}

/* Blocks by the headline that name the writer. */
static void shown_authors(const HeadInput *in, Str outlet, StrList *out) {
    const Page *page = in->page;
    uint32_t h1 = in->features->h1 == NONE ? 0 : in->features->h1;

    for (uint32_t i = 0; i < page->block_count && out->count == 0; i++) {
        const PageBlock *block = &page->blocks[i];
        uint32_t roles = page_roles(page, block->element);
        Str text = str_at(page->text, block->text), rest;
        uint32_t distance = i > h1 ? i - h1 : h1 - i;

        if (text.len > LINE_BYTES || roles & (ROLE_COMMENT | ROLE_ASIDE)) {
            continue;
        }
        rest = skip_opener(in, text);
        if (roles & ROLE_AUTHOR || (rest.ptr != text.ptr && rest.len &&
                                    distance <= NEAR_TITLE)) {
            add_names(in, rest, outlet, false, out);
        }
    }
}

void page_authors(const HeadInput *in, Str title, Str outlet, StrList *out) {
    (void)title;
    linked_authors(in, linked_get(in->facts->article, "author"), outlet, out);
    if (out->count == 0) {
        meta_authors(in, outlet, out);
    }
    if (out->count == 0) {
        shown_authors(in, outlet, out);
    }
}
