/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_choose.h - which blocks of a page are its main text.
 *
 * Room: clean. The first trees look at each block by itself; the second also
 * at what the first said of the blocks around it, of those in the same holders
 * and of those of the same shape (page_model.h). */
#ifndef CLEAN_PAGE_CHOOSE_H
#define CLEAN_PAGE_CHOOSE_H

#include "clean/page_feature.h"

/* What the second trees see beside the features; page_train.py reads the same
 * list. */
#define PAGE_CONTEXT(X)                                                        \
    X(self) X(before1) X(before2) X(before3) X(after1) X(after2) X(after3)     \
    X(up1) X(up2) X(up3) X(shape) X(mass_before) X(mass) X(around)

enum {
    CONTEXT_BEGIN = FEATURE_COUNT - 1,
#define CONTEXT_NAME(name) CONTEXT_##name,
    PAGE_CONTEXT(CONTEXT_NAME)
#undef CONTEXT_NAME
        CONTEXT_END
};

/* The log odds of each block that it is main text; arena.
 * Cost: linear in the blocks. */
float *page_odds(Arena *arena, const Page *page, const PageFeatures *features);

/* Blocks of at least these odds are main text. */
extern const float page_threshold;

#endif
