/* SPDX-License-Identifier: Apache-2.0 */
/* read/row.h - fields of a report from elsewhere, as a JSON line.
 *
 * Room: read. Rows of tables and items of feeds are but other ways to write
 * what a JSON line says; they become one, and jsonl.h reads it. */
#ifndef READ_ROW_H
#define READ_ROW_H

#include "base/json.h"
#include "base/lexicon.h"

typedef enum Field {
    FIELD_TEXT,
    FIELD_HTML,
    FIELD_ID,
    FIELD_TITLE,
    FIELD_OUTLET,
    FIELD_URL,
    FIELD_PUBLISHED,
    FIELD_BYLINE,
    FIELD_LANGUAGE,
    FIELD_NONE, /* kept as given, under its own name */
    FIELD_COUNT = FIELD_NONE
} Field;

/* "text" and so on; NULL for FIELD_NONE. */
const char *field_name(Field field);
/* FIELD_NONE for other names. */
Field field_of(Str name);

/* Append `"field":value` in the form that JSON lines have it: dates as ISO
 * 8601, lists of names joined by commas. False, and nothing appended, when
 * the value is empty or cannot be read as what the field holds. */
bool row_put(Json *json, Field field, Str value, const Lexicon *lexicon);

#endif
