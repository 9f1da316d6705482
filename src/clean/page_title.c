/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_title.c - page_title() of page_head.h.
 *
 * The headline that the page shows is its title, where what it says to
 * machines agrees: of several h1, or of a logo in an h1, the one whose words
 * stand in og:title, in linked data and in the window's title. */
#include "clean/page_head.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "clean/words.h"

enum { SAME_WORDS_MAX = 40 };

/* " | ", " - ", " – ", " — ", " :: ", " » ", " · ": what parts a title from
 * the site's name. Its length at `at`; 0: none. */
static uint32_t separator(Str text, size_t at) {
    static const char *const marks[] = {
        "|", "-", "\xE2\x80\x93", "\xE2\x80\x94", "::", "\xC2\xBB",
        "\xC2\xB7", "\xE2\x80\xA2", "//", "\xC2\xAB", ":", "/", "~", "\xE2\x80\xB9", "\xE2\x80\xBA"};

    if (at == 0 || (text.ptr[at - 1] != ' ' && text.ptr[at] != '|')) {
        return 0;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        Str mark = str_of(marks[i]);
        Str rest = str_slice(text, at, text.len);
        if (str_starts(rest, mark) && rest.len > mark.len &&
            rest.ptr[mark.len] == ' ') {
            return (uint32_t)mark.len;
        }
    }
    return text.ptr[at] == '|' ? 1 : 0;
}

/* The hashes of a text's words, each once. */
typedef struct Bag {
    uint64_t words[SAME_WORDS_MAX];
    uint32_t count;
} Bag;

static Bag bag_of(Arena *arena, const Lexicon *lexicon, Str text) {
    Words words = {.text = text, .lexicon = lexicon};
    Bag bag = {.count = 0};

    words_add(arena, &words, (Span){0, (uint32_t)text.len});
    for (uint32_t i = 0; i < words.count && bag.count < SAME_WORDS_MAX; i++) {
        bag.words[bag.count++] = words.items[i].hash;
    }
    return bag;
}

static uint32_t shared(const Bag *a, const Bag *b) {
    uint32_t count = 0;

    for (uint32_t i = 0; i < a->count; i++) {
        for (uint32_t k = 0; k < b->count; k++) {
            if (a->words[i] == b->words[k]) {
                count++;
                break;
            }
        }
    }
    return count;
}

/* How much two texts are the same words, 0 to 1 (Dice). */
static float likeness(const HeadInput *in, Str a, Str b) {
    Bag first = bag_of(in->arena, in->lexicon, a);
    Bag second = bag_of(in->arena, in->lexicon, b);
    uint32_t all = first.count + second.count;

    return all ? (float)(shared(&first, &second) + shared(&second, &first)) /
                     (float)all
               : 0;
}

/* The title without the site's name at either end. Where no name is known,
 * the last part of a window's title goes when it is shorter than the rest. */
static Str strip_site(const HeadInput *in, Str title, bool window) {
    Str site = in->facts->site;

    for (size_t at = title.len; at-- > 1;) {
        uint32_t len = separator(title, at);
        Str head, tail;
        if (len == 0) {
            continue;
        }
        head = str_trim(str_slice(title, 0, at));
        tail = str_trim(str_slice(title, at + len, title.len));
        if (site.len && likeness(in, tail, site) >= 0.6F) {
            return strip_site(in, head, false);
        }
        if (site.len && likeness(in, head, site) >= 0.6F) {
            return tail;
        }
        if (window && tail.len < head.len && title.ptr[at] != ':') {
            return strip_site(in, head, false);
        }
    }
    return title;
}

static Str block_text(const HeadInput *in, uint32_t block) {
    return str_at(in->page->text, in->page->blocks[block].text);
}

typedef struct Best {
    Str text;
    float score;
} Best;

/* Headings of the page, weighed by how well they agree with `told`. */
static Best best_heading(const HeadInput *in, Str told, Element first,
                         Element last) {
    const Page *page = in->page;
    Best best = {{0}, -1};

    for (uint32_t i = 0; i < page->block_count; i++) {
        const PageBlock *block = &page->blocks[i];
        Element holder = page->elements[block->holder].element;
        float score;
        if (holder < first || holder > last) {
            continue;
        }
        score = likeness(in, block_text(in, i), told);
        if (score > best.score) {
            best = (Best){block_text(in, i), score};
        }
    }
    return best;
}

Str page_title(const HeadInput *in) {
    const PageFacts *facts = in->facts;
    Str told = facts->meta_title.len     ? facts->meta_title
               : facts->linked_title.len ? facts->linked_title
                                         : facts->window_title;
    Str plain = strip_site(in, told, told.ptr == facts->window_title.ptr);
    Best best = best_heading(in, plain, EL_h1, EL_h1);

    if (best.score >= 0.5F) {
        return best.text;
    }
    if (best.score >= 0 && facts->window_title.len) {
        Best other = best_heading(in, facts->window_title, EL_h1, EL_h1);
        if (other.score >= 0.5F) {
            return other.text;
        }
    }
    best = best_heading(in, plain, EL_h2, EL_h4);
    if (best.score >= 0.7F) {
        return best.text;
    }
    if (plain.len) {
        return plain;
    }
    return in->features->h1 != UINT32_MAX ? block_text(in, in->features->h1)
                                          : (Str){0};
}
