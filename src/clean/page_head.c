/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_head.c - page_head() of page_head.h. */
#include "clean/page_head.h"

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

void page_head(const HeadInput *in, Clean *out) {
    if (out->outlet.len == 0) {
        out->outlet = outlet_of(in);
    }
    if (out->title.len == 0) {
        out->title = page_title(in);
    }
    if (out->byline.count == 0) {
        page_authors(in, out->title, out->outlet, &out->byline);
    }
    if (out->url.len == 0) {
        out->url = canonical_of(in);
    }
    if (out->language.len == 0) {
        out->language = str_trim(in->page->language);
    }
    if (out->published_from == PUBLISHED_NONE) {
        out->published = page_published(in, out->url, &out->published_from);
    }
    out->modified = page_modified(in);
    out->section = section_of(in);
}
