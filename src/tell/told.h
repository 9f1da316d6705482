/* SPDX-License-Identifier: Apache-2.0 */
/* tell/told.h - what every line of text ends in: who says so, and where.
 *
 * Room: tell. */
#ifndef TELL_TOLD_H
#define TELL_TOLD_H

#include "tell/claims.h"
#include "tell/screen.h"
#include "tell/timeline.h"

/* "— BBC [2266]", never broken; `mark` is the dash, or "·" between sources. */
void told_source(Line *line, const char *mark, Str label, uint32_t byte);
/* "(3 reports, one source)" where several reports are fewer sources. */
void told_fewer(Line *line, uint32_t reports, uint32_t origins);
/* "Jane Doe:", in bold; nothing for nobody. */
void told_voice(Line *line, const Voice *voice);
/* "— BBC [2266], via AFP · Herald [12] (2 reports, one source)": the first
 * places, the others counted. */
void told_sources(Line *line, const Carriers *carriers, Str via);
/* "25 Feb 2013  What happened. — BBC [12] (3 reports, one source)". */
void told_day(Line *line, const TimelineDay *day);

#endif
