/* SPDX-License-Identifier: Apache-2.0 */
/* preload.c - stands before the C library's write, pwrite and sync, for
 * test_sync.py and test_full_disk.py. Copied into a folder and compiled there.
 *
 * PRELOAD_LOG names a file that gets a line for each call, in order:
 *     store NAME    bytes were written to a file whose name ends in -wal or .db
 *     sync NAME     it was synced
 *     print BYTES   so many bytes went to standard output
 * PRELOAD_ROOM: after so many bytes written to such files the disk is full. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static long written; /* bytes, to files of the store */

static void note(const char *what, const char *name, size_t count) {
    const char *path = getenv("PRELOAD_LOG");
    char line[400];
    int len, log;

    if (!path) {
        return;
    }
    len = snprintf(line, sizeof line, "%s %s%zu\n", what, name, count);
    log = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (log >= 0) {
        syscall(SYS_write, log, line, (size_t)len);
        close(log);
    }
}

/* "wal " or "db " when the descriptor is of a store's file, else NULL. */
static const char *store_file(int file) {
    char link[64], path[400];
    ssize_t len;

    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    len = readlink(link, path, sizeof path - 1);
    if (len < 4) {
        return NULL;
    }
    path[len] = '\0';
    return strcmp(path + len - 4, "-wal") == 0  ? "wal "
           : strcmp(path + len - 3, ".db") == 0 ? "db "
                                                : NULL;
}

static int is_full(const char *name, size_t count) {
    const char *room = getenv("PRELOAD_ROOM");

    if (!name || !room) {
        return 0;
    }
    written += (long)count;
    if (written > atol(room)) {
        errno = ENOSPC;
        return 1;
    }
    return 0;
}

static ssize_t store_write(const char *symbol, int file, const void *bytes,
                           size_t count, off_t at) {
    ssize_t (*real)(int, const void *, size_t, off_t) =
        (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, symbol);
    const char *name = store_file(file);

    if (is_full(name, count)) {
        return -1;
    }
    if (name) {
        note("store", name, count);
    }
    return real(file, bytes, count, at);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    return store_write("pwrite", file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) {
    return store_write("pwrite64", file, bytes, count, at);
}

ssize_t write(int file, const void *bytes, size_t count) {
    const char *name = store_file(file);

    if (is_full(name, count)) {
        return -1;
    }
    if (name) {
        note("store", name, count);
    } else if (file == STDOUT_FILENO) {
        note("print", "", count);
    }
    return syscall(SYS_write, file, bytes, count);
}

int fsync(int file) {
    const char *name = store_file(file);

    if (name) {
        note("sync", name, 0);
    }
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    const char *name = store_file(file);

    if (name) {
        note("sync", name, 0);
    }
    return (int)syscall(SYS_fdatasync, file);
}
