/* SPDX-License-Identifier: Apache-2.0 */
/* find/figure_count.c - see figure_parts.h: a number, its qualifier, its noun.
 *
 *     "at least 30 Syrian troops"   least 30           of "Syrian troops"
 *     "dozens of people"            24 to 99           of "people"
 *     "between 40 and 50 rebels"    40 to 50           of "rebels"
 *     "the 14 others", "51"         14, 51             bare
 *
 * What low, high and best a wording gives is the table in doc/rooms/find.md. A
 * number of anything but people is no count: the noun must be in the tables
 * actor or figure-noun, a demonym, or missing. */
#include "find/figure_parts.h"

#include <stdlib.h>

#include "base/ascii.h"

enum { NOUN_WORDS = 8 }; /* of a noun with its adjectives */

static WordClass class_at(const Figures *figures, uint32_t token) {
    return token < figures->range.last ? (WordClass)figures->words.class[token]
                                       : WORD_MARK;
}

static bool is_mark(const Figures *figures, uint32_t token, char mark) {
    return token < figures->range.last &&
           word_is_mark(&figures->words, token, mark);
}

/* ------------------------------------------------------------- the number */

static bool range_word(const Figures *figures, uint32_t token,
                       const char *place) {
    return token < figures->range.last &&
           token_has(figures->text, token, LEX_RANGE_WORD) &&
           lex_is(token_row(figures->text, token, LEX_RANGE_WORD),
                  LEX_RANGE_WORD_PLACE, place);
}

/* Two numbers that make a range: "40 to 50", "40-50", after "between" also
 * "40 and 50". "From 40 to 50" is 50 by now. */
static void read_range(const Figures *figures, Number *number) {
    uint32_t link = number->last;
    uint32_t before =
        number->first > figures->range.first ? number->first - 1 : NO_TOKEN;
    bool between = range_word(figures, before, "before");
    bool linked = is_mark(figures, link, '-') ||
                  range_word(figures, link, "between") ||
                  (between && class_at(figures, link) == WORD_CONJUNCTION);
    Number second;

    if (!linked || link + 1 >= figures->range.last || number->vague ||
        !number_read(figures->text, link + 1, figures->range.last, &second) ||
        second.low != second.high) {
        return;
    }
    if (range_word(figures, before, "change")) {
        *number = second;
    } else if (second.low > number->low) {
        number->first -= between;
        number->high = second.low;
        number->last = second.last;
    }
}

typedef enum Sense {
    SENSE_NONE,
    SENSE_LEAST,
    SENSE_MOST,
    SENSE_NEARLY,
    SENSE_ABOUT
} Sense;

static Sense sense_of(LexRow row) {
    Str cell = lex_cell(row, LEX_QUALIFIER_SENSE);

    return str_is(cell, "least")    ? SENSE_LEAST
           : str_is(cell, "most")   ? SENSE_MOST
           : str_is(cell, "nearly") ? SENSE_NEARLY
                                    : SENSE_ABOUT;
}

/* The longest qualifier that ends right before `token`: "as many as". */
static Sense qualifier_before(const Figures *figures, uint32_t token,
                              uint32_t *first) {
    for (uint32_t words = 4; words > 0; words--) {
        LexRow row;
        if (token < figures->range.first + words) {
            continue;
        }
        if (token_phrase(figures->text, token - words, token, LEX_QUALIFIER,
                         &row) == words &&
            lex_is(row, LEX_QUALIFIER_SIDE, "before")) {
            *first = token - words;
            return sense_of(row);
        }
    }
    return SENSE_NONE;
}

static Sense qualifier_after(const Figures *figures, uint32_t token,
                             uint32_t *last) {
    LexRow row;
    uint32_t words =
        token < figures->range.last
            ? token_phrase(figures->text, token, figures->range.last,
                           LEX_QUALIFIER, &row)
            : 0;

    if (words && lex_is(row, LEX_QUALIFIER_SIDE, "after")) {
        *last = token + words;
        return sense_of(row);
    }
    if (is_mark(figures, token, '+')) {
        *last = token + 1;
        return SENSE_LEAST;
    }
    return SENSE_NONE;
}

