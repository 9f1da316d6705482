/* SPDX-License-Identifier: Apache-2.0 */
/* find/words.c - see words.h. */
#include "find/words.h"

#include <assert.h>
#include <string.h>

enum { STEM_MIN = 2 };

/* The cell `class` of the table function_word, in the order of WordClass. */
static WordClass class_of_row(LexRow row) {
    static const char *const names[WORD_CLASS_COUNT] = {
        "",
        "",
        "pronoun",
        "relative",
        "article",
        "possessive",
        "of",
        "for",
        "preposition",
        "conjunction",
        "subordinator",
        "auxiliary",
        "be",
        "negation",
        "genitive",
        "adverb",
        "interjection",
        "common",
    };
    Str cell = lex_cell(row, LEX_FUNCTION_WORD_CLASS);

    for (uint32_t i = WORD_PRONOUN; i < WORD_CLASS_COUNT; i++) {
        if (str_is(cell, names[i])) {
            return (WordClass)i;
        }
    }
    return WORD_OTHER;
}

/* The class of each row of the table, so that a token needs one lookup. */
static uint8_t *read_classes(Arena *arena, const Lexicon *lexicon) {
    uint32_t rows = lexicon_rows(lexicon, LEX_FUNCTION_WORD);
    uint8_t *classes = arena_alloc(arena, rows + 1);

    for (uint32_t i = 0; i < rows; i++) {
        classes[i] =
            (uint8_t)class_of_row((LexRow){lexicon, LEX_FUNCTION_WORD, i});
    }
    return classes;
}

/* The endings of a class in the table word_ending: "ly". */
static StrList read_endings(Arena *arena, const Lexicon *lexicon,
                            const char *class) {
    uint32_t rows = lexicon_rows(lexicon, LEX_WORD_ENDING);
    StrList endings = {0};

    for (uint32_t i = 0; i < rows; i++) {
        LexRow row = {lexicon, LEX_WORD_ENDING, i};
        Str keys = lex_cell(row, LEX_WORD_ENDING_KEY);
        for (size_t at = 0;
             at < keys.len && lex_is(row, LEX_WORD_ENDING_CLASS, class);) {
            size_t end = str_find(keys, (Str){"|", 1}, at);
            str_push(arena, &endings, str_slice(keys, at, end));
            at = end + 1;
        }
    }
    return endings;
}

static bool has_ending(Str word, const StrList *endings) {
    for (uint32_t i = 0; i < endings->count; i++) {
        Str ending = endings->items[i];
        if (word.len > ending.len + STEM_MIN && str_ends(word, ending)) {
            return true;
        }
    }
    return false;
}

bool words_is_participle(const Words *words, uint32_t token) {
    const Token *at = &words->text->tokens[token];

    return !at->word && !(at->flags & TOKEN_CAPITAL) &&
           has_ending(token_str(words->text, token), &words->participles);
}

/* The class of a word that is in no row of function_word. */
static WordClass class_of_unknown(const Text *text, uint32_t token,
                                  const StrList *adverbs) {
    const Token *at = &text->tokens[token];

    if (at->flags & TOKEN_PUNCT) {
        return WORD_MARK;
    }
    return !at->word && !(at->flags & (TOKEN_CAPITAL | TOKEN_NUMBER)) &&
                   has_ending(token_str(text, token), adverbs)
               ? WORD_ADVERB
               : WORD_OTHER;
}

static int32_t *fill_array(Arena *arena, uint32_t count) {
    int32_t *array = arena_alloc(arena, (count + 1) * sizeof *array);

    memset(array, 0xFF, (count + 1) * sizeof *array);
    return array;
}

void words_init(Arena *arena, const Analysis *analysis, Words *out) {
    const Text *text = &analysis->text;
    uint32_t count = text->token_count;
    const uint8_t *classes = read_classes(arena, text->lexicon);
    StrList adverbs = read_endings(arena, text->lexicon, "adverb");

    out->text = text;
    out->participles = read_endings(arena, text->lexicon, "participle");
    out->class = arena_alloc(arena, count + 1);
    out->time = fill_array(arena, count);
    out->mention = fill_array(arena, count);
    for (uint32_t i = 0; i < count; i++) {
        LexRow row = token_row(text, i, LEX_FUNCTION_WORD);
        out->class[i] = row.lexicon
                            ? classes[row.row]
                            : (uint8_t)class_of_unknown(text, i, &adverbs);
    }
    for (uint32_t i = 0; i < analysis->time_count; i++) {
        const Time *time = &analysis->times[i];
        for (uint32_t t = time->first; t < time->last && t < count; t++) {
            out->time[t] = (int32_t)i;
        }
    }
}

void words_mark(const Analysis *analysis, Words *words) {
    uint32_t count = analysis->text.token_count;

    memset(words->mention, 0xFF, (count + 1) * sizeof *words->mention);
    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        const Mention *mention = &analysis->mentions[i];
        for (uint32_t t = mention->first; t < mention->last; t++) {
            assert(t < count);
            words->mention[t] = (int32_t)i;
        }
    }
}

bool word_is_mark(const Words *words, uint32_t token, char mark) {
    const Token *at = &words->text->tokens[token];

    return at->end - at->begin == 1 &&
           words->text->bytes.ptr[at->begin] == mark;
}

char word_feature(const Words *words, uint32_t token) {
    LexRow row = token_row(words->text, token, LEX_FUNCTION_WORD);
    Str cell;

    if (!row.lexicon) {
        return 0;
    }
    cell = lex_cell(row, LEX_FUNCTION_WORD_FEATURE);
    return cell.len ? cell.ptr[0] : 0;
}

bool word_is_capital(const Words *words, uint32_t token) {
    return words->text->tokens[token].flags & TOKEN_CAPITAL;
}

static bool is_linker(const Words *words, uint32_t token) {
    return words->class[token] == WORD_PREPOSITION ||
           words->class[token] == WORD_FOR;
}

uint32_t words_skip_times(const Words *words, uint32_t token, uint32_t limit) {
    while (token < limit) {
        if (words->time[token] >= 0 || words->class[token] == WORD_ADVERB) {
            token++;
        } else if (is_linker(words, token) && token + 1 < limit &&
                   words->time[token + 1] >= 0) {
            token += 2;
        } else {
            break;
        }
    }
    return token;
}

uint32_t words_skip_times_back(const Words *words, uint32_t token,
                               uint32_t floor) {
    while (token > floor) {
        if (words->time[token - 1] >= 0) {
            token--;
            if (token > floor && words->time[token - 1] < 0 &&
                is_linker(words, token - 1)) {
                token--;
            }
        } else if (words->class[token - 1] == WORD_ADVERB) {
            token--;
        } else {
            break;
        }
    }
    return token;
}

bool range_empty(Range range) {
    return range.first >= range.last;
}

Span range_span(const Text *text, Range range) {
    return range_empty(range) ? (Span){0}
                              : tokens_span(text, range.first, range.last);
}
