/* SPDX-License-Identifier: Apache-2.0 */
/* find/find.c - see find.h. */
#include "find/find.h"

#include <string.h>

#include "find/attribution.h"
#include "find/finders.h"

enum { SHORT_TEXT = 12 }; /* words */

/* The finders and the lexicon so far know one language. */
static const char LANGUAGE[] = "en", UNKNOWN[] = "und";

/* A text too short to tell its language may be in that one. */
static bool is_known(const Text *text) {
    return str_is(text->language, LANGUAGE) ||
           (str_is(text->language, UNKNOWN) && text->token_count <= SHORT_TEXT);
}

Status knowledge_open(const char *folder, Knowledge *out, Error *err) {
    Knowledge knowledge = {0};
    Status status = lexicon_open_in(folder, &knowledge.lexicon, err);

    if (status == OK) {
        status = model_open_in(folder, &knowledge.model, err);
    }
    if (status == OK) {
        status = attribution_open(folder, &knowledge.attribution, err);
    }
    if (status != OK) {
        knowledge_close(&knowledge);
        return status;
    }
    *out = knowledge;
    return OK;
}

void knowledge_close(Knowledge *knowledge) {
    chain_close(knowledge->attribution);
    model_close(knowledge->model);
    lexicon_close(knowledge->lexicon);
}

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

void find_all(Arena *arena, const Knowledge *knowledge, const Report *report,
              FindOptions options, Analysis *out) {
    const Lexicon *lexicon = knowledge->lexicon;
    bool known;
    Words words;

    memset(out, 0, sizeof *out);
    out->report = report;
    clean_report(arena, lexicon, report, options.clean, &out->clean);
    if (report->html.len) {
        out->report = complete(arena, report, &out->clean);
    }
    text_read(arena, lexicon, &out->clean, report->language, &out->text);
    known = is_known(&out->text);
    if ((!options.find && !options.tag) ||
        (!known && !str_is(out->text.language, UNKNOWN))) {
        return;
    }
    tag_read(arena, knowledge->model, &out->text, &out->tags);
    if (!options.find) {
        return;
    }
    if (known) {
        find_times(arena, out);
    }
    words_init(arena, out, &words);
    find_names(arena, out, &words);
    if (!known) {
        return; /* a list or a table: names, but nobody says or does a thing */
    }
    words_mark(out, &words);
    find_quotes(arena, knowledge->attribution, out, &words);
    words_mark(out, &words);
    find_figures(arena, out, &words);
    find_events(arena, out, &words, options.coding);
}
