/* SPDX-License-Identifier: Apache-2.0 */
/* test/test.h - the test harness: cases in tables, got and want on failure.
 *
 *     TEST(sentence_split) { ... EXPECT_STR(name, got, want); }
 *
 * Each test/test_MODULE.c is a program of its own; test.c is its main. It
 * runs every TEST, prints each failure as `FILE:LINE: TEST: case: got, want`
 * and closes with "N passed, N failed". Arguments: names of tests to run. */
#ifndef TEST_TEST_H
#define TEST_TEST_H

#include "base/lexicon.h"
#include "base/str.h"
#include "tag/model.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct Test {
    const char *name;
    void (*run)(void);
    struct Test *next;
} Test;

void test_register(Test *test);
/* True if what was expected holds; counts and prints it when not. */
bool test_expect(bool holds, const char *file, int line, const char *name,
                 const char *format, ...) PRINTF_LIKE(5, 6);
bool test_expect_int(const char *file, int line, const char *name,
                     long long got, long long want);
bool test_expect_str(const char *file, int line, const char *name, Str got,
                     Str want);

#define TEST(id)                                                               \
    static void run_##id(void);                                                \
    static Test test_entry_##id = {#id, run_##id, NULL};                       \
    __attribute__((constructor)) static void test_add_##id(void) {             \
        test_register(&test_entry_##id);                                       \
    }                                                                          \
    static void run_##id(void)

#define EXPECT(name, condition)                                                \
    test_expect((condition), __FILE__, __LINE__, (name), "%s", #condition)
#define EXPECT_INT(name, got, want)                                            \
    test_expect_int(__FILE__, __LINE__, (name), (long long)(got),              \
                    (long long)(want))
#define EXPECT_STR(name, got, want)                                            \
    test_expect_str(__FILE__, __LINE__, (name), (got), str_of(want))
#define EXPECT_OK(name, status, err)                                           \
    test_expect((status) == OK, __FILE__, __LINE__, (name), "%s", (err).message)

/* The project's lexicon and models, opened once; exits when one is missing. */
const struct Knowledge *test_knowledge(void);
const Lexicon *test_lexicon(void);

#endif
