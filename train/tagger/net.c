/* SPDX-License-Identifier: Apache-2.0 */
/* train/tagger/net.c - see net.h: forward and backward through the layers. The
 * losses are in losses.c. */
#include "net.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

/* ---- weights ---- */

static Weights weights_of(Shape s) {
    Weights w = {.at = head_layout(s.arc, s.relation)};
    uint32_t at = 0;

    w.other_name = w.at.count;
    w.guess = w.other_name + NAME_LABEL_COUNT;
    w.outputs = w.guess + s.embedding;
    w.place = at;
    at += PLACE_ROWS * s.width;
    w.project = at;
    at += s.embedding * s.width;
    w.mix = at;
    w.gates = w.mix + 3 * s.width;
    w.gates_bias = w.gates + 3 * s.width * s.width;
    w.layer = 3 * s.width + 3 * s.width * s.width + 3 * s.width;
    at += s.layers * w.layer;
    w.heads = at;
    at += s.width * w.outputs;
    w.heads_bias = at;
    at += w.outputs;
    w.relations = at;
    at += s.relation * REL_COUNT;
    w.relations_bias = at;
    at += REL_COUNT;
    w.count = at;
    return w;
}

uint64_t draw(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15); /* SplitMix64 */

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

float draw_unit(uint64_t *state) {
    return (float)(draw(state) >> 40) * 0x1p-24f;
}

static void fill(float *at, uint64_t count, float width, uint64_t *state) {
    for (uint64_t i = 0; i < count; i++) {
        at[i] = (2 * draw_unit(state) - 1) * width * 1.7320508f;
    }
}

void net_init(Net *net, Shape s, uint32_t words, uint64_t seed) {
    const Weights *w = &net->w;
    uint32_t half = s.width / 2;

    *net = (Net){.shape = s, .w = weights_of(s), .rows = ROW_WORDS + words};
    net->dense = calloc(w->count, sizeof *net->dense);
    net->types = calloc((size_t)net->rows * s.embedding, sizeof *net->types);
    fill(net->types, (uint64_t)net->rows * s.embedding, 0.05f, &seed);
    fill(net->dense + w->place, PLACE_ROWS * s.width, 0.05f, &seed);
    fill(net->dense + w->project, s.embedding * s.width,
         1 / sqrtf((float)s.embedding), &seed);
    for (uint32_t l = 0; l < s.layers; l++) {
        float *layer = net->dense + (size_t)l * w->layer;
        for (uint32_t i = 0; i < s.width; i++) {
            layer[w->mix + s.width + i] = 1;
        }
        fill(layer + w->gates, 3 * s.width * s.width, 1 / sqrtf((float)s.width),
             &seed);
        /* Memories from short to long. */
        for (uint32_t i = 0; i < half; i++) {
            float bias = 1 - 3 * (float)i / (float)half;
            layer[w->gates_bias + i] = bias;
            layer[w->gates_bias + 2 * half + i] = bias;
        }
    }
    fill(net->dense + w->heads, s.width * w->outputs,
         0.7f / sqrtf((float)s.width), &seed);
    fill(net->dense + w->relations, s.relation * REL_COUNT,
         1 / sqrtf((float)s.relation), &seed);
}

/* ---- a thread's work ---- */

static float *floats(uint64_t count) {
    float *at = aligned_alloc(64, (count * sizeof *at + 63) / 64 * 64);

    memset(at, 0, count * sizeof *at);
    return at;
}

Work *work_new(const Net *net, uint32_t tokens) {
    Work *work = calloc(1, sizeof *work);
    Shape s = net->shape;
    uint64_t wide = (uint64_t)tokens * s.width;

    work->capacity = tokens;
    work->embedded = floats((uint64_t)tokens * s.embedding);
    for (uint32_t l = 0; l <= s.layers; l++) {
        work->x[l] = floats(wide);
        work->normal[l] = floats(wide);
        work->scale[l] = floats(tokens);
        work->gates[l] = floats(3 * wide);
        work->state[l] = floats(wide);
        work->keep[l] = calloc(wide, 1);
    }
    work->mixed = floats(wide);
    work->dx = floats(wide);
    work->dgates = floats(3 * wide);
    work->dnormal = floats(wide);
    work->out = floats((uint64_t)tokens * net->w.outputs);
    work->dout = floats((uint64_t)tokens * net->w.outputs);
    work->dense = floats(net->w.count);
    work->types = floats((uint64_t)net->rows * s.embedding);
    work->touched = calloc(net->rows, 1);
    work->row_list = calloc(net->rows, sizeof *work->row_list);
    work->tokens = calloc(tokens, sizeof *work->tokens);
    work->embedding = s.embedding;
    work->dense_count = net->w.count;
    return work;
}

