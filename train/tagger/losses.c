/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/losses.c - from the outputs and the labels to the gradients of
 * the outputs: cross entropy for each task. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

/* In the order of Tasks. */
enum {
    TASK_END,
    TASK_UPOS,
    TASK_XPOS,
    TASK_ARC,
    TASK_REL,
    TASK_NAME,
    TASK_OTHER_NAME,
    TASK_GUESS
};

static float *score_room(Work *work, uint64_t count) {
    if (work->score_capacity < count) {
        free(work->scores);
        work->scores = aligned_alloc(64, (count * 4 + 63) / 64 * 64);
        work->score_capacity = count;
    }
    return work->scores;
}

/* Scores to probabilities in place, minus one at `gold`, times `scale`: the
 * gradient. Returns the loss. */
static float softmax_gradient(float *scores, uint32_t count, uint32_t gold,
                              float scale) {
    float most = scores[0], sum = 0, loss;

    for (uint32_t i = 1; i < count; i++) {
        most = scores[i] > most ? scores[i] : most;
    }
    loss = most - scores[gold];
    for (uint32_t i = 0; i < count; i++) {
        scores[i] = expf(scores[i] - most);
        sum += scores[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        scores[i] *= scale / sum;
    }
    scores[gold] -= scale;
    return loss + logf(sum);
}

static void label_loss(Work *work, const Net *net, uint32_t t, int task,
                       uint32_t first, uint32_t count, int gold, float scale) {
    size_t at = (size_t)t * net->w.outputs + first;

    if (gold == NO_LABEL || scale == 0) {
        return;
    }
    memcpy(work->dout + at, work->out + at, count * sizeof *work->dout);
    work->losses[task] +=
        softmax_gradient(work->dout + at, count, (uint32_t)gold, scale);
    work->counts[task]++;
}

static void end_loss(Work *work, const Net *net, uint32_t t, float scale) {
    size_t at = (size_t)t * net->w.outputs + net->w.at.end;
    int gold = work->tokens[t].sample->end;
    float p = 1 / (1 + expf(-work->out[at]));

    if (gold != NO_LABEL && scale > 0) {
        work->dout[at] = (p - (float)gold) * scale;
        work->losses[TASK_END] -= logf((gold ? p : 1 - p) + 1e-12f);
        work->counts[TASK_END]++;
    }
}

static float dot(const float *a, const float *b, uint32_t count) {
    float sum = 0;

    for (uint32_t i = 0; i < count; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void add_times(float *to, const float *from, float by, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        to[i] += from[i] * by;
    }
}

/* Heads of the words of one sentence, the tokens [first,last). */
static void arc_loss(Work *work, const Net *net, uint32_t first, uint32_t last,
                     float scale) {
    const HeadLayout *at = &net->w.at;
    uint32_t outputs = net->w.outputs, arc = net->shape.arc;
    float *scores = score_room(work, last - first);

    for (uint32_t i = first; i < last; i++) {
        const float *o = work->out + (size_t)i * outputs;
        float *d = work->dout + (size_t)i * outputs;
        int32_t head = work->tokens[i].sample->head;
        for (uint32_t j = first; j < last; j++) {
            const float *h = work->out + (size_t)j * outputs;
            uint32_t class = distance_class((int32_t)j - (int32_t)i);
            scores[j - first] = o[at->distance + class];
            if (j != i) {
                scores[j - first] += h[at->head_bias] +
                                     dot(o + at->dependent, h + at->head, arc);
            }
        }
        work->losses[TASK_ARC] +=
            softmax_gradient(scores, last - first,
                             (uint32_t)((int32_t)(i - first) + head), scale);
        work->counts[TASK_ARC]++;
        for (uint32_t j = first; j < last; j++) {
            const float *h = work->out + (size_t)j * outputs;
            float *dh = work->dout + (size_t)j * outputs;
            float g = scores[j - first];
            d[at->distance + distance_class((int32_t)j - (int32_t)i)] += g;
            if (j != i) {
                dh[at->head_bias] += g;
                add_times(dh + at->head, o + at->dependent, g, arc);
                add_times(d + at->dependent, h + at->head, g, arc);
            }
        }
    }
}

static void rel_loss(Work *work, const Net *net, uint32_t i, float scale) {
    const HeadLayout *at = &net->w.at;
    const Sample *sample = work->tokens[i].sample;
    uint32_t outputs = net->w.outputs, size = net->shape.relation;
    uint32_t j = (uint32_t)((int32_t)i + sample->head);
    const float *a = work->out + (size_t)i * outputs + at->rel_dependent;
    const float *b = work->out + (size_t)j * outputs + at->rel_head;
    float *da = work->dout + (size_t)i * outputs + at->rel_dependent;
    float *db = work->dout + (size_t)j * outputs + at->rel_head;
    const float *weights = net->dense + net->w.relations;
    float *dweights = work->dense + net->w.relations;
    float scores[REL_COUNT], hidden[512];

    memcpy(scores, net->dense + net->w.relations_bias, sizeof scores);
    for (uint32_t k = 0; k < size; k++) {
        hidden[k] = a[k] + b[k] > 0 ? a[k] + b[k] : 0;
        add_times(scores, weights + (size_t)k * REL_COUNT, hidden[k],
                  REL_COUNT);
    }
    work->losses[TASK_REL] +=
        softmax_gradient(scores, REL_COUNT, (uint32_t)sample->rel, scale);
    work->counts[TASK_REL]++;
    add_times(work->dense + net->w.relations_bias, scores, 1, REL_COUNT);
    for (uint32_t k = 0; k < size; k++) {
        if (hidden[k] > 0) {
            float g = dot(scores, weights + (size_t)k * REL_COUNT, REL_COUNT);
            add_times(dweights + (size_t)k * REL_COUNT, scores, hidden[k],
                      REL_COUNT);
            da[k] += g;
            db[k] += g;
        }
    }
}

static void tree_losses(Work *work, const Net *net, const Tasks *tasks,
                        float scale) {
    for (uint32_t first = 0, last; first < work->count; first = last) {
        last = first + 1;
        if (!work->tokens[first].sample->has_head) {
            continue;
        }
        while (last < work->tokens[first].last &&
               work->tokens[last - 1].sample->end != 1) {
            last++;
        }
        arc_loss(work, net, first, last, tasks->arc * scale);
        for (uint32_t i = first; i < last; i++) {
            if (work->tokens[i].sample->head != 0 &&
                work->tokens[i].sample->rel != NO_LABEL) {
                rel_loss(work, net, i, tasks->rel * scale);
            }
        }
    }
}

/* ---- hidden words ---- */

enum { WRONG_WORDS = 2048 };

/* Words are numbered by frequency; drawn as Zipf's law has it. */
static double zipf(const Data *data, uint32_t word) {
    return log((word + 2.0) / (word + 1.0)) / log(data->word_count + 1.0);
}

static uint32_t draw_word(const Data *data, uint64_t *state) {
    double at = exp(draw_unit(state) * log(data->word_count + 1.0)) - 1;

    return at < data->word_count ? (uint32_t)at : data->word_count - 1;
}

/* Sampled softmax (Jean et al. 2015): the hidden words against those of the
 * batch and WRONG_WORDS drawn ones. The rows of the words serve as output
 * weights too (Press and Wolf 2017). */
static void guess_losses(Work *work, const Net *net, const Data *data,
                         float scale, uint64_t *state) {
    uint32_t e = net->shape.embedding, hidden = 0, words, *word, *token;
    float *inputs, *rows, *scores, *dinputs, *drows, *shift;

    for (uint32_t t = 0; t < work->count; t++) {
        hidden += work->tokens[t].guess != UINT32_MAX;
    }
    if (hidden == 0) {
        return;
    }
    words = hidden + WRONG_WORDS;
    word = malloc((words + hidden) * sizeof *word);
    token = word + words;
    inputs = score_room(work, (uint64_t)2 * hidden * e + 2ull * words * e +
                                  (uint64_t)hidden * words + words);
    rows = inputs + (size_t)hidden * e;
    dinputs = rows + (size_t)words * e;
    drows = dinputs + (size_t)hidden * e;
    scores = drows + (size_t)words * e;
    shift = scores + (size_t)hidden * words;
    hidden = 0;
    for (uint32_t t = 0; t < work->count; t++) {
        if (work->tokens[t].guess != UINT32_MAX) {
            token[hidden] = t;
            word[hidden] = work->tokens[t].guess;
            memcpy(inputs + (size_t)hidden * e,
                   work->out + (size_t)t * net->w.outputs + net->w.guess,
                   e * sizeof *inputs);
            hidden++;
        }
    }
    for (uint32_t i = hidden; i < words; i++) {
        word[i] = draw_word(data, state);
    }
    for (uint32_t i = 0; i < words; i++) {
        memcpy(rows + (size_t)i * e,
               net->types + (size_t)(ROW_WORDS + word[i]) * e,
               e * sizeof *rows);
        shift[i] = (float)log(words * zipf(data, word[i]));
    }
    gemm(&work->gemm, hidden, words, e, (Factor){inputs, e, false},
         (Factor){rows, e, true}, scores, words, false);
    for (uint32_t i = 0; i < hidden; i++) {
        float *s = scores + (size_t)i * words;
        for (uint32_t k = 0; k < words; k++) {
            s[k] = k != i && word[k] == word[i] ? -1e9f : s[k] - shift[k];
        }
        work->losses[TASK_GUESS] += softmax_gradient(s, words, i, scale);
        work->counts[TASK_GUESS]++;
    }
    gemm(&work->gemm, hidden, e, words, (Factor){scores, words, false},
         (Factor){rows, e, false}, dinputs, e, false);
    gemm(&work->gemm, words, e, hidden, (Factor){scores, words, true},
         (Factor){inputs, e, false}, drows, e, false);
    for (uint32_t i = 0; i < hidden; i++) {
        memcpy(work->dout + (size_t)token[i] * net->w.outputs + net->w.guess,
               dinputs + (size_t)i * e, e * sizeof *dinputs);
    }
    for (uint32_t i = 0; i < words; i++) {
        add_times(row_gradient(work, ROW_WORDS + word[i]),
                  drows + (size_t)i * e, 1, e);
    }
    free(word);
}

void losses(Work *work, const Net *net, const Data *data, const Tasks *tasks,
            float scale, uint64_t *state) {
    const Weights *w = &net->w;

    for (uint32_t t = 0; t < work->count; t++) {
        const Sample *sample = work->tokens[t].sample;
        end_loss(work, net, t, tasks->end * scale);
        label_loss(work, net, t, TASK_UPOS, w->at.upos, UPOS_COUNT,
                   sample->upos, tasks->upos * scale);
        label_loss(work, net, t, TASK_XPOS, w->at.xpos, XPOS_COUNT,
                   sample->xpos, tasks->xpos * scale);
        label_loss(work, net, t, TASK_NAME, w->at.name, NAME_LABEL_COUNT,
                   sample->name[0], tasks->name[0] * scale);
        label_loss(work, net, t, TASK_OTHER_NAME, w->other_name,
                   NAME_LABEL_COUNT, sample->name[1], tasks->name[1] * scale);
    }
    if (tasks->arc > 0) {
        tree_losses(work, net, tasks, scale);
    }
    if (tasks->guess > 0) {
        guess_losses(work, net, data, tasks->guess * scale, state);
    }
}
