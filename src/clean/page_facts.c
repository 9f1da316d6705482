/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_facts.c - see page_facts.h. */
#include "clean/page_facts.h"

#include <string.h>

Str page_meta(Arena *arena, const Page *page, const char *const *keys) {
    for (; *keys; keys++) {
        for (uint32_t i = 0; i < page->meta_count; i++) {
            const PageMeta *meta = &page->metas[i];
            if (str_equal_fold(meta->key, str_of(*keys))) {
                Str value = markup_plain(arena, meta->value);
                if (value.len) {
                    return value;
                }
            }
        }
    }
    return (Str){0};
}

/* How good an object is as the page's article: its type is of schema.org's
 * articles. 0: it is none. */
static uint32_t article_rank(const Linked *object) {
    static const struct {
        const char *type;
        uint32_t rank;
    } types[] = {
        {"NewsArticle", 4},
        {"ReportageNewsArticle", 4},
        {"Article", 3},
        {"BlogPosting", 3},
        {"Report", 3},
        {"AnalysisNewsArticle", 3},
        {"OpinionNewsArticle", 3},
        {"LiveBlogPosting", 3},
        {"TechArticle", 3},
        {"ScholarlyArticle", 3},
        {"SocialMediaPosting", 2},
        {"Review", 1},
        {"Recipe", 2},
        {"DiscussionForumPosting", 1},
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (linked_is(object, types[i].type)) {
            return types[i].rank;
        }
    }
    return 0;
}

/* The best article and the page among `value` and all below it; the first of
 * equals. A list of other articles is no better than the first of them. */
static void search(const Linked *value, uint32_t *rank, PageFacts *out) {
    for (; value; value = value->next) {
        if (value->kind == LINKED_OBJECT) {
            uint32_t found = article_rank(value);
            if (found > *rank) {
                *rank = found;
                out->article = value;
            }
            if (!out->page &&
                (linked_is(value, "WebPage") || linked_is(value, "ItemPage"))) {
                out->page = value;
            }
        }
        search(value->first, rank, out);
    }
}

/* The first object below `value` with that "@id" and a name. */
static const Linked *named_so(const Linked *value, Str id) {
    const Linked *found = NULL;

    for (; value && !found; value = value->next) {
        const Linked *own = linked_get(value, "@id");
        if (own && str_equal(own->text, id) && linked_get(value, "name")) {
            return value;
        }
        found = named_so(value->first, id);
    }
    return found;
}

const Linked *page_linked(const PageFacts *facts, const Linked *value) {
    const Linked *id = linked_get(value, "@id"), *found;

    if (!id || id->text.len == 0 || linked_get(value, "name")) {
        return value;
    }
    found = named_so(facts->linked, id->text);
    return found ? found : value;
}

void page_facts(Arena *arena, const Page *page, PageFacts *out) {
    static const char *const titles[] = {"og:title", "twitter:title",
                                         "dc.title", "dcterms.title", NULL};
    static const char *const sites[] = {"og:site_name", "application-name",
                                        "dc.publisher", NULL};
    static const char *const descriptions[] = {"og:description", "description",
                                               "twitter:description", NULL};
    static const char *const types[] = {"og:type", NULL};
    uint32_t rank = 0;

    memset(out, 0, sizeof *out);
    for (uint32_t i = page->linked_data.count; i-- > 0;) {
        Linked *value =
            linked_parse(arena, str_at(page->html, page->linked_data.items[i]));
        if (value) {
            value->next = out->linked;
            out->linked = value;
        }
    }
    search(out->linked, &rank, out);
    out->linked_title =
        linked_text(arena, linked_get(out->article, "headline"));
    out->body = linked_text(arena, linked_get(out->article, "articleBody"));
    out->meta_title = page_meta(arena, page, titles);
    out->window_title = markup_plain(arena, page->title);
    out->site = page_meta(arena, page, sites);
    out->description = page_meta(arena, page, descriptions);
    out->type = page_meta(arena, page, types);
}
