/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_text.c - tokens, quotation marks, sentences, phrases, language. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "text/text.h"

typedef struct Reading {
    Arena arena;
    const Lexicon *lexicon;
    Clean clean;
    Text text;
    Str given;
} Reading;

static void read_it(void *context) {
    Reading *reading = context;

    text_read(&reading->arena, reading->lexicon, &reading->clean,
              reading->given, &reading->text);
}

/* One block over each line of `text`; close with arena_deinit(). */
static void read_text(Reading *reading, const char *text, BlockKind kind) {
    static Block blocks[64];
    Str bytes = str_of(text);
    uint32_t count = 0;
    size_t begin = 0;
    Error err = {0};

    for (size_t i = 0; i <= bytes.len && count < COUNT(blocks); i++) {
        if (i == bytes.len || bytes.ptr[i] == '\n') {
            Span span = {(uint32_t)begin, (uint32_t)i};
            blocks[count] =
                (Block){.span = span_trim(bytes, span), .kind = kind};
            count += !span_empty(blocks[count].span);
            begin = i + 1;
        }
    }
    *reading = (Reading){.lexicon = test_lexicon()};
    arena_init(&reading->arena, 0);
    reading->clean =
        (Clean){.text = bytes, .blocks = blocks, .block_count = count};
    EXPECT_OK(text, arena_try(&reading->arena, read_it, reading, &err), err);
}

/* Tokens parted by a space. */
static Str show_tokens(Reading *reading) {
    Str shown = {0};

    for (uint32_t i = 0; i < reading->text.token_count; i++) {
        shown = str_join(&reading->arena, shown,
                         str_format(&reading->arena, "%s%.*s", i ? " " : "",
                                    (int)token_str(&reading->text, i).len,
                                    token_str(&reading->text, i).ptr));
    }
    return shown;
}

/* Sentences, each closed by a bar. */
static Str show_sentences(Reading *reading) {
    Str shown = {0};

    for (uint32_t i = 0; i < reading->text.sentence_count; i++) {
        Str one = str_at(reading->text.bytes, reading->text.sentences[i].span);
        shown = str_join(
            &reading->arena, shown,
            str_format(&reading->arena, "%.*s|", (int)one.len, one.ptr));
    }
    return shown;
}

/* A letter for each quotation mark: ( ) for two strokes, < > for one. */
static Str show_quotes(Reading *reading) {
    Str shown = {0};

    for (uint32_t i = 0; i < reading->text.token_count; i++) {
        uint32_t flags = reading->text.tokens[i].flags;
        bool opens = flags & TOKEN_OPEN_QUOTE;
        const char *sign = flags & TOKEN_SINGLE_QUOTE ? opens ? "<" : ">"
                           : opens                    ? "("
                                                      : ")";
        if (flags & (TOKEN_OPEN_QUOTE | TOKEN_CLOSE_QUOTE)) {
            shown = str_join(&reading->arena, shown, str_of(sign));
        }
    }
    return shown;
}

typedef struct Case {
    const char *name, *text, *want;
} Case;

static void check(const Case *cases, size_t count, Str (*show)(Reading *)) {
    for (size_t i = 0; i < count; i++) {
        Reading reading;
        read_text(&reading, cases[i].text, BLOCK_PARAGRAPH);
        EXPECT_STR(cases[i].name, show(&reading), cases[i].want);
        arena_deinit(&reading.arena);
    }
}

