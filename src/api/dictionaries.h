/* SPDX-License-Identifier: Apache-2.0 */
/* api/dictionaries.h - the dictionaries that a handle codes events by.
 *
 * Room: api. Our own verbs come with the program's data; a caller's
 * dictionaries of a kind take the place of ours. */
#ifndef API_DICTIONARIES_H
#define API_DICTIONARIES_H

#include "find/coding.h"

typedef struct Dictionaries Dictionaries;

/* Open our own, in `folder`, or where data_find() finds them when NULL.
 * Errors: ERR_DATA, ERR_IO, ERR_NOMEM. */
MUST_USE Status dictionaries_open(const char *folder, Dictionaries **out,
                                  Error *err);
void dictionaries_close(Dictionaries *dictionaries);
/* What events are coded by; borrowed. */
const Coding *dictionaries_coding(const Dictionaries *dictionaries);

#endif
