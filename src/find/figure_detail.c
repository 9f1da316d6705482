/* SPDX-License-Identifier: Apache-2.0 */
/* find/figure_detail.c - see figure_parts.h: of whom, since when, where. */
#include "find/calendar.h"
#include "find/figure_parts.h"

#include <stdlib.h>

enum {
    CARRY = 2,  /* sentences over which a day or place is carried on */
    WINDOW = 80 /* tokens around a count in which they are looked for */
};

/* ------------------------------------------------------------------ whom */

/* The ISO code of the state whose people these are: "Syrian troops". */
static Str state_code(const Figures *figures, Range range) {
    const Analysis *analysis = figures->analysis;

    for (uint32_t i = range.first; i < range.last; i++) {
        int32_t index = figures->words.mention[i];
        const Mention *mention = index < 0 ? NULL : &analysis->mentions[index];
        LexRow row;

        if (token_phrase(figures->text, i, range.last, LEX_DEMONYM, &row)) {
            return lex_cell(row, LEX_DEMONYM_CODE);
        }
        if (mention && mention->entity >= 0 &&
            (mention->type == ENTITY_GPE || mention->type == ENTITY_NORP)) {
            return analysis->entities[mention->entity].code;
        }
    }
    return str_of("");
}

/* The role of the last noun: MIL for troops. */
static Str role_code(const Figures *figures, Range range) {
    Str role = str_of("");

    for (uint32_t i = range.first; i < range.last; i++) {
        LexRow row;
        if (token_phrase(figures->text, i, range.last, LEX_ACTOR, &row)) {
            role = lex_cell(row, LEX_ACTOR_CODE);
        }
    }
    return role;
}

static Str counted_code(const Figures *figures, Range range) {
    Str state = state_code(figures, range);
    Str role = role_code(figures, range);

    if (state.len < 3 || !role.len || state.len > 3) {
        return state;
    }
    return str_join(figures->arena, state, role);
}

/* The tokens of `range` that are near the count. */
static Range near_count(Range range, const Count *count) {
    if (range.first + WINDOW < count->range.first) {
        range.first = count->range.first - WINDOW;
    }
    if (range.last > count->range.last + WINDOW) {
        range.last = count->range.last + WINDOW;
    }
    return range;
}

/* ------------------------------------------------------------------ when */

/* The distance of two places in the text. */
static uint32_t gap(Range a, const Time *time) {
    return time->first >= a.last   ? time->first - a.last
           : a.first >= time->last ? a.first - time->last
                                   : 0;
}

static bool is_dated(const Time *time) {
    return (time->type == TIME_DATE || time->type == TIME_TIME) &&
           time->value.len >= 4 && time->value.ptr[0] >= '0' &&
           time->value.ptr[0] <= '9';
}

/* "the day before" may count from a day that has nothing to do with the dead:
 * better no day than a wrong one. */
static bool counts_from_said(const Time *time) {
    return str_starts(time->why, str_of("time/before"));
}

/* The time of the sentence that stands nearest to the count, or NULL. */
static const Time *nearest_time(const Figures *figures, const Count *count) {
    const Analysis *analysis = figures->analysis;
    const Time *best = NULL;
    Range range = near_count(figures->range, count);

    for (uint32_t i = range.first; i < range.last; i++) {
        int32_t index = figures->words.time[i];
        const Time *time;

        if (index < 0) {
            continue;
        }
        time = &analysis->times[index];
        if ((is_dated(time) || time->type == TIME_DURATION) &&
            !counts_from_said(time) &&
            (!best || gap(count->range, time) < gap(count->range, best))) {
            best = time;
        }
        i = time->last > i ? time->last - 1 : i;
    }
    return best;
}

static Str published_day(const Figures *figures) {
    Str published = figures->analysis->clean.published;
    Day day;

    return day_read(published, &day) ? str_slice(published, 0, 10) : str_of("");
}

static bool has_since_word(const Figures *figures, uint32_t first,
                           uint32_t last, const char *class) {
    for (uint32_t i = first; i < last; i++) {
        LexRow row;
        if (token_phrase(figures->text, i, last, LEX_SINCE_WORD, &row) &&
            lex_is(row, LEX_SINCE_WORD_CLASS, class)) {
            return true;
        }
    }
    return false;
}

/* "since March 2011", "since it began in March 2011": the count runs on to the
 * day of the report. */
static bool is_since(const Figures *figures, const Count *count,
                     const Time *time) {
    uint32_t first = count->range.last < time->first ? count->range.last
                                                     : figures->range.first;

    return has_since_word(figures, first, time->first, "since");
}

/* "over the past 24 hours": so many days up to the day of the report. */
static Str days_before(const Figures *figures, Str duration, Str published) {
    int64_t amount =
        duration.len > 2
            ? atoll(duration.ptr + (duration.ptr[1] == 'T' ? 2 : 1))
            : 0;
    char unit = duration.len ? duration.ptr[duration.len - 1] : 0;
    bool clock = duration.len > 1 && duration.ptr[1] == 'T';
    Day day;

    if (amount <= 0 || amount > 5000 || !day_read(published, &day)) {
        return str_of("");
    }
    if (clock) {
        day = day_add(day, unit == 'H' ? -((amount + 23) / 24) : 0);
    } else if (unit == 'Y' || unit == 'M') {
        day = day_add_months(day, -(int32_t)amount * (unit == 'Y' ? 12 : 1));
    } else {
        day = day_add(day, -amount * (unit == 'W' ? 7 : 1));
    }
    return str_format(figures->arena, "%04d-%02d-%02d", day.year, day.month,
                      day.day);
}

