/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_text.c - any text is cut into tokens and sentences in order.
 *
 * The first byte chooses the kinds of the blocks; blank lines part them. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "text/text.h"

typedef struct Input {
    Arena arena;
    const uint8_t *data;
    size_t size;
} Input;

/* A block for each line that is not blank. */
static void make_blocks(Arena *arena, Str text, uint8_t seed, Clean *clean) {
    uint32_t capacity = 0;
    size_t begin = 0;

    *clean = (Clean){.text = text};
    for (size_t i = 0; i <= text.len; i++) {
        Span span = {(uint32_t)begin, (uint32_t)i};
        if (i < text.len && text.ptr[i] != '\n') {
            continue;
        }
        span = span_trim(text, span);
        begin = i + 1;
        if (span_empty(span)) {
            continue;
        }
        clean->blocks = arena_grow(arena, clean->blocks, clean->block_count,
                                   &capacity, sizeof *clean->blocks);
        clean->blocks[clean->block_count++] = (Block){
            .span = span,
            .kind = (BlockKind)((seed + clean->block_count) %
                                (seed % 2 ? BLOCK_KIND_COUNT : 1)),
        };
    }
}

static void check_tokens(const Text *text) {
    uint32_t end = 0;

    for (uint32_t i = 0; i < text->token_count; i++) {
        const Token *token = &text->tokens[i];
        Str word = token_str(text, i);
        HOLDS(token->begin < token->end && token->end <= text->bytes.len);
        HOLDS(token->begin >= end);
        HOLDS(utf8_invalid(word) == word.len);
        HOLDS(token->hash == utf8_fold_hash(HASH_SEED, word));
        HOLDS(token->sentence < text->sentence_count);
        HOLDS(token_at(text, token->begin) == i);
        HOLDS(token_at(text, token->end - 1) == i);
        end = token->end;
    }
}

static void check_sentences(const Text *text, const Clean *clean) {
    uint32_t next = 0, block = 0;

    for (uint32_t i = 0; i < text->sentence_count; i++) {
        const Sentence *sentence = &text->sentences[i];
        Span span = tokens_span(text, sentence->first, sentence->last);
        HOLDS(sentence->first == next && sentence->last > next);
        HOLDS(memcmp(&span, &sentence->span, sizeof span) == 0);
        HOLDS(sentence->block >= block && sentence->block < clean->block_count);
        block = sentence->block;
        HOLDS(clean->blocks[block].kind != BLOCK_LITTER);
        HOLDS(span_holds(clean->blocks[block].span, span));
        for (next = sentence->first; next < sentence->last; next++) {
            HOLDS(text->tokens[next].sentence == i);
        }
    }
    HOLDS(next == text->token_count);
}

/* Keys lie inside the text, and there is a row for each. */
static void check_phrases(const Text *text) {
    for (uint32_t i = 0; i < text->token_count; i++) {
        for (LexKind kind = 0; kind < LEX_KIND_COUNT; kind++) {
            LexRow row;
            uint32_t count =
                token_phrase(text, i, text->token_count, kind, &row);
            HOLDS(count <= text->token_count - i);
            HOLDS((count > 0) == (row.lexicon != NULL));
        }
    }
}

static void work(void *context) {
    Input *input = context;
    uint8_t seed = input->size ? input->data[0] : 0;
    Clean clean;
    Text text;

    make_blocks(&input->arena,
                fuzz_text(&input->arena, input->data, input->size), seed,
                &clean);
    text_read(&input->arena, fuzz_lexicon(), &clean, (Str){0}, &text);
    check_tokens(&text);
    check_sentences(&text, &clean);
    check_phrases(&text);
    HOLDS(text.language.len >= 2 && text.language_p >= 0 &&
          text.language_p <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {.data = data, .size = size};
    Error err;

    arena_init(&input.arena, 0);
    HOLDS(arena_try(&input.arena, work, &input, &err) == OK);
    arena_deinit(&input.arena);
    return 0;
}
