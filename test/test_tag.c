/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_tag.c - kernels against each other, trees against all trees, the
 * model file against damage, and what is read of sentences. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/data.h"
#include "base/file.h"
#include "reading.h"
#include "tag/kernel.h"
#include "tag/layout.h"
#include "tag/tree.h"

/* ------------------------------------------------------------------ kernels */

static uint64_t state = 1;

static uint32_t draw(void) {
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static float draw_float(void) {
    return ((float)(draw() % 20001) - 10000) / 2500;
}

enum { ROWS = 45, IN = 128, OUT = 96 };

/* A matrix, inputs, and what a kernel makes of them. */
typedef struct Trial {
    _Alignas(64) int8_t weights[IN * OUT];
    float scales[OUT], biases[OUT];
    int32_t sums[OUT];
    _Alignas(64) uint8_t bytes[ROWS * IN];
    float row_scales[ROWS];
    float x[ROWS * IN], mix[3 * IN], gates[ROWS * 3 * IN];
} Trial;

typedef struct Answer {
    float out[ROWS * OUT], state[ROWS * IN], x[ROWS * IN], sum[IN];
    float scores[ROWS];
    _Alignas(64) uint8_t bytes[ROWS * IN];
    float scales[ROWS];
    uint32_t best[ROWS];
} Answer;

static void fill_trial(Trial *trial) {
    for (int i = 0; i < IN * OUT; i++) {
        trial->weights[i] = (int8_t)(draw() % 255 - 127);
        trial->sums[i / IN / 16 * 16 + i % 64 / 4] += trial->weights[i];
    }
    for (int i = 0; i < OUT; i++) {
        trial->scales[i] = draw_float() / 1000;
        trial->biases[i] = draw_float();
    }
    for (int i = 0; i < ROWS * IN; i++) {
        trial->bytes[i] = (uint8_t)draw();
        trial->x[i] = i < IN ? 0 : draw_float();
    }
    for (int i = 0; i < ROWS; i++) {
        trial->row_scales[i] = draw_float();
    }
    for (int i = 0; i < 3 * IN; i++) {
        trial->mix[i] = draw_float();
    }
    for (int i = 0; i < ROWS * 3 * IN; i++) {
        trial->gates[i] = draw_float();
    }
}

static void ask(const Kernel *kernel, Trial *trial, Answer *answer) {
    Matrix matrix = {
        IN, OUT, trial->weights, trial->scales, trial->biases, trial->sums};
    Rounded in = {trial->bytes, trial->row_scales};
    Rounded out = {answer->bytes, answer->scales};

    memset(answer, 0, sizeof *answer);
    kernel->multiply(&matrix, in, ROWS, answer->out);
    memcpy(answer->x, trial->x, sizeof answer->x);
    kernel->remember(trial->gates, ROWS, IN, answer->state, answer->x);
    kernel->normalise(answer->x, trial->mix, ROWS, IN, out);
    kernel->round(answer->x, IN, out, 0);
    kernel->add_row(trial->weights, 0.37F, IN, answer->sum);
    kernel->dots(trial->gates, trial->x, IN, ROWS, answer->scores);
    for (uint32_t i = 0; i < ROWS; i++) {
        answer->best[i] = kernel->best(trial->x + i, ROWS);
    }
}

TEST(kernels_agree) {
    static const char *const names[] = {"avx2", "avx512", "amx", "neon"};
    static Trial trial;
    static Answer want, got;

    fill_trial(&trial);
    ask(kernel_named("plain"), &trial, &want);
    for (size_t i = 0; i < COUNT(names); i++) {
        const Kernel *kernel = kernel_named(names[i]);
        if (kernel) {
            ask(kernel, &trial, &got);
            EXPECT(names[i], memcmp(&got, &want, sizeof got) == 0);
        }
    }
}

/* The product of the first row and output, summed by hand. */
TEST(kernel_multiplies) {
    static Trial trial;
    static Answer got;
    float want = 0;

    fill_trial(&trial);
    ask(kernel_choose(), &trial, &got);
    for (int k = 0; k < IN; k++) {
        want += ((float)trial.bytes[k] - 128) * trial.row_scales[0] *
                (float)trial.weights[k / 4 * 64 + k % 4] * trial.scales[0];
    }
    want += trial.biases[0];
    EXPECT("first", got.out[0] - want < 0.01F && want - got.out[0] < 0.01F);
}

/* -------------------------------------------------------------------- trees */

/* The sum of the tree's scores; -1e9 if the heads are no tree with one root. */
static float tree_sum(const float *scores, uint32_t count,
                      const uint32_t *heads) {
    float sum = 0;
    uint32_t roots = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i, steps = 0;
        roots += heads[i] == TREE_ROOT;
        sum += scores[i * count + (heads[i] == TREE_ROOT ? i : heads[i])];
        while (at != TREE_ROOT && steps++ <= count) {
            at = heads[at];
        }
        if (at != TREE_ROOT) {
            return -1e9F;
        }
    }
    return roots == 1 ? sum : -1e9F;
}

