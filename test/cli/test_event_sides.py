"""Who does what to whom: sides, codes of two parts, status."""
import json
import sys
import unittest

import cli

# sentence, (source, CAMEO code, target), status
ROWS = (
    ("French and Egyptian warships attacked the Libyan army.",
     ("FRAMIL", "190", "LBYMIL"), "done"),
    ("French and Egyptian warships attacked the Libyan army.",
     ("EGYMIL", "190", "LBYMIL"), "done"),
    ("Norway said on Monday that Chile must release the sailors.",
     ("NOR", "1053", "CHL"), "demanded"),
    ("Norway offered its troops to Mali on Monday.",
     ("NOR", "0312", "MLI"), "stated"),
    ("Barack Obama met Vladimir Putin in Geneva on Monday.",
     ("USAGOV", "040", "RUSGOV"), "done"),
    ("Negotiations between Serbia and Kosovo failed on Monday.",
     ("SRB", "046", "XKX"), "done"),
    ("Turkish troops are fighting the Kurdish rebels in Iraq.",
     ("TURMIL", "190", "TURREB"), "ongoing"),
    ("Ecuador is not going to meet the Peruvian government.",
     ("ECU", "125", "PERGOV"), "done"),
    ("The Syrian rebels were attacked by the Iranian army.",
     ("IRNMIL", "190", "SYRREB"), "done"),
    ("UN troops withdrew from Somalia on Friday.",
     ("IGOUNO", "087", "SOM"), "done"),
)


def triples(record):
    return {((source["code"], event["cameo"], target["code"]),
             event["status"]) for event in record["events"]
            for source in event["source"] for target in event["target"]}


class Sides(unittest.TestCase):
    def test_rows(self):
        reports = "".join(json.dumps({"id": str(i), "text": row[0],
                                      "published": "2013-02-25",
                                      "language": "en"}) + "\n"
                          for i, row in enumerate(ROWS))
        done = cli.dateline("analyze", "-", stdin=reports.encode())
        self.assertEqual(done.code, 0, done)
        for (text, triple, status), record in zip(ROWS, done.records):
            with self.subTest(text=text):
                self.assertIn((triple, status), triples(record))


if __name__ == "__main__":
    sys.exit(unittest.main())
