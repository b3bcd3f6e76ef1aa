"""The clock inside the service: what is due is asked for without anybody pressing, and the worker is woken."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.jobs.local import LocalWorker
from sync.jobs.runner import ProgressSink, RunResult
from sync.jobs.ticker import Ticker
from sync.sheet.quota import GOOGLE, SharedGate, shared_gates
from sync.store.schedules import Scheduled
from sync.store.store import Store, open_store

NOW = 1_780_000_000.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'semaforo.db'}")
    opened.enrol("W1", NOW)
    opened.add_schedules([Scheduled("W1", "every 15", "UTC", NOW)])
    yield opened
    opened.close()


def test_a_due_workbook_is_synced_although_nobody_presses(store: Store) -> None:
    done = threading.Event()
    pressed: list[bool] = []

    def sync(workbook: str, progress: ProgressSink) -> RunResult:
        gate = shared_gates(GOOGLE, store, progress)("account")
        assert isinstance(gate, SharedGate)
        pressed.append(gate.pressed)
        done.set()
        return RunResult({})

    worker = LocalWorker(store, sync, lambda: NOW + 1)
    worker.start()
    with Ticker(store, worker.wake, clock=lambda: NOW, every=0.05):
        assert done.wait(10)
    assert worker.stop()
    assert pressed == [False]  # it leaves a reserve to those who press


def test_nobody_is_woken_while_nothing_is_due(store: Store) -> None:
    woken = threading.Event()
    with Ticker(store, woken.set, clock=lambda: NOW - 5, every=0.02):
        assert not woken.wait(0.3)
