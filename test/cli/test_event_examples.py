"""Each example in lexicon/en/events.verbs, behind "#=", is coded by a rule of
its own block; that of a pattern with a whole code, with that code."""
import json
import re
import sys
import unittest

import cli

VERBS = cli.SOURCE / "lexicon" / "en" / "events.verbs"


def examples():
    """(line number, block, code or None, sentence)"""
    block = None
    with open(VERBS, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("#"):
                continue
            head = re.match(r"--- (\S+) ", line)
            block = head.group(1) if head else block
            rule, mark, text = line.partition("#=")
            code = re.search(r"\[(\d+)(:\d+)?\]\s*$", rule)
            if mark:
                closed = rule.startswith("- ") and code
                yield number, block, code.group(1) if closed else None, text.strip()


class Examples(unittest.TestCase):
    def test_examples(self):
        rows = list(examples())
        self.assertGreater(len(rows), 100)
        reports = "".join(json.dumps({"id": str(number), "text": text,
                                      "published": "2013-02-25",
                                      "language": "en"}) + "\n"
                          for number, _, _, text in rows)
        done = cli.dateline("analyze", "-", stdin=reports.encode())
        self.assertEqual(done.code, 0, done)
        for (number, block, code, text), record in zip(rows, done.records):
            with self.subTest(line=number, text=text):
                found = [event for event in record["events"]
                         if event["why"].startswith(f"event/{block}:")]
                self.assertTrue(found, record["events"])
                if code:
                    self.assertIn(code, [event["cameo"] for event in found])


if __name__ == "__main__":
    sys.exit(unittest.main())
