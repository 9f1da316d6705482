/* SPDX-License-Identifier: Apache-2.0 */
/* find/attribution_units.c - see attribution.h: units and windows. */
#include "find/attribution.h"

#include <assert.h>

enum {
    SUFFIX = 3,
    PIECES_AFTER = 3,
    WINDOW_SIDE = 72,
    PATH_MAX = 4,
    INNER_MAX = 64,
    CLIMB_MAX = 24
};

static_assert(2 * WINDOW_SIDE + CUE_UNITS_MAX <= WINDOW_MAX,
              "a window has room");

/* What a unit is: a part of speech of the Penn Treebank, or one of these. */
enum {
    TAG_MENTION = 64, /* and the type of the name */
    TAG_MARK = 96,    /* and a hash of the mark */
    TAG_MARKS = 64,
    TAG_TIME = 160,
    TAG_SUBORDINATOR, /* what XPOS_IN is before a clause */
    TAG_INNER,
    TAG_OPEN,
    TAG_CLOSE,
    TAG_EDGE
};

static_assert((int)XPOS_COUNT <= TAG_MENTION, "tags do not meet");

static uint8_t mention_type(const Analysis *analysis, const Words *words,
                            uint32_t token) {
    int32_t at = words->mention[token];
    uint8_t name = analysis->tags.words[token].name;

    if (at >= 0) {
        return (uint8_t)(1 + analysis->mentions[at].type);
    }
    return name == NAME_OUTSIDE ? 0 : (uint8_t)(1 + (name - 1) / 2);
}

static uint8_t mark_tag(Str mark) {
    return (uint8_t)(TAG_MARK + hash_str(mark) % TAG_MARKS);
}

static uint8_t tag_of(const Analysis *analysis, const Words *words,
                      const Unit *unit) {
    const Word *word = &analysis->tags.words[unit->first];

    if (unit->inner) {
        return TAG_INNER;
    }
    if (unit->opens || unit->closes) {
        return unit->opens ? TAG_OPEN : TAG_CLOSE;
    }
    if (words->class[unit->first] == WORD_MARK) {
        return mark_tag(token_str(words->text, unit->first));
    }
    if (unit->mention) {
        return (uint8_t)(TAG_MENTION + unit->mention);
    }
    if (words->time[unit->first] >= 0) {
        return TAG_TIME;
    }
    return word->upos == UPOS_SCONJ ? TAG_SUBORDINATOR : word->xpos;
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
    return word.len > SUFFIX ? (uint32_t)hash_str(
                                   str_slice(word, word.len - SUFFIX, word.len))
                             : 0;
}

/* What stands between marks counts as one word, by its length and end. */
static uint32_t inner_word(const Words *words, Range inner) {
    uint32_t length = inner.last - inner.first;
    uint32_t size = length <= 2    ? length
                    : length <= 6  ? 3
                    : length <= 15 ? 4
                                   : 5;
    Str last = token_str(words->text, inner.last - 1);
    uint32_t end = words->class[inner.last - 1] == WORD_MARK
                       ? (unsigned char)last.ptr[0]
                       : 0;

    return 1 + size + 8 * end + 4096 * word_is_capital(words, inner.first);
}

/* The token that all others of the unit depend on, or the first that depends
 * on none of them. */
static uint32_t top_of(const Tags *tags, Range tokens) {
    uint32_t last = tokens.last > tokens.first + INNER_MAX
                        ? tokens.first + INNER_MAX
                        : tokens.last;

    for (uint32_t i = tokens.first; i < last; i++) {
        uint32_t head = tags->words[i].head;
        if ((head < tokens.first || head >= tokens.last) &&
            tags->words[i].rel != REL_PUNCT) {
            return i;
        }
    }
    return tokens.first;
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
        unit->mention = mention_type(analysis, words, tokens.first);
        unit->suffix = (uint16_t)suffix_hash(word);
        unit->frame = frame_of(words, tokens.first);
    }
    if (unit->opens || unit->closes) {
        unit->word = unit->opens;
    }
    unit->tag = tag_of(analysis, words, unit);
    unit->top = top_of(&analysis->tags, tokens);
    unit->rel = analysis->tags.words[unit->top].rel;
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

static uint32_t child_bit(uint8_t rel) {
    static const uint8_t told[] = {
        REL_NSUBJ,     REL_NSUBJ_PASS, REL_CCOMP,     REL_XCOMP,
        REL_OBJ,       REL_OBL,        REL_PARATAXIS, REL_ADVCL,
        REL_AUX,       REL_AUX_PASS,   REL_MARK,      REL_CONJ,
        REL_OBL_AGENT, REL_IOBJ,       REL_CC,        REL_CSUBJ};

    for (uint32_t i = 0; i < sizeof told; i++) {
        if (told[i] == rel) {
            return 1U << i;
        }
    }
    return 0;
}

