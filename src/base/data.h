/* SPDX-License-Identifier: Apache-2.0 */
/* base/data.h - where the program's own files lie: the lexicon and the models.
 *
 * Room: base. Looked for in the folder that DATELINE_DATA names, else where
 * the program was installed, else in the tree it was built in. */
#ifndef BASE_DATA_H
#define BASE_DATA_H

#include "base/buf.h"

/* The path of the file `name` ("en.lexicon"), NUL-terminated, into `out`.
 * Errors: ERR_DATA, naming every place that was looked at. */
MUST_USE Status data_find(const char *name, Buf *out, Error *err);
/* The same in `folder`, where it may be missing, or where data_find() finds it
 * when `folder` is NULL. Errors: also ERR_NOMEM. */
MUST_USE Status data_find_in(const char *folder, const char *name, Buf *out,
                             Error *err);

#endif
