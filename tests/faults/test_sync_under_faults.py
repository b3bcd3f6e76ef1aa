"""What the outside does to a sync: the server's own faults, reached over HTTP by the real client."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sync.errors import WorkbookError
from sync.sheet.local import LocalServer, read_faults
from sync.store.store import open_store
from tests.builders import TODAY
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book, local_settings, make_book

Troubled = Callable[..., Any]


@contextmanager
def book_under(tmp_path: Path, *rules: dict[str, Any]) -> Iterator[tuple[Book, LocalServer]]:
    """A workbook with one KPI, laid in peace; the rules count its calls from then on."""
    with LocalServer(tmp_path / "sheets.db") as calm:
        store = open_store(f"sqlite:///{tmp_path / 'semaforo.db'}")
        make_book(local_settings(tmp_path, calm.url), store, "test", [typed()], measurements=READINGS)
    with LocalServer(tmp_path / "sheets.db", faults=read_faults({"rules": list(rules)})) as server:
        yield _book(tmp_path, server, store), server
    store.close()


def _book(folder: Path, server: LocalServer, store: Any) -> Book:
    from sync.sheet.google import open_local

    return Book(open_local(server.url), local_settings(folder, server.url), store, "test")


@pytest.mark.parametrize(
    "rule",
    [
        {"on": "read", "calls": [1], "fault": 503},
        {"on": "read", "calls": [1], "fault": 429, "retry_after": 1},
        {"on": "read", "calls": [1], "fault": "cut"},
        {"on": "write", "calls": [1], "fault": 500},
        {"on": "write", "calls": [1], "fault": "cut"},
    ],
    ids=lambda rule: f"{rule['on']} {rule['fault']}",
)
def test_a_passing_fault_changes_nothing_of_the_outcome(tmp_path: Path, rule: dict[str, Any]) -> None:
    with book_under(tmp_path, rule) as (plan, server):
        report = plan.sync(TODAY)
        assert report.applied.unresolved == ()
        assert plan.cell("kpis", 0, "status") == "▲ En rumbo"
        assert plan.cell("kpis", 0, "computed_for") == plan.cell("kpis", 0, "id")
        assert server.calls(plan.id)["read"] + server.calls(plan.id)["write"] >= 3
        assert plan.sync(TODAY).applied.cells == 0


def test_a_lasting_refusal_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    with book_under(tmp_path, {"on": "write", "every": 1, "fault": 403}) as (plan, server):
        with pytest.raises(WorkbookError, match="not shared"):
            plan.sync(TODAY)
        assert server.calls(plan.id)["write"] == 1
        assert plan.cell("kpis", 0, "status") is None
