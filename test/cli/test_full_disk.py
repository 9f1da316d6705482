"""A full disk and a store that cannot be written: one clear error, and nothing
is lost."""
import os
import pathlib
import sys
import unittest

import cli

WRAPPER = pathlib.Path(__file__).with_name("preload.c").read_text()


class FullDisk(unittest.TestCase):
    def test_full_store(self):
        """The disk fills up after so many bytes."""
        cli.needs_preload()
        given = cli.lines(cli.reports(300))
        with cli.folder() as folder:
            library = cli.compiled(folder, "preload", WRAPPER, shared=True)
            log = folder / "log"
            cli.dateline("add", "--store", folder / "whole.db", "-",
                         stdin=given, LD_PRELOAD=library, PRELOAD_LOG=log)
            written = sum(int(line.split()[2])
                          for line in log.read_text().splitlines()
                          if line.startswith("store"))
            some = 0
            for part in (0, 0.02, 0.1, 0.2, 0.4, 0.6):
                room = int(written * part)
                store = folder / f"{room}.db"
                done = cli.dateline("add", "--json", "--store", store, "-",
                                    stdin=given, LD_PRELOAD=library,
                                    PRELOAD_ROOM=str(room))
                with self.subTest(room=room):
                    some += bool(done.out)
                    self.check(store, done, given)
            self.assertGreater(some, 0, "no case in which some were kept")

    def check(self, store, done, given):
        self.assertEqual(done.code, 3, done)
        self.assertEqual(len(done.complaints), 1, done)
        self.assertIn(store.name, done.err)
        self.assertIn("full", done.err)
        printed = {r["id"] for r in done.records}
        if printed:
            verified = cli.dateline("verify", "--store", store)
            self.assertEqual(verified.code, 0, verified)
            listed = cli.dateline("stories", "--json", "--store", store)
            held = {i for story in listed.records for i in story["reports"]}
            self.assertLessEqual(printed, held)
        # With room again, the same command brings it to its end.
        again = cli.dateline("add", "--json", "--store", store, "-",
                             stdin=given)
        self.assertEqual(again.code, 0, again)
        self.assertEqual(len(again.records), 300)

    def test_full_output(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "wb") as full:
            done = cli.dateline("analyze", "-", stdout=full,
                                stdin=cli.lines(cli.reports(300)))
        self.assertEqual(done.code, 3, done)
        self.assertEqual(len(done.complaints), 1, done)
        self.assertIn("standard output", done.err)

    def test_output_that_goes_away(self):
        """`| head` is no error, and nothing is said."""
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as gone:
            done = cli.dateline("analyze", "-", stdout=gone,
                                stdin=cli.lines(cli.reports(300)))
        self.assertEqual(done.err, "", done)
        self.assertEqual(done.code, -13, done)

    def test_page_on_a_full_disk(self):
        """A page that cannot be written leaves the old one as it was."""
        with cli.folder() as folder:
            store = ("--store", folder / "a.db")
            cli.dateline("add", *store, "-", stdin=cli.lines(cli.reports(5)))
            done = cli.dateline("show", *store, "--html",
                                folder / "none" / "a.html")
            self.assertEqual(done.code, 3, done)
            self.assertIn("a.html", done.err)


class ReadOnly(unittest.TestCase):
    def setUp(self):
        self.nobody = os.getuid() == 0
        if self.nobody and not cli.can_be_nobody():
            self.skipTest("root, and nobody may not run the program")

    def test_read_only(self):
        """A file, or its folder, that may not be written."""
        for file_mode, folder_mode in ((0o444, 0o755), (0o444, 0o555)):
            with self.subTest(folder=oct(folder_mode)), \
                    cli.folder() as folder:
                inner = folder / "inner"
                inner.mkdir()
                store = inner / "a.db"
                given = cli.lines(cli.reports(10))
                cli.dateline("add", "--store", store, "-", stdin=given)
                store.chmod(file_mode)
                inner.chmod(folder_mode)
                done = cli.dateline("add", "--json", "--store", store, "-",
                                    stdin=cli.lines(cli.reports(3, 20)),
                                    as_nobody=self.nobody)
                self.assertEqual(done.code, 3, done)
                self.assertEqual(len(done.complaints), 1, done)
                self.assertIn("a.db", done.err)
                self.assertEqual(done.out, b"")
                read = cli.dateline("quotes", "--json", "--store", store,
                                    as_nobody=self.nobody)
                self.assertEqual(read.code, 0, read)
                self.assertTrue(read.records)
                verified = cli.dateline("verify", "--store", store)
                self.assertEqual(verified.code, 0, verified)

    def test_folder_without_permission(self):
        with cli.folder() as folder:
            folder.chmod(0o555)
            done = cli.dateline("add", "--store", folder / "a.db", "-",
                                stdin=cli.lines(cli.reports(3)),
                                as_nobody=self.nobody)
            self.assertEqual(done.code, 3, done)
            self.assertEqual(len(done.complaints), 1, done)
            self.assertIn("a.db", done.err)
            folder.chmod(0o755)


class NoStore(unittest.TestCase):
    def test_missing(self):
        with cli.folder() as folder:
            for command in ("stories", "show", "verify", "forget"):
                done = cli.dateline(command, "--store", folder / "a.db",
                                    *(["x"] if command == "forget" else []))
                self.assertEqual(done.code, 3, done)
                self.assertEqual(len(done.complaints), 1, done)
                self.assertIn("a.db", done.err)
                self.assertFalse((folder / "a.db").exists())

    def test_no_store(self):
        with cli.folder() as folder:
            other = folder / "other.db"
            other.write_text("This is no store, but a text. " * 100)
            for command in ("add", "stories", "verify"):
                done = cli.dateline(command, "--store", other,
                                    stdin=cli.lines(cli.reports(1)))
                self.assertEqual(done.code, 3, done)
                self.assertEqual(len(done.complaints), 1, done)
                self.assertIn("other.db", done.err)
            self.assertTrue(other.read_text().startswith("This is no store"))


if __name__ == "__main__":
    sys.exit(unittest.main())
