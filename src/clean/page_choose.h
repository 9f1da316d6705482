/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_choose.h - which blocks of a page are its main text.
 *
 * Room: clean. The first trees look at each block by itself; the second also
 * at what the first said of the blocks around it, of those in the same holders
 * and of those of the same shape (page_model.h). */
#ifndef CLEAN_PAGE_CHOOSE_H
#define CLEAN_PAGE_CHOOSE_H

#include "clean/page_feature.h"

/* What the second trees see behind the features. page_train.py has the same
 * list. */
typedef enum PageContext {
    CONTEXT_SELF = FEATURE_COUNT,
    CONTEXT_BEFORE1,
    CONTEXT_BEFORE2,
    CONTEXT_BEFORE3,
    CONTEXT_AFTER1,
    CONTEXT_AFTER2,
    CONTEXT_AFTER3,
    CONTEXT_UP1,
    CONTEXT_UP2,
    CONTEXT_UP3,
    CONTEXT_SHAPE,
    CONTEXT_MASS_BEFORE,
    CONTEXT_MASS,
    CONTEXT_AROUND,
    CONTEXT_END
} PageContext;

/* The log odds of each block that it is main text; arena.
 * Cost: linear in the blocks. */
float *page_odds(Arena *arena, const Page *page, const PageFeatures *features);

/* Blocks of at least these odds are main text. */
extern const float page_threshold;

#endif
