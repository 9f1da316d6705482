"""Only the public API is exported, and all of it is."""
import os
import re
import subprocess
import sys
import unittest

import cli

LIBRARY = os.environ.get("DATELINE_LIBRARY",
                         str(cli.BUILD / "src" / "libdateline.so"))


class Symbols(unittest.TestCase):
    def test_exported(self):
        done = subprocess.run(["nm", "-D", "--defined-only", LIBRARY],
                              capture_output=True, text=True, check=True)
        exported = {line.split()[-1].split("@")[0]
                    for line in done.stdout.splitlines()}
        header = (cli.SOURCE / "include" / "dateline.h").read_text()
        header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
        header = re.sub(r"#define.*", "", header)
        declared = set(re.findall(r"DATELINE_API[^;(]*?(\w+)\(", header))
        self.assertGreater(len(declared), 15)
        self.assertEqual(exported, declared)

    def test_header_stands_alone(self):
        """As C and as C++, with every warning on."""
        for language, standard in (("c", "c99"), ("c++", "c++11")):
            done = subprocess.run(
                [*cli.COMPILER.split(), "-x", language, f"-std={standard}",
                 "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                 "-fsyntax-only", "-"],
                input=f'#include "{cli.SOURCE}/include/dateline.h"\n',
                capture_output=True, text=True)
            if "cc1plus" in done.stderr:
                continue  # no C++ compiler here
            self.assertEqual(done.stderr, "", language)


if __name__ == "__main__":
    sys.exit(unittest.main())
