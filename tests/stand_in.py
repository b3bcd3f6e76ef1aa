"""A platform's stand-in on loopback: real HTTP with lines that stay open, a latency, and a count of what was asked."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names are in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


Answers = Callable[[Asked], tuple[int, Mapping[str, str], bytes]]


def as_json(content: Any, status: int = 200, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    """A JSON answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"Content-Type": "application/json", **named}, json.dumps(content).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "StandIn"

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.lines += 1

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        named = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, named, self.rfile.read(length))
        with self.server.counted():
            self.server.asked.append(asked)
            time.sleep(self.server.latency)
            status, headers, body = self.server.answers(asked)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Quiet."""


class StandIn(ThreadingHTTPServer):
    """`asked` in the order of arrival; `most_at_once` and `lines` (connections) count what sources did."""

    daemon_threads = True

    def __init__(self, answers: Answers, latency: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.latency = answers, latency
        self.asked: list[Asked] = []
        self.lines = self.most_at_once = self._now = 0
        self.lock = threading.Lock()

    @property
    def host(self) -> str:
        """127.0.0.1 and the port."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        """Its base address."""
        return f"http://{self.host}"

    @contextmanager
    def counted(self) -> Iterator[None]:
        """One more is under way while the block runs."""
        with self.lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self.lock:
                self._now -= 1

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what some tests are about."""


@contextmanager
def standing_in(answers: Answers, latency: float = 0.0) -> Iterator[StandIn]:
    """A stand-in that runs while the block does."""
    server = StandIn(answers, latency)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
