/* SPDX-License-Identifier: Apache-2.0 */
/* clean/page_clean.h - a page becomes the text of a report.
 *
 * Room: clean. The one door to the files named page_*:
 *
 *     html --page.h--> blocks --page_feature.h--> numbers --page_choose.h-->
 *     main text --> text, pieces       page_facts.h --page_head.h--> fields */
#ifndef CLEAN_PAGE_CLEAN_H
#define CLEAN_PAGE_CLEAN_H

#include "clean/piece.h"

/* Take the text out of report->html: its main text, or with `litter` false all
 * that it shows. Fills `pieces` with their kinds and places in report->source,
 * and of `out` the text, what kind of page it is, and the fields that did not
 * come with the report. Memory: arena. Cost: linear. */
void page_clean(Arena *arena, const Lexicon *lexicon, const Report *report,
                bool litter, Pieces *pieces, Clean *out);

#endif
