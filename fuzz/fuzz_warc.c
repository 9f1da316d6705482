/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_warc.c - any bytes behind a good record, as an archive.
 *
 * The first byte chooses whether there is a good record at all (packed archives
 * are among the seeds). Of an archive with one, something is read or told. */
#include "input.h"

#define GOOD                                                                   \
    "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"        \
    "Content-Length: 5\r\n\r\nRain.\r\n\r\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzRead result = {0};
    Str good = str_of(GOOD), bytes;

    if (size == 0) {
        return 0;
    }
    bytes = (Str){(const char *)data + 1, size - 1};
    if (data[0] % 2) {
        fuzz_read_file(good, bytes, &result);
        HOLDS(result.reports + result.errors > 0);
    } else {
        fuzz_read_file((Str){0}, bytes, &result);
    }
    buf_deinit(&result.text);
    return 0;
}
