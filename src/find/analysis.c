/* SPDX-License-Identifier: Apache-2.0 */
/* find/analysis.c - see analysis.h: the contract's words for the enums. */
#include "find/analysis.h"

#include <assert.h>

const char *entity_type_name(EntityType type) {
    static const char *const names[ENTITY_TYPE_COUNT] = {
        "PER", "ORG", "LOC", "GPE", "NORP", "EVENT", "MISC",
    };

    assert(type < ENTITY_TYPE_COUNT);
    return names[type];
}

const char *mention_kind_name(MentionKind kind) {
    static const char *const names[MENTION_KIND_COUNT] = {
        "name",
        "nominal",
        "pronoun",
    };

    assert(kind < MENTION_KIND_COUNT);
    return names[kind];
}

const char *time_type_name(TimeType type) {
    static const char *const names[TIME_TYPE_COUNT] = {
        "DATE",
        "TIME",
        "DURATION",
        "SET",
    };

    assert(type < TIME_TYPE_COUNT);
    return names[type];
}

const char *quote_kind_name(QuoteKind kind) {
    static const char *const names[QUOTE_KIND_COUNT] = {
        "direct",
        "mixed",
        "indirect",
    };

    assert(kind < QUOTE_KIND_COUNT);
    return names[kind];
}

const char *figure_kind_name(FigureKind kind) {
    static const char *const names[FIGURE_KIND_COUNT] = {
        "killed",   "wounded",  "missing",  "displaced", "detained",
        "abducted", "defected", "deployed", "affected",  "other",
    };

    assert(kind < FIGURE_KIND_COUNT);
    return names[kind];
}

const char *event_status_name(EventStatus status) {
    static const char *const names[EVENT_STATUS_COUNT] = {
        "done",     "ongoing",     "stated", "planned",
        "demanded", "conditional", "denied", "alleged",
    };

    assert(status < EVENT_STATUS_COUNT);
    return names[status];
}

const char *published_from_name(PublishedFrom from) {
    static const char *const names[PUBLISHED_FROM_COUNT] = {
        "none", "given", "jsonld", "meta", "time-tag", "text", "url",
    };

    assert(from < PUBLISHED_FROM_COUNT);
    return names[from];
}

const char *page_kind_name(PageKind kind) {
    static const char *const names[PAGE_KIND_COUNT] = {
        "none", "article", "listing", "error", "consent", "other",
    };

    assert(kind < PAGE_KIND_COUNT);
    return names[kind];
}

const char *block_kind_name(BlockKind kind) {
    static const char *const names[BLOCK_KIND_COUNT] = {
        "paragraph", "title",     "heading", "byline",
        "item",      "quotation", "litter",
    };

    assert(kind < BLOCK_KIND_COUNT);
    return names[kind];
}
