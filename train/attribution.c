/* SPDX-License-Identifier: Apache-2.0 */
/* train/attribution.c - makes model/en/attribution.chain: see
 * find/attribution.h.
 *
 *     train_attribution OUT.chain [--hold-out] < TRAIN.jsonl
 *
 * TRAIN.jsonl: {"text", "published", "quotes": [{"source", "cue", "content":
 * [[begin,end], ...], "speech"}]}, spans in bytes. With --hold-out every
 * fifth report is left out, to measure on.
 *
 * The second chain learns from the cues that the first one finds in reports
 * that it was not trained on (five times on four fifths), right and wrong, and
 * from those that it missed. */
#include <jansson.h>
#include <string.h>

#include "find/attribution.h"
#include "find/find.h"
#include "find/finders.h"
#include "train/crf.h"
#include "train/need.h"

enum {
    FOLDS = 5,
    PASSES = 6,
    BITS_ACT = 12,
    BITS_CUE = 18,
    BITS_PART = 18,
    DOCS_MAX = 1 << 16,
    PART_FEATURES_MAX = LOCAL_FEATURES_MAX + RELATIVE_FEATURES_MAX
};

/* One attribution of a report, as labelled. */
typedef struct Gold {
    Range cue;       /* units */
    uint8_t *labels; /* owned; of CHAIN_PART, a unit each */
    bool thought;
} Gold;

typedef struct Doc {
    Arena arena;
    Report report;
    Analysis analysis;
    Units units;
    Gold *gold; /* owned */
    uint32_t gold_count;
    bool *cues;         /* owned; units in a cue, as labelled */
    uint32_t cue_first; /* its first sample of CHAIN_CUE */
    uint32_t number;
} Doc;

typedef struct Samples {
    Sample **items; /* owned */
    uint32_t *docs; /* owned; the report of each */
    uint32_t count, capacity;
} Samples;

typedef struct Trainer {
    const Knowledge *knowledge; /* borrowed */
    Doc *docs;                  /* owned */
    uint32_t doc_count;
    Samples samples[CHAIN_COUNT];
} Trainer;

/* --- reports and labels --- */

typedef struct Reading {
    const Knowledge *knowledge;
    Doc *doc;
} Reading;

/* What find_all() does up to the names, and the units. */
static void read_units(void *context) {
    Reading *reading = context;
    Doc *doc = reading->doc;
    Arena *arena = &doc->arena;
    Analysis *analysis = &doc->analysis;
    Speech speech = {
        .arena = arena, .analysis = analysis, .text = &analysis->text};
    Pieces pieces;

    analysis->report = &doc->report;
    clean_report(arena, reading->knowledge->lexicon, &doc->report, false,
                 &analysis->clean);
    text_read(arena, reading->knowledge->lexicon, &analysis->clean,
              doc->report.language, &analysis->text);
    tag_read(arena, reading->knowledge->model, &analysis->text,
             &analysis->tags);
    find_times(arena, analysis);
    words_init(arena, analysis, &speech.words);
    find_names(arena, analysis, &speech.words);
    words_mark(analysis, &speech.words);
    pieces_find(&speech, &pieces);
    units_read(arena, analysis, &speech.words, &pieces, &doc->units);
}

/* True if more than half of the unit's bytes lie in the spans. */
static bool is_within(json_t *spans, const Text *text, const Unit *unit) {
    uint32_t shared = 0, size = 0;

    for (uint32_t t = unit->first; t < unit->last; t++) {
        Span token = {text->tokens[t].begin, text->tokens[t].end};
        size_t i;
        json_t *pair;
        size += token.end - token.begin;
        json_array_foreach(spans, i, pair) {
            json_int_t begin = json_integer_value(json_array_get(pair, 0));
            json_int_t end = json_integer_value(json_array_get(pair, 1));
            shared +=
                span_overlap(token, (Span){(uint32_t)begin, (uint32_t)end});
        }
    }
    return 2 * shared > size;
}

