/* SPDX-License-Identifier: Apache-2.0 */
/* find/time_item.h - a sentence as the grammar of time sees it.
 *
 * Room: find. Each token, or each piece of it between hyphens, or each phrase
 * of the table `time-word`, is one item with a class and a value:
 *
 *     "mid-June, nearly two years ago"
 *     EDGE MID | MONTH 6 | COMMA | QUALIFIER | NUMBER 2 | UNITS Y | AGO
 *
 * All other words are TIME_OTHER. */
#ifndef FIND_TIME_ITEM_H
#define FIND_TIME_ITEM_H

#include "find/time_point.h"
#include "text/text.h"

typedef enum TimeClass {
    TIME_OTHER,
    /* from the table time-word, in the order of the names in time_item.c */
    TIME_THE, /* the most frequent first */
    TIME_OF,
    TIME_PREP, /* value: "after" 1, "to" -1, of the others 0 */
    TIME_WEEKDAY,
    TIME_WEEKDAYS, /* "Mondays" */
    TIME_MONTH,
    TIME_UNIT,
    TIME_UNITS, /* plural */
    TIME_DAYPART,
    TIME_NOON, /* value: minute of the day */
    TIME_SEASON,
    TIME_DAY, /* today: 0, yesterday: -1 */
    TIME_TONIGHT,
    TIME_REF,        /* "recently": cell PAST_REF */
    TIME_SHIFT,      /* last -1, this 0, next 1 */
    TIME_SHIFT_SAID, /* the same, counted from the date named before */
    TIME_SPAN,       /* "the past week" */
    TIME_EDGE,       /* early, late, mid; cell: mod */
    TIME_AGO,
    TIME_AGO_NOW,  /* "from now" */
    TIME_AGO_SAID, /* "two days before", "after" */
    TIME_EACH,
    TIME_SETWORD, /* "weekly" */
    TIME_CLOCK,   /* a.m. 0, p.m. 12 */
    TIME_OCLOCK,
    TIME_ZONE,
    TIME_FISCAL,
    TIME_ERA, /* "nineties": 199 */
    TIME_AND_HALF,
    TIME_OLD,
    TIME_HOLIDAY,
    TIME_LATER,       /* earlier -1, later 1 */
    TIME_REF_NOUN,    /* "the future" */
    TIME_MORE,        /* "two more weeks" */
    TIME_AT,          /* before a time of day */
    TIME_ON,          /* before a day */
    TIME_PERIOD,      /* "the latest period" */
    TIME_SHORT_DAY,   /* "mon", read as a TIME_WEEKDAY that is doubtful */
    TIME_SHORT_MONTH, /* "jan", the same of TIME_MONTH */
    TIME_WORD_MONTH,  /* "march", doubtful without a capital */
    /* from their form, and from the tables number and qualifier */
    TIME_NUMBER,  /* a cardinal */
    TIME_FEW,     /* an amount that is not said */
    TIME_HALF,    /* "half" of the next */
    TIME_ARTICLE, /* "a": one */
    TIME_ORDINAL,
    TIME_YEARS4,   /* four digits that can be a year */
    TIME_DECADE,   /* "1990s": 199 */
    TIME_HOUR,     /* "10:30": minute of the day */
    TIME_DATE_ISO, /* "2013-02-25": point */
    TIME_QUALIFIER,
    TIME_COMMA,
    TIME_CLASS_COUNT
} TimeClass;

typedef struct TimeItem {
    TimeClass class;
    int64_t value;
    int32_t ordinal;      /* of "third", and of the unit "second"; else 0 */
    LexRow row;           /* of time-word or qualifier; or no row */
    Str digits;           /* of a number in digits */
    Day day;              /* of TIME_DATE_ISO */
    int32_t minute;       /* of TIME_DATE_ISO with a time, else TIME_UNKNOWN */
    int32_t second;       /* of TIME_HOUR, or TIME_UNKNOWN */
    uint32_t first, last; /* tokens [first,last) */
    bool joined;          /* a hyphen stands before it, in one token */
    bool capital;
    int8_t doubtful; /* a weekday or month: 1 a short form, 2 another word */
    bool half;       /* of a TIME_NUMBER: "2 1/2" */
    int8_t clock;    /* of a TIME_HOUR: 1 with a.m. or p.m., 2 of 24 hours */
} TimeItem;

typedef struct TimeItems {
    TimeItem *items; /* arena */
    uint32_t count, capacity;
} TimeItems;

/* The items of tokens [first,last); `items` is emptied first and its memory
 * used again. True if any of them can be the core of an expression. */
bool time_items_read(Arena *arena, const Text *text, uint32_t first,
                     uint32_t last, TimeItems *items);
/* The value cell of the item's row. */
Str time_item_cell(const TimeItem *item);

#endif
