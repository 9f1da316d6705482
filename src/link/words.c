/* SPDX-License-Identifier: Apache-2.0 */
/* link/words.c - the words of a report, for comparing it with others.
 *
 * Room: link. A word here is a run of letters and digits, hashed in lower
 * case; all marks and spaces are nothing, so that "U.S.-led 'talks'" of one
 * outlet equals "US led talks" but for its first letters. Read from the text
 * as stored, so that new and old reports are cut alike. */
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "link/inside.h"

/* How one character counts. */
typedef enum Sign {
    SIGN_WORD,
    SIGN_GAP,
    SIGN_LINE,
    SIGN_OPEN,
    SIGN_CLOSE,
    SIGN_STRAIGHT
} Sign;

static Sign sign_of(uint32_t character) {
    if (character < 0x80) {
        return ascii_alnum((char)character) ? SIGN_WORD
               : character == '"'           ? SIGN_STRAIGHT
               : character == '\n'          ? SIGN_LINE
                                            : SIGN_GAP;
    }
    switch (character) {
    case 0x201C: /* left double quotation mark */
    case 0x201E: /* low double quotation mark */
    case 0x00AB: /* left guillemet */
        return SIGN_OPEN;
    case 0x201D: /* right double quotation mark */
    case 0x00BB: /* right guillemet */
        return SIGN_CLOSE;
    default:
        return utf8_is_letter(character) ? SIGN_WORD : SIGN_GAP;
    }
}

typedef struct Scan {
    Arena *arena;
    Str text;
    Words *out;
    uint32_t hash; /* of the word so far */
    size_t begin;  /* of the word so far; SIZE_MAX: none */
    bool quoted;
    bool line_prose; /* the line is running text of the reporter's own */
} Scan;

static void end_word(Scan *scan, size_t end) {
    Words *out = scan->out;

    if (scan->begin == SIZE_MAX) {
        return;
    }
    out->items = arena_grow(scan->arena, out->items, out->count, &out->capacity,
                            sizeof *out->items);
    out->items[out->count++] =
        (PlainWord){scan->hash, (uint32_t)scan->begin, (uint32_t)end,
                    scan->line_prose && !scan->quoted};
    scan->begin = SIZE_MAX;
}

/* FNV-1a, 32 bits: words are short, and five of them make a fingerprint. */
static uint32_t hash_character(uint32_t hash, uint32_t character) {
    do {
        hash = (hash ^ (character & 0xff)) * 16777619u;
        character >>= 8;
    } while (character);
    return hash;
}

static void add_character(Scan *scan, size_t at, uint32_t character) {
    if (scan->begin == SIZE_MAX) {
        scan->begin = at;
        scan->hash = 2166136261u;
    }
    character = character < 0x80
                    ? (uint32_t)(unsigned char)ascii_lower((char)character)
                    : utf8_lower(character);
    scan->hash = hash_character(scan->hash, character);
}

/* A straight mark opens when white space or nothing stands before it, so that
 * one that was left unclosed does not turn all marks after it around. */
static bool opens(Str text, size_t at) {
    return at == 0 || ascii_space(text.ptr[at - 1]) ||
           memchr("([-", text.ptr[at - 1], 3);
}

/* True if the line that begins at `begin` is a block quotation: the one before
 * it ends in a colon, or a signature follows it, as under a message that a
 * report shows: "Rain again.\n- Ann Hale". */
static bool is_block_quote(Str text, size_t begin, size_t next) {
    static const char *const dashes[] = {"\xE2\x80\x94", "\xE2\x80\x93", "- "};
    size_t before = begin;

    while (before > 0 && ascii_space(text.ptr[before - 1])) {
        before--;
    }
    if (before > 0 && before < begin && text.ptr[before - 1] == ':') {
        return true;
    }
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        if (str_starts(str_slice(text, next, text.len), str_of(dashes[i]))) {
            return true;
        }
    }
    return false;
}

/* True if a posted message stands in the line, with its writer's handle:
 * "Rain again - Ann Hale (@hale)". */
static bool is_message(Str line) {
    enum { LINE_MAX_BYTES = 1500 }; /* more is a report in one line */
    const char *at = line.ptr, *end = line.ptr + line.len;

    if (line.len > LINE_MAX_BYTES) {
        return false;
    }
    while (at < end && (at = memchr(at, '@', (size_t)(end - at)))) {
        if (at > line.ptr && at[-1] == '(') {
            return true;
        }
        at++;
    }
    return false;
}

/* True if the line is long, ends as a sentence does, or goes on in the next
 * one. What does not is a headline, a caption, a menu. */
