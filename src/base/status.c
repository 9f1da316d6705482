/* SPDX-License-Identifier: Apache-2.0 */
/* base/status.c - see status.h. */
#include "base/status.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Status fail(Error *err, Status status, const char *format, ...) {
    va_list arguments;

    assert(status != OK);
    if (err) {
        err->status = status;
        va_start(arguments, format);
        vsnprintf(err->message, sizeof err->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

Status fail_in(Error *err, const char *format, ...) {
    char inner[ERROR_MESSAGE_MAX];
    va_list arguments;
    size_t used;

    assert(err && err->status != OK);
    memcpy(inner, err->message, sizeof inner);
    va_start(arguments, format);
    vsnprintf(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    used = strlen(err->message);
    snprintf(err->message + used, sizeof err->message - used, ": %s", inner);
    return err->status;
}

const char *status_name(Status status) {
    static const char *const names[STATUS_COUNT] = {
        [OK] = "ok",
        [ERR_NOMEM] = "memory",
        [ERR_LIMIT] = "limit",
        [ERR_INPUT] = "input",
        [ERR_ENCODING] = "encoding",
        [ERR_IO] = "io",
        [ERR_DATA] = "data",
        [ERR_STORE] = "store",
        [ERR_NOT_FOUND] = "not-found",
        [ERR_USAGE] = "usage",
    };

    assert(status < STATUS_COUNT);
    return names[status];
}
