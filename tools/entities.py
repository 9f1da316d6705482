#!/usr/bin/env python3
"""Write the named character references of HTML as a table for C.

    tools/entities.py OUT

From Python's html.entities.html5, which is the table of the HTML standard
(section 13.5): names in byte order, each with its UTF-8.
"""
import html.entities
import sys


def main():
    rows = sorted((name.encode(), text.encode()) for name, text in html.entities.html5.items())
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write("/* Made from Python's table of HTML's character references by tools/entities.py. */\n")
        for name, text in rows:
            octal = "".join(f"\\{byte:03o}" for byte in text)
            out.write(f'{{"{name.decode()}", "{octal}", {len(name)}, {len(text)}}},\n')


if __name__ == "__main__":
    main()
