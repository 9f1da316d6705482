/* SPDX-License-Identifier: Apache-2.0 */
/* read/moment.h - dates and times as feeds, servers and exports write them.
 *
 * Room: read.
 *
 *     Mon, 25 Feb 2013 14:03:00 GMT      RFC 9110, RFC 822 and 5322
 *     Monday, 25-Feb-13 14:03:00 GMT     RFC 850
 *     Mon Feb 25 14:03:00 2013           asctime()
 *     2013-02-25T14:03:00.5+01:00        RFC 3339, ISO 8601
 *     25 February 2013, Feb. 25, 2013    with the lexicon's names of months
 *     25.02.2013  2/25/2013 2:03 PM      where no other reading is possible
 *
 * What can be read in two ways (2/3/2013) is not read at all. */
#ifndef READ_MOMENT_H
#define READ_MOMENT_H

#include "base/lexicon.h"

typedef struct Moment {
    int year, month, day;
    bool has_clock, has_zone;
    int hour, minute, second;
    int zone; /* minutes east of Greenwich */
} Moment;

enum { MOMENT_ISO_MAX = 32 };

/* Read all of `text`; false when it is no date, or no date for certain.
 * `lexicon` (may be NULL) knows names of months and weekdays beyond the
 * three letters that mail and HTTP write. Cost: linear, no allocation. */
bool moment_read(Str text, const Lexicon *lexicon, Moment *out);

/* As ISO 8601: "2013-02-25", "2013-02-25T14:03:00Z"; points to `out`. */
Str moment_iso(const Moment *moment, char out[MOMENT_ISO_MAX]);
/* Seconds since 1970, UTC where no zone is given. */
int64_t moment_epoch(const Moment *moment);

#endif