/* The best of all ways to give each word a head. */
static float best_sum(const float *scores, uint32_t count) {
    uint32_t heads[5], ways = 1;
    float best = -1e9F;

    for (uint32_t i = 0; i < count; i++) {
        ways *= count;
    }
    for (uint32_t way = 0; way < ways; way++) {
        uint32_t rest = way;
        float sum;
        for (uint32_t i = 0; i < count; i++, rest /= count) {
            heads[i] = rest % count == i ? TREE_ROOT : rest % count;
        }
        sum = tree_sum(scores, count, heads);
        best = sum > best ? sum : best;
    }
    return best;
}

TEST(tree_is_the_best) {
    Arena arena;
    TreeSpace *space;

    arena_init(&arena, 0);
    space = tree_space(&arena, 40);
    for (uint32_t trial = 0; trial < 2000; trial++) {
        uint32_t count = 1 + trial % 5, heads[5];
        float scores[25], got, want;
        char name[64];
        for (uint32_t i = 0; i < count * count; i++) {
            scores[i] = draw_float();
        }
        tree_best(space, kernel_choose(), scores, count, heads);
        got = tree_sum(scores, count, heads);
        want = best_sum(scores, count);
        snprintf(name, sizeof name, "trial %u: %g, not %g", trial, (double)got,
                 (double)want);
        EXPECT(name, got > want - 0.001F);
    }
    for (uint32_t count = 20; count <= 40; count++) {
        static float scores[1600];
        uint32_t heads[40];
        for (uint32_t i = 0; i < count * count; i++) {
            scores[i] = draw_float();
        }
        tree_best(space, kernel_choose(), scores, count, heads);
        EXPECT("a tree", tree_sum(scores, count, heads) > -1e8F);
    }
    arena_deinit(&arena);
}

/* --------------------------------------------------------------- model file */

static const struct {
    const char *name, *want; /* part of the message */
    uint32_t at;             /* byte to change */
    char to;
    int32_t cut; /* bytes to take off the end */
} damages[] = {
    {"empty", "is no model", 0, 'D', INT32_MAX},
    {"foreign", "is no model", 0, 'X', 0},
    {"other version", "another version", 8, 99, 0},
    {"other labels", "another version", 12, 99, 0},
    {"cut", "cut off or damaged", 0, 'D', 1},
    {"cut to its header", "cut off or damaged", 0, 'D', -64},
    {"more words than there are", "cut off or damaged", 35, 1, 0},
    {"a shape too large", "cut off or damaged", 47, 1, 0},
    {"a flipped bit", "checksum", 90001, 0x55, 0},
};

TEST(model_refuses) {
    char path[] = "/tmp/dateline-model-XXXXXX";
    int file = mkstemp(path);
    FileMap map;
    Buf found;
    Error err;

    close(file);
    buf_init(&found, 0);
    EXPECT_OK("find", data_find("en.tagger", &found, &err), err);
    EXPECT_OK("map", file_map(found.ptr, &map, &err), err);
    for (size_t i = 0; i < COUNT(damages); i++) {
        size_t len = damages[i].cut == INT32_MAX ? 0
                     : damages[i].cut < 0
                         ? (size_t)-damages[i].cut
                         : map.bytes.len - (size_t)damages[i].cut;
        Str bytes = {malloc(len + 1), len};
        char *at = (char *)bytes.ptr;
        Model *model;
        memcpy(at, map.bytes.ptr, len);
        if (len > damages[i].at) {
            at[damages[i].at] = damages[i].to;
        }
        EXPECT_OK(damages[i].name, file_replace(path, bytes, &err), err);
        EXPECT(damages[i].name, model_open(path, &model, &err) == ERR_DATA);
        EXPECT(damages[i].name, strstr(err.message, damages[i].want) &&
                                    strstr(err.message, path));
        free(at);
    }
    file_unmap(&map);
    buf_deinit(&found);
    unlink(path);
}

/* ------------------------------------------------------------------- labels */

TEST(labels_have_names) {
    for (int i = 0; i < UPOS_COUNT; i++) {
        EXPECT_INT("upos", upos_of(str_of(upos_name((Upos)i))), i);
    }
    for (int i = 0; i < XPOS_COUNT; i++) {
        EXPECT_INT("xpos", xpos_of(str_of(xpos_name((Xpos)i))), i);
    }
    for (int i = 0; i < REL_COUNT; i++) {
        EXPECT_INT("rel", rel_of(str_of(rel_name((Rel)i))), i);
    }
    EXPECT_INT("unknown", rel_of(str_of("nsubj:moon")), REL_COUNT);
}

