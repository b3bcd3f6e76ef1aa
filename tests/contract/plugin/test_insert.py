"""A KPI written in the sidebar becomes a row of the person's own columns, as typed values."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sync.dates_text import serial_of
from tests.contract.plugin.conftest import KPIS, Plugin
from tests.contract.plugin.test_edits import WHOLE

Make = Callable[..., Plugin]


def grid(sheet: Plugin, row: int, column: str) -> dict[str, Any]:
    mask = "sheets(properties(sheetId),data(rowData(values(userEnteredValue,effectiveFormat(numberFormat(type))))))"
    found = sheet.book.client.look(sheet.book.id, mask)
    data = next(each for each in found["sheets"] if each["properties"]["sheetId"] == KPIS.id)["data"][0]
    cell: dict[str, Any] = data["rowData"][row + 1]["values"][KPIS.position(column)]
    return cell


def test_it_goes_into_the_first_row_after_the_last_kpi(plugin: Make) -> None:
    sheet = plugin([WHOLE, {}, WHOLE])
    assert sheet.ask("insertKpi", "Más leads", {"name": "Leads"}) == {"row": 5}
    assert sheet.book.cell("kpis", 3, "statement") == "Más leads"
    assert sheet.book.cell("kpis", 1, "statement") is None


def test_its_row_has_a_key_and_its_notes(plugin: Make) -> None:
    sheet = plugin()
    sheet.book.type_in("kpis", [{"id": None}])
    sheet.ask("insertKpi", "Más leads", {})
    assert str(sheet.book.cell("kpis", 0, "id")).startswith("K-")
    assert "target" in sheet.notes(0)


def test_values_are_typed_numbers_days_and_words(plugin: Make) -> None:
    sheet = plugin(language="en")
    fields = {"name": "Leads", "target": 40000.5, "due": "2030-12-31", "direction": "increase", "cadence": "Monthly"}
    sheet.ask("insertKpi", "More leads", fields)
    assert sheet.book.cell("kpis", 0, "target") == 40000.5
    assert sheet.book.cell("kpis", 0, "due") == serial_of(date(2030, 12, 31))
    assert grid(sheet, 0, "due")["effectiveFormat"]["numberFormat"]["type"] == "DATE"
    assert sheet.book.cell("kpis", 0, "direction") == "Increase"
    assert sheet.book.cell("kpis", 0, "cadence") == "Monthly"


def test_a_text_is_never_read_as_a_formula_a_number_or_a_day(plugin: Make) -> None:
    sheet = plugin()
    for row, text in enumerate(['=IMPORTXML("x")', "12", "1/2/2026", "'ya", "+5", "<b>x</b>"]):
        sheet.ask("insertKpi", text, {"name": text})
        assert grid(sheet, row, "statement")["userEnteredValue"] == {"stringValue": text}
        assert grid(sheet, row, "name")["userEnteredValue"] == {"stringValue": text}


def test_nothing_is_written_into_the_service_s_columns(plugin: Make) -> None:
    sheet = plugin()
    sheet.ask("insertKpi", "Más leads", {"status": "✔", "id": "K-MINE22", "computed_for": "x", "constructor": "y"})
    assert sheet.book.cell("kpis", 0, "status") is None
    assert sheet.book.cell("kpis", 0, "computed_for") is None
    assert sheet.book.cell("kpis", 0, "id") != "K-MINE22"


def test_a_full_table_gets_a_new_row(plugin: Make) -> None:
    sheet = plugin([{"name": "uno"}, {"name": "dos"}])
    rows = {"sheetId": KPIS.id, "dimension": "ROWS", "startIndex": 3, "endIndex": KPIS.rows + 1}
    sheet.book.edit({"deleteDimension": {"range": rows}})
    assert sheet.ask("insertKpi", "Más leads", {}) == {"row": 4}
    assert sheet.book.cell("kpis", 2, "statement") == "Más leads"
    assert str(sheet.book.cell("kpis", 2, "id")).startswith("K-")
