/* SPDX-License-Identifier: Apache-2.0 */
/* tell/filter.c - see filter.h. */
#include "tell/filter.h"

#include <utf8proc.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* Each condition, what sets it and how it reads in SQL. */
static const struct {
    uint32_t condition;
    const char *option; /* for the message */
    const char *sql;    /* NULL: no condition of its own */
} conditions[] = {
    {FILTER_STORY, "--story",
     "g.story = COALESCE((SELECT into_story FROM story_forward WHERE story ="
     " :story), :story)"},
    {FILTER_STORYLINE, "--storyline",
     "g.story IN (SELECT story FROM story WHERE storyline = :storyline)"},
    {FILTER_REPORT, "--report", "r.id = :report"},
    {FILTER_OUTLET, "--outlet", "holds(r.outlet, :outlet)"},
    {FILTER_SINCE, "--since", "r.published >= :since"},
    {FILTER_UNTIL, "--until", "r.published < :until || '~'"},
    {FILTER_SPEAKER, "--speaker",
     "(holds(q.speaker_name, :speaker) OR q.speaker IN (SELECT entity FROM"
     " alias WHERE holds(alias, :speaker) UNION SELECT entity FROM entity"
     " WHERE holds(name, :speaker)))"},
    {FILTER_CLAIMANT, "--speaker",
     "(holds(q.claimant_name, :speaker) OR q.claimant IN (SELECT entity FROM"
     " alias WHERE holds(alias, :speaker) UNION SELECT entity FROM entity"
     " WHERE holds(name, :speaker)))"},
    {FILTER_KIND, "--kind", "q.kind = :kind COLLATE NOCASE"},
    {FILTER_PLACE, "--place", "holds(q.place, :place)"},
    {FILTER_NAME, "--speaker",
     "(holds(e.name, :speaker) OR e.entity IN (SELECT entity FROM alias"
     " WHERE holds(alias, :speaker)))"},
    {FILTER_TYPE, "--kind", "e.type = :kind COLLATE NOCASE"},
    {FILTER_WHY, "--kind", "holds(j.value ->> '$.why', :kind)"},
    {FILTER_ACTOR, "--speaker",
     "EXISTS (SELECT 1 FROM event_side d WHERE d.event = q.event AND"
     " (holds(d.code, :speaker) OR d.entity IN (SELECT entity FROM alias"
     " WHERE holds(alias, :speaker) UNION SELECT entity FROM entity"
     " WHERE holds(name, :speaker))))"},
    {FILTER_CODE, "--kind",
     "(q.plover = :kind COLLATE NOCASE OR substr(q.cameo, 1, length(:kind))"
     " = :kind)"},
    {FILTER_QUERY, "a query", NULL},
    {FILTER_MAX, "--max", NULL},
    {FILTER_SENTENCES, "--sentences", NULL},
    {FILTER_LITTER, "--litter", NULL},
};

enum { CONDITIONS = sizeof conditions / sizeof *conditions };

/* True if the filter sets what the condition is about. */
static bool is_set(const TellFilter *filter, uint32_t condition) {
    switch (condition) {
    case FILTER_STORY:
        return filter->story != 0;
    case FILTER_STORYLINE:
        return filter->storyline != 0;
    case FILTER_REPORT:
        return filter->report.len > 0;
    case FILTER_OUTLET:
        return filter->outlet.len > 0;
    case FILTER_SINCE:
        return filter->since.len > 0;
    case FILTER_UNTIL:
        return filter->until.len > 0;
    case FILTER_SPEAKER:
    case FILTER_CLAIMANT:
    case FILTER_NAME:
    case FILTER_ACTOR:
        return filter->speaker.len > 0;
    case FILTER_KIND:
    case FILTER_TYPE:
    case FILTER_WHY:
    case FILTER_CODE:
        return filter->kind.len > 0;
    case FILTER_PLACE:
        return filter->place.len > 0;
    case FILTER_QUERY:
        return filter->query.len > 0;
    case FILTER_MAX:
        return filter->max > 0;
    case FILTER_SENTENCES:
        return filter->sentences > 0;
    default:
        return condition == FILTER_LITTER && filter->litter;
    }
}

/* "2013", "2013-02", "2013-02-25". */
static bool is_date(Str text) {
    if (text.len != 4 && text.len != 7 && text.len != 10) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? text.ptr[i] != '-' : !ascii_digit(text.ptr[i])) {
            return false;
        }
    }
    return true;
}

