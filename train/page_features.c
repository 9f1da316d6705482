/* SPDX-License-Identifier: Apache-2.0 */
/* train/page_features.c - writes down the blocks of pages for page_train.py.
 *
 *     page_features PAGES.jsonl OUT
 *
 * For each page of JSON lines ({"id","html"}) a line in OUT.jsonl with its
 * blocks' texts and the words of class and text that hold weights, and for
 * each block a row of FEATURE_COUNT floats in OUT.f32. */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "clean/page_facts.h"
#include "clean/page_feature.h"
#include "read/read.h"

typedef struct Job {
    Arena arena;
    const Lexicon *lexicon;
    RawRecord record;
    Buf line;
    FILE *rows;
    Error err;
} Job;

/* The words of a short text, as the table of their weights knows them. */
static void put_hashes(Json *json, const PageFeatures *features, uint32_t i) {
    const BlockCounts *counts = &features->counts[i];

    json_key(json, "hashes");
    json_open(json, '[');
    for (uint32_t w = 0; w < counts->words && w < PAGE_SHORT_WORDS; w++) {
        json_int(json, (int64_t)(counts->first_words[w] % PAGE_WEIGHTS));
    }
    json_close(json, ']');
}

static void put_path(Json *json, const Page *page, const PageBlock *block) {
    uint32_t at = block->element;

    json_key(json, "path");
    json_open(json, '[');
    for (;; at = page->elements[at].parent) {
        const PageElement *element = &page->elements[at];
        if (element->words) {
            json_open(json, '[');
            for (uint32_t i = 0; i < element->words; i++) {
                json_int(json, (int64_t)(page->words[element->first_word + i] %
                                         PAGE_WEIGHTS));
            }
            json_close(json, ']');
        }
        if (element->parent == at) {
            break;
        }
    }
    json_close(json, ']');
}

static void write_blocks(Job *job, const Report *report, const Page *page,
                         const PageFeatures *features) {
    Json json = json_to(&job->line);

    json_open(&json, '{');
    json_key_str(&json, "id", report->id);
    json_key(&json, "blocks");
    json_open(&json, '[');
    for (uint32_t i = 0; i < page->block_count; i++) {
        const PageBlock *block = &page->blocks[i];
        const PageElement *holder = &page->elements[block->holder];
        json_open(&json, '{');
        json_key_str(&json, "text", str_at(page->text, block->text));
        json_key_int(&json, "element", holder->element);
        json_key_int(&json, "words", features->counts[i].words);
        json_key(&json, "up");
        json_open(&json, '[');
        for (uint32_t up = block->holder, level = 0; level < 3; level++) {
            up = page->elements[up].parent;
            json_int(&json, page->elements[up].first);
            json_int(&json, page->elements[up].last);
        }
        json_close(&json, ']');
        json_key(&json, "shape");
        json_int(&json, (int64_t)(holder->shape >> 2));
        put_path(&json, page, block);
        put_hashes(&json, features, i);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    buf_char(&job->line, '\n');
    fwrite(features->rows, sizeof *features->rows, page->block_count,
           job->rows);
}

static void work(void *context) {
    Job *job = context;
    Report report;
    Page page;
    PageFacts facts;
    PageHints hints;
    PageFeatures features;

    if (report_parse(&job->arena, &job->record, (ReadOptions){0}, &report,
                     &job->err) != OK) {
        fprintf(stderr, "%s\n", job->err.message);
        return;
    }
    page_walk(&job->arena, job->lexicon, report.html, &page);
    page_facts(&job->arena, &page, &facts);
    hints = page_hints(&facts);
    page_features(&job->arena, job->lexicon, &page, &hints, &features);
    write_blocks(job, &report, &page, &features);
}

static FILE *open_out(const char *path, const char *suffix) {
    char name[4096];
    FILE *file;

    snprintf(name, sizeof name, "%s%s", path, suffix);
    file = fopen(name, "wb");
    if (!file) {
        perror(name);
        exit(1);
    }
    return file;
}

int main(int count, char **arguments) {
    Job job = {0};
    Lexicon *lexicon;
    Reader *reader;
    FILE *lines;

    if (count != 3) {
        fprintf(stderr, "usage: page_features PAGES.jsonl OUT\n");
        return 2;
    }
    if (lexicon_open_in(NULL, &lexicon, &job.err) != OK ||
        reader_open((const char *const *)arguments + 1, 1,
                    (ReadOptions){.max_report = 64 << 20}, &reader,
                    &job.err) != OK) {
        fprintf(stderr, "%s\n", job.err.message);
        return 1;
    }
    job.lexicon = lexicon;
    lines = open_out(arguments[2], ".jsonl");
    job.rows = open_out(arguments[2], ".f32");
    arena_init(&job.arena, 0);
    while (reader_next(reader, &job.record)) {
        buf_reset(&job.line);
        if (arena_try(&job.arena, work, &job, &job.err) != OK) {
            fprintf(stderr, "%s\n", job.err.message);
        }
        fwrite(job.line.ptr, 1, job.line.len, lines);
        arena_reset(&job.arena);
    }
    fclose(lines);
    fclose(job.rows);
    reader_close(reader);
    lexicon_close(lexicon);
    return 0;
}
