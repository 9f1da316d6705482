/* SPDX-License-Identifier: Apache-2.0 */
/* clean/markup.h - the tokens of an HTML page: text, start tags, end tags.
 *
 * Room: clean. Standard: WHATWG HTML, section 13.2.5 (tokenization), with
 * scripting off. A token is a place in the page, so that all that is made of
 * it can be traced back; nothing is copied and no memory is asked for.
 * Comments, doctypes and processing instructions are passed over. The page is
 * valid UTF-8. */
#ifndef CLEAN_MARKUP_H
#define CLEAN_MARKUP_H

#include "base/str.h"

/* The elements that mean something to us, in the order of their names. */
/* clang-format off */
#define ELEMENTS(X)                                                            \
    X(a) X(abbr) X(address) X(area) X(article) X(aside) X(audio) X(b) X(base)  \
    X(blockquote) X(body) X(br) X(button) X(canvas) X(caption) X(center)       \
    X(cite) X(code) X(col) X(colgroup) X(dd) X(del) X(details) X(dialog)       \
    X(dir) X(div) X(dl) X(dt) X(em) X(embed) X(fieldset) X(figcaption)         \
    X(figure) X(font) X(footer) X(form) X(frame) X(frameset) X(h1) X(h2)       \
    X(h3) X(h4) X(h5) X(h6) X(head) X(header) X(hgroup) X(hr) X(html) X(i)     \
    X(iframe) X(img) X(input) X(ins) X(label) X(legend) X(li) X(link)          \
    X(listing) X(main) X(math) X(menu) X(meta) X(nav) X(noembed) X(noframes)   \
    X(noscript) X(object) X(ol) X(optgroup) X(option) X(p) X(param)            \
    X(picture) X(plaintext) X(pre) X(q) X(rp) X(rt) X(s) X(script) X(search)   \
    X(section) X(select) X(small) X(source) X(span) X(strike) X(strong)        \
    X(style) X(sub) X(summary) X(sup) X(svg) X(table) X(tbody) X(td)           \
    X(template) X(textarea) X(tfoot) X(th) X(thead) X(time) X(title) X(tr)     \
    X(track) X(u) X(ul) X(video) X(wbr) X(xmp)
/* clang-format on */

typedef enum Element {
    EL_OTHER,
#define ELEMENT_NAME(name) EL_##name,
    ELEMENTS(ELEMENT_NAME)
#undef ELEMENT_NAME
        EL_COUNT
} Element;

typedef enum MarkupKind {
    MARKUP_TEXT,  /* `source` is the text, references not yet resolved */
    MARKUP_RAW,   /* the text of a script or style: no references in it */
    MARKUP_START, /* `source` is the tag */
    MARKUP_END,
} MarkupKind;

typedef struct MarkupAttribute {
    Str name, value; /* as they stand in the page */
} MarkupAttribute;

enum { MARKUP_ATTRIBUTES = 24 }; /* kept of one tag; more are passed over */

typedef struct MarkupToken {
    MarkupKind kind;
    Element element;
    Span source;
    bool closes_itself; /* "<path/>" */
    uint32_t attribute_count;
    MarkupAttribute attributes[MARKUP_ATTRIBUTES];
} MarkupToken;

typedef struct Markup {
    Str page;     /* borrowed */
    size_t at;    /* the next byte */
    Element raw;  /* the element whose raw text comes next; EL_OTHER: none */
    bool foreign; /* set by the caller inside svg and math: CDATA is text */
} Markup;

Markup markup_of(Str page);
/* The next token; false at the end. Cost: linear in the page, once. */
bool markup_next(Markup *markup, MarkupToken *token);
/* The value of the attribute, "" when it has none or is not there. `name` is
 * in lower case. */
Str markup_attribute(const MarkupToken *token, const char *name);
bool markup_has(const MarkupToken *token, const char *name);

/* The element of that name, in any case. */
Element element_of(Str name);

/* Read one character of text at `*at`: a character reference is resolved, a
 * NUL is dropped, as the standard has it, and so are marks that nobody sees: 0
 * is returned then. Writes at most MARKUP_CHARACTER bytes to `out` and returns
 * how many; moves `*at` on. */
enum { MARKUP_CHARACTER = 8 };
uint32_t markup_character(Str text, size_t *at, bool attribute,
                          char out[MARKUP_CHARACTER]);
/* `text` with references resolved, white space at the ends dropped and runs of
 * it as one space. Memory: arena, or `text` itself when nothing changes. */
Str markup_plain(Arena *arena, Str text);

#endif
