"""Bad input: each costs one clear message that names the place, the rest goes
on, and the exit status is 1."""
import gzip
import io
import json
import os
import sys
import unittest
import zipfile

import cli

GOOD = {"id": "good", "text": "Rain fell on Harrow Bay, officials said."}
MEMORY = 400 << 20  # bytes that no bad input may take


class BadInput(unittest.TestCase):
    def setUp(self):
        self.scope = cli.folder()
        self.folder = self.scope.__enter__()
        self.addCleanup(self.scope.__exit__, None, None, None)
        (self.folder / "zz-good.jsonl").write_bytes(cli.lines([GOOD]))

    def expect(self, done, *place, words=()):
        """One complaint, which names the place; the good report came out."""
        self.assertEqual(done.code, 1, done)
        self.assertEqual(len(done.complaints), 1, done)
        self.assertIn(":".join(map(str, place)), done.complaints[0])
        for word in words:
            self.assertIn(word, done.complaints[0])
        self.assertEqual([r["id"] for r in done.records], ["good"], done)
        self.assertLess(done.peak, MEMORY, done)

    def check(self, name, content, *place, words=()):
        """A file with this content, read together with a good one; and the
        same in `add`."""
        bad = self.folder / name
        bad.write_bytes(content)
        self.expect(cli.dateline("analyze", self.folder), bad, *place,
                    words=words)
        store = self.folder.parent / f"{self.folder.name}.db"
        try:
            added = cli.dateline("add", "--json", "--store", store,
                                 self.folder)
            self.assertEqual(added.code, 1, added)
            self.assertEqual(
                sorted((r["id"], r["status"]) for r in added.records
                       if r["id"]), [("good", "added")], added)
            self.assertEqual(
                [r["status"] for r in added.records if not r["id"]],
                ["refused"], added)
        finally:
            for end in ("", "-wal", "-shm"):
                if os.path.exists(f"{store}{end}"):
                    os.remove(f"{store}{end}")

    def test_empty_file(self):
        self.check("empty.txt", b"")

    def test_invalid_utf8_in_jsonl(self):
        self.check("utf8.jsonl",
                   cli.lines([GOOD])[:-1].replace(b"good", b"a\xff") + b"\n",
                   1)

    def test_nul_in_jsonl(self):
        self.check("nul.jsonl", b'{"text":"a\x00b"}\n', 1)

    def test_nul_in_text(self):
        self.check("nul.txt", b"Rain fell on\x00 Harrow Bay, they said.\n")

    def test_json_cut_off(self):
        self.check("cut.jsonl", b'{"id":"x","text":"Rain fell on', 1)

    def test_second_line_cut_off(self):
        (self.folder / "zz-good.jsonl").unlink()
        self.check("cut2.jsonl",
                   cli.lines([GOOD]) + b'{"id":"x","text":"Rain\n', 2)

    def test_no_object(self):
        (self.folder / "zz-good.jsonl").unlink()
        self.check("list.jsonl", cli.lines([GOOD]) + b"[1, 2, 3]\n", 2)

    def test_wrong_type(self):
        self.check("type.jsonl", b'{"id":"x","text":["Rain fell"]}\n', 1,
                   words=["text"])

    def test_no_text(self):
        self.check("none.jsonl", b'{"id":"x","title":"Rain"}\n', 1,
                   words=["text"])

    def test_gzip_cut_off(self):
        whole = gzip.compress(b"Rain fell on Harrow Bay for days. " * 5000
                              + os.urandom(5000).hex().encode())
        self.check("cut.txt.gz", whole[:len(whole) // 2])

    def test_gzip_bomb(self):
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as out:
            for _ in range(300):
                out.write(b"\0" * (1 << 20))
        self.check("bomb.gz", packed.getvalue())

    def test_zip_bomb(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
            with out.open("bomb.txt", "w") as member:
                for _ in range(300):
                    member.write(b"a" * (1 << 20))
        self.check("bomb.zip", packed.getvalue())

    def test_line_of_200_megabytes(self):
        (self.folder / "zz-good.jsonl").unlink()
        bad = self.folder / "long.jsonl"
        with open(bad, "wb") as out:
            out.write(b'{"id":"long","text":"')
            for _ in range(200):
                out.write(b"words " * 174763)
            out.write(b'"}\n')
            out.write(cli.lines([GOOD]))
        self.expect(cli.dateline("analyze", self.folder), bad, 1)

    def test_report_over_the_limit(self):
        self.check("large.jsonl",
                   cli.lines([{"id": "x", "text": "word " * (4 << 20)}]), 1)

    def test_symlink_loop(self):
        (self.folder / "inner").mkdir()
        os.symlink("..", self.folder / "inner" / "loop")
        self.expect(cli.dateline("analyze", self.folder), self.folder /
                    "inner" / "loop")

    def test_dangling_symlink(self):
        os.symlink("nowhere", self.folder / "dangling.txt")
        self.expect(cli.dateline("analyze", self.folder),
                    self.folder / "dangling.txt")

    def test_missing_file(self):
        self.expect(cli.dateline("analyze", self.folder / "nothing",
                                 self.folder / "zz-good.jsonl"),
                    self.folder / "nothing")

    def test_folder_without_permission(self):
        closed = self.folder / "closed"
        closed.mkdir()
        (closed / "in.txt").write_text("Nobody reads this.")
        closed.chmod(0)
        nobody = os.getuid() == 0
        if nobody and not cli.can_be_nobody():
            self.skipTest("root, and nobody may not run the program")
        self.expect(cli.dateline("analyze", self.folder, as_nobody=nobody),
                    closed)

    def test_file_without_permission(self):
        closed = self.folder / "closed.txt"
        closed.write_text("Nobody reads this.")
        closed.chmod(0)
        nobody = os.getuid() == 0
        if nobody and not cli.can_be_nobody():
            self.skipTest("root, and nobody may not run the program")
        self.expect(cli.dateline("analyze", self.folder, as_nobody=nobody),
                    closed)

    def test_every_line_is_told(self):
        """Many bad lines among good ones: each is told with its number."""
        good = [json.dumps(r) for r in cli.reports(100)]
        text = "".join(line + "\n{\"text\":7}\n" for line in good)
        done = cli.dateline("analyze", "-", stdin=text.encode())
        self.assertEqual(done.code, 1, done)
        self.assertEqual([c.split(":")[1] for c in done.complaints],
                         [str(2 * n) for n in range(1, 101)])
        self.assertEqual(len(done.records), 100)

    def test_no_charset(self):
        done = cli.dateline("analyze", "--charset", "KLINGON",
                            self.folder)
        self.assertEqual(done.code, 2, done)
        self.assertIn("KLINGON", done.err)


if __name__ == "__main__":
    sys.exit(unittest.main())
