#!/usr/bin/env python3
"""Compile the tables of lexicon/LANGUAGE into one file that the program maps.

    tools/lexicon.py list FOLDER            the tables' paths, a line each
    tools/lexicon.py header FOLDER OUT      names of kinds and columns, for C
    tools/lexicon.py compile FOLDER OUT     the tables (see src/base/lexicon.c)

A table is FOLDER/KIND.tsv: comment lines with "# ", a header row, then rows.
The first column is the key, several keys of one row joined by "|"; "-" is an
empty cell. Where Debian's iso-codes is installed, its names of countries are
added to the table `country`, unless a row has them already.
"""
import json
import os
import struct
import sys

FORMAT = 1
HEADER = struct.Struct("<8sIIQQIIIIII")
ISO_3166 = "/usr/share/iso-codes/json/iso_3166-1.json"


def fnv(data, value=0xCBF29CE484222325):
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def fold(text):
    """As utf8_fold() in src/base/utf8.c."""
    for old, new in (("\u2019", "'"), ("\u02bc", "'"), ("\u00a0", " "),
                     ("\u202f", " ")):
        text = text.replace(old, new)
    return text.lower()


def read_table(path):
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    rows = [line.split("\t") for line in lines
            if line.strip() and not line.startswith("# ")]
    columns, rows = rows[0], rows[1:]
    for row in rows:
        if len(row) != len(columns):
            sys.exit(f"{path}: {len(row)} cells for {len(columns)} columns: {row[0]}")
    return columns, [["" if cell == "-" else cell for cell in row] for row in rows]


def read_folder(folder):
    names = sorted(n[:-4] for n in os.listdir(folder) if n.endswith(".tsv"))
    return {name.replace("-", "_"): read_table(os.path.join(folder, name + ".tsv"))
            for name in names}


def add_iso_names(tables):
    if "country" not in tables or not os.path.exists(ISO_3166):
        return
    columns, rows = tables["country"]
    known = {key for row in rows for key in row[0].split("|")}
    with open(ISO_3166, encoding="utf-8") as file:
        for state in json.load(file)["3166-1"]:
            for name in {state["name"], state.get("official_name", state["name"])}:
                key = fold(name)
                if key not in known and "," not in key and "(" not in key:
                    known.add(key)
                    fill = {"key": key, "code": state["alpha_3"],
                            "name": state.get("common_name", state["name"])}
                    rows.append([fill.get(column, "") for column in columns])


def schema(tables):
    return fnv("\n".join(name + ":" + " ".join(columns)
                         for name, (columns, _) in tables.items()).encode())


def write_header(tables, out):
    kinds = [f"    LEX_{name.upper()}," for name in tables]
    columns = ["enum { " + ", ".join(f"LEX_{name.upper()}_{c.upper().replace('-', '_')}"
                                     for c in columns) + " };"
               for name, (columns, _) in tables.items()]
    counts = ", ".join(str(len(columns)) for columns, _ in tables.values())
    text = "\n".join([
        "/* Written by tools/lexicon.py from the tables in lexicon/. */",
        "#ifndef BASE_LEXICON_KINDS_H", "#define BASE_LEXICON_KINDS_H", "",
        "typedef enum LexKind {", *kinds, "    LEX_KIND_COUNT", "} LexKind;", "",
        "/* The columns of each table, in order, and how many they are. */",
        *columns, f"#define LEX_COLUMN_COUNTS {{ {counts} }}", "",
        "/* Changes when a table or column comes, goes or moves. */",
        f"#define LEX_SCHEMA UINT64_C(0x{schema(tables):016x})", "", "#endif", ""])
    with open(out, "w", encoding="utf-8") as file:
        file.write(text)


class Strings:
    """NUL-terminated strings, each stored once."""

    def __init__(self):
        self.bytes, self.at = bytearray(b"\0"), {"": 0}

    def offset(self, text):
        if text not in self.at:
            self.at[text] = len(self.bytes)
            self.bytes += text.encode() + b"\0"
        return self.at[text]


class Word:
    def __init__(self):
        self.keys, self.opens, self.longest, self.entries = 0, 0, 1, []


def add_key(words, kind, number, key):
    parts = key.split(" ")
    whole = words.setdefault(key, Word())
    if any(k == kind for k, _ in whole.entries):
        return False
    whole.entries.append((kind, number))
    first = words.setdefault(parts[0], Word())
    if len(parts) == 1:
        first.keys |= 1 << kind
    else:
        first.opens |= 1 << kind
        first.longest = max(first.longest, len(parts))
    return True


def gather_words(tables):
    """Every key; then each key with a hyphen once more with spaces, since the
    tokenizer cuts most hyphens off ("vice-president" is three tokens)."""
    words = {}
    for kind, (name, (_, rows)) in enumerate(tables.items()):
        keys = [(number, fold(key)) for number, row in enumerate(rows)
                for key in row[0].split("|")]
        for number, key in keys:
            if not add_key(words, kind, number, key):
                sys.exit(f"{name}: key given twice: {key}")
        for number, key in keys:
            apart = " ".join(key.replace("-", " ").split())
            if apart and apart != key:
                add_key(words, kind, number, apart)
    return words


def compile_tables(tables, out):
    strings, cells, table_bytes = Strings(), [], b""
    for columns, rows in tables.values():
        table_bytes += struct.pack("<IIII", len(cells), len(rows), len(columns), 0)
        cells += [strings.offset(cell) for row in rows for cell in row]
    words = gather_words(tables)
    slot_count = 1 << (len(words) * 2).bit_length()
    slots, word_bytes, entry_bytes, entry_count = [0] * slot_count, b"", b"", 0
    records = []
    for number, (text, word) in enumerate(words.items()):
        code = fnv(text.encode())
        at = code % slot_count
        while slots[at]:
            at = (at + 1) % slot_count
        slots[at] = number + 1
        records.append(struct.pack("<QQQIIIIII", code, word.keys, word.opens, word.longest,
                                   0, entry_count, len(word.entries), 0, 0))
        entry_bytes += b"".join(struct.pack("<II", *entry) for entry in word.entries)
        entry_count += len(word.entries)
    word_bytes = b"".join(records)
    body = (table_bytes + word_bytes + entry_bytes +
            struct.pack(f"<{slot_count}I", *slots) +
            struct.pack(f"<{len(cells)}I", *cells) + bytes(strings.bytes))
    head = HEADER.pack(b"DATELEX\0", FORMAT, len(tables), fnv(body), schema(tables),
                       len(words), entry_count, slot_count, len(cells),
                       len(strings.bytes), HEADER.size + len(body))
    with open(out, "wb") as file:
        file.write(head + body)


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "list":
        print("\n".join(os.path.join(sys.argv[2], name)
                        for name in sorted(os.listdir(sys.argv[2]))
                        if name.endswith(".tsv")))
        return
    if len(sys.argv) != 4 or sys.argv[1] not in ("header", "compile"):
        sys.exit(__doc__)
    tables = read_folder(sys.argv[2])
    if sys.argv[1] == "header":
        write_header(tables, sys.argv[3])
    else:
        add_iso_names(tables)
        compile_tables(tables, sys.argv[3])


if __name__ == "__main__":
    main()
