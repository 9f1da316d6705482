/* SPDX-License-Identifier: Apache-2.0 */
/* store/block.c - see block.h. */
#include "store/block.h"

#include <assert.h>

enum { VARINT_MAX = 10 };

static void put_varint(Buf *out, uint64_t number) {
    char bytes[VARINT_MAX];
    size_t len = 0;

    while (number >= 0x80) {
        bytes[len++] = (char)(number | 0x80);
        number >>= 7;
    }
    bytes[len++] = (char)number;
    buf_push(out, (Str){bytes, len});
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

static void put_list(Buf *out, const Posting *items, size_t count) {
    int64_t before = 0;
    size_t len = 0;

    put_varint(out, count);
    if (count > 1) {
        for (size_t i = 0; i < count; i++) {
            len += varint_length((uint64_t)(items[i].report - before));
            before = items[i].report;
        }
        put_varint(out, len);
    }
    before = 0;
    for (size_t i = 0; i < count; i++) {
        assert(items[i].report > before);
        put_varint(out, (uint64_t)(items[i].report - before));
        before = items[i].report;
    }
}

void block_write(Buf *out, uint64_t base, const Posting *items, size_t count) {
    uint64_t before = base;

    for (size_t i = 0; i < count;) {
        size_t end = i + 1;

        while (end < count && items[end].key == items[i].key) {
            end++;
        }
        assert(items[i].key >= before);
        put_varint(out, items[i].key - before);
        before = items[i].key;
        put_list(out, &items[i], end - i);
        i = end;
    }
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
