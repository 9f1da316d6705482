/* SPDX-License-Identifier: Apache-2.0 */
/* link/decide.c - a person decides who is who.
 *
 * Room: link. A decision is kept as a pair of names (`name_decision`), so that
 * it outlives the entities: what is added later, or analysed again, is linked
 * by it (names.c). What is already linked is moved at once. */
#include "base/ascii.h"
#include "link/inside.h"

/* The entity that a person means: its number, or a name that it bears. */
static int64_t find_meant(Link *link, Str meant) {
    int64_t number = 0;
    size_t digits = 0;

    while (digits < meant.len && digits < 18 &&
           ascii_digit(meant.ptr[digits])) {
        number = number * 10 + (meant.ptr[digits++] - '0');
    }
    number = digits == meant.len
                 ? one(link, "SELECT entity FROM entity WHERE entity = ?1",
                       number, 0)
                 : names_find(link, meant);
    if (number == 0 && link->status == OK) {
        link->status = fail(link->err, ERR_NOT_FOUND, "%.*s: no such name",
                            (int)meant.len, meant.ptr);
    }
    return number;
}

static Str name_of(Link *link, int64_t entity) {
    sqlite3_stmt *q = ask(link, "SELECT name FROM entity WHERE entity = ?1");
    Str name = str_of("");

    set_id(q, 1, entity);
    if (next_row(link, q)) {
        name = str_dup(link->arena, column_str(q, 0));
        done(q);
    }
    return name;
}

static void put_decision(Link *link, Str a, Str b, bool same) {
    for (int turn = 0; turn < 2; turn++) {
        sqlite3_stmt *q = ask(link, "INSERT OR REPLACE INTO name_decision "
                                    "(form, other, same) VALUES (?1, ?2, ?3)");

        set_str(q, 1, turn ? b : a);
        set_str(q, 2, turn ? a : b);
        set_id(q, 3, same);
        run(link, q);
    }
}

/* What `report` says of `from` it says of `to`. */
static void move_report(Link *link, int64_t report, int64_t from, int64_t to) {
    static const char *const moves[] = {
        ("UPDATE OR IGNORE alias SET entity = ?3 WHERE report = ?1 AND "
         "entity = ?2"),
        "UPDATE mention SET entity = ?3 WHERE report = ?1 AND entity = ?2",
        "UPDATE quote SET speaker = ?3 WHERE report = ?1 AND speaker = ?2",
        "UPDATE quote SET addressee = ?3 WHERE report = ?1 AND addressee = ?2",
        "UPDATE figure SET claimant = ?3 WHERE report = ?1 AND claimant = ?2",
    };

    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        run3(link, moves[i], report, from, to);
    }
    run2(link, "DELETE FROM alias WHERE report = ?1 AND entity = ?2", report,
         from);
}

/* Reports that name the entity: under any form, or under `form` alone. */
static Numbers reports_of(Link *link, int64_t entity, Str form) {
    Numbers reports = {0};
    sqlite3_stmt *q =
        ask(link, "SELECT DISTINCT report FROM alias WHERE entity = ?1 AND "
                  "(?2 IS NULL OR alias = ?2)");

    set_id(q, 1, entity);
    set_str(q, 2, form);
    while (next_row(link, q)) {
        numbers_push(link->arena, &reports,
                     (uint64_t)sqlite3_column_int64(q, 0));
    }
    return reports;
}

static void move_reports(Link *link, int64_t from, int64_t to, Str form) {
    Numbers reports = reports_of(link, from, form);

    for (uint32_t i = 0; i < reports.count; i++) {
        move_report(link, (int64_t)reports.items[i], from, to);
    }
    names_rebuild(link, to);
    names_rebuild(link, from);
}

void names_merge(Link *link, const Decision *decision) {
    int64_t a = find_meant(link, decision->a);
    int64_t b = a ? find_meant(link, decision->b) : 0;

    if (a == 0 || b == 0 || a == b) {
        return;
    }
    put_decision(link, names_folded(link, name_of(link, a)),
                 names_folded(link, name_of(link, b)), true);
    move_reports(link, b, a, str_of(""));
}

void names_split(Link *link, const Decision *decision) {
    int64_t a = find_meant(link, decision->a), other;
    Str name = name_of(link, a), form = decision->b;

    if (a == 0) {
        return;
    }
    if (reports_of(link, a, form).count == 0 || str_equal(name, form)) {
        link->status =
            fail(link->err, ERR_NOT_FOUND, "%.*s: not another spelling of %.*s",
                 (int)form.len, form.ptr, (int)name.len, name.ptr);
        return;
    }
    put_decision(link, names_folded(link, name), names_folded(link, form),
                 false);
    other = names_twin(link, a, form);
    move_reports(link, a, other, form);
}
