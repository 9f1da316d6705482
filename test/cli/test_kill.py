"""SIGKILL to `add --json` at many instants spread over its run: the store
opens, `verify` passes, every report that was printed is there whole, and none
is there in part.

DATELINE_KILLS sets the number of instants (default 200)."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import unittest

import cli

KILLS = int(os.environ.get("DATELINE_KILLS", "200"))
REPORTS = 150
PARTS = ("time", "quote", "figure", "mention")


def stored(path):
    """What the store holds of each report: its text, and how many rows of
    each part; empty when there is no schema yet."""
    base = sqlite3.connect(path)
    try:
        if base.execute("SELECT count(*) FROM sqlite_schema "
                        "WHERE name = 'report'").fetchone()[0] == 0:
            return {}
        found = {}
        for number, id_, text, story in base.execute(
                "SELECT report, id, text, (SELECT story FROM standing s "
                "WHERE s.report = r.report) FROM report r"):
            counts = tuple(
                base.execute(f"SELECT count(*) FROM {part} WHERE report = ?",
                             (number,)).fetchone()[0] for part in PARTS)
            found[id_] = (text, story is not None, counts)
        return found
    finally:
        base.close()


class Kill(unittest.TestCase):
    def add(self, store, stop=None):
        """Run add; kill it after `stop` seconds. The ids that it printed."""
        out = self.folder / "out"
        with open(out, "wb") as sink:
            process = subprocess.Popen(
                [cli.PROGRAM, "add", "--json", "--store", str(store),
                 str(self.input)], stdout=sink, stderr=subprocess.DEVNULL,
                env=cli.environment())
            began = time.monotonic()
            try:
                process.wait(timeout=stop)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        whole = out.read_bytes().rpartition(b"\n")[0].splitlines()
        return ([json.loads(line)["id"] for line in whole],
                time.monotonic() - began, process.returncode)

    def check(self, store, printed, whole, moment):
        if not store.exists():
            self.assertEqual(printed, [], moment)
            return
        found = stored(store)
        for name in printed:
            self.assertIn(name, found, f"{moment}: printed, but not there")
        for name, held in found.items():
            self.assertEqual(held, whole[name], f"{moment}: {name} in part")
        if found or printed:
            done = cli.dateline("verify", "--store", store)
            self.assertEqual(done.code, 0, f"{moment}: {done}")

    def remove(self, store):
        for end in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(f"{store}{end}"):
                os.remove(f"{store}{end}")

    def test_kill(self):
        with cli.folder() as self.folder:
            self.input = self.folder / "reports.jsonl"
            self.input.write_bytes(cli.lines(cli.reports(REPORTS)))
            complete = self.folder / "complete.db"
            begun = self.folder / "begun.db"
            killed = self.folder / "killed.db"
            printed, length, code = self.add(complete)
            self.assertEqual((len(printed), code), (REPORTS, 0))
            whole = stored(complete)
            self.assertEqual(set(whole), set(printed))
            done = cli.dateline("add", "--store", begun, "-",
                                stdin=cli.lines(cli.reports(40)))
            self.assertEqual(done.code, 0, done)
            hits = 0
            for n in range(KILLS):
                self.remove(killed)
                if n % 4 == 3:  # into a store that holds some already
                    shutil.copy(begun, killed)
                moment = length * (n + 0.5) / KILLS
                printed, _, code = self.add(killed, moment)
                hits += code != 0
                self.check(killed, printed, whole, f"after {moment:.4f} s")
            self.assertGreater(hits, KILLS // 4, "killed too late")
            # What was begun can be brought to its end.
            self.add(killed)
            self.assertEqual(stored(killed), whole)


if __name__ == "__main__":
    sys.exit(unittest.main())
