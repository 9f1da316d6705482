/* SPDX-License-Identifier: Apache-2.0 */
/* train/names.c - learns which spellings are one name.
 *
 *     zcat people/train/NAME.groups.jsonl.gz ... | train-names lexicon/en
 *
 * Reads groups of names, {"group":"arabic-00032","names":["Ibtihaj","Ibtihej"]}
 * a line, and writes two tables: `sound-cost.tsv`, the costs of taking one
 * sound for another, and `name-weight.tsv`, what speaks for and against one
 * name. The same input gives the same bytes.
 *
 * Pairs of one name are names of one group; pairs of two are names of two
 * groups of one source that are about as alike, a third of them one or two
 * letters apart; of full names, people of one house who share a word. A pair
 * of single names also becomes two of full names, with a common given name
 * before it and with a common surname after it.
 *
 * Method: costs by gradient steps on the logistic loss with the best alignment
 * held (as McCallum, Bellare, Pereira, A conditional random field for
 * discriminatively-trained finite-state string edit distance, 2005), pulled
 * towards where they started; weights by Newton's method. */
#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "link/link.h"
#include "link/same.h"

enum {
    CODES = 128,
    EPOCHS = 40,
    NEWTON_STEPS = 25,
    PAIRS_OF_GROUP = 6,
    HOUSE_PAIRS = 12, /* pairs of two people for each member of a house */
};

typedef struct Name {
    Str text, plain;
    uint32_t group, source;
    NameParts *parts;
} Name;

typedef struct Sample {
    uint32_t a, b; /* names */
    bool same;
} Sample;

typedef struct Samples {
    Sample *items; /* arena */
    uint32_t count, capacity;
} Samples;

typedef struct Costs {
    double start[CODES][CODES], now[CODES][CODES], slope[CODES][CODES];
    double scale, even; /* p = 1 / (1 + exp(-scale * (alike - even))) */
} Costs;

typedef struct Trainer {
    Arena arena;
    Lexicon *lexicon;
    Speller *speller;
    Name *names; /* arena */
    uint32_t count, capacity;
    StrList sources;
    Samples single, full;
    Costs *costs; /* arena */
    uint64_t random;
} Trainer;

/* ------------------------------------------------------------------ reading */

static uint32_t random_below(Trainer *t, uint32_t limit) {
    t->random = t->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (uint32_t)((t->random >> 33) % limit);
}

/* "arabic" of "arabic-00032", "Albania" of "Albania/9016...". */
static uint32_t source_of(Trainer *t, Str group) {
    size_t slash = str_find(group, str_of("/"), 0);
    Str name = str_slice(
        group, 0, slash < group.len ? slash : str_find(group, str_of("-"), 0));

    for (uint32_t i = 0; i < t->sources.count; i++) {
        if (str_equal(t->sources.items[i], name)) {
            return i;
        }
    }
    str_push(&t->arena, &t->sources, str_dup(&t->arena, name));
    return t->sources.count - 1;
}

static uint32_t add_name(Trainer *t, Str text, uint32_t group,
                         uint32_t source) {
    Name name = {
        .text = str_dup(&t->arena, text), .group = group, .source = source};

    name.plain = utf8_plain(&t->arena, name.text);
    name.parts = arena_zero(&t->arena, sizeof *name.parts);
    person_parts(&t->arena, t->speller, name.text, name.parts);
    t->names = arena_grow(&t->arena, t->names, t->count, &t->capacity,
                          sizeof *t->names);
    t->names[t->count] = name;
    return t->count++;
}

static void read_groups(Trainer *t, FILE *file) {
    char *line = NULL;
    size_t room = 0;
    uint32_t group = 0;

    while (getline(&line, &room, file) >= 0) {
        json_t *read = json_loads(line, 0, NULL), *names, *name;
        size_t i;
        uint32_t source;

        names = json_object_get(read, "names");
        source = source_of(
            t, str_of(json_string_value(json_object_get(read, "group"))));
        json_array_foreach(names, i, name) {
            add_name(t, str_of(json_string_value(name)), group, source);
        }
        json_decref(read);
        group++;
    }
    free(line);
}

/* -------------------------------------------------------------------- pairs */

static void push_sample(Trainer *t, Samples *list, uint32_t a, uint32_t b,
                        bool same) {
    list->items = arena_grow(&t->arena, list->items, list->count,
                             &list->capacity, sizeof *list->items);
    list->items[list->count++] = (Sample){a, b, same};
}

