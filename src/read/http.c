/* SPDX-License-Identifier: Apache-2.0 */
/* read/http.c - see http.h. */
#include "read/http.h"

#include <brotli/decode.h>
#include <string.h>
#include <zlib.h>

#include "base/ascii.h"

enum {
    GZIP_OR_ZLIB = 15 + 32, /* inflate looks at the header; see zlib.h */
    RAW_DEFLATE = -15,
    FIRST_ROOM = 64 << 10,
    CHUNK_DIGITS_MAX = 8,
};

/* ---------------------------------------------------------------- the head */

/* The line at `*at`, without its end; `*at` moves behind it. */
static Str take_line(Str bytes, size_t *at) {
    size_t end = str_find(bytes, str_of("\n"), *at), begin = *at;

    *at = end < bytes.len ? end + 1 : end;
    if (end > begin && bytes.ptr[end - 1] == '\r') {
        end--;
    }
    return str_slice(bytes, begin, end);
}

size_t http_head_end(Str bytes) {
    size_t at = 0;

    while (at < bytes.len) {
        if (take_line(bytes, &at).len == 0) {
            return at;
        }
    }
    return bytes.len;
}

Str http_field(Str head, const char *name) {
    Str wanted = str_of(name);
    size_t at = 0;

    while (at < head.len) {
        Str line = take_line(head, &at);
        if (line.len > wanted.len && line.ptr[wanted.len] == ':' &&
            str_equal_fold(str_slice(line, 0, wanted.len), wanted)) {
            return str_trim(str_slice(line, wanted.len + 1, line.len));
        }
    }
    return (Str){0};
}

int http_status(Str head) {
    size_t at = str_find(head, str_of(" "), 0);
    int status = 0;

    if (!str_starts(head, str_of("HTTP/")) || at + 4 > head.len) {
        return 0;
    }
    for (int i = 1; i <= 3; i++) {
        if (!ascii_digit(head.ptr[at + (size_t)i])) {
            return 0;
        }
        status = status * 10 + (head.ptr[at + (size_t)i] - '0');
    }
    return status;
}

Str http_type(Str content_type) {
    size_t end = str_find(content_type, str_of(";"), 0);

    return str_trim(str_slice(content_type, 0, end));
}

Str http_parameter(Str content_type, const char *name) {
    size_t at = str_find(content_type, str_of(";"), 0);

    while (at < content_type.len) {
        size_t end = str_find(content_type, str_of(";"), at + 1);
        Str pair = str_trim(str_slice(content_type, at + 1, end));
        size_t equals = str_find(pair, str_of("="), 0);
        Str value;

        at = end;
        if (equals == pair.len ||
            !str_equal_fold(str_trim(str_slice(pair, 0, equals)),
                            str_of(name))) {
            continue;
        }
        value = str_trim(str_slice(pair, equals + 1, pair.len));
        while (value.len && (value.ptr[0] == '"' || value.ptr[0] == '\'')) {
            value = str_slice(value, 1, value.len);
        }
        while (value.len && (value.ptr[value.len - 1] == '"' ||
                             value.ptr[value.len - 1] == '\'')) {
            value.len--;
        }
        return value;
    }
    return (Str){0};
}

bool http_is_page(Str content_type) {
    Str type = http_type(content_type);

    return str_equal_fold(type, str_of("text/html")) ||
           str_equal_fold(type, str_of("application/xhtml+xml"));
}

bool http_is_text(Str content_type) {
    return str_equal_fold(http_type(content_type), str_of("text/plain"));
}

/* ----------------------------------------------------------------- chunked */

/* "1f4;name=value": -1 when it is no size. */
static int64_t chunk_size(Str line) {
    int64_t size = 0;
    size_t at = 0;

    line = str_trim(str_slice(line, 0, str_find(line, str_of(";"), 0)));
    for (; at < line.len && at <= CHUNK_DIGITS_MAX; at++) {
        char c = ascii_lower(line.ptr[at]);
        if (ascii_digit(c)) {
            size = size * 16 + (c - '0');
        } else if (c >= 'a' && c <= 'f') {
            size = size * 16 + (c - 'a' + 10);
        } else {
            return -1;
        }
    }
    return at > 0 && at == line.len ? size : -1;
}

/* Without chunks; a body that does not begin with one was joined already. */
static Status unchunk(Arena *arena, Str *body, Error *err) {
    size_t at = 0, len = 0;
    char *out;

    if (chunk_size(take_line(*body, &at)) < 0) {
        return OK;
    }
    out = arena_alloc(arena, body->len + 1);
    at = 0;
    while (at < body->len) {
        int64_t size = chunk_size(take_line(*body, &at));
        if (size == 0) {
            break;
        }
        if (size < 0 || (uint64_t)size > body->len - at) {
            return fail(err, ERR_INPUT, "http: a chunk is %s",
                        size < 0 ? "broken" : "cut off");
        }
        memcpy(out + len, body->ptr + at, (size_t)size);
        len += (size_t)size;
        at += (size_t)size;
        (void)take_line(*body, &at);
    }
    *body = (Str){out, len};
    return OK;
}

/* ---------------------------------------------------------- content coding */