/* Low, high and best as the wording gives them. */
static void set_values(Count *count, const Number *number, Sense sense) {
    bool plain = !number->vague && number->low == number->high;

    count->low = number->low;
    count->high = number->high;
    count->best = plain ? number->low : FIGURE_UNKNOWN;
    count->approximate = number->vague;
    switch (sense) {
    case SENSE_LEAST:
        count->high = FIGURE_UNKNOWN;
        break;
    case SENSE_MOST:
    case SENSE_NEARLY:
        count->low = FIGURE_UNKNOWN;
        break;
    default:
        break;
    }
    count->approximate |= sense == SENSE_NEARLY || sense == SENSE_ABOUT;
}

/* --------------------------------------------------------------- the noun */

static bool is_more(LexRow row) {
    return lex_is(row, LEX_FIGURE_NOUN_NUMBER, "q");
}

/* The tokens of a noun for people that begins here and is its phrase's head or
 * part of it: "police officers", "others", "Syrians". 0 if none. */
static uint32_t people_at(const Figures *figures, uint32_t token,
                          bool singular) {
    const Text *text = figures->text;
    LexRow row;
    uint32_t words =
        token_phrase(text, token, figures->range.last, LEX_ACTOR, &row);

    if (words && !lex_is(row, LEX_ACTOR_CLASS, "body") &&
        (lex_is(row, LEX_ACTOR_NUMBER, "p") || singular)) {
        return words;
    }
    words =
        token_phrase(text, token, figures->range.last, LEX_FIGURE_NOUN, &row);
    if (words) {
        return is_more(row) ? 0 : words;
    }
    words = token_phrase(text, token, figures->range.last, LEX_DEMONYM, &row);
    if (words && word_is_capital(&figures->words, token)) {
        Str last = token_str(text, token + words - 1);
        return str_ends(last, str_of("s")) || singular ? words : 0;
    }
    return 0;
}

/* True if the phrase of the noun cannot go on over this token. */
static bool ends_noun(const Figures *figures, uint32_t token) {
    const Text *text = figures->text;

    if (token >= figures->range.last || figures->words.time[token] >= 0 ||
        (text->tokens[token].flags & TOKEN_NUMBER)) {
        return true;
    }
    switch (class_at(figures, token)) {
    case WORD_OTHER:
    case WORD_COMMON:
    case WORD_ADVERB:
        return token_has(text, token, LEX_CUE) &&
               !token_has(text, token, LEX_ACTOR) &&
               !word_is_capital(&figures->words, token);
    case WORD_MARK:
        return !is_mark(figures, token, '-') &&
               !(text->tokens[token].flags &
                 (TOKEN_OPEN_QUOTE | TOKEN_CLOSE_QUOTE));
    case WORD_GENITIVE:
        return false;
    default:
        return !token_has(text, token, LEX_FIGURE_NOUN);
    }
}

/* A trigger is part of the noun when it is a noun for people itself
 * ("hostages") or describes one that follows. */
static bool joins_noun(const Figures *figures, const Trigger *trigger,
                       uint32_t people, bool singular) {
    uint32_t next = trigger->range.last;

    if (trigger->frame == FRAME_NOUN) {
        return people > 0;
    }
    return trigger->frame == FRAME_VERB && next < figures->range.last &&
           people_at(figures, next, singular);
}

/* The noun phrase that begins at `first`: adjectives and names up to the last
 * noun for people. Empty if there is none; `*others` counts the words that
 * stood there but are no such noun. */
