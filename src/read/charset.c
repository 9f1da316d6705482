/* SPDX-License-Identifier: Apache-2.0 */
/* read/charset.c - see charset.h. */
#include "read/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <uchardet.h>

#include "base/utf8.h"

enum { STEP = 4096, SEEN_MAX = 256 << 10 };

static const char fallback[] = "windows-1252";
static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

static const struct {
    const char *bytes;
    size_t len;
    const char *charset;
} marks[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8"},    {"\xFF\xFE\0\0", 4, "UTF-32LE"},
    {"\0\0\xFE\xFF", 4, "UTF-32BE"}, {"\xFF\xFE", 2, "UTF-16LE"},
    {"\xFE\xFF", 2, "UTF-16BE"},
};

/* uchardet's name in the spelling that IANA prefers. ISO-8859-1 has control
 * characters where windows-1252 has quotation marks and dashes, and in news
 * it is always the latter (the WHATWG's Encoding Standard does the same). */
static void tidy_name(char *name) {
    if (strcasecmp(name, "ISO-8859-1") == 0 || name[0] == '\0' ||
        strcasecmp(name, "ASCII") == 0 || strcasecmp(name, "UTF-8") == 0) {
        memcpy(name, fallback, sizeof fallback);
    } else if (strncmp(name, "WINDOWS-", 8) == 0) {
        memcpy(name, "windows-", 8);
    }
}

void charset_detect(Str bytes, char name[CHARSET_NAME_MAX]) {
    uchardet_t detector = uchardet_new();

    name[0] = '\0';
    if (detector) {
        size_t seen = bytes.len < SEEN_MAX ? bytes.len : SEEN_MAX;
        if (uchardet_handle_data(detector, bytes.ptr, seen) == 0) {
            uchardet_data_end(detector);
            snprintf(name, CHARSET_NAME_MAX, "%s",
                     uchardet_get_charset(detector));
        }
        uchardet_delete(detector);
    }
    tidy_name(name);
}

/* Converts all of `bytes` into `out`, or only counts when that is NULL.
 * What cannot be decoded is skipped by `unit` bytes and gives one U+FFFD. */
static size_t convert(iconv_t converter, Str bytes, size_t unit, char *out,
                      uint32_t *undecodable) {
    char *from = (char *)(uintptr_t)bytes.ptr; /* iconv only reads it */
    size_t left = bytes.len, total = 0;
    char step[STEP];

    *undecodable = 0;
    iconv(converter, NULL, NULL, NULL, NULL);
    while (left > 0) {
        char *to = step;
        size_t room = sizeof step;
        size_t done = iconv(converter, &from, &left, &to, &room);
        if (out) {
            memcpy(out + total, step, (size_t)(to - step));
        }
        total += (size_t)(to - step);
        if (done == (size_t)-1 && errno != E2BIG) {
            size_t skip = unit < left ? unit : left;
            if (out) {
                memcpy(out + total, replacement, 3);
            }
            total += 3;
            *undecodable += (uint32_t)skip;
            from += skip;
            left -= skip;
        }
    }
    return total;
}

/* `text` with each invalid byte as U+FFFD; they are added to `*undecodable`. */
static Str mend(Arena *arena, Str text, uint32_t *undecodable) {
    size_t bad = utf8_invalid(text), len = 0;
    char *out;

    if (bad == text.len) {
        return text;
    }
    out = arena_alloc(arena, text.len * 3);
    while (text.len > 0) {
        memcpy(out + len, text.ptr, bad);
        len += bad;
        if (bad == text.len) {
            break;
        }
        memcpy(out + len, replacement, 3);
        len += 3;
        (*undecodable)++;
        text = str_slice(text, bad + 1, text.len);
        bad = utf8_invalid(text);
    }
    return (Str){out, len};
}

static size_t unit_of(const char *charset) {
    if (strncasecmp(charset, "UTF-16", 6) == 0 ||
        strncasecmp(charset, "UCS-2", 5) == 0) {
        return 2;
    }
    return strncasecmp(charset, "UTF-32", 6) == 0 ? 4 : 1;
}

