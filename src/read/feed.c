/* SPDX-License-Identifier: Apache-2.0 */
/* read/feed.c - see feed.h: which kind of feed, and its items as JSON lines. */
#include "read/feed.h"

#include "base/ascii.h"
#include "read/feed_item.h"
#include "read/row.h"

enum { NEAR = 2048 /* bytes in which the declaration is looked for */ };

/* ----------------------------------------------------- told from the content
 */

/* The name of the first element, without prefix: "rss" of "<?xml ...?><rss". */
static Str root_name(Str head) {
    size_t at = 0, end;

    while ((at = str_find(head, str_of("<"), at)) < head.len) {
        Str rest = str_slice(head, at, head.len);
        if (str_starts(rest, str_of("<!--"))) {
            at = str_find(head, str_of("-->"), at);
        } else if (rest.len > 1 && (ascii_alpha(rest.ptr[1]))) {
            break;
        } else {
            at++;
        }
    }
    at = at < head.len ? at + 1 : at;
    for (end = at;
         end < head.len && (ascii_alnum(head.ptr[end]) || head.ptr[end] == ':');
         end++) {
        at = head.ptr[end] == ':' ? end + 1 : at;
    }
    return str_slice(head, at, end);
}

/* Some servers say what is wrong with them first. */
static Str from_declaration(Str head) {
    Str near = str_slice(head, 0, head.len < NEAR ? head.len : NEAR);
    size_t at = str_find(near, str_of("<?xml"), 0);

    return str_trim(str_slice(head, at < near.len ? at : 0, head.len));
}

bool feed_is_xml(Str head) {
    static const char *const roots[] = {"rss", "feed", "RDF"};
    Str begin = from_declaration(head);
    Str root;

    if (begin.len == 0 || begin.ptr[0] != '<') {
        return false;
    }
    root = root_name(begin);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        if (str_equal_fold(root, str_of(roots[i]))) {
            return true;
        }
    }
    return false;
}

/* The value of "version" says so; some write its slashes as "\/". */
bool feed_is_json(Str head) {
    Str begin = str_trim(head), site = str_of("//jsonfeed.org");
    Str escaped = str_of("\\/\\/jsonfeed.org");

    return begin.len && begin.ptr[0] == '{' &&
           str_find(begin, str_of("\"version\""), 0) < begin.len &&
           (str_find(begin, site, 0) < begin.len ||
            str_find(begin, escaped, 0) < begin.len) &&
           str_find(begin, str_of("\"items\""), 0) < begin.len;
}

/* ------------------------------------------------------------------ an item */

void item_reset(FeedItem *item) {
    for (int i = 0; i < FEED_PART_COUNT; i++) {
        buf_reset(&item->parts[i]);
        item->ranks[i] = 0;
        item->plain[i] = false;
    }
}

void item_deinit(FeedItem *item) {
    for (int i = 0; i < FEED_PART_COUNT; i++) {
        buf_deinit(&item->parts[i]);
    }
}

void item_set(FeedItem *item, FeedPart part, int rank, Str value) {
    Buf *to = &item->parts[part];
    bool joins = part == FEED_AUTHOR && item->ranks[part] == rank;

    if (str_trim(value).len == 0 ||
        (item->ranks[part] && item->ranks[part] <= rank && !joins)) {
        return;
    }
    if (joins) {
        buf_put(to, ", ");
    } else {
        buf_reset(to);
    }
    buf_push(to, str_trim(value));
    item->ranks[part] = rank;
}

/* "ada@paper.example (Ada Brandt)", as RSS wants it, is Ada Brandt; an address
 * alone is nobody. */
static Str author_name(Str author) {
    size_t open = str_find(author, str_of("("), 0);

    if (str_find(author, str_of("@"), 0) == author.len) {
        return author;
    }
    if (open == author.len || author.ptr[author.len - 1] != ')') {
        return (Str){0};
    }
    return str_slice(author, open + 1, author.len - 1);
}

/* True if `text` holds a tag: "<" and a letter, or "</". */
static bool has_markup(Str text) {
    for (size_t at = 0; at + 1 < text.len; at++) {
        if (text.ptr[at] == '<' &&
            (ascii_alpha(text.ptr[at + 1]) || text.ptr[at + 1] == '/')) {
            return true;
        }
    }
    return false;
}

static void put_unescaped(Json *json, Field field, Str text,
                          const Lexicon *lexicon) {
    Buf plain = {0};

    feed_put_unescaped(&plain, text);
    (void)row_put(json, field, buf_str(&plain), lexicon);
    buf_deinit(&plain);
}

static void put_content(Json *json, FeedItem *item, const Lexicon *lexicon) {
    FeedPart part = item->parts[FEED_CONTENT].len ? FEED_CONTENT : FEED_SUMMARY;
    Str text = buf_str(&item->parts[part]);

    if (item->plain[part]) {
        (void)row_put(json, FIELD_TEXT, text, lexicon);
    } else if (has_markup(text)) {
        (void)row_put(json, FIELD_HTML, text, lexicon);
    } else {
        put_unescaped(json, FIELD_TEXT, text, lexicon);
    }
}

/* Numbers are no names for a report: other feeds count too. */
static bool is_unique(Str guid) {
    return str_find(guid, str_of(":"), 0) < guid.len;
}

void item_write(FeedItem *item, const Lexicon *lexicon, Feed *feed) {
    Json json = json_to(&feed->lines);
    Str guid = buf_str(&item->parts[FEED_GUID]);
    Str date = buf_str(&item->parts[FEED_DATE]);

    json_open(&json, '{');
    put_unescaped(&json, FIELD_TITLE, buf_str(&item->parts[FEED_TITLE]),
                  lexicon);
    (void)row_put(&json, FIELD_URL, buf_str(&item->parts[FEED_URL]), lexicon);
    if (item->parts[FEED_URL].len == 0 && is_unique(guid)) {
        (void)row_put(&json, FIELD_ID, guid, lexicon);
    } else if (guid.len) {
        json_key_str(&json, "guid", guid);
    }
    if (!row_put(&json, FIELD_PUBLISHED, date, lexicon) && date.len) {
        json_key_str(&json, "date", date);
    }
    put_unescaped(&json, FIELD_BYLINE,
                  author_name(buf_str(&item->parts[FEED_AUTHOR])), lexicon);
    put_unescaped(&json, FIELD_OUTLET, buf_str(&item->parts[FEED_SOURCE]),
                  lexicon);
    (void)row_put(&json, FIELD_LANGUAGE, buf_str(&item->parts[FEED_LANGUAGE]),
                  lexicon);
    if (feed->title.len) {
        json_key_str(&json, "feed", buf_str(&feed->title));
    }
    put_content(&json, item, lexicon);
    json_close(&json, '}');
    buf_char(&feed->lines, '\n');
    feed->count++;
}

/* ------------------------------------------------------------------- public */

Status feed_read(Str bytes, Str address, const Lexicon *lexicon, Feed *out,
                 Error *err) {
    Status status;

    buf_reset(&out->title);
    buf_reset(&out->lines);
    out->count = 0;
    out->cut_off = false;
    status = feed_is_json(bytes)
                 ? feed_read_json(bytes, lexicon, out, err)
                 : feed_read_xml(bytes, address, lexicon, out, err);
    return status == OK ? buf_check(&out->lines, err) : status;
}

void feed_deinit(Feed *feed) {
    buf_deinit(&feed->title);
    buf_deinit(&feed->lines);
}
