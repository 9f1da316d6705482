/* SPDX-License-Identifier: Apache-2.0 */
/* base/buf.h - a byte buffer that grows, with a limit and a sticky error.
 *
 * Room: base. For output whose size is not known: JSON, text, pages. Writers
 * write on without checking; after the first failure later calls do nothing,
 * and the caller looks at `status` once at the end. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

typedef struct Buf {
    char *ptr; /* owned */
    size_t len, capacity;
    size_t limit;  /* 0: none */
    Status status; /* OK, ERR_NOMEM or ERR_LIMIT: sticky */
} Buf;

void buf_init(Buf *buf, size_t limit);
void buf_deinit(Buf *buf);
/* Empty it and clear the error; the memory is kept. */
void buf_reset(Buf *buf);

void buf_push(Buf *buf, Str bytes);
void buf_put(Buf *buf, const char *text);
void buf_char(Buf *buf, char c);
void buf_format(Buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
/* Make room for `more` bytes; false after a failure. */
bool buf_reserve(Buf *buf, size_t more);
/* What was written: borrowed until the next write. */
Str buf_str(const Buf *buf);
/* OK, or the sticky error with a message. */
MUST_USE Status buf_check(const Buf *buf, Error *err);

#endif
