/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page.c - see page.h. */
#include "clean/page.h"

#include <assert.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    DEPTH_MAX = 512,  /* open elements told apart; browsers hold as many */
    WORDS_MAX = 24,   /* of the class and id of one element */
    METAS_MAX = 512,  /* <meta> */
    TIMES_MAX = 512,  /* <time> */
    SCRIPTS_MAX = 64, /* blocks of linked data */
    NAMES_MAX = 256,  /* of writers */
    NAME_BYTES = 200,
};

#define NONE UINT32_MAX

/* What an element does to the text around it. */
enum {
    PARTS = 1 << 0,      /* begins and ends a block */
    VOID = 1 << 1,       /* has no content and no end tag */
    MUTE = 1 << 2,       /* its text is not the page's */
    CLOSES_P = 1 << 3,   /* its start tag ends an open paragraph */
    SCOPE = 1 << 4,      /* no end tag reaches out of it */
    LIST_SCOPE = 1 << 5, /* the end of a list item does not */
    SPECIAL = 1 << 6,    /* implied ends of list items stop at it */
    FORMATTING = 1 << 7, /* may be closed in another order */
    HEADING = 1 << 8,
    STRONG = 1 << 9,
    MEDIA = 1 << 10,
};

#define SECTION_LIKE (PARTS | CLOSES_P | SPECIAL)

static const uint16_t traits[EL_COUNT] = {
    [EL_a] = FORMATTING,
    [EL_address] = PARTS | CLOSES_P,
    [EL_area] = VOID,
    [EL_article] = SECTION_LIKE,
    [EL_aside] = SECTION_LIKE,
    [EL_audio] = MUTE | MEDIA,
    [EL_b] = FORMATTING | STRONG,
    [EL_base] = VOID,
    [EL_blockquote] = SECTION_LIKE,
    [EL_body] = PARTS | SPECIAL,
    [EL_br] = VOID,
    [EL_button] = PARTS | SPECIAL,
    [EL_canvas] = MUTE,
    [EL_caption] = PARTS | SCOPE | SPECIAL,
    [EL_center] = SECTION_LIKE,
    [EL_code] = FORMATTING,
    [EL_col] = VOID,
    [EL_colgroup] = PARTS,
    [EL_dd] = SECTION_LIKE,
    [EL_details] = SECTION_LIKE,
    [EL_dialog] = SECTION_LIKE,
    [EL_dir] = SECTION_LIKE | LIST_SCOPE,
    [EL_div] = PARTS | CLOSES_P,
    [EL_dl] = SECTION_LIKE | LIST_SCOPE,
    [EL_dt] = SECTION_LIKE,
    [EL_em] = FORMATTING | STRONG,
    [EL_embed] = VOID | MEDIA,
    [EL_fieldset] = SECTION_LIKE,
    [EL_figcaption] = SECTION_LIKE,
    [EL_figure] = SECTION_LIKE,
    [EL_font] = FORMATTING,
    [EL_footer] = SECTION_LIKE,
    [EL_form] = SECTION_LIKE,
    [EL_frame] = VOID,
    [EL_h1] = SECTION_LIKE | HEADING,
    [EL_h2] = SECTION_LIKE | HEADING,
    [EL_h3] = SECTION_LIKE | HEADING,
    [EL_h4] = SECTION_LIKE | HEADING,
    [EL_h5] = SECTION_LIKE | HEADING,
    [EL_h6] = SECTION_LIKE | HEADING,
    [EL_head] = MUTE,
    [EL_header] = SECTION_LIKE,
    [EL_hgroup] = SECTION_LIKE,
    [EL_hr] = VOID | PARTS | CLOSES_P,
    [EL_html] = SCOPE | SPECIAL,
    [EL_i] = FORMATTING | STRONG,
    [EL_iframe] = MUTE | MEDIA,
    [EL_img] = VOID | MEDIA,
    [EL_input] = VOID,
    [EL_legend] = PARTS,
    [EL_li] = SECTION_LIKE,
    [EL_link] = VOID,
    [EL_listing] = SECTION_LIKE,
    [EL_main] = SECTION_LIKE,
    [EL_math] = MUTE,
    [EL_menu] = SECTION_LIKE | LIST_SCOPE,
    [EL_meta] = VOID,
    [EL_nav] = SECTION_LIKE,
    [EL_noembed] = MUTE,
    [EL_noframes] = MUTE,
    [EL_noscript] = PARTS,
    [EL_object] = SCOPE | SPECIAL | MEDIA,
    [EL_ol] = SECTION_LIKE | LIST_SCOPE,
    [EL_optgroup] = MUTE,
    [EL_option] = MUTE,
    [EL_p] = PARTS | CLOSES_P,
    [EL_param] = VOID,
    [EL_picture] = 0,
    [EL_plaintext] = SECTION_LIKE,
    [EL_pre] = SECTION_LIKE,
    [EL_s] = FORMATTING,
    [EL_script] = MUTE,
    [EL_search] = SECTION_LIKE,
    [EL_section] = SECTION_LIKE,
    [EL_select] = MUTE | SPECIAL,
    [EL_small] = FORMATTING,
    [EL_source] = VOID,
    [EL_strike] = FORMATTING,
    [EL_strong] = FORMATTING | STRONG,
    [EL_style] = MUTE,
    [EL_summary] = SECTION_LIKE,
    [EL_svg] = MUTE,
    [EL_table] = SECTION_LIKE | SCOPE | LIST_SCOPE,
    [EL_tbody] = PARTS | SPECIAL,
    [EL_td] = PARTS | SCOPE | LIST_SCOPE | SPECIAL,
    [EL_template] = MUTE | SCOPE | SPECIAL,
    [EL_textarea] = MUTE,
    [EL_tfoot] = PARTS | SPECIAL,
    [EL_th] = PARTS | SCOPE | LIST_SCOPE | SPECIAL,
    [EL_thead] = PARTS | SPECIAL,
    [EL_title] = MUTE,
    [EL_tr] = PARTS | SPECIAL,
    [EL_track] = VOID,
    [EL_u] = FORMATTING,
    [EL_ul] = SECTION_LIKE | LIST_SCOPE,
    [EL_video] = MUTE | MEDIA,
    [EL_wbr] = VOID,
    [EL_xmp] = SECTION_LIKE,
};

