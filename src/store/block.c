/* SPDX-License-Identifier: Apache-2.0 */
/* store/block.c - see block.h. */
#include "store/block.h"

#include <assert.h>

enum { VARINT_MAX = 10 };

static char *put_varint(char *out, uint64_t number) {
    while (number >= 0x80) {
        *out++ = (char)(number | 0x80);
        number >>= 7;
    }
    *out++ = (char)number;
    return out;
}

static size_t varint_length(uint64_t number) {
    size_t len = 1;

    while (number >= 0x80) {
        number >>= 7;
        len++;
    }
    return len;
}

/* False when the bytes end in it, or it is longer than 64 bits. */
static bool take_varint(Str *rest, uint64_t *out) {
    uint64_t number = 0;

    for (unsigned i = 0; i < VARINT_MAX && i < rest->len; i++) {
        unsigned char byte = (unsigned char)rest->ptr[i];

        if (i == VARINT_MAX - 1 && byte > 1) {
            return false;
        }
        number |= (uint64_t)(byte & 0x7f) << (7 * i);
        if (byte < 0x80) {
            *out = number;
            *rest = (Str){rest->ptr + i + 1, rest->len - i - 1};
            return true;
        }
    }
    return false;
}

static char *put_list(char *out, const Posting *items, size_t count) {
    int64_t before = 0;
    size_t len = 0;

    out = put_varint(out, count);
    for (size_t i = 0; count > 1 && i < count; i++) {
        len += varint_length((uint64_t)(items[i].report - before));
        before = items[i].report;
    }
    if (count > 1) {
        out = put_varint(out, len);
    }
    before = 0;
    for (size_t i = 0; i < count; i++) {
        assert(items[i].report > before);
        out = put_varint(out, (uint64_t)(items[i].report - before));
        before = items[i].report;
    }
    return out;
}

void block_write(Buf *out, uint64_t base, const Posting *items, size_t count) {
    enum { NUMBERS = 4 }; /* of a posting: key, count, bytes, report */
    uint64_t before = base;
    char *at;

    if (!buf_reserve(out, count * NUMBERS * VARINT_MAX)) {
        return;
    }
    at = out->ptr + out->len;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;

        while (end < count && items[end].key == items[i].key) {
            end++;
        }
        assert(items[i].key >= before);
        at = put_varint(at, items[i].key - before);
        before = items[i].key;
        at = put_list(at, &items[i], end - i);
        i = end;
    }
    out->len = (size_t)(at - out->ptr);
}

BlockReader block_open(Str bytes, uint64_t base) {
    return (BlockReader){.rest = bytes, .key = base, .first = true};
}

/* Read the head of the next list. */
static BlockResult next_list(BlockReader *reader) {
    uint64_t step, count, len;

    if (reader->rest.len == 0) {
        return BLOCK_END;
    }
    if (!take_varint(&reader->rest, &step) ||
        !take_varint(&reader->rest, &count) ||
        step > (UINT64_C(1) << KEY_BITS) - 1 - reader->key || count == 0 ||
        (step == 0 && !reader->first)) {
        return BLOCK_DAMAGED;
    }
    if (count > 1 &&
        (!take_varint(&reader->rest, &len) || len > reader->rest.len)) {
        return BLOCK_DAMAGED;
    }
    if (count > 1) {
        reader->after = (Str){reader->rest.ptr + len, reader->rest.len - len};
    }
    reader->key += step;
    reader->first = false;
    reader->left = count;
    reader->report = 0;
    return BLOCK_ITEM;
}

BlockResult block_next(BlockReader *reader, Posting *out) {
    uint64_t step;

    if (reader->left == 0) {
        BlockResult result = next_list(reader);

        if (result != BLOCK_ITEM) {
            return result;
        }
    }
    if (!take_varint(&reader->rest, &step) || step == 0 ||
        step > (uint64_t)(INT64_MAX - reader->report)) {
        return BLOCK_DAMAGED;
    }
    reader->report += (int64_t)step;
    reader->left--;
    *out = (Posting){reader->key, reader->report};
    return BLOCK_ITEM;
}

/* Leave the current list, of which no report was read. */
static bool pass_list(BlockReader *reader) {
    uint64_t report;

    if (reader->left > 1) {
        reader->rest = reader->after;
    } else if (!take_varint(&reader->rest, &report)) {
        return false;
    }
    reader->left = 0;
    return true;
}

BlockResult block_seek(BlockReader *reader, uint64_t key) {
    BlockResult result;

    while ((result = next_list(reader)) == BLOCK_ITEM && reader->key < key) {
        if (!pass_list(reader)) {
            return BLOCK_DAMAGED;
        }
    }
    return result == BLOCK_ITEM && reader->key > key ? BLOCK_END : result;
}
