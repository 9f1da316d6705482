/* SPDX-License-Identifier: Apache-2.0 */
/* read/charset.h - bytes in any charset become UTF-8.
 *
 * Room: read. uchardet tells the charset, iconv converts. */
#ifndef READ_CHARSET_H
#define READ_CHARSET_H

#include "base/str.h"

typedef struct Decoded {
    Str text;             /* valid UTF-8 without byte order mark */
    Str charset;          /* as IANA names it */
    uint32_t undecodable; /* bytes that became U+FFFD, one each */
} Decoded;

enum { CHARSET_NAME_MAX = 64 };

/* The likely charset of bytes that are not all UTF-8, into `name`. */
void charset_detect(Str bytes, char name[CHARSET_NAME_MAX]);

/* Decode `bytes`: as `charset` says; when NULL, valid UTF-8 is taken as it
 * stands, and else the charset is detected, windows-1252 where it cannot be.
 * Memory: in `arena`, or borrowed from `bytes` when nothing changes; nothing
 * else is held while the arena is asked.
 * Errors: ERR_USAGE: no such charset. Cost: linear. */
MUST_USE Status charset_decode(Arena *arena, Str bytes, const char *charset,
                               Decoded *out, Error *err);

/* Where in `bytes` the characters stand that charset_decode() wrote at these
 * places of its text: `places` are in order, and are changed. `charset` is the
 * one that it told. Cost: linear, a second conversion up to the last place. */
void charset_places(Str bytes, Str charset, uint32_t *places, uint32_t count);

#endif
