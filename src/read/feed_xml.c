/* SPDX-License-Identifier: Apache-2.0 */
/* read/feed_xml.c - RSS and Atom; see feed.h.
 *
 *     rss/channel/item     RSS 0.9x, 2.0
 *     RDF/item             RSS 1.0 (the channel stands beside its items)
 *     feed/entry           Atom
 *
 * Elements are known by name and namespace, the namespace by its address; a
 * prefix that was never declared counts as the one that it usually is. */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "read/feed_item.h"

enum { NAME_LONGEST = 64 };

/* How the elements of an item are called, and which is taken first. */
static const struct {
    const char *name;
    FeedPart part;
    int rank;
} elements[] = {
    {"title", FEED_TITLE, 1},
    {"dc:title", FEED_TITLE, 2},
    {"link", FEED_URL, 1},
    {"guid", FEED_GUID, 1},
    {"id", FEED_GUID, 1},
    {"pubDate", FEED_DATE, 1},
    {"published", FEED_DATE, 1},
    {"issued", FEED_DATE, 1},
    {"dc:date", FEED_DATE, 2},
    {"dcterms:issued", FEED_DATE, 2},
    {"dcterms:created", FEED_DATE, 2},
    {"updated", FEED_DATE, 3},
    {"modified", FEED_DATE, 3},
    {"dc:creator", FEED_AUTHOR, 1},
    {"author", FEED_AUTHOR, 2},
    {"content:encoded", FEED_CONTENT, 1},
    {"content", FEED_CONTENT, 1},
    {"body", FEED_CONTENT, 2},
    {"description", FEED_SUMMARY, 1},
    {"summary", FEED_SUMMARY, 1},
    {"dc:description", FEED_SUMMARY, 2},
    {"dc:language", FEED_LANGUAGE, 1},
    {"language", FEED_LANGUAGE, 1},
    {"source", FEED_SOURCE, 1},
    {"dc:publisher", FEED_SOURCE, 2},
};

/* Beginnings of namespaces, and the prefix under which `elements` has them. */
static const struct {
    const char *address, *prefix;
} namespaces[] = {
    {"http://purl.org/rss/1.0/modules/content", "content"},
    {"http://purl.org/rss/1.0/", ""},
    {"http://my.netscape.com/rdf/simple/0.9", ""},
    {"http://backend.userland.com/", ""},
    {"http://www.w3.org/2005/Atom", ""},
    {"http://purl.org/atom/", ""},
    {"http://purl.org/dc/elements/", "dc"},
    {"http://purl.org/dc/terms/", "dcterms"},
    {"http://www.w3.org/1999/xhtml", ""},
};

static Str str_of_xml(const xmlChar *text) {
    return str_of((const char *)text);
}

static bool is_named(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE &&
           strcasecmp((const char *)node->name, name) == 0;
}

/* "content:encoded", whatever prefix the feed has for it. */
static Str qualified(const xmlNode *node, char out[NAME_LONGEST]) {
    const char *prefix = "";

    if (node->ns) {
        prefix = node->ns->prefix ? (const char *)node->ns->prefix : "";
        for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++) {
            if (str_starts(str_of_xml(node->ns->href),
                           str_of(namespaces[i].address))) {
                prefix = namespaces[i].prefix;
                break;
            }
        }
    }
    snprintf(out, NAME_LONGEST, "%s%s%s", prefix, *prefix ? ":" : "",
             (const char *)node->name);
    return str_of(out);
}

/* All text below `node`. */
static void gather(const xmlNode *node, Buf *out, int depth) {
    for (const xmlNode *at = node->children; at && depth > 0; at = at->next) {
        if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) {
            buf_push(out, str_of_xml(at->content));
        } else if (at->type == XML_ELEMENT_NODE) {
            gather(at, out, depth - 1);
        }
    }
}

/* The markup inside `node`, for Atom's xhtml. */
static void dump(xmlNode *node, Buf *out) {
    xmlBufferPtr text = xmlBufferCreate();

    for (xmlNode *at = node->children; text && at; at = at->next) {
        xmlNodeDump(text, node->doc, at, 0, 0);
    }
    if (text) {
        buf_push(out, str_of_xml(xmlBufferContent(text)));
        xmlBufferFree(text);
    }
}

