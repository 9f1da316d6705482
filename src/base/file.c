/* SPDX-License-Identifier: Apache-2.0 */
/* base/file.c - see file.h. */
#include "base/file.h"

#include <archive.h>
#include <archive_entry.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    STREAM_BLOCK = 256 << 10,
    BOMB_RATIO = 200,
    BOMB_FREE = 64 << 20, /* bytes out that no ratio is asked of */
};

struct Stream {
    struct archive *archive;
    struct archive_entry *entry; /* borrowed from archive */
    uint64_t out;                /* bytes given out */
};

Status file_map(const char *path, FileMap *out, Error *err) {
    struct stat about;
    void *bytes = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (file < 0) {
        return fail(err, ERR_IO, "%s: %s", path, strerror(errno));
    }
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(file);
        return fail(err, ERR_IO, "%s: not a regular file", path);
    }
    if (about.st_size > 0) {
        bytes =
            mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, file, 0);
    }
    close(file);
    if (bytes == MAP_FAILED) {
        return fail(err, ERR_IO, "%s: %s", path, strerror(errno));
    }
    out->bytes = (Str){bytes, (size_t)about.st_size};
    return OK;
}

void file_unmap(FileMap *map) {
    if (map->bytes.len) {
        munmap((void *)(uintptr_t)map->bytes.ptr, map->bytes.len);
    }
    map->bytes = (Str){0};
}

static bool write_all(int file, Str bytes) {
    for (size_t done = 0; done < bytes.len;) {
        ssize_t wrote = write(file, bytes.ptr + done, bytes.len - done);
        if (wrote < 0 && errno != EINTR) {
            return false;
        }
        done += wrote < 0 ? 0 : (size_t)wrote;
    }
    return fsync(file) == 0;
}

Status file_replace(const char *path, Str bytes, Error *err) {
    size_t room = strlen(path) + sizeof ".XXXXXX";
    char *temporary = malloc(room);
    Status status = OK;
    int file;

    if (!temporary) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    snprintf(temporary, room, "%s.XXXXXX", path);
    file = mkstemp(temporary);
    if (file < 0 || fchmod(file, 0644) != 0 || !write_all(file, bytes) ||
        rename(temporary, path) != 0) {
        status = fail(err, ERR_IO, "%s: %s", path, strerror(errno));
        if (file >= 0) {
            unlink(temporary);
        }
    }
    if (file >= 0) {
        close(file);
    }
    free(temporary);
    return status;
}

static struct archive *new_archive(void) {
    struct archive *archive = archive_read_new();

    if (archive) {
        archive_read_support_filter_gzip(archive);
        archive_read_support_filter_zstd(archive);
        archive_read_support_filter_bzip2(archive);
        archive_read_support_filter_xz(archive);
        archive_read_support_format_zip(archive);
        archive_read_support_format_tar(archive);
        archive_read_support_format_raw(archive);
        archive_read_support_format_empty(archive);
    }
    return archive;
}

Status stream_open(const char *path, Stream **out, Error *err) {
    Stream *stream = calloc(1, sizeof *stream);
    int status;

    if (!stream || !(stream->archive = new_archive())) {
        free(stream);
        return fail(err, ERR_NOMEM, "out of memory");
    }
    if (strcmp(path, "-") == 0) {
        status =
            archive_read_open_fd(stream->archive, STDIN_FILENO, STREAM_BLOCK);
    } else {
        status =
            archive_read_open_filename(stream->archive, path, STREAM_BLOCK);
    }
    if (status != ARCHIVE_OK) {
        int cause = archive_errno(stream->archive);
        stream_close(stream);
        return fail(err, ERR_IO, "%s: %s", path,
                    cause > 0 ? strerror(cause) : "cannot be read");
    }
    *out = stream;
    return OK;
}

void stream_close(Stream *stream) {
    if (stream) {
        archive_read_free(stream->archive);
        free(stream);
    }
}

/* A folder, link or device in an archive holds no report. */
static bool is_file(struct archive_entry *entry) {
    return archive_entry_filetype(entry) == AE_IFREG ||
           archive_entry_filetype(entry) == 0;
}

static Status broken(Stream *stream, Error *err) {
    const char *why = archive_error_string(stream->archive);

    return fail(err, ERR_INPUT, "cannot be unpacked: %s",
                why ? why : "broken archive");
}

Status stream_next(Stream *stream, Str *name, bool *found, Error *err) {
    do {
        int status = archive_read_next_header(stream->archive, &stream->entry);
        if (status == ARCHIVE_EOF) {
            *found = false;
            return OK;
        }
        if (status < ARCHIVE_WARN) {
            return broken(stream, err);
        }
    } while (!is_file(stream->entry));
    *name = str_of(archive_entry_pathname(stream->entry));
    if (archive_format(stream->archive) == ARCHIVE_FORMAT_RAW ||
        archive_format(stream->archive) == ARCHIVE_FORMAT_EMPTY) {
        *name = (Str){0};
    }
    *found = true;
    return OK;
}

static bool is_bomb(const Stream *stream) {
    int64_t in = archive_filter_bytes(stream->archive, -1);

    return stream->out > BOMB_FREE &&
           stream->out / BOMB_RATIO > (uint64_t)(in > 0 ? in : 1);
}

Status stream_read(Stream *stream, char *out, size_t size, size_t *got,
                   Error *err) {
    la_ssize_t count = archive_read_data(stream->archive, out, size);

    if (count < 0) {
        return broken(stream, err);
    }
    stream->out += (uint64_t)count;
    if (is_bomb(stream)) {
        return fail(err, ERR_LIMIT,
                    "unpacks to more than %d times its size: refused",
                    BOMB_RATIO);
    }
    *got = (size_t)count;
    return OK;
}

uint64_t stream_bytes(const Stream *stream) {
    int64_t in = archive_filter_bytes(stream->archive, -1);

    return in > 0 ? (uint64_t)in : 0;
}
