/* SPDX-License-Identifier: Apache-2.0 */
/* test/test_fetch.c - addresses, private networks, robots.txt, lists of feeds:
 * what the watch decides by before it asks anybody. */
#include "test.h"

#include <arpa/inet.h>
#include <string.h>

#include "fetch/address.h"
#include "fetch/robots.h"
#include "fetch/url.h"
#include "read/feed_list.h"

static const struct {
    const char *text, *want, *host; /* want: NULL for what is refused */
} urls[] = {
    {"http://Paper.Example/a?b#c", "http://Paper.Example/a?b",
     "http://paper.example:80"},
    {" https://paper.example ", "https://paper.example/",
     "https://paper.example:443"},
    {"https://paper.example:8443/x y", "https://paper.example:8443/x%20y",
     "https://paper.example:8443"},
    {"file:///etc/passwd", NULL, NULL},
    {"ftp://paper.example/", NULL, NULL},
    {"gopher://paper.example/", NULL, NULL},
    {"javascript:alert(1)", NULL, NULL},
    {"http://ada@paper.example/", NULL, NULL},
    {"//paper.example/", NULL, NULL},
    {"/path", NULL, NULL},
    {"", NULL, NULL},
};

TEST(urls) {
    for (size_t i = 0; i < COUNT(urls); i++) {
        Url url = {0};
        Error err;
        Status status = url_parse(str_of(urls[i].text), &url, &err);
        EXPECT_INT(urls[i].text, status == OK, urls[i].want != NULL);
        if (urls[i].want && status == OK) {
            EXPECT_STR(urls[i].text, str_of(url.text), urls[i].want);
            EXPECT_STR(urls[i].text, str_of(url.host), urls[i].host);
        }
    }
}

TEST(relative_urls) {
    Url base, url;
    Error err;

    EXPECT_OK("base", url_parse(str_of("https://a.example/b/c?d"), &base, &err),
              err);
    EXPECT_OK("path", url_resolve(&base, str_of("../e"), &url, &err), err);
    EXPECT_STR("path", str_of(url.text), "https://a.example/e");
    EXPECT_STR("target", url_target(&url), "/e");
    EXPECT_OK("host", url_resolve(&base, str_of("//f.example"), &url, &err),
              err);
    EXPECT_STR("host", str_of(url.text), "https://f.example/");
    EXPECT_INT("scheme",
               url_resolve(&base, str_of("file:///etc/passwd"), &url, &err),
               ERR_INPUT);
}

static const struct {
    const char *address;
    bool is_public;
} addresses[] = {
    {"8.8.8.8", true},
    {"100.63.255.255", true},
    {"100.64.0.1", false},
    {"100.127.255.255", false},
    {"100.128.0.0", true},
    {"0.0.0.0", false},
    {"10.1.2.3", false},
    {"127.0.0.1", false},
    {"127.255.255.254", false},
    {"169.254.169.254", false},
    {"172.15.255.255", true},
    {"172.16.0.1", false},
    {"172.31.255.255", false},
    {"172.32.0.0", true},
    {"192.168.1.1", false},
    {"198.18.0.1", false},
    {"198.20.0.1", true},
    {"223.255.255.255", true},
    {"224.0.0.1", false},
    {"255.255.255.255", false},
    {"::", false},
    {"::1", false},
    {"::ffff:127.0.0.1", false},
    {"::ffff:8.8.8.8", true},
    {"64:ff9b::7f00:1", false},
    {"64:ff9b::808:808", true},
    {"2002:7f00:1::", false},
    {"2002:808:808::", true},
    {"2001:db8::1", false},
    {"2001::1", false},
    {"2606:4700::1", true},
    {"fc00::1", false},
    {"fd12::1", false},
    {"fe80::1", false},
    {"ff02::1", false},
    {"3fff::1", false},
};

TEST(private_addresses) {
    for (size_t i = 0; i < COUNT(addresses); i++) {
        struct sockaddr_in in4 = {.sin_family = AF_INET};
        struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
        const char *text = addresses[i].address;
        bool six = strchr(text, ':') != NULL;
        EXPECT_INT(
            text,
            inet_pton(six ? AF_INET6 : AF_INET, text,
                      six ? (void *)&in6.sin6_addr : (void *)&in4.sin_addr),
            1);
        EXPECT_INT(text,
                   address_is_public(six ? (struct sockaddr *)&in6
                                         : (struct sockaddr *)&in4),
                   addresses[i].is_public);
    }
}

