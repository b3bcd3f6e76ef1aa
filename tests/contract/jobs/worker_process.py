"""A worker in a process of its own, so that it can be killed and stopped.

Called as `worker_process KIND STORE_URL LOG [TASKS_URL]`.

Its syncs do nothing but write down when they began and ended. What they are is in the workbook's name: `slow`, `flaky`
(fails, might pass), `refused` (fails for good), `deadly` (kills its process). Times are shortened to a test's.
"""

import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests
from sqlalchemy.exc import SQLAlchemyError

from sync.errors import WorkbookError
from sync.jobs import local
from sync.jobs.runner import ProgressSink, RunResult
from sync.store import claims
from sync.store.store import open_store
from tests.fake_cloud_tasks import QUEUE

LEASE = 1.2
RETRIES = 3
TOOK = {"slow": 0.8}


class Noting:
    """The runner: one line a moment in a file that is shared by all workers."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, what: str, workbook: str, token: int | None) -> None:
        line = json.dumps([what, workbook, token, os.getpid(), time.time()]) + "\n"
        with self._path.open("a") as file:  # short lines are appended whole
            file.write(line)

    def __call__(self, workbook: str, progress: ProgressSink) -> RunResult:
        kind = workbook.split("-", maxsplit=1)[0]
        self.note("begin", workbook, progress.token)
        time.sleep(TOOK.get(kind, 0.05))
        if kind == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "flaky":
            raise WorkbookError("workbook_quota", permanent=False)
        if kind == "refused":
            raise WorkbookError("credentials_refused")
        self.note("end", workbook, progress.token)
        return RunResult({"token": progress.token, "pid": os.getpid()})


def run_local(url: str, runner: Noting) -> None:
    local._POLL_SECONDS = 0.1
    worker = local.LocalWorker(open_store(url), runner, lease=LEASE)
    worker.start()
    ready()
    threading.Event().wait()


def run_procrastinate(url: str, runner: Noting) -> None:
    from sync.jobs.procrastinated import Pace, work

    pace = Pace(lease=LEASE, poll=0.2, beat=0.3, dead=1.2, sweep=0.4, grace=2.0)
    ready()
    work(url, open_store(url), runner, threads=2, pace=pace)


def run_cloud_tasks(url: str, runner: Noting, api: str) -> None:
    from sync.jobs.cloud_tasks import CloudTasks

    carrier = CloudTasks(
        requests.Session(), api, QUEUE, "http://ours/tasks/sync", "a@b", open_store(url), runner, LEASE
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name is http.server's
            task = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                carrier.run_due(task["spreadsheetId"])
                self.send_response(200)
            except (SQLAlchemyError, requests.RequestException):
                self.send_response(500)  # as the web service answers: the task comes again
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ready(f"http://127.0.0.1:{server.server_address[1]}/tasks/sync")
    server.serve_forever()


def ready(address: str = "-") -> None:
    print(address, flush=True)


if __name__ == "__main__":
    claims.LONGEST_WAIT, claims.MAX_RETRIES = 0.2, RETRIES
    kind, url, log, *rest = sys.argv[1:]
    {"local": run_local, "procrastinate": run_procrastinate, "cloud_tasks": run_cloud_tasks}[kind](
        url, Noting(Path(log)), *rest
    )
