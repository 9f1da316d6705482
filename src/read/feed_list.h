/* SPDX-License-Identifier: Apache-2.0 */
/* read/feed_list.h - lists of feeds.
 *
 * Room: read. OPML, as feed readers export it, or one address a line; lines
 * that begin with "#" are comments. */
#ifndef READ_FEED_LIST_H
#define READ_FEED_LIST_H

#include "base/buf.h"

/* Append the addresses of the list `bytes` to `out`, each closed by a newline,
 * in order. Errors: ERR_INPUT (none in it, OPML that cannot be read). */
MUST_USE Status feed_list_read(Str bytes, Buf *out, Error *err);

#endif
