#!/usr/bin/env python3
"""Measure what adding a report costs as the store grows, and draw it.

    bench/curve.py --bin build/dateline --stream FILE [--piece N] [--out curve.tsv]
    bench/curve.py --draw curve.tsv --svg curve.svg

The stream (JSON lines, such as ../shared/score/make_stream.py writes) goes into one new store in pieces, an
`add --no-find` each. A line a piece: reports in the store, microseconds of processor time a report (user and
system, all threads), wall clock likewise, peak memory in MiB, size of the store in MiB. On a machine with other
work the processor time is the one to look at. --draw makes a plot of the columns of time.
"""
import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time

COLUMNS = ("reports", "cpu_us", "wall_us", "peak_mib", "store_mib")
WIDTH, HEIGHT, MARGIN = 640, 320, 56


def add(program, store, lines):
    """Add some lines: their number, processor seconds, wall seconds, peak MiB."""
    with tempfile.TemporaryFile() as feed:
        feed.writelines(lines)
        feed.seek(0)
        begin = time.monotonic()
        process = subprocess.Popen([program, "add", "--no-find", "--store", store, "-"], stdin=feed,
                                   stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{program} add: exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begin, usage.ru_maxrss / 1024


def measure(options):
    """A row a piece, written as it comes."""
    done = 0
    with tempfile.TemporaryDirectory() as folder, open(options.stream, "rb") as stream, \
            open(options.out, "w", encoding="utf-8") as out:
        store = os.path.join(folder, "store.db")
        print(*COLUMNS, sep="\t", file=out)
        while piece := list(itertools.islice(stream, options.piece)):
            cpu, wall, peak = add(os.path.abspath(options.bin), store, piece)
            done += len(piece)
            print(done, f"{cpu / len(piece) * 1e6:.0f}", f"{wall / len(piece) * 1e6:.0f}", f"{peak:.0f}",
                  f"{os.path.getsize(store) / 2 ** 20:.0f}", sep="\t", file=out, flush=True)


def draw(options):
    """The processor time over the number of reports, as SVG."""
    with open(options.draw, encoding="utf-8") as rows:
        rows = [line.split("\t") for line in rows if not line.startswith(("#", "reports"))]
    points = [(float(row[0]), float(row[1])) for row in rows]
    most_x, most_y = max(x for x, _ in points), max(y for _, y in points) * 1.2

    def place(x, y):
        return (MARGIN + x / most_x * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - y / most_y * (HEIGHT - 2 * MARGIN))

    path = " ".join("%.1f,%.1f" % place(*point) for point in points)
    left, bottom = place(0, 0)
    right, top = place(most_x, most_y)
    ticks = "".join(f'<text x="{left - 8:.0f}" y="{place(0, y)[1] + 4:.0f}" text-anchor="end">{y:.0f}</text>'
                    for y in (0, most_y / 2, most_y))
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" '
           f'font-size="12"><rect width="100%" height="100%" fill="white"/>'
           f'<path d="M{left:.0f},{top:.0f}V{bottom:.0f}H{right:.0f}" fill="none" stroke="#888"/>'
           f'<polyline points="{path}" fill="none" stroke="#06c" stroke-width="2"/>{ticks}'
           f'<text x="{right:.0f}" y="{bottom + 20:.0f}" text-anchor="end">{most_x:,.0f} reports</text>'
           f'<text x="{left:.0f}" y="{top - 12:.0f}">processor time a report, microseconds</text></svg>\n')
    with open(options.svg, "w", encoding="utf-8") as out:
        out.write(svg)


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--bin", default="build/dateline")
    parser.add_argument("--stream")
    parser.add_argument("--piece", type=int, default=10000)
    parser.add_argument("--out", default="curve.tsv")
    parser.add_argument("--draw", metavar="TSV")
    parser.add_argument("--svg", default="curve.svg")
    options = parser.parse_args()
    if options.draw:
        draw(options)
    elif options.stream:
        measure(options)
    else:
        parser.error("--stream or --draw")


if __name__ == "__main__":
    main()
