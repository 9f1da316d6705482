/* SPDX-License-Identifier: Apache-2.0 */
/* find/names_detect.c - see names.h: which words are names, and of what.
 *
 * A name is what the network marks, less what it takes in too much, else a row
 * of a table, or a run of capitals that opens with a title or a first name, or
 * repeats a name.
 * A run is cut where a title, an office or a name of a table begins, and its
 * last word, its first word and what stands before it tell the type:
 *
 *     US Secretary of State John Kerr   ->  GPE "US", office, PER "John Kerr"
 *     Hill National Coalition chief     ->  ORG (head noun "coalition")
 *     Observatory for Clean Water       ->  ORG (the head joins over "for")
 *
 * A capital at the start of a sentence proves nothing: the word must stand
 * with a capital elsewhere, be a row of a table, or belong to a longer run. */
#include "find/names.h"

#include <assert.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum { RUN_MAX = 10, ACRONYM_MAX = 8, COUNT_MAX = 0xFFFF };

/* A row of a table that matches at a token. */
typedef struct Match {
    LexRow row;
    uint32_t length; /* tokens; 0: none */
    EntityType type;
} Match;

/* An office or title that waits for its name. */
typedef struct Pending {
    Range range;
    LexRow row;
    char sex;
} Pending;

/* How often each word stands in lower case, and in capitals where it is no
 * first word. */
static void count_words(Names *names) {
    const Text *text = names->words.text;

    map_init(&names->counts, names->arena, text->token_count / 2 + 8);
    for (uint32_t i = 0; i < text->token_count; i++) {
        const Token *token = &text->tokens[i];
        uint32_t *count;
        if (text->sentences[token->sentence].heading ||
            (token->flags & (TOKEN_PUNCT | TOKEN_NUMBER))) {
            continue;
        }
        count = map_put(&names->counts, token->hash, 0, NULL);
        if (!(token->flags & TOKEN_CAPITAL)) {
            *count += (*count & COUNT_MAX) < COUNT_MAX;
        } else if (!(token->flags & TOKEN_SENTENCE_START)) {
            *count += (*count >> 16) < COUNT_MAX ? 1U << 16 : 0;
        }
    }
}

static uint32_t count_of(const Names *names, uint32_t token) {
    const uint32_t *count =
        map_find(&names->counts, names->words.text->tokens[token].hash);

    return count ? *count : 0;
}

static bool is_hyphen(const Text *text, uint32_t token, uint32_t last) {
    const Token *at = &text->tokens[token];

    return token + 1 < last && at->end - at->begin == 1 &&
           text->bytes.ptr[at->begin] == '-' &&
           !(at->flags & TOKEN_SPACE_BEFORE) &&
           !(at[1].flags & TOKEN_SPACE_BEFORE);
}

bool names_is_particle(const Text *text, uint32_t token) {
    LexRow row = token_row(text, token, LEX_NAME_PARTICLE);

    if (!row.lexicon) {
        return false;
    }
    return lex_is(row, LEX_NAME_PARTICLE_CLASS, "article") ||
           lex_is(row, LEX_NAME_PARTICLE_CLASS, "link") ||
           (lex_is(row, LEX_NAME_PARTICLE_CLASS, "bound") &&
            is_hyphen(text, token + 1, text->token_count));
}

/* A word in capitals that grammar does not claim. */
static bool is_name_word(const Names *names, uint32_t token) {
    const Words *words = &names->words;

    return word_is_capital(words, token) && words->time[token] < 0 &&
           (words->class[token] == WORD_OTHER ||
            words->class[token] == WORD_COMMON);
}

/* "al-" or "bin" with a capital after it: the run goes on over the particle.
 * Returns the token after the capital, or 0. */
static uint32_t over_particle(const Names *names, uint32_t token,
                              uint32_t last) {
    const Text *text = names->words.text;
    uint32_t next = token;

    for (uint32_t steps = 0;
         steps < 3 && next + 1 < last && names_is_particle(text, next);
         steps++) {
        next++;
        next += is_hyphen(text, next, last);
        if (next < last && is_name_word(names, next)) {
            return next + 1;
        }
    }
    return 0;
}

