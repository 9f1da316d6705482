/* SPDX-License-Identifier: Apache-2.0 */
/* train/need.h - memory for programs that cannot go on without it. */
#ifndef TRAIN_NEED_H
#define TRAIN_NEED_H

#include <stdio.h>
#include <stdlib.h>

/* `count` zeroed elements of `size` bytes; ends the program when there is no
 * memory. */
static inline void *need(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);

    if (!memory) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

#endif
