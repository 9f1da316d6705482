/* SPDX-License-Identifier: Apache-2.0 */
/* tag/layout.c - see layout.h. */
#include "tag/layout.h"

HeadLayout head_layout(uint32_t arc, uint32_t relation) {
    HeadLayout at;

    at.dependent = 0;
    at.head = at.dependent + arc;
    at.rel_dependent = at.head + arc;
    at.rel_head = at.rel_dependent + relation;
    at.distance = at.rel_head + relation;
    at.head_bias = at.distance + DISTANCE_COUNT;
    at.end = at.head_bias + 1;
    at.upos = at.end + 1;
    at.xpos = at.upos + UPOS_COUNT;
    at.name = at.xpos + XPOS_COUNT;
    at.count = at.name + NAME_LABEL_COUNT;
    return at;
}

uint32_t distance_class(int32_t distance) {
    static const uint32_t last[DISTANCE_SIDE - 1] = {1, 2,  3,  4, 6,
                                                     9, 14, 22, 40};
    uint32_t far = (uint32_t)(distance < 0 ? -distance : distance), i = 0;

    if (distance == 0) {
        return 0;
    }
    while (i < DISTANCE_SIDE - 1 && far > last[i]) {
        i++;
    }
    return 1 + i + (distance < 0 ? DISTANCE_SIDE : 0);
}

uint32_t labels_hash(void) {
    uint64_t hash = HASH_SEED;

    for (int i = 0; i < UPOS_COUNT; i++) {
        hash = hash_more(hash, str_of(upos_name((Upos)i)));
    }
    for (int i = 0; i < XPOS_COUNT; i++) {
        hash = hash_more(hash, str_of(xpos_name((Xpos)i)));
    }
    for (int i = 0; i < REL_COUNT; i++) {
        hash = hash_more(hash, str_of(rel_name((Rel)i)));
    }
    hash = hash_more(hash, (Str){(char[]){ROW_AFFIXES & 127, PLACE_ROWS,
                                          NAME_LABEL_COUNT, DISTANCE_COUNT},
                                 4});
    return (uint32_t)(hash ^ hash >> 32);
}