static bool is_running(Str line, Str after) {
    enum { LOOSE_MAX = 60 }; /* bytes: some ten words */

    return line.len >= LOOSE_MAX ||
           (line.len > 0 &&
            memchr(".!?\"'):,", line.ptr[line.len - 1], 8) != NULL) ||
           str_ends(line, str_of("\xE2\x80\x9D")) ||
           str_ends(line, str_of("\xE2\x80\x99")) ||
           (after.len > 0 && after.ptr[0] >= 'a' && after.ptr[0] <= 'z');
}

/* What the line that begins at `begin` is. */
static bool is_prose_line(Str text, size_t begin) {
    const char *newline = begin < text.len
                              ? memchr(text.ptr + begin, '\n', text.len - begin)
                              : NULL;
    size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
    size_t next = end;
    Str line = str_trim(str_slice(text, begin, end));

    while (next < text.len && ascii_space(text.ptr[next])) {
        next++;
    }
    return is_running(line, str_slice(text, next, text.len)) &&
           !is_message(line) && !is_block_quote(text, begin, next);
}

/* Most of a text: a run of ASCII letters and digits; where it ends. In lower
 * case they all have bit 5 set. */
static size_t take_ascii(Scan *scan, size_t at, size_t end) {
    const char *text = scan->text.ptr;
    uint32_t hash;

    if (scan->begin == SIZE_MAX) {
        scan->begin = at;
        scan->hash = 2166136261u;
    }
    hash = scan->hash;
    while (at < end && ascii_alnum(text[at])) {
        hash = (hash ^ ((unsigned char)text[at++] | 0x20u)) * 16777619u;
    }
    scan->hash = hash;
    return at;
}

/* ASCII that parts words and says nothing else. */
static bool is_plain_gap(char c) {
    return (unsigned char)c < 0x80 && c != '"' && c != '\n' && !ascii_alnum(c);
}

static void take(Scan *scan, size_t at, uint32_t character) {
    Sign sign = sign_of(character);

    if (sign == SIGN_WORD) {
        add_character(scan, at, character);
        return;
    }
    end_word(scan, at);
    if (sign == SIGN_STRAIGHT) {
        scan->quoted = opens(scan->text, at);
    } else if (sign != SIGN_GAP) {
        /* A quotation that runs on opens anew in the next paragraph. */
        scan->quoted = sign == SIGN_OPEN;
    }
    if (sign == SIGN_LINE) {
        scan->line_prose = is_prose_line(scan->text, at + 1);
    }
}

/* Scan [begin,end) but for the spans of `without`, which are in order. */
static void scan_span(Scan *scan, Span span, const SpanList *without) {
    size_t at = span.begin;
    uint32_t skip = 0;

    scan->quoted = false;
    scan->line_prose = is_prose_line(scan->text, at);
    while (at < span.end) {
        size_t clear; /* no span to be left out before it */
        uint32_t len;

        while (without && skip < without->count &&
               without->items[skip].end <= at) {
            skip++;
        }
        clear = without && skip < without->count ? without->items[skip].begin
                                                 : span.end;
        if (clear <= at) {
            end_word(scan, at);
            at = without->items[skip].end;
            scan->quoted = false;
        } else if (ascii_alnum(scan->text.ptr[at])) {
            at = take_ascii(scan, at, clear < span.end ? clear : span.end);
        } else if (is_plain_gap(scan->text.ptr[at])) {
            end_word(scan, at++);
        } else {
            take(scan, at, utf8_at(scan->text, at, &len));
            at += len;
        }
    }
    end_word(scan, span.end);
}

/* Most words have five letters and a space. */
static size_t expected_words(const SpanList *body) {
    size_t bytes = 0;

    for (uint32_t i = 0; i < body->count; i++) {
        bytes += body->items[i].end - body->items[i].begin;
    }
    return bytes / 6 + 4;
}

void words_read(Arena *arena, Str text, const SpanList *body,
                const SpanList *without, Words *out) {
    Scan scan = {.arena = arena, .text = text, .out = out, .begin = SIZE_MAX};

    *out = (Words){0};
    out->items = arena_expect(arena, expected_words(body), &out->capacity,
                              sizeof *out->items);
    for (uint32_t i = 0; i < body->count; i++) {
        scan_span(&scan, body->items[i], without);
    }
}

uint64_t words_hash(Str text, uint32_t *count) {
    uint64_t hash = HASH_SEED;
    uint32_t words = 0;
    bool inside = false;

    for (size_t at = 0; at < text.len;) {
        uint32_t len, character = utf8_at(text, at, &len);
        bool is_word = sign_of(character) == SIGN_WORD;

        if (is_word) {
            words += !inside;
            character = utf8_lower(character);
        } else if (inside) {
            character = ' ';
        }
        if (is_word || inside) {
            hash = (hash ^ character) * UINT64_C(0x100000001b3);
        }
        inside = is_word;
        at += len;
    }
    if (count) {
        *count = words;
    }
    /* The space after the last word is hashed when a mark stands there. */
    return inside ? (hash ^ ' ') * UINT64_C(0x100000001b3) : hash;
}
