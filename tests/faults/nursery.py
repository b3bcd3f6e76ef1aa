"""Workers that can be had in no time: `nursery HOME SHEETS_URL STORE_URL`.

Everything is imported once; each line `worker` on stdin makes one more worker process and prints its id. When stdin
ends they end too. A worker runs real syncs; its calls to the spreadsheet carry its id and the token of its claim. The
lease is short, so that a pause outlasts it.
"""

import logging
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import requests

from sync.jobs import carry, local
from sync.jobs.runner import ProgressSink, RunResult
from sync.session import SyncRunner
from sync.store.store import open_store
from tests.workbooks import local_settings

LEASE = 2.0
TAG = "X-Test-Claim"


class Tagged:
    """Syncs whose calls say which claim makes them."""

    def __init__(self, inner: SyncRunner) -> None:
        self._inner = inner
        self._tag = ""
        send = requests.Session.send

        def tagged(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> requests.Response:
            request.headers[TAG] = self._tag
            return send(session, request, **options)

        requests.Session.send = tagged  # type: ignore[method-assign, assignment]

    def __call__(self, workbook: str, progress: ProgressSink) -> RunResult:
        self._tag = f"{os.getpid()}/{progress.token}"
        return self._inner(workbook, progress)


def work(home: str, sheets_url: str, store_url: str) -> None:
    logging.basicConfig(filename=Path(home) / "workers.log", level=logging.WARNING)
    store = open_store(store_url)
    runner = Tagged(SyncRunner(local_settings(Path(home), sheets_url), store))
    carry.LEASE_SECONDS, local._POLL_SECONDS = LEASE, 0.1
    local.LocalWorker(store, runner, lease=LEASE).start()
    threading.Event().wait()


def main(*where: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    children = []
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(*where)
            finally:
                os._exit(1)
        children.append(child)
        print(child, flush=True)
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    main(*sys.argv[1:])
