/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/save.h - a trained network as the file that the program maps. */
#ifndef TRAIN_SAVE_H
#define TRAIN_SAVE_H

#include "net.h"

/* Write the model file (src/tag/layout.h): weights rounded to 8 bits, each
 * output and each row by its own scale. */
MUST_USE Status save_model(const Net *net, const Data *data, const char *path,
                           Error *err);
/* Write all weights as floats, and the words that they are of, to go on from
 * them in another run. */
MUST_USE Status save_floats(const Net *net, const Data *data, const char *path,
                            Error *err);
/* Read them again: first the words, into `data`, then the weights. */
MUST_USE Status load_words(Data *data, const char *path, Error *err);
MUST_USE Status load_floats(Net *net, const char *path, Error *err);

#endif