static uint32_t distance(Str a, Str b) {
    uint32_t row[256];

    a.len = a.len < 255 ? a.len : 255;
    b.len = b.len < 255 ? b.len : 255;
    for (uint32_t j = 0; j <= b.len; j++) {
        row[j] = j;
    }
    for (uint32_t i = 1; i <= a.len; i++) {
        uint32_t diagonal = row[0]++;

        for (uint32_t j = 1; j <= b.len; j++) {
            uint32_t best = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);

            best = best < row[j] + 1 ? best : row[j] + 1;
            best = best < row[j - 1] + 1 ? best : row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[b.len];
}

static double plain_alike(const Name *a, const Name *b) {
    double longer =
        (double)(a->plain.len > b->plain.len ? a->plain.len : b->plain.len);

    return longer > 0 ? 1 - distance(a->plain, b->plain) / longer : 0;
}

/* A name of another group as alike to `of` as `alike`, or one or two letters
 * apart; the same name when there is none. */
static uint32_t find_other(Trainer *t, uint32_t of, double alike, bool close) {
    uint32_t from = random_below(t, t->count);

    for (uint32_t i = 0; i < t->count; i++) {
        uint32_t k = (from + i) % t->count;
        const Name *x = &t->names[of], *y = &t->names[k];

        if (y->source != x->source || y->group == x->group ||
            y->parts->count != 1 || str_equal(x->plain, y->plain)) {
            continue;
        }
        if (close ? distance(x->plain, y->plain) <= 2
                  : fabs(plain_alike(x, y) - alike) < .03) {
            return k;
        }
    }
    return of;
}

static bool is_house(const Trainer *t, uint32_t name) {
    Str source = t->sources.items[t->names[name].source];

    return source.ptr[0] >= 'A' && source.ptr[0] <= 'Z';
}

/* Pairs of single names: two of one group, and up to two of two groups. */
static void pair_single(Trainer *t, uint32_t a, uint32_t b) {
    double alike = plain_alike(&t->names[a], &t->names[b]);

    if (t->names[a].parts->count != 1 || t->names[b].parts->count != 1 ||
        alike < .5 || alike == 1) {
        return;
    }
    push_sample(t, &t->single, a, b, true);
    for (uint32_t i = 0; i < 1 + t->single.count % 2; i++) {
        uint32_t of = random_below(t, 2) ? a : b,
                 other = find_other(t, of, alike, random_below(t, 3) == 0);

        if (other != of) {
            push_sample(t, &t->single, of, other, false);
        }
    }
}

static void pair_groups(Trainer *t) {
    uint32_t count = t->count;

    for (uint32_t a = 0; a < count; a++) {
        for (uint32_t b = a + 1; b < count && b <= a + PAIRS_OF_GROUP &&
                                 t->names[b].group == t->names[a].group;
             b++) {
            if (is_house(t, a)) {
                push_sample(t, &t->full, a, b, true);
            } else {
                pair_single(t, a, b);
            }
        }
    }
}

static bool share_word(const NameParts *a, const NameParts *b) {
    for (uint32_t i = 0; i < a->count; i++) {
        for (uint32_t k = 0; k < b->count; k++) {
            if (str_equal(a->items[i].text, b->items[k].text)) {
                return true;
            }
        }
    }
    return false;
}

static void pair_houses(Trainer *t) {
    for (uint32_t a = 0; a < t->count; a++) {
        uint32_t found = 0;

        for (uint32_t b = a + 1;
             is_house(t, a) && b < t->count && found < HOUSE_PAIRS; b++) {
            const Name *x = &t->names[a], *y = &t->names[b];

            if (y->source == x->source && y->group != x->group &&
                share_word(x->parts, y->parts)) {
                push_sample(t, &t->full, a, b, false);
                found++;
            }
        }
    }
}

/* A single name within a full one: "Anna" before it, "Holm" after it. */
static uint32_t widened(Trainer *t, uint32_t name, Str before, Str after) {
    Str text = t->names[name].text;
    Str wide =
        str_format(&t->arena, "%.*s %.*s %.*s", (int)before.len, before.ptr,
                   (int)text.len, text.ptr, (int)after.len, after.ptr);

    return add_name(t, wide, t->names[name].group, t->names[name].source);
}

/* A part of some member's name: the first or the last. */
static Str some_part(Trainer *t, uint32_t count, bool first) {
    for (;;) {
        uint32_t i = random_below(t, count);
        const NameParts *parts = t->names[i].parts;

        if (is_house(t, i) && parts->count == 2) {
            return parts->items[first ? 0 : 1].text;
        }
    }
}

/* "A B C" and "B A C" are a father and his son. */
static void invert(Trainer *t) {
    uint32_t count = t->count;

    for (uint32_t i = 0; i < count; i++) {
        const Name *name = &t->names[i];
        const NamePart *part = name->parts->items;
        Str text;

        if (name->parts->count != 3 || i % 2) {
            continue;
        }
        text = str_format(&t->arena, "%.*s %.*s %.*s", (int)part[1].text.len,
                          part[1].text.ptr, (int)part[0].text.len,
                          part[0].text.ptr, (int)part[2].text.len,
                          part[2].text.ptr);
        push_sample(t, &t->full, i,
                    add_name(t, text, name->group, name->source), false);
    }
}

static void widen(Trainer *t) {
    uint32_t names = t->count;

    for (uint32_t i = 0; i < t->single.count; i++) {
        Sample sample = t->single.items[i];
        /* "X Holm", "Anna X Holm", "Anna X" */
        Str before = i % 4 != 0 ? some_part(t, names, true) : str_of(""),
            after = i % 4 <= 1 ? some_part(t, names, false) : str_of("");
        uint32_t a, b;

        a = widened(t, sample.a, before, after);
        b = widened(t, sample.b, before, after);

        push_sample(t, &t->full, a, b, sample.same);
    }
}

/* -------------------------------------------------------------------- costs */

typedef struct Edits {
    uint8_t a[2 * SOUNDS_MAX], b[2 * SOUNDS_MAX];
    uint32_t count;
} Edits;

static double cost_of(const Speller *speller, uint8_t a, uint8_t b) {
    return a < CODES && b < CODES ? edit_cost(speller, a, b) : 100. * (a != b);
}

/* The edits of the best alignment, equal pairs left out (Wagner, Fischer). */
static void find_edits(const Speller *speller, const Sounds *x, const Sounds *y,
                       Edits *out) {
    double best[SOUNDS_MAX + 1][SOUNDS_MAX + 1] = {{0}};
    uint32_t i = x->count, j = y->count;

    for (uint32_t a = 0; a <= i; a++) {
        for (uint32_t b = 0; b <= j; b++) {
            double least = a || b ? 1e9 : 0;

            if (a) {
                least = fmin(least, best[a - 1][b] +
                                        cost_of(speller, x->codes[a - 1], 0));
            }
            if (b) {
                least = fmin(least, best[a][b - 1] +
                                        cost_of(speller, 0, y->codes[b - 1]));
            }
            if (a && b) {
                least = fmin(least, best[a - 1][b - 1] +
                                        cost_of(speller, x->codes[a - 1],
                                                y->codes[b - 1]));
            }
            best[a][b] = least;
        }
    }
    out->count = 0;
    while (i || j) {
        uint8_t a = i ? x->codes[i - 1] : 0, b = j ? y->codes[j - 1] : 0;

        if (i && j &&
            best[i][j] == best[i - 1][j - 1] + cost_of(speller, a, b)) {
            i--, j--;
        } else if (i && best[i][j] == best[i - 1][j] + cost_of(speller, a, 0)) {
            b = 0, i--;
        } else {
            a = 0, j--;
        }
        if (a != b && a < CODES && b < CODES) {
            out->a[out->count] = a;
            out->b[out->count++] = b;
        }
    }
}

static void step_sample(const Trainer *t, Costs *costs, const Sample *sample,
                        double *scale_slope, double *even_slope) {
    const Sounds *x = &t->names[sample->a].parts->items[0].sounds,
                 *y = &t->names[sample->b].parts->items[0].sounds;
    double longer = x->count > y->count ? x->count : y->count;
    double alike = sounds_alike(t->speller, x, y);
    double p = 1 / (1 + exp(-costs->scale * (alike - costs->even)));
    double error = p - sample->same;
    Edits edits;

    *scale_slope += error * (alike - costs->even);
    *even_slope -= error * costs->scale;
    find_edits(t->speller, x, y, &edits);
    for (uint32_t i = 0; i < edits.count; i++) {
        uint8_t a = edits.a[i], b = edits.b[i];

        costs->slope[a < b ? a : b][a < b ? b : a] -=
            error * costs->scale / longer / 100;
    }
}

static void move_costs(Trainer *t, Costs *costs) {
    static const double RATE = 12, PULL = .004, LEAST = 5, MOST = 130;

    for (int a = 0; a < CODES; a++) {
        for (int b = a + 1; b < CODES; b++) {
            double slope = costs->slope[a][b] +
                           PULL * (costs->now[a][b] - costs->start[a][b]);

            costs->now[a][b] -= RATE * slope;
            costs->now[a][b] = fmax(LEAST, fmin(MOST, costs->now[a][b]));
            edit_cost_set(t->speller, (uint8_t)a, (uint8_t)b,
                          (uint8_t)lround(costs->now[a][b]));
        }
    }
}

/* From the column `start` of the table, not from what was learned before. */
static void start_costs(Trainer *t, Costs *costs) {
    for (int a = 0; a < CODES; a++) {
        for (int b = 0; b < CODES; b++) {
            costs->start[a][b] = a == b ? 0 : a == 0 || b == 0 ? 90 : 100;
        }
    }
    for (uint32_t i = 0; i < lexicon_rows(t->lexicon, LEX_SOUND_COST); i++) {
        LexRow row = {t->lexicon, LEX_SOUND_COST, i};
        Str pair = lex_cell(row, LEX_SOUND_COST_KEY);
        size_t space = str_find(pair, str_of(" "), 0);
        uint8_t a = sound_code(t->speller, str_slice(pair, 0, space)),
                b = space < pair.len
                        ? sound_code(t->speller,
                                     str_slice(pair, space + 1, pair.len))
                        : 0;

        if (a) {
            costs->start[a][b] = costs->start[b][a] =
                (double)lex_number(row, LEX_SOUND_COST_START, 100);
        }
    }
    memcpy(costs->now, costs->start, sizeof costs->now);
    for (int a = 0; a < CODES; a++) {
        for (int b = a + 1; b < CODES; b++) {
            edit_cost_set(t->speller, (uint8_t)a, (uint8_t)b,
                          (uint8_t)costs->start[a][b]);
        }
    }
}

static void learn_costs(Trainer *t) {
    Costs *costs = t->costs = arena_zero(&t->arena, sizeof *costs);

    start_costs(t, costs);
    costs->scale = 18;
    costs->even = .8;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double scale = 0, even = 0, n = t->single.count;

        memset(costs->slope, 0, sizeof costs->slope);
        for (uint32_t i = 0; i < t->single.count; i++) {
            step_sample(t, costs, &t->single.items[i], &scale, &even);
        }
        costs->scale -= 60 * scale / n;
        costs->even -= .003 * even / n;
        move_costs(t, costs);
    }
    fprintf(stderr, "costs: scale %.2f, even %.3f\n", costs->scale,
            costs->even);
}

