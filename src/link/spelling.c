/* SPDX-License-Identifier: Apache-2.0 */
/* link/spelling.c - are two names spellings of one name?
 *
 * Room: link. Names that come from Arabic, Cyrillic or Hebrew letters reach
 * English in many spellings: "Hamoudi", "Hammudi"; "Alexei", "Alexey". A word
 * is first written in a plainer form, in which letters that stand for one
 * sound are one ("kh", "gh", "sh" ...), and then compared by an edit distance
 * in which what romanisations confuse costs little:
 *
 *     hamoudi  -> hamudi
 *     hammudi  -> hamudi     no cost: 1.0
 *     alexei   -> aleksi
 *     alexey   -> aleksi     no cost: 1.0
 *     qadhafi  -> kaDafi
 *     gaddafi  -> gadafi     k/g .4, D/d .2: 1 - .6 / 6 = .9
 *
 * The parts of two names are then laid side by side. The costs are a first
 * hand-made setting; they are one table, so that a learnt one can take its
 * place. */
#include <math.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "link/inside.h"

enum { WORD_MAX = 48, PARTS_MAX = 12 };

/* Likeness at which two names are as likely one as not. */
static const double EVEN = .8;
/* The first sound is the one that spellings change least. */
static const double FIRST_DIFFERS = .5;

/* Sounds written with several letters, longest first. Upper case are sounds
 * that have no letter of their own. */
static const struct {
    const char *letters, *sound;
} sounds[] = {
    {"shch", "S"}, /* Shcherbakov */
    {"tsch", "C"}, /* Tschernow */
    {"sch", "S"},  /* Aschraf */
    {"tch", "C"},  /* Tchernov */
    {"ch", "C"},   /* Chernov */
    {"sh", "S"},   /* Ashraf */
    {"kh", "X"},   /* Khalil */
    {"gh", "G"},   /* Ghanem */
    {"th", "T"},   /* Thani */
    {"dh", "D"},   /* Qadhafi */
    {"zh", "J"},   /* Zhukov */
    {"dj", "J"},   /* Djamel */
    {"dz", "J"},   /* Dzhamal */
    {"ph", "f"},   /* Joseph */
    {"ck", "k"},   /* Beck */
    {"ts", "Z"},   /* Netsanyahu */
    {"tz", "Z"},   /* Katzir */
    {"ou", "u"},   /* Hamoudi */
    {"oo", "u"},   /* Mahmood */
    {"ee", "i"},   /* Saleem */
    {"ei", "i"},   /* Alexei */
    {"ey", "i"},   /* Alexey */
    {"ij", "i"},   /* Dmitrij */
    {"iy", "i"},   /* Dmitriy */
    {"yi", "i"},   /* Yahyia */
    {"ae", "e"},   /* Saeed */
    {"q", "k"},    /* Qasim */
    {"x", "ks"},   /* Alexei */
    {"y", "i"},    /* Maryam */
};

/* What replacing one sound by another costs, where it is less than 1. */
static const struct {
    char a, b;
    double cost;
} confusions[] = {
    {'S', 's', .5}, {'C', 'S', .4}, {'C', 'k', .6}, {'C', 'c', .4},
    {'X', 'k', .3}, {'X', 'h', .3}, {'X', 'G', .6}, {'X', 'C', .4},
    {'G', 'g', .2}, {'T', 't', .2}, {'T', 's', .5}, {'D', 'd', .2},
    {'D', 'z', .4}, {'D', 't', .6}, {'J', 'j', .2}, {'J', 'z', .5},
    {'J', 'g', .4}, {'j', 'i', .3}, {'j', 'g', .4}, {'k', 'g', .4},
    {'k', 'c', .2}, {'c', 's', .5}, {'v', 'w', .3}, {'v', 'f', .4},
    {'v', 'b', .5}, {'w', 'u', .3}, {'w', 'f', .6}, {'b', 'p', .6},
    {'d', 't', .6}, {'s', 'z', .3}, {'Z', 's', .4}, {'Z', 'z', .4},
    {'Z', 'c', .4}, {'h', 'g', .5}, {'w', 'o', .4},
};

static bool is_vowel(char c) {
    return c && memchr("aeiou", c, 5);
}