typedef enum Named { NAMED_NOT, NAMED_CLASS, NAMED_LINK } Named;

typedef struct Open {
    Element element;
    bool closed;    /* by an end tag out of order: waits for what holds it */
    bool linked;    /* <a href> */
    bool parts;     /* begins and ends a block */
    uint8_t named;  /* of Named: a writer's name stands in it */
    uint32_t begin; /* of page->text: where its text does */
    uint32_t index; /* of page->elements; NONE: holds no text yet */
    Span source;    /* its start tag */
} Open;

typedef struct Walk {
    Arena *arena;
    const Lexicon *lexicon; /* borrowed */
    Page *page;
    Markup markup;
    Open stack[DEPTH_MAX];
    uint32_t depth;          /* of stack; the first is the body */
    uint32_t deeper;         /* start tags past DEPTH_MAX, still open */
    uint16_t open[EL_COUNT]; /* elements of each name on the stack */
    uint32_t mute, links, strong, pre; /* such elements on the stack */
    size_t len;                        /* of page->text */
    PageBlock block;                   /* the one that is being written */
    bool begun;                        /* it has a character */
    bool space;                        /* white space waits to be written */
    uint32_t breaks;                   /* <br> since the last character */
    uint32_t media;
} Walk;

/* -------------------------------------------------------------- elements */

/* The next part of a class or id at `*at`: letters and digits up to a mark or
 * to where a capital follows a small letter. Empty at the end. */
static Str name_part(Str name, size_t *at) {
    size_t begin;

    while (*at < name.len && !ascii_alnum(name.ptr[*at]) &&
           (unsigned char)name.ptr[*at] < 0x80) {
        ++*at;
    }
    begin = *at;
    while (*at < name.len && (ascii_alnum(name.ptr[*at]) ||
                              (unsigned char)name.ptr[*at] >= 0x80)) {
        if (*at > begin && ascii_upper(name.ptr[*at]) &&
            !ascii_upper(name.ptr[*at - 1])) {
            break;
        }
        ++*at;
    }
    return str_slice(name, begin, *at);
}

