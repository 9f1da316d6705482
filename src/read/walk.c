/* SPDX-License-Identifier: Apache-2.0 */
/* read/walk.c - see walk.h.
 *
 * The folders from the one given down to the one being read form a stack, so
 * that memory is that of the names of those alone. A folder is known by device
 * and inode: one that is on the stack already is a loop. */
#include "read/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct Folder {
    struct dirent **names; /* owned */
    int count, next;
    size_t path_len; /* of walk->path, with its closing slash */
    dev_t device;
    ino_t inode;
    Folder *parent; /* owned */
};

void walk_init(Walk *walk, const char *const *paths, size_t count) {
    *walk = (Walk){.paths = paths, .count = count};
    buf_init(&walk->path, 0);
}

static void leave(Walk *walk) {
    Folder *folder = walk->folder;

    walk->folder = folder->parent;
    for (int i = 0; i < folder->count; i++) {
        free(folder->names[i]);
    }
    free(folder->names);
    free(folder);
}

void walk_deinit(Walk *walk) {
    while (walk->folder) {
        leave(walk);
    }
    buf_deinit(&walk->path);
}

static int is_visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

/* Bytes, not the locale's order as alphasort() has it. */
static int compare_names(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_loop(const Walk *walk, const struct stat *about) {
    for (const Folder *at = walk->folder; at; at = at->parent) {
        if (at->device == about->st_dev && at->inode == about->st_ino) {
            return true;
        }
    }
    return false;
}

static Status enter(Walk *walk, const struct stat *about, Error *err) {
    Folder *folder;

    if (is_loop(walk, about)) {
        return fail(err, ERR_INPUT,
                    "%s: a symbolic link in a loop: leads back to a folder "
                    "that it lies in",
                    walk->path.ptr);
    }
    folder = calloc(1, sizeof *folder);
    if (!folder) {
        return fail(err, ERR_NOMEM, "%s: out of memory", walk->path.ptr);
    }
    folder->count =
        scandir(walk->path.ptr, &folder->names, is_visible, compare_names);
    if (folder->count < 0) {
        free(folder);
        return fail(err, ERR_IO, "%s: %s", walk->path.ptr, strerror(errno));
    }
    if (walk->path.ptr[walk->path.len - 1] != '/') {
        buf_char(&walk->path, '/');
    }
    folder->path_len = walk->path.len;
    folder->device = about->st_dev;
    folder->inode = about->st_ino;
    folder->parent = walk->folder;
    walk->folder = folder;
    return OK;
}

/* Puts the next path into walk->path; false when none is left. */
static bool next_path(Walk *walk) {
    while (walk->folder && walk->folder->next == walk->folder->count) {
        leave(walk);
    }
    if (walk->folder) {
        Folder *folder = walk->folder;
        walk->path.len = folder->path_len;
        buf_put(&walk->path, folder->names[folder->next++]->d_name);
    } else if (walk->next < walk->count) {
        buf_reset(&walk->path);
        buf_put(&walk->path, walk->paths[walk->next++]);
    } else {
        return false;
    }
    buf_char(&walk->path, '\0');
    walk->path.len--;
    return true;
}

bool walk_next(Walk *walk, Error *err) {
    struct stat about;

    err->status = OK;
    while (next_path(walk)) {
        if (buf_check(&walk->path, err) != OK ||
            strcmp(walk->path.ptr, "-") == 0) {
            return true;
        }
        if (stat(walk->path.ptr, &about) != 0) {
            fail(err, ERR_IO, "%s: %s", walk->path.ptr, strerror(errno));
            return true;
        }
        if (S_ISDIR(about.st_mode)) {
            if (enter(walk, &about, err) != OK) {
                return true;
            }
        } else if (!walk->folder || S_ISREG(about.st_mode)) {
            return true; /* in folders, pipes and devices are passed over */
        }
    }
    return false;
}

uint64_t walk_total(const Walk *walk) {
    uint64_t total = 0;
    struct stat about;

    for (size_t i = 0; i < walk->count; i++) {
        if (stat(walk->paths[i], &about) != 0 || !S_ISREG(about.st_mode)) {
            return 0;
        }
        total += (uint64_t)about.st_size;
    }
    return total;
}
