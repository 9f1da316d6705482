/* SPDX-License-Identifier: Apache-2.0 */
/* store/watched.c - see watched.h. */
#include "store/watched.h"

/* ---------------------------------------------------------------- the lists */

Status watched_list(Store *store, const StrList *urls, Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(store, "UPDATE feed SET listed = 0", &q, err);

    if (status == OK) {
        status = store_run(store, q, err);
    }
    for (uint32_t i = 0; status == OK && i < urls->count; i++) {
        status = store_sql(store,
                           "INSERT INTO feed (url, listed, due) VALUES (?1, "
                           "1, 0) ON CONFLICT (url) DO UPDATE SET listed = 1",
                           &q, err);
        if (status == OK) {
            bind_str(q, 1, urls->items[i]);
            status = store_run(store, q, err);
        }
    }
    return status;
}

static Str copy(Arena *arena, sqlite3_stmt *q, int column) {
    return str_dup(arena, column_str(q, column));
}

Status watched_feeds_due(Store *store, Arena *arena, int64_t now,
                         WatchedFeeds *out, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status =
        store_sql(store,
                  "SELECT feed, url, etag, modified, failures FROM feed "
                  "WHERE listed AND due <= ?1 ORDER BY due, feed",
                  &q, err);

    if (status == OK) {
        sqlite3_bind_int64(q, 1, now);
    }
    while (status == OK && (status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        out->items = arena_grow(arena, out->items, out->count, &out->capacity,
                                sizeof *out->items);
        out->items[out->count++] =
            (WatchedFeed){.feed = sqlite3_column_int64(q, 0),
                          .url = copy(arena, q, 1),
                          .etag = copy(arena, q, 2),
                          .modified = copy(arena, q, 3),
                          .failures = sqlite3_column_int64(q, 4)};
    }
    return status;
}

Status watched_articles_due(Store *store, Arena *arena, int64_t now,
                            uint32_t max, WatchedArticles *out, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status = store_sql(
        store,
        "SELECT url, item, failures FROM article WHERE due <= ?1 ORDER BY "
        "row_number() OVER (PARTITION BY feed ORDER BY due, url), feed "
        "LIMIT ?2",
        &q, err);

    if (status == OK) {
        sqlite3_bind_int64(q, 1, now);
        sqlite3_bind_int64(q, 2, max);
    }
    while (status == OK && (status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        out->items = arena_grow(arena, out->items, out->count, &out->capacity,
                                sizeof *out->items);
        out->items[out->count++] =
            (WatchedArticle){.url = copy(arena, q, 0),
                             .item = copy(arena, q, 1),
                             .failures = sqlite3_column_int64(q, 2)};
    }
    return status;
}

Status watched_hosts(Store *store,
                     Status (*take)(void *context, const WatchedHost *host,
                                    Error *err),
                     void *context, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status = store_sql(
        store,
        "SELECT host, wait, robots, robots_until, robots IS NULL FROM host", &q,
        err);

    while (status == OK && (status = store_step(store, q, &step, err)) == OK &&
           step == SQLITE_ROW) {
        WatchedHost host = {.host = column_str(q, 0),
                            .wait = sqlite3_column_int64(q, 1),
                            .robots = column_str(q, 2),
                            .robots_until = sqlite3_column_int64(q, 3),
                            .robots_closed = sqlite3_column_int(q, 4) != 0};
        status = take(context, &host, err);
    }
    return status;
}

Status watched_next(Store *store, int64_t *due, uint64_t *waiting, Error *err) {
    sqlite3_stmt *q;
    int step = SQLITE_DONE;
    Status status = store_sql(
        store,
        "SELECT COALESCE(min(due), -1), (SELECT count(*) FROM article WHERE "
        "due IS NOT NULL) FROM (SELECT due FROM feed WHERE listed UNION ALL "
        "SELECT due FROM article WHERE due IS NOT NULL)",
        &q, err);

    if (status == OK) {
        status = store_step(store, q, &step, err);
    }
    if (status == OK) {
        *due = sqlite3_column_int64(q, 0);
        *waiting = (uint64_t)sqlite3_column_int64(q, 1);
        sqlite3_reset(q);
    }
    return status;
}

/* -------------------------------------------------------------- what is new */

Status watched_polled(Store *store, const FeedPoll *poll, Error *err) {
    sqlite3_stmt *q;
    Status status =
        store_sql(store,
                  "UPDATE feed SET title = COALESCE(?2, title), "
                  "etag = COALESCE(?3, etag), "
                  "modified = COALESCE(?4, modified), checked = ?5, "
                  "due = ?6, failures = ?7, trouble = ?8 WHERE feed = ?1",
                  &q, err);

    if (status != OK) {
        return status;
    }
    sqlite3_bind_int64(q, 1, poll->feed);
    bind_str(q, 2, poll->title);
    bind_str(q, 3, poll->etag);
    bind_str(q, 4, poll->modified);
    sqlite3_bind_int64(q, 5, poll->checked);
    sqlite3_bind_int64(q, 6, poll->due);
    sqlite3_bind_int64(q, 7, poll->failures);
    bind_str(q, 8, poll->trouble);
    return store_run(store, q, err);
}

Status watched_add(Store *store, int64_t feed, Str url, Str item, int64_t due,
                   bool *is_new, Error *err) {
    sqlite3_stmt *q;
    Status status =
        store_sql(store,
                  "INSERT OR IGNORE INTO article (url, feed, item, due) "
                  "SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS "
                  "(SELECT 1 FROM report WHERE url = ?1)",
                  &q, err);

    if (status != OK) {
        return status;
    }
    bind_str(q, 1, url);
    sqlite3_bind_int64(q, 2, feed);
    bind_str(q, 3, item);
    sqlite3_bind_int64(q, 4, due);
    status = store_run(store, q, err);
    *is_new = status == OK && sqlite3_changes(store_db(store)) > 0;
    return status;
}

Status watched_settle(Store *store, Str url, Str trouble, Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(store,
                              "UPDATE article SET item = NULL, due = NULL, "
                              "trouble = ?2 WHERE url = ?1",
                              &q, err);

    if (status != OK) {
        return status;
    }
    bind_str(q, 1, url);
    bind_str(q, 2, trouble);
    return store_run(store, q, err);
}

Status watched_delay(Store *store, Str url, int64_t due, Str trouble,
                     Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(store,
                              "UPDATE article SET due = ?2, trouble = ?3, "
                              "failures = failures + 1 WHERE url = ?1",
                              &q, err);

    if (status != OK) {
        return status;
    }
    bind_str(q, 1, url);
    sqlite3_bind_int64(q, 2, due);
    bind_str(q, 3, trouble);
    return store_run(store, q, err);
}

Status watched_keep_host(Store *store, const WatchedHost *host, Error *err) {
    sqlite3_stmt *q;
    Status status = store_sql(store,
                              "INSERT OR REPLACE INTO host (host, wait, "
                              "robots, robots_until) VALUES (?1, ?2, ?3, ?4)",
                              &q, err);

    if (status != OK) {
        return status;
    }
    bind_str(q, 1, host->host);
    sqlite3_bind_int64(q, 2, host->wait);
    if (!host->robots_closed) {
        sqlite3_bind_blob64(q, 3, host->robots.ptr ? host->robots.ptr : "",
                            host->robots.len, SQLITE_STATIC);
    }
    sqlite3_bind_int64(q, 4, host->robots_until);
    return store_run(store, q, err);
}
