"""Web archives: packed record by record, as a whole or in blocks; broken in
every way, each of which costs the record that it stands in."""
import gzip
import shutil
import subprocess
import sys
import unittest

import cli

TARGET = "http://paper.example"


def record(kind, url, media, block, length=None, version="1.0"):
    fields = [f"WARC/{version}", f"WARC-Type: {kind}",
              "WARC-Record-ID: <urn:uuid:0>",
              "WARC-Date: 2019-03-04T05:06:07Z"]
    if url:
        fields.append(f"WARC-Target-URI: {url}")
    fields += [f"Content-Type: {media}",
               f"Content-Length: {len(block) if length is None else length}"]
    return ("\r\n".join(fields) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


def response(path, body, media="text/plain; charset=utf-8", fields="",
             status="200 OK", **how):
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{fields}\r\n"
    return record("response", TARGET + path, "application/http; msgtype=response",
                  head.encode() + body, **how)


def records():
    return [
        record("warcinfo", None, "application/warc-fields", b"software: x\r\n"),
        record("request", TARGET + "/1", "application/http; msgtype=request",
               b"GET /1 HTTP/1.1\r\n\r\n"),
        response("/1", b"Rain one fell."),
        response("/2", gzip.compress(b"Rain two fell."),
                 fields="Content-Encoding: gzip\r\n"),
        response("/3", b"5\r\nRain \r\nb;x=y\r\nthree fell.\r\n0\r\n\r\n",
                 fields="Transfer-Encoding: chunked\r\n"),
        record("conversion", TARGET + "/4", "text/plain", "Café four.".encode(),
               version="1.1"),
        response("/5", b"Caf\xe9 five.", media="text/plain; charset=ISO-8859-1"),
        response("/moved", b"gone", status="301 Moved"),
        response("/picture", bytes(range(256)) * 40, media="image/png"),
        response("/7", b"Rain seven fell.",
                 fields="Transfer-Encoding: chunked\r\n"),  # joined already
        response("/8", b"Rain eight fell."),
    ]


URLS = [TARGET + path for path in ("/1", "/2", "/3", "/4", "/5", "/7", "/8")]
TEXTS = ["Rain one fell.", "Rain two fell.", "Rain three fell.", "Café four.",
         "Café five.", "Rain seven fell.", "Rain eight fell."]


def zstd(data):
    if not shutil.which("zstd"):
        raise unittest.SkipTest("no zstd")
    return subprocess.run(["zstd", "-c", "-q"], input=data, check=True,
                          capture_output=True).stdout


class Archives(unittest.TestCase):
    def setUp(self):
        self.scope = cli.folder()
        self.folder = self.scope.__enter__()
        self.addCleanup(self.scope.__exit__, None, None, None)

    def read(self, content, code=0, name="a.warc", complaints=0, **how):
        path = self.folder / name
        path.write_bytes(content)
        done = cli.dateline("analyze", "--no-find", path, **how)
        self.assertEqual(done.code, code, done)
        self.assertEqual(len(done.complaints), complaints, done)
        return done

    def whole(self, content):
        done = self.read(content)
        self.assertEqual([r["url"] for r in done.records], URLS)
        self.assertEqual([r["text"] for r in done.records], TEXTS)
        self.assertEqual(done.records[0]["given"]["WARC-Date"],
                         "2019-03-04T05:06:07Z")

    def without(self, content, lost, *words, name="a.warc"):
        done = self.read(content, code=1, complaints=1, name=name)
        self.assertEqual([r["url"] for r in done.records],
                         [url for url in URLS if url != TARGET + lost], done)
        for word in words:
            self.assertIn(word, done.err)

    def test_plain(self):
        self.whole(b"".join(records()))

    def test_gzip_by_record(self):
        self.whole(b"".join(map(gzip.compress, records())))

    def test_gzip_as_a_whole(self):
        self.whole(gzip.compress(b"".join(records())))

    def test_gzip_in_blocks(self):
        whole = b"".join(records())
        self.whole(b"".join(gzip.compress(whole[at:at + 300])
                            for at in range(0, len(whole), 300)))

    def test_zstd_by_record(self):
        self.whole(b"".join(map(zstd, records())))

    def test_zstd_as_a_whole(self):
        self.whole(zstd(b"".join(records())))

    def test_line_feeds_alone(self):
        done = self.read(response("/1", b"Rain one fell.")
                         .replace(b"\r\n", b"\n"), code=1, complaints=1)
        self.assertIn("missing", done.err)  # the length counts the returns
        done = self.read(response("/1", b"Rain one fell.", length=71)
                         .replace(b"\r\n", b"\n"))
        self.assertEqual(done.records[0]["text"], "Rain one fell.")

    def test_broken_part(self):
        parts = [bytearray(gzip.compress(r)) for r in records()]
        parts[3][60:90] = b"\xff" * 30
        offset = sum(map(len, parts[:3]))
        self.without(b"".join(parts), "/2", "record 4", f"offset {offset}",
                     "unpacked")

    def test_broken_first_part(self):
        parts = [bytearray(gzip.compress(r)) for r in records()]
        parts[0][12:40] = b"\xff" * 28
        done = self.read(b"".join(parts), code=1, complaints=1)
        self.assertEqual(len(done.records), 7 if "record 1" in done.err else 0)

    def test_broken_checksum(self):
        parts = [bytearray(gzip.compress(r)) for r in records()]
        parts[3][-8:-4] = b"abcd"
        self.without(b"".join(parts), "/2", "record 4")

    def test_cut_off(self):
        self.without(b"".join(map(gzip.compress, records()))[:-30], "/8",
                     "record 11", "cut off")
        self.without(b"".join(records())[:-12], "/8", "record 11", "cut off")

    def broken(self, **how):
        found = records()
        found[2] = response("/1", b"Rain one fell.", **how)
        return found

    def test_length_too_small(self):
        self.without(b"".join(self.broken(length=20)), "/1", "record 3",
                     "Content-Length")

    def test_length_too_large(self):
        for length in (90, 150, 380, 1000):
            self.without(b"".join(self.broken(length=length)), "/1",
                         "record 3", "Content-Length")

    def test_length_past_the_end(self):
        self.without(b"".join(self.broken(length=10 ** 9)), "/1", "record 3",
                     "missing")
        self.without(b"".join(map(gzip.compress, self.broken(length=10 ** 9))),
                     "/1", "record 3", "missing")

    def test_length_no_number(self):
        for length in ("x", "-1", "", "9" * 30):
            self.without(b"".join(self.broken(length=length)), "/1",
                         "record 3", "Content-Length is not a number")

    def test_bytes_between(self):
        found = records()
        found.insert(4, b"What is this?\r\nNothing.\r\n")
        done = self.read(b"".join(found), code=1, complaints=1)
        self.assertEqual(len(done.records), 6)

    def test_broken_coding(self):
        found = records()
        found[3] = response("/2", gzip.compress(b"Rain two fell." * 99)[:-20],
                            fields="Content-Encoding: gzip\r\n")
        self.without(b"".join(found), "/2", "record 4", "packed body")
        found[3] = response("/2", b"xyz", fields="Content-Encoding: lzma9\r\n")
        self.without(b"".join(found), "/2", "record 4", "lzma9")
        found[3] = response("/2", b"ffff\r\nRain",
                            fields="Transfer-Encoding: chunked\r\n")
        self.without(b"".join(found), "/2", "record 4", "chunk")

    def test_bomb_inside(self):
        found = records()
        found[3] = response("/2", gzip.compress(b"a" * (64 << 20)),
                            fields="Content-Encoding: gzip\r\n")
        self.without(b"".join(found), "/2", "record 4", "unpacked")

    def test_film_is_passed_over(self):
        found = records()
        found[3:3] = [response("/film", b"\0" * (20 << 20), media="video/mp4")]
        self.whole(b"".join(found))

    def test_page_too_long(self):
        found = records()
        found[3] = response("/2", b"a" * (20 << 20))
        self.without(b"".join(found), "/2", "record 4", "longer than")

    def test_constant_memory(self):
        path = self.folder / "large.warc.gz"
        picture = gzip.compress(response("/p", b"\xff\xd8" * 50000,
                                         media="image/jpeg"), 1)
        page = gzip.compress(response("/n", b"Rain fell. " * 400), 1)
        with open(path, "wb") as out:
            for _ in range(300):
                out.write(page + picture * 10)
        done = cli.dateline("analyze", "--no-find", "--jobs", 1, path)
        self.assertEqual(done.code, 0, done)
        self.assertEqual(len(done.records), 300)
        self.assertLess(done.peak, 150 << 20)  # of 300 MB


if __name__ == "__main__":
    sys.exit(unittest.main())
