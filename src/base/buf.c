/* SPDX-License-Identifier: Apache-2.0 */
/* base/buf.c - see buf.h. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(Buf *buf, size_t limit) {
    *buf = (Buf){.limit = limit};
}

void buf_deinit(Buf *buf) {
    free(buf->ptr);
    *buf = (Buf){0};
}

void buf_reset(Buf *buf) {
    buf->len = 0;
    buf->status = OK;
}

bool buf_reserve(Buf *buf, size_t more) {
    size_t want;
    char *larger;

    if (buf->status != OK) {
        return false;
    }
    if (more > SIZE_MAX / 4 - buf->len ||
        (buf->limit && more > buf->limit - buf->len)) {
        buf->status = ERR_LIMIT;
        return false;
    }
    /* One byte to spare, for the NUL that vsnprintf() writes. */
    if (buf->len + more < buf->capacity) {
        return true;
    }
    want = buf->capacity ? buf->capacity * 2 : 256;
    want = want <= buf->len + more ? buf->len + more + 1 : want;
    larger = realloc(buf->ptr, want);
    if (!larger) {
        buf->status = ERR_NOMEM;
        return false;
    }
    buf->ptr = larger;
    buf->capacity = want;
    return true;
}

void buf_push(Buf *buf, Str bytes) {
    if (bytes.len && buf_reserve(buf, bytes.len)) {
        memcpy(buf->ptr + buf->len, bytes.ptr, bytes.len);
        buf->len += bytes.len;
    }
}

void buf_put(Buf *buf, const char *text) {
    buf_push(buf, str_of(text));
}

void buf_char(Buf *buf, char c) {
    buf_push(buf, (Str){&c, 1});
}

void buf_format(Buf *buf, const char *format, ...) {
    va_list arguments;
    int len;

    va_start(arguments, format);
    len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (len < 0 || !buf_reserve(buf, (size_t)len)) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, arguments);
    va_end(arguments);
    buf->len += (size_t)len;
}

Str buf_str(const Buf *buf) {
    return (Str){buf->ptr, buf->len};
}

Status buf_check(const Buf *buf, Error *err) {
    if (buf->status == ERR_LIMIT) {
        return fail(err, ERR_LIMIT, "output of more than %zu bytes",
                    buf->limit);
    }
    if (buf->status != OK) {
        return fail(err, buf->status, "out of memory");
    }
    return OK;
}
