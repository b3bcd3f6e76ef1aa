"""Each sync leaves a card for each KPI; the sidebar asks for it over HTTP."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from sync.keys import master_key, workbook_secret
from sync.session import SyncRunner
from sync.settings import Settings
from sync.store.store import Store
from tests.builders import TODAY
from tests.integration.sync.test_route import READINGS, typed
from tests.integration.webhook.conftest import Plugin
from tests.workbooks import Book, keep_cards, local_settings, make_book
from webhook.app import ServiceThread, create_app


@pytest.fixture
def settings(tmp_path: Any, sheets: Any) -> Settings:
    return local_settings(tmp_path, sheets.url)


@pytest.fixture
def book(settings: Settings, store: Store) -> Callable[..., Book]:
    return lambda kpis, **others: make_book(settings, store, "test", kpis, **others)


@pytest.fixture
def ask(settings: Settings, store: Store, syncs: Any) -> Any:
    with ServiceThread(create_app(settings, store, syncs)) as running:
        secret = workbook_secret(master_key(settings), "local-test", 1)
        plugin = Plugin(running.url, secret, "local-test")
        yield lambda kpi: plugin.send("GET", f"/v1/kpis/{kpi}")


def test_a_card_says_what_the_row_says(book: Callable[..., Book], ask: Any) -> None:
    plan = book([typed()], measurements=READINGS)
    report = plan.sync(TODAY)
    kpi = str(plan.cell("kpis", 0, "id"))
    card = ask(kpi).json()
    found = report.outcomes[0].evaluation
    assert (card["id"], card["status"], card["light"]) == (kpi, found.status, found.light)
    assert (card["actual"], card["note"]) == (found.actual, plan.cell("kpis", 0, "note"))
    assert card["series"][-1] == [found.measured_on.isoformat(), found.actual] if found.measured_on else False
    assert card["plan"][-1] == [card["due"], card["target"]]
    assert card["shown"]["status"] == plan.cell("kpis", 0, "status")
    assert card["judged_at"]


def test_numbers_are_shown_as_the_workbook_writes_them(book: Callable[..., Book], ask: Any) -> None:
    plan = book([typed(unit="personas")], measurements=READINGS)
    plan.sync(TODAY)
    card = ask(plan.cell("kpis", 0, "id")).json()
    assert card["shown"]["target"].endswith(" personas")
    assert card["shown"]["attainment"] == "60\N{NO-BREAK SPACE}%"


def test_a_long_series_is_drawn_with_four_hundred_points_and_keeps_its_last(
    book: Callable[..., Book], ask: Any
) -> None:
    days = [TODAY - timedelta(days=back) for back in range(900, -1, -1)]
    readings = [{"date": day, "metric": READINGS[0]["metric"], "value": 1000 + index} for index, day in enumerate(days)]
    plan = book([typed(start=date(2024, 1, 1))], measurements=readings)
    plan.sync(TODAY)
    series = ask(plan.cell("kpis", 0, "id")).json()["series"]
    assert len(series) == 400
    assert series[-1] == [TODAY.isoformat(), 1900.0]


def test_a_kpi_that_left_the_workbook_has_no_card(book: Callable[..., Book], ask: Any) -> None:
    plan = book([typed(), typed(name="Other")], measurements=READINGS)
    plan.sync(TODAY)
    gone = plan.cell("kpis", 1, "id")
    assert ask(gone).status_code == 200
    plan.type_in("kpis", [dict.fromkeys(typed())], first=1)
    plan.sync(TODAY)
    assert ask(gone).json()["code"] == "no_such_kpi"


def test_the_card_of_another_workbook_does_not_exist(book: Callable[..., Book], ask: Any, store: Store) -> None:
    keep_cards(store, "W1", {"K-1": {"id": "K-1", "light": "green"}})
    book([])
    store.enrol("local-test", 0.0)
    assert ask("K-1").json()["code"] == "no_such_kpi"


def test_a_sync_without_news_writes_no_card(book: Callable[..., Book], store: Store) -> None:
    plan = book([typed()], measurements=READINGS)
    plan.sync(TODAY)
    kept: list[object] = []

    def see(_db: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith(("INSERT INTO cards", "UPDATE cards")):
            kept.append(parameters)

    event.listen(store._engine, "before_cursor_execute", see)
    plan.sync(TODAY)
    assert ["judged_at" in str(each) for each in kept] == [True]  # when, and nothing else


def test_a_source_that_fails_leaves_the_series_on_the_card(store: Store) -> None:
    keep_cards(store, "W1", {"K": {"series": [["2026-01-01", 1.0]], "plan": [], "light": "green"}})
    keep_cards(store, "W1", {"K": {"series": None, "plan": [], "light": "grey"}})
    card = store.card("W1", "K")
    assert card is not None
    assert (card["series"], card["light"]) == ([["2026-01-01", 1.0]], "grey")


def test_a_dry_run_says_what_would_change_and_changes_nothing(book: Callable[..., Book], store: Store) -> None:
    plan = book([typed()], measurements=READINGS)
    store.enrol(plan.id, 0.0)
    seen = SyncRunner(plan.settings, store)(plan.id, lambda step, done, total: None, dry_run=True)
    change = seen.report["would_change"]
    assert change["count"] == seen.report["cells_planned"] > len(change["cells"][:1]) > 0
    status = next(cell for cell in change["cells"] if cell["column"] == "Estado" and cell["cell"].startswith("KPI!"))
    assert status["old"] is None
    assert status["new"]
    assert plan.cell("kpis", 0, "status") is None
