/* SPDX-License-Identifier: Apache-2.0 */
/* tag/model.h - the network's weights, mapped from a file.
 *
 * Room: tag. train/ makes the file, tag/network.h runs it. It is mapped
 * read-only, so that processes share it. */
#ifndef TAG_MODEL_H
#define TAG_MODEL_H

#include "base/str.h"

typedef struct Model Model;

/* Map the file `path` and check it: magic, version, bounds, checksum.
 * Errors: ERR_IO, ERR_DATA, ERR_NOMEM; the message names the file.
 * Cost: one pass over the file (some megabytes, a few milliseconds). */
MUST_USE Status model_open(const char *path, Model **out, Error *err);
/* The same of the model and the lemmas in `folder`, or, when that is NULL,
 * where data_find() finds it. */
MUST_USE Status model_open_in(const char *folder, Model **out, Error *err);
void model_close(Model *model);

/* The file's checksum as 16 hex digits: its version. */
Str model_version(const Model *model);

#endif
