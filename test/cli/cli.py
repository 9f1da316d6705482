"""What the tests of the command line share: running it, and reports to read.

The tests run in the build folder's environment (test/meson.build): DATELINE
is the program, DATELINE_BUILD its folder, DATELINE_SOURCE the source tree,
DATELINE_CC the compiler.
"""
import contextlib
import json
import os
import pathlib
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest

SOURCE = pathlib.Path(os.environ.get("DATELINE_SOURCE",
                                     pathlib.Path(__file__).parents[2]))
BUILD = pathlib.Path(os.environ.get("DATELINE_BUILD", SOURCE / "build"))
PROGRAM = os.environ.get("DATELINE", str(BUILD / "dateline"))
COMPILER = os.environ.get("DATELINE_CC", "cc")
CORPUS = SOURCE / "examples" / "corpus"
NOBODY = 65534


class Done:
    """A finished run: exit status, output, complaints, peak memory."""

    def __init__(self, code, out, err, seconds, peak):
        self.code, self.out, self.err = code, out, err
        self.seconds, self.peak = seconds, peak  # peak: bytes resident

    @property
    def records(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaints(self):
        return self.err.splitlines()

    def __str__(self):
        return (f"exit {self.code} after {self.seconds:.1f} s\n"
                f"stdout: {self.out[:500]!r}\nstderr: {self.err[:2000]}")


def environment(**more):
    env = {k: v for k, v in os.environ.items()
           if k not in ("DATELINE_STORE", "NO_COLOR", "COLUMNS")}
    env.update(more)
    return env


def dateline(*arguments, stdin=b"", cwd=None, as_nobody=False, limits=(),
             timeout=300, stdout=None, **env):
    """Run the program to its end."""
    def prepare():
        for what, value in limits:
            resource.setrlimit(what, (value, value))
        if as_nobody:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, \
            tempfile.TemporaryFile() as source:
        source.write(stdin)
        source.seek(0)
        began = time.monotonic()
        process = subprocess.Popen(
            [PROGRAM, *map(str, arguments)], stdin=source,
            stdout=stdout or out, stderr=err, cwd=cwd,
            env=environment(**env),
            preexec_fn=prepare if limits or as_nobody else None)
        try:
            signal.signal(signal.SIGALRM, lambda *_: process.kill())
            signal.alarm(timeout)
            _, status, usage = os.wait4(process.pid, 0)
        finally:
            signal.alarm(0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Done(process.returncode, out.read(),
                    err.read().decode("utf-8", "replace"), seconds,
                    usage.ru_maxrss * 1024)


@contextlib.contextmanager
def folder():
    """A folder that everybody may enter, gone afterwards."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="dateline-test-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", str(path)], check=False)
        shutil.rmtree(path, ignore_errors=True)


def can_be_nobody():
    """True if we are root and nobody may run the program."""
    if os.getuid() != 0:
        return False
    try:
        return dateline("--version", as_nobody=True).code == 0
    except (OSError, subprocess.SubprocessError):
        return False


PLACES = ["Port Selby", "Harrow Bay", "Castle Dene", "Low Marsh", "Eastwick"]
NAMES = ["Ada Brandt", "Tomas Keller", "Irene Moss", "Paul Okello"]


def report(number):
    """A short report of our own, each one different from every other."""
    place = PLACES[number % len(PLACES)]
    name = NAMES[number % len(NAMES)]
    day = 1 + number % 28
    return {
        "id": f"test-{number:04d}",
        "outlet": f"Outlet {number % 7}",
        "published": f"2019-{1 + number // 28 % 12:02d}-{day:02d}",
        "title": f"Flood number {number} reaches {place}",
        "text": f"Water rose for day {number} in {place}, the mayor said.\n"
                f"\"We have moved {number + 3} families to the school,\" "
                f"{name}, the mayor, said on Monday.\n"
                f"At least {number + 2} people were killed and "
                f"{2 * number + 5} injured in flood {number}, police said.",
    }


def reports(count, first=0):
    return [report(number) for number in range(first, first + count)]


def lines(items):
    return "".join(json.dumps(item) + "\n" for item in items).encode()


def contents(path):
    """All rows of all tables of a store, in an order that depends on nothing
    but what they hold. How the index of postings and that of words are cut into
    segments depends on where commits fell; `verify` says whether it holds what it should."""
    base = sqlite3.connect(path)
    tables = [row[0] for row in base.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
        "sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE "
        "'report_text_%' AND name NOT IN ('segment', 'posting', "
        "'posting_filter', 'sqlite_sequence') ORDER BY name")]
    found = {table: sorted(map(repr, base.execute(f'SELECT * FROM "{table}"')))
             for table in tables}
    base.close()
    return found


def compiled(path, name, code, shared=False):
    """A C file of a test, compiled; skips the test where that fails."""
    source = path / f"{name}.c"
    target = path / (f"{name}.so" if shared else name)
    source.write_text(code)
    flags = ["-shared", "-fPIC"] if shared else []
    done = subprocess.run(
        [*COMPILER.split(), *flags, "-o", str(target), str(source), "-ldl"],
        capture_output=True, text=True)
    if done.returncode != 0:
        raise unittest.SkipTest(f"no compiler: {done.stderr}")
    return target


def needs_preload():
    """Skip where a wrapper library cannot be put before the program's."""
    if os.uname().sysname != "Linux":
        raise unittest.SkipTest("LD_PRELOAD is Linux's")
    linked = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True)
    if "libasan" in linked.stdout or "libtsan" in linked.stdout:
        raise unittest.SkipTest("a sanitizer wants to be the first library")
