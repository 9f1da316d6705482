/* SPDX-License-Identifier: Apache-2.0 */
/* find/coding_verbs.c - the dictionary of verbs and their patterns; see
 * coding.h.
 *
 *     - SAID WILL_*_TALKS [102]
 *
 *     before the verb, outwards: WILL (joined), SAID     after: TALKS (joined)
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "find/coding_read.h"

enum { ITEMS_MAX = 24 };

#define NO_BLOCK UINT32_MAX

typedef struct Verbs {
    Dictionary dictionary;
    Map set_of;      /* hash of a set's name -> its number */
    uint32_t set;    /* the set that is being filled, or NO_BLOCK */
    bool set_plural; /* its words have plurals */
    uint32_t block;  /* the block that is being filled, or NO_BLOCK */
} Verbs;

void coding_init(Arena *arena, Coding *coding) {
    memset(coding, 0, sizeof *coding);
    coding->arena = arena;
    phrases_init(&coding->actor_phrases, arena);
    phrases_init(&coding->agent_phrases, arena);
    map_init(&coding->trigger_of, arena, 1024);
}

void coding_clear_verbs(Coding *coding) {
    map_init(&coding->trigger_of, coding->arena, 1024);
}

/* --------------------------------------------------------------- sets */

/* A set may be named before it is filled. */
static uint32_t set_number(Verbs *verbs, Str name) {
    Coding *coding = verbs->dictionary.coding;
    bool is_new;
    uint32_t number;

    while (name.len && name.ptr[name.len - 1] == '_') {
        name.len--;
    }
    number = *map_put(&verbs->set_of, utf8_fold_hash(HASH_SEED, name),
                      coding->set_count, &is_new);
    if (is_new) {
        coding->sets =
            arena_grow(coding->arena, coding->sets, coding->set_count,
                       &coding->set_capacity, sizeof *coding->sets);
        phrases_init(&coding->sets[coding->set_count++], coding->arena);
    }
    return number;
}

/* "(TO THE END)": the brackets mean nothing in a set. */
static Str without_brackets(Str phrase) {
    while (phrase.len && strchr("({", phrase.ptr[0])) {
        phrase = str_slice(phrase, 1, phrase.len);
    }
    while (phrase.len && strchr(")}", phrase.ptr[phrase.len - 1])) {
        phrase.len--;
    }
    return phrase;
}

static void add_to_set(Verbs *verbs, Str phrase) {
    Phrases *set = &verbs->dictionary.coding->sets[verbs->set];
    bool plural = verbs->set_plural;
    PhraseWords words;

    phrase = without_brackets(phrase);
    if (phrase.len && phrase.ptr[0] == '&') {
        dictionary_fault(&verbs->dictionary, "a set inside a set is left out");
        return;
    }
    if (phrase.len && phrase.ptr[phrase.len - 1] == '_') {
        plural = false;
    }
    if (!phrase_cut(phrase, &words)) {
        dictionary_fault(&verbs->dictionary, "no words, or more than 16");
        return;
    }
    phrases_put(set, &words, 0);
    if (plural) {
        phrase_plural(phrase, &words);
        phrases_put(set, &words, 0);
    }
}

/* ----------------------------------------------------------- triggers */

static void push_trigger(Verbs *verbs, uint64_t verb, VerbForm trigger) {
    Coding *coding = verbs->dictionary.coding;
    uint32_t *head = map_put(&coding->trigger_of, verb, UINT32_MAX, NULL);

    trigger.block = verbs->block;
    trigger.line = verbs->dictionary.number;
    trigger.next = *head;
    coding->triggers =
        arena_grow(coding->arena, coding->triggers, coding->trigger_count,
                   &coding->trigger_capacity, sizeof *coding->triggers);
    *head = coding->trigger_count;
    coding->triggers[coding->trigger_count++] = trigger;
}

static uint32_t push_item(Coding *coding, PatternItem item) {
    coding->items = arena_grow(coding->arena, coding->items, coding->item_count,
                               &coding->item_capacity, sizeof *coding->items);
    coding->items[coding->item_count] = item;
    return coding->item_count++;
}