/* False if it has no cue or no content among the units: in a heading, or
 * wholly within quotation marks. */
static bool read_gold(const Doc *doc, json_t *quote, Gold *out) {
    const Text *text = &doc->analysis.text;
    json_t *cue = json_object_get(quote, "cue");
    json_t *source = json_object_get(quote, "source");
    json_t *content = json_object_get(quote, "content");
    bool found = false;

    *out = (Gold){.cue = {UINT32_MAX, 0},
                  .labels = need(doc->units.count, 1),
                  .thought = json_is_false(json_object_get(quote, "speech"))};
    for (uint32_t u = 0; u < doc->units.count; u++) {
        const Unit *unit = &doc->units.items[u];
        if (!unit->inner && is_within(cue, text, unit)) {
            out->cue.first = u < out->cue.first ? u : out->cue.first;
            out->cue.last = u + 1;
        } else if (is_within(content, text, unit)) {
            out->labels[u] = LABEL_CONTENT;
            found = true;
        } else if (is_within(source, text, unit)) {
            out->labels[u] = LABEL_SOURCE;
        }
    }
    return found && !range_empty(out->cue);
}

static void read_golds(Doc *doc, json_t *quotes) {
    size_t i;
    json_t *quote;

    doc->gold = need(json_array_size(quotes), sizeof *doc->gold);
    doc->cues = need(doc->units.count, 1);
    json_array_foreach(quotes, i, quote) {
        Gold *gold = &doc->gold[doc->gold_count];
        if (!read_gold(doc, quote, gold)) {
            free(gold->labels);
            continue;
        }
        doc->gold_count++;
        for (uint32_t u = gold->cue.first; u < gold->cue.last; u++) {
            doc->cues[u] = !doc->units.items[u].inner;
        }
    }
}

static Str text_of(Arena *arena, json_t *record, const char *field) {
    return str_dup(arena,
                   str_of(json_string_value(json_object_get(record, field))));
}

