/* SPDX-License-Identifier: Apache-2.0 */
/* test/reading.c - see reading.h. */
#include "reading.h"

#include "find/find.h"
#include "test.h"

static void read_it(void *context) {
    Reading *reading = context;

    find_all(&reading->arena, test_knowledge(), &reading->report,
             (FindOptions){.clean = false, .find = true}, &reading->analysis);
}

void reading_open(Reading *reading, const char *name, const char *text,
                  const char *published) {
    Error err = {0};

    *reading = (Reading){.report = {.text = str_of(text),
                                    .published = str_of(published),
                                    .language = str_of("en")}};
    arena_init(&reading->arena, 0);
    EXPECT_OK(name, arena_try(&reading->arena, read_it, reading, &err), err);
}
