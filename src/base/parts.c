/* SPDX-License-Identifier: Apache-2.0 */
/* base/parts.c - see parts.h. */
#include "base/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum {
    PARTS_BLOCK = 64 << 10,
    GZIP_WINDOW = 15 + 16, /* 32 KiB, a gzip header; see zlib.h */
    MARK_LEN = 4,
    DICTIONARY_MAX = 16 << 20,
    BEGINS_MAX = 16,
    BOMB_RATIO = 200,
    BOMB_FREE = 64 << 20, /* bytes of a part that no ratio is asked of */
};

static const uint32_t ZSTD_FRAME = 0xFD2FB528, ZSTD_DICTIONARY = 0x184D2A5D;

struct Parts {
    int file;   /* owned */
    bool zstd;  /* else gzip */
    bool fresh; /* no part has been asked for yet */
    bool open;  /* the part goes on */
    bool broken;
    uint64_t begin;    /* of the part, in the file */
    uint64_t out;      /* bytes of the part given out */
    uint64_t read_end; /* of what has been read of the file */
    size_t at, len;    /* of block: the packed bytes not used yet */
    z_stream gzip;
    ZSTD_DCtx *frame;
    unsigned char block[PARTS_BLOCK];
};

static uint64_t position(const Parts *parts) {
    return parts->read_end - (parts->len - parts->at);
}

/* The next block of packed bytes; false at the end of the file. */
static bool fill(Parts *parts) {
    ssize_t got;

    if (parts->at < parts->len) {
        return true;
    }
    do {
        got = pread(parts->file, parts->block, sizeof parts->block,
                    (off_t)parts->read_end);
    } while (got < 0 && errno == EINTR);
    parts->at = 0;
    parts->len = got > 0 ? (size_t)got : 0;
    parts->read_end += parts->len;
    return parts->len > 0;
}

static void move_to(Parts *parts, uint64_t offset) {
    parts->read_end = offset;
    parts->at = parts->len = 0;
}

