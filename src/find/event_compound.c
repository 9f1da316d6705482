/* SPDX-License-Identifier: Apache-2.0 */
/* find/event_compound.c - see event_parts.h: codes of two parts.
 *
 *     Arda   refused  to  resume  talks         12+  (=)  046  -> 125
 *     Arda   urged    Morn to withdraw          02+  087       -> 0256
 *     Arda   promised to stop supplying arms    03+  16+  07   -> 03+162 ->
 * 1311
 *
 * The inner code is looked for among the words below the outer one, nearest
 * first. After PETRARCH-2's transformations (Norris 2016), but as one table:
 * LEX_EVENT_COMPOUND. */
#include "find/event_parts.h"

#include <string.h>

enum { KEY_MAX = 24, DEPTH_MAX = 4, NEAR_MAX = 4 };

bool event_is_open(Str code) {
    return code.len > 1 && code.ptr[code.len - 1] == '+';
}

/* The code of "outer/inner", the inner one cut until a row fits. */
Str event_compound(const Lexicon *lexicon, Str outer, Str inner) {
    char key[KEY_MAX];

    for (size_t len = inner.len; len >= 2; len--) {
        LexRow row;
        size_t at = outer.len;
        if (at + 1 + len > sizeof key) {
            continue;
        }
        memcpy(key, outer.ptr, at);
        key[at++] = '/';
        memcpy(key + at, inner.ptr, len);
        row = lexicon_find(lexicon, LEX_EVENT_COMPOUND, (Str){key, at + len});
        if (row.lexicon) {
            return lex_cell(row, LEX_EVENT_COMPOUND_CODE);
        }
    }
    return (Str){0};
}

/* Steps from `token` up to `top`; DEPTH_MAX + 1: not below it, or too far. */
static uint32_t depth_below(const Events *events, uint32_t token,
                            uint32_t top) {
    uint32_t depth = 0;

    while (token != top && depth <= DEPTH_MAX) {
        if (events->tags[token].head == TAG_ROOT ||
            events->tags[token].rel == REL_ACL_RELCL ||
            events->tags[token].rel == REL_PARATAXIS ||
            (events->tags[token].rel == REL_CONJ &&
             events->tags[token].head == top)) {
            return DEPTH_MAX + 1;
        }
        token = events->tags[token].head;
        depth++;
    }
    return depth;
}

/* The word nearest below `top` that has a code, or NO_TOKEN. */
static uint32_t nearest_inner(const Events *events, uint32_t top) {
    uint32_t best = NO_TOKEN, nearest = NEAR_MAX + 1;

    for (uint32_t i = events->sentence.first; i < events->sentence.last; i++) {
        const EventMatch *match = &events->matches[i];
        uint32_t depth;
        if (i == top || !match->form || !match->code.len ||
            match->code.ptr[0] == '=') {
            continue;
        }
        depth = depth_below(events, i, top);
        if (depth < nearest) {
            nearest = depth;
            best = i;
        }
    }
    return best;
}

static bool complete(Events *events, uint32_t token, EventMatch *match,
                     uint32_t level) {
    Str outer = str_slice(match->code, 0, match->code.len - 1);
    uint32_t inner = level < 3 ? nearest_inner(events, token) : NO_TOKEN;
    EventMatch below;
    Str code = {0};

    if (inner == NO_TOKEN) {
        match->code = outer.len < 3
                          ? str_join(events->arena, outer, (Str){"0", 1})
                          : outer;
        return true;
    }
    below = events->matches[inner];
    if (event_is_open(below.code)) {
        (void)complete(events, inner, &below, level + 1);
    }
    events->spent[inner] = true;
    code = event_compound(events->text->lexicon, outer, below.code);
    match->code = code;
    match->inner = inner;
    return code.len > 0;
}

void event_spend(Events *events, uint32_t token) {
    uint32_t inner = nearest_inner(events, token);

    if (inner != NO_TOKEN) {
        events->spent[inner] = true;
    }
}

bool event_complete(Events *events, uint32_t token, EventMatch *match) {
    return complete(events, token, match, 0);
}
