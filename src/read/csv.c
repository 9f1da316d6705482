/* SPDX-License-Identifier: Apache-2.0 */
/* read/csv.c - see csv.h.
 *
 * Inside quotes a quote ends the cell only where a delimiter or the end of the
 * line follows; two are one; any other stands for itself, since exports that
 * forget to double their quotes are common:
 *
 *     "He said "no" to it",next      He said "no" to it | next            */
#include "read/csv.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "read/charset.h"

enum { NAME_LONGEST = 64, MAPPED_RANK = 0, DETECT_COLUMNS = 2 };

/* Words for "nothing" that programs leave in cells: Python, R, SQL. */
static const char *const nothings[] = {"None", "NaN",  "nan", "NA",
                                       "NULL", "null", "\\N", "NaT"};

/* ---------------------------------------------------------------- cutting */

static void push(Csv *csv, Str bytes) {
    csv->row.too_long =
        csv->row.too_long || csv->row.bytes.len + bytes.len > csv->max;
    if (!csv->row.too_long) {
        buf_push(&csv->row.bytes, bytes);
    }
}

static void end_cell(Csv *csv) {
    csv->row.too_many = csv->row.too_many || csv->row.count == CSV_COLUMNS_MAX;
    if (!csv->row.too_many) {
        csv->row.ends[csv->row.count++] = csv->row.bytes.len;
    }
    csv->state = CSV_START;
}

static bool is_newline(char c) {
    return c == '\n' || c == '\r';
}

/* A byte that may end a cell; true if it ends the row. */
static bool end_with(Csv *csv, char c) {
    end_cell(csv);
    csv->line += is_newline(c);
    csv->after_return = c == '\r';
    return is_newline(c);
}

static bool ends_cell(const Csv *csv, char c) {
    return c == csv->dialect.delimiter || is_newline(c);
}

/* Bytes at the start of `rest` that the state takes as they are. */
static size_t plain_run(const Csv *csv, Str rest) {
    size_t len = 0;

    if (csv->state == CSV_PLAIN) {
        while (len < rest.len && !ends_cell(csv, rest.ptr[len])) {
            len++;
        }
    } else if (csv->state == CSV_QUOTED) {
        while (len < rest.len && rest.ptr[len] != '"' &&
               !(csv->dialect.backslash && rest.ptr[len] == '\\')) {
            len++;
        }
    }
    return len;
}

static void count_lines(Csv *csv, Str run) {
    for (const char *at = run.ptr, *end = run.ptr + run.len;
         at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL;
         at++) {
        csv->line++;
    }
}

/* One byte on which something turns; true if it ends the row. */
static bool turn(Csv *csv, char c) {
    switch (csv->state) {
    case CSV_START:
        if (c == '"') {
            csv->state = CSV_QUOTED;
            return false;
        }
        if (ends_cell(csv, c)) {
            return end_with(csv, c);
        }
        csv->state = CSV_PLAIN;
        push(csv, (Str){&c, 1});
        return false;
    case CSV_PLAIN:
        return end_with(csv, c);
    case CSV_QUOTED:
        csv->state = c == '"' ? CSV_QUOTE : CSV_ESCAPE;
        return false;
    case CSV_ESCAPE:
        csv->state = CSV_QUOTED;
        push(csv, c == '"' || c == '\\' ? (Str){&c, 1}
                                        : (Str){(char[]){'\\', c}, 2});
        return false;
    case CSV_QUOTE:
        if (ends_cell(csv, c)) {
            return end_with(csv, c);
        }
        csv->state = CSV_QUOTED;
        push(csv, str_of("\""));
        if (c != '"') {
            push(csv, (Str){&c, 1});
            csv->line += c == '\n';
        }
        return false;
    }
    return false;
}

/* Cut `bytes` until the row ends; how many were used. */
static size_t cut(Csv *csv, Str bytes, bool *done) {
    size_t at = 0;

    *done = false;
    while (at < bytes.len && !*done) {
        Str run = str_slice(bytes, at, bytes.len);
        if (csv->after_return && bytes.ptr[at] == '\n') {
            csv->after_return = false;
            at++;
            continue;
        }
        csv->after_return = false;
        run.len = plain_run(csv, run);
        push(csv, run);
        count_lines(csv, run);
        at += run.len;
        if (at < bytes.len) {
            *done = turn(csv, bytes.ptr[at++]);
        }
    }
    return at;
}