/* Other words of a trigger, which stand right beside the verb. */
static uint32_t push_beside(Coding *coding, Str words, bool outwards) {
    PhraseWords cut;

    if (!phrase_cut(words, &cut)) {
        return 0;
    }
    for (uint32_t i = 0; i < cut.count; i++) {
        uint64_t word = cut.hashes[outwards ? cut.count - 1 - i : i];
        push_item(coding, (PatternItem){
                              .kind = ITEM_WORD, .word = word, .joined = true});
    }
    return cut.count;
}

/* "SHED", "+HAND_OVER", "BACK_+CHANNEL", "@ATTACK": "+" stands before the verb.
 */
static void add_form(Verbs *verbs, Str form, VerbForm trigger) {
    Coding *coding = verbs->dictionary.coding;
    size_t plus = str_find(form, (Str){"+", 1}, 0), end;
    Str verb = form, before = {0}, after = {0};

    if (plus < form.len) {
        before = str_slice(form, 0, plus);
        verb = str_slice(form, plus + 1, form.len);
    }
    while (verb.len && verb.ptr[verb.len - 1] == '_') {
        verb.len--;
    }
    for (end = 0; end < verb.len && verb.ptr[end] != '_' &&
                  !ascii_space(verb.ptr[end]);) {
        end++;
    }
    after = str_slice(verb, end, verb.len);
    verb = str_slice(verb, 0, end);
    if (!verb.len) {
        dictionary_fault(&verbs->dictionary, "no verb");
        return;
    }
    trigger.first = coding->item_count;
    trigger.before = push_beside(coding, before, true);
    trigger.after = push_beside(coding, after, false);
    push_trigger(verbs, utf8_fold_hash(HASH_SEED, verb), trigger);
}

/* -S, -ED, -ING as PETRARCH makes them where a verb names no forms. */
static void add_regular_forms(Verbs *verbs, Str word, VerbForm trigger) {
    static const char *const PLAIN[] = {"S", "ED", "ING"};
    static const char *const AFTER_E[] = {"S", "D", NULL};
    Arena *arena = verbs->dictionary.coding->arena;
    char last = word.len ? word.ptr[word.len - 1] : 0;
    bool e = last == 'E' || last == 'e';

    if (str_find(word, (Str){"_", 1}, 0) < word.len ||
        str_find(word, (Str){" ", 1}, 0) < word.len) {
        return;
    }
    for (size_t i = 0; i < 3; i++) {
        const char *ending = e ? AFTER_E[i] : PLAIN[i];
        Str form = ending ? str_join(arena, word, str_of(ending))
                          : str_join(arena, str_slice(word, 0, word.len - 1),
                                     str_of("ING"));
        add_form(verbs, form, trigger);
    }
}

/* A line with a verb: WORD {FORMS} [code]. */
static void read_trigger(Verbs *verbs, Str line) {
    VerbForm trigger = {0};
    Str word = line, inside, forms = {0};
    size_t open, close;

    if (dictionary_bracket(line, &word, &inside)) {
        dictionary_codes(inside, &trigger.code, &trigger.back);
        trigger.own_code = true;
    }
    open = str_find(word, (Str){"{", 1}, 0);
    if (open < word.len) {
        close = str_find(word, (Str){"}", 1}, open);
        forms = str_slice(word, open + 1, close);
        word = str_slice(word, 0, open);
    }
    word = str_trim(word);
    if (word.len && word.ptr[0] == '@') {
        trigger.noun = true;
        word = str_slice(word, 1, word.len);
    }
    add_form(verbs, word, trigger);
    if (!forms.len && !trigger.noun) {
        add_regular_forms(verbs, word, trigger);
    }
    for (size_t at = 0; at < forms.len;) {
        size_t end = str_find(forms, (Str){" ", 1}, at);
        Str form = str_trim(str_slice(forms, at, end));
        if (form.len) {
            add_form(verbs, form, trigger);
        }
        at = end + 1;
    }
}

/* ----------------------------------------------------------- patterns */

/* A pattern as it is read: its items from left to right, and the verb's
 * place among them. */
