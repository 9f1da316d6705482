/* SPDX-License-Identifier: Apache-2.0 */
/* read/walk.h - the files that a list of paths stands for, in one order.
 *
 * Room: read. Paths in the order given; a folder is all files below it, each
 * folder's names in byte order. Symbolic links are followed; one that leads
 * back to a folder it lies in is told once and not followed. */
#ifndef READ_WALK_H
#define READ_WALK_H

#include "base/buf.h"

typedef struct Folder Folder;

typedef struct Walk {
    const char *const *paths; /* borrowed */
    size_t count, next;
    Folder *folder; /* owned: the folder being read, its parents behind it */
    Buf path;       /* the file, NUL-terminated */
} Walk;

void walk_init(Walk *walk, const char *const *paths, size_t count);
void walk_deinit(Walk *walk);

/* Move to the next file: walk->path. False after the last one. What cannot be
 * reached sets `err` ("PATH: why"), and the walk goes on behind it. */
bool walk_next(Walk *walk, Error *err);

/* Bytes of all files, where the paths are plain files; else 0. */
uint64_t walk_total(const Walk *walk);

#endif
