/* SPDX-License-Identifier: Apache-2.0 */
/* base/chain.c - see chain.h. The file, little-endian:
 *
 *     Header { magic, format, chains, checksum of all after the header }
 *     { labels, bits } for each of CHAINS_MAX chains, 0 0 where there is none
 *     the rows of the chains, one after the other, a byte a weight
 *     CHAIN_PAD zeroes                                                     */
#include "base/chain.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"

enum { CHAIN_FORMAT = 1, BITS_MAX = 24 };
static const char magic[8] = "DATECHN";

typedef struct Header {
    char magic[8];
    uint32_t format, chains;
    uint64_t checksum;
    struct {
        uint32_t labels, bits;
    } shape[CHAINS_MAX];
} Header;

static_assert(sizeof(Header) == 24 + 8 * CHAINS_MAX,
              "the layout that train/ writes");

struct ChainFile {
    FileMap file;
    Chain chains[CHAINS_MAX];
    uint32_t count;
    char version[17];
};

static size_t rows_size(uint32_t labels, uint32_t bits) {
    return ((size_t)labels * labels) << bits;
}

/* Where the checksum begins to count: after itself. */
static Str checked(Str file) {
    return str_slice(file, offsetof(Header, shape), file.len);
}

static const char *header_fault(Str file) {
    const Header *header = (const void *)file.ptr;
    size_t size = sizeof *header;

    if (file.len < sizeof *header || memcmp(header->magic, magic, 8) != 0) {
        return "is no file of chains";
    }
    if (header->format != CHAIN_FORMAT || header->chains > CHAINS_MAX) {
        return "was made for another version of the program";
    }
    for (uint32_t i = 0; i < header->chains; i++) {
        if (header->shape[i].labels < 2 ||
            header->shape[i].labels > CHAIN_LABELS_MAX ||
            header->shape[i].bits < 1 || header->shape[i].bits > BITS_MAX) {
            return "is damaged";
        }
        size += rows_size(header->shape[i].labels, header->shape[i].bits);
    }
    if (size + CHAIN_PAD != file.len) {
        return "is cut off or damaged";
    }
    return hash_str(checked(file)) == header->checksum
               ? NULL
               : "is damaged: its checksum does not match";
}

static void locate(ChainFile *file) {
    const Header *header = (const void *)file->file.bytes.ptr;
    const int8_t *rows = (const void *)(header + 1);

    file->count = header->chains;
    for (uint32_t i = 0; i < header->chains; i++) {
        uint32_t labels = header->shape[i].labels;
        uint32_t bits = header->shape[i].bits;
        file->chains[i] = (Chain){labels, bits, rows};
        rows += rows_size(labels, bits);
    }
    snprintf(file->version, sizeof file->version, "%016llx",
             (unsigned long long)header->checksum);
}

Status chain_open(const char *path, ChainFile **out, Error *err) {
    ChainFile *file = calloc(1, sizeof *file);
    const char *fault;
    Status status;

    if (!file) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    status = file_map(path, &file->file, err);
    if (status != OK) {
        free(file);
        return status;
    }
    fault = header_fault(file->file.bytes);
    if (fault) {
        chain_close(file);
        return fail(err, ERR_DATA, "%s: %s", path, fault);
    }
    locate(file);
    *out = file;
    return OK;
}

Status chain_open_in(const char *folder, const char *name, ChainFile **out,
                     Error *err) {
    Status status;
    Buf path;

    buf_init(&path, 0);
    status = data_find_in(folder, name, &path, err);
    if (status == OK) {
        status = chain_open(path.ptr, out, err);
    }
    buf_deinit(&path);
    return status;
}

