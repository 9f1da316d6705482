"""The same bytes on one thread and on eight, and from run to run; adding
twice changes nothing."""
import json
import sys
import unittest

import cli


class Order(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.input = cli.lines(cli.reports(600)) + b"{bad\n" + \
            (cli.CORPUS / "reports.jsonl").read_bytes()

    def test_analyze(self):
        runs = [cli.dateline("analyze", "--jobs", jobs, "-",
                             stdin=self.input) for jobs in (1, 8, 8, 3)]
        self.assertEqual(len(runs[0].records),
                         len(self.input.splitlines()) - 1)
        for run in runs:
            self.assertEqual(run.code, 1, run)
            self.assertTrue(run.out == runs[0].out, "other bytes")
            self.assertEqual(run.err, runs[0].err)

    def test_analyze_keeps_the_order(self):
        done = cli.dateline("analyze", "--jobs", 8, "-", stdin=self.input)
        given = [json.loads(line)["id"]
                 for line in self.input.splitlines() if line != b"{bad"]
        self.assertEqual([record["id"] for record in done.records], given)

    def test_add(self):
        with cli.folder() as folder:
            for name, jobs in (("one.db", 1), ("eight.db", 8)):
                done = cli.dateline("add", "--json", "--jobs", jobs,
                                    "--store", folder / name, "-",
                                    stdin=self.input)
                self.assertEqual(done.code, 1, done)
                self.assertEqual({r["status"] for r in done.records},
                                 {"added", "refused"})
            once = cli.contents(folder / "one.db")
            for table, rows in cli.contents(folder / "eight.db").items():
                self.assertTrue(rows == once[table], f"{table} differs")
            again = cli.dateline("add", "--json", "--store",
                                 folder / "one.db", "-", stdin=self.input)
            self.assertEqual({r["status"] for r in again.records},
                             {"same", "refused"})
            for table, rows in cli.contents(folder / "one.db").items():
                self.assertTrue(rows == once[table], f"{table} has changed")

    def test_new_version(self):
        with cli.folder() as folder:
            store = ("--store", folder / "a.db")
            first, second = cli.report(1), cli.report(1)
            second["text"] = second["text"].replace("Water", "The water")
            for given, status in ((first, "added"), (second, "version"),
                                  (second, "same")):
                done = cli.dateline("add", "--json", *store, "-",
                                    stdin=cli.lines([given]))
                self.assertEqual(done.records, [
                    {"id": given["id"], "status": status}], done)
            listed = cli.dateline("stories", "--json", *store).records
            self.assertEqual([s["reports"] for s in listed], [[first["id"]]])
            told = cli.dateline("diff", *store, first["id"])
            self.assertEqual(told.code, 0, told)
            self.assertIn(b"{+The+}", told.out)
            self.assertEqual(cli.dateline("verify", *store).code, 0)

    def test_forget(self):
        """A store from which a report was forgotten is as if it had never
        been there."""
        with cli.folder() as folder:
            items = [json.loads(line) for line in
                     (cli.CORPUS / "reports.jsonl").read_text().splitlines()]
            for name, given in (("all.db", items), ("less.db", items[:-1])):
                done = cli.dateline("add", "--store", folder / name, "-",
                                    stdin=cli.lines(given))
                self.assertEqual(done.code, 0, done)
            done = cli.dateline("forget", "--store", folder / "all.db",
                                items[-1]["id"])
            self.assertEqual(done.code, 0, done)
            less = cli.contents(folder / "less.db")
            for table, rows in cli.contents(folder / "all.db").items():
                if not table.startswith("report_text"):
                    self.assertTrue(rows == less[table], f"{table} differs")
            self.assertEqual(
                cli.dateline("verify", "--store", folder / "all.db").code, 0)


if __name__ == "__main__":
    sys.exit(unittest.main())
