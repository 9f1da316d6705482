/* SPDX-License-Identifier: Apache-2.0 */
/* find/names_holder.c - see names.h: well-known people without their office.
 *
 *     "Obama said" in a report of 2013: USAGOV, since the table `holder` has
 *     him as president from 2009 to 2017.
 *
 * A report of another year, or one that gives an office itself, is not told
 * what it does not say. */
#include "find/names.h"

enum { YEAR_LETTERS = 4, YEAR_LAST = 9999 };

/* The year of publication; 0: unknown. */
static int64_t year_of(Str published) {
    int64_t year = 0;

    for (size_t i = 0; i < YEAR_LETTERS && i < published.len; i++) {
        if (published.ptr[i] < '0' || published.ptr[i] > '9') {
            return 0;
        }
        year = year * 10 + (published.ptr[i] - '0');
    }
    return year;
}

static bool in_office(LexRow row, int64_t year) {
    return !year || (lex_number(row, LEX_HOLDER_FROM, 0) <= year &&
                     year <= lex_number(row, LEX_HOLDER_TO, YEAR_LAST));
}

void names_holders(Names *names) {
    Analysis *analysis = names->analysis;
    int64_t year = year_of(analysis->clean.published);

    for (uint32_t i = 0; i < analysis->mention_count; i++) {
        const Mention *mention = &analysis->mentions[i];
        Entity *entity = &analysis->entities[mention->entity];
        LexRow row;
        if (entity->code.len || entity->type == ENTITY_LOC ||
            entity->type == ENTITY_GPE) {
            continue;
        }
        if (token_phrase(names->words.text, mention->first, mention->last,
                         LEX_HOLDER, &row) == mention->last - mention->first &&
            in_office(row, year)) {
            entity->code = lex_cell(row, LEX_HOLDER_CODE);
        }
    }
}
