/* SPDX-License-Identifier: Apache-2.0 */
/* tell/days.h - the days that matter.
 *
 * Room: tell, for timeline.c. Three kinds of evidence speak for a day:
 *
 *     reports published on it
 *     reports of the next two days that name it
 *     later reports that name it: what is still spoken of mattered
 *
 * each weighed by how much to the point the report, or the sentence that names
 * the day, is. Of the copies of one origin those of one outlet count, of that
 * which has most: an outlet may well come back to what matters, but reprints
 * add nothing. The score of a day is
 *
 *     ln(1 + published) + ln(1 + named soon) + 2 ln(1 + named later)
 *
 * Dates of text beside dates of publication: Kessler et al., "Finding salient
 * dates for building thematic timelines", 2012; Tran et al. 2013. */
#ifndef TELL_DAYS_H
#define TELL_DAYS_H

#include "tell/theme.h"
#include "tell/timeline.h"

/* Fill `theme` with what the reports that the filter's conditions leave are
 * about, and `out->days` with their days, the best first, at most `limit`.
 * Memory: the theme and the days; one report at a time. */
void days_read(Teller *teller, uint32_t conditions, uint32_t limit,
               Theme *theme, Timeline *out);

#endif