/* The plainer form of one word; the number of its sounds. */
static size_t read_sounds(Str word, char out[WORD_MAX]) {
    size_t len = 0;

    for (size_t at = 0; at < word.len && len + 2 < WORD_MAX;) {
        Str rest = str_slice(word, at, word.len), sound = str_slice(rest, 0, 1);
        size_t taken = 1;

        for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++) {
            if (str_starts(rest, str_of(sounds[i].letters))) {
                sound = str_of(sounds[i].sound);
                taken = strlen(sounds[i].letters);
                break;
            }
        }
        for (size_t i = 0; i < sound.len; i++) {
            if (len == 0 || out[len - 1] != sound.ptr[i]) {
                out[len++] = sound.ptr[i];
            }
        }
        at += taken;
    }
    if (len > 3 && out[len - 1] == 'h' && is_vowel(out[len - 2])) {
        len--; /* Hamzah, Hamza */
    }
    return len;
}

static double replace_cost(char a, char b) {
    if (a == b) {
        return 0;
    }
    if (is_vowel(a) && is_vowel(b)) {
        return .3;
    }
    for (size_t i = 0; i < sizeof confusions / sizeof *confusions; i++) {
        if ((confusions[i].a == a && confusions[i].b == b) ||
            (confusions[i].a == b && confusions[i].b == a)) {
            return confusions[i].cost;
        }
    }
    return 1;
}

/* Vowels are often not written in the original, "h" is often silent. */
static double drop_cost(char c) {
    return is_vowel(c) ? .5 : c == 'h' ? .5 : c == 'w' ? .6 : .9;
}

static double least(double a, double b) {
    return a < b ? a : b;
}

/* 1 - weighted edit distance / the longer length. */
double part_same(Str a, Str b) {
    char x[WORD_MAX], y[WORD_MAX];
    double row[WORD_MAX + 1];
    size_t n = read_sounds(a, x), m = read_sounds(b, y);

    if (n == 0 || m == 0) {
        return n == m;
    }
    row[0] = 0;
    for (size_t j = 1; j <= m; j++) {
        row[j] = row[j - 1] + drop_cost(y[j - 1]);
    }
    for (size_t i = 1; i <= n; i++) {
        double diagonal = row[0];

        row[0] += drop_cost(x[i - 1]);
        for (size_t j = 1; j <= m; j++) {
            double best = diagonal + replace_cost(x[i - 1], y[j - 1]);

            best = least(best, row[j] + drop_cost(x[i - 1]));
            best = least(best, row[j - 1] + drop_cost(y[j - 1]));
            diagonal = row[j];
            row[j] = best;
        }
    }
    if (replace_cost(x[0], y[0]) >= 1) {
        row[m] += FIRST_DIFFERS;
    }
    return 1 - least(row[m] / (double)(n > m ? n : m), 1);
}

/* ------------------------------------------------------------------- parts */

static bool is_class(const Lexicon *lexicon, Str word, const char *class) {
    LexRow row = lexicon_find(lexicon, LEX_NAME_PARTICLE, word);

    return row.lexicon && lex_is(row, LEX_NAME_PARTICLE_CLASS, class);
}

/* An article that is written in one with the name: "alkhalil". Only before
 * four letters and more, so that "alan" keeps its own. */
Str without_article(const Lexicon *lexicon, Str word) {
    if (word.len >= 6 && is_class(lexicon, str_slice(word, 0, 2), "article") &&
        (word.ptr[0] == 'a' || word.ptr[0] == 'e') && word.ptr[1] == 'l') {
        return str_slice(word, 2, word.len);
    }
    return word;
}

static bool in_name(char c) {
    return ascii_alnum(c) || (unsigned char)c >= 0x80;
}

StrList name_parts(Arena *arena, const Lexicon *lexicon, Str name) {
    Str plain = utf8_plain(arena, name);
    StrList parts = {0};
    size_t begin = 0;

    for (size_t at = 0; at <= plain.len; at++) {
        /* An apostrophe inside a word is a letter of the original, left out. */
        bool apostrophe = at < plain.len && plain.ptr[at] == '\'';

        if (at < plain.len && (in_name(plain.ptr[at]) || apostrophe)) {
            continue;
        }
        if (at > begin && parts.count < PARTS_MAX) {
            Str word = str_slice(plain, begin, at);

            if (!is_class(lexicon, word, "article") &&
                !is_class(lexicon, word, "suffix")) {
                str_push(arena, &parts, word);
            }
        }
        begin = at + 1;
    }
    return parts;
}

/* ----------------------------------------------------------------- persons */

