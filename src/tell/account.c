/* SPDX-License-Identifier: Apache-2.0 */
/* tell/account.c - gathers the account; see account.h. */
#include "tell/account.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "tell/filter.h"
#include "tell/format.h"
#include "tell/screen.h"

enum { CHOSEN = FILTER_STORY | FILTER_STORYLINE };

/* arena_grow() for a list of the account. */
#define GROW(arena, list, count, capacity)                                     \
    ((list) = arena_grow((arena), (list), (count), &(capacity), sizeof *(list)))

uint32_t account_find(const Account *account, int64_t report) {
    const uint32_t *index = map_find(&account->by_number, (uint64_t)report);

    return index ? *index : account->report_count;
}

Str figure_date(const FigureClaim *figure) {
    return figure->to.len ? date_day(figure->to)
                          : date_day(figure->carriers.items[0].published);
}

/* ------------------------------------------------------------- reports */

enum {
    COL_REPORT,
    COL_ORIGIN,
    COL_ID,
    COL_OUTLET,
    COL_LABEL,
    COL_PUBLISHED,
    COL_TITLE,
    COL_URL,
    COL_TEXT,
    COL_BYLINE,
    COL_CREDIT,
    COL_HEADINGS,
    COL_STORY,
    COL_STORY_TITLE,
    COL_FROM,
    COL_TO,
};

static const char reports_head[] =
    "SELECT r.report, g.origin, r.id, r.outlet, r.label, r.published, r.title, "
    "r.url,"
    " r.text, r.byline, r.credit, r.headings, s.story, s.title, s.\"from\","
    " s.\"to\" FROM report r JOIN standing g ON g.report = r.report JOIN story "
    "s ON s.story = g.story WHERE g.latest";

static void add_story(Teller *teller, Account *account, Query *query) {
    GROW(teller->arena, account->stories, account->story_count,
         account->story_capacity);
    account->stories[account->story_count++] = (AccountStory){
        .story = query_int(query, COL_STORY),
        .title = query_dup(query, teller->arena, COL_STORY_TITLE),
        .from = query_dup(query, teller->arena, COL_FROM),
        .to = query_dup(query, teller->arena, COL_TO),
        .first = account->report_count};
}

static void add_report(Teller *teller, Account *account, Query *query) {
    Arena *arena = teller->arena;
    AccountReport report = {
        .number = query_int(query, COL_REPORT),
        .origin = query_int(query, COL_ORIGIN),
        .id = query_dup(query, arena, COL_ID),
        .outlet = query_dup(query, arena, COL_OUTLET),
        .label = query_dup(query, arena, COL_LABEL),
        .published = query_dup(query, arena, COL_PUBLISHED),
        .title = query_dup(query, arena, COL_TITLE),
        .url = query_dup(query, arena, COL_URL),
        .text = query_dup(query, arena, COL_TEXT),
    };

    strings_read(teller, arena, query_text(query, COL_BYLINE), &report.byline);
    strings_read(teller, arena, query_text(query, COL_CREDIT), &report.credit);
    spans_read(arena, query_text(query, COL_HEADINGS), &report.headings);
    GROW(arena, account->reports, account->report_count,
         account->report_capacity);
    map_put(&account->by_number, (uint64_t)report.number, account->report_count,
            NULL);
    account->reports[account->report_count++] = report;
}

static void read_reports(Teller *teller, Account *account) {
    Query *query =
        query_open(teller, reports_head, CHOSEN,
                   " ORDER BY s.\"from\" IS NULL, s.\"from\", s.story,"
                   " r.published IS NULL, r.published, r.report");

    while (query_next(query)) {
        AccountStory *last = account->story_count
                                 ? &account->stories[account->story_count - 1]
                                 : NULL;
        if (!last || last->story != query_int(query, COL_STORY)) {
            add_story(teller, account, query);
            last = &account->stories[account->story_count - 1];
        }
        add_report(teller, account, query);
        last->count++;
    }
}