static const Case token_cases[] = {
    {"empty", "", ""},
    {"plain", "Rain fell", "Rain fell"},
    {"full stop", "Rain fell.", "Rain fell ."},
    {"possessive", "Syria's army", "Syria 's army"},
    {"curly possessive", "Syria’s army", "Syria ’s army"},
    {"plural possessive", "the rebels' camp", "the rebels ' camp"},
    {"n't", "I don't, you can't.", "I do n't , you ca n't ."},
    {"curly n't", "They won’t go", "They wo n’t go"},
    {"upper case", "DON'T", "DO N'T"},
    {"'ll 're 've 'd 'm", "we'll they're I've he'd I'm",
     "we 'll they 're I 've he 'd I 'm"},
    {"cannot", "They cannot stay. CANNOT", "They can not stay . CAN NOT"},
    {"O'Neill", "O'Neill and o'clock", "O'Neill and o'clock"},
    {"title", "Mr. Brown met Gen. Grey.", "Mr. Brown met Gen. Grey ."},
    {"U.S.", "The U.S. envoy at 9 a.m.", "The U.S. envoy at 9 a.m."},
    {"company", "Harbour Inc. said Brown Corp. lost",
     "Harbour Inc. said Brown Corp. lost"},
    {"initials", "J. K. Brown and B.C. Grey", "J. K. Brown and B.C. Grey"},
    {"no initial", "He took vitamin C. The rest slept.",
     "He took vitamin C . The rest slept ."},
    {"missing space", "It ended.The rest slept.",
     "It ended . The rest slept ."},
    {"figures", "70,000 of 2.5 million, 30%", "70,000 of 2.5 million , 30 %"},
    {"money", "$5, £5m and US$3bn", "$ 5 , £ 5 m and US$ 3 bn"},
    {"times", "10:30, 10am, 4 p.m.", "10:30 , 10 am , 4 p.m."},
    {"ordinals", "the 4th of the 1990s", "the 4th of the 1990s"},
    {"decade", "in the '90s", "in the '90s"},
    {"hyphen", "an 11-nation two-state plan",
     "an 11 - nation two - state plan"},
    {"prefix", "anti-government e-mail", "anti-government e-mail"},
    {"range", "13-17 or 2011-12", "13 - 17 or 2011 - 12"},
    {"date", "on 2013-02-25 or 25/02/2013", "on 2013-02-25 or 25/02/2013"},
    {"dashes", "so—they—left -- all", "so — they — left -- all"},
    {"ellipses", "Well... no… yes", "Well ... no … yes"},
    {"marks", "What?! No!", "What ?! No !"},
    {"ampersand", "AT&T and salt&pepper", "AT&T and salt & pepper"},
    {"address", "See http://example.com/a?b=c.",
     "See http://example.com/a?b=c ."},
    {"mail", "Write to <press@example.org>!",
     "Write to < press@example.org > !"},
    {"host", "on example.com today", "on example.com today"},
    {"handle and tag", "@harbour #storm", "@harbour #storm"},
    {"no-break space", "70\u00a0000 men", "70 000 men"},
    {"letters of other kinds", "Müller, Åsa: 中文", "Müller , Åsa : 中文"},
    {"brackets", "(all [of] them)", "( all [ of ] them )"},
    {"quotes", "\"Go,\" he said", "\" Go , \" he said"},
    {"abbreviation of a figure", "No. 5 and No.", "No. 5 and No ."},
    {"month", "on Sept. 5", "on Sept. 5"},
    {"only marks", "?. ,;", "?. , ;"},
    {"only apostrophes", "' '' '''", "' '' '' '"},
    {"smileys", "Fine:) or not :-( ok :P", "Fine :) or not :-( ok :P"},
    {"no smiley", "at 5:pm (see:)", "at 5 : pm ( see :)"},
    {"newsgroup", "in alt.pets.rabbits today", "in alt.pets.rabbits today"},
    {"no newsgroup", "It ended.It fell.", "It ended . It fell ."},
    {"path of a host", "see example.com/a-b.", "see example.com/a - b ."},
    {"mail in brackets", "\"Ann\"<a@example.com>",
     "\" Ann \" < a@example.com >"},
    {"address in brackets", "below:<http://example.com/a>",
     "below : < http://example.com/a >"},
    {"address of a house", "Ann Grey@OSTREL", "Ann Grey@OSTREL"},
    {"handle with a host", "at @example.com.", "at @example.com ."},
    {"telephone", "853-3242, 3-5213, +1 212-848-8400",
     "853-3242 , 3-5213 , +1 212-848-8400"},
    {"ranges", "500-1000 or 2009-2012", "500 - 1000 or 2009 - 2012"},
    {"list of figures", "as in [13,14] or 7,5", "as in [ 13 , 14 ] or 7,5"},
    {"fraction", "hit .265 of them", "hit .265 of them"},
    {"ending of a file", "the plan (last).doc", "the plan ( last ) .doc"},
    {"its, it's", "its not over, its name", "it s not over , its name"},
    {"typed without apostrophe", "they wont, I cant", "they wo nt , I ca nt"},
    {"marks that end", "left!!. left?! left.?", "left !!. left ?! left .?"},
    {"drawn lines", "=--- ==", "=--- =="},
    {"doubled typographic marks", "‘‘Go,’’ he said", "‘‘ Go , ’’ he said"},
    {"slash", "w/o tea, he/she", "w/o tea , he / she"},
    {"etc.", "tents etc. for all, food, etc.",
     "tents etc. for all , food , etc ."},
    {"dot before a comma", "Brown, Gr., left", "Brown , Gr. , left"},
    {"dot before a name", "Dr.Brown of S.Tarn", "Dr. Brown of S. Tarn"},
    {"decades and years", "the 1960's and 2013's", "the 1960's and 2013 's"},
    {"unit, generation", "3g of salt, a 3G mast", "3 g of salt , a 3G mast"},
    {"prefix before a figure", "the mid-1980s", "the mid-1980s"},
    {"broken off", "th- that ended", "th- that ended"},
    {"name with a mark", "Yahoo! said wow!", "Yahoo! said wow !"},
};

