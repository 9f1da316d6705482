/* SPDX-License-Identifier: Apache-2.0 */
/* api/same_name.c - are two spellings one name? */
#include <string.h>

#include "api/context.h"
#include "link/link.h"
#include "link/same.h"

enum { NAME_MEMORY = 16 << 20, NAME_MAX = 1000 };

typedef struct Compare {
    Arena arena;
    const Speller *speller;
    Str a, b;
    EntityType type;
    Evidence evidence;
    double same;
} Compare;

static void compare(void *context) {
    Compare *c = context;

    c->same =
        same_name(&c->arena, c->speller, c->a, c->b, c->type, &c->evidence);
}

double dateline_same_name(dateline *d, const char *a, const char *b,
                          const char *type, char *why, size_t size) {
    Compare c = {.speller = d->speller,
                 .a = str_of(a),
                 .b = str_of(b),
                 .type = type && strcmp(type, "ORG") == 0 ? ENTITY_ORG
                                                          : ENTITY_PER};

    if (c.a.len > NAME_MAX || c.b.len > NAME_MAX) {
        return 0;
    }
    arena_init(&c.arena, NAME_MEMORY);
    if (arena_try(&c.arena, compare, &c, NULL) != OK) {
        c.same = 0;
    }
    arena_deinit(&c.arena);
    if (why && size) {
        evidence_tell(d->speller, &c.evidence, why, size);
    }
    return c.same;
}
