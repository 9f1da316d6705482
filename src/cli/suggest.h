/* SPDX-License-Identifier: Apache-2.0 */
/* cli/suggest.h - "did you mean": the known word nearest to a mistyped one.
 *
 * Room: cli. */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include <stddef.h>

/* Keeps the best of the words that are offered to it. */
typedef struct Suggestion {
    const char *typed;
    size_t typed_len;
    const char *best; /* NULL: nothing near enough */
    unsigned distance;
} Suggestion;

void suggestion_init(Suggestion *suggestion, const char *typed, size_t len);
void suggestion_offer(Suggestion *suggestion, const char *word);

#endif
