/* SPDX-License-Identifier: Apache-2.0 */
/* text/text.c - see text.h: blocks to tokens to sentences, and ways to ask
 * about them. */
#include "text/text.h"

#include <assert.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "text/cut.h"

void text_add_sentence(Arena *arena, Text *text, uint32_t *capacity,
                       Sentence sentence) {
    uint32_t start = sentence.first;

    assert(sentence.first < sentence.last);
    sentence.span = tokens_span(text, sentence.first, sentence.last);
    for (uint32_t i = sentence.first; i < sentence.last; i++) {
        text->tokens[i].sentence = text->sentence_count;
        text->tokens[i].flags &= ~(uint32_t)TOKEN_SENTENCE_START;
    }
    while (start + 1 < sentence.last &&
           (text->tokens[start].flags & TOKEN_PUNCT)) {
        start++;
    }
    text->tokens[start].flags |= TOKEN_SENTENCE_START;
    text->sentences = arena_grow(arena, text->sentences, text->sentence_count,
                                 capacity, sizeof sentence);
    text->sentences[text->sentence_count++] = sentence;
}

/* The sentences of one block; its tokens are [first,text->token_count). */
static void cut_sentences(Arena *arena, Text *text, uint32_t *capacity,
                          uint32_t first, uint32_t last, uint32_t block,
                          bool heading) {
    while (first < last) {
        uint32_t end = sentence_end(text, first, last);
        assert(end > first && end <= last);
        text_add_sentence(arena, text, capacity,
                          (Sentence){.first = first,
                                     .last = end,
                                     .block = block,
                                     .heading = heading});
        first = end;
    }
}

/* "en" of "en", "EN-gb" and "en_US"; empty where `given` is no such code. */
static Str given_language(Arena *arena, Str given) {
    size_t len = 0;

    while (len < given.len && ascii_alpha(given.ptr[len])) {
        len++;
    }
    if (len < 2 || len > 3 ||
        (len < given.len && given.ptr[len] != '-' && given.ptr[len] != '_')) {
        return (Str){0};
    }
    return str_lower(arena, str_slice(given, 0, len));
}

/* English has some five bytes a token with its space; a little less is room. */
enum { TOKEN_BYTES = 4 };

/* The empty token behind the last one, at which a look ahead may end. */
static void close_tokens(Cutter *cutter) {
    uint32_t end = (uint32_t)cutter->bytes.len;

    cutter->tokens = arena_grow(cutter->arena, cutter->tokens, cutter->count,
                                &cutter->capacity, sizeof *cutter->tokens);
    cutter->tokens[cutter->count] =
        (Token){.begin = end, .end = end, .sentence = UINT32_MAX};
}

void text_read(Arena *arena, const Lexicon *lexicon, const Clean *clean,
               Str given, Text *out) {
    Cutter cutter = {.arena = arena, .lexicon = lexicon, .bytes = clean->text};
    uint32_t capacity = 0;

    assert(clean->text.len < UINT32_MAX);
    cutter.tokens = arena_expect(arena, clean->text.len / TOKEN_BYTES,
                                 &cutter.capacity, sizeof *cutter.tokens);
    *out = (Text){.bytes = clean->text, .lexicon = lexicon};
    for (uint32_t i = 0; i < clean->block_count; i++) {
        const Block *block = &clean->blocks[i];
        uint32_t first = cutter.count;
        if (block->kind == BLOCK_LITTER) {
            continue;
        }
        cut_block(&cutter, block->span);
        out->tokens = cutter.tokens;
        out->token_count = cutter.count;
        cut_sentences(arena, out, &capacity, first, cutter.count, i,
                      block->kind == BLOCK_TITLE ||
                          block->kind == BLOCK_HEADING);
    }
    close_tokens(&cutter);
    out->tokens = cutter.tokens;
    out->language = given_language(arena, given);
    out->language_p = 1;
    if (out->language.len == 0) {
        out->language = language_tell(arena, out, &out->language_p);
    }
}

Str token_str(const Text *text, uint32_t token) {
    assert(token <= text->token_count);
    return str_slice(text->bytes, text->tokens[token].begin,
                     text->tokens[token].end);
}

Span tokens_span(const Text *text, uint32_t first, uint32_t last) {
    assert(first < last && last <= text->token_count);
    return (Span){text->tokens[first].begin, text->tokens[last - 1].end};
}

bool token_is(const Text *text, uint32_t token, const char *word) {
    return utf8_fold_equal(token_str(text, token), str_of(word));
}

bool token_has(const Text *text, uint32_t token, LexKind kind) {
    const LexWord *word = text->tokens[token].word;

    return word && (word->keys >> kind & 1);
}

LexRow token_row(const Text *text, uint32_t token, LexKind kind) {
    if (!token_has(text, token, kind)) {
        return (LexRow){0};
    }
    return lexicon_row(text->lexicon, kind, text->tokens[token].word);
}

/* A hyphen between two parts of one word, that the tokenizer cut off. */
static bool is_joint(const Text *text, uint32_t token, uint32_t last) {
    const Token *at = &text->tokens[token];

    return token + 1 < last && at->end - at->begin == 1 &&
           text->bytes.ptr[at->begin] == '-' &&
           !(at->flags & TOKEN_SPACE_BEFORE) &&
           !(at[1].flags & TOKEN_SPACE_BEFORE);
}

/* Keys with a hyphen stand in the lexicon with a space in its place too
 * (tools/lexicon.py), so here a joint is passed over:
 *
 *     text   vice | - | president | of | Ruritania
 *     tried  vice | vice president | vice president of | ...              */
uint32_t token_phrase(const Text *text, uint32_t token, uint32_t last,
                      LexKind kind, LexRow *row) {
    const Token *at = &text->tokens[token];
    uint32_t found = 0, words = 1;
    uint64_t hash = at->hash;

    assert(token <= text->token_count && last <= text->token_count);
    if (token >= last) {
        *row = (LexRow){0};
        return 0;
    }
    *row = token_row(text, token, kind);
    found = row->lexicon != NULL;
    if (!at->word || !(at->word->opens >> kind & 1)) {
        return found;
    }
    for (uint32_t i = token + 1; i < last && words < at->word->longest; i++) {
        LexRow longer;
        if (is_joint(text, i, last)) {
            continue;
        }
        words++;
        hash = hash_more(hash, (Str){" ", 1});
        hash = utf8_fold_hash(hash, token_str(text, i));
        longer = lexicon_find_hash(text->lexicon, kind, hash);
        if (longer.lexicon) {
            *row = longer;
            found = i + 1 - token;
        }
    }
    return found;
}

uint32_t token_at(const Text *text, uint32_t at) {
    uint32_t low = 0, high = text->token_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (text->tokens[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
