/* SPDX-License-Identifier: Apache-2.0 */
/* find/attribution_units.c - see attribution.h: units and windows. */
#include "find/attribution.h"

#include <assert.h>

enum { SUFFIX = 3, PIECES_AFTER = 3, WINDOW_SIDE = 72, PATH_MAX = 4 };

static_assert(2 * WINDOW_SIDE + CUE_UNITS_MAX <= WINDOW_MAX, "a window has room");

/* Kinds of words beyond those of WordClass. */
enum {
    TAG_MENTION = 32, /* and the type of the entity */
    TAG_MARK = 64,    /* and a hash of the mark */
    TAG_CAPITAL = 48,
    TAG_NUMBER,
    TAG_PAST,
    TAG_ING,
    TAG_PLURAL,
    TAG_LOWER,
    TAG_TIME,
    TAG_INNER,
    TAG_EDGE,
    TAG_OPEN,
    TAG_CLOSE,
    TAG_CUE = 24 /* and its form */
};

static uint8_t tag_of_word(const Words *words, uint32_t token) {
    const Token *at = &words->text->tokens[token];
    Str word = token_str(words->text, token);

    if (at->flags & TOKEN_NUMBER) {
        return TAG_NUMBER;
    }
    if ((at->flags & TOKEN_CAPITAL) && !(at->flags & TOKEN_SENTENCE_START)) {
        return TAG_CAPITAL;
    }
    if (str_ends(word, (Str){"ed", 2})) {
        return TAG_PAST;
    }
    if (str_ends(word, (Str){"ing", 3})) {
        return TAG_ING;
    }
    return str_ends(word, (Str){"s", 1}) ? TAG_PLURAL : TAG_LOWER;
}

static uint8_t mention_type(const Words *words, const Analysis *analysis,
                            uint32_t token) {
    int32_t at = words->mention[token];

    return at < 0 ? 0 : (uint8_t)(1 + analysis->mentions[at].type);
}

static uint8_t mark_tag(Str mark) {
    return (uint8_t)(TAG_MARK + hash_str(mark) % TAG_MARK);
}

static uint8_t tag_of(const Words *words, const Unit *unit, Str word) {
    uint8_t class = words->class[unit->first];

    if (unit->inner) {
        return TAG_INNER;
    }
    if (unit->opens || unit->closes) {
        return unit->opens ? TAG_OPEN : TAG_CLOSE;
    }
    if (class == WORD_MARK) {
        return mark_tag(word);
    }
    if (unit->mention) {
        return (uint8_t)(TAG_MENTION + unit->mention);
    }
    if (words->time[unit->first] >= 0) {
        return TAG_TIME;
    }
    if (class != WORD_OTHER && class != WORD_COMMON) {
        return class;
    }
    return unit->frame ? (uint8_t)(TAG_CUE + unit->frame % 8)
                       : tag_of_word(words, unit->first);
}

/* Frame and form of the row of the table cue that begins here: 8 * frame +
 * form, both counted from 1. */
static uint8_t frame_of(const Words *words, uint32_t token) {
    const Text *text = words->text;
    const LexWord *word = text->tokens[token].word;
    uint32_t last = text->sentences[text->tokens[token].sentence].last;
    LexRow row;

    if (!word || !((word->keys | word->opens) >> LEX_CUE & 1) ||
        !token_phrase(text, token, last, LEX_CUE, &row)) {
        return 0;
    }
    return (uint8_t)(8 * (1 + cue_frame(row)) + 1 + cue_form(row));
}

static uint32_t suffix_hash(Str word) {
    return word.len > SUFFIX
               ? (uint32_t)hash_str(
                     str_slice(word, word.len - SUFFIX, word.len))
               : 0;
}