TEST(token_cut) {
    check(token_cases, COUNT(token_cases), show_tokens);
}

TEST(quotation_marks) {
    static const Case cases[] = {
        {"straight", "\"Go,\" he said, \"now.\"", "()()"},
        {"curly", "“Go,” he said, “now.”", "()()"},
        {"curly opened, straight closed", "“Go,\" he said", "()"},
        {"single", "He said: 'Think of your people.'", "<>"},
        {"apostrophes", "The rebels' camp isn't the boys'.", ""},
        {"plural possessive in single quotes", "'The boys go'", "<>"},
        {"curly single", "‘Go,’ he said of the rebels’ camp", "<>"},
        {"nested", "\"He said 'go' to us,\" she said", "(<>)"},
        {"nested, curly", "“He said ‘go’ to us,” she said", "(<>)"},
        {"two marks side by side", "\"'Go,' he said\"", "(<>)"},
        {"not closed", "\"This goes on.\n\"And on.\"", "(()"},
        {"after a bracket", "(\"Go\")", "()"},
        {"after a dash", "so—\"go\"—now", "()"},
        {"decade", "back in the '90s", ""},
        {"spaces on both sides", "he said \" go \" now", "()"},
        {"closed at the end, opened before", "and we go on. \"", ")"},
        {"printer's quotes", "``Go,'' he said", "()"},
    };

    check(cases, COUNT(cases), show_quotes);
}

static const Case split_cases[] = {
    {"empty", "", ""},
    {"blank", " \n ", ""},
    {"no final dot", "Rain fell", "Rain fell|"},
    {"two", "He ran. She sat!", "He ran.|She sat!|"},
    {"question", "Who left? He did.", "Who left?|He did.|"},
    {"title before a name", "Gen. Brown quit. Why?", "Gen. Brown quit.|Why?|"},
    {"saint", "They met in St. Anne. All left.",
     "They met in St. Anne.|All left.|"},
    {"initials", "J. K. Brown wrote it. A. Grey read it.",
     "J. K. Brown wrote it.|A. Grey read it.|"},
    {"U.S. inside", "The U.S. Army left.", "The U.S. Army left.|"},
    {"U.S. at the end", "He left the U.S. The army stayed.",
     "He left the U.S.|The army stayed.|"},
    {"a.m. inside", "At 9 a.m. Monday they left.",
     "At 9 a.m. Monday they left.|"},
    {"p.m. at the end", "They left at 9 p.m. Nobody saw it.",
     "They left at 9 p.m.|Nobody saw it.|"},
    {"company", "Harbour Inc. fell. Brown Corp. rose.",
     "Harbour Inc. fell.|Brown Corp. rose.|"},
    {"decimal", "It fell 2.5 percent. Then 70,000 left.",
     "It fell 2.5 percent.|Then 70,000 left.|"},
    {"figure first", "They left. 30 stayed.", "They left.|30 stayed.|"},
    {"quote closes after", "\"They left.\" He stayed.",
     "\"They left.\"|He stayed.|"},
    {"quote opens after", "He stayed. \"They left.\"",
     "He stayed.|\"They left.\"|"},
    {"question in a quote", "\"Who left?\" he asked.",
     "\"Who left?\" he asked.|"},
    {"question, then its speaker",
     "\"Who left?\" Jane Brown asked. \"He?\" The rest slept.",
     "\"Who left?\" Jane Brown asked.|\"He?\"|The rest slept.|"},
    {"marks only at the start", "? why", "? why|"},
    {"title with a question", "The play Who Is It? opens today.",
     "The play Who Is It? opens today.|"},
    {"exclamation in a quote", "“Go!” they cried. He went.",
     "“Go!” they cried.|He went.|"},
    {"ellipsis inside", "He said ... nothing. Well… no.",
     "He said ... nothing.|Well… no.|"},
    {"ellipsis at the end", "He waited... She came.",
     "He waited...|She came.|"},
    {"brackets", "(He left.) She stayed (for now). All slept.",
     "(He left.)|She stayed (for now).|All slept.|"},
    {"dateline", "HARBOUR TOWN (NEWS) — Rain fell. It stopped.",
     "HARBOUR TOWN (NEWS) — Rain fell.|It stopped.|"},
    {"two blocks", "Rain fell\nIt stopped", "Rain fell|It stopped|"},
    {"all capitals", "RAIN FELL. IT STOPPED.", "RAIN FELL.|IT STOPPED.|"},
    {"no space", "It ended.The rest slept.", "It ended.|The rest slept.|"},
    {"number", "He was No. 5 of them. She was No. 1.",
     "He was No. 5 of them.|She was No. 1.|"},
    {"name with a mark", "The firm Wow! said so.", "The firm Wow! said so.|"},
    {"et al.", "Brown et al. Found it", "Brown et al. Found it|"},
    {"address", "See www.example.com. It is shut.",
     "See www.example.com.|It is shut.|"},
    {"single quotes", "'They left.' He stayed.", "'They left.'|He stayed.|"},
    {"small letters", "the tents are gone. nobody stayed.",
     "the tents are gone.|nobody stayed.|"},
};

