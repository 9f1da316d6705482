/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/hosts.h - whose turn it is: one request at a time to each host.
 *
 * Room: fetch. Threads that fetch share one Hosts. A host is entered before a
 * request and left behind it; between two requests lies a pause, and what the
 * host asked for in Retry-After. Its robots.txt is kept here for a day. */
#ifndef FETCH_HOSTS_H
#define FETCH_HOSTS_H

#include "base/buf.h"

typedef struct Hosts Hosts;

/* What is known of a host and worth keeping when the program ends. */
typedef struct HostState {
    const char *host;     /* "https://paper.example:443" */
    int64_t wait;         /* not before, seconds since 1970; 0: now */
    int64_t robots_until; /* 0: robots.txt was not asked for yet */
    bool robots_closed;   /* it could not be had: nothing is allowed */
    Str robots;           /* borrowed */
} HostState;

/* `pause`: seconds between two requests to one host. */
MUST_USE Status hosts_new(double pause, Hosts **out, Error *err);
void hosts_free(Hosts *hosts);

/* Take over what was kept. */
MUST_USE Status hosts_set(Hosts *hosts, const HostState *state, Error *err);
/* The `index`-th host; false behind the last. Nobody may be fetching. */
bool hosts_at(Hosts *hosts, size_t index, HostState *out);

/* Wait for the host's turn. Errors: ERR_IO: it asked to be left alone longer
 * than anybody waits here, until `*until`; ERR_NOMEM. */
MUST_USE Status hosts_enter(Hosts *hosts, const char *host, int64_t *until,
                            Error *err);
/* Let the next one in; not before `wait` (0: after the pause). */
void hosts_leave(Hosts *hosts, const char *host, int64_t wait);

/* Between enter and leave, the host's state is the caller's alone. */
HostState hosts_state(Hosts *hosts, const char *host);
void hosts_set_robots(Hosts *hosts, const char *host, Str robots, bool closed,
                      int64_t until);
/* Seconds that robots.txt asks for between two requests. */
void hosts_set_delay(Hosts *hosts, const char *host, unsigned seconds);

#endif
