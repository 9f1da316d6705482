/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/fetch.c - see fetch.h. */
#include "fetch/fetch.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "fetch/robots.h"

enum {
    HOPS_MAX = 10,
    ROBOTS_HOPS_MAX = 5,
    ROBOTS_BYTES = 512 << 10,
    ROBOTS_KEPT = 24 * 3600, /* RFC 9309, 2.4 */
    ROBOTS_AGAIN = 600,      /* after it could not be had */
};

static const char agent_name[] = "dateline"; /* as robots.txt calls us */

Status fetcher_init(Fetcher *fetcher, Hosts *hosts, GetOptions options,
                    Error *err) {
    *fetcher = (Fetcher){.hosts = hosts, .options = options};
    return getter_new(&fetcher->getter, err);
}

void fetcher_deinit(Fetcher *fetcher) {
    getter_free(fetcher->getter);
    answer_deinit(&fetcher->robots);
}

static bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 ||
           status == 308;
}

/* ------------------------------------------------------------- robots.txt */

/* RFC 9309, 2.3.1: what cannot be reached allows nothing, what is not there
 * allows all. Redirects may lead to other hosts; they are few and small, and
 * no turn is waited for there. */
static void ask_robots(Fetcher *fetcher, const Url *url, Error *err) {
    GetOptions options = fetcher->options;
    Answer *answer = &fetcher->robots;
    int64_t now = (int64_t)time(NULL);
    Status status;
    Url at;

    options.max = ROBOTS_BYTES;
    status = url_resolve(url, str_of("/robots.txt"), &at, err);
    for (int hop = 0; status == OK; hop++) {
        status = get(fetcher->getter, &at, NULL, &options, answer, err);
        if (status != OK || !is_redirect(answer->status) ||
            hop == ROBOTS_HOPS_MAX) {
            break;
        }
        status = url_resolve(&at, str_of(answer->location), &at, err);
    }
    if (status != OK || answer->status >= 500 || answer->status == 429) {
        /* A private address is one only as long as the caller says so. */
        hosts_set_robots(fetcher->hosts, url->host, (Str){0}, true,
                         status == ERR_INPUT ? 0 : now + ROBOTS_AGAIN);
    } else {
        hosts_set_robots(fetcher->hosts, url->host,
                         answer->status == 200 ? buf_str(&answer->body)
                                               : (Str){0},
                         false, now + ROBOTS_KEPT);
    }
}

/* Between enter and leave. FETCHED: go on. */
static Fetched check_robots(Fetcher *fetcher, const Url *url, Error *err) {
    HostState state = hosts_state(fetcher->hosts, url->host);
    Error why = {.message = "a fault of the server"};
    RobotsRule rule;

    if (state.robots_until < (int64_t)time(NULL)) {
        ask_robots(fetcher, url, &why);
        state = hosts_state(fetcher->hosts, url->host);
    }
    if (state.robots_closed) {
        bool forbidden = why.status == ERR_INPUT; /* a private address */
        fail(err, forbidden ? ERR_INPUT : ERR_IO,
             forbidden ? "%s"
                       : "robots.txt cannot be had (%s), so nothing is "
                         "allowed",
             why.message);
        return forbidden ? FETCHED_NEVER : FETCHED_LATER;
    }
    rule = robots_ask(state.robots, str_of(agent_name), url_target(url));
    hosts_set_delay(fetcher->hosts, url->host, rule.delay);
    if (!rule.allowed) {
        fail(err, ERR_INPUT, "robots.txt does not allow it");
        return FETCHED_NEVER;
    }
    return FETCHED;
}

/* -------------------------------------------------------------- one answer */

static Fetched judge_failure(Status status) {
    return status == ERR_LIMIT || status == ERR_INPUT ? FETCHED_NEVER
                                                      : FETCHED_LATER;
}

static Fetched judge(const Answer *answer, Error *err) {
    int status = answer->status;

    if (status == 200) {
        return FETCHED;
    }
    if (status == 304) {
        return FETCHED_SAME;
    }
    fail(err, ERR_IO, "the server answers %d", status);
    return status == 408 || status == 425 || status == 429 || status >= 500
               ? FETCHED_LATER
               : FETCHED_NEVER;
}

/* What `get` says, with the host's turn taken around it. */
static Fetched fetch_hop(Fetcher *fetcher, const Url *url,
                         const Validators *known, Answer *answer, Error *err) {
    int64_t until = 0;
    Fetched fetched;

    answer->status = 0;
    if (hosts_enter(fetcher->hosts, url->host, &until, err) != OK) {
        answer->retry_after = until;
        return FETCHED_LATER;
    }
    fetched = check_robots(fetcher, url, err);
    if (fetched == FETCHED) {
        Status status =
            get(fetcher->getter, url, known, &fetcher->options, answer, err);
        fetched = status == OK ? judge(answer, err) : judge_failure(status);
    }
    hosts_leave(fetcher->hosts, url->host,
                fetched == FETCHED_LATER ? answer->retry_after : 0);
    return fetched;
}

Fetched fetch(Fetcher *fetcher, Str text, const Validators *known,
              Answer *answer, Url *last, Error *err) {
    Fetched fetched = FETCHED_NEVER;
    Url next;

    buf_reset(&answer->body);
    *answer = (Answer){.body = answer->body};
    if (url_parse(text, last, err) != OK) {
        return FETCHED_NEVER;
    }
    for (int hop = 0; hop <= HOPS_MAX; hop++) {
        fetched = fetch_hop(fetcher, last, known, answer, err);
        if (fetched != FETCHED_NEVER || !is_redirect(answer->status)) {
            return fetched;
        }
        if (url_resolve(last, str_of(answer->location), &next, err) != OK) {
            fail_in(err, "redirected to");
            return FETCHED_NEVER;
        }
        *last = next;
    }
    fail(err, ERR_INPUT, "more than %d redirects", HOPS_MAX);
    return FETCHED_NEVER;
}
