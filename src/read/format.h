/* SPDX-License-Identifier: Apache-2.0 */
/* read/format.h - which format a file has, told from its first bytes.
 *
 * Room: read. The name of a file says nothing. */
#ifndef READ_FORMAT_H
#define READ_FORMAT_H

#include "read/report.h"

/* FORMAT_TEXT where nothing else is known; tables are told by csv_detect().
 * `head` is the start of the file, a block of it, without byte order mark. */
Format format_of(Str head);

/* The name of a format that is known by its first bytes and that no reader
 * here takes ("HTML", "PDF"); NULL for others. */
const char *format_refused(Str head);

/* True for an HTML page: it begins as pages do, comments left out of account
 * (WHATWG MIME Sniffing, section 7.1), in UTF-16 too. */
bool format_is_html(Str head);

/* True for JSON that is laid out over several lines, or an array of objects:
 * not JSON lines. */
bool format_is_json_document(Str head);

/* Length of the UTF-8 byte order mark at the start of `head`: 3 or 0. */
size_t format_bom(Str head);

#endif