Gemm *work_gemm(Work *work) {
    return &work->gemm;
}
float *work_dense(Work *work) {
    return work->dense;
}
float *work_types(Work *work) {
    return work->types;
}
uint32_t work_rows(const Work *work, const uint32_t **rows) {
    *rows = work->row_list;
    return work->row_count;
}
const double *work_losses(const Work *work) {
    return work->losses;
}
const double *work_counts(const Work *work) {
    return work->counts;
}

void work_clear(Work *work) {
    memset(work->dense, 0, work->dense_count * sizeof *work->dense);
    for (uint32_t i = 0; i < work->row_count; i++) {
        uint32_t row = work->row_list[i];
        memset(work->types + (size_t)row * work->embedding, 0,
               work->embedding * sizeof *work->types);
        work->touched[row] = 0;
    }
    work->row_count = 0;
    memset(work->losses, 0, sizeof work->losses);
    memset(work->counts, 0, sizeof work->counts);
}

float *row_gradient(Work *work, uint32_t row) {
    if (!work->touched[row]) {
        work->touched[row] = 1;
        work->row_list[work->row_count++] = row;
    }
    return work->types + (size_t)row * work->embedding;
}

/* ---- input ---- */

/* The tokens of the chunks and the rows that each is told by. */
static void take_tokens(Work *work, const Data *data, const Chunk *chunks,
                        uint32_t count, const Noise *noise, uint64_t *state) {
    work->count = 0;
    for (uint32_t c = 0; c < count; c++) {
        uint32_t first = work->count;
        for (uint32_t i = 0; i < chunks[c].count; i++) {
            struct WorkToken *token = &work->tokens[work->count++];
            const Sample *sample = &data->samples[chunks[c].first + i];
            const Type *type = &data->types[sample->type];
            uint32_t word = data->rows[type->first];
            assert(work->count <= work->capacity);
            *token = (struct WorkToken){.sample = sample,
                                        .first = first,
                                        .last = first + chunks[c].count,
                                        .guess = UINT32_MAX};
            token->rows = data->rows + type->first;
            token->row_count = type->count;
            token->word = word;
            if (word >= ROW_WORDS && draw_unit(state) < noise->mask) {
                token->guess = word - ROW_WORDS;
                token->word = ROW_MASKED;
                token->row_count = 1;
            } else if (draw_unit(state) < noise->drop_word) {
                token->word = ROW_UNKNOWN;
            }
        }
    }
}

static void add_to(float *to, const float *from, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        to[i] += from[i];
    }
}

static uint32_t row_at(const struct WorkToken *token, uint32_t i) {
    return i == 0 ? token->word : token->rows[i];
}

static void embed(Work *work, const Net *net) {
    uint32_t e = net->shape.embedding, d = net->shape.width;

    for (uint32_t t = 0; t < work->count; t++) {
        const struct WorkToken *token = &work->tokens[t];
        float *to = work->embedded + (size_t)t * e;
        memset(to, 0, e * sizeof *to);
        for (uint32_t i = 0; i < token->row_count; i++) {
            add_to(to, net->types + (size_t)row_at(token, i) * e, e);
        }
    }
    gemm(&work->gemm, work->count, d, e, (Factor){work->embedded, e, false},
         (Factor){net->dense + net->w.project, d, false}, work->x[0], d, false);
    for (uint32_t t = 0; t < work->count; t++) {
        const uint8_t *rows = work->tokens[t].sample->place.rows;
        for (uint32_t i = 0; rows[i] != UINT8_MAX; i++) {
            add_to(work->x[0] + (size_t)t * d,
                   net->dense + net->w.place + (size_t)rows[i] * d, d);
        }
    }
}

static void embed_back(Work *work, const Net *net) {
    uint32_t e = net->shape.embedding, d = net->shape.width;
    float *de = work->embedded;

    for (uint32_t t = 0; t < work->count; t++) {
        const uint8_t *rows = work->tokens[t].sample->place.rows;
        for (uint32_t i = 0; rows[i] != UINT8_MAX; i++) {
            add_to(work->dense + net->w.place + (size_t)rows[i] * d,
                   work->dx + (size_t)t * d, d);
        }
    }
    gemm(&work->gemm, e, d, work->count, (Factor){work->embedded, e, true},
         (Factor){work->dx, d, false}, work->dense + net->w.project, d, true);
    gemm(&work->gemm, work->count, e, d, (Factor){work->dx, d, false},
         (Factor){net->dense + net->w.project, d, true}, de, e, false);
    for (uint32_t t = 0; t < work->count; t++) {
        const struct WorkToken *token = &work->tokens[t];
        for (uint32_t i = 0; i < token->row_count; i++) {
            add_to(row_gradient(work, row_at(token, i)), de + (size_t)t * e, e);
        }
    }
}

