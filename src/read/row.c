/* SPDX-License-Identifier: Apache-2.0 */
/* read/row.c - see row.h. */
#include "read/row.h"

#include "base/ascii.h"
#include "read/moment.h"

static const char *const names[FIELD_COUNT] = {
    [FIELD_TEXT] = "text",
    [FIELD_HTML] = "html",
    [FIELD_ID] = "id",
    [FIELD_TITLE] = "title",
    [FIELD_OUTLET] = "outlet",
    [FIELD_URL] = "url",
    [FIELD_PUBLISHED] = "published",
    [FIELD_BYLINE] = "byline",
    [FIELD_LANGUAGE] = "language",
};

const char *field_name(Field field) {
    return field == FIELD_NONE ? NULL : names[field];
}

Field field_of(Str name) {
    Field field = 0;

    while (field < FIELD_COUNT && !str_is(name, names[field])) {
        field++;
    }
    return field;
}

/* "en" of "en", "EN-gb": what a language is called by machines; false for
 * other names. */
static bool put_language(Json *json, Str value) {
    char code[3];
    size_t len = 0;

    while (len < value.len && ascii_alpha(value.ptr[len])) {
        if (len < sizeof code) {
            code[len] = ascii_lower(value.ptr[len]);
        }
        len++;
    }
    if (len < 2 || len > sizeof code ||
        (len < value.len && value.ptr[len] != '-' && value.ptr[len] != '_')) {
        return false;
    }
    json_key_str(json, field_name(FIELD_LANGUAGE), (Str){code, len});
    return true;
}

/* ['Ada Brandt', "Paul Okello"], as Python and JSON write lists, becomes Ada
 * Brandt, Paul Okello; anything else stays. */
static void put_names(Json *json, Str value) {
    Buf out;
    char quote = '\0';

    if (value.len < 4 || value.ptr[0] != '[' ||
        value.ptr[value.len - 1] != ']') {
        json_key_str(json, field_name(FIELD_BYLINE), value);
        return;
    }
    buf_init(&out, 0);
    for (size_t i = 1; i + 1 < value.len; i++) {
        char c = value.ptr[i];
        if (!quote && (c == '\'' || c == '"')) {
            quote = c;
            buf_put(&out, out.len ? ", " : "");
        } else if (c == quote) {
            quote = '\0';
        } else if (quote) {
            buf_char(&out, c);
        }
    }
    json_key_str(json, field_name(FIELD_BYLINE), buf_str(&out));
    buf_deinit(&out);
}

static bool put_date(Json *json, Str value, const Lexicon *lexicon) {
    char iso[MOMENT_ISO_MAX];
    Moment moment;

    if (!moment_read(value, lexicon, &moment)) {
        return false;
    }
    json_key_str(json, field_name(FIELD_PUBLISHED), moment_iso(&moment, iso));
    return true;
}

bool row_put(Json *json, Field field, Str value, const Lexicon *lexicon) {
    Str trimmed = str_trim(value);

    if (field == FIELD_NONE || trimmed.len == 0) {
        return false;
    }
    switch (field) {
    case FIELD_PUBLISHED:
        return put_date(json, trimmed, lexicon);
    case FIELD_LANGUAGE:
        return put_language(json, trimmed);
    case FIELD_BYLINE:
        put_names(json, trimmed);
        return true;
    case FIELD_TEXT:
    case FIELD_HTML:
        json_key_str(json, field_name(field), value);
        return true;
    default:
        json_key_str(json, field_name(field), trimmed);
        return true;
    }
}
