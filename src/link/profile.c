/* SPDX-License-Identifier: Apache-2.0 */
/* link/profile.c - see profile.h.
 *
 *     "Dyke breaks at Tarn, Helen Orr says"
 *      ->  dyke 1  tarn 1.5  helen 1.5  orr 1.5  (helen orr) 1
 *
 * times rarity, times 1 + ln of how often it stands, where a title counts
 * four, the lead and the words of the address two (tf-idf). */
#include "link/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/map.h"
#include "base/utf8.h"
#include "find/calendar.h"

enum {
    TEXT_BYTES = 3000, /* of the body that are read */
    LEAD_BYTES = 300,  /* of them the lead */
    SLUG_WORDS = 3,    /* fewer words in a part of an address are no title */
    WORD_BYTES = 48,   /* of a word that are looked at */
    WEIGHT_BITS = 15,
    TERM_BITS = WEIGHT_BITS + 1, /* weight, and whether the term is lasting */
    WEIGHT_MAX = (1 << WEIGHT_BITS) - 1,
    TITLE_COUNT = 4,
    LEAD_COUNT = 2,
    SLUG_COUNT = 2,
};

static const double NAME_WEIGHT = 1.5, PAIR_WEIGHT = 1;
/* A word of no known rate stands in fewer reports than the table's least. */
static const double RATE_LEAST = 1. / 3000, RATE_ONE = 10000;
/* Words that are no rarer say nothing: "the", "year". */
static const double RARITY_MIN = .25;
/* A word is a name when so much of what stands of it has a capital. */
static const double NAME_SHARE = .6;
/* Within DAYS_GRACE days of one another two reports are the more likely of one
 * happening; then that fades. No date is no evidence for it. */
static const double NEAR_MOST = .1, NEAR_LEAST = .03, NEAR_UNKNOWN = -.1,
                    DAYS_GRACE = 4, DAYS_FADE = 120, NEAR_FULL = .05,
                    DAYS_OTHER = 1200;
/* What names of lasting actors count: after some weeks, and between reports
 * of which one has no date. */
static const double LASTING_LEAST = .15, LASTING_UNKNOWN = .6,
                    LASTING_FADE = 10;

/* A term as it is counted. */
typedef struct Tally {
    Term term;
    double count;            /* as often as it stands, where it counts more */
    double rarity;           /* 0 to 1 */
    uint32_t seen, capitals; /* in running text; and of them, with a capital */
} Tally;

typedef struct Reading {
    Arena *arena;
    const Lexicon *lexicon;
    Map index;    /* hash -> tally */
    Map lasting;  /* hashes of the words of actors' names */
    Tally *items; /* arena */
    uint32_t count, capacity;
    bool running;  /* text in which a capital means something */
    uint32_t name; /* tally of the word before, if it has a capital, + 1 */
} Reading;

/* ------------------------------------------------------------------- words */

/* The folded word without a plural ending, in `out`. */
static Str shorten(Arena *arena, Str word, char out[WORD_BYTES]) {
    size_t len = 0;

    for (size_t i = 0; i < word.len && len < WORD_BYTES; i++) {
        if ((unsigned char)word.ptr[i] >= 0x80) {
            Str plain = utf8_plain(arena, word);

            len = plain.len < WORD_BYTES ? plain.len : WORD_BYTES;
            memcpy(out, plain.ptr, len);
            break;
        }
        out[len++] = ascii_lower(word.ptr[i]);
    }
    if (len > 3 && out[len - 1] == 's' && out[len - 2] != 's') {
        len--;
    }
    return (Str){out, len};
}

/* 1 for a word that hardly any report has, towards 0 for one of all. */
static double rarity(const Lexicon *lexicon, uint64_t hash) {
    const LexWord *word = lexicon_word(lexicon, hash);
    double rate = 0;

    if (word && word->keys >> LEX_WORD_RATE & 1) {
        LexRow row = lexicon_row(lexicon, LEX_WORD_RATE, word);

        rate = (double)lex_number(row, LEX_WORD_RATE_RATE, 0) / RATE_ONE;
    }
    return log(fmin(rate + RATE_LEAST, 1)) / log(RATE_LEAST);
}

/* The 48 bits of a hash that depend on all of it. */
static uint64_t mix(uint64_t hash) {
    return (hash * UINT64_C(0x9E3779B97F4A7C15)) >> TERM_BITS;
}

