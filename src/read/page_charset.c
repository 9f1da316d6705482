/* SPDX-License-Identifier: Apache-2.0 */
/* read/page_charset.c - see page_charset.h. */
#include "read/page_charset.h"

#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum { SCANNED = 4096 }; /* the standard asks for 1024; some pages for more */

/* Labels that mean another charset than their name says, or that iconv knows
 * by another name. */
static const struct {
    const char *label, *charset;
} labels[] = {
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ansi_x3.4-1968", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso88591", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"ms_kanji", "CP932"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"korean", "CP949"},
    {"windows-949", "CP949"},
    {"big5", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"cn-big5", "BIG5-HKSCS"},
    {"x-x-big5", "BIG5-HKSCS"},
    {"x-euc-jp", "EUC-JP"},
    {"koi8", "KOI8-R"},
    {"koi8-ru", "KOI8-U"},
    {"x-cp1250", "windows-1250"},
    {"x-cp1251", "windows-1251"},
    {"visual", "ISO-8859-8"},
    {"logical", "ISO-8859-8"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"macintosh", "MACINTOSH"},
    {"x-mac-roman", "MACINTOSH"},
    {"utf8", "UTF-8"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"x-user-defined", "windows-1252"},
};

/* The charset that a label names, into `name`; false when there is none. */
static bool read_label(Str label, char name[CHARSET_NAME_MAX]) {
    iconv_t converter;

    label = str_trim(label);
    if (label.len == 0 || label.len >= CHARSET_NAME_MAX) {
        return false;
    }
    memcpy(name, label.ptr, label.len);
    name[label.len] = '\0';
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (strcasecmp(name, labels[i].label) == 0) {
            strcpy(name, labels[i].charset);
            return true;
        }
    }
    converter = iconv_open("UTF-8", name);
    if (converter == (iconv_t)-1) {
        return false;
    }
    iconv_close(converter);
    return true;
}

/* The word behind "charset=" in `text`. */
static Str behind_equals(Str text) {
    size_t at = str_find_fold(text, str_of("charset"), 0), end;
    char quote;

    if (at == text.len) {
        return (Str){0};
    }
    for (at += 7; at < text.len && ascii_space(text.ptr[at]); at++) {
    }
    if (at >= text.len || text.ptr[at] != '=') {
        return (Str){0};
    }
    for (at++; at < text.len && ascii_space(text.ptr[at]); at++) {
    }
    quote = at < text.len ? text.ptr[at] : '\0';
    at += quote == '"' || quote == '\'';
    for (end = at; end < text.len && !ascii_space(text.ptr[end]) &&
                   !strchr("\"';/>", text.ptr[end]);
         end++) {
    }
    return str_slice(text, at, end);
}

/* The label in the first <meta> that has one; comments are passed over. A page
 * that could be read to find this is in no charset of two bytes a unit. */
static bool scan_meta(Str page, char name[CHARSET_NAME_MAX]) {
    Str head = str_slice(page, 0, page.len < SCANNED ? page.len : SCANNED);

    for (size_t at = 0; (at = str_find(head, str_of("<"), at)) < head.len;) {
        Str rest = str_slice(head, at, head.len);
        size_t end = str_find(rest, str_of(">"), 0);
        if (str_starts(rest, str_of("<!--"))) {
            at += str_find(rest, str_of("-->"), 4);
            continue;
        }
        if (rest.len > 5 &&
            str_equal_fold(str_slice(rest, 0, 5), str_of("<meta")) &&
            read_label(behind_equals(str_slice(rest, 0, end)), name)) {
            if (strncasecmp(name, "UTF-16", 6) == 0 ||
                strncasecmp(name, "UTF-32", 6) == 0) {
                strcpy(name, "UTF-8");
            }
            return true;
        }
        at++;
    }
    return false;
}

static bool has_mark(Str page) {
    return str_starts(page, str_of("\xEF\xBB\xBF")) ||
           str_starts(page, str_of("\xFF\xFE")) ||
           str_starts(page, str_of("\xFE\xFF"));
}

static bool is_ascii(Str page) {
    for (size_t i = 0; i < page.len; i++) {
        if ((unsigned char)page.ptr[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

const char *page_charset(Str page, Str given, char name[CHARSET_NAME_MAX]) {
    if (has_mark(page)) {
        return NULL; /* charset_decode() reads it */
    }
    if (read_label(given, name)) {
        return name;
    }
    if (utf8_invalid(page) == page.len && !is_ascii(page)) {
        return strcpy(name, "UTF-8");
    }
    return scan_meta(page, name) ? name : NULL;
}
