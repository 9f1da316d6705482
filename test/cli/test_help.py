"""What the program says of itself: every command's --help and its examples,
which must run; mistakes on the command line; the manual and the completion
scripts, made from the same tables."""
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

import cli
import web

OVERVIEW = cli.dateline().out.decode()
COMMANDS = re.findall(r"^  ([a-z-]+) +\S", OVERVIEW, re.M)


def help_of(command):
    return cli.dateline(command, "--help").out.decode()


def examples_of(command):
    text = help_of(command).partition("\nExamples:\n")[2]
    return [line.strip() for line in text.splitlines()
            if line.startswith("  ") and not line.startswith("      ")]


class Help(unittest.TestCase):
    def test_overview_fits_one_screen(self):
        self.assertLessEqual(len(OVERVIEW.splitlines()), 28)
        self.assertGreater(len(COMMANDS), 15)
        for line in OVERVIEW.splitlines():
            self.assertLess(len(line), 80, line)
        for way in (["--help"], ["-h"], ["help"]):
            self.assertEqual(cli.dateline(*way).out.decode(), OVERVIEW)

    def test_every_help(self):
        for command in COMMANDS:
            with self.subTest(command):
                text = help_of(command)
                self.assertTrue(
                    text.startswith(f"Usage: dateline {command} "), text)
                self.assertTrue(examples_of(command), text)
                for line in text.splitlines():
                    self.assertLess(len(line), 81, line)
                self.assertEqual(
                    cli.dateline("help", command).out.decode(), text)
                self.assertEqual(
                    cli.dateline(command, "-h").out.decode(), text)


class Examples(unittest.TestCase):
    """Every example of every --help, in a folder as the manual imagines it:
    reports/ and a store of them in dateline.db."""

    @classmethod
    def setUpClass(cls):
        cls.scope = cli.folder()
        cls.folder = cls.scope.__enter__()
        cls.addClassCleanup(cls.scope.__exit__, None, None, None)
        cls.home = cls.folder / "home"
        reports = cls.home / "reports"
        shutil.copytree(cli.CORPUS / "clippings", reports)
        shutil.copy(cli.CORPUS / "reports.jsonl", reports)
        done = cli.dateline("add", "reports/", cwd=cls.home)
        assert done.code == 0, done
        first = json.loads((reports / "reports.jsonl").read_text().split("\n")[0])
        first["text"] += "\nThis report was corrected on Tuesday."
        done = cli.dateline("add", "-", stdin=cli.lines([first]),
                            cwd=cls.home)
        assert done.code == 0, done
        cls.watch_a_feed()
        (cls.folder / "bin").mkdir()
        os.symlink(os.path.abspath(cli.PROGRAM),
                   cls.folder / "bin" / "dateline")

    @classmethod
    def watch_a_feed(cls):
        """A list of feeds, each of them asked a moment ago."""
        site = web.Site()
        cls.addClassCleanup(site.close)
        site.feed("/feed", [])
        (cls.home / "feeds.opml").write_text(
            f'<opml><body><outline xmlUrl="{site.url}/feed"/></body></opml>')
        done = cli.dateline("watch", "--once", "--allow-private", "feeds.opml",
                            cwd=cls.home)
        assert done.code == 0, done

    def run_example(self, line):
        work = self.folder / "work"
        shutil.copytree(self.home, work)
        try:
            return subprocess.run(
                ["bash", "-c", line], cwd=work,
                capture_output=True, timeout=120,
                env=cli.environment(
                    PATH=f"{self.folder}/bin:{os.environ['PATH']}"))
        finally:
            shutil.rmtree(work)

    def test_examples_run(self):
        for command in COMMANDS:
            for line in examples_of(command):
                with self.subTest(line):
                    self.assertIn(f"dateline {command}", line)
                    done = self.run_example(line)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(done.stderr, b"")
                    if "--html" not in line and ">" not in line:
                        self.assertTrue(done.stdout, "said nothing")