static Range read_noun(const Figures *figures, uint32_t first, bool singular,
                       uint32_t *others) {
    Range noun = {first, first};
    uint32_t token = first;

    *others = 0;
    while (token < first + NOUN_WORDS && !ends_noun(figures, token)) {
        uint32_t words = people_at(figures, token, singular);
        const Trigger *trigger = figure_trigger_at(figures, token);

        if (trigger && !joins_noun(figures, trigger, words, singular)) {
            break; /* "30 killed in", but "30 wounded soldiers" */
        }
        if (words) {
            noun.last = token + words;
        } else if (range_empty(noun) &&
                   token_has(figures->text, token, LEX_FIGURE_NOUN)) {
            noun = (Range){token + 1, token + 1}; /* "20 more" */
        }
        token += words ? words : 1;
    }
    *others = token - noun.last;
    if (token == first + 1 && class_at(figures, first) == WORD_ADVERB) {
        *others = 0; /* "killed 30 earlier" */
    }
    return noun;
}

bool figure_people_at(const Figures *figures, uint32_t token) {
    uint32_t others;

    return !range_empty(read_noun(figures, token, false, &others));
}

/* "members of Syria's security forces": on over "of", where people follow. */
static uint32_t read_whose(const Figures *figures, uint32_t token) {
    uint32_t others, first = token + 1;
    Range whose;

    if (token + 1 >= figures->range.last ||
        class_at(figures, token) != WORD_OF) {
        return token;
    }
    if (class_at(figures, first) == WORD_ARTICLE ||
        class_at(figures, first) == WORD_POSSESSIVE) {
        first++;
    }
    whose = read_noun(figures, first, false, &others);
    return range_empty(whose) ? token : whose.last;
}

/* ------------------------------------------------------------- the count */

static bool touches(const Figures *figures, uint32_t left) {
    return left + 1 < figures->range.last &&
           !(figures->text->tokens[left + 1].flags & TOKEN_SPACE_BEFORE);
}

/* What shows that a number counts no people: a time, a price, a share, a part
 * of a name or a compound. */
static bool is_no_count(const Figures *figures, const Number *number) {
    const Text *text = figures->text;
    uint32_t first = number->first;
    Str before =
        first > figures->range.first ? token_str(text, first - 1) : str_of("");

    for (uint32_t i = number->first; i < number->last; i++) {
        if (figures->words.time[i] >= 0) {
            return true;
        }
    }
    if (is_mark(figures, number->last, '-') && touches(figures, number->last)) {
        return true; /* "12-nation" */
    }
    if (number->last < figures->range.last) {
        Str after = token_str(text, number->last);
        if (str_is(after, "%") || str_is(after, "/") || str_is(after, ":")) {
            return true;
        }
    }
    /* "$30", "Covid-19", "24/7" */
    return before.len > 0 && first > figures->range.first &&
           !(text->tokens[first].flags & TOKEN_SPACE_BEFORE) &&
           (text->tokens[first - 1].flags & TOKEN_PUNCT) &&
           !(text->tokens[first - 1].flags &
             (TOKEN_OPEN_QUOTE | TOKEN_CLOSE_QUOTE)) &&
           before.ptr[0] != '(';
}

/* Numbers without a noun that are most likely something else: ages between
 * commas, years, the number of a thing with a name ("Route 5"). */
static bool is_doubtful_bare(const Figures *figures, const Count *count,
                             const Number *number) {
    uint32_t first = number->first;

    if ((number->low == 1 && !number->vague) ||
        figures->words.mention[first] >= 0) {
        return true;
    }
    if (figure_trigger_at(figures, count->range.last)) {
        return false; /* "58 killed" */
    }
    if (number->digits && number->low >= 1900 && number->low < 2100) {
        return true;
    }
    if (first > figures->range.first && count->range.first == first) {
        if (is_mark(figures, first - 1, ',') &&
            is_mark(figures, number->last, ',')) {
            return true;
        }
        return word_is_capital(&figures->words, first - 1) &&
               class_at(figures, first - 1) == WORD_OTHER &&
               !figure_trigger_before(figures, first);
    }
    return false;
}