/* A sentence without a time goes on about the day that the sentences just
 * before it told of; not in the perfect ("have been killed": so far). */
static void carry_day(const Figures *figures, const Count *count,
                      Figure *figure) {
    uint32_t trigger = count->trigger.first;

    if (!figures->day.len ||
        figures->sentence > figures->day_sentence + CARRY) {
        return;
    }
    for (uint32_t i = trigger; i > figures->range.first && i + 4 > trigger;
         i--) {
        if (figures->words.class[i - 1] == WORD_AUXILIARY) {
            return;
        }
    }
    figure->from = figure->to = figures->day;
}

static void set_time(Figures *figures, const Count *count, Figure *figure) {
    const Time *time = nearest_time(figures, count);
    Str published = published_day(figures);
    size_t length;

    if (!time) {
        carry_day(figures, count, figure);
        return;
    }
    if (time->type == TIME_DURATION) {
        if (has_since_word(figures, time->first, time->last, "span")) {
            figure->from = days_before(figures, time->value, published);
            figure->to = figure->from.len ? published : str_of("");
        }
        return;
    }
    length = time->value.len < 10 ? time->value.len : 10;
    if (length > 4 && time->value.ptr[4] == '-' &&
        (time->value.ptr[5] < '0' || time->value.ptr[5] > '9')) {
        length = 4; /* weeks, quarters, seasons: only the year is a date */
    }
    figure->from = str_slice(time->value, 0, length);
    figure->to = is_since(figures, count, time) ? published : figure->from;
    if (figure->from.len == 10 && str_equal(figure->from, figure->to)) {
        figures->day = figure->from;
        figures->day_sentence = figures->sentence;
    }
}

/* ----------------------------------------------------------------- where */

static bool is_place(const Mention *mention) {
    return mention->kind == MENTION_NAME &&
           (mention->type == ENTITY_GPE || mention->type == ENTITY_LOC);
}

/* A preposition of place stands before the name, with at most adjectives and
 * a kind of place between: "in the northern city of Tarn", not "Tarn-based". */
static bool is_where(const Figures *figures, const Mention *mention,
                     uint32_t first) {
    uint32_t floor = mention->first > first + 7 ? mention->first - 7 : first;

    if (word_is_mark(&figures->words, mention->last, '-')) {
        return false;
    }
    for (uint32_t i = mention->first; i > floor; i--) {
        LexRow row;
        if (token_phrase(figures->text, i - 1, mention->first, LEX_PLACE_WORD,
                         &row)) {
            return true;
        }
        switch (figures->words.class[i - 1]) {
        case WORD_OTHER:
        case WORD_COMMON:
        case WORD_ARTICLE:
        case WORD_OF:
        case WORD_GENITIVE:
            break;
        default:
            return word_is_mark(&figures->words, i - 1, ',') &&
                   figures->words.mention[i >= floor + 2 ? i - 2 : floor] >= 0;
        }
    }
    return false;
}

/* The place in a sentence that stands nearest after the count, or before it;
 * NULL if none is said. */
static const Mention *place_in(const Figures *figures, Range sentence,
                               const Count *count) {
    const Mention *best = NULL;
    uint32_t best_gap = UINT32_MAX;

    for (uint32_t i = sentence.first; i < sentence.last; i++) {
        int32_t index = figures->words.mention[i];
        const Mention *mention =
            index < 0 ? NULL : &figures->analysis->mentions[index];
        uint32_t distance;

        if (!mention || mention->first != i || !is_place(mention) ||
            !is_where(figures, mention, sentence.first)) {
            continue;
        }
        distance = i >= count->range.last ? i - count->range.last
                                          : 2 * (count->range.first - i);
        if (distance < best_gap) {
            best_gap = distance;
            best = mention;
        }
    }
    return best;
}

static Range last_tokens(Range range) {
    if (range.last - range.first > WINDOW) {
        range.first = range.last - WINDOW;
    }
    return range;
}

/* The place said in the sentence, else in one of the two before it. */
static Str place_of(const Figures *figures, const Count *count) {
    const Sentence *sentences = figures->text->sentences;
    const Mention *place = NULL;

    for (uint32_t back = 0;
         back <= CARRY && back <= figures->sentence && !place; back++) {
        const Sentence *sentence = &sentences[figures->sentence - back];
        if (!sentence->heading) {
            Range range = {sentence->first, sentence->last};
            place = place_in(
                figures, back ? last_tokens(range) : near_count(range, count),
                count);
        }
    }
    return place ? str_at(figures->text->bytes, place->span) : str_of("");
}

void figure_details(Figures *figures, const Count *count, Figure *figure) {
    Range noun = count->noun;

    if (!range_empty(noun)) {
        noun.last = count->range.last;
    } else if (count->more && count == figures->counts + 1) {
        noun = figures->counts[0].noun; /* the only ones there are */
    }
    if (!range_empty(noun)) {
        figure->of = range_span(figures->text, noun);
        figure->of_code = counted_code(figures, noun);
    }
    figure_claimant(figures, count, figure);
    set_time(figures, count, figure);
    figure->place = place_of(figures, count);
}
