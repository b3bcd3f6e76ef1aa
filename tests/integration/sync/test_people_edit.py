"""What people do to the sheet between two syncs, and between our read and our write."""

from collections.abc import Callable
from typing import Any

import pytest

from sheet_templates.layout import tabs
from sync.sheet.local import LocalServer
from tests.builders import TODAY
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book

Books = Callable[..., Book]
KPIS = tabs()["kpis"].id
METRICS = [
    {**reading, "metric": metric, "value": reading["value"] + offset}
    for metric, offset in (("a", 0), ("b", 500), ("c", -900))
    for reading in READINGS
]
ROWS = [typed(name=name, metric=name, active="Sí") for name in ("a", "b", "c")]


def insert_column(at: int) -> dict[str, Any]:
    place = {"sheetId": KPIS, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    return {"insertDimension": {"range": place, "inheritFromBefore": False}}


def insert_row(at: int) -> dict[str, Any]:
    place = {"sheetId": KPIS, "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}
    return {"insertDimension": {"range": place, "inheritFromBefore": False}}


def delete_row(at: int) -> dict[str, Any]:
    return {"deleteDimension": {"range": {"sheetId": KPIS, "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}}}


def sort_by_name(order: str = "DESCENDING") -> dict[str, Any]:
    place = {"sheetId": KPIS, "startRowIndex": 1, "endRowIndex": 4}
    return {"sortRange": {"range": place, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": order}]}}


def sort_half() -> dict[str, Any]:
    """Somebody sorts only the left half of the table: the worst that can happen to a light."""
    place = {"sheetId": KPIS, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 10}
    return {"sortRange": {"range": place, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}}


def rename(title: str) -> dict[str, Any]:
    return {"updateSheetProperties": {"properties": {"sheetId": KPIS, "title": title}, "fields": "title"}}


EDITS = {
    "a column in the middle of the person's": [insert_column(5)],
    "a column among ours": [insert_column(30)],
    "two columns left of ours": [insert_column(3), insert_column(3)],
    "a row above all": [insert_row(1)],
    "a row between": [insert_row(2)],
    "a row deleted": [delete_row(2)],
    "rows sorted": [sort_by_name()],
    "half the table sorted": [sort_half()],
    "the tab renamed": [rename("Mis metas 2026")],
    "all at once": [insert_column(5), sort_by_name(), rename("Q4"), insert_row(3)],
}


def assert_every_light_is_on_its_own_row(plan: Book) -> None:
    """The promise: what stands in our columns of a row was computed for that row's id, or shows no light."""
    rows = range(8)
    values = {"a": 11200, "b": 11700, "c": 10300}
    shown = {}
    for row in rows:
        key, computed = plan.cell("kpis", row, "id"), plan.cell("kpis", row, "computed_for")
        if computed is not None:
            assert computed == key
            shown[plan.cell("kpis", row, "name")] = plan.cell("kpis", row, "actual")
    assert shown == {name: value for name, value in values.items() if name in shown}


def persons_cells(plan: Book) -> dict[Any, list[Any]]:
    """Every KPI's row as its person typed it, by its name."""
    heads = plan.column_heads("kpis")
    left = plan.columns("kpis")[1 : heads.index("▸")]
    height = max(len(column) for column in left)
    padded = [[*column, *[""] * (height - len(column))] for column in left if column and column[0]]
    rows = list(zip(*padded, strict=True))[1:]
    return {row[0]: list(row) for row in rows if row[0]}


@pytest.mark.parametrize("edit", EDITS)
def test_between_two_syncs_every_cell_is_found_again(book: Books, edit: str) -> None:
    plan = book(ROWS, measurements=METRICS)
    plan.sync(TODAY)
    plan.edit(*EDITS[edit])
    before = persons_cells(plan)
    report = plan.sync(TODAY)
    assert report.applied.unresolved == ()
    assert_every_light_is_on_its_own_row(plan)
    assert persons_cells(plan) == before


def edit_before_our_write(sheets: LocalServer, plan: Book, requests: list[dict[str, Any]]) -> None:
    """A person edits after the next read and before the write that follows it."""
    done = sheets.calls(plan.id)
    sheets.plan_edit(plan.id, done["read"] + done["write"] + 2, {"requests": requests})


@pytest.mark.parametrize("edit", EDITS)
def test_between_read_and_write_every_cell_is_mended(book: Books, sheets: LocalServer, edit: str) -> None:
    plan, twin = book(ROWS, measurements=METRICS), book(ROWS, name="twin")
    twin.edit(*EDITS[edit])
    expected = persons_cells(twin)
    edit_before_our_write(sheets, plan, EDITS[edit])
    report = plan.sync(TODAY)
    assert report.applied.unresolved == ()
    assert 1 <= report.applied.writes <= 3
    assert_every_light_is_on_its_own_row(plan)
    assert persons_cells(plan) == expected
    plan.sync(TODAY)
    assert_every_light_is_on_its_own_row(plan)
    lit = {plan.cell("kpis", row, "name") for row in range(8) if plan.cell("kpis", row, "computed_for")}
    assert lit == set(expected)


def test_a_row_that_was_inserted_and_filled_gets_its_own_id(book: Books) -> None:
    plan = book(ROWS[:2], measurements=METRICS)
    plan.sync(TODAY)
    plan.edit(insert_row(2))
    plan.type_in("kpis", [ROWS[2]], first=1)
    report = plan.sync(TODAY)
    ids = [plan.cell("kpis", row, "id") for row in range(3)]
    assert [issue.code for issue in report.issues if issue.code.startswith("id.")] == ["id.missing"]
    assert len(set(ids)) == 3
    assert_every_light_is_on_its_own_row(plan)


def test_an_id_written_over_another_goes_back_to_its_owner(book: Books, sheets: LocalServer) -> None:
    plan = book(ROWS, measurements=METRICS)
    plan.sync(TODAY)
    plan.edit(insert_row(2))
    plan.type_in("kpis", [typed(name="nueva", metric="a")], first=1)
    ids = {plan.cell("kpis", row, "name"): plan.cell("kpis", row, "id") for row in range(4)}
    edit_before_our_write(sheets, plan, [insert_row(1)])
    plan.sync(TODAY)
    kept = {plan.cell("kpis", row, "name"): plan.cell("kpis", row, "id") for row in range(6)}
    assert {name: kept[name] for name in "abc"} == {name: ids[name] for name in "abc"}
    plan.sync(TODAY)
    assert plan.cell("kpis", 2, "name") == "nueva"
    assert plan.cell("kpis", 2, "computed_for") == plan.cell("kpis", 2, "id")


def test_a_row_copied_while_we_write_leaves_neither_of_the_two_with_a_light(book: Books, sheets: LocalServer) -> None:
    plan = book(ROWS, measurements=METRICS)
    plan.sync(TODAY)
    plan.type_in("measurements", [{"date": TODAY, "metric": "a", "value": 11250.0}], first=len(METRICS))
    source = {"sheetId": KPIS, "startRowIndex": 1, "endRowIndex": 2}
    copied = {"copyPaste": {"source": source, "destination": {**source, "startRowIndex": 6, "endRowIndex": 7}}}
    edit_before_our_write(sheets, plan, [copied])
    plan.sync(TODAY)
    assert plan.cell("kpis", 0, "id") == plan.cell("kpis", 5, "id")
    assert [plan.cell("kpis", row, "computed_for") for row in (0, 5)] == [None, None]
    assert plan.cell("kpis", 1, "computed_for") == plan.cell("kpis", 1, "id")


def test_a_column_of_the_scorecard_that_somebody_took_away_is_not_written_again_and_again(book: Books) -> None:
    plan = book(ROWS, measurements=METRICS)
    plan.sync(TODAY)
    place = plan.column_heads("scorecard").index("Vale hasta")
    lost = {"sheetId": tabs()["scorecard"].id, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    plan.edit({"deleteDimension": {"range": lost}})
    plan.sync(TODAY)
    assert plan.sync(TODAY).applied.writes == 0
