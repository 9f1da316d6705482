/* SPDX-License-Identifier: Apache-2.0 */
/* read/http.h - an HTTP message as it was sent: its head and its body.
 *
 * Room: read. For what web archives keep. Standards: RFC 9112 (message,
 * chunked coding), RFC 9110 (fields, content codings), RFC 7932 (br).
 * Everything is lenient: archives hold what servers really sent, and some
 * keep the body decoded under the fields of the coded one. */
#ifndef READ_HTTP_H
#define READ_HTTP_H

#include "base/str.h"

/* Where the head of a message ends and its body begins: behind the first empty
 * line; bytes.len when there is none. */
size_t http_head_end(Str bytes);

/* The value of the field `name` in `head`, trimmed; empty when absent. Field
 * names compare without case; of several, the first. */
Str http_field(Str head, const char *name);

/* 200 of "HTTP/1.1 200 OK"; 0 when `head` begins otherwise. */
int http_status(Str head);

/* "text/html; charset=UTF-8": the type, and the value of a parameter,
 * unquoted; empty when absent. */
Str http_type(Str content_type);
Str http_parameter(Str content_type, const char *name);

/* Whether a Content-Type is that of a page; of a plain text. */
bool http_is_page(Str content_type);
bool http_is_text(Str content_type);

/* The body without its transfer and content codings (chunked, gzip, deflate,
 * br).
 * Memory: in `arena`, or borrowed from `body`.
 * Errors: ERR_INPUT (a broken or unknown coding), ERR_LIMIT (more than `max`
 * bytes). */
MUST_USE Status http_decode(Arena *arena, Str head, Str body, size_t max,
                            Str *out, Error *err);

#endif
