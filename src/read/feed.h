/* SPDX-License-Identifier: Apache-2.0 */
/* read/feed.h - feeds: what a site says that it has published last.
 *
 * Room: read. RSS 0.9x and 2.0, RSS 1.0 (RDF), Atom 1.0 and 0.3, JSON Feed 1.0
 * and 1.1, as they are in the wild: without declarations, with bare
 * ampersands, undeclared entities and prefixes, control characters, bytes of
 * another charset, cut off. libxml2 reads the XML, without network, DTD and
 * entities; jansson the JSON.
 *
 *     <item><title>Rain</title><link>http://a.example/1</link>
 *           <description>It rained.</description></item>
 *     -> {"title":"Rain","url":"http://a.example/1","text":"It rained."}
 *
 * Each item becomes a JSON line (row.h): content where there is any, else the
 * summary; as "html" where it holds markup, else as "text". */
#ifndef READ_FEED_H
#define READ_FEED_H

#include "base/buf.h"
#include "base/lexicon.h"

typedef struct Feed {
    Buf title;
    Buf lines; /* a JSON line an item, in the feed's order */
    uint32_t count;
    bool cut_off; /* the feed ends in the middle; its last item is left out */
} Feed;

/* True if `head`, the start of a file, is that of a feed. */
bool feed_is_xml(Str head);
bool feed_is_json(Str head);

/* Read a whole feed. `address` (may be empty): where it came from, for links
 * that are relative. `*out` is zeroed by the caller, and filled from empty.
 * Errors: ERR_INPUT (no feed), ERR_LIMIT, ERR_NOMEM.
 * Cost: linear; memory some ten times the bytes. */
MUST_USE Status feed_read(Str bytes, Str address, const Lexicon *lexicon,
                          Feed *out, Error *err);
void feed_deinit(Feed *feed);

#endif