static void read_litter(Teller *teller, Account *account) {
    Query *query = query_open(
        teller,
        "SELECT r.report, j.value ->> '$.span[0]', j.value ->> '$.span[1]',"
        " j.value ->> '$.why' FROM report r JOIN standing g ON g.report = "
        "r.report"
        " JOIN json_each(r.litter) j"
        " WHERE g.latest",
        CHOSEN, " ORDER BY r.report, 2");

    while (query_next(query)) {
        uint32_t index = account_find(account, query_int(query, 0));
        AccountReport *report;
        Span span = query_span(query, 1);
        if (index == account->report_count ||
            span.end > account->reports[index].text.len) {
            continue;
        }
        report = &account->reports[index];
        account->litter_reports += report->litter_count == 0;
        account->litter_count++;
        GROW(teller->arena, report->litter, report->litter_count,
             report->litter_capacity);
        report->litter[report->litter_count++] =
            (Litter){span, query_dup(query, teller->arena, 3)};
    }
}

/* Distinct origins among reports [first,end). */
static uint32_t count_origins(Arena *arena, const Account *account,
                              uint32_t first, uint32_t end) {
    Map seen;
    bool is_new;
    uint32_t count = 0;

    map_init(&seen, arena, end - first);
    for (uint32_t i = first; i < end; i++) {
        map_put(&seen, (uint64_t)account->reports[i].origin, 0, &is_new);
        count += is_new;
    }
    return count;
}

/* Numbers of the head, and its title: that of the story most told of. */
static void sum_up(Arena *arena, Account *account) {
    const AccountStory *largest = &account->stories[0];
    Map outlets;
    bool is_new;

    map_init(&outlets, arena, account->report_count);
    for (uint32_t i = 0; i < account->report_count; i++) {
        const AccountReport *report = &account->reports[i];
        map_put(&outlets, utf8_fold_hash(HASH_SEED, report->outlet), 0,
                &is_new);
        account->outlet_count += is_new && report->outlet.len > 0;
    }
    for (uint32_t i = 0; i < account->story_count; i++) {
        AccountStory *story = &account->stories[i];
        story->origins = count_origins(arena, account, story->first,
                                       story->first + story->count);
        if (story->origins > largest->origins) {
            largest = story;
        }
        if (story->from.len && (account->from.len == 0 ||
                                str_compare(story->from, account->from) < 0)) {
            account->from = story->from;
        }
        if (str_compare(story->to, account->to) > 0) {
            account->to = story->to;
        }
    }
    account->title = largest->title;
    account->origin_count =
        count_origins(arena, account, 0, account->report_count);
}

/* -------------------------------------------------------------- quotes */

/* The statements being gathered, before they are given to their speakers. */
typedef struct Gathering {
    Teller *teller;
    Account *account;
    QuoteClaim *quotes; /* arena; by claim */
    uint32_t count, capacity;
    Map by_claim;     /* claim -> index of quotes */
    Map by_statement; /* statement -> index in `where` */
    Map by_speaker;   /* entity or name -> index of speakers */
    struct {
        uint32_t speaker, statement;
    } * where; /* arena */
    uint32_t where_count, where_capacity;
} Gathering;

static void read_quotes(Gathering *g) {
    Query *query =
        query_open(g->teller,
                   "SELECT DISTINCT q.claim FROM quote q JOIN report r"
                   " JOIN standing g ON g.report = r.report AND r.report = "
                   "q.report WHERE NOT q.cut AND g.latest",
                   CHOSEN, " ORDER BY q.claim");
    Arena *arena = g->teller->arena;

    while (query_next(query)) {
        QuoteClaim quote;
        if (!quote_read(g->teller, arena, query_int(query, 0), &quote)) {
            continue;
        }
        map_put(&g->by_claim, (uint64_t)quote.claim, g->count, NULL);
        GROW(arena, g->quotes, g->count, g->capacity);
        g->quotes[g->count++] = quote;
    }
}

