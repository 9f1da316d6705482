#!/usr/bin/env python3
"""Check the form of the lexicon: every lexicon/en/*.tsv, or the files named as arguments.

A lexicon file is UTF-8 in NFC, with LF line ends and cells separated by one tab. Lines that
begin with "# " (or are "#" alone) are comments; the file begins with one. The first other line
is the header row: its first column is "key", its last "example". No cell is empty ("-" stands
for none). A key cell holds lower-case phrases of words separated by one space, joined by "|";
no phrase stands twice in one file; the example contains one of them, whatever its case.

Prints "file:line: why" for each fault; exits with 1 if there was any, 2 if there was no file.
"""
import pathlib
import re
import sys
import unicodedata


def running(phrase):
    """A tokenised phrase as it stands in running text: people 's -> people's, a / b -> a/b."""
    return re.sub(r" ('s|n't|'re|'ve|'ll|'d|'m|[',;:.!?])(?= |$)", r"\1", phrase)


def contains(example, phrase):
    """Whether the phrase stands in the example, as whole words (clitics lean on words, units on digits)."""
    for form in {phrase, running(phrase), phrase.replace(" / ", "/")}:
        before = r"(?<![^\W\d_])" if form[0].isalnum() and form != "n't" else ""
        after = r"(?!\w)" if form[-1].isalnum() else ""
        if re.search(before + re.escape(form) + after, example.lower()):
            return True
    return False


def check_key(cell, seen, number):
    """Yield the faults of a key cell; note its phrases and their line in seen."""
    for phrase in cell.split("|"):
        if not phrase:
            yield "empty form in key"
        elif phrase != " ".join(phrase.split()):
            yield f"key '{phrase}' has a double, leading, trailing or odd space"
        elif phrase != phrase.lower():
            yield f"key '{phrase}' is not lower-case"
        elif phrase in seen:
            yield f"key '{phrase}' stands already in line {seen[phrase]}"
        else:
            seen[phrase] = number


def check_row(cells, header, seen, number):
    """Yield the faults of a row that is neither comment nor header."""
    if len(cells) != len(header):
        yield f"{len(cells)} cells, the header has {len(header)}"
        return
    for column, cell in zip(header, cells):
        if not cell:
            yield f"empty cell in column {column}"
        elif cell != cell.strip():
            yield f"blank at an end of column {column}"
    yield from check_key(cells[0], seen, number)
    if cells[0] and not any(contains(cells[-1], phrase) for phrase in cells[0].split("|") if phrase):
        yield f"example does not contain the key '{cells[0]}'"


def check_bytes(line):
    """Yield the faults of a line's form, whatever it holds."""
    if "\r" in line:
        yield "carriage return"
    if line != line.rstrip():
        yield "trailing blank"
    if not unicodedata.is_normalized("NFC", line):
        yield "not in NFC"


def check_file(path):
    """Yield (line number, why) for each fault of the file."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield data[:error.start].count(b"\n") + 1, "not UTF-8"
        return
    lines = text.split("\n")
    if lines.pop() != "":
        lines = text.split("\n")
        yield len(lines), "no line end at the end of the file"
    if not text.startswith("# "):
        yield 1, "the file does not begin with a comment that says what it is"
    header, seen = None, {}
    for number, line in enumerate(lines, 1):
        faults = list(check_bytes(line))
        if line == "#" or line.startswith("# "):
            pass
        elif not line:
            faults.append("empty line")
        elif header is None:
            header = line.split("\t")
            if header[0] != "key" or header[-1] != "example":
                faults.append("header missing: it must begin with 'key' and end with 'example'")
            if len(set(header)) != len(header) or not all(header):
                faults.append("header names a column twice or not at all")
        else:
            faults += check_row(line.split("\t"), header, seen, number)
        for why in faults:
            yield number, why
    if header is None:
        yield len(lines) + 1, "header missing"


def main(arguments):
    folder = pathlib.Path(__file__).resolve().parent.parent / "lexicon" / "en"
    paths = [pathlib.Path(name) for name in arguments] or sorted(folder.glob("*.tsv"))
    if not paths:
        print(f"{folder}: no *.tsv to check", file=sys.stderr)
        return 2
    faults = [f"{path}:{number}: {why}" for path in paths for number, why in check_file(path)]
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