/* The end of the run of letters and digits that begins at `at`. */
static size_t word_end(Str text, size_t at) {
    uint32_t len;

    while (at < text.len && (ascii_alnum(text.ptr[at]) ||
                             ((unsigned char)text.ptr[at] >= 0x80 &&
                              utf8_is_letter(utf8_at(text, at, &len))))) {
        at += (unsigned char)text.ptr[at] < 0x80 ? 1 : len;
    }
    return at;
}

/* Past an apostrophe and one or two letters at `at`, as in "Orr's"; else `at`.
 */
static size_t skip_clitic(Str text, size_t at) {
    static const char curly[] = "\xE2\x80\x99";
    size_t begin = at, end;

    if (at < text.len && text.ptr[at] == '\'') {
        begin++;
    } else if (str_starts(str_slice(text, at, text.len), str_of(curly))) {
        begin += sizeof curly - 1;
    } else {
        return at;
    }
    end = word_end(text, begin);
    return end > begin && end - begin <= 2 ? end : at;
}

bool term_next(Arena *arena, const Lexicon *lexicon, Str text, size_t *at,
               TermWord *out) {
    char bytes[WORD_BYTES];
    uint32_t len;

    while (*at < text.len) {
        size_t end = word_end(text, *at);
        Str word = str_slice(text, *at, end);

        if (word.len == 0) {
            utf8_at(text, *at, &len);
            *at += len;
            continue;
        }
        *at = skip_clitic(text, end);
        if (word.len > 1) {
            uint64_t hash = hash_str(shorten(arena, word, bytes));

            out->capital = utf8_is_upper(utf8_at(word, 0, &len));
            out->hash = mix(hash);
            out->rarity = rarity(lexicon, hash);
            out->word = word;
            return true;
        }
    }
    return false;
}

bool term_counts(const TermWord *word) {
    return word->rarity >= RARITY_MIN;
}

/* ----------------------------------------------------------------- counting */

static Tally *tally(Reading *reading, uint64_t hash, bool *is_new) {
    uint32_t *at = map_put(&reading->index, hash, reading->count, is_new);

    if (*is_new) {
        reading->items =
            arena_grow(reading->arena, reading->items, reading->count,
                       &reading->capacity, sizeof *reading->items);
        reading->items[reading->count++] = (Tally){.term.hash = hash};
    }
    return &reading->items[*at];
}

static void add_pair(Reading *reading, uint32_t second, uint32_t count) {
    Tally first = reading->items[reading->name - 1];
    Tally last = reading->items[second];
    bool is_new;
    Tally *pair =
        tally(reading, mix(first.term.hash + 3 * last.term.hash + 1), &is_new);

    if (is_new) {
        pair->term.word = first.term.word;
        pair->term.next = last.term.word;
        pair->term.lasting = first.term.lasting && last.term.lasting;
        pair->rarity = (first.rarity + last.rarity) / 2;
    }
    pair->count += count;
}

static void add_word(Reading *reading, const TermWord *word, uint32_t count) {
    bool is_new;
    Tally *own = tally(reading, word->hash, &is_new);
    uint32_t at = (uint32_t)(own - reading->items);

    if (is_new) {
        own->term.word = word->word;
        own->term.lasting = map_find(&reading->lasting, word->hash) != NULL;
        own->rarity = word->rarity;
    }
    own->count += count;
    own->seen += reading->running;
    own->capitals += reading->running && word->capital;
    if (reading->name && reading->name != at + 1 && word->capital &&
        reading->running) {
        add_pair(reading, at, count);
    }
    reading->name = word->capital ? at + 1 : 0;
}

/* Count the words of a text: those before byte `lead` as `lead_count`. */
static void add_text(Reading *reading, Str text, size_t lead,
                     uint32_t lead_count, uint32_t count) {
    TermWord word;

    reading->name = 0;
    for (size_t at = 0;
         term_next(reading->arena, reading->lexicon, text, &at, &word);) {
        size_t begin = (size_t)(word.word.ptr - text.ptr);

        if (term_counts(&word)) {
            add_word(reading, &word, begin < lead ? lead_count : count);
        } else {
            reading->name = 0;
        }
    }
}

/* ----------------------------------------------------------- what is read */