/* The end of the run of capitals that begins at `token`. */
static uint32_t run_end(const Names *names, uint32_t token, uint32_t last) {
    const Text *text = names->words.text;
    uint32_t end = token;

    while (end < last && end - token < RUN_MAX) {
        uint32_t next = over_particle(names, end, last);
        if (next) {
            end = next;
        } else if (is_name_word(names, end)) {
            end++;
        } else if (end > token && is_hyphen(text, end, last) &&
                   (is_name_word(names, end + 1) ||
                    over_particle(names, end + 1, last))) {
            end++;
        } else if (end > token && end + 1 < last &&
                   word_is_mark(&names->words, end, '&') &&
                   is_name_word(names, end + 1)) {
            end++;
        } else {
            break;
        }
    }
    return end;
}

static bool all_upper(const Text *text, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; i++) {
        if (!(text->tokens[i].flags & (TOKEN_ALL_CAPS | TOKEN_PUNCT))) {
            return false;
        }
    }
    return true;
}

/* The row of `kind` that matches here, if longer than what `best` has. */
static void try_table(const Names *names, uint32_t token, uint32_t last,
                      LexKind kind, int case_column, EntityType type,
                      Match *best) {
    const Text *text = names->words.text;
    const LexWord *word = text->tokens[token].word;
    LexRow row;
    uint32_t length;

    if (!word || !((word->keys | word->opens) >> kind & 1)) {
        return;
    }
    length = token_phrase(text, token, last, kind, &row);
    if (length <= best->length ||
        !word_is_capital(&names->words, token + length - 1)) {
        return;
    }
    if (case_column >= 0 && lex_is(row, (uint32_t)case_column, "upper") &&
        !all_upper(text, token, token + length)) {
        return;
    }
    *best = (Match){row, length, type};
}

/* The longest name of a table that begins at `token`. */
static Match match_tables(const Names *names, uint32_t token, uint32_t last) {
    Match best = {0};

    if (!names->words.text->tokens[token].word) {
        return best;
    }
    try_table(names, token, last, LEX_ORGANISATION, LEX_ORGANISATION_CASE,
              ENTITY_ORG, &best);
    try_table(names, token, last, LEX_COUNTRY, LEX_COUNTRY_CASE, ENTITY_GPE,
              &best);
    try_table(names, token, last, LEX_DEMONYM, -1, ENTITY_NORP, &best);
    try_table(names, token, last, LEX_CITY, -1, ENTITY_GPE, &best);
    try_table(names, token, last, LEX_AGENCY, LEX_AGENCY_CASE, ENTITY_ORG,
              &best);
    return best;
}

/* The office or title that begins at `token`; length 0: none. */
static Match match_office(const Names *names, uint32_t token, uint32_t last) {
    const Text *text = names->words.text;
    const LexWord *word = text->tokens[token].word;
    uint64_t mask = UINT64_C(1) << LEX_OFFICE | UINT64_C(1) << LEX_TITLE;
    Match office = {0}, title = {0};

    if (!word || !((word->keys | word->opens) & mask)) {
        return office;
    }
    office.length = token_phrase(text, token, last, LEX_OFFICE, &office.row);
    title.length = token_phrase(text, token, last, LEX_TITLE, &title.row);
    if (!word_is_capital(&names->words, token)) {
        return office;
    }
    return title.length > office.length ||
                   (title.length &&
                    lex_is(title.row, LEX_TITLE_CLASS, "honorific"))
               ? title
               : office;
}

static Mention *push_mention(Names *names, uint32_t first, uint32_t last,
                             EntityType type, Naming naming) {
    Analysis *analysis = names->analysis;
    uint32_t at = analysis->mention_count;
    Mention *mention;

    assert(first < last);
    analysis->mentions =
        arena_grow(names->arena, analysis->mentions, at,
                   &analysis->mention_capacity, sizeof *analysis->mentions);
    names->naming = arena_grow(names->arena, names->naming, at,
                               &names->naming_capacity, sizeof *names->naming);
    names->naming[at] = naming;
    mention = &analysis->mentions[at];
    *mention = (Mention){.first = first,
                         .last = last,
                         .type = type,
                         .kind = MENTION_NAME,
                         .entity = -1};
    mention->span = tokens_span(names->words.text, first, last);
    mention->phrase = mention->span;
    for (uint32_t i = first; i < last; i++) {
        names->words.mention[i] = (int32_t)at;
    }
    analysis->mention_count++;
    return mention;
}

