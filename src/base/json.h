/* SPDX-License-Identifier: Apache-2.0 */
/* base/json.h - writes JSON. (jansson reads it, where it is read.)
 *
 * Room: base. Writes into a Buf, whose sticky error serves here too. Commas
 * are put where they belong; strings are given as UTF-8 and escaped as RFC
 * 8259 asks, nothing more, so that text stays readable.
 *
 *     Json json = json_to(&buf);
 *     json_open(&json, '{');
 *     json_key(&json, "id"), json_str(&json, id);
 *     json_close(&json, '}');
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

typedef struct Json {
    Buf *out;     /* borrowed */
    bool started; /* the open array or object has an element */
} Json;

Json json_to(Buf *out);
/* `bracket` is '{' or '['; close with the matching one. */
void json_open(Json *json, char bracket);
void json_close(Json *json, char bracket);
void json_key(Json *json, const char *key);

void json_str(Json *json, Str text);
/* null when `text` is empty. */
void json_str_or_null(Json *json, Str text);
void json_int(Json *json, int64_t value);
void json_bool(Json *json, bool value);
void json_null(Json *json);
/* `decimals` digits after the point, the same in every locale. */
void json_number(Json *json, double value, int decimals);
/* `[begin,end]` */
void json_span(Json *json, Span span);
/* A value that is JSON already. */
void json_raw(Json *json, Str value);

/* Shorthands: a key and its value. */
void json_key_str(Json *json, const char *key, Str text);
void json_key_str_or_null(Json *json, const char *key, Str text);
void json_key_int(Json *json, const char *key, int64_t value);
void json_key_bool(Json *json, const char *key, bool value);
void json_key_span(Json *json, const char *key, Span span);
/* null for an empty span, and for the value that stands for "unknown". */
void json_key_span_or_null(Json *json, const char *key, Span span);
void json_key_int_or_null(Json *json, const char *key, int64_t value,
                          int64_t unknown);

#endif
