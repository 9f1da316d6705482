#!/usr/bin/env python3
"""Check what a compiler does not: tools/lint.py [ROOT]

  format     clang-format has nothing to change
  functions  none longer than 80 lines, but those that tools/long-functions.txt
             lists with a reason
  cited      every `name()` in a comment of src/ and include/ exists
  files      no tab in C, no blank at a line's end, a newline at the file's;
             the licence in the first line

Rooms, lexicon and schema have checks of their own (tools/*_check.py,
tools/rooms.py), which run with these. Closes with "N passed, N failed".
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys

LONGEST = 80
LICENCE = "/* SPDX-License-Identifier: Apache-2.0 */"
COMMENT = re.compile(r"/\*.*?\*/", re.S)
CITED = re.compile(r"\b([a-z][a-z0-9_]*_[a-z0-9_]+)\(\)")


def sources(pattern="*.[ch]"):
    return sorted(path for folder in ("src", "include", "test", "fuzz", "examples")
                  for path in glob.glob(f"{folder}/**/{pattern}", recursive=True))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def check_format():
    if not shutil.which("clang-format"):
        return ["clang-format is not installed: script/bootstrap --checks"]
    done = subprocess.run(["clang-format", "--dry-run", "-Werror", *sources()],
                          capture_output=True, text=True, check=False)
    return [line for line in done.stderr.splitlines() if "error:" in line][:20]


def tags():
    done = subprocess.run(["ctags", "--output-format=json", "--fields=+ne", "--languages=C",
                           "--kinds-C=fpdtsg", "-f", "-", *sources()],
                          capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def check_functions():
    if not shutil.which("ctags"):
        return ["ctags is not installed: script/bootstrap --checks"]
    excused = set()
    if os.path.exists("tools/long-functions.txt"):
        excused = {line.split("\t")[0] for line in read("tools/long-functions.txt").splitlines()
                   if line and not line.startswith("#")}
    faults = []
    for tag in tags():
        if tag.get("kind") == "function" and "end" in tag:
            length = tag["end"] - tag["line"] + 1
            if length > LONGEST and tag["name"] not in excused:
                faults.append(f"{tag['path']}:{tag['line']}: {tag['name']} has {length} lines")
    return faults


def check_cited():
    text = {path: read(path) for path in sources() if path.startswith(("src/", "include/"))}
    code = "\n".join(COMMENT.sub(" ", body) for body in text.values())
    known = set(re.findall(r"\b[a-z_][a-z0-9_]*\b", code))
    return [f"{path}: cites {name}(), which is not in the code"
            for path, body in text.items() for comment in COMMENT.findall(body)
            for name in CITED.findall(comment) if name not in known]


def check_files():
    faults = []
    for path in sources():
        body = read(path)
        if not body.startswith(LICENCE):
            faults.append(f"{path}: the first line is not {LICENCE}")
        if not body.endswith("\n"):
            faults.append(f"{path}: no newline at its end")
        for number, line in enumerate(body.split("\n"), 1):
            if line != line.rstrip() or "\t" in line:
                faults.append(f"{path}:{number}: tab, or blank at the end")
    return faults


def check_tools():
    faults = []
    for tool in ["tools/rooms.py", *sorted(glob.glob("tools/*_check.py"))]:
        done = subprocess.run([sys.executable, tool], capture_output=True, text=True, check=False)
        if done.returncode:
            faults += (done.stdout + done.stderr).splitlines()[-20:]
    return faults


def main():
    os.chdir(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(__file__)) or ".")
    passed = failed = 0
    for check in (check_format, check_functions, check_cited, check_files, check_tools):
        faults = check()
        print("\n".join(f"{check.__name__[6:]}: {fault}" for fault in faults), end="\n" if faults else "")
        passed, failed = passed + (not faults), failed + bool(faults)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
