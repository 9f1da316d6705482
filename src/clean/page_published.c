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
#include "read/date.h"

enum {
    DATE_TEXT_MAX = 200, /* bytes of a block that is more than a date */
    NEAR_TITLE = 12,     /* blocks: "category" and "tags" are fine there */
    DATELINE = 80,       /* of a paragraph: "Orsk, 12.3.2031 - Rain …" */
};

#define NONE UINT32_MAX

static const char *const published_keys[] = {
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "og:published_time",
    "publishdate",
    "publish_date",
    "publication_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "published-date",
    "cxenseparse:recs:publishtime",
    "shareaholic:article_published_time",
    "rnews:datepublished",
    "citation_publication_date",
    "dc.date",
    "dcterms.date",
    "datecreated",
    "article:post_date",
    "date",
    "last-modified-date-published",
    "analyticsattributes.articledate",
    "timestamp",
    "created",
    "bt:pubdate",
    "article_date_original",
    "originalpublicationdate",
    "gentime",
    NULL};

static const char *const modified_keys[] = {
    "article:modified_time", "datemodified",
    "og:updated_time",       "dcterms.modified",
    "dc.date.modified",      "lastmod",
    "last-modified",         NULL};

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

/* "2013-02-24T23:00Z" is how pages of central Europe write the day after:
 * its midnight, by a clock that does not know of it. */
static void undo_midnight(PageDate *date) {
    if (date->zone != 0 || date->minute != 0 || date->hour < 22 ||
        !date->on_the_hour) {
        return;
    }
    date->hour = -1;
    if (date_exists(date->year, date->month, date->day + 1)) {
        date->day++;
    } else if (date->month < 12) {
        date->day = 1;
        date->month++;
    } else {
        date->day = date->month = 1;
        date->year++;
    }
}

/* The date that a value for machines begins with. */
static Str machine_date(const HeadInput *in, Str value) {
    PageDate date;

    if (value.len == 0 || value.len > DATE_TEXT_MAX ||
        !page_date_find(in->lexicon, value, 0, day_order(in), &date) ||
        date.begin > 12) {
        return (Str){0};
    }
    undo_midnight(&date);
    return page_date_iso(in->arena, &date);
}

static Str linked_date(const HeadInput *in, const Linked *object,
                       const char *key) {
    return machine_date(in, linked_text(in->arena, linked_get(object, key)));
}

static bool is_beside(uint32_t roles) {
    return (roles & (ROLE_COMMENT | ROLE_ASIDE | ROLE_BANNER)) != 0;
}

/* The best <time>: of those that are no update and stand beside nothing else,
 * the one nearest to the headline. */
static Str time_tag(const HeadInput *in, bool anywhere) {
    const Page *page = in->page;
    Str best = {0};
    uint32_t least = NONE;

    for (uint32_t i = 0; i < page->time_count; i++) {
        const PageTime *time = &page->times[i];
        uint32_t distance = head_distance(in, time->block);
        uint32_t roles = head_roles(in, time->element);
        Str found;
        if (is_beside(roles) || page_inside(page, time->element, EL_aside) ||
            page_inside(page, time->element, EL_footer)) {
            distance += 1000;
        }
        distance += roles & ROLE_UPDATED ? 500 : 0;
        distance += roles & ROLE_COMMENT ? 5000 : 0;
        found = distance < least ? machine_date(in, time->value) : (Str){0};
        if (found.len) {
            best = found;
            least = distance;
        }
    }
    return least < (anywhere ? 3000 : 100) ? best : (Str){0};
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
        uint32_t roles = head_roles(in, block->element);
        uint32_t distance = head_distance(in, i);
        int64_t score = 100;
        PageDate date;

        score -= distance < 60 ? distance : 60;
        score += roles & ROLE_DATE ? 40 : 0;
        score -= roles & ROLE_UPDATED ? 20 : 0;
        score -= !is_beside(roles)                                   ? 0
                 : distance <= NEAR_TITLE && !(roles & ROLE_COMMENT) ? 20
                                                                     : 60;
        score -= text.len > DATELINE ? 30 : 0;
        score -= page_inside(page, block->element, EL_footer) ? 40 : 0;
        if (text.len > DATE_TEXT_MAX) { /* a dateline */
            text = str_slice(text, 0, DATELINE);
        }
        if (score <= most ||
            !page_date_find(in->lexicon, text, 0, day_order(in), &date)) {
            continue;
        }
        most = score;
        best = page_date_iso(in->arena, &date);
    }
    return most >= 50 ? best : (Str){0};
}

/* Scripts of the page that carry its fields: `"publishedAt":"2013-02-25..."`.
 */
static Str script_date(const HeadInput *in) {
    static const char *const keys[] = {
        "\"datePublished\"",    "\"published_at\"",      "\"publishedAt\"",
        "\"publishDate\"",      "\"publishedFirst\"",    "\"publicationDate\"",
        "\"publication_date\"", "\"first-publication\"", "\"publishedDate\"",
        "\"publish_date\"",     "\"datePosted\"",        "\"createdAt\"",
    };
    Str html = in->page->html;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        Str key = str_of(keys[i]);
        size_t at = str_find(html, key, 0) + key.len;
        Str found;
        if (at >= html.len) {
            continue;
        }
        while (at < html.len && strchr(" :\"", html.ptr[at])) {
            at++;
        }
        found = machine_date(
            in, str_slice(html, at, at + 30 < html.len ? at + 30 : html.len));
        if (found.len) {
            return found;
        }
    }
    return (Str){0};
}

/* A date that the window's title ends in. */
static Str title_date(const HeadInput *in) {
    PageDate date;

    return page_date_find(in->lexicon, in->facts->window_title, 0,
                          day_order(in), &date)
               ? page_date_iso(in->arena, &date)
               : (Str){0};
}

/* ".../2013/02/25/...", ".../2013-02-25-...", ".../20130225...". */
static Str url_date(const HeadInput *in, Str url) {
    PageDate date;
    size_t from = str_find(url, str_of("//"), 0);

    from = from < url.len ? str_find(url, str_of("/"), from + 2) : 0;
    if (from >= url.len ||
        !page_date_find(in->lexicon, url, from, ORDER_UNKNOWN, &date) ||
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
        {PUBLISHED_TIME_TAG, time_tag(in, false)},
        {PUBLISHED_TEXT, shown_date(in)},
        {PUBLISHED_META, script_date(in)},
        {PUBLISHED_TIME_TAG, time_tag(in, true)},
        {PUBLISHED_META, title_date(in)},
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