static bool attribute_is(xmlNode *node, const char *name, const char *value) {
    xmlChar *found = xmlGetNoNsProp(node, (const xmlChar *)name);
    bool same = found && strcasecmp((const char *)found, value) == 0;

    xmlFree(found);
    return same;
}

static bool has_attribute(xmlNode *node, const char *name) {
    return xmlHasProp(node, (const xmlChar *)name) != NULL;
}

static const xmlNode *child(const xmlNode *node, const char *name) {
    const xmlNode *at = node->children;

    while (at && !is_named(at, name)) {
        at = at->next;
    }
    return at;
}

/* ------------------------------------------------------------------- items */

typedef struct Reading {
    FeedItem item;
    Buf value;
    Str address; /* of the feed */
    const Lexicon *lexicon;
    Feed *out;
} Reading;

/* Relative addresses are the feed's own, or as xml:base says. */
static void set_url(Reading *reading, xmlNode *node, int rank, Str value) {
    char base[2048];
    xmlChar *own = xmlNodeGetBase(node->doc, node);
    xmlChar *whole;

    value = str_trim(value);
    snprintf(base, sizeof base, "%.*s", (int)reading->address.len,
             reading->address.ptr);
    buf_reset(&reading->value);
    buf_push(&reading->value, value);
    buf_char(&reading->value, '\0');
    if (reading->value.status != OK) {
        xmlFree(own);
        return;
    }
    whole = xmlBuildURI(
        (const xmlChar *)reading->value.ptr,
        own && strstr((const char *)own, "://") ? own : (const xmlChar *)base);
    item_set(&reading->item, FEED_URL, rank, whole ? str_of_xml(whole) : value);
    xmlFree(whole);
    xmlFree(own);
}

/* RSS has the address as text, Atom as href of links of several kinds. */
static void take_link(Reading *reading, xmlNode *node, int rank) {
    xmlChar *href = xmlGetNoNsProp(node, (const xmlChar *)"href");

    if (href && (!has_attribute(node, "rel") ||
                 attribute_is(node, "rel", "alternate"))) {
        bool page = !has_attribute(node, "type") ||
                    attribute_is(node, "type", "text/html");
        set_url(reading, node, page ? rank : rank + 1, str_of_xml(href));
    } else if (!href) {
        Buf text = {0};
        gather(node, &text, 1);
        if (str_trim(buf_str(&text)).len) {
            set_url(reading, node, rank, buf_str(&text));
        }
        buf_deinit(&text);
    }
    xmlFree(href);
}

/* What stands in the element itself in RSS, in a child of it in Atom: the name
 * of an author, the title of a source. */
static void take_inner(Reading *reading, const xmlNode *node, FeedPart part,
                       int rank) {
    const xmlNode *inner = child(node, part == FEED_AUTHOR ? "name" : "title");

    gather(inner ? inner : node, &reading->value, 2);
    item_set(&reading->item, part, rank, buf_str(&reading->value));
}

static void take_text(Reading *reading, xmlNode *node, FeedPart part,
                      int rank) {
    bool markup = attribute_is(node, "type", "xhtml") ||
                  attribute_is(node, "mode", "xml");
    bool plain = attribute_is(node, "type", "text") ||
                 attribute_is(node, "type", "text/plain");

    if (part == FEED_CONTENT && has_attribute(node, "src")) {
        return; /* it lies elsewhere */
    }
    if (markup) {
        dump(node, &reading->value);
    } else {
        gather(node, &reading->value, 64);
    }
    item_set(&reading->item, part, rank, buf_str(&reading->value));
    reading->item.plain[part] = plain;
}

static void take_element(Reading *reading, xmlNode *node) {
    char space[NAME_LONGEST];
    Str name = qualified(node, space);
    size_t i = 0, count = sizeof elements / sizeof *elements;

    while (i < count && !str_is(name, elements[i].name)) {
        i++;
    }
    if (i == count) {
        return;
    }
    buf_reset(&reading->value);
    if (elements[i].part == FEED_URL) {
        take_link(reading, node, elements[i].rank);
    } else if (elements[i].part == FEED_AUTHOR ||
               elements[i].part == FEED_SOURCE) {
        take_inner(reading, node, elements[i].part, elements[i].rank);
    } else {
        take_text(reading, node, elements[i].part, elements[i].rank);
        if (elements[i].part == FEED_GUID &&
            attribute_is(node, "isPermaLink", "true")) {
            set_url(reading, node, 3, buf_str(&reading->value));
        }
    }
}