/* ------------------------------------------------------------------ weights */

/* Solve matrix * x = right in place (Gauss, the largest pivot first). */
static void solve(double matrix[FEATURE_COUNT][FEATURE_COUNT],
                  double right[FEATURE_COUNT]) {
    for (int c = 0; c < FEATURE_COUNT; c++) {
        int pivot = c;

        for (int r = c + 1; r < FEATURE_COUNT; r++) {
            if (fabs(matrix[r][c]) > fabs(matrix[pivot][c])) {
                pivot = r;
            }
        }
        for (int k = 0; k < FEATURE_COUNT; k++) {
            double swap = matrix[c][k];

            matrix[c][k] = matrix[pivot][k];
            matrix[pivot][k] = swap;
        }
        double swap = right[c];
        right[c] = right[pivot];
        right[pivot] = swap;
        for (int r = 0; r < FEATURE_COUNT; r++) {
            double times = r == c ? 0 : matrix[r][c] / matrix[c][c];

            for (int k = c; k < FEATURE_COUNT && times != 0; k++) {
                matrix[r][k] -= times * matrix[c][k];
            }
            right[r] -= times * right[c];
        }
    }
    for (int c = 0; c < FEATURE_COUNT; c++) {
        right[c] /= matrix[c][c];
    }
}

