/* SPDX-License-Identifier: Apache-2.0 */
/* api/article.c - see article.h. */
#include "api/article.h"

#include "api/version.h"

enum { TIMEOUT_SECONDS = 30, EVERY_SECONDS = 900 };

static const double PAUSE_SECONDS = 2;

void dateline_fetch_init(dateline_fetch *fetch) {
    *fetch = (dateline_fetch){.pause = PAUSE_SECONDS,
                              .timeout = TIMEOUT_SECONDS,
                              .every = EVERY_SECONDS};
}

dateline_fetch fetch_or_default(const dateline_fetch *fetch) {
    dateline_fetch result;

    dateline_fetch_init(&result);
    if (fetch) {
        result = *fetch;
        result.timeout = result.timeout ? result.timeout : TIMEOUT_SECONDS;
        result.every = result.every ? result.every : EVERY_SECONDS;
    }
    return result;
}

int dateline_is_url(const char *source) {
    return url_is_web(str_of(source));
}

GetOptions get_options(const dateline_options *options,
                       const dateline_fetch *fetch) {
    return (GetOptions){.agent = "dateline/" DATELINE_VERSION,
                        .allow_private = fetch->allow_private != 0,
                        .seconds = fetch->timeout,
                        .max = options->max_report};
}

Status article_init(Article *article, const dateline *data,
                    const dateline_options *options,
                    const dateline_fetch *fetch, Hosts *hosts, Error *err) {
    article->data = data;
    article->options = *options;
    arena_init(&article->arena, REPORT_MEMORY);
    return fetcher_init(&article->fetcher, hosts, get_options(options, fetch),
                        err);
}

void article_deinit(Article *article) {
    fetcher_deinit(&article->fetcher);
    answer_deinit(&article->answer);
    record_deinit(&article->item);
    arena_deinit(&article->arena);
}

void article_reset(Article *article) {
    arena_reset(&article->arena);
    article->ready = false;
}

typedef struct Taking {
    Article *article;
    Str item;
    bool from_item;
    Status status;
    Error *err;
} Taking;

static Status parse_page(Taking *taking) {
    Article *article = taking->article;
    Document document = {.bytes = buf_str(&article->answer.body),
                         .type = str_of(article->answer.type),
                         .url = str_of(article->last.text),
                         .fields = taking->item};

    return report_parse_document(&article->arena, &document, &article->report,
                                 taking->err);
}

static Status parse_item(Taking *taking) {
    Article *article = taking->article;
    ReadOptions options = {.max_report = article->options.max_report};

    return report_parse(&article->arena, &article->item, options,
                        &article->report, taking->err);
}

static void analyse(void *context) {
    Taking *taking = context;
    Article *article = taking->article;

    taking->status =
        taking->from_item ? parse_item(taking) : parse_page(taking);
    if (taking->status == OK) {
        find_all(
            &article->arena, &article->data->knowledge, &article->report,
            find_options(article->data, &article->options, &article->report),
            &article->analysis);
    }
}

static Status try_to_analyse(Article *article, Str item, bool from_item,
                             Error *err) {
    Taking taking = {
        .article = article, .item = item, .from_item = from_item, .err = err};
    Status status = arena_try(&article->arena, analyse, &taking, err);

    status = status == OK ? taking.status : status;
    article->ready = status == OK;
    return status;
}

/* The feed's own words: better than nothing, where they are a text. */
static void fall_back(Article *article, Str item) {
    RawRecord *record = &article->item;

    record_reset(record);
    buf_reset(&record->path);
    record->format = FORMAT_FEED;
    buf_push(&record->bytes, item);
    buf_put(&record->path, article->last.text);
    buf_char(&record->path, '\0');
    if (record->bytes.status != OK || record->path.status != OK) {
        return;
    }
    record->path.len--;
    arena_reset(&article->arena);
    (void)!try_to_analyse(article, item, true, NULL);
}

void article_take(Article *article, Str url, Str item, bool last_try) {
    article->error.status = OK;
    article->last.text[0] = '\0';
    if (url_is_web(url)) {
        article->fetched = fetch(&article->fetcher, url, NULL, &article->answer,
                                 &article->last, &article->error);
    } else {
        article->fetched = FETCHED_NEVER;
    }
    if (article->fetched == FETCHED &&
        try_to_analyse(article, item, false, &article->error) != OK) {
        article->fetched = FETCHED_NEVER;
    }
    if (item.len && (article->fetched == FETCHED_NEVER ||
                     (article->fetched == FETCHED_LATER && last_try))) {
        fall_back(article, item);
    }
}
