"""On sentences of sport, weather, film and finance no event is found."""
import json
import sys
import unittest

import cli

SENTENCES = cli.SOURCE / "test" / "cli" / "no_events.txt"


class NoEvents(unittest.TestCase):
    def test_none(self):
        lines = SENTENCES.read_text(encoding="utf-8").splitlines()
        texts = [line for line in lines if not line.startswith("#")]
        self.assertGreaterEqual(len(texts), 200)
        reports = "".join(json.dumps({"id": text, "text": text,
                                      "published": "2013-02-25",
                                      "language": "en"}) + "\n"
                          for text in texts)
        done = cli.dateline("analyze", "-", stdin=reports.encode())
        self.assertEqual(done.code, 0, done)
        for record in done.records:
            with self.subTest(text=record["id"]):
                self.assertEqual([(event["cameo"], event["why"])
                                  for event in record["events"]], [])


if __name__ == "__main__":
    sys.exit(unittest.main())