typedef struct Draft {
    PatternItem items[ITEMS_MAX];
    bool glued[ITEMS_MAX]; /* joined to the item on its left */
    uint32_t count, verb;
    bool has_verb, glue;
    bool verb_glued; /* the verb is joined to the item on its left */
    bool inside;     /* a {...} group, past its first word */
} Draft;

static bool push_draft(Draft *draft, PatternItem item) {
    if (draft->count == ITEMS_MAX) {
        return false;
    }
    draft->glued[draft->count] = draft->glue;
    draft->items[draft->count++] = item;
    draft->glue = false;
    return true;
}

static bool draft_word(Verbs *verbs, Draft *draft, Str word) {
    static const struct {
        char sign;
        PatternItemKind kind;
    } SIGNS[] = {{'$', ITEM_SOURCE},
                 {'+', ITEM_TARGET},
                 {'^', ITEM_ACTOR},
                 {'%', ITEM_COMPOUND}};
    PhraseWords cut;

    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        if (word.len == 1 && word.ptr[0] == SIGNS[i].sign) {
            return push_draft(draft, (PatternItem){.kind = SIGNS[i].kind});
        }
    }
    if (word.ptr[0] == '&') {
        uint32_t set = set_number(verbs, str_slice(word, 1, word.len));
        return push_draft(draft, (PatternItem){.kind = ITEM_SET, .set = set});
    }
    if (!phrase_cut(word, &cut)) {
        return false;
    }
    for (uint32_t i = 0; i < cut.count; i++) {
        draft->glue = draft->glue || i > 0;
        if (!push_draft(draft, (PatternItem){.kind = ITEM_WORD,
                                             .word = cut.hashes[i]})) {
            return false;
        }
    }
    return true;
}

/* One run of letters between signs; or one sign. */
static size_t draft_token(Verbs *verbs, Draft *draft, Str text, size_t at,
                          bool *good) {
    size_t end = at;

    switch (text.ptr[at]) {
    case '_':
        draft->glue = true;
        return at + 1;
    case '*':
        *good = *good && !draft->has_verb;
        draft->has_verb = true;
        draft->verb = draft->count;
        draft->verb_glued = draft->glue;
        draft->glue = false;
        return at + 1;
    case '{':
        draft->inside = true;
        draft->glue = false;
        return at + 1;
    case '}':
        draft->inside = false;
        draft->glue = false;
        return at + 1;
    case '(':
    case ')':
        return at + 1;
    default:
        break;
    }
    while (end < text.len && !ascii_space(text.ptr[end]) &&
           !strchr("_*{}()", text.ptr[end])) {
        end++;
    }
    *good = *good && draft_word(verbs, draft, str_slice(text, at, end));
    return end;
}

static bool read_draft(Verbs *verbs, Str text, Draft *draft) {
    bool good = true;

    for (size_t at = 0; good && at < text.len;) {
        uint32_t before = draft->count;
        if (ascii_space(text.ptr[at])) {
            at++;
            continue;
        }
        at = draft_token(verbs, draft, text, at, &good);
        if (draft->inside && draft->count > before) {
            draft->glue = true;
        }
    }
    return good && draft->has_verb;
}

/* The glue of an item is with its neighbour towards the verb. */
static void keep_pattern(Coding *coding, const Draft *draft,
                         VerbPattern pattern) {
    pattern.first = coding->item_count;
    pattern.before = draft->verb;
    pattern.after = draft->count - draft->verb;
    for (uint32_t i = draft->verb; i > 0; i--) {
        PatternItem item = draft->items[i - 1];
        item.joined = i == draft->verb ? draft->verb_glued : draft->glued[i];
        push_item(coding, item);
    }
    for (uint32_t i = draft->verb; i < draft->count; i++) {
        PatternItem item = draft->items[i];
        item.joined = draft->glued[i];
        push_item(coding, item);
    }
    coding->patterns =
        arena_grow(coding->arena, coding->patterns, coding->pattern_count,
                   &coding->pattern_capacity, sizeof *coding->patterns);
    coding->patterns[coding->pattern_count++] = pattern;
}

