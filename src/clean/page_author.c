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
    LINE_BYTES = 160,   /* of a block that holds a byline */
    NEAR_TITLE = 15,    /* blocks from the headline to a byline */
    MARKED_BLOCKS = 60, /* to one that says that it is one */
};

#define NONE UINT32_MAX

typedef struct Search {
    const HeadInput *head;
    Str outlet;
    bool people; /* the newsroom and other bodies are nobody */
} Search;

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

/* Names of weekdays and months; "May" and "April" are first names too. */
static bool is_time_word(const Words *words, uint32_t at) {
    LexRow row = {0};

    return words->count == 1 &&
           (words_phrase(words, at, words->count, LEX_TIME_WORD, &row) ||
            words_phrase(words, at, words->count, LEX_MONTH_NAME, &row));
}

/* "herald.example": small letters on both sides of a full stop. */
static bool is_host_dot(Str text, size_t at) {
    return text.ptr[at] == '.' && at > 0 && at + 2 < text.len &&
           ascii_alpha(text.ptr[at - 1]) && !ascii_upper(text.ptr[at - 1]) &&
           ascii_alpha(text.ptr[at + 1]) && !ascii_upper(text.ptr[at + 1]);
}

static bool has_mark(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("@/|:#_<>{}[]?!\"", text.ptr[i]) ||
            (ascii_digit(text.ptr[i]) && text.len > 12) ||
            is_host_dot(text, i)) {
            return true;
        }
    }
    return false;
}

/* How sure the source is: the surer, the less a name must look like one. */
typedef enum Trust {
    TRUST_TEXT,  /* a line of text: two capitalised words or more */
    TRUST_FIELD, /* a field for a name: one word, small letters */
} Trust;

/* Words of no one of the staff, capitalised but for particles. */
static bool is_name(const Search *in, Str text, Trust trust) {
    Words words = {.text = text, .lexicon = in->head->lexicon};
    uint32_t capitals = 0, small = 0;

    if (text.len < 2 || text.len > NAME_BYTES || has_mark(text)) {
        return false;
    }
    words_add(in->head->arena, &words, (Span){0, (uint32_t)text.len});
    if (words.count == 0 || words.count > NAME_WORDS) {
        return false;
    }
    for (uint32_t i = 0; i < words.count; i++) {
        if (class_at(&words, i, "nobody") || is_time_word(&words, i) ||
            ((trust == TRUST_TEXT || in->people) &&
             class_at(&words, i, "staff"))) {
            return false;
        }
        if (words.items[i].flags & WORD_CAPITAL) {
            capitals++;
        } else if (!is_particle(&words, i)) {
            small++;
        }
    }
    if (trust == TRUST_FIELD) {
        return words.count <= 2 || capitals > small;
    }
    return small == 0 && capitals >= 2;
}

static bool same_text(Str a, Str b) {
    return a.len && a.len == b.len && str_equal_fold(a, b);
}

