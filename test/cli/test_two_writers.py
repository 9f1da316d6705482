"""Two processes add to one store at once: all that either has printed is there,
each report once, linked with those of the other, and `verify` passes; and a
report that is forgotten and added again leaves the store as it was."""
import json
import random
import subprocess
import sys
import unittest

import cli

REPORTS = 400
SYLLABLES = "ba ke lo mi nu ra se ti vo za dor fen gal hul jir".split()


def unlike(number):
    """A text that shares no run of words with those of other numbers: reports
    from one mould are stock phrases to each other, whoever comes first."""
    draw = random.Random(number)
    words = ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(70)]
    return " ".join(word.capitalize() + " the" if i % 14 == 0 else
                    word + ("." if i % 14 == 13 else "")
                    for i, word in enumerate(words))


def start(store, reports):
    process = subprocess.Popen(
        [cli.PROGRAM, "add", "--json", "--store", str(store), "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=cli.environment())
    process.stdin.write(cli.lines(reports))
    process.stdin.close()
    return process


def copies(store):
    """Which pairs share what, whichever of the two came first."""
    found = set()
    for line in cli.dateline("copies", "--json", "--store", store).records:
        pair = sorted((line["a"], line["b"]))
        found.add((*pair, line["kind"], len(line["passages"])))
    return found


class TwoWriters(unittest.TestCase):
    def test_at_once(self):
        reports = cli.reports(REPORTS)
        # The second half reprints the first.
        for number, report in enumerate(reports):
            report["text"] = unlike(number % (REPORTS // 2))
        with cli.folder() as folder:
            store, alone = folder / "a.db", folder / "b.db"
            running = [start(store, reports[:REPORTS // 2]),
                       start(store, reports[REPORTS // 2:])]
            printed = []
            for process in running:
                out, err = process.stdout.read(), process.stderr.read()
                self.assertEqual(process.wait(), 0, err)
                process.stdout.close()
                process.stderr.close()
                printed += [json.loads(x)["id"] for x in out.splitlines()]
            self.assertEqual(sorted(printed), sorted(r["id"] for r in reports))
            done = cli.dateline("verify", "--store", store)
            self.assertEqual(done.code, 0, done)
            cli.dateline("add", "--store", alone, "-",
                         stdin=cli.lines(reports))
            pairs = {line[:2] for line in copies(store)}
            for number in range(REPORTS // 2):
                both = (reports[number]["id"],
                        reports[number + REPORTS // 2]["id"])
                self.assertIn(tuple(sorted(both)), pairs)
            self.assertEqual(pairs, {line[:2] for line in copies(alone)})

    def test_forget_and_add_again(self):
        reports = cli.reports(60)
        reports[41]["text"] = reports[7]["text"]
        with cli.folder() as folder:
            store = folder / "a.db"
            cli.dateline("add", "--store", store, "-",
                         stdin=cli.lines(reports))
            before = copies(store)
            self.assertTrue(before)
            for number in (7, 41, 59):
                done = cli.dateline("forget", "--store", store,
                                    reports[number]["id"])
                self.assertEqual(done.code, 0, done)
                self.assertNotIn(reports[number]["id"],
                                 {i for line in copies(store)
                                  for i in line[:2]})
                cli.dateline("add", "--store", store, "-",
                             stdin=cli.lines([reports[number]]))
                self.assertEqual(copies(store), before)
            done = cli.dateline("verify", "--store", store)
            self.assertEqual(done.code, 0, done)


if __name__ == "__main__":
    sys.exit(unittest.main())
