/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/hosts.c - see hosts.h.
 *
 * Hosts live in a list that only grows, found by a walk: a run meets hundreds,
 * and each request takes longer than any walk. */
#include "fetch/hosts.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PATIENCE = 60 /* seconds that a thread waits for Retry-After */ };

typedef struct Host {
    char *name; /* owned */
    bool busy;
    double next;  /* seconds, monotonic: not before */
    int64_t wait; /* seconds since 1970: not before */
    unsigned delay;
    int64_t robots_until;
    bool robots_closed;
    Buf robots;
    struct Host *older; /* owned */
} Host;

struct Hosts {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    double pause;
    Host *newest; /* owned */
};

static double monotonic(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

Status hosts_new(double pause, Hosts **out, Error *err) {
    Hosts *hosts = calloc(1, sizeof *hosts);

    /* libcurl wants this before there are threads; it counts the calls. */
    if (!hosts || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(hosts);
        return fail(err, ERR_NOMEM, "out of memory");
    }
    pthread_mutex_init(&hosts->lock, NULL);
    pthread_cond_init(&hosts->changed, NULL);
    hosts->pause = pause;
    *out = hosts;
    return OK;
}

void hosts_free(Hosts *hosts) {
    if (!hosts) {
        return;
    }
    while (hosts->newest) {
        Host *host = hosts->newest;
        hosts->newest = host->older;
        buf_deinit(&host->robots);
        free(host->name);
        free(host);
    }
    pthread_cond_destroy(&hosts->changed);
    pthread_mutex_destroy(&hosts->lock);
    curl_global_cleanup();
    free(hosts);
}

/* The host's entry, made where there is none; NULL: out of memory. */
static Host *find(Hosts *hosts, const char *name) {
    Host *host = hosts->newest;

    while (host && strcmp(host->name, name) != 0) {
        host = host->older;
    }
    if (host) {
        return host;
    }
    host = calloc(1, sizeof *host);
    if (!host || !(host->name = strdup(name))) {
        free(host);
        return NULL;
    }
    host->older = hosts->newest;
    hosts->newest = host;
    return host;
}

static HostState state_of(const Host *host) {
    return (HostState){.host = host->name,
                       .wait = host->wait,
                       .robots_until = host->robots_until,
                       .robots_closed = host->robots_closed,
                       .robots = buf_str(&host->robots)};
}

Status hosts_set(Hosts *hosts, const HostState *state, Error *err) {
    Host *host = find(hosts, state->host);

    if (!host) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    host->wait = state->wait;
    host->robots_until = state->robots_until;
    host->robots_closed = state->robots_closed;
    buf_reset(&host->robots);
    buf_push(&host->robots, state->robots);
    return buf_check(&host->robots, err);
}

bool hosts_at(Hosts *hosts, size_t index, HostState *out) {
    const Host *host = hosts->newest;

    while (host && index-- > 0) {
        host = host->older;
    }
    if (host) {
        *out = state_of(host);
    }
    return host != NULL;
}

/* Let go of the lock: until somebody leaves, or for `seconds`, a second at the
 * most, since clocks are set. */
static void wait_for(Hosts *hosts, double seconds) {
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    seconds = seconds < 1 ? seconds : 0.99;
    until.tv_nsec += (long)(seconds * 1e9) + 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&hosts->changed, &hosts->lock, &until);
}

static Status take_turn(Hosts *hosts, Host *host, int64_t *until, Error *err) {
    for (;;) {
        double left = host->next - monotonic();
        int64_t asked = host->wait - (int64_t)time(NULL);
        if (asked > PATIENCE) {
            *until = host->wait;
            return fail(err, ERR_IO, "the host asked to wait %lld more seconds",
                        (long long)asked);
        }
        left = asked > 0 && (double)asked > left ? (double)asked : left;
        if (!host->busy && left <= 0) {
            host->busy = true;
            return OK;
        }
        wait_for(hosts, left > 0 ? left : 1);
    }
}

Status hosts_enter(Hosts *hosts, const char *name, int64_t *until, Error *err) {
    Host *host;
    Status status;

    *until = 0;
    pthread_mutex_lock(&hosts->lock);
    host = find(hosts, name);
    status = host ? take_turn(hosts, host, until, err)
                  : fail(err, ERR_NOMEM, "out of memory");
    pthread_mutex_unlock(&hosts->lock);
    return status;
}

void hosts_leave(Hosts *hosts, const char *name, int64_t wait) {
    Host *host;

    pthread_mutex_lock(&hosts->lock);
    host = find(hosts, name);
    host->busy = false;
    host->wait = wait ? wait : host->wait;
    host->next =
        monotonic() + (hosts->pause > host->delay ? hosts->pause : host->delay);
    pthread_cond_broadcast(&hosts->changed);
    pthread_mutex_unlock(&hosts->lock);
}

HostState hosts_state(Hosts *hosts, const char *name) {
    HostState state;

    pthread_mutex_lock(&hosts->lock);
    state = state_of(find(hosts, name));
    pthread_mutex_unlock(&hosts->lock);
    return state;
}

void hosts_set_robots(Hosts *hosts, const char *name, Str robots, bool closed,
                      int64_t until) {
    Host *host;

    pthread_mutex_lock(&hosts->lock);
    host = find(hosts, name);
    buf_reset(&host->robots);
    buf_push(&host->robots, robots);
    /* What cannot be remembered allows nothing. */
    host->robots_closed = closed || host->robots.status != OK;
    host->robots_until = until;
    pthread_mutex_unlock(&hosts->lock);
}

void hosts_set_delay(Hosts *hosts, const char *name, unsigned seconds) {
    pthread_mutex_lock(&hosts->lock);
    find(hosts, name)->delay = seconds;
    pthread_mutex_unlock(&hosts->lock);
}