/* What stands between marks counts as one word, by its length and end. */
static uint32_t inner_word(const Words *words, Range inner) {
    uint32_t length = inner.last - inner.first;
    uint32_t size = length <= 2 ? length : length <= 6 ? 3 : length <= 15 ? 4 : 5;
    Str last = token_str(words->text, inner.last - 1);
    uint32_t end = words->class[inner.last - 1] == WORD_MARK
                       ? (unsigned char)last.ptr[0]
                       : 0;

    return 1 + size + 8 * end + 4096 * word_is_capital(words, inner.first);
}

static void push_unit(const Words *words, const Analysis *analysis,
                      Range tokens, bool quoted, Units *units) {
    const Token *token = &words->text->tokens[tokens.first];
    bool inner = tokens.last > tokens.first + 1;
    Unit *unit = &units->items[units->count++];
    Str word = token_str(words->text, tokens.first);

    *unit = (Unit){.first = tokens.first,
                   .last = tokens.last,
                   .inner = inner,
                   .quoted = quoted,
                   .word = inner ? inner_word(words, tokens)
                                 : (uint32_t)(token->hash >> 8),
                   .shape = (uint8_t)(token->flags & 7)};
    if (!inner) {
        unit->opens = quoted && (token->flags & TOKEN_OPEN_QUOTE);
        unit->closes = quoted && (token->flags & TOKEN_CLOSE_QUOTE);
        unit->mention = mention_type(words, analysis, tokens.first);
        unit->suffix = (uint16_t)suffix_hash(word);
        unit->frame = frame_of(words, tokens.first);
    }
    if (unit->opens || unit->closes) {
        unit->word = unit->opens;
    }
    unit->tag = tag_of(words, unit, word);
}

/* The mark, what it encloses, the mark. */
static void push_piece_units(const Words *words, const Analysis *analysis,
                             const Piece *piece, Units *units) {
    Range inner = {piece->tokens.first + 1,
                   piece->tokens.last - !piece->unclosed};

    push_unit(words, analysis, (Range){inner.first - 1, inner.first}, true,
              units);
    if (!range_empty(inner)) {
        push_unit(words, analysis, inner, true, units);
    }
    if (!piece->unclosed) {
        push_unit(words, analysis, (Range){inner.last, piece->tokens.last},
                  true, units);
    }
}

/* Where sentences and paragraphs end. */
static void mark_ends(const Text *text, Units *units) {
    for (uint32_t i = 0; i < units->count; i++) {
        Unit *unit = &units->items[i];
        uint32_t sentence = text->tokens[unit->last - 1].sentence;
        uint32_t next = i + 1 < units->count
                            ? text->tokens[unit[1].first].sentence
                            : UINT32_MAX;
        unit->ends = next != sentence;
        unit->breaks = next == UINT32_MAX ||
                       text->sentences[next].block !=
                           text->sentences[sentence].block;
    }
}

void units_read(Arena *arena, const Analysis *analysis, const Words *words,
                const Pieces *pieces, Units *out) {
    const Text *text = words->text;
    uint32_t piece = 0;
    Unit *room = arena_alloc(arena, (text->token_count + 2 * UNITS_EDGE) *
                                        sizeof *room);

    for (uint32_t i = 0; i < UNITS_EDGE; i++) {
        room[i] = (Unit){.tag = TAG_EDGE, .ends = true, .breaks = true};
    }
    *out = (Units){.items = room + UNITS_EDGE,
                   .comma = mark_tag((Str){",", 1})};
    for (uint32_t i = 0; i < text->token_count;) {
        const Sentence *sentence =
            &text->sentences[text->tokens[i].sentence];
        if (piece < pieces->count && pieces->items[piece].tokens.first == i) {
            push_piece_units(words, analysis, &pieces->items[piece], out);
            i = pieces->items[piece++].tokens.last;
        } else if (sentence->heading) {
            i = sentence->last;
        } else {
            push_unit(words, analysis, (Range){i, i + 1}, false, out);
            i++;
        }
    }
    mark_ends(text, out);
    for (uint32_t i = 0; i < UNITS_EDGE; i++) {
        out->items[out->count + i] = room[i];
    }
}