/* ---- a layer ---- */

/* x of the neighbours, or zeros past the ends. */
static const float *beside(const Work *work, const float *x, uint32_t t,
                           int step, uint32_t d) {
    static const float nothing[2048];
    const struct WorkToken *token = &work->tokens[t];

    if ((step < 0 && t == token->first) || (step > 0 && t + 1 == token->last)) {
        return nothing;
    }
    return x + ((size_t)t + (size_t)(int64_t)step) * d;
}

/* work->mixed = mix[0] x[t-1] + mix[1] x[t] + mix[2] x[t+1]; without `mix`
 * just x. */
static void mix(Work *work, const float *weights, const float *x, uint32_t d) {
    for (uint32_t t = 0; t < work->count; t++) {
        const float *left = beside(work, x, t, -1, d);
        const float *right = beside(work, x, t, 1, d);
        const float *here = x + (size_t)t * d;
        float *to = work->mixed + (size_t)t * d;
        const float *w1 = weights + d, *w2 = w1 + d;
        for (uint32_t i = 0; i < d; i++) {
            to[i] = weights[i] * left[i] + w1[i] * here[i] + w2[i] * right[i];
        }
    }
}

/* normal = from / rms(from), with drops. */
static void normalise(Work *work, const float *from, uint32_t l, uint32_t d,
                      float drop, uint64_t *state) {
    uint32_t least = (uint32_t)(drop * 256);
    float gain = 256 / (float)(256 - least);

    for (uint32_t t = 0; t < work->count; t++) {
        const float *x = from + (size_t)t * d;
        float *to = work->normal[l] + (size_t)t * d;
        uint8_t *keep = work->keep[l] + (size_t)t * d;
        float sum = 1e-6f * (float)d, scale;
        for (uint32_t i = 0; i < d; i++) {
            sum += x[i] * x[i];
        }
        scale = 1 / sqrtf(sum / (float)d);
        work->scale[l][t] = scale;
        for (uint32_t i = 0; i < d; i += 8) {
            uint64_t bits = least ? draw(state) : UINT64_MAX;
            memcpy(keep + i, &bits, 8);
        }
        for (uint32_t i = 0; i < d; i++) {
            to[i] = x[i] * scale * (keep[i] >= least ? gain : 0);
        }
    }
}

/* dnormal (of the dropped values) to the gradient of `from`, in dnormal. */
static void normalise_back(Work *work, const float *from, uint32_t l,
                           uint32_t d, float drop) {
    uint32_t least = (uint32_t)(drop * 256);
    float gain = 256 / (float)(256 - least);

    for (uint32_t t = 0; t < work->count; t++) {
        const float *x = from + (size_t)t * d;
        float *dn = work->dnormal + (size_t)t * d;
        const uint8_t *keep = work->keep[l] + (size_t)t * d;
        float scale = work->scale[l][t], dot = 0;
        for (uint32_t i = 0; i < d; i++) {
            dn[i] *= keep[i] >= least ? gain : 0;
            dot += dn[i] * x[i];
        }
        dot *= scale * scale / (float)d;
        for (uint32_t i = 0; i < d; i++) {
            dn[i] = scale * (dn[i] - x[i] * dot);
        }
    }
}

/* 0 to 1 between -3 and 3, without an exponential: 3 t^2 - 2 t^3. */
static float ramp(float x) {
    float t = x * (1 / 6.0f) + 0.5f;

    t = t < 0 ? 0 : t;
    t = t > 1 ? 1 : t;
    return t * t * (3 - 2 * t);
}

static float ramp_slope(float x) {
    float t = x * (1 / 6.0f) + 0.5f;

    t = t < 0 ? 0 : t;
    t = t > 1 ? 1 : t;
    return t * (1 - t);
}

/* state[t] = state[t-1] + ramp(z) (h - state[t-1]), from either end. Columns
 * of the gates: z and h forward, z and h backward, then the outer gate. */
