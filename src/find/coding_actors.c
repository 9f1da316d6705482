/* SPDX-License-Identifier: Apache-2.0 */
/* find/coding_actors.c - the dictionaries of actors and agents; see coding.h.
 *
 *     VERIN                           actor 7 ------> codes
 *     +ANA_VERIN                      (the same)      ARD     ..20110228
 *         [ARD < 20110228]                            ARDGOV  20110301..
 *         [ARDGOV 20110301-20130630]                              ..20130630
 *
 * A code without days is the default: it comes after those with days. */
#include <string.h>

#include "base/ascii.h"
#include "find/coding_read.h"

enum { DAY_FIRST = 0, DAY_LAST = INT32_MAX, CENTURY_TURN = 30 };

/* ------------------------------------------------------------- actors */

/* 19950601, or 950601. Returns -1 for anything else. */
static int32_t day_of(Str digits) {
    int32_t day = 0;

    if (digits.len != 6 && digits.len != 8) {
        return -1;
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (!ascii_digit(digits.ptr[i])) {
            return -1;
        }
        day = day * 10 + (digits.ptr[i] - '0');
    }
    if (digits.len == 6) {
        day += day / 10000 > CENTURY_TURN ? 19000000 : 20000000;
    }
    return day;
}

/* True of a day that the calendar may have. */
static bool day_is_good(int32_t day) {
    int32_t month = day / 100 % 100;

    return day >= 0 && month >= 1 && month <= 12 && day % 100 >= 1 &&
           day % 100 <= 31;
}

/* "< 950601", ">20130119", "20121109 - 20130119". False: no such thing. */
static bool read_days(Str text, DatedCode *code) {
    size_t dash = str_find(text, (Str){"-", 1}, 0);
    int32_t first, last;

    if (text.ptr[0] == '<' || text.ptr[0] == '>') {
        first = day_of(str_trim(str_slice(text, 1, text.len)));
        *(text.ptr[0] == '<' ? &code->to : &code->from) = first;
        return day_is_good(first);
    }
    if (dash == text.len) {
        return false;
    }
    first = day_of(str_trim(str_slice(text, 0, dash)));
    last = day_of(str_trim(str_slice(text, dash + 1, text.len)));
    code->from = first;
    code->to = last;
    return day_is_good(first) && day_is_good(last) && first <= last;
}

/* One [...]: a code, perhaps with days. */
static bool read_code(Str inside, DatedCode *code) {
    size_t end = 0;
    Str back;

    while (end < inside.len && !ascii_space(inside.ptr[end]) &&
           inside.ptr[end] != '<' && inside.ptr[end] != '>') {
        end++;
    }
    *code = (DatedCode){.from = DAY_FIRST, .to = DAY_LAST};
    dictionary_codes(str_slice(inside, 0, end), &code->code, &back);
    inside = str_trim(str_slice(inside, end, inside.len));
    return inside.len == 0 || read_days(inside, code);
}

static void push_code(Coding *coding, Actor *actor, DatedCode code) {
    bool always = code.from == DAY_FIRST && code.to == DAY_LAST;
    uint32_t at = coding->code_count;

    coding->codes = arena_grow(coding->arena, coding->codes, at,
                               &coding->code_capacity, sizeof *coding->codes);
    coding->code_count++;
    actor->count++;
    coding->codes[at] = code;
    /* A default that was given first goes behind those with days. */
    while (!always && at > actor->first) {
        DatedCode *before = &coding->codes[at - 1];
        if (before->from != DAY_FIRST || before->to != DAY_LAST) {
            break;
        }
        coding->codes[at--] = *before;
        coding->codes[at] = code;
    }
}

/* All [...] of the line go to the actor; returns what stands before them. */
static Str read_codes(Dictionary *dictionary, Actor *actor) {
    Str line = dictionary->line, rest = line, inside, skip;
    bool first = true;

    while (dictionary_bracket(line, &skip, &inside)) {
        DatedCode code;
        rest = first ? skip : rest;
        first = false;
        if (read_code(inside, &code)) {
            push_code(dictionary->coding, actor, code);
        } else {
            dictionary_fault(dictionary, "no days such as 20121109-20130119");
        }
        line = str_slice(line, str_find(line, (Str){"]", 1}, 0) + 1, line.len);
    }
    return rest;
}

static void put_actor(Dictionary *dictionary, Str phrase, uint32_t actor) {
    PhraseWords words;

    if (!phrase_cut(phrase, &words)) {
        dictionary_fault(dictionary, "no words, or more than 16");
    } else if (!phrases_put(&dictionary->coding->actor_phrases, &words,
                            actor)) {
        dictionary_fault(dictionary, "this actor stands there already");
    }
}

static Actor *new_actor(Coding *coding) {
    coding->actors =
        arena_grow(coding->arena, coding->actors, coding->actor_count,
                   &coding->actor_capacity, sizeof *coding->actors);
    coding->actors[coding->actor_count] = (Actor){coding->code_count, 0};
    return &coding->actors[coding->actor_count++];
}

static void read_actor_line(Dictionary *dictionary) {
    Coding *coding = dictionary->coding;
    Str line = dictionary->line, phrase;
    bool synonym = line.ptr[0] == '+';

    if (line.ptr[0] == '[' || synonym) {
        if (!coding->actor_count) {
            dictionary_fault(dictionary, "belongs to no actor");
            return;
        }
    } else {
        new_actor(coding);
    }
    phrase = read_codes(dictionary, &coding->actors[coding->actor_count - 1]);
    phrase = synonym ? str_slice(phrase, 1, phrase.len) : phrase;
    if (line.ptr[0] != '[') {
        put_actor(dictionary, phrase, coding->actor_count - 1);
    }
}

