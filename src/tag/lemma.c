/* SPDX-License-Identifier: Apache-2.0 */
/* tag/lemma.c - see lemma.h. Two trees of endings decide, each read from the
 * word's end, the longest ending that has a rule winning, and the whole word
 * ("^") before any ending:
 *
 *     edits, for each part of speech         VBD    -ed: cut 2
 *       how many bytes of the folded           |    -shed: cut 2
 *       form are cut off, what is put          |    -ied: cut 3, put "y"
 *       there                                  |    ^went: cut 4, put "go"
 *     cases, for each and each shape         NNS/S  root: small letters
 *       how the lemma is written               |    -ians: as the form
 *
 * Both lie in one hash table: a node's key is the FNV-1a hash of the tree's
 * name and the ending's bytes, last byte first, so that a walk is a running
 * hash and needs no pointers. The file, little-endian:
 *
 *     Header | Slot[slots] | Rule[rules] | strings
 *
 * Method: edit scripts by ending, as in G. Chrupala, Simple Data-Driven
 * Context-Sensitive Lemmatization (2006), in a decision list. */
#include "tag/lemma.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/data.h"
#include "base/file.h"
#include "base/utf8.h"

enum {
    LEMMAS_FORMAT = 1,
    FORM_MAX = 64, /* bytes; what is longer is its own lemma */
};
static const char magic[8] = "DATELEM";
static const char file_name[] = "en.lemmas";

/* How a word is written: a tree of cases each. */
typedef enum Shape {
    SHAPE_SMALL,
    SHAPE_CAPITAL,
    SHAPE_START, /* a capital, first in its sentence */
    SHAPE_ALL_CAPS,
    SHAPE_COUNT
} Shape;
static const char shape_names[SHAPE_COUNT] = "lCSA";

typedef enum Case {
    CASE_LOWER,
    CASE_KEEP, /* as the form is written */
    CASE_TITLE,
    CASE_UPPER,
    CASE_COUNT
} Case;

typedef struct Header {
    char magic[8];
    uint32_t format, size;
    uint64_t checksum; /* FNV-1a of all after the header */
    uint32_t slots, rules, strings, padding;
} Header;

typedef struct Slot {
    uint32_t check;   /* upper half of the key; 0: a free slot */
    uint16_t rule;    /* 1 + index of a Rule, or 1 + Case; 0: none */
    uint16_t goes_on; /* a longer ending has a node */
} Slot;

typedef struct Rule {
    uint32_t at; /* in strings */
    uint8_t len;
    uint8_t cut;
    uint8_t whole; /* the string is the lemma, capitals and all */
    uint8_t padding;
} Rule;

struct Lemmas {
    FileMap file;
    const Slot *slots; /* all below point into the mapping */
    const Rule *rules;
    const char *strings;
    uint32_t mask, rule_count;
    uint64_t edits[XPOS_COUNT]; /* keys of the trees' roots */
    uint64_t cases[XPOS_COUNT][SHAPE_COUNT];
};

static_assert(sizeof(Header) == 40 && sizeof(Slot) == 8 && sizeof(Rule) == 8,
              "the layout that train/lemma.py writes");

/* ---------------------------------------------------------------- the file */

static const char *header_fault(Str file) {
    const Header *header = (const void *)file.ptr;

    if (file.len < sizeof *header || memcmp(header->magic, magic, 8) != 0) {
        return "is no file of lemmas";
    }
    if (header->format != LEMMAS_FORMAT) {
        return "was made for another version of the program";
    }
    if (header->size != file.len || header->slots == 0 ||
        (header->slots & (header->slots - 1)) != 0 ||
        sizeof *header + (size_t)header->slots * sizeof(Slot) +
                (size_t)header->rules * sizeof(Rule) + header->strings !=
            file.len) {
        return "is cut off or damaged";
    }
    if (hash_str(str_slice(file, sizeof *header, file.len)) !=
        header->checksum) {
        return "is damaged: its checksum does not match";
    }
    return NULL;
}

