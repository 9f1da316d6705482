/* SPDX-License-Identifier: Apache-2.0 */
/* read/date.h - dates as ISO 8601 writes them.
 *
 * Room: read. Only what a publication date may be: "2013-02-25",
 * "2013-02-25T14:03:00Z", the seconds, their fraction and the zone optional, a
 * space in place of the T. */
#ifndef READ_DATE_H
#define READ_DATE_H

#include "base/str.h"

/* True if there is such a day in the Gregorian calendar. */
bool date_exists(int64_t year, int64_t month, int64_t day);
/* True if all of `text` is such a date or date-time. */
bool date_is_iso(Str text);

#endif