/* "14 of the dead", "dozens of people", "seven of their opponents" */
static uint32_t read_of(const Figures *figures, uint32_t token, Count *count) {
    Number whole;

    if (class_at(figures, token) != WORD_OF) {
        return token;
    }
    token++;
    if (class_at(figures, token) == WORD_ARTICLE ||
        class_at(figures, token) == WORD_POSSESSIVE) {
        count->part = true;
        token++;
        if (token < figures->range.last &&
            number_read(figures->text, token, figures->range.last, &whole)) {
            token = whole.last; /* "three of the four suspects" */
        }
    }
    return token;
}

/* "of the dead": the trigger is the noun. */
static bool read_part_noun(const Figures *figures, uint32_t token,
                           Count *count) {
    const Trigger *trigger =
        count->part ? figure_trigger_at(figures, token) : NULL;
    uint32_t others;

    if (!trigger || trigger->kind == KIND_SAME ||
        (trigger->frame != FRAME_VERB && trigger->frame != FRAME_ADJECTIVE &&
         trigger->frame != FRAME_NOUN)) {
        return false;
    }
    count->noun = read_noun(figures, trigger->range.last, false, &others);
    if (range_empty(count->noun)) {
        count->noun = trigger->range;
    }
    count->range.last = count->noun.last;
    count->kind = trigger->kind;
    count->trigger = trigger->range;
    count->rule = "figure/of-the";
    return true;
}

/* "14 of them", "30 of whom": the whole was counted before. */
static bool read_of_them(const Figures *figures, uint32_t token, Count *count) {
    const Trigger *same = figure_trigger_at(figures, token);

    if (class_at(figures, token) != WORD_OF || !same ||
        same->frame != FRAME_SAME) {
        return false;
    }
    count->range.last = same->range.last;
    count->part = count->of_them = count->bare = true;
    return true;
}

static bool is_noun_trigger(const Figures *figures, uint32_t token) {
    const Trigger *trigger = figure_trigger_at(figures, token);

    return trigger &&
           (trigger->frame == FRAME_NOUN || trigger->frame == FRAME_LIVES);
}

/* "four other towns": the noun is one word that counts people only when it
 * stands alone, and a noun in small letters follows. */
static bool is_of_things(const Figures *figures, Range noun) {
    LexRow row = token_row(figures->text, noun.first, LEX_FIGURE_NOUN);

    return noun.last == noun.first + 1 && row.lexicon &&
           lex_is(row, LEX_FIGURE_NOUN_NUMBER, "m") &&
           noun.last < figures->range.last &&
           !word_is_capital(&figures->words, noun.last) &&
           class_at(figures, noun.last) != WORD_ADVERB;
}

static bool read_count_noun(const Figures *figures, const Number *number,
                            Count *count) {
    uint32_t others, token = read_of(figures, count->range.last, count);
    bool singular = number->low == 1 && number->high == 1;

    if (singular && token > count->range.last) {
        return false; /* "one of the oldest": no count */
    }
    if (read_of_them(figures, count->range.last, count)) {
        return true;
    }
    if (read_part_noun(figures, token, count)) {
        return true;
    }
    if (is_noun_trigger(figures, token)) { /* "scores of lives" */
        count->range.last = token;
        count->bare = true;
        return true;
    }
    count->noun = read_noun(figures, token, singular, &others);
    if (!range_empty(count->noun)) {
        if (others > 0 && is_of_things(figures, count->noun)) {
            return false;
        }
        count->range.last = read_whose(figures, count->noun.last);
        return true;
    }
    count->more |= count->noun.first > token;
    count->bare = true;
    if (others == 1 && is_noun_trigger(figures, token + 1)) {
        count->range.last = token + 1; /* "30 civilian lives" */
        return true;
    }
    if (others > 0 || token != count->range.last) {
        return false;
    }
    count->range.last = count->noun.first;
    count->noun = (Range){0};
    return (number->nobody || !is_doubtful_bare(figures, count, number));
}

/* The token before the count, NO_TOKEN at the start of the sentence. */
static uint32_t before_token(const Figures *figures, const Count *count) {
    return count->range.first > figures->range.first ? count->range.first - 1
                                                     : NO_TOKEN;
}

