/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_robots.c - any bytes as robots.txt and, behind the first newline,
 * as the target: always an answer, the same for what only differs in comments,
 * and what a rule for our name alone says holds. */
#include "fuzz.h"

#include "fetch/robots.h"

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str bytes = {(const char *)data, size};
    size_t split = str_find(bytes, str_of("\n"), 0);
    Str target = str_slice(bytes, 0, split);
    Str robots = str_slice(bytes, split < size ? split + 1 : size, size);
    Str agent = str_of("dateline");
    RobotsRule rule = robots_ask(robots, agent, target), again;
    Buf more = {0};

    HOLDS(rule.delay <= 60);
    buf_push(&more, robots);
    buf_put(&more, "\n# Disallow: /\n");
    again = robots_ask(buf_str(&more), agent, target);
    HOLDS(again.allowed == rule.allowed && again.delay == rule.delay);
    buf_reset(&more);
    buf_put(&more,
            "User-agent: dateline\nDisallow: /\nUser-agent: *\nAllow: /");
    HOLDS(!robots_ask(buf_str(&more), agent, str_of("/a")).allowed);
    buf_deinit(&more);
    return 0;
}