static bool slots_in_bounds(const Lemmas *lemmas) {
    bool has_free_slot = false; /* where a search for no node ends */

    for (uint32_t i = 0; i <= lemmas->mask; i++) {
        has_free_slot |= lemmas->slots[i].check == 0;
        if (lemmas->slots[i].rule > lemmas->rule_count) {
            return false;
        }
    }
    return has_free_slot && lemmas->rule_count >= CASE_COUNT;
}

static bool rules_in_bounds(const Lemmas *lemmas, uint32_t strings) {
    for (uint32_t i = 0; i < lemmas->rule_count; i++) {
        const Rule *rule = &lemmas->rules[i];
        Str put = {lemmas->strings + rule->at, rule->len};
        if ((uint64_t)rule->at + rule->len > strings ||
            utf8_invalid(put) != put.len) {
            return false;
        }
    }
    return true;
}

static void name_roots(Lemmas *lemmas) {
    for (Xpos i = 0; i < XPOS_COUNT; i++) {
        lemmas->edits[i] =
            hash_more(hash_str(str_of(xpos_name(i))), (Str){":", 1});
        for (Shape shape = 0; shape < SHAPE_COUNT; shape++) {
            char name[] = {shape_names[shape], ':'};
            lemmas->cases[i][shape] =
                hash_more(lemmas->edits[i], (Str){name, 2});
        }
    }
}

static const char *locate(Lemmas *lemmas) {
    const Header *header = (const void *)lemmas->file.bytes.ptr;
    const char *fault = header_fault(lemmas->file.bytes);

    if (fault) {
        return fault;
    }
    lemmas->slots = (const void *)(header + 1);
    lemmas->rules = (const void *)(lemmas->slots + header->slots);
    lemmas->strings = (const void *)(lemmas->rules + header->rules);
    lemmas->mask = header->slots - 1;
    lemmas->rule_count = header->rules;
    name_roots(lemmas);
    return slots_in_bounds(lemmas) && rules_in_bounds(lemmas, header->strings)
               ? NULL
               : "is damaged: an offset points outside";
}

Status lemmas_open(const char *path, Lemmas **out, Error *err) {
    Lemmas *lemmas = calloc(1, sizeof *lemmas);
    const char *fault;
    Status status;

    if (!lemmas) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    status = file_map(path, &lemmas->file, err);
    if (status != OK) {
        free(lemmas);
        return status;
    }
    fault = locate(lemmas);
    if (fault) {
        lemmas_close(lemmas);
        return fail(err, ERR_DATA, "%s: %s", path, fault);
    }
    *out = lemmas;
    return OK;
}

Status lemmas_open_in(const char *folder, Lemmas **out, Error *err) {
    Status status;
    Buf path;

    buf_init(&path, 0);
    status = data_find_in(folder, file_name, &path, err);
    if (status == OK) {
        status = lemmas_open(path.ptr, out, err);
    }
    buf_deinit(&path);
    return status;
}

void lemmas_close(Lemmas *lemmas) {
    if (lemmas) {
        file_unmap(&lemmas->file);
        free(lemmas);
    }
}

/* --------------------------------------------------------------- the trees */

static uint64_t step(uint64_t hash, char byte) {
    return (hash ^ (unsigned char)byte) * UINT64_C(0x100000001b3);
}

static const Slot *find_node(const Lemmas *lemmas, uint64_t key) {
    uint32_t check = (uint32_t)(key >> 32);

    check += check == 0;
    for (uint64_t at = key;; at++) {
        const Slot *slot = &lemmas->slots[at & lemmas->mask];
        if (slot->check == check) {
            return slot;
        }
        if (slot->check == 0) {
            return NULL;
        }
    }
}

/* The rule for a folded word in the tree with this root: its `rule`, or 0. */
static uint32_t find_rule(const Lemmas *lemmas, uint64_t root, Str folded) {
    const Slot *node = find_node(lemmas, root);
    uint32_t rule = node ? node->rule : 0;
    uint64_t key = root;

    for (size_t i = folded.len; i-- > 0;) {
        key = step(key, folded.ptr[i]);
        node = node && node->goes_on ? find_node(lemmas, key) : NULL;
        rule = node && node->rule ? node->rule : rule;
    }
    node = find_node(lemmas, step(key, '^'));
    return node && node->rule ? node->rule : rule;
}