/* The end of the file ends the row too. */
static void close_row(Csv *csv) {
    csv->row.open = csv->state == CSV_QUOTED || csv->state == CSV_ESCAPE;
    end_cell(csv);
}

static void reset_row(Csv *csv) {
    buf_reset(&csv->row.bytes);
    csv->row.count = 0;
    csv->row.too_many = csv->row.too_long = csv->row.open = false;
    csv->state = CSV_START;
}

static Str cell(const CsvRow *row, uint32_t column) {
    size_t begin = column ? row->ends[column - 1] : 0;

    return column < row->count
               ? str_slice(buf_str(&row->bytes), begin, row->ends[column])
               : (Str){0};
}

static bool is_blank(const CsvRow *row) {
    return str_trim(buf_str(&row->bytes)).len == 0;
}

/* ---------------------------------------------------------------- columns */

/* "Date_Publish" as the table has it: "date publish"; false when too long. */
static bool tidy_name(Str name, char out[NAME_LONGEST], Str *tidy) {
    size_t len = 0;

    name = str_trim(name);
    if (name.len > NAME_LONGEST) {
        return false;
    }
    for (size_t i = 0; i < name.len; i++) {
        char c = ascii_lower(name.ptr[i]);
        bool gap = ascii_space(c) || c == '_' || c == '.';
        if (!gap) {
            out[len++] = c;
        } else if (len && out[len - 1] != ' ') {
            out[len++] = ' ';
        }
    }
    *tidy = (Str){out, len};
    return len > 0;
}

/* The field that the caller maps this column to; FIELD_NONE: none. */
static Field mapped(const char *const *maps, Str name) {
    for (; maps && *maps; maps++) {
        Str map = str_of(*maps);
        size_t split = str_find(map, str_of("="), 0);
        if (str_equal_fold(str_slice(map, 0, split), str_trim(name))) {
            return field_of(str_slice(map, split + 1, map.len));
        }
    }
    return FIELD_NONE;
}

static Field field_of_column(ReadOptions options, Str name, int64_t *rank) {
    Field field = mapped(options.maps, name);
    char space[NAME_LONGEST];
    LexRow row;
    Str tidy;

    *rank = MAPPED_RANK;
    if (field != FIELD_NONE || !tidy_name(name, space, &tidy)) {
        return field;
    }
    *rank = 1;
    if (!options.lexicon) {
        return field_of(tidy);
    }
    row = lexicon_find(options.lexicon, LEX_COLUMN, tidy);
    if (!row.lexicon) {
        return FIELD_NONE;
    }
    *rank = lex_number(row, LEX_COLUMN_RANK, 1);
    return field_of(lex_cell(row, LEX_COLUMN_FIELD));
}

/* Each field goes to the column of the least rank, the first of equals. */
static void assign(Csv *csv) {
    int64_t ranks[FIELD_COUNT + 1];
    uint32_t holders[FIELD_COUNT];
    uint32_t count = csv->row.count;

    for (int i = 0; i < FIELD_COUNT; i++) {
        ranks[i] = INT64_MAX;
    }
    for (uint32_t i = 0; i < count; i++) {
        int64_t rank;
        Field field = field_of_column(csv->options, cell(&csv->row, i), &rank);
        csv->fields[i] = FIELD_NONE;
        if (field == FIELD_NONE || rank >= ranks[field]) {
            continue;
        }
        if (ranks[field] != INT64_MAX) {
            csv->fields[holders[field]] = FIELD_NONE;
        }
        ranks[field] = rank;
        holders[field] = i;
        csv->fields[i] = field;
    }
}

static uint32_t count_fields(const Csv *csv, bool *has_text) {
    uint32_t known = 0;

    *has_text = false;
    for (uint32_t i = 0; i < csv->row.count; i++) {
        known += csv->fields[i] != FIELD_NONE;
        *has_text = *has_text || csv->fields[i] == FIELD_TEXT ||
                    csv->fields[i] == FIELD_HTML;
    }
    return known;
}

/* ------------------------------------------------------------- the dialect */

/* "sep=;", as spreadsheets write and read it; its length with the line end. */
static size_t separator_line(Str head, char *delimiter) {
    size_t len = 5;

    if (head.len < 6 ||
        !str_equal_fold(str_slice(head, 0, 4), str_of("sep=")) ||
        !is_newline(head.ptr[5])) {
        return 0;
    }
    *delimiter = head.ptr[4];
    while (len < head.len && is_newline(head.ptr[len]) && len < 7) {
        len++;
    }
    return len;
}

