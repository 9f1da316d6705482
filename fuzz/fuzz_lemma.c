/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_lemma.c - a damaged file of lemmas is refused, or is safe to ask;
 * and CoNLL-U is ten columns whatever the text.
 *
 * The input is a list of changes to the project's own file, six bytes each:
 * where (4), what to put there (1), and whether to mend the checksum
 * afterwards (1). Then all of it is read as text, with parts of speech taken
 * from its bytes. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "tag/conllu.h"
#include "tag/lemma.h"

enum { CHANGE = 6, HEADER = 40, CHECKSUM_AT = 16, CHANGES_MAX = 64 };

static void change(char *bytes, size_t len, const uint8_t *data, size_t size) {
    bool mend = false;
    uint64_t checksum;

    for (size_t i = 0; i + CHANGE <= size && i < CHANGES_MAX * CHANGE;
         i += CHANGE) {
        uint32_t at;
        memcpy(&at, data + i, sizeof at);
        at = (uint32_t)(at & 1 ? (at >> 1) % HEADER : (at >> 1) % len);
        bytes[at] = (char)data[i + 4];
        mend |= data[i + 5] & 1;
    }
    if (mend) {
        checksum = hash_str((Str){bytes + HEADER, len - HEADER});
        memcpy(bytes + CHECKSUM_AT, &checksum, sizeof checksum);
    }
}

static void check_lines(Str text) {
    size_t columns = 1;

    for (size_t i = 0, begin = 0; i < text.len; i++) {
        columns += text.ptr[i] == '\t';
        if (text.ptr[i] == '\n') {
            HOLDS(i == begin || text.ptr[begin] == '#' || columns == 10);
            columns = 1;
            begin = i + 1;
        }
    }
}

typedef struct Input {
    Arena arena;
    const Lemmas *lemmas;
    const uint8_t *data;
    size_t size;
    Buf out;
} Input;

/* Lemmas of the input's own words, each a tree of one sentence. */
static void ask(void *context) {
    Input *input = context;
    Str bytes = fuzz_text(&input->arena, input->data, input->size);
    Block block = {.span = {0, (uint32_t)bytes.len}, .kind = BLOCK_PARAGRAPH};
    Clean clean = {.text = bytes, .blocks = &block, .block_count = 1};
    Text text;
    Tags tags;

    text_read(&input->arena, fuzz_lexicon(), &clean, str_of("en"), &text);
    tags.count = text.token_count;
    tags.words = arena_zero(&input->arena, (tags.count + 1) * sizeof(Word));
    for (uint32_t i = 0; i < tags.count; i++) {
        tags.words[i].xpos = input->data[i % input->size] % XPOS_COUNT;
        tags.words[i].head = text.sentences[text.tokens[i].sentence].first;
    }
    lemmas_read(&input->arena, input->lemmas, &text, &tags);
    for (uint32_t i = 0; i < tags.count; i++) {
        HOLDS(utf8_invalid(tags.words[i].lemma) == tags.words[i].lemma.len);
    }
    conllu_write(str_of("fuzz"), &text, &tags, &input->out);
    check_lines(buf_str(&input->out));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str good = fuzz_data("en.lemmas");
    size_t len = good.len;
    int file = memfd_create("lemmas", 0);
    char path[32], *bytes = malloc(len);
    Lemmas *lemmas;
    Error err;

    HOLDS(bytes && file >= 0 && len > HEADER);
    memcpy(bytes, good.ptr, len);
    change(bytes, len, data, size);
    HOLDS(write(file, bytes, len) == (ssize_t)len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (lemmas_open(path, &lemmas, &err) == OK) {
        Input input = {.lemmas = lemmas, .data = data, .size = size};
        arena_init(&input.arena, 0);
        buf_init(&input.out, 0);
        HOLDS(size == 0 || arena_try(&input.arena, ask, &input, &err) == OK);
        buf_deinit(&input.out);
        arena_deinit(&input.arena);
        lemmas_close(lemmas);
    } else {
        HOLDS(err.status == ERR_DATA && err.message[0]);
    }
    close(file);
    free(bytes);
    return 0;
}