/* True if the first place of `inner` lies in that of `outer`: `"ready"` in
 * `it was "ready" for talks`. */
static bool is_inside(const QuoteClaim *inner, const QuoteClaim *outer) {
    const Carrier *in = &inner->carriers.items[0];
    const Carrier *out = &outer->carriers.items[0];

    return in->report == out->report && span_holds(out->span, in->span) &&
           out->span.end - out->span.begin > in->span.end - in->span.begin;
}

static bool is_told_by(const QuoteClaim *inner, const QuoteClaim *outer) {
    return is_inside(inner, outer) &&
           inner->speaker.entity == outer->speaker.entity &&
           str_equal(inner->speaker.name, outer->speaker.name);
}

/* The quote of the same speaker that holds quote `inner`, among the claims of
 * its report, which stand around it; itself if none. */
static uint32_t outer_of(const Gathering *g, uint32_t inner) {
    int64_t report = g->quotes[inner].carriers.items[0].report;

    for (uint32_t i = inner; i-- > 0;) {
        if (g->quotes[i].carriers.items[0].report != report) {
            break;
        }
        if (is_told_by(&g->quotes[inner], &g->quotes[i])) {
            return i;
        }
    }
    for (uint32_t i = inner + 1; i < g->count; i++) {
        if (g->quotes[i].carriers.items[0].report != report) {
            break;
        }
        if (is_told_by(&g->quotes[inner], &g->quotes[i])) {
            return i;
        }
    }
    return inner;
}

/* The quote that `quote` goes on or stands in, by however many steps; itself
 * if none. */
static uint32_t root_of(const Gathering *g, uint32_t quote) {
    for (uint32_t steps = 0; steps < 64; steps++) {
        int64_t parent = g->quotes[quote].part_of;
        const uint32_t *at =
            parent ? map_find(&g->by_claim, (uint64_t)parent) : NULL;
        uint32_t next = at ? *at : outer_of(g, quote);
        if (next == quote) {
            return quote;
        }
        quote = next;
    }
    return quote;
}

/* Entities by number, names by their plain letters, nobody by 0. */
static uint64_t speaker_key(Arena *arena, const Voice *voice) {
    if (voice->entity) {
        return (uint64_t)voice->entity;
    }
    return voice->name.len ? hash_str(utf8_plain(arena, voice->name)) | 1 : 0;
}

static uint32_t speaker_of(Gathering *g, const Voice *voice) {
    Account *account = g->account;
    Arena *arena = g->teller->arena;
    bool is_new;
    uint32_t index = *map_put(&g->by_speaker, speaker_key(arena, voice),
                              account->speaker_count, &is_new);

    if (is_new) {
        GROW(arena, account->speakers, account->speaker_count,
             account->speaker_capacity);
        account->speakers[account->speaker_count++] =
            (Speaker){.entity = voice->entity, .name = voice->name};
    }
    return index;
}

/* The statement that the quote renders: its place under the speaker of the
 * first rendering that came. */
static Statement *statement_of(Gathering *g, const QuoteClaim *quote) {
    Arena *arena = g->teller->arena;
    bool is_new;
    uint32_t index = *map_put(&g->by_statement, (uint64_t)quote->statement,
                              g->where_count, &is_new);
    Speaker *speaker;

    if (is_new) {
        uint32_t who = speaker_of(g, &quote->speaker);
        speaker = &g->account->speakers[who];
        GROW(arena, speaker->statements, speaker->count, speaker->capacity);
        speaker->statements[speaker->count] = (Statement){0};
        GROW(arena, g->where, g->where_count, g->where_capacity);
        g->where[g->where_count].speaker = who;
        g->where[g->where_count].statement = speaker->count++;
        g->where_count++;
    }
    speaker = &g->account->speakers[g->where[index].speaker];
    return &speaker->statements[g->where[index].statement];
}

