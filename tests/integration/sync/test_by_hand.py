"""Two syncs of one workbook, one of them from the command line: one after the other, never at once."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sync.engine import SyncOptions
from sync.errors import WorkbookError
from sync.jobs.by_hand import held_by_hand
from sync.session import sync_workbook
from sync.sheet.reference import read_reference
from sync.store.records import Outcome, Run
from tests.builders import TODAY
from tests.integration.commands.test_command_line import ROOT, Shell
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book

Books = Callable[..., Book]


@pytest.fixture
def plan(book: Books) -> Book:
    made = book([typed()], measurements=READINGS)
    made.store.enrol(made.id, 0.0)
    return made


def worked_on(plan: Book) -> Run:
    """A worker's claim."""
    plan.store.request_run(plan.id, "key-0001")
    run = plan.store.claim(None, 60.0)
    assert run is not None
    return run


def test_a_sync_by_hand_waits_for_the_one_that_runs(plan: Book) -> None:
    run, told = worked_on(plan), list[str]()
    threading.Timer(0.3, lambda: plan.store.finish(run, Outcome(report={}))).start()
    options = SyncOptions(plan.settings, datetime.now(UTC), TODAY)
    with held_by_hand(plan.store, plan.id, lambda: told.append("waits"), patience=10.0) as claim:
        report = sync_workbook(read_reference("local:test"), options, plan.store, claim=claim)
    assert (told, report.applied.writes) == (["waits"], 1)
    assert plan.store.hold(plan.id, 1.0) is not None  # it is free again


def test_a_sync_that_never_ends_is_told(plan: Book) -> None:
    worked_on(plan)
    with pytest.raises(WorkbookError) as caught, held_by_hand(plan.store, plan.id, patience=0.0):
        pass
    assert (caught.value.code, caught.value.permanent) == ("workbook_busy", False)


def test_who_was_overtaken_writes_nothing_and_says_so(plan: Book) -> None:
    options = SyncOptions(plan.settings, datetime.now(UTC), TODAY)
    with pytest.raises(WorkbookError, match="running"), held_by_hand(plan.store, plan.id) as claim:
        assert plan.store.hold(plan.id, 60.0, now=time.time() + 3600) is not None  # as if we had slept for an hour
        sync_workbook(read_reference("local:test"), options, plan.store, claim=claim)
    assert plan.cell("kpis", 0, "status") is None


def test_the_command_says_for_whom_it_waits_and_a_preview_waits_for_nobody(plan: Book) -> None:
    run = worked_on(plan)
    shell = Shell(plan.settings.home, plan.settings.sheets_url)
    assert shell("sync", "local:test", "--dry-run").returncode in (0, 1)
    command = [sys.executable, "-m", "sync", "sync", "local:test"]
    with subprocess.Popen(command, cwd=ROOT, env=shell.environment, stderr=subprocess.PIPE, text=True) as waiting:
        assert waiting.stderr is not None
        assert "Otra sincronización" in waiting.stderr.readline()
        plan.store.finish(run, Outcome(report={}))
        assert waiting.wait(30) in (0, 1)
    assert plan.cell("kpis", 0, "status") is not None
