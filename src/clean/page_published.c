/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_published.c - page_published() and page_modified() of page_head.h.
 *
 * Sources, from the surest: linked data of the article, <meta> that names the
 * day of publication, a day in the url, <time> and dates that stand by the
 * headline. Dates of comments, of related reports and of the copyright are
 * passed over by where they stand. */
#include "clean/page_head.h"

#include <string.h>

#include "base/utf8.h"

enum {
    DATE_TEXT_MAX = 200, /* bytes of a block that is more than a date */
    NEAR_TITLE = 12,     /* blocks */
    NONE = UINT32_MAX,
};

static const char *const published_keys[] = {
    "article:published_time", "og:article:published_time", "datepublished",
    "article:published", "og:published_time", "publishdate", "publish_date",
    "publication_date", "pubdate", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "dcterms.created", "parsely-pub-date",
    "sailthru.date", "article.published", "published-date",
    "cxenseparse:recs:publishtime", "shareaholic:article_published_time",
    "rnews:datepublished", "citation_publication_date", "dc.date",
    "dcterms.date", "datecreated", "article:post_date", "date", "last-modified-date-published",
    "analyticsattributes.articledate", "timestamp", "created", "bt:pubdate",
    "article_date_original", "originalpublicationdate", "gentime", NULL};

static const char *const modified_keys[] = {
    "article:modified_time", "datemodified", "og:updated_time",
    "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", NULL};

static DayOrder day_order(const HeadInput *in) {
    Str language = in->page->language;

    if (language.len >= 5 &&
        str_equal_fold(str_slice(language, 3, 5), str_of("us"))) {
        return ORDER_MONTH_FIRST;
    }
    if (language.len >= 2 &&
        str_equal_fold(str_slice(language, 0, 2), str_of("en")) &&
        (language.len == 2)) {
        return ORDER_UNKNOWN;
    }
    return language.len ? ORDER_DAY_FIRST : ORDER_UNKNOWN;
}

/* The date that a value for machines begins with. */
static Str machine_date(const HeadInput *in, Str value) {
    PageDate date;

    if (value.len == 0 || value.len > DATE_TEXT_MAX ||
        !page_date_find(in->lexicon, value, 0, day_order(in), &date) ||
        date.begin > 12) {
        return (Str){0};
    }
    return page_date_iso(in->arena, &date);
}

static Str linked_date(const HeadInput *in, const Linked *object,
                       const char *key) {
    return machine_date(in,
                        linked_text(in->arena, linked_get(object, key)));
}

static bool is_beside(uint32_t roles) {
    return (roles & (ROLE_COMMENT | ROLE_ASIDE | ROLE_BANNER)) != 0;
}

/* Blocks from the headline; a place before it counts double. */
static uint32_t title_distance(const HeadInput *in, uint32_t block) {
    uint32_t h1 = in->features->h1;

    if (h1 == NONE) {
        return block;
    }
    return block >= h1 ? block - h1 : 2 * (h1 - block);
}

/* The best <time>: of those that are no update and stand beside nothing else,
 * the one nearest to the headline. */
static Str time_tag(const HeadInput *in) {
    const Page *page = in->page;
    Str best = {0};
    uint32_t least = NONE;

    for (uint32_t i = 0; i < page->time_count; i++) {
        const PageTime *time = &page->times[i];
        uint32_t distance = title_distance(in, time->block);
        Str found;
        if (is_beside(time->roles) || page_inside(page, time->element, EL_aside) ||
            page_inside(page, time->element, EL_footer)) {
            distance += 1000;
        }
        if (time->roles & ROLE_UPDATED) {
            distance += 500;
        }
        if (distance < least &&
            (found = machine_date(in, time->value)).len) {
            best = found;
            least = distance;
        }
    }
    return least < 100 ? best : (Str){0};
}

/* A date that is shown: in a short block, or one whose class says date, near
 * the headline. */
static Str shown_date(const HeadInput *in) {
    const Page *page = in->page;
    Str best = {0};
    int64_t most = 0;

    for (uint32_t i = 0; i < page->block_count; i++) {
        const PageBlock *block = &page->blocks[i];
        Str text = str_at(page->text, block->text);
        uint32_t roles = page_roles(page, block->element);
        uint32_t distance = title_distance(in, i);
        int64_t score = 100;
        PageDate date;

        score -= distance < 60 ? distance : 60;
        score += roles & ROLE_DATE ? 40 : 0;
        score -= roles & ROLE_UPDATED ? 20 : 0;
        score -= is_beside(roles) ? 60 : 0;
        score -= text.len > 80 ? 30 : 0;
        score -= page_inside(page, block->element, EL_footer) ? 40 : 0;
        if (score <= most || text.len > DATE_TEXT_MAX ||
            !page_date_find(in->lexicon, text, 0, day_order(in), &date)) {
            continue;
        }
        most = score;
        best = page_date_iso(in->arena, &date);
    }
    return most >= 50 ? best : (Str){0};
}

/* ".../2013/02/25/...", ".../2013-02-25-...", ".../20130225...". */
static Str url_date(const HeadInput *in, Str url) {
    PageDate date;
    size_t from = str_find(url, str_of("//"), 0);

    from = from < url.len ? str_find(url, str_of("/"), from + 2) : 0;
    if (from >= url.len || !page_date_find(in->lexicon, url, from,
                                           ORDER_UNKNOWN, &date) ||
        url.ptr[date.begin + 3] < '0' || url.ptr[date.begin + 3] > '9') {
        return (Str){0};
    }
    return page_date_iso(in->arena, &date);
}

static Str meta_date(const HeadInput *in, const char *const *keys) {
    for (; *keys; keys++) {
        const char *const one[] = {*keys, NULL};
        Str found = machine_date(in, page_meta(in->arena, in->page, one));
        if (found.len) {
            return found;
        }
    }
    return (Str){0};
}

Str page_published(const HeadInput *in, Str url, PublishedFrom *from) {
    const struct {
        PublishedFrom from;
        Str date;
    } found[] = {
        {PUBLISHED_LINKED,
         linked_date(in, in->facts->article, "datePublished")},
        {PUBLISHED_META, meta_date(in, published_keys)},
        {PUBLISHED_URL, url_date(in, url)},
        {PUBLISHED_LINKED, linked_date(in, in->facts->page, "datePublished")},
        {PUBLISHED_TIME_TAG, time_tag(in)},
        {PUBLISHED_TEXT, shown_date(in)},
    };

    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        if (found[i].date.len) {
            *from = found[i].from;
            return found[i].date;
        }
    }
    return (Str){0};
}

Str page_modified(const HeadInput *in) {
    Str linked = linked_date(in, in->facts->article, "dateModified");

    return linked.len ? linked : meta_date(in, modified_keys);
}
