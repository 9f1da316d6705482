/* SPDX-License-Identifier: Apache-2.0 */
/* find/find.c - see find.h. */
#include "find/find.h"

#include <string.h>

#include "find/finders.h"

/* The finders and the lexicon so far know one language. Words are tagged in a
 * text too that is too short to tell its own. */
static const char LANGUAGE[] = "en", UNKNOWN[] = "und";

/* A page's report, now that it has a text. */
static const Report *complete(Arena *arena, const Report *report,
                              const Clean *clean) {
    Report *own = arena_alloc(arena, sizeof *own);

    *own = *report;
    own->text = clean->text;
    own->url = clean->url;
    if (own->id.len == 0) {
        own->id = report_hash(arena, own);
    }
    return own;
}

void find_all(Arena *arena, const Lexicon *lexicon, const Model *model,
              const Report *report, FindOptions options, Analysis *out) {
    bool known;
    Words words;

    memset(out, 0, sizeof *out);
    out->report = report;
    clean_report(arena, lexicon, report, options.clean, &out->clean);
    if (report->html.len) {
        out->report = complete(arena, report, &out->clean);
    }
    text_read(arena, lexicon, &out->clean, report->language, &out->text);
    known = str_is(out->text.language, LANGUAGE);
    if ((options.find || options.tag) &&
        (known || str_is(out->text.language, UNKNOWN))) {
        tag_read(arena, model, &out->text, &out->tags);
    }
    if (!options.find || !known) {
        return;
    }
    find_times(arena, out);
    words_init(arena, out, &words);
    find_names(arena, out, &words);
    words_mark(out, &words);
    find_quotes(arena, out, &words);
    words_mark(out, &words);
    find_figures(arena, out, &words);
}
