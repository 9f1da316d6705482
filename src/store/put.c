/* SPDX-License-Identifier: Apache-2.0 */
/* store/put.c - keep one analysed report; find and remove reports.
 *
 * Room: store. Which version a record is:
 *
 *     its id, or else its url, known?             no: a new report, version 1
 *     the same record among the versions kept?    yes: PUT_SAME
 *     else the next version, under the id that the report has already
 *
 * "The same record" means the same bytes in all that was given: text, title,
 * outlet, url, date, byline, language, unknown fields. */
#include <string.h>
#include <xxhash.h>

#include "base/json.h"
#include "store/inside.h"

enum { HASH_BYTES = 16 };

typedef struct Hash {
    unsigned char bytes[HASH_BYTES];
} Hash;

/* What the store has of a record before it is put. */
typedef struct Known {
    int64_t latest;  /* report number of the latest version; 0: none */
    int64_t version; /* of the latest; 0: none */
    bool same;       /* an identical record is among the versions */
} Known;

static Hash hash_bytes(const void *bytes, size_t len) {
    XXH128_canonical_t canonical;
    Hash hash;

    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, len));
    memcpy(hash.bytes, canonical.digest, HASH_BYTES);
    return hash;
}

/* Of all that was given but the id and the path: the hash of the fields'
 * hashes, so that no text can run over from one field into the next. */
static Hash hash_record(const Report *report) {
    const Str fields[] = {
        report->text,      report->title,  report->outlet,   report->url,
        report->published, report->byline, report->language, report->given,
    };
    Hash hashes[sizeof fields / sizeof *fields];

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        hashes[i] = hash_bytes(fields[i].ptr, fields[i].len);
    }
    return hash_bytes(hashes, sizeof hashes);
}

static Status look_up(Store *store, const Report *report, Hash record,
                      Known *known, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_ROW;
    Status status = store_sql(
        store,
        "SELECT report, version, record = ?3 FROM report WHERE id = COALESCE("
        "(SELECT id FROM report WHERE id = ?1 LIMIT 1), "
        "(SELECT id FROM report WHERE url = ?2 ORDER BY report DESC LIMIT 1)) "
        "ORDER BY version",
        &q, err);

    *known = (Known){0};
    if (status != OK) {
        return status;
    }
    bind_str(q, 1, report->id);
    bind_str(q, 2, report->url);
    sqlite3_bind_blob(q, 3, record.bytes, HASH_BYTES, SQLITE_STATIC);
    while ((status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        known->latest = sqlite3_column_int64(q, 0);
        known->version = sqlite3_column_int64(q, 1);
        known->same = known->same || sqlite3_column_int(q, 2);
    }
    return status;
}

/* ----------------------------------------------------------- JSON columns */

static void put_strings(Json *json, StrList list) {
    json_open(json, '[');
    for (uint32_t i = 0; i < list.count; i++) {
        json_str(json, list.items[i]);
    }
    json_close(json, ']');
}

static void put_spans(Json *json, const SpanList *list) {
    json_open(json, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        json_span(json, list->items[i]);
    }
    json_close(json, ']');
}

static void put_sentences(Json *json, const Text *text, bool headings) {
    json_open(json, '[');
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        if (!headings || text->sentences[i].heading) {
            json_span(json, text->sentences[i].span);
        }
    }
    json_close(json, ']');
}

static void put_litter(Json *json, const Clean *clean) {
    json_open(json, '[');
    for (uint32_t i = 0; i < clean->block_count; i++) {
        if (clean->blocks[i].kind == BLOCK_LITTER) {
            json_open(json, '{');
            json_key_span(json, "span", clean->blocks[i].span);
            json_key_str(json, "why", clean->blocks[i].why);
            json_close(json, '}');
        }
    }
    json_close(json, ']');
}

/* The columns that hold JSON, all in one buffer, one after the other. */
enum { BYLINE, CREDIT, BODY, SENTENCES, HEADINGS, LITTER, LIST_COUNT };

typedef struct Lists {
    Str of[LIST_COUNT]; /* borrowed from the store's scratch buffer */
} Lists;

static void put_list(Buf *out, const Analysis *analysis, int which) {
    Json json = json_to(out);
    const Clean *clean = &analysis->clean;

    switch (which) {
    case BYLINE:
        put_strings(&json, clean->byline);
        break;
    case CREDIT:
        put_strings(&json, clean->credit);
        break;
    case BODY:
        put_spans(&json, &clean->body);
        break;
    case SENTENCES:
        put_sentences(&json, &analysis->text, false);
        break;
    case HEADINGS:
        put_sentences(&json, &analysis->text, true);
        break;
    default:
        put_litter(&json, clean);
        break;
    }
}

