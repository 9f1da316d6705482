/* SPDX-License-Identifier: Apache-2.0 */
/* first.c - adds one report to a store and prints who said what.
 *
 *     cc first.c $(pkg-config --cflags --libs dateline) -o first
 *     ./first news.db */
#include <dateline.h>
#include <stdio.h>

int main(int argc, char **argv) {
    dateline_report report = {
        .outlet = "Harrow Bay Courier",
        .published = "2019-05-14",
        .text = "\"The bridge is safe,\" Ada Brandt, the mayor, said on "
                "Monday.\nAt least 12 people were injured, police said."};
    dateline *data = NULL;
    dateline_store *store = NULL;
    dateline_view *quotes = NULL;
    dateline_error error;
    const char *quote;
    int failed =
        dateline_new(NULL, &data, &error) ||
        dateline_store_open(data, argc > 1 ? argv[1] : "dateline.db",
                            DATELINE_WRITE, &store, &error) ||
        dateline_add(store, &report, NULL, NULL, &error) ||
        dateline_view_open(store, DATELINE_QUOTES, NULL, &quotes, &error);

    if (failed) {
        fprintf(stderr, "first: %s\n", error.message);
    }
    while (quotes && (quote = dateline_view_next(quotes)) != NULL) {
        puts(quote); /* one JSON object */
    }
    dateline_view_close(quotes);
    dateline_store_close(store);
    dateline_free(data);
    return failed ? 1 : 0;
}