static bool evidence_of(const Trainer *t, const Sample *sample, Evidence *out) {
    const Name *a = &t->names[sample->a], *b = &t->names[sample->b];
    bool turn = str_compare(a->text, b->text) > 0;

    return person_evidence(t->speller, turn ? b->parts : a->parts,
                           turn ? a->parts : b->parts, out);
}

static void newton_step(Trainer *t, const Samples *samples) {
    static const double RIDGE = 1;
    double hessian[FEATURE_COUNT][FEATURE_COUNT] = {{0}};
    double slope[FEATURE_COUNT] = {0};

    for (uint32_t i = 0; i < samples->count; i++) {
        Evidence e;
        double p;

        if (!evidence_of(t, &samples->items[i], &e)) {
            continue;
        }
        p = evidence_weigh(t->speller, &e);
        for (int r = 0; r < FEATURE_COUNT; r++) {
            slope[r] += (p - samples->items[i].same) * e.values[r];
            for (int c = 0; c < FEATURE_COUNT; c++) {
                hessian[r][c] += p * (1 - p) * e.values[r] * e.values[c];
            }
        }
    }
    for (int r = 0; r < FEATURE_COUNT; r++) {
        hessian[r][r] += RIDGE;
        slope[r] += RIDGE * feature_weight(t->speller, (Feature)r);
    }
    solve(hessian, slope);
    for (int r = 0; r < FEATURE_BODY; r++) {
        feature_weight_set(t->speller, (Feature)r,
                           feature_weight(t->speller, (Feature)r) - slope[r]);
    }
}