uint32_t coding_read_actors(Coding *coding, Str text, CodingFault *fault,
                            void *context) {
    Dictionary dictionary = {
        .coding = coding, .text = text, .fault = fault, .context = context};

    coding->has_actors = true;
    while (dictionary_next(&dictionary)) {
        read_actor_line(&dictionary);
    }
    return dictionary.faults;
}

/* ------------------------------------------------------------- agents */

/* A word in exclamation marks stands for each of its words in turn:
 * !PERSON! = MAN, MEN, WOMAN, WOMEN. */
typedef struct Substitution {
    Str name, words;
} Substitution;

enum { SUBSTITUTIONS_MAX = 64 };

typedef struct Agents {
    Dictionary dictionary;
    Substitution substitutions[SUBSTITUTIONS_MAX];
    uint32_t count;
} Agents;

/* "[~GOV]" or "[NGO~]". */
static bool read_agent_code(Str inside, Agent *agent) {
    size_t mark = str_find(inside, (Str){"~", 1}, 0);

    if (mark == inside.len) {
        return false;
    }
    agent->before = mark > 0;
    agent->code =
        str_trim(agent->before ? str_slice(inside, 0, mark)
                               : str_slice(inside, mark + 1, inside.len));
    return agent->code.len > 0;
}

static void put_agent(Agents *agents, Str phrase, bool plural,
                      uint32_t number) {
    PhraseWords words;

    if (!phrase_cut(phrase, &words)) {
        dictionary_fault(&agents->dictionary, "no words, or more than 16");
        return;
    }
    if (!phrases_put(&agents->dictionary.coding->agent_phrases, &words,
                     number)) {
        dictionary_fault(&agents->dictionary,
                         "this agent stands there already");
        return;
    }
    if (plural) {
        phrase_plural(phrase, &words);
        phrases_put(&agents->dictionary.coding->agent_phrases, &words, number);
    }
}

static const Substitution *find_substitution(const Agents *agents, Str name) {
    for (uint32_t i = 0; i < agents->count; i++) {
        if (str_equal(agents->substitutions[i].name, name)) {
            return &agents->substitutions[i];
        }
    }
    return NULL;
}

/* Put the phrase in once for each word that its !SET! stands for. */
static void put_agent_forms(Agents *agents, Str phrase, bool plural,
                            uint32_t number) {
    Arena *arena = agents->dictionary.coding->arena;
    size_t open = str_find(phrase, (Str){"!", 1}, 0);
    size_t close = open < phrase.len ? str_find(phrase, (Str){"!", 1}, open + 1)
                                     : phrase.len;
    const Substitution *set;
    size_t at = 0;

    if (close >= phrase.len) {
        put_agent(agents, phrase, plural, number);
        return;
    }
    set = find_substitution(agents, str_slice(phrase, open + 1, close));
    if (!set) {
        dictionary_fault(&agents->dictionary, "no such !SET!");
        return;
    }
    while (at < set->words.len) {
        size_t comma = str_find(set->words, (Str){",", 1}, at);
        Str word = str_trim(str_slice(set->words, at, comma));
        Str form = str_join(arena, str_slice(phrase, 0, open), word);
        put_agent(
            agents,
            str_join(arena, form, str_slice(phrase, close + 1, phrase.len)),
            false, number);
        at = comma + 1;
    }
}

static void read_substitution(Agents *agents, size_t equals) {
    Str line = agents->dictionary.line;
    Str name = str_trim(str_slice(line, 0, equals));

    if (agents->count == SUBSTITUTIONS_MAX || name.len < 3 ||
        name.ptr[name.len - 1] != '!') {
        dictionary_fault(&agents->dictionary, "no set such as !SET! = A, B");
        return;
    }
    agents->substitutions[agents->count++] = (Substitution){
        str_slice(name, 1, name.len - 1),
        str_slice(line, equals + 1, line.len),
    };
}

static void read_agent_line(Agents *agents) {
    Coding *coding = agents->dictionary.coding;
    Str line = agents->dictionary.line, phrase, inside;
    size_t equals = str_find(line, (Str){"=", 1}, 0), brace;
    Agent agent;

    if (line.ptr[0] == '!' && equals < line.len) {
        read_substitution(agents, equals);
        return;
    }
    if (!dictionary_bracket(line, &phrase, &inside) ||
        !read_agent_code(inside, &agent)) {
        dictionary_fault(&agents->dictionary, "no code such as [~GOV]");
        return;
    }
    coding->agents =
        arena_grow(coding->arena, coding->agents, coding->agent_count,
                   &coding->agent_capacity, sizeof *coding->agents);
    coding->agents[coding->agent_count] = agent;
    brace = str_find(phrase, (Str){"{", 1}, 0);
    put_agent_forms(agents, str_trim(str_slice(phrase, 0, brace)),
                    brace == phrase.len, coding->agent_count);
    if (brace < phrase.len) {
        size_t close = str_find(phrase, (Str){"}", 1}, brace);
        Str plural = str_trim(str_slice(phrase, brace + 1, close));
        if (plural.len) {
            put_agent(agents, plural, false, coding->agent_count);
        }
    }
    coding->agent_count++;
}

uint32_t coding_read_agents(Coding *coding, Str text, CodingFault *fault,
                            void *context) {
    Agents agents = {.dictionary = {.coding = coding,
                                    .text = text,
                                    .fault = fault,
                                    .context = context}};

    while (dictionary_next(&agents.dictionary)) {
        read_agent_line(&agents);
    }
    return agents.dictionary.faults;
}