/* True where quotes inside quotes are escaped (\"no\") and never doubled
 * (""no""). A backslash before the quote that ends a cell says nothing. */
static bool has_backslashes(Str head) {
    bool escaped = false;

    for (size_t i = 1; i + 1 < head.len; i++) {
        char before = head.ptr[i - 1], after = head.ptr[i + 1];
        if (head.ptr[i] != '"') {
            continue;
        }
        if (after == '"' &&
            (ascii_alnum(before) || before == '\\' ||
             (i + 2 < head.len && ascii_alnum(head.ptr[i + 2])))) {
            return false;
        }
        escaped = escaped || (before == '\\' && !strchr("\",;\t|\r\n", after));
    }
    return escaped;
}

/* Known columns of the header row when it is cut at `delimiter`; 0 when it
 * is no header. */
static uint32_t try_delimiter(Csv *csv, Str head, char delimiter) {
    uint32_t known;
    bool done, has_text;

    csv->dialect.delimiter = delimiter;
    csv->after_return = false;
    reset_row(csv);
    (void)cut(csv, head, &done);
    if (!done || csv->row.count < DETECT_COLUMNS || csv->row.too_many) {
        return 0;
    }
    assign(csv);
    known = count_fields(csv, &has_text);
    return has_text || known >= DETECT_COLUMNS ? known : 0;
}

bool csv_detect(Str head, ReadOptions options, CsvDialect *out) {
    static const char delimiters[] = ",;\t|";
    Csv csv = {.max = 64 << 10, .options = options};
    uint32_t best = 0;
    size_t from = separator_line(head, &out->delimiter);
    Str rest = str_slice(head, from, head.len);

    buf_init(&csv.row.bytes, 0);
    if (from) {
        best = try_delimiter(&csv, rest, out->delimiter);
    }
    for (size_t i = 0; !from && delimiters[i]; i++) {
        uint32_t known = try_delimiter(&csv, rest, delimiters[i]);
        if (known > best) {
            best = known;
            out->delimiter = delimiters[i];
        }
    }
    out->backslash = has_backslashes(rest);
    out->header_from = from;
    buf_deinit(&csv.row.bytes);
    return best > 0;
}

Status csv_check_maps(const char *const *maps, Error *err) {
    for (; maps && *maps; maps++) {
        Str map = str_of(*maps);
        size_t split = str_find(map, str_of("="), 0);
        Str name = str_slice(map, split + (split < map.len), map.len);

        if (split == 0 || split == map.len || field_of(name) == FIELD_NONE) {
            return fail(err, ERR_USAGE,
                        "map %s: write COLUMN=FIELD, where FIELD is text, "
                        "html, id, title, outlet, url, published, byline or "
                        "language",
                        *maps);
        }
    }
    return OK;
}

/* -------------------------------------------------------------------- rows */

/* Reads on to the end of the row; false at the end of the file. */
static bool read_row(Csv *csv, Input *input) {
    bool done = false, started = false;

    reset_row(csv);
    while (!done && input_has_more(input)) {
        size_t used = cut(csv, input_rest(input), &done);
        input_skip(input, used);
        started = true;
    }
    if (started && !done) {
        close_row(csv);
    }
    return started;
}

void csv_begin(Csv *csv, CsvDialect dialect, Input *input,
               ReadOptions options) {
    Str head = input_rest(input);

    csv_deinit(csv);
    memset(csv, 0, sizeof *csv);
    buf_init(&csv->row.bytes, 0);
    arena_init(&csv->arena, 0);
    csv->dialect = dialect;
    csv->options = options;
    csv->max = options.max_report;
    csv->line = dialect.header_from ? 2 : 1;
    if (options.charset) {
        snprintf(csv->charset, sizeof csv->charset, "%s", options.charset);
    } else {
        charset_detect(head, csv->charset);
    }
    input_skip(input, dialect.header_from);
    (void)read_row(csv, input);
    assign(csv);
    csv->header = csv->row;
    csv->row = (CsvRow){0};
    buf_init(&csv->row.bytes, 0);
}

void csv_deinit(Csv *csv) {
    buf_deinit(&csv->header.bytes);
    buf_deinit(&csv->row.bytes);
    arena_deinit(&csv->arena);
}

/* One row on its way into JSON; run inside arena_try(). */
typedef struct Writing {
    Csv *csv;
    Json json;
} Writing;