TEST(sentence_split) {
    check(split_cases, COUNT(split_cases), show_sentences);
}

/* One case for each of the rules that splitters of English are commonly held
 * to, and for how news is set. */
static const Case rule_cases[] = {
    {"stop", "The harbour lies in the north. Its name is Ostrel.",
     "The harbour lies in the north.|Its name is Ostrel.|"},
    {"question", "Where is the ferry? It was due at noon.",
     "Where is the ferry?|It was due at noon.|"},
    {"exclamation", "Look at that wave! The pier is gone.",
     "Look at that wave!|The pier is gone.|"},
    {"initial", "Her name is Anna E. Grey.", "Her name is Anna E. Grey.|"},
    {"small abbreviation of one letter", "Please turn to p. 31.",
     "Please turn to p. 31.|"},
    {"small abbreviation inside", "Were Anna and co. on the ferry?",
     "Were Anna and co. on the ferry?|"},
    {"company inside", "They signed with Brown, Grey & Co. at noon.",
     "They signed with Brown, Grey & Co. at noon.|"},
    {"small abbreviation at the end",
     "Let us ask Anna and co. They should know.",
     "Let us ask Anna and co.|They should know.|"},
    {"company at the end", "They signed with Brown, Grey & Co. It was late.",
     "They signed with Brown, Grey & Co.|It was late.|"},
    {"mountain", "She can see Mt. Arden from here.",
     "She can see Mt. Arden from here.|"},
    {"saint and street", "St. Anne's Church is on 3rd St. near the pier.",
     "St. Anne's Church is on 3rd St. near the pier.|"},
    {"junior, owning", "That is Tom Brown Jr.'s boat.",
     "That is Tom Brown Jr.'s boat.|"},
    {"dots inside", "She visited the U.S.A. last year.",
     "She visited the U.S.A. last year.|"},
    {"dots at the end", "She lives in the E.U. How about you?",
     "She lives in the E.U.|How about you?|"},
    {"U.S. at the end, question", "She lives in the U.S. How about you?",
     "She lives in the U.S.|How about you?|"},
    {"U.S. before a body", "She works for the U.S. Government in Ostrel.",
     "She works for the U.S. Government in Ostrel.|"},
    {"U.S. before for", "She has lived in the U.S. for ten years.",
     "She has lived in the U.S. for ten years.|"},
    {"money", "She has $30.00 in her bag.", "She has $30.00 in her bag.|"},
    {"money at the end", "She has $30.00. It is in her bag.",
     "She has $30.00.|It is in her bag.|"},
    {"sentence in brackets",
     "He teaches music (He sailed for ten years before.) at the local "
     "school.",
     "He teaches music (He sailed for ten years before.) at the local "
     "school.|"},
    {"mail address",
     "Her address is anna.grey@example.com. She sends him letters.",
     "Her address is anna.grey@example.com.|She sends him letters.|"},
    {"web address", "The site is https://www.example.com/en.html. Please look.",
     "The site is https://www.example.com/en.html.|Please look.|"},
    {"single quotes, then small",
     "She turned to him, 'This is a boat.' she said.",
     "She turned to him, 'This is a boat.' she said.|"},
    {"double quotes, then small",
     "She turned to him, \"This is a boat.\" she said.",
     "She turned to him, \"This is a boat.\" she said.|"},
    {"double quotes, then capital",
     "She turned to him, \"This is a boat.\" She held the rope.",
     "She turned to him, \"This is a boat.\"|She held the rope.|"},
    {"two exclamations", "Hello!! Long time no see.",
     "Hello!!|Long time no see.|"},
    {"two questions", "Hello?? Who is there?", "Hello??|Who is there?|"},
    {"mark and mark", "Hello!? Is that you?", "Hello!?|Is that you?|"},
    {"mark and other mark", "Hello?! Is that you?", "Hello?!|Is that you?|"},
    {"list 1.), no stops", "1.) The first boat 2.) The second boat",
     "1.) The first boat|2.) The second boat|"},
    {"list 1.)", "1.) The first boat. 2.) The second boat.",
     "1.) The first boat.|2.) The second boat.|"},
    {"list 1)", "1) The first boat 2) The second boat",
     "1) The first boat|2) The second boat|"},
    {"list 1., no stops", "1. The first boat 2. The second boat",
     "1. The first boat|2. The second boat|"},
    {"list 1.", "1. The first boat. 2. The second boat.",
     "1. The first boat.|2. The second boat.|"},
    {"bullets", "• 9. The first boat • 10. The second boat",
     "• 9. The first boat|• 10. The second boat|"},
    {"list a.", "a. The first boat b. The second boat c. The third boat",
     "a. The first boat|b. The second boat|c. The third boat|"},
    {"long number",
     "You can find it at No. 1026.253.553. That is where the boat is.",
     "You can find it at No. 1026.253.553.|That is where the boat is.|"},
    {"firm with a mark", "She works at Yahoo! in the sales department.",
     "She works at Yahoo! in the sales department.|"},
    {"I", "We make a good crew, you and I. Did you see Tom I. Brown yesterday?",
     "We make a good crew, you and I.|Did you see Tom I. Brown "
     "yesterday?|"},
    {"spaced dots in a quote",
     "The captain held that at sea “the laws of the land seem small. . . "
     ".”",
     "The captain held that at sea “the laws of the land seem small. . . "
     ".”|"},
    {"dots in brackets",
     "\"The mate [...] used the chart he had kept . . . as a guide\" "
     "(Brown 31).",
     "\"The mate [...] used the chart he had kept . . . as a guide\" "
     "(Brown 31).|"},
    {"four spaced dots", "The line was cut . . . . Next came the mast.",
     "The line was cut . . . .|Next came the mast.|"},
    {"four dots", "I never meant that.... She left the boat.",
     "I never meant that....|She left the boat.|"},
    {"three spaced dots",
     "I was not ... well, what I mean ... see . . . the thing is . . . I "
     "did not mean it.",
     "I was not ... well, what I mean ... see . . . the thing is . . . I "
     "did not mean it.|"},
    {"spaced dots, three and four",
     "One habit that was weaker . . . was that of tying knots. . . . It "
     "was not given up. . . .",
     "One habit that was weaker . . . was that of tying knots. . . .|It "
     "was not given up. . . .|"},
    {"dateline",
     "DAMASCUS (AFP) - Rebels took a bridge on Monday. The army said "
     "nothing.",
     "DAMASCUS (AFP) - Rebels took a bridge on Monday.|The army said "
     "nothing.|"},
    {"dateline with a country",
     "BEIRUT, Lebanon — Rebels took a bridge. It fell at noon.",
     "BEIRUT, Lebanon — Rebels took a bridge.|It fell at noon.|"},
    {"dateline with a day",
     "OSTREL, March 4 (Reuters) - The port closed. Ferries stopped.",
     "OSTREL, March 4 (Reuters) - The port closed.|Ferries stopped.|"},
    {"byline", "By Anna Grey\n\nThe port closed. Ferries stopped.",
     "By Anna Grey|The port closed.|Ferries stopped.|"},
    {"capitals",
     "THE PORT CLOSED. FERRIES STOPPED. MR. BROWN LEFT AT 5 P.M. NOBODY "
     "KNEW.",
     "THE PORT CLOSED.|FERRIES STOPPED.|MR. BROWN LEFT AT 5 P.M.|NOBODY "
     "KNEW.|"},
    {"title case",
     "Storm Hits Port as Ferries Stop, Mayor Says\n\nThe port closed.",
     "Storm Hits Port as Ferries Stop, Mayor Says|The port closed.|"},
    {"rank in a quote",
     "\"We left,\" said Lt. Col. Tom Brown. \"Nobody stayed.\"",
     "\"We left,\" said Lt. Col. Tom Brown.|\"Nobody stayed.\"|"},
    {"ranks and party",
     "He spoke to Gen. J. K. Brown, Sen. Anna Grey (R-Va.) and Gov. White.",
     "He spoke to Gen. J. K. Brown, Sen. Anna Grey (R-Va.) and Gov. "
     "White.|"},
    {"court case", "The Brown v. Grey case, No. 12-345, ended. It took years.",
     "The Brown v. Grey case, No. 12-345, ended.|It took years.|"},
    {"speakers after marks",
     "\"Did you see it?\" asked Brown. \"No!\" Grey said. They left.",
     "\"Did you see it?\" asked Brown.|\"No!\" Grey said.|They left.|"},
    {"unit and hour", "It rose to 1.5 m. The water fell at 3 p.m. Friday.",
     "It rose to 1.5 m.|The water fell at 3 p.m. Friday.|"},
};

