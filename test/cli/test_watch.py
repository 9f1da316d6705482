"""`dateline watch` and `dateline add URL` against a web of our own: polite to
hosts, closed to what is private, unharmed by what is broken."""
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

import cli
import web

KILLS = int(os.environ.get("DATELINE_KILLS", "200")) // 10


PAGE = ["The harbour of Port Selby was closed on Monday after two days of "
        "storm, the mayor, Renée Brandt, said, and no ferry left it.",
        "\"We have moved the boats to Low Marsh,\" Ms Brandt said, adding that "
        "the quay would be looked at before anybody was let on it again.",
        "The harbour master expects the first ferry on Thursday, if the wind "
        "turns to the north as the forecast says it should by then."]


class Watch(unittest.TestCase):
    def setUp(self):
        self.scope = cli.folder()
        self.folder = self.scope.__enter__()
        self.addCleanup(self.scope.__exit__, None, None, None)
        self.store = self.folder / "watch.db"

    def site(self, **how):
        site = web.Site(**how)
        self.addCleanup(site.close)
        return site

    def run_watch(self, *arguments, private=True, code=0):
        how = ["--allow-private"] if private else []
        done = cli.dateline("watch", "--once", "--json", "--pause", 1,
                            "--timeout", 2, "--no-find", "--store", self.store,
                            *how, *arguments, timeout=120)
        self.assertEqual(done.code, code, done)
        self.assertEqual(len(done.records), 1, done)
        return done, done.records[0]

    def query(self, sql):
        base = sqlite3.connect(self.store)
        try:
            return base.execute(sql).fetchall()
        finally:
            base.close()

    def texts(self):
        return sorted(text for text, in self.query("SELECT text FROM reports"))

    def one_article(self, page, text="", **how):
        """A feed whose one article answers with `page`; gives the site."""
        site = self.site()
        site.feed("/feed", [("One", site.url + "/1", text)])
        site.pages["/1"] = page
        return site

    # ------------------------------------------------------- as it should be

    def test_articles_are_fetched_once(self):
        site = self.site()
        site.validated("/feed", [("Two", "/2", ""), ("One", "/1", "")], '"a1"')
        site.text("/1", web.article(1))
        site.text("/2", web.article(2))
        _, cycle = self.run_watch(site.url + "/feed")
        self.assertEqual((cycle["feeds"], cycle["named"], cycle["added"],
                          cycle["waiting"]), (1, 2, 2, 0))
        self.assertEqual(self.texts(), [web.article(1), web.article(2)])
        self.assertEqual(
            self.query("SELECT url, title, published, published_from "
                       "FROM reports ORDER BY url"),
            [(site.url + "/1", "One", "2019-03-04T05:06:07Z", "given"),
             (site.url + "/2", "Two", "2019-03-04T05:06:07Z", "given")])
        self.assertEqual(site.paths()[:2], ["/robots.txt", "/feed"])
        self.assertEqual(sorted(site.paths()[2:]), ["/1", "/2"])
        self.due()
        _, cycle = self.run_watch()
        self.assertEqual((cycle["feeds"], cycle["unchanged"], cycle["named"]),
                         (1, 1, 0))
        self.assertEqual(site.asked[-1][2].get("If-None-Match"), '"a1"')
        self.assertIn("If-Modified-Since", site.asked[-1][2])
        self.assertEqual(len(site.asked), 5)

    def due(self):
        """As if the time had come for every feed."""
        base = sqlite3.connect(self.store)
        base.execute("UPDATE feed SET due = 0")
        base.commit()
        base.close()

    def test_not_before_it_is_due(self):
        site = self.site()
        site.feed("/feed", [])
        self.run_watch(site.url + "/feed")
        asked = len(site.asked)
        _, cycle = self.run_watch(site.url + "/feed")
        self.assertEqual(cycle["feeds"], 0)
        self.assertEqual(len(site.asked), asked)

    def test_one_at_a_time_and_a_pause(self):
        site = self.site()
        site.feed("/feed", [(str(n), f"/{n}", "") for n in range(3)])
        for n in range(3):
            site.text(f"/{n}", web.article(n))
        _, cycle = self.run_watch(site.url + "/feed")
        self.assertEqual(cycle["added"], 3)
        self.assertEqual(site.most, 1)
        times = [at for path, at, _ in site.asked if path != "/robots.txt"]
        gaps = [b - a for a, b in zip(times, times[1:])]
        self.assertGreater(min(gaps), 0.95, gaps)

    def test_page(self):
        site = self.site()
        site.feed("/feed", [("Harbour closed", "/1", "Short.")])
        words = "".join(f"<p>{line}</p>" for line in PAGE)
        site.pages["/1"] = (
            200, {"Content-Type": "text/html; charset=ISO-8859-1"},
            f"<!doctype html><html><head><title>Harbour closed - Post</title>"
            f"</head><body><nav><a href='/'>Home</a> <a href='/n'>News</a>"
            f"</nav><article><h1>Harbour closed</h1>{words}</article>"
            f"</body></html>".encode("latin-1"))
        self.run_watch(site.url + "/feed")
        (text, title, charset), = self.query(
            "SELECT text, title, charset FROM report")
        for line in PAGE:
            self.assertIn(line, text)
        self.assertNotIn("Home", text)
        self.assertEqual((title, charset), ("Harbour closed", "windows-1252"))

    def test_lists(self):
        site = self.site()
        site.feed("/a", [])
        site.feed("/b", [])
        listed = self.folder / "feeds.txt"
        listed.write_text(f"# ours\n{site.url}/a\n\n")
        opml = self.folder / "feeds.opml"
        opml.write_text('<?xml version="1.0"?><opml version="2.0"><body>'
                        '<outline text="News & more"><outline type="rss" '
                        f'xmlUrl="{site.url}/b?x=1&amp;y=2"/></outline></body></opml>')
        site.feed("/b?x=1&y=2", [])
        _, cycle = self.run_watch(listed, opml)
        self.assertEqual(cycle["feeds"], 2)
        self.assertEqual(sorted(site.paths()),
                         ["/a", "/b?x=1&y=2", "/robots.txt"])

    def test_nothing_to_watch(self):
        done = cli.dateline("watch", "--once", "--store", self.store)
        self.assertEqual(done.code, 2, done)
        self.assertIn("no feeds", done.err)

    def test_add_url(self):
        site = self.site()
        site.text("/1", web.article(1))
        for status in ("added", "same"):
            done = cli.dateline("add", "--json", "--allow-private", "--store",
                                self.store, site.url + "/1#part")
            self.assertEqual(done.code, 0, done)
            self.assertEqual(done.records[0]["status"], status)
        self.assertEqual(self.query("SELECT url FROM reports"),
                         [(site.url + "/1",)])

    # ------------------------------------------------------- what is private

    def test_private_addresses(self):
        site = self.site()
        site.feed("/feed", [])
        done, cycle = self.run_watch(site.url + "/feed", private=False, code=1)
        self.assertIn("no public address", done.err)
        self.assertEqual(site.asked, [])
        for url in (site.url + "/1", "http://[::1]/", "http://127.1/",
                    "http://2130706433/", "http://localhost/"):
            done = cli.dateline("add", "--store", self.store, url)
            self.assertEqual(done.code, 1, done)
            self.assertIn("public address", done.err)
        self.assertEqual(site.asked, [])
        self.due()
        self.run_watch()
        self.assertEqual(site.paths(), ["/robots.txt", "/feed"])

    def test_no_files(self):
        site = self.site()
        site.feed("/feed", [("a", "file:///etc/hostname", "The feed says."),
                            ("b", site.url + "/b", "")])
        site.pages["/b"] = web.redirect("file:///etc/hostname")
        done, cycle = self.run_watch(site.url + "/feed", code=1)
        self.assertEqual(self.texts(), ["The feed says."])
        self.assertIn("only http and https", done.err)

    # ---------------------------------------------------------- what is broken

    def refused(self, page, *words, code=1, again=False, arguments=()):
        site = self.one_article(page)
        began = time.monotonic()
        done, cycle = self.run_watch(site.url + "/feed", *arguments, code=code)
        self.assertLess(time.monotonic() - began, 30)
        self.assertEqual((cycle["added"], cycle["waiting"]), (0, int(again)),
                         done)
        for word in words:
            self.assertIn(word, done.err)
        self.assertIn(site.url, done.err)
        self.assertLess(done.peak, 200 << 20)
        return site

    def test_not_there(self):
        self.refused((404, {}, b""), "404")

    def test_server_fault(self):
        site = self.refused((503, {}, b""), "503", code=0, again=True)
        asked = len(site.asked)
        self.run_watch()
        self.assertEqual(len(site.asked), asked, "asked again at once")

    def test_retry_after(self):
        site = self.refused((429, {"Retry-After": "3600"}, b""), "429", code=0,
                            again=True)
        (due,), = self.query("SELECT due FROM article")
        self.assertGreater(due, time.time() + 3500)
        (wait,), = self.query("SELECT wait FROM host")
        self.assertGreater(wait, time.time() + 3500)
        asked = len(site.asked)
        self.due()
        done, _ = self.run_watch(code=1)
        self.assertIn("asked to wait", done.err)
        self.assertEqual(len(site.asked), asked)

    def test_slow_drip(self):
        self.refused(web.drip, "2 seconds", code=0, again=True)

    def test_too_long(self):
        self.refused(web.flood, "longer than",
                     arguments=("--max-report", "1M"))

    def test_too_long_as_it_says(self):
        self.refused((200, {"Content-Type": "text/plain"}, b"a" * (2 << 20)),
                     "longer than", arguments=("--max-report", "1M"))

    def test_gzip_bomb(self):
        self.refused(web.bomb(), "longer than")

    def test_cut_off(self):
        self.refused(web.cut, "cut off", code=0, again=True)

    def test_neither_page_nor_text(self):
        self.refused((200, {"Content-Type": "application/pdf"}, b"%PDF-1.4"),
                     "application/pdf")

    def test_redirects(self):
        site = self.one_article(web.redirect("/2", 301))
        other = self.site()
        site.pages["/2"] = web.redirect(other.url + "/3", 307)
        other.text("/3", web.article(3))
        _, cycle = self.run_watch(site.url + "/feed")
        self.assertEqual(self.query("SELECT url FROM reports"),
                         [(other.url + "/3",)])
        self.assertEqual(other.paths(), ["/robots.txt", "/3"])

    def test_redirect_loop(self):
        self.refused(web.redirect("/1"), "more than 10 redirects")

    def test_feed_that_is_a_page(self):
        site = self.site()
        site.pages["/feed"] = (200, {"Content-Type": "text/html"},
                               b"<!doctype html><title>x</title><p>Hello")
        site.feed("/good", [])
        done, cycle = self.run_watch(site.url + "/feed", site.url + "/good",
                                     code=1)
        self.assertEqual((cycle["feeds"], cycle["failed"]), (2, 1))
        self.assertIn("no feed", done.err)

    def test_certificate_of_another(self):
        site = self.site(certificate=web.certificate(self.folder))
        site.feed("/feed", [])
        done, _ = self.run_watch(site.url + "/feed", code=1)
        self.assertEqual(site.asked, [])
        self.assertEqual(self.query("SELECT failures FROM feed"), [(1,)])

    # ------------------------------------------------------------- robots.txt

    def test_robots_forbid(self):
        site = self.one_article(web.redirect("/never"), text="The feed says.")
        site.text("/robots.txt", "User-agent: *\nDisallow: /\n\n"
                                 "User-agent: Dateline\nDisallow: /1\n")
        _, cycle = self.run_watch(site.url + "/feed")
        self.assertEqual(site.paths(), ["/robots.txt", "/feed"])
        self.assertEqual(self.texts(), ["The feed says."])
        self.assertEqual(cycle["added"], 1)

    def test_robots_forbid_the_feed(self):
        site = self.one_article((404, {}, b""))
        site.text("/robots.txt", "User-agent: *\nDisallow: /feed\n")
        done, _ = self.run_watch(site.url + "/feed", code=1)
        self.assertIn("robots.txt", done.err)
        self.assertEqual(site.paths(), ["/robots.txt"])

    def test_robots_not_to_be_had(self):
        site = self.one_article((404, {}, b""))
        site.pages["/robots.txt"] = (500, {}, b"")
        self.run_watch(site.url + "/feed", code=1)
        self.assertEqual(site.paths(), ["/robots.txt"])

    # ------------------------------------------------------------------- kills

    def test_killed_at_any_instant(self):
        """SIGKILL at instants spread over its run; then it ends in peace, and
        every article is there, once, whole."""
        sites = [self.site() for _ in range(4)]
        links = []
        for n in range(8):
            site = sites[n % len(sites)]
            site.text(f"/{n}", web.article(n))
            links.append((f"Title {n}", f"{site.url}/{n}", ""))
        feeds = [sites[0].url + "/feed", sites[1].url + "/feed"]
        sites[0].validated("/feed", links[:5], '"x"')
        sites[1].validated("/feed", links[3:], '"y"')
        chance = random.Random(7)
        for _ in range(KILLS):
            process = subprocess.Popen(
                [cli.PROGRAM, "watch", "--once", "--allow-private", "--pause",
                 "1", "--store", str(self.store), *feeds],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=cli.environment())
            try:
                process.wait(chance.uniform(0.05, 1.5))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            if random.Random(len(sites[0].asked)).random() < 0.3:
                self.due_if_there()
        self.due_if_there()
        self.run_watch(*feeds)
        self.assertEqual(self.texts(), sorted(map(web.article, range(8))))
        self.assertEqual(self.query("SELECT count(*) FROM report"), [(8,)])
        verified = cli.dateline("verify", "--store", self.store)
        self.assertEqual(verified.code, 0, verified)

    def due_if_there(self):
        try:
            self.due()
        except sqlite3.OperationalError:
            pass  # no store yet

    def test_goes_on_round_after_round(self):
        site = self.site()
        site.feed("/feed", [])
        process = subprocess.Popen(
            [cli.PROGRAM, "watch", "--json", "--allow-private", "--store",
             str(self.store), site.url + "/feed"], stdout=subprocess.PIPE,
            env=cli.environment())
        try:
            cycle = json.loads(process.stdout.readline())
            self.assertGreater(cycle["next"], 800)
            self.assertIsNone(process.poll())
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()


if __name__ == "__main__":
    sys.exit(unittest.main())