bool unit_is_mark(const Unit *unit) {
    return unit->tag >= TAG_MARK || unit->tag == TAG_OPEN ||
           unit->tag == TAG_CLOSE;
}

/* To the left to the start of the sentence, and over a quotation that ends
 * the one before. */
static uint32_t window_first(const Units *units, uint32_t cue) {
    uint32_t at = cue, floor = cue > WINDOW_SIDE ? cue - WINDOW_SIDE : 0;
    const Unit *items = units->items;

    while (at > floor && !items[at - 1].ends) {
        at--;
    }
    if (at > floor && items[at - 1].closes && !items[at - 1].breaks) {
        at--;
        while (at > floor && (items[at - 1].quoted || !items[at - 1].ends) &&
               !items[at - 1].breaks && !items[at - 1].closes) {
            at--;
        }
    }
    return at;
}

/* To the right to the end of the sentence, and over the quotations that open
 * the next ones. */
static uint32_t window_last(const Units *units, uint32_t cue) {
    uint32_t at = cue, limit = cue + WINDOW_SIDE;
    const Unit *items = units->items;

    limit = limit > units->count ? units->count : limit;
    for (uint32_t pieces = 0; at < limit; pieces++) {
        while (at < limit && !items[at].ends) {
            at++;
        }
        at += at < limit;
        if (at >= limit || pieces == PIECES_AFTER || !items[at].opens ||
            (items[at - 1].breaks && pieces > 0)) {
            break;
        }
    }
    return at;
}

/* The word of a cue that says what sort it is: the first of the table cue,
 * else the first that is no word of grammar. */
static uint32_t key_of(const Units *units, Range cue) {
    for (uint32_t i = cue.first; i < cue.last; i++) {
        if (units->items[i].frame) {
            return i;
        }
    }
    for (uint32_t i = cue.first; i < cue.last; i++) {
        if (units->items[i].tag >= WORD_CLASS_COUNT &&
            units->items[i].tag < TAG_MARK) {
            return i;
        }
    }
    return cue.first;
}

/* Counts on the way from the cue to a unit. */
typedef struct Passed {
    uint32_t distance, marks, cues, quotes, ends, verbs, path;
} Passed;

static uint32_t capped(uint32_t count, uint32_t cap) {
    return count < cap ? count : cap;
}

static Between between_of(const Passed *passed) {
    return (Between){
        .distance = passed->distance + 1,
        .path = passed->distance < PATH_MAX ? passed->path : 0,
        .kinds = capped(passed->marks, 2) | capped(passed->cues, 2) << 2 |
                 capped(passed->quotes, 2) << 4 | capped(passed->ends, 1) << 6 |
                 capped(passed->verbs, 2) << 7};
}

static void pass(Passed *passed, const Units *units, const Unit *unit) {
    passed->distance++;
    passed->path = (passed->path + unit->tag) * 0x9E3779B1U;
    passed->marks += unit->tag == units->comma;
    passed->cues += unit->cue == 2;
    passed->quotes += unit->inner;
    passed->ends += unit->ends;
    passed->verbs += unit->tag == WORD_BE || unit->tag == WORD_AUXILIARY;
}

void window_read(const Units *units, Range cue, Window *out) {
    Passed left = {0}, right = {0};

    out->cue = cue;
    out->key = key_of(units, cue);
    out->units = (Range){window_first(units, cue.first),
                         window_last(units, cue.last - 1)};
    out->quotes = 0;
    for (uint32_t i = cue.first; i > out->units.first; i--) {
        out->between[i - 1 - out->units.first] = between_of(&left);
        pass(&left, units, &units->items[i - 1]);
    }
    for (uint32_t i = cue.first; i < cue.last; i++) {
        out->between[i - out->units.first] = (Between){0};
    }
    for (uint32_t i = cue.last; i < out->units.last; i++) {
        out->between[i - out->units.first] = between_of(&right);
        pass(&right, units, &units->items[i]);
    }
    out->quotes = (left.quotes > 0) | (uint32_t)(right.quotes > 0) << 1;
}