static bool read_count(const Figures *figures, uint32_t token, Count *count,
                       uint32_t *end) {
    Number number;
    Sense before, after;

    if (!number_read(figures->text, token, figures->range.last, &number)) {
        return false;
    }
    *end = number.last;
    if (is_no_count(figures, &number)) {
        return false;
    }
    read_range(figures, &number);
    *end = number.last;
    *count = (Count){.range = {number.first, number.last},
                     .number = {number.first, number.last},
                     .kind = KIND_NONE};
    before = qualifier_before(figures, number.first, &count->range.first);
    after = qualifier_after(figures, number.last, &count->range.last);
    set_values(count, &number, before ? before : after);
    if (range_word(figures, before_token(figures, count), "age")) {
        return false;
    }
    if (!before &&
        range_word(figures, before_token(figures, count), "another")) {
        count->range.first--;
        count->more = true;
    }
    if (!read_count_noun(figures, &number, count)) {
        return false;
    }
    *end = count->range.last;
    return true;
}

static void push_count(Figures *figures, const Count *count) {
    figures->counts =
        arena_grow(figures->arena, figures->counts, figures->count_count,
                   &figures->count_capacity, sizeof *figures->counts);
    figures->counts[figures->count_count++] = *count;
}

/* Can a number begin here? Asked of every token, so by bits alone. */
static bool may_begin(const Text *text, uint32_t token) {
    const Token *at = &text->tokens[token];

    return (at->flags & TOKEN_NUMBER) ||
           (at->word && ((at->word->keys | at->word->opens) >> LEX_NUMBER & 1));
}

void figure_counts(Figures *figures) {
    figures->count_count = 0;
    for (uint32_t i = figures->range.first; i < figures->range.last;) {
        Count count;
        uint32_t end = i + 1;

        if (may_begin(figures->text, i) &&
            read_count(figures, i, &count, &end)) {
            push_count(figures, &count);
        }
        i = end > i ? end : i + 1;
    }
}

/* "a woman was killed": an article and a noun for one person. */
static bool read_lone(const Figures *figures, uint32_t token, Count *count) {
    LexRow row;
    uint32_t words, others;

    if (class_at(figures, token) != WORD_ARTICLE ||
        token + 1 >= figures->range.last) {
        return false;
    }
    row = token_row(figures->text, token, LEX_NUMBER);
    if (!row.lexicon || number_class(row) != NUMBER_ARTICLE) {
        return false;
    }
    *count = (Count){.range = {token, token + 1},
                     .number = {token, token + 1},
                     .low = 1,
                     .high = 1,
                     .best = 1,
                     .lone = true,
                     .kind = KIND_NONE};
    words = token_phrase(figures->text, token + 1, figures->range.last,
                         LEX_ACTOR, &row);
    if (!words || !lex_is(row, LEX_ACTOR_NUMBER, "s") ||
        !lex_is(row, LEX_ACTOR_CLASS, "person")) {
        return false;
    }
    count->noun = read_noun(figures, token + 1, true, &others);
    count->range.last = count->noun.last;
    return !range_empty(count->noun) &&
           (class_at(figures, count->range.last) == WORD_BE ||
            class_at(figures, count->range.last) == WORD_AUXILIARY ||
            figure_trigger_at(figures, count->range.last));
}

static int compare_counts(const void *a, const void *b) {
    const Count *left = a, *right = b;

    return left->range.first < right->range.first ? -1 : 1;
}

void figure_lone_counts(Figures *figures) {
    uint32_t known = figures->count_count, k = 0;

    for (uint32_t i = figures->range.first; i < figures->range.last; i++) {
        Count count;

        while (k < known && figures->counts[k].range.last <= i) {
            k++;
        }
        if (read_lone(figures, i, &count) &&
            (k == known ||
             figures->counts[k].range.first >= count.range.last)) {
            push_count(figures, &count);
        }
    }
    qsort(figures->counts, figures->count_count, sizeof *figures->counts,
          compare_counts);
}