static uint32_t row_role(LexRow row) {
    static const struct {
        const char *name;
        uint32_t role;
    } roles[] = {
        {"title", ROLE_TITLE},     {"author", ROLE_AUTHOR},
        {"date", ROLE_DATE},       {"body", ROLE_BODY},
        {"comment", ROLE_COMMENT}, {"aside", ROLE_ASIDE},
        {"menu", ROLE_MENU},       {"caption", ROLE_CAPTION},
        {"banner", ROLE_BANNER},   {"updated", ROLE_UPDATED | ROLE_DATE},
        {"kicker", ROLE_KICKER},
    };

    for (size_t i = 0; row.lexicon && i < sizeof roles / sizeof *roles; i++) {
        if (lex_is(row, LEX_PAGE_CLASS_ROLE, roles[i].name)) {
            return roles[i].role;
        }
    }
    return 0;
}

/* The role of a word that the lexicon knows, alone. */
static uint32_t word_role(const Lexicon *lexicon, const LexWord *word) {
    return word && word->keys >> LEX_PAGE_CLASS & 1
               ? row_role(lexicon_row(lexicon, LEX_PAGE_CLASS, word))
               : 0;
}

/* The roles in a class or id, word by word; of two words that are a key
 * together, "entry-title", neither counts alone. */
typedef struct RoleReader {
    const Lexicon *lexicon;
    uint32_t roles;
    uint32_t alone;  /* what the word before has added by itself */
    uint64_t before; /* hash of that word, if it opens a key; else 0 */
} RoleReader;

static void read_role(RoleReader *reader, Str part, uint64_t hash) {
    const LexWord *word = lexicon_word(reader->lexicon, hash);
    uint32_t both = 0, own;

    if (reader->before) {
        both = row_role(lexicon_find_hash(
            reader->lexicon, LEX_PAGE_CLASS,
            utf8_fold_hash(hash_more(reader->before, (Str){" ", 1}), part)));
    }
    if (both) {
        reader->roles = (reader->roles & ~reader->alone) | both;
        reader->alone = 0;
    } else {
        own = word_role(reader->lexicon, word);
        reader->alone = own & ~reader->roles;
        reader->roles |= own;
    }
    reader->before = word && word->opens >> LEX_PAGE_CLASS & 1 ? hash : 0;
}

static void add_words(Walk *walk, PageElement *element, Str name) {
    RoleReader reader = {.lexicon = walk->lexicon, .roles = element->roles};
    Page *page = walk->page;
    size_t at = 0;
    Str part;

    while ((part = name_part(name, &at)).len && element->words < WORDS_MAX) {
        uint64_t hash = utf8_fold_hash(HASH_SEED, part);
        read_role(&reader, part, hash);
        page->words = arena_grow(walk->arena, page->words, page->word_count,
                                 &page->word_capacity, sizeof *page->words);
        page->words[page->word_count++] = hash;
        element->words++;
    }
    element->roles = reader.roles;
}

static bool hides(const MarkupToken *token) {
    Str style = markup_attribute(token, "style");
    size_t at = str_find_fold(style, str_of("display"), 0);

    if (at < style.len) {
        Str rest = str_slice(style, at + 7, style.len);
        size_t none = str_find_fold(rest, str_of("none"), 0);
        if (none < rest.len && none <= 3) {
            return true;
        }
    }
    return markup_has(token, "hidden") ||
           str_equal_fold(markup_attribute(token, "aria-hidden"),
                          str_of("true"));
}

/* Numbers in a class tell items of one list apart. */
static uint64_t hash_shape(uint64_t hash, Str class) {
    for (size_t at = 0; at < class.len; at++) {
        if (!ascii_digit(class.ptr[at])) {
            hash = hash_more(hash, str_slice(class, at, at + 1));
        }
    }
    return hash;
}

