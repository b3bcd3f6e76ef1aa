"""`init` lays the template, completes what is missing, and overwrites nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from sheet_templates.layout import tabs
from sync.bootstrap import Laid, lay_template
from sync.ids import new_id
from sync.sheet.tables import find_keys
from tests.builders import TODAY
from tests.integration.sync.test_route import typed
from tests.workbooks import Book

Books = Callable[..., Book]
KPIS = tabs()["kpis"].id


def again(plan: Book, language: str = "es", **options: Any) -> Laid:
    return lay_template(plan.client, plan.id, new_id=new_id, language=language, **options)


def sheet(plan: Book, key: str, fields: str) -> dict[str, Any]:
    """What the workbook says of one tab."""
    state = plan.client.look(plan.id, f"namedRanges(name),sheets(properties,{fields})")
    return next(each for each in state["sheets"] if each["properties"].get("sheetId", 0) == tabs()[key].id)


def delete_column(plan: Book, key: str) -> None:
    place = find_keys("kpis", plan.column_heads("kpis"))[key]
    span = {"sheetId": KPIS, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    plan.edit({"deleteDimension": {"range": span}})


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_tab_and_column_stands_in_the_workbooks_language(book: Books, language: str) -> None:
    plan = book(language=language)
    for key, tab in tabs().items():
        found = sheet(plan, key, "data(rowData(values(effectiveValue,note)))")
        assert found["properties"]["title"] == tab.title[language]
        assert found["properties"].get("hidden", False) == tab.hidden
        heads = found["data"][0]["rowData"][0]["values"]
        assert [head["effectiveValue"]["stringValue"] for head in heads] == [c.heading[language] for c in tab.columns]
        assert [head.get("note", "") for head in heads] == [column.note.get(language, "") for column in tab.columns]


def test_cells_help_while_typing(book: Books) -> None:
    row = sheet(book(), "kpis", "data(rowData(values(dataValidation)))")["data"][0]["rowData"][1]["values"]
    kinds = {
        column.key: cell.get("dataValidation", {}).get("condition", {}).get("type")
        for column, cell in zip(tabs()["kpis"].columns, row, strict=False)
    }
    assert kinds["stage"] == kinds["direction"] == "ONE_OF_LIST"
    assert kinds["objective"] == "ONE_OF_RANGE"
    assert kinds["due"] == "DATE_IS_VALID"
    assert kinds["target"] == "NUMBER_BETWEEN"
    assert kinds["name"] is None


def test_our_columns_warn_before_somebody_types_there_and_lights_are_rules(book: Books) -> None:
    found = sheet(book(), "kpis", "protectedRanges,conditionalFormats")
    assert all(each["warningOnly"] for each in found["protectedRanges"])
    formulas = [
        rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for rule in found["conditionalFormats"]
    ]
    assert sum("TODAY()" in formula for formula in formulas) >= 3
    assert not any("," in formula or ";" in formula for formula in formulas)


def test_every_row_has_an_id_of_its_own_in_advance(book: Books) -> None:
    ids = book().columns("kpis")[0][1:]
    assert len(ids) == tabs()["kpis"].rows == len(set(ids))


def test_a_second_init_does_nothing(book: Books) -> None:
    plan = book([typed()])
    calls = plan.client.calls.write
    assert not again(plan)
    assert plan.client.calls.write == calls


def test_choices_of_a_later_version_come_below_what_is_there_in_the_workbook_s_language(book: Books) -> None:
    plan = book([typed()])
    tab = tabs()["settings"].id
    span = {"sheetId": tab, "dimension": "ROWS", "startIndex": 5, "endIndex": 21}  # without refresh and service_url
    plan.edit({"deleteDimension": {"range": span}})
    note = {"userEnteredValue": {"stringValue": "mine"}}
    at = {"sheetId": tab, "rowIndex": 4, "columnIndex": 2}
    plan.edit({"updateCells": {"start": at, "rows": [{"values": [note]}], "fields": "userEnteredValue"}})
    before = plan.columns("settings")
    laid = again(plan, language="en", service_url="https://kpi.example.com")
    assert (laid.language, laid.repaired) == ("es", ["Ajustes"])
    after = plan.columns("settings")
    assert [column[:5] for column in after] == [column[:5] for column in before]
    assert [column[5:7] for column in after][:3] == [
        ["refresh", "service_url"],
        ["Actualizar", "Dirección del servicio"],
        ["diario 07:00", "https://kpi.example.com"],
    ]
    assert not again(plan)


@pytest.mark.parametrize("key", ["target", "note", "guard_left", "computed_for", "guard_right", "id"])
def test_a_deleted_column_comes_back_at_its_place(book: Books, key: str) -> None:
    plan = book([typed()])
    before = plan.columns("kpis")
    delete_column(plan, key)
    laid = again(plan)
    heads = plan.column_heads("kpis")
    assert heads == [column.heading["es"] for column in tabs()["kpis"].columns]
    assert laid.columns == [f"KPI: {tabs()['kpis'].column(key).heading['es']}"]
    kept = [place for place, column in enumerate(tabs()["kpis"].columns) if column.key not in (key, "id")]
    assert [plan.columns("kpis")[place] for place in kept] == [before[place] for place in kept]
    assert plan.sync(TODAY).applied.unresolved == ()


def test_a_deleted_tab_comes_back(book: Books) -> None:
    plan = book([typed()])
    plan.edit({"deleteSheet": {"sheetId": tabs()["surveys"].id}})
    assert again(plan).tabs == ["Encuestas"]
    assert "layout.missing_tab" not in [issue.code for issue in plan.sync(TODAY).issues]


def test_a_tab_of_the_persons_own_with_our_name_stays(book: Books) -> None:
    plan = book([typed()])
    renamed = {"properties": {"sheetId": KPIS, "title": "Mis metas"}, "fields": "title"}
    plan.edit(
        {"deleteSheet": {"sheetId": tabs()["reviews"].id}},
        {"addSheet": {"properties": {"sheetId": 77, "title": "Revisiones"}}},
        {"updateSheetProperties": renamed},
    )
    again(plan)
    state = plan.client.look(plan.id, "sheets(properties(sheetId,title))")
    titles = {each["properties"].get("sheetId", 0): each["properties"]["title"] for each in state["sheets"]}
    assert titles[77] == "Revisiones"
    assert titles[tabs()["reviews"].id] == "Revisiones (Semáforo)"
    assert titles[KPIS] == "Mis metas"


def test_the_sample_comes_only_into_an_empty_tab(book: Books) -> None:
    plan = book([typed()])
    assert again(plan, sample_on=TODAY).sample is None
    empty = book(name="empty")
    assert again(empty, sample_on=TODAY).sample is not None
    assert empty.cell("kpis", 13, "name")


def test_init_on_a_google_like_blank_workbook_leaves_its_first_tab(book: Books) -> None:
    state = book().client.look("local-test", "sheets(properties(sheetId,title))")
    assert state["sheets"][-1]["properties"].get("sheetId", 0) == 0
