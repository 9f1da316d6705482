/* SPDX-License-Identifier: Apache-2.0 */
/* find/names.c - see find.h: mentions and entities of a report.
 *
 * Room: find. The steps are in names.h; who is meant by "he" or "the
 * watchdog" is told later, in party.c, where somebody speaks. */
#include "find/names.h"
#include "find/finders.h"

void find_names(Arena *arena, Analysis *analysis, const Words *words) {
    Names names = {.arena = arena, .analysis = analysis, .words = *words};

    names_detect(&names);
    names_join(&names);
    names_roles(&names);
    names_holders(&names);
    names_settle(&names);
}
