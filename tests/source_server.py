"""A real HTTP server on loopback with the manners, good and bad, of servers out there."""

import gzip
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CSV = b"date,Leads\n2026-03-30,4\n2026-03-31,5\n"
JSON = b'[{"date": "2026-03-30", "Leads": 4}, {"date": "2026-03-31", "Leads": 5}]'


def bomb(megabytes: int) -> bytes:
    """A gzip body that unpacks to so many megabytes of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(megabytes)) + packer.flush()


class Handler(BaseHTTPRequestHandler):
    """One route a manner; `server.seen` keeps what was asked."""

    server: "Server"

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))
        name = self.path.partition("?")[0].strip("/")
        if name.startswith("status-"):
            self.answer(int(name.removeprefix("status-")), b"raw text of another system")
        elif name.startswith("to-"):
            self.answer(302, b"", Location=self.server.locations[name.removeprefix("to-")])
        else:
            ROUTES[name](self)

    def answer(self, status: int, body: bytes, kind: str = "text/csv", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """A byte now and then: every single read is quick."""
        self.send_response(200)
        self.end_headers()
        self._slowly(CSV * 100)

    def drip_head(self) -> None:
        """The same before the headers are whole."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self._slowly(b"X-Header: 1\r\n" * 100)

    def endless(self) -> None:
        """A body without length or end."""
        self.send_response(200)
        self.end_headers()
        while not self.server.closing.is_set():
            self.wfile.write(bytes(2**16))

    def cut(self) -> None:
        """Less than was promised."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(CSV)

    def _slowly(self, content: bytes) -> None:
        for byte in content:
            if self.server.closing.wait(0.05):
                return
            self.wfile.write(bytes([byte]))
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Quiet."""


ROUTES: dict[str, Callable[[Handler], None]] = {
    "csv": lambda handler: handler.answer(200, CSV),
    "json": lambda handler: handler.answer(200, JSON, "application/json"),
    "gzip": lambda handler: handler.answer(200, gzip.compress(CSV), Content_Encoding="gzip"),
    "gzip-twice": lambda h: h.answer(200, gzip.compress(CSV[:20]) + gzip.compress(CSV[20:]), Content_Encoding="gzip"),
    "gzip-cut": lambda handler: handler.answer(200, gzip.compress(CSV)[:-10], Content_Encoding="gzip"),
    "gzip-lie": lambda handler: handler.answer(200, CSV, Content_Encoding="gzip"),
    "brotli": lambda handler: handler.answer(200, CSV, Content_Encoding="br"),
    "bomb": lambda handler: handler.answer(200, bomb(200), Content_Encoding="gzip"),
    "html": lambda handler: handler.answer(200, b"<html>Sign in</html>", "text/html; charset=utf-8"),
    "html-lie": lambda handler: handler.answer(200, b"<!doctype html><p>Sign in", "text/csv"),
    "announced": lambda handler: handler.answer(200, CSV, handler.server.kind),
    "loop": lambda handler: handler.answer(302, b"", Location="/loop"),
    "nowhere": lambda handler: handler.answer(302, b""),
    "empty": lambda handler: handler.answer(200, b""),
    "drip": Handler.drip,
    "drip-head": Handler.drip_head,
    "endless": Handler.endless,
    "cut": Handler.cut,
}


class Server(ThreadingHTTPServer):
    """Listens on a free port of loopback; `locations` maps to-NAME to where it redirects."""

    daemon_threads = True

    def __init__(self, trust: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.locations: dict[str, str] = {}
        self.kind = "text/csv"  # what /announced says that it is
        self.closing = threading.Event()
        if trust is not None:
            self.socket = trust.wrap_socket(self.socket, server_side=True)

    @property
    def host(self) -> str:
        """127.0.0.1 and the port."""
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what these tests are about."""


@contextmanager
def serving(trust: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that runs while the block does."""
    server = Server(trust)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def seconds_of(call: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.monotonic()
    call()
    return time.monotonic() - start
