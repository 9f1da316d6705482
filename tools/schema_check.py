#!/usr/bin/env python3
"""Check that doc/schema.md documents the store's schema, all of it and nothing else.

The schema is read from src/store/schema*.sql by SQLite itself. Every table and view must have a
heading `### name` in doc/schema.md, and below it, before the next heading, one row of a Markdown
table for each column: | `column` | meaning |. A column that is documented but not there is a fault
too. Prints "file: why" for each fault; exits with 1 if there was any.
"""
import pathlib
import re
import sqlite3
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = sorted((ROOT / "src" / "store").glob("schema*.sql"))
PAGE = ROOT / "doc" / "schema.md"


def actual():
    """{name: [column, ...]} of tables and views, without the search index's own shadow tables."""
    store = sqlite3.connect(":memory:")
    for step in SCHEMA:
        store.executescript(step.read_text(encoding="utf-8"))
    names = [row[0] for row in store.execute(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'report_text_%'")]
    return {name: [row[1] for row in store.execute(f"PRAGMA table_xinfo('{name}')") if row[6] != 1] for name in names}


def documented():
    """{name: [column, ...]} as the page has it."""
    found, name = {}, None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        heading = re.match(r"#+ (.*)", line)
        if heading:
            name = heading.group(1).strip().strip("`") if line.startswith("### ") else None
            if name:
                found[name] = []
        row = re.match(r"\| *`([^`]+)` *\| *(\S.*?) *\|$", line)
        if row and name:
            found[name].append(row.group(1))
    return found


def faults():
    there, told = actual(), documented()
    for name in there:
        if name not in told:
            yield f"no heading '### {name}'"
            continue
        for column in there[name]:
            if column not in told[name]:
                yield f"{name}: column {column} is not documented"
    for name in told:
        if name not in there:
            yield f"'### {name}' is no table or view"
            continue
        for column in told[name]:
            if column not in there[name]:
                yield f"{name}: there is no column {column}"


def main():
    found = list(faults())
    for why in found:
        print(f"{PAGE.relative_to(ROOT)}: {why}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
