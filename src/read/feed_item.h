/* SPDX-License-Identifier: Apache-2.0 */
/* read/feed_item.h - one item of a feed, gathered from its elements.
 *
 * Room: read, for feed.c and its two parsers. */
#ifndef READ_FEED_ITEM_H
#define READ_FEED_ITEM_H

#include "read/feed.h"

typedef enum FeedPart {
    FEED_TITLE,
    FEED_URL,
    FEED_GUID,
    FEED_DATE,
    FEED_AUTHOR,
    FEED_CONTENT,
    FEED_SUMMARY,
    FEED_LANGUAGE,
    FEED_SOURCE,
    FEED_PART_COUNT
} FeedPart;

typedef struct FeedItem {
    Buf parts[FEED_PART_COUNT];
    int ranks[FEED_PART_COUNT];  /* of what the part holds; 0: nothing */
    bool plain[FEED_PART_COUNT]; /* text in which "<" is only that */
} FeedItem;

void item_reset(FeedItem *item);
void item_deinit(FeedItem *item);

/* Take `value` for the part, unless it holds one of a better (smaller) rank;
 * authors of the same rank are joined. */
void item_set(FeedItem *item, FeedPart part, int rank, Str value);

/* Append the item to the feed as a JSON line. */
void item_write(FeedItem *item, const Lexicon *lexicon, Feed *feed);

/* The two parsers: fill `out` from the whole of `bytes`. */
MUST_USE Status feed_read_xml(Str bytes, Str address, const Lexicon *lexicon,
                              Feed *out, Error *err);
MUST_USE Status feed_read_json(Str bytes, const Lexicon *lexicon, Feed *out,
                               Error *err);

/* Append `text` with its HTML character references ("&nbsp;", "&#8217;")
 * resolved. */
void feed_put_unescaped(Buf *out, Str text);
/* The character that "nbsp" or "#8217" stands for; 0 for none. */
uint32_t feed_reference(Str name);

/* XML that libxml2 takes, from what servers send: valid UTF-8 without
 * declaration and control characters, every "&" a reference that XML knows. */
MUST_USE Status feed_tidy(Str bytes, Buf *out, Error *err);

#endif
