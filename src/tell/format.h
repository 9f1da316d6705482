/* SPDX-License-Identifier: Apache-2.0 */
/* tell/format.h - how dates, numbers and sources are written.
 *
 * Room: tell. Shared by what is told as text and as a page. */
#ifndef TELL_FORMAT_H
#define TELL_FORMAT_H

#include "tell/claims.h"

/* "2013-02-25T14:03Z" -> "25 Feb 2013", "2013-02" -> "Feb 2013"; what is no
 * date stays as it is. */
Str date_words(Arena *arena, Str iso);
/* Both ends of a stretch: "8 to 16 Feb 2022", "28 Dec 2012 to 27 Dec 2014",
 * one date when they are equal; empty when both are. */
Str date_range(Arena *arena, Str from, Str to);
/* The day of an ISO date-time: its first ten bytes, or fewer. */
Str date_day(Str iso);
/* Days since 1 January 1970 of "YYYY-MM-DD"; false when it is none. */
bool date_number(Str iso, int64_t *days);

/* 70000 -> "70,000". */
Str number_words(Arena *arena, int64_t value);
/* 1, "report" -> "1 report"; 3 -> "3 reports"; 2, "story" -> "2 stories". */
Str count_words(Arena *arena, uint64_t count, const char *noun);

/* The label of a source, and where `other` is called the same, its day: "Herald
 * of 25 Feb 2013". */
Str label_beside(Arena *arena, Str label, Str published, Str other);
/* "2 reports, one source" when several reports are fewer sources; else empty.
 */
Str origins_words(Arena *arena, uint32_t reports, uint32_t origins);
/* ["AFP","SANA"] -> "via AFP, via SANA"; empty for []. */
Str via_words(Teller *teller, Arena *arena, Str json);

#endif
