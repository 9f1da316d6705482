/* SPDX-License-Identifier: Apache-2.0 */
/* read/report.h - a raw report: what read/ makes of the bytes of a source.
 *
 * Room: read (bytes -> raw reports). A report is one text that one outlet
 * published once. Its fields are as the source gives them; what the text
 * itself says about title or date is found later, by clean/. */
#ifndef READ_REPORT_H
#define READ_REPORT_H

#include "base/str.h"

/* Where the bytes came from, told from the content. */
typedef enum Format {
    FORMAT_TEXT,
    FORMAT_JSONL,
    FORMAT_CSV,  /* a table with a header row */
    FORMAT_WARC, /* a web archive, or the text of one (WET) */
    FORMAT_FEED, /* RSS, Atom, JSON Feed */
    FORMAT_COUNT
} Format;

typedef struct Report {
    Str id;   /* as given, else 16 hex digits of report_hash() */
    Str text; /* valid UTF-8; for JSONL and UTF-8 files the input's bytes; of a
                 page empty: clean/ makes it */
    Str title, outlet, url, published, byline, language; /* empty: not given */
    Str html;  /* a page in UTF-8, which the text is taken from; empty: none */
    Str given; /* unknown fields as one JSON object, "{}" if none */
    Str path;  /* the file, "-" for standard input, "zip/member" in archives */
    uint64_t line; /* 1-based line of the record in a JSONL file; 1 for text */
    Str source;    /* the source's bytes: a text file or a page as it stood,
                      or `text` */
    Str charset;   /* of `source`, as IANA names it: "UTF-8" */
    uint32_t undecodable; /* bytes of `source` that became U+FFFD */
    Format format;
} Report;

/* The default id: 16 hex digits of XXH64 over text, outlet, url and published,
 * each closed by a zero byte. */
Str report_hash(Arena *arena, const Report *report);

#endif