/* ------------------------------------------------------------------ reading */

/* What is read: form/UPOS/relation/head and the name; sentences by "|". */
static const struct {
    const char *name, *text, *want;
} readings[] = {
    {"a sentence", "Rebels seized Aleppo on Monday.",
     "Rebels/NOUN/nsubj/1 seized/VERB/root/-1 Aleppo/PROPN/obj/1=LOC "
     "on/ADP/case/4 Monday/PROPN/obl/1 ./PUNCT/punct/1 |"},
    {"a passive", "Three soldiers were killed in Homs.",
     "Three/NUM/nummod/1 soldiers/NOUN/nsubj:pass/3 were/AUX/aux:pass/3 "
     "killed/VERB/root/-1 in/ADP/case/5 Homs/PROPN/obl/3=LOC "
     "./PUNCT/punct/3 |"},
    {"two sentences", "He left. She stayed.",
     "He/PRON/nsubj/1 left/VERB/root/-1 ./PUNCT/punct/1 | "
     "She/PRON/nsubj/4 stayed/VERB/root/-1 ./PUNCT/punct/4 |"},
    {"capitals", "REBELS SEIZED ALEPPO.",
     "REBELS/NOUN/nsubj/1 SEIZED/VERB/root/-1 ALEPPO/PROPN/obj/1=LOC "
     "./PUNCT/punct/1 |"},
};

static void put_word(const Analysis *analysis, uint32_t i, Buf *out) {
    static const char *const types[NAME_TYPE_COUNT] = {
        "PER", "ORG", "LOC", "GPE", "NORP", "EVENT", "MISC"};
    const Word *word = &analysis->tags.words[i];

    buf_push(out, token_str(&analysis->text, i));
    buf_format(out, "/%s/%s/%d", upos_name((Upos)word->upos),
               rel_name((Rel)word->rel), (int)word->head);
    if (word->name != NAME_OUTSIDE) {
        buf_format(out, "=%s", types[(word->name - 1) / 2]);
    }
    buf_char(out, ' ');
}

TEST(tag_read) {
    for (size_t c = 0; c < COUNT(readings); c++) {
        Reading reading;
        Buf got;
        buf_init(&got, 0);
        reading_open(&reading, readings[c].name, readings[c].text, NULL);
        for (uint32_t i = 0; i < reading.analysis.tags.count; i++) {
            const Text *text = &reading.analysis.text;
            put_word(&reading.analysis, i, &got);
            if (text->sentences[text->tokens[i].sentence].last == i + 1) {
                buf_put(&got, "| ");
            }
        }
        EXPECT_STR(readings[c].name, str_trim(buf_str(&got)), readings[c].want);
        buf_deinit(&got);
        arena_deinit(&reading.arena);
    }
}

/* A text without an end to its sentences, and one longer than any window:
 * each sentence is one tree, no longer than it may be. */
static void check_trees(const char *name, const Analysis *analysis) {
    const Text *text = &analysis->text;

    EXPECT_INT(name, analysis->tags.count, text->token_count);
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        const Sentence *sentence = &text->sentences[s];
        uint32_t roots = 0;
        EXPECT(name, sentence->last - sentence->first <= SENTENCE_MAX);
        EXPECT_INT(name, sentence->first,
                   s > 0 ? text->sentences[s - 1].last : 0);
        for (uint32_t i = sentence->first; i < sentence->last; i++) {
            uint32_t at = i, steps = 0;
            roots += analysis->tags.words[i].head == TAG_ROOT;
            while (at != TAG_ROOT && at >= sentence->first &&
                   at < sentence->last && steps++ <= SENTENCE_MAX) {
                at = analysis->tags.words[at].head;
            }
            EXPECT(name, at == TAG_ROOT);
            EXPECT_INT(name, text->tokens[i].sentence, s);
        }
        EXPECT_INT(name, roots, 1);
    }
    EXPECT_INT(name, text->sentences[text->sentence_count - 1].last,
               text->token_count);
}

TEST(long_texts) {
    static const struct {
        const char *name, *unit;
        int times;
    } cases[] = {
        {"no end", "the old man and the sea and ", 400},
        {"one word", "Buffalo ", 1500},
        {"marks", "( \" - ", 700},
        {"paragraphs", "The army left. It will be back, he said.\n\n", 300}};

    for (size_t c = 0; c < COUNT(cases); c++) {
        Reading reading;
        Buf text;
        buf_init(&text, 0);
        for (int i = 0; i < cases[c].times; i++) {
            buf_put(&text, cases[c].unit);
        }
        buf_char(&text, '\0');
        reading_open(&reading, cases[c].name, text.ptr, NULL);
        check_trees(cases[c].name, &reading.analysis);
        arena_deinit(&reading.arena);
        buf_deinit(&text);
    }
}
