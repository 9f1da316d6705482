/* SPDX-License-Identifier: Apache-2.0 */
/* read/page_charset.h - which charset an HTML page is in.
 *
 * Room: read. Standard: WHATWG HTML, 13.2.3 (determining the character
 * encoding) and Encoding, "names and labels"; with one liberty: a page that is
 * valid UTF-8 beyond ASCII is UTF-8 even if its <meta> says otherwise, since
 * archives convert pages and leave that as it was, and no other charset looks
 * like UTF-8 by chance. */
#ifndef READ_PAGE_CHARSET_H
#define READ_PAGE_CHARSET_H

#include "read/charset.h"

/* The charset of the page: its byte order mark, what was `given` with it
 * (empty: nothing), its <meta>, in that order; as iconv names it, in `name`.
 * NULL where none of these says: then it is to be detected. */
const char *page_charset(Str page, Str given, char name[CHARSET_NAME_MAX]);

#endif
