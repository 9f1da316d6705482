#!/usr/bin/env python3
"""Check that no room includes a later one: tools/rooms.py [ROOT]

A room of src/ includes only itself, base/ and the rooms before it in the walk
of a report. serve/ and cli/ include only themselves, base/ and dateline.h; no
room but api/ includes the public header otherwise.
"""
import os
import re
import sys

WALK = ["base", "read", "fetch", "clean", "text", "tag", "find", "store", "link", "tell", "api"]
FACES = ["serve", "cli"]
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def allowed(room):
    if room in FACES:
        return {room, "base"}
    return set(WALK[:WALK.index(room) + 1])


def faults(root):
    source = os.path.join(root, "src")
    for room in sorted(os.listdir(source)):
        folder = os.path.join(source, room)
        if not os.path.isdir(folder):
            continue
        if room not in WALK + FACES:
            yield f"src/{room}: no such room in the walk"
            continue
        for name in sorted(os.listdir(folder)):
            if not name.endswith((".c", ".h")):
                continue
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            for path in INCLUDE.findall(text):
                if path == "dateline.h":
                    if room not in FACES + ["api"]:
                        yield f"src/{room}/{name}: includes the public header"
                elif path.split("/")[0] not in allowed(room):
                    yield f'src/{room}/{name}: {room} may not include "{path}"'


def main():
    found = list(faults(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(found + [f"rooms: {len(found)} faults"]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