/* How alike two parts are: as they stand and without a joined article; an
 * initial is like any name that begins with it, but tells less. */
static double person_part_same(const Lexicon *lexicon, Str a, Str b) {
    double same = part_same(a, b);

    if (a.len == 1 || b.len == 1) {
        return a.ptr[0] == b.ptr[0] ? (a.len == b.len ? 1 : .85) : 0;
    }
    if (a.len != b.len) {
        double bare =
            part_same(without_article(lexicon, a), without_article(lexicon, b));

        same = bare > same ? bare : same;
    }
    return same;
}

static double probability(double alike) {
    return 1 / (1 + exp(-22 * (alike - EVEN)));
}

/* Lay the parts of the shorter name into those of the longer, in order; the
 * last parts belong together. The mean likeness, less a little for each part
 * of the longer that is left over. */
static double lay(const Lexicon *lexicon, const StrList *less,
                  const StrList *more) {
    double sum = person_part_same(lexicon, less->items[less->count - 1],
                                  more->items[more->count - 1]);
    double worst = sum;
    uint32_t from = 0;

    for (uint32_t i = 0; i + 1 < less->count; i++) {
        uint32_t last = more->count - (less->count - i), at = from;
        double best = 0;

        for (uint32_t k = from; k <= last; k++) {
            double same =
                person_part_same(lexicon, less->items[i], more->items[k]);

            if (same > best) {
                best = same;
                at = k;
            }
        }
        sum += best;
        worst = best < worst ? best : worst;
        from = at + 1;
    }
    sum /= less->count;
    /* One part that differs tells two people apart, though the rest agrees. */
    return (sum + worst) / 2 - .03 * (more->count - less->count);
}

double person_same(Arena *arena, const Lexicon *lexicon, Str a, Str b) {
    StrList x = name_parts(arena, lexicon, a),
            y = name_parts(arena, lexicon, b);
    const StrList *less = x.count <= y.count ? &x : &y,
                  *more = less == &x ? &y : &x;
    double same;

    if (less->count == 0) {
        return 0;
    }
    same = probability(lay(lexicon, less, more));
    /* A surname alone may be anybody's of that name. */
    return less->count == 1 && more->count > 1 ? same * .6 : same;
}

/* ----------------------------------------------------------- organisations */

static bool is_small(const Lexicon *lexicon, Str word) {
    return word.len <= 3 && lexicon_has(lexicon, LEX_FUNCTION_WORD, word);
}

static StrList organisation_words(Arena *arena, const Lexicon *lexicon,
                                  Str name) {
    StrList all = name_parts(arena, lexicon, name), kept = {0};

    for (uint32_t i = 0; i < all.count; i++) {
        if (!is_small(lexicon, all.items[i])) {
            str_push(arena, &kept, all.items[i]);
        }
    }
    return kept;
}

/* "UN" and "United Nations". */
static bool is_acronym(const StrList *acronym, const StrList *words) {
    Str letters;

    if (acronym->count != 1 || words->count < 2) {
        return false;
    }
    letters = acronym->items[0];
    if (letters.len != words->count) {
        return false;
    }
    for (uint32_t i = 0; i < words->count; i++) {
        if (words->items[i].ptr[0] != letters.ptr[i]) {
            return false;
        }
    }
    return true;
}

/* The share of words that have a like one in the other name. */
static double overlap(const StrList *a, const StrList *b) {
    double sum = 0;

    for (uint32_t i = 0; i < a->count; i++) {
        double best = 0;

        for (uint32_t k = 0; k < b->count; k++) {
            double same = part_same(a->items[i], b->items[k]);

            best = same > best ? same : best;
        }
        sum += best > .6 ? best : 0;
    }
    return sum / a->count;
}

double organisation_same(Arena *arena, const Lexicon *lexicon, Str a, Str b) {
    StrList x = organisation_words(arena, lexicon, a),
            y = organisation_words(arena, lexicon, b);

    if (x.count == 0 || y.count == 0) {
        return 0;
    }
    if (is_acronym(&x, &y) || is_acronym(&y, &x)) {
        return .8;
    }
    return probability((overlap(&x, &y) + overlap(&y, &x)) / 2);
}

double same_name(Arena *arena, const Lexicon *lexicon, Str a, Str b,
                 EntityType type) {
    return type == ENTITY_PER ? person_same(arena, lexicon, a, b)
                              : organisation_same(arena, lexicon, a, b);
}
