/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_coding.c - the readers of PETRARCH's dictionaries. All lands are
 * made up. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "find/coding.h"

typedef struct Reader {
    Arena arena;
    Coding coding;
    Str text;
    char kind; /* 'a' actors, 'g' agents, 'v' verbs */
    Buf faults;
} Reader;

static void note_fault(void *context, uint32_t line, const char *why) {
    buf_format(context, "%u: %s; ", line, why);
}

static void work(void *context) {
    Reader *reader = context;
    Str text = reader->text;

    coding_init(&reader->arena, &reader->coding);
    if (reader->kind == 'a') {
        coding_read_actors(&reader->coding, text, note_fault, &reader->faults);
    } else if (reader->kind == 'g') {
        coding_read_agents(&reader->coding, text, note_fault, &reader->faults);
    } else {
        coding_read_verbs(&reader->coding, text, note_fault, &reader->faults);
    }
}

static void open(Reader *reader, char kind, Str text) {
    Error err;

    *reader = (Reader){.kind = kind, .text = text};
    arena_init(&reader->arena, 0);
    buf_init(&reader->faults, 0);
    EXPECT_OK("read", arena_try(&reader->arena, work, reader, &err), err);
}

static void close(Reader *reader) {
    buf_deinit(&reader->faults);
    arena_deinit(&reader->arena);
}

/* "ARD 0..20121231, ARDREB 20130101..": each code with its days. */
static void put_codes(const Coding *coding, uint32_t actor, Buf *out) {
    for (uint32_t i = 0; i < coding->actors[actor].count; i++) {
        const DatedCode *code = &coding->codes[coding->actors[actor].first + i];
        buf_format(out, "%s%.*s", i ? ", " : "",
                   code->code.len ? (int)code->code.len : 3,
                   code->code.len ? code->code.ptr : "---");
        if (code->from != 0 || code->to != INT32_MAX) {
            buf_format(out, " %d..%d", code->from,
                       code->to == INT32_MAX ? 0 : code->to);
        }
    }
}

static const struct {
    const char *name, *text, *want, *faults;
} actor_cases[] = {
    {"plain", "ARDA [ARD]\n", "ARD", ""},
    {"synonyms share the codes", "ARDA [ARD]\n+OLD_ARDA\n", "ARD", ""},
    {"remarks", "<!-- a\nb -->\n# c\nARDA [ARD] # d\n", "ARD", ""},
    {"dated codes come before the default",
     "VERIN [ARD]\n\t[ARDGOV 20120101-20121231]\n",
     "ARDGOV 20120101..20121231, ARD", ""},
    {"open days and short years", "VERIN [ARDREB <950601] [ARDGOV > 990816]\n",
     "ARDREB 0..19950601, ARDGOV 19990816..0", ""},
    {"no code", "VERIN [---]\n", "---", ""},
    {"impossible days", "VERIN [ARD 20121301-20130101]\n", "",
     "1: no days such as 20121109-20130119; "},
    {"backwards days", "VERIN [ARD 20130101-20120101]\n", "",
     "1: no days such as 20121109-20130119; "},
    {"a synonym of nobody", "+ARDA\n", NULL, "1: belongs to no actor; "},
    {"twice", "ARDA [ARD]\nARDA [ARX]\n", "ARD",
     "2: this actor stands there already; "},
};

TEST(actors) {
    for (size_t i = 0; i < COUNT(actor_cases); i++) {
        Reader reader;
        Buf got;

        open(&reader, 'a', str_of(actor_cases[i].text));
        buf_init(&got, 0);
        if (actor_cases[i].want) {
            put_codes(&reader.coding, 0, &got);
            EXPECT_STR(actor_cases[i].name, buf_str(&got), actor_cases[i].want);
        }
        EXPECT_STR(actor_cases[i].name, buf_str(&reader.faults),
                   actor_cases[i].faults);
        buf_deinit(&got);
        close(&reader);
    }
}

