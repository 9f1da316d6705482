/* SPDX-License-Identifier: Apache-2.0 */
/* tag/lemma.h - the lemma of each word: "went" -> "go", "Rebels" -> "rebel".
 *
 * Room: tag. Made from the form and its part of speech by rules that
 * train/lemma.py learns and src/tag/lemma.c draws. Conventions: those of
 * Universal Dependencies' English Web Treebank. */
#ifndef TAG_LEMMA_H
#define TAG_LEMMA_H

#include "tag/tag.h"

typedef struct Lemmas Lemmas;

/* Map the file `path` and check it: magic, version, bounds, checksum.
 * Errors: ERR_IO, ERR_DATA, ERR_NOMEM; the message names the file. */
MUST_USE Status lemmas_open(const char *path, Lemmas **out, Error *err);
/* The same of the file in `folder`, or, when that is NULL, where data_find()
 * finds it. */
MUST_USE Status lemmas_open_in(const char *folder, Lemmas **out, Error *err);
void lemmas_close(Lemmas *lemmas);

/* Fill in tags->words[].lemma from the words and their `xpos`; without `lemmas`
 * (NULL) each word is its own. Most are
 * borrowed from the text, the rest lie in the arena.
 * Cost: some 0.1 microseconds a word. */
void lemmas_read(Arena *arena, const Lemmas *lemmas, const Text *text,
                 Tags *tags);

#endif
