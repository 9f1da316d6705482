/* SPDX-License-Identifier: Apache-2.0 */
/* cli/suggest.c - see suggest.h.
 *
 * Distance: insertions, deletions, changes and swaps of neighbours, each 1
 * (optimal string alignment). "speeker" -> "speaker": one change. A word that
 * begins as typed, such as "story" for "sto", is near too. */
#include "cli/suggest.h"

#include <stdbool.h>
#include <string.h>

enum { WORD_MAX = 32 };

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* Three rows of the usual table: two above, the one above, this one. */
static unsigned distance(const char *a, size_t a_len, const char *b,
                         size_t b_len) {
    unsigned rows[3][WORD_MAX + 1] = {0};

    for (size_t j = 0; j <= b_len; j++) {
        rows[0][j] = (unsigned)j;
    }
    for (size_t i = 1; i <= a_len; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i + 2) % 3];
        const unsigned *above2 = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_len; j++) {
            bool same = a[i - 1] == b[j - 1];
            row[j] =
                least(above[j - 1] + !same, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1]) {
                row[j] = least(row[j], above2[j - 2] + 1);
            }
        }
    }
    return rows[a_len % 3][b_len];
}

void suggestion_init(Suggestion *suggestion, const char *typed, size_t len) {
    *suggestion =
        (Suggestion){.typed = typed,
                     .typed_len = len,
                     .distance = 2 + (unsigned)(len > 5) - (unsigned)(len < 4)};
}

/* `distance` holds the first distance that is too far, then the best's. */
void suggestion_offer(Suggestion *suggestion, const char *word) {
    size_t len = strlen(word);
    unsigned far;

    if (suggestion->typed_len > WORD_MAX || len > WORD_MAX) {
        return;
    }
    far = distance(suggestion->typed, suggestion->typed_len, word, len);
    if (suggestion->typed_len >= 2 && suggestion->typed_len < len &&
        strncmp(word, suggestion->typed, suggestion->typed_len) == 0) {
        far = least(far, 1);
    }
    if (far < suggestion->distance) {
        suggestion->best = word;
        suggestion->distance = far;
    }
}