/* The tokens of `words`, cut at blanks; enough for phrases_at(). */
static Text words_of(Arena *arena, const char *words) {
    Text text = {.bytes = str_of(words)};
    size_t at = 0;

    text.tokens = arena_zero(arena, (strlen(words) + 1) * sizeof(Token));
    while (at < text.bytes.len) {
        size_t end = str_find(text.bytes, str_of(" "), at);
        text.tokens[text.token_count++] = (Token){
            .begin = (uint32_t)at,
            .end = (uint32_t)end,
            .flags = TOKEN_SPACE_BEFORE,
            .hash = utf8_fold_hash(HASH_SEED, str_slice(text.bytes, at, end))};
        at = end + 1;
    }
    return text;
}

static const struct {
    const char *name, *text, *words, *code;
    uint32_t tokens;
    bool before;
} agent_cases[] = {
    {"singular", "ENVOY [~GOV]\n", "envoy", "GOV", 1, false},
    {"regular plural", "ENVOY [~GOV]\n", "envoys", "GOV", 1, false},
    {"plural of y", "MINISTRY [~GOV]\n", "ministries", "GOV", 1, false},
    {"plural of s", "BOSS [~GOV]\n", "bosses", "GOV", 1, false},
    {"no plural", "POLICE {} [~COP]\n", "polices", "", 0, false},
    {"its own plural", "ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~GOV]\n",
     "attorneys general", "GOV", 2, false},
    {"before the actor", "AID_BODY [NGO~]\n", "aid body", "NGO", 2, true},
    {"set of words", "!PERSON! = MAN, WOMEN\nCHAIR!PERSON! [~LEG]\n",
     "chairwomen", "LEG", 1, false},
    {"possessive", "JUDGES'S_UNION [~LAB]\n", "judges' 's union", "", 0, false},
};

TEST(agents) {
    for (size_t i = 0; i < COUNT(agent_cases); i++) {
        Reader reader;
        Text text;
        uint32_t number = 0, found;

        open(&reader, 'g', str_of(agent_cases[i].text));
        text = words_of(&reader.arena, agent_cases[i].words);
        found = phrases_at(&reader.coding.agent_phrases, &text, 0,
                           text.token_count, &number);
        EXPECT_INT(agent_cases[i].name, found, agent_cases[i].tokens);
        if (found) {
            const Agent *agent = &reader.coding.agents[number];
            EXPECT_STR(agent_cases[i].name, agent->code, agent_cases[i].code);
            EXPECT_INT(agent_cases[i].name, agent->before,
                       agent_cases[i].before);
        }
        close(&reader);
    }
}

/* "w w_|_s": words before the verb, "|", words after it; "_" where joined. */
static void put_pattern(const Coding *coding, const VerbPattern *pattern,
                        Buf *out) {
    static const char kinds[] = "ws$+^%";
    const PatternItem *items = &coding->items[pattern->first];

    for (uint32_t i = pattern->before; i > 0; i--) {
        buf_char(out, kinds[items[i - 1].kind]);
        buf_char(out, items[i - 1].joined ? '_' : ' ');
    }
    buf_char(out, '*');
    for (uint32_t i = 0; i < pattern->after; i++) {
        buf_char(out, items[pattern->before + i].joined ? '_' : ' ');
        buf_char(out, kinds[items[pattern->before + i].kind]);
    }
    buf_format(out, " %.*s:%.*s", (int)pattern->code.len,
               pattern->code.len ? pattern->code.ptr : "",
               (int)pattern->back.len,
               pattern->back.len ? pattern->back.ptr : "");
}