TEST(sentence_rules) {
    check(rule_cases, COUNT(rule_cases), show_sentences);
}

TEST(block_kinds) {
    Reading reading;

    read_text(&reading, "Storm hits harbour", BLOCK_HEADING);
    EXPECT_INT("one sentence", reading.text.sentence_count, 1);
    EXPECT("a heading", reading.text.sentences[0].heading);
    arena_deinit(&reading.arena);
    read_text(&reading, "Share this page", BLOCK_LITTER);
    EXPECT_INT("litter has no tokens", reading.text.token_count, 0);
    EXPECT_STR("nor a language", reading.text.language, "und");
    arena_deinit(&reading.arena);
}

TEST(token_flags) {
    static const struct {
        const char *text;
        uint32_t want;
    } cases[] = {
        {"rain", TOKEN_SPACE_BEFORE | TOKEN_SENTENCE_START},
        {"Rain", TOKEN_CAPITAL | TOKEN_SPACE_BEFORE | TOKEN_SENTENCE_START},
        {"UN", TOKEN_CAPITAL | TOKEN_ALL_CAPS | TOKEN_SPACE_BEFORE |
                   TOKEN_SENTENCE_START},
        {"U.S.", TOKEN_CAPITAL | TOKEN_ALL_CAPS | TOKEN_SPACE_BEFORE |
                     TOKEN_SENTENCE_START},
        {"70,000", TOKEN_NUMBER | TOKEN_SPACE_BEFORE | TOKEN_SENTENCE_START},
        {"Éa", TOKEN_CAPITAL | TOKEN_SPACE_BEFORE | TOKEN_SENTENCE_START},
        {"—", TOKEN_PUNCT | TOKEN_SPACE_BEFORE | TOKEN_SENTENCE_START},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Reading reading;
        read_text(&reading, cases[i].text, BLOCK_PARAGRAPH);
        EXPECT_INT(cases[i].text, reading.text.tokens[0].flags, cases[i].want);
        arena_deinit(&reading.arena);
    }
}