/* Read the start tag again, now that something stands in the element. */
static uint32_t write_element(Walk *walk, const Open *open, uint32_t parent) {
    Page *page = walk->page;
    Markup again = {.page = str_slice(page->html, 0, open->source.end),
                    .at = open->source.begin};
    PageElement element = {.element = open->element,
                           .source = open->source,
                           .first_word = page->word_count};
    static const char *const named[] = {"class", "id", "itemprop", "role"};
    MarkupToken tag;

    element.parent = parent == NONE ? page->element_count : parent;
    element.depth = parent == NONE ? 0 : page->elements[parent].depth + 1;
    element.first = element.last = page->block_count;
    element.shape = parent == NONE ? HASH_SEED : page->elements[parent].shape;
    element.shape =
        hash_more(element.shape, (Str){(const char *)&element.element, 1});
    if (!span_empty(open->source) && markup_next(&again, &tag)) {
        for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
            Str value = markup_attribute(&tag, named[i]);
            add_words(walk, &element, value);
            if (i == 0) {
                element.shape = hash_shape(element.shape, value);
            }
        }
        element.roles |= hides(&tag) ? ROLE_HIDDEN : 0;
    }
    page->elements =
        arena_grow(walk->arena, page->elements, page->element_count,
                   &page->element_capacity, sizeof element);
    page->elements[page->element_count] = element;
    return page->element_count++;
}

/* The innermost open element, written down with all that hold it. */
static uint32_t current_element(Walk *walk) {
    uint32_t parent = NONE;

    for (uint32_t i = 0; i < walk->depth; i++) {
        Open *open = &walk->stack[i];
        if (open->index == NONE) {
            open->index = write_element(walk, open, parent);
        }
        parent = open->closed ? parent : open->index;
    }
    return parent;
}

uint32_t page_roles(const Page *page, uint32_t element) {
    uint32_t roles = 0;

    for (;; element = page->elements[element].parent) {
        roles |= page->elements[element].roles;
        if (page->elements[element].parent == element) {
            return roles;
        }
    }
}

bool page_inside(const Page *page, uint32_t element, Element name) {
    for (;; element = page->elements[element].parent) {
        if (page->elements[element].element == name) {
            return true;
        }
        if (page->elements[element].parent == element) {
            return false;
        }
    }
}

/* ---------------------------------------------------------------- blocks */

static uint32_t block_holder(const Page *page, uint32_t element) {
    while (!(traits[page->elements[element].element] & PARTS) &&
           page->elements[element].parent != element) {
        element = page->elements[element].parent;
    }
    return element;
}

static void begin_block(Walk *walk, size_t source) {
    uint32_t element = current_element(walk);

    walk->block = (PageBlock){
        .text = {(uint32_t)walk->len, 0},
        .source = {(uint32_t)source, 0},
        .element = element,
        .holder = block_holder(walk->page, element),
        .media = walk->media,
    };
    walk->begun = true;
    walk->space = false;
    walk->breaks = 0;
    walk->media = 0;
}

/* End the block that is being written, if there is one. */
static void end_block(Walk *walk) {
    Page *page = walk->page;
    uint32_t at;

    walk->space = false;
    walk->breaks = 0;
    if (!walk->begun) {
        return;
    }
    walk->begun = false;
    walk->block.text.end = (uint32_t)walk->len;
    page->bytes[walk->len++] = '\n';
    page->blocks = arena_grow(walk->arena, page->blocks, page->block_count,
                              &page->block_capacity, sizeof *page->blocks);
    page->blocks[page->block_count++] = walk->block;
    for (at = walk->block.element;; at = page->elements[at].parent) {
        page->elements[at].last = page->block_count;
        if (page->elements[at].parent == at) {
            break;
        }
    }
}

/* White space and line breaks that stand before the next character. */
static void write_space(Walk *walk) {
    if (walk->breaks > 0) {
        walk->page->bytes[walk->len++] = '\n';
        walk->block.breaks++;
    } else if (walk->space) {
        walk->page->bytes[walk->len++] = ' ';
    }
    walk->space = false;
    walk->breaks = 0;
}

/* No-break and zero-width spaces open no block. */
static bool is_blank(const char *bytes, uint32_t len) {
    uint32_t length;
    uint32_t character;

    if (len == 0) {
        return true;
    }
    character = utf8_at((Str){bytes, len}, 0, &length);
    return utf8_is_space(character) || character == 0x200B ||
           character == 0xFEFF || character == 0x200C || character == 0xAD;
}

/* Bytes that are written as they stand; of others, the characters that are
 * dropped begin with one of three. */
static bool is_ordinary(char c) {
    unsigned char byte = (unsigned char)c;

    return byte > ' ' && byte != '&' && byte != 0xC2 && byte != 0xE2 &&
           byte != 0xEF;
}