/* What a decoder writes to: grows in the arena up to a limit. */
typedef struct Unpacked {
    Arena *arena;
    char *ptr;
    size_t len, room, max;
} Unpacked;

/* More room; false at the limit. */
static bool make_room(Unpacked *out) {
    size_t room = out->room ? out->room * 2 : FIRST_ROOM;
    char *ptr;

    if (out->len < out->room) {
        return true;
    }
    if (out->room > out->max) {
        return false;
    }
    ptr = arena_alloc(out->arena, room);
    if (out->len) {
        memcpy(ptr, out->ptr, out->len);
    }
    out->ptr = ptr;
    out->room = room;
    return true;
}

static void *zlib_alloc(void *arena, unsigned count, unsigned size) {
    return arena_alloc(arena, (size_t)count * size);
}

static void zlib_free(void *arena, void *memory) {
    (void)arena;
    (void)memory;
}

/* Z_STREAM_END when all is well; the decoder's memory is the arena's, so that
 * nothing is lost where the arena leaves. */
static int inflate_all(Str body, int window, Unpacked *out) {
    z_stream stream = {.zalloc = zlib_alloc,
                       .zfree = zlib_free,
                       .opaque = out->arena,
                       .next_in = (unsigned char *)(uintptr_t)body.ptr,
                       .avail_in = (unsigned)body.len};
    int result = inflateInit2(&stream, window);

    while (result == Z_OK) {
        if (!make_room(out)) {
            return Z_MEM_ERROR;
        }
        stream.next_out = (unsigned char *)out->ptr + out->len;
        stream.avail_out = (unsigned)(out->room - out->len);
        result = inflate(&stream, Z_NO_FLUSH);
        out->len = out->room - stream.avail_out;
    }
    return result;
}

static void *brotli_alloc(void *arena, size_t size) {
    return arena_alloc(arena, size);
}

static BrotliDecoderResult unbrotli(Str body, Unpacked *out) {
    BrotliDecoderState *state =
        BrotliDecoderCreateInstance(brotli_alloc, zlib_free, out->arena);
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    const uint8_t *in = (const uint8_t *)body.ptr;
    size_t left = body.len;

    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT &&
           make_room(out)) {
        uint8_t *to = (uint8_t *)out->ptr + out->len;
        size_t room = out->room - out->len;
        result =
            BrotliDecoderDecompressStream(state, &left, &in, &room, &to, NULL);
        out->len = out->room - room;
    }
    return result;
}

typedef enum Coding {
    CODING_NONE,
    CODING_ZLIB,
    CODING_BR,
    CODING_OTHER
} Coding;

static Coding coding_of(Str name) {
    static const struct {
        const char *name;
        Coding coding;
    } known[] = {
        {"", CODING_NONE},        {"identity", CODING_NONE},
        {"none", CODING_NONE},    {"utf-8", CODING_NONE},
        {"gzip", CODING_ZLIB},    {"x-gzip", CODING_ZLIB},
        {"deflate", CODING_ZLIB}, {"br", CODING_BR},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_equal_fold(name, str_of(known[i].name))) {
            return known[i].coding;
        }
    }
    return CODING_OTHER;
}

/* Nothing that is packed begins as markup does. */
static bool is_plain(Str body) {
    Str begin = str_trim(str_slice(body, 0, body.len < 64 ? body.len : 64));

    return begin.len == 0 || begin.ptr[0] == '<';
}

static Status unpack(Str body, Coding coding, Unpacked *out, Error *err) {
    bool done;

    if (coding == CODING_ZLIB) {
        int result = inflate_all(body, GZIP_OR_ZLIB, out);
        if (result == Z_DATA_ERROR && out->len == 0) {
            result = inflate_all(body, RAW_DEFLATE, out);
        }
        done = result == Z_STREAM_END;
    } else {
        done = unbrotli(body, out) == BROTLI_DECODER_RESULT_SUCCESS;
    }
    if (out->len > out->max) {
        return fail(err, ERR_LIMIT, "longer than %zu bytes unpacked: skipped",
                    out->max);
    }
    return done ? OK : fail(err, ERR_INPUT, "http: the packed body is broken");
}

Status http_decode(Arena *arena, Str head, Str body, size_t max, Str *out,
                   Error *err) {
    Str name = http_field(head, "Content-Encoding");
    Coding coding = coding_of(name);
    Unpacked unpacked = {.arena = arena, .max = max};
    Status status = OK;

    if (str_find_fold(http_field(head, "Transfer-Encoding"), str_of("chunked"),
                      0) < http_field(head, "Transfer-Encoding").len) {
        status = unchunk(arena, &body, err);
    }
    if (status == OK && coding != CODING_NONE && !is_plain(body)) {
        if (coding == CODING_OTHER) {
            return fail(err, ERR_INPUT,
                        "http: content coding \"%.*s\" is not known",
                        (int)(name.len < 40 ? name.len : 40), name.ptr);
        }
        status = unpack(body, coding, &unpacked, err);
        body = (Str){unpacked.ptr, unpacked.len};
    }
    if (status == OK) {
        *out = body;
    }
    return status;
}
