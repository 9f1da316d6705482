/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz.h - what the fuzz targets share.
 *
 * Each fuzz/fuzz_NAME.c has one LLVMFuzzerTestOneInput(), which feeds any
 * bytes to one parser and aborts where a property does not hold. Built with
 * clang and -Dfuzz=true it is a libFuzzer target; else fuzz/replay.c runs it
 * over its seeds as a test. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "base/lexicon.h"
#include "base/str.h"
#include "tag/model.h"

/* What libFuzzer calls; 0 always. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts, with the property's text, when it does not hold; in release builds
 * too. */
#define HOLDS(property) fuzz_holds((property), #property, __FILE__, __LINE__)
void fuzz_holds(bool holds, const char *property, const char *file, int line);

/* The project's lexicon and models, opened once. */
const struct Knowledge *fuzz_knowledge(void);
const Lexicon *fuzz_lexicon(void);

/* The project's data file `name` as it stands, mapped once and never let go;
 * a target asks for one file. */
Str fuzz_data(const char *name);

/* The bytes as valid UTF-8: each bad byte becomes U+FFFD. Arena memory. */
Str fuzz_text(Arena *arena, const uint8_t *data, size_t size);

#endif