/* The bytes of `text` from `at` on that are written as they stand. */
static size_t ordinary_end(Str text, size_t at) {
    while (at < text.len && is_ordinary(text.ptr[at])) {
        at++;
    }
    return at;
}

static void count_bytes(Walk *walk, size_t bytes) {
    walk->block.linked += walk->links ? (uint32_t)bytes : 0;
    walk->block.strong += walk->strong ? (uint32_t)bytes : 0;
}

/* One character that is no plain byte, or the first of a block. */
static size_t write_character(Walk *walk, Str text, size_t at, size_t source) {
    char *out = walk->page->bytes;
    char step[MARKUP_CHARACTER];
    size_t end = at;
    uint32_t len = markup_character(text, &end, false, step);

    if (len == 0) {
        return end;
    }
    if (len == 1 && ascii_space(step[0])) {
        walk->space = true;
        if (walk->pre && step[0] == '\n') {
            walk->breaks++;
        }
        return end;
    }
    if (!walk->begun) {
        if (is_blank(step, len)) {
            return end;
        }
        begin_block(walk, source + at);
    }
    write_space(walk);
    memcpy(out + walk->len, step, len);
    walk->len += len;
    count_bytes(walk, len);
    if (!is_blank(step, len)) {
        walk->block.source.end = (uint32_t)(source + end);
    }
    return end;
}

static void write_text(Walk *walk, Span source) {
    Str text = str_at(walk->page->html, source);
    size_t at = 0;

    while (at < text.len) {
        size_t end = walk->begun ? ordinary_end(text, at) : at;
        if (end > at) {
            write_space(walk);
            memcpy(walk->page->bytes + walk->len, text.ptr + at, end - at);
            walk->len += end - at;
            count_bytes(walk, end - at);
            walk->block.source.end = (uint32_t)(source.begin + end);
            at = end;
        } else {
            at = write_character(walk, text, at, source.begin);
        }
    }
}

/* ------------------------------------------------------------- the stack */

static void count_open(Walk *walk, const Open *open, int step) {
    walk->open[open->element] = (uint16_t)(walk->open[open->element] + step);
    walk->mute += traits[open->element] & MUTE ? step : 0;
    walk->strong += traits[open->element] & STRONG ? step : 0;
    walk->pre += open->element == EL_pre ? step : 0;
    walk->links += open->linked ? step : 0;
}

static void add_name(Walk *walk, const Open *open) {
    Page *page = walk->page;
    PageName name = {{open->begin, (uint32_t)walk->len},
                     page->block_count - !walk->begun,
                     open->named == NAMED_LINK};

    if (name.text.end <= name.text.begin || page->name_count == NAMES_MAX ||
        name.text.end - name.text.begin > NAME_BYTES) {
        return;
    }
    page->names = arena_grow(walk->arena, page->names, page->name_count,
                             &page->name_capacity, sizeof name);
    page->names[page->name_count++] = name;
}

/* The element gives no more text. */
static void end_element(Walk *walk, const Open *open) {
    count_open(walk, open, -1);
    if (open->named) {
        add_name(walk, open);
    }
}

static void pop(Walk *walk) {
    Open *top = &walk->stack[--walk->depth];

    if (top->parts) {
        end_block(walk);
    }
    if (!top->closed) {
        end_element(walk, top);
    }
}

/* Close all down to and with stack[at]. */
static void pop_to(Walk *walk, uint32_t at) {
    while (walk->depth > at) {
        pop(walk);
    }
}

static void push(Walk *walk, Open open) {
    if (walk->depth == DEPTH_MAX) {
        walk->deeper++;
        return;
    }
    open.index = NONE;
    open.begin = (uint32_t)walk->len;
    walk->stack[walk->depth++] = open;
    count_open(walk, &open, 1);
}

/* The innermost open element of that name that no element with one of the
 * traits `bars` stands before; NONE if there is none. */
static uint32_t find_open(const Walk *walk, Element element, uint32_t bars) {
    if (walk->open[element] == 0) {
        return NONE;
    }
    for (uint32_t i = walk->depth; i-- > 1;) {
        const Open *open = &walk->stack[i];
        if (open->element == element && !open->closed) {
            return i;
        }
        if (traits[open->element] & bars) {
            return NONE;
        }
    }
    return NONE;
}