static Status check_date(const char *option, Str date, Error *err) {
    if (date.len == 0 || is_date(date)) {
        return OK;
    }
    return fail(err, ERR_USAGE, "%s %.*s: want a date such as 2013-02-25",
                option, (int)date.len, date.ptr);
}

Status filter_check(const TellFilter *filter, uint32_t allowed,
                    const char *view, Error *err) {
    Status status;

    for (int i = 0; i < CONDITIONS; i++) {
        uint32_t same = 0; /* conditions that the same option sets */
        for (int k = 0; k < CONDITIONS; k++) {
            if (str_is(str_of(conditions[k].option), conditions[i].option)) {
                same |= conditions[k].condition;
            }
        }
        if (!(allowed & same) && is_set(filter, conditions[i].condition)) {
            return fail(err, ERR_USAGE, "%s does not take %s", view,
                        conditions[i].option);
        }
    }
    status = check_date("--since", filter->since, err);
    return status == OK ? check_date("--until", filter->until, err) : status;
}

void filter_conditions(const TellFilter *filter, uint32_t wanted, Arena *arena,
                       StrList *out) {
    for (int i = 0; i < CONDITIONS; i++) {
        if ((conditions[i].condition & wanted) && conditions[i].sql &&
            is_set(filter, conditions[i].condition)) {
            str_push(arena, out, str_of(conditions[i].sql));
        }
    }
}

static void bind_named(sqlite3_stmt *statement, const char *name, Str value) {
    int parameter = sqlite3_bind_parameter_index(statement, name);

    if (parameter) {
        bind_str(statement, parameter, value);
    }
}

static void bind_number(sqlite3_stmt *statement, const char *name,
                        int64_t value) {
    int parameter = sqlite3_bind_parameter_index(statement, name);

    if (parameter) {
        sqlite3_bind_int64(statement, parameter, value);
    }
}

void filter_bind(const TellFilter *filter, sqlite3_stmt *statement) {
    bind_number(statement, ":story", filter->story);
    bind_number(statement, ":storyline", filter->storyline);
    bind_named(statement, ":report", filter->report);
    bind_named(statement, ":outlet", filter->outlet);
    bind_named(statement, ":since", filter->since);
    bind_named(statement, ":until", filter->until);
    bind_named(statement, ":speaker", filter->speaker);
    bind_named(statement, ":kind", filter->kind);
    bind_named(statement, ":place", filter->place);
    bind_number(statement, ":max", filter->max ? (int64_t)filter->max : -1);
}

/* The next letter from byte `*at` as it is compared: lower case, no accent. */
static int32_t next_plain(Str text, size_t *at) {
    int32_t plain[8] = {0};
    int boundary = 0;
    uint32_t len, character = utf8_at(text, *at, &len);

    *at += len;
    utf8proc_decompose_char(
        (int32_t)character, plain, 8,
        UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD, &boundary);
    return plain[0];
}

/* Length of `part` where it stands at byte `at` of `text`; 0: it does not. */
static bool stands_at(Str text, size_t at, Str part) {
    for (size_t i = 0; i < part.len;) {
        if (at >= text.len || next_plain(text, &at) != next_plain(part, &i)) {
            return false;
        }
    }
    return true;
}

static bool holds(Str text, Str part) {
    uint32_t len;

    for (size_t at = 0; at < text.len; at += len) {
        if (stands_at(text, at, part)) {
            return true;
        }
        utf8_at(text, at, &len);
    }
    return part.len == 0;
}

static void sql_holds(sqlite3_context *context, int count,
                      sqlite3_value **values) {
    Str text[2];

    for (int i = 0; i < 2 && i < count; i++) {
        text[i].ptr = (const char *)sqlite3_value_text(values[i]);
        text[i].len = (size_t)sqlite3_value_bytes(values[i]);
    }
    sqlite3_result_int(context, text[0].ptr && holds(text[0], text[1]));
}

Status filter_functions(sqlite3 *db, Error *err) {
    if (sqlite3_create_function(db, "holds", 2,
                                SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                sql_holds, NULL, NULL) != SQLITE_OK) {
        return fail(err, ERR_STORE, "store: %s", sqlite3_errmsg(db));
    }
    return OK;
}