static uint32_t little_endian(const unsigned char *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
           (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Deflate, no reserved flag: RFC 1952, 2.3. */
static bool is_gzip(const unsigned char *mark) {
    return mark[0] == 0x1F && mark[1] == 0x8B && mark[2] == 8 &&
           (mark[3] & 0xE0) == 0;
}

static bool is_mark(const Parts *parts, const unsigned char *mark) {
    return parts->zstd ? little_endian(mark) == ZSTD_FRAME : is_gzip(mark);
}

static void reset_decoder(Parts *parts) {
    if (parts->zstd) {
        ZSTD_DCtx_reset(parts->frame, ZSTD_reset_session_only);
    } else {
        inflateReset(&parts->gzip);
    }
}

/* ---------------------------------------------------------------- opening */

/* The dictionary that stands before the first frame, packed itself or not. */
static void load_dictionary(Parts *parts) {
    unsigned char head[8];
    size_t size;
    char *packed = NULL, *plain = NULL;
    unsigned long long plain_size;

    if (pread(parts->file, head, sizeof head, 0) != (ssize_t)sizeof head ||
        little_endian(head) != ZSTD_DICTIONARY) {
        return;
    }
    size = little_endian(head + 4);
    move_to(parts, sizeof head + size);
    packed = size <= DICTIONARY_MAX ? malloc(size + 1) : NULL;
    if (!packed ||
        pread(parts->file, packed, size, sizeof head) != (ssize_t)size) {
        free(packed);
        return;
    }
    plain_size = ZSTD_getFrameContentSize(packed, size);
    if (plain_size <= DICTIONARY_MAX &&
        (plain = malloc((size_t)plain_size + 1)) != NULL) {
        size_t made = ZSTD_decompress(plain, (size_t)plain_size, packed, size);
        if (!ZSTD_isError(made)) {
            ZSTD_DCtx_loadDictionary(parts->frame, plain, made);
        }
    } else {
        ZSTD_DCtx_loadDictionary(parts->frame, packed, size);
    }
    free(plain);
    free(packed);
}

/* Looked at before it is opened: a pipe's writer would be told that somebody
 * came and went. */
static bool is_regular(const char *path) {
    struct stat about;

    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* True if the file is one that is read here. */
static bool recognise(Parts *parts) {
    unsigned char mark[MARK_LEN];

    if (pread(parts->file, mark, sizeof mark, 0) != (ssize_t)sizeof mark) {
        return false;
    }
    parts->zstd = little_endian(mark) == ZSTD_FRAME ||
                  little_endian(mark) == ZSTD_DICTIONARY;
    return parts->zstd || is_gzip(mark);
}

static bool init_decoder(Parts *parts) {
    if (!parts->zstd) {
        return inflateInit2(&parts->gzip, GZIP_WINDOW) == Z_OK;
    }
    parts->frame = ZSTD_createDCtx();
    if (parts->frame) {
        load_dictionary(parts);
    }
    return parts->frame != NULL;
}

Status parts_open(const char *path, Parts **out, Error *err) {
    Parts *parts;

    *out = NULL;
    if (!is_regular(path)) {
        return OK;
    }
    parts = calloc(1, sizeof *parts);
    if (!parts) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    parts->fresh = true;
    parts->file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (parts->file < 0) {
        free(parts);
        return fail(err, ERR_IO, "%s: %s", path, strerror(errno));
    }
    if (!recognise(parts)) {
        close(parts->file);
        free(parts);
        return OK;
    }
    if (!init_decoder(parts)) {
        parts_close(parts);
        return fail(err, ERR_NOMEM, "out of memory");
    }
    *out = parts;
    return OK;
}

void parts_close(Parts *parts) {
    if (parts) {
        inflateEnd(&parts->gzip);
        ZSTD_freeDCtx(parts->frame);
        close(parts->file);
        free(parts);
    }
}

/* ---------------------------------------------------------------- reading */

static Status break_off(Parts *parts, const char *why, Error *err) {
    parts->open = false;
    parts->broken = true;
    return fail(err, ERR_INPUT, "cannot be unpacked: %s", why);
}

static Status read_gzip(Parts *parts, char *out, size_t size, size_t *got,
                        Error *err) {
    int result;

    parts->gzip.next_in = parts->block + parts->at;
    parts->gzip.avail_in = (unsigned)(parts->len - parts->at);
    parts->gzip.next_out = (unsigned char *)out;
    parts->gzip.avail_out = (unsigned)size;
    result = inflate(&parts->gzip, Z_NO_FLUSH);
    parts->at = parts->len - parts->gzip.avail_in;
    *got = size - parts->gzip.avail_out;
    if (result == Z_STREAM_END) {
        parts->open = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
        return break_off(
            parts, parts->gzip.msg ? parts->gzip.msg : "broken gzip", err);
    }
    return OK;
}

static Status read_zstd(Parts *parts, char *out, size_t size, size_t *got,
                        Error *err) {
    ZSTD_inBuffer in = {parts->block, parts->len, parts->at};
    ZSTD_outBuffer to = {out, size, 0};
    size_t left = ZSTD_decompressStream(parts->frame, &to, &in);

    parts->at = in.pos;
    *got = to.pos;
    if (ZSTD_isError(left)) {
        return break_off(parts, ZSTD_getErrorName(left), err);
    }
    parts->open = left > 0;
    return OK;
}

Status parts_read(Parts *parts, char *out, size_t size, size_t *got,
                  Error *err) {
    size_t now = 0;

    *got = 0;
    while (parts->open && now == 0) {
        Status status = fill(parts) ? OK : break_off(parts, "cut off", err);
        if (status == OK) {
            status = parts->zstd ? read_zstd(parts, out, size, &now, err)
                                 : read_gzip(parts, out, size, &now, err);
        }
        if (status != OK) {
            return status;
        }
    }
    parts->out += now;
    if (parts->out > BOMB_FREE &&
        parts->out / BOMB_RATIO > position(parts) - parts->begin) {
        return break_off(parts, "more than 200 times its size", err);
    }
    *got = now;
    return OK;
}

/* ------------------------------------------------------ from part to part */

/* Start on the part at `offset`. */
static void begin_at(Parts *parts, uint64_t offset) {
    if (position(parts) != offset) {
        move_to(parts, offset);
    }
    reset_decoder(parts);
    parts->begin = offset;
    parts->out = 0;
    parts->open = true;
    parts->broken = false;
}

/* True if what begins at `offset` unpacks to `begins`. */
static bool unpacks_to(Parts *parts, uint64_t offset, Str begins) {
    char head[BEGINS_MAX];
    size_t len = 0, got = 0;

    begin_at(parts, offset);
    while (len < begins.len &&
           parts_read(parts, head + len, begins.len - len, &got, NULL) == OK &&
           got > 0) {
        len += got;
    }
    return str_equal((Str){head, len}, begins);
}

/* The next place from `offset` on that looks like the start of a part. */
static bool find_mark(Parts *parts, uint64_t offset, uint64_t *found) {
    unsigned char window[MARK_LEN] = {0};

    move_to(parts, offset);
    for (uint64_t seen = 1; fill(parts); seen++) {
        memmove(window, window + 1, MARK_LEN - 1);
        window[MARK_LEN - 1] = parts->block[parts->at++];
        if (seen >= MARK_LEN && is_mark(parts, window)) {
            *found = offset + seen - MARK_LEN;
            return true;
        }
    }
    return false;
}

/* Behind a broken part: look for the next that is whole at its beginning. */
static bool recover(Parts *parts, Str begins) {
    uint64_t from = parts->begin + 1, found;

    while (find_mark(parts, from, &found)) {
        if (unpacks_to(parts, found, begins)) {
            begin_at(parts, found);
            return true;
        }
        from = found + 1;
    }
    parts->open = false;
    return false;
}

bool parts_next(Parts *parts, Str begins) {
    char rest[1024];
    size_t got = 1;

    if (parts->fresh) {
        parts->fresh = false;
        begin_at(parts, position(parts));
        return true;
    }
    while (parts->open && got > 0 &&
           parts_read(parts, rest, sizeof rest, &got, NULL) == OK) {
    }
    if (parts->broken) {
        return recover(parts, begins);
    }
    if (!fill(parts)) {
        return false;
    }
    begin_at(parts, position(parts));
    return true;
}

uint64_t parts_offset(const Parts *parts) {
    return parts->begin;
}

uint64_t parts_bytes(const Parts *parts) {
    return position(parts);
}
