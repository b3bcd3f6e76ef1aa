"""`semaforo worker`, `runs` and `migrate` as an operator calls them."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.sheet.local import LocalServer
from sync.store.records import Outcome, RunState
from sync.store.store import Store, open_store
from sync.store.tables import METADATA
from tests.integration.commands.test_command_line import ROOT, Shell
from tests.store_servers import fresh_database

NOT_SHARED = Outcome(error_code="workbook_not_shared", error={"es": "No está compartido.", "en": "Not shared."})


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    with LocalServer(tmp_path / "sheets.db") as server:
        yield Shell(tmp_path, server.url)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'semaforo.db'}")
    yield opened
    opened.close()


def park(store: Store) -> None:
    store.enrol("local-plan", 0.0)
    store.request_run("local-plan", "key-0001")
    run = store.claim(None, 60.0)
    assert run is not None
    store.finish(run, NOT_SHARED, park=True)


def test_the_operator_sees_what_is_parked_and_lets_it_go(shell: Shell, store: Store) -> None:
    park(store)
    told = shell("runs", "--parked")
    assert told.returncode == 1
    assert "local:plan  workbook_not_shared" in told.stdout
    assert "No está compartido." in told.stdout
    assert shell("runs", "--release", "local:plan").returncode == 0
    found = shell("runs", "--json")
    assert found.returncode == 0
    assert json.loads(found.stdout) == {"due": ["local-plan"], "parked": []}


def test_a_workbook_that_was_not_parked_is_told(shell: Shell, store: Store) -> None:
    store.enrol("local-plan", 0.0)
    assert "no estaba aparcado" in shell("runs", "--release", "local:plan").stdout


def test_migrating_an_empty_database_makes_every_table(shell: Shell, tmp_path: Path) -> None:
    """In a process of its own: here the tests have long imported everything."""
    assert shell("migrate").returncode == 0
    with sqlite3.connect(tmp_path / "semaforo.db") as db:
        made = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert made == {*METADATA.tables, "alembic_version"}


def test_migrating_says_from_where_to_where(shell: Shell) -> None:
    with fresh_database("template0") as url:
        where = {"SEMAFORO_DATABASE_URL": url, "SEMAFORO_JOBS": "procrastinate"}
        behind = shell("runs", **where)
        assert (behind.returncode, "semaforo migrate" in behind.stderr) == (2, True)
        assert "de la revisión -" in shell("migrate", **where).stderr
        assert "ya estaban al día" in shell("migrate", **where).stderr
        assert shell("runs", **where).returncode == 0


@pytest.mark.parametrize("jobs", ["local", "procrastinate"])
def test_a_worker_syncs_what_is_asked_for_and_ends_when_told(jobs: str, shell: Shell) -> None:
    with fresh_database() as url:
        where = {"SEMAFORO_DATABASE_URL": url, "SEMAFORO_JOBS": jobs}
        shell("migrate", **where)
        assert shell("init", "local:plan", "--sample", **where).returncode == 0
        store = open_store(url)
        store.enrol("local-plan", 0.0)
        run = store.request_run("local-plan", "key-0001")
        command = [sys.executable, "-m", "sync", "worker", "--threads", "2"]
        with subprocess.Popen(command, cwd=ROOT, env={**shell.environment, **where}) as worker:
            try:
                deadline = time.monotonic() + 40
                while store.run(run.id).finished_at is None:  # type: ignore[union-attr]
                    assert time.monotonic() < deadline
                    time.sleep(0.1)
                worker.send_signal(signal.SIGTERM)
                assert worker.wait(30) == 0
            finally:
                worker.kill()
        found = store.run(run.id)
        store.close()
    assert found is not None
    assert (found.state, found.error) == (RunState.DONE, None)


def test_a_carrier_that_needs_no_worker_says_so(shell: Shell) -> None:
    told = shell("worker", SEMAFORO_JOBS="cloud_tasks")
    assert (told.returncode, "no hacen falta" in told.stderr) == (2, True)


def test_a_queue_on_sqlite_is_refused(shell: Shell) -> None:
    told = shell("worker", SEMAFORO_JOBS="procrastinate")
    assert (told.returncode, "necesita PostgreSQL" in told.stderr) == (2, True)
