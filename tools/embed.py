#!/usr/bin/env python3
# tools/embed.py - make a file's text a C array, so that the program carries it.
#
#     embed.py NAME INPUT OUTPUT
#
# OUTPUT defines `const char NAME[]`, NUL-terminated. Numbers, not a string
# literal: compilers need not take literals of more than 4095 bytes.
import sys


def main():
    name, source, target = sys.argv[1:]
    with open(source, "rb") as file:
        data = file.read()
    if b"\0" in data:
        sys.exit(f"{source}: holds a NUL, so it cannot be a C string")
    rows = [", ".join((str(b - 256 * (b > 127)) for b in data[i:i + 16])) for i in range(0, len(data), 16)]
    with open(target, "w", encoding="ascii") as file:
        file.write(f"/* Made from {source.rsplit('/', 1)[-1]} by tools/embed.py. */\n")
        file.write(f"extern const char {name}[];\n")
        file.write(f"const char {name}[] = {{\n    " + ",\n    ".join(rows) + ", 0};\n")


if __name__ == "__main__":
    main()
