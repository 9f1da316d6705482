#!/usr/bin/env python3
"""Hold the scores to their floors: tools/floors.py --bin build/dateline

Reads bench/floors.tsv (task.metric, floor), runs the scorer of each task once
(DATELINE_SHARED/score/TASK.py --bin PATH --json) and compares. The metric is
the key as the scorer's JSON has it, under "scores" or "metrics" where there
is such a part. Without the shared folder (DATELINE_SHARED, default ../shared) there is nothing to do.
Closes with "N passed, N failed".
"""
import argparse
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read_floors(path):
    floors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith(("#", "metric\t")):
                name, floor = line.split("\t")[:2]
                task, metric = name.split(".", 1)
                floors.setdefault(task, {})[metric] = float(floor)
    return floors


def scores(shared, task, program):
    command = [sys.executable, os.path.join(shared, "score", task + ".py"),
               "--bin", program, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            said = json.loads(line)
            if "sets" in said and "speed" in said:  # extract.py: by set
                return {f"{name}.{key}": value for name, one in said["sets"].items()
                        for key, value in one["ours"].items()}
            return said.get("scores") or said.get("metrics") or said
    sys.exit(f"floors: {task}: the scorer gave no JSON\n{done.stderr[-2000:]}")


def main():
    ask = argparse.ArgumentParser(description=__doc__,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--bin", required=True)
    said = ask.parse_args()
    shared = os.environ.get("DATELINE_SHARED", os.path.join(ROOT, "..", "shared"))
    if not os.path.isdir(os.path.join(shared, "score")):
        print("floors: no shared data here, nothing to measure")
        return
    passed = failed = 0
    for task, metrics in read_floors(os.path.join(ROOT, "bench", "floors.tsv")).items():
        measured = scores(shared, task, os.path.abspath(said.bin))
        for metric, floor in metrics.items():
            value = measured.get(metric)
            good = value is not None and value >= floor
            passed, failed = passed + good, failed + (not good)
            shown = "missing" if value is None else f"{value:.3f}"
            print(f"{'ok  ' if good else 'LOW '} {task}.{metric:20} {shown}  floor {floor:.3f}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
