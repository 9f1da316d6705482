/* SPDX-License-Identifier: Apache-2.0 */
/* read/feed_json.c - JSON Feed 1.0 and 1.1 (jsonfeed.org); see feed.h. */
/* jansson has a function of the same name as one of ours. */
#define json_null jansson_null
#include <jansson.h>
#undef json_null

#include "read/feed_item.h"

static Str text_of(const json_t *value) {
    return json_is_string(value)
               ? (Str){json_string_value(value), json_string_length(value)}
               : (Str){0};
}

static void take(FeedItem *item, FeedPart part, int rank, const json_t *object,
                 const char *key) {
    item_set(item, part, rank, text_of(json_object_get(object, key)));
}

/* 1.1 has a list of authors, 1.0 one; an item without takes the feed's. */
static void take_authors(FeedItem *item, const json_t *object, int rank) {
    const json_t *authors = json_object_get(object, "authors");

    for (size_t i = 0; i < json_array_size(authors); i++) {
        take(item, FEED_AUTHOR, rank, json_array_get(authors, i), "name");
    }
    take(item, FEED_AUTHOR, rank + 1, json_object_get(object, "author"),
         "name");
}

static void take_item(FeedItem *item, const json_t *object,
                      const json_t *feed) {
    item_reset(item);
    take(item, FEED_TITLE, 1, object, "title");
    take(item, FEED_URL, 1, object, "url");
    take(item, FEED_URL, 2, object, "external_url");
    take(item, FEED_GUID, 1, object, "id");
    take(item, FEED_DATE, 1, object, "date_published");
    take(item, FEED_DATE, 2, object, "date_modified");
    take(item, FEED_CONTENT, 1, object, "content_html");
    if (item->ranks[FEED_CONTENT] == 0) {
        take(item, FEED_CONTENT, 2, object, "content_text");
        item->plain[FEED_CONTENT] = true;
    }
    take(item, FEED_SUMMARY, 1, object, "summary");
    item->plain[FEED_SUMMARY] = true;
    take(item, FEED_LANGUAGE, 1, object, "language");
    take(item, FEED_LANGUAGE, 2, feed, "language");
    take_authors(item, object, 1);
    take_authors(item, feed, 3);
}

Status feed_read_json(Str bytes, const Lexicon *lexicon, Feed *out,
                      Error *err) {
    json_error_t why;
    json_t *feed = json_loadb(bytes.ptr, bytes.len, 0, &why);
    const json_t *items = json_object_get(feed, "items");
    FeedItem item = {0};

    if (!json_is_array(items)) {
        Status status =
            feed ? fail(err, ERR_INPUT, "no feed: it has no list of items")
                 : fail(err, ERR_INPUT, "line %d: %s", why.line, why.text);
        json_decref(feed);
        return status;
    }
    buf_push(&out->title, text_of(json_object_get(feed, "title")));
    for (size_t i = 0; i < json_array_size(items); i++) {
        take_item(&item, json_array_get(items, i), feed);
        item_write(&item, lexicon, out);
    }
    item_deinit(&item);
    json_decref(feed);
    return OK;
}