static void close_open(Walk *walk, Element element, uint32_t bars) {
    uint32_t at = find_open(walk, element, bars);

    if (at != NONE) {
        pop_to(walk, at);
    }
}

/* Rows and cells: what opens closes all open ones of its rank or deeper, in
 * the innermost table. 0: no part of a table. */
static uint32_t table_rank(Element element) {
    switch (element) {
    case EL_caption:
    case EL_colgroup:
    case EL_tbody:
    case EL_thead:
    case EL_tfoot:
        return 1;
    case EL_tr:
        return 2;
    case EL_td:
    case EL_th:
        return 3;
    default:
        return 0;
    }
}

static void close_cells(Walk *walk, uint32_t rank) {
    uint32_t at = walk->depth;

    for (uint32_t i = walk->depth; i-- > 1;) {
        Element element = walk->stack[i].element;
        if (element == EL_table || element == EL_template) {
            break;
        }
        if (table_rank(element) >= rank) {
            at = i;
        }
    }
    pop_to(walk, at);
}

/* The end tag of a row or cell: what is open in it ends with it. */
static void close_part(Walk *walk, Element element) {
    for (uint32_t i = walk->depth; i-- > 1;) {
        if (walk->stack[i].element == element) {
            pop_to(walk, i);
            return;
        }
        if (walk->stack[i].element == EL_table) {
            return;
        }
    }
}

/* Links and bold text may end in another order than they began: where a
 * block-level element stands in between, only the formatting ends. */
static void close_formatting(Walk *walk, Element element) {
    uint32_t at = find_open(walk, element, SCOPE);

    for (uint32_t i = at; at != NONE && i < walk->depth; i++) {
        if (traits[walk->stack[i].element] & PARTS) {
            end_element(walk, &walk->stack[at]);
            walk->stack[at].closed = true;
            return;
        }
    }
    if (at != NONE) {
        pop_to(walk, at);
    }
}

/* The elements that the start tag of `element` ends. */
static void close_implied(Walk *walk, Element element) {
    if (traits[element] & CLOSES_P && walk->open[EL_p]) {
        close_open(walk, EL_p, SCOPE);
    }
    if (table_rank(element)) {
        close_cells(walk, table_rank(element));
    }
    switch (element) {
    case EL_li:
        close_open(walk, EL_li, SPECIAL);
        break;
    case EL_dd:
    case EL_dt:
        close_open(walk, EL_dd, SPECIAL);
        close_open(walk, EL_dt, SPECIAL);
        break;
    case EL_option:
    case EL_optgroup:
        close_open(walk, EL_option, SPECIAL);
        break;
    case EL_a:
        close_formatting(walk, EL_a);
        break;
    default:
        break;
    }
    if (traits[element] & HEADING &&
        traits[walk->stack[walk->depth - 1].element] & HEADING) {
        pop(walk);
    }
}

static void close_heading(Walk *walk) {
    for (uint32_t i = walk->depth; i-- > 1;) {
        uint32_t found = traits[walk->stack[i].element];
        if (found & HEADING) {
            pop_to(walk, i);
            return;
        }
        if (found & SCOPE) {
            return;
        }
    }
}

static void end_tag(Walk *walk, Element element) {
    uint32_t bars = SCOPE | (element == EL_li ? LIST_SCOPE : 0);

    if (element == EL_OTHER || element == EL_html || element == EL_body ||
        traits[element] & VOID) {
        return;
    }
    if (walk->deeper > 0) {
        walk->deeper--;
        return;
    }
    if (traits[element] & PARTS) {
        end_block(walk);
    }
    if (traits[element] & HEADING) {
        close_heading(walk);
    } else if (traits[element] & FORMATTING) {
        close_formatting(walk, element);
    } else if (table_rank(element) || element == EL_table) {
        close_part(walk, element);
    } else {
        close_open(walk, element, bars);
    }
}

/* ----------------------------------------------- what the page says of itself
 */

static void add_meta(Walk *walk, Str key, Str value) {
    Page *page = walk->page;

    if (page->meta_count == METAS_MAX || key.len == 0 || value.len == 0) {
        return;
    }
    page->metas = arena_grow(walk->arena, page->metas, page->meta_count,
                             &page->meta_capacity, sizeof *page->metas);
    page->metas[page->meta_count++] = (PageMeta){key, value};
}

