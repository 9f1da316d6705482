/* SPDX-License-Identifier: Apache-2.0 */
/* test/test.c - see test.h. */
#include "test.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "find/find.h"

static Test *tests;
static Test *current;
static int failures; /* of the current test */

void test_register(Test *test) {
    Test **end = &tests;

    while (*end) {
        end = &(*end)->next;
    }
    *end = test;
}

bool test_expect(bool holds, const char *file, int line, const char *name,
                 const char *format, ...) {
    va_list arguments;

    if (!holds) {
        failures++;
        printf("%s:%d: %s: %s: ", file, line, current->name, name);
        va_start(arguments, format);
        vprintf(format, arguments);
        va_end(arguments);
        putchar('\n');
    }
    return holds;
}

bool test_expect_int(const char *file, int line, const char *name,
                     long long got, long long want) {
    return test_expect(got == want, file, line, name, "got %lld, want %lld",
                       got, want);
}

bool test_expect_str(const char *file, int line, const char *name, Str got,
                     Str want) {
    return test_expect(str_equal(got, want), file, line, name,
                       "\n  got  %.*s\n  want %.*s", (int)got.len, got.ptr,
                       (int)want.len, want.ptr);
}

const Knowledge *test_knowledge(void) {
    static Knowledge knowledge;
    Error err;

    if (!knowledge.lexicon && knowledge_open(NULL, &knowledge, &err) != OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    return &knowledge;
}

const Lexicon *test_lexicon(void) {
    return test_knowledge()->lexicon;
}

static bool is_wanted(const Test *test, int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], test->name) == 0) {
            return true;
        }
    }
    return argc < 2;
}

int main(int argc, char **argv) {
    int passed = 0, failed = 0;

    for (current = tests; current; current = current->next) {
        if (!is_wanted(current, argc, argv)) {
            continue;
        }
        failures = 0;
        current->run();
        if (failures) {
            failed++;
        } else {
            passed++;
        }
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