static void read_doc(Trainer *trainer, json_t *record) {
    Doc *doc = &trainer->docs[trainer->doc_count];
    Reading reading = {trainer->knowledge, doc};
    Error err;

    arena_init(&doc->arena, 0);
    doc->number = trainer->doc_count++;
    doc->report =
        (Report){.text = text_of(&doc->arena, record, "text"),
                 .published = text_of(&doc->arena, record, "published"),
                 .language = str_of("en")};
    if (arena_try(&doc->arena, read_units, &reading, &err) != OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    read_golds(doc, json_object_get(record, "quotes"));
}

static void read_docs(Trainer *trainer, FILE *in, bool hold_out) {
    json_error_t error;
    json_t *record;

    trainer->docs = need(DOCS_MAX, sizeof *trainer->docs);
    for (uint32_t line = 0;
         trainer->doc_count < DOCS_MAX &&
         (record = json_loadf(in, JSON_DISABLE_EOF_CHECK, &error)) != NULL;
         line++) {
        if (!hold_out || line % FOLDS != 0) {
            read_doc(trainer, record);
        }
        json_decref(record);
    }
}

/* --- samples --- */

static Sample *new_sample(Samples *samples, uint32_t doc, uint32_t units,
                          uint32_t features) {
    Sample *sample = need(1, sizeof *sample);

    if (samples->count == samples->capacity) {
        samples->capacity = samples->capacity * 2 + 1024;
        samples->items =
            realloc(samples->items, samples->capacity * sizeof *samples->items);
        samples->docs =
            realloc(samples->docs, samples->capacity * sizeof *samples->docs);
        if (!samples->items || !samples->docs) {
            abort();
        }
    }
    samples->docs[samples->count] = doc;
    samples->items[samples->count++] = sample;
    *sample = (Sample){.first = need(units + 1, sizeof(uint32_t)),
                       .rows = need((size_t)units * features, sizeof(uint32_t)),
                       .labels = need(units, 1),
                       .barred = need(units, 1)};
    return sample;
}

static void add_unit(Sample *sample, const uint64_t *hashes, uint32_t count,
                     uint32_t bits, uint8_t label, bool barred) {
    uint32_t at = sample->first[sample->units];

    for (uint32_t i = 0; i < count; i++) {
        sample->rows[at + i] = chain_row(hashes[i], bits);
    }
    sample->labels[sample->units] = barred ? LABEL_NONE : label;
    sample->barred[sample->units] = barred;
    sample->first[++sample->units] = at + count;
}

static void add_cue_samples(Trainer *trainer, Doc *doc) {
    const Units *units = &doc->units;
    uint64_t hashes[CUE_FEATURES_MAX];

    doc->cue_first = trainer->samples[CHAIN_CUE].count;
    for (uint32_t u = 0; u < units->count;) {
        uint32_t end = units_row_end(units, u);
        Sample *sample = new_sample(&trainer->samples[CHAIN_CUE], doc->number,
                                    end - u, CUE_FEATURES_MAX);
        for (; u < end; u++) {
            bool inner = units->items[u].inner;
            uint32_t count = inner ? 0 : cue_features(units, u, hashes);
            add_unit(sample, hashes, count, BITS_CUE, doc->cues[u], inner);
        }
    }
}

/* A source in several runs keeps the first, one without content none. Returns
 * the label that tells what there is. */
static uint8_t settle_labels(Sample *sample) {
    bool content = memchr(sample->labels, LABEL_CONTENT, sample->units);
    bool found = false, done = false;

    for (uint32_t u = 0; u < sample->units; u++) {
        if (sample->labels[u] != LABEL_SOURCE) {
            done = found;
        } else if (done || !content) {
            sample->labels[u] = LABEL_NONE;
        } else {
            found = true;
        }
    }
    return content ? found ? LABEL_SOURCE : LABEL_CONTENT : LABEL_NONE;
}

/* The parts of a cue; without `gold` it is none. */
static void add_part_sample(Trainer *trainer, const Doc *doc, Range cue,
                            const Gold *gold) {
    static Window window;
    uint64_t hashes[PART_FEATURES_MAX];
    Range all;
    Sample *sample;

    window_read(&doc->units, cue, &window);
    all = window.units;
    sample = new_sample(&trainer->samples[CHAIN_PART], doc->number,
                        all.last - all.first + 1, PART_FEATURES_MAX);
    for (uint32_t u = all.first; u < all.last; u++) {
        bool own = u >= cue.first && u < cue.last;
        uint32_t count = 0;
        if (!own) {
            count = local_features(&doc->units, u, u >= cue.last, hashes);
            count += relative_features(&doc->units, &window, u, hashes + count);
        }
        add_unit(sample, hashes, count, BITS_PART,
                 gold ? gold->labels[u] : LABEL_NONE, own);
    }
    add_unit(sample, hashes, end_features(&doc->units, &window, hashes),
             BITS_PART, settle_labels(sample), false);
}

static void add_act_samples(Trainer *trainer, const Doc *doc) {
    static Window window;
    uint64_t hashes[ACT_FEATURES_MAX];

    for (uint32_t g = 0; g < doc->gold_count; g++) {
        Sample *sample = new_sample(&trainer->samples[CHAIN_ACT], doc->number,
                                    1, ACT_FEATURES_MAX);
        window_read(&doc->units, doc->gold[g].cue, &window);
        add_unit(sample, hashes, act_features(&doc->units, &window, hashes),
                 BITS_ACT, doc->gold[g].thought, false);
    }
}

static bool same_range(Range a, Range b) {
    return a.first == b.first && a.last == b.last;
}

/* Of the cues that were found, and of those that were not. */
static void add_part_samples(Trainer *trainer, const Doc *doc) {
    bool *met = need(doc->gold_count, sizeof *met);
    Range cue = {0};

    while (units_next_cue(&doc->units, &cue)) {
        const Gold *gold = NULL;
        for (uint32_t g = 0; g < doc->gold_count; g++) {
            Range other = doc->gold[g].cue;
            if (other.first < cue.last && cue.first < other.last) {
                gold = &doc->gold[g];
                met[g] |= same_range(other, cue);
            }
        }
        add_part_sample(trainer, doc, cue, gold);
    }
    for (uint32_t g = 0; g < doc->gold_count; g++) {
        if (!met[g]) {
            add_part_sample(trainer, doc, doc->gold[g].cue, &doc->gold[g]);
        }
    }
    free(met);
}

/* --- chains --- */

/* Train on all samples, or on those of the reports outside one fold. */
static Chain train(const Trainer *trainer, uint32_t chain, int fold) {
    static const uint32_t bits_of[CHAIN_COUNT] = {BITS_CUE, BITS_PART,
                                                  BITS_ACT};
    const Samples *samples = &trainer->samples[chain];
    uint32_t labels = attribution_states[chain].labels, bits = bits_of[chain];
    size_t size = ((size_t)labels * labels) << bits;
    const Sample **chosen = need(samples->count, sizeof *chosen);
    int8_t *rows = need(size + CHAIN_PAD, 1);
    uint32_t count = 0;
    Crf crf;

    for (uint32_t i = 0; i < samples->count; i++) {
        if (fold < 0 || samples->docs[i] % FOLDS != (uint32_t)fold) {
            chosen[count++] = samples->items[i];
        }
    }
    crf_init(&crf, &attribution_states[chain], bits);
    for (uint64_t pass = 1; pass <= PASSES; pass++) {
        double loss = crf_pass(&crf, chosen, count, pass);
        fprintf(stderr, "%u samples, pass %d: %.4f\n", count, (int)pass, loss);
    }
    crf_round(&crf, rows);
    crf_deinit(&crf);
    free(chosen);
    return (Chain){labels, bits, rows};
}

/* Mark the cues of each report by a chain that has not seen it. */
static void find_cues(Trainer *trainer) {
    for (int fold = 0; fold < FOLDS; fold++) {
        Chain chain = train(trainer, CHAIN_CUE, fold);
        for (uint32_t i = (uint32_t)fold; i < trainer->doc_count; i += FOLDS) {
            units_mark_cues(&trainer->docs[i].units, &chain);
        }
        free((void *)(uintptr_t)chain.rows);
    }
}

/* All that is known but what is to be made here. */
static Status knowledge_read(Knowledge *out, Error *err) {
    Status status = lexicon_open_in(NULL, &out->lexicon, err);

    return status == OK ? model_open_in(NULL, &out->model, err) : status;
}

int main(int argc, char **argv) {
    bool hold_out = argc > 2 && strcmp(argv[2], "--hold-out") == 0;
    Chain chains[CHAIN_COUNT];
    Trainer trainer = {0};
    Knowledge knowledge;
    Error err;

    if (argc < 2 || knowledge_read(&knowledge, &err) != OK) {
        fprintf(stderr, "%s\n",
                argc < 2 ? "usage: train_attribution OUT" : err.message);
        return 2;
    }
    trainer.knowledge = &knowledge;
    read_docs(&trainer, stdin, hold_out);
    for (uint32_t i = 0; i < trainer.doc_count; i++) {
        add_cue_samples(&trainer, &trainer.docs[i]);
        add_act_samples(&trainer, &trainer.docs[i]);
    }
    find_cues(&trainer);
    for (uint32_t i = 0; i < trainer.doc_count; i++) {
        add_part_samples(&trainer, &trainer.docs[i]);
    }
    for (uint32_t chain = 0; chain < CHAIN_COUNT; chain++) {
        chains[chain] = train(&trainer, chain, -1);
    }
    if (chain_write(argv[1], chains, CHAIN_COUNT, &err) != OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    return 0;
}