static void read_meta(Walk *walk, const MarkupToken *tag) {
    static const char *const keys[] = {"property", "name", "itemprop",
                                       "http-equiv"};
    Str value = markup_attribute(tag, "content");

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        add_meta(walk, markup_attribute(tag, keys[i]), value);
    }
}

static void add_time(Walk *walk, Str value) {
    Page *page = walk->page;
    PageTime time = {.value = value, .block = page->block_count};

    if (page->time_count == TIMES_MAX) {
        return;
    }
    time.block += walk->begun;
    time.element = current_element(walk);
    page->times = arena_grow(walk->arena, page->times, page->time_count,
                             &page->time_capacity, sizeof *page->times);
    page->times[page->time_count++] = time;
}

static bool is_linked_data(const MarkupToken *tag) {
    Str type = markup_attribute(tag, "type");

    return str_find_fold(type, str_of("ld+json"), 0) < type.len;
}

/* Notes in the head and in attributes; the element is on the stack. */
static void read_notes(Walk *walk, const MarkupToken *tag) {
    Page *page = walk->page;
    Str value;

    switch (tag->element) {
    case EL_meta:
        read_meta(walk, tag);
        return;
    case EL_link:
        if (str_equal_fold(markup_attribute(tag, "rel"), str_of("canonical")) &&
            page->canonical.len == 0) {
            page->canonical = markup_attribute(tag, "href");
        }
        return;
    case EL_html:
        if (page->language.len == 0) {
            page->language = markup_attribute(tag, "lang");
        }
        if (page->language.len == 0) {
            page->language = markup_attribute(tag, "xml:lang");
        }
        return;
    case EL_form:
        page->forms++;
        return;
    case EL_input:
        page->passwords +=
            str_equal_fold(markup_attribute(tag, "type"), str_of("password"));
        return;
    case EL_p:
        page->paragraphs++;
        return;
    case EL_time:
        add_time(walk, markup_attribute(tag, "datetime"));
        return;
    default:
        break;
    }
    if (markup_has(tag, "itemprop")) {
        value = markup_attribute(tag, "content");
        add_meta(walk, markup_attribute(tag, "itemprop"), value);
    }
}

/* ------------------------------------------------------------------ walk */

static void line_break(Walk *walk) {
    walk->breaks++;
    if (walk->breaks >= 2) {
        end_block(walk);
    }
}

/* HTML elements end an svg or math that was not closed. */
static bool leaves_foreign(Element element) {
    return traits[element] & (PARTS | HEADING) || element == EL_br ||
           element == EL_img || element == EL_meta || element == EL_span ||
           element == EL_body || element == EL_head;
}

static void start_foreign(Walk *walk, const MarkupToken *tag) {
    walk->markup.raw = EL_OTHER;
    if (leaves_foreign(tag->element)) {
        close_open(walk, EL_svg, 0);
        close_open(walk, EL_math, 0);
    }
}

static bool is_foreign(const Walk *walk) {
    return walk->open[EL_svg] > 0 || walk->open[EL_math] > 0;
}

/* What the class of an inline element says. */
static uint32_t inline_role(const Walk *walk, const MarkupToken *tag) {
    Str class = markup_attribute(tag, "class");
    RoleReader reader = {.lexicon = walk->lexicon};
    size_t at = 0;
    Str part;

    while ((part = name_part(class, &at)).len) {
        read_role(&reader, part, utf8_fold_hash(HASH_SEED, part));
    }
    return reader.roles;
}

/* <h1><span class="kicker">Lake Orsk</span>Rain shuts road</h1> */
static bool is_kicker(const Walk *walk, uint32_t role) {
    return (role & ROLE_KICKER) != 0 &&
           (traits[walk->stack[walk->depth - 1].element] & HEADING) != 0;
}

/* A link to the page of a writer: rel="author", "/author/jane-roe". */
static bool is_author_link(const MarkupToken *tag) {
    static const char *const places[] = {"/author/", "/autor/", "/autoren/",
                                         "/authors/", "/auteur/"};
    Str href = markup_attribute(tag, "href");
    Str rel = markup_attribute(tag, "rel");

    if (str_find_fold(rel, str_of("author"), 0) < rel.len) {
        return true;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (str_find(href, str_of(places[i]), 0) < href.len) {
            return true;
        }
    }
    return false;
}

