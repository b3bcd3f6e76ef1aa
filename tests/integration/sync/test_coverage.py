"""The Scorecard and what the plan lacks, on a real workbook."""

from collections.abc import Callable
from datetime import date, timedelta

from sheet_templates.layout import tabs
from sync.dates_text import serial_of
from tests.builders import TODAY
from tests.integration.sync.test_people_edit import delete_row
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book

Books = Callable[..., Book]
PLAN = [typed(name="a"), typed(name="b", weight=2), typed(name="c", objective=None), typed(name="d", metric="nada")]


def shown(plan: Book, key: str) -> list[object]:
    """The Scorecard's column from the first row to the last one that says anything."""
    height = max(len(column) for column in plan.columns("scorecard")) - 1
    cells = [plan.cell("scorecard", row, key) for row in range(height)]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def test_the_scorecard_opens_with_the_plan_and_ends_with_what_it_lacks(book: Books) -> None:
    plan = book(PLAN, measurements=READINGS)
    report = plan.sync(TODAY)
    assert shown(plan, "kind")[:2] == ["Σ", "◎"]
    assert shown(plan, "name")[:2] == ["▲ 3 · ○ 1", "▲ 2 · ○ 1"]
    assert shown(plan, "status")[1] == "▲ En rumbo"
    assert "kpi.without_objective" in [finding.code for finding in report.coverage]
    assert len(shown(plan, "note")) == 3 + len(PLAN) + 1 + len(report.coverage)


def test_a_second_sync_writes_nothing_not_even_when_reviews_are_overdue(book: Books) -> None:
    plan = book(PLAN, measurements=READINGS)
    later = TODAY + timedelta(days=30)
    first = plan.sync(later)
    assert "review.overdue" in [finding.code for finding in first.coverage]
    second = plan.sync(later)
    assert (second.applied.reads, second.applied.writes, second.coverage) == (1, 0, first.coverage)


def test_a_review_noted_by_a_person_is_no_longer_overdue(book: Books) -> None:
    later = TODAY + timedelta(days=30)
    plan = book(PLAN, measurements=READINGS)
    plan.sync(later)
    plan.type_in("reviews", [{"date": later, "kpi": name, "decision": "seguir"} for name in "abc"])
    assert "review.overdue" not in [finding.code for finding in plan.sync(later).coverage]


def test_a_kpi_that_is_deleted_leaves_the_scorecard(book: Books) -> None:
    plan = book(PLAN, measurements=READINGS)
    plan.sync(TODAY)
    before = len(shown(plan, "note"))
    plan.edit(delete_row(2))
    plan.sync(TODAY)
    assert "b" not in shown(plan, "name")
    assert len(shown(plan, "note")) == before - 1
    assert plan.sync(TODAY).applied.writes == 0


def test_rows_that_change_places_change_no_finding(book: Books) -> None:
    plan = book(PLAN, measurements=READINGS)
    before = plan.sync(TODAY).coverage
    place = {"sheetId": tabs()["kpis"].id, "startRowIndex": 1, "endRowIndex": 5}
    plan.edit({"sortRange": {"range": place, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}})
    assert plan.sync(TODAY).coverage == before


def test_a_workbook_without_a_scorecard_is_served_all_the_same(book: Books) -> None:
    plan = book(PLAN, measurements=READINGS)
    plan.edit({"deleteSheet": {"sheetId": tabs()["scorecard"].id}})
    report = plan.sync(TODAY)
    assert report.coverage
    assert {row.tab for row in report.plan.rows} == {"kpis"}


def test_a_scorecard_that_has_become_too_short_grows(book: Books) -> None:
    plan = book([typed(name=f"KPI {number}") for number in range(12)], measurements=READINGS)
    tab = {"sheetId": tabs()["scorecard"].id, "gridProperties": {"rowCount": 8}}
    plan.edit({"updateSheetProperties": {"properties": tab, "fields": "gridProperties.rowCount"}})
    plan.sync(TODAY)
    assert shown(plan, "name")[13] == "KPI 11"
    assert (plan.cell("scorecard", 13, "due"), plan.sync(TODAY).applied.writes) == (serial_of(date(2026, 12, 31)), 0)