static void read_pattern(Verbs *verbs) {
    Coding *coding = verbs->dictionary.coding;
    Draft draft = {0};
    VerbPattern pattern = {.line = verbs->dictionary.number};
    Str text, inside;

    if (verbs->block == NO_BLOCK) {
        dictionary_fault(&verbs->dictionary, "a pattern before any verb");
        return;
    }
    if (!dictionary_bracket(verbs->dictionary.line, &text, &inside)) {
        dictionary_fault(&verbs->dictionary, "no code such as [036]");
        return;
    }
    dictionary_codes(inside, &pattern.code, &pattern.back);
    if (!read_draft(verbs, str_slice(text, 1, text.len), &draft)) {
        dictionary_fault(&verbs->dictionary, "no single * or too many words");
        return;
    }
    keep_pattern(coding, &draft, pattern);
}

/* ------------------------------------------------------------- blocks */

/* More items first; then as they stand. */
static int compare_patterns(const void *left, const void *right) {
    const VerbPattern *a = left, *b = right;
    uint32_t words_a = a->before + a->after, words_b = b->before + b->after;

    if (words_a != words_b) {
        return words_a > words_b ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

static void close_block(Verbs *verbs) {
    Coding *coding = verbs->dictionary.coding;
    VerbBlock *block;

    if (verbs->block == NO_BLOCK) {
        return;
    }
    block = &coding->blocks[verbs->block];
    block->count = coding->pattern_count - block->first;
    if (block->count > 1) {
        qsort(&coding->patterns[block->first], block->count,
              sizeof *coding->patterns, compare_patterns);
    }
}

/* "--- CALL [010] ---" */
static void open_block(Verbs *verbs) {
    Coding *coding = verbs->dictionary.coding;
    VerbBlock block = {.first = coding->pattern_count};
    Str inside;

    close_block(verbs);
    if (dictionary_bracket(verbs->dictionary.line, &block.name, &inside)) {
        dictionary_codes(inside, &block.code, &block.back);
    } else {
        dictionary_fault(&verbs->dictionary, "no code such as [036]");
    }
    while (block.name.len &&
           (block.name.ptr[0] == '-' || block.name.ptr[0] == ' ')) {
        block.name = str_slice(block.name, 1, block.name.len);
    }
    coding->blocks =
        arena_grow(coding->arena, coding->blocks, coding->block_count,
                   &coding->block_capacity, sizeof *coding->blocks);
    verbs->block = coding->block_count;
    verbs->set = NO_BLOCK;
    coding->blocks[coding->block_count++] = block;
}

static void open_set(Verbs *verbs) {
    Str name = verbs->dictionary.line;

    name = str_trim(str_slice(name, 1, name.len));
    verbs->set_plural = name.len && name.ptr[name.len - 1] != '_';
    verbs->set = set_number(verbs, name);
}

static void read_verb_line(Verbs *verbs) {
    Str line = verbs->dictionary.line;

    if (str_starts(line, (Str){"---", 3})) {
        open_block(verbs);
    } else if (line.ptr[0] == '&') {
        open_set(verbs);
    } else if (line.ptr[0] == '-') {
        verbs->set = NO_BLOCK;
        read_pattern(verbs);
    } else if (line.ptr[0] == '+' && verbs->set != NO_BLOCK) {
        add_to_set(verbs, str_trim(str_slice(line, 1, line.len)));
    } else if (line.ptr[0] == '~') {
        dictionary_fault(&verbs->dictionary,
                         "transformations (~) are not supported");
    } else if (verbs->block == NO_BLOCK) {
        dictionary_fault(&verbs->dictionary, "a word before any block");
    } else {
        verbs->set = NO_BLOCK;
        read_trigger(verbs, line);
    }
}

uint32_t coding_read_verbs(Coding *coding, Str text, CodingFault *fault,
                           void *context) {
    Verbs verbs = {.dictionary = {.coding = coding,
                                  .text = text,
                                  .fault = fault,
                                  .context = context},
                   .set = NO_BLOCK,
                   .block = NO_BLOCK};

    map_init(&verbs.set_of, coding->arena, 64);
    while (dictionary_next(&verbs.dictionary)) {
        read_verb_line(&verbs);
    }
    close_block(&verbs);
    return verbs.dictionary.faults;
}