static void take_item(Reading *reading, xmlNode *node, Str language) {
    item_reset(&reading->item);
    item_set(&reading->item, FEED_LANGUAGE, 9, language);
    for (xmlNode *at = node->children; at; at = at->next) {
        if (at->type == XML_ELEMENT_NODE) {
            take_element(reading, at);
        }
    }
    item_write(&reading->item, reading->lexicon, reading->out);
}

/* -------------------------------------------------------------------- feeds */

static bool is_item(const xmlNode *node) {
    return is_named(node, "item") || is_named(node, "entry");
}

/* A feed that was cut off ends in an item that is not whole. */
static bool is_last(const xmlNode *node) {
    for (node = node->next; node; node = node->next) {
        if (node->type == XML_ELEMENT_NODE) {
            return false;
        }
    }
    return true;
}

static void take_items(Reading *reading, xmlNode *parent, Str language) {
    for (xmlNode *at = parent->children; at; at = at->next) {
        if (is_item(at) && !(reading->out->cut_off && is_last(at))) {
            take_item(reading, at, language);
        }
    }
}

static void take_feed(Reading *reading, xmlNode *root) {
    xmlNode *channel = (xmlNode *)(uintptr_t)child(root, "channel");
    const xmlNode *head = channel ? channel : root;
    const xmlNode *title = child(head, "title"), *site = child(head, "link");
    const xmlNode *language = child(head, "language");
    xmlChar *lang = xmlNodeGetLang(root);
    Buf name = {0}, base = {0};

    if (site && reading->address.len == 0) {
        gather(site, &base, 1);
        reading->address = str_trim(buf_str(&base));
    }
    if (title) {
        gather(title, &name, 1);
        feed_put_unescaped(&reading->out->title, str_trim(buf_str(&name)));
    }
    buf_reset(&name);
    if (language) {
        gather(language, &name, 1);
    } else if (lang) {
        buf_push(&name, str_of_xml(lang));
    }
    take_items(reading, root, buf_str(&name));
    if (channel) {
        take_items(reading, channel, buf_str(&name));
    }
    xmlFree(lang);
    buf_deinit(&base);
    buf_deinit(&name);
}

/* True if `xml` ends with the end of its root, "</rss>". */
static bool is_whole(Str xml, const xmlNode *root) {
    size_t at = xml.len;

    while (at > 0 && xml.ptr[at - 1] != '<') {
        at--;
    }
    for (int comments = 0;
         comments < 3 && at > 0 && at < xml.len && xml.ptr[at] == '!';
         comments++) {
        for (at--; at > 0 && xml.ptr[at - 1] != '<'; at--) {
        }
    }
    return at < xml.len && xml.ptr[at] == '/' &&
           str_find(str_slice(xml, at, xml.len), str_of_xml(root->name), 0) <
               xml.len - at;
}

static bool is_feed(const xmlNode *root) {
    return is_named(root, "rss") || is_named(root, "feed") ||
           is_named(root, "RDF") || is_named(root, "channel");
}

static Status read_document(xmlDocPtr document, Str xml, Reading *reading,
                            Error *err) {
    xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;

    if (!root || !is_feed(root)) {
        return fail(err, ERR_INPUT, "no feed: %s%s",
                    root ? "its root is " : "no XML can be read from it",
                    root ? (const char *)root->name : "");
    }
    reading->out->cut_off = !is_whole(xml, root);
    take_feed(reading, root);
    return OK;
}

Status feed_read_xml(Str bytes, Str address, const Lexicon *lexicon, Feed *out,
                     Error *err) {
    Reading reading = {.address = address, .lexicon = lexicon, .out = out};
    Buf xml = {0};
    Status status = feed_tidy(bytes, &xml, err);

    if (status == OK && xml.len > INT32_MAX) {
        status = fail(err, ERR_LIMIT, "a feed of %zu bytes", xml.len);
    }
    if (status == OK) {
        xmlDocPtr document =
            xmlReadMemory(xml.ptr, (int)xml.len, NULL, "UTF-8",
                          XML_PARSE_RECOVER | XML_PARSE_NONET |
                              XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        status =
            read_document(document, str_trim(buf_str(&xml)), &reading, err);
        xmlFreeDoc(document);
    }
    item_deinit(&reading.item);
    buf_deinit(&reading.value);
    buf_deinit(&xml);
    return status;
}