static const struct {
    const char *name, *text, *want, *faults;
} verb_cases[] = {
    {"words after", "--- CALL [010] ---\nCALL\n- * FOR TALKS [026]\n",
     "* w w 026:", ""},
    {"words before", "--- CALL [010] ---\nCALL\n- SAID WILL * [026]\n",
     "w w * 026:", ""},
    {"joined", "--- CALL [010] ---\nCALL\n- WILL_*_FOR TALKS [026]\n",
     "w_*_w w 026:", ""},
    {"group", "--- CALL [010] ---\nCALL\n- * {PEACE TALKS} NOW [026]\n",
     "* w_w w 026:", ""},
    {"phrase", "--- CALL [010] ---\nCALL\n- * (FOR &TALK) [026]\n",
     "* w s 026:", ""},
    {"slots", "--- CALL [010] ---\nCALL\n- $ * ^ TO + % [026:027]\n",
     "$ * ^ w + % 026:027", ""},
    {"no event", "--- CALL [010] ---\nCALL\n- * NAMES [---]\n", "* w :", ""},
    {"the longer first",
     "--- CALL [010] ---\nCALL\n- * A [1]\n- * A B [2]\n- * C [3]\n",
     "* w w 2:; * w 1:; * w 3:", ""},
    {"no verb in it", "--- CALL [010] ---\nCALL\n- FOR TALKS [026]\n", "",
     "3: no single * or too many words; "},
    {"no code", "--- CALL [010] ---\nCALL\n- * FOR TALKS\n", "",
     "3: no code such as [036]; "},
    {"outside", "- * FOR [1]\nCALL\n", "",
     "1: a pattern before any verb; 2: a word before any block; "},
};

TEST(patterns) {
    for (size_t i = 0; i < COUNT(verb_cases); i++) {
        Reader reader;
        Buf got;

        open(&reader, 'v', str_of(verb_cases[i].text));
        buf_init(&got, 0);
        for (uint32_t p = 0; p < reader.coding.pattern_count; p++) {
            buf_put(&got, p ? "; " : "");
            put_pattern(&reader.coding, &reader.coding.patterns[p], &got);
        }
        EXPECT_STR(verb_cases[i].name, buf_str(&got), verb_cases[i].want);
        EXPECT_STR(verb_cases[i].name, buf_str(&reader.faults),
                   verb_cases[i].faults);
        buf_deinit(&got);
        close(&reader);
    }
}

static const struct {
    const char *name, *text, *word;
    uint32_t before, after;
    bool found, noun;
} form_cases[] = {
    {"plain", "CALL {CALLED}\n", "call", 0, 0, true, false},
    {"named form", "CALL {CALLED}\n", "called", 0, 0, true, false},
    {"regular forms", "MARCH\n", "marching", 0, 0, true, false},
    {"regular forms after e", "URGE\n", "urging", 0, 0, true, false},
    {"none where some are named", "CALL {CALLED}\n", "calling", 0, 0, false,
     false},
    {"more words behind", "+HAND_OVER {+HANDED_OVER}\n", "handed", 0, 1, true,
     false},
    {"more words before", "WIRE_+TAP\n", "tap", 1, 0, true, false},
    {"noun", "@ATTACK\n", "attack", 0, 0, true, true},
};

TEST(forms) {
    for (size_t i = 0; i < COUNT(form_cases); i++) {
        Reader reader;
        const uint32_t *at;
        char text[200];

        snprintf(text, sizeof text, "--- BLOCK [010] ---\n%s",
                 form_cases[i].text);
        open(&reader, 'v', str_of(text));
        at = map_find(&reader.coding.trigger_of,
                      utf8_fold_hash(HASH_SEED, str_of(form_cases[i].word)));
        EXPECT_INT(form_cases[i].name, at != NULL, form_cases[i].found);
        if (at && form_cases[i].found) {
            const VerbForm *form = &reader.coding.triggers[*at];
            EXPECT_INT(form_cases[i].name, form->before, form_cases[i].before);
            EXPECT_INT(form_cases[i].name, form->after, form_cases[i].after);
            EXPECT_INT(form_cases[i].name, form->noun, form_cases[i].noun);
        }
        close(&reader);
    }
}

TEST(our_own_dictionary_has_no_fault) {
    Reader reader;
    const char *folder = getenv("DATELINE_DATA");
    char path[1000];
    FileMap map;
    Error err;

    snprintf(path, sizeof path, "%s/en.verbs", folder ? folder : ".");
    if (!EXPECT_OK(path, file_map(path, &map, &err), err)) {
        return;
    }
    open(&reader, 'v', map.bytes);
    EXPECT_STR("faults", buf_str(&reader.faults), "");
    EXPECT("patterns", reader.coding.pattern_count > 200);
    close(&reader);
    file_unmap(&map);
}