/* Which relations the words have that depend on each unit. */
static void mark_children(Arena *arena, const Tags *tags, Units *units) {
    uint16_t *children =
        arena_zero(arena, (tags->count + 1) * sizeof *children);

    for (uint32_t i = 0; i < tags->count; i++) {
        if (tags->words[i].head < tags->count) {
            children[tags->words[i].head] |=
                (uint16_t)child_bit(tags->words[i].rel);
        }
    }
    for (uint32_t i = 0; i < units->count; i++) {
        Unit *unit = &units->items[i];
        uint32_t head = tags->words[unit->top].head;
        unit->children = children[unit->top];
        unit->head = head < tags->count ? tags->words[head].xpos : XPOS_COUNT;
        unit->verb = !unit->inner && (tags->words[unit->top].upos == UPOS_VERB);
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
        unit->breaks =
            next == UINT32_MAX ||
            text->sentences[next].block != text->sentences[sentence].block;
    }
}

void units_read(Arena *arena, const Analysis *analysis, const Words *words,
                const Pieces *pieces, Units *out) {
    const Text *text = words->text;
    uint32_t piece = 0;
    Unit *room =
        arena_alloc(arena, (text->token_count + 2 * UNITS_EDGE) * sizeof *room);

    for (uint32_t i = 0; i < UNITS_EDGE; i++) {
        room[i] = (Unit){.tag = TAG_EDGE, .ends = true, .breaks = true};
    }
    *out =
        (Units){.items = room + UNITS_EDGE, .comma = mark_tag((Str){",", 1})};
    for (uint32_t i = 0; i < text->token_count;) {
        const Sentence *sentence = &text->sentences[text->tokens[i].sentence];
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
    mark_children(arena, &analysis->tags, out);
    out->tags = &analysis->tags;
    out->step = arena_zero(arena, (text->token_count + 1) * sizeof *out->step);
    for (uint32_t i = 0; i < UNITS_EDGE; i++) {
        out->items[out->count + i] = room[i];
    }
}

bool unit_is_mark(const Unit *unit) {
    return (unit->tag >= TAG_MARK && unit->tag < TAG_TIME) ||
           unit->tag == TAG_OPEN || unit->tag == TAG_CLOSE;
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
 * else the first verb. */
static uint32_t key_of(const Units *units, Range cue) {
    for (uint32_t i = cue.first; i < cue.last; i++) {
        if (units->items[i].frame) {
            return i;
        }
    }
    for (uint32_t i = cue.first; i < cue.last; i++) {
        if (units->items[i].verb) {
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
    passed->verbs += unit->verb;
}

/* --- how a unit hangs in the tree, seen from the cue --- */

/* Number the cue's word and those above it from 1 on, or clear them. */
static void mark_path(const Units *units, uint32_t token, bool set) {
    for (uint32_t step = 1; token < units->tags->count && step < CLIMB_MAX;
         step++, token = units->tags->words[token].head) {
        units->step[token] = (uint8_t)(set ? step : 0);
    }
}

/* From the unit up to the first word that the cue depends on too. `up` is the
 * last relation on that way, `next` the one before it; `down` the first from
 * there to the cue; 0 where there is none. */
static void climb(const Units *units, uint32_t key, const Unit *unit,
                  Between *out) {
    const Word *words = units->tags->words;
    uint32_t token = unit->top, steps = 0;

    out->up = out->next = out->down = 0;
    while (token < units->tags->count && !units->step[token] &&
           steps++ < CLIMB_MAX) {
        out->next = out->up;
        out->up = (uint8_t)(1 + words[token].rel);
        out->branch = token;
        token = words[token].head;
    }
    out->depth = (uint8_t)(steps < 3 ? steps : 3);
    if (token >= units->tags->count || !units->step[token]) {
        out->down = REL_COUNT + 1; /* another sentence */
        return;
    }
    for (uint32_t at = key, back = units->step[token]; back > 1; back--) {
        out->down = (uint8_t)(1 + words[at].rel);
        at = words[at].head;
    }
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
    mark_path(units, units->items[out->key].top, true);
    for (uint32_t i = out->units.first; i < out->units.last; i++) {
        climb(units, units->items[out->key].top, &units->items[i],
              &out->between[i - out->units.first]);
    }
    mark_path(units, units->items[out->key].top, false);
    out->quotes = (left.quotes > 0) | (uint32_t)(right.quotes > 0) << 1;
}
