/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_date.c - any bytes as a date of HTTP, a feed or an export: none, or
 * one that is there, and that is read out of its ISO form again. */
#include "fuzz.h"

#include "read/date.h"
#include "read/moment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char iso[MOMENT_ISO_MAX], iso_again[MOMENT_ISO_MAX];
    Moment moment, again;
    Str text;

    if (!moment_read((Str){(const char *)data, size}, fuzz_lexicon(),
                     &moment)) {
        return 0;
    }
    text = moment_iso(&moment, iso);
    HOLDS(date_is_iso(text));
    HOLDS(moment_read(text, NULL, &again));
    HOLDS(str_equal(text, moment_iso(&again, iso_again)));
    HOLDS(moment_epoch(&moment) == moment_epoch(&again));
    return 0;
}
