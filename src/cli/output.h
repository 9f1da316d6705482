/* SPDX-License-Identifier: Apache-2.0 */
/* cli/output.h - standard output in large pieces, with a sticky error.
 *
 * Room: cli. A reader that has gone away (EPIPE: "| head") is no error of
 * ours: the run ends and the program goes quietly. A full disk is one. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "base/buf.h"

typedef struct Output {
    Buf buf;
    int error;     /* errno of the write that failed; 0: none */
    bool terminal; /* then each piece is shown at once */
} Output;

void output_init(Output *output);
void output_deinit(Output *output);

/* 0, or -1 after a failure: fits dateline_calls.write, `context` the Output. */
int output_write(void *context, const char *bytes, size_t len);
/* The same, and nothing stays behind in the buffer. */
int output_write_now(void *context, const char *bytes, size_t len);
void output_put(Output *output, const char *text);
void output_format(Output *output, const char *format, ...) PRINTF_LIKE(2, 3);
/* A line {"key":"text",...}; the second pair is left out when `key2` is NULL.
 */
void output_json(Output *output, const char *key, const char *text,
                 const char *key2, const char *text2);
/* Hand on what is buffered; 0, or -1 after a failure. */
int output_flush(Output *output);

#endif