static void add_wording(Gathering *g, const QuoteClaim *quote) {
    Arena *arena = g->teller->arena;
    Statement *statement = statement_of(g, quote);

    GROW(arena, statement->wordings, statement->count, statement->capacity);
    statement->wordings[statement->count++] =
        (Wording){.quote = *quote,
                  .words = text_flat(arena, quote->words),
                  .via = via_words(g->teller, arena, quote->via)};
}

/* `"We go," he said, "tomorrow."` is one wording: "We go," … "tomorrow." What
 * stands inside the wording already is only lit. */
static void join_piece(Arena *arena, Wording *wording,
                       const QuoteClaim *piece) {
    Str words = text_flat(arena, piece->words);

    if (!is_inside(piece, &wording->quote)) {
        wording->words =
            str_format(arena, "%.*s … %.*s", (int)wording->words.len,
                       wording->words.ptr, (int)words.len, words.ptr);
    }
    for (uint32_t i = 0; i < piece->carriers.count; i++) {
        carrier_push(arena, &wording->pieces, piece->carriers.items[i]);
    }
}

static void add_piece(Gathering *g, uint32_t root, const QuoteClaim *piece) {
    Statement *statement = statement_of(g, &g->quotes[root]);

    for (uint32_t i = 0; i < statement->count; i++) {
        Wording *wording = &statement->wordings[i];
        if (wording->quote.claim == g->quotes[root].claim) {
            join_piece(g->teller->arena, wording, piece);
        }
    }
}

static int by_carriers(const void *a, const void *b) {
    const Carriers *x = &((const Wording *)a)->quote.carriers;
    const Carriers *y = &((const Wording *)b)->quote.carriers;

    if (x->origins != y->origins) {
        return x->origins < y->origins ? 1 : -1;
    }
    if (x->reports != y->reports) {
        return x->reports < y->reports ? 1 : -1;
    }
    return ((const Wording *)a)->quote.claim < ((const Wording *)b)->quote.claim
               ? -1
               : 1;
}

static void finish_statement(Arena *arena, Statement *statement) {
    Carriers all = {0};
    const QuoteClaim *first;

    for (uint32_t i = 0; i < statement->count; i++) {
        const Carriers *some = &statement->wordings[i].quote.carriers;
        Str published = date_day(some->items[0].published);
        for (uint32_t k = 0; k < some->count; k++) {
            carrier_push(arena, &all, some->items[k]);
        }
        if (statement->date.len == 0 ||
            (published.len && str_compare(published, statement->date) < 0)) {
            statement->date = published;
        }
    }
    carriers_count(arena, &all);
    statement->reports = all.reports;
    statement->origins = all.origins;
    qsort(statement->wordings, statement->count, sizeof *statement->wordings,
          by_carriers);
    first = &statement->wordings[0].quote;
    if (first->time.len >= 10) {
        statement->date = date_day(first->time);
    }
}

static int by_statement_date(const void *a, const void *b) {
    const Statement *x = a, *y = b;
    int order = str_compare(x->date, y->date);

    if (order == 0) {
        int64_t p = x->wordings[0].quote.claim, q = y->wordings[0].quote.claim;
        order = p < q ? -1 : p > q;
    }
    return order;
}

/* The ones most carried first; nobody named last. */
static int by_weight(const void *a, const void *b) {
    const Speaker *x = a, *y = b;

    if ((x->name.len == 0) != (y->name.len == 0)) {
        return x->name.len == 0 ? 1 : -1;
    }
    if (x->origins != y->origins) {
        return x->origins < y->origins ? 1 : -1;
    }
    return str_compare(x->name, y->name);
}

/* True if the alias says nothing that the name or a spelling listed before
 * does not say: "Doe" beside "Jane Doe". */
