/* SPDX-License-Identifier: Apache-2.0 */
/* base/status.h - one way to say that something went wrong.
 *
 * Room: base. A call that can fail returns a Status and fills an Error that a
 * person can act on: the message names the place (file, line, byte) and the
 * cause. Outputs stay untouched on failure. Library code never exits, aborts
 * or prints; a bug is an assert, bad input is a Status. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(string, first)                                             \
    __attribute__((format(printf, string, first)))

typedef enum Status {
    OK = 0,
    ERR_NOMEM,     /* the machine has no memory left */
    ERR_LIMIT,     /* input larger than a limit that was set */
    ERR_INPUT,     /* malformed input: broken JSON, cut gzip, NUL in text */
    ERR_ENCODING,  /* bytes that are not valid in the charset they claim */
    ERR_IO,        /* the operating system refused: open, read, write */
    ERR_DATA,      /* a lexicon or model file is missing or damaged */
    ERR_STORE,     /* SQLite refused: locked, full, read-only, corrupt */
    ERR_NOT_FOUND, /* no such report, story or claim */
    ERR_USAGE,     /* the caller asked for something that makes no sense */
    STATUS_COUNT
} Status;

typedef enum { ERROR_MESSAGE_MAX = 512 } ErrorLimits;

typedef struct Error {
    Status status;
    char message[ERROR_MESSAGE_MAX]; /* UTF-8, NUL-terminated, cut if long */
} Error;

/* Fill `err` (may be NULL) and return `status`, so that a failing function
 * ends in `return fail(err, ERR_IO, "%s: %s", path, why);`. */
Status fail(Error *err, Status status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Put "context: " before the message that `err` holds; returns its status. */
Status fail_in(Error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* The status as one lower-case word, for logs and JSON ("limit"). */
const char *status_name(Status status);

#endif
