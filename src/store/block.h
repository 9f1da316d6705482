/* SPDX-License-Identifier: Apache-2.0 */
/* store/block.h - postings packed into the bytes of one row.
 *
 * Room: store. A posting says "this key stands in that report". A block holds
 * postings in rising order of key, then report. For each key, as varints
 * (seven bits a byte, least first, the high bit set but on the last):
 *
 *     key - the key before     reports     [bytes]     report - the one before
 *
 * `bytes`, the length of what follows, is there only when there is more than
 * one report, so that a search passes a long list in one step. */
#ifndef STORE_BLOCK_H
#define STORE_BLOCK_H

#include "base/buf.h"

enum { KEY_BITS = 48 };

typedef struct Posting {
    uint64_t key;   /* less than 2^KEY_BITS */
    int64_t report; /* more than 0 */
} Posting;

/* Append the block of `count` postings, in order and each once, no key below
 * `base`. Errors: sticky in `out`. Cost: linear. */
void block_write(Buf *out, uint64_t base, const Posting *items, size_t count);

typedef enum BlockResult { BLOCK_ITEM, BLOCK_END, BLOCK_DAMAGED } BlockResult;

typedef struct BlockReader {
    Str rest;       /* borrowed */
    Str after;      /* borrowed: what follows a list of two and more */
    uint64_t key;   /* of the current list */
    int64_t report; /* the last one read of it */
    uint64_t left;  /* reports of it still to come */
    bool first;     /* no key was read yet */
} BlockReader;

/* Read a block from its beginning. Bytes that block_write() cannot have
 * written are found out: what is given out is in order, each once. */
BlockReader block_open(Str bytes, uint64_t base);
BlockResult block_next(BlockReader *reader, Posting *out);
/* Move on from a list's end to the list of `key`, over others in one step
 * each: its reports come next. BLOCK_END when there is none; the reader is used
 * up then. */
BlockResult block_seek(BlockReader *reader, uint64_t key);

#endif