/* The row of name_head that the last word of [first,last) is a key of. */
static LexRow last_head(const Names *names, uint32_t first, uint32_t last) {
    LexRow row = {0};

    if (last > first) {
        row = token_row(names->words.text, last - 1, LEX_NAME_HEAD);
    }
    return row.lexicon && !lex_is(row, LEX_NAME_HEAD_PLACE, "first")
               ? row
               : (LexRow){0};
}

/* The same, or that of the first word of several: "Mount Verin". */
static LexRow head_row(const Names *names, uint32_t first, uint32_t last) {
    LexRow row = last_head(names, first, last);

    if (!row.lexicon && last > first + 1) {
        row = token_row(names->words.text, first, LEX_NAME_HEAD);
        if (row.lexicon && lex_is(row, LEX_NAME_HEAD_PLACE, "last")) {
            row.lexicon = NULL;
        }
    }
    return row;
}

static EntityType head_type(LexRow head) {
    Str type = lex_cell(head, LEX_NAME_HEAD_TYPE);

    for (uint32_t i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (str_is(type, entity_type_name((EntityType)i))) {
            return (EntityType)i;
        }
    }
    return ENTITY_ORG;
}

/* True if the word `token` is listed in the head's cell `join`. */
static bool head_joins(const Names *names, LexRow head, uint32_t token) {
    Str joins = lex_cell(head, LEX_NAME_HEAD_JOIN);
    Str word = token_str(names->words.text, token);
    size_t at = 0;

    while (at < joins.len) {
        size_t end = str_find(joins, (Str){" ", 1}, at);
        if (str_equal_fold(str_slice(joins, at, end), word)) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* "Observatory | for Human Rights", "State | in Arda and the Coast": the end
 * of the name after its head, or `last_of_run` when it does not go on. */
static uint32_t joined_end(const Names *names, LexRow head, uint32_t at,
                           uint32_t last) {
    const Words *words = &names->words;

    for (uint32_t steps = 0; steps < 3 && at + 1 < last; steps++) {
        uint32_t next = at + 1, end;
        bool links = steps == 0 ? head_joins(names, head, at)
                                : words->class[at] == WORD_CONJUNCTION &&
                                      words->class[next] == WORD_ARTICLE;
        if (!links || words->class[at] == WORD_MARK) {
            break;
        }
        next += words->class[next] == WORD_ARTICLE;
        end = next < last ? run_end(names, next, last) : next;
        if (end == next) {
            break;
        }
        at = end;
    }
    return at;
}

/* An acronym in brackets after a name: "( ABC )" -> the token "ABC". */
static uint32_t acronym_after(const Names *names, uint32_t token,
                              uint32_t last) {
    const Words *words = &names->words;
    const Token *at = words->text->tokens + token + 1;

    return token + 2 < last && word_is_mark(words, token, '(') &&
                   (at->flags & TOKEN_ALL_CAPS) &&
                   at->end - at->begin <= ACRONYM_MAX &&
                   word_is_mark(words, token + 2, ')')
               ? token + 1
               : NO_TOKEN;
}

/* Put down a name, with its acronym when one follows. Returns the token after
 * both. */
static uint32_t emit(Names *names, uint32_t first, uint32_t last,
                     uint32_t limit, EntityType type, Naming naming) {
    uint32_t acronym = acronym_after(names, last, limit);

    naming.same_as = -1;
    push_mention(names, first, last, type, naming);
    if (acronym == NO_TOKEN || type == ENTITY_PER || type == ENTITY_NORP) {
        return last;
    }
    push_mention(
        names, acronym, acronym + 1, type,
        (Naming){.same_as = (int32_t)names->analysis->mention_count - 1});
    return acronym + 2;
}

/* A capital here says nothing: first word of a sentence, of a quotation, or
 * after a colon. */
static bool is_initial(const Names *names, uint32_t token) {
    const Text *text = names->words.text;

    if (text->tokens[token].flags & TOKEN_SENTENCE_START) {
        return true;
    }
    return token > 0 && ((text->tokens[token - 1].flags & TOKEN_OPEN_QUOTE) ||
                         word_is_mark(&names->words, token - 1, ':'));
}

static bool is_first_name(const Names *names, uint32_t token) {
    return token_has(names->words.text, token, LEX_FIRST_NAME) &&
           word_is_capital(&names->words, token);
}

/* The first word of a run opens a sentence and is no part of the name:
 * "Meanwhile Kerr", "Rebel Walid al-Atar". */
static bool is_false_start(const Names *names, uint32_t token, uint32_t end) {
    uint32_t count;

    if (!is_initial(names, token) || is_first_name(names, token)) {
        return false;
    }
    count = count_of(names, token);
    if (count >> 16 ||
        (token + 1 < end && names->words.class[token] == WORD_OTHER &&
         names_is_particle(names->words.text, token + 1))) {
        return false; /* "Said al-Atar" */
    }
    return names->words.class[token] == WORD_COMMON || (count & COUNT_MAX) ||
           (end - token > 2 && is_first_name(names, token + 1));
}

/* Where a run must be cut: before the office, title or table name inside. */
static uint32_t cut_run(const Names *names, uint32_t first, uint32_t end,
                        uint32_t last) {
    for (uint32_t i = first + 1; i < end; i++) {
        Match office = match_office(names, i, last), table;
        if (office.length && word_is_capital(&names->words, i) &&
            !is_first_name(names, i)) {
            return i;
        }
        table = match_tables(names, i, last);
        if (table.length && table.type == ENTITY_ORG && table.length > 1) {
            return i;
        }
        if (i > first + 1 && is_first_name(names, i) && i + 1 < end &&
            last_head(names, first, i).lexicon) {
            return i;
        }
    }
    return end;
}

/* A past form of a verb of speech, or one of a single speaker ("says"): who
 * stands before it is somebody. */
static bool speaks(const Text *text, uint32_t token) {
    LexRow row = token_row(text, token, LEX_CUE);

    if (row.lexicon && lex_is(row, LEX_CUE_FORM, "present")) {
        return lex_is(row, LEX_CUE_FRAME, "say") &&
               !str_equal_fold(token_str(text, token),
                               lex_cell(row, LEX_CUE_LEMMA));
    }
    return row.lexicon && lex_is(row, LEX_CUE_FORM, "past");
}

/* Words joined by hyphens count as one. */
static bool is_one_word(const Text *text, uint32_t first, uint32_t last) {
    for (uint32_t i = first + 1; i < last; i++) {
        if (text->tokens[i].flags & TOKEN_SPACE_BEFORE) {
            return false;
        }
    }
    return true;
}

/* "Dorn & Holm". */
static bool has_ampersand(const Names *names, uint32_t first, uint32_t last) {
    for (uint32_t i = first + 1; i + 1 < last; i++) {
        if (word_is_mark(&names->words, i, '&')) {
            return true;
        }
    }
    return false;
}

/* "Meerim, who was found": no other word but a name opens so. */
static bool has_relative(const Names *names, uint32_t after) {
    return after + 1 < names->words.text->token_count &&
           word_is_mark(&names->words, after, ',') &&
           names->words.class[after + 1] == WORD_RELATIVE &&
           word_feature(&names->words, after + 1) == 'h';
}

/* "al-Atar", not "As-Tarn": the article of a person's name. */
static bool opens_with_article(const Text *text, uint32_t token) {
    LexRow row = token_row(text, token, LEX_NAME_PARTICLE);

    return row.lexicon && names_is_particle(text, token) &&
           !lex_is(row, LEX_NAME_PARTICLE_CLASS, "bound");
}

/* A person of the table, where the tagger too has a name: "Obama", not "Bush
 * fires". */
static bool is_holder(const Names *names, uint32_t first, uint32_t last) {
    const Tags *tags = &names->analysis->tags;
    LexRow row;

    return tags->count && tags->words[first].upos == UPOS_PROPN &&
           token_phrase(names->words.text, first, last, LEX_HOLDER, &row) ==
               last - first;
}

static EntityType guess_type(const Names *names, uint32_t first, uint32_t last,
                             bool titled, Naming *naming) {
    const Text *text = names->words.text;
    bool *weak = &naming->weak;

    if (has_ampersand(names, first, last)) {
        return ENTITY_ORG;
    }
    if (is_holder(names, first, last)) {
        return ENTITY_PER;
    }
    if (!titled && last - first > 1 && is_one_word(text, first, last) &&
        !is_first_name(names, first) && !opens_with_article(text, first)) {
        *weak = is_initial(names, first) && !(count_of(names, first) >> 16);
        return ENTITY_MISC; /* "Sainte-Aurore" */
    }
    if (last - first == 1 && is_initial(names, first) &&
        has_relative(names, last)) {
        return ENTITY_PER;
    }
    if (titled || is_first_name(names, first) ||
        (last - first > 1 && names_is_particle(text, last - 2)) ||
        (last - first > 2 && is_hyphen(text, last - 2, last) &&
         names_is_particle(text, last - 3))) {
        *weak = !titled && last - first == 1 && is_initial(names, first) &&
                !(last < text->token_count && speaks(text, last));
        return ENTITY_PER;
    }
    if (last - first == 1 && last < text->token_count &&
        is_initial(names, first) && speaks(text, last)) {
        return ENTITY_PER;
    }
    if (last - first == 1) {
        *weak = is_initial(names, first) && !(count_of(names, first) >> 16);
        return text->tokens[first].flags & TOKEN_ALL_CAPS ? ENTITY_ORG
                                                          : ENTITY_MISC;
    }
    naming->guess = last - first <= 4 && !all_upper(text, first, last);
    return naming->guess ? ENTITY_PER : ENTITY_MISC;
}

/* The run [first,end) is a word that opens a sentence and a name of a table:
 * "Neighbouring Arda". */
static bool is_opened_table_name(const Names *names, uint32_t first,
                                 uint32_t end) {
    return end > first + 1 && is_initial(names, first) &&
           !is_first_name(names, first) && !(count_of(names, first) >> 16) &&
           match_tables(names, first + 1, end).length == end - first - 1;
}

/* What the network says of the name that begins at a token, or goes on there
 * where the words before it were an office. */
typedef struct Tagged {
    uint32_t end; /* the token after it; the token itself: none */
    EntityType type;
} Tagged;

static Tagged tagged_at(const Names *names, uint32_t token, uint32_t last) {
    const Tags *tags = &names->analysis->tags;
    uint8_t label = tags->count > 0 ? tags->words[token].name : NAME_OUTSIDE;
    Tagged found = {.end = token};

    if (label == NAME_OUTSIDE) {
        return found;
    }
    found.type = (EntityType)((label - 1) / 2);
    label += label % 2; /* what the words inside have */
    for (found.end = token + 1;
         found.end < last && tags->words[found.end].name == label;) {
        found.end++;
    }
    return found;
}

/* No word of [first,end) is in a name by the network. */
static bool tagged_outside(const Names *names, uint32_t first, uint32_t end) {
    const Tags *tags = &names->analysis->tags;

    for (uint32_t i = first; i < end; i++) {
        if (tags->count == 0 || tags->words[i].name != NAME_OUTSIDE) {
            return false;
        }
    }
    return true;
}

/* A hyphen or a name's article ties the token to what stands before it. */
static bool is_tied(const Names *names, uint32_t token, uint32_t last) {
    const Text *text = names->words.text;

    return names_is_particle(text, token) || is_hyphen(text, token, last) ||
           names_is_particle(text, token - 1) ||
           is_hyphen(text, token - 1, last);
}

/* The words of the run before the first that is in a name of its own. */
static uint32_t outside_end(const Names *names, uint32_t first, uint32_t end) {
    const Tags *tags = &names->analysis->tags;
    uint32_t at = first + 1;

    while (at < end &&
           (tags->count == 0 || tags->words[at].name == NAME_OUTSIDE ||
            is_tied(names, at, end))) {
        at++;
    }
    return at;
}

/* A run of capitals that no table has. Returns the token after it. */
static uint32_t emit_run(Names *names, uint32_t first, uint32_t last,
                         Pending *pending) {
    uint32_t end = run_end(names, first, last), joined;
    bool titled = pending->range.last == first && !range_empty(pending->range);
    LexRow head;
    Naming naming = {0};
    EntityType type;

    if (end > first + 1 && is_hyphen(names->words.text, first + 1, last) &&
        names->words.text->tokens[first].end -
                names->words.text->tokens[first].begin ==
            1) {
        return end; /* "(O-Tarn)": a party and a place */
    }
    if (!titled && is_opened_table_name(names, first, end)) {
        return first + 1;
    }
    if (end > first + 1 && is_false_start(names, first, end)) {
        head = head_row(names, first, end);
        if (!head.lexicon) {
            return first + 1;
        }
    }
    end = cut_run(names, first, end, last);
    end = outside_end(names, first, end);
    head = head_row(names, first, end);
    joined = head.lexicon ? joined_end(names, head, end, last) : end;
    if (head.lexicon && (joined > end || end - first > 1) &&
        (!titled || !is_first_name(names, first))) {
        return emit(names, first, joined, last, head_type(head), naming);
    }
    if (head.lexicon && !titled && is_initial(names, first)) {
        return first + 1;
    }
    if (end == first + 1 && !titled && !head.lexicon &&
        names->words.class[first] == WORD_COMMON) {
        return end;
    }
    type = head.lexicon && !titled
               ? head_type(head)
               : guess_type(names, first, end, titled, &naming);
    if (end == first + 1 && !titled && is_false_start(names, first, end) &&
        type != ENTITY_PER &&
        !(names->words.text->tokens[first].flags & TOKEN_ALL_CAPS)) {
        naming.weak = true;
    }
    if (!titled && tagged_outside(names, first, end)) {
        naming.weak = !(type == ENTITY_PER && !naming.guess);
    }
    if (titled) {
        naming.guess = false;
        naming.office = pending->range;
        naming.office_row = pending->row;
        naming.sex = pending->sex;
        type = ENTITY_PER;
    }
    return emit(names, first, end, last, type, naming);
}

/* The end of what a hyphen, a name's article or "&" ties to a name that ends
 * here: "Zaki | al-Atar", "Zaki al- | Atar", "Dorn | & Holm". */
static uint32_t tied_end(const Names *names, uint32_t end, uint32_t last) {
    const Text *text = names->words.text;
    uint32_t next = over_particle(names, end, last);

    if (next) {
        return next;
    }
    if (is_hyphen(text, end, last) || word_is_mark(&names->words, end, '&')) {
        next = over_particle(names, end + 1, last);
        next = next ? next : run_end(names, end + 1, last);
        return next > end + 1 ? next : end;
    }
    return is_name_word(names, end) && (is_hyphen(text, end - 1, last) ||
                                        names_is_particle(text, end - 1))
               ? end + 1
               : end;
}

/* Where the network's name ends: without the words in lower case, the times
 * and the "'s" that it took in, with what a hyphen or an article of a person's
 * name ties to it. */
static uint32_t tagged_end(const Names *names, uint32_t first, uint32_t last,
                           Tagged tagged) {
    const Words *words = &names->words;
    uint32_t end = tagged.end, next;

    for (uint32_t i = first + 1; i < end; i++) {
        if (word_is_mark(words, i, '(')) {
            break;
        }
        end = word_is_mark(words, i, ')') ? i : end;
    }
    while (end > first + 1 &&
           (words->time[end - 1] >= 0 ||
            words->class[end - 1] == WORD_GENITIVE ||
            (!word_is_capital(words, end - 1) &&
             !over_particle(names, end - 1, last) &&
             !(words->text->tokens[end - 1].flags &
               (TOKEN_PUNCT | TOKEN_NUMBER)) &&
             words->text->tokens[end - 1].flags & TOKEN_SPACE_BEFORE))) {
        end--;
    }
    if (end < tagged.end) {
        return end;
    }
    while (end < last && (next = tied_end(names, end, last)) > end) {
        end = next;
    }
    return end;
}

/* A name by the network, with the row of the table that has all of it. */
static uint32_t emit_tagged(Names *names, uint32_t first, uint32_t last,
                            Tagged tagged, Match table,
                            const Pending *pending) {
    uint32_t end = tagged_end(names, first, last, tagged);
    bool titled =
        pending->range.last == first && !range_empty(pending->range) &&
        !(tagged.type == ENTITY_ORG && head_row(names, first, end).lexicon);
    Naming naming = {.tagged = (uint8_t)(1 + tagged.type)};

    if (table.type == ENTITY_ORG && table.length > 0 &&
        first + table.length < end &&
        match_tables(names, first + table.length, end).type == ENTITY_ORG) {
        end = first + table.length; /* "UN Arab League" */
    }
    if (table.length == end - first) {
        naming.row = table.row;
        tagged.type = table.type;
    } else if (titled) {
        naming.office = pending->range;
        naming.office_row = pending->row;
        naming.sex = pending->sex;
        tagged.type = ENTITY_PER;
        naming.tagged = 1 + ENTITY_PER;
    } else if (is_first_name(names, first) && end > first + 2 &&
               names_is_particle(names->words.text, first + 1)) {
        tagged.type = ENTITY_PER; /* "Walid al-Atar" */
        naming.tagged = 1 + ENTITY_PER;
    } else if (has_ampersand(names, first, end)) {
        tagged.type = ENTITY_ORG;
        naming.tagged = 1 + ENTITY_ORG;
    }
    return emit(names, first, end, last, tagged.type, naming);
}

/* The network's name may begin at this token: a capital, or an article of a
 * name. */
static bool opens_name(const Names *names, uint32_t token, uint32_t last) {
    return names->words.time[token] < 0 &&
           (word_is_capital(&names->words, token) ||
            over_particle(names, token, last) ||
            (names->words.text->tokens[token].flags & TOKEN_NUMBER));
}

/* A country, place or people of a table, unless it only opens a longer name:
 * "Ardan National Coalition", "Jordan Reed". */
static uint32_t emit_match(Names *names, uint32_t first, uint32_t last,
                           Match match, Pending *pending) {
    uint32_t end = run_end(names, first, last);
    uint32_t after = first + match.length;
    bool titled = pending->range.last == first && !range_empty(pending->range);
    bool known =
        match.row.kind == LEX_ORGANISATION || match.row.kind == LEX_AGENCY;

    if (!known && end > after) {
        uint32_t cut = cut_run(names, first, end, last);
        if (cut >= after && head_row(names, after, cut).lexicon) {
            return emit_run(names, first, last, pending);
        }
        if (cut > after && (is_first_name(names, first) || titled) &&
            match.length == 1 && match.type == ENTITY_GPE) {
            return emit_run(names, first, last, pending);
        }
    }
    if (titled && match.type == ENTITY_GPE && match.length == 1 &&
        is_first_name(names, first)) {
        return emit_run(names, first, last, pending);
    }
    return emit(names, first, after, last, match.type,
                (Naming){.row = match.row});
}

/* Remember an office or title until its name comes; chains ("President
 * General", "Lt Gen") hold together. */
static uint32_t take_office(const Names *names, uint32_t first, Match match,
                            Pending *pending) {
    uint32_t after = first + match.length;
    bool chained = pending->range.last == first && !range_empty(pending->range);
    bool title = match.row.kind == LEX_TITLE;

    if (!chained) {
        *pending = (Pending){.range = {first, after}};
    }
    pending->range.last = after;
    if (!pending->row.lexicon || pending->row.kind == LEX_TITLE) {
        pending->row = match.row;
    }
    if (title) {
        Str sex = lex_cell(match.row, LEX_TITLE_SEX);
        pending->sex = sex.len ? sex.ptr[0] : pending->sex;
    }
    (void)names;
    return after;
}

static bool starts_name(const Names *names, uint32_t token, uint32_t last) {
    return is_name_word(names, token) ||
           (over_particle(names, token, last) &&
            names->words.text->tokens[token].flags & TOKEN_SPACE_BEFORE);
}

/* One step: the token after what was read at `token`. */
static uint32_t step(Names *names, uint32_t token, uint32_t last,
                     Pending *pending) {
    Match office, table = {0};
    Tagged tagged;

    if (names->words.time[token] >= 0) {
        return token + 1;
    }
    if (word_is_capital(&names->words, token) ||
        is_hyphen(names->words.text, token + 1, last)) {
        table = match_tables(names, token, last);
    }
    office = match_office(names, token, last);
    tagged = tagged_at(names, token, last);
    if (office.length && office.length >= table.length &&
        !(tagged.type == ENTITY_ORG && tagged.end > token + office.length)) {
        return take_office(names, token, office, pending);
    }
    if (tagged.end > token && table.length <= tagged.end - token &&
        opens_name(names, token, last)) {
        return emit_tagged(names, token, last, tagged, table, pending);
    }
    if (table.length) {
        return emit_match(names, token, last, table, pending);
    }
    return starts_name(names, token, last)
               ? emit_run(names, token, last, pending)
               : token + 1;
}

/* In a heading all words may have capitals: only the network's names. */
static uint32_t step_heading(Names *names, uint32_t token, uint32_t last) {
    Tagged tagged = tagged_at(names, token, last);
    Pending none = {0};

    return tagged.end > token && opens_name(names, token, last)
               ? emit_tagged(names, token, last, tagged,
                             match_tables(names, token, last), &none)
               : token + 1;
}

void names_detect(Names *names) {
    const Text *text = names->words.text;

    count_words(names);
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        const Sentence *sentence = &text->sentences[s];
        Pending pending = {0};
        for (uint32_t i = sentence->first; i < sentence->last;) {
            uint32_t next = sentence->heading
                                ? step_heading(names, i, sentence->last)
                                : step(names, i, sentence->last, &pending);
            assert(next > i);
            i = next;
        }
    }
}
