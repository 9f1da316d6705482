#!/usr/bin/env python3
"""Sum up a run of `meson test`: tools/test_summary.py build/meson-logs/testlog.json

Each test program closes with "N passed, N failed"; one without such a line
(or that crashed or ran out of time) counts as one test. Prints the sum in the
same form and exits 1 when anything failed.
"""
import json
import re
import sys

COUNTS = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)


def counts(result):
    found = COUNTS.findall(result.get("stdout", ""))
    passed, failed = map(int, found[-1]) if found else (0, 0)
    good = result["result"] in ("OK", "EXPECTEDFAIL")
    if result["result"] == "SKIP":
        return 0, 0
    if not found:
        return int(good), int(not good)
    return passed, max(failed, int(not good))


def main():
    with open(sys.argv[1], encoding="utf-8") as log:
        pairs = [counts(json.loads(line)) for line in log]
    passed, failed = (sum(column) for column in zip(*pairs)) if pairs else (0, 1)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
