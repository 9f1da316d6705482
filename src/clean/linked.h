/* SPDX-License-Identifier: Apache-2.0 */
/* clean/linked.h - the linked data of a page: JSON-LD, as pages write it.
 *
 * Room: clean. A reader that forgives: pages put raw line ends into strings,
 * leave commas too many and comments around, and cut it off. What was read up
 * to a fault is kept. Vocabulary: schema.org. */
#ifndef CLEAN_LINKED_H
#define CLEAN_LINKED_H

#include "base/str.h"

typedef enum LinkedKind {
    LINKED_OBJECT,
    LINKED_ARRAY,
    LINKED_STRING,
    LINKED_OTHER, /* numbers, true, null: as they stand */
} LinkedKind;

typedef struct Linked {
    LinkedKind kind;
    Str key;  /* in the object that holds it; as it stands */
    Str text; /* of strings and others, escapes not yet resolved */
    const struct Linked *next;  /* in the object or array that holds it */
    const struct Linked *first; /* of an object or array */
} Linked;

/* The value that `json` holds; NULL when it holds none. Nested at most
 * LINKED_DEPTH deep, and no more than LINKED_VALUES. Memory: arena. Cost:
 * linear. */
enum { LINKED_DEPTH = 48, LINKED_VALUES = 100000 };
Linked *linked_parse(Arena *arena, Str json);

/* The value of the key, or NULL; also when `object` is NULL or none. */
const Linked *linked_get(const Linked *object, const char *key);
/* True if "@type" is, or has among its values, `type`. */
bool linked_is(const Linked *object, const char *type);
/* The string with escapes and character references resolved, white space
 * as markup_plain() leaves it; of an array its first string; else empty.
 * Memory: arena, or the page itself. */
Str linked_text(Arena *arena, const Linked *value);

#endif
