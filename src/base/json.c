/* SPDX-License-Identifier: Apache-2.0 */
/* base/json.c - see json.h. */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <string.h>

Json json_to(Buf *out) {
    return (Json){.out = out};
}

/* A comma, unless this is the first element. */
static void begin_value(Json *json) {
    if (json->started) {
        buf_char(json->out, ',');
    }
    json->started = true;
}

void json_open(Json *json, char bracket) {
    assert(bracket == '{' || bracket == '[');
    begin_value(json);
    buf_char(json->out, bracket);
    json->started = false;
}

void json_close(Json *json, char bracket) {
    assert(bracket == '}' || bracket == ']');
    buf_char(json->out, bracket);
    json->started = true;
}

/* True for bytes that a JSON string cannot hold as they are. */
static bool must_escape(char c) {
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

static void put_escape(Buf *out, char c) {
    static const char short_form[] = "\b\t\n\f\r\"\\";
    static const char letter[] = "btnfr\"\\";
    const char *hit = c ? strchr(short_form, c) : NULL;

    if (hit) {
        buf_char(out, '\\');
        buf_char(out, letter[hit - short_form]);
    } else {
        buf_format(out, "\\u%04x", (unsigned char)c);
    }
}

static void put_string(Buf *out, Str text) {
    size_t done = 0;

    buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (must_escape(text.ptr[i])) {
            buf_push(out, str_slice(text, done, i));
            put_escape(out, text.ptr[i]);
            done = i + 1;
        }
    }
    buf_push(out, str_slice(text, done, text.len));
    buf_char(out, '"');
}

void json_key(Json *json, const char *key) {
    begin_value(json);
    buf_char(json->out, '"');
    buf_put(json->out, key);
    buf_push(json->out, (Str){"\":", 2});
    json->started = false; /* no comma between key and value */
}

void json_str(Json *json, Str text) {
    begin_value(json);
    put_string(json->out, text);
}

void json_str_or_null(Json *json, Str text) {
    if (text.len) {
        json_str(json, text);
    } else {
        json_null(json);
    }
}

void json_int(Json *json, int64_t value) {
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) {
        digits[--at] = '-';
    }
    begin_value(json);
    buf_push(json->out, (Str){digits + at, sizeof digits - at});
}

void json_bool(Json *json, bool value) {
    json_raw(json, str_of(value ? "true" : "false"));
}

void json_null(Json *json) {
    json_raw(json, str_of("null"));
}

void json_number(Json *json, double value, int decimals) {
    double scale = pow(10, decimals);
    double rounded = isfinite(value) ? round(fabs(value) * scale) : 0;
    uint64_t whole = (uint64_t)(rounded / scale);
    uint64_t part = (uint64_t)(rounded - (double)whole * scale);

    assert(decimals >= 1 && decimals <= 9 &&
           (!isfinite(value) || fabs(value) < 1e9));
    begin_value(json);
    buf_format(json->out, "%s%llu.%0*llu", value < 0 && rounded > 0 ? "-" : "",
               (unsigned long long)whole, decimals, (unsigned long long)part);
}

void json_span(Json *json, Span span) {
    json_open(json, '[');
    json_int(json, span.begin);
    json_int(json, span.end);
    json_close(json, ']');
}

void json_raw(Json *json, Str value) {
    begin_value(json);
    buf_push(json->out, value);
}

void json_key_str(Json *json, const char *key, Str text) {
    json_key(json, key);
    json_str(json, text);
}

void json_key_str_or_null(Json *json, const char *key, Str text) {
    json_key(json, key);
    json_str_or_null(json, text);
}

void json_key_int(Json *json, const char *key, int64_t value) {
    json_key(json, key);
    json_int(json, value);
}

void json_key_bool(Json *json, const char *key, bool value) {
    json_key(json, key);
    json_bool(json, value);
}

void json_key_span(Json *json, const char *key, Span span) {
    json_key(json, key);
    json_span(json, span);
}

void json_key_span_or_null(Json *json, const char *key, Span span) {
    json_key(json, key);
    if (span_empty(span)) {
        json_null(json);
    } else {
        json_span(json, span);
    }
}

void json_key_int_or_null(Json *json, const char *key, int64_t value,
                          int64_t unknown) {
    json_key(json, key);
    if (value == unknown) {
        json_null(json);
    } else {
        json_int(json, value);
    }
}
