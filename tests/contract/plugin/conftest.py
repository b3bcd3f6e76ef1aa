"""The plugin's own files in Node, over the real embedded spreadsheet server and the real web service."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from sheet_templates.layout import tabs
from sync.session import SyncRunner
from sync.settings import Settings
from sync.store.store import Store
from tests.contract.plugin.driver import Driver, need_node
from tests.workbooks import Book
from webhook.app import ServiceThread, create_app

HERE = Path(__file__).parent
KPIS = tabs()["kpis"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Coverage is read last, when the other tests of this folder have run."""
    items.sort(key=lambda item: item.path.name == "test_coverage.py" and item.path.parent == HERE)


@pytest.fixture(scope="session")
def node() -> str:
    return need_node()


@pytest.fixture(scope="session")
def coverage_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("coverage")


@pytest.fixture(scope="session")
def driver(node: str, coverage_folder: Path) -> Iterator[Driver]:
    running = Driver(coverage_folder)
    yield running
    running.close()


@dataclass
class Plugin:
    """One workbook's plugin, as Google would run it for a person who sits in front of the sheet."""

    driver: Driver
    book: Book
    active: dict[str, Any] | None = None
    always: dict[str, Any] = field(default_factory=dict)

    def run(self, fn: str, *args: Any, **how: Any) -> dict[str, Any]:
        """A menu's or the sidebar's call, whole: value or error, toasts, menu, sidebar, requests."""
        call = {"active": self.active, **self.always, **how}
        return self.driver.call(
            workbook=self.book.id, sheetsUrl=self.book.settings.sheets_url, fn=fn, args=args, **call
        )

    def ask(self, fn: str, *args: Any, **how: Any) -> Any:
        """The value of a call that goes well: neither an error nor a trouble."""
        answer = self.run(fn, *args, **how)
        assert "error" not in answer, answer["error"]
        assert "trouble" not in (answer["value"] or {}), answer["value"]
        return answer["value"]["value"]

    def trouble(self, fn: str, *args: Any, **how: Any) -> dict[str, str]:
        """What a call that goes wrong tells a person."""
        answer = self.run(fn, *args, **how)
        assert "error" not in answer, answer["error"]
        told: dict[str, str] = answer["value"]["trouble"]
        return told

    def select(self, row: int, tab: str = "kpis", column: int = 2) -> None:
        self.active = {"sheetId": tabs()[tab].id, "row": row + 2, "column": column, "rows": 1, "columns": 1}

    def edit(self, row: int, column: str = "name", rows: int = 1, columns: int = 1, **how: Any) -> dict[str, Any]:
        """onEdit as it follows a person's edit; `row` counts from 0 below the heading."""
        place = {"row": row + 2, "column": KPIS.position(column) + 1, "rows": rows, "columns": columns}
        event = {"type": "edit", "sheetId": KPIS.id, **place}
        answer = self.run("onEdit", authMode="LIMITED", event=event, active=None, **how)
        assert "error" not in answer, answer["error"]
        return answer

    def type_in(self, row: int, **cells: Any) -> dict[str, Any]:
        """A person types these cells of one row, and the trigger follows."""
        self.book.type_in("kpis", [cells], first=row)
        return self.edit(row, next(iter(cells)))

    def notes(self, row: int) -> dict[str, str]:
        """Column key -> the note of that row's cell."""
        mask = "sheets(properties(sheetId),data(startRow,rowData(values(note))))"
        found = self.book.client.look(self.book.id, mask)
        data = next(sheet for sheet in found["sheets"] if sheet["properties"]["sheetId"] == KPIS.id)["data"][0]
        lines = data.get("rowData", [])
        cells = lines[row + 1].get("values", []) if row + 1 < len(lines) else []
        return {column.key: cell["note"] for column, cell in zip(KPIS.columns, cells, strict=False) if "note" in cell}

    def kept(self) -> dict[str, Any]:
        """What the document properties hold."""
        found: dict[str, Any] = self.driver.call(workbook=self.book.id, peek=True)["value"].get("document", {})
        return found


@pytest.fixture
def plugin(driver: Driver, book: Callable[..., Book], request: pytest.FixtureRequest) -> Callable[..., Plugin]:
    """Makes a workbook with the template and its plugin: plugin([rows], language="en")."""
    made: list[str] = []

    def make(kpis: Any = (), always: Any = None, **others: Any) -> Plugin:
        name = f"{request.node.name[:40]}-{len(made)}".lower().replace("_", "-").replace("[", "-").replace("]", "")
        made.append(name)
        return Plugin(driver, book(kpis, name, **others), always=always or {})

    return make


@pytest.fixture
def service(settings: Settings, store: Store) -> Iterator[str]:
    """The real web service, syncing for real; its address."""
    with ServiceThread(create_app(settings, store, SyncRunner(settings, store))) as running:
        yield running.url


@pytest.fixture
def connected(plugin: Callable[..., Plugin], service: str) -> Callable[..., Plugin]:
    """Makes a workbook whose plugin is connected to the real service."""

    def make(*args: Any, **others: Any) -> Plugin:
        made = plugin(*args, **others)
        made.ask("connectTo", service)
        return made

    return make