class Mistakes(unittest.TestCase):
    def check(self, arguments, *words):
        done = cli.dateline(*arguments)
        self.assertEqual(done.code, 2, done)
        self.assertEqual(done.out, b"")
        for word in words:
            self.assertIn(word, done.err)

    def test_mistakes(self):
        for arguments, *words in [
            (["quotes", "--speeker", "X"],
             "--speeker", "did you mean --speaker?"),
            (["quotes", "--speeker=X"], "did you mean --speaker?"),
            (["quotes", "--zzz"], "unknown option --zzz"),
            (["quotes", "-s"], "unknown option -s"),
            (["qoutes"], "unknown command 'qoutes'", "'quotes'"),
            (["quotes", "--speaker"], "--speaker needs a value"),
            (["quotes", "--speaker="], "--speaker"),
            (["quotes", "--json=yes"], "--json takes no value"),
            (["quotes", "--kind", "whispered"], "whispered", "direct"),
            (["quotes", "--max", "many"], "--max: 'many' is no number"),
            (["quotes", "--max", "0"], "--max"),
            (["quotes", "--since", "monday"], "--since: 'monday'"),
            (["quotes", "--since", "2013-13"], "--since"),
            (["quotes", "--until", "2013-02-30"], "2013-02-30"),
            (["quotes", "extra"], "'extra'"),
            (["search"], "QUERY"),
            (["forget"], "ID"),
            (["analyze", "--max-report", "5x"], "--max-report: '5x'"),
            (["analyze", "--jobs", "-3"], "--jobs"),
            (["completion", "tcsh"], "tcsh", "bash"),
            (["same-name", "one"], "two names"),
        ]:
            with self.subTest(" ".join(arguments)):
                self.check(arguments, *words)

    def test_options_anywhere(self):
        """Before and behind the operands; -- ends them."""
        given = cli.lines(cli.reports(2))
        with cli.folder() as folder:
            (folder / "--tokens").write_bytes(given)
            plain = cli.dateline("analyze", "--", "--tokens", cwd=folder)
            self.assertEqual(len(plain.records), 2, plain)
            self.assertNotIn("tokens", plain.records[0])
            for arguments in (["--tokens", "-"], ["-", "--tokens"],
                              ["-", "--tokens", "--jobs=1"]):
                done = cli.dateline("analyze", *arguments, stdin=given)
                self.assertIn("tokens", done.records[0])

    def test_sizes(self):
        given = cli.lines([{"id": "x", "text": "word " * 600}])
        for size, code in (("2k", 1), ("4K", 0), ("1M", 0), ("100", 1)):
            done = cli.dateline("analyze", "--max-report", size, "-",
                                stdin=given)
            self.assertEqual(done.code, code, f"{size}: {done}")


class Made(unittest.TestCase):
    def test_completion_bash(self):
        script = cli.dateline("completion", "bash").out.decode()
        done = subprocess.run(["bash", "-n"], input=script, text=True,
                              capture_output=True)
        self.assertEqual(done.stderr, "")
        for words, want in (
                ("dateline quo", "quotes"),
                ("dateline quotes --spe", "--speaker"),
                ("dateline figures --kind kil", "killed"),
                ("dateline completion f", "fish")):
            typed = words.split()
            done = subprocess.run(
                ["bash", "-c", script + "\nCOMP_WORDS=(\"$@\")\n"
                 f"COMP_CWORD={len(typed) - 1}\n_dateline\n"
                 "printf '%s\\n' \"${COMPREPLY[@]}\"", "bash", *typed],
                capture_output=True, text=True)
            self.assertEqual(done.stdout.split(), [want], words)

    def test_completion_others(self):
        for shell in ("zsh", "fish"):
            script = cli.dateline("completion", shell).out.decode()
            for command in COMMANDS:
                self.assertIn(command, script)
            if shutil.which(shell):
                done = subprocess.run([shell, "-n"], input=script, text=True,
                                      capture_output=True)
                self.assertEqual(done.stderr, "")

    def test_manual(self):
        page = cli.dateline("manual").out.decode()
        self.assertTrue(page.startswith(".TH DATELINE 1"))
        plain = page.replace("\\-", "-")
        for command in COMMANDS:
            self.assertIn(f".SS dateline {command}", plain)
        if shutil.which("man"):
            done = subprocess.run(
                ["man", "--warnings", "-l", "-"], input=page, text=True,
                capture_output=True, env=cli.environment(
                    MANWIDTH="80", LC_ALL="C.UTF-8", PAGER="cat"))
            self.assertEqual(done.stderr, "")


class Colour(unittest.TestCase):
    def test_colour(self):
        with cli.folder() as folder:
            store = ("--store", folder / "a.db")
            cli.dateline("add", *store, "-", stdin=cli.lines(cli.reports(4)))
            plain = cli.dateline("quotes", *store).out
            self.assertNotIn(b"\x1b", plain)
            always = cli.dateline("quotes", *store, "--color=always").out
            self.assertIn(b"\x1b[", always)
            self.assertEqual(re.sub(rb"\x1b\[[0-9;]*m", b"", always), plain)
            self.assertEqual(
                cli.dateline("quotes", *store, "--color", "never").out,
                plain)


if __name__ == "__main__":
    sys.exit(unittest.main())
