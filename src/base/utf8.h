/* SPDX-License-Identifier: Apache-2.0 */
/* base/utf8.h - UTF-8, one character at a time.
 *
 * Room: base. Standard: RFC 3629 (no surrogates, no overlong forms, nothing
 * above U+10FFFF). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* The character at byte `at` (at < text.len) and its length in `*len`.
 * An invalid byte gives U+FFFD with length 1. Cost: O(1). */
uint32_t utf8_at(Str text, size_t at, uint32_t *len);
/* The byte where the character before byte `at` (at > 0) begins. */
size_t utf8_back(Str text, size_t at);
/* Offset of the first byte that is not valid UTF-8; text.len if all is. */
size_t utf8_invalid(Str text);
/* Writes `character` to `out` (room for 4) and returns its length. */
uint32_t utf8_put(uint32_t character, char out[4]);

bool utf8_is_letter(uint32_t character);
bool utf8_is_upper(uint32_t character);
/* White space, no-break and typographic spaces included. */
bool utf8_is_space(uint32_t character);
uint32_t utf8_lower(uint32_t character);

/* `text` in lower case, typographic apostrophes as "'" and no-break spaces as
 * spaces: the form in which lexicon keys are written. Returns `text` itself
 * when nothing changes. Cost: linear. */
Str utf8_fold(Arena *arena, Str text);
/* hash_str(utf8_fold(text)) without the copy. `hash_more` form: start with
 * HASH_SEED. */
uint64_t utf8_fold_hash(uint64_t hash, Str text);
/* True if utf8_fold(text) equals `folded`. */
bool utf8_fold_equal(Str text, Str folded);
/* Letters without diacritics (NFKD, marks dropped), in lower case: "Müller"
 * and "Muller" give the same. Cost: linear; slow path for non-ASCII. */
Str utf8_plain(Arena *arena, Str text);

#endif
