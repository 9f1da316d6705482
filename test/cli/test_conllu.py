"""`analyze --conllu` prints what the format asks for, and what `--tokens`
says: https://universaldependencies.org/format.html."""
import json
import sys
import unittest

import cli

TEXT = ("Gov. Brown's men don't know, and can't say, who left Ostrel. "
        "\"It's over,\" she said.\n\nThe rebels' camp was empty\u2026 "
        "R\u00e9my Brown cannot go.")
UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT "
           "SCONJ SYM VERB X".split())


def sentences(text):
    """(comments, rows) for each sentence; rows are lists of ten cells."""
    for part in text.split("\n\n"):
        lines = part.strip("\n").split("\n")
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        if rows:
            yield [line for line in lines if line[:1] == "#"], rows


def spelled(rows):
    """The text that the rows and SpaceAfter=No spell."""
    text, inside = "", 0
    for cells in rows:
        first, _, last = cells[0].partition("-")
        if int(first) <= inside:
            continue
        inside = int(last or first)
        text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
    return text.rstrip()


class Conllu(unittest.TestCase):
    def run_on(self, *texts, options=()):
        reports = [{"id": f"r {i}", "text": text}
                   for i, text in enumerate(texts)]
        done = cli.dateline("analyze", *options, "-", stdin=cli.lines(reports))
        self.assertEqual(done.code, 0, done)
        return done.out if isinstance(done.out, str) else done.out.decode()

    def check_sentence(self, comments, rows):
        words = [cells for cells in rows if "-" not in cells[0]]
        ranges = [cells for cells in rows if "-" in cells[0]]
        self.assertEqual([cells[0] for cells in words],
                         [str(i + 1) for i in range(len(words))])
        heads = []
        for cells in rows:
            self.assertEqual(len(cells), 10, cells)
            self.assertTrue(all(cells), cells)
        for cells in words:
            self.assertIn(cells[3], UPOS)
            heads.append(int(cells[6]))
            self.assertLessEqual(heads[-1], len(words))
            self.assertEqual(heads[-1] == 0, cells[7] == "root", cells)
        self.assertEqual(heads.count(0), 1)
        for word in range(1, len(words) + 1):  # each word reaches the root
            for _ in range(len(words)):
                word = heads[word - 1] if word else 0
            self.assertEqual(word, 0)
        for cells in ranges:
            first, last = map(int, cells[0].split("-"))
            self.assertLess(first, last)
            self.assertEqual(
                "".join(w[1] for w in words[first - 1:last]), cells[1])
        self.assertIn("# text = " + spelled(rows), comments)

    def test_valid(self):
        corpus = [json.loads(line)["text"] for line in
                  (cli.CORPUS / "reports.jsonl").read_text().splitlines()]
        out = self.run_on(TEXT, *corpus, options=["--conllu"])
        ids = [line for line in out.splitlines()
               if line.startswith("# sent_id")]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(out.count("# newdoc id = "), 1 + len(corpus))
        for comments, rows in sentences(out):
            self.check_sentence(comments, rows)

    def test_words_of_two_parts(self):
        rows = [cells for _, rows in
                sentences(self.run_on(TEXT, options=["--conllu"]))
                for cells in rows]
        self.assertEqual([c[1] for c in rows if "-" in c[0]],
                         ["Brown's", "don't", "can't", "It's", "rebels'",
                          "cannot"])

    def test_the_same_as_tokens(self):
        rows = [cells for _, rows in
                sentences(self.run_on(TEXT, options=["--conllu"]))
                for cells in rows if "-" not in cells[0]]
        record = json.loads(self.run_on(TEXT, options=["--tokens"]))
        raw = record["text"].encode()
        self.assertEqual(
            [(raw[t[0]:t[1]].decode(), t[3], t[2], t[4])
             for t in record["tokens"]],
            [(c[1], c[2], c[3], c[7]) for c in rows])
        for token in record["tokens"]:
            self.assertLess(token[5], len(record["tokens"]))


if __name__ == "__main__":
    sys.exit(unittest.main())
