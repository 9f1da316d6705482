/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_page.c - HTML pages: tokens, blocks, charsets, fields. All pages
 * are made up. */
#include "test.h"

#include <string.h>

#include "base/buf.h"
#include "clean/clean.h"
#include "clean/linked.h"
#include "clean/page.h"
#include "clean/page_date.h"
#include "read/page_charset.h"

/* Paragraphs that any reader takes for a report. */
#define RAIN                                                                   \
    "<p>Heavy rain closed the mountain road to Orsk on Monday, and the "       \
    "district council said in a statement that it would stay shut for at "     \
    "least three days while engineers look at the slope above it.</p>"
#define BRIDGE                                                                 \
    "<p>Two bridges were still shut in the evening, and buses took the "       \
    "longer way round the lake. \"Nobody was hurt,\" the mayor told "          \
    "reporters, who had waited for her since the morning.</p>"
#define BUSES                                                                  \
    "<p>The bus company put on six more buses in the afternoon. It said that " \
    "passengers should expect delays of an hour, and that tickets for the "    \
    "train would be taken on all of its lines until the road is open.</p>"
#define MENU                                                                   \
    "<nav class=menu><ul><li><a href=/>Home</a><li><a href=/w>World</a><li>"   \
    "<a href=/s>Sport</a></ul></nav>"
#define FOOTER                                                                 \
    "<footer class=site-footer><a href=/about>About us</a> <a "                \
    "href=/imprint>Imprint</a> &copy; Lake Herald</footer>"

/* ------------------------------------------------------------------ walk */

