"""A disk of two megabytes that fills up under the store: the right error, a file that stays whole, nothing lost."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from sync.commands.base import COULD_NOT_RUN, FINE, run
from sync.jobs.local import LocalWorker
from sync.jobs.runner import RunResult
from sync.store.records import Results, RunState
from sync.store.store import Store, open_store

BIG = ({"tab": "kpis", "kpi": "k", "values": {"note": "x" * 3_000_000}},)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place]
    may = shutil.which("mount") and os.geteuid() == 0
    if not may or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs a small disk: only root may mount one, and not everywhere")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def store(disk: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{disk / 'semaforo.db'}")
    opened.enrol("W1", 0.0)
    yield opened
    opened.close()


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with pytest.raises(OSError, match="No space"), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    return ballast


def test_a_trigger_that_finds_no_room_is_refused_and_leaves_nothing(disk: Path, store: Store) -> None:
    ballast = fill(disk)
    with pytest.raises(OperationalError, match=r"full|I/O"):
        for number in range(200):  # until the room that the file itself still had is used up
            store.request_run("W1", f"key-{number:06}" + "x" * 80)
    ballast.unlink()
    with sqlite3.connect(disk / "semaforo.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        wanted, keys = db.execute("SELECT wanted, (SELECT count(*) FROM nonces) FROM workbooks").fetchone()
    assert wanted == keys  # each trigger is there whole or not at all
    assert store.request_run("W1", "key-after").state is RunState.QUEUED


def test_a_command_that_finds_no_room_says_so_in_a_sentence(
    disk: Path, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store.enrol("local-x", 0.0)
    ballast = fill(disk)
    with pytest.raises(OperationalError):
        for number in range(200):
            store.request_run("W1", f"key-{number:06}" + "x" * 80)
    monkeypatch.setenv("SEMAFORO_DATABASE_URL", f"sqlite:///{disk / 'semaforo.db'}")
    monkeypatch.setenv("LANG", "es_ES.UTF-8")
    assert run(["enrol", "local:x", "--remove"]) == COULD_NOT_RUN
    assert "sitio en el disco" in capsys.readouterr().err
    ballast.unlink()
    assert run(["enrol", "local:x", "--remove"]) == FINE


def test_a_sync_whose_results_find_no_room_writes_nothing_and_is_done_later(disk: Path, store: Store) -> None:
    room: list[str] = []

    def keeping(workbook: str, _progress: object) -> RunResult:
        if not room:
            store.keep(workbook, Results(1, intent=BIG))
        return RunResult({"kept": True})

    run = store.request_run("W1", "key-0001")
    worker = LocalWorker(store, keeping, lease=0.2)
    with pytest.raises(OperationalError, match=r"full|I/O"):
        worker.run_once()
    assert store.open_intent("W1") is None
    room.append("yes")
    held = store.next_due("W1")
    assert held is not None
    assert LocalWorker(store, keeping, clock=lambda: held + 1.0, lease=60.0).run_once()
    found = store.run(run.id)
    assert found is not None
    assert (found.state, found.report) == (RunState.DONE, {"kept": True})
