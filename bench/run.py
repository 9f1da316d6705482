#!/usr/bin/env python3
"""Measure `dateline analyze`: reports and tokens a second, peak memory.

    bench/run.py --bin build/dateline [--reports N] [--runs N] [--jobs N] [--memory | --pages]

The stream comes from make_stream.py and is kept in BUILD/bench/, beside the
program. With --pages, pages of 100 kB from make_pages.py are read and cleaned
(--no-find) on one thread, and hostile ones are read for their peak memory.
With --memory a stream of 1 GB is read once and its peak memory
printed; that takes minutes. Exit status 1 if a run fails or a report is lost.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

import make_pages
import make_stream

GIGABYTE = 1 << 30


def stream(folder, name, reports, size):
    """The path of the stream, made when it is not there."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        os.makedirs(folder, exist_ok=True)
        print(f"writing {path} ...", file=sys.stderr)
        with open(path + ".part", "wb") as out:
            make_stream.write(out, reports, size, seed=1)
        os.rename(path + ".part", path)
    return path


def run(program, path, options, out=subprocess.DEVNULL, may_fail=False):
    """Run once: seconds, and the peak of resident memory in MB."""
    begin = time.monotonic()
    process = subprocess.Popen([program, "analyze", *options, path], stdout=out,
                               stderr=subprocess.DEVNULL if may_fail else None)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 and not (may_fail and process.returncode == 1):
        sys.exit(f"{program} analyze {path}: exit status {process.returncode}")
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def count(program, path, jobs):
    """Reports and tokens of the stream, from a run with --tokens."""
    process = subprocess.Popen([program, "analyze", "--jobs", str(jobs), "--tokens", path],
                               stdout=subprocess.PIPE)
    reports = tokens = 0
    for line in process.stdout:
        reports += 1
        tokens += len(json.loads(line).get("tokens", ()))
    process.wait()
    return reports, tokens


def table(rows):
    """Name and value, a line each."""
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:<{width}}  {value}")


def data_folder(program):
    """Where the program's own files lie: as asked for, or beside it in the tree."""
    return os.environ.get("DATELINE_DATA") or os.path.join(os.path.dirname(program), "lexicon")


def measure(program, folder, options):
    """The speed of several runs over one stream."""
    path = stream(folder, f"stream-{options.reports}.jsonl", options.reports, None)
    sample = stream(folder, "stream-500.jsonl", 500, None)
    reports, tokens = count(program, sample, options.jobs)
    if reports != 500:
        sys.exit(f"{reports} of 500 reports came back")
    flags = ["--jobs", str(options.jobs)]
    runs = [run(program, path, flags) for _ in range(options.runs)]
    speeds = sorted(options.reports / seconds for seconds, _ in runs)
    middle = statistics.median(speeds)
    table([
        ("stream", f"{options.reports} reports, {os.path.getsize(path) / 1e6:.0f} MB"),
        ("tokens a report", f"{tokens / reports:.0f}"),
        ("runs, threads", f"{options.runs}, {options.jobs}"),
        ("reports/s", f"{speeds[0]:.0f} .. {middle:.0f} .. {speeds[-1]:.0f}  (least, median, most)"),
        ("tokens/s", f"{middle * tokens / reports:.0f}"),
        ("MB/s", f"{os.path.getsize(path) / 1e6 * middle / options.reports:.1f}"),
        ("peak memory", f"{max(peak for _, peak in runs):.0f} MB"),
    ])
    stages = os.path.join(os.path.dirname(program), "bench", "stages")
    if os.path.exists(stages):
        print("each stage, on one thread:", flush=True)
        subprocess.run([stages, sample], check=True, env=dict(os.environ, DATELINE_DATA=data_folder(program)))


def measure_memory(program, folder, options):
    """Peak memory over a gigabyte."""
    path = stream(folder, "stream-1GB.jsonl", None, GIGABYTE)
    seconds, peak = run(program, path, ["--jobs", str(options.jobs)])
    table([("1 GB stream", f"{seconds:.0f} s, {GIGABYTE / 1e6 / seconds:.1f} MB/s"), ("peak memory", f"{peak:.0f} MB")])


# What follows "<p ", a piece, and how often it is repeated.
HOSTILE = {"nested tags": (">", "<div>x", 1_000_000), "one tag": ('a="', "x" * 15, 1_000_000),
           "paragraphs": (">", "<p>x", 3_900_000), "one text": (">", "word ", 3_000_000),
           "attributes": ("", "a=b ", 3_900_000)}


def write_hostile(path, begin, piece, times):
    """In parts, so that this process stays small: its size counts for the program that it starts."""
    with open(path, "w", encoding="ascii") as out:
        out.write("<!doctype html><p " + begin)
        for _ in range(0, times, 10_000):
            out.write(piece * min(times, 10_000))


def measure_pages(program, folder, options):
    """Speed over pages of 100 kB on one thread, and memory over hostile ones."""
    path = os.path.join(folder, "pages-500.jsonl")
    if not os.path.exists(path):
        os.makedirs(folder, exist_ok=True)
        with open(path + ".part", "wb") as out:
            make_pages.write(out, 500, seed=1)
        os.rename(path + ".part", path)
    runs = [run(program, path, ["--no-find", "--jobs", "1"]) for _ in range(options.runs)]
    speeds = sorted(500 / seconds for seconds, _ in runs)
    rows = [("pages", f"500, {os.path.getsize(path) / 5e5:.0f} kB each"),
            ("pages/s", f"{speeds[0]:.0f} .. {statistics.median(speeds):.0f} .. {speeds[-1]:.0f}  (least, median, most)"),
            ("peak memory", f"{max(peak for _, peak in runs):.0f} MB")]
    hostile = os.path.join(folder, "hostile.html")
    for name, parts in HOSTILE.items():
        write_hostile(hostile, *parts)
        seconds, peak = run(program, hostile, ["--no-find", "--jobs", "1"], may_fail=True)
        rows.append((f"hostile: {name}", f"{seconds:.2f} s, {peak:.0f} MB"))
    os.remove(hostile)
    table(rows)


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--bin", required=True, help="the program")
    parser.add_argument("--reports", type=int, default=20000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--memory", action="store_true", help="the 1 GB stream instead")
    parser.add_argument("--pages", action="store_true", help="web pages instead")
    options = parser.parse_args()
    program = os.path.abspath(options.bin)
    folder = os.path.join(os.path.dirname(program), "bench")
    chosen = measure_memory if options.memory else measure_pages if options.pages else measure
    chosen(program, folder, options)


if __name__ == "__main__":
    main()
