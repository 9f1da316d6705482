/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/robots.c - see robots.h.
 *
 *     User-agent: dateline     a group: one or more agents,
 *     User-agent: other        then its rules
 *     Disallow: /private/
 *     Allow: /private/news$
 *
 * The file is gone over twice at most: for groups that name the agent, and,
 * when there are none, for those of "*". */
#include "fetch/robots.h"

#include <string.h>

#include "base/ascii.h"

enum { DELAY_MAX = 60, BYTES_MAX = 512 << 10 /* RFC 9309, 2.5 */ };

typedef struct Line {
    Str key, value; /* key empty: no line of a rule */
} Line;

static Line read_line(Str *rest) {
    size_t end = 0, colon;
    Line line = {0};
    Str text;

    while (end < rest->len && rest->ptr[end] != '\n' &&
           rest->ptr[end] != '\r') {
        end++;
    }
    text = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end < rest->len ? end + 1 : end, rest->len);
    text = str_slice(text, 0, str_find(text, str_of("#"), 0));
    colon = str_find(text, str_of(":"), 0);
    if (colon < text.len) {
        line.key = str_trim(str_slice(text, 0, colon));
        line.value = str_trim(str_slice(text, colon + 1, text.len));
    }
    return line;
}

static bool key_is(Line line, const char *key) {
    return str_equal_fold(line.key, str_of(key));
}

/* "Dateline/1.0" names the agent "dateline". */
static bool names_agent(Str value, Str agent) {
    size_t len = 0;

    while (len < value.len &&
           (ascii_alpha(value.ptr[len]) || value.ptr[len] == '_' ||
            value.ptr[len] == '-')) {
        len++;
    }
    return str_equal_fold(str_slice(value, 0, len), agent);
}

static int hex(char c) {
    c = ascii_lower(c);
    if (ascii_digit(c)) {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte at `at`, "%41" and "A" alike; `*used` bytes of text. Slashes stay
 * apart from "%2F" (RFC 9309, 2.2.2). */
static int byte_at(Str text, size_t at, size_t *used) {
    *used = 1;
    if (text.ptr[at] == '%' && at + 2 < text.len &&
        hex(text.ptr[at + 1]) >= 0 && hex(text.ptr[at + 2]) >= 0) {
        int value = hex(text.ptr[at + 1]) * 16 + hex(text.ptr[at + 2]);
        if (value != '/' && value != '%' && value != '*' && value != '$') {
            *used = 3;
            return value;
        }
    }
    return (unsigned char)text.ptr[at];
}

/* True if `pattern` fits the start of `target`: "*" is anything, "$" at its
 * end the end. Greedy with one way back, which is enough for stars. */
static bool fits(Str pattern, Str target) {
    size_t p = 0, t = 0, star = pattern.len, from = 0;
    bool anchored = pattern.len && pattern.ptr[pattern.len - 1] == '$';

    pattern.len -= anchored;
    star = pattern.len + 1;
    for (;;) {
        size_t p_used, t_used;
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            from = t;
            continue;
        }
        if (p == pattern.len && (!anchored || t == target.len)) {
            return true;
        }
        if (p < pattern.len && t < target.len &&
            byte_at(pattern, p, &p_used) == byte_at(target, t, &t_used)) {
            p += p_used;
            t += t_used;
            continue;
        }
        if (star > pattern.len || from >= target.len) {
            return false;
        }
        p = star + 1;
        t = ++from;
    }
}

/* What the groups of one agent say of one target. */
typedef struct Asking {
    Str agent, target; /* agent empty: "*" */
    RobotsRule rule;
    size_t weight;  /* of the rule that holds so far */
    bool found;     /* a group of the agent */
    bool in_agents; /* the last line named one */
    bool ours;      /* the group */
} Asking;

static void take_agent(Asking *asking, Str value) {
    bool named = asking->agent.len ? names_agent(value, asking->agent)
                                   : str_is(value, "*");

    asking->ours = named || (asking->in_agents && asking->ours);
    asking->found = asking->found || named;
    asking->in_agents = true;
}

/* The longest rule holds; of two of one length, the one that allows. */
static void take_rule(Asking *asking, Str pattern, bool allow) {
    size_t weight = pattern.len * 2 + allow;

    if (asking->ours && pattern.len && weight > asking->weight &&
        fits(pattern, asking->target)) {
        asking->weight = weight;
        asking->rule.allowed = allow;
    }
}

static void take_delay(Asking *asking, Str value) {
    unsigned delay = 0;

    for (size_t i = 0;
         i < value.len && ascii_digit(value.ptr[i]) && delay < DELAY_MAX; i++) {
        delay = delay * 10 + (unsigned)(value.ptr[i] - '0');
    }
    if (asking->ours) {
        asking->rule.delay = delay < DELAY_MAX ? delay : DELAY_MAX;
    }
}

static void ask_groups(Asking *asking, Str robots) {
    while (robots.len) {
        Line line = read_line(&robots);
        bool allow = key_is(line, "allow");
        if (key_is(line, "user-agent")) {
            take_agent(asking, line.value);
        } else if (allow || key_is(line, "disallow")) {
            asking->in_agents = false;
            take_rule(asking, line.value, allow);
        } else if (key_is(line, "crawl-delay")) {
            asking->in_agents = false;
            take_delay(asking, line.value);
        }
    }
}

RobotsRule robots_ask(Str robots, Str agent, Str target) {
    Asking asking = {
        .agent = agent, .target = target, .rule = {.allowed = true}};

    robots.len = robots.len < BYTES_MAX ? robots.len : BYTES_MAX;
    ask_groups(&asking, robots);
    if (!asking.found) {
        asking = (Asking){.target = target, .rule = {.allowed = true}};
        ask_groups(&asking, robots);
    }
    return asking.rule;
}
