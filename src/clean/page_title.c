/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_title.c - page_title() of page_head.h.
 *
 * The headline that the page shows is its title, where what it says to
 * machines agrees: of several h1, or of a logo in an h1, the one whose words
 * stand in og:title, in linked data and in the window's title. */
#include "clean/page_head.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "clean/words.h"

enum {
    LINE_WORDS = 40,   /* of a title that are compared */
    PART_WORDS = 3,    /* of a title that has a kicker before it */
    PARTS_MAX = 6,     /* of a window's title */
    HEADINGS_MAX = 64, /* that are looked at */
    ABOVE_BLOCKS = 20, /* between headline and text */
    TOLD = 3,          /* titles that a page tells machines */
};

/* " | ", " - ", " – ", " — ", " :: ", " » ", " · ": what parts a title from
 * the site's name. Its length at `at`; 0: none. */
static uint32_t separator(Str text, size_t at) {
    static const char *const marks[] = {"|",
                                        "-",
                                        "\xE2\x80\x93",
                                        "\xE2\x80\x94",
                                        "::",
                                        "\xC2\xBB",
                                        "\xC2\xB7",
                                        "\xE2\x80\xA2",
                                        "//",
                                        "\xC2\xAB",
                                        ":",
                                        "/",
                                        "~",
                                        "\xE2\x80\xB9",
                                        "\xE2\x80\xBA"};

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

/* A text as the hashes of its words. */
typedef struct Line {
    Str text;
    uint64_t words[LINE_WORDS];
    uint32_t count;
} Line;

static Line line_of(const HeadInput *in, Str text) {
    Words words = {.text = text, .lexicon = in->lexicon};
    Line line = {.text = text};

    words_add(in->arena, &words, (Span){0, (uint32_t)text.len});
    for (uint32_t i = 0; i < words.count && line.count < LINE_WORDS; i++) {
        Str word = words_str(&words, i, i + 1);
        if (word.ptr[0] != ':') {
            line.words[line.count++] = words.items[i].hash;
        }
    }
    return line;
}

static bool same_line(const Line *a, const Line *b) {
    return a->count == b->count &&
           memcmp(a->words, b->words, a->count * sizeof *a->words) == 0;
}

/* True if `whole` has words before or behind those of `part`. */
static bool extends(const Line *whole, const Line *part) {
    size_t bytes = part->count * sizeof *part->words;

    return part->count >= PART_WORDS && whole->count > part->count &&
           (memcmp(whole->words + whole->count - part->count, part->words,
                   bytes) == 0);
}

static uint32_t shared(const Line *a, const Line *b) {
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

/* How much two lines are the same words, 0 to 1 (Dice). */
static float likeness(const Line *a, const Line *b) {
    uint32_t all = a->count + b->count;

    return all ? (float)(shared(a, b) + shared(b, a)) / (float)all : 0;
}

/* ---------------------------------------------------- what the page is told */

/* The parts of a window's title, and what all runs of them say. */
typedef struct Told {
    Line runs[PARTS_MAX * (PARTS_MAX + 1) / 2]; /* longest first */
    uint32_t count;
} Told;

/* Every run of parts between separators: "A | B - C" gives all of it, "A | B",
 * "B - C", "A", "B", "C". With `colons`, "A: B" parts too. */
static void cut_runs(const HeadInput *in, Str title, bool colons, Told *told) {
    size_t begin[PARTS_MAX], end[PARTS_MAX];
    uint32_t parts = 0;

    begin[0] = 0;
    for (size_t at = 1; at < title.len && parts + 1 < PARTS_MAX; at++) {
        uint32_t len = separator(title, at);
        if (len == 0 && colons && title.ptr[at] == ':' && at + 1 < title.len &&
            title.ptr[at + 1] == ' ') {
            len = 1;
        }
        if (len) {
            end[parts++] = at;
            begin[parts] = at + len;
            at += len - 1;
        }
    }
    end[parts++] = title.len;
    for (uint32_t size = parts; size > 0; size--) {
        for (uint32_t i = 0; i + size <= parts; i++) {
            Str run = str_trim(str_slice(title, begin[i], end[i + size - 1]));
            told->runs[told->count++] = line_of(in, run);
        }
    }
}

/* Letters and digits of the host stand in `part`, or the other way round:
 * "Lake Herald" and lakeherald.example. */
static bool names_host(const HeadInput *in, Str part) {
    Str url = markup_plain(in->arena, in->page->canonical);
    char letters[64];
    size_t len = 0, begin = str_find(url, str_of("//"), 0), end;

    for (size_t i = 0; i < part.len && len < sizeof letters; i++) {
        if (ascii_alnum(part.ptr[i])) {
            letters[len++] = part.ptr[i];
        }
    }
    if (begin >= url.len || len < 4) {
        return false;
    }
    end = str_find(url, str_of("/"), begin + 2);
    url = str_slice(url, begin + 2, end);
    return str_find_fold(url, (Str){letters, len}, 0) < url.len;
}

static bool names_site(const HeadInput *in, Str part) {
    Line site = line_of(in, in->facts->site), line = line_of(in, part);

    return (site.count && likeness(&site, &line) >= 0.6F) ||
           names_host(in, part);
}

/* The title without the site's name at either end. Where none is known, the
 * last part of a window's title goes when it is shorter than the rest. */
static Str strip_site(const HeadInput *in, Str title, bool window) {
    for (size_t at = title.len; at-- > 1;) {
        uint32_t len = separator(title, at);
        Str head, tail;
        if (len == 0) {
            continue;
        }
        head = str_trim(str_slice(title, 0, at));
        tail = str_trim(str_slice(title, at + len, title.len));
        if (names_site(in, tail)) {
            return strip_site(in, head, false);
        }
        if (names_site(in, head)) {
            return tail;
        }
        if (window && tail.len < head.len && title.ptr[at] != ':') {
            return strip_site(in, head, false);
        }
    }
    return title;
}

/* --------------------------------------------------- what the page shows */

typedef struct Shown {
    Line line;
    uint32_t block;
    uint32_t level; /* 1 to 6: of its heading; 7: its class says title */
    bool logo;      /* all of it is a link, or its class says so */
} Shown;

typedef struct Headings {
    Shown *items; /* arena */
    uint32_t count;
} Headings;

static uint32_t level_of(const HeadInput *in, const PageBlock *block) {
    const Page *page = in->page;

    for (uint32_t at = block->holder;; at = page->elements[at].parent) {
        Element element = page->elements[at].element;
        if (element >= EL_h1 && element <= EL_h6) {
            return (uint32_t)(element - EL_h1) + 1;
        }
        if (page->elements[at].roles & ROLE_TITLE) {
            return 7;
        }
        if (at == block->holder ? page->elements[at].parent == at : true) {
            return 0;
        }
    }
}

/* The site's name over every page: a link to its front page. */
static bool is_logo(const Page *page, const PageBlock *block) {
    return block->linked == block->text.end - block->text.begin ||
           (page->elements[block->holder].roles & ROLE_MENU) != 0;
}

static Headings find_headings(const HeadInput *in) {
    const Page *page = in->page;
    Headings out = {arena_alloc(in->arena, HEADINGS_MAX * sizeof(Shown)), 0};

    for (uint32_t i = 0; i < page->block_count && out.count < HEADINGS_MAX;
         i++) {
        const PageBlock *block = &page->blocks[i];
        uint32_t level = level_of(in, block);
        if (level && in->features->counts[i].words > 0) {
            out.items[out.count++] =
                (Shown){line_of(in, str_at(page->text, block->text)), i, level,
                        is_logo(page, block)};
        }
    }
    return out;
}

/* The longest run of what is told that stands on the page as a heading. One
 * that is no h1 must be most of what is told, lest it be a section's name. */
static const Shown *shown_run(const HeadInput *in, const Headings *headings,
                              const Told *told, bool h1) {
    for (uint32_t r = 0; r < told->count; r++) {
        const Line *run = &told->runs[r];
        if (run->count == 0 || (!h1 && run->count * 2 < told->runs[0].count) ||
            (r > 0 && names_site(in, run->text))) {
            continue;
        }
        for (uint32_t i = 0; i < headings->count; i++) {
            const Shown *shown = &headings->items[i];
            if ((!h1 || (shown->level == 1 && (r == 0 || !shown->logo))) &&
                same_line(&shown->line, run)) {
                return shown;
            }
        }
    }
    return NULL;
}

/* A run that an h1 holds behind a kicker: "Lake Orsk: Rain shuts road". */
static const Shown *behind_kicker(const Headings *headings, const Told *told,
                                  Str *run) {
    for (uint32_t r = 0; r < told->count; r++) {
        for (uint32_t i = 0; i < headings->count; i++) {
            const Shown *shown = &headings->items[i];
            if (shown->level == 1 && extends(&shown->line, &told->runs[r])) {
                *run = told->runs[r].text;
                return shown;
            }
        }
    }
    return NULL;
}

static const Shown *most_like(const Headings *headings, const Line *told,
                              uint32_t level, float least) {
    const Shown *best = NULL;

    for (uint32_t i = 0; i < headings->count; i++) {
        const Shown *shown = &headings->items[i];
        float score = likeness(&shown->line, told);
        if ((level == 0 || (shown->level == level && !shown->logo)) &&
            score >= least) {
            best = shown;
            least = score + 0.001F;
        }
    }
    return best;
}

/* The h1 that stands close above the main text and is no site's name. */
static const Shown *above_text(const HeadInput *in, const Headings *headings) {
    const Page *page = in->page;
    const Shown *best = NULL;
    uint32_t text = 0;

    while (text < page->block_count &&
           !(in->kept[text] && in->features->counts[text].prose)) {
        text++;
    }
    for (uint32_t i = 0; i < headings->count; i++) {
        const Shown *shown = &headings->items[i];
        const PageBlock *block = &page->blocks[shown->block];
        if (shown->level == 1 && !shown->logo && shown->block < text &&
            text - shown->block <= ABOVE_BLOCKS &&
            !names_site(in, shown->line.text) &&
            !(page_roles(page, block->element) & (ROLE_BANNER | ROLE_ASIDE))) {
            best = shown;
        }
    }
    return best;
}

/* The heading that the page shows and any of `told` agree on; its text in
 * `*text`. */
static const Shown *agreed(const HeadInput *in, const Headings *headings,
                           const Told told[TOLD], Str *text) {
    Told *finer = arena_zero(in->arena, sizeof *finer);
    const Shown *found = NULL;

    for (size_t i = 0; i < TOLD && !found; i++) {
        found = shown_run(in, headings, &told[i], true);
    }
    for (size_t i = 0; i < TOLD && !found; i++) {
        found = behind_kicker(headings, &told[i], text);
    }
    if (!found) {
        cut_runs(in, in->facts->window_title, true, finer);
        found = shown_run(in, headings, finer, true);
    }
    return found;
}

/* The heading that comes closest to `line`, or stands where a headline does. */
static const Shown *likely(const HeadInput *in, const Headings *headings,
                           const Told told[TOLD], const Line *line) {
    const Shown *found = most_like(headings, line, 1, 0.5F);

    found = found ? found : above_text(in, headings);
    for (size_t i = 0; i < TOLD && !found; i++) {
        found = shown_run(in, headings, &told[i], false);
    }
    return found ? found : most_like(headings, line, 0, 0.7F);
}

Str page_title(const HeadInput *in, uint32_t *block) {
    const PageFacts *facts = in->facts;
    const Str told_by[TOLD] = {facts->meta_title, facts->linked_title,
                               facts->window_title};
    Told *told = arena_zero(in->arena, TOLD * sizeof *told);
    Headings headings = find_headings(in);
    Str plain = {0}, text = {0};
    const Shown *shown;

    for (size_t i = 0; i < TOLD; i++) {
        cut_runs(in, told_by[i], false, &told[i]);
        if (plain.len == 0 && told_by[i].len) {
            plain = strip_site(in, told_by[i], i == TOLD - 1);
        }
    }
    shown = agreed(in, &headings, told, &text);
    if (!shown) {
        Line line = line_of(in, plain);
        shown = likely(in, &headings, told, &line);
    }
    *block = shown ? shown->block : UINT32_MAX;
    if (text.len) {
        return text;
    }
    return shown ? shown->line.text : plain;
}