static void scan(Work *work, const float *gates, float *state, uint32_t d) {
    uint32_t half = d / 2;

    for (uint32_t t = 0; t < work->count; t++) {
        const float *g = gates + (size_t)t * 3 * d;
        const float *before = beside(work, state, t, -1, d);
        float *s = state + (size_t)t * d;
        const float *fresh = g + half;
        for (uint32_t i = 0; i < half; i++) {
            s[i] = before[i] + ramp(g[i]) * (fresh[i] - before[i]);
        }
    }
    for (uint32_t t = work->count; t-- > 0;) {
        const float *g = gates + (size_t)t * 3 * d + d;
        const float *before = beside(work, state, t, 1, d) + half;
        float *s = state + (size_t)t * d + half;
        const float *fresh = g + half;
        for (uint32_t i = 0; i < half; i++) {
            s[i] = before[i] + ramp(g[i]) * (fresh[i] - before[i]);
        }
    }
}

/* One direction back; `step` is where the earlier state lies. carry holds the
 * gradient that comes from the later token. */
static void scan_back_token(const float *g, float *dg, const float *before,
                            const float *ds, float *carry, uint32_t half,
                            bool fresh) {
    const float *h = g + half;
    float *dh = dg + half, kept = fresh ? 0 : 1;

#pragma GCC ivdep
    for (uint32_t i = 0; i < half; i++) {
        float z = ramp(g[i]);
        float d = ds[i] + kept * carry[i];
        dh[i] = d * z;
        dg[i] = d * (h[i] - before[i]) * ramp_slope(g[i]);
        carry[i] = d * (1 - z);
    }
}

static void scan_back(Work *work, const float *gates, const float *state,
                      const float *ds, uint32_t d) {
    uint32_t half = d / 2;
    float carry[1024] = {0};

    for (uint32_t t = work->count; t-- > 0;) {
        scan_back_token(gates + (size_t)t * 3 * d,
                        work->dgates + (size_t)t * 3 * d,
                        beside(work, state, t, -1, d), ds + (size_t)t * d,
                        carry, half, t + 1 == work->tokens[t].last);
    }
    for (uint32_t t = 0; t < work->count; t++) {
        scan_back_token(
            gates + (size_t)t * 3 * d + d, work->dgates + (size_t)t * 3 * d + d,
            beside(work, state, t, 1, d) + half, ds + (size_t)t * d + half,
            carry, half, t == work->tokens[t].first);
    }
}

static void add_bias(float *out, const float *bias, uint32_t rows,
                     uint32_t columns) {
    for (uint32_t t = 0; t < rows; t++) {
        add_to(out + (size_t)t * columns, bias, columns);
    }
}

static void bias_back(float *bias, const float *dout, uint32_t rows,
                      uint32_t columns) {
    for (uint32_t t = 0; t < rows; t++) {
        add_to(bias, dout + (size_t)t * columns, columns);
    }
}

static void layer_forward(Work *work, const Net *net, uint32_t l, float drop,
                          uint64_t *state) {
    const float *layer = net->dense + (size_t)l * net->w.layer;
    uint32_t d = net->shape.width;
    const float *x = work->x[l];
    float *out = work->x[l + 1];

    mix(work, layer + net->w.mix, x, d);
    normalise(work, work->mixed, l, d, drop, state);
    gemm(&work->gemm, work->count, 3 * d, d,
         (Factor){work->normal[l], d, false},
         (Factor){layer + net->w.gates, 3 * d, false}, work->gates[l], 3 * d,
         false);
    add_bias(work->gates[l], layer + net->w.gates_bias, work->count, 3 * d);
    scan(work, work->gates[l], work->state[l], d);
    for (uint32_t t = 0; t < work->count; t++) {
        const float *outer = work->gates[l] + (size_t)t * 3 * d + 2 * d;
        const float *s = work->state[l] + (size_t)t * d;
        const float *from = x + (size_t)t * d;
        float *to = out + (size_t)t * d;
#pragma GCC ivdep
        for (uint32_t i = 0; i < d; i++) {
            to[i] = from[i] + s[i] * outer[i] * ramp(outer[i]);
        }
    }
}

static void mix_back(Work *work, const Net *net, uint32_t l) {
    const float *weights = net->dense + (size_t)l * net->w.layer + net->w.mix;
    float *dw = work->dense + (size_t)l * net->w.layer + net->w.mix;
    uint32_t d = net->shape.width;
    const float *x = work->x[l], *dm = work->dnormal;

    for (uint32_t t = 0; t < work->count; t++) {
        const float *from = dm + (size_t)t * d;
        const float *left = beside(work, x, t, -1, d);
        const float *right = beside(work, x, t, 1, d);
        const float *dleft = beside(work, dm, t, -1, d);
        const float *dright = beside(work, dm, t, 1, d);
        float *dx = work->dx + (size_t)t * d;
        const float *w1 = weights + d, *w2 = w1 + d;
        const float *here = x + (size_t)t * d;
        float *dw1 = dw + d, *dw2 = dw1 + d;
#pragma GCC ivdep
        for (uint32_t i = 0; i < d; i++) {
            dw[i] += from[i] * left[i];
            dw1[i] += from[i] * here[i];
            dw2[i] += from[i] * right[i];
            dx[i] +=
                w1[i] * from[i] + weights[i] * dright[i] + w2[i] * dleft[i];
        }
    }
}

