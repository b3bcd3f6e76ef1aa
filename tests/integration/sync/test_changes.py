"""What a sync remembers of what people decided: goal-posts that moved, KPIs that came and went, lights that turned."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from sync.errors import SuspiciousEmptinessError, WorkbookError
from sync.model import Change, ChangeKind, SyncReport
from sync.report import report_json
from sync.sheet.local import LocalServer
from tests.builders import TODAY
from tests.integration.sync.test_people_edit import (
    METRICS,
    ROWS,
    delete_row,
    edit_before_our_write,
    insert_column,
    insert_row,
    rename,
    sort_by_name,
)
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book

Books = Callable[..., Book]
LATER = TODAY + timedelta(days=1)
KPIS = 710003


def told(report: SyncReport) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(change.kind.value, change.field, change.old, change.new) for change in report.changes]


def with_moved_target(book: Books, **options: Any) -> tuple[Book, SyncReport]:
    """A workbook whose only KPI was synced with a target of 12,000, and again with 11,300."""
    plan = book([typed()], measurements=READINGS)
    plan.sync(TODAY)
    plan.type_in("kpis", [typed(target=11300.0)])
    return plan, plan.sync(TODAY, **options)


def test_a_moved_target_is_recorded_and_told_in_the_note_and_the_next_sync_writes_nothing(book: Books) -> None:
    plan, report = with_moved_target(book)
    assert told(report) == [("definition", "target", "12000", "11300")]
    sentence = "La meta pasó de 12.000 a 11.300 el 15 jun 2026."
    assert str(plan.cell("kpis", 0, "note")).endswith(sentence)
    assert any(str(plan.cell("scorecard", row, "note")).endswith(sentence) for row in range(5))
    again = plan.sync(LATER)
    assert (again.applied.reads, again.applied.writes, again.changes) == (1, 0, ())
    assert len(plan.store.changes(plan.id)) == 1


def test_the_first_sync_records_nothing_and_neither_does_the_second(book: Books) -> None:
    plan = book(ROWS, measurements=METRICS)
    assert (plan.sync(TODAY).changes, plan.sync(TODAY).changes, plan.store.changes(plan.id)) == ((), (), ())


def test_a_dry_run_tells_the_change_and_keeps_none(book: Books) -> None:
    plan, dry = with_moved_target(book, dry_run=True)
    assert told(dry) == [("definition", "target", "12000", "11300")]
    assert plan.store.changes(plan.id) == ()
    assert told(plan.sync(LATER)) == told(dry)


def test_a_write_that_fails_keeps_its_change_once_and_the_intent_to_write_stays_open(
    book: Books, sheets: LocalServer
) -> None:
    plan = book([typed()], measurements=READINGS)
    plan.sync(TODAY)
    plan.type_in("kpis", [typed(target=11300.0)])
    edit_before_our_write(sheets, plan, [{"deleteSheet": {"sheetId": KPIS}}])
    with pytest.raises(WorkbookError):
        plan.sync(TODAY)
    assert [change.field for change in plan.store.changes(plan.id)] == ["target"]
    assert plan.store.open_intent(plan.id) is not None


def test_a_light_that_turns_is_one_record(book: Books) -> None:
    plan = book([typed()], measurements=READINGS)
    plan.sync(TODAY)
    plan.type_in("measurements", [{"date": date(2026, 6, 14), "metric": "seguidores", "value": 10100.0}], first=2)
    report = plan.sync(TODAY)
    assert told(report) == [("status", "status", "on_track", "off_track")]
    assert plan.sync(LATER).changes == ()
    assert plan.store.changes(plan.id) == report.changes


UNTOUCHED: dict[str, list[dict[str, Any]]] = {
    "rows sorted": [sort_by_name()],
    "the tab renamed": [rename("Mis metas 2026")],
    "the tab copied": [{"duplicateSheet": {"sourceSheetId": KPIS, "newSheetName": "Copia", "newSheetId": 77}}],
    "rows and columns inserted": [insert_column(5), insert_row(2), insert_column(30)],
}


@pytest.mark.parametrize("edit", UNTOUCHED)
def test_moving_things_about_changes_no_definition(book: Books, edit: str) -> None:
    plan = book(ROWS, measurements=METRICS)
    plan.sync(TODAY)
    plan.edit(*UNTOUCHED[edit])
    assert plan.sync(TODAY).changes == ()
    assert plan.store.changes(plan.id) == ()


def test_a_kpi_that_is_deleted_is_recorded_once(book: Books) -> None:
    plan = book(ROWS, measurements=METRICS)
    plan.sync(TODAY)
    plan.edit(delete_row(2))
    assert told(plan.sync(TODAY)) == [("removed", None, "b", None)]
    assert plan.sync(TODAY).changes == ()


def test_a_kpi_that_is_added_is_recorded_once(book: Books) -> None:
    plan = book(ROWS[:2], measurements=METRICS)
    plan.sync(TODAY)
    plan.type_in("kpis", [ROWS[2]], first=2)
    assert told(plan.sync(TODAY)) == [("added", None, None, "c")]
    assert plan.sync(TODAY).changes == ()


def test_emptying_the_tab_on_purpose_records_every_kpi(book: Books) -> None:
    plan = book(ROWS[:2], measurements=METRICS)
    plan.sync(TODAY)
    plan.edit(delete_row(1), delete_row(1))
    with pytest.raises(SuspiciousEmptinessError):
        plan.sync(TODAY)
    assert plan.store.changes(plan.id) == ()
    assert [change.kind for change in plan.sync(TODAY, allow_empty=True).changes] == [ChangeKind.REMOVED] * 2


def test_a_target_that_cannot_be_read_for_a_while_is_no_change(book: Books) -> None:
    plan = book([typed()], measurements=READINGS)
    plan.sync(TODAY)
    plan.type_in("kpis", [typed(target="muchos")])
    assert {kind for kind, *_ in told(plan.sync(TODAY))} == {"status"}
    plan.type_in("kpis", [typed()])
    assert {kind for kind, *_ in told(plan.sync(TODAY))} == {"status"}


def test_an_edit_between_our_read_and_our_write_is_told_by_the_next_sync(book: Books, sheets: LocalServer) -> None:
    plan = book(ROWS, measurements=METRICS)
    plan.sync(TODAY)
    plan.type_in("measurements", [{"date": TODAY, "metric": "a", "value": 11250.0}], first=len(METRICS))
    edit_before_our_write(sheets, plan, [delete_row(3)])
    assert plan.sync(TODAY).changes == ()
    assert told(plan.sync(TODAY)) == [("removed", None, "c", None)]


def test_the_json_report_carries_the_changes(book: Books) -> None:
    plan, report = with_moved_target(book)
    (change,) = report_json(report)["changes"]
    assert change["kpi"] == plan.cell("kpis", 0, "id")
    assert (change["field"], change["old"], change["new"], change["at"]) == ("target", "12000", "11300", "2026-06-15")


def test_the_store_keeps_who_as_unknown(book: Books) -> None:
    plan, report = with_moved_target(book)
    key = report.outcomes[0].definition.id
    assert plan.store.changes(plan.id) == (
        Change(key, ChangeKind.DEFINITION, TODAY, "target", "12000", "11300", who=None),
    )