static bool is_within(Arena *arena, Str alias, Str name) {
    Str small = utf8_plain(arena, alias), large = utf8_plain(arena, name);

    return str_find(large, small, 0) < large.len;
}

static void read_also(Teller *teller, Speaker *speaker) {
    Query *query = query_fixed(
        teller, "SELECT DISTINCT a.alias FROM alias a JOIN report r"
                " JOIN standing g ON g.report = r.report AND r.report = "
                "a.report AND g.latest WHERE a.entity = ?1"
                " ORDER BY length(a.alias) DESC, a.alias");

    query_bind(query, 1, speaker->entity);
    while (query_next(query)) {
        Str alias = query_dup(query, teller->arena, 0);
        bool known = is_within(teller->arena, alias, speaker->name);
        for (uint32_t i = 0; !known && i < speaker->also.count; i++) {
            known = is_within(teller->arena, alias, speaker->also.items[i]);
        }
        if (!known) {
            str_push(teller->arena, &speaker->also, alias);
        }
    }
}

/* The role that the latest report gives. */
static void read_role(Teller *teller, Speaker *speaker) {
    Query *query = query_fixed(
        teller, "SELECT a.role, a.role_of FROM alias a JOIN report r"
                " JOIN standing g ON g.report = r.report AND r.report = "
                "a.report AND g.latest"
                " WHERE a.entity = ?1 AND a.role IS NOT NULL"
                " ORDER BY a.role_of IS NULL, r.published DESC, r.report,"
                " a.alias LIMIT 1");

    query_bind(query, 1, speaker->entity);
    if (query_next(query)) {
        Str role = query_dup(query, teller->arena, 0);
        Str of = query_dup(query, teller->arena, 1);
        speaker->role =
            of.len ? str_format(teller->arena, "%s of %s", role.ptr, of.ptr)
                   : role;
        query_reset(query);
    }
}

static void finish_speakers(Teller *teller, Account *account) {
    for (uint32_t i = 0; i < account->speaker_count; i++) {
        Speaker *speaker = &account->speakers[i];
        for (uint32_t k = 0; k < speaker->count; k++) {
            finish_statement(teller->arena, &speaker->statements[k]);
            speaker->origins += speaker->statements[k].origins;
        }
        qsort(speaker->statements, speaker->count, sizeof *speaker->statements,
              by_statement_date);
        if (speaker->entity) {
            read_also(teller, speaker);
            read_role(teller, speaker);
        }
    }
    if (account->speaker_count) {
        qsort(account->speakers, account->speaker_count,
              sizeof *account->speakers, by_weight);
    }
}

static void read_statements(Teller *teller, Account *account) {
    Gathering g = {.teller = teller, .account = account};

    map_init(&g.by_claim, teller->arena, 256);
    map_init(&g.by_statement, teller->arena, 256);
    map_init(&g.by_speaker, teller->arena, 64);
    read_quotes(&g);
    for (uint32_t i = 0; i < g.count; i++) {
        if (root_of(&g, i) == i) {
            add_wording(&g, &g.quotes[i]);
        }
    }
    for (uint32_t i = 0; i < g.count; i++) {
        uint32_t root = root_of(&g, i);
        if (root != i) {
            add_piece(&g, root, &g.quotes[i]);
        }
    }
    finish_speakers(teller, account);
}

/* ------------------------------------------------------------- figures */

static int by_figure_date(const void *a, const void *b) {
    const FigureClaim *x = a, *y = b;
    int order = str_compare(figure_date(x), figure_date(y));

    if (order == 0) {
        order = x->best < y->best ? -1 : x->best > y->best;
    }
    return order ? order : (x->claim < y->claim ? -1 : 1);
}

static Series *series_of(Arena *arena, Account *account, Str kind) {
    for (uint32_t i = 0; i < account->series_count; i++) {
        if (str_equal(account->series[i].kind, kind)) {
            return &account->series[i];
        }
    }
    GROW(arena, account->series, account->series_count,
         account->series_capacity);
    account->series[account->series_count] = (Series){.kind = kind};
    return &account->series[account->series_count++];
}

