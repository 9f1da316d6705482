"""A small web on 127.0.0.1 for the tests of what is fetched: sites that answer
well, badly, slowly, wrongly. Nothing here leaves the machine."""
import contextlib
import http.server
import pathlib
import ssl
import subprocess
import threading
import time
import unittest
import zlib
from email.utils import formatdate


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server.site
        with site.busy():
            site.asked.append((self.path, time.monotonic(),
                               dict(self.headers.items())))
            page = site.pages.get(self.path)
            if page is None:
                page = (404, {}, b"nothing here\n")
            if callable(page):
                page(self)
            else:
                self.answer(*page)

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # who asked has hung up: often meant so here


class Site:
    """One host: pages by path, and what was asked of it."""

    def __init__(self, certificate=None):
        self.pages, self.asked = {}, []
        self.now = self.most = 0
        self.lock = threading.Lock()
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.site = self
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket,
                                                     server_side=True)
            scheme = "https"
        self.url = f"{scheme}://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever,
                                       daemon=True)
        self.thread.start()

    @contextlib.contextmanager
    def busy(self):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            yield
        finally:
            with self.lock:
                self.now -= 1

    def paths(self):
        return [path for path, _, _ in self.asked]

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def text(self, path, words, **headers):
        self.pages[path] = (200, {"Content-Type": "text/plain; charset=utf-8",
                                  **headers}, words.encode())

    def feed(self, path, items, **headers):
        self.pages[path] = (200, {"Content-Type": "application/rss+xml",
                                  **headers}, rss(items))

    def validated(self, path, items, etag):
        """A feed that answers 304 to who has it."""
        def page(handler):
            if handler.headers.get("If-None-Match") == etag:
                handler.answer(304, {"ETag": etag}, b"")
            else:
                handler.answer(200, {"ETag": etag,
                                     "Last-Modified": formatdate(usegmt=True)},
                               rss(items))
        self.pages[path] = page


def rss(items):
    parts = [f"<item><title>{title}</title><link>{link}</link>"
             f"<pubDate>Mon, 04 Mar 2019 05:06:07 GMT</pubDate>"
             f"<description>{text}</description></item>"
             for title, link, text in items]
    return (f'<?xml version="1.0"?><rss version="2.0"><channel>'
            f"<title>Harrow Bay Post</title>{''.join(parts)}"
            f"</channel></rss>").encode()


def article(number):
    return (f"Flood {number} reaches the harbour of Port Selby\n\n"
            f"Water rose for {number} days in Port Selby, the mayor said on "
            f"Monday.\n\n\"We have moved {number + 3} families to the "
            f"school,\" Ada Brandt, the mayor, said.\n")


def redirect(to, status=302):
    return status, {"Location": to}, b""


def drip(handler):
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(200):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.1)
    handler.close_connection = True


def flood(handler):
    """More than anybody wants, of no length told before."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.send_header("Connection", "close")
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(1000):
            handler.wfile.write(b"words " * 10000)
    handler.close_connection = True


def cut(handler):
    """Less than was promised."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"Rain fell on")
    handler.wfile.flush()
    handler.close_connection = True


def bomb():
    """200 MB in 200 kB, made piece by piece."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(packer.compress(b"a" * (1 << 20)) for _ in range(200))
    return (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"},
            packed + packer.flush())


def certificate(folder):
    """A certificate that nobody has signed, for another name."""
    path = pathlib.Path(folder) / "other.pem"
    try:
        done = subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
             "-subj", "/CN=other.example", "-days", "2", "-keyout", str(path),
             "-out", str(path) + ".crt"], capture_output=True, check=False)
    except FileNotFoundError:
        raise unittest.SkipTest("no openssl to make a certificate with")
    if done.returncode:
        raise unittest.SkipTest(f"no certificate: {done.stderr!r}")
    path.write_text(path.read_text() +
                    pathlib.Path(str(path) + ".crt").read_text())
    return path