/* Two passes, so that no converter is open while the arena is asked. */
static Status decode_as(Arena *arena, Str bytes, const char *charset,
                        Decoded *out, Error *err) {
    iconv_t converter = iconv_open("UTF-8", charset);
    uint32_t undecodable;
    size_t total;
    char *text;

    if (converter == (iconv_t)-1) {
        return fail(err, ERR_USAGE, "charset %s is not known", charset);
    }
    total = convert(converter, bytes, unit_of(charset), NULL, &undecodable);
    iconv_close(converter);
    text = arena_alloc(arena, total + 1);
    out->charset = str_dup(arena, str_of(charset));
    converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) {
        return fail(err, ERR_NOMEM, "out of memory");
    }
    convert(converter, bytes, unit_of(charset), text, &out->undecodable);
    iconv_close(converter);
    /* iconv lets through what RFC 3629 forbids: sequences of six bytes. */
    out->text = mend(arena, (Str){text, total}, &out->undecodable);
    return OK;
}

/* A short text tells little about its charset. Where windows-1252 reads the
 * same characters out of the bytes, it is the likelier name. */
static Status decode_detected(Arena *arena, Str bytes, Decoded *out,
                              Error *err) {
    char name[CHARSET_NAME_MAX];
    Decoded likely;
    Status status;

    charset_detect(bytes, name);
    status = decode_as(arena, bytes, fallback, &likely, err);
    if (status != OK || strcmp(name, fallback) == 0 ||
        decode_as(arena, bytes, name, out, err) != OK ||
        str_equal(out->text, likely.text)) {
        *out = likely;
    }
    return status;
}

/* `bytes` behind a byte order mark; `*charset` is what the mark says. */
static Str skip_mark(Str bytes, const char **charset) {
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (str_starts(bytes, (Str){marks[i].bytes, marks[i].len})) {
            *charset = marks[i].charset;
            return str_slice(bytes, marks[i].len, bytes.len);
        }
    }
    return bytes;
}

/* UTF-8 in which each invalid byte became U+FFFD, of three. */
static void places_in_utf8(Str bytes, size_t before, uint32_t *places,
                           uint32_t count) {
    size_t at = 0, good = utf8_invalid(bytes); /* of `bytes` */
    size_t written = 0;                        /* of the text, up to `at` */

    for (uint32_t i = 0; i < count;) {
        if (places[i] <= written + (good - at) || good == bytes.len) {
            places[i] = (uint32_t)(places[i] - written + at + before);
            i++;
            continue;
        }
        written += good - at + 3;
        at = good + 1;
        good = at + utf8_invalid(str_slice(bytes, at, bytes.len));
    }
}

/* The converter is given room up to each place and stops there. */
static void places_converted(iconv_t converter, Str bytes, size_t unit,
                             size_t before, uint32_t *places, uint32_t count) {
    char *from = (char *)(uintptr_t)bytes.ptr; /* iconv only reads it */
    size_t left = bytes.len, written = 0;
    char step[STEP];

    for (uint32_t i = 0; i < count;) {
        size_t want = places[i] > written ? places[i] - written : 0;
        size_t room = want < sizeof step ? want : sizeof step, had = room;
        char *to = step;
        if (want == 0 || left == 0) {
            places[i++] = (uint32_t)(bytes.len - left + before);
            continue;
        }
        size_t done = iconv(converter, &from, &left, &to, &room);
        written += had - room;
        if (done == (size_t)-1 && (errno != E2BIG || had == room)) {
            size_t skip = unit < left ? unit : left;
            written += 3;
            from += skip;
            left -= skip;
        }
    }
}

void charset_places(Str bytes, Str charset, uint32_t *places, uint32_t count) {
    char name[CHARSET_NAME_MAX];
    const char *ignored;
    Str rest = skip_mark(bytes, &ignored);
    size_t before = bytes.len - rest.len;
    iconv_t converter;

    snprintf(name, sizeof name, "%.*s", (int)charset.len, charset.ptr);
    if (strcasecmp(name, "UTF-8") == 0) {
        places_in_utf8(rest, before, places, count);
        return;
    }
    converter = iconv_open("UTF-8", name);
    if (converter != (iconv_t)-1) {
        places_converted(converter, rest, unit_of(name), before, places, count);
        iconv_close(converter);
    }
}

Status charset_decode(Arena *arena, Str bytes, const char *charset,
                      Decoded *out, Error *err) {
    Str rest = skip_mark(bytes, &charset);

    if ((!charset || strcasecmp(charset, "UTF-8") == 0) &&
        utf8_invalid(rest) == rest.len) {
        *out = (Decoded){rest, str_of("UTF-8"), 0};
        return OK;
    }
    if (charset && strcasecmp(charset, "UTF-8") == 0) {
        *out = (Decoded){.charset = str_of("UTF-8")};
        out->text = mend(arena, rest, &out->undecodable);
        return OK;
    }
    if (charset) {
        return decode_as(arena, rest, charset, out, err);
    }
    return decode_detected(arena, rest, out, err);
}
