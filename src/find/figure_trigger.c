/* SPDX-License-Identifier: Apache-2.0 */
/* find/figure_trigger.c - see figure_parts.h: what happened to the counted.
 *
 * There is no parser yet, so a count finds its trigger by the words between
 * them. To the right it takes a passive ("were killed", "have been arrested"),
 * a verb of the count's own ("died", "fled"), an adjective ("dead"), or a
 * participle right after it ("30 people killed in ..."), unless that has an
 * object of its own ("three gunmen killed two guards"). To the left it takes a
 * verb whose object it is ("killed 30", "killing at least 30"), or a word of
 * toll ("the death toll rose to 30"). In a list it takes the kind of the count
 * before it ("killed 12 soldiers and 30 civilians"). */
#include "find/figure_parts.h"

#include <assert.h>

enum {
    REACH_RIGHT = 16, /* tokens between a count and the verb after it */
    REACH_LEFT = 6,
    REACH_TOLL = 26,
    ELIDED_MAX = 8,
};

static const char TOLL[] = "figure/toll", NEXT_TOLL[] = "figure/toll-next";

/* ---------------------------------------------------------------- finding */

static Frame frame_of(LexRow row) {
    static const char *const names[FRAME_COUNT] = {
        "verb",  "present",   "gerund", "intransitive", "noun",
        "lives", "adjective", "toll",   "same",
    };
    Str cell = lex_cell(row, LEX_FIGURE_TRIGGER_FRAME);

    for (int i = 0; i < FRAME_COUNT; i++) {
        if (str_is(cell, names[i])) {
            return (Frame)i;
        }
    }
    return FRAME_NOUN;
}

static int kind_of(LexRow row) {
    Str cell = lex_cell(row, LEX_FIGURE_TRIGGER_KIND);

    for (int i = 0; i < FIGURE_KIND_COUNT; i++) {
        if (str_is(cell, figure_kind_name((FigureKind)i))) {
            return i;
        }
    }
    return KIND_SAME;
}

void figure_triggers(Figures *figures) {
    const Text *text = figures->text;
    const uint64_t bit = UINT64_C(1) << LEX_FIGURE_TRIGGER;

    figures->trigger_count = 0;
    for (uint32_t i = figures->range.first; i < figures->range.last;) {
        const LexWord *word = text->tokens[i].word;
        uint32_t length = 0;
        LexRow row;

        if (word && ((word->keys | word->opens) & bit)) {
            length = token_phrase(text, i, figures->range.last,
                                  LEX_FIGURE_TRIGGER, &row);
        }
        if (length) {
            figures->triggers = arena_grow(
                figures->arena, figures->triggers, figures->trigger_count,
                &figures->trigger_capacity, sizeof *figures->triggers);
            figures->triggers[figures->trigger_count++] =
                (Trigger){{i, i + length}, frame_of(row), kind_of(row)};
        }
        i += length ? length : 1;
    }
}

