/* SPDX-License-Identifier: Apache-2.0 */
/* test/reading.h - one report read by the rooms up to find/, for their tests.
 */
#ifndef TEST_READING_H
#define TEST_READING_H

#include "find/analysis.h"

typedef struct Reading {
    Arena arena;
    Report report;
    Analysis analysis;
} Reading;

/* Find all in the English `text`, nothing cut as litter; `published` may be
 * empty. A failure counts against the case `name`. Close with arena_deinit().
 */
void reading_open(Reading *reading, const char *name, const char *text,
                  const char *published);

#endif