/* `name` without what opens a byline. */
static Str skip_opener(const Search *in, Str name) {
    for (uint32_t times = 0; times < 3; times++) {
        Words words = {.text = name, .lexicon = in->head->lexicon};
        uint32_t n;
        words_add(in->head->arena, &words, (Span){0, (uint32_t)name.len});
        n = words.count ? class_at(&words, 0, "byline") : 0;
        if (n == 0) {
            break;
        }
        if (n < words.count && words.items[n].end - words.items[n].begin == 1 &&
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

static bool is_site(const Search *in, Str name) {
    return same_text(name, in->outlet) ||
           same_text(name, in->head->facts->site);
}

static void add_name(const Search *in, Str name, StrList *out) {
    for (uint32_t i = 0; i < out->count; i++) {
        if (str_equal_fold(out->items[i], name)) {
            return;
        }
    }
    str_push(in->head->arena, out, name);
}

/* The end of the name that begins at `at`: at a mark, a joining word, a dash
 * or a figure. `*next` is where the next name may begin. */
static size_t name_end(Str text, size_t at, size_t *next) {
    static const char *const joins[] = {" and ",
                                        " und ",
                                        " et ",
                                        " y ",
                                        " e ",
                                        " & ",
                                        " - ",
                                        " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 ",
                                        "\xE2\x80\xA2",
                                        "\xC2\xB7"};

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

/* `name` up to its first word that is neither capitalised nor a particle:
 * "Jane Roe in Cairo". */
static Str cut_name(const Search *in, Str name, bool *cut) {
    Words words = {.text = name, .lexicon = in->head->lexicon};

    words_add(in->head->arena, &words, (Span){0, (uint32_t)name.len});
    for (uint32_t i = 1; i < words.count; i++) {
        if (!(words.items[i].flags & WORD_CAPITAL) && !is_particle(&words, i)) {
            *cut = true;
            return str_slice(name, 0, words.items[i - 1].end);
        }
    }
    return name;
}

/* The names in a list of them; what is none ends it. */
static uint32_t add_names(const Search *in, Str text, Trust trust,
                          StrList *out) {
    uint32_t before = out->count;

    text = skip_opener(in, str_trim(text));
    for (size_t at = 0, next; at < text.len; at = next) {
        size_t end = name_end(text, at, &next);
        Str name =
            str_at(text, span_trim(text, (Span){(uint32_t)at, (uint32_t)end}));
        bool cut = false;
        if (trust == TRUST_TEXT) {
            name = cut_name(in, name, &cut);
        }
        /* Behind the first, what is one word is a place or a title. */
        if (!is_name(in, name, out->count > before ? TRUST_TEXT : trust) ||
            (in->people && is_site(in, name))) {
            break;
        }
        add_name(in, name, out);
        if (cut) {
            break;
        }
    }
    return out->count - before;
}

static bool is_body(const Linked *author) {
    return !linked_is(author, "Person") &&
           (linked_is(author, "Organization") ||
            linked_is(author, "NewsMediaOrganization"));
}

static void linked_authors(const Search *in, const Linked *author,
                           StrList *out) {
    if (!author) {
        return;
    }
    author = page_linked(in->head->facts, author);
    if (author->kind == LINKED_ARRAY) {
        for (const Linked *at = author->first; at; at = at->next) {
            linked_authors(in, at, out);
        }
    } else if (author->kind == LINKED_STRING) {
        add_names(in, linked_text(in->head->arena, author), TRUST_FIELD, out);
    } else if (!in->people || !is_body(author)) {
        add_names(in, linked_text(in->head->arena, linked_get(author, "name")),
                  TRUST_FIELD, out);
    }
}

static void meta_authors(const Search *in, StrList *out) {
    static const struct {
        const char *key;
        Trust trust;
    } keys[] = {
        {"author", TRUST_FIELD},          {"article:author", TRUST_TEXT},
        {"dc.creator", TRUST_FIELD},      {"dc:creator", TRUST_FIELD},
        {"parsely-author", TRUST_FIELD},  {"sailthru.author", TRUST_FIELD},
        {"dcterms.creator", TRUST_FIELD}, {"byl", TRUST_TEXT},
        {"article.author", TRUST_FIELD},  {"citation_author", TRUST_FIELD},
        {"twitter:data1", TRUST_TEXT},
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys && out->count == 0; i++) {
        const char *const one[] = {keys[i].key, NULL};
        add_names(in, page_meta(in->head->arena, in->head->page, one),
                  keys[i].trust, out);
    }
}

static bool in_comments(const Search *in, uint32_t block) {
    return (head_roles(in->head, in->head->page->blocks[block].element) &
            ROLE_COMMENT) != 0;
}

/* Names in links and inline elements that say so: the nearest to the headline,
 * and those that stand with it. */
static void marked_authors(const Search *in, bool linked, StrList *out) {
    const Page *page = in->head->page;
    uint32_t best = NONE, least = MARKED_BLOCKS;

    for (uint32_t i = 0; i < page->name_count; i++) {
        uint32_t block = page->names[i].block;
        StrList spare = {0};
        if (block < page->block_count && page->names[i].linked == linked &&
            head_distance(in->head, block) < least && !in_comments(in, block) &&
            add_names(in, str_at(page->text, page->names[i].text), TRUST_FIELD,
                      &spare)) {
            best = block;
            least = head_distance(in->head, block);
        }
    }
    for (uint32_t i = 0; best != NONE && i < page->name_count; i++) {
        if (page->names[i].block == best && page->names[i].linked == linked) {
            add_names(in, str_at(page->text, page->names[i].text), TRUST_FIELD,
                      out);
        }
    }
}

/* Behind the last word that opens a byline in a line that also has a date:
 * "Posted on 12 March 2031 by Jane Roe". */
static Str behind_date(const Search *in, Str text) {
    Words words = {.text = text, .lexicon = in->head->lexicon};
    PageDate date;

    if (!page_date_find(in->head->lexicon, text, 0, ORDER_DAY_FIRST, &date)) {
        return (Str){0};
    }
    words_add(in->head->arena, &words, (Span){0, (uint32_t)text.len});
    for (uint32_t i = words.count; i-- > 0;) {
        uint32_t n = class_at(&words, i, "byline");
        if (n && i + n < words.count) {
            return str_slice(text, words.items[i + n].begin, text.len);
        }
    }
    return (Str){0};
}

/* Blocks by the headline that name the writer. */
static void shown_authors(const Search *in, StrList *out) {
    const Page *page = in->head->page;

    for (uint32_t i = 0; i < page->block_count && out->count == 0; i++) {
        const PageBlock *block = &page->blocks[i];
        uint32_t roles = head_roles(in->head, block->element);
        Str text = str_at(page->text, block->text), rest;
        bool by_title = head_distance(in->head, i) <= NEAR_TITLE;

        if (text.len > LINE_BYTES || roles & ROLE_COMMENT ||
            head_distance(in->head, i) > MARKED_BLOCKS) {
            continue;
        }
        rest = skip_opener(in, text);
        if (roles & ROLE_AUTHOR || (rest.ptr != text.ptr && by_title)) {
            add_names(in, rest, TRUST_TEXT, out);
        }
        if (out->count == 0 && (by_title || roles & ROLE_AUTHOR)) {
            add_names(in, behind_date(in, text), TRUST_TEXT, out);
        }
    }
}

static void find_authors(const Search *in, StrList *out) {
    const PageFacts *facts = in->head->facts;

    linked_authors(in, linked_get(facts->article, "author"), out);
    if (out->count == 0) {
        linked_authors(in, linked_get(facts->page, "author"), out);
    }
    if (out->count == 0) {
        marked_authors(in, true, out);
    }
    if (out->count == 0) {
        meta_authors(in, out);
    }
    if (out->count == 0) {
        marked_authors(in, false, out);
    }
    if (out->count == 0) {
        shown_authors(in, out);
    }
}

void page_authors(const HeadInput *in, Str outlet, StrList *out) {
    Search search = {in, outlet, true};

    find_authors(&search, out);
    if (out->count == 0) {
        search.people = false;
        find_authors(&search, out);
    }
}
