"""What `add --json` prints has been synced to the disk before.

A wrapper in front of the C library (preload.c) logs writes to the store, syncs
and writes to standard output in the order in which they happen."""
import pathlib
import sys
import unittest

import cli

WRAPPER = pathlib.Path(__file__).with_name("preload.c").read_text()


class Sync(unittest.TestCase):
    def setUp(self):
        cli.needs_preload()

    def test_sync(self):
        with cli.folder() as folder:
            library = cli.compiled(folder, "preload", WRAPPER, shared=True)
            log = folder / "log"
            done = cli.dateline("add", "--json", "--store", folder / "a.db",
                                "-", stdin=cli.lines(cli.reports(400)),
                                LD_PRELOAD=library, PRELOAD_LOG=log)
            self.assertEqual(done.code, 0, done)
            self.assertEqual(len(done.records), 400)
            events = [line.split() for line in log.read_text().splitlines()]
        prints = unsynced = written = 0
        for event in events:
            if event[0] == "store" and event[1] == "wal":
                unsynced, written = unsynced + 1, written + 1
            elif event[0] == "sync" and event[1] == "wal":
                unsynced = 0
            elif event[0] == "print":
                prints += 1
                self.assertGreater(written, 0, "printed before any write")
                self.assertEqual(unsynced, 0, "printed before the sync")
                written = 0
        self.assertGreater(prints, 2, "all in one piece: nothing was shown")


if __name__ == "__main__":
    sys.exit(unittest.main())
