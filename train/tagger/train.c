/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/train.c - trains the network of src/tag/ and writes its model
 * file.
 *
 *     train DATA LEXICON OUT [NAME=VALUE]...
 *
 * DATA is the folder with train/ and raw/. Two threads take half of each
 * batch; their gradients are added in a fixed order, so that the same data,
 * seed and machine give the same bytes. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "net.h"
#include "save.h"

enum { THREADS = 2 };

typedef struct Options {
    double embedding, width, layers, arc, relation;
    double words, least; /* rows for words; tokens that a word needs */
    double pre, pre_rate, pre_batch; /* passes over raw text */
    double epochs, rate, batch;
    double drop, drop_word, mask, decay;
    double w_end, w_upos, w_xpos, w_arc, w_rel, w_name, w_gmb;
    double copies, lists, seed, length;
    char load[256], save[256];
} Options;

static Options options = {.embedding = 128,
                          .width = 256,
                          .layers = 3,
                          .arc = 64,
                          .relation = 64,
                          .words = 24000,
                          .least = 4,
                          .pre = 5,
                          .pre_rate = 3e-3,
                          .pre_batch = 6000,
                          .epochs = 10,
                          .rate = 2e-3,
                          .batch = 2000,
                          .drop = 0.25,
                          .drop_word = 0.05,
                          .mask = 0.15,
                          .decay = 0,
                          .w_end = 1,
                          .w_upos = 0.5,
                          .w_xpos = 0.5,
                          .w_arc = 1,
                          .w_rel = 1,
                          .w_name = 1,
                          .w_gmb = 0.3,
                          .copies = 1,
                          .lists = 400,
                          .seed = 1,
                          .length = 320};

static const struct {
    const char *name;
    double *number;
    char *text;
} settings[] = {
    {"embedding", &options.embedding, NULL},
    {"width", &options.width, NULL},
    {"layers", &options.layers, NULL},
    {"arc", &options.arc, NULL},
    {"relation", &options.relation, NULL},
    {"words", &options.words, NULL},
    {"least", &options.least, NULL},
    {"pre", &options.pre, NULL},
    {"pre_rate", &options.pre_rate, NULL},
    {"pre_batch", &options.pre_batch, NULL},
    {"epochs", &options.epochs, NULL},
    {"rate", &options.rate, NULL},
    {"batch", &options.batch, NULL},
    {"drop", &options.drop, NULL},
    {"drop_word", &options.drop_word, NULL},
    {"mask", &options.mask, NULL},
    {"decay", &options.decay, NULL},
    {"w_end", &options.w_end, NULL},
    {"w_upos", &options.w_upos, NULL},
    {"w_xpos", &options.w_xpos, NULL},
    {"w_arc", &options.w_arc, NULL},
    {"w_rel", &options.w_rel, NULL},
    {"w_name", &options.w_name, NULL},
    {"w_gmb", &options.w_gmb, NULL},
    {"copies", &options.copies, NULL},
    {"lists", &options.lists, NULL},
    {"seed", &options.seed, NULL},
    {"length", &options.length, NULL},
    {"load", NULL, options.load},
    {"save", NULL, options.save},
};

static void die(const Error *err) {
    fprintf(stderr, "train: %s\n", err->message);
    exit(1);
}

static void take_setting(const char *argument) {
    const char *value = strchr(argument, '=');

    for (size_t i = 0; value && i < sizeof settings / sizeof *settings; i++) {
        size_t len = (size_t)(value - argument);
        if (strlen(settings[i].name) == len &&
            strncmp(settings[i].name, argument, len) == 0) {
            if (settings[i].number) {
                *settings[i].number = atof(value + 1);
            } else {
                snprintf(settings[i].text, 256, "%s", value + 1);
            }
            return;
        }
    }
    fprintf(stderr, "train: %s: no such setting\n", argument);
    exit(2);
}

/* ---- Adam ---- */