/* dx: of x[l + 1], becomes that of x[l]. */
static void layer_back(Work *work, const Net *net, uint32_t l, float drop) {
    const float *layer = net->dense + (size_t)l * net->w.layer;
    float *dlayer = work->dense + (size_t)l * net->w.layer;
    uint32_t d = net->shape.width;
    float *ds = work->mixed; /* free until it is made again below */

    for (uint32_t t = 0; t < work->count; t++) {
        const float *outer = work->gates[l] + (size_t)t * 3 * d + 2 * d;
        const float *s = work->state[l] + (size_t)t * d;
        const float *dx = work->dx + (size_t)t * d;
        float *douter = work->dgates + (size_t)t * 3 * d + 2 * d;
        float *dstate = ds + (size_t)t * d;
#pragma GCC ivdep
        for (uint32_t i = 0; i < d; i++) {
            float r = ramp(outer[i]);
            dstate[i] = dx[i] * outer[i] * r;
            douter[i] = dx[i] * s[i] * (r + outer[i] * ramp_slope(outer[i]));
        }
    }
    scan_back(work, work->gates[l], work->state[l], ds, d);
    gemm(&work->gemm, d, 3 * d, work->count, (Factor){work->normal[l], d, true},
         (Factor){work->dgates, 3 * d, false}, dlayer + net->w.gates, 3 * d,
         true);
    bias_back(dlayer + net->w.gates_bias, work->dgates, work->count, 3 * d);
    gemm(&work->gemm, work->count, d, 3 * d,
         (Factor){work->dgates, 3 * d, false},
         (Factor){layer + net->w.gates, 3 * d, true}, work->dnormal, d, false);
    mix(work, layer + net->w.mix, work->x[l], d);
    normalise_back(work, work->mixed, l, d, drop);
    mix_back(work, net, l);
}

/* ---- all ---- */

static void forward(Work *work, const Net *net, const Noise *noise,
                    uint64_t *state) {
    uint32_t d = net->shape.width, last = net->shape.layers;

    embed(work, net);
    for (uint32_t l = 0; l < last; l++) {
        layer_forward(work, net, l, noise->drop, state);
    }
    normalise(work, work->x[last], last, d, noise->drop, state);
    gemm(&work->gemm, work->count, net->w.outputs, d,
         (Factor){work->normal[last], d, false},
         (Factor){net->dense + net->w.heads, net->w.outputs, false}, work->out,
         net->w.outputs, false);
    add_bias(work->out, net->dense + net->w.heads_bias, work->count,
             net->w.outputs);
}

static void backward(Work *work, const Net *net, const Noise *noise) {
    uint32_t d = net->shape.width, last = net->shape.layers;
    uint32_t outputs = net->w.outputs;

    gemm(&work->gemm, d, outputs, work->count,
         (Factor){work->normal[last], d, true},
         (Factor){work->dout, outputs, false}, work->dense + net->w.heads,
         outputs, true);
    bias_back(work->dense + net->w.heads_bias, work->dout, work->count,
              outputs);
    gemm(&work->gemm, work->count, d, outputs,
         (Factor){work->dout, outputs, false},
         (Factor){net->dense + net->w.heads, outputs, true}, work->dnormal, d,
         false);
    normalise_back(work, work->x[last], last, d, noise->drop);
    memcpy(work->dx, work->dnormal, (size_t)work->count * d * sizeof *work->dx);
    for (uint32_t l = last; l-- > 0;) {
        layer_back(work, net, l, noise->drop);
    }
    embed_back(work, net);
}

void work_learn(Work *work, const Net *net, const Data *data,
                const Chunk *chunks, uint32_t count, const Tasks *tasks,
                const Noise *noise, float scale) {
    uint64_t state = noise->seed;

    take_tokens(work, data, chunks, count, noise, &state);
    if (work->count == 0) {
        return;
    }
    forward(work, net, noise, &state);
    memset(work->dout, 0,
           (size_t)work->count * net->w.outputs * sizeof *work->dout);
    losses(work, net, data, tasks, scale, &state);
    backward(work, net, noise);
}
