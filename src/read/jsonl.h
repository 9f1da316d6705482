/* SPDX-License-Identifier: Apache-2.0 */
/* read/jsonl.h - a line of JSON becomes a report.
 *
 * Room: read. The scanner is ours and not jansson's, for three reasons: it
 * holds no memory of its own, so that the arena may leave at any allocation;
 * unknown fields come back byte for byte, numbers too ("1.10", 20 digits); and
 * a text without escapes is not copied. It takes what RFC 8259 takes, in valid
 * UTF-8, nested at most 200 deep; fuzz/fuzz_read.c holds it to jansson. */
#ifndef READ_JSONL_H
#define READ_JSONL_H

#include "base/str.h"
#include "read/report.h"

/* Fill the fields of `out` that stand in the object `line`; those that do not
 * are left alone. `null` is the same as not given.
 * Memory: in `arena`, or borrowed from `line`.
 * Errors: ERR_INPUT, ERR_ENCODING, with the byte of the line (from 0) where it
 * helps. Cost: linear. */
MUST_USE Status jsonl_parse(Arena *arena, Str line, Report *out, Error *err);

/* The same of an object that may lack a text: what is known of a report beside
 * it. */
MUST_USE Status jsonl_fields(Arena *arena, Str line, Report *out, Error *err);

#endif