/* The first bytes of the body, cut where a character ends. */
static void add_body(Reading *reading, Str text, const SpanList *body) {
    size_t left = TEXT_BYTES, lead = LEAD_BYTES;

    for (uint32_t i = 0; i < body->count && left > 0; i++) {
        Str piece = str_at(text, body->items[i]);

        if (piece.len > left) {
            while (left > 0 &&
                   ((unsigned char)piece.ptr[left] & 0xC0) == 0x80) {
                left--;
            }
            piece = str_slice(piece, 0, left);
        }
        add_text(reading, piece, lead, LEAD_COUNT, 1);
        left -= piece.len;
        lead -= piece.len < lead ? piece.len : lead;
    }
}

/* True if capitals stand where a title in running text would have them. */
static bool is_running(Str title) {
    uint32_t words = 0, capitals = 0, len;

    for (size_t at = 0; at < title.len;) {
        size_t end = word_end(title, at);

        words += end > at;
        capitals += end > at && utf8_is_upper(utf8_at(title, at, &len));
        at = end > at ? end : at + 1;
    }
    return capitals * 5 <= words * 3;
}

static uint32_t count_words(Str text) {
    uint32_t words = 0;

    for (size_t at = 0; at < text.len;) {
        size_t end = word_end(text, at);

        words += end > at + 1 && !ascii_digit(text.ptr[at]);
        at = end > at ? end : at + 1;
    }
    return words;
}

/* The part of an address that has most words, a title mostly:
 * "/2031/03/01/dyke-breaks-at-tarn.html". */
static Str slug_of(Str url) {
    size_t at = str_find(url, str_of("://"), 0), end;
    Str best = {0};
    uint32_t most = SLUG_WORDS - 1;

    url.len = str_find(url, str_of("?"), 0);
    url.len = str_find(url, str_of("#"), 0);
    at = str_find(url, str_of("/"), at < url.len ? at + 3 : 0);
    for (; at < url.len; at = end) {
        Str part;
        uint32_t words;

        end = str_find(url, str_of("/"), at + 1);
        part = str_slice(url, at, end);
        words = count_words(part);
        if (words > most) {
            most = words;
            best = part;
        }
    }
    return best;
}

static void add_actors(Reading *reading, const StrList *actors) {
    TermWord word;
    bool is_new;

    for (uint32_t i = 0; i < actors->count; i++) {
        for (size_t at = 0; term_next(reading->arena, reading->lexicon,
                                      actors->items[i], &at, &word);) {
            map_put(&reading->lasting, word.hash, 1, &is_new);
        }
    }
}

static void weigh(Tally *tally) {
    bool is_pair = tally->term.next.len > 0;
    bool is_name = !is_pair && tally->seen &&
                   tally->capitals > NAME_SHARE * (double)tally->seen;

    tally->term.weight = tally->count == 0
                             ? 0
                             : (1 + log(tally->count)) * tally->rarity *
                                   (is_pair   ? PAIR_WEIGHT
                                    : is_name ? NAME_WEIGHT
                                              : 1);
}