/* Index of the first trigger that ends after `token`. O(log triggers). */
static uint32_t trigger_after(const Figures *figures, uint32_t token) {
    uint32_t low = 0, high = figures->trigger_count;

    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (figures->triggers[middle].range.last > token) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

const Trigger *figure_trigger_at(const Figures *figures, uint32_t token) {
    uint32_t i = trigger_after(figures, token);

    return i < figures->trigger_count &&
                   figures->triggers[i].range.first == token
               ? &figures->triggers[i]
               : NULL;
}

const Trigger *figure_trigger_before(const Figures *figures, uint32_t token) {
    uint32_t i = token ? trigger_after(figures, token - 1) : 0;

    return i < figures->trigger_count &&
                   figures->triggers[i].range.last == token
               ? &figures->triggers[i]
               : NULL;
}

/* --------------------------------------------------------------- the words */

static WordClass class_at(const Figures *figures, uint32_t token) {
    return token >= figures->range.first && token < figures->range.last
               ? (WordClass)figures->words.class[token]
               : WORD_MARK;
}

/* A verb of the past that is no trigger: the clause is told about something
 * else from there on. */
static bool is_other_verb(const Figures *figures, uint32_t token) {
    const Text *text = figures->text;
    WordClass class = class_at(figures, token);
    Str word = token_str(text, token);

    if (class != WORD_OTHER && class != WORD_COMMON) {
        return false;
    }
    return token_has(text, token, LEX_TENSE) ||
           token_has(text, token, LEX_CUE) ||
           (word.len > 4 && str_ends(word, str_of("ed")) &&
            !word_is_capital(&figures->words, token));
}

/* The count that begins at a token, or NULL. O(log counts). */
static Count *count_at(const Figures *figures, uint32_t token) {
    uint32_t low = 0, high = figures->count_count;

    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (figures->counts[middle].range.first >= token) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low < figures->count_count &&
                   figures->counts[low].range.first == token
               ? &figures->counts[low]
               : NULL;
}

/* An object follows: the participle is a verb of its subject's. */
static bool has_object(const Figures *figures, uint32_t token) {
    WordClass class = class_at(figures, token);
    const Count *count;

    if (token >= figures->range.last || class == WORD_MARK ||
        figures->words.time[token] >= 0) {
        return false;
    }
    if (class == WORD_ARTICLE || class == WORD_POSSESSIVE ||
        class == WORD_PRONOUN) {
        return true;
    }
    count = count_at(figures, token);
    if (count) { /* "10 killed 15 injured": the 15 has a verb of its own */
        return !figure_trigger_at(figures, count->range.last);
    }
    if (figures->text->tokens[token].flags & TOKEN_NUMBER) {
        return true;
    }
    return (class == WORD_OTHER || class == WORD_COMMON) &&
           (token_has(figures->text, token, LEX_ACTOR) ||
            figures->words.mention[token] >= 0);
}

static void settle(Count *count, const Trigger *trigger, const char *rule) {
    count->kind = trigger->kind;
    count->trigger = trigger->range;
    count->rule = rule;
}

/* --------------------------------------------------------- to the right */

typedef struct Walk {
    bool passive;   /* a form of "be" was passed */
    bool auxiliary; /* "have", "were" */
    bool straight;  /* nothing but adverbs, times and auxiliaries so far */
    bool negated;
} Walk;

/* Does the trigger that begins here take the count? */
static const char *takes_before(const Figures *figures, const Walk *walk,
                                const Trigger *trigger) {
    switch (trigger->frame) {
    case FRAME_VERB:
        if (walk->passive) {
            return "figure/passive";
        }
        if (walk->auxiliary) {
            return NULL; /* "have killed": active */
        }
        return walk->straight && !has_object(figures, trigger->range.last)
                   ? "figure/participle"
                   : NULL;
    case FRAME_INTRANSITIVE:
        return "figure/intransitive";
    case FRAME_ADJECTIVE:
        return walk->passive || walk->straight ? "figure/adjective" : NULL;
    case FRAME_NOUN:
        return walk->straight && !walk->auxiliary ? "figure/noun" : NULL;
    default:
        return NULL;
    }
}

/* "were reported to have died", "were forced to flee": the verb that counts
 * is still to come. */
static bool hands_on(const Figures *figures, uint32_t token) {
    return token_has(figures->text, token, LEX_CUE) ||
           (class_at(figures, token + 1) == WORD_PREPOSITION &&
            figure_trigger_at(figures, token + 2));
}

/* Take one word into the walk; false where the clause ends. */
static bool walk_on(const Figures *figures, Walk *walk, uint32_t token) {
    Str word = token_str(figures->text, token);

    if (figures->words.time[token] >= 0) {
        return true;
    }
    switch (class_at(figures, token)) {
    case WORD_BE:
        walk->passive = walk->auxiliary = true;
        return true;
    case WORD_AUXILIARY:
        walk->auxiliary = true;
        return true;
    case WORD_NEGATION:
        walk->negated = true;
        return true;
    case WORD_ADVERB:
    case WORD_RELATIVE:
        return true;
    case WORD_MARK:
        walk->straight = false;
        return str_is(word, ",") ||
               (figures->text->tokens[token].flags &
                (TOKEN_OPEN_QUOTE | TOKEN_CLOSE_QUOTE)) != 0;
    case WORD_SUBORDINATOR:
        return false;
    default:
        walk->straight = false;
        return !is_other_verb(figures, token) ||
               (walk->passive && hands_on(figures, token));
    }
}

/* Another count may stand between a count and its verb only as its part or in
 * a list with it: "30 troops and 23 rebels were killed". */
static bool may_pass(const Figures *figures, const Count *count,
                     uint32_t other) {
    uint32_t before = other - 1;
    const Trigger *same = figure_trigger_before(figures, other);

    if (count->lone) {
        return false;
    }
    return (same && same->frame == FRAME_SAME) ||
           class_at(figures, before) == WORD_CONJUNCTION ||
           class_at(figures, before) == WORD_MARK;
}

/* Look for a trigger to the right of the count. */
static bool look_right(const Figures *figures, Count *count) {
    Walk walk = {.straight = true};
    uint32_t limit = count->range.last + REACH_RIGHT;

    limit = limit < figures->range.last ? limit : figures->range.last;
    for (uint32_t i = count->range.last; i < limit;) {
        const Trigger *trigger = figure_trigger_at(figures, i);
        const char *rule;

        if (!trigger) {
            const Count *other = count_at(figures, i);
            if ((other && other != count && !may_pass(figures, count, i)) ||
                !walk_on(figures, &walk, i)) {
                return false;
            }
            i++;
            continue;
        }
        if (trigger->frame == FRAME_SAME) {
            walk.straight = false;
            i = trigger->range.last;
            continue;
        }
        rule = takes_before(figures, &walk, trigger);
        if (!rule || walk.negated) {
            return false;
        }
        settle(count, trigger, rule);
        if (trigger->frame == FRAME_NOUN && range_empty(count->noun)) {
            count->noun = trigger->range; /* "10 bodies" */
            count->range.last = trigger->range.last;
        }
        return true;
    }
    return false;
}

/* ---------------------------------------------------------- to the left */

/* "were killed 30" has no object; "has killed 30" has. */
static bool is_active(const Figures *figures, const Trigger *trigger) {
    uint32_t i = trigger->range.first;

    while (i > figures->range.first &&
           class_at(figures, i - 1) == WORD_ADVERB) {
        i--;
    }
    if (i == figures->range.first) {
        return true;
    }
    if (trigger->frame == FRAME_PRESENT) { /* "could kill", "to kill" */
        return class_at(figures, i - 1) != WORD_AUXILIARY &&
               class_at(figures, i - 1) != WORD_PREPOSITION;
    }
    return class_at(figures, i - 1) != WORD_BE;
}

static const char *takes_after(const Figures *figures, const Count *count,
                               const Trigger *trigger, bool direct) {
    switch (trigger->frame) {
    case FRAME_VERB:
    case FRAME_PRESENT:
        return direct && is_active(figures, trigger) ? "figure/object" : NULL;
    case FRAME_GERUND:
        return direct ? "figure/object" : NULL;
    case FRAME_TOLL:
        return count->bare || count->noun.first < count->noun.last ? TOLL
                                                                   : NULL;
    default:
        return NULL;
    }
}

/* "rose from 12 to 15": the 12 is no count that stands for itself. */
static bool was_before(const Figures *figures, uint32_t number) {
    return number > figures->range.first &&
           token_has(figures->text, number - 1, LEX_RANGE_WORD) &&
           lex_is(token_row(figures->text, number - 1, LEX_RANGE_WORD),
                  LEX_RANGE_WORD_PLACE, "change");
}

bool figure_is_next_toll(const Count *count) {
    return count->rule && str_is(str_of(count->rule), NEXT_TOLL);
}

bool figure_is_toll(const Count *count) {
    return figure_is_next_toll(count) ||
           (count->rule && str_is(str_of(count->rule), TOLL));
}

bool figure_goes_on(const Figures *figures) {
    return figures->last_kind != KIND_NONE &&
           figures->sentence <= figures->last_sentence + 1;
}

/* "raised the figure to 30": of what was counted last. */
static bool settle_again(const Figures *figures, Count *count,
                         const Trigger *trigger, const char *rule) {
    const Count *before = count > figures->counts ? count - 1 : NULL;
    int kind = figures->toll_kind != KIND_NONE       ? figures->toll_kind
               : before && before->kind != KIND_NONE ? before->kind
               : figure_goes_on(figures)             ? figures->last_kind
                                                     : KIND_NONE;

    if (kind == KIND_NONE || !count->bare) {
        return false;
    }
    settle(count, trigger, rule);
    count->kind = kind;
    return true;
}

/* Look for a trigger to the left: what stands between may be adverbs and times
 * ("killing on Monday 30 people"), for a toll anything but a full stop. */
static bool look_left(const Figures *figures, Count *count) {
    bool direct = true;
    uint32_t reach = REACH_TOLL;

    for (uint32_t i = count->range.first; i > figures->range.first && reach > 0;
         reach--) {
        const Trigger *trigger = figure_trigger_before(figures, i);
        WordClass class = class_at(figures, i - 1);

        if (trigger) {
            const char *rule =
                takes_after(figures, count, trigger,
                            direct && reach > REACH_TOLL - REACH_LEFT);
            if (rule && trigger->kind == KIND_SAME) {
                return settle_again(figures, count, trigger, rule);
            }
            if (rule) {
                settle(count, trigger, rule);
            }
            return rule != NULL;
        }
        if (figures->words.time[i - 1] < 0 && class != WORD_ADVERB &&
            class != WORD_ARTICLE &&
            !(class == WORD_PREPOSITION && figures->words.time[i] >= 0)) {
            direct = false;
        }
        if ((figures->text->tokens[i - 1].flags & TOKEN_NUMBER) &&
            figures->words.time[i - 1] < 0 && !was_before(figures, i - 1)) {
            return false;
        }
        i--;
    }
    return false;
}

/* ------------------------------------------------------------- in a list */

/* "killed 12 soldiers, three guards and 30 civilians", "30 people, including
 * 11 children": the kind of the count before, when only such words stand
 * between the two. */
static bool follow_list(const Figures *figures, Count *count,
                        const Count *before) {
    bool same = false, joined = false;

    if (before->kind == KIND_NONE) {
        return false;
    }
    for (uint32_t i = before->range.last; i < count->range.first; i++) {
        const Trigger *trigger = figure_trigger_at(figures, i);
        WordClass class = class_at(figures, i);

        if (trigger && trigger->frame == FRAME_SAME) {
            same = joined = true;
            i = trigger->range.last - 1;
        } else if (class == WORD_CONJUNCTION ||
                   (class == WORD_MARK &&
                    str_is(token_str(figures->text, i), ","))) {
            joined = true;
        } else if (same && (class == WORD_ARTICLE || class == WORD_ADVERB)) {
            continue;
        } else if (trigger) {
            /* past the verb: "30 people were killed, including 11 children" */
            i = trigger->range.last - 1;
            joined = same = false;
        } else if (!same) {
            joined = false;
            if (is_other_verb(figures, i)) {
                return false;
            }
        } else {
            return false;
        }
    }
    if (!joined) {
        return false;
    }
    count->kind = before->kind;
    count->trigger = before->trigger;
    count->rule = same ? "figure/part" : "figure/list";
    return same || !before->bare || !count->bare;
}

/* A count that something else in the sentence has to tell the kind of. */
static void settle_from_list(Figures *figures, uint32_t index) {
    Count *count = &figures->counts[index];
    Count tried = *count;

    if (index > 0 &&
        follow_list(figures, &tried, &figures->counts[index - 1])) {
        *count = tried;
    }
}

/* The tokens between two counts are one short phrase after a comma or "and",
 * and the second has the preposition of the first: "put the toll at 30, the
 * mayor at 40". */
static bool is_elided(const Figures *figures, Range between) {
    if (between.last < between.first + 3 ||
        between.last > between.first + ELIDED_MAX ||
        class_at(figures, between.last - 1) != WORD_PREPOSITION ||
        (class_at(figures, between.first) != WORD_CONJUNCTION &&
         !word_is_mark(&figures->words, between.first, ','))) {
        return false;
    }
    for (uint32_t i = between.first + 1; i + 1 < between.last; i++) {
        WordClass class = class_at(figures, i);
        if (class == WORD_MARK || class == WORD_BE || class == WORD_AUXILIARY ||
            is_other_verb(figures, i) || figure_trigger_at(figures, i)) {
            return false;
        }
    }
    return true;
}

static void settle_from_toll(const Figures *figures, uint32_t index) {
    Count *count = &figures->counts[index];
    const Count *before = index > 0 ? count - 1 : NULL;

    if (count->kind == KIND_NONE && before && count->bare && before->bare &&
        before->kind != KIND_NONE && figure_is_toll(before) &&
        is_elided(figures, (Range){before->range.last, count->range.first})) {
        count->kind = before->kind;
        count->trigger = before->trigger;
        count->rule = NEXT_TOLL;
    }
}

/* "Three were children.", "Two of them are in hospital": some of those who
 * were counted just before, and what follows the verb is who they are. */
static void settle_from_before(const Figures *figures, uint32_t index) {
    Count *count = &figures->counts[index];
    const Count *before = index > 0 ? count - 1 : NULL;
    uint32_t next = count->range.last;
    bool told = before && before->kind != KIND_NONE;

    if (count->kind != KIND_NONE || !count->bare || count->more ||
        (!told && !figure_goes_on(figures)) || count->low == 0) {
        return;
    }
    if (!count->of_them && (class_at(figures, next) != WORD_BE || before ||
                            !(figures->text->tokens[count->range.first].flags &
                              TOKEN_SENTENCE_START) ||
                            !figure_people_at(figures, next + 1))) {
        return;
    }
    count->kind = told ? before->kind : figures->last_kind;
    count->trigger = count->number;
    count->rule = "figure/of-them";
}

/* "98 evacuees", "16 wounded men": the noun tells when nothing else does. */
static void settle_from_noun(const Figures *figures, Count *count) {
    if (count->kind != KIND_NONE) {
        return;
    }
    for (uint32_t i = count->noun.first; i < count->noun.last; i++) {
        const Trigger *trigger = figure_trigger_at(figures, i);
        if (trigger &&
            ((trigger->frame == FRAME_NOUN &&
              trigger->range.last == count->noun.last) ||
             (trigger->frame == FRAME_VERB && count->noun.last > i + 1))) {
            settle(count, trigger, "figure/noun");
            return;
        }
    }
}

/* "30 lives" are lost only where a verb takes them. */
static bool lives_lost(const Figures *figures, const Count *count) {
    for (uint32_t i = count->range.last + 1;
         i < figures->range.last && i < count->range.last + 5; i++) {
        const Trigger *trigger = figure_trigger_at(figures, i);
        if (trigger && trigger->kind == FIGURE_KILLED) {
            return true;
        }
    }
    for (uint32_t i = count->range.first;
         i > figures->range.first && i + 4 > count->range.first; i--) {
        if (token_has(figures->text, i - 1, LEX_FIGURE_LOSS)) {
            return true;
        }
    }
    return false;
}

void figure_kinds(Figures *figures) {
    for (uint32_t i = 0; i < figures->count_count; i++) {
        Count *count = &figures->counts[i];
        const Trigger *inside;

        if (count->kind != KIND_NONE) {
            continue;
        }
        inside = figure_trigger_at(figures, count->range.last);
        if (inside && inside->frame == FRAME_LIVES) {
            if (lives_lost(figures, count)) {
                settle(count, inside, "figure/lives");
                count->range.last = inside->range.last;
                count->noun = inside->range;
            }
            continue;
        }
        if (inside && inside->frame == FRAME_VERB &&
            look_right(figures, count)) {
            continue; /* "killed 15 injured" */
        }
        if (!look_left(figures, count) && !look_right(figures, count)) {
            settle_from_list(figures, i);
            settle_from_noun(figures, count);
            settle_from_toll(figures, i);
            settle_from_before(figures, i);
        }
    }
}
