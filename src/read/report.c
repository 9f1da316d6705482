/* SPDX-License-Identifier: Apache-2.0 */
/* read/report.c - see report.h. */
#include "read/report.h"

#include <assert.h>
#define XXH_STATIC_LINKING_ONLY /* the state on the stack */
#include <xxhash.h>

Str report_hash(Arena *arena, const Report *report) {
    const Str fields[] = {report->text, report->outlet, report->url,
                          report->published};
    XXH64_state_t state;

    XXH64_reset(&state, 0);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i].len) {
            XXH64_update(&state, fields[i].ptr, fields[i].len);
        }
        XXH64_update(&state, "", 1);
    }
    return str_format(arena, "%016llx",
                      (unsigned long long)XXH64_digest(&state));
}
