"""A process killed at any step of a sync, and the next one: workbook and store are as if nothing had happened.

The sheet and the store are real; the process dies by SIGKILL. Here at every ninth step; `make faults` takes all.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from gspread.urls import DRIVE_FILES_API_V3_URL
from sqlalchemy import insert, select

from sync.sheet.local import LocalServer
from sync.store.store import Store, open_store
from sync.store.tables import DEFINITIONS, WORKBOOKS
from tests.builders import TODAY
from tests.integration.sync.test_route import READINGS, typed
from tests.store_servers import database
from tests.workbooks import Book, local_settings, make_book

STRIDE = 1 if os.environ.get("SEMAFORO_TEST_FAULTS") == "all" else 9
MOST_STEPS = 130  # more than a sync has


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LocalServer]:
    with LocalServer(tmp_path / "sheets.db") as running:
        yield running


def moved_on(store: Store, folder: Path, url: str) -> Book:
    """A workbook that was synced yesterday and has news today: a target, a reading, a name, a row without an id."""
    rows = [typed(), typed(name="Otro", metric="otro"), typed(name="Tercero")]
    book = make_book(local_settings(folder, url), store, "base", rows, measurements=READINGS)
    book.sync(TODAY - timedelta(days=1))
    book.type_in("kpis", [{"target": 20000.0}])
    book.type_in("measurements", [{"date": date(2026, 6, 14), "metric": "otro", "value": 7.0}], first=2)
    book.type_in("kpis", [{"id": ""}], first=2)
    return book


def twin(base: Book, name: str) -> Book:
    """A copy of the workbook, and of what the store knows of it."""
    body = {"id": f"local-{name}", "name": name}
    copied = base.client.http.request("post", f"{DRIVE_FILES_API_V3_URL}/{base.id}/copy", json=body).json()
    book = Book(base.client, base.settings, base.store, name)
    assert copied["id"] == book.id
    with base.store._writing() as db:
        for table, key in ((WORKBOOKS, "id"), (DEFINITIONS, "workbook")):
            for row in db.execute(select(table).where(table.c[key] == base.id)).mappings().all():
                db.execute(insert(table).values(**{**row, key: book.id}))
    return book


def everything(book: Book) -> Any:
    """What the sheet says and what the store knows, cards and schedule too; an id given by chance goes by one name."""
    columns = book.columns("kpis")
    ids = columns[0][1:4]
    named = {ids[2]: "given"}
    cells = [[named.get(cell, cell) for cell in column] for column in (*columns, *book.columns("scorecard"))]
    record = book.store.workbook(book.id)
    assert record is not None
    assert book.store.open_intent(book.id) is None
    changes = sorted(
        str((named.get(each.kpi_id, each.kpi_id), each.kind, each.field, each.old, each.new))
        for each in book.store.changes(book.id)
    )
    known = {named.get(key, key): found for key, found in book.store.definitions(book.id).items()}
    cards = [{**(book.store.card(book.id, key) or {}), "id": named.get(key, key), "judged_at": ""} for key in ids]
    schedule = book.store.schedule(book.id)
    assert schedule is not None
    return cells, record.kpi_count, changes, known, cards, (schedule.code, schedule.in_workbook)


def test_a_crash_at_any_step_leaves_no_trace_after_the_next_sync(
    store_url: str, server: LocalServer, tmp_path: Path
) -> None:
    store = open_store(store_url)
    base = moved_on(store, tmp_path, server.url)
    calm = twin(base, "calm")
    calm.sync(TODAY)
    wanted = everything(calm)
    assert len(wanted[2]) >= 3  # the news are worth keeping once
    steps = range(1, MOST_STEPS + 1, STRIDE)
    books = {f"crash-{step}": twin(base, f"crash-{step}") for step in steps}
    command = [sys.executable, "-m", "tests.faults.crash_sweep", str(tmp_path), server.url, store_url]
    told = subprocess.run(
        [*command, TODAY.isoformat(), str(STRIDE), *books], check=True, capture_output=True, text=True, timeout=120
    ).stdout.split()
    ended = dict(zip(told[::2], told[1::2], strict=True))
    assert list(ended.values())[-1] == "survived", "more steps than were tried"
    assert list(ended.values()).count("killed") >= 30 // STRIDE
    broken = [name for name in ended if everything(books[name]) != wanted]
    print(f"{len(ended) - 1} crashes, {len(broken)} with a trace")
    assert broken == []
    store.close()
