"""A small Cloud Tasks: creates tasks over its REST interface and delivers them, at least once and sometimes twice.

A name that was used before is refused with 409; a schedule time is kept; an answer outside 2xx brings the task again.
"""

import base64
import json
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

QUEUE = "projects/p/locations/l/queues/q"
AGAIN = 0.2  # seconds until a task comes again


@dataclass
class FakeCloudTasks:
    """Running for as long as the `with` block lasts. `handlers` are where tasks are delivered, one after the other."""

    handlers: list[str] = field(default_factory=list)
    doubled: bool = False  # deliver each task twice at the same time
    refusing: int = 0  # answer so many creations with 503 first
    created: list[dict[str, Any]] = field(default_factory=list)
    delivered: list[tuple[str, int]] = field(default_factory=list)  # workbook, status

    def __enter__(self) -> "FakeCloudTasks":
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the name is http.server's
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = fake.create(self.path, body["task"])
                self.send_response(status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_: Any) -> None: ...

        self._stopped = threading.Event()
        self._turn = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def create(self, path: str, task: dict[str, Any]) -> int:
        with self._lock:
            if self.refusing:
                self.refusing -= 1
                return 503
            if path != f"/v2/{QUEUE}/tasks" or not task["name"].startswith(f"{QUEUE}/tasks/"):
                return 400
            if task["name"] in {known["name"] for known in self.created}:
                return 409
            self.created.append(task)
        for _ in range(1 + self.doubled):
            threading.Thread(target=self._deliver, args=(task,), daemon=True).start()
        return 200

    def _deliver(self, task: dict[str, Any]) -> None:
        if "scheduleTime" in task:
            self._stopped.wait(max(0.0, datetime.fromisoformat(task["scheduleTime"]).timestamp() - time.time()))
        body = base64.b64decode(task["httpRequest"]["body"])
        while not self._stopped.is_set():
            status = self._try(body)
            if 200 <= status < 300:
                return
            self._stopped.wait(AGAIN)

    def _try(self, body: bytes) -> int:
        """One delivery, to whichever handler has its turn; 0 when nobody answers in time."""
        handlers, self._turn = list(self.handlers), self._turn + 1
        status = 0
        if handlers:
            with suppress(requests.RequestException):
                handler = handlers[self._turn % len(handlers)]
                status = requests.post(handler, data=body, timeout=5).status_code
        self.delivered.append((json.loads(body)["spreadsheetId"], status))
        return status

    def names(self) -> Iterable[str]:
        return [task["name"] for task in self.created]