TEST(token_phrase) {
    static const struct {
        const char *name, *text;
        LexKind kind;
        uint32_t want;
    } cases[] = {
        {"one word", "Syria stays", LEX_COUNTRY, 1},
        {"two words", "South Sudan stays", LEX_COUNTRY, 2},
        {"none", "Harbour stays", LEX_COUNTRY, 0},
        {"a hyphen that was cut off", "Guinea-Bissau stays", LEX_COUNTRY, 3},
        {"not past the end", "South", LEX_COUNTRY, 0},
        {"an abbreviation", "the", LEX_ABBREVIATION, 0},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Reading reading;
        LexRow row;
        read_text(&reading, cases[i].text, BLOCK_PARAGRAPH);
        EXPECT_INT(cases[i].name,
                   token_phrase(&reading.text, 0, reading.text.token_count,
                                cases[i].kind, &row),
                   cases[i].want);
        EXPECT_INT(cases[i].name, row.lexicon != NULL, cases[i].want > 0);
        arena_deinit(&reading.arena);
    }
}

TEST(token_at) {
    Reading reading;

    read_text(&reading, "It ended. All slept.", BLOCK_PARAGRAPH);
    EXPECT_INT("inside", token_at(&reading.text, 4), 1);
    EXPECT_INT("between", token_at(&reading.text, 9), 3);
    EXPECT_INT("past the end", token_at(&reading.text, 99), 6);
    EXPECT("token_is folds", token_is(&reading.text, 3, "all"));
    arena_deinit(&reading.arena);
}

