"""The public API from outside: the two example programs, and the shared
library through ctypes."""
import ast
import ctypes
import json
import os
import subprocess
import sys
import unittest

import cli

LIBRARY = os.environ.get("DATELINE_LIBRARY",
                         str(cli.BUILD / "src" / "libdateline.so"))
FIRST_C = os.environ.get("DATELINE_FIRST_C",
                         str(cli.BUILD / "examples" / "first"))
FIRST_PY = cli.SOURCE / "examples" / "python" / "first.py"


class Examples(unittest.TestCase):
    def run_example(self, *command):
        with cli.folder() as folder:
            done = subprocess.run(
                [*command, str(folder / "news.db")], capture_output=True,
                text=True, cwd=folder,
                env=cli.environment(DATELINE_LIBRARY=LIBRARY))
            self.assertEqual(done.returncode, 0, done)
            verified = cli.dateline("verify", "--store", folder / "news.db")
            self.assertEqual(verified.code, 0, verified)
            again = subprocess.run(
                [*command, str(folder / "none" / "news.db")],
                capture_output=True, text=True, cwd=folder,
                env=cli.environment(DATELINE_LIBRARY=LIBRARY))
            self.assertEqual(again.returncode, 1, again)
            self.assertIn("news.db", again.stderr)
        return done.stdout.splitlines()

    def check(self, quotes):
        self.assertEqual(len(quotes), 2, quotes)
        self.assertEqual(quotes[0]["speaker"]["name"], "Ada Brandt")
        self.assertEqual(quotes[0]["kind"], "direct")
        self.assertEqual(len(quotes[0]["mentions"]), 1)

    def test_c(self):
        self.check([json.loads(line) for line in self.run_example(FIRST_C)])

    def test_python(self):
        linked = subprocess.run(["ldd", LIBRARY], capture_output=True,
                                text=True)
        if "libasan" in linked.stdout:
            self.skipTest("a sanitizer wants to be the first library")
        self.check([ast.literal_eval(line) for line in
                    self.run_example(sys.executable, str(FIRST_PY))])

    def test_c_is_short(self):
        code = (cli.SOURCE / "examples/c/first.c").read_text().splitlines()
        self.assertLessEqual(len(code), 45)


class Options(ctypes.Structure):
    _fields_ = [("clean", ctypes.c_int), ("find", ctypes.c_int),
                ("tokens", ctypes.c_int), ("conllu", ctypes.c_int),
                ("jobs", ctypes.c_uint),
                ("max_report", ctypes.c_size_t),
                ("charset", ctypes.c_char_p)]


class Report(ctypes.Structure):
    _fields_ = [("text", ctypes.c_char_p), ("text_len", ctypes.c_size_t)] + [
        (name, ctypes.c_char_p) for name in
        ("id", "title", "outlet", "url", "published", "byline", "language")]


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int),
                ("message", ctypes.c_char * 512)]


LIMIT, INPUT, ENCODING, USAGE = 2, 3, 4, 9


class Analyze(unittest.TestCase):
    """dateline_analyze(): the record of the command line, from memory."""

    @classmethod
    def setUpClass(cls):
        linked = subprocess.run(["ldd", LIBRARY], capture_output=True,
                                text=True)
        if "libasan" in linked.stdout:
            raise unittest.SkipTest("a sanitizer wants to be first")
        cls.library = ctypes.CDLL(LIBRARY)
        for name in ("dateline_free", "dateline_release"):
            getattr(cls.library, name).argtypes = [ctypes.c_void_p]
        cls.library.dateline_version.restype = ctypes.c_char_p
        cls.data = ctypes.c_void_p()
        error = Error()
        assert cls.library.dateline_new(None, ctypes.byref(cls.data),
                                        ctypes.byref(error)) == 0, \
            error.message

    @classmethod
    def tearDownClass(cls):
        cls.library.dateline_free(cls.data)

    def analyze(self, options=None, **fields):
        report = Report(**fields)
        json_text = ctypes.c_void_p()
        length = ctypes.c_size_t()
        error = Error()
        status = self.library.dateline_analyze(
            self.data, ctypes.byref(report),
            ctypes.byref(options) if options else None,
            ctypes.byref(json_text), ctypes.byref(length),
            ctypes.byref(error))
        if status != 0:
            self.assertEqual(status, error.status)
            self.assertTrue(error.message)
            return status, error.message.decode()
        record = json.loads(ctypes.string_at(json_text, length.value))
        self.assertEqual(ctypes.string_at(json_text)[-1:], b"}")
        self.library.dateline_release(json_text)
        return 0, record

    def test_same_as_the_command(self):
        given = cli.report(3)
        _, record = self.analyze(
            **{key: value.encode() for key, value in given.items()})
        done = cli.dateline("analyze", "-", stdin=cli.lines([given]))
        self.assertEqual(record, done.records[0])

    def test_options(self):
        options = Options()
        self.library.dateline_options_init(ctypes.byref(options))
        self.assertEqual(options.find, 1)
        options.find, options.tokens = 0, 1
        status, record = self.analyze(options, text=b"Rain fell, he said.")
        self.assertEqual(status, 0)
        self.assertTrue(record["tokens"])
        self.assertEqual(record["quotes"], [])

    def test_faults(self):
        small = Options()
        self.library.dateline_options_init(ctypes.byref(small))
        small.max_report = 10
        cases = [
            ("no text", None, {}, USAGE, "text"),
            ("invalid", None, {"text": b"a\xff"}, ENCODING, "byte 1"),
            ("invalid title", None, {"text": b"a", "title": b"\xc3"},
             ENCODING, "title"),
            ("a NUL", None, {"text": b"a\0b", "text_len": 3}, INPUT, "NUL"),
            ("no date", None, {"text": b"a", "published": b"yesterday"},
             INPUT, "published"),
            ("too large", small, {"text": b"12345678901"}, LIMIT, "11 bytes"),
        ]
        for name, options, fields, want, word in cases:
            with self.subTest(name):
                status, message = self.analyze(options, **fields)
                self.assertEqual(status, want, message)
                self.assertIn(word, message)

    def test_version(self):
        version = self.library.dateline_version().decode()
        self.assertEqual(cli.dateline("--version").out.decode(),
                         f"dateline {version}\n")

    def test_no_data(self):
        error, data = Error(), ctypes.c_void_p()
        status = self.library.dateline_new(b"/nonexistent",
                                           ctypes.byref(data),
                                           ctypes.byref(error))
        self.assertNotEqual(status, 0)
        self.assertIn(b"/nonexistent", error.message)
        self.assertIsNone(data.value)


if __name__ == "__main__":
    sys.exit(unittest.main())