static const struct {
    const char *name, *html, *want; /* each block in brackets, its element */
} blocks[] = {
    {"empty", "", ""},
    {"inline elements part nothing", "<p>a<b>b</b> <i>c</i>\n d</p>",
     "p[ab c d]"},
    {"blocks", "x<div>a<p>b</p>c</div>d", "body[x]div[a]p[b]div[c]body[d]"},
    {"a paragraph ends another", "<p>a<p>b<div>c", "p[a]p[b]div[c]"},
    {"not in a table cell", "<p>a<table><tr><td>b<p>c", "p[a]td[b]p[c]"},
    {"items", "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "li[a]li[b]li[c]li[d]"},
    {"terms", "<dl><dt>a<dd>b<dt>c</dl>", "dt[a]dd[b]dt[c]"},
    {"cells", "<table><tr><td>a<td>b<tr><td>c</table>d",
     "td[a]td[b]td[c]body[d]"},
    {"one line break is none, two are one", "a<br>b<br><br>c",
     "body[a\nb]body[c]"},
    {"links in the wrong order", "<a href=x><div>a</a>b</div>c",
     "div[ab]body[c]"},
    {"end tags of nothing", "</p></div>a</span>b</table>c", "body[ab]body[c]"},
    {"scripts and styles", "a<script>b<p></script>c<style>d</style>e",
     "body[ace]"},
    {"a script in a comment in a script",
     "<script><!--<script>a</script>b--></script>c", "body[c]"},
    {"comments", "a<!-- b -->c<!-->d<!--->e<!-- f --!>g", "body[acdeg]"},
    {"declarations", "<!doctype html><?x y>a<![CDATA[b]]>c", "body[ac]"},
    {"a bare angle", "1 < 2 <3 <> </> a", "body[1 < 2 <3 <> a]"},
    {"cut off in a tag", "a<p class=\"b", "body[a]"},
    {"head", "<head><title>a</title><style>b</style></head>c", "body[c]"},
    {"a head without an end", "<head><title>a</title><p>b", "p[b]"},
    {"drawings", "a<svg><text>b</text><path/></svg>c", "body[ac]"},
    {"forms", "<select><option>a<option>b</select><textarea>c</textarea>d",
     "body[d]"},
    {"references", "&amp;&lt&eacute;&#8211;&#x80;&notit;&zzz;&",
     "body[&<\u00e9\u2013\u20ac\u00acit;&zzz;&]"},
    {"marks that nobody sees", "a&shy;b&#8203;c", "body[abc]"},
    {"lines of preformatted text", "<pre>a\nb</pre>", "pre[a\nb]"},
    {"a kicker", "<h1><span class=kicker>a</span>b</h1>", "span[a]h1[b]"},
};

static const char *element_name(const Page *page, const PageBlock *block) {
    static const char *const names[EL_COUNT] = {"other",
#define ELEMENT_NAME(name) #name,
                                                ELEMENTS(ELEMENT_NAME)
#undef ELEMENT_NAME
    };

    return names[page->elements[block->element].element];
}

TEST(page_walk) {
    for (size_t i = 0; i < COUNT(blocks); i++) {
        Arena arena;
        Buf got;
        Page page;

        arena_init(&arena, 0);
        buf_init(&got, 0);
        page_walk(&arena, test_lexicon(), str_of(blocks[i].html), &page);
        for (uint32_t b = 0; b < page.block_count; b++) {
            buf_put(&got, element_name(&page, &page.blocks[b]));
            buf_char(&got, '[');
            buf_push(&got, str_at(page.text, page.blocks[b].text));
            buf_char(&got, ']');
        }
        EXPECT_STR(blocks[i].name, buf_str(&got), blocks[i].want);
        buf_deinit(&got);
        arena_deinit(&arena);
    }
}

/* Ten thousand of each, many deep: linear, or the test runs out of time. */
TEST(page_depth) {
    static const char *const pieces[] = {
        "<div>x",
        "<b><p>x",
        "<a href=a>x<a href=b>y",
        "<table><tr><td>x",
        "<ul><li>x",
        "</span>",
        "<svg>",
        "<p class='a b c d e f'>x",
    };

    for (size_t i = 0; i < COUNT(pieces); i++) {
        Arena arena;
        Buf html;
        Page page;

        arena_init(&arena, 0);
        buf_init(&html, 0);
        for (int n = 0; n < 10000; n++) {
            buf_put(&html, pieces[i]);
        }
        page_walk(&arena, test_lexicon(), buf_str(&html), &page);
        EXPECT(pieces[i], page.block_count <= 20000);
        buf_deinit(&html);
        arena_deinit(&arena);
    }
}

/* -------------------------------------------------------------- charsets */

static const struct {
    const char *name, *page, *given, *want; /* "": to be detected */
} charsets[] = {
    {"meta", "<meta charset=koi8-r>", "", "koi8-r"},
    {"meta of old", "<meta content='text/html; charset=\"gb2312\"'>", "",
     "GB18030"},
    {"latin-1 is windows-1252", "<meta charset=ISO-8859-1>", "",
     "windows-1252"},
    {"UTF-16 in ASCII is UTF-8", "<meta charset=utf-16>", "", "UTF-8"},
    {"given wins", "<meta charset=koi8-r>", "windows-1251", "windows-1251"},
    {"not what is unknown", "<meta charset=koi8-r>", "klingon", "koi8-r"},
    {"a comment says nothing", "<!-- <meta charset=koi8-r> -->", "", ""},
    {"a mark wins", "\xEF\xBB\xBF<meta charset=koi8-r>", "koi8-r", ""},
    {"what is UTF-8 is", "<meta charset=koi8-r>\xC3\xA9", "", "UTF-8"},
    {"nothing said", "<p>x", "", ""},
};

TEST(page_charset) {
    for (size_t i = 0; i < COUNT(charsets); i++) {
        char name[CHARSET_NAME_MAX];
        const char *got = page_charset(str_of(charsets[i].page),
                                       str_of(charsets[i].given), name);

        EXPECT_STR(charsets[i].name, str_of(got), charsets[i].want);
    }
}

static const struct {
    const char *name, *bytes, *charset, *until; /* in the text */
    uint32_t want;                              /* bytes of the page */
} places[] = {
    {"same", "abc", "UTF-8", "ab", 2},
    {"behind a mark",
     "\xEF\xBB\xBF"
     "abc",
     "UTF-8", "ab", 5},
    {"one for two",
     "\xE4\xF6"
     "c",
     "windows-1252", "\u00e4\u00f6", 2},
    {"two for three", "\x82\xA0\x82\xA2", "Shift_JIS", "\u3042", 2},
    {"bad bytes",
     "a\xFF\xFE"
     "b",
     "UTF-8", "a\uFFFD\uFFFD", 3},
    {"bad bytes elsewhere",
     "a\x81\x81"
     "b",
     "Shift_JIS", "a", 1},
};

TEST(charset_places) {
    for (size_t i = 0; i < COUNT(places); i++) {
        uint32_t place = (uint32_t)strlen(places[i].until);

        charset_places(str_of(places[i].bytes), str_of(places[i].charset),
                       &place, 1);
        EXPECT_INT(places[i].name, place, places[i].want);
    }
}

/* ----------------------------------------------------------------- dates */

static const struct {
    const char *name, *text;
    DayOrder order;
    const char *want;
} dates[] = {
    {"ISO", "on 2031-03-12 it", ORDER_UNKNOWN, "2031-03-12"},
    {"with a clock and zone", "2031-03-12T09:30:15.25+0100", ORDER_UNKNOWN,
     "2031-03-12T09:30+01:00"},
    {"a clock without a zone tells no more", "2031-03-12 09:30", ORDER_UNKNOWN,
     "2031-03-12"},
    {"German", "Orsk, 3. M\u00e4rz 2031, 9 Uhr", ORDER_UNKNOWN, "2031-03-03"},
    {"German in figures", "vom 12.03.2031", ORDER_UNKNOWN, "2031-03-12"},
    {"American", "March 12th, 2031", ORDER_UNKNOWN, "2031-03-12"},
    {"Spanish", "12 de marzo de 2031", ORDER_UNKNOWN, "2031-03-12"},
    {"Chinese", "2031\u5e743\u670812\u65e5", ORDER_UNKNOWN, "2031-03-12"},
    {"packed", "/20310312-rain", ORDER_UNKNOWN, "2031-03-12"},
    {"the day first", "3/4/2031", ORDER_DAY_FIRST, "2031-04-03"},
    {"the month first", "3/4/2031", ORDER_MONTH_FIRST, "2031-03-04"},
    {"who knows", "3/4/2031", ORDER_UNKNOWN, ""},
    {"only one reading", "13/4/2031", ORDER_MONTH_FIRST, "2031-04-13"},
    {"no such day", "31.2.2031", ORDER_DAY_FIRST, ""},
    {"a version", "1.2.3 and 10.4", ORDER_DAY_FIRST, ""},
    {"a score", "They won 3-2 in 2031", ORDER_DAY_FIRST, ""},
};

TEST(page_date) {
    for (size_t i = 0; i < COUNT(dates); i++) {
        Arena arena;
        PageDate date;
        Str got = {0};

        arena_init(&arena, 0);
        if (page_date_find(test_lexicon(), str_of(dates[i].text), 0,
                           dates[i].order, &date)) {
            got = page_date_iso(&arena, &date);
        }
        EXPECT_STR(dates[i].name, got, dates[i].want);
        arena_deinit(&arena);
    }
}

/* ----------------------------------------------------------- linked data */

static const struct {
    const char *name, *json, *want; /* linked_text() of "a" */
} linked[] = {
    {"a string", "{\"a\":\"b\"}", "b"},
    {"escapes", "{\"a\":\"\\u00e9\\ud83d\\ude00\\n\\\"&amp;\"}",
     "\u00e9\U0001F600 \"&"},
    {"the first of a list", "{\"a\":[\"b\",\"c\"]}", "b"},
    {"raw lines and commas too many", "{\"x\":1,,\"a\":\"b\nc\",}", "b c"},
    {"in a comment", "<!--{\"a\":\"b\"}-->", "b"},
    {"cut off", "{\"a\":\"b\",\"c\":[{\"d\":", "b"},
    {"no string", "{\"a\":{\"b\":\"c\"}}", ""},
    {"no object", "nothing", ""},
};

TEST(linked_data) {
    for (size_t i = 0; i < COUNT(linked); i++) {
        Arena arena;
        arena_init(&arena, 0);
        EXPECT_STR(
            linked[i].name,
            linked_text(
                &arena,
                linked_get(linked_parse(&arena, str_of(linked[i].json)), "a")),
            linked[i].want);
        arena_deinit(&arena);
    }
}

/* ----------------------------------------------------------------- pages */

static void clean_page(Arena *arena, const char *html, const char *url,
                       bool litter, Clean *out) {
    Report report = {.html = str_of(html),
                     .source = str_of(html),
                     .url = str_of(url),
                     .charset = str_of("UTF-8")};

    clean_report(arena, test_lexicon(), &report, litter, out);
}

static Str outline(Arena *arena, const Clean *clean) {
    static const char *const names[BLOCK_KIND_COUNT] = {
        "p", "title", "h", "byline", "item", "quote", "litter"};
    Str out = {0};

    for (uint32_t i = 0; i < clean->block_count; i++) {
        Str text = str_at(clean->text, clean->blocks[i].span);
        out = str_format(arena, "%.*s%s<%.*s> ", (int)out.len, out.ptr,
                         names[clean->blocks[i].kind],
                         (int)(text.len < 10 ? text.len : 10), text.ptr);
    }
    return out;
}

static const struct {
    const char *name, *html, *want;
} pages[] = {
    {"a report among menus",
     "<body>" MENU "<article><h1>Rain shuts road</h1>" RAIN BRIDGE
     "<h2>Six more buses</h2>" BUSES "</article>" FOOTER,
     "title<Rain shuts> p<Heavy rain> p<Two bridge> h<Six more b> p<The bus "
     "co> "},
    {"lists and quotations",
     "<article><h1>Rain shuts road</h1>" RAIN BRIDGE
     "<blockquote><p>The mountain is still moving, and nobody should go near "
     "the road before the engineers have seen it from all sides.</blockquote>"
     "<p>The council asked for three things on Tuesday:</p><ul><li>warm "
     "blankets for the school in which families sleep<li>drinking water for "
     "the villages above the lake</ul>" BUSES "</article>",
     "title<Rain shuts> p<Heavy rain> p<Two bridge> quote<The mounta> p<The "
     "counci> "
     "item<warm blank> item<drinking w> p<The bus co> "},
    {"comments below",
     "<article><h1>Rain shuts road</h1>" RAIN BRIDGE BUSES "</article>"
     "<section id=comments class=comment-list><h3>2 comments</h3><div "
     "class=comment><b class=comment-author>gull77</b><p>I have been stuck "
     "there for hours and nobody told us anything about "
     "it.</p></div></section>",
     "title<Rain shuts> p<Heavy rain> p<Two bridge> p<The bus co> "},
};

TEST(page_text) {
    for (size_t i = 0; i < COUNT(pages); i++) {
        Arena arena;
        Clean clean;

        arena_init(&arena, 0);
        clean_page(&arena, pages[i].html, "", true, &clean);
        EXPECT_STR(pages[i].name, outline(&arena, &clean), pages[i].want);
        EXPECT_INT(pages[i].name, clean.page, PAGE_ARTICLE);
        arena_deinit(&arena);
    }
}

TEST(page_sources) {
    static const char html[] =
        MENU "<article>" RAIN "<p>Two &amp; <b>two</b> bridges were shut in "
             "the evening, and buses took the longer way round.</p>" BUSES;
    Arena arena;
    Clean clean;

    arena_init(&arena, 0);
    clean_page(&arena, html, "", true, &clean);
    EXPECT_INT("three blocks", clean.block_count, 3);
    EXPECT_STR("as it stands in the page",
               str_slice(str_of(html), clean.blocks[1].source.begin,
                         clean.blocks[1].source.begin + 20),
               "Two &amp; <b>two</b>");
    EXPECT_STR("to its last character",
               str_slice(str_of(html), clean.blocks[1].source.end - 6,
                         clean.blocks[1].source.end),
               "round.");
    clean_page(&arena, html, "", false, &clean);
    EXPECT_STR("all of it", str_at(clean.text, clean.blocks[0].span), "Home");
    arena_deinit(&arena);
}

static const struct {
    const char *name, *html, *url;
    const char *title, *byline, *published;
    PublishedFrom from;
} heads[] = {
    {"the headline agrees with the window",
     "<title>Rain shuts road | Lake Herald</title><h1><a href=/>Lake "
     "Herald</a></h1><h1>Rain shuts road</h1>" RAIN,
     "", "Rain shuts road", "", "", PUBLISHED_NONE},
    {"no headline is shown",
     "<meta property=og:site_name content='Lake Herald'><meta "
     "property=og:title content='Rain shuts road - Lake Herald'>" RAIN,
     "", "Rain shuts road", "", "", PUBLISHED_NONE},
    {"separators of two marks",
     "<title>Rain :: Orsk :: Lake Herald</title><h1>Rain :: Orsk</h1>" RAIN, "",
     "Rain :: Orsk", "", "", PUBLISHED_NONE},
    {"behind a kicker",
     "<title>Rain shuts mountain road</title><h1>Lake Orsk: Rain shuts "
     "mountain road</h1>" RAIN,
     "", "Rain shuts mountain road", "", "", PUBLISHED_NONE},
    {"linked data by id",
     "<script type=application/ld+json>{\"@graph\":[{\"@type\":\"Article\","
     "\"headline\":\"Rain\",\"author\":{\"@id\":\"#1\"},\"datePublished\":"
     "\"2031-03-12T09:30:00+01:00\"},{\"@id\":\"#1\",\"@type\":\"Person\","
     "\"name\":\"Jo Roe\"}]}</script><h1>Rain</h1>" RAIN,
     "", "Rain", "Jo Roe", "2031-03-12T09:30+01:00", PUBLISHED_LINKED},
    {"meta",
     "<meta name=author content='Jo Roe and Ann Doe'><meta "
     "property=article:published_time content=2031-03-12><h1>Rain</h1>" RAIN,
     "", "Rain", "Jo Roe|Ann Doe", "2031-03-12", PUBLISHED_META},
    {"the outlet is no writer",
     "<meta property=og:site_name content='Lake Herald'><meta name=author "
     "content='Lake Herald'><h1>Rain</h1><p class=byline>By Jo Roe in Orsk, "
     "12 March 2031</p>" RAIN,
     "", "Rain", "Jo Roe", "2031-03-12", PUBLISHED_TEXT},
    {"a link to the writer",
     "<h1>Rain</h1><div>von <a rel=author href=/a>Jo "
     "Roe</a> | <time datetime=2031-03-12>heute</time>"
     "</div>" RAIN,
     "", "Rain", "Jo Roe", "2031-03-12", PUBLISHED_TIME_TAG},
    {"the url", "<h1>Rain</h1>" RAIN, "https://lake.example/2031/3/12/rain",
     "Rain", "", "2031-03-12", PUBLISHED_URL},
    {"a comment's time is none",
     "<h1>Rain</h1>" RAIN BRIDGE "<div class=comments><p>gull77</p><time "
     "datetime=2031-03-14>14 March 2031</time></div>",
     "", "Rain", "", "", PUBLISHED_NONE},
    {"midnight elsewhere",
     "<meta property=article:published_time "
     "content=2031-03-11T23:00:00Z><h1>Rain</h1>" RAIN,
     "", "Rain", "", "2031-03-12", PUBLISHED_META},
};

TEST(page_head) {
    for (size_t i = 0; i < COUNT(heads); i++) {
        Arena arena;
        Clean clean;
        Str names = {0};

        arena_init(&arena, 0);
        clean_page(&arena, heads[i].html, heads[i].url, true, &clean);
        for (uint32_t k = 0; k < clean.byline.count; k++) {
            names = str_join(&arena,
                             k ? str_join(&arena, names, str_of("|")) : names,
                             clean.byline.items[k]);
        }
        EXPECT_STR(heads[i].name, clean.title, heads[i].title);
        EXPECT_STR(heads[i].name, names, heads[i].byline);
        EXPECT_STR(heads[i].name, clean.published, heads[i].published);
        EXPECT_INT(heads[i].name, clean.published_from, heads[i].from);
        arena_deinit(&arena);
    }
}

static const struct {
    const char *name, *html;
    PageKind want;
} kinds[] = {
    {"article", "<h1>Rain</h1>" RAIN BRIDGE, PAGE_ARTICLE},
    {"not found", "<title>404 Not Found</title><h1>Not Found</h1><p>Sorry.",
     PAGE_ERROR},
    {"consent",
     "<p>We value your privacy. We and our partners use cookies. "
     "<button>Accept all</button>",
     PAGE_CONSENT},
    {"listing",
     "<h2><a href=1>Rain shuts the road to Orsk</a></h2><h2><a href=2>Buses "
     "take the longer way</a></h2><h2><a href=3>Two bridges still shut "
     "today</a></h2><h2><a href=4>Mayor asks for more help</a></h2><h2><a "
     "href=5>School opens for families tonight</a></h2><h2><a href=6>Train "
     "tickets taken on buses</a></h2><h2><a href=7>Engineers look at the "
     "slope</a></h2><h2><a href=8>Council meets again on Friday</a></h2>",
     PAGE_LISTING},
    {"other", "<p>Hello.", PAGE_OTHER},
};

TEST(page_kind) {
    for (size_t i = 0; i < COUNT(kinds); i++) {
        Arena arena;
        Clean clean;

        arena_init(&arena, 0);
        clean_page(&arena, kinds[i].html, "", true, &clean);
        EXPECT_INT(kinds[i].name, clean.page, kinds[i].want);
        arena_deinit(&arena);
    }
}