static int by_weight(const void *x, const void *y) {
    const Term *a = x, *b = y;

    if (a->weight != b->weight) {
        return a->weight < b->weight ? 1 : -1;
    }
    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* The strongest terms as a vector of length 1. */
static uint32_t strongest(const Reading *reading, Term **out) {
    Term *terms =
        arena_alloc(reading->arena, (size_t)reading->count * sizeof *terms + 1);
    uint32_t count = 0;
    double square = 0;

    for (uint32_t i = 0; i < reading->count; i++) {
        weigh(&reading->items[i]);
        terms[count] = reading->items[i].term;
        count += terms[count].weight > 0;
    }
    qsort(terms, count, sizeof *terms, by_weight);
    count = count < PROFILE_TERMS ? count : PROFILE_TERMS;
    for (uint32_t i = 0; i < count; i++) {
        square += terms[i].weight * terms[i].weight;
    }
    for (uint32_t i = 0; i < count; i++) {
        terms[i].weight /= sqrt(square);
    }
    *out = terms;
    return count;
}

uint32_t profile_terms(Arena *arena, const Lexicon *lexicon,
                       const ProfileSource *source, Term **out) {
    Reading reading = {.arena = arena, .lexicon = lexicon};

    map_init(&reading.index, arena, 512);
    map_init(&reading.lasting, arena, 64);
    add_actors(&reading, &source->actors);
    reading.running = is_running(source->title);
    add_text(&reading, source->title, 0, 0, TITLE_COUNT);
    reading.running = true;
    add_body(&reading, source->text, source->body);
    reading.running = false;
    add_text(&reading, slug_of(source->url), 0, 0, SLUG_COUNT);
    return strongest(&reading, out);
}

/* ------------------------------------------------------------------ vectors */

static int by_number(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

    return (a > b) - (a < b);
}

void profile_of(const Term *terms, uint32_t count, int32_t day, Profile *out) {
    *out = (Profile){.count = count, .day = day};
    for (uint32_t i = 0; i < count; i++) {
        uint64_t weight = (uint64_t)(terms[i].weight * WEIGHT_MAX + .5);

        out->terms[i] =
            terms[i].hash << TERM_BITS | weight << 1 | terms[i].lasting;
    }
    qsort(out->terms, count, sizeof *out->terms, by_number);
}

int32_t profile_day(Str date) {
    Day day;

    return day_read(date, &day) ? (int32_t)day_number(day) : PROFILE_NO_DAY;
}

static uint64_t weight_of(uint64_t term) {
    return term >> 1 & WEIGHT_MAX;
}

void profile_share(ProfileShare *share, uint64_t x, uint64_t y) {
    share->products[(x | y) & 1] += weight_of(x) * weight_of(y);
}

static ProfileShare shared(const Profile *a, const Profile *b) {
    ProfileShare share = {{0, 0}};

    for (uint32_t i = 0, k = 0; i < a->count && k < b->count;) {
        uint64_t x = profile_hash(a, i), y = profile_hash(b, k);

        if (x == y) {
            profile_share(&share, a->terms[i], b->terms[k]);
        }
        i += x <= y;
        k += y <= x;
    }
    return share;
}

static double cosine(uint64_t products) {
    return (double)products / WEIGHT_MAX / WEIGHT_MAX;
}

double profile_like(const Profile *a, const Profile *b) {
    ProfileShare share = shared(a, b);

    return cosine(share.products[0] + share.products[1]);
}

/* Where nothing is shared, no date makes two reports like; and what is told
 * again after years is another happening, as on an anniversary. */
double profile_same_given(const ProfileShare *share, const Profile *a,
                          const Profile *b) {
    double near = NEAR_UNKNOWN, lasting = LASTING_UNKNOWN, years = 0, like;

    if (a->day != PROFILE_NO_DAY && b->day != PROFILE_NO_DAY) {
        double days = fmax(fabs((double)a->day - b->day) - DAYS_GRACE, 0);

        near = NEAR_LEAST + (NEAR_MOST - NEAR_LEAST) * exp(-days / DAYS_FADE);
        lasting =
            LASTING_LEAST + (1 - LASTING_LEAST) * exp(-days / LASTING_FADE);
        years = days / DAYS_OTHER;
    }
    like = cosine(share->products[0]) + lasting * cosine(share->products[1]);
    like *= exp(-years * years * years * years);
    return like + near * fmin(1, like / NEAR_FULL);
}

double profile_same(const Profile *a, const Profile *b) {
    ProfileShare share = shared(a, b);

    return profile_same_given(&share, a, b);
}

uint64_t profile_hash(const Profile *profile, uint32_t i) {
    return profile->terms[i] >> TERM_BITS;
}

double profile_weight(const Profile *profile, uint32_t i) {
    return (double)weight_of(profile->terms[i]) / WEIGHT_MAX;
}

Str profile_pack(Arena *arena, const Profile *profile) {
    char *bytes = arena_alloc(arena, (size_t)profile->count * 8 + 1);

    for (size_t i = 0; i < (size_t)profile->count * 8; i++) {
        bytes[i] = (char)(profile->terms[i / 8] >> i % 8 * 8);
    }
    return (Str){bytes, (size_t)profile->count * 8};
}

void profile_unpack(Str bytes, int32_t day, Profile *out) {
    uint32_t count = (uint32_t)(bytes.len / 8);

    out->day = day;
    out->count = count < PROFILE_TERMS ? count : PROFILE_TERMS;
    for (uint32_t i = 0; i < out->count; i++) {
        const unsigned char *b = (const unsigned char *)bytes.ptr + 8 * i;

        /* Compilers make one load of it. */
        out->terms[i] = (uint64_t)b[0] | (uint64_t)b[1] << 8 |
                        (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
                        (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 |
                        (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
    }
}
