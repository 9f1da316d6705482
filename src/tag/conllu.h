/* SPDX-License-Identifier: Apache-2.0 */
/* tag/conllu.h - the words of a report as CoNLL-U, which other tools read.
 *
 * Room: tag. Format: https://universaldependencies.org/format.html. Names
 * stand in the last column: NER=B-PER, NER=I-PER. */
#ifndef TAG_CONLLU_H
#define TAG_CONLLU_H

#include "base/buf.h"
#include "tag/tag.h"

/* Append one document. A paragraph is a block of the text; words that the
 * tokenizer cut ("do" "n't") are ranges. White space in `id` becomes "_".
 * Where `tags` are empty all columns but the form are "_". */
void conllu_write(Str id, const Text *text, const Tags *tags, Buf *out);

#endif
