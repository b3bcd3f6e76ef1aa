"""How long a pass over many workbooks takes, against what the quota allows: real server, real workers, real calls.

The embedded server counts calls as Google does, in a window that may be shorter than Google's minute: 60 calls in 3 s
stand for 60 calls in 60 s, with everything twenty times as fast. Both sides know the same window, so what is proved is
that the workers use what the quota allows and no more; what is not proved is that a minute passes like 3 s.
"""

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from sync.jobs.local import LocalWorker
from sync.jobs.refresh import refresh
from sync.session import SyncRunner
from sync.settings import Settings
from sync.sheet.quota import Quota
from sync.store.store import Store, open_store
from tests.capacity.keys import address, write_key
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import local_settings, make_book

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Plan:
    """One campaign. `quota` None: no quota on either side, to see what the machine itself can do."""

    workbooks: int = 2000
    workers: int = 1
    processes: bool = False
    accounts: int = 1
    quota: Quota | None = None
    passes: int = 2


@dataclass(frozen=True)
class Result:
    """What came out of a pass. `allowed` are the seconds in which the quota allows its calls."""

    syncs: int
    seconds: float
    allowed: float
    refused: int

    @property
    def ratio(self) -> float:
        """Time taken over time allowed."""
        return self.seconds / self.allowed if self.allowed else 0.0


def run(plan: Plan, folder: Path) -> Iterator[Result]:
    """Passes: the first writes every workbook, a later one finds nothing to write. Each is told when it is over."""
    make_workbooks(folder, plan.workbooks, plan.accounts)
    with sheets_server(folder) as url:
        keys = tuple(write_key(folder, url, number) for number in range(plan.accounts))
        settings = local_settings(folder, url, accounts=keys, quota=plan.quota)
        store = open_store(settings.store_url)
        if plan.quota:
            limits = {"user": plan.quota.user, "project": plan.quota.project}
            put_faults(url, {"quota": {"read": limits, "write": limits}, "window": plan.quota.window})
        for _ in range(plan.passes):
            yield one_pass(plan, settings, store)
        store.close()


def one_pass(plan: Plan, settings: Settings, store: Store) -> Result:
    """Every workbook once, by workers on threads of this process or in processes of their own."""
    before = get_faults(settings.sheets_url)
    refresh(store, time.time(), all=True)
    began = time.monotonic()
    if plan.processes:
        drain_by_processes(plan, settings)
    else:
        drain_by_threads(plan, settings, store)
    seconds = time.monotonic() - began
    left = [run for run in store.workbooks() if run.kpi_count is None]
    assert not left, f"{len(left)} workbooks were never synced"
    quota = plan.quota
    rate = min(quota.user * plan.accounts, quota.project) / quota.window if quota else 0.0
    refused = get_faults(settings.sheets_url) - before
    return Result(plan.workbooks, seconds, plan.workbooks / rate if rate else 0.0, refused)


def drain(settings: Settings, store: Store) -> None:
    """One worker, until nothing is due."""
    worker = LocalWorker(store, SyncRunner(settings, store))
    while worker.run_once():
        pass


def drain_by_threads(plan: Plan, settings: Settings, store: Store) -> None:
    threads = [threading.Thread(target=drain, args=(settings, store)) for _ in range(plan.workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def drain_by_processes(plan: Plan, settings: Settings) -> None:
    quota = settings.quota
    text = f"{quota.user}/{quota.project}/{quota.window}" if quota else "off"
    names = {
        "SEMAFORO_HOME": str(settings.home),
        "SEMAFORO_SHEETS_URL": settings.sheets_url,
        "SEMAFORO_ACCOUNTS": ",".join(map(str, settings.accounts)),
        "SEMAFORO_QUOTA": text,
    }
    command = [sys.executable, "-m", "tests.capacity.worker"]
    racing = [subprocess.Popen(command, cwd=ROOT, env=os.environ | names) for _ in range(plan.workers)]
    assert [process.wait() for process in racing] == [0] * plan.workers


def make_workbooks(folder: Path, count: int, accounts: int) -> None:
    """One workbook by the template, shared with every account, and copies of it, in the server's file.

    The copies are made inside the file while no server has it open: by two thousand calls they would take longer than
    the campaign itself.
    """
    with sheets_server(folder) as url:
        settings = local_settings(folder, url)
        store = open_store(settings.store_url)
        first = make_book(settings, store, "c0", [typed()], measurements=READINGS)
        for number in range(accounts):
            share = {"type": "user", "role": "writer", "emailAddress": address(number)}
            path = f"https://www.googleapis.com/drive/v3/files/{first.id}/permissions"
            first.client.http.request("post", path, json=share)
        for number in range(count):
            store.enrol(f"local-c{number}", time.time())
        store.close()
    with closing(sqlite3.connect(folder / "sheets.db")) as file, file:
        for number in range(1, count):
            copy, first_id = f"local-c{number}", "local-c0"
            for table, columns in (("workbooks", "head"), ("tabs", "sheet, message"), ("chunks", "sheet, place, data")):
                key = "id" if table == "workbooks" else "workbook"
                rows = f"SELECT ?, {columns} FROM {table} WHERE {key} = ?"  # noqa: S608  # names of our own
                file.execute(f"INSERT INTO {table} ({key}, {columns}) {rows}", (copy, first_id))  # the same
            named = "SELECT ?, json_set(message, '$.id', ?) FROM files WHERE id = ?"
            file.execute(f"INSERT INTO files (id, message) {named}", (copy, copy, first_id))  # the same


@contextmanager
def sheets_server(folder: Path) -> Iterator[str]:
    """The embedded server in a process of its own, as Google is; its address."""
    faults = folder / "faults.yaml"
    faults.write_text("latency: 0\n", encoding="utf-8")
    command = [sys.executable, "-m", "tests.capacity.server", str(folder / "sheets.db"), str(faults)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=30)


def put_faults(url: str, faults: dict[str, Any]) -> None:
    body = json.dumps(faults).encode()
    urlopen(Request(f"{url}/_local/faults", data=body, method="PUT"), timeout=10).close()  # noqa: S310  # loopback


def get_faults(url: str) -> int:
    with urlopen(f"{url}/_local/faults", timeout=10) as answer:  # noqa: S310  # the same
        return int(json.load(answer)["refused"])