TEST(language) {
    static const Case cases[] = {
        {"en", "The storm hit the harbour in the night and did not stop.",
         "en"},
        {"en, short", "Storm hits the harbour of the island", "en"},
        {"en, a few words", "Storm hits on Friday", "en"},
        {"en, two words", "Storm yesterday", "en"},
        {"a name", "Ostrel Harbour", "und"},
        {"de, short", "Sturm im August", "und"},
        {"de, shared words", "Was will man mehr?", "und"},
        {"fr, short", "Six morts", "und"},
        {"es, short", "El once de abril", "und"},
        {"nl, short", "Een uur later", "nl"},
        {"pl, short", "Dia ten", "und"},
        {"de", "Der Sturm traf in der Nacht den Hafen und ließ nicht nach.",
         "de"},
        {"fr", "La tempête a frappé le port dans la nuit et n'a pas cessé.",
         "fr"},
        {"es", "La tormenta llegó al puerto por la noche y no se detuvo.",
         "es"},
        {"pt", "A tempestade atingiu o porto à noite e não parou até hoje.",
         "pt"},
        {"it", "La tempesta ha colpito il porto nella notte e non è finita.",
         "it"},
        {"nl", "De storm trof de haven in de nacht en hield niet op.", "nl"},
        {"sv", "Stormen nådde hamnen på natten och har inte lagt sig.", "sv"},
        {"pl", "Burza uderzyła w port w nocy i nie ustała do rana.", "pl"},
        {"tr", "Fırtına gece limana ulaştı ve daha sonra çok büyük oldu.",
         "tr"},
        {"ru", "Буря пришла в порт ночью и не стихла до утра.", "ru"},
        {"uk",
         "Буря прийшла в порт уночі та не вщухла до ранку, але це ще не все.",
         "uk"},
        {"ar", "وصلت العاصفة إلى الميناء في الليل ولم تتوقف حتى الآن", "ar"},
        {"fa", "طوفان در شب به بندر رسید و تا صبح آرام نشد", "fa"},
        {"el", "Η καταιγίδα έφτασε στο λιμάνι τη νύχτα.", "el"},
        {"he", "הסערה הגיעה לנמל בלילה.", "he"},
        {"zh", "风暴在夜里到达港口。", "zh"},
        {"ja", "嵐は夜に港に着いた。", "ja"},
        {"ko", "폭풍이 밤에 항구에 도착했다.", "ko"},
        {"figures only", "12:30, 14 and", "und"},
        {"nothing", "", "und"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Reading reading;
        read_text(&reading, cases[i].text, BLOCK_PARAGRAPH);
        EXPECT_STR(cases[i].name, reading.text.language, cases[i].want);
        EXPECT(cases[i].name,
               reading.text.language_p >= 0 && reading.text.language_p <= 1);
        arena_deinit(&reading.arena);
    }
}

/* Text that goes on and on: each costs time in proportion to its length, or
 * the test runs into its time limit. */
TEST(blow_up) {
    static const char *const pieces[] = {
        "a",   "a-",      "1-",   "a.",   "x.com.", "'",      "'s",
        "\"",  "! ",      "? \"", ". ) ", "a_",     "1,",     "@",
        "://", "a@",      "( ",   "Mr. ", "J. ",    "\u00a0", "\u2019",
        "...", "U.S. A ", "- ",   "A&A",  "anti-",  "$1",     "\u4e2d",
    };
    enum { SIZE = 1 << 20 };
    char *text = malloc(SIZE + 16);

    for (size_t i = 0; i < COUNT(pieces); i++) {
        size_t len = strlen(pieces[i]), at = 0;
        Reading reading;
        for (; at < SIZE; at += len) {
            memcpy(text + at, pieces[i], len);
        }
        text[at] = '\0';
        read_text(&reading, text, BLOCK_PARAGRAPH);
        EXPECT(pieces[i], reading.text.token_count <= SIZE + 16);
        arena_deinit(&reading.arena);
    }
    free(text);
}