/* A cell as UTF-8: cells that are so already stay, whatever the others are. */
static Str decode(Csv *csv, Str bytes) {
    Decoded decoded;

    if (utf8_invalid(bytes) == bytes.len ||
        charset_decode(&csv->arena, bytes, csv->charset, &decoded, NULL) !=
            OK) {
        return bytes;
    }
    return decoded.text;
}

static bool is_nothing(Str value) {
    for (size_t i = 0; i < sizeof nothings / sizeof *nothings; i++) {
        if (str_is(value, nothings[i])) {
            return true;
        }
    }
    return str_trim(value).len == 0;
}

/* A name for the column that no field and no column before it has. */
static Str given_name(Csv *csv, uint32_t column) {
    Str name = str_trim(decode(csv, cell(&csv->header, column)));
    uint32_t before = 0;

    if (name.len == 0) {
        return str_format(&csv->arena, "column %u", column + 1);
    }
    for (uint32_t i = 0; i < column; i++) {
        before += str_equal(str_trim(cell(&csv->header, i)),
                            str_trim(cell(&csv->header, column)));
    }
    if (before || field_of(name) != FIELD_NONE) {
        return str_format(&csv->arena, "%.*s (column %u)", (int)name.len,
                          name.ptr, column + 1);
    }
    return name;
}

static void put_given(Writing *writing, uint32_t column, Str value) {
    Str name = given_name(writing->csv, column);
    Str key = str_dup(&writing->csv->arena, name);

    json_str(&writing->json, key);
    buf_char(writing->json.out, ':');
    writing->json.started = false;
    json_str(&writing->json, value);
}

static void write_row(void *context) {
    Writing *writing = context;
    Csv *csv = writing->csv;

    json_open(&writing->json, '{');
    for (uint32_t i = 0; i < csv->row.count && i < csv->header.count; i++) {
        Str value = decode(csv, cell(&csv->row, i));
        if (!is_nothing(value) && !row_put(&writing->json, csv->fields[i],
                                           value, csv->options.lexicon)) {
            put_given(writing, i, value);
        }
    }
    json_close(&writing->json, '}');
}

/* Cells behind the last column may only be empty. */
static bool has_surplus(const Csv *csv) {
    for (uint32_t i = csv->header.count; i < csv->row.count; i++) {
        if (str_trim(cell(&csv->row, i)).len) {
            return true;
        }
    }
    return false;
}

static void check_row(const Csv *csv, RawRecord *record) {
    char why[128];

    if (csv->row.too_long) {
        snprintf(why, sizeof why, "longer than %zu bytes: skipped", csv->max);
        record_refuse(record, ERR_LIMIT, why);
    } else if (csv->row.open) {
        record_refuse(record, ERR_INPUT,
                      "a quote opens a cell and is never closed");
    } else if (csv->row.too_many || has_surplus(csv)) {
        snprintf(why, sizeof why, "%u cells, but the header row has %u",
                 csv->row.count, csv->header.count);
        record_refuse(record, ERR_INPUT, why);
    } else {
        record->error.status = buf_check(&csv->row.bytes, &record->error);
    }
}

/* A table without a text holds no reports; told once, for all its rows. */
static bool check_header(Csv *csv, Input *input, RawRecord *record) {
    bool has_text = false;

    for (uint32_t i = 0; i < csv->header.count; i++) {
        has_text = has_text || csv->fields[i] == FIELD_TEXT ||
                   csv->fields[i] == FIELD_HTML;
    }
    if (!has_text) {
        record_refuse_file(record, ERR_INPUT,
                           "a table, but no column that holds the text; name "
                           "it with --map COLUMN=text");
        input_leave_member(input);
    }
    return has_text;
}

bool csv_next(Csv *csv, Input *input, RawRecord *record) {
    Writing writing = {.csv = csv, .json = json_to(&record->bytes)};
    uint64_t line;

    if (!check_header(csv, input, record)) {
        return true;
    }
    do {
        line = csv->line;
        if (!read_row(csv, input)) {
            return false;
        }
    } while (is_blank(&csv->row) && !csv->row.too_long);
    if (input->failure.status != OK && input->at == input->len) {
        return false; /* the row is cut where the file is broken */
    }
    record->line = line;
    check_row(csv, record);
    if (record->error.status == OK &&
        (arena_try(&csv->arena, write_row, &writing, &record->error) != OK ||
         buf_check(&record->bytes, &record->error) != OK)) {
        record_place(record, &record->error);
    }
    arena_reset(&csv->arena);
    return true;
}