typedef struct Trainer {
    Net net;
    Data data;
    Work *work[THREADS];
    float *m, *v;         /* of the dense weights */
    float *row_m, *row_v; /* of the type table */
    uint32_t *row_steps;
    uint64_t step, run_step;
    float rate;
    double square[THREADS]; /* of the gradient */
    pthread_barrier_t barrier;
    bool stop;
    /* this batch */
    const Chunk *chunks[THREADS];
    uint32_t counts[THREADS];
    Tasks tasks;
    Noise noise;
    float scale;
} Trainer;

static const float beta1 = 0.9f, beta2 = 0.98f, epsilon = 1e-8f;

static void adam(float *w, const float *g, float *m, float *v, uint64_t count,
                 float rate, float by, uint64_t step, float decay) {
    float c1 = 1 - powf(beta1, (float)step), c2 = 1 - powf(beta2, (float)step);

    for (uint64_t i = 0; i < count; i++) {
        float gradient = g[i] * by;
        m[i] = beta1 * m[i] + (1 - beta1) * gradient;
        v[i] = beta2 * v[i] + (1 - beta2) * gradient * gradient;
        w[i] -=
            rate * (m[i] / c1 / (sqrtf(v[i] / c2) + epsilon) + decay * w[i]);
    }
}

static void update_rows(Trainer *t, uint32_t thread) {
    uint32_t e = t->net.shape.embedding;

    for (uint32_t who = 0; who < THREADS; who++) {
        const uint32_t *rows;
        uint32_t count = work_rows(t->work[who], &rows);
        for (uint32_t i = 0; i < count; i++) {
            size_t at = (size_t)rows[i] * e;
            float *g = work_types(t->work[0]) + at;
            float *other = work_types(t->work[1]) + at;
            if (rows[i] % THREADS != thread ||
                t->row_steps[rows[i]] == t->step) {
                continue;
            }
            t->row_steps[rows[i]] = (uint32_t)t->step;
            for (uint32_t k = 0; k < e; k++) {
                g[k] += other[k];
                other[k] = 0;
            }
            adam(t->net.types + at, g, t->row_m + at, t->row_v + at, e, t->rate,
                 1, t->run_step, 0);
            memset(g, 0, e * sizeof *g);
        }
    }
}

static void update_dense(Trainer *t, uint32_t thread, bool sum) {
    uint64_t half = t->net.w.count / THREADS;
    uint64_t first = thread * half;
    uint64_t count = thread + 1 == THREADS ? t->net.w.count - first : half;
    float *g = work_dense(t->work[0]) + first;
    const float *other = work_dense(t->work[1]) + first;
    double square = 0, norm;

    if (sum) {
        for (uint64_t i = 0; i < count; i++) {
            g[i] += other[i];
            square += (double)g[i] * g[i];
        }
        t->square[thread] = square;
        return;
    }
    norm = sqrt(t->square[0] + t->square[1]);
    adam(t->net.dense + first, g, t->m + first, t->v + first, count, t->rate,
         norm > 1 ? (float)(1 / norm) : 1, t->run_step, (float)options.decay);
}

typedef struct Place {
    Trainer *trainer;
    uint32_t thread;
} Place;

static void take_part(Trainer *t, uint32_t thread) {
    Noise noise = t->noise;

    noise.seed = t->noise.seed * THREADS + thread;
    work_clear(t->work[thread]);
    work_learn(t->work[thread], &t->net, &t->data, t->chunks[thread],
               t->counts[thread], &t->tasks, &noise, t->scale);
    pthread_barrier_wait(&t->barrier);
    update_dense(t, thread, true);
    update_rows(t, thread);
    pthread_barrier_wait(&t->barrier);
    update_dense(t, thread, false);
    pthread_barrier_wait(&t->barrier);
}

static void *helper(void *context) {
    Place *place = context;
    Trainer *t = place->trainer;

    gemm_thread_init();
    for (;;) {
        pthread_barrier_wait(&t->barrier);
        if (t->stop) {
            return NULL;
        }
        take_part(t, place->thread);
    }
}

/* ---- batches ---- */

typedef struct Chunks {
    Chunk *items;
    uint32_t count, capacity;
} Chunks;

/* Documents cut at the ends of sentences, or else of blocks, into chunks of
 * at most `length` samples. */
