/* SPDX-License-Identifier: Apache-2.0 */
/* read/feed_list.c - see feed_list.h. */
#include "read/feed_list.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <strings.h>

#include "read/feed_item.h"

enum { DEPTH_MAX = 32 };

static void put_line(Buf *out, Str address) {
    address = str_trim(address);
    if (address.len && address.ptr[0] != '#') {
        buf_push(out, address);
        buf_char(out, '\n');
    }
}

/* The xmlUrl of every outline, whatever folders it lies in. */
static void walk(const xmlNode *node, Buf *out, int depth) {
    for (; node && depth > 0; node = node->next) {
        for (const xmlAttr *at =
                 node->type == XML_ELEMENT_NODE ? node->properties : NULL;
             at; at = at->next) {
            if (strcasecmp((const char *)at->name, "xmlUrl") == 0 &&
                at->children) {
                put_line(out, str_of((const char *)at->children->content));
            }
        }
        walk(node->children, out, depth - 1);
    }
}

static Status read_opml(Str bytes, Buf *out, Error *err) {
    Buf xml = {0};
    Status status = feed_tidy(bytes, &xml, err);
    xmlDocPtr document = NULL;

    if (status == OK) {
        document = xmlReadMemory(xml.ptr, (int)xml.len, NULL, "UTF-8",
                                 XML_PARSE_RECOVER | XML_PARSE_NONET |
                                     XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        if (!document) {
            status = fail(err, ERR_INPUT, "OPML that cannot be read");
        }
    }
    if (document) {
        walk(xmlDocGetRootElement(document), out, DEPTH_MAX);
    }
    xmlFreeDoc(document);
    buf_deinit(&xml);
    return status;
}

Status feed_list_read(Str bytes, Buf *out, Error *err) {
    Str begin = str_trim(bytes);
    size_t before = out->len;
    Status status = OK;

    if (str_starts(begin, str_of("\xEF\xBB\xBF"))) {
        begin = str_trim(str_slice(begin, 3, begin.len));
    }
    if (begin.len && begin.ptr[0] == '<') {
        status = read_opml(begin, out, err);
    } else {
        for (size_t at = 0; at < begin.len;) {
            size_t end = str_find(begin, str_of("\n"), at);
            put_line(out, str_slice(begin, at, end));
            at = end + 1;
        }
    }
    if (status == OK && out->len == before) {
        status = fail(err, ERR_INPUT, "no feed in the list");
    }
    return status == OK ? buf_check(out, err) : status;
}
