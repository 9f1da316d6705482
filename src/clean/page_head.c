/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_head.c - page_head() of page_head.h. */
#include "clean/page_head.h"

enum { AFTER_BLOCKS = 4 }; /* what stands below the text is further off */

static Str outlet_of(const HeadInput *in) {
    const Linked *publisher = linked_get(in->facts->article, "publisher");
    Str name = linked_text(in->arena, linked_get(publisher, "name"));

    return in->facts->site.len ? in->facts->site : name;
}

static bool is_address(Str url) {
    return str_starts(url, str_of("http://")) ||
           str_starts(url, str_of("https://"));
}

static Str canonical_of(const HeadInput *in) {
    static const char *const keys[] = {"og:url", NULL};
    Str link = markup_plain(in->arena, in->page->canonical);
    Str meta = page_meta(in->arena, in->page, keys);

    if (is_address(link)) {
        return link;
    }
    return is_address(meta) ? meta : (Str){0};
}

static Str section_of(const HeadInput *in) {
    static const char *const keys[] = {"article:section", "parsely-section",
                                       "articlesection", NULL};
    Str linked = linked_text(in->arena,
                             linked_get(in->facts->article, "articleSection"));

    return linked.len ? linked : page_meta(in->arena, in->page, keys);
}

uint32_t head_roles(const HeadInput *in, uint32_t element) {
    uint32_t roles = 0;

    for (;; element = in->page->elements[element].parent) {
        const PageElement *at = &in->page->elements[element];
        if ((in->title >= at->first && in->title < at->last) ||
            at->parent == element) {
            return roles;
        }
        roles |= at->roles;
    }
}

uint32_t head_distance(const HeadInput *in, uint32_t block) {
    uint32_t title =
        block >= in->title ? block - in->title : 2 * (in->title - block);
    uint32_t last =
        block >= in->last ? block - in->last + AFTER_BLOCKS : UINT32_MAX;

    return title < last ? title : last;
}

static uint32_t last_text(const HeadInput *in) {
    for (uint32_t i = in->page->block_count; i-- > 0;) {
        if (in->kept[i] && in->features->counts[i].prose) {
            return i;
        }
    }
    return UINT32_MAX;
}

/* The first paragraph of the main text. */
static uint32_t first_text(const HeadInput *in) {
    for (uint32_t i = 0; i < in->page->block_count; i++) {
        if (in->kept[i] && in->features->counts[i].prose) {
            return i;
        }
    }
    return 0;
}

uint32_t page_head(HeadInput in, Clean *out) {
    Str title = markup_plain(in.arena, page_title(&in, &in.title));
    uint32_t shown = in.title;

    in.last = last_text(&in);
    if (in.title == UINT32_MAX) {
        in.title = first_text(&in);
    }
    if (out->outlet.len == 0) {
        out->outlet = outlet_of(&in);
    }
    if (out->title.len == 0) {
        out->title = title;
    }
    if (out->byline.count == 0) {
        page_authors(&in, out->outlet, &out->byline);
    }
    if (out->url.len == 0) {
        out->url = canonical_of(&in);
    }
    if (out->language.len == 0) {
        out->language = str_trim(in.page->language);
    }
    if (out->published_from == PUBLISHED_NONE) {
        out->published = page_published(&in, out->url, &out->published_from);
    }
    out->modified = page_modified(&in);
    out->section = section_of(&in);
    return shown;
}