static uint32_t kind_rank(Str kind) {
    uint32_t rank = 0;

    while (rank < FIGURE_KIND_COUNT &&
           !str_is(kind, figure_kind_name((FigureKind)rank))) {
        rank++;
    }
    return rank;
}

static int by_kind(const void *a, const void *b) {
    uint32_t x = kind_rank(((const Series *)a)->kind);
    uint32_t y = kind_rank(((const Series *)b)->kind);

    return x < y ? -1 : x > y;
}

static void read_figures(Teller *teller, Account *account) {
    Query *query =
        query_open(teller,
                   "SELECT DISTINCT q.claim FROM figure q JOIN report r"
                   " JOIN standing g ON g.report = r.report AND r.report = "
                   "q.report WHERE NOT q.cut AND g.latest",
                   CHOSEN, " ORDER BY q.claim");

    while (query_next(query)) {
        FigureClaim figure;
        Series *series;
        if (!figure_read(teller, teller->arena, query_int(query, 0), &figure)) {
            continue;
        }
        series = series_of(teller->arena, account, figure.kind);
        GROW(teller->arena, series->figures, series->count, series->capacity);
        series->figures[series->count++] = figure;
    }
    for (uint32_t i = 0; i < account->series_count; i++) {
        qsort(account->series[i].figures, account->series[i].count,
              sizeof *account->series[i].figures, by_figure_date);
    }
    if (account->series_count) {
        qsort(account->series, account->series_count, sizeof *account->series,
              by_kind);
    }
}

/* -------------------------------------------------------------- copies */

static void read_passages(Teller *teller, int64_t a, int64_t b,
                          AccountCopy *copy) {
    Query *query = query_fixed(
        teller, "SELECT a_begin, a_end, b_begin, b_end FROM passage"
                " WHERE a = ?1 AND b = ?2 ORDER BY a_begin, b_begin");

    query_bind(query, 1, a);
    query_bind(query, 2, b);
    while (query_next(query)) {
        span_push(teller->arena, &copy->in_a, query_span(query, 0));
        span_push(teller->arena, &copy->in_b, query_span(query, 2));
    }
}

static void read_copies(Teller *teller, Account *account) {
    Query *query =
        query_open(teller,
                   "SELECT c.a, c.b, c.kind, c.share_a, c.share_b, c.one_source"
                   " FROM copy c JOIN report r JOIN standing g ON g.report = "
                   "r.report AND r.report = c.a"
                   " WHERE g.latest",
                   CHOSEN, " ORDER BY c.a, c.b");

    while (query_next(query)) {
        AccountCopy copy = {
            .a = account_find(account, query_int(query, 0)),
            .b = account_find(account, query_int(query, 1)),
            .kind = query_dup(query, teller->arena, 2),
            .share_a = query_real(query, 3),
            .share_b = query_real(query, 4),
            .one_source = query_int(query, 5) != 0,
        };
        if (copy.a == account->report_count ||
            copy.b == account->report_count) {
            continue;
        }
        read_passages(teller, query_int(query, 0), query_int(query, 1), &copy);
        GROW(teller->arena, account->copies, account->copy_count,
             account->copy_capacity);
        account->copies[account->copy_count++] = copy;
    }
}

void account_read(Teller *teller, Account *out) {
    *out = (Account){.storyline = teller->filter->storyline};
    map_init(&out->by_number, teller->arena, 64);
    read_reports(teller, out);
    if (out->report_count == 0) {
        return;
    }
    sum_up(teller->arena, out);
    read_litter(teller, out);
    timeline_read(teller, CHOSEN, &out->timeline);
    read_statements(teller, out);
    read_figures(teller, out);
    read_copies(teller, out);
}