static void add_chunks(const Data *data, const Documents *documents,
                       uint32_t length, Chunks *out) {
    for (uint32_t i = 0; i < documents->count; i++) {
        uint64_t at = documents->items[i].first;
        uint64_t end = at + documents->items[i].count;
        while (at < end) {
            uint64_t stop = end - at > length ? at + length : end;
            uint64_t cut = stop;
            while (stop < end && cut > at + 1 &&
                   !data->samples[cut].starts_block &&
                   data->samples[cut - 1].end != 1) {
                cut--;
            }
            if (cut <= at + 1) {
                cut = stop;
            }
            if (out->count == out->capacity) {
                out->capacity = out->capacity ? 2 * out->capacity : 1024;
                out->items =
                    realloc(out->items, out->capacity * sizeof *out->items);
            }
            out->items[out->count++] = (Chunk){at, (uint32_t)(cut - at)};
            at = cut;
        }
    }
}

static uint64_t mixed(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static void shuffle(Chunks *chunks, uint64_t *state) {
    for (uint32_t i = chunks->count; i > 1; i--) {
        uint32_t k = (uint32_t)(mixed(state) % i);
        Chunk chunk = chunks->items[i - 1];
        chunks->items[i - 1] = chunks->items[k];
        chunks->items[k] = chunk;
    }
}

static double seconds(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void say(const char *what, double done, const double *losses,
                const double *counts, uint64_t tokens, double took) {
    static const char *const names[TASK_COUNT] = {
        "end", "upos", "xpos", "arc", "rel", "name", "gmb", "guess"};

    printf("%s %.2f  %.0f tokens/s ", what, done, (double)tokens / took);
    for (int i = 0; i < TASK_COUNT; i++) {
        if (counts[i] > 0) {
            printf(" %s %.4f", names[i], losses[i] / counts[i]);
        }
    }
    printf("\n");
    fflush(stdout);
}

/* One pass after the other over the chunks; the rate rises over the first
 * steps, then falls to nothing as a cosine. */
static void run(Trainer *t, const char *what, Chunks *chunks, double passes,
                double rate, double batch, uint64_t seed) {
    uint64_t total = 0, done = 0, state = seed, tokens = 0;
    double losses[TASK_COUNT] = {0}, counts[TASK_COUNT] = {0};
    double begun = seconds(), told = begun;
    uint32_t at = 0;

    for (uint32_t i = 0; i < chunks->count; i++) {
        total += chunks->items[i].count;
    }
    t->run_step = 0;
    shuffle(chunks, &state);
    while ((double)done < passes * (double)total) {
        double share = (double)done / (passes * (double)total);
        uint32_t size = 0;
        for (int w = 0; w < THREADS; w++) {
            uint32_t part = 0;
            t->chunks[w] = chunks->items + at;
            t->counts[w] = 0;
            while (at < chunks->count &&
                   part + options.length <=
                       batch / THREADS + options.length / 2) {
                part += chunks->items[at++].count;
                t->counts[w]++;
            }
            size += part;
        }
        t->step++;
        t->run_step++;
        t->rate = (float)(rate * 0.5 * (1 + cos(M_PI * share)));
        if (t->run_step < 200) {
            t->rate *= (float)t->run_step / 200;
        }
        t->noise.seed = mixed(&state);
        t->scale = 1 / (float)(size ? size : 1);
        pthread_barrier_wait(&t->barrier);
        take_part(t, 0);
        done += size;
        tokens += size;
        for (int i = 0; i < TASK_COUNT; i++) {
            for (int w = 0; w < THREADS; w++) {
                losses[i] += work_losses(t->work[w])[i];
                counts[i] += work_counts(t->work[w])[i];
            }
        }
        if (at == chunks->count) {
            at = 0;
            shuffle(chunks, &state);
        }
        if (seconds() - told > 15) {
            say(what, (double)done / (double)total, losses, counts, tokens,
                seconds() - told);
            told = seconds();
            tokens = 0;
            memset(losses, 0, sizeof losses);
            memset(counts, 0, sizeof counts);
        }
    }
    say(what, passes, losses, counts, tokens, seconds() - told);
    printf("%s took %.0f s\n", what, seconds() - begun);
}

static void path_of(char *out, const char *folder, const char *name) {
    snprintf(out, 512, "%s/%s", folder, name);
}

static void read_labelled(Data *data, const char *folder, Documents *out) {
    static const char *const trees[] = {
        "train/syntax/ewt-train.conllu.gz",
        "train/syntax/open-gum-train.conllu.gz"};
    static const char *const names[] = {
        "train/ner/worldwide.bio.gz", "train/ner/wikigold.bio.gz",
        "train/ner/re3d.bio.gz", "train/ner/meantime.bio.gz"};
    NameBook *books[3] = {NULL};
    char path[512];

    path_of(path, folder, "train/ner/ewt-nner.bio.gz");
    books[0] = name_book_new(path);
    path_of(path, folder, "train/ner/gum-news.bio.gz");
    books[1] = name_book_new(path);
    for (int i = 0; i < 2; i++) {
        path_of(path, folder, trees[i]);
        data_read_conllu(data, path, books, AS_THEY_ARE, out);
    }
    for (int i = 0; i < 4; i++) {
        path_of(path, folder, names[i]);
        data_read_bio(data, path, 0, AS_THEY_ARE, out);
    }
}

static void read_copies(Data *data, const char *folder, Documents *out) {
    static const char *const trees[] = {
        "train/syntax/ewt-train.conllu.gz",
        "train/syntax/open-gum-train.conllu.gz"};
    NameBook *books[3] = {NULL};
    char path[512];

    path_of(path, folder, "train/ner/ewt-nner.bio.gz");
    books[0] = name_book_new(path);
    path_of(path, folder, "train/ner/gum-news.bio.gz");
    books[1] = name_book_new(path);
    for (Letters l = ALL_UPPER; l <= TITLE_CASE; l++) {
        Documents all = {0};
        for (int i = 0; i < 2; i++) {
            path_of(path, folder, trees[i]);
            data_read_conllu(data, path, books, l, &all);
        }
        path_of(path, folder, "train/ner/worldwide.bio.gz");
        data_read_bio(data, path, 0, l, &all);
        /* A part of each, another one for each form. */
        for (uint32_t i = (uint32_t)l; i < all.count;
             i += l == ALL_UPPER ? 8 : 20) {
            if (out->count == out->capacity) {
                out->capacity = out->capacity ? 2 * out->capacity : 64;
                out->items =
                    realloc(out->items, out->capacity * sizeof *out->items);
            }
            out->items[out->count++] = all.items[i];
        }
        free(all.items);
    }
}

static void read_lists(Data *data, const char *folder, Documents *out) {
    char path[512];

    path_of(path, folder, "train/ner/worldwide.bio.gz");
    data_make_lists(data, path, 0, (uint32_t)options.lists, 7, out);
}

static void read_raw(Data *data, const char *folder, Documents *out) {
    static const char *const raw[] = {
        "raw/reuters21578.txt.gz", "raw/timeline17.txt.gz",
        "raw/masakhane-en.txt.gz", "raw/worldwide.txt.gz"};
    char path[512];

    for (int i = 0; i < 4; i++) {
        path_of(path, folder, raw[i]);
        data_read_raw(data, path, out);
    }
    path_of(path, folder, "train/ner/gmb.bio.gz");
    data_read_bio(data, path, 1, AS_THEY_ARE, out);
}

static void choose_words(Trainer *t) {
    Error err;

    if (!options.load[0]) {
        data_choose_words(&t->data, (uint32_t)options.least,
                          (uint32_t)options.words);
    } else if (load_words(&t->data, options.load, &err) != OK) {
        die(&err);
    }
}

static void start(Trainer *t) {
    Shape shape = {(uint32_t)options.embedding, (uint32_t)options.width,
                   (uint32_t)options.layers, (uint32_t)options.arc,
                   (uint32_t)options.relation};
    double batch = options.pre > 0 && options.pre_batch > options.batch
                       ? options.pre_batch
                       : options.batch;
    size_t types;

    net_init(&t->net, shape, t->data.word_count, (uint64_t)options.seed);
    types = (size_t)t->net.rows * shape.embedding;
    for (int i = 0; i < THREADS; i++) {
        t->work[i] =
            work_new(&t->net, (uint32_t)(batch / THREADS + 2 * options.length));
    }
    t->m = calloc(t->net.w.count, sizeof *t->m);
    t->v = calloc(t->net.w.count, sizeof *t->v);
    t->row_m = calloc(types, sizeof *t->row_m);
    t->row_v = calloc(types, sizeof *t->row_v);
    t->row_steps = calloc(t->net.rows, sizeof *t->row_steps);
    pthread_barrier_init(&t->barrier, NULL, THREADS);
    printf("%u words, %u types, %llu samples, %u dense weights, %u rows\n",
           t->data.word_count, t->data.type_count,
           (unsigned long long)t->data.sample_count, t->net.w.count,
           t->net.rows);
}

static void forget_moments(Trainer *t) {
    size_t types = (size_t)t->net.rows * t->net.shape.embedding;

    memset(t->m, 0, t->net.w.count * sizeof *t->m);
    memset(t->v, 0, t->net.w.count * sizeof *t->v);
    memset(t->row_m, 0, types * sizeof *t->row_m);
    memset(t->row_v, 0, types * sizeof *t->row_v);
}

static void learn(Trainer *t, Chunks *raw, Chunks *labelled) {
    Error err;

    if (options.load[0] && load_floats(&t->net, options.load, &err) != OK) {
        die(&err);
    }
    if (options.pre > 0) {
        t->tasks = (Tasks){.guess = 1, .name = {0, (float)options.w_gmb}};
        t->noise = (Noise){.drop = 0.05f, .mask = (float)options.mask};
        run(t, "raw", raw, options.pre, options.pre_rate, options.pre_batch,
            (uint64_t)options.seed + 1000);
        forget_moments(t);
        if (options.save[0] &&
            save_floats(&t->net, &t->data, options.save, &err) != OK) {
            die(&err);
        }
    }
    t->tasks = (Tasks){.end = (float)options.w_end,
                       .upos = (float)options.w_upos,
                       .xpos = (float)options.w_xpos,
                       .arc = (float)options.w_arc,
                       .rel = (float)options.w_rel,
                       .name = {(float)options.w_name, 0}};
    t->noise = (Noise){.drop = (float)options.drop,
                       .drop_word = (float)options.drop_word};
    run(t, "labelled", labelled, options.epochs, options.rate, options.batch,
        (uint64_t)options.seed + 2000);
}

int main(int argc, char **argv) {
    static Trainer trainer;
    Trainer *t = &trainer;
    Documents labelled = {0}, raw = {0};
    Chunks labelled_chunks = {0}, raw_chunks = {0};
    Place place = {t, 1};
    pthread_t thread;
    Lexicon *lexicon;
    Error err;

    if (argc < 4) {
        fputs("usage: train DATA LEXICON OUT [NAME=VALUE]...\n", stderr);
        return 2;
    }
    for (int i = 4; i < argc; i++) {
        take_setting(argv[i]);
    }
    if (lexicon_open(argv[2], &lexicon, &err) != OK) {
        die(&err);
    }
    data_init(&t->data, lexicon);
    read_labelled(&t->data, argv[1], &labelled);
    if (options.copies > 0) {
        read_copies(&t->data, argv[1], &labelled);
    }
    read_raw(&t->data, argv[1], &raw);
    choose_words(t);
    if (options.lists > 0) {
        read_lists(&t->data, argv[1], &labelled);
    }
    start(t);
    add_chunks(&t->data, &labelled, (uint32_t)options.length, &labelled_chunks);
    add_chunks(&t->data, &raw, (uint32_t)options.length, &raw_chunks);
    gemm_thread_init();
    pthread_create(&thread, NULL, helper, &place);
    learn(t, &raw_chunks, &labelled_chunks);
    t->stop = true;
    pthread_barrier_wait(&t->barrier);
    pthread_join(thread, NULL);
    if (save_model(&t->net, &t->data, argv[3], &err) != OK) {
        die(&err);
    }
    return 0;
}