static void learn_weights(Trainer *t) {
    Samples all = {0};

    for (uint32_t i = 0; i < t->single.count; i++) {
        push_sample(t, &all, t->single.items[i].a, t->single.items[i].b,
                    t->single.items[i].same);
    }
    for (uint32_t i = 0; i < t->full.count; i++) {
        push_sample(t, &all, t->full.items[i].a, t->full.items[i].b,
                    t->full.items[i].same);
    }
    for (int r = 0; r < FEATURE_BODY; r++) {
        feature_weight_set(t->speller, (Feature)r, 0);
    }
    for (int step = 0; step < NEWTON_STEPS; step++) {
        newton_step(t, &all);
    }
}

/* ------------------------------------------------------------------ writing */

/* Copy the comments and the header row of a table, to write rows after. */
static FILE *rewrite(const char *folder, const char *table) {
    char path[4096], *head = NULL, *line = NULL;
    size_t size = 0, room = 0;
    FILE *file, *kept = open_memstream(&head, &size);

    snprintf(path, sizeof path, "%s/%s", folder, table);
    file = fopen(path, "r");
    while (file && getline(&line, &room, file) >= 0) {
        fputs(line, kept);
        if (line[0] != '#') {
            break;
        }
    }
    fclose(kept);
    free(line);
    if (!file || !(file = freopen(path, "w", file))) {
        perror(path);
        exit(1);
    }
    fputs(head, file);
    free(head);
    return file;
}

/* A row of what has a cost of its own, learned or set. */
static void write_cost(const Trainer *t, FILE *file, uint8_t a, uint8_t b) {
    Str x = sound_name(t->speller, a), y = sound_name(t->speller, b);
    int cost = edit_cost(t->speller, a, b), start = (int)t->costs->start[a][b],
        other = a ? 100 : 90;
    char key[16];

    if (y.len == 0 || (a && x.len == 0) || (cost == other && start == other)) {
        return;
    }
    snprintf(key, sizeof key, "%.*s%s%.*s", (int)x.len, x.ptr, a ? " " : "",
             (int)y.len, y.ptr);
    fprintf(file, "%s\t%d\t%d\t%s\n", key, start, cost, key);
}

static void write_costs(const Trainer *t, const char *folder) {
    FILE *file = rewrite(folder, "sound-cost.tsv");

    /* The two that are not learned. */
    fputs("^\t50\t50\t^ Anna, Hanna\n~\t70\t70\t~ Anan, Anna\n", file);
    for (int a = 0; a < CODES; a++) {
        for (int b = a + 1; b < CODES; b++) {
            write_cost(t, file, (uint8_t)a, (uint8_t)b);
        }
    }
    fclose(file);
}

static void write_weights(const Trainer *t, const char *folder) {
    FILE *file = rewrite(folder, "name-weight.tsv");

    for (int i = 0; i < FEATURE_COUNT; i++) {
        fprintf(file, "%s\t%ld\t%s\n", feature_name((Feature)i),
                lround(1000 * feature_weight(t->speller, (Feature)i)),
                feature_name((Feature)i));
    }
    fclose(file);
}

static void train(void *context) {
    Trainer *t = context;

    read_groups(t, stdin);
    pair_groups(t);
    pair_houses(t);
    learn_costs(t);
    widen(t);
    invert(t);
    learn_weights(t);
}

int main(int argc, char **argv) {
    Trainer t = {.random = 1};
    Error err = {0};

    if (argc != 2) {
        fprintf(stderr, "usage: train-names LEXICON-FOLDER < groups.jsonl\n");
        return 2;
    }
    arena_init(&t.arena, 0);
    if (lexicon_open_in(NULL, &t.lexicon, &err) != OK ||
        !(t.speller = speller_new(t.lexicon)) ||
        arena_try(&t.arena, train, &t, &err) != OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    write_costs(&t, argv[1]);
    write_weights(&t, argv[1]);
    fprintf(stderr, "%u pairs of single names, %u of full names\n",
            t.single.count, t.full.count);
    speller_free(t.speller);
    lexicon_close(t.lexicon);
    arena_deinit(&t.arena);
    return 0;
}