static Status write_lists(Buf *out, const Analysis *analysis, Lists *lists,
                          Error *err) {
    size_t ends[LIST_COUNT], begin = 0;
    Status status;

    for (int i = 0; i < LIST_COUNT; i++) {
        put_list(out, analysis, i);
        ends[i] = out->len;
    }
    status = buf_check(out, err);
    for (int i = 0; status == OK && i < LIST_COUNT; i++) {
        lists->of[i] = str_slice(buf_str(out), begin, ends[i]);
        begin = ends[i];
    }
    return status;
}

/* -------------------------------------------------------------- the report */

/* Text that may be empty, for columns that are not NULL. */
static void bind_text(sqlite3_stmt *q, int parameter, Str text) {
    sqlite3_bind_text64(q, parameter, text.len ? text.ptr : "", text.len,
                        SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_cstr(sqlite3_stmt *q, int parameter, const char *text) {
    sqlite3_bind_text(q, parameter, text, -1, SQLITE_STATIC);
}

static void bind_given(sqlite3_stmt *q, const Report *report) {
    bool differs = !str_equal(report->source, report->text);

    bind_str(q, 1, report->id);
    bind_text(q, 2, report->text);
    if (differs && report->source.len > 0) {
        sqlite3_bind_blob64(q, 3, report->source.ptr, report->source.len,
                            SQLITE_STATIC);
    }
    bind_text(q, 4, report->charset);
    bind_str(q, 5, report->path);
    bind_str(q, 6, report->url);
    bind_text(q, 7, report->given.len ? report->given : str_of("{}"));
}

static void bind_cleaned(sqlite3_stmt *q, const Analysis *analysis) {
    const Clean *clean = &analysis->clean;
    const Text *text = &analysis->text;

    bind_str(q, 8, clean->outlet);
    bind_str(q, 9, clean->title);
    bind_str(q, 10, clean->published);
    bind_cstr(q, 11, published_from_name(clean->published_from));
    bind_text(q, 12, text->language);
    sqlite3_bind_double(q, 13, text->language_p);
    bind_text(q, 14,
              text->lexicon ? lexicon_version(text->lexicon) : str_of(""));
}

/* Row, place among the others, search index. */
static Status insert_report(Store *store, const Analysis *analysis, Hash record,
                            const Known *known, int64_t *report, Error *err) {
    const Report *given = analysis->report;
    Hash hash = hash_bytes(given->text.ptr, given->text.len);
    Lists lists;
    sqlite3_stmt *q;
    Status status = write_lists(store_scratch(store), analysis, &lists, err);

    if (status != OK) {
        return status;
    }
    status = store_sql(
        store,
        "INSERT INTO report (id, text, source, charset, path, url, given, "
        "outlet, title, published, published_from, language, language_p, "
        "lexicon, hash, record, version, previous, byline, credit, body, "
        "sentences, headings, litter) VALUES ("
        "COALESCE((SELECT id FROM report WHERE report = ?18), ?1), "
        "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
        "?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)",
        &q, err);
    if (status != OK) {
        return status;
    }
    bind_given(q, given);
    bind_cleaned(q, analysis);
    sqlite3_bind_blob(q, 15, hash.bytes, HASH_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(q, 16, record.bytes, HASH_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(q, 17, known->version + 1);
    if (known->latest) {
        sqlite3_bind_int64(q, 18, known->latest);
    }
    for (int i = 0; i < LIST_COUNT; i++) {
        bind_text(q, 19 + i, lists.of[i]);
    }
    status = store_run(store, q, err);
    *report = sqlite3_last_insert_rowid(store_db(store));
    return status;
}

/* Run a statement whose one parameter is a report's number. */
static Status run_for(Store *store, const char *sql, int64_t report,
                      Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(store, sql, &q, err);

    if (status == OK) {
        sqlite3_bind_int64(q, 1, report);
        status = store_run(store, q, err);
    }
    return status;
}

static Status index_report(Store *store, int64_t report, Error *err) {
    store_search_later(store, report);
    return run_for(store,
                   "INSERT INTO standing (report, latest, origin) VALUES (?1, "
                   "1, ?1)",
                   report, err);
}

/* The search index forgets a report only when told the words that it has.
 * Those that this transaction has put are not in it yet. */
static Status unindex_report(Store *store, int64_t report, Error *err) {
    sqlite3_stmt *q;
    Status status =
        store_sql(store,
                  "INSERT INTO report_text (report_text, rowid, title, text) "
                  "SELECT 'delete', report, title, text FROM searchable "
                  "WHERE report IN (SELECT report FROM report WHERE id = "
                  "(SELECT id FROM report WHERE report = ?1)) AND report < ?2",
                  &q, err);

    if (status == OK) {
        sqlite3_bind_int64(q, 1, report);
        sqlite3_bind_int64(q, 2, store_searched(store));
        status = store_run(store, q, err);
    }
    return status;
}

/* --------------------------------------------------------------- the claims */

/* A span as two parameters, NULL when it is nowhere. */
static void bind_span(sqlite3_stmt *q, int parameter, Span span) {
    if (!span_empty(span)) {
        sqlite3_bind_int64(q, parameter, span.begin);
        sqlite3_bind_int64(q, parameter + 1, span.end);
    }
}

static Status insert_mentions(Store *store, const Analysis *analysis,
                              int64_t report, Error *err) {
    Status status = OK;

    for (uint32_t i = 0; status == OK && i < analysis->mention_count; i++) {
        const Mention *mention = &analysis->mentions[i];
        sqlite3_stmt *q;

        status = store_sql(store,
                           "INSERT OR IGNORE INTO mention (report, begin, "
                           "end, kind, type) VALUES (?1, ?2, ?3, ?4, ?5)",
                           &q, err);
        if (status == OK) {
            sqlite3_bind_int64(q, 1, report);
            bind_span(q, 2, mention->span);
            bind_cstr(q, 4, mention_kind_name(mention->kind));
            bind_cstr(q, 5, entity_type_name(mention->type));
            status = store_run(store, q, err);
        }
    }
    return status;
}

static Status insert_times(Store *store, const Analysis *analysis,
                           int64_t report, Error *err) {
    Status status = OK;

    for (uint32_t i = 0; status == OK && i < analysis->time_count; i++) {
        const Time *time = &analysis->times[i];
        sqlite3_stmt *q;

        status = store_sql(store,
                           "INSERT INTO time (report, begin, end, type, "
                           "value, mod, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                           "?7)",
                           &q, err);
        if (status == OK) {
            sqlite3_bind_int64(q, 1, report);
            bind_span(q, 2, time->span);
            bind_cstr(q, 4, time_type_name(time->type));
            bind_text(q, 5, time->value);
            bind_str(q, 6, time->mod);
            bind_text(q, 7, time->why);
            status = store_run(store, q, err);
        }
    }
    return status;
}

/* The number that the next row of a table will have. */
static Status next_number(Store *store, const char *sql, int64_t *number,
                          Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status = store_sql(store, sql, &q, err);

    if (status == OK) {
        status = store_step(store, q, &step, err);
    }
    if (status == OK) {
        *number = sqlite3_column_int64(q, 0) + 1;
        sqlite3_reset(q);
    }
    return status;
}

static void bind_quote(sqlite3_stmt *q, const Quote *quote, Str via,
                       int64_t first) {
    bind_span(q, 3, quote->span);
    bind_cstr(q, 5, quote_kind_name(quote->kind));
    bind_cstr(q, 6, quote->thought ? "thought" : "said");
    bind_str(q, 7, quote->speaker.name);
    bind_span(q, 8, quote->speaker.span);
    bind_str(q, 10, quote->cue_lemma);
    bind_span(q, 11, quote->cue);
    bind_str(q, 13, quote->addressee.name);
    bind_span(q, 14, quote->addressee.span);
    bind_text(q, 16, via);
    bind_str(q, 17, quote->time);
    bind_str(q, 18, quote->place);
    if (quote->part_of >= 0) {
        sqlite3_bind_int64(q, 19, first + quote->part_of);
    }
    bind_text(q, 20, quote->why);
}

/* Until link/ has compared it, each quote is a claim and a statement alone. */
static Status insert_quote(Store *store, const Quote *quote, int64_t report,
                           int64_t number, int64_t first, Error *err) {
    Buf *via = store_scratch(store);
    Json json = json_to(via);
    sqlite3_stmt *q;
    Status status;

    put_strings(&json, quote->via);
    status = buf_check(via, err);
    if (status == OK) {
        status = store_sql(
            store,
            "INSERT INTO quote (quote, report, begin, end, kind, act, "
            "speaker_name, speaker_begin, speaker_end, cue, cue_begin, "
            "cue_end, addressee_name, addressee_begin, addressee_end, via, "
            "time, place, part_of, why, key, claim, statement) VALUES (?1, "
            "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
            "?16, ?17, ?18, ?19, ?20, 0, ?1, ?1)",
            &q, err);
    }
    if (status == OK) {
        sqlite3_bind_int64(q, 1, number);
        sqlite3_bind_int64(q, 2, report);
        bind_quote(q, quote, buf_str(via), first);
        status = store_run(store, q, err);
    }
    return status;
}

static Status insert_quotes(Store *store, const Analysis *analysis,
                            int64_t report, Error *err) {
    int64_t first = 0;
    Status status =
        next_number(store, "SELECT max(quote) FROM quote", &first, err);

    for (uint32_t i = 0; status == OK && i < analysis->quote_count; i++) {
        status = insert_quote(store, &analysis->quotes[i], report, first + i,
                              first, err);
    }
    return status;
}

static void bind_number(sqlite3_stmt *q, int parameter, int64_t number) {
    if (number != FIGURE_UNKNOWN) {
        sqlite3_bind_int64(q, parameter, number);
    }
}

static void bind_figure(sqlite3_stmt *q, const Figure *figure) {
    bind_span(q, 3, figure->span);
    bind_cstr(q, 5, figure_kind_name(figure->kind));
    bind_number(q, 6, figure->low);
    bind_number(q, 7, figure->high);
    bind_number(q, 8, figure->best);
    sqlite3_bind_int(q, 9, figure->approximate);
    bind_span(q, 10, figure->of);
    bind_str(q, 12, figure->of_code);
    bind_str(q, 13, figure->claimant.name);
    bind_span(q, 14, figure->claimant.span);
    bind_str(q, 16, figure->from);
    bind_str(q, 17, figure->to);
    bind_str(q, 18, figure->place);
    bind_text(q, 19, figure->why);
}

static Status insert_figures(Store *store, const Analysis *analysis,
                             int64_t report, Error *err) {
    int64_t first = 0;
    Status status =
        next_number(store, "SELECT max(figure) FROM figure", &first, err);

    for (uint32_t i = 0; status == OK && i < analysis->figure_count; i++) {
        sqlite3_stmt *q;

        status = store_sql(
            store,
            "INSERT INTO figure (figure, report, begin, end, kind, low, high, "
            "best, approximate, of_begin, of_end, of_code, claimant_name, "
            "claimant_begin, claimant_end, \"from\", \"to\", place, why, key, "
            "claim) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
            "?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, 0, ?1)",
            &q, err);
        if (status == OK) {
            sqlite3_bind_int64(q, 1, first + i);
            sqlite3_bind_int64(q, 2, report);
            bind_figure(q, &analysis->figures[i]);
            status = store_run(store, q, err);
        }
    }
    return status;
}

static void bind_event(sqlite3_stmt *q, const Event *event) {
    bind_span(q, 3, event->span);
    bind_span(q, 5, event->trigger);
    bind_text(q, 7, event->cameo);
    bind_str(q, 8, event->plover);
    bind_str(q, 9, event->mode);
    bind_cstr(q, 10, event_status_name(event->status));
    bind_span(q, 11, event->instrument);
    bind_span(q, 13, event->condition);
    bind_str(q, 15, event->claimant.name);
    bind_span(q, 16, event->claimant.span);
    bind_str(q, 18, event->time);
    bind_str(q, 19, event->place);
    bind_text(q, 20, event->why);
}

static Status insert_sides(Store *store, int64_t event, const char *side,
                           const EventSide *sides, uint32_t count, Error *err) {
    Status status = OK;

    for (uint32_t i = 0; status == OK && i < count; i++) {
        sqlite3_stmt *q;

        status = store_sql(store,
                           "INSERT INTO event_side (event, side, place, begin, "
                           "end, code) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                           &q, err);
        if (status == OK) {
            sqlite3_bind_int64(q, 1, event);
            bind_cstr(q, 2, side);
            sqlite3_bind_int64(q, 3, i);
            sqlite3_bind_int64(q, 4, sides[i].span.begin);
            sqlite3_bind_int64(q, 5, sides[i].span.end);
            bind_str(q, 6, sides[i].code);
            status = store_run(store, q, err);
        }
    }
    return status;
}

static Status insert_event(Store *store, const Event *event, int64_t report,
                           int64_t number, Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(
        store,
        "INSERT INTO event (event, report, begin, end, trigger_begin, "
        "trigger_end, cameo, plover, mode, status, instrument_begin, "
        "instrument_end, condition_begin, condition_end, claimant_name, "
        "claimant_begin, claimant_end, time, place, why, key, claim, "
        "happening) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
        "?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, 0, ?1, ?1)",
        &q, err);

    if (status == OK) {
        sqlite3_bind_int64(q, 1, number);
        sqlite3_bind_int64(q, 2, report);
        bind_event(q, event);
        status = store_run(store, q, err);
    }
    if (status == OK) {
        status = insert_sides(store, number, "source", event->sources,
                              event->source_count, err);
    }
    if (status == OK) {
        status = insert_sides(store, number, "target", event->targets,
                              event->target_count, err);
    }
    return status;
}

static Status insert_events(Store *store, const Analysis *analysis,
                            int64_t report, Error *err) {
    int64_t first = 0;
    Status status =
        next_number(store, "SELECT max(event) FROM event", &first, err);

    for (uint32_t i = 0; status == OK && i < analysis->event_count; i++) {
        status =
            insert_event(store, &analysis->events[i], report, first + i, err);
    }
    return status;
}

static Status insert_claims(Store *store, const Analysis *analysis,
                            int64_t report, Error *err) {
    Status status = insert_mentions(store, analysis, report, err);

    if (status == OK) {
        status = insert_times(store, analysis, report, err);
    }
    if (status == OK) {
        status = insert_quotes(store, analysis, report, err);
    }
    if (status == OK) {
        status = insert_figures(store, analysis, report, err);
    }
    if (status == OK) {
        status = insert_events(store, analysis, report, err);
    }
    return status;
}

/* ------------------------------------------------------------------ public */

/* The version before the new one leaves search and views. */
static Status retire(Store *store, int64_t report, Error *err) {
    Status status = unindex_report(store, report, err);

    if (status == OK) {
        status =
            run_for(store, "UPDATE standing SET latest = 0 WHERE report = ?1",
                    report, err);
    }
    return status;
}

Status store_put(Store *store, const Analysis *analysis, PutResult *result,
                 int64_t *report, int64_t *previous, Error *err) {
    Hash record = hash_record(analysis->report);
    Known known;
    int64_t number = 0;
    Status status = look_up(store, analysis->report, record, &known, err);

    if (status == OK && known.same) {
        *result = PUT_SAME;
        *report = known.latest;
        *previous = 0;
        return OK;
    }
    if (status == OK && known.latest) {
        status = retire(store, known.latest, err);
    }
    if (status == OK) {
        status = insert_report(store, analysis, record, &known, &number, err);
    }
    if (status == OK) {
        status = index_report(store, number, err);
    }
    if (status == OK) {
        status = insert_claims(store, analysis, number, err);
    }
    if (status == OK) {
        *result = known.latest ? PUT_VERSION : PUT_ADDED;
        *report = number;
        *previous = known.latest;
    }
    return status;
}

Status store_find(Store *store, Str id, int64_t *report, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status = store_sql(store,
                              "SELECT report FROM report WHERE id = ?1 "
                              "ORDER BY version DESC LIMIT 1",
                              &q, err);

    if (status == OK) {
        bind_str(q, 1, id);
        status = store_step(store, q, &step, err);
    }
    if (status != OK) {
        return status;
    }
    if (step != SQLITE_ROW) {
        return fail(err, ERR_NOT_FOUND, "%s: no report has the id \"%.*s\"",
                    store_path(store), (int)id.len, id.ptr);
    }
    *report = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return OK;
}

Status store_remove(Store *store, int64_t report, Error *err) {
    Status status = unindex_report(store, report, err);

    if (status == OK) {
        status = run_for(store,
                         "DELETE FROM report WHERE id = "
                         "(SELECT id FROM report WHERE report = ?1)",
                         report, err);
    }
    if (status == OK && sqlite3_changes(store_db(store)) == 0) {
        return fail(err, ERR_NOT_FOUND, "%s: no report %lld", store_path(store),
                    (long long)report);
    }
    return status;
}