/* ----------------------------------------------------------------- a lemma */

static Shape shape_of(const Token *token) {
    if (token->flags & TOKEN_ALL_CAPS) {
        return SHAPE_ALL_CAPS;
    }
    if (!(token->flags & TOKEN_CAPITAL)) {
        return SHAPE_SMALL;
    }
    return token->flags & TOKEN_SENTENCE_START ? SHAPE_START : SHAPE_CAPITAL;
}

/* "70,000", but not "7,5". */
static bool is_figure_comma(Str form, size_t at) {
    return form.ptr[at] == ',' && at > 0 && at + 3 < form.len &&
           ascii_digit(form.ptr[at - 1]) && ascii_digit(form.ptr[at + 1]) &&
           ascii_digit(form.ptr[at + 2]) && ascii_digit(form.ptr[at + 3]);
}

/* `form` folded, figures without their commas: itself, or in `room`, or, with
 * letters beyond ASCII, in the arena. */
static Str fold(Arena *arena, Str form, char room[FORM_MAX]) {
    bool changed = false;
    size_t len = 0;

    for (size_t i = 0; i < form.len; i++) {
        if ((unsigned char)form.ptr[i] >= 0x80) {
            return utf8_fold(arena, form);
        }
        if (is_figure_comma(form, i)) {
            changed = true;
            continue;
        }
        room[len++] = ascii_lower(form.ptr[i]);
        changed |= room[len - 1] != form.ptr[i];
    }
    return changed ? (Str){room, len} : form;
}

/* `base` without its last `cut` bytes, nor half a character. */
static Str cut_off(Str base, size_t cut) {
    size_t len = base.len - cut;

    while (len > 0 && len < base.len && (base.ptr[len] & 0xC0) == 0x80) {
        len--;
    }
    return str_slice(base, 0, len);
}

/* A lemma in the arena: what was kept, what is put there, and its case. */
static Str join(Arena *arena, Str kept, Str put, Case written) {
    char *lemma = arena_alloc(arena, kept.len + put.len + 1);
    size_t capitals;

    memcpy(lemma, kept.ptr, kept.len);
    memcpy(lemma + kept.len, put.ptr, put.len);
    capitals = written == CASE_UPPER   ? kept.len + put.len
               : written == CASE_TITLE ? kept.len + put.len > 0
                                       : 0;
    for (size_t i = 0; i < capitals; i++) {
        lemma[i] = lemma[i] >= 'a' && lemma[i] <= 'z'
                       ? (char)(lemma[i] - ('a' - 'A'))
                       : lemma[i];
    }
    return (Str){lemma, kept.len + put.len};
}

static Str lemma_of(Arena *arena, const Lemmas *lemmas, Str form, Shape shape,
                    Xpos xpos) {
    static const Rule as_it_is = {0};
    char room[FORM_MAX];
    const Rule *rule = &as_it_is;
    uint32_t found, written;
    Str folded, kept, put;

    if (form.len > FORM_MAX) {
        return form;
    }
    folded = fold(arena, form, room);
    found = find_rule(lemmas, lemmas->edits[xpos], folded);
    if (found && lemmas->rules[found - 1].cut <= folded.len) {
        rule = &lemmas->rules[found - 1];
    }
    put = (Str){lemmas->strings + rule->at, rule->len};
    if (rule->whole) {
        return put;
    }
    found = find_rule(lemmas, lemmas->cases[xpos][shape], folded);
    written = found ? found - 1 : CASE_KEEP;
    kept = written == CASE_KEEP && folded.len == form.len ? form : folded;
    kept = cut_off(kept, rule->cut);
    if (put.len == 0 && written <= CASE_KEEP && kept.ptr != room) {
        return kept;
    }
    return join(arena, kept, put, (Case)written);
}

void lemmas_read(Arena *arena, const Lemmas *lemmas, const Text *text,
                 Tags *tags) {
    for (uint32_t i = 0; i < tags->count; i++) {
        Str form = token_str(text, i);
        tags->words[i].lemma =
            lemmas ? lemma_of(arena, lemmas, form, shape_of(&text->tokens[i]),
                              (Xpos)tags->words[i].xpos)
                   : form;
    }
}
