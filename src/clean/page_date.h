/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_date.h - dates in running text and in attributes of a page.
 *
 * Room: clean. Unlike read/moment.h, which reads a field that holds a date and
 * nothing else, this finds one among other words, in the languages of the
 * table `month-name`:
 *
 *     2013-02-25T14:03:00+01:00   2013/02/25   25.02.2013   25. Februar 2013
 *     Feb 25th, 2013              25 de febrero de 2013     2013年2月25日   */
#ifndef CLEAN_PAGE_DATE_H
#define CLEAN_PAGE_DATE_H

#include "base/lexicon.h"

/* How 3/4/2013 is read where both could be. */
typedef enum DayOrder {
    ORDER_UNKNOWN, /* not at all */
    ORDER_DAY_FIRST,
    ORDER_MONTH_FIRST
} DayOrder;

typedef struct PageDate {
    uint16_t year;
    uint8_t month, day;
    uint32_t begin, end; /* bytes of the text that say so */
    int8_t hour, minute; /* of ISO 8601; -1: not said */
    int16_t zone;        /* minutes east of UTC; NO_ZONE: not said */
    bool on_the_hour;    /* no minutes and no seconds */
} PageDate;

enum { NO_ZONE = INT16_MAX, YEAR_LEAST = 1990, YEAR_MOST = 2100 };

/* The first date at or after byte `from`; false when there is none.
 * Cost: linear in the text up to it. */
bool page_date_find(const Lexicon *lexicon, Str text, size_t from,
                    DayOrder order, PageDate *out);
/* As ISO 8601: a day, with its hour where a zone is said too. Arena. */
Str page_date_iso(Arena *arena, const PageDate *date);

#endif