static Named names_author(const MarkupToken *tag, uint32_t role) {
    if (tag->element == EL_a && is_author_link(tag)) {
        return NAMED_LINK;
    }
    if (role & ROLE_AUTHOR ||
        str_equal_fold(markup_attribute(tag, "itemprop"), str_of("author"))) {
        return NAMED_CLASS;
    }
    return NAMED_NOT;
}

static bool stands_in_head(Element element) {
    return element == EL_meta || element == EL_link || element == EL_title ||
           element == EL_script || element == EL_style || element == EL_base ||
           element == EL_noscript || element == EL_template ||
           element == EL_noframes || element == EL_head;
}

static void start_tag(Walk *walk, const MarkupToken *tag) {
    Element element = tag->element;
    uint32_t trait = traits[element];
    uint32_t role = trait & (PARTS | VOID | MUTE) ? 0 : inline_role(walk, tag);
    bool parts = (trait & PARTS) != 0 || is_kicker(walk, role);

    if (is_foreign(walk)) {
        start_foreign(walk, tag);
    }
    if (parts) {
        end_block(walk);
    }
    if (walk->open[EL_head] && !stands_in_head(element)) {
        close_open(walk, EL_head, 0);
    }
    close_implied(walk, element);
    walk->media += (trait & MEDIA) != 0;
    if (element == EL_br) {
        line_break(walk);
    }
    if (element != EL_html && element != EL_body && !(trait & VOID) &&
        !(tag->closes_itself &&
          (is_foreign(walk) || element == EL_svg || element == EL_math))) {
        push(walk, (Open){.element = element,
                          .source = tag->source,
                          .linked = element == EL_a && markup_has(tag, "href"),
                          .parts = parts,
                          .named = (uint8_t)(trait & (PARTS | MUTE)
                                                 ? NAMED_NOT
                                                 : names_author(tag, role))});
    }
    read_notes(walk, tag);
    if (element == EL_script && is_linked_data(tag) &&
        walk->page->linked_data.count < SCRIPTS_MAX) {
        span_push(walk->arena, &walk->page->linked_data,
                  (Span){tag->source.end, tag->source.end});
    }
}

/* The raw text of a script belongs to the last start tag of linked data when
 * it begins where that tag ends. */
static void raw_text(Walk *walk, const MarkupToken *token) {
    SpanList *scripts = &walk->page->linked_data;

    if (scripts->count > 0 &&
        scripts->items[scripts->count - 1].begin == token->source.begin) {
        scripts->items[scripts->count - 1] = token->source;
    }
}

static void step(Walk *walk, const MarkupToken *token) {
    switch (token->kind) {
    case MARKUP_START:
        start_tag(walk, token);
        break;
    case MARKUP_END:
        if (token->element == EL_br) {
            line_break(walk);
        }
        end_tag(walk, token->element);
        break;
    case MARKUP_RAW:
        raw_text(walk, token);
        break;
    case MARKUP_TEXT:
        if (token->element == EL_title && walk->page->title.len == 0) {
            walk->page->title = str_at(walk->page->html, token->source);
        }
        if (walk->mute == 0) {
            write_text(walk, token->source);
        }
        break;
    }
}

void page_walk(Arena *arena, const Lexicon *lexicon, Str html, Page *out) {
    Walk *walk = arena_zero(arena, sizeof *walk);
    MarkupToken token;

    assert(html.len < UINT32_MAX / 2);
    memset(out, 0, sizeof *out);
    out->html = html;
    /* A character is at most 6/5 as long as it stands in the page, and a
     * block's end has a tag. */
    out->bytes = arena_alloc(arena, html.len / 5 * 6 + 64);
    walk->arena = arena;
    walk->lexicon = lexicon;
    walk->page = out;
    walk->markup = markup_of(html);
    push(walk, (Open){.element = EL_body, .parts = true});
    while (markup_next(&walk->markup, &token)) {
        step(walk, &token);
        walk->markup.foreign = is_foreign(walk);
    }
    end_block(walk);
    out->text = (Str){out->bytes, walk->len};
}
