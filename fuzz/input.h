/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/input.h - a file of any bytes, read as files are.
 *
 * For the formats that are cut into records, which need a file. */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include "fuzz.h"
#include "read/read.h"

/* What reading a file came to. */
typedef struct FuzzRead {
    uint32_t reports, errors;
    Buf text; /* of the last report */
} FuzzRead;

/* Read `head` and `bytes` as one file. What holds of every record: reports
 * are valid UTF-8 with a text or a page, errors name the file, and reading
 * ends. */
void fuzz_read_file(Str head, Str bytes, FuzzRead *out);

#endif