static const struct {
    const char *name, *robots, *target;
    bool allowed;
} rules[] = {
    {"none", "", "/a", true},
    {"all", "User-agent: *\nDisallow: /", "/a", false},
    {"nothing disallowed", "User-agent: *\nDisallow:", "/a", true},
    {"prefix", "User-agent: *\nDisallow: /a", "/ab", false},
    {"another prefix", "User-agent: *\nDisallow: /b", "/ab", true},
    {"case of the path", "User-agent: *\nDisallow: /A", "/a", true},
    {"case of the keys", "USER-AGENT: *\ndisallow: /a", "/a", false},
    {"our group alone",
     "User-agent: *\nDisallow: /\n\nUser-agent: "
     "dateline\nDisallow: /b",
     "/a", true},
    {"our group by version", "User-agent: Dateline/2.0\nDisallow: /", "/a",
     false},
    {"not by a part of our name", "User-agent: date\nDisallow: /", "/a", true},
    {"two agents, one group",
     "User-agent: x\nUser-agent: dateline\nDisallow: /", "/a", false},
    {"two groups of ours",
     "User-agent: dateline\nDisallow: /a\n\nUser-agent: x\nDisallow: "
     "/\nUser-agent: dateline\nDisallow: /b",
     "/b", false},
    {"the longest rule", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c",
     true},
    {"the longest rule, other order",
     "User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false},
    {"of equals, allow", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
    {"star", "User-agent: *\nDisallow: /*.pdf", "/x/y.pdf?z", false},
    {"end", "User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true},
    {"end met", "User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf.pdf", false},
    {"stars", "User-agent: *\nDisallow: /*a*b*c$", "/xaybzc", false},
    {"percent", "User-agent: *\nDisallow: /a%62", "/ab", false},
    {"comment", "User-agent: * # all\nDisallow: /a # this", "/a", false},
    {"returns", "User-agent: *\r\nDisallow: /a\r\n", "/a", false},
    {"returns alone", "User-agent: *\rDisallow: /a\r", "/a", false},
    {"a mark and rubbish", "\xEF\xBB\xBF<html>\nDisallow: /\n", "/a", true},
};

TEST(robots) {
    for (size_t i = 0; i < COUNT(rules); i++) {
        RobotsRule rule =
            robots_ask(str_of(rules[i].robots), str_of("dateline"),
                       str_of(rules[i].target));
        EXPECT_INT(rules[i].name, rule.allowed, rules[i].allowed);
    }
    EXPECT_INT("delay",
               robots_ask(str_of("User-agent: *\nCrawl-delay: 7\nDisallow: /x"),
                          str_of("dateline"), str_of("/"))
                   .delay,
               7);
    EXPECT_INT("too much of it",
               robots_ask(str_of("User-agent: *\nCrawl-delay: 99999999999"),
                          str_of("dateline"), str_of("/"))
                   .delay,
               60);
}

static const struct {
    const char *name, *list, *want; /* want: NULL for an error */
} lists[] = {
    {"lines", "http://a.example/\n\n # no\n http://b.example/ \r\n#x",
     "http://a.example/\nhttp://b.example/\n"},
    {"a mark", "\xEF\xBB\xBFhttp://a.example/", "http://a.example/\n"},
    {"OPML",
     "<?xml version='1.0'?><opml><head><title>R&D</title></head><body>"
     "<outline text='x'><outline xmlUrl='http://a.example/?b&amp;c'/>"
     "</outline><outline XMLURL='http://d.example/'/><outline text='none'/>"
     "</body></opml>",
     "http://a.example/?b&c\nhttp://d.example/\n"},
    {"empty", "", NULL},
    {"OPML without feeds", "<opml><body/></opml>", NULL},
};

TEST(lists) {
    for (size_t i = 0; i < COUNT(lists); i++) {
        Buf out = {0};
        Error err;
        Status status = feed_list_read(str_of(lists[i].list), &out, &err);
        EXPECT_INT(lists[i].name, status == OK, lists[i].want != NULL);
        EXPECT_STR(lists[i].name, buf_str(&out),
                   lists[i].want ? lists[i].want : "");
        buf_deinit(&out);
    }
}