Status chain_write(const char *path, const Chain *chains, uint32_t count,
                   Error *err) {
    static const int8_t padding[CHAIN_PAD];
    Header header = {.format = CHAIN_FORMAT, .chains = count};
    Status status;
    Buf out;

    assert(count <= CHAINS_MAX);
    memcpy(header.magic, magic, sizeof magic);
    buf_init(&out, 0);
    for (uint32_t i = 0; i < count; i++) {
        header.shape[i].labels = chains[i].labels;
        header.shape[i].bits = chains[i].bits;
    }
    buf_push(&out, (Str){(const char *)&header, sizeof header});
    for (uint32_t i = 0; i < count; i++) {
        buf_push(&out, (Str){(const char *)chains[i].rows,
                             rows_size(chains[i].labels, chains[i].bits)});
    }
    buf_push(&out, (Str){(const char *)padding, CHAIN_PAD});
    status = buf_check(&out, err);
    if (status == OK) {
        header.checksum = hash_str(checked(buf_str(&out)));
        memcpy(out.ptr, &header, sizeof header);
        status = file_replace(path, buf_str(&out), err);
    }
    buf_deinit(&out);
    return status;
}

void chain_close(ChainFile *file) {
    if (file) {
        file_unmap(&file->file);
        free(file);
    }
}

const Chain *chain_at(const ChainFile *file, uint32_t index) {
    assert(index < file->count);
    return &file->chains[index];
}

uint32_t chain_count(const ChainFile *file) {
    return file->count;
}

Str chain_version(const ChainFile *file) {
    return str_of(file->version);
}

uint32_t chain_row(uint64_t hash, uint32_t bits) {
    return (uint32_t)(hash * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits));
}

/* A row at once: its weights and some of the next row's, which are left out
 * at the end. */
typedef int8_t Row __attribute__((vector_size(CHAIN_PAD)));
typedef int16_t Sums __attribute__((vector_size(2 * CHAIN_PAD)));

void chain_add(const Chain *chain, const uint64_t *hashes, uint32_t count,
               int32_t *pairs) {
    uint32_t width = chain->labels * chain->labels;
    Sums sums = {0};

    assert(count <= CHAIN_FEATURES_MAX); /* so that no sum overflows */
    for (uint32_t i = 0; i < count; i++) {
        Row row;
        memcpy(&row,
               chain->rows + (size_t)chain_row(hashes[i], chain->bits) * width,
               sizeof row);
        sums += __builtin_convertvector(row, Sums);
    }
    for (uint32_t p = 0; p < width; p++) {
        pairs[p] += sums[p];
    }
}

/* One unit on: the score of each state, and the state before it. */
static void next_unit(const ChainStates *states, const int32_t *pairs,
                      int32_t *score, uint8_t *back) {
    int32_t next[CHAIN_STATES_MAX];

    for (uint32_t right = 0; right < states->count; right++) {
        next[right] = INT32_MIN / 2;
        for (uint32_t from = states->from[right]; from; from &= from - 1) {
            uint32_t left = (uint32_t)__builtin_ctz(from);
            uint32_t pair =
                states->label[left] * states->labels + states->label[right];
            int32_t sum = score[left] + pairs[pair];
            if (sum > next[right]) {
                next[right] = sum;
                back[right] = (uint8_t)left;
            }
        }
    }
    memcpy(score, next, states->count * sizeof *score);
}

int32_t chain_best(const ChainStates *states, const int32_t *pairs,
                   uint32_t count, uint8_t *back, uint8_t *best) {
    uint32_t width = states->labels * states->labels, last = 0;
    int32_t score[CHAIN_STATES_MAX], top = INT32_MIN;

    if (count == 0) {
        return 0;
    }
    for (uint32_t s = 0; s < states->count; s++) {
        score[s] =
            states->first >> s & 1 ? pairs[states->label[s]] : INT32_MIN / 2;
    }
    for (uint32_t u = 1; u < count; u++) {
        next_unit(states, pairs + (size_t)u * width, score,
                  back + (size_t)u * states->count);
    }
    for (uint32_t s = 0; s < states->count; s++) {
        if ((states->last >> s & 1) && score[s] > top) {
            top = score[s];
            last = s;
        }
    }
    for (uint32_t u = count; u-- > 0;) {
        best[u] = states->label[last];
        last = back[u * states->count + last];
    }
    return top;
}
