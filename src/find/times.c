/* SPDX-License-Identifier: Apache-2.0 */
/* find/times.c - expressions of time, as TIMEX3 has them.
 *
 * Room: find. Sentence by sentence: the tokens become items (time_item.h), and
 * from left to right the grammar (time_grammar.h) takes the longest expression
 * it knows. Points of time are resolved against the day of publication and
 * the last date named; without a day of publication they keep TIMEX3's
 * placeholders. Source of the conventions: ISO-TimeML (ISO 24617-1), TimeML
 * Annotation Guidelines 1.2.1. */
#include "find/finders.h"
#include "find/time_grammar.h"

#include <assert.h>

static Point publication(const Analysis *analysis) {
    Day day;

    return day_read(analysis->clean.published, &day)
               ? point_of_day(day, GRAIN_DAY)
               : point_unknown(GRAIN_DAY);
}

/* The minute of "2013-02-25T14:03:00Z"; TIME_UNKNOWN where it is not said. */
static int32_t minute_of(Str published) {
    const char *p = published.ptr;

    if (published.len < 16 || p[10] != 'T' || p[13] != ':') {
        return TIME_UNKNOWN;
    }
    return ((p[11] - '0') * 10 + p[12] - '0') * 60 + (p[14] - '0') * 10 +
           p[15] - '0';
}

/* "Date: Friday at 8", "When and where: ...": a label, and what it
 * announces. */
static bool is_labelled(const TimeContext *context) {
    enum { LABEL_WORDS = 3, LINE_WORDS = 20 };

    for (uint32_t i = 1; i <= LABEL_WORDS; i++) {
        uint32_t token = context->first + i;

        if (token >= context->last ||
            context->last - context->first > LINE_WORDS) {
            return false;
        }
        if (str_is(token_str(context->text, token), ":")) {
            return true;
        }
    }
    return false;
}

/* The last whole quarter before a day. */
static Point quarter_before(Point day) {
    Point point = point_shift(day, GRAIN_QUARTER, -1);

    return point;
}

/* What was named is what "the next day" and "the quarter" count from; what was
 * counted itself is not ("a year earlier" twice means one year). */
static void remember(TimeContext *context, const TimeMatch *match) {
    Point point = match->point;

    if (!match->has_point || !point_known(point) ||
        str_is(str_of(match->rule), "time/ago") ||
        str_is(str_of(match->rule), "time/before")) {
        return;
    }
    if (point.grain == GRAIN_QUARTER) {
        context->quarter = point;
        context->quarter_at = context->sentence + 1;
    } else if (point.grain >= GRAIN_DAY) {
        point.grain = GRAIN_DAY;
        context->said = point;
    } else if (point.grain == GRAIN_YEAR || point.grain == GRAIN_MONTH) {
        context->said = point;
    }
}

static void push_time(TimeContext *context, Analysis *analysis,
                      const TimeMatch *match, uint32_t first, uint32_t last) {
    Span span = tokens_span(context->text, first, last);
    Time *time;

    assert(match->rule && first < last);
    analysis->times =
        arena_grow(context->arena, analysis->times, analysis->time_count,
                   &analysis->time_capacity, sizeof *analysis->times);
    time = &analysis->times[analysis->time_count++];
    *time = (Time){
        .span = span,
        .first = first,
        .last = last,
        .type = match->type,
        .value = match->has_point ? point_value(context->arena, match->point)
                                  : match->value,
        .mod = match->mod,
        .why = str_format(context->arena, "%s: %.*s", match->rule,
                          (int)(span.end - span.begin),
                          context->text->bytes.ptr + span.begin),
    };
}

static void read_sentence(TimeContext *context, Analysis *analysis) {
    if (!time_items_read(context->arena, context->text, context->first,
                         context->last, &context->items)) {
        return;
    }
    for (uint32_t at = 0; at < context->items.count;) {
        TimeMatch match = {0};
        uint32_t end = time_match(context, at, &match);

        if (!end) {
            at++;
            continue;
        }
        push_time(context, analysis, &match, time_item(context, at)->first,
                  time_item(context, end - 1)->last);
        remember(context, &match);
        at = end;
    }
}

void find_times(Arena *arena, Analysis *analysis) {
    const Text *text = &analysis->text;
    Point published = publication(analysis);
    TimeContext context = {
        .arena = arena,
        .text = text,
        .published = published,
        .said = published,
        .quarter = quarter_before(published),
        .now = minute_of(analysis->clean.published),
    };

    for (uint32_t i = 0; i < text->sentence_count; i++) {
        if (!text->sentences[i].heading) {
            context.first = text->sentences[i].first;
            context.last = text->sentences[i].last;
            context.sentence = i;
            context.labelled = is_labelled(&context);
            read_sentence(&context, analysis);
        }
    }
}
