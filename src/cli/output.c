/* SPDX-License-Identifier: Apache-2.0 */
/* cli/output.c - see output.h. */
#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/json.h"

enum { FLUSH_AT = 64 << 10 };

void output_init(Output *output) {
    *output = (Output){.terminal = isatty(STDOUT_FILENO) != 0};
    buf_init(&output->buf, 0);
}

void output_deinit(Output *output) {
    buf_deinit(&output->buf);
}

static void write_through(Output *output, const char *bytes, size_t len) {
    while (len > 0 && output->error == 0) {
        ssize_t wrote = write(STDOUT_FILENO, bytes, len);
        if (wrote >= 0) {
            bytes += wrote;
            len -= (size_t)wrote;
        } else if (errno != EINTR) {
            output->error = errno;
        }
    }
}

int output_flush(Output *output) {
    write_through(output, output->buf.ptr, output->buf.len);
    if (output->buf.status != OK && output->error == 0) {
        output->error = ENOMEM;
    }
    buf_reset(&output->buf);
    return output->error ? -1 : 0;
}

int output_write(void *context, const char *bytes, size_t len) {
    Output *output = context;

    if (len >= FLUSH_AT) {
        output_flush(output);
        write_through(output, bytes, len);
        return output->error ? -1 : 0;
    }
    buf_push(&output->buf, (Str){bytes, len});
    if (output->terminal || output->buf.len >= FLUSH_AT) {
        return output_flush(output);
    }
    return output->error ? -1 : 0;
}

int output_write_now(void *context, const char *bytes, size_t len) {
    return output_write(context, bytes, len) == 0 ? output_flush(context) : -1;
}

void output_put(Output *output, const char *text) {
    Str bytes = str_of(text);

    output_write(output, bytes.ptr, bytes.len);
}

void output_format(Output *output, const char *format, ...) {
    char line[1024];
    va_list arguments;
    int len;

    va_start(arguments, format);
    len = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (len > 0) {
        output_write(output, line,
                     (size_t)len < sizeof line ? (size_t)len : sizeof line - 1);
    }
}

void output_json(Output *output, const char *key, const char *text,
                 const char *key2, const char *text2) {
    Json json = json_to(&output->buf);

    json_open(&json, '{');
    json_key_str(&json, key, str_of(text));
    if (key2) {
        json_key_str(&json, key2, str_of(text2));
    }
    json_close(&json, '}');
    output_put(output, "\n");
}
